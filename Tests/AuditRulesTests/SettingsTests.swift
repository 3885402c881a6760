// What an office sets: which of several settings holds, and what a waiver lets pass.

import AuditEngine
@testable import AuditRules
import ReportModel
import Testing

/// A report with one error (fee.missing), one warning (cell.blank) and nothing else.
private let faulty = SampleReport.text(year: 2023)
    .replacing("本年度未收取信息处理费。", with: "无其他需要报告的事项。")
    .replacing("行政强制\t0", with: "行政强制\t")

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func day(_ text: String) throws -> Day {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return try #require(Day(year: parts[0], month: parts[1], day: parts[2]))
}

/// An audit on 21 November 2026 of a file in an inbox.
private func audit(
    _ settings: RuleSettings,
    of text: String = faulty,
    today: String? = "2026-11-21",
    paths: [[UInt8]] = [bytes("/srv/in/县直/甲.txt")],
    inboxPath: [UInt8]? = bytes("县直/甲.txt")
) throws -> Audited {
    var source = AuditSource(path: bytes("甲.txt"))
    let circumstances = Circumstances(today: try today.map(day), paths: paths, inboxPath: inboxPath)
    let auditor = Auditor(rules: RuleSet(settings: settings))
    return try auditor.audit(bytes(text), source: &source, under: circumstances).get()
}

extension Audited {
    /// `fee.missing error` and so on, in brackets what is let pass.
    fileprivate var summary: [String] {
        checks.flatMap { check in
            check.findings.map { finding in
                let text = "\(check.rule.id) \(finding.severity)"
                return finding.waived == nil ? text : "(\(text))"
            }
        }
    }

    fileprivate func outcome(_ rule: String) -> Outcome? { checks.first { $0.rule.id == rule }?.outcome }
}

@Suite("levels and parameters") struct LevelTests {
    private func override(
        agencies: [String] = [],
        folders: [String] = [],
        _ levels: [String: RuleLevel]
    ) -> RuleOverride {
        var override = RuleOverride()
        override.agencies = agencies.map(NamedAgency.init)
        override.folders = folders.map(bytes)
        override.levels = levels
        return override
    }

    @Test func withoutSettingsEachRuleHasItsOwn() throws {
        let audited = try audit(RuleSettings())
        #expect(audited.summary == ["fee.missing error", "cell.blank warning"])
        #expect(audited.verdict == .fail)
    }

    @Test func aLevelChangesTheVerdict() throws {
        var settings = RuleSettings()
        settings.levels = ["fee.missing": .info, "cell.blank": .off]
        let audited = try audit(settings)
        #expect(audited.summary == ["fee.missing info"])
        #expect(audited.verdict == .pass)
        #expect(audited.outcome("cell.blank") == .notApplicable)
    }

