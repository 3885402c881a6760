import ChineseText

/// The edition of the national form that a report follows.
public enum Edition: String, Sendable, CaseIterable, Comparable {
    /// 国办公开办函〔2019〕60号, 《…年度报告格式（试行）》: report years 2019 and 2020.
    case form2019 = "2019"
    /// 国办公开办函〔2021〕30号, 《…年度报告格式》: report year 2021 on.
    case form2021 = "2021"

    /// Older before newer.
    public static func < (left: Edition, right: Edition) -> Bool { left.rawValue < right.rawValue }

    /// The edition that a report of `year` must follow; nil before 2019, when there was no uniform form.
    public static func required(for year: Int) -> Edition? {
        if year < 2019 { return nil }
        return year < 2021 ? .form2019 : .form2021
    }
}

/// The three tables of the form; raw values are the keys of the JSON.
public enum TableID: String, Sendable, CaseIterable, Codable {
    /// Section 二, 主动公开政府信息情况.
    case disclosure
    /// Section 三, 收到和处理政府信息公开申请情况.
    case applications
    /// Section 四, 政府信息公开行政复议、行政诉讼情况.
    case disputes

    /// The number of the section that holds the table.
    public var section: Int {
        switch self {
        case .disclosure: 2
        case .applications: 3
        case .disputes: 4
        }
    }

    /// 表二, 表三, 表四: how reviewers call the tables, after their sections.
    public var name: String { "表" + ChineseNumeral.text(section) }
}

/// A row of the form: official number in table 3 (`3.3.1`), a word in tables 2 and 4.
public struct RowID: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The key of the JSON.
    public let key: String
    /// A row by its key.
    public init(_ key: String) { self.key = key }
    /// A row by its key.
    public init(stringLiteral value: String) { key = value }
    /// The key.
    public var description: String { key }
}

/// A column of the form.
public struct ColumnID: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The key of the JSON.
    public let key: String
    /// A column by its key.
    public init(_ key: String) { self.key = key }
    /// A column by its key.
    public init(stringLiteral value: String) { key = value }
    /// The key.
    public var description: String { key }
}

/// One cell of the form.
public struct CellAddress: Sendable, Hashable {
    /// The table.
    public var table: TableID
    /// The row.
    public var row: RowID
    /// The column.
    public var column: ColumnID

    /// The cell of a table, row and column.
    public init(_ table: TableID, _ row: RowID, _ column: ColumnID) {
        self.table = table
        self.row = row
        self.column = column
    }
}

/// What kind of number belongs in a cell.
public enum CellKind: Sendable {
    /// A number of things: a whole number, not negative.
    case count
    /// 本年增/减: a whole number of either sign.
    case change
    /// An amount of money in 万元; decimals allowed.
    case amount
}

/// A row as the form prints it.
public struct RowForm: Sendable {
    /// Its key.
    public let id: RowID
    /// The official wording, without its number.
    public let label: String
    /// Other wordings that offices and converters leave of it.
    public let aliases: [String]
    /// Its number as printed, for messages: `（三）1.`; empty in table 2.
    public let number: String
    /// Its cells, in the official order.
    public let columns: [ColumnID]

    /// How a message names the row.
    public var name: String { number + label }
}

/// The form as data: which rows and cells exist in which edition (domain.md §2). Everything that needs to know — the
/// reader, the rules, the JSON — asks here.
public enum Form {
    /// The rows of a table in an edition. Table 3's （六）其他处理 is one row in edition 2019 and three in edition 2021, but
    /// offices mix that; `otherResults` tells which of both the report has.
    public static func rows(
        of table: TableID,
        edition: Edition,
        otherResults: OtherResultsLayout? = nil
    ) -> [RowForm] {
        switch table {
        case .disclosure: return edition == .form2019 ? disclosure2019 : disclosure2021
        case .applications:
            let layout = otherResults ?? (edition == .form2019 ? .merged : .itemised)
            return layout == .merged ? applicationsMerged : applicationsItemised
        case .disputes: return disputes
        }
    }

