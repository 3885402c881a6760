// systemd as a service sees it: the socket to which it tells its state, see sd_notify(3).

import Glibc
import LinuxIO
import SystemPackage

/// Listens as systemd does, and keeps when what came.
public final class NotifySocket: Sendable {
    /// One message.
    public struct Message: Sendable {
        /// When it was read.
        public let time: ContinuousClock.Instant
        /// `NAME=VALUE`, one a line.
        public let text: String
    }

    private let descriptor: CInt
    private let all = Monitor<[Message]>([])
    private let reader: WorkerThread

    /// Where it listens, for `NOTIFY_SOCKET`.
    public let path: FilePath

    /// Listens at `path`, which is to be short and not there.
    public init(_ path: FilePath) throws {
        self.path = path
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
        reader = try WorkerThread(name: "notify") { [all] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let message = Message(time: .now, text: String(decoding: buffer.prefix(count), as: UTF8.self))
                all.change { $0.append(message) }
            }
        }
    }

    deinit {
        // Ends the reader.
        shutdown(descriptor, CInt(SHUT_RDWR))
        reader.join()
        close(descriptor)
    }

    /// All that came.
    public var messages: [Message] { all.withLock { $0 } }

    /// Whether some message has a line that begins so, from the `index`th message on.
    public func hasTold(_ prefix: String, after index: Int = 0) -> Bool {
        messages.dropFirst(index).contains { message in
            message.text.split(separator: "\n").contains { $0.hasPrefix(prefix) }
        }
    }

    /// When the last sign of life came; nil before the first.
    public var lastSignOfLife: ContinuousClock.Instant? { messages.last { $0.text == "WATCHDOG=1" }?.time }
}
