import GRDB
import LinuxIO

/// The bases that were used lately, by number and by value: some hundred thousand rows share a few.
final class BasisTable: Sendable {
    private struct State {
        var values: [Int64: AuditBasis] = [:]
        var numbers: [AuditBasis: Int64] = [:]
    }

    /// Waivers make a basis of their own for each file they concern, in the worst case.
    private static let capacity = 4096

    private let state = Monitor(State())

    /// Forgets all: of what a transaction that failed had written, nothing is there.
    func clear() {
        state.withLock { $0 = State() }
    }

    /// The number of a basis; nil when it was never used.
    func known(_ basis: AuditBasis, _ db: Database) throws -> Int64? {
        if let number = state.withLock({ $0.numbers[basis] }) { return number }
        var query = try Query(db, "SELECT id FROM basis WHERE catalogue = ? AND settings = ? AND waivers = ?")
        query.bind(basis.catalogue)
        query.bind(basis.settings)
        query.bind(basis.waivers)
        guard try query.step() else { return nil }
        return remember(query.integer(0), basis)
    }

    /// The number of a basis, which is written down if need be.
    func number(of basis: AuditBasis, _ db: Database) throws -> Int64 {
        if let number = try known(basis, db) { return number }
        var insert = try Query(db, "INSERT INTO basis (catalogue, settings, waivers) VALUES (?, ?, ?)")
        insert.bind(basis.catalogue)
        insert.bind(basis.settings)
        insert.bind(basis.waivers)
        try insert.run()
        return remember(db.lastInsertedRowID, basis)
    }

    /// The basis of a number; nil when there is none, in a damaged ledger.
    func value(of number: Int64, _ db: Database) throws -> AuditBasis? {
        if let basis = state.withLock({ $0.values[number] }) { return basis }
        var query = try Query(db, "SELECT catalogue, settings, waivers FROM basis WHERE id = ?")
        query.bind(number)
        guard try query.step() else { return nil }
        let basis = AuditBasis(catalogue: query.text(0), settings: query.text(1), waivers: query.text(2))
        _ = remember(number, basis)
        return basis
    }

    private func remember(_ number: Int64, _ basis: AuditBasis) -> Int64 {
        state.withLock { state in
            if state.values.count >= Self.capacity { state = State() }
            state.values[number] = basis
            state.numbers[basis] = number
        }
        return number
    }
}
