import Glibc
import LinuxIO
import SystemPackage

/// LibreOffice as an office uses it: to save a docx as something else.
public enum LibreOffice {
    /// Files of one call: one start of LibreOffice takes longer than a dozen files.
    private static let batch = 40
    /// Of one call; LibreOffice needs about 0.2 s a file on an idle core.
    private static let seconds = 180

    /// Why there is no document.
    public struct Failure: Error, CustomStringConvertible {
        /// What went wrong.
        public let description: String
    }

    /// Every docx in another format, in their order. Fails when LibreOffice is missing, fails or leaves one out.
    public static func convert(_ documents: [[UInt8]], to type: String, filter: String) throws -> [[UInt8]] {
        let folder = try TemporaryFolder()
        let output = folder("out")
        let inputs = try documents.enumerated().map { index, bytes in
            let file = folder("\(index).docx")
            try write(bytes, to: file)
            return file.string
        }
        for start in stride(from: 0, to: inputs.count, by: batch) {
            let result = try Command.run(
                [
                    "timeout", "--kill-after=5", "\(seconds)", "soffice",
                    "-env:UserInstallation=file://\(folder("profile").string)", "--headless", "--norestore",
                    "--convert-to", "\(type):\(filter)", "--outdir", output.string,
                ] + inputs[start..<min(start + batch, inputs.count)]
            )
            guard result.status == 0 else {
                throw Failure(
                    description: result.status == 127
                        ? "soffice is missing; these tests need LibreOffice Writer (apt-get install libreoffice-writer)"
                        : "soffice ended with \(result.status) converting to \(type): \(result.errors.suffix(500))"
                )
            }
        }
        return try documents.indices.map { index in
            let file = output.appending("\(index).\(type)")
            guard Files.exists(file) else { throw Failure(description: "soffice left out \(index).docx to \(type)") }
            return try SafeFile.read(path: file).bytes
        }
    }

    /// Writes a file, not atomically.
    public static func write(_ bytes: [UInt8], to path: FilePath) throws {
        let file = try Files.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(
                try systemCall("write", path) { rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } }
            )
        }
    }
}
