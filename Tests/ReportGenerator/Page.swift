// A report as a word processor or a browser holds it: blocks with their meaning, before any file format.

enum PageBlock {
    /// One line of the title.
    case title(String)
    /// A section's heading: the number as printed, and the words.
    case heading(section: Int, numbering: String, title: String)
    /// `key` names the place, the same before and after a mutation.
    case paragraph(String, key: String)
    case table(Grid, key: String)
    /// A line of the signature; empty for a blank one.
    case closing(String)
}

extension Draft {
    /// The report's blocks from the title to the signature.
    func page() -> [PageBlock] {
        var blocks = titleLines.map { PageBlock.title($0) }
        func add(_ paragraphs: [Paragraph], _ key: String) {
            for (index, paragraph) in paragraphs.enumerated() {
                blocks.append(.paragraph(printed(paragraph), key: "\(key).\(index)"))
            }
        }
        add(preface, "preface")
        for section in sections {
            blocks.append(.heading(section: section.index, numbering: section.numbering, title: section.title))
            add(section.lead, "lead\(section.index)")
            if section.hasTable, !section.tableRemoved {
                switch section.index {
                case 2: blocks.append(.table(disclosureGrid(), key: "disclosure"))
                case 3: blocks.append(.table(applicationsGrid(), key: "applications"))
                default: blocks.append(.table(disputesGrid(), key: "disputes"))
                }
            }
            add(section.body, "body\(section.index)")
        }
        // A page number among the lines is what a conversion to text leaves; here the page has a footer.
        let pageNumbers: Set<String> = ["1", "- 3 -", "—2—"]
        blocks += closing.lines.filter { !pageNumbers.contains($0) }.map { PageBlock.closing($0) }
        return blocks
    }

    /// A paragraph's words with this writer's punctuation.
    func printed(_ paragraph: Paragraph) -> String {
        var text = resolved(paragraph.text)
        if style.asciiPunctuation {
            for (full, ascii) in [("（", "("), ("）", ")"), ("，", ","), ("：", ":"), ("；", ";")] {
                text = text.replacing(full, with: ascii)
            }
        }
        return text
    }
}

/// Text as the content of an XML or HTML element or attribute.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
