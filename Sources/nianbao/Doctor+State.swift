import AuditOutput
import AuditRules
import Configuration
import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// What lies in the state folder: results, ledger, and room for more.
extension Doctor {
    /// Below this, a note: a thousand reports bring about 100 MB of results and ledger.
    private static let plentyOfBytes: UInt64 = 1 << 30
    /// Below this, a problem.
    private static let fewBytes: UInt64 = 100 << 20
    private static let fewFiles: UInt64 = 1000

    /// Everything about the state folder.
    func stateDiagnoses(_ folder: StateFolder) -> [Diagnosis] {
        [results(folder.results), space(folder.path), ledger(folder.ledger)].compactMap(\.self)
    }

    /// Nil where the folder is not there yet: the service makes it where it may, and that is checked of the state folder.
    private func results(_ folder: FilePath) -> Diagnosis? {
        guard let status = try? FileStatus(of: folder) else { return nil }
        let id = "folder.results"
        guard status.kind == .directory, access(folder, W_OK | X_OK) else {
            let isReadOnly = Self.space(folder)?.isReadOnly == true
            return Diagnosis(
                id,
                .problem,
                Message(
                    "当前用户不能写结果目录 \(folder)\(isReadOnly ? "：文件系统是只读的" : "")",
                    "this user may not write to the folder of results \(folder)\(isReadOnly ? ": the file system is read-only" : "")"
                ),
                isReadOnly
                    ? Message("重新挂载为可写：mount -o remount,rw", "mount it writable: mount -o remount,rw")
                    : Message(
                        "交给运行服务的用户：chown -R 用户 \(folder)",
                        "give it to the user of the service: chown -R USER \(folder)"
                    )
            )
        }
        return Diagnosis(id, .ok, Message("结果目录 \(folder) 可写", "the folder of results \(folder) is writable"))
    }

    // MARK: - Room

    private struct Space {
        var freeBytes: UInt64
        /// Nil on file systems that make room for as many files as there come (btrfs, some network file systems).
        var freeFiles: UInt64?
        var isReadOnly: Bool
    }

    /// What the file system has left for users other than root, see statvfs(3).
    private static func space(_ folder: FilePath) -> Space? {
        var status = statvfs()
        guard folder.withPlatformString({ statvfs($0, &status) }) == 0 else { return nil }
        return Space(
            freeBytes: UInt64(status.f_bavail) * UInt64(status.f_frsize),
            freeFiles: status.f_files == 0 ? nil : UInt64(status.f_favail),
            isReadOnly: status.f_flag & UInt(ST_RDONLY) != 0
        )
    }

    private func space(_ folder: FilePath) -> Diagnosis? {
        var existing = folder
        while (try? FileStatus(of: existing)) == nil, existing.removeLastComponent() {}
        guard let space = Self.space(existing) else { return nil }
        let mebibytes = space.freeBytes >> 20
        let files = space.freeFiles.map { Message("，还可建 \($0) 个文件", ", and for \($0) files") } ?? Message("", "")
        let hasFewFiles = space.freeFiles.map { $0 < Self.fewFiles } ?? false
        let status: Diagnosis.Status =
            space.freeBytes < Self.fewBytes || hasFewFiles
            ? .problem : space.freeBytes < Self.plentyOfBytes ? .note : .ok
        return Diagnosis(
            "space",
            status,
            Message(
                "状态目录所在的磁盘还有 \(mebibytes) MiB\(files.zh)",
                "the disk of the state folder has room for \(mebibytes) MiB\(files.en)"
            ),
            status == .ok
                ? nil
                : Message(
                    "腾出空间，或设 retention.left 清除已离开的文件的结果",
                    "make room, or set retention.left, which removes what belongs to files that left"
                )
        )
    }

    // MARK: - The ledger

    private func ledger(_ file: FilePath) -> Diagnosis {
        let id = "ledger"
        do {
            if let trouble = LedgerTrouble.visible(file) { throw trouble }
            try Ledger(reading: file).verify()
        } catch let trouble as LedgerTrouble {
            if trouble.isMissing {
                return Diagnosis(
                    id,
                    .ok,
                    Message("还没有台账 \(file)，服务启动时建立", "no ledger \(file) yet, the service makes it")
                )
            }
            return Diagnosis(id, .problem, trouble.message, trouble.remedy)
        } catch let error as LedgerError {
            let trouble = LedgerTrouble(error)
            return Diagnosis(id, .problem, trouble.message, trouble.remedy)
        } catch {
            return Diagnosis(id, .problem, Message(symbols: "\(error)"))
        }
        return Diagnosis(id, .ok, Message("台账 \(file) 可读，没有损坏", "the ledger \(file) can be read and is not damaged"))
    }
}
