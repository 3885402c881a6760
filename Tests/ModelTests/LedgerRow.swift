// What `nianbao ledger list` says of the files.

import FoundationEssentials
import TestSupport

/// As much of a row as the model can judge.
struct LedgerRow: Decodable {
    private let inbox: String?
    private let path: String
    private let pathBytes: String?
    let state: String
    let sha256: String?

    /// Below the folder of a world.
    var place: Place {
        let bytes = pathBytes.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } ?? Array(path.utf8)
        let names = bytes.split(separator: UInt8(ascii: "/")).map { Name($0) }
        return [inbox == nil ? Model.inbox : Model.named] + names
    }

    /// Reads what the program printed.
    static func all(in json: String) throws -> [Place: LedgerRow] {
        let rows = try JSONDecoder().decode([LedgerRow].self, from: Data(json.utf8))
        return Dictionary(rows.map { ($0.place, $0) }) { first, _ in first }
    }
}

extension Model {
    /// Where the ledger says something else than it should.
    func differences(from rows: [Place: LedgerRow]) -> [String] {
        var rows = rows
        var found: [String] = []
        for (place, _, node) in reports() {
            let row = rows.removeValue(forKey: place)
            let isRight =
                switch row?.state {
                case "done": row?.sha256 == node.digest
                case "deferred": !user.mayRead(node)
                default: false
                }
            if !isRight {
                let said = row.map { "\($0.state), \($0.sha256 ?? "no content")" } ?? "nothing"
                found.append("the ledger says of \(place.shown) (\(node.digest)): \(said)")
            }
        }
        return found + rows.keys.map { "the ledger says that \($0.shown) is there" }
    }
}
