// swift-tools-version: 6.2
import PackageDescription

// Fuzzers of everything that reads bytes from outside, apart from the product so that nobody builds them by accident.
// scripts/fuzz builds and runs them; README.md says how.

/// A parser under test is chosen at compile time: libFuzzer wants one function for a program.
let targets = ["detect", "text", "docx", "html", "mht", "pdf", "report"]

let package = Package(
    name: "nianbao-fuzz",
    dependencies: [.package(name: "nianbao", path: "..")],
    targets: targets.map { name in
        .executableTarget(
            name: "fuzz-\(name)",
            dependencies: [
                .product(name: "Extraction", package: "nianbao"), .product(name: "AuditEngine", package: "nianbao"),
            ],
            path: "Sources/\(name)",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])]
        )
    }
)
