/// A queue: first in, first out, in a time that does not depend on its length.
public struct FirstInFirstOut<Element> {
    // Inlinable all through: for each type of elements it is compiled where it is used.
    @usableFromInline var elements: [Element] = []
    @usableFromInline var start = 0

    /// Makes an empty one.
    @inlinable public init() {}

    /// Whether nothing is in it.
    @inlinable public var isEmpty: Bool { start == elements.count }

    /// How many are in it.
    @inlinable public var count: Int { elements.count - start }

    /// The one that has been in it for the longest time.
    @inlinable public var first: Element? { isEmpty ? nil : elements[start] }

    /// Puts `element` behind all others.
    @inlinable public mutating func append(_ element: Element) { elements.append(element) }

    /// Puts `element` behind the last of those that go `before` it, which must be the first ones.
    @inlinable public mutating func insert(_ element: Element, behind before: (Element) -> Bool) {
        var low = start
        var high = elements.count
        // Most often it is the last one.
        if let last = elements.last, low < high, before(last) { low = high }
        while low < high {
            let middle = (low + high) / 2
            if before(elements[middle]) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        elements.insert(element, at: low)
    }

    /// Takes out the first one.
    @inlinable public mutating func popFirst() -> Element? {
        guard let first else { return nil }
        start += 1
        if start == elements.count {
            elements.removeAll(keepingCapacity: start <= 1024)
            start = 0
        } else if start > 1024, start * 2 > elements.count {
            // Moving the rest down costs no more than taking out what was before it.
            elements.removeFirst(start)
            start = 0
        }
        return first
    }
}

extension FirstInFirstOut: Sendable where Element: Sendable {}
