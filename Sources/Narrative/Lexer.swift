import ChineseText

/// One word, number or sign of the text.
struct Token {
    var kind: Kind
    /// Stands between quotation marks (“办结一件申请、解决一个问题” is a slogan, no count).
    var isQuoted = false
    /// Numbers: 余, 多, 近, 约, 以上, or a value in 万 (which is rounded).
    var isApproximate = false
    /// Numbers: a Chinese numeral of value one, which is more often an article (一件一件, 一项制度) than a count.
    var isChineseOne = false
    /// Numbers: 每件100元, 10元/页.
    var isRate = false
    var paragraph: Int32
    var start: Int32
    var end: Int32
    /// Numbers: end of the digits.
    var numberEnd: Int32 = 0
    var value = 0
    /// Numbers: one unit of the last digit of 1.2万 (1000), where no word hedges it further; nil for a number not in 万.
    var roundingWidth: Int?
    /// Numbers: up to two characters of the measure word, 0 = none.
    var measure: UInt32 = 0

    var numberRange: Range<Int> { Int(start)..<Int(numberEnd) }
}

/// Cuts the paragraphs of a section into tokens, in one pass.
struct Lexer {
    private(set) var tokens: [Token] = []

    init(_ paragraphs: [FoldedText]) {
        tokens.reserveCapacity(paragraphs.reduce(0) { $0 + $1.count } / 2 + 8)
        for (number, paragraph) in paragraphs.enumerated() {
            paragraph.scalars.withUnsafeBufferPointer { scan($0, paragraph: Int32(number)) }
        }
    }

    private mutating func scan(_ text: UnsafeBufferPointer<Unicode.Scalar>, paragraph: Int32) {
        let lexicon = Lexicon.shared
        lexicon.first.withUnsafeBufferPointer { first in
            lexicon.many.withUnsafeBufferPointer { many in
                lexicon.marks.withUnsafeBufferPointer { marks in
                    lexicon.entries.withUnsafeBufferPointer { entries in
                        lexicon.pool.withUnsafeBufferPointer { pool in
                            scan(
                                text,
                                paragraph,
                                Words(first: first, many: many, marks: marks, entries: entries, pool: pool)
                            )
                        }
                    }
                }
            }
        }
    }

    /// The lexicon without bounds checks and reference counts.
    private struct Words {
        let first: UnsafeBufferPointer<UInt16>
        let many: UnsafeBufferPointer<UInt8>
        let marks: UnsafeBufferPointer<UInt8>
        let entries: UnsafeBufferPointer<Lexicon.Entry>
        let pool: UnsafeBufferPointer<UInt16>

        @inline(__always)
        func longest(_ text: UnsafeBufferPointer<Unicode.Scalar>, _ position: Int) -> Lexicon.Entry? {
            let value = Int(text[position].value)
            let start = Int(first[value])
            let end = start + Int(many[value])
            let second = position + 1 < text.count ? text[position + 1].value : Lexicon.noScalar
            for index in start..<end where UInt32(entries[index].second) == second {
                let entry = entries[index]
                let count = Int(entry.count)
                guard position + count <= text.count else { continue }
                var offset = 2
                while offset < count, text[position + offset].value == UInt32(pool[Int(entry.offset) + offset - 2]) {
                    offset += 1
                }
                if offset == count { return entry }
            }
            // The word of one character stands behind the others.
            return end > start && entries[end - 1].count == 1 ? entries[end - 1] : nil
        }
    }

