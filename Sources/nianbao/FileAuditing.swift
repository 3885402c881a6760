import AuditEngine
import AuditOutput
import Extraction
import Glibc
import LinuxIO
import SystemPackage

/// Reads a file and audits it: the one way from a path to an ``Audit``, for the command line and for the service.
struct FileAuditing: Sendable {
    /// The auditor with its rules.
    var auditor: Auditor

    /// Audits `content`, which stands under `path` for the reader.
    func audit(path: [UInt8], content: Result<FileContents, ReadFailure>) -> Audit {
        let started = ContinuousClock.now
        let time = Self.now()
        var source = AuditSource(path: path)
        let result: Result<Audited, Unreadable> =
            switch content {
            case .success(let contents): auditor.audit(contents.bytes, source: &source)
            case .failure(let failure): .failure(failure.unreadable)
            }
        let duration = ContinuousClock.now - started
        return Audit(
            source: source,
            auditedAt: time,
            durationMs: Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15,
            result: result
        )
    }

    /// Milliseconds since 1970-01-01 UTC.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension ReadFailure {
    /// What a failure to read means for the audit, with what to do about it.
    var unreadable: Unreadable {
        switch self {
        case .notFound:
            Unreadable(.notFound, "没有这个文件。请检查文件名和路径。", "No such file. Check name and path.")
        case .permissionDenied:
            Unreadable(
                .permissionDenied,
                "没有读取权限。请让运行本程序的用户能够读取该文件（chmod、chown）。",
                "Permission denied. Let the user that runs this program read the file (chmod, chown)."
            )
        case .notAFile(let kind):
            Unreadable(
                .notAFile,
                "不是普通文件，而是\(kind.chinese)。请上传报告文件本身。",
                "Not a regular file but a \(kind.rawValue). Name the report itself."
            )
        case .changed:
            Unreadable(
                .changed,
                "读取过程中文件发生变化。请等写入完成后再审核。",
                "The file changed while it was read. Audit it again when it is complete."
            )
        case .tooLarge(let bytes, let limit):
            Unreadable(
                .tooLarge,
                "文件有 \(bytes) 字节，超过上限 \(limit) 字节（配置项 limits.file_size）。",
                "The file has \(bytes) bytes, more than the limit of \(limit) (setting limits.file_size)."
            )
        case .ioError(let code):
            Unreadable(
                .ioError,
                "读取时系统报告错误：\(String(cString: strerror(code)))（errno \(code)）。请检查磁盘或网络文件系统。",
                "The system reported an error while reading: \(String(cString: strerror(code))) (errno \(code))."
            )
        }
    }
}

extension FileKind {
    /// The kind in Chinese.
    var chinese: String {
        switch self {
        case .regular: "普通文件"
        case .directory: "文件夹"
        case .symbolicLink: "符号链接"
        case .fifo: "管道（FIFO）"
        case .socket: "套接字"
        case .blockDevice: "块设备"
        case .characterDevice: "字符设备"
        default: "特殊文件"
        }
    }
}
