// Numbers that are right and stand in a wrong place.

extension ApplicationsDiagnosis {
    /// Two numbers of a row that changed places, or one that stands in another column.
    func wrongColumns() -> [Cause] {
        let columns = brokenColumns
        let pairs = columns.indices.flatMap { first in columns[(first + 1)...].map { (columns[first], $0) } }
        return grid.rows.indices.flatMap { row in pairs.compactMap { wrongColumn(row, $0, $1) } }
    }

    private func wrongColumn(_ row: Int, _ first: Int, _ second: Int) -> Cause? {
        let (left, right) = (Place(row: row, column: first), Place(row: row, column: second))
        let (here, there) = (value(left), value(right))
        guard here != there else { return nil }
        let rowName = grid.name(row: row)
        return cause([left: there, right: here]) { holds in
            guard here == 0 || there == 0 else {
                let (one, other) = (grid.name(column: first), grid.name(column: second))
                return Message(
                    "把“\(rowName)”一行“\(one)”与“\(other)”的数字对调后，\(holds.zh)：请核对是否填错列。",
                    "With “\(one)” and “\(other)” of row “\(rowName)” exchanged, \(holds.en): check the columns."
                )
            }
            let (from, to) = here == 0 ? (second, first) : (first, second)
            let (number, one, other) = (here + there, grid.name(column: from), grid.name(column: to))
            return Message(
                "把“\(rowName)”一行的 \(number) 从“\(one)”移到“\(other)”后，\(holds.zh)：请核对是否填错列。",
                "With \(number) of row “\(rowName)” moved from “\(one)” to “\(other)”, \(holds.en): check whether it "
                    + "stands in the wrong column."
            )
        }
    }

    /// A row that slid to the left or to the right, so that its first or last number fell off.
    func slidRows() -> [Cause] {
        // Fewer columns out of order have simpler causes.
        guard brokenColumns.count >= 3 else { return [] }
        let total = ApplicationsGrid.total
        return grid.rows.indices.flatMap { row -> [Cause?] in
            let written = grid.values[row]
            guard !grid.isZero(row) else { return [] }
            // To the left: its total stands under 其他, its first number is what the others leave of the total.
            let others = Array(written[..<(total - 1)])
            let sum = written[total - 1]
            let left = [sum - others.reduce(0, +)] + others + [sum]
            // To the right: its total fell off.
            let applicants = Array(written[1...])
            let right = applicants + [applicants.reduce(0, +)]
            return [
                written[total] == 0 ? slidRow(row, left, Message("左", "left")) : nil,
                written[0] == 0 ? slidRow(row, right, Message("右", "right")) : nil,
            ]
        }.compactMap(\.self)
    }

    private func slidRow(_ row: Int, _ values: [Int], _ direction: Message) -> Cause? {
        let numbers = values.map(String.init)
        let name = grid.name(row: row)
        return cause(row: row, values) { holds in
            Message(
                "“\(name)”一行依次为 \(numbers.joined(separator: "、")) 时，\(holds.zh)：请核对该行数字是否整体向\(direction.zh)错了一列。",
                "With \(numbers.joined(separator: ", ")) in row “\(name)”, \(holds.en): check whether its numbers slid "
                    + "one column to the \(direction.en)."
            )
        }
    }

    /// Two rows of different parts of the table that changed places; among the results, nothing would show it.
    func exchangedRows() -> [Cause] {
        let (total, last) = (grid.resultTotal, grid.carriedForward)
        let (received, carriedOver) = (ApplicationsGrid.received, ApplicationsGrid.carriedOver)
        let pairs = [
            (carriedOver, grid.results.lowerBound), (total - 1, total), (total, last), (received, total),
            (carriedOver, last), (received, last),
        ]
        return pairs.compactMap { first, second in
            var changes: [Place: Int] = [:]
            for column in grid.columns {
                changes[Place(row: first, column: column)] = grid.values[second][column]
                changes[Place(row: second, column: column)] = grid.values[first][column]
            }
            let (one, other) = (grid.name(row: first), grid.name(row: second))
            return cause(changes) { holds in
                Message(
                    "把“\(one)”与“\(other)”两行的数字对调后，\(holds.zh)：请核对两行是否填反。",
                    "With the numbers of rows “\(one)” and “\(other)” exchanged, \(holds.en): check whether they were "
                        + "mixed up."
                )
            }
        }
    }

    /// All rows from some row on stand one row too high or too low. Which row was skipped does not show.
    func tableOutOfStep() -> [Cause] {
        let zero = grid.columns.map { _ in 0 }
        let starts = grid.rows.indices.dropLast()
        // Nothing may fall off: the row that is squeezed out says nothing.
        let tooHigh =
            grid.isZero(grid.carriedForward)
            && starts.contains { start in
                isWhole(from: start, [zero] + grid.values[start...].dropLast())
            }
        let tooLow = starts.contains { start in
            grid.isZero(start) && isWhole(from: start, grid.values[start...].dropFirst() + [zero])
        }
        let directions = [
            tooHigh ? Message("上", "high") : nil, tooLow ? Message("下", "low") : nil,
        ].compactMap(\.self)
        return directions.map { direction in
            let hint = Message(
                "若把部分行的数字视为向\(direction.zh)错了一行，移正后全表平衡：请从上往下逐行核对行名与数字。",
                "If rows stand one row too \(direction.en), the whole table balances once they are moved: check labels "
                    + "and numbers row by row."
            )
            return Cause(explains: broken, changes: [:], hint: hint)
        }
    }

    /// Whether all sums hold with these numbers in the rows from `start` on.
    private func isWhole(from start: Int, _ values: some Sequence<[Int]>) -> Bool {
        var moved = grid
        for (row, numbers) in zip(start..., values) { moved.values[row] = numbers }
        return moved.broken.isEmpty
    }
}
