// What goes over the socket between the pool and a worker: frames of a length and as many bytes, and in them messages.
// Neither side trusts the other: every length is checked before it is used, and what is left over is an error.

import AuditEngine
import AuditOutput
import AuditRules
import Extraction
import FoundationEssentials
import ReportModel

/// The outer form of a message: its length in four bytes, the least first, then its bytes.
enum Frame {
    static let headBytes = 4
    /// The largest file that the configuration allows to read (`limits.file_size`, 1 GiB), and its path.
    static let maximumRequestBytes = (1 << 30) + (1 << 20)
    /// Of an answer: the output of the largest report has some hundred KB.
    static let maximumAnswerBytes = 64 << 20

    static func head(_ count: Int) -> [UInt8] {
        var writer = WireWriter()
        writer.integer(UInt32(clamping: count))
        return writer.bytes
    }

    /// A frame whose bytes are those of `parts`; in parts itself where it is so large that a copy would weigh.
    static func framed(_ parts: [[UInt8]]) -> [[UInt8]] {
        let count = parts.reduce(0) { $0 + $1.count }
        let all = [head(count)] + parts
        guard count <= copiedBytes else { return all }
        // One call of the kernel, and the other side wakes once.
        var frame: [UInt8] = []
        frame.reserveCapacity(headBytes + count)
        for part in all { frame += part }
        return [frame]
    }

    /// As much as a socket takes at once (net.core.wmem_default of Linux is 208 KiB).
    private static let copiedBytes = 128 << 10

    static func length(_ head: [UInt8]) -> Int? {
        var reader = WireReader(head)
        return try? Int(reader.integer(UInt32.self))
    }
}

/// Bytes that are no message of ours.
struct WireError: Error {}

/// Puts a message together.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func data(_ data: [UInt8]) {
        integer(UInt32(clamping: data.count))
        bytes += data
    }

    mutating func text(_ text: String) {
        let utf8 = text.utf8
        integer(UInt32(clamping: utf8.count))
        bytes += utf8
    }

    mutating func flag(_ value: Bool) { integer(UInt8(value ? 1 : 0)) }

    mutating func optional<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void) {
        flag(value != nil)
        if let value { write(&self, value) }
    }

    mutating func list(_ texts: [String]) {
        integer(UInt32(clamping: texts.count))
        for text in texts { self.text(text) }
    }
}

