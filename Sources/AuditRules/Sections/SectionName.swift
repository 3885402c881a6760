import ChineseText

/// The titles of the six sections as the form prints them.
enum SectionName {
    /// The title without number.
    static func title(_ number: Int) -> String {
        switch number {
        case 1: "总体情况"
        case 2: "主动公开政府信息情况"
        case 3: "收到和处理政府信息公开申请情况"
        case 4: "政府信息公开行政复议、行政诉讼情况"
        case 5: "存在的主要问题及改进情况"
        default: "其他需要报告的事项"
        }
    }

    /// 一…六.
    static func numeral(_ number: Int) -> String { ChineseNumeral.text(number) }
}
