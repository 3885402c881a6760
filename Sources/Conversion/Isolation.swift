import CLinuxShims

/// What this kernel has to confine programs with.
public enum Isolation {
    /// The version of Landlock's interface (landlock(7)); 0 where there is none.
    public static var landlockVersion: Int { Int(shim_landlock_version()) }

    /// Whether calls of a program can be refused (seccomp(2)) on this kind of machine.
    public static var filtersCalls: Bool { shim_has_call_filter() != 0 }
}
