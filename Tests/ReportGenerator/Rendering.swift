// Flattening: what each kind of converter makes of headings, paragraphs and merged tables (domain.md §6).

/// How tables arrive in the text.
public enum TextShape: String, CaseIterable, Sendable {
    /// A leading tab per cell, an empty line after each row, covered cells as a lone tab; header words broken by newlines.
    case cellPerLine
    /// A web page: every cell on its own line ended by ` |`, rows padded with further bars, covered cells gone.
    case pipeLines
    /// Tab-separated rows, some shifted by a cell, some parted by blank lines.
    case tabRows
    /// `a | b | c |`
    case pipeRows
    /// `| a | b |` with a `|---|` line, and headings with `#`.
    case markdown
    /// Every cell a paragraph of its own; covered and empty cells vanish.
    case paragraphs
}

extension Draft {
    /// The whole report as text with LF line ends.
    func render() -> String {
        var out: [String] = []
        if titled {
            var rng = layout("title")
            let blank = shape == .tabRows && rng.chance(40) ? "" : nil
            if let blank { out += [blank, blank] }
            let indent = shape != .markdown && rng.chance(15) ? "              " : ""
            for (index, line) in titleLines.enumerated() {
                out.append((shape == .markdown && index == 0 ? "# " : indent) + line)
            }
            out.append("")
        }
        append(preface, "preface", to: &out)
        for section in sections {
            out.append(heading(of: section))
            if style.blankBetweenParagraphs { out.append("") }
            append(section.lead, "lead\(section.index)", to: &out)
            if section.hasTable, !section.tableRemoved {
                switch section.index {
                case 2: append(disclosureGrid(), "disclosure", to: &out)
                case 3: append(applicationsGrid(), "applications", to: &out)
                default: append(disputesGrid(), "disputes", to: &out)
                }
            }
            append(section.body, "body\(section.index)", to: &out)
        }
        out += closing.lines
        return out.joined(separator: "\n") + (seed % 3 == 0 ? "" : "\n")
    }

    private func heading(of section: Section) -> String {
        let text = section.numbering + section.title
        return shape == .markdown ? "## " + text : style.headingIndent + text
    }

    private func append(_ paragraphs: [Paragraph], _ key: String, to out: inout [String]) {
        for (index, paragraph) in paragraphs.enumerated() {
            var rng = layout("\(key).\(index)")
            var text = printed(paragraph)
            if style.bookmark, key == "body1", index == 2 { text = "[bookmark: _GoBack]" + text }
            // A trailing blank changes nothing for a person, and trips a reader that compares whole lines.
            if rng.chance(6) { text += rng.pick([" ", "　", "\u{a0}"]) }
            let prefix = shape == .markdown && paragraph.tag == .heading ? "### " : style.indent
            out.append(prefix + text)
            if style.blankBetweenParagraphs { out.append("") }
        }
    }

    private func append(_ grid: Grid, _ key: String, to out: inout [String]) {
        var rows = grid.rows
        if style.bookmark, key == "disclosure", let row = rows.firstIndex(where: { $0.name == "disclosure.licensing" })
        {
            rows[row].cells[1].text = "[bookmark: _GoBack]" + rows[row].cells[1].text
        }
        switch shape {
        case .cellPerLine: appendCellPerLine(rows, to: &out)
        case .pipeLines: appendPipeLines(rows, key, to: &out)
        case .tabRows: appendTabRows(rows, key, to: &out)
        case .pipeRows: appendPipeRows(rows, to: &out)
        case .markdown: appendMarkdown(rows, to: &out)
        case .paragraphs:
            for cell in rows.flatMap(\.cells) where cell.kind == .content && !cell.text.isEmpty {
                out += [cell.text, ""]
            }
        }
    }

    private func appendCellPerLine(_ rows: [GridRow], to out: inout [String]) {
        for row in rows {
            // A cell merged with the one above keeps its place as a lone tab; one merged with its left neighbour is gone.
            // A wide and tall merged cell therefore leaves a single tab in the rows below.
            for cell in row.cells where cell.kind != .coveredFromLeft {
                out.append("\t" + cell.text)
            }
            out.append("")
        }
        out.append("")
    }

    private func appendPipeLines(_ rows: [GridRow], _ key: String, to out: inout [String]) {
        var rng = layout("\(key).pad")
        let printed = rows.map { row in row.cells.filter { $0.kind == .content }.map(\.text) }
        let width = (printed.map(\.count).max() ?? 0) + (key == "disputes" ? 0 : 1)
        var lines: [String] = []
        for texts in printed {
            for text in texts {
                lines.append(text + " |")
            }
            let padding = width - texts.count
            if padding > 0, let last = lines.popLast() {
                lines.append(last + " " + String(repeating: "|", count: padding))
            }
        }
        // The converter trims the end of a table: sometimes the padding, sometimes the last bar with it.
        if let last = lines.popLast(), let text = printed.last?.last {
            // A blank last cell would vanish without a trace, and nobody could say that it was blank.
            lines.append(text.isEmpty ? last : rng.pick([last, text + " |", text]))
        }
        out += lines
    }

    /// The cells of a row as a line-based table prints them, given how its converter treats merged cells.
    private func line(_ row: GridRow, spans: Style.Spans) -> [String] {
        let labelSpan = row.cells.prefix { $0.kind != .content || $0.text == row.cells[0].text }.count
        let collapses = spans == .collapsed || (spans == .mixed && row.name != nil && labelSpan == 3)
        var texts: [String] = []
        for (index, cell) in row.cells.enumerated() {
            switch cell.kind {
            case .content: texts.append(cell.text)
            case .coveredFromAbove:
                if spans == .vanished { continue }
                let isGroup = row.name != nil && style.repeatsGroups && index < 2
                texts.append(isGroup ? cell.covering : "")
            case .coveredFromLeft:
                if spans == .vanished || collapses { continue }
                texts.append("")
            }
        }
        return texts.map { $0.replacing("\n", with: "") }
    }

    private func appendTabRows(_ rows: [GridRow], _ key: String, to out: inout [String]) {
        var rng = layout("\(key).tabs")
        // Chosen from the form's rows, not from those left: a removed row must not move the others.
        let names = form.applicationRows.map { "applications.\($0)" }
        let split = style.splitsTable ? rng.pick(names) : ""
        let shifted = style.shiftsRows ? [rng.pick(names), rng.pick(names)] : [String]()
        for row in rows {
            let name = row.name ?? "-"
            var texts = line(row, spans: style.spans)
            // One leading cell less, one trailing empty more; the numbers keep their order, not their columns.
            if shifted.contains(name), texts.first == "" {
                texts.removeFirst()
                if texts.first == "", rng.chance(50) {
                    texts.removeFirst()
                    texts.insert("", at: 1)
                }
                texts.append("")
            }
            if name == split { out.append("") }
            out.append(texts.joined(separator: "\t"))
        }
        out.append("")
    }

    private func appendPipeRows(_ rows: [GridRow], to out: inout [String]) {
        for row in rows {
            out.append(line(row, spans: style.spans).joined(separator: " | ") + " |")
        }
        out.append("")
    }

    private func appendMarkdown(_ rows: [GridRow], to out: inout [String]) {
        for (index, row) in rows.enumerated() {
            out.append("| " + line(row, spans: .expanded).joined(separator: " | ") + " |")
            if index == 0 { out.append("|" + String(repeating: "---|", count: row.cells.count)) }
        }
        out.append("")
    }
}
