/// Reads a story of a docx — the body, a header, the footnotes — into blocks: the text that the author sees with all
/// changes accepted, and tables as they are merged (ECMA-376-1 clause 17).
final class StoryReader: XMLHandler {
    /// Notes that a block refers to.
    struct NoteReference: Hashable {
        var isEndnote: Bool
        var id: String
    }

    /// Something that the author put in by reference, which is not read.
    enum Foreign {
        /// A part in another format (clause 17.17.2).
        case altChunk
        /// A document of its own (clause 17.17.2.3).
        case subDocument
    }

    /// A paragraph that has begun.
    private struct Paragraph {
        var text: [UInt8] = []
        var style: String?
        var list: Int?
        var level: Int?
        /// Whether its style hides its text.
        var isHidden = false
        /// Whether its end was deleted, or is hidden: then it goes on in the next one, which has the say on numbering.
        var isEndRemoved = false
        /// Whether it was counted in its list.
        var isLabelled = false
        /// Its number in its list.
        var label: String?
        /// Text boxes anchored in it.
        var boxes: [MarkupBlock] = []
    }

    /// A run that has begun.
    private struct Run {
        var isHidden: Bool
    }

    /// A place for blocks: the body, a cell, a text box, a note.
    private struct Container {
        var blocks: [MarkupBlock] = []
        var paragraph: Paragraph?
        /// A paragraph whose end was removed, to be continued.
        var carried: Paragraph?
        var runs: [Run] = []
        /// Fields that have begun; whether the instruction is still going on.
        var fields: [Bool] = []
        /// Open tables that have nothing to do with what stands here; the one of a cell has.
        var tables: Int
    }

    /// Alternatives of which one is read.
    private struct Alternatives {
        var isTaken = false
        var outputBefore = 0
    }

    private let styles: StyleSheet
    private let numbering: Numbering

    private var open: [WordElement] = []
    private var skipping = 0
    private var containers = [Container(tables: 0)]
    private var tables: [TableDraft] = []
    private var alternatives: [Alternatives] = []
    /// What the run properties that are open say.
    private var vanish: Bool?
    private var characterStyle: String?
    private var isCollecting = false
    private var isPreserving = false
    private var collectedFrom = 0
    /// Whether the root asks for blanks to be kept.
    private var preservesBlanks = false
    private var pendingNotes: [NoteReference] = []
    private var noteId = ""
    private var paragraphs = 0
    private var cells = 0
    /// Bytes of text written.
    private var output = 0

    /// Whether the story has a body.
    private(set) var hasBody = false
    /// Pictures in the story.
    private(set) var pictures = 0
    /// References to headers and footers, in the order of the sections.
    private(set) var margins: [String] = []
    /// Notes, by the number of top-level blocks before them.
    private(set) var references: [(position: Int, notes: [NoteReference])] = []
    /// The notes of a story of notes.
    private(set) var notes: [String: [MarkupBlock]] = [:]
    /// What is put in by reference.
    private(set) var foreign: Foreign?

    /// A reader; `numbering` counts on from story to story.
    init(styles: StyleSheet, numbering: Numbering) {
        self.styles = styles
        self.numbering = numbering
    }

    /// The blocks of the story.
    func blocks() throws(Unreadable) -> [MarkupBlock] {
        try flushCarried()
        return containers[0].blocks
    }

    // MARK: - Events

    func start(_ element: XMLElement) throws(Unreadable) {
        if skipping > 0 {
            skipping += 1
            return
        }
        guard !isSkipped(element.name) else {
            skipping = 1
            return
        }
        open.append(try begin(element) ? element.name : .other)
    }

