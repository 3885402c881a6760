import ChineseText

/// The clauses that rules rest on, cited in one way everywhere (domain.md §1 names the sources).
public enum Clause {
    /// 《中华人民共和国政府信息公开条例》（国务院令第711号）, an article and one of its items.
    public static func regulations(_ article: Int, item: Int? = nil) -> Message {
        let part = item.map { "第（\(ChineseNumeral.text($0))）项" } ?? ""
        return Message(
            "《中华人民共和国政府信息公开条例》第\(ChineseNumeral.text(article))条\(part)",
            "Regulations on Open Government Information, Art. \(article)\(item.map { "(\($0))" } ?? "")"
        )
    }

    /// 国办公开办函〔2021〕30号, the form from report year 2021 on; `part` says where in it.
    public static func form2021(_ part: Message? = nil) -> Message {
        Message(
            "国办公开办函〔2021〕30号《中华人民共和国政府信息公开工作年度报告格式》\(part?.zh ?? "")",
            "form of 2021 (国办公开办函〔2021〕30号)\(part.map { ", " + $0.en } ?? "")"
        )
    }

    /// 国办公开办函〔2019〕60号, the trial form of report years 2019 and 2020; `part` says where in it.
    public static func form2019(_ part: Message? = nil) -> Message {
        Message(
            "国办公开办函〔2019〕60号《中华人民共和国政府信息公开工作年度报告格式（试行）》\(part?.zh ?? "")",
            "trial form of 2019 (国办公开办函〔2019〕60号)\(part.map { ", " + $0.en } ?? "")"
        )
    }

    /// What both editions of the form have in common; `part` says where in them.
    public static func forms(_ part: Message? = nil) -> Message {
        Message(
            "国办公开办函〔2021〕30号所附格式、国办公开办函〔2019〕60号所附格式（试行）\(part.map { "：" + $0.zh } ?? "")",
            "form of 2021 (国办公开办函〔2021〕30号) and trial form of 2019 (国办公开办函〔2019〕60号)\(part.map { ": " + $0.en } ?? "")"
        )
    }

    /// 《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）, an article or none.
    public static func feeMeasure(_ articles: Int...) -> Message {
        let zh = articles.map(ChineseNumeral.text).joined(separator: "、")
        let en = articles.map(String.init).joined(separator: ", ")
        return Message(
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）\(articles.isEmpty ? "" : "第\(zh)条")",
            "Measures on Information Processing Fees (国办函〔2020〕109号)\(articles.isEmpty ? "" : ", Art. \(en)")"
        )
    }

    /// What 30号 says of inaccurate, incomplete or perfunctory reports: they are sanctioned under Art 47 of the Regulations.
    public static let accuracy = Message(
        "国办公开办函〔2021〕30号（内容不准确、不完整、敷衍塞责的，依照《中华人民共和国政府信息公开条例》第四十七条处理）",
        "国办公开办函〔2021〕30号 (inaccurate, incomplete or perfunctory reports are dealt with under Art. 47 of the Regulations)"
    )

    /// Needs no law.
    public static let arithmetic = Message("算术", "arithmetic")

    /// Inferred from practice, not from a text: a rule on it alone is never an error.
    public static let practice = Message("填报惯例", "reporting practice")

    /// Several sources.
    public static func all(_ clauses: Message...) -> Message {
        Message(clauses.map(\.zh).joined(separator: "；"), clauses.map(\.en).joined(separator: "; "))
    }
}
