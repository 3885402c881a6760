/// Levenshtein distance, for labels that were misspelt, cut or typed with one wrong character.
public enum EditDistance {
    /// Number of insertions, deletions and substitutions from `left` to `right`, or `limit` + 1 when there are more.
    public static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int {
        if abs(left.count - right.count) > limit { return limit + 1 }
        if left.isEmpty { return right.count }
        if right.isEmpty { return left.count }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: right.count + 1) { row in
            for column in 0...right.count { row[column] = column }
            for line in 1...left.count {
                // What lies further from the diagonal than the limit costs more than it.
                let columns = max(1, line - limit)...max(1, min(right.count, line + limit))
                var diagonal = row[columns.lowerBound - 1]
                row[columns.lowerBound - 1] = columns.lowerBound == 1 ? line : limit + 1
                var best = row[columns.lowerBound - 1]
                for column in columns {
                    // The column at the far end was not reached in the line above.
                    let above = column == line + limit ? limit + 1 : row[column]
                    let cost = left[line - 1] == right[column - 1] ? 0 : 1
                    row[column] = min(above + 1, row[column - 1] + 1, diagonal + cost)
                    diagonal = above
                    best = min(best, row[column])
                }
                if best > limit { return limit + 1 }
            }
            return min(row[right.count], limit + 1)
        }
    }
}

/// Which characters a text has, roughly: one bit for all whose number ends alike. It tells without looking at the texts that
/// two of them are too far apart for ``EditDistance``.
public struct CharacterSketch: Sendable, Hashable {
    private var bits: UInt64 = 0

    /// The sketch of a text.
    public init(_ scalars: [Unicode.Scalar]) {
        for scalar in scalars { bits |= 1 << UInt64(scalar.value & 63) }
    }

    /// Whether the other text may have all characters of this one: when not, it surely does not begin with it.
    @inline(__always)
    public func isPart(of other: CharacterSketch) -> Bool { bits & ~other.bits == 0 }

    /// Whether more than `limit` insertions, deletions and substitutions lie between the two texts for certain: each of them
    /// brings or takes one character at the most.
    @inline(__always)
    public func isFurther(from other: CharacterSketch, than limit: Int) -> Bool {
        (bits & ~other.bits).nonzeroBitCount > limit || (other.bits & ~bits).nonzeroBitCount > limit
    }
}