    @Test func theMoreParticularSettingHolds() throws {
        var settings = RuleSettings()
        settings.levels = ["fee.missing": .off, "cell.blank": .error]
        settings.overrides = [override(folders: ["县直"], ["fee.missing": .warning])]
        #expect(
            try audit(settings).summary == ["fee.missing warning", "cell.blank error"],
            "an override outweighs off"
        )
        settings.overrides.append(override(agencies: ["青禾县水利局"], ["fee.missing": .info]))
        #expect(try audit(settings).summary == ["fee.missing info", "cell.blank error"], "the later one outweighs")
        settings.overrides.append(override(agencies: ["青禾县林业局"], ["fee.missing": .error, "cell.blank": .off]))
        #expect(try audit(settings).summary == ["fee.missing info", "cell.blank error"], "another body's says nothing")
        settings.overrides.append(override(agencies: ["青禾县水利局"], folders: ["乡镇"], ["cell.blank": .off]))
        #expect(try audit(settings).summary.last == "cell.blank error", "body and folder must both fit")
    }

    @Test(
        "folders",
        arguments: [
            ("县直", true), ("/srv/in/县直", true), ("/srv/in", true), ("/srv", true), ("县", false), ("县直/甲.txt", false),
            ("/srv/in/县直/甲.txt", false), ("in", false), ("/srv/i", false), ("srv/in", false), ("直", false),
        ]
    )
    func folder(_ folder: String, holds: Bool) throws {
        var settings = RuleSettings()
        settings.overrides = [override(folders: [folder], ["fee.missing": .off])]
        #expect((try audit(settings).outcome("fee.missing") == .notApplicable) == holds)
    }

    @Test func foldersAreBytes() throws {
        var settings = RuleSettings()
        settings.overrides = [override(["fee.missing": .off])]
        settings.overrides[0].folders = [[0xC4, 0xEA]]
        let audited = try audit(settings, inboxPath: [0xC4, 0xEA, 0x2F, 0x61])
        #expect(audited.outcome("fee.missing") == .notApplicable)
        #expect(try audit(settings, inboxPath: [0xC4, 0x2F, 0x61]).outcome("fee.missing") == .failed)
        #expect(try audit(settings, inboxPath: nil).outcome("fee.missing") == .failed)
    }

    @Test func aNameIsAWholeName() throws {
        for (name, holds) in [("青禾县 水利局", true), ("水利局", false), ("青禾县水利局办公室", false)] {
            var settings = RuleSettings()
            settings.overrides = [override(agencies: ["青禾县林业局", name], ["fee.missing": .off])]
            #expect((try audit(settings).outcome("fee.missing") == .notApplicable) == holds, "\(name)")
        }
        #expect(NamedAgency("教育局（体育局）") == NamedAgency("教育局(体育局)"))
    }

    @Test func parametersAreChangedOneByOne() throws {
        var settings = RuleSettings()
        settings.parameters.townshipDeadline = MonthDay(month: 2, day: 15)
        settings.overrides = [override(folders: ["县直"], [:]), override(folders: ["县直"], [:])]
        settings.overrides[0].parameters.overviewMinimum = 5000
        settings.overrides[1].parameters.departmentDeadline = MonthDay(month: 1, day: 20)
        let circumstances = Circumstances(inboxPath: bytes("县直/甲.txt"))
        let effective = settings.effective(for: Subject(agency: nil, year: nil, circumstances))
        #expect(effective.parameters.overviewMinimum == 5000)
        #expect(effective.parameters.townshipDeadline == MonthDay(month: 2, day: 15))
        #expect(effective.parameters.departmentDeadline == MonthDay(month: 1, day: 20))
        #expect(effective.parameterOrigins == [.overviewMinimum: .override(0), .departmentDeadline: .override(1)])
        #expect(try audit(settings).outcome("section.empty") == .failed, "the rules are given the value")
    }
}

@Suite("what may hold at a place") struct PlaceSettingsTests {
    /// For a file at a place, what may hold there is all there is.
    @Test func nothingElseHoldsThere() throws {
        var random = SystemRandomNumberGenerator()
        func some<Value>(_ values: [Value]) -> [Value] {
            values.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        }
        for _ in 0..<500 {
            var settings = RuleSettings()
            settings.overrides = (0..<4).map { number in
                var override = RuleOverride()
                override.agencies = some(["甲", "乙"]).map { NamedAgency($0) }
                override.folders = some(["县直", "乡镇", "/srv/in/县直/东", "/srv"]).map(bytes)
                override.levels = ["fee.missing": number % 2 == 0 ? .info : .off]
                override.parameters.overviewMinimum = number
                return override
            }
            settings.waivers = try (0..<4).map { _ in
                var waiver = Waiver(
                    rule: "fee.missing",
                    reason: "",
                    by: "",
                    until: try day("2026-11-2\(Int.random(in: 0...2))")
                )
                waiver.agency = some(["甲", "乙"]).first.map { NamedAgency($0) }
                waiver.file = some(["a", "县直/a", "/srv/in/乡镇/b"]).first.map(bytes)
                return waiver
            }
            let inboxPath = (some(["县直", "乡镇", "东"]) + [Bool.random() ? "a" : "b"]).joined(separator: "/")
            let place = Circumstances(
                today: try day("2026-11-21"),
                paths: [bytes("/srv/in/\(inboxPath)")],
                inboxPath: bytes(inboxPath)
            )
            let narrow = settings.withoutWaivers(under: place)
            #expect(narrow.waivers.isEmpty && narrow.overrides.allSatisfy(\.folders.isEmpty))
            for agency in ["甲", "乙", nil] {
                let subject = Subject(agency: agency, year: 2023, place)
                let (wanted, found) = (settings.effective(for: subject), narrow.effective(for: subject))
                #expect(found.parameters == wanted.parameters, "\(inboxPath)")
                #expect(found.levels.mapValues(\.level) == wanted.levels.mapValues(\.level), "\(inboxPath)")
                let waivers = wanted.waivers.map { settings.waivers[$0] }.filter { !$0.isExpired(on: place.today) }
                let possible = settings.waivers(under: place)
                #expect(waivers.allSatisfy(possible.contains), "\(inboxPath)")
                #expect(possible.filter { $0.agency == nil }.allSatisfy(waivers.contains), "\(inboxPath)")
            }
        }
    }
}

