import ChineseText
import DocumentModel

/// A word of a PDF page with its place.
struct PDFWord {
    /// The text, cleaned: no control characters, ligatures taken apart.
    var text: String
    /// Number of scalars in ``text``.
    var length: Int
    /// What kind of word it is.
    var kind: Kind
    /// Where it stands.
    var box: PDFBox
    /// Place in the order in which the page draws its text. Most programs draw a table cell by cell, so words that follow
    /// each other here and stand under each other are lines of one cell.
    var order: Int
    /// The level that it belongs to: its middle, or where it goes over several lines, that of the words beside it.
    var level: Double
    /// Height of one line of it; less than the height of the box where a number goes over several lines.
    var em: Double
    /// The mark of a footnote that stands raised behind it.
    var noteMark: String?

    /// What a word can be for a table.
    enum Kind {
        /// A number, perhaps with sign, separators or unit.
        case number
        /// A mark that offices write for nothing: `/`, `—`.
        case mark
        /// Anything else.
        case text
    }

    /// The levels that the middles of its lines take, with a little on either side.
    var core: ClosedRange<Double> {
        let inset = min(0.35 * em, 0.45 * box.height)
        return (box.top + inset)...max(box.top + inset, box.bottom - inset)
    }

    /// Whether it can be what stands in a value cell.
    var isValue: Bool { kind != .text }
}

/// Which word of a document: its page, and its place in the order of drawing.
struct PDFWordPlace: Hashable {
    var page: Int
    var order: Int
}

/// A rectangle, in points from the upper left corner of the page.
struct PDFBox {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var middleX: Double { (left + right) / 2 }
    var middleY: Double { (top + bottom) / 2 }

    /// The smallest box around both.
    func union(_ other: PDFBox) -> PDFBox {
        PDFBox(
            left: min(left, other.left),
            top: min(top, other.top),
            right: max(right, other.right),
            bottom: max(bottom, other.bottom)
        )
    }

    /// How much of the x axis both cover; negative is the gap between them.
    func overlapX(_ other: PDFBox) -> Double { min(right, other.right) - max(left, other.left) }
    /// How much of the y axis both cover; negative is the gap between them.
    func overlapY(_ other: PDFBox) -> Double { min(bottom, other.bottom) - max(top, other.top) }

    /// As the document model has it.
    var pageBox: PageBox { PageBox(left: Float(left), top: Float(top), right: Float(right), bottom: Float(bottom)) }
}

/// The words of a page.
struct PDFPage {
    /// Number from 1.
    var number: Int
    var width: Double
    var height: Double
    /// In the order in which the page draws them.
    var words: [PDFWord] = []
}

/// Reads what `pdftotext -bbox` prints: one `<page …>` or `<word …>…</word>` a line.
///
/// By hand and on bytes: the output calls itself XHTML but holds whatever the fonts of the PDF claim, also control
/// characters that no XML parser accepts. Only five entities occur in it (poppler, `utils/pdftotext.cc`,
/// `myXmlTokenReplace`); `<` and `>` never stand in a word.
struct PDFWordList {
    private(set) var pages: [PDFPage] = []
    private(set) var scalars = PDFScalarCount()
    private(set) var wordCount = 0

