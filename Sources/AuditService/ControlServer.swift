// Answers those who ask how the service is doing, or have it reload: on a thread of its own, so that nobody who asks holds up a
// file, and with little room and time for each, so that nobody holds up others who ask.

import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// The control socket.
final class ControlServer: Sendable {
    private final class Client {
        let socket: Descriptor
        var input: [UInt8] = []
        var output: ArraySlice<UInt8> = []
        /// Waits for the outcome of a reload.
        var isWaiting = false
        var deadline = ContinuousClock.now + ControlServer.patience

        init(_ socket: consuming Descriptor) { self.socket = socket }

        /// What it waits for.
        var interest: pollfd {
            let events = output.isEmpty ? (isWaiting ? 0 : POLLIN) : POLLOUT
            return pollfd(fd: socket.number, events: Int16(events), revents: 0)
        }
    }

    private struct State {
        var service: ServiceRecord?
        var language = ServiceLanguage.chinese
        /// Of reloads, by the number of the client.
        var outcomes: [UInt64: ReloadOutcome] = [:]
        var isStopped = false
    }

    /// More have to wait until one of these is gone.
    private static let mostClients = 16
    /// Bytes of a request.
    private static let longestRequest = 1024
    /// For asking, and for taking the answer.
    private static let patience = Duration.seconds(5)
    /// For the outcome of a reload: files in work are finished first.
    private static let reloadTime = Duration.seconds(60)

    private let path: FilePath
    private let stateFolder: FilePath
    private let listener: Descriptor
    private let wake: EventCounter
    private let reload: @Sendable (@escaping @Sendable (ReloadOutcome) -> Void) -> Void
    private let state = Monitor(State())

    /// Listens; ``run()`` answers.
    ///
    /// - Parameters:
    ///   - path: of the socket; its folder is made where it is missing.
    ///   - reload: has the service read its configuration again, and says what came of it.
    init(
        at path: FilePath,
        stateFolder: FilePath,
        reload: @escaping @Sendable (@escaping @Sendable (ReloadOutcome) -> Void) -> Void
    ) throws(SystemCallError) {
        self.path = path
        self.stateFolder = stateFolder
        self.reload = reload
        try AtomicFile.createDirectories(path.removingLastComponent())
        // Root, the user of the service, and the members of its group.
        listener = try LocalSocket.listen(at: path, mode: 0o660)
        wake = try EventCounter()
    }

    /// What is answered from now on.
    func show(_ service: ServiceRecord, _ language: ServiceLanguage) {
        state.withLock { state in
            state.service = service
            state.language = language
        }
    }

    /// Makes ``run()`` return, and takes the socket away.
    func stop() {
        state.withLock { $0.isStopped = true }
        _ = path.withPlatformString { unlink($0) }
        wake.raise()
    }

    // MARK: - The thread