    /// How （六）其他处理 of table 3 is laid out.
    public enum OtherResultsLayout: Sendable {
        /// One row, `3.6` (edition 2019).
        case merged
        /// Three rows, `3.6.1`–`3.6.3` (edition 2021).
        case itemised
    }

    /// The kind of number in a cell.
    public static func kind(of table: TableID, _ column: ColumnID) -> CellKind {
        guard table == .disclosure else { return .count }
        switch column {
        case "change": return .change
        case "amount": return .amount
        default: return .count
        }
    }

    /// The columns of table 3: the six kinds of applicants, then their total.
    public static let applicants: [ColumnID] = ["naturalPerson", "business", "research", "social", "legal", "otherOrg"]
    /// All seven columns of table 3.
    public static let applicationColumns: [ColumnID] = applicants + ["total"]
    /// The outcomes of table 4, without their total.
    public static let outcomes: [ColumnID] = ["upheld", "corrected", "other", "pending"]
    /// All five columns of a group of table 4.
    public static let disputeColumns: [ColumnID] = outcomes + ["total"]

    /// The rows of table 3 that add up to its （七）总计: 3.1 to 3.6.
    public static func results(edition: Edition, otherResults: OtherResultsLayout? = nil) -> [RowForm] {
        let layout = otherResults ?? (edition == .form2019 ? .merged : .itemised)
        return layout == .merged ? resultsMerged : resultsItemised
    }

    /// The header of a column, for messages.
    public static func columnName(_ table: TableID, _ column: ColumnID, edition: Edition?) -> String {
        if table == .disclosure, edition == .form2021, let name = columnNames2021[column] { return name }
        return columnNames[table]?[column] ?? column.key
    }

    /// The wording of a row, for messages.
    public static func rowName(_ table: TableID, _ row: RowID) -> String {
        for edition in [Edition.form2021, .form2019] {
            if let form = rows(of: table, edition: edition).first(where: { $0.id == row }) { return form.name }
        }
        return row.key
    }

    private static let columnNames: [TableID: [ColumnID: String]] = [
        .disclosure: [
            "made": "本年新制作数量", "published": "本年新公开数量", "total": "对外公开总数量", "previousItems": "上一年项目数量",
            "change": "本年增/减", "decisions": "处理决定数量", "items": "采购项目数量", "amount": "采购总金额",
        ],
        .applications: [
            "naturalPerson": "自然人", "business": "商业企业", "research": "科研机构", "social": "社会公益组织", "legal": "法律服务机构",
            "otherOrg": "其他", "total": "总计",
        ],
        .disputes: ["upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"],
    ]

    private static let columnNames2021: [ColumnID: String] = [
        "made": "本年制发件数", "repealed": "本年废止件数", "inForce": "现行有效件数", "decisions": "本年处理决定数量", "amount": "本年收费金额",
    ]

    private static func row(
        _ id: RowID,
        _ number: String,
        _ label: String,
        _ columns: [ColumnID],
        _ aliases: [String] = []
    ) -> RowForm {
        RowForm(id: id, label: label, aliases: aliases, number: number, columns: columns)
    }

    // 条例 Art 20 (一), (五), (六), (八), (九) are the blocks of table 2.
    private static let disclosure2019: [RowForm] = [
        row("regulations", "", "规章", ["made", "published", "total"]),
        row("normativeDocuments", "", "规范性文件", ["made", "published", "total"], ["行政规范性文件"]),
        row("licensing", "", "行政许可", ["previousItems", "change", "decisions"]),
        row("otherServices", "", "其他对外管理服务事项", ["previousItems", "change", "decisions"], ["其他对外服务管理事项"]),
        row("penalties", "", "行政处罚", ["previousItems", "change", "decisions"]),
        row("coercion", "", "行政强制", ["previousItems", "change", "decisions"]),
        row("fees", "", "行政事业性收费", ["previousItems", "change"]),
        row("procurement", "", "政府集中采购", ["items", "amount"]),
    ]

