/// Makes a page ready for libxml2: what it would show though no browser does, and what it would take ages over.
enum HTMLSource {
    /// The page without the marks of Office (`<![if !supportLists]>`, `<![endif]>`), which libxml2 takes for text; what
    /// stands between them is displayed and stays. Nil for an empty page.
    static func prepared(_ page: [UInt8]) throws(Unreadable) -> [UInt8]? {
        guard !page.isEmpty else { return nil }
        try limitAttributes(page)
        guard page.contains(sequence: mark) else { return page }
        var result: [UInt8] = []
        result.reserveCapacity(page.count)
        var index = 0
        while index < page.count {
            if page[index] == 0x3C, page[index...].starts(with: mark),
                let end = page[index...].prefix(longestMark).firstIndex(of: 0x3E), page[end - 1] == 0x5D
            {
                // `<![endif]-->` ends a comment and has no bracket before its end.
                index = end + 1
            } else {
                result.append(page[index])
                index += 1
            }
        }
        return result
    }

    private static let mark: [UInt8] = Array("<![".utf8)

    /// Bytes of the longest mark.
    private static let longestMark = 200

    /// libxml2 compares every attribute of a tag with those before it. Words between `<` and `>` are counted for attributes,
    /// which in scripts counts too much but far below the limit.
    private static func limitAttributes(_ page: [UInt8]) throws(Unreadable) {
        var comparisons = 0
        var words = 0
        var isInTag = false
        var quote: UInt8 = 0
        page.withUnsafeBufferPointer { page in
            for index in page.indices {
                let byte = page[index]
                guard isInTag else {
                    // A letter must follow: comments and scripts may run on without a `>`.
                    if byte == 0x3C, index + 1 < page.count { isInTag = (0x61...0x7A).contains(page[index + 1] | 0x20) }
                    continue
                }
                if quote != 0 {
                    if byte == quote {
                        quote = 0
                        // The next attribute may follow without a blank.
                        words += 1
                    }
                } else if byte == 0x3E {
                    comparisons += words * words
                    (words, isInTag) = (0, false)
                } else if byte == 0x22 || byte == 0x27 {
                    // Only after `=` a quotation mark opens a value.
                    if page[index - 1] == 0x3D { quote = byte }
                } else if byte <= 0x20 || byte == 0x2F {
                    words += 1
                }
            }
        }
        comparisons += words * words
        guard comparisons <= HTMLLimits.attributeComparisons else { throw tooManyAttributes }
    }

    /// How deep tags may be nested in `page`: for each end tag without a start libxml2 looks at all open elements.
    static func depth(for page: [UInt8]) -> Int {
        var endTags = 1
        page.withUnsafeBufferPointer { page in
            for index in page.indices.dropLast() where page[index] == 0x3C && page[index + 1] == 0x2F { endTags += 1 }
        }
        return min(HTMLLimits.depth, max(HTMLLimits.assuredDepth, HTMLLimits.endTagComparisons / endTags))
    }

    private static let tooManyAttributes = Unreadable(
        .tooLarge,
        "网页中有的标签属性过多，不会是一份年度报告。请重新导出后上传。",
        "A tag of the page has too many attributes; no annual report has such. Export it again and upload it."
    )
}
