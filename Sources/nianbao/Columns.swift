import Glibc

/// Text in columns of a terminal, where a Chinese character takes two.
enum Columns {
    /// The C library knows widths only in a locale; this one is built in (locale(7)), whatever is installed.
    private nonisolated(unsafe) static let unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    /// How many columns a text takes, by wcwidth(3).
    static func width(_ text: String) -> Int {
        let former = uselocale(unicode)
        defer { uselocale(former) }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int { max(0, Int(wcwidth(wchar_t(scalar.value)))) }

    /// The text in exactly so many columns: filled up with blanks, or cut and ended by `…`.
    static func fitted(_ text: String, _ columns: Int) -> String {
        let former = uselocale(unicode)
        defer { uselocale(former) }
        var kept = String.UnicodeScalarView()
        var used = 0
        // As far as the text goes when a sign must follow it.
        var beforeSign = (count: 0, width: 0)
        for scalar in text.unicodeScalars {
            let width = width(scalar)
            guard used + width <= columns else {
                let cut = String(String.UnicodeScalarView(kept.prefix(beforeSign.count))) + "…"
                return cut + String(repeating: " ", count: max(0, columns - beforeSign.width - 1))
            }
            kept.append(scalar)
            used += width
            if used < columns { beforeSign = (kept.count, used) }
        }
        return text + String(repeating: " ", count: columns - used)
    }
}
