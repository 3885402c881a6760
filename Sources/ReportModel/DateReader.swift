import ChineseText

/// A day of the calendar, as written.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year, month from 1, day from 1.
    public var year, month, day: Int

    /// A day; nil when the calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(month, year) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    private static func length(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }

    /// ISO 8601, `2022-01-20`.
    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// Order in time.
    public static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// The first and last day that the figures cover.
public struct Period: Sendable, Hashable {
    /// First day.
    public var from: Day
    /// Last day.
    public var to: Day
}

/// Reads years and dates out of folded text.
enum DateReader {
    /// A year at `index`: `2020年`, `2020年度`, `二〇二〇年`; the end is after 年.
    static func year(at index: Int, in text: FoldedText) -> (year: Int, end: Int)? {
        guard index == 0 || !text[index - 1].isASCIIDigit, index + 4 < text.count, text[index + 4] == "年" else {
            return nil
        }
        guard let value = fourDigits(at: index, in: text), (1990...2099).contains(value) else { return nil }
        return (value, index + 5)
    }

    private static func fourDigits(at index: Int, in text: FoldedText) -> Int? {
        guard index + 4 <= text.count else { return nil }
        let digits = text.scalars[index..<(index + 4)]
        if digits.allSatisfy(\.isASCIIDigit) { return digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) } }
        if digits.allSatisfy({ ChineseNumeral.digit($0) != nil }) { return ChineseNumeral.value(digits) }
        return nil
    }

    /// A number of one or two digits, or a Chinese numeral up to 三十一.
    private static func smallNumber(at index: Int, in text: FoldedText) -> (value: Int, end: Int)? {
        var end = index
        while end < text.count, end - index < 2, text[end].isASCIIDigit { end += 1 }
        if end > index { return Int(text.string(index..<end)).map { ($0, end) } }
        while end < text.count, end - index < 3, text[end].isChineseNumeral { end += 1 }
        guard end > index else { return nil }
        return ChineseNumeral.value(text.scalars[index..<end]).map { ($0, end) }
    }

    /// A date at `index`. Without a year of its own it takes `inheritedYear`.
    static func day(at index: Int, in text: FoldedText, inheritedYear: Int? = nil) -> (day: Day, end: Int)? {
        var position = index
        var value = inheritedYear
        if index == 0 || !text[index - 1].isASCIIDigit, let own = fourDigits(at: index, in: text),
            (1990...2099).contains(own),
            index + 4 < text.count, "年-./".unicodeScalars.contains(text[index + 4])
        {
            value = own
            position = index + 5
        }
        guard let value, let month = smallNumber(at: position, in: text), month.end < text.count,
            "月-./".unicodeScalars.contains(text[month.end]),
            let day = smallNumber(at: month.end + 1, in: text),
            let date = Day(year: value, month: month.value, day: day.value)
        else { return nil }
        var end = day.end
        if end < text.count, text[end] == "日" || text[end] == "号" { end += 1 }
        return (date, end)
    }

    /// A span `2020年1月1日至2020年12月31日`, also with 起, 止, 到, dashes, and without the second year.
    static func period(in text: FoldedText, from start: Int = 0) -> (period: Period, range: Range<Int>)? {
        var index = start
        while index < text.count {
            defer { index += 1 }
            guard let first = day(at: index, in: text) else { continue }
            var next = first.end
            while next < text.count, "起开始".unicodeScalars.contains(text[next]) { next += 1 }
            guard next < text.count, "至到-~,、".unicodeScalars.contains(text[next]) else { continue }
            while next < text.count, "至到-~,、".unicodeScalars.contains(text[next]) { next += 1 }
            if text.has("截至", at: next) || text.has("截止", at: next) { next += 2 }
            while next < text.count, "至到".unicodeScalars.contains(text[next]) { next += 1 }
            guard let second = day(at: next, in: text, inheritedYear: first.day.year) else { continue }
            return (Period(from: first.day, to: second.day), index..<second.end)
        }
        return nil
    }
}
