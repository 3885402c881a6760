import AuditRules
import ReportModel

extension RuleSettings {
    /// 64 hex digits that are the same for settings written alike, in every process and on every machine, and differ for others: part of
    /// what makes an audit this audit. The order of overrides and waivers counts, as it does in their effect.
    public var fingerprint: String {
        var form = CanonicalForm()
        form.levels(levels)
        form.number(parameters.overviewMinimum)
        form.day(parameters.townshipDeadline)
        form.day(parameters.departmentDeadline)
        form.day(parameters.governmentDeadline)
        form.list(overrides) { form, override in
            form.list(override.agencies) { $0.text($1.description) }
            form.list(override.folders) { $0.data($1) }
            form.levels(override.levels)
            form.number(override.parameters.overviewMinimum)
            form.day(override.parameters.townshipDeadline)
            form.day(override.parameters.departmentDeadline)
            form.day(override.parameters.governmentDeadline)
        }
        form.list(waivers) { form, waiver in
            form.text(waiver.rule)
            form.text(waiver.agency?.description)
            form.data(waiver.file)
            form.text(waiver.place?.description)
            form.number(waiver.year)
            form.text(waiver.reason)
            form.text(waiver.by)
            form.text(waiver.until.description)
        }
        return Auditor.sha256(form.bytes)
    }
}

/// Values one behind the other, each with its length, so that no two lists of values look alike.
private struct CanonicalForm {
    private(set) var bytes: [UInt8] = []

    mutating func data(_ data: [UInt8]?) {
        bytes += Array((data.map { String($0.count) } ?? "-").utf8) + [UInt8(ascii: ":")] + (data ?? [])
    }

    mutating func text(_ text: String?) { data(text.map { Array($0.utf8) }) }

    mutating func number(_ number: Int?) { text(number.map(String.init)) }

    mutating func day(_ day: MonthDay?) { text(day.map { "\($0.month)-\($0.day)" }) }

    mutating func list<Value>(_ values: [Value], _ write: (inout Self, Value) -> Void) {
        number(values.count)
        for value in values { write(&self, value) }
    }

    mutating func levels(_ levels: [String: RuleLevel]) {
        list(levels.sorted { $0.key < $1.key }) { form, entry in
            form.text(entry.key)
            form.text(entry.value.rawValue)
        }
    }
}
