// Walks the YAML nodes along the table of keys and collects what is wrong.

import SystemPackage

/// Reads one file; collects every problem instead of stopping at the first.
struct Reader {
    /// Nobody mends more at a time, and a file of another kind would fill the journal.
    static let maximumProblems = 100

    let file: FilePath
    let vocabulary: Vocabulary
    private(set) var problems: [ConfigurationProblem] = []
    /// Where the value of each key that was read stands.
    private var marks: [String: Mark] = [:]

    /// The lines of ``marks``.
    var lines: KeyLines { KeyLines(marks.mapValues(\.line)) }

    /// Whether enough problems were found.
    var isFull: Bool { problems.count >= Self.maximumProblems }

    init(file: FilePath, vocabulary: Vocabulary) {
        self.file = file
        self.vocabulary = vocabulary
    }

    /// Reads the keys of a mapping into `target`.
    mutating func read<Target>(
        _ fields: [Field<Target>],
        of node: Node,
        at keyPath: String,
        into target: inout Target
    ) {
        marks[keyPath] = node.mark
        guard let pairs = node.mapping else {
            let line = "\(fields[0].name): \(fields[0].defaultText ?? fields[0].example)"
            // Behind its key a group stands on the same line only in braces.
            let example = keyPath.isEmpty || keyPath.hasSuffix("]") ? line : "{\(line)}"
            reportType(
                of: Located(node: node, keyPath: keyPath),
                expected: LocalizedText("一组键", "a group of keys"),
                example: example
            )
            return
        }
        var missing = fields.filter(\.isRequired)
        var seen: [String: Mark] = [:]
        for (key, value) in pairs where !isFull {
            guard let name = key.scalar?.text else {
                // A list, a group or an alias: as unknown as any.
                reportUnknownKey("…", key, fields.map(\.name), at: keyPath)
                continue
            }
            if let first = seen[name] {
                reportDuplicateKey(name, key, first: first, at: keyPath)
                continue
            }
            seen[name] = key.mark
            guard let field = fields.first(where: { $0.name == name }) else {
                reportUnknownKey(name, key, fields.map(\.name), at: keyPath)
                continue
            }
            missing.removeAll { $0.name == name }
            let located = Located(node: value, keyPath: join(keyPath, name))
            marks[located.keyPath] = value.mark
            let hasNoValue = reportNoValue(
                located,
                // What is not written is, for libyaml, wherever the next token begins.
                nullMark: key.mark,
                example: field.defaultText ?? field.example,
                defaultText: field.isRequired ? nil : field.defaultText ?? ""
            )
            if !hasNoValue { field.read(located, &self, &target) }
        }
        for field in missing {
            report(
                Located(node: node, keyPath: join(keyPath, field.name)),
                LocalizedText("缺少必填的键 \(field.name)", "the required key \(field.name) is missing"),
                remedy: LocalizedText("加上 \(field.name): \(field.example)", "add \(field.name): \(field.example)")
            )
        }
    }

    /// Keeps where a key stands that no table of keys has.
    mutating func note(_ key: Located) { marks[key.keyPath] = key.node.mark }

    private func join(_ keyPath: String, _ name: String) -> String {
        keyPath.isEmpty ? name : "\(keyPath).\(name)"
    }
}

// MARK: - Problems

extension Reader {
    mutating func report(_ place: Located, _ message: LocalizedText, remedy: LocalizedText) {
        report(at: place.node.mark, place.keyPath, message, remedy: remedy)
    }

    private mutating func report(at mark: Mark?, _ keyPath: String, _ message: LocalizedText, remedy: LocalizedText) {
        guard !isFull else { return }
        problems.append(
            ConfigurationProblem(
                file: file,
                line: mark?.line,
                column: mark?.column,
                keyPath: keyPath,
                message: message,
                remedy: remedy
            )
        )
    }

