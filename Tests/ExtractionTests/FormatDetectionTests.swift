import DocumentModel
import Glibc
import Testing

@testable import Extraction

/// What a file is, whatever it is called.
@Suite struct FormatDetectionTests {
    private func outcome(_ bytes: [UInt8]) -> String {
        do throws(Unreadable) {
            return try FormatDetection.detect(bytes).rawValue
        } catch {
            return error.code.rawValue
        }
    }

    private func message(_ bytes: [UInt8]) -> Unreadable? {
        do throws(Unreadable) {
            _ = try FormatDetection.detect(bytes)
            return nil
        } catch {
            return error
        }
    }

    // MARK: - Text and markup

    @Test(arguments: [
        ("某局2023年政府信息公开工作年度报告\n", "text"), ("<某局>年度报告", "text"), ("To: be or not\nto be\n", "text"),
        ("标题: 年报\n日期: 2024\n", "text"), ("{\\rtf1\\ansi 年报}", "rtf"), ("\u{FEFF}\n {\\rtf1}", "rtf"),
        ("\u{FEFF}\r\n <HTML>", "html"), ("<!DOCTYPE html>", "html"), ("<!-- 保存于 --><!-- x --><div>甲</div>", "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC \"x\"><html xmlns='x'>", "html"),
        ("<meta charset=gbk><p>一", "html"),
        ("页面正文\n<table><tr><td><p>1</p></td></tr></table>", "html"), ("Notice: x\n<html>", "html"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mht"),
        (
            "From: <由 WPS 保存>\nSubject: =?gb2312?B?xOo=?=\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\"\n",
            "mht"
        ),
        ("Received: from a\nTo: b\nMIME-Version: 1.0\nContent-Type: text/plain\n\n", "unsupported"),
        ("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>\n<w:wordDocument>", "wordxml"),
        ("<w:wordDocument xmlns:w=\"x\">", "wordxml"),
        ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>", "unsupported"),
        ("<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"x\">", "unsupported"),
        ("<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">", "odt"),
        (
            "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">",
            "unsupported"
        ),
        ("<?xml version=\"1.0\"?><feed>", "unsupported"), ("<svg xmlns=\"x\">", "unsupported"),
        ("%PDF-1.7\n", "pdf"), ("\u{FEFF}%PDF-1.4", "pdf"), ("junk\n%PDF-1.4", "pdf"), ("谈谈 %PDF-1.4 格式", "text"),
    ])
    func textAndMarkup(text: String, expected: String) {
        #expect(outcome(Array(text.utf8)) == expected)
    }

    @Test func utf16IsReadAsText() throws {
        for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
            let units = "<html><body>年报".utf16.flatMap { unit -> [UInt8] in
                let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                return mark[0] == 0xFF ? pair : pair.reversed()
            }
            #expect(outcome(mark + units) == "html")
        }
    }

    // MARK: - What is not read

    @Test(
        arguments: [
            ([0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18), "zip"),
            (Array("Rar!\u{1A}\u{7}\0".utf8), "RAR"),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "7z"), ([0x1F, 0x8B, 8, 0], "gzip"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D], "PNG"), ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG"), (Array("GIF89a".utf8), "GIF"),
            ([0x49, 0x49, 0x2A, 0x00, 8], "TIFF"), (Array("RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8".utf8), "WebP"),
            (Array("\0\0\0\u{18}ftypheic\0\0".utf8), "HEIC"), (Array("\0\0\0\u{18}ftypmp42\0\0".utf8), "mp4"),
            (Array("BM1234\0\0\0\0".utf8), "BMP"), (Array("ID3\u{3}".utf8), "mp3"),
            ([0x7F, 0x45, 0x4C, 0x46, 2], "ELF"),
            (Array("Founder CEB 1.0".utf8), "CEB"), (Array("CAJ\0\0".utf8), "CAJ"),
            (Array("%!PS-Adobe".utf8), "PostScript"),
        ] as [([UInt8], String)]
    )
    func othersAreNamed(bytes: [UInt8], name: String) throws {
        let error = try #require(message(bytes))
        #expect(error.code == .unsupported)
        #expect(error.chinese.contains(name), "\(error.chinese)")
        #expect(error.english.lowercased().contains(name.lowercased()), "\(error.english)")
        #expect(error.chinese.contains("请") && error.english.contains("pload"), "says what to do: \(error.chinese)")
    }

    @Test func textThatOnlyBeginsLikeAnotherFormatIsText() {
        for text in ["BM系统2023年", "MZ镇2023年度报告", "BZh镇", "AC米兰", "ftyp", "PK赛2023"] {
            #expect(outcome(Array(text.utf8)) == "text", "\(text)")
        }
    }

    @Test func anEmptyFileIsNoReport() { #expect(outcome([]) == "not-a-report") }

    // MARK: - Compound files

    @Test(
        arguments: [
            (["WordDocument", "1Table"], "doc"), (["worddocument", "0Table", "Data"], "doc"),
            (["MatOST", "MM"], "wps"),
            (["EncryptedPackage", "EncryptionInfo"], "encrypted"), (["Workbook"], "unsupported"),
            (["Book"], "unsupported"),
            (["PowerPoint Document"], "unsupported"), (["__properties_version1.0"], "unsupported"),
            (["FileHeader", "BodyText"], "unsupported"), (["Something"], "unsupported"), ([], "unsupported"),
        ] as [([String], String)]
    )
    func compoundFilesAreToldByTheirStreams(names: [String], expected: String) {
        let fib = Sample.fib()
        let file = Sample.compound(names.map { ($0, fib) })
        #expect(outcome(file) == expected)
    }

    @Test func worksDocumentsAreToldByTheirContents() {
        #expect(outcome(Sample.compound([("CONTENTS", Array("CHNKWKS ".utf8))])) == "wps")
        #expect(outcome(Sample.compound([("Contents", Array("another program".utf8))])) == "unsupported")
    }

    @Test func aWordDocumentWithAPasswordIsEncrypted() throws {
        let file = Sample.compound([("WordDocument", Sample.fib(flags: 0x0100)), ("1Table", [])])
        #expect(outcome(file) == "encrypted")
        #expect(try #require(message(file)).chinese.contains("密码"))
        // Streams of 4096 bytes and more lie in sectors of their own.
        let long = Sample.fib(flags: 0x0100) + [UInt8](repeating: 0, count: 5000)
        #expect(outcome(Sample.compound([("WordDocument", long)])) == "encrypted")
    }

    @Test func wordBefore97IsToldApart() throws {
        let old = try #require(WordBinary(Sample.compound([("WordDocument", Sample.fib(0xA5DC, version: 104))])))
        #expect(old.isBeforeWord97 && !old.isEncrypted)
        let new = try #require(WordBinary(Sample.compound([("WordDocument", Sample.fib())])))
        #expect(!new.isBeforeWord97)
        #expect(outcome(Sample.compound([("WordDocument", Array("no FIB at all, only text".utf8))])) == "corrupt")
    }

    @Test func brokenCompoundFilesEnd() {
        let whole = Sample.compound([("WordDocument", Sample.fib()), ("1Table", [1, 2, 3])])
        for length in stride(from: 8, to: whole.count, by: 64) {
            #expect(
                ["corrupt", "unsupported", "doc"].contains(outcome(Array(whole.prefix(length)))),
                "\(length) bytes"
            )
        }
        // Every number in the header and the table of sectors made wrong, also so that chains become circles.
        for offset in stride(from: 24, to: min(whole.count - 4, 1600), by: 4) {
            for value in [0, 1, 2, 3, 0x7FFF_FFFF, 0xFFFF_FFF9, 0xFFFF_FFFF] as [UInt32] {
                var bytes = whole
                for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
                #expect(
                    ["corrupt", "unsupported", "doc", "encrypted"].contains(outcome(bytes)),
                    "\(value) at \(offset)"
                )
            }
        }
    }
}

