// What is said over the control socket: one line of JSON each way.

import FoundationEssentials
import Ledger

/// What is asked of a running service.
public enum ControlRequest: String, Codable, Sendable {
    /// How it is doing. Whoever may connect may ask that.
    case status
    /// To read its configuration again. Only root and the service's own user.
    case reload
}

/// What it says.
public struct ControlAnswer: Codable, Sendable {
    /// How it went.
    public enum Outcome: String, Codable, Sendable {
        /// What was asked for is done.
        case done
        /// The new configuration has these ``ControlAnswer/problems``.
        case refused
        /// Not for this user.
        case forbidden
        /// It is none of ``ControlRequest``.
        case unknown
        /// The service had no time for it.
        case late
    }

    /// How it went.
    public var outcome: Outcome
    /// The state folder of the service, by which one knows which it is.
    public var state: String
    /// The language of the service, `zh` or `en`.
    public var language: String?
    /// How it is doing; nil while it starts.
    public var service: ServiceRecord?
    /// What is wrong with the new configuration.
    public var problems: [String] = []
    /// How many inboxes are watched under the new configuration.
    public var inboxes: Int?
}

/// Lines of JSON.
enum ControlLine {
    private struct Request: Codable {
        var request: ControlRequest
    }

    static let newline = UInt8(ascii: "\n")

    static func encode(_ request: ControlRequest) -> [UInt8] { line(Request(request: request)) }

    static func encode(_ answer: ControlAnswer) -> [UInt8] { line(answer) }

    static func request(_ line: some Collection<UInt8>) -> ControlRequest? {
        (try? JSONDecoder().decode(Request.self, from: Data(line)))?.request
    }

    static func answer(_ line: some Collection<UInt8>) -> ControlAnswer? {
        try? JSONDecoder().decode(ControlAnswer.self, from: Data(line))
    }

    private static func line(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Strings and integers only: nothing in it can fail.
        return Array((try? encoder.encode(value)) ?? Data("{}".utf8)) + [newline]
    }
}
