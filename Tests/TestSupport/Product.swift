// The built program, run from outside, and what its JSON says.

import FoundationEssentials
import LinuxIO
import SystemPackage

extension TestPaths {
    /// The program `nianbao`, built beside the tests.
    public static var nianbao: String {
        get throws {
            try FilePath("/proc/self/exe").resolved().removingLastComponent().appending("nianbao").string
        }
    }
}

/// As much of an audit's JSON as tests ask for.
public struct AuditRecord: Decodable, Sendable {
    /// The file.
    public struct Source: Decodable, Sendable {
        /// See the schema.
        public let path, name: String
        /// See the schema.
        public let pathBytes, sha256, format, encoding: String?
        /// See the schema.
        public let bytes: Int?
    }
    /// Why there is no audit.
    public struct Unreadable: Decodable, Sendable {
        /// See the schema.
        public let code, message: String
    }
    /// A finding.
    public struct Finding: Decodable, Sendable {
        /// See the schema.
        public let rule, severity, message, hint: String
        /// See the schema.
        public let waived: Waived?
    }
    /// Why a finding is let pass.
    public struct Waived: Decodable, Sendable {
        /// See the schema.
        public let reason, by, until: String
    }
    /// A waiver for this file.
    public struct Waiver: Decodable, Sendable {
        /// See the schema.
        public let rule, state: String
    }

    /// What was read.
    public struct Report: Decodable, Sendable {
        /// See the schema.
        public let agency: String?
        /// See the schema.
        public let year: Int?
    }
    /// Numbers of findings.
    public struct Counts: Decodable, Sendable {
        /// See the schema.
        public let error, warning, info: Int
    }

    /// See the schema.
    public let source: Source
    /// See the schema.
    public let durationMs: Double
    /// See the schema.
    public let verdict: String
    /// See the schema.
    public let unreadable: Unreadable?
    /// See the schema.
    public let report: Report?
    /// See the schema.
    public let counts: Counts
    /// See the schema.
    public let findings: [Finding]
    /// See the schema.
    public let waivers: [Waiver]

    /// The verdict, or why there is none.
    public var outcome: String { unreadable?.code ?? verdict }

    /// Reads one audit.
    public init(json: some StringProtocol) throws {
        self = try JSONDecoder().decode(AuditRecord.self, from: Data(json.utf8))
    }

    /// Reads the array of `--format json`.
    public static func array(json: String) throws -> [AuditRecord] {
        try JSONDecoder().decode([AuditRecord].self, from: Data(json.utf8))
    }

    /// Reads the lines of `--format ndjson`.
    public static func lines(json: String) throws -> [AuditRecord] {
        try json.split(separator: "\n").map { try AuditRecord(json: $0) }
    }
}
