// Where inotify does not tell everything.

import Glibc
import SystemPackage

/// The kind of file system that holds a file, see statfs(2).
public enum FileSystem {
    /// Whether others can change files there without inotify(7) telling: the change is made on another machine, or behind
    /// the kernel's back by a program or by the host of a virtual machine. Such folders have to be walked again and again.
    ///
    /// Changes made on this machine are told there, too. An overlay (overlayfs) is as its upper layer is, which it does not
    /// tell: it counts as seeing. A folder that cannot be asked counts as seeing; opening it fails anyway.
    public static func isBlind(_ descriptor: CInt) -> Bool {
        kind(descriptor).map { blind[$0] != nil } ?? false
    }

    /// The same for the folder at `path`, which may be a link to it. A path that is not there counts as seeing.
    public static func isBlind(path: FilePath) -> Bool {
        kind(path).map { blind[$0] != nil } ?? false
    }

    /// Its name for people, as in mount(8) where there is one: `nfs`, `ext4`; the number in hexadecimal where it is
    /// another.
    public static func name(_ descriptor: CInt) -> String {
        kind(descriptor).map(name(ofKind:)) ?? "unknown"
    }

    /// The same for the folder at `path`.
    public static func name(path: FilePath) -> String {
        kind(path).map(name(ofKind:)) ?? "unknown"
    }

    static func name(ofKind kind: UInt32) -> String {
        blind[kind] ?? seeing[kind] ?? "0x" + String(kind, radix: 16)
    }

    private static func kind(_ descriptor: CInt) -> UInt32? {
        var status = statfs()
        guard (try? systemCall("fstatfs") { fstatfs(descriptor, &status) }) != nil else { return nil }
        return UInt32(truncatingIfNeeded: status.f_type)
    }

    private static func kind(_ path: FilePath) -> UInt32? {
        var status = statfs()
        let result = try? systemCall("statfs", path) { path.withPlatformString { statfs($0, &status) } }
        return result == nil ? nil : UInt32(truncatingIfNeeded: status.f_type)
    }

    /// By `f_type`, from linux/magic.h, statfs(2) and, where neither has it, the named file of the kernel or the driver.
    static let blind: [UInt32: String] = [
        0x6969: "nfs",
        0x517B: "smb",
        0xFF53_4D42: "cifs",
        0xFE53_4D42: "smb2",
        0x564C: "ncp",
        0x0102_1997: "9p",
        0x6573_5546: "fuse",  // Also sshfs, s3fs, GlusterFS, virtiofs, ntfs-3g, GVFS.
        0x00C3_6400: "ceph",
        0x0BD0_0BD0: "lustre",  // lustre_idl.h
        0x7461_636F: "ocfs2",
        0x0116_1970: "gfs2",  // linux/gfs2_ondisk.h
        0x5346_414F: "openafs",
        0x6B41_4653: "afs",
        0x7375_7245: "coda",
        0x786F_4256: "vboxsf",  // fs/vboxsf/super.c
        0xBACB_ACBC: "vmhgfs",  // open-vm-tools
        0x4750_4653: "gpfs",  // coreutils, src/fs.h
        0x1983_0326: "beegfs",  // coreutils, src/fs.h (fhgfs)
        0x2003_0528: "orangefs",  // fs/orangefs/protocol.h
        0xAAD7_AAEA: "panfs",  // coreutils, src/fs.h
        0x7C7C_6673: "prl_fs",  // coreutils, src/fs.h
        0x0131_11A8: "ibrix",  // coreutils, src/fs.h
        0x6B41_4646: "acfs",
        0x5A4F_4653: "zonefs",
        0x00C0_FFEE: "hostfs",
    ]

    private static let seeing: [UInt32: String] = [
        0xEF53: "ext4",  // Also ext2 and ext3.
        0x5846_5342: "xfs",
        0x9123_683E: "btrfs",
        0x2FC1_2FC1: "zfs",
        0xF2F5_2010: "f2fs",
        0xCA45_1A4E: "bcachefs",
        0x0102_1994: "tmpfs",
        0x8584_58F6: "ramfs",
        0x794C_7630: "overlay",
        0x4D44: "vfat",
        0x2011_BAB0: "exfat",
        0x7366_746E: "ntfs3",
        0x5346_544E: "ntfs",
        0x3153_464A: "jfs",
        0x5265_4973: "reiserfs",
        0x3434: "nilfs2",
        0xF15F: "ecryptfs",
        0x9660: "iso9660",
        0x1501_3346: "udf",
        0x7371_7368: "squashfs",
        0x9FA0: "proc",
        0x6265_6572: "sysfs",
        0x0187: "autofs",
    ]
}
