import AuditEngine
import AuditRules

extension JSONReporter {
    /// A result file for another file of the same content, or under other waivers: what depends on these is written anew, all
    /// else is copied.
    ///
    /// - Parameters:
    ///   - result: a result file in `language`, spread over lines.
    ///   - facts: those of its audit, with another source and other waivers applied.
    ///   - writtenAt: when it is written from the ledger, milliseconds since 1970-01-01 UTC; nil where it is not.
    /// - Returns: nil when `result` is none, or has other findings than `facts`.
    public func retold(_ result: [UInt8], as facts: AuditFacts, writtenAt: Int64?) -> [UInt8]? {
        let text = JSONText(result)
        guard let members = text.members(at: 0) else { return nil }
        let found = try? facts.result.get()
        var parts: [(place: Range<Int>, value: [UInt8])] = []
        for (key, place) in members {
            switch key {
            case "counts":
                parts.append((place, written(counts { found?.count($0) ?? 0 }, depth: 1)))
            case "findings":
                guard let elements = text.elements(at: place.lowerBound), elements.count == (found?.findings.count ?? 0)
                else { return nil }
                for (element, finding) in zip(elements, found?.findings ?? []) {
                    guard let waived = text.members(at: element.lowerBound)?.last, waived.key == "waived" else {
                        return nil
                    }
                    parts.append((waived.value, written(finding.waived?.json ?? .null, depth: 3)))
                }
            case "reused":
                let value = writtenAt.map { JSONValue.object(["writtenAt": .string(Timestamp.iso8601($0))]) }
                parts.append((place, written(value ?? .null, depth: 1)))
            case "source":
                parts.append((place, written(source(facts.source), depth: 1)))
            case "verdict":
                parts.append((place, written(.string(facts.verdict.rawValue), depth: 1)))
            case "waivers":
                parts.append((place, written(.array(found?.waivers.map(\.json) ?? []), depth: 1)))
            default:
                break
            }
        }
        guard parts.count == 5 + (found?.findings.count ?? 0) else { return nil }
        return Self.replacing(parts, in: result)
    }

    /// The value of `source` as a result file has it.
    public func written(_ source: AuditSource) -> [UInt8] { written(self.source(source), depth: 1) }

    private func written(_ value: JSONValue, depth: Int) -> [UInt8] { value.serialized(pretty: true, depth: depth) }

    private static func replacing(_ parts: [(place: Range<Int>, value: [UInt8])], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 1024)
        var position = 0
        for part in parts {
            result += text[position..<part.place.lowerBound]
            result += part.value
            position = part.place.upperBound
        }
        return result + text[position...]
    }
}
