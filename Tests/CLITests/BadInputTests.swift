// What is wrong with a file is said with the right code, and what it says mends it.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("files that cannot be audited") struct BadInputTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(Workplace.Sample.pass, "pass.txt")
    }

    // MARK: - No regular file, or none that may be read

    @Test func noSuchFile() throws {
        #expect(try place.unreadable("missing.txt").outcome == "not-found")
        #expect(try place.unreadable("missing/a.txt").outcome == "not-found")
        #expect(try place.unreadable("pass.txt/a.txt").outcome == "not-found")
        let audit = try place.unreadable("missing.txt")
        #expect(audit.source.sha256 == nil && audit.source.bytes == nil && audit.source.format == nil)
        #expect(audit.unreadable?.message.contains("路径") == true, "says what to do")
        let long = String(repeating: "长", count: 100)
        #expect(try place.unreadable(long).outcome == "io-error", "a name that no file system has")
    }

    @Test func nothingIsOpenedThatIsNoFile() throws {
        let result = try place.script(
            """
            mkfifo fifo
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
            ln -s fifo link
            timeout 20 "$program" audit --format ndjson fifo link socket /dev/zero /dev/null /dev/tty pass.txt
            echo $? >&2
            """
        )
        #expect(result.errors == "2\n")
        let audits = try result.audits
        #expect(audits.map(\.outcome) == Array(repeating: "not-a-file", count: 6) + ["pass"])
        #expect(audits[0].unreadable?.message.contains("FIFO") == true)
        #expect(audits[3].unreadable?.message.contains("设备") == true)
    }

    @Test func withoutPermission() throws {
        try #require(getuid() == 0, "run the tests as root: they become another user, who may not read everything")
        let result = try place.script(
            """
            cp "$program" program; chmod 755 program
            mkdir -p in/locked; cp pass.txt in/locked/; cp pass.txt in/a.txt; cp pass.txt in/z.txt; cp pass.txt private.txt
            chmod 600 in/a.txt private.txt; chmod 700 in/locked
            cd in
            as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups -- ../program "$@"; }
            as_nobody audit --format ndjson ../private.txt locked/pass.txt . locked
            echo $? >&2
            as_nobody audit --config ../private.txt z.txt; echo $? >&2
            """
        )
        let audits = try result.audits
        let found = audits.map { "\($0.source.path) \($0.outcome)" }
        let denied = "permission-denied"
        #expect(Set(found.dropFirst(2).dropLast()) == ["./a.txt \(denied)", "./locked \(denied)", "./z.txt pass"])
        #expect(found.prefix(2) == ["../private.txt \(denied)", "locked/pass.txt \(denied)"])
        #expect(found.last == "locked \(denied)", "a folder that cannot be read does not pass in silence")
        #expect(found.count == 6, "\(found)")
        #expect(audits[0].unreadable?.message.contains("chmod") == true)
        let errors = result.errors.split(separator: "\n")
        #expect(errors.first == "2" && errors.last == "78", "\(errors)")
        #expect(errors.dropFirst().first?.contains("没有读取权限") == true)
    }

    // MARK: - Size

    @Test func anEmptyFile() throws {
        try place.write("", "empty.txt")
        let audit = try place.unreadable("empty.txt")
        #expect(audit.outcome == "not-a-report")
        #expect(audit.source.bytes == 0)
        #expect(audit.source.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        try place.write("\n \t\u{3000}\n", "blank.txt")
        #expect(try place.unreadable("blank.txt").outcome == "not-a-report")
    }

    @Test func fiftyMegabytesOfZeros() throws {
        let result = try place.script("truncate -s 50M zeros; nianbao audit --format ndjson zeros; echo $? >&2")
        let audit = try #require(try result.audits.first)
        #expect(audit.outcome == "unsupported")
        #expect(audit.unreadable?.message.contains("偏移 0 处有 NUL") == true)
        #expect(audit.source.bytes == 52_428_800)
        #expect(result.errors == "2\n")
    }

    @Test func tooLarge() throws {
        let result = try place.script(
            """
            truncate -s 65M large; truncate -s 64M limit
            printf 'inboxes: [{path: /srv/nianbao/inbox}]\\nlimits: {file_size: 1KiB}\\n' > nianbao.yaml
            { printf '%%PDF-'; head -c 67108859 /dev/zero; } > limit
            nianbao audit --format ndjson large limit
            nianbao audit --format ndjson --config nianbao.yaml pass.txt
            nianbao audit --format ndjson --config nianbao.yaml - < pass.txt
            """
        )
        let audits = try result.audits
        #expect(audits.map(\.outcome) == ["too-large", "corrupt", "too-large", "too-large"], "\(result)")
        #expect(audits[0].unreadable?.message.contains("68157440") == true)
        #expect(audits[0].unreadable?.message.contains("limits.file_size") == true)
        #expect(audits[0].source.bytes == nil, "nothing was read")
        #expect(audits[2].unreadable?.message.contains("1024") == true)
    }

    // MARK: - Encodings

    @Test func encodings() throws {
        // iconv's UTF-16 writes a byte order mark.
        let result = try place.script(
            """
            for encoding in GB18030 UTF-16LE UTF-16BE UTF-16; do iconv -f UTF-8 -t $encoding pass.txt > $encoding; done
            { printf '\\xfe\\xff'; cat UTF-16BE; } > UTF-16BE-mark
            { printf '\\xef\\xbb\\xbf'; cat pass.txt; } > UTF-8-mark
            sed 's/$/\\r/' pass.txt > CRLF
            tr '\\n' '\\r' < pass.txt > CR
            sed 's/$/\\r/' pass.txt | iconv -f UTF-8 -t GB18030 > GB18030-CRLF
            nianbao audit --format ndjson GB18030 UTF-16LE UTF-16BE UTF-16 UTF-16BE-mark UTF-8-mark CRLF CR GB18030-CRLF
            """
        )
        #expect(result.status == 0, "\(result)")
        let audits = try result.audits
        for audit in audits {
            #expect(audit.outcome == "pass", "\(audit)")
        }
        #expect(
            audits.map(\.source.encoding) == [
                "gb18030", "utf-16le", "utf-16be", "utf-16le", "utf-16be", "utf-8", "utf-8", "utf-8", "gb18030",
            ]
        )
    }

    @Test func brokenEncodings() throws {
        let size = Workplace.Sample.pass.utf8.count
        let result = try place.script(
            #"""
            { cat pass.txt; printf '\xe4\xb8'; } > cut
            { cat pass.txt; printf '\xff\xff\xff'; cat pass.txt; } > bad
            { printf '\xef\xbb\xbf'; cat pass.txt; printf '\xc0\x80'; } > mark
            iconv -f UTF-8 -t GB18030 pass.txt > gbk; { cat gbk; printf '\xff\xff'; } > badgbk
            { iconv -f UTF-8 -t UTF-16 pass.txt; printf 'x'; } > odd16
            { iconv -f UTF-8 -t UTF-16 pass.txt; printf '\x00\xd8\x41\x00'; } > lone16
            { cat pass.txt; printf '\0'; } > nul
            head -c 20000 /dev/urandom > random
            nianbao audit --format ndjson cut bad mark badgbk odd16 lone16 nul random
            """#
        )
        let audits = try result.audits
        #expect(result.status == 2, "\(result)")
        let outcomes = audits.map(\.outcome)
        #expect(outcomes.prefix(6).allSatisfy { $0 == "corrupt" }, "\(outcomes)")
        #expect(outcomes.count == 8 && outcomes[6] == "unsupported", "\(outcomes)")
        #expect(["corrupt", "unsupported"].contains(outcomes[7]))
        for (index, offset) in [(0, size), (1, size), (2, size + 3), (6, size)] {
            let message = audits[index].unreadable?.message ?? ""
            #expect(message.contains("偏移 \(offset) 处"), "\(audits[index].source.path): \(message)")
        }
        let gbk = try SafeFile.read(path: place.folder("gbk")).bytes.count
        #expect(audits[3].unreadable?.message.contains("偏移 \(gbk) 处") == true, "\(audits[3])")
        for audit in audits {
            #expect(audit.source.sha256 != nil && audit.source.bytes != nil)
        }
    }

    // MARK: - Files that change

    /// Either the file as it was at some moment, whole, or a clear word that it changed; no crash, no half file.
    @Test func aFileThatGrowsWhileItIsRead() throws {
        let result = try place.script(
            #"""
            { printf '%%PDF-'; head -c 20000000 /dev/zero; } > large
            cp pass.txt small
            changed() { grep -q '"code":"changed"' audits; }
            printf -v line '本段为补充说明，内容真实完整。%.0s' {1..20}
            ( exec 3>> large 4>> small; while sleep 0.001; do echo "$line" >&3; echo "$line" >&4; done ) & writer=$!
            trap 'kill $writer' EXIT
            for ((i = 0; i < 300; i++)); do
                [ $i -ge 8 ] && changed && break
                nianbao audit --format ndjson large small >> audits; echo $? >&2
            done
            kill $writer; wait $writer 2> /dev/null; trap - EXIT
            cat audits
            """#
        )
        let statuses = result.errors.split(separator: "\n")
        #expect(statuses.count >= 8 && statuses.allSatisfy { $0 == "0" || $0 == "2" }, "\(result.errors)")
        let audits = try result.audits
        #expect(audits.count == statuses.count * 2)
        #expect(audits.contains { $0.outcome == "changed" }, "20 MB were read 300 times without a change")
        for audit in audits {
            switch (audit.source.path, audit.outcome) {
            case (_, "changed"): #expect(audit.unreadable?.message.contains("写入完成后") == true)
            case ("large", "corrupt"), ("small", "pass"):
                let bytes = try #require(audit.source.bytes)
                let prefix = try place.script("head -c \(bytes) \(audit.source.path) | sha256sum").output.prefix(64)
                #expect(audit.source.sha256 == String(prefix), "\(audit.source.path) is not what it was at any moment")
            default: Issue.record("\(audit)")
            }
        }
    }

    @Test func aFolderThatChangesWhileItIsWalked() throws {
        let result = try place.script(
            #"""
            mkdir -p in/a in/b
            for ((i = 0; i < 12; i++)); do cp pass.txt in/a/$i.txt; done
            ( while :; do mv in/a/7.txt in/b/; rm -f in/a/8.txt; cp pass.txt in/a/8.txt; mv in/b/7.txt in/a/; done ) & writer=$!
            for ((i = 0; i < 4; i++)); do
                nianbao audit --format ndjson in; echo $? >&2
            done
            kill $writer; wait $writer 2> /dev/null
            """#
        )
        let audits = try result.audits
        let moving = ["in/a/7.txt", "in/b/7.txt", "in/a/8.txt"]
        #expect(
            audits.filter { !moving.contains($0.source.path) }.map(\.outcome) == Array(repeating: "pass", count: 40)
        )
        let others = audits.filter { moving.contains($0.source.path) }
        #expect(
            others.allSatisfy { ["pass", "not-found", "changed", "not-a-report"].contains($0.outcome) },
            "\(others)"
        )
        #expect(result.errors.split(separator: "\n").allSatisfy { $0 == "0" || $0 == "2" }, "\(result.errors)")
    }
}
