import ChineseText
import DocumentModel
import ReportModel

/// year.stale
enum YearStale: Rule {
    static let description = RuleDescription(
        "year.stale",
        Message("年度残留", "Year of another report left in the text"),
        .warning,
        checks: Message(
            "逐句查看标题和表格以外的正文：一句话（或其中一个分句）以“20xx年”“20xx年度”“截至20xx年12月31日（12月底、年底）”开头，写的又是本报告应当反映的工作——"
                + "主动公开信息若干条，收到、办理申请若干件或未收到申请，制发、废止规范性文件若干件，未发生行政复议、行政诉讼，未收取信息处理费，第一部分中全年共举办培训若干期，"
                + "总体情况首句“20xx年，我局认真贯彻……”，小标题“20xx年主动公开情况”，前言“现公布……20xx年政府信息公开工作年度报告”，第五部分“20xx年……取得成效，但仍存在……”——"
                + "而该年份不是报告年度的，提示一处。句中另有其他年份或同比、上年、结转、决算、累计等词，年份在书名号、引号、括号内，或相邻各句逐年并列的，不提示。",
            "Sentence by sentence outside of title and tables: a sentence or clause that opens with a year, or with “by the end of” a "
                + "year, and reports what this report is about — items published, applications received or none, normative documents made, no "
                + "disputes, no fee, trainings held in all (section 1), the opening of the overview, a sub-heading, the announcement of the report in the preface, the problems of "
                + "section 5 — must name the report year. Nothing is reported where the sentence names a second year or says 同比, 上年, 结转, "
                + "决算, 累计 and the like, where the year stands in 《》, quotation marks or brackets, or where neighbouring sentences go through "
                + "several years."
        ),
        rationale: Message(
            "年度报告常以上一年的稿子为底稿修改，漏改的年份会让读者分不清所写的是哪一年的工作，也可能连同整段数据都是上一年的。",
            "Reports are often written over last year's. A year left unchanged leaves open which year's work is meant — and often the "
                + "figures beside it are last year's too."
        ),
        basis: Clause.all(Clause.regulations(49), Clause.accuracy),
        hint: Message(
            "请核对这句话写的是哪一年的工作：是本年度的，改正年份；确是往年情况的，写明“上年”或与本年度对比；标题年度写错的，改标题。",
            "Check which year's work this is. If it is this year's, correct the year; if it is an earlier year's, say so (上年, or beside "
                + "this year's figure); if the title names the wrong year, correct the title."
        ),
        blindSpots: Message(
            "宁可漏报：句中有第二个年份、“同比”“上年”“结转”“累计”一类用语的，只写某年某月某日的，第五部分的改进打算，以及不带数量的一般叙述（总体情况首句除外），都不判断。"
                + "标题和统计期限都没有年度的报告不判断。",
            "Silence is preferred: sentences with a second year or words such as 同比, 上年, 结转, 累计, single days and months, plans in "
                + "section 5 and general statements without a number (but for the opening of the overview) are left alone. Reports whose year "
                + "stands neither in the title nor in the stated period are not assessed."
        ),
        failing: [
            Example(2023, ("全年共主动公开政府信息60条", "2022年，全局共主动公开政府信息60条")),
            Example(2023, ("全年共收到政府信息公开申请8件", "2022年度共收到政府信息公开申请8件")),
            Example(2023, ("2023年，我局认真落实政府信息公开各项要求", "2022年，我局认真落实政府信息公开各项要求")),
            Example(2023, ("（一）主动公开。全年", "（一）2022年主动公开情况。全年")),
            Example(2023, ("一、总体情况", "一、2022年总体情况")),
            Example(2023, ("本年度未收取信息处理费。", "2022年，我局未收取信息处理费。")),
            Example(2023, ("全年共收到政府信息公开申请8件", "截至2022年12月31日，共收到政府信息公开申请8件")),
            Example(2023, ("编制本报告。", "编制本报告。现公布青禾县水利局2022年政府信息公开工作年度报告。")),
            Example(2023, ("完善发布审查制度", "2022年，县水利局共制定规范性文件0件，废止0件。完善发布审查制度")),
            Example(2023, ("存在的问题：一是", "2022年，我局政府信息公开工作取得一定成效，但仍存在一些不足：一是")),
            Example(2021, ("全年共收到政府信息公开申请8件", "2022年，我局共收到政府信息公开申请8件")),
        ],
        passing: [
            Example(2023, ("其他类10条。", "其他类10条，比2022年增加12条。2022年为48条。")),
            Example(2023, ("其他类10条。", "其他类10条。2021年公开信息30条；2022年公开信息48条；2023年公开信息60条。")),
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请8件（另有2022年结转1件）")),
            Example(2023, ("做好县政府网站栏目维护", "落实《县水利局2022年政务公开工作要点》，做好县政府网站栏目维护")),
            Example(2023, ("做好县政府网站栏目维护", "2022年度决算、2023年度预算按时公开，做好县政府网站栏目维护")),
            Example(2023, ("做好县政府网站栏目维护", "2022年度政府信息公开工作年度报告已按时发布，做好县政府网站栏目维护")),
            Example(2023, ("做好县政府网站栏目维护", "按照国办函〔2020〕109号文件和十四五规划（2021—2025年）做好县政府网站栏目维护")),
            Example(2023, ("加强培训，安排专人负责。", "加强培训，安排专人负责。2024年，我局将主动公开信息100条以上。")),
            Example(2023, ("开展业务培训", "自2020年起开展业务培训，2022年12月建成政务公开专区1个")),
            Example(2021, ("开展业务培训", "公开2022年度财政预算、2021年度决算报告，开展业务培训")),
            Example(2023, ("存在的问题：一是", "2022年存在的问题已整改到位。目前存在的问题：一是")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县水利局\n2024年1月20日（联系电话：0512-20222022）")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let year = report.year else {
            return .notAssessed(Message("报告年度未知。", "The report year is not known."))
        }
        guard isCertain(year, report) else {
            return .notAssessed(
                Message(
                    "标题和统计期限都没有写明报告年度，不能判断正文的年份。",
                    "Neither the title nor a stated period names the report year: years in the text cannot be judged."
                )
            )
        }
        let reader = StaleYearReader(year: year, agency: report.agency.map { FoldedText($0) })
        var found = places(reader, nil, report.preface)
        for section in report.sections {
            if let heading = stale(section, reader) { found.append(heading) }
            found += places(reader, section.number, section.paragraphs)
        }
        return .result(titleIsStale(found, report, reader) ?? found.map { finding($0, year) })
    }

    /// A statement that bears another year, with its place in the report.
    private struct Place {
        var year: Int
        var location: Location
    }

    /// Whether the report itself says which year it covers: one that was guessed from the text proves nothing about the text.
    private static func isCertain(_ year: Int, _ report: AnnualReport) -> Bool {
        if let title = report.title, title.value.unicodeScalars.contains(where: \.isASCIIDigit) { return true }
        guard let period = report.period?.value else { return false }
        return period.from.year == year && period.to.year == year
    }

    private static func places(_ reader: StaleYearReader, _ section: Int?, _ paragraphs: [Prose]) -> [Place] {
        var result: [Place] = []
        for (index, paragraph) in paragraphs.enumerated() {
            let isFirst = section == nil || section == 1 && index == 0
            for place in reader.places(in: paragraph.folded, section: section, isFirst: isFirst) {
                if place.work == .problems, paragraphs.contains(where: { reader.speaksOfReportYear($0.folded) }) {
                    continue
                }
                if isOneOfList(place, reader, index, paragraphs) { continue }
                result.append(Place(year: place.year, location: paragraph.location(place.range)))
            }
        }
        return result
    }

    /// 2021年公开10条⏎2022年公开12条⏎2023年公开20条: one year a line.
    private static func isOneOfList(
        _ place: StaleYearReader.Place,
        _ reader: StaleYearReader,
        _ index: Int,
        _ paragraphs: [Prose]
    ) -> Bool {
        // The opening of one paragraph says nothing about that of the next.
        if place.work == .opening || place.work == .problems { return false }
        return [index - 1, index + 1].contains { neighbour in
            guard paragraphs.indices.contains(neighbour) else { return false }
            let text = paragraphs[neighbour].folded
            guard !text.isEmpty else { return false }
            let sentence = text.sentence(around: neighbour < index ? max(0, text.count - 2) : 0)
            return reader.states(place.work, ofOtherThan: place.year, in: sentence, text)
        }
    }

    /// 一、2022年总体情况
    private static func stale(_ section: Section, _ reader: StaleYearReader) -> Place? {
        let heading = FoldedText(section.heading)
        return reader.places(in: heading, section: section.number, isFirst: false).first { $0.work == .heading }
            .map { place in
                Place(
                    year: place.year,
                    location: Location(section: section.number, source: section.source, quote: section.heading.trimmed)
                )
            }
    }

    private static func finding(_ place: Place, _ year: Int) -> Finding {
        Finding(
            .warning,
            Message(
                "所写应为 \(year) 年度的工作，却写作“\(place.year)年”，可能是其他年度报告的文字残留。",
                "This is about the work of \(year) but says \(place.year): it may be left from the report of another year."
            ),
            at: place.location,
            expected: Quantity(year),
            actual: Quantity(place.year)
        )
    }

    /// Where the whole text speaks of one other year, the title is the odd one out.
    private static func titleIsStale(_ found: [Place], _ report: AnnualReport, _ reader: StaleYearReader) -> [Finding]?
    {
        guard let title = report.title, let other = found.first?.year, found.count >= 3,
            found.allSatisfy({ $0.year == other }),
            !report.lines.contains(where: { reader.speaksOfReportYear($0.folded) })
        else { return nil }
        return [
            Finding(
                .warning,
                Message(
                    "标题为 \(reader.year) 年度，正文却有 \(found.count) 处把所写工作的年份写作“\(other)年”，没有一处写 \(reader.year) 年。",
                    "The title says \(reader.year), but \(found.count) statements of the text say \(other) and none says \(reader.year)."
                ),
                at: Location(source: title.source, quote: title.quote),
                expected: Quantity(other),
                actual: Quantity(reader.year),
                hint: Message(
                    "请核对标题年度：若为 \(other) 年度报告，改正标题；若为 \(reader.year) 年度报告，正文可能整篇沿用了其他年度。",
                    "Check the year in the title: if this is the report of \(other), correct the title; otherwise the whole text may be "
                        + "that of another year."
                )
            )
        ]
    }
}
