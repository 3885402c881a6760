// generate-report [--seed N] [--edition 2019|2021] [--shape NAME] [--year N] [--busy] [--mutation KIND] [--cells]
//   [--format text|docx] [--option FEATURE]... [--chosen]
// Prints a random report, or with --cells what a right reading of it says, as JSON.

import Glibc
import ReportGenerator

func fail(_ message: String) -> Never {
    // The C library's stderr is a global variable, which Swift 6 does not let us share; its descriptor is as good.
    let line = Array("generate-report: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(64)
}

func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case "\n": result += "\\n"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

func list(_ rules: Set<String>) -> String {
    "[" + rules.sorted().map(quoted).joined(separator: ", ") + "]"
}

var seed: UInt64 = 1
var edition = FormEdition.edition2021
var shape = TextShape.cellPerLine
var options = ReportGenerator.Options()
var kind: Mutation.Kind?
var printsCells = false
var format = "text"
var features: Set<DocxFeature> = []
var isChosen = false

var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    func value() -> String {
        guard let value = arguments.popFirst() else { fail("\(argument) needs a value") }
        return value
    }
    func parsed<T>(_ parse: (String) -> T?) -> T {
        let text = value()
        guard let result = parse(text) else { fail("\(argument): \(text) is not one of its values") }
        return result
    }
    switch argument {
    case "--seed": seed = parsed { UInt64($0) }
    case "--edition": edition = parsed { FormEdition(rawValue: $0) }
    case "--shape": shape = parsed { TextShape(rawValue: $0) }
    case "--year": options.year = parsed { Int($0) }
    case "--busy": options.busy = true
    case "--mutation": kind = parsed { Mutation.Kind(rawValue: $0) }
    case "--format": format = value()
    case "--option": features.insert(parsed { DocxFeature(rawValue: $0) })
    case "--chosen": isChosen = true
    case "--cells": printsCells = true
    default: fail("unknown option \(argument)")
    }
}

var generator = ReportGenerator(seed: seed)
var report = generator.report(edition: edition, shape: shape, options: options)
var mutated: MutatedReport?
if let kind {
    mutated = generator.mutation(kind, of: report)
    guard let mutated else { fail("this report has nothing for --mutation \(kind.rawValue); try another --seed") }
    report = mutated.report
}
if isChosen { features = DocxFeature.chosen(by: seed) }
if features.contains(.blankCells) { report = report.withBlankCells() }
if !printsCells, format == "docx" {
    let bytes = report.docx(features)
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else { fail("cannot write the document") }
        rest = rest.dropFirst(count)
    }
} else if !printsCells {
    print(report.text, terminator: "")
} else {
    var lines = [
        "  \"agency\": \(quoted(report.agency))", "  \"agencyKind\": \(quoted(report.agencyKind.rawValue))",
        "  \"year\": \(report.year)", "  \"edition\": \(quoted(report.edition.rawValue))",
        "  \"shape\": \(quoted(report.shape.rawValue))", "  \"tolerated\": \(list(report.toleratedRules))",
    ]
    lines.append("  \"signedOn\": " + (report.signedOn.map(quoted) ?? "null"))
    let applications = report.fee?.applications.map(String.init) ?? "null"
    let yuan = report.fee.map { String($0.amountYuan) } ?? "null"
    lines.append(
        "  \"fee\": {\"stated\": \(report.fee != nil), \"applications\": \(applications), \"amountYuan\": \(yuan)}"
    )
    if let mutated {
        lines += [
            "  \"mutation\": \(quoted("\(mutated.mutation)"))", "  \"expected\": \(list(mutated.expectedRules))",
            "  \"anyOf\": \(list(mutated.anyOfRules))", "  \"allowed\": \(list(mutated.allowedRules))",
            "  \"places\": \(list(mutated.places))",
        ]
    }
    let cells = report.cells.map { ("\($0.key)", "\($0.value)") }.sorted { $0.0 < $1.0 }
    let body = cells.map { "    \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n")
    lines.append("  \"cells\": {\n\(body)\n  }")
    let states = report.unreadableCells.map { "\(quoted("\($0.key)")): \(quoted($0.value))" }.sorted()
    lines.append("  \"unreadable\": {\(states.joined(separator: ", "))}")
    print("{\n" + lines.joined(separator: ",\n") + "\n}")
}