/// Small files of other programs.
private enum Sample {
    /// The beginning of a Word document.
    static func fib(_ identifier: UInt16 = 0xA5EC, version: UInt16 = 193, flags: UInt16 = 0) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 68)
        for (offset, value) in [(0, identifier), (2, version), (10, flags)] {
            bytes[offset] = UInt8(value & 0xFF)
            bytes[offset + 1] = UInt8(value >> 8)
        }
        return bytes
    }

    /// A compound file of version 3: header, sector table, directory, mini table, mini stream, long streams.
    static func compound(_ streams: [(name: String, content: [UInt8])]) -> [UInt8] {
        let end: UInt32 = 0xFFFF_FFFE
        var mini: [UInt8] = []
        var miniTable: [UInt32] = []
        var long: [[UInt8]] = []
        var starts: [UInt32] = []
        let directorySectors = (streams.count + 1 + 3) / 4
        for (_, content) in streams {
            guard content.count < 4096 else {
                starts.append(0)
                long.append(content)
                continue
            }
            let first = UInt32(miniTable.count)
            let sectors = (content.count + 63) / 64
            starts.append(sectors == 0 ? end : first)
            for index in 0..<sectors { miniTable.append(index == sectors - 1 ? end : first + UInt32(index) + 1) }
            mini += content + [UInt8](repeating: 0, count: sectors * 64 - content.count)
        }
        let miniSectors = max(1, (mini.count + 511) / 512)
        mini += [UInt8](repeating: 0, count: miniSectors * 512 - mini.count)
        var table: [UInt32] = [0xFFFF_FFFD]
        func chain(_ count: Int) -> UInt32 {
            let first = UInt32(table.count)
            for index in 0..<count { table.append(index == count - 1 ? end : first + UInt32(index) + 1) }
            return first
        }
        let directoryStart = chain(directorySectors)
        let miniTableStart = chain(1)
        let miniStart = chain(miniSectors)
        var longParts: [UInt8] = []
        var longIndex = 0
        for (index, stream) in streams.enumerated() where stream.content.count >= 4096 {
            let sectors = (stream.content.count + 511) / 512
            starts[index] = chain(sectors)
            longParts += long[longIndex] + [UInt8](repeating: 0, count: sectors * 512 - stream.content.count)
            longIndex += 1
        }
        func entry(_ name: String, type: UInt8, start: UInt32, size: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 128)
            let units = Array(name.utf16)
            for (index, unit) in units.enumerated() {
                bytes[2 * index] = UInt8(unit & 0xFF)
                bytes[2 * index + 1] = UInt8(unit >> 8)
            }
            bytes[64] = UInt8(2 * units.count + 2)
            bytes[66] = type
            bytes.replaceSubrange(116..<124, with: little(start) + little(UInt32(size)))
            return bytes
        }
        var directory = entry("Root Entry", type: 5, start: miniStart, size: mini.count)
        for (index, stream) in streams.enumerated() {
            directory += entry(stream.name, type: 2, start: starts[index], size: stream.content.count)
        }
        directory += [UInt8](repeating: 0, count: directorySectors * 512 - directory.count)
        var header = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
        header.replaceSubrange(24..<34, with: [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0])
        header.replaceSubrange(44..<52, with: little(1) + little(directoryStart))
        header.replaceSubrange(56..<76, with: [4096, miniTableStart, 1, end, 0].flatMap(little))
        header.replaceSubrange(76..<512, with: ([0] + [UInt32](repeating: 0xFFFF_FFFF, count: 108)).flatMap(little))
        let miniTablePadded = miniTable + [UInt32](repeating: 0xFFFF_FFFF, count: max(0, 128 - miniTable.count))
        let padded = table + [UInt32](repeating: 0xFFFF_FFFF, count: max(0, 128 - table.count))
        return header + padded.flatMap(little) + directory + miniTablePadded.flatMap(little) + mini + longParts
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}
