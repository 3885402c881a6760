import AuditRules
import Configuration
import LinuxIO
import ReportModel
import SystemPackage

// What the configuration says of the rules, in the terms of the rules: neither module knows the other.

extension Vocabulary {
    /// The rules of this version and the tables of the form, in all its editions.
    static let product = {
        let tables = TableID.allCases.map { table in
            let rows = Edition.allCases.flatMap { Form.rows(of: table, edition: $0) }
            let known = Table(
                rows: Set(rows.map(\.id.key)),
                columns: Set(rows.flatMap(\.columns).map(\.key))
            )
            return (table.rawValue, known)
        }
        return Vocabulary(rules: Catalogue.identifiers, tables: Dictionary(uniqueKeysWithValues: tables))
    }()
}

extension RuleSettings {
    /// What the configuration says of the rules.
    init(_ configuration: Configuration) {
        let rules = configuration.rules
        self.init()
        levels = rules.levels.mapValues(RuleLevel.init)
        for id in rules.disable { levels[id] = .off }
        ParameterChanges(rules.parameters).apply(to: &parameters)
        overrides = rules.overrides.map(RuleOverride.init)
        // One for one: the index of a waiver leads back to its line.
        waivers = rules.waivers.map(Waiver.init)
    }
}

extension RuleLevel {
    fileprivate init(_ level: Configuration.Level) {
        self =
            switch level {
            case .off: .off
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
    }
}

extension ParameterChanges {
    fileprivate init(_ parameters: Configuration.Parameters) {
        func day(_ day: Configuration.MonthDay?) -> MonthDay? { day.map { MonthDay(month: $0.month, day: $0.day) } }
        self.init()
        overviewMinimum = parameters.overviewMinimum
        townshipDeadline = day(parameters.townshipDeadline)
        departmentDeadline = day(parameters.departmentDeadline)
        governmentDeadline = day(parameters.governmentDeadline)
    }
}

extension RuleOverride {
    fileprivate init(_ override: Configuration.Override) {
        self.init()
        agencies = override.agencies.map(NamedAgency.init)
        folders = override.folders.map(\.bytes)
        levels = override.levels.mapValues(RuleLevel.init)
        parameters = ParameterChanges(override.parameters)
    }
}

extension Waiver {
    fileprivate init(_ waiver: Configuration.Waiver) {
        self.init(rule: waiver.rule, reason: waiver.reason, by: waiver.by, until: Day(waiver.until))
        agency = waiver.agency.map(NamedAgency.init)
        file = waiver.file?.bytes
        place = waiver.place.map(Place.init)
        year = waiver.year
    }
}

extension Place {
    fileprivate init(_ place: Configuration.Place) {
        if let section = place.section {
            self.init(section: section)
            return
        }
        guard let table = place.table.flatMap(TableID.init(rawValue:)) else {
            preconditionFailure("no table \(place.table ?? ""): places are read with Vocabulary.product")
        }
        self.init(table, row: place.row.map { RowID($0) }, column: place.column.map { ColumnID($0) })
    }
}

extension Day {
    /// A day of the configuration, which knows the calendar and fewer years.
    init(_ day: Configuration.Day) {
        guard let known = Day(year: day.year, month: day.monthDay.month, day: day.monthDay.day) else {
            preconditionFailure("no day \(day) in the calendar")
        }
        self = known
    }
}
