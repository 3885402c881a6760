import CZip

/// A zip in memory, read by libzip. Parts are expanded one by one when they are asked for, and what the directory says
/// about their size is not believed.
///
/// Names are compared as OPC compares part names (ECMA-376-2 clause 6.3.5): ASCII letters in any case; backslashes of
/// old .NET writers count as slashes.
final class ZipArchive {
    private let archive: OpaquePointer
    private let indices: [String: UInt64]
    /// Names that stand twice: which part is meant is anyone's guess, so none is read.
    private let ambiguous: Set<String>
    private var expanded = 0

    /// The names of all entries, as compared, in the order of the directory.
    let names: [String]
    /// Whether an entry needs a password.
    let isEncrypted: Bool

    /// Opens the zip in `bytes` for the time of `body`. Throws `corrupt` where it has no directory, `too-large` where it
    /// has too many entries, and what `body` throws.
    static func read<Result>(
        _ bytes: [UInt8],
        _ body: (ZipArchive) throws(Unreadable) -> Result
    ) throws(Unreadable) -> Result {
        try bytes.withUnsafeBufferPointer { buffer throws(Unreadable) in
            let archive = try ZipArchive(buffer)
            defer { withExtendedLifetime(archive) {} }
            return try body(archive)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Unreadable) {
        let end = try ZipDirectoryEnd(of: bytes)
        let zip = UnsafeBufferPointer(rebasing: bytes[end.junkBefore...])
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(zip.baseAddress, UInt64(zip.count), 0, &error) else {
            throw Self.unreadable(zip_error_code_zip(&error), part: nil, at: nil)
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw Self.unreadable(zip_error_code_zip(&error), part: nil, at: nil)
        }
        self.archive = archive

        var names: [String] = []
        var indices: [String: UInt64] = [:]
        var ambiguous: Set<String> = []
        var isEncrypted = false
        for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
            var stat = zip_stat_t()
            if zip_stat_index(archive, index, 0, &stat) == 0 {
                let method = stat.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) == 0 ? 0 : stat.encryption_method
                isEncrypted = isEncrypted || method != ZIP_EM_NONE
            }
            guard let raw = zip_get_name(archive, index, zip_flags_t(ZIP_FL_ENC_RAW)) else { continue }
            let name = Self.comparable(String(cString: raw))
            names.append(name)
            if indices.updateValue(index, forKey: name) != nil { ambiguous.insert(name) }
        }
        self.names = names
        self.indices = indices
        self.ambiguous = ambiguous
        self.isEncrypted = isEncrypted
    }

    deinit { zip_discard(archive) }

    /// `name` as names are compared.
    static func comparable(_ name: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count)
        for byte in name.utf8 {
            switch byte {
            case 0x41...0x5A: bytes.append(byte | 0x20)
            case 0x5C: bytes.append(0x2F)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes.drop { $0 == 0x2F }, as: UTF8.self)
    }

    /// Whether there is an entry of that name.
    func has(_ name: String) -> Bool { indices[Self.comparable(name)] != nil }

    /// The expanded bytes of the entry `name`, at most `limit`; nil where there is none. Throws `encrypted`, `too-large`
    /// or `corrupt`; a checksum that differs is `corrupt`.
    func part(_ name: String, limit: Int = ZipLimits.partBytes) throws(Unreadable) -> [UInt8]? {
        let name = Self.comparable(name)
        guard let index = indices[name] else { return nil }
        guard !ambiguous.contains(name) else {
            throw Unreadable(
                .corrupt,
                "文件结构异常：部件 \(name) 出现了两次。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                "The file is malformed: the part \(name) is there twice. Open it in Word or WPS, save it as docx and "
                    + "upload it again."
            )
        }
        var stat = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &stat) == 0 else { throw lastError(part: name, at: nil) }
        guard stat.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) == 0 || stat.encryption_method == ZIP_EM_NONE else {
            throw OfficePackage.encrypted
        }
        let stated = stat.valid & UInt64(ZIP_STAT_SIZE) == 0 ? 0 : Int(clamping: stat.size)
        let compressed = stat.valid & UInt64(ZIP_STAT_COMP_SIZE) == 0 ? 0 : Int(clamping: stat.comp_size)
        guard stated <= limit else { throw tooLarge(name, limit) }
        guard let file = zip_fopen_index(archive, index, 0) else { throw lastError(part: name, at: nil) }
        defer { zip_fclose(file) }

        // One byte more than stated, so that the first call sees the end of an honest part.
        var bytes = try read(file, min(stated, Self.trusted) + 1, name, at: 0)
        while true {
            try check(bytes.count, limit, compressed, name)
            // Only the call that reads nothing has compared the checksum.
            let more = try read(file, Self.chunk, name, at: bytes.count)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    private static let chunk = 64 * 1024
    /// The stated size up to which memory is reserved at once.
    private static let trusted = 1024 * 1024

    private func read(
        _ file: OpaquePointer,
        _ count: Int,
        _ part: String,
        at offset: Int
    ) throws(Unreadable) -> [UInt8] {
        var hasFailed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let read = zip_fread(file, buffer.baseAddress, UInt64(count))
            hasFailed = read < 0
            initialized = max(0, Int(read))
        }
        guard !hasFailed else {
            throw Self.unreadable(zip_error_code_zip(zip_file_get_error(file)), part: part, at: offset)
        }
        expanded += bytes.count
        return bytes
    }

    /// Stops a part that grows beyond what a report needs, whatever its headers say.
    private func check(_ count: Int, _ limit: Int, _ compressed: Int, _ name: String) throws(Unreadable) {
        guard count <= limit, expanded <= ZipLimits.totalBytes,
            count <= ZipLimits.ratioMatters || count / ZipLimits.ratio <= compressed
        else { throw tooLarge(name, limit) }
    }

    // MARK: - Errors

    private func lastError(part: String?, at offset: Int?) -> Unreadable {
        Self.unreadable(zip_error_code_zip(zip_get_error(archive)), part: part, at: offset)
    }

    private func tooLarge(_ name: String, _ limit: Int) -> Unreadable {
        Unreadable(
            .tooLarge,
            "部件 \(name) 解压后超过上限（单个 \(limit) 字节、合计 \(ZipLimits.totalBytes) 字节、压缩比 \(ZipLimits.ratio) 倍），"
                + "不会是一份年度报告。",
            "The part \(name) expands beyond the limits (\(limit) bytes each, \(ZipLimits.totalBytes) in total, "
                + "\(ZipLimits.ratio) times its size); no annual report does."
        )
    }

    private static func unreadable(_ code: Int32, part: String?, at offset: Int?) -> Unreadable {
        let partChinese = part.map { "部件 \($0)" } ?? "压缩包目录"
        let partEnglish = part.map { "the part \($0)" } ?? "the directory of the zip"
        let placeChinese = offset.map { "，解压至偏移 \($0) 处" } ?? ""
        let placeEnglish = offset.map { " near offset \($0) of its expanded bytes" } ?? ""
        switch code {
        case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD, ZIP_ER_ENCRNOTSUPP: return OfficePackage.encrypted
        case ZIP_ER_COMPNOTSUPP:
            return Unreadable(
                .unsupported,
                "\(partChinese)使用了不支持的压缩方法。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                "An unsupported compression method is used for \(partEnglish). Open the file in Word or WPS, save it as "
                    + "docx and upload it again."
            )
        case ZIP_ER_MEMORY:
            return Unreadable(
                .tooLarge,
                "读取\(partChinese)所需内存超过限制。请精简文件后重新上传。",
                "Reading \(partEnglish) takes more memory than allowed. Make the file smaller and upload it again."
            )
        default:
            var error = zip_error_t()
            zip_error_init_with_code(&error, code)
            defer { zip_error_fini(&error) }
            let reason = zip_error_strerror(&error).map { String(cString: $0) } ?? "error \(code)"
            return Unreadable(
                .corrupt,
                "文件已损坏：\(partChinese)\(placeChinese)无法解压（\(reason)）。请重新上传完整的文件。",
                "The file is damaged: \(partEnglish) cannot be expanded\(placeEnglish) (\(reason)). Upload the whole file again."
            )
        }
    }
}