    private static let disclosure2021: [RowForm] = [
        row("regulations", "", "规章", ["made", "repealed", "inForce"]),
        row("normativeDocuments", "", "行政规范性文件", ["made", "repealed", "inForce"], ["规范性文件"]),
        row("licensing", "", "行政许可", ["decisions"]),
        row("penalties", "", "行政处罚", ["decisions"]),
        row("coercion", "", "行政强制", ["decisions"]),
        row("fees", "", "行政事业性收费", ["amount"]),
    ]

    private static func applications(_ other: [RowForm]) -> [RowForm] {
        let all = applicationColumns
        return [
            row("1", "一、", "本年新收政府信息公开申请数量", all, ["本年新收", "本年新收申请数量"]),
            row("2", "二、", "上年结转政府信息公开申请数量", all, ["上年结转", "上年结转申请数量", "上年度结转政府信息公开申请数量"]),
            row("3.1", "（一）", "予以公开", all),
            row("3.2", "（二）", "部分公开", all, ["部分公开区分处理的只计这一情形不计其他情形"]),
            row("3.3.1", "（三）1.", "属于国家秘密", all),
            row("3.3.2", "（三）2.", "其他法律行政法规禁止公开", all),
            row("3.3.3", "（三）3.", "危及“三安全一稳定”", all),
            row("3.3.4", "（三）4.", "保护第三方合法权益", all),
            row("3.3.5", "（三）5.", "属于三类内部事务信息", all),
            row("3.3.6", "（三）6.", "属于四类过程性信息", all),
            row("3.3.7", "（三）7.", "属于行政执法案卷", all),
            row("3.3.8", "（三）8.", "属于行政查询事项", all),
            row("3.4.1", "（四）1.", "本机关不掌握相关政府信息", all),
            row("3.4.2", "（四）2.", "没有现成信息需要另行制作", all),
            row("3.4.3", "（四）3.", "补正后申请内容仍不明确", all),
            row("3.5.1", "（五）1.", "信访举报投诉类申请", all),
            row("3.5.2", "（五）2.", "重复申请", all),
            row("3.5.3", "（五）3.", "要求提供公开出版物", all),
            row("3.5.4", "（五）4.", "无正当理由大量反复申请", all),
            row("3.5.5", "（五）5.", "要求行政机关确认或重新出具已获取信息", all),
        ] + other + [
            row("3.7", "（七）", "总计", all, ["合计"]),
            row("4", "四、", "结转下年度继续办理", all, ["结转下年继续办理", "结转下年度"]),
        ]
    }

    private static let applicationsMerged = applications([row("3.6", "（六）", "其他处理", applicationColumns)])
    private static let applicationsItemised = applications([
        row(
            "3.6.1",
            "（六）1.",
            "申请人无正当理由逾期不补正",
            applicationColumns,
            ["申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请"]
        ),
        row(
            "3.6.2",
            "（六）2.",
            "申请人逾期未按收费通知要求缴纳费用",
            applicationColumns,
            ["申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请"]
        ),
        row("3.6.3", "（六）3.", "其他", applicationColumns),
    ])

    private static let resultsMerged = results(applicationsMerged)
    private static let resultsItemised = results(applicationsItemised)

    private static func results(_ rows: [RowForm]) -> [RowForm] {
        rows.filter { $0.id.key.hasPrefix("3.") && $0.id != "3.7" }
    }

    private static let disputes: [RowForm] = [
        row("reconsideration", "", "行政复议", disputeColumns),
        row("litigation", "", "行政诉讼（未经复议直接起诉）", disputeColumns),
        row("litigationAfterReconsideration", "", "行政诉讼（复议后起诉）", disputeColumns),
    ]
}
