import LinuxIO
import Systemd

/// Counts the events that go through it, for the metrics.
public final class CountingJournal: JournalSink {
    private let sink: any JournalSink
    private let counts = Monitor<[String: Int]>([:])

    /// - Parameter sink: where entries go.
    public init(_ sink: any JournalSink) { self.sink = sink }

    /// Counts the entry and passes it on.
    public func write(_ entry: JournalEntry) {
        counts.withLock { $0[entry.messageID, default: 0] += 1 }
        sink.write(entry)
    }

    /// How many entries of a class there were.
    func count(_ event: JournalEvent) -> Int { counts.withLock { $0[event.messageID] ?? 0 } }
}
