// Folders that must not meet: results inside an inbox would be audited in turn, a file in two inboxes audited twice.

import SystemPackage

/// Two folders of a configuration that cannot be used together. It holds for `--inbox` and `--state` as for a file.
public struct FolderConflict: Sendable, Hashable {
    /// Which folder is meant.
    public enum Folder: Sendable, Hashable {
        /// An inbox, by its index.
        case inbox(Int)
        /// The state folder.
        case state
    }

    /// Why they clash.
    public enum Kind: Sendable, Hashable {
        /// One is the other, or lies in it.
        case overlap
        /// Two inboxes have one name.
        case sameName
        /// Two inboxes have no name.
        case nameless
    }

    /// Why they clash.
    public let kind: Kind
    /// The two folders, in the order of the configuration; the state folder comes last.
    public let folders: [Folder]
    /// What is wrong.
    public let message: LocalizedText
    /// How to mend it.
    public let remedy: LocalizedText
}

extension Configuration {
    /// The folders that clash, by lexically normalised paths: nothing is looked up, and links are not followed.
    public var folderConflicts: [FolderConflict] { folderConflicts(ignoringNamesOf: []) }

    /// The same but for the names of these inboxes, which the file gives and the reader has refused.
    func folderConflicts(ignoringNamesOf refused: Set<Int>) -> [FolderConflict] {
        var conflicts: [FolderConflict] = []
        // The path is empty where the file gives none that can be used.
        let located = inboxes.enumerated().filter { !$0.element.path.isEmpty }
        for (position, (index, inbox)) in located.enumerated() {
            for (earlier, other) in located[..<position]
            where inbox.path.overlaps(other.path) {
                conflicts.append(.overlap(.inbox(earlier), other.path, .inbox(index), inbox.path))
            }
            if inbox.path.overlaps(state) {
                conflicts.append(.overlap(.inbox(index), inbox.path, .state, state))
            }
        }
        // Only against the first of the same name: three are two problems, not three.
        let named = inboxes.enumerated().filter { !refused.contains($0.offset) }
        for (position, (index, inbox)) in named.enumerated() {
            guard let first = named[..<position].first(where: { $0.element.name == inbox.name }) else { continue }
            conflicts.append(.names(inbox.name, first.offset, index))
        }
        return conflicts
    }
}

extension FolderConflict {
    fileprivate static func overlap(
        _ left: Folder,
        _ leftPath: FilePath,
        _ right: Folder,
        _ rightPath: FilePath
    ) -> FolderConflict {
        func title(_ folder: Folder, _ path: FilePath) -> LocalizedText {
            folder == .state
                ? LocalizedText("状态目录 \(shown(path.string))", "the state folder \(shown(path.string))")
                : LocalizedText("收件目录 \(shown(path.string))", "the inbox \(shown(path.string))")
        }
        let (one, two) = (title(left, leftPath), title(right, rightPath))
        let message =
            if leftPath == rightPath {
                one + LocalizedText(" 与", " is also ")
                    + (right == .state
                        ? LocalizedText("状态目录相同", "the state folder")
                        : LocalizedText("另一收件目录相同", "another inbox"))
            } else if leftPath.starts(with: rightPath) {
                one + LocalizedText(" 在", " lies in ") + two + LocalizedText(" 之内", "")
            } else {
                two + LocalizedText(" 在", " lies in ") + one + LocalizedText(" 之内", "")
            }
        let remedy =
            right == .state
            ? LocalizedText(
                "让两者互不包含，例如状态目录用 /var/lib/nianbao",
                "keep them apart, with the state folder in /var/lib/nianbao, say"
            )
            : LocalizedText(
                "删去其中一个，或改用互不包含的目录；子目录本来就一并监视",
                "remove one, or use folders that lie apart; subfolders are watched anyway"
            )
        return FolderConflict(kind: .overlap, folders: [left, right], message: message, remedy: remedy)
    }

    fileprivate static func names(_ name: String?, _ first: Int, _ second: Int) -> FolderConflict {
        FolderConflict(
            kind: name == nil ? .nameless : .sameName,
            folders: [.inbox(first), .inbox(second)],
            message: name.map {
                LocalizedText("收件目录的名称“\($0)”重复", "two inboxes have the name '\($0)'")
            } ?? LocalizedText("有两个收件目录没有名称", "two inboxes have no name"),
            remedy: LocalizedText(
                "用 name 给它另起一个名称；最多一个收件目录可以没有名称",
                "give it a name of its own by the key name; at most one inbox may have none"
            )
        )
    }
}

extension FilePath {
    fileprivate func overlaps(_ other: FilePath) -> Bool { starts(with: other) || other.starts(with: self) }
}
