import Glibc
import LinuxIO
import SystemPackage

/// A datagram socket in the file system, on which a test listens in the place of systemd or journald, see unix(7).
public final class DatagramSocket: Sendable {
    private static let largest = 65_536

    private let descriptor: CInt

    /// Listens at `path`, which is to be short and not there.
    public init(_ path: FilePath) throws {
        let descriptor = try systemCall("socket") {
            socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        }
        self.descriptor = descriptor
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
        try systemCall("bind", path) {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }

    deinit { close(descriptor) }

    /// The next message.
    ///
    /// - Parameter waits: whether to wait for it.
    /// - Returns: nil when none is there, and when nothing more is to come.
    public func next(waits: Bool) -> String? {
        var buffer = [UInt8](repeating: 0, count: Self.largest)
        let count = recv(descriptor, &buffer, buffer.count, waits ? 0 : CInt(MSG_DONTWAIT))
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    /// The messages that are there.
    public var waiting: [String] {
        var messages: [String] = []
        while let message = next(waits: false) { messages.append(message) }
        return messages
    }

    /// Nothing more is to come: ends who waits for it.
    public func shutDown() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}
