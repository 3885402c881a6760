// Prints a random report, or with --cells what a right reading of it says, as JSON. See `usage`.

import Glibc
import ReportGenerator

let usage = """
    usage: generate-report [--seed N] [--edition 2019|2021] [--year N] [--busy] [--mutation KIND]
                           [--format text|docx|html|mht] [--shape SHAPE] [--option NAME]... [--chosen] [--cells]

    Writes a random annual report to the standard output; the same seed gives the same bytes.

      --seed N        which report (1)
      --edition       the form: 2019 (report years 2019 and 2020) or 2021 (2021)
      --year N        the report year instead of a random one of the edition
      --busy          a body that has applications
      --mutation KIND one fault: \(Mutation.Kind.allCases.map(\.rawValue).joined(separator: " "))
      --format        text, docx, html or mht (text)
      --shape SHAPE   how a text was flattened: \(TextShape.allCases.map(\.rawValue).joined(separator: " "))
      --option NAME   a feature of the file, may be given several times
                      docx: \(DocxFeature.allCases.map(\.rawValue).joined(separator: " "))
                      html: \(HTMLFeature.allCases.map(\.rawValue).joined(separator: " "))
                      mht: as html, and \(TransferEncoding.allCases.map(\.rawValue).joined(separator: " "))
      --chosen        the features that the conformance tests give to this seed
      --cells         no report but what a right reading of it says, as JSON

    """

func put(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { exit(74) }
        rest = rest.dropFirst(count)
    }
}

func fail(_ message: String) -> Never {
    put(Array("generate-report: \(message); --help says more\n".utf8), to: STDERR_FILENO)
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

enum Format: String { case text, docx, html, mht }

var seed: UInt64 = 1
var edition = FormEdition.edition2021
var shape = TextShape.cellPerLine
var options = ReportGenerator.Options()
var kind: Mutation.Kind?
var format = Format.text
var names: [String] = []
var isChosen = false
var printsCells = false

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
    case "--format": format = parsed { Format(rawValue: $0) }
    case "--option": names.append(value())
    case "--chosen": isChosen = true
    case "--cells": printsCells = true
    case "--help", "-h":
        put(Array(usage.utf8))
        exit(0)
    default: fail("unknown option \(argument)")
    }
}

var docxFeatures: Set<DocxFeature> = isChosen && format == .docx ? DocxFeature.chosen(by: seed) : []
var htmlFeatures: Set<HTMLFeature> = isChosen && format != .docx ? HTMLFeature.chosen(by: seed) : []
var encoding = isChosen && seed % 2 == 0 ? TransferEncoding.base64 : .quotedPrintable
for name in names {
    if format == .docx, let feature = DocxFeature(rawValue: name) {
        docxFeatures.insert(feature)
    } else if format == .html || format == .mht, let feature = HTMLFeature(rawValue: name) {
        htmlFeatures.insert(feature)
    } else if format == .mht, let named = TransferEncoding(rawValue: name) {
        encoding = named
    } else {
        fail("--option: \(name) is not a feature of \(format.rawValue)")
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
if docxFeatures.contains(.blankCells) { report = report.withBlankCells() }
if !printsCells {
    switch format {
    case .text: put(Array(report.text.utf8))
    case .docx: put(report.docx(docxFeatures))
    case .html: put(report.html(htmlFeatures))
    case .mht: put(report.mht(htmlFeatures, encoding: encoding))
    }
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
    put(Array(("{\n" + lines.joined(separator: ",\n") + "\n}\n").utf8))
}
