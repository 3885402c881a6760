import ChineseText
import DocumentModel
import ReportModel

/// deadline.missed
enum DeadlineMissed: Rule {
    private static let lastLine = "青禾县水利局\n2024年1月20日"

    static let description = RuleDescription(
        "deadline.missed",
        Message("发布逾期", "Published late"),
        .error,
        bodies: Message(
            "县级以上人民政府部门（1月31日）、县级以上地方人民政府（3月31日）；乡镇、街道按当地规定",
            "departments of governments at county level and above (31 January), these governments (31 March); townships and "
                + "sub-districts by local rule"
        ),
        checks: Message(
            "取落款日期；没有落款日期的，取网页标题旁的“发布时间”“发布日期”。县级以上人民政府部门的日期不得晚于次年1月31日，县级以上地方人民政府不得晚于"
                + "次年3月31日，当日不算逾期。乡镇人民政府、街道办事处只按配置的当地期限检查（逾期为提示），没有配置的不检查。配置了早于法定日期的当地期限的，"
                + "超过当地期限而未超过法定日期的为警告；当地期限晚于法定日期的，仍按法定日期检查。早于次年1月1日的日期不论机关类别都报告（部门、政府以外为提示）：那时统计期限尚未结束。"
                + "只有网页发布日期、或落款日期与发布日期对不上的，为警告。",
            "The date is that under the signature, else the one that a web page prints beside the title (发布时间, 发布日期). For a "
                + "department it is 31 January of the following year at the latest, for a local government 31 March; the day "
                + "itself is in time. Townships and sub-districts are held to a configured local date only (information). "
                + "Missing an earlier local date but not the legal one is a warning; a later local date does not extend the law. "
                + "A date before 1 January of the following year is reported for every body (as information where it is "
                + "neither department nor government): the period of the figures had not ended. With a page's date alone, or two dates at odds, the finding is a warning."
        ),
        rationale: Message(
            "年度报告要让公众在年初就能了解上一年的公开工作。条例规定了部门和政府各自的公布时限，逾期公布是可以追责的情形；日期写错（常见为沿用上年落款）会使人误认为报告提前作出。",
            "The public is to learn early in the year how the last one went, so the Regulations set a day for departments and one "
                + "for governments, and being late may be sanctioned. A wrong date — often last year's, left in place — makes a "
                + "report look as if it had been written before the year was over."
        ),
        basis: Clause.regulations(49),
        hint: Message(
            "核对成文日期和发布日期；确已逾期的，说明原因，下一年度在期限内发布。",
            "Check the dates of signature and publication; where the report is late, say why, and publish in time next year."
        ),
        blindSpots: Message(
            "落款日期与发布日期都有的，以落款日期为准：网页迁移、改版会改变发布日期，因此落款在期限内而发布日期逾期的不报告。重新发布、迁移的旧报告可能带有新的日期。"
                + "年度只能从正文推断、或年度与统计期限不一致的，不检查。人民政府办公室（厅）的报告在2月1日至3月31日之间的为警告：它可能是代政府编制的报告；标题没有机关、只有办公室署名的，逾1月31日不判断。"
                + "税务、海关、气象等垂直管理机关，党委部门，开发区机构，部门的分局等不是条例第四十九条所指的部门，不检查。",
            "Where both dates are there, the signature's counts: moving a page changes its date, so that a page's late date "
                + "beside a signature in time is not reported. A report published again may bear a new date. Not checked: a report "
                + "whose year was only inferred from the text or contradicts its period; bodies of the state's "
                + "own line (taxes, customs, weather …), of the Party, of development zones, and branches, which Art. 49 does not "
                + "mean. The office of a government gets a warning between 1 February and 31 March, since it may report for the "
                + "government; where no title names the body and an office only signs, nothing after 31 January is judged."
        ),
        failing: [
            Example(2023, ("2024年1月20日", "2024年2月1日")),
            Example(2023, ("2024年1月20日", "2024-02-19")),
            Example(2023, ("2024年1月20日", "2025年1月20日")),
            Example(2023, ("2024年1月20日", "2023年12月28日")),
            Example(2023, ("2024年1月20日", "2023年1月20日")),
            Example(2023, ("青禾县水利局2023年", "青禾县人民政府2023年"), ("2024年1月20日", "2024年4月1日")),
            Example(2023, ("青禾县水利局2023年", "青禾县2023年"), ("2024年1月20日", "2024年4月8日")),
            Example(2023, ("青禾县水利局2023年", "青禾县人民政府办公室2023年"), ("2024年1月20日", "2024年4月1日")),
            Example(2023, ("工作年度报告\n", "工作年度报告\n发布时间：2024-02-06 15:20\n"), (lastLine, "")),
        ],
        passing: [
            Example(2023, ("2024年1月20日", "2024年1月31日")),
            Example(2023, ("2024年1月20日", "2024年1月1日")),
            Example(2023, ("青禾县水利局2023年", "青禾县人民政府2023年"), ("2024年1月20日", "2024年3月31日")),
            Example(2023, ("青禾县水利局2023年", "清河镇人民政府2023年"), ("2024年1月20日", "2024年2月8日")),
            Example(2023, ("工作年度报告\n", "工作年度报告\n发布时间：2024-05-06 15:20\n")),
            Example(2023, ("工作年度报告\n", "工作年度报告\n发布日期：2024-01-31\n"), (lastLine, "")),
        ]
    )

