/// Which parts of a page are the report, and which are the site around it.
///
/// Decided by elements, never by guessing at words of the report: what is left out must be navigation by its tag or role, or
/// consist of links; or stand outside an element that is marked as the text of an article and holds all of what is left.
/// In doubt an element is part of the report.
struct HTMLContent {
    /// For each node whether it is left out with all that it holds.
    private(set) var isLeftOut: [Bool]
    /// The element that holds the report, where one surely does.
    private(set) var container: Int?

    private let tree: HTMLTree
    private var measures: [Measure]

    /// What an element displays, with all that it holds.
    private struct Measure {
        /// Bytes of text without blanks.
        var text = 0
        /// Of these, in links to other pages.
        var linkText = 0
        var links = 0
        /// Of these, to documents.
        var attachments = 0
        /// Ends of sentences outside links.
        var sentences = 0
        /// Links that hold a whole sentence: an office made paragraphs into links, which no menu has.
        var sentenceLinks = 0
        /// Cells of tables with a number and nothing else.
        var figures = 0
        /// Whether a heading of the report (一、…) stands outside links.
        var hasNumberedHeading = false

        /// What only the report has: running text and figures.
        var substance: Int { sentences + figures }
        var plainText: Int { text - linkText }

        mutating func add(_ other: Measure) {
            text += other.text
            linkText += other.linkText
            links += other.links
            attachments += other.attachments
            sentences += other.sentences
            sentenceLinks += other.sentenceLinks
            figures += other.figures
            hasNumberedHeading = hasNumberedHeading || other.hasNumberedHeading
        }
    }

    init(_ tree: HTMLTree) {
        self.tree = tree
        isLeftOut = Array(repeating: false, count: tree.nodes.count)
        measures = Array(repeating: Measure(), count: tree.nodes.count)
        measure()
        revealShownByScript()
        leaveOutSite()
        findContainer()
    }

    /// Whether an element is displayed. Hidden text that is most of the page is shown by a script.
    func isDisplayed(_ index: Int) -> Bool {
        let node = tree.nodes[index]
        return node.tag != .dropped && (!node.flags.contains(.hidden) || isRevealed(index))
    }

    // MARK: - Measuring

    private mutating func measure() {
        // Children follow their parents: from the end, an element is complete when it is reached.
        for index in tree.nodes.indices.reversed() {
            let node = tree.nodes[index]
            switch node.tag {
            case .dropped, .select, .textArea, .button: continue
            case .text: measures[index] = Self.measure(tree.text[Int(node.text.lowerBound)..<Int(node.text.upperBound)])
            case .link:
                // A link around whole paragraphs was never closed.
                if measures[index].text <= Self.longestLink {
                    measures[index].linkText = measures[index].text
                    measures[index].links = measures[index].text > 0 ? 1 : 0
                    measures[index].attachments = node.flags.contains(.attachment) ? measures[index].links : 0
                    measures[index].sentenceLinks = measures[index].sentences > 0 ? 1 : 0
                    measures[index].sentences = 0
                    measures[index].hasNumberedHeading = false
                }
            case .cell:
                let measure = measures[index]
                if measure.links == 0, measure.text > 0, measure.text <= 16, isFigure(index) {
                    measures[index].figures = 1
                }
            default: break
            }
            // Hidden text counts for nothing in the elements around it.
            if node.parent >= 0, !node.flags.contains(.hidden) { measures[Int(node.parent)].add(measures[index]) }
        }
    }

    /// Bytes of the longest text that a link has; titles of documents may take fifty characters.
    private static let longestLink = 240

