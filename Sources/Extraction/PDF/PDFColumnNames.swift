/// Which name belongs to which column of numbers.
///
/// Name and numbers of a column stand in the same cells but may be aligned differently, so they need not lie over each
/// other. But they are off by the same distance in every column: a match is taken only when that holds for all.
struct PDFColumnNames {
    /// The name of each column; nil where there is none.
    private(set) var leaves: [PDFCellText?]
    /// Names that stand over several columns after all.
    private(set) var upper: [PDFCellText] = []
    /// Names that match no column; then no column has a name.
    private(set) var unplaced: [PDFCellText] = []

    /// `names` are sorted from left to right; `columns` gains those that have a name but no number.
    init(_ all: [PDFCellText], columns: inout PDFColumns) {
        var names = all
        while names.count > columns.extents.count, let index = Self.upper(in: names) {
            upper.append(names.remove(at: index))
        }
        leaves = Array(repeating: nil, count: columns.extents.count)
        guard !names.isEmpty else { return }
        guard let match = Self.match(names.map(\.box.middleX), columns.extents) else {
            unplaced = names
            return
        }
        if names.count > columns.extents.count {
            // With a name too many, another match may be shifted by a column; only the right one has every number within
            // half a column of the middle of its name.
            let pitch = zip(names, names.dropFirst()).map { $1.box.middleX - $0.box.middleX }.min() ?? .infinity
            let misfits = zip(match.names, columns.extents).map { abs(names[$0].box.middleX - $1.middle) }
            guard let worst = misfits.max(), worst < 0.485 * pitch else {
                unplaced = names
                return
            }
        }
        var columnOf: [Int?] = Array(repeating: nil, count: names.count)
        for (column, name) in match.names.enumerated() { columnOf[name] = column }
        let known = match.names.map { names[$0] }
        var extents: [(extent: ClosedRange<Double>, name: PDFCellText)] = zip(columns.extents, known).map { ($0, $1) }
        for (index, name) in names.enumerated() where columnOf[index] == nil {
            // Blank all the way down.
            let middle = name.box.middleX - match.offset
            extents.append((middle...middle, name))
        }
        extents.sort { $0.extent.middle < $1.extent.middle }
        columns.replace(extents.map(\.extent))
        leaves = extents.map(\.name)
        // Columns that were added must not lie within others.
        if columns.extents.count != leaves.count {
            leaves = Array(repeating: nil, count: columns.extents.count)
            unplaced = names
        }
    }

    /// The highest name that stands between two others and wholly above them.
    private static func upper(in names: [PDFCellText]) -> Int? {
        names.indices.dropFirst().dropLast().filter { index in
            [names[index - 1], names[index + 1]].allSatisfy {
                names[index].page < $0.page || names[index].box.bottom <= $0.box.top + 0.3 * $0.em
            }
        }.min { (names[$0].page, names[$0].box.bottom) < (names[$1].page, names[$1].box.bottom) }
    }

    private typealias Match = (names: [Int], offset: Double)

    /// For each column the index of its name, and how far names stand right of numbers; nil without a match.
    private static func match(_ names: [Double], _ extents: [ClosedRange<Double>]) -> Match? {
        guard !extents.isEmpty, extents.count <= names.count else { return nil }
        var best: (match: Match, cost: Double)?
        // Numbers are set in the middle of their cells, at the left or at the right.
        for anchor in [extents.map(\.middle), extents.map(\.lowerBound), extents.map(\.upperBound)] {
            // The first column has one of the names that leave enough for the others.
            for first in names[...(names.count - anchor.count)] {
                let guess = anchor.map { $0 + first - anchor[0] }
                guard let rough = match(names, guess, tolerance: 0.6) else { continue }
                let offsets = zip(rough.names, anchor).map { names[$0] - $1 }.sorted()
                let offset = offsets[offsets.count / 2]
                guard let (found, misfit) = match(names, anchor.map { $0 + offset }, tolerance: 0.4) else { continue }
                // The middle is the rule, and names right over their numbers; anything else must fit clearly better.
                let cost = misfit + 0.1 * abs(offset)
                if best.map({ cost < 0.8 * $0.cost - 0.5 }) ?? true { best = ((found, offset), cost) }
            }
        }
        return best?.match
    }

    /// Each of `places` with the name nearest to it, and the greatest distance; nil when one is too far or taken.
    private static func match(_ names: [Double], _ places: [Double], tolerance: Double) -> (
        names: [Int], misfit: Double
    )? {
        var result: [Int] = []
        var misfit = 0.0
        for (column, place) in places.enumerated() {
            let start = (result.last ?? -1) + 1
            guard let index = (start..<names.count).min(by: { abs(names[$0] - place) < abs(names[$1] - place) })
            else { return nil }
            let distance = abs(names[index] - place)
            let left = column > 0 ? place - places[column - 1] : .infinity
            let right = column + 1 < places.count ? places[column + 1] - place : .infinity
            guard distance < tolerance * min(left, right) else { return nil }
            misfit = max(misfit, distance)
            result.append(index)
        }
        return (result, misfit)
    }
}
