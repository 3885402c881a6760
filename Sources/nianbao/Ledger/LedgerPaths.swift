import Configuration
import Ledger
import LinuxIO
import SystemPackage

/// Finds out which files of the ledger a name on the command line may mean. Nothing need be there any more: a file that left
/// is still known by its path.
struct LedgerPaths {
    private struct Inbox {
        let name: String
        let roots: [FilePath]
    }

    private let inboxes: [Inbox]
    private let names = NamedPaths()

    /// - Parameter inboxes: names (empty for the one without) and folders.
    init(_ inboxes: [(name: String, path: FilePath)]) {
        self.inboxes = inboxes.map { Inbox(name: $0.name, roots: NamedPaths.inbox($0.path)) }
    }

    /// The files that the name may mean, the likeliest first: a path on this machine, a path in an inbox, or the name of an
    /// inbox and a path in it, as the lists show it.
    func keys(_ name: [UInt8]) -> [LedgerKey] {
        var keys: [LedgerKey] = []
        func add(_ inbox: String, _ path: [UInt8]) {
            let key = LedgerKey(inbox: inbox, path: path)
            if !path.isEmpty, !keys.contains(key) { keys.append(key) }
        }
        for path in names.file(FilePath(bytes: name)) {
            for inbox in inboxes {
                for root in inbox.roots where path.starts(with: root) && path != root {
                    add(inbox.name, FilePath(root: nil, path.components.dropFirst(root.components.count)).bytes)
                }
            }
        }
        let relative = FilePath(bytes: name).lexicallyNormalized()
        if relative.isRelative {
            for inbox in inboxes { add(inbox.name, relative.bytes) }
            add("", relative.bytes)
            let components = Array(relative.components)
            if let first = components.first {
                add(String(decoding: first.bytes, as: UTF8.self), FilePath(root: nil, components.dropFirst()).bytes)
            }
        }
        return keys
    }

    /// What a list showed of a name that is not fit to print: `\xNN` stands for a byte. Nil where there is none.
    static func unescaped(_ shown: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = shown[...]
        var found = false
        while let byte = rest.first {
            let digits = rest.dropFirst(2).prefix(2)
            if rest.starts(with: Array("\\x".utf8)), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(4)
                found = true
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return found ? bytes : nil
    }
}
