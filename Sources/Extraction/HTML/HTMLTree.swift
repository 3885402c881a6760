/// A web page as elements and runs of text in document order: a node's descendants follow it up to its `end`. A flat array,
/// so that every pass over it is a loop and no depth of tags can exhaust the stack.
struct HTMLTree: Sendable {
    /// An element, or a run of text.
    struct Node: Sendable {
        var tag: HTMLTag
        var flags: Flags = []
        /// Index of the element that it stands in; -1 for those at the top.
        var parent: Int32
        /// Index after its last descendant.
        var end: Int32
        /// For text: its bytes in ``HTMLTree/text``. For an element: none.
        var text: Range<Int32> = 0..<0
        /// Index into ``HTMLTree/details``, or -1.
        var details: Int32 = -1
    }

    /// What the attributes of an element say.
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt16
        /// Not displayed, takes no room.
        static let hidden = Flags(rawValue: 1)
        /// Takes its room but shows nothing (`visibility: hidden`).
        static let invisible = Flags(rawValue: 2)
        /// Bears an id or class by which site builders mark the text of an article.
        static let content = Flags(rawValue: 4)
        /// Bears an id or class that says title.
        static let title = Flags(rawValue: 8)
        /// An option that is chosen.
        static let selected = Flags(rawValue: 16)
        /// A link to a document (.pdf, .docx …), not to a page.
        static let attachment = Flags(rawValue: 32)
    }

    /// Attributes that few elements have.
    struct Details: Sendable {
        var columnSpan = 1
        var rowSpan = 1
        var style: HTMLListStyle?
        /// `start` of a list, `value` of an item.
        var number: Int?
        /// What an input displays.
        var value: [UInt8] = []
    }

    var nodes: [Node] = []
    var details: [Details] = []
    /// The text of all runs, UTF-8.
    var text: [UInt8] = []

    /// The attributes of the node at `index`.
    func details(of index: Int) -> Details {
        let number = Int(nodes[index].details)
        return number >= 0 ? details[number] : Details()
    }

    /// Indices of the node at `index` and all that it holds.
    func subtree(_ index: Int) -> Range<Int> { index..<Int(nodes[index].end) }
}

/// Limits of a web page; beyond them a file is no report that an office saved.
enum HTMLLimits {
    /// Most tags and runs of text. A saved page has a few thousand, a long report out of Word 50,000.
    static let nodes = 400_000
    /// Most elements within one another, counted as the parser counts them. Browsers stop at 512; tags that are never
    /// closed (`<font>` at every paragraph) pile up higher.
    static let depth = 2_000
    /// The depth that every page may have, however many end tags it has: well-made pages seldom reach 50.
    static let assuredDepth = 256
    /// The product of depth and number of end tags: a page of 100,000 end tags may have the full depth.
    static let endTagComparisons = 200_000_000
    /// Bytes of text, displayed or not; of a report's page more is displayed than not.
    static let textBytes = 2 * MarkupLimits.textBytes
    /// The sum over all tags of the square of their number of attributes: libxml2 compares every attribute with the others
    /// of its tag. A page has some ten thousand attributes, seldom ten in a tag.
    static let attributeComparisons = 200_000_000
    /// Most parts of a saved page with its pictures.
    static let parts = 5_000
    /// Most multiparts within one another.
    static let partDepth = 8
}
