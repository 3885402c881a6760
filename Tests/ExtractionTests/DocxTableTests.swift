import DocumentModel
import Extraction
import Testing

/// Tables as Word merges and tracks them.
@Suite struct DocxTableTests {
    private typealias D = DocxFixture

    private func lines(_ body: String) throws -> [String] { try DocxFixture(body).lines() }

    private let restarts = "<w:vMerge w:val=\"restart\"/>"
    private let continues = "<w:vMerge/>"

    @Test func readsPlainTables() throws {
        let document = try DocxFixture(D.p("甲") + D.tbl(D.tr(D.tc("1"), D.tc("2")), D.tr(D.tc("3"), D.tc("4"))))
            .extracted()
        guard case .table(let table)? = document.blocks.last else {
            Issue.record("no table: \(document.blocks)")
            return
        }
        #expect(table.isGrid)
        #expect(table.rows.map { $0.cells.map(\.text) } == [["1", "2"], ["3", "4"]])
        #expect(table.rows[1].cells[1].source.place == .cell(table: 1, row: 2, column: 2))
        #expect(table.rows.map(\.isBounded) == [true, true])
    }

    @Test func keepsParagraphsOfACellAsLines() throws {
        let cell = "<w:tc>\(D.p("本年新"))\(D.p("制作数量"))</w:tc>"
        #expect(try lines(D.tbl(D.tr(cell, D.tc("0")))) == ["[0:本年新⏎制作数量 | 1:0]"])
    }

