import ReportModel

/// A decision of the office to let findings of a rule pass in the reports of one body, or in one file.
public struct Waiver: Sendable, Hashable, Codable {
    /// The rule.
    public var rule: String
    /// The body, by its whole name; nil: any.
    public var agency: NamedAgency?
    /// The file in bytes: an absolute path, a path relative to the inbox, or a name without a slash; nil: any.
    public var file: [UInt8]?
    /// The place in the report; nil: everywhere.
    public var place: Place?
    /// The report year; nil: any.
    public var year: Int?
    /// Why.
    public var reason: String
    /// Who decided.
    public var by: String
    /// The last day on which it holds. There is none without an end: what was let pass is to be looked at again.
    public var until: Day

    /// A waiver that names neither body nor file lets the findings pass everywhere.
    public init(rule: String, reason: String, by: String, until: Day) {
        self.rule = rule
        self.reason = reason
        self.by = by
        self.until = until
    }

    /// Whether its time is over on `today`. Where the day is not known it is taken to be over: nothing is let pass by mistake.
    public func isExpired(on today: Day?) -> Bool { today.map { until < $0 } ?? true }

    /// Whether it is for this body, file and year.
    func concerns(_ subject: Subject) -> Bool {
        (agency.map { $0 == subject.agency } ?? true) && (file.map(subject.circumstances.isFile) ?? true)
            && (year.map { $0 == subject.year } ?? true)
    }
}

/// A part of the report, in the terms of the form: a section, a table, a row, a column or a cell.
public struct Place: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The section, 1…6; nil: any.
    public var section: Int?
    /// The table; nil: any.
    public var table: TableID?
    /// The row; nil: any. `3.3` stands for all rows of that group.
    public var row: RowID?
    /// The column; nil: any.
    public var column: ColumnID?

    /// A part of a table.
    public init(_ table: TableID, row: RowID? = nil, column: ColumnID? = nil) {
        self.table = table
        self.row = row
        self.column = column
    }

    /// A section.
    public init(section: Int) { self.section = section }

    /// As in the configuration: `section 6`, `applications.3.7.total`.
    public var description: String {
        if let section { return "section \(section)" }
        return [table?.rawValue, row?.key, column?.key].compactMap(\.self).joined(separator: ".")
    }

    /// Whether all that a finding is about lies in this place.
    func covers(_ scope: Finding.Scope) -> Bool {
        covers(scope.section, scope.table, scope.row, scope.column)
            && scope.cells.allSatisfy { covers($0.table.section, $0.table, $0.row, $0.column) }
    }

    private func covers(_ section: Int?, _ table: TableID?, _ row: RowID?, _ column: ColumnID?) -> Bool {
        if let wanted = self.section, wanted != section { return false }
        if let wanted = self.table, wanted != table { return false }
        if let wanted = self.row, wanted != row, row?.key.hasPrefix(wanted.key + ".") != true { return false }
        if let wanted = self.column, wanted != column { return false }
        return true
    }
}

/// A waiver for a body, file and year that were audited, and what it did there.
public struct WaiverUse: Sendable, Hashable {
    /// What became of a waiver in one audit.
    public enum State: String, Sendable, CaseIterable {
        /// It let a finding pass.
        case used
        /// There was nothing that it could have let pass.
        case unused
        /// Its time is over: it lets nothing pass.
        case expired
    }

    /// Its index in ``RuleSettings/waivers``.
    public var index: Int
    /// The waiver.
    public var waiver: Waiver
    /// What it did.
    public var state: State
}

extension Finding {
    /// All that a finding is about, in the terms of the form: with its rule what a waiver looks at.
    public struct Scope: Sendable, Hashable {
        /// See ``Location/section``.
        public var section: Int?
        /// See ``Location/table``.
        public var table: TableID?
        /// See ``Location/row``.
        public var row: RowID?
        /// See ``Location/column``.
        public var column: ColumnID?
        /// See ``Finding/cells``.
        public var cells: [CellAddress]

        /// A scope.
        public init(section: Int?, table: TableID?, row: RowID?, column: ColumnID?, cells: [CellAddress]) {
            self.section = section
            self.table = table
            self.row = row
            self.column = column
            self.cells = cells
        }
    }

    /// See ``Scope``.
    public var scope: Scope {
        Scope(
            section: location.section,
            table: location.table,
            row: location.row,
            column: location.column,
            cells: cells
        )
    }
}

/// Applies waivers to the findings of one report.
public struct WaiverDesk: Sendable {
    /// The waivers for this body, file and year, and what they did so far, in the order of the settings.
    public private(set) var uses: [WaiverUse]

    /// The waivers of `settings` for a report.
    public init(_ settings: RuleSettings, for subject: Subject) {
        self.init(settings.waivers, settings.indicesOfWaivers(for: subject), today: subject.circumstances.today)
    }

    /// - Parameter indices: the waivers for this body, file and year.
    init(_ waivers: [Waiver], _ indices: [Int], today: Day?) {
        uses = indices.map { index in
            let waiver = waivers[index]
            return WaiverUse(index: index, waiver: waiver, state: waiver.isExpired(on: today) ? .expired : .unused)
        }
    }

    /// Why a finding of a rule is let pass; nil when it counts. Of several waivers the first is named; all count as used.
    public mutating func decision(on scope: Finding.Scope, of rule: String) -> Finding.Waived? {
        var decision: Finding.Waived?
        for use in uses.indices where uses[use].waiver.rule == rule && uses[use].state != .expired {
            let waiver = uses[use].waiver
            guard waiver.place?.covers(scope) ?? true else { continue }
            uses[use].state = .used
            decision = decision ?? Finding.Waived(reason: waiver.reason, by: waiver.by, until: waiver.until)
        }
        return decision
    }

    /// Marks the findings of a rule that are let pass.
    mutating func apply(to findings: inout [Finding], of rule: String) {
        guard uses.contains(where: { $0.waiver.rule == rule }) else { return }
        for index in findings.indices { findings[index].waived = decision(on: findings[index].scope, of: rule) }
    }
}
