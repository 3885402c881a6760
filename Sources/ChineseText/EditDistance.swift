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
                var diagonal = row[0]
                row[0] = line
                var best = line
                for column in 1...right.count {
                    let above = row[column]
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
