// inotify(7) in Swift values.

import Glibc
import SystemPackage

/// A queue of changes in watched folders. Names are bytes.
public final class Inotify: Sendable {
    /// What happened, or what to watch for: the `IN_…` bits of inotify(7).
    public struct Mask: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt32

        /// Takes the bits as they are.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        private init(_ bit: some BinaryInteger) {
            rawValue = UInt32(truncatingIfNeeded: bit)
        }

        /// Permissions, owner, times or the number of links changed.
        public static let attributes = Mask(IN_ATTRIB)
        /// A file that was open for writing was closed.
        public static let closedAfterWriting = Mask(IN_CLOSE_WRITE)
        /// Something was made in the folder.
        public static let created = Mask(IN_CREATE)
        /// Something in the folder was removed.
        public static let deleted = Mask(IN_DELETE)
        /// Something left the folder by rename(2).
        public static let movedFrom = Mask(IN_MOVED_FROM)
        /// Something came into the folder by rename(2).
        public static let movedTo = Mask(IN_MOVED_TO)
        /// The watched folder itself was removed.
        public static let selfDeleted = Mask(IN_DELETE_SELF)
        /// The watched folder itself was renamed.
        public static let selfMoved = Mask(IN_MOVE_SELF)
        /// The file system with the watched folder was unmounted.
        public static let unmounted = Mask(IN_UNMOUNT)
        /// The watch is gone.
        public static let ignored = Mask(IN_IGNORED)
        /// Events were lost.
        public static let overflow = Mask(IN_Q_OVERFLOW)
        /// The event is about a folder.
        public static let isDirectory = Mask(IN_ISDIR)
        /// Watch only if the path is a folder.
        public static let onlyDirectory = Mask(IN_ONLYDIR)
    }

    /// The number of a watch; the kernel does not give it out twice.
    public struct Watch: Hashable, Sendable {
        /// The watch descriptor; −1 in an overflow event.
        public let number: CInt

        /// Names a watch by its descriptor.
        public init(number: CInt) {
            self.number = number
        }
    }

    /// One event.
    public struct Event: Sendable {
        /// Where; meaningless when `mask` has ``Mask/overflow``.
        public let watch: Watch
        /// What.
        public let mask: Mask
        /// The same number in both halves of a rename.
        public let cookie: UInt32
        /// Which entry of the folder; nil when it is about the folder itself.
        public let name: [UInt8]?

        /// Makes an event, as the kernel would.
        public init(watch: Watch, mask: Mask, cookie: UInt32 = 0, name: [UInt8]? = nil) {
            self.watch = watch
            self.mask = mask
            self.cookie = cookie
            self.name = name
        }
    }

    /// To be polled for reading.
    public let descriptor: CInt

    /// Opens a queue.
    public init() throws(SystemCallError) {
        descriptor = try systemCall("inotify_init1") { inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC)) }
    }

    deinit {
        close(descriptor)
    }

    /// Watches the folder behind an open descriptor: exactly that folder, whatever happens to its name meanwhile.
    ///
    /// - Parameter path: its name for the error message.
    public func add(directory: CInt, path: FilePath, for mask: Mask) throws(SystemCallError) -> Watch {
        let number = try systemCall("inotify_add_watch", path) {
            inotify_add_watch(descriptor, "/proc/self/fd/\(directory)", mask.rawValue)
        }
        return Watch(number: number)
    }

    /// Watches the folder at `path`, which may be a link to it.
    public func add(path: FilePath, for mask: Mask) throws(SystemCallError) -> Watch {
        let number = try systemCall("inotify_add_watch", path) {
            path.withPlatformString { inotify_add_watch(descriptor, $0, mask.rawValue) }
        }
        return Watch(number: number)
    }

    /// Ends a watch; its last event is ``Mask/ignored``. A watch that the kernel has ended already is no error.
    public func remove(_ watch: Watch) {
        inotify_rm_watch(descriptor, watch.number)
    }

    /// The events that wait now; none if there are none. Never blocks.
    public func read() throws(SystemCallError) -> [Event] {
        let capacity = 64 * 1024
        let bytes: [UInt8]
        do {
            bytes = try readOnce(capacity)
        } catch let error where error.errno == EAGAIN {
            return []
        }
        return bytes.withUnsafeBytes(Self.parse)
    }

    private func readOnce(_ capacity: Int) throws(SystemCallError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: capacity)
        let count = try systemCall("read") { Glibc.read(descriptor, &bytes, capacity) }
        bytes.removeLast(capacity - count)
        return bytes
    }

    private static func parse(_ buffer: UnsafeRawBufferPointer) -> [Event] {
        var events: [Event] = []
        var offset = 0
        let headerSize = MemoryLayout<inotify_event>.size
        while offset + headerSize <= buffer.count {
            let header = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            // Padded with NULs up to `len`.
            let name = buffer[(offset + headerSize)...].prefix(Int(header.len)).prefix { $0 != 0 }
            events.append(
                Event(
                    watch: Watch(number: header.wd),
                    mask: Mask(rawValue: header.mask),
                    cookie: header.cookie,
                    name: header.len == 0 ? nil : Array(name)
                )
            )
            offset += headerSize + Int(header.len)
        }
        return events
    }
}
