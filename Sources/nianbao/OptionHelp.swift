import ArgumentParser

extension ArgumentHelp {
    /// Help in the language of the call.
    static func said(_ zh: String, _ en: String, value: (zh: String, en: String)) -> ArgumentHelp {
        ArgumentHelp("\(Spoken.say(zh, en))", valueName: Spoken.say(value.zh, value.en))
    }

    /// Help of a flag in the language of the call.
    static func said(_ zh: String, _ en: String) -> ArgumentHelp { ArgumentHelp("\(Spoken.say(zh, en))") }

    /// `--lang`
    static var language: ArgumentHelp {
        said("语言：zh 或 en（默认取自 LANG，否则 zh）。", "Language: zh or en (from LANG, else zh).", value: ("语言", "language"))
    }

    /// `--config` of commands that look at a service.
    static var configurationOfService: ArgumentHelp {
        file(
            "配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。",
            "Configuration file; without it and a state folder, /etc/nianbao/nianbao.yaml."
        )
    }

    /// `--format`
    static func format(_ zh: String, _ en: String) -> ArgumentHelp {
        said("输出格式：\(zh)。", "Form of output: \(en).", value: ("格式", "format"))
    }

    /// An option that takes a file.
    static func file(_ zh: String, _ en: String) -> ArgumentHelp { said(zh, en, value: ("文件", "file")) }
}
