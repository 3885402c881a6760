// The same report as a docx (ECMA-376 part 1, WordprocessingML), with the form's merged cells as offices use it.

extension GeneratedReport {
    /// The report as a docx file with these features. `blankCells` does nothing here: it changes values, so
    /// ``withBlankCells()`` makes a report of its own of it.
    public func docx(_ features: Set<DocxFeature> = []) -> [UInt8] {
        var writer = DocxWriter(draft: draft, features: features)
        return writer.file()
    }

    /// The report with some of its zeros left blank, for `cell.blank` to complain of; the sums still hold.
    public func withBlankCells() -> GeneratedReport {
        var draft = draft
        var rng = draft.layout("blank")
        let zeros = draft.form.cellPaths.filter { draft.cells[$0] == ExactDecimal(0) && $0.column != "total" }
        let blank = zeros.filter { _ in rng.chance(6) }
        for path in blank { draft.overrides[path] = "" }
        let states = Dictionary(uniqueKeysWithValues: blank.map { ($0, "blank") })
        return GeneratedReport(
            draft: draft,
            toleratedRules: toleratedRules.union(["cell.blank"]),
            unreadable: unreadableCells.merging(states) { old, _ in old }
        )
    }
}

struct DocxWriter {
    private let features: Set<DocxFeature>
    private var draft: Draft
    private let numbering: DocxNumbering
    private var rng: SplitMix64
    /// Of revisions, bookmarks and content controls: each needs one of its own.
    private var identifier = 100
    private var footnoteWritten = false

    init(draft: Draft, features: Set<DocxFeature>) {
        self.features = features
        self.draft = draft
        if features.contains(.softBreaks) { self.draft.style.breaksHeaderWords = true }
        numbering = DocxNumbering(draft: draft, features: features)
        rng = draft.layout("docx")
    }

    private func has(_ feature: DocxFeature) -> Bool { features.contains(feature) }

    private mutating func nextIdentifier() -> Int {
        identifier += 1
        return identifier
    }

    mutating func file() -> [UInt8] {
        let parts = DocxParts(features: features)
        var zip = StoredZip()
        for (name, text) in parts.files(body: body(), numbering: numbering.xml) {
            zip.add(name, text)
        }
        return zip.bytes
    }

    // MARK: The body

