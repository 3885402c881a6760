/// How numbers of a list are written (ECMA-376-1 clause 17.18.59, ST_NumberFormat).
enum NumberFormat: Hashable {
    /// No number but a mark.
    case bullet
    /// No number.
    case none
    /// 1, 2, 3; also for every format that is not known here.
    case decimal
    /// 01, 02 … 10.
    case decimalZero
    /// １, ２, ３.
    case decimalFullWidth
    /// - 1 -.
    case numberInDash
    /// 1st, 2nd, 3rd.
    case ordinal
    /// a … z, aa, bb …
    case letters(uppercase: Bool)
    /// i, ii, iii.
    case roman(uppercase: Bool)
    /// A sequence of signs, arabic numbers after its end.
    case sequence(Sequence)
    /// Digit by digit: 一, 二 … 一〇, 一一.
    case digits(Digits)
    /// With ten, hundred and thousand.
    case counting(Counting)

    /// Sequences of signs.
    enum Sequence: Hashable {
        /// ① … ⑳.
        case circled
        /// ⑴ … ⒇.
        case bracketed
        /// ⒈ … ⒛.
        case withFullStop
        /// 甲乙丙丁.
        case heavenlyStems
        /// 子丑寅卯.
        case earthlyBranches
        /// ㊀ … ㊉.
        case circledIdeographs
        /// ㈠ … ㈩.
        case bracketedIdeographs
        /// アイウ.
        case katakana
        /// イロハ.
        case iroha

        fileprivate func sign(_ number: Int) -> String? {
            switch self {
            case .circled: Self.range(0x2460, 20, number)
            case .bracketed: Self.range(0x2474, 20, number)
            case .withFullStop: Self.range(0x2488, 20, number)
            case .heavenlyStems: Self.list("甲乙丙丁戊己庚辛壬癸", number)
            case .earthlyBranches: Self.list("子丑寅卯辰巳午未申酉戌亥", number)
            case .circledIdeographs: Self.range(0x3280, 10, number)
            case .bracketedIdeographs: Self.range(0x3220, 10, number)
            case .katakana: Self.list("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン", number)
            case .iroha: Self.list("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン", number)
            }
        }

        private static func range(_ first: UInt32, _ count: Int, _ number: Int) -> String? {
            guard (1...count).contains(number), let scalar = Unicode.Scalar(first + UInt32(number - 1))
            else { return nil }
            return String(scalar)
        }

        private static func list(_ signs: String, _ number: Int) -> String? {
            let signs = Array(signs.unicodeScalars)
            return (1...signs.count).contains(number) ? String(signs[number - 1]) : nil
        }
    }

    /// Digits of positional numbers.
    enum Digits: Hashable {
        /// 一二三 with 〇.
        case ideographs
        /// 一二三 with ○.
        case taiwanese
        /// 일이삼.
        case korean

        fileprivate var digits: [Unicode.Scalar] {
            switch self {
            case .ideographs: Array("〇一二三四五六七八九".unicodeScalars)
            case .taiwanese: Array("○一二三四五六七八九".unicodeScalars)
            case .korean: Array("영일이삼사오육칠팔구".unicodeScalars)
            }
        }
    }

    /// Words of numbers with units.
    enum Counting: Hashable {
        /// 一, 十, 十一, 一百零一.
        case chinese
        /// 壹, 壹拾, 壹拾壹.
        case legalSimplified
        /// 壹, 壹拾, 貳拾.
        case legalTraditional
        /// 一, 十, 百, 百一.
        case japanese
        /// 壱, 壱拾.
        case japaneseLegal

        fileprivate var digits: [Unicode.Scalar] {
            switch self {
            case .chinese, .japanese: Array("零一二三四五六七八九".unicodeScalars)
            case .legalSimplified: Array("零壹贰叁肆伍陆柒捌玖".unicodeScalars)
            case .legalTraditional: Array("零壹貳參肆伍陸柒捌玖".unicodeScalars)
            case .japaneseLegal: Array("〇壱弐参四伍六七八九".unicodeScalars)
            }
        }

        fileprivate var units: [String] {
            switch self {
            case .chinese, .japanese: ["", "十", "百", "千"]
            case .legalSimplified, .legalTraditional: ["", "拾", "佰", "仟"]
            case .japaneseLegal: ["", "拾", "百", "阡"]
            }
        }

        fileprivate var tenThousand: String {
            switch self {
            case .chinese, .legalSimplified: "万"
            case .legalTraditional: "萬"
            case .japanese: "万"
            case .japaneseLegal: "萬"
            }
        }

        /// Whether a gap inside a number is filled by 零.
        fileprivate var fillsGaps: Bool { self != .japanese && self != .japaneseLegal }

        fileprivate func text(_ number: Int) -> String {
            guard number > 0, number < 100_000_000 else { return String(number) }
            if number >= 10_000 {
                let rest = number % 10_000
                let gap = fillsGaps && rest > 0 && rest < 1000 ? String(digits[0]) : ""
                return text(number / 10_000) + tenThousand + gap + (rest > 0 ? group(rest, isWhole: false) : "")
            }
            return group(number, isWhole: true)
        }

