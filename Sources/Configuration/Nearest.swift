// "Did you mean …?"

/// The candidate nearest to a word by edit distance; of several the first by code units. Nil when there is none.
func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    // Longer words are no slips of the finger, and the distance is quadratic.
    guard word.utf8.count <= 256 else { return nil }
    return candidates.sorted().min { editDistance(word, $0) < editDistance(word, $1) }
}

/// Whether the word can be a slip in typing the other: at most two edits, or one in three letters.
func isTypo(_ word: String, of other: String) -> Bool {
    editDistance(word, other) <= max(2, other.count / 3)
}

/// The number of edits between two words (optimal string alignment: insert, delete, replace, swap two neighbours).
/// Case is ignored, and so is the choice of `-` or `_`.
func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.lowercased().unicodeScalars.map { $0 == "-" ? "_" : $0 })
    let right = Array(right.lowercased().unicodeScalars.map { $0 == "-" ? "_" : $0 })
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var row = [i + 1]
        for (j, b) in right.enumerated() {
            var edits = min(last[j] + (a == b ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
                edits = min(edits, beforeLast[j - 1] + 1)
            }
            row.append(edits)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
