// systemd as a service sees it: the socket to which it tells its state, see sd_notify(3).

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

    private let socket: DatagramSocket
    private let all = Monitor<[Message]>([])
    private let reader: WorkerThread

    /// Where it listens, for `NOTIFY_SOCKET`.
    public let path: FilePath

    /// Listens at `path`, which is to be short and not there.
    public init(_ path: FilePath) throws {
        self.path = path
        let socket = try DatagramSocket(path)
        self.socket = socket
        reader = try WorkerThread(name: "notify") { [all] in
            while let text = socket.next(waits: true) {
                let message = Message(time: .now, text: text)
                all.change { $0.append(message) }
            }
        }
    }

    deinit {
        // Ends the reader.
        socket.shutDown()
        reader.join()
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
