import ArgumentParser
import AuditOutput
import AuditService
import Glibc
import LinuxIO
import SystemPackage

/// Finds the control socket of a service.
struct ServiceControl {
    /// The name of the socket in its folder.
    static let name = "control"
    /// Where the packaged unit has it (`RuntimeDirectory=nianbao`).
    static let packagedFolder: FilePath = "/run/nianbao"

    /// What came of asking.
    enum Reply {
        /// No service listens.
        case notRunning
        /// One may listen, but this user may not ask.
        case forbidden(FilePath)
        case failed(SystemCallError)
        case answer(ControlAnswer)
    }

    /// Sockets to try.
    private var sockets: [FilePath]
    /// Which service is meant, where the socket does not tell.
    private var stateFolder: FilePath?

    /// - Parameters:
    ///   - runtime: the folder of the socket; then the service in it is meant.
    ///   - stateFolder: else the service with this one; nil: the one that systemd started.
    init(runtime: FilePath?, stateFolder: FilePath?) {
        if let runtime {
            sockets = [runtime]
            return
        }
        sockets = [stateFolder, Self.runtimeFolder, Self.packagedFolder].compactMap(\.self)
        self.stateFolder = stateFolder.map { (try? $0.resolved()) ?? $0 }
    }

    /// Where systemd has the service keep what is gone with it (`RUNTIME_DIRECTORY`, systemd.exec(5)).
    static var runtimeFolder: FilePath? {
        getenv("RUNTIME_DIRECTORY").flatMap { value in
            String(cString: value).split(separator: ":").first.map { FilePath(String($0)) }
        }
    }

    /// Where a service listens: in `runtime`, in the folder that systemd made, or beside its ledger.
    static func socket(runtime: FilePath?, stateFolder: FilePath) -> FilePath {
        (runtime ?? runtimeFolder ?? stateFolder).appending(name)
    }

    /// Asks the first service that is the one.
    func ask(_ request: ControlRequest, within time: Duration) -> Reply {
        var reply = Reply.notRunning
        for folder in sockets {
            let socket = folder.appending(Self.name)
            do throws(SystemCallError) {
                // Which service it is must be known before it is told to do anything.
                let first = try ControlClient.ask(.status, at: socket, within: .seconds(5))
                if let stateFolder, first.state != stateFolder.description { continue }
                return .answer(request == .status ? first : try ControlClient.ask(request, at: socket, within: time))
            } catch {
                switch error.errno {
                case ENOENT, ECONNREFUSED, ENOTDIR: continue
                case EACCES, EPERM: reply = .forbidden(socket)
                default: reply = .failed(error)
                }
            }
        }
        return reply
    }
}