    mutating func reportType(of value: Located, expected: LocalizedText, example: String) {
        let found =
            switch (value.node.content, value.node.tag) {
            case (_, let tag?): LocalizedText("带标签 \(shown(tag)) 的值", "a value with the tag \(shown(tag))")
            case (.mapping, nil): LocalizedText("一组键", "a group of keys")
            case (.sequence, nil): LocalizedText("列表", "a list")
            case (.scalar(let scalar), nil) where scalar.style == .quoted:
                LocalizedText("带引号的“\(shown(scalar.text))”", "the quoted '\(shown(scalar.text))'")
            case (.scalar(let scalar), nil): LocalizedText("“\(shown(scalar.text))”", "'\(shown(scalar.text))'")
            case (.alias(let name), nil): LocalizedText("别名 *\(shown(name))", "the alias *\(shown(name))")
            }
        let key = value.key.isEmpty ? "" : "\(value.key): "
        let subject =
            value.keyPath.isEmpty
            ? LocalizedText("配置文件", "the file") : LocalizedText(value.keyPath, value.keyPath)
        report(
            value,
            // Chinese and Latin letters are set apart: 应为 off.
            subject + LocalizedText(expected[.chinese].first?.isASCII == true ? " 应为 " : " 应为", " must be ") + expected
                + LocalizedText("，现为", ", not ") + found,
            remedy: LocalizedText("例如写成 \(key)\(example)", "write \(key)\(example), for example")
        )
    }

    /// Reports a value that is null or an alias and returns true.
    ///
    /// - Parameters:
    ///   - nullMark: where a null is reported, if not at its own place.
    ///   - defaultText: nil where the key cannot be left out.
    mutating func reportNoValue(
        _ value: Located,
        nullMark: Mark? = nil,
        example: String,
        defaultText: String?
    ) -> Bool {
        if case .alias(let name) = value.node.content {
            report(
                value,
                LocalizedText("不支持 YAML 别名（*\(shown(name))）", "YAML aliases (*\(shown(name))) are not supported"),
                remedy: LocalizedText(
                    "在这里写出完整的值；文字以 * 开头时加双引号",
                    "write the value out; put a text that begins with * in double quotes"
                )
            )
            return true
        }
        guard value.node.value == .null else { return false }
        let write =
            value.key.isEmpty
            ? LocalizedText("写上一个值，例如 \(example)", "write a value, such as \(example)")
            : LocalizedText("写上值，例如 \(value.key): \(example)", "write a value, such as \(value.key): \(example)")
        let leaveOut =
            switch defaultText {
            case nil: LocalizedText("", "")
            case "": LocalizedText("；要用缺省值就删去这一行", "; for the default, delete the line")
            case let text?: LocalizedText("；要用缺省值 \(text) 就删去这一行", "; for the default, \(text), delete the line")
            }
        report(
            at: nullMark ?? value.node.mark,
            value.keyPath,
            LocalizedText("\(value.keyPath) 没有值", "\(value.keyPath) has no value"),
            remedy: write + leaveOut
        )
        return true
    }

    private mutating func reportDuplicateKey(_ name: String, _ key: Node, first: Mark, at keyPath: String) {
        report(
            Located(node: key, keyPath: join(keyPath, shown(name))),
            LocalizedText(
                "键“\(shown(name))”重复，首次出现在第 \(first.line) 行",
                "the key '\(shown(name))' is there twice, first in line \(first.line)"
            ),
            remedy: LocalizedText("只留一个", "keep only one")
        )
    }