    func end() throws(Unreadable) {
        if skipping > 0 {
            skipping -= 1
            return
        }
        if let element = open.popLast() { try finish(element) }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isCollecting, skipping == 0 else { return }
        // A line end in the source of the part is a blank.
        append(bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }

    /// Whether an element and all in it is left out: deleted text, former properties, the reading above a word, and an
    /// alternative to what has been read already.
    private func isSkipped(_ element: WordElement) -> Bool {
        switch element {
        case .tabStops, .rubyText, .contentControlProperties, .runPropertiesChange, .paragraphPropertiesChange,
            .sectionPropertiesChange, .tablePropertiesChange, .tableExceptionsChange, .rowPropertiesChange,
            .cellPropertiesChange:
            true
        case .deletion, .moveFrom:
            // In properties they speak of the end of a paragraph or of a row.
            open.last != .runProperties && open.last != .rowProperties
        case .choice, .fallback: alternatives.last?.isTaken ?? false
        case .textBox: isHidden
        default: false
        }
    }

    /// Begins an element. Returns whether it has an end to look after.
    private func begin(_ element: XMLElement) throws(Unreadable) -> Bool {
        switch element.name {
        case .document: preservesBlanks = element.has("space", "preserve")
        case .body: hasBody = true
        case .paragraph: try beginParagraph()
        case .paragraphStyle where open.last == .paragraphProperties:
            let style = element["val"]
            let isHidden = styles.isHidden(style, ofParagraph: true) ?? false
            changeParagraph {
                $0.style = style
                $0.isHidden = isHidden
            }
        case .numberingId where open.last == .numberingProperties: changeParagraph { $0.list = element.number("val") }
        case .level where open.last == .numberingProperties: changeParagraph { $0.level = element.number("val") }
        case .run:
            try decideLabel()
            let isHidden = containers[containers.count - 1].paragraph?.isHidden ?? false
            change { $0.runs.append(Run(isHidden: isHidden)) }
        case .runProperties:
            vanish = nil
            characterStyle = nil
        case .vanish: vanish = element.isOn
        case .runStyle: characterStyle = element["val"]
        case .deletion, .moveFrom:
            if open.last == .rowProperties {
                changeTable { $0.changeRow { $0.isDeleted = true } }
            } else if isInParagraphEnd {
                changeParagraph { $0.isEndRemoved = true }
            }
        case .text, .mathText:
            isCollecting = true
            isPreserving = preservesBlanks || element.name == .mathText || element.has("space", "preserve")
            collectedFrom = containers[containers.count - 1].paragraph?.text.count ?? 0
        case .tab, .positionedTab: append(CollectionOfOne(0x09))
        case .lineBreak:
            // Breaks of pages and columns are no part of the text.
            if !element.has("type", "page"), !element.has("type", "column") { append(CollectionOfOne(0x0A)) }
        case .carriageReturn: append(CollectionOfOne(0x0A))
        case .noBreakHyphen: append(CollectionOfOne(0x2D))
        case .symbol: append(Symbol.text(font: element["font"] ?? "", code: element["char"] ?? "").utf8)
        case .fieldCharacter: changeField(element)
        case .footnoteReference: refer(element, isEndnote: false)
        case .endnoteReference: refer(element, isEndnote: true)
        case .textBox, .footnote, .endnote: return try beginStory(element)
        case .wordArt:
            if !isHidden, let text = element["string"], !text.isEmpty {
                output += text.utf8.count
                changeParagraph { $0.boxes.append(.paragraph(text)) }
            }
        case .picture, .oldPicture:
            pictures += 1
            if pictures <= MarkupLimits.pictures { changeParagraph { $0.boxes.append(.picture) } }
        case .table:
            guard tables.count < MarkupLimits.nesting else { throw MarkupFlattener.tooDeep }
            tables.append(TableDraft())
        case .row, .cell: return try beginPart(element.name)
        case .gridBefore:
            let columns = Self.columns(element.number("val") ?? 0)
            changeTable { $0.changeRow { $0.columnsBefore = columns } }
        case .gridSpan:
            let columns = max(1, Self.columns(element.number("val") ?? 1))
            changeTable { $0.changeCell { $0.columns = columns } }
        case .verticalMerge:
            let merge: TableDraft.Merge = element.has("val", "restart") ? .restarts : .continues
            changeTable { $0.changeCell { $0.vertical = merge } }
        case .horizontalMerge:
            let merge: TableDraft.Merge = element.has("val", "restart") ? .restarts : .continues
            changeTable { $0.changeCell { $0.horizontal = merge } }
        case .cellMerge:
            if element.value("vMerge") != nil {
                let merge: TableDraft.Merge = element.has("vMerge", "rest") ? .restarts : .continues
                changeTable { $0.changeCell { $0.vertical = merge } }
            }
        case .cellDeletion: changeTable { $0.changeCell { $0.isDeleted = true } }
        case .alternateContent: alternatives.append(Alternatives())
        case .choice, .fallback:
            if !alternatives.isEmpty { alternatives[alternatives.count - 1].outputBefore = output }
        case .headerReference, .footerReference:
            if let id = element["id"] { margins.append(id) }
        case .altChunk: foreign = foreign ?? .altChunk
        case .subDocument: foreign = foreign ?? .subDocument
        default: break
        }
        return true
    }

    private func finish(_ element: WordElement) throws(Unreadable) {
        switch element {
        case .paragraph: try endParagraph()
        case .run: change { _ = $0.runs.popLast() }
        case .runProperties: endRunProperties()
        case .text, .mathText:
            isCollecting = false
            if !isPreserving { trimCollected() }
        case .textBox:
            let blocks = try endStory()
            changeParagraph { $0.boxes += blocks }
            if !hasParagraph { try appendToContainer(blocks) }
        case .footnote, .endnote: notes[noteId] = try endStory()
        case .table:
            if let table = tables.popLast() { try appendToContainer([.table(table.finished())]) }
        case .row: changeTable { $0.endRow() }
        case .cell:
            let blocks = try endStory()
            changeTable { $0.endCell(with: blocks) }
        case .choice, .fallback:
            guard let last = alternatives.last else { return }
            alternatives[alternatives.count - 1].isTaken = output > last.outputBefore
        case .alternateContent: _ = alternatives.popLast()
        default: break
        }
    }

    // MARK: - Paragraphs

    private var paragraph: Paragraph? { containers[containers.count - 1].paragraph }

    private var hasParagraph: Bool { containers[containers.count - 1].paragraph != nil }

    private func change(_ body: (inout Container) -> Void) { body(&containers[containers.count - 1]) }

    private func changeParagraph(_ body: (inout Paragraph) -> Void) {
        change { container in
            guard var paragraph = container.paragraph.take() else { return }
            body(&paragraph)
            container.paragraph = paragraph
        }
    }

    private func beginParagraph() throws(Unreadable) {
        if hasParagraph { try endParagraph() }
        paragraphs += 1
        guard paragraphs <= DocxLimits.paragraphs else { throw DocxLimits.tooMuchText }
        let isHidden = styles.isHidden(nil, ofParagraph: true) ?? false
        change { container in
            var paragraph = Paragraph()
            paragraph.isHidden = isHidden
            if let carried = container.carried {
                paragraph.text = carried.text
                paragraph.boxes = carried.boxes
                container.carried = nil
            }
            container.paragraph = paragraph
        }
    }

    private func endParagraph() throws(Unreadable) {
        guard let paragraph else { return }
        // An instruction that does not end with its paragraph is broken: what follows is text.
        change { $0.fields.removeAll { $0 } }
        if paragraph.isEndRemoved {
            change { container in
                container.carried = container.paragraph.take()
                container.runs = []
            }
            return
        }
        try decideLabel()
        let ended = self.paragraph ?? paragraph
        change { container in
            container.paragraph = nil
            container.runs = []
        }
        try appendToContainer([Self.block(ended)] + ended.boxes)
    }

    /// Counts the paragraph in its list, once, as soon as its properties are read and before any text box in it.
    private func decideLabel() throws(Unreadable) {
        // Asked at every run: no copy is made for the answer no.
        guard containers[containers.count - 1].paragraph?.isLabelled == false, let paragraph,
            !paragraph.isEndRemoved
        else { return }
        let inherited = styles.numbering(paragraph.style)
        var label: String?
        if let list = paragraph.list {
            label = numbering.label(list: list, level: paragraph.level ?? inherited.level ?? 0, sheet: styles)
        } else if let list = inherited.numbering {
            let level = paragraph.level ?? numbering.level(list: list, of: inherited.styles, styles) ?? inherited.level
            label = numbering.label(list: list, level: level ?? 0, sheet: styles)
        }
        changeParagraph {
            $0.isLabelled = true
            $0.label = label
        }
        try count(label?.utf8.count ?? 0)
    }

    private static func block(_ paragraph: Paragraph) -> MarkupBlock {
        .paragraph((paragraph.label ?? "") + String(decoding: paragraph.text, as: UTF8.self))
    }

    /// A paragraph to be continued where none follows ends there.
    private func flushCarried() throws(Unreadable) {
        guard let carried = containers[containers.count - 1].carried else { return }
        change { $0.carried = nil }
        try appendToContainer([Self.block(carried)] + carried.boxes)
    }

    private func appendToContainer(_ blocks: [MarkupBlock]) throws(Unreadable) {
        if !hasParagraph { try flushCarried() }
        change { $0.blocks += blocks }
        guard containers.count == 1, !pendingNotes.isEmpty else { return }
        references.append((containers[0].blocks.count, pendingNotes))
        pendingNotes = []
    }

    // MARK: - Text

    /// Whether text that comes now is hidden.
    private var isHidden: Bool {
        let last = containers.count - 1
        return containers[last].runs.last?.isHidden ?? containers[last].paragraph?.isHidden ?? false
    }

    private func append(_ bytes: some Collection<UInt8>) {
        let last = containers.count - 1
        guard containers[last].paragraph != nil, !isHidden, !containers[last].fields.contains(true) else { return }
        containers[last].paragraph?.text.append(contentsOf: bytes)
        output += bytes.count
    }

    /// Blanks at the ends of a text are kept only where it asks for it (XML 1.0 clause 2.10), as in Word.
    private func trimCollected() {
        let last = containers.count - 1
        guard var text = containers[last].paragraph?.text, text.count > collectedFrom else { return }
        containers[last].paragraph?.text = []
        while text.count > collectedFrom, let byte = text.last, byte <= 0x20 { text.removeLast() }
        let blanks = text[collectedFrom...].prefix { $0 <= 0x20 }
        text.removeSubrange(blanks.indices)
        containers[last].paragraph?.text = text
    }

    private func count(_ bytes: Int) throws(Unreadable) {
        output += bytes
        guard output <= MarkupLimits.textBytes else { throw DocxLimits.tooMuchText }
    }

    private var isInParagraphEnd: Bool {
        open.count >= 2 && open[open.count - 1] == .runProperties && open[open.count - 2] == .paragraphProperties
    }

    private func endRunProperties() {
        switch open.last {
        case .run:
            let byStyle = styles.isHidden(characterStyle, ofParagraph: false)
            let isHidden = vanish ?? byStyle ?? paragraph?.isHidden ?? false
            change { container in
                if !container.runs.isEmpty { container.runs[container.runs.count - 1].isHidden = isHidden }
            }
        case .paragraphProperties:
            if vanish == true { changeParagraph { $0.isEndRemoved = true } }
        default: break
        }
    }

    /// Complex fields (clause 17.16.18): the instruction is dropped, the result is text.
    private func changeField(_ element: XMLElement) {
        change { container in
            if element.has("fldCharType", "begin") {
                container.fields.append(true)
            } else if element.has("fldCharType", "separate") {
                if !container.fields.isEmpty { container.fields[container.fields.count - 1] = false }
            } else if element.has("fldCharType", "end") {
                _ = container.fields.popLast()
            }
        }
    }

    private func refer(_ element: XMLElement, isEndnote: Bool) {
        guard !isHidden, let id = element["id"] else { return }
        pendingNotes.append(NoteReference(isEndnote: isEndnote, id: id))
    }

    // MARK: - Places

    /// Opens a text box or a note. Returns whether it has text of the author.
    private func beginStory(_ element: XMLElement) throws(Unreadable) -> Bool {
        if element.name != .textBox {
            // The line above the notes and the like.
            if element.value("type") != nil, !element.has("type", "normal") { return false }
            noteId = element["id"] ?? ""
        }
        containers.append(Container(tables: tables.count))
        return true
    }

    private func endStory() throws(Unreadable) -> [MarkupBlock] {
        if hasParagraph { try endParagraph() }
        try flushCarried()
        guard containers.count > 1, let container = containers.popLast() else { return [] }
        return container.blocks
    }

    // MARK: - Tables

    /// Columns beyond the limit are refused when the table is laid out.
    private static func columns(_ number: Int) -> Int { min(max(0, number), MarkupLimits.columns + 1) }

    private func changeTable(_ body: (inout TableDraft) -> Void) {
        // A table round a text box is not the business of what stands in the box.
        guard tables.count > containers[containers.count - 1].tables else { return }
        body(&tables[tables.count - 1])
    }

    private func beginPart(_ element: WordElement) throws(Unreadable) -> Bool {
        guard tables.count > containers[containers.count - 1].tables, let table = tables.last else { return false }
        if element == .row {
            guard table.expectsRow else { return false }
            guard table.rows.count < MarkupLimits.rows else { throw MarkupFlattener.tooManyCells }
            changeTable { $0.beginRow() }
        } else {
            guard table.expectsCell else { return false }
            cells += 1
            guard cells <= MarkupLimits.cells else { throw MarkupFlattener.tooManyCells }
            changeTable { $0.beginCell() }
            containers.append(Container(tables: tables.count - 1))
        }
        return true
    }
}