@Suite("waivers") struct WaiverTests {
    private func waiver(_ rule: String, until: String = "2026-12-31") throws -> Waiver {
        var waiver = Waiver(rule: rule, reason: "已核实", by: "王某", until: try day(until))
        waiver.agency = NamedAgency("青禾县水利局")
        return waiver
    }

    private func settings(_ waivers: Waiver...) -> RuleSettings {
        var settings = RuleSettings()
        settings.waivers = waivers
        return settings
    }

    @Test func aWaivedFindingStaysAndDoesNotCount() throws {
        let audited = try audit(settings(try waiver("fee.missing")))
        #expect(audited.summary == ["(fee.missing error)", "cell.blank warning"])
        #expect(audited.count(.error) == 0 && audited.count(.warning) == 1 && audited.waivedCount == 1)
        #expect(audited.verdict == .review)
        #expect(audited.outcome("fee.missing") == .failed, "it was found all the same")
        let waived = audited.findings.compactMap(\.finding.waived)
        #expect(try waived == [Finding.Waived(reason: "已核实", by: "王某", until: day("2026-12-31"))])
        let both = try audit(settings(waiver("fee.missing"), waiver("cell.blank")))
        #expect(both.verdict == .pass && both.findings.count == 2)
    }

    /// It holds through the whole of its last day.
    @Test(arguments: [
        ("2026-11-20", false), ("2026-11-21", true), ("2026-11-22", true), ("2025-12-31", false), ("2027-01-01", true),
    ]) func theLastDay(until: String, holds: Bool) throws {
        let audited = try audit(settings(waiver("fee.missing", until: until)))
        #expect(audited.summary.first == (holds ? "(fee.missing error)" : "fee.missing error"))
        #expect(audited.waivers.map(\.state) == [holds ? .used : .expired])
        #expect(audited.verdict == (holds ? .review : .fail))
    }

    @Test func withoutADateNothingIsLetPass() throws {
        let audited = try audit(settings(try waiver("fee.missing", until: "2199-12-31")), today: nil)
        #expect(audited.verdict == .fail)
        #expect(audited.waivers.map(\.state) == [.expired])
    }

    @Test func whomAWaiverIsFor() throws {
        var waiver = try waiver("fee.missing")
        #expect(try audit(settings(waiver)).waivers.map(\.state) == [.used])
        waiver.year = 2023
        #expect(try audit(settings(waiver)).waivers.map(\.state) == [.used])
        waiver.year = 2022
        #expect(try audit(settings(waiver)).waivers.isEmpty, "of another year it is neither used nor unused")
        waiver.year = nil
        waiver.agency = NamedAgency("青禾县林业局")
        #expect(try audit(settings(waiver)).waivers.isEmpty)
        #expect(try audit(settings(waiver)).verdict == .fail)
        waiver.agency = NamedAgency("青禾县水利局")
        waiver.file = bytes("乙.txt")
        #expect(try audit(settings(waiver)).waivers.isEmpty, "body and file must both fit")
        waiver = try self.waiver("cell.unit")
        #expect(try audit(settings(waiver)).waivers.map(\.state) == [.unused], "there is no such finding")
    }

