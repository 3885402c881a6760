// Threads that wait for each other. Not `Mutex` from Synchronization: that has no condition to wait for.

import CLinuxShims
import Glibc

/// A value that threads share, and on which they can wait for a change.
///
/// To wake a thread that finds nothing to do costs as much as a small piece of work. Where many threads wait, for different
/// things, each kind has a place of its own.
public final class Monitor<State>: @unchecked Sendable {
    /// What a waiter decides after a look at the state.
    public enum Step<Result> {
        /// It has what it waited for.
        case done(Result)
        /// It waits for the next change, at the latest until the deadline.
        case wait(until: ContinuousClock.Instant?)
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let conditions: UnsafeMutableBufferPointer<pthread_cond_t>
    private var state: State

    /// Guards `state`.
    ///
    /// - Parameter places: how many places to wait at there are, numbered from 0.
    public init(_ state: State, places: Int = 1) {
        self.state = state
        conditions = .allocate(capacity: places)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A deadline must not move when somebody sets the clock.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_mutex_init(mutex, nil)
        for place in conditions.indices { pthread_cond_init(condition(place), &attributes) }
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        for place in conditions.indices { pthread_cond_destroy(condition(place)) }
        pthread_mutex_destroy(mutex)
        conditions.deallocate()
        mutex.deallocate()
    }

    private func condition(_ place: Int) -> UnsafeMutablePointer<pthread_cond_t> {
        precondition(conditions.indices.contains(place), "there is no place \(place) to wait at")
        // Not nil: there is at least one.
        return conditions.baseAddress.unsafelyUnwrapped + place
    }

    /// Reads the state, or changes what nobody waits for, or for which those who wait are woken with ``wake(at:)``.
    public func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Changes the state and wakes everybody who waits for that, at whatever place.
    public func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        // After the lock is free again: who is woken while it is held waits once more, for that.
        defer { for place in conditions.indices { wake(at: place) } }
        return try withLock(body)
    }

    /// Makes those who wait at a place look again.
    public func wake(at place: Int = 0) {
        pthread_cond_broadcast(condition(place))
    }

    /// Looks at the state, and again after each change or at the deadline, until `look` is done.
    ///
    /// - Parameter place: where to wait: only ``wake(at:)`` for this place and ``change(_:)`` end that.
    public func wait<Result>(at place: Int = 0, _ look: (inout State) -> Step<Result>) -> Result {
        let condition = condition(place)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch look(&state) {
            case .done(let result):
                return result
            case .wait(until: nil):
                pthread_cond_wait(condition, mutex)
            case .wait(until: let deadline?):
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                let ahead = max(0, (deadline - .now).nanoseconds)
                let nanoseconds = Int64(time.tv_nsec) + ahead % 1_000_000_000
                time.tv_sec += Int(ahead / 1_000_000_000 + nanoseconds / 1_000_000_000)
                time.tv_nsec = Int(nanoseconds % 1_000_000_000)
                pthread_cond_timedwait(condition, mutex, &time)
            }
        }
    }
}

/// A thread of its own for work that blocks, which must not sit on the pool of Swift concurrency.
public final class WorkerThread: Sendable {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let thread: pthread_t

    /// Starts `body`.
    ///
    /// - Parameter name: as `ps -L` and a debugger show it, at most 15 bytes.
    public init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(name, body))
        let code = pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
                shim_name_this_thread(body.name)
                body.run()
                return nil
            },
            context.toOpaque()
        )
        guard code == 0 else {
            context.release()
            throw SystemCallError(call: "pthread_create", errno: code)
        }
        self.thread = thread
    }

    /// Waits until the thread has ended. Once only.
    public func join() {
        pthread_join(thread, nil)
    }

    /// Lets the thread go: nobody will wait for it.
    public func detach() {
        pthread_detach(thread)
    }
}