    private mutating func scan(_ text: UnsafeBufferPointer<Unicode.Scalar>, _ paragraph: Int32, _ words: Words) {
        var position = 0
        var quoted = false
        // Where the run of characters that no word covers began.
        var unknown = -1
        while position < text.count {
            let scalar = text[position]
            guard scalar.value < 0x1_0000 else {
                if unknown < 0 { unknown = position }
                position += 1
                continue
            }
            let mark = words.marks[Int(scalar.value)]
            var next = position
            let before = tokens.count
            switch mark {
            case Lexicon.Mark.sign:
                if scalar == ".", !Self.endsSentence(text, position) {
                    if unknown < 0 { unknown = position }
                    position += 1
                    continue
                }
                flush(&unknown, paragraph, position)
                if let kind = Self.sign(scalar) {
                    append(kind, paragraph, position, position + 1)
                } else {
                    quoted.toggle()
                }
                position += 1
                continue
            case Lexicon.Mark.digit:
                flush(&unknown, paragraph, position)
                position = number(text, at: position, paragraph: paragraph, quoted: quoted)
                continue
            case Lexicon.Mark.opening:
                // Titles and document numbers: nothing in them is a statement.
                let closing: Unicode.Scalar = scalar == "《" ? "》" : scalar == "[" ? "]" : ">"
                var end = position + 1
                while end < text.count, text[end] != closing, end - position < 80 { end += 1 }
                if end < text.count, text[end] == closing {
                    flush(&unknown, paragraph, position)
                    append(.title, paragraph, position, end + 1)
                    position = end + 1
                    continue
                }
            default: break
            }
            if words.many[Int(scalar.value)] != 0, let entry = words.longest(text, position) {
                next = position + Int(entry.count)
                if entry.kind == .unknown {
                    if unknown < 0 { unknown = position }
                } else {
                    flush(&unknown, paragraph, position)
                    append(entry.kind, paragraph, position, next)
                    if quoted { tokens[tokens.count - 1].isQuoted = true }
                }
                position = next
                continue
            }
            if mark == Lexicon.Mark.numeral {
                next = chineseNumber(text, at: position, paragraph: paragraph, quoted: quoted)
                if next > position {
                    // The number went in first; the run before it belongs in front.
                    if unknown >= 0 {
                        let run = Token(
                            kind: .unknown,
                            paragraph: paragraph,
                            start: Int32(unknown),
                            end: Int32(position)
                        )
                        tokens.insert(run, at: before)
                        unknown = -1
                    }
                    position = next
                    continue
                }
            }
            if unknown < 0 { unknown = position }
            position += 1
        }
        flush(&unknown, paragraph, text.count)
        append(.paragraphEnd, paragraph, text.count, text.count)
    }

    @inline(__always)
    private mutating func flush(_ unknown: inout Int, _ paragraph: Int32, _ end: Int) {
        guard unknown >= 0 else { return }
        append(.unknown, paragraph, unknown, end)
        unknown = -1
    }

    /// A full stop typed as a point: after Chinese, and not before a digit or a letter.
    private static func endsSentence(_ text: UnsafeBufferPointer<Unicode.Scalar>, _ position: Int) -> Bool {
        guard position > 0, text[position - 1].isHan else { return false }
        guard position + 1 < text.count else { return true }
        return !text[position + 1].isASCIIDigit && !isLatin(text[position + 1])
    }

    @inline(__always)
    private static func sign(_ scalar: Unicode.Scalar) -> Kind? {
        switch scalar {
        case ",": .comma
        case "、": .pause
        case ";": .semicolon
        case ":": .colon
        case "。", "!", "?", ".": .stop
        case "(": .open
        case ")": .close
        default: nil
        }
    }

    private mutating func append(_ kind: Kind, _ paragraph: Int32, _ start: Int, _ end: Int) {
        tokens.append(Token(kind: kind, paragraph: paragraph, start: Int32(start), end: Int32(end)))
    }

    // MARK: Numbers

