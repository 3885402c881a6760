import Testing

@testable import Extraction

/// Reading bytes by hand is as strict as the library.
@Suite struct BytesTests {
    /// What is taken for UTF-8 without the library is UTF-8; and it is all but what E0, ED and F0 to F4 begin.
    @Test func plainUTF8IsUTF8() {
        let edges: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xE4, 0xF0, 0xFF]
        for first in UInt8.min...UInt8.max {
            for second in edges {
                for third in edges {
                    for bytes in [
                        [first], [first, second], [first, second, third], [first, second, third, 0x41, 0x41],
                    ] {
                        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
                        let isUsual = bytes.allSatisfy { $0 != 0xE0 && $0 != 0xED && $0 < 0xF0 }
                        let isPlain = bytes.span.isPlainUTF8
                        #expect(isPlain == (isUTF8 && isUsual), "\(bytes)")
                    }
                }
            }
        }
    }

    @Test func findsBytes() {
        let bytes = Array("一|二|".utf8)
        let found = [0, 4, 8].map { bytes.span.firstIndex(of: 0x7C, from: $0) }
        #expect(found == [3, 7, nil])
        let nothing: [UInt8] = []
        let inNothing = nothing.span.firstIndex(of: 0)
        #expect(inNothing == nil)
    }
}
