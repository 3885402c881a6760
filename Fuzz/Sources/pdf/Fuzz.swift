import Extraction

/// libFuzzer's entry: what pdftotext prints of a PDF.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    _ = try? PDFExtractor().extract(words: bytes)
    return 0
}
