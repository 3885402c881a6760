import AuditOutput

/// The language of help and of usage errors. They are told before or because the arguments cannot be parsed, so the
/// choice is looked for in the arguments as they are.
enum Spoken {
    /// `--lang` where it is given, else what the environment asks for.
    static let language = Output.language(chosen(in: ArgumentBytes.process))

    /// The text in the language of the call.
    static func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// The value of the last `--lang zh` or `--lang=zh` before `--`.
    static func chosen(in arguments: [String]) -> Language? {
        let options = arguments.prefix { $0 != "--" }
        var choice: Language?
        for (option, next) in zip(options, options.dropFirst().map(Optional.some) + [nil]) {
            if option == "--lang" {
                choice = next.flatMap(Language.init(rawValue:)) ?? choice
            } else if option.hasPrefix("--lang=") {
                choice = Language(rawValue: String(option.dropFirst("--lang=".count))) ?? choice
            }
        }
        return choice
    }
}
