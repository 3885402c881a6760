import ArgumentParser
import AuditOutput
import AuditRules
import Configuration

/// What commands take from the configuration.
struct Settings {
    /// The configuration, or the built-in defaults.
    var configuration: Configuration
    /// The language of messages: the command line decides, then the configuration, then the environment.
    var language: Language

    /// The configuration file; nil where the built-in defaults hold.
    var file: PathArgument?

    /// Largest file that is read, in bytes.
    var maximumFileBytes: Int { configuration.limits.fileSize }

    /// Reads `file`, or takes the defaults where there is none. A broken configuration ends the program with exit code 78
    /// (EX_CONFIG, sysexits.h) after saying all that is wrong with it.
    static func load(_ file: PathArgument?, language: Language?) throws -> Settings {
        let spoken = Output.language(language)
        guard let file else { return Settings(configuration: Configuration(), language: spoken) }
        do throws(ConfigurationErrors) {
            return try read(file, language: language)
        } catch {
            Output.error(error.description(in: spoken == .zh ? .chinese : .english))
            throw ExitCode(78)
        }
    }

    /// Reads `file`, whose language holds unless another was asked for.
    static func read(_ file: PathArgument, language: Language?) throws(ConfigurationErrors) -> Settings {
        let configuration = try Configuration.load(from: file.path, vocabulary: .product)
        let chosen = language ?? configuration.language.flatMap { Language(rawValue: $0.rawValue) }
        return Settings(configuration: configuration, language: chosen ?? Output.language(nil), file: file)
    }
}
