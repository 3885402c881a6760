import Glibc
import SystemPackage

extension Descriptor {
    /// Opens a folder for reading, through links where there are some.
    public init(folder path: FilePath) throws(SystemCallError) {
        self.init(
            owning: try systemCall("open", path) {
                path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC) }
            }
        )
    }
}