    @Test(
        "files",
        arguments: [
            ("甲.txt", true), ("县直/甲.txt", true), ("/srv/in/县直/甲.txt", true), ("/mnt/县直/甲.txt", true),
            ("直/甲.txt", false),
            ("/县直/甲.txt", false), ("县直", false), (".txt", false), ("in/县直/甲.txt", false), ("/srv/in/甲.txt", false),
        ]
    )
    func file(_ file: String, holds: Bool) throws {
        var waiver = try waiver("fee.missing")
        waiver.agency = nil
        waiver.file = bytes(file)
        let paths = ["/srv/in/县直/甲.txt", "/mnt/县直/甲.txt"].map(bytes)
        let audited = try audit(settings(waiver), paths: paths)
        #expect(audited.waivers.map(\.state) == (holds ? [.used] : []))
        #expect((audited.verdict == .review) == holds)
    }

    @Test func filesAreBytes() throws {
        var waiver = try waiver("fee.missing")
        waiver.file = [0xC4, 0xEA]
        let audited = try audit(settings(waiver), paths: [[0x2F, 0x61, 0x2F, 0xC4, 0xEA]], inboxPath: nil)
        #expect(audited.waivers.map(\.state) == [.used])
        #expect(try audit(settings(waiver), paths: [[0x2F, 0xEA]], inboxPath: nil).waivers.isEmpty)
        #expect(try audit(settings(waiver), paths: [], inboxPath: nil).waivers.isEmpty, "standard input has no path")
    }

    @Test(
        "places",
        arguments: [
            (Place(section: 3), 2), (Place(section: 4), 0), (Place(.applications), 2), (Place(.disputes), 0),
            (Place(.applications, row: "3.4.1"), 1), (Place(.applications, row: "3.4"), 1),
            (Place(.applications, row: "3"), 2), (Place(.applications, row: "3.5"), 0),
            (Place(.applications, row: "3.4", column: "business"), 1), (Place(.applications, column: "business"), 2),
            (Place(.applications, column: "total"), 0), (Place(.applications, row: "3.1", column: "business"), 1),
            (Place(.applications, row: "3.4.11"), 0),
        ]
    )
    func place(_ place: Place, count: Int) throws {
        let text = SampleReport.text(year: 2023)
            .replacing("（一）予以公开\t\t3\t0", with: "（一）予以公开\t\t3\t若干")
            .replacing("1.本机关不掌握相关政府信息\t4\t1", with: "1.本机关不掌握相关政府信息\t4\t若干")
        var waiver = try waiver("cell.not-a-number")
        waiver.place = place
        let audited = try audit(settings(waiver), of: text)
        let findings = audited.findings.filter { $0.rule.id == "cell.not-a-number" }
        #expect(findings.count == 2, "\(audited.summary)")
        #expect(findings.count { $0.finding.waived != nil } == count)
        #expect(audited.waivers.map(\.state) == [count > 0 ? .used : .unused])
    }

    /// One finding tells of all blank cells of a table: a waiver for the first does not cover the others.
    @Test func aWaiverMustCoverAllThatAFindingIsAbout() throws {
        let text = faulty.replacing("行政处罚\t4", with: "行政处罚\t")
        for (place, holds) in [
            (Place(.disclosure), true), (Place(section: 2), true), (Place(.disclosure, column: "decisions"), true),
            (Place(.disclosure, row: "penalties"), false), (Place(.disclosure, row: "coercion"), false),
        ] {
            var waiver = try waiver("cell.blank")
            waiver.place = place
            #expect(try audit(settings(waiver), of: text).summary.contains("(cell.blank warning)") == holds, "\(place)")
        }
        var waiver = try waiver("cell.blank")
        waiver.place = Place(.disclosure, row: "coercion")
        #expect(try audit(settings(waiver)).summary.contains("(cell.blank warning)"), "the only blank cell")
    }

    @Test func ofSeveralTheFirstIsNamedAndAllAreUsed() throws {
        var second = try waiver("fee.missing")
        second.reason = "另一理由"
        let audited = try audit(settings(try waiver("fee.missing"), second, waiver("fee.missing", until: "2020-01-01")))
        #expect(audited.findings.first { $0.rule.id == "fee.missing" }?.finding.waived?.reason == "已核实")
        #expect(audited.waivers.map(\.state) == [.used, .used, .expired])
        #expect(audited.waivers.map(\.index) == [0, 1, 2])
    }

