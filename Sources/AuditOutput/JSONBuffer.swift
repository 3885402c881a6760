/// A text that grows by small pieces.
///
/// An array asks at each piece whether it is shared, and a result has three thousand: writing them into memory of our own takes
/// half the time. All that is unsafe stands here: every write goes behind ``reserve(_:)``.
struct JSONBuffer: ~Copyable {
    private var storage: UnsafeMutableBufferPointer<UInt8>
    /// How many bytes were written; those of ``storage`` behind them are not initialised.
    private(set) var count = 0

    /// - Parameter capacity: as many bytes as most texts have, so that few must grow; more than 0.
    init(capacity: Int) { storage = .allocate(capacity: capacity) }

    deinit { storage.deallocate() }

    /// All bytes.
    var bytes: [UInt8] { Array(storage[..<count]) }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        storage[count] = byte
        count += 1
    }

    mutating func append(_ byte: UInt8, times: Int) {
        reserve(times)
        storage[count..<count + times].initialize(repeating: byte)
        count += times
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(storage)[count...])
            .copyMemory(from: UnsafeRawBufferPointer(bytes))
        count += bytes.count
    }

    /// Makes room for so many bytes more.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if storage.count - count < more { grow(by: more) }
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(2 * storage.count, count + more))
        _ = larger.initialize(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = larger
    }
}
