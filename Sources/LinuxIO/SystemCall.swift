// One way to call the kernel: errors are values, `errno` is read at once, interrupted calls go on.

import CLinuxShims
import Glibc
import SystemPackage

/// A system call that failed: which one, on what, and why.
public struct SystemCallError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the call as in its man page, such as `openat2`.
    public let call: String
    /// The file or folder it was about, if any.
    public let path: FilePath?
    /// The error number, see errno(3).
    public let errno: CInt

    /// Makes an error for `call` on `path`.
    public init(call: String, path: FilePath? = nil, errno: CInt) {
        self.call = call
        self.path = path
        self.errno = errno
    }

    /// What errno(3) says, such as `Permission denied`.
    public var reason: String { ErrorText.english(errno) }

    /// How to mend it, where the number alone misleads: "No space left on device" from inotify is about a limit.
    public var remedy: String? {
        switch (call, errno) {
        case ("inotify_add_watch", ENOSPC):
            "the limit of watched folders is reached; raise it: sysctl fs.inotify.max_user_watches=1048576"
        case ("inotify_init1", EMFILE):
            "the limit of inotify instances is reached; raise it: sysctl fs.inotify.max_user_instances=1024 "
                + "(or that of open files: LimitNOFILE=, ulimit -n)"
        case (_, EMFILE):
            "too many open files in this process; raise LimitNOFILE= or ulimit -n"
        default:
            nil
        }
    }

    /// Call, place, reason, and remedy if there is one.
    public var description: String {
        let place = path.map { " \($0)" } ?? ""
        let mend = remedy.map { "; \($0)" } ?? ""
        return "\(call)\(place): \(reason) (errno \(errno))\(mend)"
    }
}

/// Calls `body` until it is not interrupted by a signal, and throws when it returns −1.
///
/// Not for close(2): on Linux the descriptor is gone even after `EINTR`, and a second close could hit another file.
@discardableResult
public func systemCall<Value: SignedInteger>(
    _ name: String,
    _ path: FilePath? = nil,
    _ body: () -> Value
) throws(SystemCallError) -> Value {
    while true {
        let value = body()
        if value != -1 {
            return value
        }
        let code = errno
        if code != EINTR {
            throw SystemCallError(call: name, path: path, errno: code)
        }
    }
}

/// An open file descriptor that is closed when its owner goes.
public struct Descriptor: ~Copyable, Sendable {
    /// The number, valid as long as this value lives.
    public let number: CInt

    /// Takes over `number`.
    public init(owning number: CInt) {
        self.number = number
    }

    /// Hands the number over to somebody who closes it.
    consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    deinit {
        close(number)
    }
}

/// Waits for file descriptors.
public enum Poll {
    /// Waits until one of `descriptors` is readable or `timeout` has passed (nil: for ever).
    ///
    /// - Returns: for each descriptor whether it can be read now (or has ended).
    public static func readable(_ descriptors: [CInt], timeout: Duration?) throws(SystemCallError) -> [Bool] {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // Rounded up: a wait cut to 0 ms would spin until its deadline.
        let milliseconds = timeout.map { CInt(clamping: ($0.nanoseconds + 999_999) / 1_000_000) } ?? -1
        try systemCall("poll") { poll(&entries, nfds_t(entries.count), milliseconds) }
        return entries.map { $0.revents != 0 }
    }
}

extension Duration {
    /// The whole duration in nanoseconds, at the ends of `Int64` cut off.
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}

/// Opens `path` below `directory` without ever leaving it or following a link, see openat2(2).
///
/// - Parameter flags: with `O_PATH|O_NOFOLLOW` a link in the last place is opened itself, otherwise it is `ELOOP`.
func openBeneath(_ directory: CInt, _ path: FilePath, flags: CInt) throws(SystemCallError) -> Descriptor {
    do {
        return Descriptor(
            owning: try systemCall("openat2", path) {
                path.withPlatformString { shim_openat2_beneath(directory, $0, flags | O_CLOEXEC) }
            }
        )
    } catch let error where error.errno == ENOSYS || error.errno == EPERM {
        // Kernels before 5.6 have no openat2; old seccomp filters say EPERM for calls they do not know.
        return try openComponentwise(directory, path, flags: flags)
    }
}

/// The same, one component at a time, for kernels without openat2.
func openComponentwise(_ directory: CInt, _ path: FilePath, flags: CInt) throws(SystemCallError) -> Descriptor {
    guard path.isRelative, !path.components.contains(where: { $0.kind == .parentDirectory }) else {
        throw SystemCallError(call: "openat", path: path, errno: EXDEV)
    }
    var current = Descriptor(
        owning: try systemCall("openat", path) { openat(directory, ".", shim_O_PATH | O_DIRECTORY | O_CLOEXEC) }
    )
    let components = Array(path.components)
    for (index, component) in components.enumerated() {
        let isLast = index == components.count - 1
        let wanted = isLast ? flags | O_NOFOLLOW : shim_O_PATH | O_DIRECTORY | O_NOFOLLOW
        let parent = current.number
        let next = try systemCall("openat", path) {
            component.withPlatformString { openat(parent, $0, wanted | O_CLOEXEC) }
        }
        current = Descriptor(owning: next)
    }
    return current
}
