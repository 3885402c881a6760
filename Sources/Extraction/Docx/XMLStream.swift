import CXML2
import Glibc

/// Limits of one XML part.
enum XMLLimits {
    /// Most elements within elements: 32 nested tables with their rows, cells and content controls stay below; libxml2
    /// itself stops at 256.
    static let depth = 200
    /// Most elements: the main part of a report has some 20,000, one that formats every character alone 300,000.
    static let elements = 2_000_000
    /// Most attributes of an element (equals signs between two `<`): the root of a docx has some 50. libxml2 compares each
    /// with each.
    static let attributes = 1000
    /// Most namespaces declared at one place: the root of a docx declares some 40, a picture 3. libxml2 searches them one
    /// by one.
    static let namespaces = 500
}

/// What a reader of XML wants to be told.
protocol XMLHandler: AnyObject {
    /// Whether it is also told of elements that ``WordElement`` does not name. In a docx these are three of four.
    var wantsUnknownElements: Bool { get }
    /// An element begins.
    func start(_ element: XMLElement) throws(Unreadable)
    /// The element that began last, of those told, and has not ended ends.
    func end() throws(Unreadable)
    /// Text in UTF-8; one text may come in pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension XMLHandler {
    var wantsUnknownElements: Bool { false }
    func end() {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// An element with its attributes, valid only while its handler is told of it.
struct XMLElement {
    /// Which element of WordprocessingML and its relatives it is.
    let name: WordElement
    fileprivate let localName: UnsafePointer<xmlChar>
    /// Five pointers each: local name, prefix, namespace, begin and end of the value.
    fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    fileprivate let attributeCount: Int

    /// Whether the local name is `name`.
    func isNamed(_ name: StaticString) -> Bool { Self.equal(localName, name) }

    /// The value of the attribute with the local name `name`, in any namespace: no element has `w:x` and `r:x` at once.
    func value(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        for index in 0..<attributeCount {
            guard let local = attributes[5 * index], Self.equal(local, name),
                let start = attributes[5 * index + 3], let end = attributes[5 * index + 4]
            else { continue }
            return UnsafeBufferPointer(start: start, count: end - start)
        }
        return nil
    }

    /// The same as text.
    subscript(_ name: StaticString) -> String? { value(name).map { String(decoding: $0, as: UTF8.self) } }

    /// The number in the attribute `name`; nil where there is none.
    func number(_ name: StaticString) -> Int? {
        guard let value = value(name), value.count <= 18 else { return nil }
        return Int(String(decoding: value, as: UTF8.self))
    }

    /// Whether the attribute `name` has that value.
    func has(_ name: StaticString, _ expected: StaticString) -> Bool {
        guard let value = value(name), let start = value.baseAddress, value.count == expected.utf8CodeUnitCount
        else { return false }
        return memcmp(start, expected.utf8Start, value.count) == 0
    }

    /// The value of a toggle (ECMA-376-1 clause 17.17.4, ST_OnOff): on without an attribute.
    var isOn: Bool { !(has("val", "0") || has("val", "false") || has("val", "off")) }

    private static func equal(_ local: UnsafePointer<xmlChar>, _ name: StaticString) -> Bool {
        // Both end with a NUL.
        strcmp(UnsafeRawPointer(local).assumingMemoryBound(to: CChar.self), Self.characters(name)) == 0
    }

    private static func characters(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

/// Counts what ``XMLLimits`` limits.
private struct Tally {
    private var depth = 0
    private var elements = 0
    private var openNamespaces = 0
    /// Elements that declare namespaces, and how many.
    private var declarations: [(depth: Int, count: Int)] = []

    /// An element begins that declares so many namespaces. Returns whether all is within the limits.
    mutating func begin(_ declared: Int) -> Bool {
        depth += 1
        elements += 1
        if declared > 0 {
            openNamespaces += declared
            declarations.append((depth, declared))
        }
        return depth <= XMLLimits.depth && elements <= XMLLimits.elements && openNamespaces <= XMLLimits.namespaces
    }

    mutating func end() {
        if let last = declarations.last, last.depth == depth {
            openNamespaces -= last.count
            declarations.removeLast()
        }
        depth -= 1
    }
}

/// Reads a part with libxml2's SAX interface: no tree, no DTD, no entities but the five of XML, no network.
final class XMLStream {
    private let handler: any XMLHandler
    private let part: String
    private var failure: Unreadable?
    private let wantsUnknownElements: Bool
    private var tally = Tally()
    private let names = WordElementCache()
    private let context: xmlParserCtxtPtr

    private init(_ part: String, _ context: xmlParserCtxtPtr, _ handler: any XMLHandler) {
        self.part = part
        self.context = context
        self.handler = handler
        wantsUnknownElements = handler.wantsUnknownElements
    }

    private static let initialized: Void = xmlInitParser()

    /// Tells `handler` what stands in `bytes`, the part of a package named `part`. Throws `corrupt` where that is no
    /// well-formed XML, `unsupported` for a DTD, `too-large` where a limit of ``XMLLimits`` is exceeded, and what the
    /// handler throws.
    static func parse(_ bytes: [UInt8], named part: String, into handler: any XMLHandler) throws(Unreadable) {
        _ = initialized
        try checkBeginning(bytes, part)
        guard let context = xmlNewParserCtxt() else { throw corrupt(part, at: 0, line: nil, reason: "out of memory") }
        defer { xmlFreeParserCtxt(context) }
        let stream = XMLStream(part, context, handler)
        context.pointee.sax.pointee = saxHandler()
        context.pointee.userData = Unmanaged.passUnretained(stream).toOpaque()
        // NOENT replaces the five entities of XML, and only these: a document type is refused before others exist. HUGE
        // lifts limits that stop whole reports of 10 MB (2.9.14 takes some for endless); those of ours hold.
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_HUGE.rawValue)
        withExtendedLifetime(stream) {
            bytes.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) { characters in
                    // No tree is built, so there is none to free.
                    _ = xmlCtxtReadMemory(context, characters.baseAddress, Int32(characters.count), nil, nil, options)
                }
            }
        }
        if let failure = stream.failure { throw failure }
        guard context.pointee.wellFormed != 0 else { throw corrupt(part, at: bytes.count, line: nil, reason: nil) }
    }

    // MARK: - Events

    private static func saxHandler() -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startDocument = { data in XMLStream.of(data)?.checkEncoding() }
        sax.internalSubset = { data, _, _, _ in XMLStream.of(data)?.refuseDocumentType() }
        sax.startElementNs = { data, local, _, uri, namespaceCount, _, attributeCount, _, attributes in
            guard let stream = XMLStream.of(data), let local, stream.count(Int(namespaceCount)) else { return }
            let name = stream.names.element(local, uri)
            guard name != .other || stream.wantsUnknownElements else { return }
            stream.start(
                XMLElement(name: name, localName: local, attributes: attributes, attributeCount: Int(attributeCount))
            )
        }
        sax.endElementNs = { data, local, _, uri in
            guard let stream = XMLStream.of(data), let local, stream.uncount() else { return }
            guard stream.wantsUnknownElements || stream.names.element(local, uri) != .other else { return }
            stream.end()
        }
        let text: charactersSAXFunc = { data, bytes, count in
            guard let stream = XMLStream.of(data), let bytes, stream.failure == nil else { return }
            stream.handler.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        sax.characters = text
        sax.ignorableWhitespace = text
        sax.cdataBlock = text
        sax.serror = { data, error in
            guard let error, error.pointee.level == XML_ERR_FATAL else { return }
            XMLStream.of(data)?.fail(error.pointee)
        }
        return sax
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLStream? {
        data.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Counts an element that begins. Returns whether reading goes on.
    private func count(_ declared: Int) -> Bool {
        guard failure == nil else { return false }
        guard tally.begin(declared) else {
            stop(Self.tooLarge(part))
            return false
        }
        return true
    }

    private func uncount() -> Bool {
        guard failure == nil else { return false }
        tally.end()
        return true
    }

    private func start(_ element: XMLElement) {
        do { try handler.start(element) } catch { stop(error) }
    }

    private func end() {
        do { try handler.end() } catch { stop(error) }
    }

    private func stop(_ failure: Unreadable) {
        self.failure = failure
        xmlStopParser(context)
    }

    private func refuseDocumentType() {
        stop(
            Unreadable(
                .unsupported,
                "部件 \(part) 含有文档类型声明（DOCTYPE），为安全起见不予读取。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                "The part \(part) has a document type declaration (DOCTYPE) and is not read, to be safe. Open the file in "
                    + "Word or WPS, save it as docx and upload it again."
            )
        )
    }

    // MARK: - Encoding

    /// Encodings of parts: UTF-8 and UTF-16 (ECMA-376-2 clause 6.2.5), and what sloppy converters in China declare. In
    /// each, `<` and `=` are what they are in ASCII; ``checkBeginning(_:_:)`` relies on it.
    private static let encodings: Set<String> = [
        "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf16", "us-ascii", "ascii", "iso-8859-1", "gb2312", "gbk",
        "gb18030",
    ]

    private func checkEncoding() {
        guard let declared = context.pointee.encoding else { return }
        let name = String(cString: declared)
        guard !Self.encodings.contains(name.lowercased()) else { return }
        stop(
            Unreadable(
                .unsupported,
                "部件 \(part) 使用了不支持的编码 \(name)。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                "The part \(part) is in an unsupported encoding, \(name). Open the file in Word or WPS, save it as docx and "
                    + "upload it again."
            )
        )
    }

    /// Makes sure that the part begins as XML and that no element has a crowd of attributes.
    private static func checkBeginning(_ bytes: [UInt8], _ part: String) throws(Unreadable) {
        let isLittleEndian = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00])
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C])
        let isUTF8 = bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.first == 0x3C
        guard isLittleEndian || isBigEndian || isUTF8 else { throw corrupt(part, at: 0, line: nil, reason: nil) }
        let isCrowded = bytes.withUnsafeBufferPointer { bytes in
            isUTF8 ? hasCrowd(bytes) : hasCrowd(wide: bytes, first: isBigEndian ? 1 : 0)
        }
        guard !isCrowded else { throw tooLarge(part) }
    }

    /// Whether more than ``XMLLimits/attributes`` equals signs stand between two `<`. An attribute takes five bytes at
    /// least, so only longer stretches without `<` are looked at: of usual parts a hundredth.
    private static func hasCrowd(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let shortest = 5 * XMLLimits.attributes
        var start = 0
        while start + shortest <= bytes.count {
            if let last = bytes[start..<(start + shortest)].lastIndex(of: 0x3C) {
                start = last + 1
            } else {
                let end = bytes[start...].firstIndex(of: 0x3C) ?? bytes.count
                let count = bytes[start..<end].reduce(0) { $1 == 0x3D ? $0 + 1 : $0 }
                if count > XMLLimits.attributes { return true }
                start = end + 1
            }
        }
        return false
    }

    /// The same for UTF-16, whose lower bytes are at `first` and every second place on.
    private static func hasCrowd(wide bytes: UnsafeBufferPointer<UInt8>, first: Int) -> Bool {
        var equalsSigns = 0
        for index in stride(from: first, to: bytes.count, by: 2) {
            if bytes[index] == 0x3D { equalsSigns += 1 }
            if equalsSigns > XMLLimits.attributes { return true }
            // The other half tells `<` from a character like 〼.
            let other = first == 0 ? index + 1 : index - 1
            if bytes[index] == 0x3C, other < bytes.count, bytes[other] == 0 { equalsSigns = 0 }
        }
        return false
    }

    // MARK: - Errors

    private static func tooLarge(_ part: String) -> Unreadable {
        Unreadable(
            .tooLarge,
            "部件 \(part) 的 XML 超过上限（嵌套 \(XMLLimits.depth) 层、\(XMLLimits.elements) 个元素、"
                + "每个元素 \(XMLLimits.attributes) 个属性），不会是一份年度报告。",
            "The XML of the part \(part) exceeds the limits (\(XMLLimits.depth) levels, \(XMLLimits.elements) elements, "
                + "\(XMLLimits.attributes) attributes each); no annual report does."
        )
    }

    /// The first error ends the reading: what libxml2 makes of the rest is a guess.
    private func fail(_ error: xmlError) {
        guard failure == nil else { return }
        let reason = error.message.map { String(cString: $0) }?.split(separator: "\n").first.map { String($0) }
        let offset = max(0, Int(xmlByteConsumed(context)))
        stop(Self.corrupt(part, at: offset, line: error.line > 0 ? Int(error.line) : nil, reason: reason))
    }

    private static func corrupt(_ part: String, at offset: Int, line: Int?, reason: String?) -> Unreadable {
        Unreadable(
            .corrupt,
            "文件已损坏：部件 \(part) 在偏移 \(offset)\(line.map { "（第 \($0) 行）" } ?? "")处不是合法的 XML。"
                + "请重新上传完整的文件。",
            "The file is damaged: the part \(part) is no well-formed XML at offset \(offset)"
                + (line.map { ", line \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
                + ". Upload the whole file again."
        )
    }
}
