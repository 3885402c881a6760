/// What the styles of a document say about numbering and hidden text (ECMA-376-1 clause 17.7).
final class StyleSheet: XMLHandler {
    /// A style with what it says itself.
    struct Style {
        /// The style that it builds on.
        var basedOn: String?
        /// The list that its paragraphs belong to; 0 for none.
        var numbering: Int?
        /// The level in that list.
        var level: Int?
        /// Whether its text is hidden.
        var isHidden: Bool?
    }

    /// What a paragraph gets from its style.
    struct Numbering {
        var numbering: Int?
        var level: Int?
        /// The styles from the paragraph's to the one that names the list: a level of the list may be tied to one of them.
        var styles: [String] = []
    }

    private var styles: [String: Style] = [:]
    private var defaultParagraphStyle: String?
    private var current: String?
    private var open: [WordElement] = []
    private var skipping = 0
    private var resolvedNumberings: [String: Numbering] = [:]
    private var resolvedHidden: [String: Bool?] = [:]

    /// Styles that build on each other, at most; Word allows ten, and a circle must end.
    private static let longestChain = 32

    /// The list that paragraphs of the style `id` belong to; of the default paragraph style when nil or unknown.
    func numbering(_ id: String?) -> Numbering {
        guard let id = known(id) else { return Numbering() }
        if let numbering = resolvedNumberings[id] { return numbering }
        var result = Numbering()
        for (id, style) in chain(id) {
            result.styles.append(id)
            if result.level == nil { result.level = style.level }
            if let numbering = style.numbering {
                result.numbering = numbering
                break
            }
        }
        resolvedNumberings[id] = result
        return result
    }

    /// Whether text of the style `id` is hidden: of a paragraph style, where nil means the default one, or of a character
    /// style.
    func isHidden(_ id: String?, ofParagraph: Bool) -> Bool? {
        guard let id = ofParagraph ? known(id) : id else { return nil }
        if let hidden = resolvedHidden[id] { return hidden }
        let hidden = chain(id).lazy.compactMap { $0.style.isHidden }.first
        resolvedHidden[id] = .some(hidden)
        return hidden
    }

    /// The list of a numbering style, to which lists may refer.
    func numbering(ofNumberingStyle id: String) -> Int? { styles[id]?.numbering }

    private func known(_ id: String?) -> String? {
        if let id, styles[id] != nil { return id }
        return defaultParagraphStyle
    }

    private func chain(_ id: String) -> [(id: String, style: Style)] {
        var result: [(id: String, style: Style)] = []
        var next: String? = id
        while let id = next, let style = styles[id], result.count < Self.longestChain {
            result.append((id, style))
            next = style.basedOn
        }
        return result
    }

    // MARK: - Reading

    func start(_ element: XMLElement) {
        defer { open.append(element.name) }
        guard skipping == 0 else {
            skipping += 1
            return
        }
        switch element.name {
        case .style:
            let id = element["styleId"] ?? ""
            current = id
            styles[id] = Style()
            let isDefault = ["1", "true", "on"].contains(element["default"])
            if isDefault, element.has("type", "paragraph") { defaultParagraphStyle = id }
        case .paragraphPropertiesChange, .runPropertiesChange, .tablePropertiesChange, .tableStyleProperties:
            // Former formats, and those of parts of a table.
            skipping = 1
        case .basedOn: change { $0.basedOn = element["val"] }
        case .numberingId: change { $0.numbering = element.number("val") }
        case .level: change { $0.level = element.number("val") }
        case .vanish: change { $0.isHidden = element.isOn }
        default: break
        }
    }

    func end() {
        if skipping > 0 { skipping -= 1 }
        if open.popLast() == .style { current = nil }
    }

    private func change(_ body: (inout Style) -> Void) {
        guard let current else { return }
        body(&styles[current, default: Style()])
    }
}
