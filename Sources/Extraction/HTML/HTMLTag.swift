/// What an element means to a reader of its text. Elements that mean nothing (`span`, `font`, `o:p` …) are `inline`.
enum HTMLTag: UInt8, Sendable {
    /// A run of text, no element.
    case text
    case inline
    /// Begins and ends a paragraph.
    case block
    case paragraph
    /// `h1` to `h3`.
    case heading
    /// `article`, `main`.
    case article
    /// `nav`, and what says by its role that it is navigation.
    case navigation
    /// `header` and `footer`: of the page, or of an article.
    case header, footer
    /// An `a` that leads to another page.
    case link
    case orderedList, list, item
    case table, caption, tableHead, tableBody, tableFoot, row, cell
    case lineBreak, picture
    case preformatted
    case input, textArea, select, option, button
    /// Not displayed: scripts, styles, fallbacks, annotations of `ruby`, deleted text.
    case dropped

    /// The tag for an element's lower-case name.
    static func named(_ name: UnsafePointer<UInt8>) -> HTMLTag {
        guard let key = Key(name) else { return .inline }
        return tags[key] ?? .inline
    }

    /// Whether it ends the paragraph before it and begins a new one.
    var breaksParagraph: Bool {
        switch self {
        case .text, .inline, .link, .lineBreak, .picture, .input, .textArea, .select, .option, .button, .dropped: false
        default: true
        }
    }

    /// A part of a table between the table and its rows.
    var isRowGroup: Bool { self == .tableHead || self == .tableBody || self == .tableFoot }

    private typealias Key = PackedName

    private static let tags: [PackedName: HTMLTag] = {
        let names: [(HTMLTag, String)] = [
            (
                .block,
                "address blockquote body center dd details dir div dl dt fieldset figcaption figure form h4 h5 h6 hr"
            ),
            (.block, "html legend section summary"),
            (.paragraph, "p"), (.heading, "h1 h2 h3"), (.article, "article main"), (.navigation, "nav"),
            (.header, "header"), (.footer, "footer"), (.link, "a"), (.orderedList, "ol"), (.list, "ul menu"),
            (.item, "li"),
            (.table, "table"), (.caption, "caption"), (.tableHead, "thead"), (.tableBody, "tbody"),
            (.tableFoot, "tfoot"),
            (.row, "tr"), (.cell, "td th"), (.lineBreak, "br"), (.picture, "img"),
            (.preformatted, "pre listing xmp plaintext"),
            (.input, "input"), (.textArea, "textarea"), (.select, "select"), (.option, "option"), (.button, "button"),
            (.dropped, "script style noscript template title iframe object applet audio video canvas map svg math"),
            (.dropped, "noframes datalist rp rt rtc del"),
        ]
        var tags: [PackedName: HTMLTag] = [:]
        for (tag, list) in names {
            for name in list.split(separator: " ") {
                if let key = PackedName(name.utf8) { tags[key] = tag }
            }
        }
        return tags
    }()
}

/// A name of up to sixteen bytes as a number: compared and hashed without allocating a string for every tag.
struct PackedName: Hashable, Sendable {
    private var bits: UInt128 = 0

    /// Nil for a name of more than sixteen bytes, which no element or attribute of interest has.
    init?(_ name: some Collection<UInt8>) {
        guard name.count <= 16 else { return nil }
        for byte in name { bits = bits << 8 | UInt128(byte) }
    }

    init?(_ name: UnsafePointer<UInt8>) {
        var index = 0
        while name[index] != 0 {
            guard index < 16 else { return nil }
            bits = bits << 8 | UInt128(name[index])
            index += 1
        }
    }
}
