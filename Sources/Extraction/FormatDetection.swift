import DocumentModel

/// Tells formats apart by their content; names and extensions are not trusted.
public enum FormatDetection {
    /// The extractor for `bytes`, or why there is none.
    public static func extractor(for bytes: [UInt8]) throws(Unreadable) -> any DocumentExtractor {
        guard !bytes.isEmpty else {
            throw Unreadable(
                .notAReport,
                "文件为空（0 字节）。请重新上传完整的报告。",
                "The file is empty (0 bytes). Upload the whole report."
            )
        }
        let known = signatures.first { bytes.starts(with: $0.magic) } ?? markup(bytes)
        if let signature = known {
            throw Unreadable(
                .unsupported,
                "这是\(signature.chinese)文件，本版本只读取纯文本（UTF-8、GB18030、UTF-16）报告。请另存为纯文本后重新上传。",
                "This is \(signature.english) file; this version reads plain text reports only (UTF-8, GB18030, UTF-16). "
                    + "Save the report as plain text and upload it again."
            )
        }
        return TextExtractor()
    }

    private typealias Signature = (magic: [UInt8], chinese: String, english: String)

    /// Web pages begin with a tag, in any case and after blanks or a byte order mark; saved ones (MHT) with mail headers.
    private static func markup(_ bytes: [UInt8]) -> Signature? {
        var start = bytes.prefix(4096)
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        let text = start.drop { $0 <= 0x20 }.prefix(24).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        let tags = [
            "<!doctype", "<html", "<head", "<body", "<meta", "<table", "<div", "<p>", "<p ", "<!--", "<?xml", "<span",
            "<title",
        ]
        if tags.contains(where: { text.starts(with: Array($0.utf8)) }) { return ([], "网页（HTML、XML）", "an HTML or XML") }
        let headers = ["mime-version:", "from: <saved by"]
        if headers.contains(where: { text.starts(with: Array($0.utf8)) }) { return ([], "网页归档（MHT）", "an MHT") }
        return nil
    }

    /// First bytes of formats that offices send and this version does not read: a clear answer beats a guess at text.
    private static let signatures: [Signature] = [
        ([0x50, 0x4B, 0x03, 0x04], " docx、xlsx、odt 或 zip ", "a docx, xlsx, odt or zip"),
        ([0x50, 0x4B, 0x05, 0x06], " zip ", "an empty zip"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], " doc、wps 或 xls ", "a doc, wps or xls"),
        (Array("%PDF-".utf8), " PDF ", "a PDF"),
        (Array("{\\rtf".utf8), " RTF ", "an RTF"),
        (Array("Rar!".utf8), " RAR ", "a RAR"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], " 7z ", "a 7z"),
        ([0x1F, 0x8B], " gzip ", "a gzip"),
        ([0x89, 0x50, 0x4E, 0x47], " PNG 图片", "a PNG image"),
        ([0xFF, 0xD8, 0xFF], " JPEG 图片", "a JPEG image"),
        (Array("GIF8".utf8), " GIF 图片", "a GIF image"),
        ([0x49, 0x49, 0x2A, 0x00], " TIFF 图片", "a TIFF image"),
        ([0x7F, 0x45, 0x4C, 0x46], "可执行", "an executable"),
    ]
}
