import AuditEngine
import AuditOutput
import AuditRules
import Configuration
import Ledger
import LinuxIO
import ReportModel
import SystemPackage

/// Under what each file is audited. Asked for every file of a walk: what the files of a folder share is worked out once.
final class AuditBases: Sendable {
    /// What holds in a folder.
    private struct Folder {
        /// For all its files but those in ``byName``.
        let common: AuditBasis
        /// For files that a waiver names.
        let byName: [[UInt8]: AuditBasis]
    }

    private struct State {
        /// The day for which ``folders`` holds: waivers expire.
        var today: Day?
        var folders: [FilePath: Folder] = [:]
    }

    /// Folders that are remembered, each with some hundred bytes. A walk goes through one after the other.
    private static let mostFolders = 4096
    /// Hex digits of a digest: 64 bits, for the few settings that one office ever has.
    private static let digits = 16

    private let rules: RuleSettings
    private let whereabouts: Whereabouts
    /// What else decides what an audit says: the language of its messages, and the size beyond which a file is not read.
    private let surroundings: String
    /// Whether all that was set holds in every folder alike.
    private let isUniform: Bool
    private let state = Monitor(State())

    init(_ settings: Settings) {
        rules = RuleSettings(settings.configuration)
        whereabouts = Whereabouts(settings.configuration)
        surroundings = "\(settings.language.rawValue) \(settings.maximumFileBytes)"
        isUniform = rules.overrides.allSatisfy(\.folders.isEmpty) && rules.waivers.allSatisfy { $0.file == nil }
    }

    /// Under what a file of an inbox is audited on a day.
    ///
    /// - Parameter path: absolute. The file need not be there.
    func basis(of path: FilePath, on today: Day?) -> AuditBasis {
        let folder = isUniform ? FilePath("/") : path.removingLastComponent()
        let found = state.withLock { state in
            if state.today != today { state = State(today: today) }
            if let known = state.folders[folder] { return known }
            if state.folders.count >= Self.mostFolders { state.folders = [:] }
            let new = self.folder(folder, today)
            state.folders[folder] = new
            return new
        }
        guard !found.byName.isEmpty, let name = path.lastComponent else { return found.common }
        return found.byName[name.bytes] ?? found.common
    }

    private func folder(_ folder: FilePath, _ today: Day?) -> Folder {
        func place(_ name: FilePath) -> Circumstances {
            var place = whereabouts.ofInboxFile(folder.appending(name.components))
            place.today = today
            return place
        }
        // Overrides look at folders only: any name will do.
        let settings = rules.withoutWaivers(under: place("report")).fingerprint
        let digest = Self.short(Auditor.sha256(Array("\(settings) \(surroundings)".utf8)))
        func basis(_ waivers: [Waiver]) -> AuditBasis {
            AuditBasis(catalogue: Catalogue.version, settings: digest, waivers: Self.digest(waivers))
        }
        var ofAll = rules
        ofAll.waivers.removeAll { $0.file != nil }
        let common = basis(ofAll.waivers(under: place("report")))
        let names = rules.waivers.compactMap { $0.file.flatMap { FilePath(bytes: $0).lastComponent } }
        var byName: [[UInt8]: AuditBasis] = [:]
        for name in Set(names) {
            let own = basis(rules.waivers(under: place(FilePath(root: nil, [name]))))
            if own != common { byName[name.bytes] = own }
        }
        return Folder(common: common, byName: byName)
    }

    private static func digest(_ waivers: [Waiver]) -> String {
        guard !waivers.isEmpty else { return "" }
        var settings = RuleSettings()
        settings.waivers = waivers
        return short(settings.fingerprint)
    }

    private static func short(_ digest: String) -> String { String(digest.prefix(digits)) }
}
