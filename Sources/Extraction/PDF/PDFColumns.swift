/// The columns of numbers of a table.
///
/// Numbers of one column overlap when they are laid over each other, however they are aligned; numbers of neighbouring
/// columns never do. So the columns are the unions of their extents.
struct PDFColumns {
    /// What the numbers of each column cover, left to right.
    private(set) var extents: [ClosedRange<Double>] = []
    /// Where the first column begins: labels stand left of it.
    private(set) var left = 0.0

    /// The columns of `rows`, each the numbers of a line.
    init(rows: [[PDFWord]]) {
        // A number that two cells glued together bridges their columns. Rows with the commonest count show columns best.
        var byCount: [Int: Int] = [:]
        for row in rows { byCount[row.count, default: 0] += 1 }
        let usual = byCount.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
        let core = Self.unions(rows.filter { $0.count == usual }.joined().map { $0.box.left...$0.box.right })
        var all = core
        for word in rows.joined() {
            let extent = word.box.left...word.box.right
            if all.count(where: { $0.overlaps(extent) }) <= 1 { all = Self.unions(all + [extent]) }
        }
        extents = all
    }

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

    /// Takes `range` for a further column, or widens the one that it overlaps.
    mutating func add(_ range: ClosedRange<Double>) { extents = Self.unions(extents + [range]) }

    /// Labels end at `right`.
    mutating func setLeft(labelsEndAt right: Double?) {
        guard let first = extents.first else { return }
        let width = extents.count > 1 ? extents[1].middle - first.middle : 4 * (first.upperBound - first.lowerBound)
        let assumed = first.middle - width / 2
        guard let right, right < first.lowerBound else {
            left = min(assumed, first.lowerBound)
            return
        }
        // Labels may reach to the very border, or stand far from it.
        left = max((right + first.lowerBound) / 2, min(assumed, first.lowerBound))
    }

    /// The border left of column `index`; at the end, the right edge of the last.
    func border(_ index: Int) -> Double {
        if index <= 0 { return left }
        if index < extents.count { return (extents[index - 1].upperBound + extents[index].lowerBound) / 2 }
        guard let last = extents.last else { return left }
        return max(last.upperBound, 2 * last.middle - border(extents.count - 1))
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
