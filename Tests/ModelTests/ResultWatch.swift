// Looks at the folder of results all the time, as a reader would who trusts what lies there.

import FoundationEssentials
import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// What a result says of its file.
struct SeenResult: Sendable {
    /// The file of the result itself.
    let entry: Entry
    /// Of the content that was audited; nil if nothing could be read.
    let sha256: String?
    /// The verdict, or the code of what is unreadable.
    let outcome: String
}

/// Reads every result that appears, and complains of those that must not be.
final class ResultWatch: Sendable {
    /// A draft that was reported though its writer was not done.
    struct Alarm: Sendable {
        let node: Node
        let digest: String
        let text: String
    }

    private struct State {
        var results: [Place: SeenResult] = [:]
        /// What was said of each content. Nothing else may change it here: rules and settings stay the same.
        var outcomes: [String: String] = [:]
        var read = 0
        var faults: [String] = []
        var alarms: [Alarm] = []
        var isStopped = false
    }

    private let folder: FilePath
    private let world: Monitor<World>
    private let state = Monitor(State())

    init(results folder: FilePath, world: Monitor<World>) {
        self.folder = folder
        self.world = world
    }

    /// Looks until ``stop()``.
    func run() {
        while !state.withLock({ $0.isStopped }) {
            look()
            usleep(5000)
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// What must never be seen, but was.
    var faults: [String] { state.withLock { $0.faults } }
    /// How many results were read.
    var readCount: Int { state.withLock { $0.read } }

    /// The results as they lie there now, by their places.
    func results() -> [Place: SeenResult] {
        look()
        return state.withLock { $0.results }
    }

    /// Drafts reported although the next piece came before `settleTime` had passed.
    func falseAlarms(settleTime: Duration) -> [String] {
        let alarms = state.withLock { $0.alarms }
        return world.withLock { _ in
            alarms.filter { alarm in
                alarm.node.drafts.contains { draft in
                    guard draft.digest == alarm.digest, let ended = draft.ended else { return false }
                    return ended - draft.began < settleTime.nanoseconds
                }
            }.map(\.text)
        }
    }

    /// Names in the folder of results that are no results.
    func strangers() -> [String] {
        Entry.all(below: folder).filter { place, entry in
            entry.type != S_IFDIR && place.last?.hasSuffix(ResultName.suffix) != true
        }.map(\.place.shown)
    }

    // MARK: - Looking

    private func look() {
        state.withLock { state in
            for (found, entry) in Entry.all(below: folder) where entry.type == S_IFREG {
                let place = ResultName.place(found: found)
                // Unfinished ones bear a dot name.
                guard found.last?.hasPrefix(".") == false, state.results[place]?.entry != entry else { continue }
                read(found, place, &state)
            }
        }
    }

    private func read(_ file: Place, _ place: Place, _ state: inout State) {
        let path = file.path(below: folder)
        // Another one may lie there by now: this one's time is that of the one that is read.
        guard let (bytes, entry) = Entry.read(path) else { return }
        state.read += 1
        let audit: AuditRecord
        do {
            audit = try AuditRecord(json: String(decoding: bytes, as: UTF8.self))
        } catch {
            state.faults.append("\(place.shown) is no whole audit: \(error), \(bytes.count) bytes")
            return
        }
        state.results[place] = SeenResult(entry: entry, sha256: audit.source.sha256, outcome: audit.outcome)
        let known = audit.source.sha256.flatMap { state.outcomes.updateValue(audit.outcome, forKey: $0) }
        world.withLock { world in
            let other = known == nil || known == audit.outcome ? nil : "\(audit.outcome), elsewhere \(known ?? "")"
            if let fault = Self.fault(audit, place, world) ?? other {
                state.faults.append("\(place.shown): \(fault)")
                world.note("!! \(place.shown): \(fault)")
            }
            if let alarm = Self.alarm(audit, entry, place, world) {
                state.alarms.append(alarm)
                world.note("?? \(alarm.text)")
            }
        }
    }

    /// Why nobody should ever see this result.
    private static func fault(_ audit: AuditRecord, _ place: Place, _ world: World) -> String? {
        guard let origin = world.model.origins[place] else {
            return "there never was such a file (\(audit.outcome))"
        }
        let path = world.path(origin.place).bytes
        let text = String(validating: path, as: UTF8.self)
        guard text == nil ? audit.source.pathBytes == Data(path).base64EncodedString() : audit.source.path == text,
            text == nil || audit.source.pathBytes == nil
        else { return "source.path is \(audit.source.path), pathBytes \(audit.source.pathBytes ?? "null")" }
        if let sha256 = audit.source.sha256 {
            return origin.digests.contains(sha256) ? nil : "never had the content \(sha256) (\(audit.outcome))"
        }
        let isAllowed = audit.outcome == "permission-denied" && origin.wasUnreadable
        return isAllowed ? nil : "has no content: \(audit.outcome), \(audit.unreadable?.message ?? "")"
    }

    private static func alarm(
        _ audit: AuditRecord,
        _ entry: Entry,
        _ place: Place,
        _ world: World
    ) -> Alarm? {
        guard let origin = world.model.origins[place], let node = world.model.node(at: origin.place),
            let digest = audit.source.sha256,
            node.drafts.contains(where: { $0.digest == digest && $0.covers(entry.modified) })
        else { return nil }
        return Alarm(node: node, digest: digest, text: "\(place.shown) reported while it was written: \(audit.outcome)")
    }
}

extension Node.Draft {
    /// Whether a result of this time can be due to this draft.
    fileprivate func covers(_ time: Int64) -> Bool {
        let auditing: Int64 = 300_000_000
        return began <= time && time < (ended ?? .max - auditing) + auditing
    }
}
