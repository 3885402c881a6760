import ChineseText
import DocumentModel

/// Joins lines of running text to paragraphs.
struct PDFParagraphs {
    private let body: [ClosedRange<Double>]
    private var result: [Paragraph] = []
    private var text = ""
    private var box: PDFBox?
    private var last: PDFLine?
    private var page = 0

    private let footnotes: PDFFootnotes
    /// Lines of the paragraph with marks of footnotes.
    private var marked: [PDFLine] = []

    init(_ layout: PDFLayout) {
        body = layout.body
        footnotes = layout.footnotes
    }

    /// The paragraphs of `lines`; `position` counts on.
    mutating func join(_ lines: [PDFLine], position: inout Int) -> [Paragraph] {
        result = []
        for line in lines {
            if let last, goesOn(last, line) {
                PDFText.append(line.text, to: &text)
                if line.page == page { box = box?.union(line.box) }
            } else {
                end(&position)
                text = line.text
                box = line.box
                page = line.page
            }
            if !line.noteMarks.isEmpty { marked.append(line) }
            last = line
        }
        end(&position)
        last = nil
        return result
    }

    private mutating func end(_ position: inout Int) {
        guard let box, !text.isEmpty else { return }
        position += 1
        let source = SourceSpan(.box(page: Int32(clamping: page), box.pageBox), position: position)
        result.append(Paragraph(text: text, source: source))
        text = ""
        self.box = nil
        result += footnotes.paragraphs(of: marked, position: &position)
        marked = []
    }

    /// Whether `lower` goes on with the paragraph of `upper`: that line was full, this one begins at the left edge.
    private func goesOn(_ upper: PDFLine, _ lower: PDFLine) -> Bool {
        // A heading begins a paragraph however full the line above it is.
        if lower.isSectionHeading { return false }
        let upperBody = body[upper.page - 1]
        let lowerBody = body[lower.page - 1]
        let em = min(upper.em, lower.em)
        // Full: no further character would have found room. In the midst of a sentence a word may have found none, or
        // what must not stand at the end of a line.
        guard let last = upper.text.unicodeScalars.last else { return false }
        let endsSentence = "。！？；：”）".unicodeScalars.contains(last)
        guard upper.box.right > upperBody.upperBound - (endsSentence ? 2.2 : 5) * em else { return false }
        // Not indented.
        guard lower.box.left < lowerBody.lowerBound + 1.2 * em else { return false }
        guard abs(upper.em - lower.em) < 0.35 * em else { return false }
        return upper.page != lower.page || lower.box.top - upper.box.bottom < 1.8 * em
    }
}
