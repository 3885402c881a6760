// What went wrong with a converter, as an audit says it.

import Extraction
import Glibc
import LinuxIO

extension Unreadable {
    static func missing(_ program: ExternalProgram, reads formats: (chinese: String, english: String)) -> Unreadable {
        missing(program.name, package: program.package, reads: formats)
    }

    static func encrypted(_ kind: (chinese: String, english: String)) -> Unreadable {
        Unreadable(
            .encrypted,
            "\(kind.chinese)设有密码，无法读取。请取消密码后重新上传。",
            "The \(kind.english) is protected by a password. Remove the password and upload it again."
        )
    }

    /// What the end of a program means where its status does not say; nil for an exit of its own.
    static func ended(_ program: ExternalProgram, _ ending: ToolResult.Ending, _ limits: ToolLimits) -> Unreadable? {
        let name = program.name
        switch ending {
        case .exited: return nil
        case .timedOut, .signalled(SIGXCPU):
            let seconds = limits.wallTime.components.seconds
            return Unreadable(
                .timeout,
                "\(name) 转换超过 \(seconds) 秒，已中止。请用办公软件打开后另存为 docx，再重新上传。",
                "\(name) took more than \(seconds) seconds and was ended. Save the file as docx and upload it again."
            )
        case .tooMuchOutput, .tooMuchMemory, .signalled(SIGXFSZ):
            return Unreadable(
                .tooLarge,
                "\(name) 转换此文件所需的内存或输出超过上限，已中止。请删去报告以外的内容（图片、附件）后重新上传。",
                "\(name) needed more memory or output for this file than allowed and was ended. "
                    + "Remove what is no part of the report (pictures, attachments) and upload it again."
            )
        case .tooManyProcesses, .signalled:
            return Unreadable(
                .crashed,
                "\(name) 读取此文件时崩溃。文件可能已损坏；请用办公软件打开后另存为 docx，再重新上传。",
                "\(name) crashed while reading this file, which may be damaged. Save it as docx and upload it again."
            )
        }
    }

    static func failed(_ program: ExternalProgram, _ failure: ToolFailure) -> Unreadable {
        switch failure {
        case .notFound(let path):
            Unreadable(
                .converterMissing,
                "无法运行 \(path)：不存在或不可执行。请管理员检查配置项 converters.\(program.name)，"
                    + "或运行：apt install \(program.package)",
                "\(path) cannot be run: it is missing or not executable. Check the setting converters.\(program.name), "
                    + "or run: apt install \(program.package)"
            )
        case .system(let error): .system(error)
        }
    }

    static func system(_ error: SystemCallError) -> Unreadable {
        Unreadable(
            .ioError,
            "转换时系统报告错误：\(error.chineseDescription)。请检查临时目录的空间和权限以及进程数上限。",
            "The system reported an error while converting: \(error). Check space and permissions of the temporary folder."
        )
    }
}
