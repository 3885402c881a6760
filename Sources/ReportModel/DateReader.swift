import ChineseText

/// A day of the calendar, as written.
public struct Day: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
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
    /// Whether one of the days is none of the calendar (11月31日); it then stands for the last day of its month.
    public var namesImpossibleDay = false
}

/// Reads years and dates out of folded text.
enum DateReader {
    /// A year at `index`: `2020年`, `2020年度`, `二〇二〇年`; the end is after 年.
    static func year(at index: Int, in text: FoldedText) -> (year: Int, end: Int)? {
        guard index + 4 < text.count, text[index + 4] == "年", index == 0 || !text[index - 1].isASCIIDigit else {
            return nil
        }
        guard let value = fourDigits(at: index, in: text), (1990...2099).contains(value) else { return nil }
        return (value, index + 5)
    }

    private static func fourDigits(at index: Int, in text: FoldedText) -> Int? {
        guard index + 4 <= text.count, text[index].isASCIIDigit || ChineseNumeral.digit(text[index]) != nil else {
            return nil
        }
        let digits = text.scalars[index..<(index + 4)]
        if digits.allSatisfy(\.isASCIIDigit) { return digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) } }
        if digits.allSatisfy({ ChineseNumeral.digit($0) != nil }) { return ChineseNumeral.value(digits) }
        return nil
    }

    /// A number of one or two digits, a Chinese numeral up to 三十一, or the 元 of the first month.
    private static func smallNumber(at index: Int, in text: FoldedText) -> (value: Int, end: Int)? {
        var end = index
        while end < text.count, end - index < 2, text[end].isASCIIDigit { end += 1 }
        if end > index { return (text.scalars[index..<end].reduce(0) { $0 * 10 + Int($1.value - 0x30) }, end) }
        // 元月
        if index + 1 < text.count, text[index] == "元", text[index + 1] == "月" { return (1, index + 1) }
        while end < text.count, end - index < 3, text[end].isChineseNumeral { end += 1 }
        guard end > index else { return nil }
        return ChineseNumeral.value(text.scalars[index..<end]).map { ($0, end) }
    }

    /// The year of a date at `index`: `2020年`, `2020-`. The sign behind it is looked at first, as readers ask for every
    /// character of a text.
    private static func yearOfDate(at index: Int, in text: FoldedText) -> Int? {
        guard index + 4 < text.count, isSeparator(text[index + 4], or: "年"),
            index == 0 || !text[index - 1].isASCIIDigit, let year = fourDigits(at: index, in: text),
            (1990...2099).contains(year)
        else { return nil }
        return year
    }

    private static func isSeparator(_ scalar: Unicode.Scalar, or word: Unicode.Scalar) -> Bool {
        scalar == word || scalar == "-" || scalar == "." || scalar == "/"
    }

    /// A date at `index`. Without a year of its own it takes `inheritedYear`.
    static func day(at index: Int, in text: FoldedText, inheritedYear: Int? = nil) -> (day: Day, end: Int)? {
        var position = index
        var value = inheritedYear
        if let own = yearOfDate(at: index, in: text) {
            value = own
            position = index + 5
        }
        guard let value, let month = smallNumber(at: position, in: text), month.end < text.count,
            isSeparator(text[month.end], or: "月"),
            let day = smallNumber(at: month.end + 1, in: text),
            let date = Day(year: value, month: month.value, day: day.value)
        else { return nil }
        var end = day.end
        if end < text.count, text[end] == "日" || text[end] == "号" { end += 1 }
        return (date, end)
    }

    /// An end of a span as written: a day, a day that no calendar has, or a month without a day.
    private struct Mark {
        var year, month: Int
        var day: Int?
        var end: Int
    }

    private static func mark(at index: Int, in text: FoldedText, inheritedYear: Int? = nil) -> Mark? {
        var position = index
        var value = inheritedYear
        if let own = yearOfDate(at: index, in: text) {
            value = own
            position = index + 5
        }
        guard let value, let month = smallNumber(at: position, in: text), (1...12).contains(month.value),
            month.end < text.count, isSeparator(text[month.end], or: "月")
        else { return nil }
        if let day = smallNumber(at: month.end + 1, in: text) {
            var end = day.end
            if end < text.count, text[end] == "日" || text[end] == "号" { end += 1 }
            return Mark(year: value, month: month.value, day: day.value, end: end)
        }
        // 2024-01 is half of some number; 2024年1月 is a month.
        guard text[month.end] == "月" else { return nil }
        return Mark(year: value, month: month.value, day: nil, end: month.end + 1)
    }

    /// Words between the two ends of a span, and the hours that some add to them.
    private static let fillers: [Phrase] = ["零时", "0时", "零点", "24时", "二十四时", "起", "开始", "之日"]
    private static let connectors: [Phrase] = ["至", "到", "-", "~", ",", "、", "截至", "截止", "止"]
    private static let sameYear: [Phrase] = ["同年", "当年", "本年", "该年"]

    /// A span `2020年1月1日至2020年12月31日`, also with 起, 止, 到, dashes, hours, months alone, and without the second year.
    static func period(in text: FoldedText, from start: Int = 0) -> (period: Period, range: Range<Int>)? {
        var index = start
        while index + 4 < text.count {
            guard isSeparator(text[index + 4], or: "年"), let first = mark(at: index, in: text) else {
                index += 1
                continue
            }
            if let found = period(from: first, in: text) { return (found.period, index..<found.end) }
            index = max(index + 1, first.end)
        }
        return nil
    }

    private static func period(from first: Mark, in text: FoldedText) -> (period: Period, end: Int)? {
        var next = first.end
        var connected = false
        var moved = true
        while moved {
            moved = false
            for phrase in fillers where text.has(phrase, at: next) {
                next += phrase.count
                moved = true
            }
            for phrase in connectors where text.has(phrase, at: next) {
                next += phrase.count
                moved = true
                connected = true
            }
        }
        guard connected else { return nil }
        if let phrase = sameYear.first(where: { text.has($0, at: next) }) { next += phrase.count }
        guard let second = mark(at: next, in: text, inheritedYear: first.year),
            (first.day == nil) == (second.day == nil),
            let from = day(first, isEnd: false), let to = day(second, isEnd: true)
        else { return nil }
        var end = second.end
        for phrase in ["24时", "二十四时", "止"] as [Phrase] where text.has(phrase, at: end) { end += phrase.count }
        return (Period(from: from.day, to: to.day, namesImpossibleDay: !from.isReal || !to.isReal), end)
    }

    private static func day(_ mark: Mark, isEnd: Bool) -> (day: Day, isReal: Bool)? {
        let last = (28...31).reversed().lazy.compactMap { Day(year: mark.year, month: mark.month, day: $0) }.first
        guard let written = mark.day else {
            let day = isEnd ? last : Day(year: mark.year, month: mark.month, day: 1)
            return day.map { ($0, true) }
        }
        if let day = Day(year: mark.year, month: mark.month, day: written) { return (day, true) }
        return last.map { ($0, false) }
    }
}

