// The table of all keys: the reader, the hints for unknown keys and the test of nianbao.yaml are all fed from it.

import SystemPackage

/// One key of a mapping that is read into a `Target`.
struct Field<Target> {
    let name: String
    /// What the key is, its unit and its default: the comment above it in nianbao.yaml.
    let documentation: String
    let isRequired: Bool
    /// The default as one writes it; nil where there is none, or where it depends on the machine.
    let defaultText: String?
    /// A value as one writes it, for remedies.
    let example: String
    /// The keys below this one, relative to it.
    let nested: [String]
    /// Reads the value into the target, or reports why that cannot be.
    let read: (Located, inout Reader, inout Target) -> Void

    init<Value>(
        _ name: String,
        _ type: ValueType<Value>,
        _ property: WritableKeyPath<Target, Value>,
        default defaultText: String? = nil,
        required: Bool = false,
        _ documentation: String
    ) {
        self.name = name
        self.documentation = documentation
        isRequired = required
        self.defaultText = defaultText
        example = type.example
        nested = type.nested
        read = { value, reader, target in
            if let value = type.read(value, &reader) { target[keyPath: property] = value }
        }
    }

    /// This key and those below it; `[]` stands for the elements of a list.
    var allKeyPaths: [String] { [name] + nested.map { name + $0 } }
}

extension Configuration {
    static var fields: [Field<Configuration>] {
        [
            Field(
                "inboxes",
                .list(of: .group(Inbox.fields, initial: Inbox(path: "")), count: 1...maximumInboxes),
                \.inboxes,
                required: true,
                "监视的收件目录，连同其子目录；必填，1 到 256 个。服务只读不写。"
            ),
            Field(
                "state",
                .folder,
                \.state,
                default: "/var/lib/nianbao",
                "状态目录，审核结果写在其下 results/ 中；绝对路径，缺省 /var/lib/nianbao。"
            ),
            Field(
                "language",
                .language,
                \.language,
                "消息的语言：zh（中文）或 en（英文）；缺省随环境变量 LANG，再缺省为 zh。"
            ),
            Field(
                "workers",
                .integer(1...64),
                \.workers,
                "同时审核的文件数，1 到 64；缺省为处理器核数，最多 4。"
            ),
            Field(
                "settle_time",
                .duration(.zero ... .seconds(3600)),
                \.settleTime,
                default: "2s",
                "不完整的文件（没有找到全部六个部分和三张表）须静置多久才下结论，完整的报告写完即审；单位 ms、s、min，最长 1h，缺省 2s。"
            ),
            Field(
                "scan_interval",
                .duration(.seconds(1) ... .seconds(86_400)),
                \.scanInterval,
                default: "1h",
                "每隔多久把各收件目录从头到尾查一遍，补上内核没有通知的变化；单位 s、min、h、d，1s 到 1d，缺省 1h。"
            ),
            Field(
                "poll_interval",
                .duration(.milliseconds(100) ... .seconds(3600)),
                \.pollInterval,
                default: "10s",
                "内核不通知的目录（NFS、SMB、FUSE、9p，或超出 inotify 上限的）每隔多久查一次；单位 ms、s、min，100ms 到 1h，缺省 10s。"
            ),
            Field(
                "retention",
                .group(Retention.fields, initial: Retention()),
                \.retention,
                "不再需要的记录保留多久。"
            ),
            Field(
                "limits",
                .group(Limits.fields, initial: Limits()),
                \.limits,
                "单个文件的限额。"
            ),
            Field(
                "converters",
                .group(Converters.fields, initial: Converters()),
                \.converters,
                "转换程序的位置；装在通常位置的不必写，装在别处（如 /opt）的写在这里。"
            ),
            Field(
                "metrics",
                .group(Metrics.fields, initial: Metrics()),
                \.metrics,
                "给 Prometheus 的指标，缺省不写。"
            ),
            Field(
                "rules",
                .group(Rules.fields, initial: Rules()),
                \.rules,
                "审核规则的取舍、级别、参数和豁免。"
            ),
        ]
    }

    /// Every key there is, such as `inboxes[].path`.
    static var allKeyPaths: [String] { fields.flatMap(\.allKeyPaths) }
}

extension Configuration.Inbox {
    static var fields: [Field<Self>] {
        [
            Field("path", .folder, \.path, required: true, "目录；必填，绝对路径。各收件目录之间、与状态目录之间不得互相包含。"),
            Field("name", .inboxName, \.name, "名称，结果写在 results/名称/ 下；不得重复，最多一个收件目录可以不写，缺省无。"),
        ]
    }
}

extension Configuration.Limits {
    static var fields: [Field<Self>] {
        [
            Field(
                "file_size",
                .size(1 << 10...1 << 30),
                \.fileSize,
                default: "64MiB",
                "文件大小上限，更大的不审核；单位 KiB、MiB、GiB，不带单位为字节，1KiB 到 1GiB，缺省 64MiB。"
            ),
            Field(
                "conversion_time",
                .duration(.seconds(1) ... .seconds(3600)),
                \.conversionTime,
                default: "60s",
                "转换程序读一个文件的时限，到时中止；几个文件一起转换时，每多一个再加四分之一；单位 ms、s、min，1s 到 1h，缺省 60s。"
            ),
        ]
    }
}

extension Configuration.Retention {
    static var fields: [Field<Self>] {
        [
            Field(
                "left",
                .retention(.seconds(1) ... .seconds(36_500 * 86_400)),
                \.left,
                default: "forever",
                "文件离开收件目录后，审核结果和台账记录保留多久：forever（一直保留），或 30d、400d 等，单位 s、min、h、d，须写明；缺省 forever。"
            )
        ]
    }
}

extension Configuration.Metrics {
    static var fields: [Field<Self>] {
        [
            Field(
                "file",
                .file("/var/lib/prometheus/node-exporter/nianbao.prom"),
                \.file,
                "node exporter（textfile）读取的文件，每 15 秒写一次；绝对路径，以 .prom 结尾，不得在收件目录中，缺省无。"
            )
        ]
    }
}

extension Configuration.Converters {
    static var fields: [Field<Self>] {
        [
            Field(
                "pdftotext",
                .program("/usr/local/bin/pdftotext"),
                \.pdftotext,
                "读取 PDF 的 pdftotext（poppler-utils）；绝对路径，缺省在 /usr/bin 和 /usr/local/bin 中找。"
            ),
            Field(
                "soffice",
                .program("/opt/libreoffice24.8/program/soffice"),
                \.soffice,
                "读取 doc、wps、rtf、odt 的 LibreOffice；绝对路径，缺省在 /usr/lib/libreoffice、/usr/bin 和 /opt/libreoffice* 中找。"
            ),
        ]
    }
}
