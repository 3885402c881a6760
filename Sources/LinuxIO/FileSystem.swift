// Where inotify does not tell everything.

import CLinuxShims
import Glibc
import SystemPackage

/// The kind of file system that holds a file, see statfs(2).
public enum FileSystem {
    /// Whether others can change files there without inotify(7) telling: the change is made on another machine, or behind
    /// the kernel's back by a program or by the host of a virtual machine. Such folders have to be walked again and again.
    ///
    /// Changes made through this mount are told there, too. An overlay counts as seeing, although a layer of it may be on
    /// such a file system; a folder that cannot be asked does, too. A server that does not answer is waited for, as it is
    /// with any look at the folder.
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
        (try? systemCall("fstatfs") { shim_file_system_kind(descriptor) }).map { UInt32(truncatingIfNeeded: $0) }
    }

    private static func kind(_ path: FilePath) -> UInt32? {
        let opened = try? systemCall("open", path) { path.withPlatformString { open($0, shim_O_PATH | O_CLOEXEC) } }
        guard let opened else { return nil }
        let descriptor = Descriptor(owning: opened)
        return kind(descriptor.number)
    }

    /// By `f_type`: linux/magic.h and statfs(2); fs.h of coreutils, whose tail(1) does not trust inotify there either, for
    /// those outside the kernel.
    static let blind: [UInt32: String] = [
        0x6969: "nfs",
        0x517B: "smb",
        0xFF53_4D42: "cifs",
        0xFE53_4D42: "smb2",
        0x564C: "ncp",
        0x0102_1997: "9p",
        0x6573_5546: "fuse",  // Also sshfs, GlusterFS, s3fs, virtiofs; and ntfs-3g, which cannot be told apart.
        0x00C3_6400: "ceph",
        0x0BD0_0BD0: "lustre",
        0x7461_636F: "ocfs2",
        0x0116_1970: "gfs2",
        0x5346_414F: "afs",
        0x6B41_4653: "afs",  // The kernel's own.
        0x7375_7245: "coda",
        0x2003_0528: "orangefs",  // fs/orangefs/protocol.h
        0x786F_4256: "vboxsf",
        0xBACB_ACBC: "vmhgfs",
        0x7C7C_6673: "prl_fs",
        0x5346_4846: "wslfs",
        0x00C0_FFEE: "hostfs",
        0x4750_4653: "gpfs",
        0x1983_0326: "beegfs",
        0xAAD7_AAEA: "panfs",
        0xBEEF_DEAD: "snfs",
        0x0131_11A8: "ibrix",
        0x6163_6673: "acfs",
        0xA501_FCF5: "vxfs",  // May be shared in a cluster.
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
    ]
}
