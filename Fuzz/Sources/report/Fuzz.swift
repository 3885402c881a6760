import AuditEngine

/// libFuzzer's entry: the whole audit of a text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var source = AuditSource(path: [])
    _ = Auditor().audit(bytes, source: &source)
    return 0
}
