/// A dictionary of few entries, in the order in which they came: the rows of a table and the cells of a row.
///
/// Rules look up every cell of a report many times over. For the handful of keys that a row has, comparing one after the
/// other takes a fraction of the time that hashing one takes, and the order makes what is done with all of them the same
/// each time. Never use it for what a document can make long.
public struct SmallDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    // Inlinable: rules in another module would otherwise call the generic form, which is slower than hashing.
    @usableFromInline var storedKeys: [Key] = []
    @usableFromInline var storedValues: [Value] = []

    /// The keys in the order in which they came.
    @inlinable public var keys: [Key] { storedKeys }
    /// The values, each where its key stands among ``keys``.
    @inlinable public var values: [Value] { storedValues }

    /// Without entries.
    @inlinable public init(minimumCapacity: Int = 0) {
        storedKeys.reserveCapacity(minimumCapacity)
        storedValues.reserveCapacity(minimumCapacity)
    }

    /// The values of `keys` in their order; of a key that comes twice the first value holds.
    @inlinable public init(_ keys: [Key], _ values: [Value]) {
        self.init(minimumCapacity: keys.count)
        for (key, value) in zip(keys, values) where !storedKeys.contains(key) {
            storedKeys.append(key)
            storedValues.append(value)
        }
    }

    /// The values of `keys` in their order, where no key comes twice: then the array of keys can be shared.
    @inlinable init(distinct keys: [Key], _ values: [Value]) {
        assert(keys.count == values.count && Set(keys).count == keys.count, "\(keys) are not distinct")
        storedKeys = keys
        storedValues = values
    }

    /// Adds the value of a key that is not there.
    @inlinable mutating func append(_ key: Key, _ value: Value) {
        assert(!storedKeys.contains(key), "\(key) is there")
        storedKeys.append(key)
        storedValues.append(value)
    }

    /// The same keys with other values.
    @inlinable public func mapValues<Other: Sendable>(_ transform: (Value) -> Other) -> SmallDictionary<Key, Other> {
        SmallDictionary<Key, Other>(distinct: storedKeys, storedValues.map(transform))
    }

    /// The value of a key; nil where there is none, and takes it out when it is set.
    @inlinable public subscript(key: Key) -> Value? {
        get { storedKeys.firstIndex(of: key).map { storedValues[$0] } }
        set {
            if let index = storedKeys.firstIndex(of: key) {
                if let newValue {
                    storedValues[index] = newValue
                } else {
                    storedKeys.remove(at: index)
                    storedValues.remove(at: index)
                }
            } else if let newValue {
                storedKeys.append(key)
                storedValues.append(newValue)
            }
        }
    }
}

extension SmallDictionary {
    /// The value of a key that most likely came after `place` others, as the rows and columns of a form do: then one comparison
    /// finds it.
    @inlinable public func value(of key: Key, near place: Int) -> Value? {
        index(of: key, near: place).map { storedValues[$0] }
    }

    /// Where that key stands among ``keys``: to look at a part of its value without a copy of the whole.
    @inlinable public func index(of key: Key, near place: Int) -> Int? {
        place < storedKeys.count && storedKeys[place] == key ? place : storedKeys.firstIndex(of: key)
    }
}

extension SmallDictionary: RandomAccessCollection {
    /// 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of entries.
    @inlinable public var endIndex: Int { storedKeys.count }
    /// The entry that came after `position` others.
    @inlinable public subscript(position: Int) -> (key: Key, value: Value) {
        (storedKeys[position], storedValues[position])
    }
}
