import Glibc
import LinuxIO
import SystemPackage

/// The socket by which a second LibreOffice finds the first with the same profile. It lies in /tmp, or else in /var/tmp
/// (LibreOffice, sal/osl/unx/pipe.cxx), and stays there where LibreOffice is killed or may not remove it.
enum OfficeSocket {
    /// Where LibreOffice puts it.
    static let folders: [FilePath] = ["/tmp", "/var/tmp"]

    /// Removes those of this user at which nobody listens. LibreOffice does so itself when it finds one in its way.
    static func removeDead() {
        let prefix = Array("OSL_PIPE_\(geteuid())_SingleOfficeIPC_".utf8)
        for folder in folders {
            for name in DirectoryScan.names(in: folder) where name.starts(with: prefix) {
                let path = folder.appending(FilePath(bytes: name).components)
                if isDead(path) { _ = path.withPlatformString { unlink($0) } }
            }
        }
    }

    private static func isDead(_ path: FilePath) -> Bool {
        let number = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return false }
        let descriptor = Descriptor(owning: number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) != 0 && errno == ECONNREFUSED
            }
        }
    }
}
