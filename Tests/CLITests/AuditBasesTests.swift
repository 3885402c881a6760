// Under what files are audited: alike where nothing set for them differs, otherwise where something does.

import AuditOutput
import Ledger
import LinuxIO
import ReportModel
import SystemPackage
import TestSupport
import Testing

@testable import nianbao

@Suite("under what a file is audited") struct AuditBasesTests {
    private let folder: TemporaryFolder
    private let inbox: FilePath

    /// An inbox with another path that is a link to it.
    init() throws {
        folder = try TemporaryFolder()
        inbox = try FilePath(folder.path.string).resolved().appending("in")
        let result = try Command.script("mkdir \"$1\" && ln -s \"$1\" \"$1-link\"", [inbox.string])
        try #require(result.status == 0, "\(result)")
    }

    private func settings(_ rules: String, _ more: String = "", inbox: FilePath? = nil) throws -> Settings {
        let text = "inboxes: [{path: \(inbox ?? self.inbox)}]\nlanguage: zh\n\(more)\nrules:\n\(rules)\n  levels: {}\n"
        return try folder.settings(text)
    }

    private func bases(_ rules: String, _ more: String = "", inbox: FilePath? = nil) throws -> AuditBases {
        AuditBases(try settings(rules, more, inbox: inbox))
    }

    private func waiver(_ subject: String, rule: String = "fee.missing", until: String = "2026-11-21") -> String {
        "    - {rule: \(rule), \(subject), reason: 已核实, by: 王某, until: \(until)}\n"
    }

    private static let today = Day(year: 2026, month: 11, day: 21)
    private static let tomorrow = Day(year: 2026, month: 11, day: 22)

    private func basis(_ bases: AuditBases, _ file: String, on day: Day? = today) -> AuditBasis {
        bases.basis(of: inbox.appending(FilePath(file).components), on: day)
    }

    @Test func whereNothingIsSetAllIsAlike() throws {
        let plain = try bases("")
        let first = basis(plain, "a.txt")
        #expect(first.waivers.isEmpty && first.settings.count == 16 && !first.catalogue.isEmpty)
        #expect(basis(plain, "县直/b.txt", on: Self.tomorrow) == first)
        #expect(basis(try bases(""), "c.txt", on: nil) == first, "another process finds the same")
        #expect(basis(try bases("", "limits: {file_size: 1 MiB}"), "a.txt").settings != first.settings)
        var english = try settings("")
        english.language = .en
        #expect(basis(AuditBases(english), "a.txt").settings != first.settings)
        #expect(basis(try bases("  disable: [fee.missing]"), "a.txt").settings != first.settings)
        #expect(basis(try bases("  parameters: {overview_minimum: 31}"), "a.txt").settings != first.settings)
    }

    @Test func overridesByFolder() throws {
        let plain = basis(try bases(""), "a.txt")
        let other = "  overrides:\n    - {folder: [县直, 乡镇/东], levels: {fee.missing: info}}\n"
        let bases = try bases(other)
        for file in ["a.txt", "县直.txt", "乡镇/a.txt", "乡镇/东", "区/县直/a.txt"] {
            #expect(basis(bases, file) == plain, "\(file)")
        }
        let inside = basis(bases, "县直/a.txt")
        #expect(inside.settings != plain.settings && inside.waivers.isEmpty)
        for file in ["县直/b.txt", "县直/深/a.txt", "乡镇/东/a.txt"] { #expect(basis(bases, file) == inside, "\(file)") }
        let moved = try self.bases(other.replacing("县直", with: "市直"))
        #expect(basis(moved, "市直/a.txt") == inside, "what holds counts, not for how many folders")
        #expect(basis(moved, "县直/a.txt") == plain)
    }

    @Test func overridesForABodyMayConcernAnyFile() throws {
        let plain = basis(try bases(""), "a.txt")
        let bases = try bases("  overrides:\n    - {agency: [青禾县水利局], levels: {fee.missing: info}}\n")
        #expect(basis(bases, "a.txt").settings != plain.settings)
        let both = "  overrides:\n    - {agency: [青禾县水利局], folder: [县直], levels: {fee.missing: info}}\n"
        #expect(basis(try self.bases(both), "a.txt") == plain)
        #expect(basis(try self.bases(both), "县直/a.txt") == basis(bases, "a.txt"))
    }

    @Test func waiversByFile() throws {
        let plain = basis(try bases(""), "a.txt")
        let rules =
            "  waivers:\n" + waiver("file: 甲.txt") + waiver("file: 县直/乙.txt") + waiver("file: \(inbox)/县直/丙.txt")
        for root in [inbox, FilePath(inbox.string + "-link")] {
            let bases = try bases(rules, inbox: root)
            func waivers(_ file: String) -> String {
                let basis = bases.basis(of: root.appending(FilePath(file).components), on: Self.today)
                #expect(basis.settings == plain.settings && basis.catalogue == plain.catalogue)
                return basis.waivers
            }
            for file in ["a.txt", "乙.txt", "丙.txt", "甲.txt/a", "县直/a.txt", "乡镇/乙.txt"] {
                #expect(waivers(file).isEmpty, "\(file)")
            }
            let found = ["甲.txt", "县直/乙.txt", "县直/丙.txt"].map(waivers)
            #expect(!found.contains("") && Set(found).count == 3, "\(found)")
            #expect(waivers("县直/甲.txt") == found[0])
        }
    }

    @Test func waiversEndWithTheirDay() throws {
        let bases = try bases("  waivers:\n" + waiver("agency: 青禾县水利局") + waiver("agency: 青禾县林业局", until: "2026-11-22"))
        let today = basis(bases, "a.txt")
        #expect(!today.waivers.isEmpty)
        #expect(basis(bases, "县直/b.txt") == today, "it may be a report of that body")
        let tomorrow = basis(bases, "a.txt", on: Self.tomorrow)
        #expect(tomorrow.waivers != today.waivers && !tomorrow.waivers.isEmpty && tomorrow.settings == today.settings)
        #expect(basis(bases, "a.txt", on: Day(year: 2026, month: 11, day: 23)).waivers.isEmpty)
        #expect(basis(bases, "a.txt", on: nil).waivers.isEmpty, "where the day is not known none holds")
        #expect(basis(bases, "a.txt") == today, "also when the clock goes back")
    }

    /// What is remembered is what would be found.
    @Test func whatIsRememberedIsTrue() throws {
        let rules =
            "  overrides:\n    - {folder: [a, b/a], levels: {fee.missing: info}}\n"
            + "    - {folder: [\(inbox)/b], levels: {cell.blank: error}}\n"
            + "  waivers:\n" + waiver("file: a") + waiver("file: b/c") + waiver("agency: 甲", until: "2026-11-22")
            + waiver("file: \(inbox)/a/c", rule: "cell.blank")
        let settings = try settings(rules)
        let bases = AuditBases(settings)
        var seen: Set<AuditBasis> = []
        for _ in 0..<400 {
            let names = (0..<Int.random(in: 1...3)).map { _ in ["a", "b", "c"].randomElement() ?? "" }
            let day = [Self.today, Self.tomorrow, nil].randomElement() ?? nil
            let path = names.joined(separator: "/")
            let found = basis(bases, path, on: day)
            #expect(found == basis(AuditBases(settings), path, on: day), "\(path)")
            seen.insert(found)
        }
        #expect(seen.count > 10)
    }
}
