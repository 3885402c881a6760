// What web pages and saved pages hold beside the report, one by one.

/// A way in which a published page differs from a plain one; none changes what a person reads of the report.
public enum HTMLFeature: String, CaseIterable, Sendable {
    /// Navigation, breadcrumb, buttons, dates, links to other reports, footer.
    case boilerplate
    /// The page is laid out by a table, as pages of the 2000s are.
    case layoutTable
    /// The bytes are GBK, and the page says so.
    case gbk
    /// The bytes are GBK, and the page claims UTF-8.
    case gbkClaimingUTF8
    /// What Word saves as a web page: conditional comments, `mso-` styles, list marks, lines wrapped anywhere.
    case word
    /// End tags that HTML lets one leave out are left out.
    case openTags
    /// Cells hold paragraphs and spans, and these break words.
    case cellParagraphs
    /// Numeric character references and `&nbsp;` round numbers.
    case entities
    /// Scripts, comments and hidden elements with misleading text.
    case hiddenText
    /// Names of elements and attributes in capitals.
    case capitals
    /// A value stands in a table of its own inside its cell.
    case nestedValue
    /// Header cells are `th` in a `thead`.
    case headerCells

    /// The features that one seed gets: any run of as many seeds as there are features covers them all.
    public static func chosen(by seed: UInt64) -> Set<HTMLFeature> {
        var rng = SplitMix64(seed: seed, key: "html.features")
        var chosen = Set(allCases.filter { _ in rng.chance(30) })
        let due = allCases[Int(seed % UInt64(allCases.count))]
        chosen.insert(due)
        if chosen.isSuperset(of: [.gbk, .gbkClaimingUTF8]) { chosen.remove(due == .gbk ? .gbkClaimingUTF8 : .gbk) }
        return chosen
    }
}

/// How a saved page (MHT, RFC 2557) carries its bytes.
public enum TransferEncoding: String, CaseIterable, Sendable {
    /// RFC 2045 §6.7.
    case quotedPrintable = "quoted-printable"
    /// RFC 2045 §6.8.
    case base64
}