    /// Reads the number at `start` with its scale, measure word and hedges; returns where the text goes on.
    private mutating func number(
        _ text: UnsafeBufferPointer<Unicode.Scalar>,
        at start: Int,
        paragraph: Int32,
        quoted: Bool
    ) -> Int {
        func at(_ index: Int) -> Unicode.Scalar? { index >= 0 && index < text.count ? text[index] : nil }
        func isDigit(_ index: Int) -> Bool { at(index)?.isASCIIDigit == true }
        var end = start
        var value = 0
        var digits = 0
        while end < text.count, text[end].isASCIIDigit {
            digits += 1
            if digits <= 15 { value = value * 10 + Int(text[end].value - 0x30) }
            end += 1
        }
        // 1,234件: groups of exactly three digits.
        if digits <= 3, at(start) != "0" {
            while at(end) == ",", isDigit(end + 1), isDigit(end + 2), isDigit(end + 3), !isDigit(end + 4), digits <= 12
            {
                for offset in 1...3 { value = value * 10 + Int(text[end + offset].value - 0x30) }
                digits += 3
                end += 4
            }
        }
        var token = Token(
            kind: .otherNumber,
            paragraph: paragraph,
            start: Int32(start),
            end: Int32(end),
            numberEnd: Int32(end),
            value: value
        )
        token.isQuoted = quoted
        var isDecimal = false
        var decimals = 0
        var isPlain = digits <= 12
        if at(end) == "." {
            if isDigit(end + 1) {
                isDecimal = true
                end += 1
                while isDigit(end) {
                    end += 1
                    decimals += 1
                }
            } else {
                isPlain = false  // 1.第一项: an enumerator
            }
        }
        token.numberEnd = Int32(end)
        // Part of a longer sign: 3-5件, 0564-6081930, 7×24, IPV6, 5/8, 第3, 12:30.
        if let before = at(start - 1) {
            if before == "第" || before == "-" || before == "~" || before == "/" || before == "." || before == "·"
                || before == "×"
                || before == "*" || Self.isLatin(before) || before == "_" || before == "每"
            {
                isPlain = false
                token.isRate = before == "每"
            } else if before == "至" || before == "到",
                isDigit(start - 2) || Self.isMeasure(at(start - 2)) && isDigit(start - 3)
            {
                isPlain = false
            }
            // 1-6月: months, and no sign of anything longer.
            if before == "-" || before == "~", isDigit(start - 2), at(end) == "月", (1...12).contains(value) {
                isPlain = true
            }
            if Self.hedgesBefore.contains(before) { token.isApproximate = true }
        }
        if let before = at(start - 1), let first = at(start - 2) {
            if before == "过" && (first == "超") || before == "破" && first == "突" || before == "约" && first == "大" {
                token.isApproximate = true
            }
            // 每件100元
            if first == "每", before == "件" || before == "页" || before == "条" { token.isRate = true }
        }
        if let after = at(end) {
            if after == "%" || after == "‰" {
                token.kind = .percent
                token.end = Int32(end + 1)
                tokens.append(token)
                return end + 1
            }
            if (after == "-" || after == "~") && isDigit(end + 1) || after == "×" || after == "/" || after == "·"
                || after == "*"
                || Self.isLatin(after) || after == ":" && isDigit(end + 1)
            {
                isPlain = false
            }
            if after == "至" || after == "到", isDigit(end + 1) { isPlain = false }
        }
        var cursor = end
        while let scale = at(cursor),
            scale == "余" || scale == "多" || scale == "万" || scale == "亿" || scale == "千" || scale == "百"
        {
            if scale == "余" || scale == "多" {
                token.isApproximate = true
                token.roundingWidth = nil
            } else {
                let factor = ChineseNumeral.unit(scale) ?? 1
                let scaled = (isDecimal ? Self.decimal(text, start, end) : Double(value)) * Double(factor)
                // No report counts in such numbers; and they must not overflow.
                guard scaled < 1e12 else {
                    isPlain = false
                    cursor += 1
                    continue
                }
                if isDecimal, scale == "万", decimals < 5, !token.isApproximate {
                    token.roundingWidth = (0..<decimals).reduce(10_000) { width, _ in width / 10 }
                } else {
                    token.roundingWidth = nil
                }
                value = isDecimal ? Int(scaled.rounded()) : value * factor
                isDecimal = false
                token.value = value
                // 18万 is a rounded figure, whatever the words say.
                token.isApproximate = true
            }
            cursor += 1
        }
        return finish(&token, text, cursor: cursor, digits: digits, isPlain: isPlain && !isDecimal)
    }

    /// A run of Chinese numerals before a measure word; returns `start` when it is none.
    private mutating func chineseNumber(
        _ text: UnsafeBufferPointer<Unicode.Scalar>,
        at start: Int,
        paragraph: Int32,
        quoted: Bool
    ) -> Int {
        var end = start
        while end < text.count, text[end].isChineseNumeral, end - start < 12 { end += 1 }
        var cursor = end
        var isApproximate = false
        if cursor < text.count, text[cursor] == "余" || text[cursor] == "多" {
            isApproximate = true
            cursor += 1
        }
        guard cursor < text.count, Self.isMeasure(text[cursor]) || text[cursor] == "元" || text[cursor] == "年" else {
            return start
        }
        if start > 0, Self.notBeforeNumeral.contains(text[start - 1]) { return start }
        guard let value = ChineseNumeral.value(text[start..<end]) else { return start }
        if text[cursor] == "次", cursor + 1 < text.count, text[cursor + 1] == "性" { return start }
        var token = Token(
            kind: .otherNumber,
            paragraph: paragraph,
            start: Int32(start),
            end: Int32(cursor),
            numberEnd: Int32(end),
            value: value
        )
        token.isQuoted = quoted
        token.isApproximate = isApproximate
        token.isChineseOne = value == 1
        return finish(&token, text, cursor: cursor, digits: end - start, isPlain: true)
    }

