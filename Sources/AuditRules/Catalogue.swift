import ReportModel

/// All rules that this version ships. A new rule is one file and one line here; a test compares the folder with this list.
public enum Catalogue {
    /// The rules, in the order of domain.md §3.
    public static let rules: [any Rule.Type] = [
        SectionMissing.self,
        SectionEmpty.self,
        SectionNumbering.self,
        OverviewTopicMissing.self,
        OverviewAccountabilityMissing.self,
        ProblemsImprovementMissing.self,
        TableMissing.self,
        TableRowMissing.self,
        TemplateOutdated.self,
        TemplateOtherResultsMerged.self,
        TemplatePremature.self,
        FeeMissing.self,
        FeeMisplaced.self,
        FeeBreakdown.self,
        FeeImplausible.self,
        FeeContradicted.self,
        ApplicationsRowTotal.self,
        ApplicationsResultTotal.self,
        ApplicationsBalance.self,
        DisputesTotal.self,
        CellBlank.self,
        CellNotANumber.self,
        CellUnit.self,
        CellNotAnInteger.self,
        CellNegative.self,
        RegulationsUnauthorized.self,
        DocumentsInForce.self,
        DocumentsExceedsTotal.self,
        DocumentsItemsAsDecisions.self,
        ChargesUnitSuspect.self,
        ProcurementDecimals.self,
        NarrativeApplications.self,
        NarrativeNoApplications.self,
        NarrativeDisputes.self,
        NarrativeDocuments.self,
        NarrativeBreakdown.self,
        TitleMissing.self,
        TitleFormat.self,
        PeriodMismatch.self,
        YearStale.self,
        BasisSuperseded.self,
        DeadlineMissed.self,
        TextPlaceholder.self,
        AgencyMismatch.self,
        TextDuplicatedWords.self,
        PrefaceSectionList.self,
    ]

    /// The rules, and as what they are those on single cells: found out once, for casting takes longer than most checks.
    static let entries: [(rule: any Rule.Type, cellRule: (any CellRule.Type)?)] = rules.map {
        ($0, $0 as? any CellRule.Type)
    }

    /// The identifiers of all rules.
    public static let identifiers: Set<String> = Set(rules.map { $0.description.id })

    /// The rule of an identifier.
    public static func rule(_ id: String) -> (any Rule.Type)? { rules.first { $0.description.id == id } }
}

/// What became of a rule for one report.
public enum Outcome: String, Sendable, CaseIterable {
    /// It found something.
    case failed
    /// It could not be judged, wholly or in part, and found nothing.
    case notAssessed
    /// It was judged and found nothing.
    case passed
    /// It does not concern this report.
    case notApplicable
}

/// A rule's outcome, with its findings and its reason.
public struct Check: Sendable {
    /// The rule.
    public var rule: RuleDescription
    /// What became of it.
    public var outcome: Outcome
    /// What it found. One whose findings are all let pass has ``Outcome/failed`` all the same: they are there.
    public var findings: [Finding]
    /// Why it was not assessed or is not applicable.
    public var reason: Message?
}

/// What all rules say of one report.
public struct Assessment: Sendable {
    /// One entry a rule, in the order of the catalogue.
    public var checks: [Check]
    /// The waivers for this body, file and year, in the order of the settings.
    public var waivers: [WaiverUse]
}

/// Applies the catalogue to reports.
public struct RuleSet: Sendable {
    /// What the office has set.
    public var settings: RuleSettings

    /// All rules, as set.
    public init(settings: RuleSettings = RuleSettings()) { self.settings = settings }

    /// Checks a report of which nothing else is known against every rule.
    public func check(_ report: AnnualReport) -> [Check] { check(report, under: Circumstances()).checks }

