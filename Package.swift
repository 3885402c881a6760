// swift-tools-version: 6.2
import PackageDescription

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "nianbao",
    products: [
        .executable(name: "nianbao", targets: ["nianbao"]),
        // For the fuzzers in Fuzz/, which are a package of their own.
        .library(name: "Extraction", targets: ["Extraction"]),
        .library(name: "AuditEngine", targets: ["AuditEngine"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // C libraries of the system; `make deps` installs them.
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // From bytes to an audit: pure functions.
        .target(name: "ChineseText"),
        .target(name: "DocumentModel"),
        .target(name: "Extraction", dependencies: ["CXML2", "CZip", "ChineseText", "DocumentModel"]),
        .target(name: "Narrative", dependencies: ["ChineseText"]),
        .target(name: "ReportModel", dependencies: ["ChineseText", "DocumentModel", "Narrative"]),
        .target(name: "AuditRules", dependencies: ["ChineseText", "DocumentModel", "Narrative", "ReportModel"]),
        .target(
            name: "AuditEngine",
            dependencies: [
                "AuditRules", "DocumentModel", "Extraction", "ReportModel",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "AuditOutput",
            dependencies: [
                "AuditEngine", "AuditRules", "ChineseText", "DocumentModel", "Extraction", "Narrative", "ReportModel",
            ]
        ),

        // The system: no word of the domain.
        .target(name: "CLinuxShims"),
        .target(name: "LinuxIO", dependencies: ["CLinuxShims", systemPackage]),
        .target(name: "Systemd", dependencies: ["CSystemd", "LinuxIO", systemPackage]),

        // External programs that convert formats.
        .target(
            name: "Conversion",
            dependencies: ["CLinuxShims", "DocumentModel", "Extraction", "LinuxIO", systemPackage]
        ),

        // Worker processes: a document can end one, and nothing else.
        .target(
            name: "AuditWorkers",
            dependencies: [
                "AuditEngine", "AuditOutput", "AuditRules", "CLinuxShims", "DocumentModel", "Extraction", "LinuxIO",
                "ReportModel", systemPackage,
            ]
        ),

        // The record of all files and audits.
        .target(
            name: "Ledger",
            dependencies: [
                "CZlib", "LinuxIO", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), systemPackage,
            ]
        ),
        // Killed by the tests while it writes, and run where it may mount what it likes.
        .executableTarget(
            name: "LedgerProbe",
            dependencies: ["Ledger", "LinuxIO", "TestSupport", systemPackage],
            path: "Tests/LedgerProbe"
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "LedgerProbe", "LinuxIO", "TestSupport", systemPackage]
        ),

        // The service.
        .target(name: "Configuration", dependencies: ["CYAML", systemPackage]),
        .target(name: "AuditService", dependencies: ["Ledger", "LinuxIO", "Systemd", systemPackage]),

        .executableTarget(
            name: "nianbao",
            dependencies: [
                "AuditEngine", "AuditOutput", "AuditRules", "AuditService", "AuditWorkers", "CLinuxShims",
                "Configuration", "Conversion", "DocumentModel", "Extraction", "Ledger", "LinuxIO", "ReportModel",
                "Systemd",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), systemPackage,
            ]
        ),

        // Measures; see `make bench`.
        .executableTarget(
            name: "nianbao-bench",
            dependencies: [
                "AuditEngine", "AuditOutput", "AuditRules", "AuditService", "Conversion", "DocumentModel", "Extraction",
                "LinuxIO", "ReportGenerator", "ReportModel", "TestSupport", systemPackage,
            ],
            path: "Benchmarks"
        ),

        // Tests. The generator writes random reports; it shares no label table with the reader.
        .target(name: "ReportGenerator", path: "Tests/ReportGenerator"),
        .executableTarget(name: "generate-report", dependencies: ["ReportGenerator"], path: "Tests/generate-report"),
        .testTarget(name: "ReportGeneratorTests", dependencies: ["ReportGenerator"]),
        // Run by the tests beside a private journald, where the test process itself cannot go.
        .executableTarget(
            name: "ServiceProbe",
            dependencies: ["AuditService", "LinuxIO", "Systemd", "TestSupport", systemPackage],
            path: "Tests/ServiceProbe"
        ),
        .target(
            name: "TestSupport",
            dependencies: ["AuditService", "LinuxIO", "Systemd", systemPackage],
            path: "Tests/TestSupport",
            exclude: ["systemd-box", "with-journald"]
        ),
        .testTarget(
            name: "ConversionTests",
            dependencies: [
                "CLinuxShims", "Conversion", "DocumentModel", "Extraction", "LinuxIO", "TestSupport", systemPackage,
            ]
        ),
        // One report in every format must be the same report.
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "AuditEngine", "AuditRules", "ChineseText", "Conversion", "DocumentModel", "Extraction", "LinuxIO",
                "ReportGenerator", "ReportModel", "TestSupport", systemPackage,
            ]
        ),
        .testTarget(name: "LinuxIOTests", dependencies: ["LinuxIO", "ServiceProbe", "TestSupport", systemPackage]),
        .testTarget(
            name: "SystemdTests",
            dependencies: ["LinuxIO", "Systemd", "ServiceProbe", "TestSupport", systemPackage]
        ),
        .testTarget(
            name: "AuditServiceTests",
            dependencies: [
                "AuditService", "Ledger", "LinuxIO", "Systemd", "ServiceProbe", "TestSupport", systemPackage,
            ]
        ),
        // A program with a pool of its own, which a test may kill.
        .executableTarget(
            name: "WorkerProbe",
            dependencies: ["AuditOutput", "AuditWorkers", "LinuxIO", systemPackage],
            path: "Tests/WorkerProbe"
        ),
        .testTarget(
            name: "AuditWorkersTests",
            dependencies: [
                "AuditEngine", "AuditOutput", "AuditRules", "AuditWorkers", "Extraction", "LinuxIO", "ReportGenerator",
                "ReportModel", "TestSupport", "WorkerProbe", "nianbao", systemPackage,
            ]
        ),
        .testTarget(name: "NarrativeTests", dependencies: ["ChineseText", "Narrative"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", systemPackage]),
        .testTarget(name: "ChineseTextTests", dependencies: ["ChineseText"]),
        .testTarget(name: "ExtractionTests", dependencies: ["CZip", "DocumentModel", "Extraction", "TestSupport"]),
        .testTarget(
            name: "ReportModelTests",
            dependencies: ["ChineseText", "DocumentModel", "Extraction", "ReportModel"]
        ),
        .testTarget(
            name: "AuditRulesTests",
            dependencies: [
                "AuditEngine", "AuditRules", "ChineseText", "DocumentModel", "Extraction", "LinuxIO", "ReportModel",
                "TestSupport",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "AuditOutputTests",
            dependencies: [
                "AuditEngine", "AuditOutput", "AuditRules", "Extraction", "LinuxIO", "ReportGenerator", "ReportModel",
                "TestSupport", systemPackage,
            ],
            exclude: ["check_audits.py", "check_sarif.py"]
        ),
        // The built program from outside: its commands, and its service beside a real journal.
        .testTarget(
            name: "CLITests",
            dependencies: [
                "nianbao", "AuditRules", "Configuration", "Ledger", "LinuxIO", "ReportModel", "TestSupport",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "WatchTests",
            dependencies: ["nianbao", "AuditRules", "AuditService", "LinuxIO", "Systemd", "TestSupport", systemPackage]
        ),
        // What is installed with the program: units, catalogs, man pages, completions, the Debian package.
        .testTarget(
            name: "PackagingTests",
            dependencies: ["nianbao", "AuditService", "LinuxIO", "TestSupport", systemPackage]
        ),
        // The package, installed in a box with the real systemd.
        .testTarget(
            name: "SystemdBoxTests",
            dependencies: [
                "nianbao", "AuditService", "LinuxIO", "ReportGenerator", "TestSupport", systemPackage,
            ]
        ),
        // The built program, killed again and again, against a model of its inboxes.
        .testTarget(
            name: "ModelTests",
            dependencies: [
                "nianbao", "AuditEngine", "LinuxIO", "ReportGenerator", "TestSupport", systemPackage,
            ]
        ),
        // Files and converters that harm a careless program, through its commands and its service.
        .testTarget(
            name: "HostileTests",
            dependencies: ["nianbao", "LinuxIO", "ReportGenerator", "TestSupport", systemPackage],
            exclude: ["Fixtures", "converters.py", "hostile_files.py"]
        ),
        .testTarget(
            name: "AuditEngineTests",
            dependencies: ["AuditEngine", "AuditRules", "ChineseText", "Extraction", "ReportGenerator", "ReportModel"]
        ),
    ]
)

// `make test WERROR=1`, as in CI: warnings in our own targets are errors. Warnings of a dependency are not ours to mend.
let warningsAreErrors = Context.environment["WERROR"] == "1"

// One place for what every target shares.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if warningsAreErrors {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
        target.cSettings = [.treatAllWarnings(as: .error)]
    }
}
