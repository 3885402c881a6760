/// First in, first out.
struct FirstInFirstOut<Element> {
    private var elements: [Element] = []
    private var start = 0

    var isEmpty: Bool { start == elements.count }

    var count: Int { elements.count - start }

    var first: Element? { isEmpty ? nil : elements[start] }

    mutating func append(_ element: Element) { elements.append(element) }

    /// Puts `element` behind the last of those that go `before` it, which must be the first ones.
    mutating func insert(_ element: Element, behind before: (Element) -> Bool) {
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

    mutating func popFirst() -> Element? {
        guard let first else { return nil }
        start += 1
        if start == elements.count {
            elements.removeAll(keepingCapacity: start <= 1024)
            start = 0
        } else if start > 1024, start * 2 > elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return first
    }
}