    private static func measure(_ text: ArraySlice<UInt8>) -> Measure {
        var measure = Measure()
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte > 0x20 { measure.text += 1 }
            // 。 U+3002
            if byte == 0xE3, index + 2 < text.endIndex, text[index + 1] == 0x80, text[index + 2] == 0x82 {
                measure.sentences += 1
            }
            index += 1
        }
        measure.hasNumberedHeading = isNumberedHeading(text)
        return measure
    }

    /// 一、…, also with blanks on either side of the number.
    private static func isNumberedHeading(_ text: ArraySlice<UInt8>) -> Bool {
        let start = text.drop { $0 <= 0x20 }
        guard let numeral = numerals.first(where: { start.starts(with: $0) }) else { return false }
        return start.dropFirst(numeral.count).drop { $0 <= 0x20 }.starts(with: comma)
    }

    private static let numerals: [[UInt8]] = ["一", "二", "三", "四", "五", "六"].map { Array($0.utf8) }
    private static let comma = Array("、".utf8)

    private func isFigure(_ cell: Int) -> Bool {
        for index in tree.subtree(cell) where tree.nodes[index].tag == .text {
            let range = tree.nodes[index].text
            for byte in tree.text[Int(range.lowerBound)..<Int(range.upperBound)] where byte > 0x20 {
                // Digits, points, signs, and the bytes of a non-breaking blank.
                guard (0x2B...0x39).contains(byte) || byte == 0xC2 || byte == 0xA0 else { return false }
            }
        }
        return true
    }

    // MARK: - Hidden

    private var revealed: Set<Int> = []

    private func isRevealed(_ index: Int) -> Bool { revealed.contains(index) }

    private mutating func revealShownByScript() {
        var displayed = 0
        for index in tree.nodes.indices where tree.nodes[index].parent < 0 && !tree.nodes[index].flags.contains(.hidden)
        {
            displayed += measures[index].substance
        }
        for index in tree.nodes.indices where tree.nodes[index].flags.contains(.hidden) {
            let hidden = measures[index]
            guard hidden.substance > 5, hidden.substance > displayed, hidden.hasNumberedHeading else { continue }
            revealed.insert(index)
            var parent = Int(tree.nodes[index].parent)
            while parent >= 0 {
                measures[parent].add(hidden)
                if tree.nodes[parent].flags.contains(.hidden) { break }
                parent = Int(tree.nodes[parent].parent)
            }
        }
    }

    // MARK: - The site around

    private mutating func leaveOutSite() {
        var index = 0
        while index < tree.nodes.count {
            let node = tree.nodes[index]
            if isSite(index) {
                isLeftOut[index] = true
                index = Int(node.end)
            } else {
                index += 1
            }
        }
    }

    private func isSite(_ index: Int) -> Bool {
        let measure = measures[index]
        switch tree.nodes[index].tag {
        case .text, .dropped, .link: return false
        case .navigation: return !mayBeReport(measure)
        case .header, .footer: return !isInArticle(index) && !mayBeReport(measure)
        case .table, .tableHead, .tableBody, .tableFoot, .row: return isListOfLinks(measure)
        default: return isListOfLinks(measure) || isAttachment(measure)
        }
    }

    /// Navigation holds neither figures nor paragraphs.
    private func mayBeReport(_ measure: Measure) -> Bool {
        measure.sentences > 3 || measure.figures > 3 || measure.hasNumberedHeading
    }

    private func isInArticle(_ index: Int) -> Bool {
        var parent = Int(tree.nodes[index].parent)
        while parent >= 0 {
            if tree.nodes[parent].tag == .article { return true }
            parent = Int(tree.nodes[parent].parent)
        }
        return false
    }

    /// At least three links and hardly anything but links: menus, breadcrumbs, lists of other reports, 友情链接.
    private func isListOfLinks(_ measure: Measure) -> Bool {
        measure.links >= 3 && measure.linkText * 5 >= measure.text * 4 && measure.sentences <= 1 && measure.figures == 0
            && !measure.hasNumberedHeading && measure.sentenceLinks * 2 <= measure.links
    }

    /// 附件：….docx, and nothing else.
    private func isAttachment(_ measure: Measure) -> Bool {
        measure.attachments > 0 && measure.attachments == measure.links && measure.linkText * 5 >= measure.text * 3
            && measure.plainText <= 30 && measure.sentences == 0 && measure.figures == 0 && !measure.hasNumberedHeading
    }

    // MARK: - The container

    /// The innermost marked element that holds all figures and all numbered headings, and nearly all running text.
    private mutating func findContainer() {
        var whole = Measure()
        for index in tree.nodes.indices where tree.nodes[index].parent < 0 { whole.add(measures[index]) }
        var siteSentences = 0
        var siteText = 0
        for index in tree.nodes.indices where isLeftOut[index] {
            siteSentences += measures[index].sentences
            siteText += measures[index].plainText + measures[index].linkText
        }
        let text = whole.text - siteText
        guard text >= Self.shortestReport else { return }
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            guard node.flags.contains(.content) || node.tag == .article, !isLeftOut[index] else { continue }
            let measure = measures[index]
            guard measure.hasNumberedHeading, measure.figures == whole.figures, measure.text * 10 >= text * 8,
                whole.sentences - siteSentences - measure.sentences <= 2, !hasHeadingOutside(index)
            else { continue }
            container = index
        }
    }

    /// Bytes of text below which nothing can be told from proportions.
    private static let shortestReport = 1_500

    private func hasHeadingOutside(_ container: Int) -> Bool {
        let inside = tree.subtree(container)
        for index in tree.nodes.indices where !inside.contains(index) && tree.nodes[index].tag == .text {
            guard measures[index].hasNumberedHeading else { continue }
            var parent = Int(tree.nodes[index].parent)
            var isShown = true
            while parent >= 0 {
                if isLeftOut[parent] || !isDisplayed(parent) || tree.nodes[parent].tag == .link { isShown = false }
                parent = Int(tree.nodes[parent].parent)
            }
            if isShown { return true }
        }
        return false
    }
}
