import ReportModel

/// What has to change in a table of edition 2019 for it to be of edition 2021, read off the form's own data.
enum FormDifference {
    /// A hint that names what the current form has and the old one lacks, and what it no longer has.
    static func outdated(_ report: AnnualReport) -> Message {
        let old = Form.rows(of: .disclosure, edition: .form2019)
        let new = Form.rows(of: .disclosure, edition: .form2021)
        let headers = new.flatMap(\.columns).uniqued()
            .map { Form.columnName(.disclosure, $0, edition: .form2021) }
            .filter { name in !oldHeaders.contains(name) }
        let dropped = old.filter { row in !new.contains { $0.id == row.id } }.map(\.name)
        let merged = report.table(.applications)?.otherResults == .merged
        let items = itemised.count
        return Message(
            "2021年格式表二的各列为\(quoted(headers).zh)，没有\(quoted(dropped).zh)\(dropped.count > 1 ? "两行" : "一行")"
                + "\(merged ? "；表三（六）其他处理分为 \(items) 行，本报告只有一行" : "")。请改用国办公开办函〔2021〕30号所附格式，按新的统计口径重新填报。",
            "In the form of 2021, table 2 has the columns \(quoted(headers).en) and no rows \(quoted(dropped).en)"
                + "\(merged ? "; （六）其他处理 of table 3 has \(items) rows, here it has one" : ""). Fill in the tables again on the "
                + "form of 国办公开办函〔2021〕30号."
        )
    }

    /// The rows into which edition 2021 splits （六）其他处理.
    static let itemised = Form.rows(of: .applications, edition: .form2021).filter { $0.id.key.hasPrefix("3.6.") }

    /// Words of the form or of a report, one after the other.
    static func quoted(_ names: [String]) -> Message {
        let quoted = names.map { "“\($0)”" }
        return Message(quoted.joined(separator: "、"), quoted.joined(separator: ", "))
    }

    private static let oldHeaders = Form.rows(of: .disclosure, edition: .form2019).flatMap(\.columns)
        .map { Form.columnName(.disclosure, $0, edition: .form2019) }
}

extension Sequence where Element: Hashable {
    /// The elements in their order, each once.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
