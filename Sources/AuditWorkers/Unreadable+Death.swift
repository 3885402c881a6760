import Extraction

extension Unreadable {
    /// What the death of a worker means for the document that it had in work.
    init(_ death: WorkerDeath, limits: WorkerLimits) {
        switch death.cause {
        case .timedOut:
            let seconds = limits.wallTime.components.seconds
            self.init(
                .timeout,
                "审核用时超过 \(seconds) 秒的上限，已中止。\(Self.mendChinese)",
                "The audit took longer than the limit of \(seconds) seconds and was ended. \(Self.mendEnglish)"
            )
        case .usedUpProcessorTime:
            self.init(
                .timeout,
                "审核所用处理器时间超过 \(limits.processorSeconds) 秒的上限，已中止。\(Self.mendChinese)",
                "The audit used more than the limit of \(limits.processorSeconds) seconds of processor time and was ended. "
                    + Self.mendEnglish
            )
        case .ranOutOfMemory:
            let mebibytes = limits.addressSpace >> 20
            self.init(
                .tooLarge,
                "审核需要的内存超过 \(mebibytes) MiB 的上限，已中止。\(Self.mendChinese)",
                "The audit needed more memory than the limit of \(mebibytes) MiB and was ended. \(Self.mendEnglish)"
            )
        case .signal(let number):
            let name = WorkerDeath.name(ofSignal: number)
            self.init(
                .crashed,
                "读取该文件时审核进程崩溃（\(name)），重试后仍然如此；服务和其他文件不受影响。\(Self.mendChinese)",
                "Reading the file ended the audit process (\(name)), also on a second try; other files are not affected. "
                    + Self.mendEnglish
            )
        case .exited(let code):
            self.init(
                .crashed,
                "读取该文件时审核进程意外退出（退出码 \(code)），重试后仍然如此；服务和其他文件不受影响。\(Self.mendChinese)",
                "Reading the file made the audit process exit (code \(code)), also on a second try; other files are not "
                    + "affected. \(Self.mendEnglish)"
            )
        case .brokeProtocol:
            self.init(
                .crashed,
                "读取该文件时审核进程给出了无效的应答，重试后仍然如此；服务和其他文件不受影响。\(Self.mendChinese)",
                "Reading the file made the audit process answer what is no answer, also on a second try; other files are "
                    + "not affected. \(Self.mendEnglish)"
            )
        }
    }

    private static let mendChinese = "请用办公软件打开，另存为新文件（docx）后重新上传；仍然失败时，请把该文件发给本软件的维护者。"
    private static let mendEnglish =
        "Open it in an office program, save it as a new file (docx) and upload that; if it fails again, send the file to the "
        + "maintainers of this program."
}
