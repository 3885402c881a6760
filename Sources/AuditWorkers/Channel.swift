// Frames over a socket: by the pool with a deadline, by the worker without.

import Glibc
import LinuxIO

/// How an exchange with a worker failed.
enum ExchangeFailure: Error {
    /// The deadline passed.
    case timedOut
    /// It closed its end, which only its death does.
    case ended
    /// What it said breaks the protocol.
    case violation
}

/// The pool's end of the socket to a worker. Used by one thread at a time.
struct Channel: ~Copyable, Sendable {
    private let socket: Descriptor
    /// Can be read when the worker has ended: what it started may hold its end of the socket longer.
    private let life: Descriptor

    init(_ socket: consuming Descriptor, life: consuming Descriptor) {
        self.socket = socket
        self.life = life
    }

    /// Sends a frame whose bytes are those of `parts`.
    func send(_ parts: [[UInt8]], until deadline: SuspendingClock.Instant) throws(ExchangeFailure) {
        for bytes in Frame.framed(parts) { try send(bytes, until: deadline) }
    }

    private func send(_ bytes: [UInt8], until deadline: SuspendingClock.Instant) throws(ExchangeFailure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    socket.number,
                    buffer.baseAddress.map { $0 + sent },
                    buffer.count - sent,
                    CInt(MSG_DONTWAIT | MSG_NOSIGNAL)
                )
            }
            if count >= 0 {
                sent += count
            } else {
                try wait(for: POLLOUT, errno, until: deadline)
            }
        }
    }

    /// The next frame.
    func receive(atMost limit: Int, until deadline: SuspendingClock.Instant) throws(ExchangeFailure) -> [UInt8] {
        guard let count = Frame.length(try receive(Frame.headBytes, until: deadline)), count <= limit else {
            throw .violation
        }
        return try receive(count, until: deadline)
    }

    private func receive(_ count: Int, until deadline: SuspendingClock.Instant) throws(ExchangeFailure) -> [UInt8] {
        var failure: ExchangeFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = recv(
                    socket.number,
                    buffer.baseAddress.map { $0 + filled },
                    count - filled,
                    CInt(MSG_DONTWAIT)
                )
                if got > 0 {
                    filled += got
                    continue
                }
                do throws(ExchangeFailure) {
                    if got == 0 { throw .ended }
                    try wait(for: POLLIN, errno, until: deadline)
                } catch {
                    failure = error
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private func wait(
        for event: CInt,
        _ code: CInt,
        until deadline: SuspendingClock.Instant
    ) throws(ExchangeFailure) {
        guard code == EAGAIN || code == EINTR else { throw .ended }
        let left = SuspendingClock.now.duration(to: deadline)
        guard left > .zero else { throw .timedOut }
        var entries = [
            pollfd(fd: socket.number, events: Int16(event), revents: 0),
            pollfd(fd: life.number, events: Int16(POLLIN), revents: 0),
        ]
        // Rounded up: a wait cut to 0 ms would spin until its deadline.
        poll(&entries, 2, CInt(clamping: (left.nanoseconds + 999_999) / 1_000_000))
        // What it said before its end is read first.
        if entries[0].revents == 0, entries[1].revents != 0 { throw .ended }
    }

    /// Tells the worker that nothing more will come.
    func close() { shutdown(socket.number, CInt(SHUT_RDWR)) }

    /// Waits until the worker has ended, where the kernel can tell.
    func waitForEnd(atMost time: Duration) {
        var entry = pollfd(fd: life.number, events: Int16(POLLIN), revents: 0)
        poll(&entry, 1, CInt(clamping: time.nanoseconds / 1_000_000))
    }

    /// Whether the worker has nothing to say, as it should between two documents: it neither died nor speaks unasked.
    var isQuiet: Bool {
        var entry = pollfd(fd: life.number, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, 0) > 0 { return false }
        var byte: UInt8 = 0
        let count = recv(socket.number, &byte, 1, CInt(MSG_DONTWAIT | MSG_PEEK))
        return count < 0 && errno == EAGAIN
    }
}

/// The worker's end of the socket.
struct WorkerChannel {
    /// Where the pool puts it (CLinuxWorkers.h).
    static let descriptor: CInt = 3

    /// The next frame; nil when the pool has gone, or sends what it never would.
    func receive() -> [UInt8]? {
        guard let count = read(Frame.headBytes).flatMap(Frame.length), count <= Frame.maximumRequestBytes else {
            return nil
        }
        return read(count)
    }

    private func read(_ count: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = recv(Self.descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, 0)
                if got > 0 {
                    filled += got
                } else if got == 0 || errno != EINTR {
                    return
                }
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// Sends a frame. Where the pool has gone nobody misses it, and the next ``receive()`` says so.
    func send(_ parts: [[UInt8]]) {
        for bytes in Frame.framed(parts) { write(bytes) }
    }

    private func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    Self.descriptor,
                    buffer.baseAddress.map { $0 + sent },
                    buffer.count - sent,
                    CInt(MSG_NOSIGNAL)
                )
            }
            if count >= 0 {
                sent += count
            } else if errno != EINTR {
                return
            }
        }
    }
}
