import DocumentModel

/// Looks at XML before an office program gets it. That has no limits of its own: it works for minutes on a hundred thousand
/// nested elements, and reads a document type with all its entities.
enum XMLScreening {
    /// Throws `too-large`, `unsupported` or `corrupt` where the XML of a document exceeds ``XMLLimits`` or ``ZipLimits``, has
    /// a document type, or is not well formed. Formats without XML pass.
    static func check(_ bytes: [UInt8], _ format: DocumentFormat) throws(Unreadable) {
        switch format {
        case .odt where bytes.starts(with: Array("PK".utf8)):
            try ZipArchive.read(bytes) { archive throws(Unreadable) in
                // OpenDocument 1.3 part 2, 3.1.3.
                for name in ["content.xml", "styles.xml"] {
                    if let part = try archive.part(name) { try check(part, named: name) }
                }
            }
        case .odt, .wordxml:
            try check(bytes, named: "XML")
        case .text, .docx, .html, .mht, .pdf, .doc, .wps, .rtf:
            break
        }
    }

    private static func check(_ part: [UInt8], named name: String) throws(Unreadable) {
        try XMLStream.parse(part, named: name, into: Nobody())
    }

    /// Only the limits matter.
    private final class Nobody: XMLHandler {
        func start(_ element: XMLElement) {}
    }
}
