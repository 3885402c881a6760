import ChineseText
import ReportModel

/// regulations.unauthorized
enum RegulationsUnauthorized: Rule {
    static let description = RuleDescription(
        "regulations.unauthorized",
        Message("规章数不可能", "Regulations without power to make them"),
        .warning,
        bodies: Message(
            "县级人民政府、乡镇人民政府、街道办事处，以及地方各级人民政府的工作部门",
            "governments at county level and below, and departments of local governments"
        ),
        checks: Message(
            "县（市、区、旗）和乡镇人民政府、街道办事处、地方各级人民政府部门的表二，“规章”一行各列应为0（空白另由 cell.blank 提示）。机关的层级按名称判断：省、自治区、直辖市、"
                + "设区的市、自治州人民政府及其办公厅（室）和国务院部门可以制定规章，不适用本规则；“市”是设区的市还是县级市，按内置的行政区划名单判断。",
            "In table 2 of governments at county level and below and of departments of local governments, the row 规章 is 0 in "
                + "every column (cell.blank speaks of blanks). The body's level is read off its name: governments of provinces, "
                + "municipalities, cities divided into districts and autonomous prefectures, their general offices and ministries "
                + "may make 规章 and are left alone. Whether a 市 is at prefecture or county level comes from a list in the product."
        ),
        rationale: Message(
            "“规章”专指部门规章和地方政府规章。只有国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府有权制定，其他机关制发的是行政规范性文件；把两者填混，会使上一级汇总数失真。",
            "规章 are ministerial rules and rules of local governments. Only ministries and the governments of provinces, "
                + "municipalities, cities divided into districts and autonomous prefectures can make them; what others issue are "
                + "normative documents. A mix-up falsifies every total above."
        ),
        basis: Clause.all(
            Message("《中华人民共和国立法法》（规章的制定权限）", "Legislation Law (who may make 规章)"),
            Clause.regulations(20, item: 1)
        ),
        hint: Message(
            "“规章”一行改填0；本机关制发的文件属于行政规范性文件的，填入“行政规范性文件”一行，转载上级机关的规章不计入。",
            "Write 0 in the row 规章. Documents that the body issued itself belong in the row of normative documents; 规章 of "
                + "higher bodies that it reprints are not counted."
        ),
        blindSpots: Message(
            "名称看不出层级的（管理委员会、行政公署、名单中没有的“市”）不作判断。东莞、中山、儋州、嘉峪关不设区，但有与设区的市相同的立法权，按设区的市对待。"
                + "政府办公厅（室）的报告代表同级政府，按政府对待。",
            "Not judged where the name does not show the level: 管委会, 行政公署, a 市 that is not listed. 东莞, 中山, 儋州 and "
                + "嘉峪关 have no districts but the same power to legislate, and count as cities that have. A general office "
                + "counts as its government."
        ),
        failing: [
            Example(2023, ("规章\t0\t0\t0", "规章\t1\t0\t1")),
            Example(2020, ("规章\t0\t0\t0", "规章\t0\t0\t12")),
            Example(2023, ("青禾县水利局2023年", "青禾县人民政府办公室2023年"), ("规章\t0\t0\t0", "规章\t0\t0\t3")),
            Example(2023, ("青禾县水利局2023年", "江阴市人民政府2023年"), ("规章\t0\t0\t0", "规章\t2\t0\t5")),
            Example(2023, ("青禾县水利局2023年", "上海市静安区人民政府2023年"), ("规章\t0\t0\t0", "规章\t2\t0\t5")),
            Example(2023, ("青禾县水利局2023年", "江苏省水利厅2023年"), ("规章\t0\t0\t0", "规章\t0\t1\t5")),
            Example(2023, ("青禾县水利局2023年", "青禾县柳溪镇人民政府2023年"), ("规章\t0\t0\t0", "规章\t0\t0\t1")),
        ],
        passing: [
            Example(2023),
            Example(2023, ("青禾县水利局2023年", "南京市人民政府2023年"), ("规章\t0\t0\t0", "规章\t6\t2\t98")),
            Example(2023, ("青禾县水利局2023年", "江苏省人民政府办公厅2023年"), ("规章\t0\t0\t0", "规章\t3\t1\t120")),
            Example(2023, ("青禾县水利局2023年", "凉山彝族自治州人民政府2023年"), ("规章\t0\t0\t0", "规章\t1\t0\t9")),
            Example(2023, ("青禾县水利局2023年", "东莞市人民政府2023年"), ("规章\t0\t0\t0", "规章\t1\t0\t9")),
            Example(2023, ("青禾县水利局2023年", "交通运输部2023年"), ("规章\t0\t0\t0", "规章\t20\t4\t260")),
            Example(2023, ("规章\t0\t0\t0", "规章\t\t\t")),
            Example(2023, ("青禾县水利局2023年", "青禾产业园区管理委员会2023年")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard let cells = DisclosureCells("regulations", in: reading) else {
            return .notAssessed(DisclosureCells.absent("regulations"))
        }
        let filled = cells.form.columns.filter { cells.number($0).map { $0 != .zero } ?? false }
        guard let first = filled.first else {
            return cells.form.columns.contains(where: cells.isUncertain) ? .notAssessed(cells.unjudged) : .passed
        }
        let standing = Standing(agency: report.agency)
        let body: Message
        switch standing {
        case .national, .government(.province), .government(.prefecture):
            return .notApplicable(Message("本机关有权制定规章。", "The body may make 规章."))
        case .unknown:
            let name = report.agency.map { "“\($0)”" } ?? ""
            return .notAssessed(
                Message(
                    "不能从机关名称\(name)判断其是否有权制定规章。",
                    "The name of the body \(name) does not show whether it may make 规章."
                )
            )
        case .department: body = Message("地方政府部门", "a department of a local government")
        case .government(.county): body = Message("县级人民政府", "a government at county level")
        case .government(.township): body = Message("乡镇、街道", "a township or sub-district")
        }
        let list = filled.map { "\(cells.name($0)) \(cells.number($0).map { "\($0)" } ?? "")" }
        return .result([
            Finding(
                .warning,
                Message(
                    "表二“规章”一行填有\(list.joined(separator: "、"))；本机关为\(body.zh)，无权制定规章。",
                    "Table 2, row 规章: \(list.joined(separator: ", ")); the body is \(body.en) and cannot make 规章."
                ),
                at: cells.location(filled.count == 1 ? first : nil),
                expected: .zero,
                actual: cells.number(first),
                hint: hint(reading, filled, cells)
            )
        ])
    }

    /// With nothing in the row below, its numbers most likely stand one row too high.
    private static func hint(_ reading: TableReading, _ filled: [ColumnID], _ cells: DisclosureCells) -> Message? {
        guard let below = reading.rows["normativeDocuments"],
            cells.form.columns.allSatisfy({ below.cells[$0]?.summand == .zero })
        else { return nil }
        return Message(
            "“行政规范性文件”一行均为0：请核对是否把规范性文件的数字填到了“规章”一行。",
            "The row of normative documents is all 0: check whether its numbers were written one row too high."
        )
    }
}
