import Glibc
import Testing

@testable import Extraction

/// Text that was taken for another encoding once, and text that was not.
@Suite struct MojibakeTests {
    private static let report = """
        青禾县水利局2023年政府信息公开工作年度报告
        一、总体情况
        二〇二三年，我局主动公开政府信息128条，“三公”经费——全部公开。
        """

    private func decode(_ text: String) -> Result<TextDecoder.Decoded, Unreadable> {
        do throws(Unreadable) { return .success(try TextDecoder.decode(Array(text.utf8))) } catch {
            return .failure(error)
        }
    }

    private func code(_ text: String) -> Unreadable.Code? {
        if case .failure(let error) = decode(text) { error.code } else { nil }
    }

    @Test func utf8TakenForGBKIsRecovered() throws {
        // Every line has an even number of bytes outside ASCII up to each ASCII character: so nothing was lost.
        let original = "政府信息公开工作年度报告情况说明\n公开信息"
        let garbled = String(decoding: try converted(Array(original.utf8), from: "GB18030", to: "UTF-8"), as: UTF8.self)
        #expect(garbled.hasPrefix("鏀垮簻淇℃伅"))
        let decoded = try decode(garbled).get()
        #expect(decoded.text == original)
        #expect(decoded.encoding == "utf-8 decoded as gbk")
    }

    @Test func theEuroSignOfWindowsIsAByte() throws {
        let original = "政府信息一一"
        let garbled = "鏀垮簻淇℃伅涓€涓€"
        #expect(try decode(garbled).get().text == original)
    }

    @Test func utf8TakenForWindows1252IsRecovered() throws {
        // As browsers do it: what Windows-1252 leaves out is a control character.
        let table = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
        for isWindows in [true, false] {
            var garbled = ""
            for byte in Self.report.utf8 {
                let isControl = (0x80...0x9F).contains(byte) && isWindows
                garbled.unicodeScalars.append(isControl ? table[Int(byte) - 0x80] : Unicode.Scalar(byte))
            }
            let decoded = try decode(garbled).get()
            #expect(decoded.text == Self.report)
            #expect(decoded.encoding == "utf-8 decoded as windows-1252")
        }
    }

    @Test func gbkTakenForWindows1252IsRecovered() throws {
        let gbk = try converted(Array("政府信息公开工作年度报告".utf8), from: "UTF-8", to: "GB18030")
        let garbled = String(decoding: try converted(gbk, from: "ISO-8859-1", to: "UTF-8"), as: UTF8.self)
        let decoded = try decode(garbled).get()
        #expect(decoded.text == "政府信息公开工作年度报告")
        #expect(decoded.encoding == "gb18030 decoded as windows-1252")
    }

    @Test(arguments: [
        "鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡?\n", "鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡\u{FFFD}\n一", "政府信息公开锟斤拷锟斤拷",
    ])
    func whatIsLostIsSaid(text: String) {
        #expect(code(text) == .corrupt)
    }

    @Test(arguments: [("政府信息公开锟斤拷锟斤拷", "锟斤拷"), ("鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡?\n", "误码")])
    func itSaysWhatHappened(text: String, what: String) {
        guard case .failure(let error) = decode(text) else {
            Issue.record("taken for text")
            return
        }
        #expect(error.chinese.contains(what) && error.chinese.contains("重新导出"), "\(error.chinese)")
    }

    // MARK: - What was never garbled

    @Test func ordinaryTextIsLeftAlone() throws {
        for text in [
            "番茄炒蛋：番茄两个，鸡蛋三个。", "联通", "一、总体情况", "€ 100 元", "café, naïve, Zürich", "報告書を公開する", "Отчёт за год",
            "涓流不息，锟锈钢", "鍏は字です",
        ] {
            let decoded = try decode(text).get()
            #expect(decoded.text == text)
            #expect(decoded.encoding == "utf-8")
        }
    }

    @Test func noRandomChineseTextIsRecovered() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<Int.random(in: 2...30, using: &generator) {
                let scalar = Unicode.Scalar(UInt32.random(in: 0x4E00...0x9FA5, using: &generator))
                if let scalar { text.unicodeScalars.append(scalar) }
            }
            let decoded = try decode(text).get()
            #expect(decoded.text == text, "seen as \(decoded.encoding)")
        }
    }

    private func converted(_ bytes: [UInt8], from: String, to: String) throws -> [UInt8] {
        switch TextDecoder.iconv(bytes[...], from: from, to: to) {
        case .success(let result): return result
        case .failure(let failure):
            Issue.record("iconv \(from) → \(to) stops at \(failure.offset)")
            return failure.converted
        }
    }
}
