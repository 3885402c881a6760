import DocumentModel
import Extraction
import LinuxIO

/// The converters of a lane. A document that asks for those of another lane is refused, and is sent there: only reading it
/// shows what it is.
final class LaneTools: DocumentTools {
    private let lane: Lane
    private let tools: any DocumentTools
    private let other = Monitor<Lane?>(nil)

    init(_ lane: Lane, _ tools: any DocumentTools) {
        self.lane = lane
        self.tools = tools
    }

    /// The lane whose converters were asked for in vain.
    var wantedLane: Lane? { other.withLock { $0 } }

    func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8] {
        guard lane != .quick else { throw refuse(.pdf) }
        return try tools.pdfWords(pdf)
    }

    func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        guard lane == .office else {
            let refusal = refuse(.office)
            return documents.map { _ in .failure(refusal) }
        }
        return tools.docx(from: documents)
    }

    /// What is thrown here never leaves the worker: the whole audit is made anew elsewhere.
    private func refuse(_ lane: Lane) -> Unreadable {
        other.withLock { $0 = lane }
        return Unreadable(.unsupported, "由另一进程读取。", "Read by another process.")
    }
}
