import AuditRules
import AuditWorkers
import Configuration
import Conversion
import SystemPackage

/// The converters as configured: for this process, and by arguments for its workers, which read no configuration.
struct Converters {
    /// `pdftotext`, where it is not in its usual place.
    var pdftotext: FilePath?
    /// LibreOffice, likewise.
    var soffice: FilePath?
    /// How long one may work on a file.
    var time: Duration

    init(_ configuration: Configuration) {
        pdftotext = configuration.converters.pdftotext
        soffice = configuration.converters.soffice
        time = configuration.limits.conversionTime
    }

    // MARK: - In workers

    private static let (pdftotextOption, sofficeOption, timeOption) = ("--pdftotext=", "--soffice=", "--time-ms=")

    /// What ``init(arguments:)`` reads.
    var arguments: [String] {
        let seconds = time.components
        let milliseconds = seconds.seconds * 1000 + seconds.attoseconds / 1_000_000_000_000_000
        return [
            pdftotext.map { Self.pdftotextOption + $0.string }, soffice.map { Self.sofficeOption + $0.string },
            Self.timeOption + String(milliseconds),
        ].compactMap(\.self)
    }

    /// The converters that the arguments of a worker name; others are passed over.
    init(arguments: [String]) {
        func value(_ option: String) -> String? {
            arguments.first { $0.hasPrefix(option) }.map { String($0.dropFirst(option.count)) }
        }
        self.init(Configuration())
        pdftotext = value(Self.pdftotextOption).map { FilePath($0) }
        soffice = value(Self.sofficeOption).map { FilePath($0) }
        if let milliseconds = value(Self.timeOption).flatMap(Int.init) { time = .milliseconds(milliseconds) }
    }

    /// The programs themselves.
    var tools: SystemTools { SystemTools(pdftotext: pdftotext, soffice: soffice, time: time) }
}

extension WorkerPool.Settings {
    /// The settings of a pool for this configuration.
    init(_ configuration: Configuration) {
        let converters = Converters(configuration)
        self.init()
        rules = RuleSettings(configuration)
        converterArguments = converters.arguments
        limits = { WorkerLimits($0, conversionTime: converters.time) }
        adoptsOrphans = true
    }
}

extension WorkerPool {
    /// Ends the workers that have nothing to do, and removes what those left behind that were killed.
    func endWorkersAndTidy() {
        endIdleWorkers()
        SystemTools.removeLeftovers()
    }
}
