/// The pages in a MIME message (RFC 2045, 2046, 2557), as far as a saved page needs it.
struct MIMEMessage {
    /// A part of type text/html, decoded.
    struct Page {
        var bytes: [UInt8]
    }

    /// The pages: the root first (`start`, else the first), then the others in their order.
    static func pages(of bytes: [UInt8]) throws(Unreadable) -> [Page] {
        var reader = MIMEMessage(bytes: bytes)
        try reader.readEntity(0..<bytes.count, depth: 0, isRoot: false)
        if let root = reader.root, root != 0 { reader.pages.swapAt(0, root) }
        return reader.pages
    }

    private let bytes: [UInt8]
    private var pages: [Page] = []
    /// The page that `start` names.
    private var root: Int?
    private var parts = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// What the header of an entity says.
    private struct Header {
        var type = "text/plain"
        var boundary: [UInt8] = []
        var start = ""
        var encoding = ""
        var identifier = ""
    }

    private mutating func readEntity(_ range: Range<Int>, depth: Int, isRoot: Bool) throws(Unreadable) {
        parts += 1
        guard parts <= HTMLLimits.parts, depth <= HTMLLimits.partDepth else { throw Self.tooManyParts }
        let (header, body) = readHeader(range)
        if header.type.hasPrefix("multipart/"), !header.boundary.isEmpty {
            for part in split(body, at: header.boundary) {
                try readEntity(part, depth: depth + 1, isRoot: isRoot)
                if !header.start.isEmpty, root == nil, lastIdentifier == header.start, !pages.isEmpty, lastWasPage {
                    root = pages.count - 1
                }
            }
            return
        }
        lastIdentifier = header.identifier
        lastWasPage = header.type == "text/html" || header.type == "application/xhtml+xml"
        guard lastWasPage else { return }
        let content: [UInt8]
        switch header.encoding {
        case "base64": content = try Self.base64(bytes, body)
        case "quoted-printable": content = Self.quotedPrintable(bytes, body)
        default: content = Array(bytes[body])
        }
        pages.append(Page(bytes: content))
    }

    private var lastIdentifier = ""
    private var lastWasPage = false

    // MARK: - Header

    /// The header fields up to the empty line, folded lines joined, and what follows.
    private func readHeader(_ range: Range<Int>) -> (Header, Range<Int>) {
        var header = Header()
        var field: [UInt8] = []
        var start = range.lowerBound
        var fieldBytes = 0
        while start < range.upperBound {
            let end = lineEnd(from: start, in: range)
            var line = bytes[start..<end]
            if line.last == 0x0D { line = line.dropLast() }
            start = min(end + 1, range.upperBound)
            if line.isEmpty {
                // Some programs begin with an empty line.
                if field.isEmpty, fieldBytes == 0, end - range.lowerBound < 4 { continue }
                break
            }
            fieldBytes += line.count
            if line.first == 0x20 || line.first == 0x09 {
                if field.count < Self.longestField { field += line }
                continue
            }
            Self.read(field, into: &header)
            field = Array(line.prefix(Self.longestField))
        }
        Self.read(field, into: &header)
        return (header, start..<range.upperBound)
    }

    /// Bytes of a header field; RFC 5322 allows lines of 998.
    private static let longestField = 8_192

    private func lineEnd(from start: Int, in range: Range<Int>) -> Int {
        var index = start
        while index < range.upperBound, bytes[index] != 0x0A { index += 1 }
        return index
    }

    private static func read(_ field: [UInt8], into header: inout Header) {
        guard let colon = field.firstIndex(of: 0x3A) else { return }
        let name = HTMLAttribute.lowercased(field[..<colon].filter { $0 > 0x20 })
        let value = field[(colon + 1)...]
        switch name {
        case "content-type":
            var parts = parameters(of: value)
            header.type = HTMLAttribute.lowercased(parts.removeFirst().value)
            for part in parts {
                switch part.name {
                case "boundary": header.boundary = part.value
                case "start": header.start = identifier(part.value)
                default: continue
                }
            }
        case "content-transfer-encoding":
            header.encoding = HTMLAttribute.lowercased(value.filter { $0 > 0x20 })
        case "content-id": header.identifier = identifier(value.filter { $0 > 0x20 })
        default: return
        }
    }

    private static func identifier(_ value: [UInt8]) -> String {
        String(decoding: value.filter { $0 != 0x3C && $0 != 0x3E }, as: UTF8.self)
    }