    private mutating func reportUnknownKey(_ name: String, _ key: Node, _ known: [String], at keyPath: String) {
        let remedy: LocalizedText
        if let other = Configuration.allKeyPaths.first(where: { $0.hasSuffix(".\(name)") || $0 == name }) {
            remedy = LocalizedText("\(name) 的位置是 \(other)", "\(name) belongs at \(other)")
        } else if let near = nearest(to: name, among: known), isTypo(name, of: near) {
            remedy = LocalizedText("是否想写 \(near)？", "did you mean \(near)?")
        } else {
            let all = known.joined(separator: ", ")
            remedy = LocalizedText("删去它；这里可用的键：\(all)", "delete it; the keys that can stand here are \(all)")
        }
        report(
            Located(node: key, keyPath: join(keyPath, shown(name))),
            LocalizedText("不认识的键“\(shown(name))”", "unknown key '\(shown(name))'"),
            remedy: remedy
        )
    }
}

// MARK: - Keys that depend on each other

extension Reader {
    /// Reports a group with neither of two keys.
    mutating func requireOne(of first: String, _ second: String, in group: Located, example: String) {
        guard marks[join(group.keyPath, first)] == nil, marks[join(group.keyPath, second)] == nil else { return }
        report(
            group,
            LocalizedText("\(first) 和 \(second) 都没有写", "there is neither \(first) nor \(second)"),
            remedy: LocalizedText(
                "至少写其中一个，例如 \(example)",
                "write at least one of them, such as \(example)"
            )
        )
    }

    /// Reports rules whose level is given twice, in two ways.
    mutating func checkRules(of configuration: Configuration) {
        for rule in configuration.rules.disable.sorted() where configuration.rules.levels[rule] != nil {
            let keyPath = "rules.levels.\(rule)"
            let other = marks["rules.disable"].map { "（第 \($0.line) 行）" } ?? ""
            let otherEnglish = marks["rules.disable"].map { " (line \($0.line))" } ?? ""
            report(
                at: marks[keyPath],
                keyPath,
                LocalizedText(
                    "规则 \(rule) 已由 rules.disable\(other)停用，又在这里定了级别",
                    "the rule \(rule) is switched off by rules.disable\(otherEnglish), and has a level here"
                ),
                remedy: LocalizedText("两处只留一处", "keep only one of both")
            )
        }
    }
}

// MARK: - Folders

extension Reader {
    /// Reports folders that clash, each at the one that stands later in the file.
    mutating func checkFolders(of configuration: Configuration) {
        let refused = configuration.inboxes.indices.filter {
            configuration.inboxes[$0].name == nil && marks["inboxes[\($0)].name"] != nil
        }
        for conflict in configuration.folderConflicts(ignoringNamesOf: Set(refused)) {
            let places = conflict.folders.map { place(of: $0, kind: conflict.kind) }
                .sorted { ($0.mark?.line ?? 0, $0.mark?.column ?? 0) < ($1.mark?.line ?? 0, $1.mark?.column ?? 0) }
            guard let first = places.first, let second = places.last else { continue }
            let other =
                first.mark.map {
                    LocalizedText("（另见第 \($0.line) 行）", " (see line \($0.line))")
                } ?? LocalizedText("", "")
            report(at: second.mark, second.keyPath, conflict.message + other, remedy: conflict.remedy)
        }
        if let file = configuration.metrics.file,
            let inbox = configuration.inboxes.first(where: { !$0.path.isEmpty && file.starts(with: $0.path) })
        {
            report(
                at: marks["metrics.file"],
                "metrics.file",
                LocalizedText(
                    "指标文件在收件目录 \(shown(inbox.path.string)) 之内",
                    "the file of the metrics lies in the inbox \(shown(inbox.path.string))"
                ),
                remedy: LocalizedText("写到别处，它会被当作报告审核", "write it elsewhere: it would be audited as a report")
            )
        }
    }

    private func place(
        of folder: FolderConflict.Folder,
        kind: FolderConflict.Kind
    ) -> (keyPath: String, mark: Mark?) {
        guard case .inbox(let index) = folder else { return ("state", marks["state"]) }
        let inbox = "inboxes[\(index)]"
        let keyPath = kind == .sameName ? "\(inbox).name" : "\(inbox).path"
        return (keyPath, marks[keyPath] ?? marks[inbox])
    }
}
