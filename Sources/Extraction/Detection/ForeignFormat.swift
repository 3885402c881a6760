/// Formats that offices send and that are not read here: a clear answer beats a guess at text.
struct ForeignFormat: Sendable {
    /// What it is, in Chinese, to stand before 文件.
    let chinese: String
    /// The same in English, with its article.
    let english: String
    /// What to do about it.
    let remedy: Remedy

    /// What the sender can do.
    enum Remedy: Sendable {
        /// Take the report out of it.
        case unpack
        /// Save it as something that is read.
        case save
        /// Look for the document that it was made of.
        case original
        /// Send the report instead.
        case other
    }

    private init(_ chinese: String, _ english: String, _ remedy: Remedy) {
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
    }

    /// The answer.
    var unsupported: Unreadable {
        let (chineseRemedy, englishRemedy) =
            switch remedy {
            case .unpack: ("请解压后上传其中的报告", "Unpack it and upload the report itself")
            case .save: ("请把报告另存为 docx 或 PDF 后重新上传", "Save the report as docx or PDF and upload it again")
            case .original:
                (
                    "图片中的文字不能可靠读取，请上传报告的原始文件（docx、doc、PDF、网页等）",
                    "Text in pictures cannot be read surely; upload the document that it was made of (docx, doc, PDF …)"
                )
            case .other: ("请上传报告本身（docx、doc、PDF、网页等）", "Upload the report itself (docx, doc, PDF, a web page …)")
            }
        return Unreadable(
            .unsupported,
            "这是\(chinese)文件，不是可以审核的文档。\(chineseRemedy)。",
            "This is \(english) file, no document that can be audited. \(englishRemedy)."
        )
    }

    // MARK: - Told by their parts

    static let spreadsheet = ForeignFormat("电子表格（xls、xlsx、et）", "a spreadsheet", .save)
    static let presentation = ForeignFormat("演示文稿（ppt、pptx、dps）", "a presentation", .save)
    static let otherOpenDocument = ForeignFormat(
        " OpenDocument 表格或图形（ods、odp、odg）",
        "an OpenDocument sheet or drawing",
        .save
    )
    static let ofd = ForeignFormat(" OFD 版式", "an OFD", .save)
    static let epub = ForeignFormat("电子书（EPUB）", "an EPUB", .save)
    static let zip = ForeignFormat(" zip 压缩", "a zip", .unpack)
    static let mail = ForeignFormat("电子邮件（eml、msg）", "a mail", .other)
    static let xml = ForeignFormat(" XML ", "an XML", .save)
    static let flatPackage = ForeignFormat(" Word XML（平面 OPC）", "a flat OPC Word XML", .save)
    static let uof = ForeignFormat("标文通（UOF）", "a UOF", .save)
    static let picture = ForeignFormat("图片", "a picture", .original)

    /// What a compound file is, by the names of its streams.
    static func compound(_ file: CompoundFile) -> ForeignFormat {
        let known: [(stream: String, format: ForeignFormat)] = [
            ("Workbook", spreadsheet), ("Book", spreadsheet), ("PowerPoint Document", presentation),
            ("PP40", presentation),
            ("__properties_version1.0", mail), ("__nameid_version1.0", mail),
            ("VisioDocument", ForeignFormat(" Visio 图形", "a Visio", .save)),
            ("Quill", ForeignFormat(" Publisher ", "a Publisher", .save)),
            ("BodyText", ForeignFormat("韩文 HWP ", "an HWP", .save)),
            ("Catalog", ForeignFormat("缩略图缓存（Thumbs.db）", "a thumbnail cache", .other)),
            ("SldPrint", ForeignFormat("演示文稿", "a presentation", .save)),
        ]
        return known.first { file.has($0.stream) }?.format
            ?? ForeignFormat("未知的复合文档（OLE）", "an unknown compound (OLE)", .save)
    }

    // MARK: - Told by their first bytes

    /// Bytes at fixed places.
    private struct Signature {
        let places: [(offset: Int, magic: [UInt8])]
        let format: ForeignFormat

