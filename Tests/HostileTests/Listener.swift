import Glibc
import LinuxIO

/// A server on this machine that should wait in vain.
final class Listener: Sendable {
    /// Its port.
    let port: UInt16
    private let descriptor: Descriptor

    init() throws {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = try systemCall("socket") { socket(AF_INET, kind, 0) }
        descriptor = Descriptor(owning: number)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                try systemCall("bind") { bind(number, pointer, length) }
                try systemCall("listen") { listen(number, 16) }
                try systemCall("getsockname") { getsockname(number, pointer, &length) }
            }
        }
        port = address.sin_port.bigEndian
    }

    /// Whether anybody has connected.
    var hasVisitor: Bool {
        var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }
}