    /// Answers until ``stop()``.
    func run() {
        var clients: [UInt64: Client] = [:]
        var number: UInt64 = 0
        while !state.withLock(\.isStopped) {
            let order = Array(clients.keys)
            var entries = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)]
            // Those who find no room wait in the kernel.
            let hasRoom = clients.count < Self.mostClients
            entries.append(pollfd(fd: hasRoom ? listener.number : -1, events: Int16(POLLIN), revents: 0))
            for key in order { entries.append(clients[key]?.interest ?? pollfd()) }
            let end = clients.values.map(\.deadline).min()
            let wait = end.map { CInt(clamping: max(0, ($0 - .now).nanoseconds / 1_000_000 + 1)) } ?? -1
            guard poll(&entries, nfds_t(entries.count), wait) >= 0 || errno == EINTR else { return }
            if entries[0].revents != 0 { wake.lower() }
            for (key, entry) in zip(order, entries.dropFirst(2)) where entry.revents != 0 {
                if clients[key].map({ serve($0, key) }) == false { clients[key] = nil }
            }
            let outcomes = state.withLock { state in
                defer { state.outcomes = [:] }
                return state.outcomes
            }
            for (key, outcome) in outcomes {
                if let client = clients[key] { answer(client, outcome) }
            }
            for (key, client) in clients where client.deadline <= .now {
                if client.isWaiting { answer(client, self.answer(.late)) } else { clients[key] = nil }
            }
            if entries[1].revents != 0, let socket = LocalSocket.accept(listener.number) {
                number += 1
                clients[number] = Client(socket)
            }
        }
    }

    /// False when nothing more is to be done with the client.
    private func serve(_ client: Client, _ key: UInt64) -> Bool {
        if !client.output.isEmpty {
            guard let sent = LocalSocket.send(client.output, to: client.socket.number) else { return false }
            client.output = client.output.dropFirst(sent)
            return !client.output.isEmpty
        }
        // One that waits and is readable nevertheless has gone.
        guard !client.isWaiting,
            let bytes = LocalSocket.receive(client.socket.number, atMost: Self.longestRequest)
        else { return false }
        client.input += bytes
        guard let end = client.input.firstIndex(of: ControlLine.newline) else {
            if client.input.count > Self.longestRequest { answer(client, answer(.unknown)) }
            return true
        }
        switch ControlLine.request(client.input[..<end]) {
        case .status:
            answer(client, answer(.done))
        case .reload:
            let peer = LocalSocket.peer(client.socket.number)
            guard peer == 0 || peer == geteuid() else {
                answer(client, answer(.forbidden))
                return true
            }
            client.isWaiting = true
            client.deadline = .now + Self.reloadTime
            reload { [state, wake] outcome in
                state.withLock { $0.outcomes[key] = outcome }
                wake.raise()
            }
        case nil:
            answer(client, answer(.unknown))
        }
        return true
    }

    private func answer(_ outcome: ControlAnswer.Outcome) -> ControlAnswer {
        let (service, language) = state.withLock { ($0.service, $0.language) }
        return ControlAnswer(
            outcome: outcome,
            state: stateFolder.description,
            language: language.rawValue,
            service: outcome == .done ? service : nil
        )
    }

    private func answer(_ client: Client, _ outcome: ReloadOutcome) {
        var answer = answer(.done)
        switch outcome {
        case .reloaded(let inboxes): answer.inboxes = inboxes
        case .refused(let problems): (answer.outcome, answer.problems) = (.refused, problems)
        }
        self.answer(client, answer)
    }

    private func answer(_ client: Client, _ answer: ControlAnswer) {
        client.isWaiting = false
        client.output = ControlLine.encode(answer)[...]
        client.deadline = .now + Self.patience
    }
}

/// Asks a service.
public enum ControlClient {
    /// Bytes of an answer: 256 inboxes, with long paths.
    private static let longestAnswer = 4 << 20

    /// Asks the service that listens at `path`.
    ///
    /// - Throws: `ENOENT` or `ECONNREFUSED` where none does, `EACCES` without the permission, `ETIMEDOUT`, `EPROTO`.
    public static func ask(
        _ request: ControlRequest,
        at path: FilePath,
        within time: Duration
    ) throws(SystemCallError) -> ControlAnswer {
        let deadline = ContinuousClock.now + time
        let socket = try LocalSocket.connect(to: path)
        var rest = ControlLine.encode(request)[...]
        while !rest.isEmpty {
            guard let sent = LocalSocket.send(rest, to: socket.number) else {
                throw SystemCallError(call: "send", path: path, errno: ECONNRESET)
            }
            rest = rest.dropFirst(sent)
        }
        var bytes: [UInt8] = []
        while bytes.last != ControlLine.newline {
            let left = deadline - ContinuousClock.now
            guard left > .zero, try Poll.readable([socket.number], timeout: left)[0] else {
                throw SystemCallError(call: "recv", path: path, errno: ETIMEDOUT)
            }
            guard let more = LocalSocket.receive(socket.number, atMost: 65_536), bytes.count < longestAnswer else {
                throw SystemCallError(call: "recv", path: path, errno: ECONNRESET)
            }
            bytes += more
        }
        guard let answer = ControlLine.answer(bytes) else {
            throw SystemCallError(call: "recv", path: path, errno: EPROTO)
        }
        return answer
    }
}
