import ArgumentParser
import AuditOutput
import LinuxIO
import SystemPackage

/// Arguments are bytes, as file names are; `CommandLine.arguments` repairs what is no UTF-8 and so loses the name of a file
/// listed by a GBK system. Bytes that are no UTF-8 travel through the argument parser as characters of a private plane.
enum ArgumentBytes {
    /// U+10FE00 + byte. A private use that no text has; where one has it all the same, its own bytes are escaped too.
    private static let base: UInt32 = 0x10_FE00

    /// The arguments of the process without its name, escaped.
    static var process: [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            CommandLine.unsafeArgv[index].map {
                encode(UnsafeBufferPointer(start: $0, count: length($0)).map(UInt8.init(bitPattern:)))
            }
        }
    }

    private static func length(_ pointer: UnsafePointer<CChar>) -> Int {
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return count
    }

    /// Text that stands for `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isEscape) {
            return text
        }
        var view = String.UnicodeScalarView()
        var rest = bytes[...]
        while let byte = rest.first {
            var decoder = UTF8()
            var iterator = rest.makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&iterator), !isEscape(scalar) {
                view.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                if let scalar = Unicode.Scalar(base + UInt32(byte)) { view.append(scalar) }
                rest = rest.dropFirst()
            }
        }
        return String(view)
    }

    /// The bytes that `text` stands for.
    static func decode(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
            isEscape(scalar) ? [UInt8(scalar.value - base)] : Array(String(Character(scalar)).utf8)
        }
    }

    private static func isEscape(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= base && scalar.value <= base + 0xFF
    }
}

/// A path given on the command line, byte for byte.
struct PathArgument: ExpressibleByArgument {
    var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init?(argument: String) {
        let bytes = ArgumentBytes.decode(argument)
        guard !bytes.isEmpty else { return nil }
        self.bytes = bytes
    }

    /// The path.
    var path: FilePath { FilePath(bytes: bytes) }
    /// `-` is standard input.
    var isStandardInput: Bool { bytes == [0x2D] }
    /// For messages.
    var shown: String { Terminal.printable(bytes) }

    static var defaultCompletionKind: CompletionKind { .file() }
}
