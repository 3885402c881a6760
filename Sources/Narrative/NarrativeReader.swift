import ChineseText

/// Reads the numbers that the prose of one section states. All functions are pure; the paragraphs are the section's prose
/// lines in order, without headings and table lines.
public enum NarrativeReader {
    /// Everything at once, for the price of cutting the text into words once.
    public static func read(
        _ paragraphs: [FoldedText],
        reportYear: Int? = nil,
        agency: FoldedText? = nil
    ) -> (claims: [CountClaim], breakdowns: [Breakdown], fees: FeeReading) {
        let tokens = Lexer(paragraphs).tokens
        var claims = ClaimReader(paragraphs: paragraphs, tokens: tokens, reportYear: reportYear, agency: agency)
        var breakdowns = BreakdownReader(paragraphs: paragraphs, tokens: tokens)
        let fee = FeeReader(paragraphs: paragraphs, tokens: tokens)
        return (claims.read(), breakdowns.read(), fee.read())
    }

    /// Counts of applications and disputes (domain.md §4, narrative.applications, narrative.no-applications, narrative.disputes).
    ///
    /// - Parameters:
    ///   - reportYear: the year that the report covers; numbers of other years are then left alone.
    ///   - agency: the report's own body; a clause whose subject is another body is then marked ``Looseness/otherBody``.
    public static func claims(
        in paragraphs: [FoldedText],
        reportYear: Int? = nil,
        agency: FoldedText? = nil
    ) -> [CountClaim] {
        var reader = ClaimReader(
            paragraphs: paragraphs,
            tokens: Lexer(paragraphs).tokens,
            reportYear: reportYear,
            agency: agency
        )
        return reader.read()
    }

    /// Numbers that a list breaks down (narrative.breakdown).
    public static func breakdowns(in paragraphs: [FoldedText]) -> [Breakdown] {
        var reader = BreakdownReader(paragraphs: paragraphs, tokens: Lexer(paragraphs).tokens)
        return reader.read()
    }

    /// What the section says on 信息处理费 (domain.md §5); nil when it says nothing on whether any was charged.
    public static func feeStatement(in paragraphs: [FoldedText]) -> FeeStatement? {
        fees(in: paragraphs).best
    }

    /// All that the section says on 信息处理费, also where it does not say whether any was charged.
    public static func fees(in paragraphs: [FoldedText]) -> FeeReading {
        FeeReader(paragraphs: paragraphs, tokens: Lexer(paragraphs).tokens).read()
    }
}