    /// `multipart/related; boundary="…"; type=text/html`: the value first, without a name.
    private static func parameters(of value: ArraySlice<UInt8>) -> [(name: String, value: [UInt8])] {
        var parameters: [(name: String, value: [UInt8])] = []
        var name: [UInt8] = []
        var text: [UInt8] = []
        var isQuoted = false
        var hasName = false
        func finish() {
            while let last = text.last, last <= 0x20 { text.removeLast() }
            parameters.append((HTMLAttribute.lowercased(name), text))
            (name, text, hasName) = ([], [], false)
        }
        var index = value.startIndex
        while index < value.endIndex {
            let byte = value[index]
            index += 1
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x5C where isQuoted && index < value.endIndex:
                text.append(value[index])
                index += 1
            case 0x3B where !isQuoted: finish()
            case 0x3D where !isQuoted && !hasName:
                (name, text, hasName) = (text, [], true)
            case 0...0x20 where !isQuoted: if !text.isEmpty, !hasName { continue }
            default: text.append(byte)
            }
        }
        finish()
        return parameters
    }

    // MARK: - Parts

    /// The parts between lines of `--boundary`; a missing last one ends at the end of the file.
    private func split(_ range: Range<Int>, at boundary: [UInt8]) -> [Range<Int>] {
        let mark = [0x2D, 0x2D] + boundary
        var parts: [Range<Int>] = []
        var partStart: Int?
        var line = range.lowerBound
        while line < range.upperBound {
            let end = lineEnd(from: line, in: range)
            let next = min(end + 1, range.upperBound)
            if bytes[line] == 0x2D, bytes[line..<end].starts(with: mark) {
                let rest = bytes[(line + mark.count)..<end]
                let isLast = rest.starts(with: [0x2D, 0x2D])
                // Another boundary may begin like this one.
                if isLast || rest.allSatisfy({ $0 <= 0x20 }) {
                    if let partStart { parts.append(partStart..<contentEnd(before: line, from: partStart)) }
                    partStart = next
                    if isLast { return parts }
                    guard parts.count <= HTMLLimits.parts else { return parts }
                }
            }
            line = next
        }
        if let partStart, partStart < range.upperBound { parts.append(partStart..<range.upperBound) }
        return parts
    }

    /// The line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
    private func contentEnd(before line: Int, from start: Int) -> Int {
        var end = line
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return max(start, end)
    }

    // MARK: - Transfer encodings

    /// RFC 2045, 6.7. Malformed escapes stand for themselves, as the RFC recommends.
    private static func quotedPrintable(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte == 0x3D else {
                result.append(byte)
                index += 1
                continue
            }
            if index + 2 < range.upperBound, let high = hexadecimal(bytes[index + 1]),
                let low = hexadecimal(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
                continue
            }
            // A soft line break, blanks before its end allowed.
            var end = index + 1
            while end < range.upperBound, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
            if end < range.upperBound, bytes[end] == 0x0A {
                index = end + 1
            } else if end >= range.upperBound {
                index = end
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// RFC 2045, 6.8. Strict: text cut off in the middle is not the text.
    private static func base64(_ bytes: [UInt8], _ range: Range<Int>) throws(Unreadable) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for index in range {
            let byte = bytes[index]
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte - 0x41)
            case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
            case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
            case 0x2B: value = 62
            case 0x2F: value = 63
            case 0x3D:
                padding += 1
                continue
            case 0x09, 0x0A, 0x0D, 0x20: continue
            default: throw badBase64(at: index)
            }
            guard padding == 0 else { throw badBase64(at: index) }
            bits = bits << 6 | value
            count += 1
            if count.isMultiple(of: 4) {
                result.append(UInt8(truncatingIfNeeded: bits >> 16))
                result.append(UInt8(truncatingIfNeeded: bits >> 8))
                result.append(UInt8(truncatingIfNeeded: bits))
            }
        }
        switch (count % 4, padding) {
        case (0, 0): break
        case (2, 2): result.append(UInt8(truncatingIfNeeded: bits >> 4))
        case (3, 1):
            result.append(UInt8(truncatingIfNeeded: bits >> 10))
            result.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: throw badBase64(at: range.upperBound)
        }
        return result
    }

    // MARK: - Messages

    private static func badBase64(at offset: Int) -> Unreadable {
        Unreadable(
            .corrupt,
            "网页归档（MHT）的 base64 内容在偏移 \(offset) 处中断或无效，文件可能被截断。请重新保存后上传。",
            "The base64 content of the web archive (MHT) is cut off or invalid at offset \(offset). Save it again and upload it."
        )
    }

    private static let tooManyParts = Unreadable(
        .tooLarge,
        "网页归档（MHT）的部分超过上限（\(HTMLLimits.parts) 个、\(HTMLLimits.partDepth) 层），不会是一份年度报告。",
        "The web archive (MHT) has more parts than the limit (\(HTMLLimits.parts), \(HTMLLimits.partDepth) levels); "
            + "no annual report has."
    )
}
