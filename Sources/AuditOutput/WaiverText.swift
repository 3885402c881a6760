import AuditRules
import ReportModel

extension Finding.Waived {
    /// Why, who, and until when, in a few words.
    func text(_ language: Language) -> String {
        language == .zh ? "\(reason)（\(by)，至 \(until)）" : "\(reason) (\(by), until \(until))"
    }

    /// `findings[].waived` of the JSON.
    var json: JSONValue {
        .object(["reason": .string(reason), "by": .string(by), "until": .string(until.description)])
    }
}

/// How messages name waivers and their time.
public enum WaiverText {
    /// What a waiver is for: `cell.blank，青禾县水利局，disclosure.fees`.
    public static func subject(_ waiver: Waiver, _ language: Language) -> String {
        let parts: [String?] = [
            waiver.rule, waiver.agency?.description, waiver.file.map(Terminal.printable), waiver.place?.description,
            waiver.year.map { language == .zh ? "\($0)年度" : "report year \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: language == .zh ? "，" : ", ")
    }

    /// What is to be done about a waiver that did nothing; nil for one that did its work.
    public static func complaint(_ waiver: Waiver, _ state: WaiverUse.State, _ language: Language) -> String? {
        let subject = subject(waiver, language)
        switch (state, language) {
        case (.used, _): return nil
        case (.unused, .zh): return "豁免（\(subject)）没有用到：没有这样的问题。问题已改正的，删去这一项"
        case (.unused, .en):
            return "the waiver (\(subject)) was not used: there is no such finding. Delete it if that was mended"
        case (.expired, .zh):
            return "豁免（\(subject)）已于 \(waiver.until) 到期，不再有效。仍需豁免的，改写 until，否则删去"
        case (.expired, .en):
            return "the waiver (\(subject)) expired on \(waiver.until). Renew its until, or delete it"
        }
    }
}

extension WaiverUse {
    /// An element of `waivers` of the JSON.
    var json: JSONValue {
        .object([
            "rule": .string(waiver.rule),
            "agency": .string(waiver.agency?.description),
            "file": .string(waiver.file.map { String(decoding: $0, as: UTF8.self) }),
            "place": .string(waiver.place?.description),
            "year": .int(waiver.year),
            "reason": .string(waiver.reason),
            "by": .string(waiver.by),
            "until": .string(waiver.until.description),
            "state": .string(state.rawValue),
        ])
    }
}
