// Sockets of this machine's file system, see unix(7).

import CLinuxShims
import Glibc
import SystemPackage

/// Stream sockets with a name in the file system. All of them are non-blocking and close when a program is executed.
public enum LocalSocket {
    /// Listens at `path`; what a dead process left there is replaced.
    ///
    /// - Parameter mode: who may connect: that takes the permission to write.
    /// - Throws: `EADDRINUSE` where somebody listens.
    public static func listen(at path: FilePath, mode: mode_t) throws(SystemCallError) -> Descriptor {
        let (isTaken, isLeft) = try look(at: path)
        if isTaken { throw SystemCallError(call: "bind", path: path, errno: EADDRINUSE) }
        if isLeft { _ = path.withPlatformString { unlink($0) } }
        let socket = try make()
        let number = socket.number
        try withAddress(path) { address, size throws(SystemCallError) in
            try systemCall("bind", path) { bind(number, address, size) }
        }
        try systemCall("chmod", path) { path.withPlatformString { chmod($0, mode) } }
        try systemCall("listen", path) { Glibc.listen(number, 16) }
        return socket
    }

    /// Connects to whoever listens at `path`.
    ///
    /// - Throws: `ENOENT` and `ECONNREFUSED` where nobody does, `EACCES` without the permission, `EAGAIN` where too many wait.
    public static func connect(to path: FilePath) throws(SystemCallError) -> Descriptor {
        let socket = try make()
        let number = socket.number
        try withAddress(path) { address, size throws(SystemCallError) in
            try systemCall("connect", path) { Glibc.connect(number, address, size) }
        }
        return socket
    }

    /// The next one who connects; nil when nobody waits.
    public static func accept(_ listener: CInt) -> Descriptor? {
        let number = shim_accept(listener)
        return number < 0 ? nil : Descriptor(owning: number)
    }

    /// The user on the other side when it connected (`SO_PEERCRED`); nil where the kernel does not tell.
    public static func peer(_ socket: CInt) -> uid_t? {
        let user = shim_peer_user(socket)
        return user < 0 ? nil : uid_t(user)
    }

    /// Sends as much as goes at once; a peer that has gone raises no signal.
    ///
    /// - Returns: how many bytes; nil where nothing more will ever go.
    public static func send(_ bytes: ArraySlice<UInt8>, to socket: CInt) -> Int? {
        let count = bytes.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
        }
        return count < 0 ? (errno == EAGAIN || errno == EINTR ? 0 : nil) : count
    }

    /// Reads what is there, at most `limit` bytes.
    ///
    /// - Returns: nothing where nothing is there yet; nil where nothing more will come.
    public static func receive(_ socket: CInt, atMost limit: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(socket, &buffer, limit, CInt(MSG_DONTWAIT))
        if count < 0, errno == EAGAIN || errno == EINTR { return [] }
        return count <= 0 ? nil : Array(buffer.prefix(count))
    }

    /// Whether somebody listens at `path`, and whether only the name is left of one who did.
    private static func look(at path: FilePath) throws(SystemCallError) -> (isTaken: Bool, isLeft: Bool) {
        do {
            _ = try connect(to: path)
            return (true, false)
        } catch {
            switch error.errno {
            case ECONNREFUSED: return (false, true)
            case ENOENT: return (false, false)
            default: throw error
            }
        }
    }

    private static func make() throws(SystemCallError) -> Descriptor {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        return Descriptor(owning: try systemCall("socket") { socket(AF_UNIX, kind, 0) })
    }

    /// An address has room for 107 bytes: a longer path is reached through its folder.
    private static func withAddress(
        _ path: FilePath,
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemCallError) -> Void
    ) throws(SystemCallError) {
        var address = sockaddr_un()
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.bytes.count >= room else { return try with(&address, path.bytes, body) }
        guard let name = path.lastComponent, name.bytes.count < room - 40 else {
            throw SystemCallError(call: "socket", path: path, errno: ENAMETOOLONG)
        }
        let folder = try Descriptor(folder: path.removingLastComponent())
        try with(&address, Array("/proc/self/fd/\(folder.number)/".utf8) + name.bytes, body)
    }

    private static func with(
        _ address: inout sockaddr_un,
        _ path: [UInt8],
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemCallError) -> Void
    ) throws(SystemCallError) {
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> SystemCallError? in
                do throws(SystemCallError) {
                    try body(pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
                    return nil
                } catch {
                    return error
                }
            }
        }
        if let result { throw result }
    }
}
