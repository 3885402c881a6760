// Waking a thread that waits in poll(2), from another thread or from a signal.

import CLinuxShims
import Glibc

/// An eventfd(2): anybody may raise it, the one who polls it sees that and lowers it.
public final class EventCounter: Sendable {
    /// To be polled for reading.
    public let descriptor: CInt

    /// Makes a counter that is not raised.
    public init() throws(SystemCallError) {
        descriptor = try systemCall("eventfd") { shim_eventfd() }
    }

    deinit {
        close(descriptor)
    }

    /// Makes ``descriptor`` readable.
    public func raise() {
        var one: UInt64 = 1
        // Fails only when the counter is full, and then it is readable.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Makes ``descriptor`` unreadable again.
    public func lower() {
        var value: UInt64 = 0
        _ = read(descriptor, &value, MemoryLayout<UInt64>.size)
    }
}

/// Signals that raise an ``EventCounter`` instead of what they did, as long as this value lives.
public final class SignalForwarder: Sendable {
    private let signals: [CInt]
    private let counter: EventCounter

    /// Takes over `signals`. Each may have one owner in a process: otherwise `EBUSY`.
    public init(_ signals: [CInt], to counter: EventCounter) throws(SystemCallError) {
        var taken: [CInt] = []
        for signal in signals {
            do {
                try systemCall("sigaction") { shim_forward_signal(signal, counter.descriptor) }
                taken.append(signal)
            } catch {
                for signal in taken {
                    shim_release_signal(signal)
                }
                throw error
            }
        }
        self.signals = signals
        self.counter = counter
    }

    deinit {
        for signal in signals {
            shim_release_signal(signal)
        }
    }

    /// A signal that has come, if any.
    public var arrived: CInt? {
        signals.first { shim_signal_arrived($0) != 0 }
    }
}
