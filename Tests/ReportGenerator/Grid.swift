// The three tables as grids of merged cells, the way a word processor holds them before a converter flattens them.

struct GridCell {
    enum Kind { case content, coveredFromAbove, coveredFromLeft }

    var kind: Kind
    var text: String
    /// The text of the merged cell that covers this one.
    var covering = ""
}

struct GridRow {
    var cells: [GridCell]
    /// A row of numbers, with the name of its row; nil for a header.
    var name: String?
}

struct Grid {
    var rows: [GridRow] = []

    /// Appends a row given as (text, columns it spans); `nil` continues the merged cell above.
    mutating func add(_ name: String? = nil, _ cells: [(text: String?, span: Int)]) {
        var row = GridRow(cells: [], name: name)
        for (text, span) in cells {
            let column = row.cells.count
            let above = rows.last.flatMap { column < $0.cells.count ? $0.cells[column] : nil }
            let covering = text ?? above.map { $0.kind == .content ? $0.text : $0.covering } ?? ""
            row.cells.append(
                GridCell(kind: text == nil ? .coveredFromAbove : .content, text: text ?? "", covering: covering)
            )
            for _ in 1..<max(span, 1) {
                row.cells.append(GridCell(kind: .coveredFromLeft, text: "", covering: covering))
            }
        }
        rows.append(row)
    }
}

extension Draft {
    /// A generator for one named place of this report's layout, the same before and after a mutation.
    func layout(_ key: String) -> SplitMix64 {
        SplitMix64(seed: seed, key: key)
    }

    /// What the cell prints.
    func cellText(_ path: CellPath) -> String {
        if let override = overrides[path] { return override }
        guard let value = cells[path] else { return "" }
        var rng = layout("cell.\(path)")
        var text: String
        if path.column == "amount" {
            let asks = path.row == "procurement" && style.asksForDecimals
            text = value.tenThousandths == 0 && rng.chance(85) ? "0" : asks ? value.text(decimals: 4) : "\(value)"
        } else {
            text = "\(value)"
            if value.integerPart >= 1000, rng.chance(3), !style.fullWidthCells {
                text = StatedNumber.grouped(value.integerPart)
            }
            if text.hasPrefix("-"), rng.chance(25) { text = rng.pick(["－", "−"]) + text.dropFirst() }
        }
        if style.fullWidthCells { text = StatedNumber.fullWidth(text) }
        if style.nonBreakingZeros, text == "0" { text = rng.pick(["\u{a0}0", "0\u{a0}", "0"]) }
        return text
    }

    private func numbers(_ table: String, _ row: String, _ columns: [String]) -> [(text: String?, span: Int)] {
        columns.map { (cellText(CellPath(table, row, $0)), 1) }
    }

    private func header(_ word: String, _ key: String) -> String {
        var rng = layout("header.\(key)")
        // Whole columns break alike; only a converter that keeps line breaks shows it, others lose or join the halves.
        let breaks = style.breaksHeaderWords && shape == .cellPerLine && rng.chance(70)
        let gap = rng.chance(4) ? " " : ""
        return Labels.bracketed(word.replacing("⏎", with: breaks ? "\n" : gap), style)
    }

    func disclosureGrid() -> Grid {
        var grid = Grid()
        for (row, columns) in form.disclosureRows {
            var rng = layout("disclosure.\(row)")
            if let title = Labels.disclosureTitles[row] {
                grid.add(nil, [(Labels.bracketed(title, style), 4)])
                var cells: [(text: String?, span: Int)] = [("信息内容", 1)]
                for column in columns {
                    var word = Labels.disclosureColumn(column, row: row, form, asksForDecimals: style.asksForDecimals)
                    // A flattened web page keeps the first line of a broken word only: "本年新" twice.
                    if shape == .pipeLines, style.losesHeaderHalves, word.hasPrefix("本年新") { word = "本年新" }
                    cells.append((header(word, "disclosure.\(row).\(column)"), 1))
                }
                cells[cells.count - 1].span = 4 - columns.count
                grid.add(nil, cells)
            }
            if removedRows.contains("disclosure.\(row)") { continue }
            var cells: [(text: String?, span: Int)] = [(Labels.disclosureRow(row, form, &rng), 1)]
            cells += numbers("disclosure", row, columns)
            cells[cells.count - 1].span = 4 - columns.count
            grid.add("disclosure.\(row)", cells)
        }
        return grid
    }

    func applicationsGrid() -> Grid {
        var grid = Grid()
        var rng = layout("applications.header")
        let words = Labels.applicants.enumerated().map { header($1, "applicant.\($0)") }
        let organisations = rng.pick(["法人或其他组织", "法人或其他组织", "法人或者其他组织", "法人或其它组织"])
        let half = shape == .pipeLines && style.losesHeaderHalves && rng.chance(40)
        grid.add(nil, [(Labels.bracketed(Labels.identity(&rng), style), 3), ("申请人情况", 7)])
        grid.add(nil, [(nil, 3), (words[0], 1), (organisations, 5), (words[6], 1)])
        grid.add(
            nil,
            [(nil, 3), (nil, 1)] + words[1...5].enumerated().map { (half && $0 < 2 ? String($1.prefix(2)) : $1, 1) }
                + [(nil, 1)]
        )
        var openGroup = ""
        var resultsOpen = false
        for row in form.applicationRows {
            if removedRows.contains("applications.\(row)") { continue }
            if otherResultsMerged, row == "3.6.1" || row == "3.6.2" { continue }
            var rng = layout("applications.\(row)")
            let merged = otherResultsMerged && row == "3.6.3"
            let printed = merged ? "3.6" : row
            var label = Labels.application(printed, style, &rng)
            if shape == .cellPerLine, label.count > 12, rng.chance(3) {
                label.insert("\n", at: label.index(label.startIndex, offsetBy: 9))
            }
            var cells: [(text: String?, span: Int)] = []
            if ["1", "2", "4"].contains(row) {
                cells.append((label, 3))
            } else {
                let results = style.numberedRows || rng.chance(70) ? "三、本年度办理结果" : "本年度办理结果"
                cells.append((resultsOpen ? nil : results, 1))
                resultsOpen = true
                let group = printed.split(separator: ".").prefix(2).joined(separator: ".")
                if printed.split(separator: ".").count == 3 {
                    cells.append((openGroup == group ? nil : Labels.bracketed(Labels.groups[group] ?? "", style), 1))
                    cells.append((label, 1))
                } else {
                    cells.append((label, 2))
                }
                openGroup = group
            }
            grid.add("applications.\(row)", cells + numbers("applications", printed, Form.applicantColumns))
        }
        return grid
    }

    func disputesGrid() -> Grid {
        var grid = Grid()
        let words = Form.disputeGroups.indices.map { group in
            Labels.outcomes.enumerated().map { header($1, "outcome.\(group).\($0)") }
        }
        func cells(_ group: Int) -> [(text: String?, span: Int)] { words[group].map { ($0, 1) } }
        let covered = [(text: String?, span: Int)](repeating: (nil, 1), count: 5)
        grid.add(nil, [("行政复议", 5), ("行政诉讼", 10)])
        grid.add(nil, cells(0) + [("未经复议直接起诉", 5), ("复议后起诉", 5)])
        grid.add(nil, covered + cells(1) + cells(2))
        grid.add(
            "disputes",
            Form.disputeGroups.flatMap { numbers("disputes", $0, Form.outcomeColumns) }
        )
        return grid
    }
}