    /// Decides what a number counts, by the characters after it, and appends the token.
    private mutating func finish(
        _ token: inout Token,
        _ text: UnsafeBufferPointer<Unicode.Scalar>,
        cursor: Int,
        digits: Int,
        isPlain: Bool
    ) -> Int {
        var end = cursor
        let after: Unicode.Scalar? = cursor < text.count ? text[cursor] : nil
        let next: Unicode.Scalar? = cursor + 1 < text.count ? text[cursor + 1] : nil
        if let after {
            if after == "年", digits == 4, isPlain {
                token.kind = .year
                end += 1
                if next == "度" { end += 1 }
            } else if after == "月", isPlain {
                token.kind = .month
                end += 1
                if next == "份" { end += 1 }
            } else if after == "日" || after == "号" {
                end += 1
            } else if after == "元" {
                token.kind = .amount
                end += 1
                if next == "/" { token.isRate = true }
            } else if isPlain, Self.isMeasure(after), !Self.isUnitOfTime(after, text, cursor + 1) {
                token.kind = .count
                end += 1
                token.measure = after.value
                if let next, next == "次" || next == "套", after != "次" {
                    token.measure |= next.value << 16
                    end += 1
                }
                if end + 1 < text.count,
                    text[end] == "以" && (text[end + 1] == "上" || text[end + 1] == "下" || text[end + 1] == "内")
                        || text[end] == "左" && text[end + 1] == "右"
                {
                    token.isApproximate = true
                    token.roundingWidth = nil
                    end += 2
                } else if end < text.count, text[end] == "余" || text[end] == "多" {
                    token.isApproximate = true
                    token.roundingWidth = nil
                    end += 1
                }
                if end < text.count, text[end] == "/" { token.kind = .otherNumber }
            } else if isPlain, Self.endsBareNumber(after) {
                token.kind = .bareNumber
            } else if after == "余" || after == "多" {
                end += 1
            }
        } else if isPlain {
            token.kind = .bareNumber
        }
        token.end = Int32(end)
        tokens.append(token)
        return max(end, Int(token.numberEnd))
    }

    private static func decimal(_ text: UnsafeBufferPointer<Unicode.Scalar>, _ start: Int, _ end: Int) -> Double {
        var value = 0.0
        var scale = 0.0
        for index in start..<end {
            if text[index] == "." {
                scale = 1
            } else if text[index].isASCIIDigit {
                value = value * 10 + Double(text[index].value - 0x30)
                scale *= 10
            }
        }
        return scale > 0 ? value / scale : value
    }

    @inline(__always)
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        let folded = scalar.value | 0x20
        return folded >= 0x61 && folded <= 0x7A
    }

    /// The measure words that reports count with.
    static func isMeasure(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        switch scalar {
        case "件", "条", "份", "宗", "篇", "个", "期", "次", "项", "例", "起", "封", "人", "场", "部", "则", "家", "批", "名", "册", "幅",
            "张", "笔",
            "桩", "种", "处", "户", "页":
            return true
        default:
            return false
        }
    }

    /// 20个工作日, 3个月, 2个百分点.
    private static func isUnitOfTime(
        _ measure: Unicode.Scalar,
        _ text: UnsafeBufferPointer<Unicode.Scalar>,
        _ index: Int
    ) -> Bool {
        guard measure == "个", index < text.count else { return false }
        switch text[index] {
        case "月", "季", "年", "周", "小", "自": return true
        case "工":
            return index + 1 < text.count && text[index + 1] == "作" && index + 2 < text.count && text[index + 2] == "日"
        case "百": return index + 1 < text.count && text[index + 1] == "分"
        default: return false
        }
    }

    private static func endsBareNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", "、", ";", "。", ")": true
        default: false
        }
    }

    private static let hedgesBefore: Set<Unicode.Scalar> = ["近", "约", "逾", "超"]
    private static let notBeforeNumeral: Set<Unicode.Scalar> = [
        "第", "每", "任", "逐", "同", "某", "这", "那", "哪", "几", "数", "统", "唯", "专", "之", "进", "万", "单", "归",
    ]
}
