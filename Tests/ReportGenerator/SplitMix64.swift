// Reproducible randomness: the same seed gives the same report on every machine and with every Swift version, so the
// helpers below avoid the standard library's `random(in:using:)`, whose algorithm is not promised to stay.

/// Vigna's SplitMix64: 64 bits of state, passes BigCrush, and any seed (0 too) is a good one.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence that belongs to `seed`.
    public init(seed: UInt64) {
        state = seed
    }

    /// A sequence of its own for one named place, so that a change elsewhere does not shift what is chosen here.
    init(seed: UInt64, key: String) {
        // FNV-1a
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        state = seed ^ hash
        _ = next()
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number in `range`; the bias of the remainder is far below anything that a test could notice.
    public mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True in that many cases out of a hundred.
    public mutating func chance(_ percent: Int) -> Bool {
        int(1...100) <= percent
    }

    /// One of `items`, which is never empty.
    public mutating func pick<T>(_ items: [T]) -> T {
        items[int(0...items.count - 1)]
    }

    mutating func shuffled<T>(_ items: [T]) -> [T] {
        var result = items
        for i in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(i, int(0...i))
        }
        return result
    }

    /// Splits `total` into `parts` non-negative numbers, unevenly, as real figures are.
    mutating func split(_ total: Int, into parts: Int) -> [Int] {
        var weights = (0..<parts).map { _ in chance(35) ? 0 : int(1...20) }
        if weights.allSatisfy({ $0 == 0 }) { weights[int(0...parts - 1)] = 1 }
        let sum = weights.reduce(0, +)
        var result = weights.map { total * $0 / sum }
        var rest = total - result.reduce(0, +)
        while rest > 0 {
            let i = int(0...parts - 1)
            if weights[i] > 0 {
                result[i] += 1
                rest -= 1
            }
        }
        return result
    }
}
