/// The columns of numbers of a table.
///
/// Numbers of one column overlap when they are laid over each other, however they are aligned; numbers of neighbouring
/// columns never do. So the columns are the unions of their extents.
struct PDFColumns {
    /// What the numbers of each column cover, left to right.
    private(set) var extents: [ClosedRange<Double>] = []
    /// Where the first column begins: labels stand left of it.
    private(set) var left = 0.0

    /// No columns.
    init() {}

    /// The columns of `rows`, each the numbers of a line.
    ///
    /// A number too long for its cell may run into the next, and two numbers may be glued into one word. So short words
    /// come first, and a word that would make one column of two is left out.
    init(_ numbers: some Sequence<PDFWord>) {
        for word in numbers.sorted(by: { $0.box.width < $1.box.width }) { add(word.box) }
    }

    mutating func add(_ box: PDFBox) {
        // No table has so many: what this is, is not worth the work.
        guard extents.count <= 2 * PDFLimits.columns else { return }
        let range = box.left...max(box.left, box.right)
        // The extents are sorted and apart: the first that does not end left of the word.
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].upperBound < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        guard low < extents.count, extents[low].lowerBound <= range.upperBound else {
            extents.insert(range, at: low)
            return
        }
        if low + 1 < extents.count, extents[low + 1].lowerBound <= range.upperBound { return }
        extents[low] = min(extents[low].lowerBound, range.lowerBound)...max(extents[low].upperBound, range.upperBound)
    }

    /// Whether any column lies over or under `box`.
    func covers(_ box: PDFBox) -> Bool { extents.contains { $0.lowerBound < box.right && $0.upperBound > box.left } }

    /// Overlapping ranges made one.
    static func unions(_ ranges: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
        var result: [ClosedRange<Double>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, last.upperBound >= range.lowerBound {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// Makes one of neighbours that are far closer than columns are and never both hold a number of a row: numbers of one
    /// digit need not overlap where some stand at the left of their cells and some at the right.
    mutating func joinHalves(rows: some Sequence<[PDFBox]>) {
        guard extents.count > 3 else { return }
        let pitches = zip(extents, extents.dropFirst()).map { $1.middle - $0.middle }
        let usual = pitches.sorted()[pitches.count / 2]
        var isOpen = pitches.map { $0 < 0.6 * usual }
        guard isOpen.contains(true) else { return }
        for row in rows {
            var held: Set<Int> = []
            for box in row {
                let over = extents.indices.filter { extents[$0].overlap(box.left...max(box.left, box.right)) > 0 }
                if over.count == 1 { held.insert(over[0]) }
            }
            for column in held where column + 1 < extents.count && held.contains(column + 1) { isOpen[column] = false }
        }
        var joined: [ClosedRange<Double>] = []
        for (column, extent) in extents.enumerated() {
            if column > 0, isOpen[column - 1], let last = joined.popLast() {
                joined.append(last.lowerBound...extent.upperBound)
                // Three in a row are no halves.
                if column < isOpen.count { isOpen[column] = false }
            } else {
                joined.append(extent)
            }
        }
        extents = joined
    }

    /// Other columns, from left to right.
    mutating func replace(_ ranges: [ClosedRange<Double>]) { extents = Self.unions(ranges) }

    /// Labels end at `right`.
    mutating func setLeft(labelsEndAt right: Double?) {
        guard let first = extents.first, let right else {
            left = -.greatestFiniteMagnitude
            return
        }
        let width = extents.count > 1 ? extents[1].middle - first.middle : 4 * (first.upperBound - first.lowerBound)
        let assumed = first.middle - width / 2
        // Labels may reach to the very border, or stand far from it.
        left = right < first.lowerBound ? max((right + first.lowerBound) / 2, assumed) : assumed
        left = min(left, first.lowerBound)
    }

    /// The first column begins at `x`.
    mutating func setLeft(at x: Double) { left = x }

    /// The border left of column `index`; at the end, the right edge of the last.
    func border(_ index: Int) -> Double {
        if index <= 0 {
            guard left < -PDFLimits.coordinate, let first = extents.first else { return left }
            return extents.count > 1 ? 2 * first.middle - border(1) : first.lowerBound
        }
        if index < extents.count { return (extents[index - 1].upperBound + extents[index].lowerBound) / 2 }
        guard let last = extents.last else { return left }
        return extents.count > 1 ? max(last.upperBound, 2 * last.middle - border(extents.count - 1)) : last.upperBound
    }

    /// The column in whose borders `x` lies, nil left of the first.
    func index(at x: Double) -> Int? {
        guard x >= left else { return nil }
        var low = 0
        var high = extents.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if border(middle) <= x { low = middle } else { high = middle }
        }
        return low < extents.count ? low : nil
    }
}

extension ClosedRange<Double> {
    /// Half way.
    var middle: Double { (lowerBound + upperBound) / 2 }
    /// How much both cover; negative is the gap between them.
    func overlap(_ other: ClosedRange<Double>) -> Double {
        Swift.min(upperBound, other.upperBound) - Swift.max(lowerBound, other.lowerBound)
    }
}
