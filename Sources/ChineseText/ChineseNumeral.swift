/// Chinese numerals as reports write them: 九件, 二十三件, 二〇二一年, 第（十）项.
public enum ChineseNumeral {
    /// The value of a digit character 〇…九, 两.
    public static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "〇", "零": 0
        case "一", "壹": 1
        case "二", "两", "贰": 2
        case "三", "叁": 3
        case "四", "肆": 4
        case "五", "伍": 5
        case "六", "陆": 6
        case "七", "柒": 7
        case "八", "捌": 8
        case "九", "玖": 9
        default: nil
        }
    }

    /// The value of a unit character 十, 百, 千, 万, 亿.
    public static func unit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "十", "拾": 10
        case "百", "佰": 100
        case "千", "仟": 1000
        case "万": 10_000
        case "亿": 100_000_000
        default: nil
        }
    }

    // Inlinable: other modules would otherwise call the generic form.
    /// Reads a whole run of numeral characters; nil when it is not one number (三五, 一二三四五六七八九十百).
    @inlinable public static func value(_ scalars: some Collection<Unicode.Scalar>) -> Int? {
        guard !scalars.isEmpty else { return nil }
        if scalars.allSatisfy({ digit($0) != nil }) {
            // 二〇二一 is positional; 三五 (three or five) is no number.
            if scalars.count == 1 || (scalars.count == 4) {
                return scalars.reduce(0) { $0 * 10 + (digit($1) ?? 0) }
            }
            return nil
        }
        var total = 0
        var section = 0
        var pending: Int?
        var lastUnit = Int.max
        for scalar in scalars {
            if let value = digit(scalar) {
                if value == 0 {
                    guard pending == nil else { return nil }
                    continue
                }
                guard pending == nil else { return nil }
                pending = value
            } else if let unit = unit(scalar) {
                if unit >= 10_000 {
                    let amount = section + (pending ?? 0)
                    guard amount > 0, total == 0 || unit < 100_000_000 else { return nil }
                    total += amount * unit
                    section = 0
                    lastUnit = Int.max
                } else {
                    guard unit < lastUnit else { return nil }
                    guard let amount = pending ?? (unit == 10 && section == 0 ? 1 : nil) else { return nil }
                    section += amount * unit
                    lastUnit = unit
                }
                pending = nil
            } else {
                return nil
            }
        }
        return total + section + (pending ?? 0)
    }

    /// The numeral for 1…99, as in headings and messages.
    public static func text(_ number: Int) -> String {
        let digits = Array("〇一二三四五六七八九")
        guard number > 0, number < 100 else { return String(number) }
        let tens = number / 10
        let ones = number % 10
        var result = ""
        if tens > 1 { result.append(digits[tens]) }
        if tens > 0 { result.append("十") }
        if ones > 0 || tens == 0 { result.append(digits[ones]) }
        return result
    }
}