/// Finds the statement of the period that a report's figures cover, among spans that are events of the year.
enum PeriodReader {
    /// Words that name such a period.
    private static let nouns: [Phrase] = [
        "统计期限", "统计时限", "统计时间", "统计周期", "统计时段", "统计起止", "统计期间", "统计范围", "统计区间", "统计截止", "数据期限", "数据时限",
        "数据时间", "数据周期", "数据统计", "数据起止", "统计数据", "报告期", "报告时限", "报告时间", "报告周期", "所列数据", "所列时间", "所列期限", "列出的数据",
        "涉及数据", "数据截止", "数据截至", "数据的", "数据从", "数据自", "数据为",
    ]
    /// Words that name the report or its figures: before section 一 and in section 六 they do, with one of ``spanWords``.
    private static let subjects: [Phrase] = ["数据", "本报告", "年度报告", "年报"]
    private static let spanWords: [Phrase] = ["期限", "时限", "统计", "自", "为", "从", "时间", "涵盖", "期间", "起止"]
    /// Words of other spans.
    private static let others: [Phrase] = [
        "下载", "查阅", "公示", "活动", "任期", "上年度", "上一年度", "自查", "培训", "报送", "开放", "征求", "宣传", "电子版",
    ]
    /// Words of spans that section 一 tells of beside the report's own: page views, assessments, surveys, hotlines.
    private static let otherFigures: [Phrase] = [
        "访问", "浏览", "点击", "普查", "考核", "监测", "评估", "测评", "报表", "热线", "工单", "留言", "调查", "网站", "公众号",
    ]
    /// Nouns behind which a year alone or months alone are the period.
    private static let plainNouns: [Phrase] = [
        "统计期限", "统计时限", "统计时间", "统计周期", "统计时段", "统计期间", "数据期限", "报告期", "报告期限",
    ]

