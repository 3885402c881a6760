import LinuxIO
import Testing

@Suite("Queues")
struct FirstInFirstOutTests {
    /// Long enough that room is given back on the way.
    @Test func keepsTheOrder() {
        var queue = FirstInFirstOut<Int>()
        var model: [Int] = []
        var next = 0
        var random = SystemRandomNumberGenerator()
        for step in 0..<20_000 {
            // It grows first and is emptied then.
            if Int.random(in: 0..<100, using: &random) < (step < 10_000 ? 70 : 30) {
                queue.append(next)
                model.append(next)
                next += 1
            } else {
                let expected = model.isEmpty ? nil : model.removeFirst()
                #expect(queue.popFirst() == expected)
            }
            #expect(queue.count == model.count && queue.first == model.first && queue.isEmpty == model.isEmpty)
        }
    }

    @Test func insertsBehindThoseThatGoBefore() {
        var queue = FirstInFirstOut<(deadline: Int, name: String)>()
        for (deadline, name) in [(5, "a"), (3, "b"), (5, "c"), (9, "d"), (1, "e"), (3, "f")] {
            queue.insert((deadline, name)) { $0.deadline <= deadline }
        }
        #expect(queue.popFirst()?.name == "e")
        queue.insert((2, "g")) { $0.deadline <= 2 }
        var names: [String] = []
        while let next = queue.popFirst() { names.append(next.name) }
        #expect(names == ["g", "b", "f", "a", "c", "d"])
    }
}
