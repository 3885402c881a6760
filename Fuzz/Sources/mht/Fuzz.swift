import Extraction

/// libFuzzer's entry: a saved web page.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    _ = try? MHTExtractor().extract(bytes)
    return 0
}
