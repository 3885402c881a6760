import Glibc

/// What an error number (errno(3)) means, in words. The C library translates its own only where a locale is installed, and a
/// server often has none.
public enum ErrorText {
    /// Such as `Permission denied`.
    public static func english(_ number: CInt) -> String { String(cString: strerror(number)) }

    /// The same in Chinese, with the English words by which help is found; those alone where the number is rare.
    public static func chinese(_ number: CInt) -> String {
        let english = english(number)
        guard let chinese = chineseWords(number) else { return english }
        return "\(chinese)（\(english)）"
    }

    private static func chineseWords(_ number: CInt) -> String? {
        switch number {
        case EPERM: "不允许的操作"
        case ENOENT: "没有那个文件或目录"
        case EIO: "输入输出错误"
        case EBADF: "文件描述符无效"
        case EAGAIN: "资源暂时不可用"
        case ENOMEM: "内存不足"
        case EACCES: "权限不够"
        case EBUSY: "设备或资源忙"
        case EEXIST: "文件已存在"
        case EXDEV: "跨设备的链接"
        case ENOTDIR: "不是目录"
        case EISDIR: "是目录"
        case EINVAL: "参数无效"
        case ENFILE: "系统打开的文件过多"
        case EMFILE: "进程打开的文件过多"
        case EFBIG: "文件过大"
        case ENOSPC: "设备上没有剩余空间"
        case EROFS: "只读文件系统"
        case EPIPE: "管道已断开"
        case ENAMETOOLONG: "文件名过长"
        case ELOOP: "符号链接层数过多"
        case EDQUOT: "超出磁盘配额"
        case ESTALE: "网络文件系统的文件句柄已失效"
        case ETIMEDOUT: "超时"
        default: nil
        }
    }
}

extension SystemCallError {
    /// ``reason`` in Chinese.
    public var chineseReason: String { ErrorText.chinese(errno) }

    /// ``remedy`` in Chinese.
    public var chineseRemedy: String? {
        switch (call, errno) {
        case ("inotify_add_watch", ENOSPC): "监视的文件夹已达上限；提高上限：sysctl fs.inotify.max_user_watches=1048576"
        case ("inotify_init1", EMFILE):
            "inotify 实例已达上限；提高上限：sysctl fs.inotify.max_user_instances=1024（或打开文件数的上限：LimitNOFILE=、ulimit -n）"
        case (_, EMFILE): "本进程打开的文件过多；提高 LimitNOFILE= 或 ulimit -n"
        default: nil
        }
    }

    /// ``description`` in Chinese.
    public var chineseDescription: String {
        let place = path.map { " \($0)" } ?? ""
        let mend = chineseRemedy.map { "；\($0)" } ?? ""
        return "\(call)\(place)：\(chineseReason)（errno \(errno)）\(mend)"
    }
}
