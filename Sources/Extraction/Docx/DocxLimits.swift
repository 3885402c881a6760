/// Limits of a docx beside those of its zip, its XML and its tables.
enum DocxLimits {
    /// Most paragraphs, with those in cells and the empty ones: a report has some 500, and every cell has one at least.
    static let paragraphs = 2 * MarkupLimits.cells

    static let tooMuchText = Unreadable(
        .tooLarge,
        "文件中的文字超过上限（\(MarkupLimits.textBytes) 字节、\(paragraphs) 个段落），不会是一份年度报告。",
        "The file holds more text than the limit (\(MarkupLimits.textBytes) bytes, \(paragraphs) paragraphs); "
            + "no annual report does."
    )
}
