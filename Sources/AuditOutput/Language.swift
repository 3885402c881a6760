import AuditRules
import Extraction

/// The language of messages.
public enum Language: String, Sendable, CaseIterable {
    /// Chinese.
    case zh
    /// English.
    case en

    /// The language that the `LANG` of an environment asks for: English for `en…`, else Chinese, the language of the reports.
    public init(environment: String?) {
        self = environment?.hasPrefix("en") == true ? .en : .zh
    }
}

/// A number with an English noun: `1 error`, `2 errors`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

extension Message {
    /// The sentence in one language.
    public func text(_ language: Language) -> String { language == .zh ? zh : en }
}

extension Unreadable {
    /// The explanation in one language.
    public func text(_ language: Language) -> String { language == .zh ? chinese : english }
}