    /// The day that counts, and whether it is beyond doubt the day of this report.
    private struct Dating {
        var date: AnnualReport.Located<Day>
        /// Under the signature, not the page's own.
        var isSigned: Bool
        /// Why a finding is no more than a warning; nil when it is provable.
        var doubt: Message?
        var day: Day { date.value }
    }

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let year = report.year else {
            return .notAssessed(Message("报告年度未知。", "The report year is not known."))
        }
        guard let dating = dating(report) else {
            return .notAssessed(
                Message("报告没有落款日期，网页上也没有发布日期。", "The report has no date under its signature, and its page none.")
            )
        }
        if let doubt = doubt(about: year, report) { return .notAssessed(doubt) }
        let body = ReportingBody(report)
        guard let newYear = Day(year: year + 1, month: 1, day: 1), dating.day >= newYear else {
            return .result([impossible(dating, year, body)])
        }
        return judge(dating, year, body, report, parameters)
    }

    // MARK: - Which day

    private static func dating(_ report: AnnualReport) -> Dating? {
        if let signed = report.signedOn {
            return Dating(
                date: signed,
                isSigned: true,
                doubt: doubt(aboutSignature: signed, report)
            )
        }
        guard let published = report.publishedOn else { return nil }
        return Dating(
            date: published,
            isSigned: false,
            doubt: Message(
                "只有网页的发布日期，页面迁移、重新发布时会变",
                "this is the page's own date, which changes when a page is moved or published again"
            )
        )
    }

    /// Why the day under the signature may not be the day on which the report came out.
    private static func doubt(aboutSignature signed: AnnualReport.Located<Day>, _ report: AnnualReport) -> Message? {
        if !isCertain(signed, report) {
            return Message(
                "这一日期单独成行、没有机关名称，可能不是落款",
                "the date stands alone, without the body's name, and may be no signature's"
            )
        }
        if let published = report.publishedOn, published.value < signed.value {
            return Message(
                "网页发布日期为\(Message(published.value).zh)，早于落款",
                "the page is dated \(Message(published.value).en), before the signature"
            )
        }
        return nil
    }

    /// A signature has a name, or writes its day in full; a bare 2024-02-20 may belong to the page.
    private static func isCertain(_ date: AnnualReport.Located<Day>, _ report: AnnualReport) -> Bool {
        if date.quote.unicodeScalars.contains("年") { return true }
        guard let first = report.closing.first else { return false }
        return first.source != date.source || first.folded.count > FoldedText(date.quote).count
    }

    /// Why no date can be held against the year.
    private static func doubt(about year: Int, _ report: AnnualReport) -> Message? {
        if let period = report.period?.value, period.from.year != year || period.to.year != year {
            return Message(
                "报告年度与统计期限不一致（见 period.mismatch），无法确定应在哪一年发布。",
                "Year and period of the report disagree (see period.mismatch): the year of publication cannot be told."
            )
        }
        if report.period != nil || report.title.map({ names(year, FoldedText($0.value)) }) ?? false { return nil }
        if report.preface.contains(where: { names(year, $0.folded) }) { return nil }
        return Message(
            "标题和前言都没有写明年度，年度是从正文推断的。",
            "Neither title nor preface states the year; it was inferred from the text."
        )
    }

    private static func names(_ year: Int, _ text: FoldedText) -> Bool {
        if text.contains(Phrase("\(year)")) { return true }
        // 二〇二三年
        let digits = "\(year)".unicodeScalars.map { chineseDigits[Int($0.value) - 0x30] }
        return text.contains(Phrase(digits.map { String(Character($0)) }.joined()))
    }

    private static let chineseDigits = Array("〇一二三四五六七八九".unicodeScalars)

    // MARK: - Judgement

    private static func judge(
        _ dating: Dating,
        _ year: Int,
        _ body: ReportingBody,
        _ report: AnnualReport,
        _ parameters: RuleParameters
    ) -> RuleResult {
        switch body {
        case .department:
            return judge(dating, legal: day(year, 1, 31), local: parameters.departmentDeadline, nil)
        case .government:
            return judge(dating, legal: day(year, 3, 31), local: parameters.governmentDeadline, nil)
        case .governmentOffice where report.titleAgency == nil:
            // Known from the signature only: an office signs the report of its government, too.
            if let limit = day(year, 1, 31), dating.day <= limit { return .passed }
            return .notAssessed(
                Message(
                    "报告没有标题机关，署名的办公室可能是代人民政府发布，期限无法确定。",
                    "No body stands in the title, and an office that signs may publish for its government: the date is not known."
                )
            )
        case .governmentOffice:
            let isLateForBoth = day(year, 3, 31).map { dating.day > $0 } ?? false
            return judge(
                dating,
                legal: day(year, 1, 31),
                local: parameters.departmentDeadline,
                isLateForBoth ? nil : mayReportForGovernment
            )
        case .township, .subDistrict:
            guard let local = parameters.townshipDeadline else {
                return .notApplicable(
                    Message(
                        "条例第四十九条没有规定乡镇、街道的公布日期，也没有配置当地期限。",
                        "Art. 49 names no day for townships and sub-districts, and no local one is configured."
                    )
                )
            }
            guard let limit = day(year, local), dating.day > limit else { return .passed }
            return .result([late(dating, limit, .info, isLocal: true, nil)])
        case .outside:
            return .notAssessed(
                Message(
                    "本机关不是条例第四十九条所指的县级以上地方人民政府部门，其公布日期由本系统规定。",
                    "The body is no department of a local government as Art. 49 means it; its own line sets the day."
                )
            )
        case .unknown:
            return .notAssessed(
                Message("机关类别未知，不能确定适用的期限。", "The kind of body is not known, and so neither is its date.")
            )
        }
    }

    /// The office of a government is a department; but some publish the government's own report under their name.
    private static let mayReportForGovernment = Message(
        "如系代人民政府编制的报告，3月31日前公布即可",
        "if it reports for its government, 31 March is in time"
    )

    private static func judge(_ dating: Dating, legal: Day?, local: MonthDay?, _ reason: Message?) -> RuleResult {
        guard let legal else { return .passed }
        if dating.day > legal {
            let doubt = dating.doubt ?? reason
            return .result([late(dating, legal, doubt == nil ? .error : .warning, isLocal: false, doubt)])
        }
        if let local, let limit = day(legal.year - 1, local), limit < legal, dating.day > limit {
            return .result([late(dating, limit, .warning, isLocal: true, dating.doubt ?? reason)])
        }
        return .passed
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
        Day(year: year + 1, month: month, day: day)
    }

    /// A configured day of the year after the report year; 29 February is the 28th where there is none.
    private static func day(_ year: Int, _ date: MonthDay) -> Day? {
        Day(year: year + 1, month: date.month, day: date.day) ?? Day(year: year + 1, month: date.month, day: 28)
    }

    // MARK: - Findings

    private static func late(
        _ dating: Dating,
        _ limit: Day,
        _ severity: Severity,
        isLocal: Bool,
        _ doubt: Message?
    ) -> Finding {
        let what = dating.isSigned ? Message("落款日期", "The signature's date") : Message("网页发布日期", "The page's date")
        let which = isLocal ? Message("当地期限", "the local date") : Message("法定期限", "the legal date")
        let isLegal = isLocal && severity == .warning
        let within = Message("，未超过法定日期", "; it is within the legal one")
        let (day, last) = (Message(dating.day), Message(limit))
        var hint: Message?
        if dating.day.year > limit.year {
            hint = Message(
                "日期晚于期限一年以上：重新发布或迁移的旧报告可能带有新的日期，请核对原发布日期；落款年份也可能写错。",
                "The date is more than a year late: a report published again may bear a new one, so look for the original date; "
                    + "the year may be a slip, too."
            )
        } else if let doubt {
            hint = Message("请核对：\(doubt.zh)。", "To be checked: \(doubt.en).")
        }
        return Finding(
            severity,
            Message(
                "\(what.zh)为\(day.zh)，晚于\(which.zh)\(last.zh)\(isLegal ? within.zh : "")\(doubt.map { "（\($0.zh)）" } ?? "")。",
                "\(what.en) is \(day.en), after \(which.en), \(last.en)\(isLegal ? within.en : "")"
                    + "\(doubt.map { " (\($0.en))" } ?? "")."
            ),
            at: Location(source: dating.date.source, quote: dating.date.quote),
            formula: Message(symbols: "\(dating.day) > \(limit)"),
            hint: hint
        )
    }

    /// Before the year of the figures is over nobody can report on it.
    private static func impossible(_ dating: Dating, _ year: Int, _ body: ReportingBody) -> Finding {
        let isBound =
            switch body {
            case .government, .governmentOffice, .department: true
            case .township, .subDistrict, .outside, .unknown: false
            }
        let what = dating.isSigned ? Message("落款日期", "The signature's date") : Message("网页发布日期", "The page's date")
        let isLastYears = dating.day.year == year && dating.day.month <= 3
        return Finding(
            isBound ? dating.doubt == nil ? .error : .warning : .info,
            Message(
                "\(what.zh)为\(Message(dating.day).zh)，早于\(year + 1)年1月1日：\(year)年度的统计期限到12月31日才结束。",
                "\(what.en) is \(Message(dating.day).en), before 1 January \(year + 1): the figures of \(year) run until 31 December."
            ),
            at: Location(source: dating.date.source, quote: dating.date.quote),
            formula: Message(symbols: "\(dating.day) < \(year + 1)-01-01"),
            hint: isLastYears
                ? Message(
                    "落款年份多半沿用了上一年度报告，请核对是否应为 \(year + 1) 年。",
                    "The year was probably left from last year's report: should it be \(year + 1)?"
                )
                : Message(
                    "请核对落款日期；如报告确在年底前定稿，数据应补到\(year)年12月31日后再落款。",
                    "Check the date; a report written before the end of the year lacks the last days' figures."
                )
        )
    }
}
