/// A sentence in both languages of the product.
public struct Message: Sendable, Hashable {
    /// Chinese, the language of the reports and of most readers.
    public var zh: String
    /// English.
    public var en: String

    /// A sentence in both languages.
    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// What reads the same in every language: digits and signs, `3 + 4 = 7`.
    public init(symbols: String) { self.init(symbols, symbols) }
}
