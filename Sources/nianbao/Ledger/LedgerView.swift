import ArgumentParser
import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import Configuration
import Ledger
import LinuxIO
import SystemPackage

/// A ledger that a command looks into. What keeps it from being read is told, and ends the command.
struct LedgerView {
    let place: LedgerPlace
    let ledger: Ledger
    let words: LedgerWords
    let paths: LedgerPaths
    private let results: [UInt8]

    static let pageSize = 500

    /// Opens the ledger of a service.
    init(_ place: LedgerPlace, forWriting: Bool = false) throws {
        self.place = place
        results = place.resultsFolder.bytes
        words = LedgerWords(language: place.language, colour: Output.wantsColour)
        // Before it is opened: for writing it would be made where there is none.
        if let trouble = LedgerTrouble.visible(place.ledgerFile, forWriting: forWriting) {
            throw trouble.end(place.language)
        }
        let ledger = try Self.telling(place) { () throws(LedgerError) in
            forWriting ? try Ledger(at: place.ledgerFile) : try Ledger(reading: place.ledgerFile)
        }
        self.ledger = ledger
        let inboxes: [(name: String, path: FilePath)]
        if let configured = place.inboxes {
            inboxes = configured.map { ($0.name ?? "", $0.path) }
        } else {
            let record = try Self.telling(place) { () throws(LedgerError) in try ledger.serviceRecord() }
            inboxes = (record?.inboxes ?? []).map { ($0.name, FilePath($0.path)) }
        }
        paths = LedgerPaths(inboxes)
    }

    /// Does something with the ledger; a failure is told and ends the command.
    func reading<Value>(_ body: () throws(LedgerError) -> Value) throws -> Value { try Self.telling(place, body) }

    private static func telling<Value>(_ place: LedgerPlace, _ body: () throws(LedgerError) -> Value) throws -> Value {
        do throws(LedgerError) {
            return try body()
        } catch {
            throw (LedgerTrouble.visible(place.ledgerFile) ?? LedgerTrouble(error)).end(place.language)
        }
    }

    /// Which files are asked for; nil stands for any.
    struct Filter {
        var state: FileState?
        var inbox: String?
        var verdict: String?
        var agency: NamedAgency?
        var year: Int?
        /// False: those in their inbox, true: those that left, nil: both.
        var left: Bool? = false
    }

    /// Calls `body` with every file that fits, in the order in which they were first seen.
    func each(_ filter: Filter, _ body: (LedgerEntry) throws -> Void) throws {
        let isOfBody = filter.agency.map { agency in { (name: String) in NamedAgency(name) == agency } }
        var last: Int64 = 0
        while true {
            let page = try reading { () throws(LedgerError) in
                try ledger.list(
                    state: filter.state,
                    inbox: filter.inbox,
                    verdict: filter.verdict,
                    agency: isOfBody,
                    year: filter.year,
                    left: filter.left,
                    after: last,
                    limit: Self.pageSize
                )
            }
            for entry in page { try body(entry) }
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.id
        }
    }

    /// The files that a name on the command line means, whether or not they are still there; empty where the ledger knows none.
    func entries(named name: PathArgument) throws -> [LedgerEntry] {
        for bytes in [name.bytes, LedgerPaths.unescaped(name.bytes)].compactMap(\.self) {
            let found = try paths.keys(bytes).compactMap { key in
                try reading { () throws(LedgerError) in try ledger.entry(key) }
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Files whose path ends like the name, or else has it within.
    func entries(like name: PathArgument) throws -> [LedgerEntry] {
        try reading { () throws(LedgerError) in try ledger.find(String(decoding: name.bytes, as: UTF8.self)) }
    }

    /// Says that the ledger does not know a file.
    func sayUnknown(_ name: PathArgument) {
        let text = place.say(
            "nianbao: 台账中没有文件 \(name.shown)。写收件目录中的路径，绝对的或相对于收件目录的；全部文件见 nianbao ledger list。",
            "nianbao: the ledger has no file \(name.shown). Name it by its path, absolute or in the inbox; nianbao ledger list shows all."
        )
        Output.error(text)
    }

    /// The file with the place of its result.
    func file(_ entry: LedgerEntry) -> LedgerFile { LedgerFile(entry: entry, result: result(of: entry)) }

    private func result(of entry: LedgerEntry) -> [UInt8]? {
        guard entry.verdict != nil else { return nil }
        let inbox = entry.key.inbox.isEmpty ? nil : entry.key.inbox
        return results + [0x2F] + ResultFile.path(of: entry.key.path, inbox: inbox, sha256: Auditor.sha256)
    }
}