    private static let plainNounSet = PhraseSet(plainNouns)

    /// The period that `text` states and the sentence around it; `strictly` asks for one of the nouns.
    static func find(in text: FoldedText, strictly: Bool) -> (period: Period, sentence: Range<Int>)? {
        var start = 0
        while let (period, range) = DateReader.period(in: text, from: start) {
            start = range.upperBound
            guard isStatement(range, in: text, strictly: strictly) else { continue }
            let sentence = sentence(range, in: text)
            // In section 一 only a whole year, or a sentence about the report, is surely the report's own.
            if strictly, !isWholeYear(period), !text.containsAny(ownWords, in: sentence) { continue }
            return (period, sentence)
        }
        return year(in: text)
    }

    private static let ownWords: [Phrase] = ["报告", "年报", "所列", "列出的数据"]

    private static func isWholeYear(_ period: Period) -> Bool {
        period.from.year == period.to.year && (period.from.month, period.from.day) == (1, 1)
            && (period.to.month, period.to.day) == (12, 31)
    }

    private static func isStatement(_ range: Range<Int>, in text: FoldedText, strictly: Bool) -> Bool {
        // A clause is short; a bound keeps a page of spans linear.
        let limit = max(0, range.lowerBound - 60)
        var own = range.lowerBound
        while own > limit, !",。;!?".unicodeScalars.contains(text[own - 1]) { own -= 1 }
        var before = own
        if own > limit, text[own - 1] == "," {
            before = own - 1
            while before > limit, !",。;!?".unicodeScalars.contains(text[before - 1]) { before -= 1 }
        }
        var end = range.upperBound
        while end < min(text.count, range.upperBound + 40), !",。;!?".unicodeScalars.contains(text[end]) { end += 1 }
        if text.containsAny(others, in: own..<end) { return false }
        if strictly, text.containsAny(otherFigures, in: own..<end) { return false }
        if text.containsAny(nouns, in: before..<end) { return true }
        return !strictly && text.containsAny(subjects, in: before..<end)
            && text.containsAny(spanWords, in: before..<end)
    }

    /// 统计期限为2023年度.
    private static func year(in text: FoldedText) -> (period: Period, sentence: Range<Int>)? {
        guard text.contains(plainNounSet) else { return nil }
        for noun in plainNouns {
            guard let place = text.firstIndex(of: noun) else { continue }
            var index = place + noun.count
            while index < text.count, "限为是:自系".unicodeScalars.contains(text[index]) { index += 1 }
            guard index > place + noun.count, let (year, yearEnd) = DateReader.year(at: index, in: text) else {
                continue
            }
            var end = yearEnd
            for word in ["度", "全年"] as [Phrase] where text.has(word, at: end) { end += word.count }
            guard end == text.count || ",。;)".unicodeScalars.contains(text[end]),
                let from = Day(year: year, month: 1, day: 1), let to = Day(year: year, month: 12, day: 31)
            else { continue }
            return (Period(from: from, to: to), sentence(place..<end, in: text))
        }
        return nil
    }

    private static func sentence(_ range: Range<Int>, in text: FoldedText) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, range.lowerBound - start < 200, !"。;".unicodeScalars.contains(text[start - 1]) { start -= 1 }
        var end = range.upperBound
        while end < text.count, end - range.upperBound < 200, !"。;".unicodeScalars.contains(text[end]) { end += 1 }
        return start..<end
    }
}
