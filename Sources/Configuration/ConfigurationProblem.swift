// What is wrong in a configuration file, where, and how to mend it, in both languages.

import SystemPackage

/// One text in the languages of the product.
public struct LocalizedText: Sendable, Hashable {
    let chinese: String
    let english: String

    init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    /// The text in a language.
    public subscript(language: Configuration.Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
        LocalizedText(left.chinese + right.chinese, left.english + right.english)
    }
}

/// Text of the file as a message quotes it: on one line, without signs that would steer a terminal, and not for ever.
func shown(_ text: String, limit: Int = 200) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: quoted += scalar.escaped(asASCII: true)
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return text.unicodeScalars.count > limit ? quoted + "…" : quoted
}

/// One thing that is wrong in a configuration file.
public struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as it was named.
    public let file: FilePath
    /// The line, from 1; nil when the file as a whole is meant.
    public let line: Int?
    /// The column in Unicode scalars, from 1; nil when the line or the file as a whole is meant.
    public let column: Int?
    /// The key, such as `inboxes[1].path`; empty when no key is meant.
    public let keyPath: String
    /// What is wrong.
    public let message: LocalizedText
    /// How to mend it.
    public let remedy: LocalizedText

    /// `file:line:column: what is wrong. Fix: how to mend it`, in one line.
    public func description(in language: Configuration.Language) -> String {
        let place = ([file.string] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
        return switch language {
        case .chinese: "\(place): \(message[.chinese])。修正：\(remedy[.chinese])"
        case .english: "\(place): \(message[.english]). Fix: \(remedy[.english])"
        }
    }

    /// The Chinese description.
    public var description: String { description(in: .chinese) }
}

/// Every problem of one configuration file, in the order of its lines; never empty.
public struct ConfigurationErrors: Error, Sendable, CustomStringConvertible {
    /// The problems, at most a hundred.
    public let problems: [ConfigurationProblem]

    init(_ problems: [ConfigurationProblem]) {
        // Enumerated, because `sort` does not promise to keep the order of problems at one place.
        self.problems = problems.enumerated()
            .sorted { left, right in
                (left.element.line ?? 0, left.element.column ?? 0, left.offset)
                    < (right.element.line ?? 0, right.element.column ?? 0, right.offset)
            }
            .map(\.element)
    }

    /// One line a problem.
    public func description(in language: Configuration.Language) -> String {
        problems.map { $0.description(in: language) }.joined(separator: "\n")
    }

    /// The Chinese description.
    public var description: String { description(in: .chinese) }
}

extension ConfigurationProblem {
    /// A problem of the file as a whole.
    init(_ file: FilePath, _ message: LocalizedText, remedy: LocalizedText) {
        self.init(file: file, line: nil, column: nil, keyPath: "", message: message, remedy: remedy)
    }

    /// The file cannot be parsed for this reason.
    init(_ file: FilePath, _ error: YAMLError) {
        self.init(
            file: file,
            line: error.mark?.line,
            column: error.mark?.column,
            keyPath: "",
            message: error.message,
            remedy: error.remedy
        )
    }

    /// The file could not be read for this reason.
    static func unreadable(_ file: FilePath, _ errno: Errno) -> ConfigurationProblem {
        switch errno {
        case .noSuchFileOrDirectory, .notDirectory:
            ConfigurationProblem(
                file,
                LocalizedText("没有这个配置文件", "there is no such configuration file"),
                remedy: LocalizedText(
                    "检查路径；软件包的范例可复制到 /etc/nianbao/nianbao.yaml",
                    "check the path, or copy the nianbao.yaml that comes with the package to /etc/nianbao/nianbao.yaml"
                )
            )
        case .permissionDenied:
            ConfigurationProblem(
                file,
                LocalizedText("没有读取权限", "no permission to read the file"),
                remedy: LocalizedText(
                    "让运行本程序的用户能读它，例如 chgrp nianbao 后 chmod 640，并检查上级目录的权限",
                    "let the user that runs nianbao read it, say by chgrp nianbao and chmod 640; "
                        + "check the folders above it too"
                )
            )
        case .isDirectory:
            ConfigurationProblem(
                file,
                LocalizedText("这是目录，不是文件", "this is a folder, not a file"),
                remedy: LocalizedText("写出目录中配置文件的路径", "name the configuration file inside the folder")
            )
        default:
            ConfigurationProblem(
                file,
                LocalizedText("无法读取：\(errno)", "cannot be read: \(errno)"),
                remedy: LocalizedText("检查文件与磁盘后重试", "check the file and its disk, then try again")
            )
        }
    }
}
