// Automatic numbering (ECMA-376 part 1, §17.9): the 一、 of a heading and the 1. of a row that stand in no text.

struct DocxNumbering {
    /// How the headings are numbered by the word processor; nil where the numbers are typed.
    private var headingMark: String?
    private var headingFormat = ""
    private let byStyle: Bool
    /// The form's groups of rows (3.3, 3.4 …) whose `1.` is automatic; each a list of its own.
    private var groups: [String] = []
    private var rowMark: Character = "."

    init(draft: Draft, features: Set<DocxFeature>) {
        byStyle = features.contains(.numberedHeadingStyle)
        var rng = draft.layout("docx.numbering")
        if byStyle || features.contains(.numberedHeadings) {
            // Three names for the same numerals up to ten.
            headingFormat = rng.pick(["chineseCounting", "chineseCountingThousand", "japaneseCounting"])
            let chinese = ["一", "二", "三", "四", "五", "六"]
            let marks = draft.sections.map {
                $0.numbering.hasPrefix(chinese[$0.index - 1]) ? String($0.numbering.dropFirst()) : ""
            }
            // Numbers that do not run from 一 to 六 were typed by somebody.
            if draft.sections.map(\.index) == Array(1...6), let mark = marks.first, !mark.isEmpty, Set(marks).count == 1
            {
                headingMark = mark
            }
        }
        if features.contains(.numberedRows), draft.removedRows.isEmpty, !draft.otherResultsMerged,
            let mark = draft.style.rowDot.first
        {
            rowMark = mark
            groups = draft.form == .edition2019 ? ["3.3", "3.4", "3.5"] : ["3.3", "3.4", "3.5", "3.6"]
        }
    }

    /// The style and the properties of a section's heading; nil where its number is typed.
    func heading(_ section: Int) -> (style: String, xml: String)? {
        guard headingMark != nil else { return nil }
        return byStyle ? ("HeadingNumbered", "") : ("Heading1", Self.properties(1))
    }

    /// The properties of a row's label, and how many characters of the label they stand for.
    func row(_ name: String, label: String) -> (xml: String, dropped: Int)? {
        let parts = name.split(separator: ".")
        guard parts.count == 4, let list = groups.firstIndex(of: "\(parts[1]).\(parts[2])"),
            label.hasPrefix("\(parts[3])\(rowMark)")
        else { return nil }
        return (Self.properties(10 + list), 2)
    }

    private static func properties(_ list: Int) -> String {
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"\(list)\"/></w:numPr>"
    }

    /// The part numbering.xml without its namespaces.
    var xml: String {
        func definition(_ id: Int, _ format: String, _ text: String) -> String {
            """
            <w:abstractNum w:abstractNumId="\(id)"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">\
            <w:start w:val="1"/><w:numFmt w:val="\(format)"/>\(id == 1 && byStyle ? "<w:pStyle w:val=\"HeadingNumbered\"/>" : "")\
            <w:suff w:val="nothing"/><w:lvlText w:val="\(text)"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>
            """
        }
        var definitions = definition(
            1,
            headingFormat.isEmpty ? "chineseCounting" : headingFormat,
            "%1" + (headingMark ?? "、")
        )
        var lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>"
        for index in groups.indices {
            definitions += definition(10 + index, "decimal", "%1\(rowMark)")
            lists += "<w:num w:numId=\"\(10 + index)\"><w:abstractNumId w:val=\"\(10 + index)\"/></w:num>"
        }
        return "<w:numbering>\(definitions)\(lists)</w:numbering>"
    }
}
