/// The lists of a document (ECMA-376-1 clause 17.9), and where their numbers stand.
///
/// Word keeps the numbers with the abstract definition: lists that share one go on counting together, unless a list says
/// where it starts.
final class Numbering: XMLHandler {
    /// A level of a list.
    struct Level {
        var start = 1
        var format = NumberFormat.decimal
        /// The label: `%1` stands for the number of the first level.
        var text = ""
        /// The level, counted from 1, whose paragraphs start this one again; 0 for none, nil for all above.
        var restart: Int?
        /// Whether all numbers in the label are arabic.
        var isLegal = false
        /// Whether a tab or blank stands between the label and the text.
        var isFollowedByBlank = true
        /// The paragraph style that is tied to this level.
        var style: String?
        /// Whether the label is hidden text.
        var isHidden = false
    }

    private struct Definition {
        var levels: [Int: Level] = [:]
        /// The numbering style whose list this one stands for.
        var styleLink: String?
    }

    private struct List {
        var definition: Int?
        var levels: [Int: Level] = [:]
        var starts: [Int: Int] = [:]
    }

    /// Levels of a list, at most.
    private static let levels = 9
    /// Most characters of a label before its numbers are filled in; Word takes 255.
    private static let longestLabel = 255

    private var definitions: [Int: Definition] = [:]
    private var lists: [Int: List] = [:]
    private var counters: [Int: [Int?]] = [:]
    /// Lists whose own start has been used, by level.
    private var started: [Int: Set<Int>] = [:]

    // MARK: - Labels

    /// Counts the next paragraph on a level of a list, and returns its label, with a blank where the text follows after
    /// one; nil where there is none.
    func label(list id: Int, level number: Int, sheet: StyleSheet) -> String? {
        guard id != 0, (0..<Self.levels).contains(number), let list = lists[id],
            let definitionId = definition(of: list, sheet)
        else { return nil }
        let numbers = count(id, list, definitionId, number)
        guard let shown = self.level(number, list, definitionId), !shown.isHidden, shown.format != .bullet else {
            return nil
        }
        var label = ""
        var isPlaceholder = false
        for scalar in shown.text.unicodeScalars.prefix(Self.longestLabel) {
            if isPlaceholder, let digit = Int(String(scalar)), (1...Self.levels).contains(digit) {
                let format = self.level(digit - 1, list, definitionId)?.format ?? .decimal
                label += (shown.isLegal ? NumberFormat.decimal : format).text(numbers[digit - 1])
                isPlaceholder = false
                continue
            }
            if isPlaceholder { label.unicodeScalars.append("%") }
            isPlaceholder = scalar == "%"
            if !isPlaceholder { label.unicodeScalars.append(scalar) }
        }
        if isPlaceholder { label.unicodeScalars.append("%") }
        guard let last = label.unicodeScalars.last else { return nil }
        // Full-width marks bring their own blank.
        let isWide = last.value >= 0x3000 && last.value <= 0x303F || last.value >= 0xFF00 && last.value <= 0xFFEF
        return shown.isFollowedByBlank && !isWide && last != " " ? label + " " : label
    }

    /// The level of a list that is tied to the first of `styles` that has one (clause 17.9.23).
    func level(list id: Int, of styles: [String], _ sheet: StyleSheet) -> Int? {
        guard let list = lists[id], let definition = definition(of: list, sheet) else { return nil }
        for style in styles {
            for number in 0..<Self.levels where level(number, list, definition)?.style == style { return number }
        }
        return nil
    }

    private func level(_ number: Int, _ list: List, _ definition: Int) -> Level? {
        list.levels[number] ?? definitions[definition]?.levels[number]
    }

    /// The definition of a list; by way of a numbering style where the definition only refers to one.
    private func definition(of list: List, _ sheet: StyleSheet) -> Int? {
        guard let id = list.definition, let definition = definitions[id] else { return nil }
        guard definition.levels.isEmpty, let style = definition.styleLink,
            let target = sheet.numbering(ofNumberingStyle: style).flatMap({ lists[$0]?.definition }),
            definitions[target] != nil
        else { return id }
        return target
    }

    /// Counts one paragraph and returns the numbers of all levels.
    private func count(_ id: Int, _ list: List, _ definition: Int, _ number: Int) -> [Int] {
        var counter = counters[definition] ?? Array(repeating: nil, count: Self.levels)
        func start(_ number: Int) -> Int { list.starts[number] ?? level(number, list, definition)?.start ?? 1 }
        if list.starts[number] != nil, started[id, default: []].insert(number).inserted { counter[number] = nil }
        // A level above that was left out counts as if it had been there, as LibreOffice does for files of Word.
        for level in 0..<number where counter[level] == nil { counter[level] = start(level) }
        counter[number] = counter[number].map { $0 + 1 } ?? start(number)
        for deeper in (number + 1)..<max(number + 1, Self.levels) {
            // Started again by a paragraph of the level named or of one above it (clause 17.9.10).
            let restart = level(deeper, list, definition)?.restart ?? deeper
            if number < restart { counter[deeper] = nil }
        }
        counters[definition] = counter
        return counter.indices.map { counter[$0] ?? start($0) }
    }

    // MARK: - Reading

    private var open: [WordElement] = []
    private var currentDefinition: Int?
    private var currentList: Int?
    private var currentOverride: Int?
    private var currentLevel: Int?

    func start(_ element: XMLElement) {
        defer { open.append(element.name) }
        let parent = open.last
        switch element.name {
        case .abstractNumbering:
            currentDefinition = element.number("abstractNumId")
            if let currentDefinition { definitions[currentDefinition] = Definition() }
        case .numberingStyleLink:
            if let currentDefinition { definitions[currentDefinition]?.styleLink = element["val"] }
        case .numbering:
            currentList = element.number("numId")
            if let currentList { lists[currentList] = List() }
        case .abstractNumberingId:
            if let currentList { lists[currentList]?.definition = element.number("val") }
        case .levelOverride: currentOverride = element.number("ilvl")
        case .startOverride:
            if let currentList, let currentOverride {
                lists[currentList]?.starts[currentOverride] = Self.count(element.number("val"))
            }
        case .numberingLevel:
            currentLevel = element.number("ilvl")
            change { $0 = Level() }
        case .numberingStart where parent == .numberingLevel: change { $0.start = Self.count(element.number("val")) }
        case .numberFormat: change { $0.format = NumberFormat(named: element["val"] ?? "decimal") }
        case .levelText: change { $0.text = element["val"] ?? "" }
        case .levelRestart: change { $0.restart = element.number("val") }
        case .legalNumbering: change { $0.isLegal = element.isOn }
        case .suffix: change { $0.isFollowedByBlank = !element.has("val", "nothing") }
        case .paragraphStyle where parent == .numberingLevel: change { $0.style = element["val"] }
        case .vanish: change { $0.isHidden = element.isOn }
        default: break
        }
    }

    func end() {
        switch open.popLast() {
        case .abstractNumbering: currentDefinition = nil
        case .numbering: currentList = nil
        case .levelOverride: currentOverride = nil
        case .numberingLevel: currentLevel = nil
        default: break
        }
    }

    private func change(_ body: (inout Level) -> Void) {
        guard let currentLevel else { return }
        if let currentDefinition {
            body(&definitions[currentDefinition, default: Definition()].levels[currentLevel, default: Level()])
        } else if let currentList {
            body(&lists[currentList, default: List()].levels[currentLevel, default: Level()])
        }
    }

    /// A number that counting cannot overflow; Word allows 32767.
    private static func count(_ number: Int?) -> Int { min(max(number ?? 1, 0), 1_000_000) }
}