        init(_ magic: [UInt8], at offset: Int = 0, and more: (Int, String)? = nil, _ format: ForeignFormat) {
            places = [(offset, magic)] + (more.map { [($0.0, Array($0.1.utf8))] } ?? [])
            self.format = format
        }

        init(_ magic: String, at offset: Int = 0, and more: (Int, String)? = nil, _ format: ForeignFormat) {
            self.init(Array(magic.utf8), at: offset, and: more, format)
        }

        func fits(_ bytes: [UInt8]) -> Bool {
            places.allSatisfy { bytes.count > $0.offset && bytes[$0.offset...].starts(with: $0.magic) }
        }
    }

    /// What is told by bytes at fixed places.
    static func known(_ bytes: [UInt8]) -> ForeignFormat? { signatures.first { $0.fits(bytes) }?.format }

    private static let signatures = archives + documents + pictures + others

    private static let archives = [
        Signature("PK\u{5}\u{6}", ForeignFormat("空的 zip 压缩", "an empty zip", .unpack)),
        Signature("PK\u{7}\u{8}", ForeignFormat("分卷 zip 压缩", "a spanned zip", .unpack)),
        Signature("Rar!\u{1A}\u{7}", ForeignFormat(" RAR 压缩", "a RAR", .unpack)),
        Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], ForeignFormat(" 7z 压缩", "a 7z", .unpack)),
        Signature([0x1F, 0x8B], ForeignFormat(" gzip 压缩", "a gzip", .unpack)),
        Signature("BZh", and: (4, "1AY&SY"), ForeignFormat(" bzip2 压缩", "a bzip2", .unpack)),
        Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], ForeignFormat(" xz 压缩", "an xz", .unpack)),
        Signature([0x28, 0xB5, 0x2F, 0xFD], ForeignFormat(" zstd 压缩", "a zstd", .unpack)),
        Signature("MSCF\0\0\0\0", ForeignFormat(" CAB 压缩", "a CAB", .unpack)),
        Signature("ustar", at: 257, ForeignFormat(" tar 归档", "a tar", .unpack)),
        Signature("CD001", at: 32_769, ForeignFormat("光盘映像（ISO）", "an ISO image", .unpack)),
    ]

    private static let documents = [
        Signature("Founder CEB", ForeignFormat("方正 CEB 版式", "a Founder CEB", .save)),
        Signature("FOUNDER CEB", ForeignFormat("方正 CEB 版式", "a Founder CEB", .save)),
        Signature("CAJ\0", ForeignFormat("知网 CAJ ", "a CAJ", .save)),
        Signature("CAJViewer", ForeignFormat("知网 CAJ ", "a CAJ", .save)),
        Signature("KDH ", ForeignFormat("知网 KDH ", "a KDH", .save)),
        Signature("%!PS", ForeignFormat(" PostScript ", "a PostScript", .save)),
        Signature("bplist00", ForeignFormat("属性列表或 Safari 网页归档", "a property list or Safari web archive", .save)),
        Signature("BOOKMOBI", at: 60, ForeignFormat("电子书（MOBI）", "a MOBI", .save)),
        Signature("ITSF", ForeignFormat(" CHM 帮助", "a CHM", .save)),
        Signature([0xFF, 0x57, 0x50, 0x43], ForeignFormat(" WordPerfect ", "a WordPerfect", .save)),
        Signature([0x31, 0xBE, 0x00, 0x00], ForeignFormat("写字板 WRI ", "a Write", .save)),
        Signature("AC10", ForeignFormat(" AutoCAD 图形", "an AutoCAD", .save)),
    ]

    private static let pictures = [
        Signature([0x89, 0x50, 0x4E, 0x47], ForeignFormat(" PNG 图片", "a PNG image", .original)),
        Signature([0xFF, 0xD8, 0xFF], ForeignFormat(" JPEG 图片", "a JPEG image", .original)),
        Signature("GIF87a", ForeignFormat(" GIF 图片", "a GIF image", .original)),
        Signature("GIF89a", ForeignFormat(" GIF 图片", "a GIF image", .original)),
        Signature([0x49, 0x49, 0x2A, 0x00], ForeignFormat(" TIFF 图片", "a TIFF image", .original)),
        Signature([0x4D, 0x4D, 0x00, 0x2A], ForeignFormat(" TIFF 图片", "a TIFF image", .original)),
        // The four bytes after the size are reserved and 0.
        Signature("BM", and: (6, "\0\0\0\0"), ForeignFormat(" BMP 图片", "a BMP image", .original)),
        Signature("RIFF", and: (8, "WEBP"), ForeignFormat(" WebP 图片", "a WebP image", .original)),
        Signature("ftyphei", at: 4, ForeignFormat(" HEIC 图片", "a HEIC image", .original)),
        Signature("ftyphev", at: 4, ForeignFormat(" HEIC 图片", "a HEIC image", .original)),
        Signature("ftypmif1", at: 4, ForeignFormat(" HEIF 图片", "a HEIF image", .original)),
        Signature("ftypavif", at: 4, ForeignFormat(" AVIF 图片", "an AVIF image", .original)),
        Signature("8BPS\0", ForeignFormat(" Photoshop 图片", "a Photoshop image", .original)),
        Signature([0x00, 0x00, 0x01, 0x00], ForeignFormat("图标", "an icon", .original)),
        Signature([0xD7, 0xCD, 0xC6, 0x9A], ForeignFormat(" WMF 图片", "a WMF image", .original)),
        Signature(" EMF", at: 40, ForeignFormat(" EMF 图片", "an EMF image", .original)),
        Signature("AT&TFORM", ForeignFormat(" DjVu 扫描", "a DjVu", .original)),
    ]

    private static let others = [
        Signature("ftyp", at: 4, ForeignFormat("视频或音频（mp4）", "a video or audio (mp4)", .other)),
        Signature("RIFF", and: (8, "WAVE"), ForeignFormat("音频（wav）", "a sound (wav)", .other)),
        Signature("RIFF", and: (8, "AVI "), ForeignFormat("视频（avi）", "a video (avi)", .other)),
        Signature("ID3", ForeignFormat("音频（mp3）", "a sound (mp3)", .other)),
        Signature([0xFF, 0xFB], ForeignFormat("音频（mp3）", "a sound (mp3)", .other)),
        Signature([0xFF, 0xF3], ForeignFormat("音频（mp3）", "a sound (mp3)", .other)),
        Signature("OggS\0", ForeignFormat("音频（ogg）", "a sound (ogg)", .other)),
        Signature("fLaC\0", ForeignFormat("音频（flac）", "a sound (flac)", .other)),
        Signature("#!AMR", ForeignFormat("音频（amr）", "a sound (amr)", .other)),
        Signature([0x1A, 0x45, 0xDF, 0xA3], ForeignFormat("视频（mkv、webm）", "a video (mkv, webm)", .other)),
        Signature("FLV\u{1}", ForeignFormat("视频（flv）", "a video (flv)", .other)),
        Signature(
            [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66],
            ForeignFormat("视频或音频（wmv、wma）", "a video or sound (wmv)", .other)
        ),
        Signature([0x7F, 0x45, 0x4C, 0x46], ForeignFormat("可执行（ELF）", "an executable (ELF)", .other)),
        // The overlay number of a DOS header; a text could begin with the two letters.
        Signature("MZ", and: (26, "\0\0"), ForeignFormat("可执行（exe）", "an executable (exe)", .other)),
        Signature([0xCF, 0xFA, 0xED, 0xFE], ForeignFormat("可执行（Mach-O）", "an executable (Mach-O)", .other)),
        Signature([0xCA, 0xFE, 0xBA, 0xBE], ForeignFormat("可执行（class）", "an executable (class)", .other)),
        Signature("SQLite format 3\0", ForeignFormat("数据库（SQLite）", "a database (SQLite)", .other)),
        Signature(
            [0x00, 0x01, 0x00, 0x00],
            and: (4, "Standard "),
            ForeignFormat("数据库（Access）", "a database (Access)", .other)
        ),
        Signature(
            [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
            ForeignFormat("快捷方式（lnk）", "a shortcut (lnk)", .other)
        ),
        Signature("[InternetShortcut]", ForeignFormat("网址快捷方式（url）", "a web shortcut (url)", .other)),
    ]
}
