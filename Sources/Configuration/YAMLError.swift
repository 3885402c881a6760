// What keeps a YAML text from being read, in words that help those who do not know YAML.

/// Why a YAML text cannot be read.
struct YAMLError: Error {
    /// Nil when the text as a whole is meant.
    let mark: Mark?
    let message: LocalizedText
    let remedy: LocalizedText

    private init(_ message: LocalizedText, _ remedy: LocalizedText, at mark: Mark? = nil) {
        self.mark = mark
        self.message = message
        self.remedy = remedy
    }
}

extension YAMLError {
    static let tooLarge = YAMLError(
        LocalizedText("配置文件大于 1 MiB", "the configuration file is larger than 1 MiB"),
        LocalizedText("检查是否指错了文件", "check that this is the right file")
    )

    static let empty = YAMLError(
        LocalizedText("配置文件没有内容", "the configuration file has no content"),
        LocalizedText(
            "至少写上 inboxes: [{path: /srv/nianbao/inbox}]",
            "write at least inboxes: [{path: /srv/nianbao/inbox}]"
        )
    )

    static let outOfMemory = YAMLError(
        LocalizedText("内存不足，无法解析", "there is not enough memory to parse it"),
        LocalizedText("释放内存后重试", "free some, then try again")
    )

    static func notUTF8(at mark: Mark) -> YAMLError {
        YAMLError(
            LocalizedText("不是 UTF-8 文本", "this is not UTF-8 text"),
            LocalizedText(
                "转存为 UTF-8，例如 iconv -f GB18030 -t UTF-8",
                "save it as UTF-8, by iconv -f GB18030 -t UTF-8, say"
            ),
            at: mark
        )
    }

    static func tooDeep(at mark: Mark) -> YAMLError {
        YAMLError(
            LocalizedText("嵌套过深", "the nesting is too deep"),
            LocalizedText("对照 nianbao.yaml 范例改写", "compare it with the nianbao.yaml that comes with the package"),
            at: mark
        )
    }

    static func secondDocument(at mark: Mark) -> YAMLError {
        YAMLError(
            LocalizedText("文件中有不止一份 YAML 文档", "there is more than one YAML document"),
            LocalizedText("删去第二个 --- 及其后的内容", "remove the second --- and what follows"),
            at: mark
        )
    }

    /// - Parameters:
    ///   - problem: what libyaml says.
    ///   - isIndentedByTab: whether the line begins with a tab, of which libyaml says only that nothing begins so.
    static func syntax(_ problem: String, at mark: Mark, isIndentedByTab: Bool = false) -> YAMLError {
        let problem = isIndentedByTab && problem == cannotBegin ? tab : problem
        if let known = explanations.first(where: { problem.hasPrefix($0.problem) }) {
            return YAMLError(known.message, known.remedy, at: mark)
        }
        return YAMLError(
            LocalizedText("YAML 语法错误：\(problem)", "YAML syntax: \(problem)"),
            LocalizedText(
                "检查这一行与上一行的缩进、引号和冒号",
                "check indentation, quotes and colons here and in the line above"
            ),
            at: mark
        )
    }

    private static let cannotBegin = "found character that cannot start any token"
    private static let tab = "found a tab character"

    /// What libyaml says, and what people have mostly done then.
    private static let explanations: [(problem: String, message: LocalizedText, remedy: LocalizedText)] = [
        (
            "control characters are not allowed",
            LocalizedText("有控制字符", "there is a control character"),
            LocalizedText("删去它", "remove it")
        ),
        (
            tab,
            LocalizedText("缩进用了制表符（Tab）", "the line is indented by a tab"),
            LocalizedText("改用空格", "use blanks")
        ),
        (
            cannotBegin,
            LocalizedText("值不能以这个字符开头", "a value cannot begin with this character"),
            LocalizedText("给值加上双引号", "put the value in double quotes")
        ),
        (
            "did not find expected alphabetic or numeric character",
            LocalizedText("值以 & 或 * 开头，YAML 视之为锚点或别名", "the value begins with & or *, for YAML an anchor or an alias"),
            LocalizedText("给值加上双引号", "put the value in double quotes")
        ),
        (
            "mapping values are not allowed in this context",
            LocalizedText("这里不能有冒号：上一行缺冒号，或缩进不对", "no colon can stand here"),
            LocalizedText(
                "把同一组的键对齐；值中有“: ”时给值加引号",
                "align the keys of a group, check the line above; put a value that has ': ' in it in quotes"
            )
        ),
        (
            "could not find expected ':'",
            LocalizedText("键后面没有冒号", "a key has no colon"),
            LocalizedText("写成“键: 值”，冒号用半角，后面空一格", "write 'key: value', with a blank after the colon")
        ),
        (
            "did not find expected key",
            LocalizedText("缩进不一致，或引号、括号没有配对", "the indentation varies, or a quote or bracket is not closed"),
            LocalizedText("把同一组的键对齐，检查引号和括号", "align the keys of a group, check quotes and brackets")
        ),
        (
            "did not find expected <document start>",
            LocalizedText("这里不能接着写：缩进比第一个键浅，或多了括号", "the text cannot go on like this"),
            LocalizedText(
                "把最外层的键都从行首写起，检查括号",
                "begin the outermost keys at the very start of their lines, check the brackets"
            )
        ),
        (
            "did not find expected '-' indicator",
            LocalizedText("列表项没有对齐", "the items of a list are not aligned"),
            LocalizedText("每项以“- ”开头，左边对齐", "begin each item with '- ' in the same column")
        ),
        (
            "block sequence entries are not allowed in this context",
            LocalizedText("这里不能有列表项", "no item of a list can stand here"),
            LocalizedText("“- ”另起一行", "begin a new line before '- '")
        ),
        (
            "did not find expected ',' or ']'",
            LocalizedText("方括号中的列表没有写完", "a list in square brackets is not complete"),
            LocalizedText("各项之间用半角逗号，末尾加 ]", "put commas between the items and ] at the end")
        ),
        (
            "did not find expected ',' or '}'",
            LocalizedText("花括号中的内容没有写完", "a group in braces is not complete"),
            LocalizedText("各键之间用半角逗号，末尾加 }", "put commas between the keys and } at the end")
        ),
        (
            "found unexpected end of stream",
            LocalizedText("引号没有配对", "a quote is not closed"),
            LocalizedText("补上结尾的引号", "close it")
        ),
        (
            "found unknown escape character",
            LocalizedText("双引号中有不认识的 \\ 转义", "there is an unknown \\ escape in double quotes"),
            LocalizedText("改用单引号，或写成 \\\\", "use single quotes, or write \\\\")
        ),
        (
            "did not find expected hexdecimal number",
            LocalizedText("双引号中的 \\x 或 \\u 转义不完整", "a \\x or \\u escape in double quotes is not complete"),
            LocalizedText("改用单引号，或写成 \\\\", "use single quotes, or write \\\\")
        ),
        (
            "did not find expected node content",
            LocalizedText("这里缺一个值", "a value is missing here"),
            LocalizedText("补上它，或删去多余的逗号、括号", "write it, or remove a comma or bracket too many")
        ),
    ]
}