/// Takes a message apart.
struct WireReader {
    fileprivate let bytes: [UInt8]
    fileprivate var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(WireError) -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.count - position >= size else { throw WireError() }
        var value = Value.zero
        for offset in (0..<size).reversed() {
            value = value << 8 | Value(truncatingIfNeeded: bytes[position + offset])
        }
        position += size
        return value
    }

    mutating func data() throws(WireError) -> [UInt8] {
        let count = Int(try integer(UInt32.self))
        guard bytes.count - position >= count else { throw WireError() }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func text() throws(WireError) -> String {
        guard let text = String(validating: try data(), as: UTF8.self) else { throw WireError() }
        return text
    }

    mutating func optional<Value>(_ read: (inout Self) throws(WireError) -> Value) throws(WireError) -> Value? {
        try flag() ? try read(&self) : nil
    }

    mutating func flag() throws(WireError) -> Bool {
        switch try integer(UInt8.self) {
        case 0: false
        case 1: true
        default: throw WireError()
        }
    }

    mutating func list<Value>(_ read: (inout Self) throws(WireError) -> Value) throws(WireError) -> [Value] {
        let count = Int(try integer(UInt32.self))
        // Each has four bytes at least: no room is made for more than can be there.
        guard count <= (bytes.count - position) / Frame.headBytes else { throw WireError() }
        var values: [Value] = []
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    mutating func list() throws(WireError) -> [String] {
        try list { (reader) throws(WireError) in try reader.text() }
    }

    mutating func choice<Value: RawRepresentable>(_: Value.Type) throws(WireError) -> Value
    where Value.RawValue == UInt8 {
        guard let value = Value(rawValue: try integer(UInt8.self)) else { throw WireError() }
        return value
    }

    /// Nothing may follow.
    func end() throws(WireError) {
        guard position == bytes.count else { throw WireError() }
    }
}

/// From the pool to a worker.
enum Request: Sendable {
    /// Once, at the start.
    case begin(lane: Lane, settings: RuleSettings)
    /// A document of the next batch: the time of its audit, and what day that is here.
    case document(id: UInt32, time: Int64, today: Day?, AuditJob)
    /// The batch is complete.
    case work

    private enum Kind: UInt8 { case begin, document, work }

    /// Sorted, so that equal settings are equal bytes.
    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }

    /// The message in parts, so that a document of many megabytes is not copied.
    func encoded() -> [[UInt8]] {
        var writer = WireWriter()
        switch self {
        case .begin(let lane, let settings):
            writer.integer(Kind.begin.rawValue)
            writer.integer(lane.rawValue)
            // A value of strings and numbers always has a JSON form; a worker that got none would refuse the frame.
            writer.data((try? Self.encoder.encode(settings)).map(Array.init) ?? [])
        case .document(let id, let time, let today, let job):
            writer.integer(Kind.document.rawValue)
            writer.integer(id)
            writer.integer(time)
            writer.optional(today) { writer, day in
                for part in [day.year, day.month, day.day] { writer.integer(UInt16(clamping: part)) }
            }
            writer.integer(job.form.rendering.rawValue)
            writer.integer(UInt8(job.form.language == .zh ? 0 : 1))
            writer.data(job.path)
            writer.optional(job.sha256) { $0.text($1) }
            writer.integer(UInt32(clamping: job.whereabouts.paths.count))
            for path in job.whereabouts.paths { writer.data(path) }
            writer.optional(job.whereabouts.inboxPath) { $0.data($1) }
            return [writer.bytes, job.document]
        case .work:
            writer.integer(Kind.work.rawValue)
        }
        return [writer.bytes]
    }

    init(_ bytes: [UInt8]) throws(WireError) {
        var reader = WireReader(bytes)
        switch try reader.choice(Kind.self) {
        case .begin:
            let lane = try reader.choice(Lane.self)
            guard let settings = try? JSONDecoder().decode(RuleSettings.self, from: Data(try reader.data())) else {
                throw WireError()
            }
            self = .begin(lane: lane, settings: settings)
            try reader.end()
        case .document:
            let id = try reader.integer(UInt32.self)
            let time = try reader.integer(Int64.self)
            let today = try reader.optional { (reader) throws(WireError) in try reader.day() }
            let rendering = try reader.choice(AnswerForm.Rendering.self)
            let language: Language = try reader.integer(UInt8.self) == 0 ? .zh : .en
            let path = try reader.data()
            let sha256 = try reader.optional { (reader) throws(WireError) in try reader.digest() }
            let paths = try reader.list { (reader) throws(WireError) in try reader.data() }
            let inboxPath = try reader.optional { (reader) throws(WireError) in try reader.data() }
            let job = AuditJob(
                path: path,
                document: reader.rest(),
                sha256: sha256,
                form: AnswerForm(rendering, language),
                whereabouts: Circumstances(paths: paths, inboxPath: inboxPath)
            )
            self = .document(id: id, time: time, today: today, job)
        case .work:
            self = .work
            try reader.end()
        }
    }
}

extension WireReader {
    fileprivate mutating func day() throws(WireError) -> Day {
        var parts: [Int] = []
        for _ in 0..<3 { parts.append(Int(try integer(UInt16.self))) }
        guard let day = Day(year: parts[0], month: parts[1], day: parts[2]) else { throw WireError() }
        return day
    }

    mutating func rest() -> [UInt8] {
        defer { position = bytes.count }
        return Array(bytes[position...])
    }
}

/// From a worker to the pool.
enum Reply: Sendable {
    /// It has started.
    case ready
    /// The audit of a document.
    case answer(id: UInt32, AuditAnswer)
    /// The document belongs to another lane.
    case reroute(id: UInt32, Lane)

    private enum Kind: UInt8 { case ready, answer, reroute }

