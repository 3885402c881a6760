import CXML2

/// Tells apart what office programs put into a zip, by the zip's content and never by the file's name.
enum OfficePackage {
    /// What a zip holds.
    enum Kind: Hashable {
        /// Office Open XML text: docx, docm, dotx, dotm.
        case wordprocessing
        /// Office Open XML workbook.
        case spreadsheet
        /// Office Open XML slides.
        case presentation
        /// OpenDocument text: odt, ott.
        case openDocumentText
        /// Another OpenDocument file: ods, odp …
        case openDocumentOther
        /// 版式文档 (GB/T 33190).
        case ofd
        /// An electronic book.
        case epub
        /// Any other zip.
        case zip
    }

    /// What the zip in `bytes` holds. Throws `encrypted` where a password is needed, `corrupt` where its directory cannot
    /// be read, `too-large` where it has too many entries.
    static func kind(of bytes: [UInt8]) throws(Unreadable) -> Kind {
        try ZipArchive.read(bytes) { archive throws(Unreadable) in
            guard !archive.isEncrypted else { throw encrypted }
            if let type = try mediaType(archive) { return type }
            if archive.has(contentTypes), let kind = try contentKind(archive) { return kind }
            // Without its list of types a package is told by its parts.
            if archive.names.contains("ofd.xml") { return .ofd }
            if archive.has("word/document.xml") { return .wordprocessing }
            if archive.has("xl/workbook.xml") { return .spreadsheet }
            if archive.has("ppt/presentation.xml") { return .presentation }
            return .zip
        }
    }

    /// The part that lists the types of all parts (ECMA-376-2 clause 7.3).
    static let contentTypes = "[Content_Types].xml"

    static let encrypted = Unreadable(
        .encrypted,
        "文件设有密码，无法读取。请取消密码后重新上传。",
        "The file is protected by a password. Remove the password and upload it again."
    )

    /// Most bytes of a part that says what a package is; real ones have at most a few thousand.
    private static let smallPart = 1024 * 1024

    /// What `mimetype` (OpenDocument 1.3 part 2 clause 3.3, EPUB OCF) or else the manifest says.
    private static func mediaType(_ archive: ZipArchive) throws(Unreadable) -> Kind? {
        let manifest = try archive.part("META-INF/manifest.xml", limit: smallPart)
        guard let type = try archive.part("mimetype", limit: smallPart) ?? manifest else { return nil }
        let text = String(decoding: type, as: UTF8.self)
        if text.hasPrefix("application/epub+zip") { return .epub }
        guard text.contains(openDocument) else { return nil }
        // Not the zip's own encryption: each part is encrypted, and the manifest says how.
        if let manifest, String(decoding: manifest, as: UTF8.self).contains("encryption-data") { throw encrypted }
        return text.contains(openDocument + "text") ? .openDocumentText : .openDocumentOther
    }

    private static let openDocument = "application/vnd.oasis.opendocument."

    private static func contentKind(_ archive: ZipArchive) throws(Unreadable) -> Kind? {
        guard let part = try archive.part(contentTypes, limit: smallPart) else { return nil }
        let reader = ContentTypes()
        try XMLStream.parse(part, named: contentTypes, into: reader)
        // Of a docx with an embedded workbook only the main part counts; embedded packages have types of their own.
        for (_, type) in reader.types where type.hasSuffix("main+xml") || type.hasSuffix(".main") {
            if type.contains("wordprocessingml") || type.contains("ms-word") { return .wordprocessing }
            if type.contains("spreadsheetml") || type.contains("ms-excel") { return .spreadsheet }
            if type.contains("presentationml") || type.contains("ms-powerpoint") { return .presentation }
        }
        return nil
    }
}

/// The types that `[Content_Types].xml` gives.
final class ContentTypes: XMLHandler {
    /// Part name or extension, and type.
    private(set) var types: [(name: String, type: String)] = []

    var wantsUnknownElements: Bool { true }

    func start(_ element: XMLElement) {
        guard element.isNamed("Override") || element.isNamed("Default"), let type = element["ContentType"] else {
            return
        }
        types.append((element["PartName"] ?? "", type))
    }
}
