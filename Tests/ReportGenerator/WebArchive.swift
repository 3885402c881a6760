// A saved page: MIME multipart/related (RFC 2557) with the page and one picture; and the GBK bytes of old sites.

import Glibc

struct WebArchive {
    let page: [UInt8]
    let charset: String
    let encoding: TransferEncoding

    var bytes: [UInt8] {
        let boundary = "----=_NextPart_000_0000_01D9A2B3"
        let content = encoding == .base64 ? Self.base64(page) : Self.quotedPrintable(page)
        let lines = [
            "From: \"Saved by Internet Explorer 11\"", "Subject: =?utf-8?B?5bm05bqm5oql5ZGK?=",
            "Date: Wed, 17 Jan 2024 09:21:00 +0800", "MIME-Version: 1.0", "Content-Type: multipart/related;",
            "\ttype=\"text/html\";", "\tboundary=\"\(boundary)\"", "", "This is a multi-part message in MIME format.",
            "", "--\(boundary)", "Content-Type: text/html;", "\tcharset=\"\(charset)\"",
            "Content-Transfer-Encoding: \(encoding.rawValue)", "Content-Location: https://www.example.gov.cn/nb/5.html",
            "", content, "", "--\(boundary)", "Content-Type: image/gif", "Content-Transfer-Encoding: base64",
            "Content-Location: https://www.example.gov.cn/images/line.gif", "",
            "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "", "--\(boundary)--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
            let value = padded.reduce(0) { $0 << 8 | Int($1) }
            for position in 0..<4 {
                result.append(position <= group.count ? alphabet[value >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
            }
            // At most 76 characters a line.
            if start % 57 == 54 { result += [13, 10] }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func quotedPrintable(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        var column = 0
        for byte in bytes {
            if byte == 10 {
                result += [13, 10]
                column = 0
                continue
            }
            let isPlain = (33...126).contains(byte) && byte != UInt8(ascii: "=")
            let token = isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if column + token.count > 75 {
                result += Array("=\r\n".utf8)
                column = 0
            }
            result += token
            column += token.count
        }
        return String(decoding: result, as: UTF8.self)
    }
}

enum GBK {
    /// `text` in GBK, the C library's; a character that GBK lacks as an HTML character reference.
    static func bytes(of text: String) -> [UInt8] {
        guard let converter = iconv_open("GBK", "UTF-8"), Int(bitPattern: converter) != -1 else { return [] }
        defer { iconv_close(converter) }
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.append(UInt8(scalar.value))
                continue
            }
            var input = String(scalar).utf8.map { CChar(bitPattern: $0) }
            var output = [CChar](repeating: 0, count: 4)
            let written = input.withUnsafeMutableBufferPointer { source in
                output.withUnsafeMutableBufferPointer { target in
                    var from = source.baseAddress
                    var to = target.baseAddress
                    var left = source.count
                    var free = target.count
                    // (size_t) -1
                    let failed = iconv(converter, &from, &left, &to, &free) == .max
                    return failed ? 0 : target.count - free
                }
            }
            result +=
                written == 0 ? Array("&#\(scalar.value);".utf8) : output.prefix(written).map { UInt8(bitPattern: $0) }
        }
        return result
    }
}
