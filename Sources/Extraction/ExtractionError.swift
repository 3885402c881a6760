import DocumentModel

/// Why a file could not be read as a document: the code stands in `unreadable.code` of the audit (contract.md), the
/// message says what was found and what to do.
public struct Unreadable: Error, Sendable, Hashable {
    /// The closed list of reasons.
    public enum Code: String, Sendable, CaseIterable {
        /// No file of that name.
        case notFound = "not-found"
        /// The file may not be opened.
        case permissionDenied = "permission-denied"
        /// A folder, link, FIFO, socket or device.
        case notAFile = "not-a-file"
        /// The file changed while it was read.
        case changed
        /// The system reported an error while reading.
        case ioError = "io-error"
        /// The file exceeds a limit.
        case tooLarge = "too-large"
        /// A format that is not read, or text with NUL bytes.
        case unsupported
        /// The file needs a password.
        case encrypted
        /// The content breaks the rules of its own format or encoding; the message names the offset.
        case corrupt
        /// A scan: pictures without a text layer.
        case noText = "no-text"
        /// Readable, but no 政府信息公开工作年度报告 (also an empty file).
        case notAReport = "not-a-report"
        /// The program that converts this format is not installed.
        case converterMissing = "converter-missing"
        /// Reading took longer than allowed.
        case timeout
        /// Reading ended the reader.
        case crashed
    }

    /// Which of the reasons.
    public var code: Code
    /// What was found and how to mend it, in Chinese.
    public var chinese: String
    /// The same in English.
    public var english: String

    /// A reason with its explanation in both languages.
    public init(_ code: Code, _ chinese: String, _ english: String) {
        self.code = code
        self.chinese = chinese
        self.english = english
    }
}

/// Reads one family of formats into a ``Document``.
public protocol DocumentExtractor: Sendable {
    /// Reads `bytes`; throws ``Unreadable`` when they cannot be read surely.
    func extract(_ bytes: [UInt8]) throws(Unreadable) -> Document
}