    @Test func aRuleThatIsOffLeavesItsWaiverUnused() throws {
        var settings = settings(try waiver("fee.missing"))
        settings.levels = ["fee.missing": .off]
        #expect(try audit(settings).waivers.map(\.state) == [.unused])
    }

    /// A thousand waived findings leave room for one that counts.
    @Test func whatIsLetPassDoesNotHideWhatCounts() throws {
        let lines = (0..<1000).map { _ in "召开XX会议。\n" }.joined()
        let text = faulty.replacing("二、主动公开政府信息情况\n", with: lines + "二、主动公开政府信息情况\n")
            .replacing("无其他需要报告的事项。", with: "召开XX会议。")
        var waiver = try waiver("text.placeholder")
        waiver.place = Place(section: 1)
        let audited = try audit(settings(waiver), of: text)
        let check = try #require(audited.checks.first { $0.rule.id == "text.placeholder" })
        #expect(check.findings.count == RuleSet.mostFindings)
        #expect(check.findings.count { $0.waived == nil } == 1)
        #expect(audited.verdict == .fail)
    }
}

@Suite("the fingerprint of settings") struct FingerprintTests {
    private func all() throws -> RuleSettings {
        var settings = RuleSettings()
        settings.levels = ["a": .off, "b": .info, "c": .warning, "d": .error]
        settings.parameters.townshipDeadline = MonthDay(month: 2, day: 15)
        var override = RuleOverride()
        override.agencies = [NamedAgency("甲")]
        override.folders = [[1], [2, 3]]
        override.levels = ["a": .error]
        override.parameters.overviewMinimum = 7
        settings.overrides = [override, RuleOverride()]
        var waiver = Waiver(rule: "a", reason: "b", by: "c", until: try day("2026-12-31"))
        waiver.place = Place(.applications, row: "3.7")
        settings.waivers = [waiver]
        return settings
    }

    /// Written down, because it must be the same in every process, on every machine and in every version.
    @Test func itIsStable() throws {
        #expect(RuleSettings().fingerprint == "cbbd7141a652fb488f60e97cfc301d18474f74b6d41ede0cf35bdf52b407de2f")
        let all = try all().fingerprint
        #expect(all == "3b776b8e3b29e3b9cec888805ab3ea43eb032cc6d16c28826a1d20fdc1a5f3b6")
    }

    @Test func everyChangeChangesIt() throws {
        let changes: [(inout RuleSettings) -> Void] = [
            { $0.levels["a"] = .info }, { $0.levels["e"] = .off }, { $0.parameters.overviewMinimum = 31 },
            { $0.parameters.townshipDeadline?.day = 16 },
            { $0.parameters.departmentDeadline = MonthDay(month: 2, day: 15) },
            { $0.parameters.governmentDeadline = MonthDay(month: 2, day: 15) },
            { $0.overrides[0].agencies = [] }, { $0.overrides[0].folders = [[1, 2], [3]] },
            { $0.overrides[0].levels = [:] }, { $0.overrides[0].parameters.overviewMinimum = nil },
            { $0.overrides[0].parameters.townshipDeadline = MonthDay(month: 1, day: 1) }, { $0.overrides.reverse() },
            { $0.waivers = [] }, { $0.waivers[0].rule = "b" }, { $0.waivers[0].agency = NamedAgency("甲") },
            { $0.waivers[0].file = [1] }, { $0.waivers[0].place = nil }, { $0.waivers[0].year = 2023 },
            { $0.waivers[0].reason = "bc" }, { $0.waivers[0].by = "" }, { $0.waivers[0].until.day = 30 },
        ]
        var seen: Set<String> = [try all().fingerprint]
        for (index, change) in changes.enumerated() {
            var settings = try all()
            change(&settings)
            #expect(seen.insert(settings.fingerprint).inserted, "change \(index)")
        }
    }
}
