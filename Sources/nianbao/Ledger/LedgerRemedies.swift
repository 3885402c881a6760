import Ledger

extension LedgerWords {
    /// What a person can do about a file that waits; nil where there is nothing to do.
    func remedy(_ entry: LedgerEntry) -> String? {
        switch entry.state {
        case .settling, .queued, .working: nil
        case .done: entry.verdict == "unreadable" ? remedy(for: entry.code) : nil
        case .deferred where entry.reason == LedgerReason.retryRequested: nil
        case .deferred:
            [
                // Where the service gave a sentence, that says what to do.
                entry.detail == nil ? remedy(for: entry.reason) : nil,
                say("不想等到下次尝试：nianbao ledger retry 文件", "not to wait for the next attempt: nianbao ledger retry FILE"),
            ]
            .compactMap(\.self).joined(separator: say("；", "; "))
        case .quarantined:
            say(
                "打开文件看是否损坏，另存后重新上传；要照原样再试一次：nianbao ledger retry 文件",
                "see whether the file is damaged, save it anew and upload it; to try it as it is: nianbao ledger retry FILE"
            )
        }
    }

    /// What helps against a reason, by its code; nil for one that is not known here: its sentence says what to do.
    func remedy(for reason: String?) -> String? {
        switch reason {
        case "permission-denied":
            say(
                "给运行服务的用户读取权限：chmod o+r 或 setfacl -m u:nianbao:r",
                "let the user of the service read it: chmod o+r or setfacl -m u:nianbao:r"
            )
        case "io-error": say("检查磁盘或网络文件系统：dmesg、df", "check the disk or the network file system: dmesg, df")
        case "result-not-written":
            say("检查状态目录的磁盘空间和权限：nianbao doctor", "check space and permissions of the state folder: nianbao doctor")
        case "changed": say("等上传结束", "wait until the upload has ended")
        case "converter-missing": say("安装转换程序：nianbao doctor", "install the converter: nianbao doctor")
        case "audit-unavailable": say("检查进程数和内存的上限", "check the limits of processes and memory")
        case "timeout":
            say(
                "文件过于复杂；拆小，或提高 limits.conversion_time",
                "the file is too complex: split it, or raise limits.conversion_time"
            )
        case "too-large":
            say("文件过大；减小，或提高 limits.file_size", "the file is too large: make it smaller, or raise limits.file_size")
        case "encrypted": say("去掉密码后重新上传", "upload it without its password")
        case "no-text": say("扫描件没有文字；上传原来的电子文件", "a scan has no text: upload the document it was made from")
        case "unsupported", "not-a-report", "corrupt": say("请报送机关重新上传报告文件", "have the report uploaded anew")
        default: nil
        }
    }
}