    @Test func mergesColumnsAndRows() throws {
        let body = D.tbl(
            D.tr(D.tc("勾稽", "<w:gridSpan w:val=\"3\"/>\(restarts)"), D.tc("申请人情况", "<w:gridSpan w:val=\"2\"/>")),
            D.tr(D.tc("", "<w:gridSpan w:val=\"3\"/>\(continues)"), D.tc("自然人"), D.tc("总计")),
            D.tr(D.tc("三", restarts), D.tc("（一）", "<w:gridSpan w:val=\"2\"/>"), D.tc("1"), D.tc("2")),
            D.tr(
                D.tc("", "<w:vMerge w:val=\"continue\"/>"),
                D.tc("（二）", "<w:gridSpan w:val=\"2\"/>"),
                D.tc("3"),
                D.tc("4")
            )
        )
        #expect(
            try lines(body) == [
                "[0:3×2 勾稽 | 3:2×1 申请人情况]", "[3:自然人 | 4:总计]", "[0:1×2 三 | 1:2×1 （一） | 3:1 | 4:2]",
                "[1:2×1 （二） | 3:3 | 4:4]",
            ]
        )
    }

    @Test func dropsWhatWordHidesUnderAMergedCell() throws {
        let body = D.tbl(
            D.tr(D.tc("甲", restarts), D.tc("1")),
            D.tr(D.tc("暗", continues), D.tc("2")),
            D.tr(D.tc("乙"), D.tc("3"))
        )
        #expect(try lines(body) == ["[0:1×2 甲 | 1:1]", "[1:2]", "[0:乙 | 1:3]"])
    }

    @Test func keepsCellsThatContinueNothing() throws {
        let body = D.tbl(D.tr(D.tc("甲", continues), D.tc("1")), D.tr(D.tc("乙", continues), D.tc("2")))
        #expect(try lines(body) == ["[0:甲 | 1:1]", "[0:乙 | 1:2]"])
        let split = D.tbl(D.tr(D.tc("", continues), D.tc("1")), D.tr(D.tc("", continues), D.tc("2")))
        #expect(try lines(split) == ["[0:1×2  | 1:1]", "[1:2]"])
        let wider = D.tbl(
            D.tr(D.tc("甲", restarts), D.tc("1"), D.tc("2")),
            D.tr(D.tc("乙", "<w:gridSpan w:val=\"2\"/>\(continues)"), D.tc("3"))
        )
        #expect(try lines(wider) == ["[0:甲 | 1:1 | 2:2]", "[0:2×1 乙 | 2:3]"])
    }

    @Test func readsColumnsMergedInTheOldWay() throws {
        let restarts = "<w:hMerge w:val=\"restart\"/>"
        let body = D.tbl(
            D.tr(D.tc("甲", restarts), D.tc("", "<w:hMerge/>"), D.tc("1")),
            D.tr(D.tc("2"), D.tc("3"), D.tc("4"))
        )
        #expect(try lines(body) == ["[0:2×1 甲 | 2:1]", "[0:2 | 1:3 | 2:4]"])
    }

    @Test func leavesColumnsFree() throws {
        let late =
            "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/><w:gridAfter w:val=\"1\"/></w:trPr>\(D.tc("1"))\(D.tc("2"))</w:tr>"
        #expect(try lines(D.tbl(late, D.tr(D.tc("a"), D.tc("b")))) == ["[2:1 | 3:2]", "[0:a | 1:b]"])
    }

    @Test func readsThroughContentControls() throws {
        let cell = "<w:sdt><w:sdtPr/><w:sdtContent>\(D.tc("1"))</w:sdtContent></w:sdt>"
        let row = "<w:sdt><w:sdtPr/><w:sdtContent><w:tr>\(cell)\(D.tc("2"))</w:tr></w:sdtContent></w:sdt>"
        #expect(
            try lines(D.tbl(row, "<w:customXml w:element=\"r\">\(D.tr(D.tc("3"), D.tc("4")))</w:customXml>"))
                == ["[0:1 | 1:2]", "[0:3 | 1:4]"]
        )
    }

    @Test func dropsDeletedRowsAndCells() throws {
        let deleted = "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>\(D.tc("旧"))\(D.tc("9"))</w:tr>"
        let inserted = "<w:tr><w:trPr><w:ins w:id=\"2\"/></w:trPr>\(D.tc("新"))\(D.tc("8"))</w:tr>"
        #expect(try lines(D.tbl(deleted, inserted)) == ["[0:新 | 1:8]"])
        let cell = D.tc("旧", "<w:cellDel w:id=\"3\"/>")
        #expect(try lines(D.tbl("<w:tr>\(D.tc("甲"))\(cell)\(D.tc("1"))</w:tr>")) == ["[0:甲 | 1:1]"])
    }

    @Test func followsTrackedMerges() throws {
        let body = D.tbl(
            D.tr(D.tc("甲", "<w:cellMerge w:id=\"1\" w:vMerge=\"rest\"/>"), D.tc("1")),
            D.tr(D.tc("", "<w:cellMerge w:id=\"2\" w:vMerge=\"cont\"/>"), D.tc("2"))
        )
        #expect(try lines(body) == ["[0:1×2 甲 | 1:1]", "[1:2]"])
    }

    @Test func readsNestedTables() throws {
        let inner = D.tbl(D.tr(D.tc("1"), D.tc("2"), D.tc("3")), D.tr(D.tc("4"), D.tc("5"), D.tc("6")))
        let cell = "<w:tc>\(D.p("说明"))\(inner)\(D.p("注"))</w:tc>"
        // The outer table only lays out the page.
        #expect(try lines(D.tbl(D.tr(cell, D.tc("")))) == ["说明", "[0:1 | 1:2 | 2:3]", "[0:4 | 1:5 | 2:6]", "注"])
    }

    @Test func survivesRowsAndCellsOutsideTables() throws {
        #expect(try lines(D.tr(D.tc("甲")) + D.tc("乙") + "<w:tc/>" + D.p("丙")) == ["甲", "乙", "丙"])
        #expect(
            try lines("<w:tbl>\(D.tc("甲"))<w:tr>\(D.tr(D.tc("1"), D.tc("2")))</w:tr></w:tbl>") == ["甲", "[0:1 | 1:2]"]
        )
    }
}