    private mutating func body() -> String {
        var before = ""
        var sections: [String] = []
        var after = ""
        for block in draft.page() {
            var xml = ""
            switch block {
            case .title(let line):
                if !has(.textBoxTitle) {
                    before += paragraph(runs(line), style: "Title", align: "center")
                } else if line == draft.titleLines.first {
                    before += textBox(draft.titleLines)
                }
                continue
            case .closing(let line):
                let content = line.drop { $0 == " " || $0 == "　" }
                after += paragraph(runs(String(content)), align: content.isEmpty ? "left" : "right")
                continue
            case .heading(let section, let number, let title):
                if has(.landscape), section == 3 { sections.append(DocxParts.sectionEnd(landscape: false)) }
                if has(.landscape), section == 4 { sections.append(DocxParts.sectionEnd(landscape: true)) }
                sections.append("")
                if has(.pageBreaks), section % 2 == 0 { xml = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>" }
                xml += heading(section, number, title)
            case .paragraph(let text, let key): xml = bodyParagraph(text, key)
            case .table(let grid, let key): xml = tables(grid, key)
            }
            if sections.isEmpty { before += xml } else { sections[sections.count - 1] += xml }
        }
        let main = has(.layoutTable) ? layoutTable(sections) : sections.joined()
        return before + main + after
    }

    private func layoutTable(_ cells: [String]) -> String {
        let rows = cells.map { "<w:tr>" + Self.cell($0, width: 9200) + "</w:tr>" }
        return table(rows: rows, widths: [9200], borders: false) + "<w:p/>"
    }

    private mutating func heading(_ section: Int, _ number: String, _ title: String) -> String {
        guard let properties = numbering.heading(section) else {
            return paragraph(runs(number + title), style: "Heading1")
        }
        return paragraph(runs(title), style: properties.style, properties: properties.xml)
    }

    private mutating func bodyParagraph(_ text: String, _ key: String) -> String {
        var content = runs(text, changes: has(.trackedChanges) && (key == "body1.0" || rng.chance(25)))
        if has(.hiddenText), rng.chance(25) { content += hiddenRun("（内部掌握：另有86件未登记）") }
        if has(.footnote), !footnoteWritten, key.hasPrefix("body") {
            footnoteWritten = true
            content += "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r>"
        }
        if has(.bookmarks), rng.chance(40) {
            let id = nextIdentifier()
            content =
                "<w:bookmarkStart w:id=\"\(id)\" w:name=\"_GoBack\(id)\"/>\(content)<w:bookmarkEnd w:id=\"\(id)\"/>"
        }
        if has(.fields), rng.chance(30) {
            content =
                Self.fieldCharacter("begin") + Self.instruction(" HYPERLINK \"https://www.example.gov.cn/zwgk/2017/\" ")
                + Self.fieldCharacter("separate") + content + Self.fieldCharacter("end")
        }
        let xml = paragraph(content, indent: true)
        return has(.contentControls) && rng.chance(40) ? control(xml) : xml
    }

    private static func fieldCharacter(_ kind: String) -> String {
        "<w:r><w:fldChar w:fldCharType=\"\(kind)\"/></w:r>"
    }

    private static func instruction(_ text: String) -> String {
        "<w:r><w:instrText xml:space=\"preserve\">\(escaped(text))</w:instrText></w:r>"
    }

    /// Word writes a drawing, and the same again as VML for readers that do not know it.
    private mutating func textBox(_ lines: [String]) -> String {
        let content = lines.map { paragraph(runs($0), style: "Title", align: "center") }.joined()
        return """
            <w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" \
            distL="0" distR="0"><wp:extent cx="5600000" cy="900000"/><wp:docPr id="1" name="文本框 1"/>\
            <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">\
            <wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="900000"/>\
            </a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>\(content)\
            </w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>\
            </mc:Choice><mc:Fallback><w:pict><v:shape id="box1" type="#_x0000_t202" \
            style="width:440pt;height:70pt"><v:textbox><w:txbxContent>\(content)</w:txbxContent></v:textbox></v:shape>\
            </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
            """
    }

    // MARK: Paragraphs and runs

    private func paragraph(
        _ content: String,
        style: String = "",
        align: String = "",
        indent: Bool = false,
        properties: String = ""
    ) -> String {
        var xml = style.isEmpty ? "" : "<w:pStyle w:val=\"\(style)\"/>"
        xml += properties
        if indent { xml += "<w:ind w:firstLine=\"640\"/>" }
        if !align.isEmpty { xml += "<w:jc w:val=\"\(align)\"/>" }
        let attributes = has(.wps) ? " w:rsidR=\"00A77B3E\" w14:paraId=\"2F3C1A70\"" : ""
        return "<w:p\(attributes)>" + (xml.isEmpty ? "" : "<w:pPr>\(xml)</w:pPr>") + content + "</w:p>"
    }

    /// One text as runs; `changes` puts a deletion with misleading words beside an insertion of real ones.
    private mutating func runs(_ text: String, changes: Bool = false) -> String {
        guard !text.isEmpty else { return "" }
        var pieces = has(.splitRuns) ? split(text) : [text]
        if changes, pieces.count == 1 { pieces = halves(text) }
        let inserted = changes ? rng.int(0...pieces.count - 1) : -1
        var xml = ""
        for (index, piece) in pieces.enumerated() {
            var run = self.run(piece)
            if index == inserted {
                let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                xml += deletion(isNumber ? "\(rng.int(11...99))" : rng.pick(["共收到误登申请97件，", "（征求意见稿）", "2017年"]))
                run = "<w:ins \(revision())>\(run)</w:ins>"
            } else if has(.contentControls), rng.chance(8) {
                run =
                    "<w:sdt><w:sdtPr><w:id w:val=\"\(nextIdentifier())\"/></w:sdtPr><w:sdtContent>\(run)</w:sdtContent></w:sdt>"
            }
            if has(.splitRuns), index > 0, rng.chance(30) { xml += "<w:proofErr w:type=\"gramEnd\"/>" }
            xml += run
        }
        return xml
    }

    private mutating func split(_ text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            let length = rng.int(1...(rest.count < 6 ? 2 : 9))
            pieces.append(String(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }

    private func halves(_ text: String) -> [String] {
        let half = text.count / 2
        return [String(text.prefix(half)), String(text.dropFirst(half))].filter { !$0.isEmpty }
    }

    private var runProperties: String {
        has(.wps)
            ? "<w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"仿宋\" w:hAnsi=\"仿宋\" w:eastAsia=\"仿宋\"/>"
                + "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>" : ""
    }

    private func run(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let content = lines.map { "<w:t xml:space=\"preserve\">\(escaped(String($0)))</w:t>" }.joined(
            separator: "<w:br/>"
        )
        return "<w:r>\(runProperties)\(content)</w:r>"
    }

    private func hiddenRun(_ text: String) -> String {
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>\(escaped(text))</w:t></w:r>"
    }

    private mutating func revision() -> String {
        "w:id=\"\(nextIdentifier())\" w:author=\"审核\" w:date=\"2024-01-08T09:30:00Z\""
    }

    private mutating func deletion(_ text: String) -> String {
        "<w:del \(revision())><w:r>\(runProperties)<w:delText xml:space=\"preserve\">\(escaped(text))</w:delText></w:r></w:del>"
    }

    private mutating func control(_ xml: String) -> String {
        "<w:sdt><w:sdtPr><w:alias w:val=\"请填写\"/><w:id w:val=\"\(nextIdentifier())\"/></w:sdtPr><w:sdtContent>\(xml)</w:sdtContent></w:sdt>"
    }

    // MARK: Tables

    private static let widths: [String: [Int]] = [
        "disclosure": [2600, 2200, 2200, 2200],
        "applications": [600, 1000, 2700] + [Int](repeating: 700, count: 7),
        "disputes": [Int](repeating: 613, count: 15),
    ]

    private static let labelColumns = ["disclosure": 1, "applications": 3, "disputes": 0]

    private mutating func tables(_ grid: Grid, _ key: String) -> String {
        let widths = Self.widths[key] ?? []
        let headerRows = grid.rows.prefix { $0.name == nil }.count
        let isApplications = key == "applications"
        var parts = [Array(grid.rows.indices)]
        if isApplications, has(.splitTable) || has(.splitTableWithHeader), let cut = splitPoint(grid) {
            let header = has(.splitTableWithHeader) ? Array(0..<headerRows) : []
            parts = [Array(0..<cut), header + Array(cut..<grid.rows.count)]
        }
        let deleted = has(.trackedChanges) && isApplications ? rng.int(headerRows...grid.rows.count - 1) : -1
        let breaks = has(.pageBreaks) ? rng.int(headerRows...grid.rows.count - 1) : -1
        var tables: [String] = []
        for part in parts {
            var rows: [String] = []
            for (position, index) in part.enumerated() {
                let isHeader = index < headerRows && key != "disclosure"
                let next = position + 1 < part.count ? grid.rows[part[position + 1]] : nil
                // Nothing above that a merged cell could continue.
                let first = position == 0 || part[position - 1] != index - 1
                rows.append(
                    row(
                        grid.rows[index],
                        next,
                        key,
                        widths,
                        first: first,
                        header: isHeader,
                        breaksPage: index == breaks
                    )
                )
                if index == deleted { rows.append(deletedRow(after: grid.rows[index], next, widths)) }
            }
            tables.append(table(rows: rows, widths: widths, borders: true))
        }
        var xml = tables.joined(separator: "<w:p/>")
        if has(.nestedTable), isApplications {
            xml = table(rows: ["<w:tr>" + Self.cell(xml, width: 9200) + "</w:tr>"], widths: [9200], borders: true)
        }
        // Two tables without a paragraph between them would be one.
        return xml + "<w:p/>"
    }

    /// A row of table 3 at which the second part starts: any but the first ones.
    private mutating func splitPoint(_ grid: Grid) -> Int? {
        let rows = grid.rows.indices.filter { grid.rows[$0].name?.contains(".3.") ?? false }
        return rows.count < 4 ? nil : rng.pick(Array(rows.dropFirst(2)))
    }

    private mutating func row(
        _ row: GridRow,
        _ next: GridRow?,
        _ key: String,
        _ widths: [Int],
        first: Bool,
        header: Bool,
        breaksPage: Bool
    ) -> String {
        var xml = "<w:tr>"
        if header, has(.repeatedHeaderRows) { xml += "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" }
        for (columns, cell) in Self.merged(row) {
            let start = columns.lowerBound
            let isCovered = cell.kind == .coveredFromAbove
            var properties = Self.span(columns)
            if isCovered, !first {
                properties += "<w:vMerge/>"
            } else if Self.goesOn(next, start) {
                properties += "<w:vMerge w:val=\"restart\"/>"
            }
            let isValue = row.name != nil && start >= (Self.labelColumns[key] ?? 0)
            let width = widths[columns].reduce(0, +)
            var content = isValue ? value(cell.text, sums: start == 9, width: width) : label(cell.text, row, start)
            if breaksPage, start == 0 {
                content = content.replacing("<w:pPr>", with: "<w:pPr><w:pageBreakBefore/>", maxReplacements: 1)
            }
            let tc = Self.cell(content, width: width, properties: properties)
            xml += has(.contentControls) && isValue && rng.chance(15) ? control(tc) : tc
        }
        return xml + "</w:tr>"
    }

    private mutating func value(_ text: String, sums: Bool, width: Int) -> String {
        var text = text
        if has(.nonBreakingBlanks), !text.isEmpty, rng.chance(60) {
            text = rng.pick(["\u{a0}\(text)", "\(text)\u{a0}", "\u{a0}\(text)\u{2003}"])
        }
        var content = runs(text, changes: has(.trackedChanges) && rng.chance(10))
        if has(.hiddenText), rng.chance(8) { content += hiddenRun("7") }
        if has(.formulas), !text.isEmpty, sums, rng.chance(40) {
            // Offices let Word add up a row. The result stands in the file.
            content =
                Self.fieldCharacter("begin") + Self.instruction(" =SUM(LEFT) ") + Self.fieldCharacter("separate")
                + content + Self.fieldCharacter("end")
        }
        if has(.bookmarks), rng.chance(5) {
            let id = nextIdentifier()
            content = "<w:bookmarkStart w:id=\"\(id)\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"\(id)\"/>" + content
        }
        let xml = paragraph(content, align: "center")
        guard has(.nestedValue), !text.isEmpty, rng.chance(4) else { return xml }
        return table(
            rows: ["<w:tr>" + Self.cell(xml, width: width - 60) + "</w:tr>"],
            widths: [width - 60],
            borders: false
        )
            + "<w:p/>"
    }

    private mutating func label(_ text: String, _ row: GridRow, _ column: Int) -> String {
        var text = text
        if has(.softBreaks), text.count > 6, !text.contains("\n"), rng.chance(20) {
            text.insert("\n", at: text.index(text.startIndex, offsetBy: rng.int(3...text.count - 2)))
        }
        var properties = ""
        if let number = numbering.row(row.name ?? "", label: text), column > 0 {
            text = String(text.dropFirst(number.dropped))
            properties = number.xml
        }
        if has(.softBreaks) || !text.contains("\n") {
            return paragraph(runs(text), align: row.name == nil ? "center" : "both", properties: properties)
        }
        let lines = text.split(separator: "\n").map(String.init)
        return lines.enumerated().map { paragraph(runs($1), align: "both", properties: $0 == 0 ? properties : "") }
            .joined()
    }

    /// A row after `row` that was deleted with revision marks on: numbers of an earlier draft.
    private mutating func deletedRow(after row: GridRow, _ next: GridRow?, _ widths: [Int]) -> String {
        var xml = "<w:tr><w:trPr><w:del \(revision())/></w:trPr>"
        for (columns, cell) in Self.merged(row) {
            let isCovered = cell.kind == .coveredFromAbove || Self.goesOn(next, columns.lowerBound)
            let mark = "<w:rPr><w:del \(revision())/></w:rPr>"
            let isValue = columns.lowerBound >= 3
            let content = isCovered ? "" : deletion(isValue ? "\(rng.int(1...99))" : cell.text)
            xml += Self.cell(
                paragraph(content, properties: mark),
                width: widths[columns].reduce(0, +),
                properties: Self.span(columns) + (isCovered ? "<w:vMerge/>" : "")
            )
        }
        return xml + "</w:tr>"
    }

    /// The cells of a row, each with the columns that it spans.
    private static func merged(_ row: GridRow) -> [(columns: Range<Int>, cell: GridCell)] {
        var result: [(columns: Range<Int>, cell: GridCell)] = []
        for (column, cell) in row.cells.enumerated() {
            if cell.kind == .coveredFromLeft, let last = result.popLast() {
                result.append((last.columns.lowerBound..<(column + 1), last.cell))
            } else {
                result.append((column..<(column + 1), cell))
            }
        }
        return result
    }

    private static func span(_ columns: Range<Int>) -> String {
        columns.count > 1 ? "<w:gridSpan w:val=\"\(columns.count)\"/>" : ""
    }

    /// Whether the row below continues the merged cell at `column`.
    private static func goesOn(_ next: GridRow?, _ column: Int) -> Bool {
        guard let next, column < next.cells.count else { return false }
        return next.cells[column].kind == .coveredFromAbove
    }

    private static func cell(_ content: String, width: Int, properties: String = "") -> String {
        let end =
            content.hasSuffix("</w:p>") || content.hasSuffix("<w:p/>") || content.hasSuffix("</w:sdt>") ? "" : "<w:p/>"
        return "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>\(properties)</w:tcPr>\(content)\(end)</w:tc>"
    }

    private func table(rows: [String], widths: [Int], borders: Bool) -> String {
        let sides = ["top", "left", "bottom", "right", "insideH", "insideV"]
        let lines = sides.map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>" }.joined()
        let grid = widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined()
        // Word's own margin of 108 on both sides, or what offices make of it to fit fifteen columns on a page.
        let margin = has(.narrowColumns) ? 108 : 20
        let margins = ["left", "right"].map { "<w:\($0) w:w=\"\(margin)\" w:type=\"dxa\"/>" }.joined()
        return "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/>"
            + (borders ? "<w:tblBorders>\(lines)</w:tblBorders>" : "") + "<w:tblLayout w:type=\"fixed\"/>"
            + "<w:tblCellMar>\(margins)</w:tblCellMar></w:tblPr><w:tblGrid>\(grid)</w:tblGrid>" + rows.joined()
            + "</w:tbl>"
    }
}