        private func group(_ number: Int, isWhole: Bool) -> String {
            var result = ""
            var isGap = false
            for (place, factor) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
                let digit = number / factor % 10
                if digit == 0 {
                    isGap = isGap || !result.isEmpty
                    continue
                }
                if isGap, fillsGaps { result.unicodeScalars.append(digits[0]) }
                isGap = false
                // 十一, not 一十一; in Japanese also 百 and 千.
                let dropsOne =
                    digit == 1
                    && (self == .chinese && place == 1 && result.isEmpty && isWhole || self == .japanese && place > 0)
                if !dropsOne { result.unicodeScalars.append(digits[digit]) }
                result += units[place]
            }
            return result
        }
    }

    /// The format of that name; decimal where it is not known.
    init(named name: String) {
        self = Self.names[name] ?? .decimal
    }

    private static let names: [String: NumberFormat] = [
        "bullet": .bullet, "none": .none, "decimal": .decimal, "decimalHalfWidth": .decimal,
        "decimalZero": .decimalZero,
        "decimalFullWidth": .decimalFullWidth, "decimalFullWidth2": .decimalFullWidth, "numberInDash": .numberInDash,
        "ordinal": .ordinal,
        "lowerLetter": .letters(uppercase: false), "upperLetter": .letters(uppercase: true),
        "lowerRoman": .roman(uppercase: false), "upperRoman": .roman(uppercase: true),
        "decimalEnclosedCircle": .sequence(.circled), "decimalEnclosedCircleChinese": .sequence(.circled),
        "decimalEnclosedParen": .sequence(.bracketed), "decimalEnclosedFullstop": .sequence(.withFullStop),
        "ideographTraditional": .sequence(.heavenlyStems), "ideographZodiac": .sequence(.earthlyBranches),
        "ideographEnclosedCircle": .sequence(.circledIdeographs),
        "ideographEnclosedParen": .sequence(.bracketedIdeographs),
        "aiueo": .sequence(.katakana), "aiueoFullWidth": .sequence(.katakana), "iroha": .sequence(.iroha),
        "irohaFullWidth": .sequence(.iroha),
        "ideographDigital": .digits(.ideographs), "japaneseDigitalTenThousand": .digits(.ideographs),
        "taiwaneseDigital": .digits(.taiwanese), "koreanDigital": .digits(.korean),
        "chineseCounting": .counting(.chinese), "chineseCountingThousand": .counting(.chinese),
        "taiwaneseCounting": .counting(.chinese), "taiwaneseCountingThousand": .counting(.chinese),
        "chineseLegalSimplified": .counting(.legalSimplified),
        "ideographLegalTraditional": .counting(.legalTraditional),
        "japaneseCounting": .counting(.japanese), "japaneseLegal": .counting(.japaneseLegal),
    ]

    /// `number` in this format; arabic where the format has no sign for it.
    func text(_ number: Int) -> String {
        switch self {
        case .bullet, .none: ""
        case .decimal: String(number)
        case .decimalZero: (0..<10).contains(number) ? "0\(number)" : String(number)
        case .decimalFullWidth: Self.fullWidth(number)
        case .numberInDash: "- \(number) -"
        case .ordinal: Self.ordinal(number)
        case .letters(let uppercase): Self.letters(number, uppercase: uppercase)
        case .roman(let uppercase): Self.roman(number, uppercase: uppercase)
        case .sequence(let sequence): sequence.sign(number) ?? String(number)
        case .digits(let digits): Self.positional(number, digits.digits)
        case .counting(let counting): counting.text(number)
        }
    }

    private static func fullWidth(_ number: Int) -> String {
        positional(number, (0..<10).compactMap { Unicode.Scalar(0xFF10 + UInt32($0)) })
    }

    private static func positional(_ number: Int, _ digits: [Unicode.Scalar]) -> String {
        var result = ""
        for byte in String(max(0, number)).utf8 { result.unicodeScalars.append(digits[Int(byte) - 0x30]) }
        return result
    }

    private static func ordinal(_ number: Int) -> String {
        let isTeen = (11...13).contains(number % 100)
        switch number % 10 {
        case 1 where !isTeen: return "\(number)st"
        case 2 where !isTeen: return "\(number)nd"
        case 3 where !isTeen: return "\(number)rd"
        default: return "\(number)th"
        }
    }

    /// Word repeats a letter after z: aa, bb … zz, aaa; not beyond what anyone numbers by letters.
    private static func letters(_ number: Int, uppercase: Bool) -> String {
        let a: UInt32 = uppercase ? 0x41 : 0x61
        guard (1...780).contains(number), let scalar = Unicode.Scalar(a + UInt32((number - 1) % 26))
        else { return String(number) }
        return String(repeating: String(scalar), count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int, uppercase: Bool) -> String {
        guard (1..<4000).contains(number) else { return String(number) }
        let values = [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var rest = number
        var result = ""
        for (value, letters) in values {
            while rest >= value {
                result += letters
                rest -= value
            }
        }
        return uppercase ? result.uppercased() : result
    }
}
