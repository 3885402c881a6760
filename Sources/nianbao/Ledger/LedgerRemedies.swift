import Extraction
import Ledger

extension LedgerWords {
    /// What a person can do about a file that waits; nil where there is nothing to do.
    func remedy(_ entry: LedgerEntry) -> String? {
        let reason = entry.reason.flatMap(LedgerReason.init(rawValue:))
        switch entry.state {
        case .settling, .queued, .working: return remedy(for: entry.reason)
        case .done: return entry.verdict == "unreadable" ? remedy(for: entry.code) : nil
        case .deferred where reason == .retryRequested: return nil
        case .deferred:
            return [
                // Where the service gave a sentence, that says what to do.
                entry.detail == nil ? remedy(for: entry.reason) : nil,
                say("不想等到下次尝试：nianbao ledger retry 文件", "not to wait for the next attempt: nianbao ledger retry FILE"),
            ]
            .compactMap(\.self).joined(separator: say("；", "; "))
        case .quarantined:
            return say(
                "打开文件看是否损坏，另存后重新上传；要照原样再试一次：nianbao ledger retry 文件",
                "see whether the file is damaged, save it anew and upload it; to try it as it is: nianbao ledger retry FILE"
            )
        }
    }

    /// What helps, by the code of a reason or of an unreadable file; nil for one that is not known here: its sentence says what
    /// to do.
    func remedy(for code: String?) -> String? {
        if let reason = code.flatMap(LedgerReason.init(rawValue:)) { return remedy(reason) }
        return code.flatMap(Unreadable.Code.init(rawValue:)).flatMap(remedy)
    }

    private func remedy(_ reason: LedgerReason) -> String? {
        switch reason {
        case .openForWriting, .changed: say("等上传结束", "wait until the upload has ended")
        case .unsettled, .retryRequested: nil
        case .waitsForResults, .resultNotWritten:
            say("检查状态目录的磁盘空间和权限：nianbao doctor", "check space and permissions of the state folder: nianbao doctor")
        case .waitsForWorkers, .auditUnavailable: say("检查进程数和内存的上限", "check the limits of processes and memory")
        case .permissionDenied:
            say(
                "给运行服务的用户读取权限：chmod o+r 或 setfacl -m u:nianbao:r",
                "let the user of the service read it: chmod o+r or setfacl -m u:nianbao:r"
            )
        case .ioError: say("检查磁盘或网络文件系统：dmesg、df", "check the disk or the network file system: dmesg, df")
        case .converterMissing: say("安装转换程序：nianbao doctor", "install the converter: nianbao doctor")
        case .timeout:
            say(
                "文件过于复杂；拆小，或提高 limits.conversion_time",
                "the file is too complex: split it, or raise limits.conversion_time"
            )
        case .crashed: nil
        }
    }

    private func remedy(_ code: Unreadable.Code) -> String? {
        switch code {
        case .tooLarge:
            say("文件过大；减小，或提高 limits.file_size", "the file is too large: make it smaller, or raise limits.file_size")
        case .encrypted: say("去掉密码后重新上传", "upload it without its password")
        case .noText: say("扫描件没有文字；上传原来的电子文件", "a scan has no text: upload the document it was made from")
        case .unsupported, .notAReport, .corrupt: say("请报送机关重新上传报告文件", "have the report uploaded anew")
        case .permissionDenied, .ioError, .changed, .converterMissing, .timeout, .crashed:
            remedy(for: code.rawValue)
        case .notFound, .notAFile: nil
        }
    }
}
