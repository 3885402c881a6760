/// Finds the parts of a JSON text without reading their values: as fast as memory, and a text that is damaged ends the search
/// and nothing else. It is no judge of JSON: of a text that is none it may find parts, too.
struct JSONText {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The members of the object that begins at `start`, in their order; nil when no whole object does. Keys are those of our
    /// own results: ASCII, without escapes.
    func members(at start: Int) -> [(key: String, value: Range<Int>)]? {
        parts(at: start, open: UInt8(ascii: "{"), close: UInt8(ascii: "}")) { position in
            guard let keyEnd = end(ofStringAt: position) else { return nil }
            let colon = afterBlanks(keyEnd)
            guard byte(colon) == UInt8(ascii: ":") else { return nil }
            let value = afterBlanks(colon + 1)
            guard let valueEnd = end(ofValueAt: value) else { return nil }
            return (String(decoding: bytes[position + 1..<keyEnd - 1], as: UTF8.self), value..<valueEnd)
        } end: {
            $0.value.upperBound
        }
    }

    /// The elements of the array that begins at `start`, in their order; nil when no whole array does.
    func elements(at start: Int) -> [Range<Int>]? {
        parts(at: start, open: UInt8(ascii: "["), close: UInt8(ascii: "]")) { position in
            end(ofValueAt: position).map { position..<$0 }
        } end: {
            $0.upperBound
        }
    }

    private func parts<Part>(
        at start: Int,
        open: UInt8,
        close: UInt8,
        _ part: (Int) -> Part?,
        end: (Part) -> Int
    ) -> [Part]? {
        guard byte(start) == open else { return nil }
        var position = afterBlanks(start + 1)
        var found: [Part] = []
        if byte(position) == close { return found }
        while let next = part(position) {
            found.append(next)
            position = afterBlanks(end(next))
            if byte(position) == close { return found }
            guard byte(position) == UInt8(ascii: ",") else { return nil }
            position = afterBlanks(position + 1)
        }
        return nil
    }

    // MARK: - Bytes

    private func byte(_ position: Int) -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func afterBlanks(_ start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
        return position
    }

    private func end(ofStringAt start: Int) -> Int? {
        guard byte(start) == UInt8(ascii: "\"") else { return nil }
        var position = start + 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    private func end(ofValueAt start: Int) -> Int? {
        var position = start
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let end = end(ofStringAt: position) else { return nil }
                position = end
                if depth == 0 { return position }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // Behind a number or a word that is the last of its container.
                if depth == 0 { return position > start ? position : nil }
                depth -= 1
                position += 1
                if depth == 0 { return position }
            case UInt8(ascii: ","), 0x20, 0x0A:
                if depth == 0 { return position > start ? position : nil }
                position += 1
            default:
                position += 1
            }
        }
        return nil
    }
}
