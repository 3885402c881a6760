// The package, in a box.

import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport

/// A box with two versions of the package and some reports at hand, and the first of them installed.
struct Installation {
    let box: SystemdBox
    let older: FilePath
    let newer: FilePath
    /// Members of the group, and nobody's.
    static let (member, stranger) = ("alice", "bob")

    /// The box that all tests share which change nothing for each other.
    static let shared = Result { try Installation() }

    /// What is made once: packages and reports.
    private struct Share {
        let folder: TemporaryFolder
        let older, newer: FilePath

        static let made = Result { try Share() }

        init() throws {
            let folder = try TemporaryFolder()
            self.folder = folder
            // Other users of the box copy from it.
            try systemCall("chmod", folder.path) { folder.path.withPlatformString { chmod($0, 0o755) } }
            older = try DebianPackage.make(version: "0.1.0~test1", in: folder.path)
            newer = try DebianPackage.make(version: "0.1.0~test2", in: folder.path)
            var generator = ReportGenerator(seed: 3)
            let report = generator.report(edition: .edition2021, shape: .cellPerLine)
            try Files.write(report.text, to: folder("report.txt"))
            let docx = report.docx([])
            try LibreOffice.write(docx, to: folder("report.docx"))
            let doc = try LibreOffice.convert([docx], to: "doc", filter: "MS Word 97")
            try LibreOffice.write(doc[0], to: folder("report.doc"))
            let pdf = try LibreOffice.convert([docx], to: "pdf", filter: "writer_pdf_Export")
            try LibreOffice.write(pdf[0], to: folder("report.pdf"))
            if let wrong = generator.mutation(.feeSentenceRemoved, of: report) {
                try Files.write(wrong.report.text, to: folder("wrong.txt"))
            }
        }
    }

    /// Boots a box and installs the older package.
    init() throws {
        let share = try Share.made.get()
        box = try SystemdBox(sharing: share.folder.path)
        older = share.older
        newer = share.newer
        // A package may start its service here, and need not index manual pages.
        try box.shell("rm -f /usr/sbin/policy-rc.d /var/lib/man-db/auto-update")
        try install(older)
        try box.shell(
            #"useradd --create-home --groups nianbao "$1"; useradd --create-home "$2""#,
            Self.member,
            Self.stranger
        )
    }

    /// `dpkg -i`
    func install(_ package: FilePath) throws {
        try box.shell(
            #"DEBIAN_FRONTEND=noninteractive dpkg --force-confold -i "$1" 2>&1"#,
            "/mnt/" + (package.lastComponent?.string ?? "")
        )
    }

    /// A member of the group copies a report into the inbox.
    func drop(_ report: String, as name: String, mode: String = "0644") throws {
        try box.shell(
            #"install -m "$3" "/mnt/$1" "/srv/nianbao/inbox/$2""#,
            report,
            name,
            mode,
            as: Self.member
        )
    }

    /// The audit of a file, once it is there.
    func audit(of name: String, within limit: Duration = .seconds(60)) throws -> AuditRecord? {
        let path = box.path("/var/lib/nianbao/results/\(name).audit.json")
        guard eventually(within: limit, { Files.exists(path) }) else { return nil }
        return try Files.read(path).map { try AuditRecord(json: $0) }
    }

    /// The journal's entries of a class for a file, when there is one.
    func entries(_ messageID: String, of name: String) throws -> [JournalRecord] {
        var found: [JournalRecord] = []
        _ = try eventually {
            found = try box.journal("MESSAGE_ID=\(messageID)", "NIANBAO_FILE=/srv/nianbao/inbox/\(name)")
            return !found.isEmpty
        }
        return found
    }

    /// A property of the unit.
    func property(_ name: String) throws -> String {
        let text = try box.shell(#"systemctl show --value --property "$1" nianbao"#, name)
        return text.trimmingSuffix { $0.isNewline }
    }
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest.removeLast() }
        return String(rest)
    }
}
