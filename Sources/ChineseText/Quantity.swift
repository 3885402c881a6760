/// An exact decimal number of a report: a count, or an amount with up to eight decimals.
///
/// Fixed point, because 0.1 + 0.2 must be 0.3 when a table is said not to balance.
public struct Quantity: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The value in units of 10⁻⁸.
    public let raw: Int128

    private static let one: Int128 = 100_000_000

    /// A number given in units of 10⁻⁸.
    public init(raw: Int128) { self.raw = raw }
    /// A whole number.
    public init(_ integer: Int) { raw = Int128(integer) * Self.one }

    /// Zero.
    public static let zero = Quantity(0)

    /// Reads `-?digits(.digits)?`, at most 15 significant digits — what every JSON reader keeps exactly — and at most
    /// eight decimals; nil otherwise.
    // Inlinable: other modules would otherwise call the generic form, which takes twenty times as long.
    @inlinable public init?(decimal scalars: some Collection<Unicode.Scalar>) {
        var value: Int128 = 0
        var significant = 0
        var decimals: Int?
        var sawDigit = false
        var negative = false
        for (index, scalar) in scalars.enumerated() {
            if scalar == "-" || scalar == "+" {
                guard index == 0 else { return nil }
                negative = scalar == "-"
            } else if scalar == "." {
                guard decimals == nil, sawDigit else { return nil }
                decimals = 0
            } else if scalar.isASCIIDigit {
                sawDigit = true
                let digit = Int128(scalar.value - 0x30)
                if let count = decimals {
                    decimals = count + 1
                    // Zeros after the eighth decimal change nothing; other digits cannot be kept.
                    if count >= 8 {
                        guard digit == 0 else { return nil }
                        decimals = count
                        continue
                    }
                }
                value = value * 10 + digit
                if value > 0 { significant += 1 }
                guard significant <= 15 else { return nil }
            } else {
                return nil
            }
        }
        guard sawDigit, decimals != 0 else { return nil }
        for _ in 0..<(8 - (decimals ?? 0)) { value *= 10 }
        raw = negative ? -value : value
    }

    /// Whether the value is whole.
    public var isInteger: Bool { raw % Self.one == 0 }
    /// The value when it is whole and fits.
    public var integer: Int? { isInteger ? Int(exactly: raw / Self.one) : nil }
    /// The nearest double, for JSON; exact up to 15 significant digits, both ways.
    public var double: Double { Double(raw) / Double(Self.one) }
    /// Whether the value is below zero.
    public var isNegative: Bool { raw < 0 }

    /// Sum.
    public static func + (left: Quantity, right: Quantity) -> Quantity { Quantity(raw: left.raw + right.raw) }
    /// Difference.
    public static func - (left: Quantity, right: Quantity) -> Quantity { Quantity(raw: left.raw - right.raw) }
    /// Adds in place.
    public static func += (left: inout Quantity, right: Quantity) { left = left + right }
    /// Order by value.
    public static func < (left: Quantity, right: Quantity) -> Bool { left.raw < right.raw }

    /// Decimal notation without trailing zeros: `13`, `-10`, `111.1`.
    public var description: String {
        let magnitude = raw.magnitude
        let whole = magnitude / 100_000_000
        var fraction = magnitude % 100_000_000
        var text = raw < 0 ? "-\(whole)" : "\(whole)"
        if fraction != 0 {
            var digits = 8
            while fraction % 10 == 0 {
                fraction /= 10
                digits -= 1
            }
            let tail = String(fraction)
            text += "." + String(repeating: "0", count: digits - tail.count) + tail
        }
        return text
    }
}
