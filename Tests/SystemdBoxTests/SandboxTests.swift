// What the service cannot do, tried from inside: a unit of the same settings that runs a probe in place of the service.

import LinuxIO
import TestSupport
import Testing

@Suite("the sandbox of the service", .serialized, .enabled(if: SystemdBox.isWanted, "SYSTEMD_BOX=0"))
struct SandboxTests {
    private let box: SystemdBox

    init() throws { box = try Installation.shared.get().box }

    /// Runs a script as the service would run, and gives its standard output.
    private func probe(_ script: String) throws -> String {
        let name = "nianbao-probe-\(UInt32.random(in: .min ... .max))"
        // Every line of the unit but those of what it runs, and when.
        let kept = #"sed -E '/^(Exec[A-Za-z]+|Type|NotifyAccess|WatchdogSec|Restart[A-Za-z]*|RuntimeDirectory.*)=/d'"#
        return try box.shell(
            """
            unit=/run/systemd/system/$1.service
            \(kept) /lib/systemd/system/nianbao.service > $unit
            printf '%s\\n' '[Service]' Type=oneshot "ExecStart=/bin/bash /run/$1.sh" "StandardOutput=file:/run/$1.out" >> $unit
            printf '%s\\n' "$2" > /run/$1.sh
            chmod 644 /run/$1.sh
            systemctl daemon-reload
            systemctl start $1 || { systemctl status --no-pager $1; exit 1; }
            cat /run/$1.out
            rm $unit
            """,
            name,
            script
        )
    }

    /// Without these the tests below would prove nothing: what fails inside works for the same user outside.
    @Test func sameUserMayOutside() throws {
        try box.shell("touch /srv/nianbao/inbox/.written && rm /srv/nianbao/inbox/.written", as: "nianbao")
        try box.shell("python3 -c 'import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)'", as: "nianbao")
        #expect(try box.shell("ls /home", as: "nianbao").contains(Installation.member))
    }

    @Test func itReadsTheInboxButCannotWriteIt() throws {
        let text = try probe(
            """
            ls -d /srv/nianbao/inbox
            [ -r /srv/nianbao/inbox ] && echo readable
            touch /srv/nianbao/inbox/written 2>&1
            echo x > /etc/written
            echo x > /usr/written
            echo x > /var/written
            mkdir /srv/other
            echo x > /var/lib/nianbao/probe && rm /var/lib/nianbao/probe && echo state
            true
            """
        )
        #expect(text.contains("readable"))
        #expect(text.contains("Read-only file system"), "the inbox can be written: \(text)")
        #expect(text.contains("state"), "the state folder cannot be written: \(text)")
        for path in ["/srv/nianbao/inbox/written", "/etc/written", "/usr/written", "/var/written", "/srv/other"] {
            #expect(!Files.exists(box.path(path)), "\(path) was written from inside")
        }
    }

    @Test func itReachesNoNetwork() throws {
        let text = try probe(
            """
            python3 - << 'END'
            import socket
            for family in "AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET":
                try:
                    socket.socket(getattr(socket, family), socket.SOCK_RAW if family == "AF_PACKET" else socket.SOCK_DGRAM)
                    print(family, "works")
                except OSError as error:
                    print(family, error.strerror)
            socket.socket(socket.AF_UNIX)
            print("AF_UNIX works")
            END
            ls /sys/class/net
            """
        )
        for family in ["AF_INET ", "AF_INET6", "AF_NETLINK", "AF_PACKET"] {
            #expect(!text.contains("\(family.filter { $0 != " " }) works"), "\(text)")
        }
        #expect(text.contains("AF_INET "), "the probe did not run: \(text)")
        #expect(text.contains("AF_UNIX works"), "journal and notification need it: \(text)")
    }

    @Test func itSeesNoHome() throws {
        let text = try probe("ls -A /home /root 2>&1; cat /home/\(Installation.member)/.profile 2>&1; true")
        #expect(!text.contains(".profile\n") && !text.contains("umask"), "\(text)")
        #expect(!text.split(separator: "\n").contains { $0 == Installation.member }, "\(text)")
    }

    @Test func itHasNoPowers() throws {
        let text = try probe(
            """
            grep -E '^(CapBnd|CapEff|NoNewPrivs|Seccomp):' /proc/self/status
            unshare --user true 2>&1 && echo namespace
            mount -t tmpfs none /tmp 2>&1 && echo mounted
            ls /proc/1/environ > /dev/null 2>&1 && echo 'other process'
            ls /dev/kmsg /dev/mem /dev/vda 2>/dev/null
            chmod u+s /var/lib/nianbao/results && echo setuid
            true
            """
        )
        #expect(text.contains("CapBnd:\t0000000000000000"), "\(text)")
        #expect(text.contains("CapEff:\t0000000000000000"), "\(text)")
        #expect(text.contains("NoNewPrivs:\t1"), "\(text)")
        #expect(text.contains("Seccomp:\t2"), "\(text)")
        for power in ["namespace", "mounted", "other process", "/dev/", "setuid"] {
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix(power) }, "\(power): \(text)")
        }
    }
}
