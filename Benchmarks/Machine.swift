// What the numbers were measured on.

import Glibc
import LinuxIO
import SystemPackage

enum Machine {
    /// Describes the machine, and warns when it is busy with other things.
    static func describe(measuringIn folder: FilePath) {
        let processors = sysconf(CInt(_SC_NPROCESSORS_ONLN))
        let load = contents("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")
        let model = contents("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = model?.split(separator: ":").last.map(String.init) ?? " ?"
        let kernel = contents("/proc/sys/kernel/osrelease").split(separator: "\n").first.map(String.init) ?? "?"
        print("机器：\(processors) 核，\(name.drop { $0 == " " })，Linux \(kernel)，\(folder) 在 \(fileSystem(of: folder)) 上")
        print("负载：\(load)（最近 1、5、15 分钟）")
        if let recent = load.split(separator: " ").first.flatMap({ Double($0) }), recent > 0.5 * Double(processors) {
            print("注意：机器正忙于别的工作，实际时间偏大；CPU 时间受影响较小")
        }
    }

    /// The type of the file system, of the longest mount point that `folder` lies under.
    private static func fileSystem(of folder: FilePath) -> String {
        let mounts = contents("/proc/self/mounts").split(separator: "\n").map { $0.split(separator: " ") }
        let over = mounts.filter { $0.count > 2 && folder.starts(with: FilePath(String($0[1]))) }
        return over.max { $0[1].utf8.count < $1[1].utf8.count }.map { String($0[2]) } ?? "?"
    }

    private static func contents(_ path: FilePath) -> String {
        (try? KernelFile.bytes(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