    func encoded() -> [[UInt8]] {
        var writer = WireWriter()
        switch self {
        case .ready:
            writer.integer(Kind.ready.rawValue)
        case .answer(let id, let answer):
            writer.integer(Kind.answer.rawValue)
            writer.integer(id)
            writer.text(answer.verdict.rawValue)
            writer.optional(answer.unreadable) { $0.text($1.rawValue) }
            writer.flag(answer.isComplete)
            writer.optional(answer.sha256) { $0.text($1) }
            writer.optional(answer.summary) { writer, summary in
                writer.text(summary.message)
                writer.text(summary.explanation)
                writer.optional(summary.agency) { $0.text($1) }
                writer.optional(summary.year) { $0.integer(Int32(clamping: $1)) }
                writer.integer(Int32(clamping: summary.errors))
                writer.integer(Int32(clamping: summary.warnings))
                writer.integer(Int32(clamping: summary.waived))
                writer.integer(Int32(clamping: summary.staleWaivers))
                writer.list(summary.failedRules)
            }
            writer.integer(UInt32(clamping: answer.waivers.count))
            for (index, state) in answer.waivers.sorted(by: { $0.key < $1.key }) {
                writer.integer(UInt32(clamping: index))
                writer.text(state.rawValue)
            }
            writer.optional(answer.keptShare) { writer, share in
                writer.data(share.head)
                writer.integer(UInt32(clamping: share.place.lowerBound))
                writer.integer(UInt32(clamping: share.place.upperBound))
                writer.data(share.replacement)
            }
            return [writer.bytes, answer.output]
        case .reroute(let id, let lane):
            writer.integer(Kind.reroute.rawValue)
            writer.integer(id)
            writer.integer(lane.rawValue)
        }
        return [writer.bytes]
    }

    init(_ bytes: [UInt8]) throws(WireError) {
        var reader = WireReader(bytes)
        switch try reader.choice(Kind.self) {
        case .ready:
            self = .ready
            try reader.end()
        case .answer:
            let id = try reader.integer(UInt32.self)
            guard let verdict = Verdict(rawValue: try reader.text()) else { throw WireError() }
            let unreadable = try reader.optional { (reader) throws(WireError) in try reader.code() }
            let isComplete = try reader.flag()
            let sha256 = try reader.optional { (reader) throws(WireError) in try reader.digest() }
            let summary = try reader.optional { (reader) throws(WireError) in try reader.summary() }
            let waivers = try reader.waivers()
            let keptShare = try reader.optional { (reader) throws(WireError) in try reader.keptShare() }
            let output = reader.rest()
            if let keptShare, keptShare.place.upperBound > output.count { throw WireError() }
            let answer = AuditAnswer(
                output: output,
                verdict: verdict,
                unreadable: unreadable,
                isComplete: isComplete,
                sha256: sha256,
                summary: summary,
                waivers: waivers,
                keptShare: keptShare
            )
            self = .answer(id: id, answer)
        case .reroute:
            self = .reroute(id: try reader.integer(UInt32.self), try reader.choice(Lane.self))
            try reader.end()
        }
    }
}

extension WireReader {
    mutating func code() throws(WireError) -> Unreadable.Code {
        guard let code = Unreadable.Code(rawValue: try text()) else { throw WireError() }
        return code
    }

    fileprivate mutating func keptShare() throws(WireError) -> KeptShare {
        let head = try data()
        let (lower, upper) = (Int(try integer(UInt32.self)), Int(try integer(UInt32.self)))
        guard lower <= upper else { throw WireError() }
        return KeptShare(head: head, place: lower..<upper, replacement: try data())
    }

    fileprivate mutating func digest() throws(WireError) -> String {
        let text = try text()
        let isDigest =
            text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isDigest else { throw WireError() }
        return text
    }

    fileprivate mutating func summary() throws(WireError) -> AuditSummary {
        let message = try text()
        let explanation = try text()
        return AuditSummary(
            message: message,
            explanation: explanation,
            agency: try optional { (reader) throws(WireError) in try reader.text() },
            year: try optional { (reader) throws(WireError) in Int(try reader.integer(Int32.self)) },
            errors: Int(try integer(Int32.self)),
            warnings: Int(try integer(Int32.self)),
            waived: Int(try integer(Int32.self)),
            staleWaivers: Int(try integer(Int32.self)),
            failedRules: try list()
        )
    }

    /// In ascending order of their indices, each once, as they are written.
    fileprivate mutating func waivers() throws(WireError) -> [Int: WaiverUse.State] {
        var states: [Int: WaiverUse.State] = [:]
        var last = -1
        let entries = try list { (reader) throws(WireError) in
            (Int(try reader.integer(UInt32.self)), try reader.text())
        }
        for (index, text) in entries {
            guard index > last, let state = WaiverUse.State(rawValue: text) else { throw WireError() }
            states[index] = state
            last = index
        }
        return states
    }
}