    /// Checks a report against every rule, as set for its body and for where it lies.
    public func check(_ report: AnnualReport, under circumstances: Circumstances) -> Assessment {
        let subject = Subject(agency: report.agency, year: report.year, circumstances)
        let effective = settings.effective(for: subject)
        var desk = WaiverDesk(settings.waivers, effective.waivers, today: circumstances.today)
        // A third of the rules are those of other years, all with one reason or two.
        var otherYears = SmallDictionary<ClosedRange<Int>, Message>()
        lazy var survey = CellSurvey(report)
        let checks = Catalogue.entries.map { rule, cellRule in
            let description = rule.description
            let level = effective.levels[description.id]?.level
            let result =
                notInForce(description, level, report, &otherYears).map(RuleResult.notApplicable)
                ?? unknownYear(description, report)
                ?? cellRule.map { $0.check(survey) } ?? rule.check(report, effective.parameters)
            if let reason = result.notApplicable {
                return Check(rule: description, outcome: .notApplicable, findings: [], reason: reason)
            }
            if !result.findings.isEmpty {
                var findings = result.findings.map { levelled($0, description, level?.severity) }
                desk.apply(to: &findings, of: description.id)
                let kept = Self.limited(findings)
                return Check(rule: description, outcome: .failed, findings: kept, reason: result.notAssessed)
            }
            if let reason = result.notAssessed {
                return Check(rule: description, outcome: .notAssessed, findings: [], reason: reason)
            }
            return Check(rule: description, outcome: .passed, findings: [], reason: nil)
        }
        return Assessment(checks: checks, waivers: desk.uses)
    }

    /// Most findings of one rule in one report. No report has that many faults of a kind; a hostile file may have millions.
    public static let mostFindings = 200

    /// A finding at the level that the settings give its rule. One that the rule itself has lowered stays lowered.
    private func levelled(_ finding: Finding, _ rule: RuleDescription, _ level: Severity?) -> Finding {
        guard let level else { return finding }
        var levelled = finding
        levelled.severity = finding.severity == rule.severity ? level : max(level, finding.severity)
        return levelled
    }

    /// Those that are let pass go first where not all can be kept: they must not hide one that counts.
    private static func limited(_ findings: [Finding]) -> [Finding] {
        guard findings.count > mostFindings else { return findings }
        let ordered = findings.filter { $0.waived == nil } + findings.filter { $0.waived != nil }
        var kept = Array(ordered.prefix(mostFindings))
        let rest = findings.count - mostFindings
        kept[mostFindings - 1].message.zh += "（另有 \(rest) 处同类问题未列出。）"
        kept[mostFindings - 1].message.en += " (\(rest) more of this kind are not listed.)"
        return kept
    }

    /// Why a rule is not in force for a report; nil when it is.
    private func notInForce(
        _ rule: RuleDescription,
        _ level: RuleLevel?,
        _ report: AnnualReport,
        _ otherYears: inout SmallDictionary<ClosedRange<Int>, Message>
    ) -> Message? {
        if level == .off {
            return Message("配置中已关闭此规则。", "Switched off in the configuration.")
        }
        guard let year = report.year else { return nil }
        if year < 2019 {
            return Message("\(year) 年度尚无统一格式，不适用。", "There was no uniform form in report year \(year).")
        }
        if year < rule.years.lowerBound { return Self.otherYear(rule.years, year, &otherYears) }
        if rule.assumesCurrentForm, TemplateOutdated.holds(for: report) {
            return Message(
                "报告使用旧格式，见 template.outdated；由此引起的问题不重复报告。",
                "The report follows an outdated form, see template.outdated; what follows from that is not reported again."
            )
        }
        return year > rule.years.upperBound ? Self.otherYear(rule.years, year, &otherYears) : nil
    }

    /// Why rules of `years` are not in force for another year.
    private static func otherYear(
        _ years: ClosedRange<Int>,
        _ year: Int,
        _ known: inout SmallDictionary<ClosedRange<Int>, Message>
    ) -> Message {
        if let reason = known[years] { return reason }
        let reason =
            year < years.lowerBound
            ? Message(
                "自 \(years.lowerBound) 年度起适用，本报告为 \(year) 年度。",
                "In force from report year \(years.lowerBound); this is \(year)."
            )
            : Message(
                "适用至 \(years.upperBound) 年度，本报告为 \(year) 年度。",
                "In force up to report year \(years.upperBound); this is \(year)."
            )
        known[years] = reason
        return reason
    }

    /// A rule of certain years cannot be judged where the year is unknown; those of all years of the form can.
    private func unknownYear(_ rule: RuleDescription, _ report: AnnualReport) -> RuleResult? {
        guard report.year == nil, rule.years != RuleDescription.sinceForm else { return nil }
        return .notAssessed(
            Message("报告年度未知，不能判断此规则是否适用。", "The report year is not known, so neither is whether the rule applies.")
        )
    }
}
