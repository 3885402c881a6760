// Whether a file can change without its identity telling so.

import Glibc

/// The clock that stamps files.
public enum FileClock {
    /// `CLOCK_REALTIME_COARSE` (clock_gettime(2)), nanoseconds since 1970: the time at the last tick, up to ten
    /// milliseconds ago.
    ///
    /// The kernel stamps changes on local file systems with it (`inode_set_ctime_current`, `ktime_get_coarse_real_ts64`
    /// in fs/inode.c), not with the exact time: all changes between two ticks carry the same stamp. A remote file system
    /// has the clock of its server.
    public static func coarseNow() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension FileIdentity {
    /// How exactly file systems keep times: one whose times are all multiples of `unit` may give a change the time that
    /// lies up to `reach` before it. In nanoseconds, the coarsest first.
    ///
    /// FAT 2 s, ext3, HFS+ and AFS 1 s, exFAT 10 ms, programs behind FUSE often 1 ms or 1 µs, UDF 1 µs, NTFS and SMB 100 ns.
    private static let grains: [(unit: Int64, reach: Int64)] = [
        (1_000_000_000, 2_000_000_000), (10_000_000, 10_000_000), (1_000_000, 1_000_000), (1000, 1000), (100, 100),
    ]

    /// Whether a change after `coarse` could leave this identity as it is, size and all: then what was read at that
    /// moment may not be what the identity stands for, and the file has to be looked at again.
    ///
    /// It could not once ``changed`` lies before the present tick: ``changed`` never goes back, unless somebody sets the
    /// clock back. Kernels since 6.13 give a change an exact stamp where the one before it has been seen by stat(2)
    /// (multigrain timestamps, `FS_MGTIME`: btrfs, ext4, tmpfs, XFS), and no later coarse stamp lies before an exact one;
    /// but neither older kernels nor other file systems do, so nothing is concluded from that. An exact stamp lies ahead
    /// of the coarse clock for up to a tick and counts as not yet past, as any stamp in the future does.
    ///
    /// Where others stamp the files, see ``SafeFile/isStampedElsewhere``, this holds as far as their clock does not lag ours
    /// by more than `lag`.
    ///
    /// - Parameters:
    ///   - coarse: ``FileClock/coarseNow()``, asked before the file was looked at and read.
    ///   - lag: how far the clock that stamps the file may be behind, in nanoseconds.
    public func mayHideLaterChange(readAt coarse: Int64, lag: Int64 = 0) -> Bool {
        let reach = Self.grains.first { changed.isMultiple(of: $0.unit) }?.reach ?? 1
        return changed > coarse &- reach &- lag
    }
}