    init(_ bytes: [UInt8]) throws(Unreadable) {
        guard bytes.count <= PDFLimits.outputBytes else { throw PDFLimits.tooMuch }
        var cursor = bytes.startIndex
        while let open = bytes[cursor...].firstIndex(of: UInt8(ascii: "<")) {
            let rest = bytes[open...]
            if rest.starts(with: Self.word) {
                guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
                let end = bytes[(close + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
                try addWord(attributes: bytes[open..<close], text: bytes[(close + 1)..<end])
                cursor = end
            } else if rest.starts(with: Self.page) {
                guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
                guard pages.count < PDFLimits.pages else { throw PDFLimits.tooManyPages }
                let numbers = Self.numbers(bytes[open..<close])
                let size = numbers.count == 2 ? numbers : [0, 0]
                pages.append(PDFPage(number: pages.count + 1, width: size[0], height: size[1]))
                cursor = close
            } else {
                cursor = open + 1
            }
        }
    }

    private static let word = Array("<word ".utf8)
    private static let page = Array("<page ".utf8)

    private mutating func addWord(attributes: ArraySlice<UInt8>, text: ArraySlice<UInt8>) throws(Unreadable) {
        guard let page = pages.indices.last else { return }
        wordCount += 1
        guard wordCount <= PDFLimits.words else { throw PDFLimits.tooMuch }
        let numbers = Self.numbers(attributes)
        guard numbers.count == 4, numbers[0] <= numbers[2], numbers[1] < numbers[3] else { return }
        let cleaned = PDFGlyphs.clean(text, counting: &scalars)
        guard !cleaned.isEmpty else { return }
        let box = PDFBox(left: numbers[0], top: numbers[1], right: numbers[2], bottom: numbers[3])
        let length = cleaned.unicodeScalars.count
        let em = Self.fontSize(cleaned, length, box)
        let half = min(box.height / 2, 0.55 * em)
        pages[page].words.append(
            PDFWord(
                text: cleaned,
                length: length,
                kind: PDFGlyphs.kind(cleaned),
                box: PDFBox(left: box.left, top: box.middleY - half, right: box.right, bottom: box.middleY + half),
                order: pages[page].words.count,
                level: box.middleY,
                em: em
            )
        )
    }

    /// The size of the font: some say that their glyphs are up to three times as high as they are, so the width of
    /// characters tells better. Han characters are as wide as the font is large, digits half as wide.
    private static func fontSize(_ text: String, _ length: Int, _ box: PDFBox) -> Double {
        // Written downwards: the height is that of many characters.
        if length > 1, box.height > 1.8 * box.width { return box.height / 1.1 }
        var han = 0
        var digits = 0
        var points = 0
        for scalar in text.unicodeScalars {
            if scalar.isHan {
                han += 1
            } else if scalar.isASCIIDigit {
                digits += 1
            } else if scalar == "." || scalar == "," {
                points += 1
            }
        }
        let width = box.width / Double(max(1, length))
        let size =
            if han == length { width } else if digits > 0, digits + points == length {
                4 * box.width / Double(2 * digits + points)
            } else if han * 2 > length { 1.2 * width } else {
                box.height
            }
        return max(box.height / 3, min(size, 1.4 * box.height))
    }

    /// The numbers between quotation marks. Any that is not finite or beyond all pages makes the list unusable: empty.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Double] {
        var result: [Double] = []
        var index = bytes.startIndex
        while let quote = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) {
            guard let end = bytes[(quote + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { return [] }
            guard let number = decimal(bytes[(quote + 1)..<end]) else { return [] }
            result.append(number)
            index = end + 1
        }
        return result
    }

    /// `-?digits(.digits)?`, as printf prints `%f`; nil otherwise.
    private static func decimal(_ bytes: ArraySlice<UInt8>) -> Double? {
        var value = 0.0
        var scale = 0.0
        var sign = 1.0
        var digits = 0
        for (offset, byte) in bytes.enumerated() {
            switch byte {
            case 0x30...0x39:
                digits += 1
                if scale > 0 {
                    value += Double(byte - 0x30) * scale
                    scale /= 10
                } else {
                    value = value * 10 + Double(byte - 0x30)
                }
            case UInt8(ascii: ".") where scale == 0: scale = 0.1
            case UInt8(ascii: "-") where offset == 0: sign = -1
            default: return nil
            }
        }
        return digits > 0 && digits < 20 && value < PDFLimits.coordinate ? sign * value : nil
    }
}

/// Limits that keep a file from taking more than a report can need.
enum PDFLimits {
    /// Most pages: reports have five to thirty.
    static let pages = 500
    /// Most words: a report has some five hundred a page at the very most.
    static let words = 200_000
    /// Most bytes of output: about 90 for a word.
    static let outputBytes = 64 * 1024 * 1024
    /// Most columns of numbers of a table: the widest of the form has fifteen.
    static let columns = 64
    /// Most lines of a header: those of the form take up to ten, with one character a line.
    static let headerLines = 40
    /// Most words of a header: table 4 of the form has fifty.
    static let headerWords = 500
    /// Most columns of labels: the form has three.
    static let labelColumns = 8
    /// Largest coordinate, in points: ISO 32000 annex C allows pages of 14,400.
    static let coordinate = 1_000_000.0

    static let tooManyPages = Unreadable(
        .tooLarge,
        "PDF 超过 \(pages) 页，不会是一份年度报告。请只上传报告本身。",
        "The PDF has more than \(pages) pages; no annual report has. Upload the report alone."
    )

    static let tooMuch = Unreadable(
        .tooLarge,
        "PDF 中的文字超过上限（\(words) 个词、\(outputBytes) 字节），不会是一份年度报告。请只上传报告本身。",
        "The PDF holds more than \(words) words or \(outputBytes) bytes of text; no annual report does. Upload the report alone."
    )
}
