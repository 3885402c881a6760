import ReportModel

// How messages write dates: the one place for it.

extension Message {
    /// A date as each language writes it: 2023年1月31日, 31 January 2023.
    public init(_ day: Day) {
        let month = Self.months[day.month - 1]
        self.init("\(day.year)年\(day.month)月\(day.day)日", "\(day.day) \(month) \(day.year)")
    }

    /// A day of any year: 1月31日, 31 January.
    public init(_ day: MonthDay) {
        let month = Self.months.indices.contains(day.month - 1) ? Self.months[day.month - 1] : "\(day.month)"
        self.init("\(day.month)月\(day.day)日", "\(day.day) \(month)")
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
