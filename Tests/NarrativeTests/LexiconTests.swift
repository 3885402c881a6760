import Testing

@testable import Narrative

@Suite("Lexicon")
struct LexiconTests {
    @Test("no word stands in two lists")
    func unique() {
        var seen: [String: Kind] = [:]
        for (word, kind) in Lexicon.all {
            if let other = seen[word] { Issue.record("\(word) is both \(other) and \(kind)") }
            seen[word] = kind
        }
        #expect(seen.count > 600)
    }
}
