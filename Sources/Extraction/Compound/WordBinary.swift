/// What the beginning of a binary Word document says about it ([MS-DOC] 2.5.1, FibBase).
public struct WordBinary {
    /// Whether a password is needed (bits fEncrypted and, for the older method, fObfuscated).
    public let isEncrypted: Bool
    /// Whether it is of Word 6 or Word 95, which have another form than Word 97 and later.
    public let isBeforeWord97: Bool

    /// Reads a compound file with a document of Word; nil where there is none, or its beginning is no FIB.
    public init?(_ bytes: [UInt8]) {
        guard let file = CompoundFile(bytes) else { return nil }
        self.init(in: file)
    }

    init?(in file: CompoundFile) {
        guard let base = file.beginning(of: "WordDocument", count: 32), base.count >= 12 else { return nil }
        // Word 97 and later; Word 6 and 95; their Japanese editions (LibreOffice sw/source/filter/ww8/ww8scan.cxx).
        guard [0xA5EC, 0xA5DC, 0xA699, 0xA697].contains(base.number16(0)) else { return nil }
        isBeforeWord97 = base.number16(2) < 193
        isEncrypted = base.number16(10) & 0x0100 != 0
    }
}
