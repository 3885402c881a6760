import Extraction

/// libFuzzer's entry: a docx, or what calls itself one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    _ = try? DocxExtractor().extract(bytes)
    return 0
}
