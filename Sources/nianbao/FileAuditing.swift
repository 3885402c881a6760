import AuditEngine
import AuditOutput
import AuditRules
import AuditWorkers
import Extraction
import LinuxIO
import SystemPackage

/// From what was read of a file to its audit: the one way for the command line and for the service.
struct FileAuditing: Sendable {
    /// Where documents are read and checked.
    var pool: WorkerPool
    /// Where they lie.
    var whereabouts: Whereabouts

    /// Audits `content`, which stands under `path` for the reader.
    ///
    /// - Parameters:
    ///   - sha256: the digest of the content, where the caller has it already.
    ///   - place: where it lies; nil to find that out.
    func answer(
        path: [UInt8],
        content: Result<FileContents, ReadFailure>,
        sha256: String? = nil,
        place: Circumstances? = nil,
        _ form: AnswerForm
    ) throws(WorkersUnavailable) -> AuditAnswer {
        switch content {
        case .success(let contents):
            // Standard input lies nowhere.
            let place = place ?? (path == [0x2D] ? Circumstances() : whereabouts(FilePath(bytes: path)))
            return try pool.perform(
                AuditJob(path: path, document: contents.bytes, sha256: sha256, form: form, whereabouts: place)
            )
        case .failure(let failure):
            return Self.unreadable(path, failure.unreadable, form)
        }
    }

    /// What is said of a file that could not be audited.
    static func unreadable(_ path: [UInt8], _ reason: Unreadable, _ form: AnswerForm) -> AuditAnswer {
        let source = AuditSource(path: path)
        return AuditAnswer(
            Audit(source: source, auditedAt: WallClock.milliseconds, durationMs: 0, result: .failure(reason)),
            form
        )
    }
}

extension WorkersUnavailable {
    /// What it means for the audit of a file.
    var unreadable: Unreadable {
        Unreadable(
            .ioError,
            "无法启动审核进程：\(reason.chineseDescription)。请检查系统的进程数、内存和文件描述符上限后重试。",
            "No worker process can be started: \(reason). Check the limits of processes, memory and descriptors, and try again."
        )
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
                "读取时系统报告错误：\(ErrorText.chinese(code))（errno \(code)）。请检查磁盘或网络文件系统。",
                "The system reported an error while reading: \(ErrorText.english(code)) (errno \(code))."
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
