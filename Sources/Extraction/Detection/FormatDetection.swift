import DocumentModel

/// Tells formats apart by their content; names and extensions are not trusted.
public enum FormatDetection {
    /// The format of `bytes`.
    ///
    /// Throws `not-a-report` for an empty file, `unsupported` for what is recognised and not read, `encrypted` for what
    /// needs a password, `corrupt` for a container whose directory cannot be read, `too-large` for one with too many parts.
    /// What is recognised as nothing else is taken for text: the reader of text says whether it is.
    public static func detect(_ bytes: [UInt8]) throws(Unreadable) -> DocumentFormat {
        guard !bytes.isEmpty else {
            throw Unreadable(
                .notAReport,
                "文件为空（0 字节）。请重新上传完整的报告。",
                "The file is empty (0 bytes). Upload the whole report."
            )
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try package(bytes) }
        if bytes.starts(with: CompoundFile.signature) { return try compound(bytes) }
        if isPDF(bytes) { return .pdf }
        if let foreign = ForeignFormat.known(bytes) { throw foreign.unsupported }
        let beginning = TextBeginning(bytes)
        if beginning.starts(with: "{\\rtf") { return .rtf }
        return try MarkupRecognition.format(beginning) ?? .text
    }

    /// ISO 32000-1 annex H 3.4.1: readers accept the header anywhere in the first 1024 bytes. At the beginning of a line,
    /// so that a page which speaks of it is none.
    private static func isPDF(_ bytes: [UInt8]) -> Bool {
        let header = Array("%PDF-".utf8)
        if bytes.starts(with: header) { return true }
        var start = 1
        while let place = bytes.span.firstIndex(of: header[0], from: start), place <= 1024 {
            if [0x0A, 0x0D, 0x00, 0xBF].contains(bytes[place - 1]), bytes[place...].starts(with: header) {
                return true
            }
            start = place + 1
        }
        return false
    }

    private static func package(_ bytes: [UInt8]) throws(Unreadable) -> DocumentFormat {
        switch try OfficePackage.kind(of: bytes) {
        case .wordprocessing: return .docx
        case .openDocumentText: return .odt
        case .spreadsheet: throw ForeignFormat.spreadsheet.unsupported
        case .presentation: throw ForeignFormat.presentation.unsupported
        case .openDocumentOther: throw ForeignFormat.otherOpenDocument.unsupported
        case .ofd: throw ForeignFormat.ofd.unsupported
        case .epub: throw ForeignFormat.epub.unsupported
        case .zip: throw ForeignFormat.zip.unsupported
        }
    }

    /// The names of streams tell which program a compound file is of.
    private static func compound(_ bytes: [UInt8]) throws(Unreadable) -> DocumentFormat {
        guard let file = CompoundFile(bytes) else { throw brokenCompound }
        // [MS-OFFCRYPTO] 2.3: a docx with a password is a package within a compound file; so is one with restricted rights.
        if file.has("EncryptedPackage") || file.has("EncryptionInfo") { throw encrypted }
        if file.has("WordDocument") {
            guard let word = WordBinary(in: file) else { throw brokenCompound }
            if word.isEncrypted { throw encrypted }
            return .doc
        }
        // Works 4 and later keep text in one of these; other programs have a stream CONTENTS, too.
        if file.has("MatOST") || file.beginning(of: "CONTENTS", count: 4) == Array("CHNK".utf8) { return .wps }
        throw ForeignFormat.compound(file).unsupported
    }

    private static let encrypted = Unreadable(
        .encrypted,
        "文件设有密码或使用权限，无法读取。请在 Word 或 WPS 中取消密码（文件－信息－保护文档）后重新上传。",
        "The file is protected by a password or by usage rights. Remove them in Word or WPS and upload it again."
    )

    private static let brokenCompound = Unreadable(
        .corrupt,
        "doc、wps 文件已损坏或不完整：读不出其中的目录。请用 Word 或 WPS 打开后另存为 docx，再重新上传。",
        "The doc or wps file is damaged or incomplete: its directory cannot be read. "
            + "Open it in Word or WPS, save it as docx and upload it again."
    )
}

/// The beginning of a file as far as ASCII goes, for looking at tags and headers: in lower case, without byte order mark and
/// blanks at its beginning. UTF-16 is read, also without a mark where it begins with a tag; other bytes stand for themselves.
struct TextBeginning {
    /// How much is looked at: scripts and style sheets often fill the beginning of a page.
    static let length = 64 * 1024

    /// The bytes, of UTF-16 those of its ASCII.
    let bytes: ArraySlice<UInt8>
    /// Whether `<` stands anywhere: without one there is no markup, and ``text`` need not be made.
    let hasTags: Bool

    init(_ bytes: [UInt8]) {
        let littleEndian: [[UInt8]] = [[0xFF, 0xFE], [0x3C, 0x00]]
        let bigEndian: [[UInt8]] = [[0xFE, 0xFF], [0x00, 0x3C]]
        let start = Array(bytes.prefix(2))
        let content: ArraySlice<UInt8>
        if littleEndian.contains(start) || bigEndian.contains(start) {
            let low = littleEndian.contains(start) ? 0 : 1
            let mark = start.contains(0x3C) ? 0 : 2
            // A unit that is no ASCII need only stay none.
            let units = stride(from: mark, to: min(bytes.count, Self.length) - 1, by: 2).map { place in
                bytes[place + 1 - low] == 0 ? bytes[place + low] : 0xFF
            }
            content = units[...]
        } else {
            let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            content = bytes.prefix(Self.length).dropFirst(mark)
        }
        let text = content.drop { $0 <= 0x20 }
        self.bytes = text
        hasTags = text.span.contains(0x3C)
    }

    /// ASCII in lower case; every other byte or unit is U+001A (substitute).
    var text: String { Self.text(bytes) }

    /// Whether it begins with `text`, which is ASCII in lower case.
    func starts(with text: String) -> Bool { Self.text(bytes.prefix(text.utf8.count)) == text }

    /// `bytes` as ``text`` has them.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        // Without a branch in the loop, so that the processor takes many bytes at a time.
        String(unsafeUninitializedCapacity: bytes.count) { target in
            bytes.withUnsafeBufferPointer { bytes in
                for (index, byte) in bytes.enumerated() {
                    let lowerCased = byte &- 0x41 < 26 ? byte | 0x20 : byte
                    target[index] = byte < 0x80 ? lowerCased : 0x1A
                }
            }
            return bytes.count
        }
    }
}
