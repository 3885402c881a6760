import Glibc

/// Where a document is audited: slow formats have workers of their own, so that they never hold up the others.
public enum Lane: UInt8, Sendable, CaseIterable {
    /// What this program reads itself: text, html, mht, docx.
    case quick
    /// What one run of a child program makes readable: pdf.
    case pdf
    /// What LibreOffice converts, several at a time: doc, wps, rtf, odt, Word XML.
    case office

    /// The lane for a document, by its first bytes: a guess that costs nothing. A worker that finds out better says so.
    public init(of document: [UInt8]) {
        let head = document.prefix(Self.inspectedBytes)
        if head.starts(with: Self.compoundFile) || head.starts(with: Array("{\\rtf".utf8)) || Self.isOpenDocument(head)
        {
            self = .office
        } else if head.contains(word: "%PDF-") {
            self = .pdf
        } else if head.contains(word: "<?mso-application") || head.contains(word: "office:document") {
            self = .office
        } else {
            self = .quick
        }
    }

    /// Where Adobe's reader looks for `%PDF-` (PDF 1.7 reference, appendix H.3.4.1); flat XML names itself there too.
    private static let inspectedBytes = 1024
    /// MS-CFB 2.2: doc, wps, and docx with a password.
    private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// ODF 1.3 part 2, 3.3: the type is the first member, not compressed, at byte 30 of the zip.
    private static func isOpenDocument(_ head: ArraySlice<UInt8>) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04])
            && head.dropFirst(30).starts(with: Array("mimetypeapplication/vnd.oasis.opendocument.text".utf8))
    }
}

extension Collection<UInt8> {
    fileprivate func contains(word: String) -> Bool {
        var rest = self[...]
        let word = Array(word.utf8)
        while let start = rest.firstIndex(of: word[0]) {
            rest = rest[start...]
            if rest.starts(with: word) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

/// What a document may take of a worker.
public struct WorkerLimits: Sendable {
    /// From handing a document over to its answer.
    public var wallTime: Duration
    /// What each further document of the same batch adds to that.
    public var wallTimeOfFurtherDocument: Duration
    /// Seconds of processor time for a batch (RLIMIT_CPU): a busy machine must not make a file look slow.
    public var processorSeconds: Int
    /// Address space of the worker in bytes (RLIMIT_AS).
    public var addressSpace: Int
    /// A worker that holds more after a document is replaced, in bytes.
    public var residentMemoryAtRest: Int
    /// Documents after which a worker is replaced: whatever leaks, leaks no further.
    public var documentsOfWorker: Int
    /// Documents handed over at once.
    public var documentsOfBatch: Int
    /// How long the first document of a batch waits for others: a converter takes longer to start than to convert, so that
    /// those who come a moment later would pay for a start of their own.
    public var gatheringTime = Duration.zero
    /// How long a worker may wait for work before it is ended; nil: for ever.
    public var idleTime: Duration?

    /// The limits of the product.
    ///
    /// A report of 100 KB takes milliseconds and some 20 MB; text of 64 MiB that is refused takes 270 MB.
    ///
    /// - Parameter conversionTime: how long a converter may work on a document, and a quarter more for each other document
    ///   of its batch. It says itself what went wrong; half as much time more is for when it does not.
    public init(_ lane: Lane, conversionTime: Duration = .seconds(60)) {
        switch lane {
        case .quick:
            // Nothing in it waits for anything: processor time tells a hang, also where the machine is busy.
            wallTime = .seconds(60)
            wallTimeOfFurtherDocument = .zero
            processorSeconds = 15
            addressSpace = 1 << 30
            residentMemoryAtRest = 256 << 20
            documentsOfWorker = 2000
            documentsOfBatch = 1
            idleTime = nil
        case .pdf:
            wallTime = conversionTime * 3 / 2
            wallTimeOfFurtherDocument = .zero
            processorSeconds = 30
            addressSpace = 1 << 30
            residentMemoryAtRest = 256 << 20
            documentsOfWorker = 200
            documentsOfBatch = 1
            idleTime = .seconds(60)
        case .office:
            wallTime = conversionTime * 3 / 2
            wallTimeOfFurtherDocument = conversionTime / 4
            processorSeconds = 60
            addressSpace = 2 << 30
            residentMemoryAtRest = 256 << 20
            documentsOfWorker = 20
            documentsOfBatch = 20
            gatheringTime = .milliseconds(100)
            idleTime = .seconds(60)
        }
    }

    /// Bytes of a file that a worker of `lane` may write (RLIMIT_FSIZE): the input of a converter is the largest.
    static func fileBytes(_ lane: Lane) -> UInt64 { lane == .quick ? 0 : UInt64(Frame.maximumRequestBytes) }
    /// Open descriptors (RLIMIT_NOFILE).
    static func openFiles(_ lane: Lane) -> UInt64 { lane == .quick ? 16 : 256 }

    /// The time for a batch.
    func wallTime(of documents: Int) -> Duration { wallTime + wallTimeOfFurtherDocument * max(0, documents - 1) }
}
