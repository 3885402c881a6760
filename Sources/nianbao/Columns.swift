import CLinuxShims

/// Text in columns of a terminal, where a Chinese character takes two.
enum Columns {
    /// How many columns a text takes.
    static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    // One that cannot be printed is shown by a sign that takes one.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        let columns = Int(shim_columns(scalar.value))
        return columns < 0 ? 1 : columns
    }

    /// The text in exactly so many columns: filled up with blanks, or cut and ended by `…`.
    static func fitted(_ text: String, _ columns: Int) -> String {
        var kept = String.UnicodeScalarView()
        var used = 0
        // As far as the text goes where `…` must follow it.
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
