// The settings of the service, as read from /etc/nianbao/nianbao.yaml. `Keys.swift` says which keys there are.

import Glibc
import SystemPackage

/// The settings of the service. A fresh value holds the built-in defaults and no inbox.
public struct Configuration: Sendable, Equatable {
    /// A watched folder.
    public struct Inbox: Sendable, Equatable {
        /// The folder that is watched with its subfolders: absolute, lexically normalised.
        public var path: FilePath

        /// Where its results lie, `results/NAME/…`; without a name they lie directly in `results/`.
        public var name: String?

        /// - Parameters:
        ///   - path: an absolute folder.
        ///   - name: a name that ``isValidName(_:)`` accepts, or nil.
        public init(path: FilePath, name: String? = nil) {
            self.path = path.lexicallyNormalized()
            self.name = name
        }

        /// The inbox that the package sets up.
        public static let packaged = Inbox(path: "/srv/nianbao/inbox")
    }

    /// What one file may cost.
    public struct Limits: Sendable, Equatable {
        /// Bytes of the largest file that is read.
        public var fileSize = 64 << 20

        /// How long a converter (``Converters``) may work on a file.
        public var conversionTime: Duration = .seconds(60)

        /// The built-in limits.
        public init() {}
    }

    /// The programs that read PDF and the formats of office programs.
    public struct Converters: Sendable, Equatable {
        /// `pdftotext` of Poppler; nil where it is in its usual place.
        public var pdftotext: FilePath?

        /// LibreOffice; nil where it is in one of its usual places.
        public var soffice: FilePath?

        /// Programs in their usual places.
        public init() {}
    }

    /// How long what is no longer needed is kept.
    public struct Retention: Sendable, Equatable {
        /// How long the result and the ledger row of a file stay after it left its inbox; nil: for ever.
        public var left: Duration?

        /// Everything is kept.
        public init() {}
    }

    /// What is told to Prometheus.
    public struct Metrics: Sendable, Equatable {
        /// The file that its node exporter reads; nil: none is written.
        public var file: FilePath?

        /// Nothing is told.
        public init() {}
    }

    /// The languages that messages come in; the raw value is what the file and `--lang` say.
    public enum Language: String, Sendable, CaseIterable {
        /// Simplified Chinese.
        case chinese = "zh"
        /// English.
        case english = "en"
    }

    /// The watched folders, in the order of the file.
    public var inboxes: [Inbox] = []

    /// The folder of the results and of everything else the service writes.
    public var state: FilePath = "/var/lib/nianbao"

    /// The language of messages; nil leaves it to `LANG`.
    public var language: Language?

    /// How many files are audited at a time, 1…64.
    public var workers = Self.defaultWorkers

    /// How long a file must stand still before it is reported, unless it is a complete report: one with all six sections
    /// and three tables is reported at once.
    public var settleTime: Duration = .seconds(2)

    /// How often every inbox is walked from end to end, for what no event told of.
    public var scanInterval: Duration = .seconds(3600)

    /// How often folders are looked at that inotify cannot watch: on file systems of other machines, or beyond the limit of
    /// watches.
    public var pollInterval: Duration = .seconds(10)

    /// How long what is no longer needed is kept.
    public var retention = Retention()

    /// What one file may cost.
    public var limits = Limits()

    /// Where the converters are.
    public var converters = Converters()

    /// What is told to Prometheus.
    public var metrics = Metrics()

    /// Which rules apply, and how much they weigh.
    public var rules = Rules()

    /// Where the keys stand in the file.
    public var lines = KeyLines()

    /// The built-in defaults and no inbox: what `nianbao audit` uses when no file is named.
    public init() {}

    /// One worker a core that is online, at most 4: more gain nothing where each report takes a millisecond.
    public static let defaultWorkers = min(4, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// The most inboxes there can be: each is compared with every other.
    static let maximumInboxes = 256

    /// The largest configuration file that is read, in bytes: a real one has a few kilobytes.
    public static let maximumFileBytes = 1 << 20
}

extension Configuration {
    /// `retention.left`.
    public var leftRetention: Duration? { retention.left }

    /// Reads the file and checks all of it.
    ///
    /// - Parameters:
    ///   - file: the YAML file, UTF-8. It may be a pipe.
    ///   - vocabulary: what `rules` may name.
    /// - Throws: every problem of the file; also one that cannot be opened, or is larger than ``maximumFileBytes``.
    public static func load(
        from file: FilePath,
        vocabulary: Vocabulary
    ) throws(ConfigurationErrors) -> Configuration {
        let bytes: [UInt8]
        do {
            // One byte beyond the limit shows that the file is too large, without asking a pipe or a device for its size.
            bytes = try readBytes(of: file, atMost: maximumFileBytes + 1)
        } catch {
            throw ConfigurationErrors([.unreadable(file, error as? Errno ?? .ioError)])
        }
        return try parse(bytes, file: file, vocabulary: vocabulary)
    }

    /// Checks the bytes of a file.
    ///
    /// - Parameters:
    ///   - yaml: the content of the file.
    ///   - file: the name that problems carry; it is not opened.
    ///   - vocabulary: what `rules` may name.
    /// - Throws: every problem of the file, in its order.
    public static func parse(
        _ yaml: [UInt8],
        file: FilePath,
        vocabulary: Vocabulary
    ) throws(ConfigurationErrors) -> Configuration {
        let root: Node
        do throws(YAMLError) {
            root = try Node(parsing: yaml)
        } catch {
            throw ConfigurationErrors([ConfigurationProblem(file, error)])
        }
        var reader = Reader(file: file, vocabulary: vocabulary)
        var configuration = Configuration()
        reader.read(fields, of: root, at: "", into: &configuration)
        reader.checkFolders(of: configuration)
        reader.checkRules(of: configuration)
        configuration.lines = reader.lines
        guard reader.problems.isEmpty else { throw ConfigurationErrors(reader.problems) }
        return configuration
    }

    private static func readBytes(of file: FilePath, atMost limit: Int) throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(file, .readOnly, options: [.closeOnExec])
        return try descriptor.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                while count < limit {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                    let read = try descriptor.read(into: rest)
                    if read == 0 { break }
                    count += read
                }
            }
        }
    }
}
