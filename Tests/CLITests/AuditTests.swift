// `nianbao audit`: exit codes, forms of output, and what files it takes in which order.

import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("nianbao audit") struct AuditTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(Workplace.Sample.pass, "pass.txt")
        try place.write(Workplace.Sample.review, "review.txt")
        try place.write(Workplace.Sample.fail, "fail.txt")
        try place.write(Workplace.Sample.recipe, "recipe.txt")
    }

    // MARK: - Exit codes and forms

    @Test(
        arguments: [
            (["pass.txt"], 0), (["review.txt"], 0), (["pass.txt", "review.txt"], 0), (["fail.txt"], 1),
            (["fail.txt", "fail.txt", "fail.txt", "pass.txt"], 1), (["recipe.txt"], 2), (["no.txt"], 2),
            (["recipe.txt", "fail.txt"], 2), (["pass.txt", "no.txt", "fail.txt"], 2),
        ] as [([String], CInt)]
    ) func exitCodes(_ files: [String], _ status: CInt) throws {
        for format in ["text", "json", "ndjson", "sarif"] {
            let result = try place.script("nianbao audit --format \(format) \(files.joined(separator: " "))")
            #expect(result.status == status, "\(format) \(files): \(result)")
            #expect(result.errors.isEmpty, "\(format) \(files): \(result.errors)")
        }
    }

    @Test func textIsForPeople() throws {
        let result = try place.nianbao("audit", "fail.txt", "pass.txt", "no.txt")
        let expected = [
            "不合格  fail.txt", "fee.missing", "│ 无其他需要报告的事项。", "合格  pass.txt", "[not-found]", "共 3 份", "不合格 1",
        ]
        for text in expected {
            #expect(result.output.contains(text), "no “\(text)” in:\n\(result.output)")
        }
        #expect(!result.output.contains("\u{1B}"), "colour, although this is no terminal")
        // The summary names those that failed.
        let summary = try #require(result.output.split(separator: "共 3 份").last)
        #expect(summary.contains("fail.txt") && summary.contains("no.txt") && !summary.contains("pass.txt"))
        #expect(try !place.nianbao("audit", "fail.txt").output.contains("共 1 份"), "a summary of one file")
    }

    @Test func textIsTheDefault() throws {
        #expect(
            try place.nianbao("audit", "fail.txt").output
                == place.nianbao("audit", "--format", "text", "fail.txt").output
        )
    }

    @Test func jsonIsOneArray() throws {
        let result = try place.nianbao("audit", "--format", "json", "fail.txt", "no.txt", "pass.txt")
        let audits = try AuditRecord.array(json: result.output)
        #expect(audits.map(\.outcome) == ["fail", "not-found", "pass"])
        #expect(audits.map(\.source.path) == ["fail.txt", "no.txt", "pass.txt"])
        #expect(audits[0].findings.map(\.rule) == ["fee.missing"])
        #expect(result.output.hasSuffix("]\n"))
    }

    @Test func ndjsonIsOneObjectALine() throws {
        let result = try place.nianbao("audit", "--format", "ndjson", "pass.txt", "./pass.txt", "pass.txt", "no.txt")
        #expect(try result.audits.map(\.source.path) == ["pass.txt", "./pass.txt", "pass.txt", "no.txt"])
        #expect(try result.audits.map(\.outcome) == ["pass", "pass", "pass", "not-found"])
        #expect(result.output.hasSuffix("}\n"))
    }

    /// In processes of their own: the seed of hash tables differs from one to the next.
    @Test func theSameInputGivesTheSameBytes() throws {
        let result = try place.script(
            #"""
            for ((i = 0; i < 4; i++)); do
                nianbao audit --format json fail.txt review.txt recipe.txt no.txt |
                    sed -E '/^ *"(auditedAt|durationMs)" ?:/d' | sha256sum
            done | sort -u | wc -l
            nianbao audit --format json fail.txt | grep -cE '^ *"(auditedAt|durationMs)" ?:'
            """#
        )
        #expect(result.output == "1\n2\n", "\(result)")
    }

    @Test func languages() throws {
        let english = try place.nianbao("audit", "--lang", "en", "fail.txt", "no.txt").output
        #expect(english.contains("fail  fail.txt") && english.contains("No such file"), "\(english)")
        #expect(!english.contains("错误"))
        let settings: [([String], isEnglish: Bool)] = [
            ([], false), (["LANG=en_GB.UTF-8"], true), (["LANG=C.UTF-8"], false), (["LANG=zh_CN.UTF-8"], false),
            (["LANG=zh_CN.UTF-8", "LC_ALL=en_US.UTF-8"], true),
            (["LANG=en_US.UTF-8", "LC_MESSAGES=zh_CN.UTF-8"], false),
        ]
        for (environment, isEnglish) in settings {
            let output = try place.nianbao("audit", "no.txt", environment: environment).output
            #expect(output.contains("No such file") == isEnglish, "\(environment): \(output)")
        }
    }

    // MARK: - Standard input

    @Test func standardInput() throws {
        let result = try place.script("nianbao audit --format ndjson - pass.txt - < fail.txt")
        #expect(result.status == 1)
        #expect(try result.audits.map(\.source.path) == ["-", "pass.txt", "-"])
        #expect(
            try result.audits.map(\.outcome) == ["fail", "pass", "fail"],
            "named twice, it is the same document twice"
        )
        #expect(try place.script("cat pass.txt | nianbao audit -").status == 0)
        let empty = try place.script("nianbao audit --format ndjson - < /dev/null")
        #expect(try empty.audits.map(\.outcome) == ["not-a-report"])
        let closed = try place.script("nianbao audit --format ndjson - <&-")
        #expect(closed.status == 2, "\(closed)")
        #expect(
            try place.script("head -c 70000000 /dev/zero | nianbao audit --format ndjson -").audits[0].outcome
                == "too-large"
        )
    }

    @Test func aFileNamedDash() throws {
        let result = try place.script(
            "cp fail.txt ./-; cp pass.txt ./--help; nianbao audit --format ndjson ./- -- --help"
        )
        #expect(try result.audits.map(\.outcome) == ["fail", "pass"], "\(result)")
    }

    // MARK: - Folders

    @Test func foldersInTheOrderOfTheirBytes() throws {
        for name in ["a.txt", "a/b.txt", "a0.txt", "B.txt", "a/a/z", "中.txt", "é.txt", "long~.txt", "x.tmpl"] {
            try place.write(Workplace.Sample.pass, "in/\(name)")
        }
        for name in [
            ".hidden.txt", ".git/x.txt", "a/.b/x.txt", "~$a.txt", "a.part", "a.filepart", "a.crdownload", "a.tmp",
            "Thumbs.db",
            "desktop.ini",
        ] {
            try place.write(Workplace.Sample.fail, "in/\(name)")
        }
        let result = try place.script(
            """
            ln -s ../fail.txt in/link.txt; ln -s .. in/up; ln -s nowhere in/dangling
            mkfifo in/fifo
            echo fail > in/fifo & writer=$!
            nianbao audit --format ndjson in in/
            echo $? >&2
            kill -0 $writer && kill $writer && echo "the FIFO was not opened" >&2
            """
        )
        let names = ["B.txt", "a.txt", "a/a/z", "a/b.txt", "a0.txt", "long~.txt", "x.tmpl", "é.txt", "中.txt"]
        #expect(try result.audits.map(\.source.path) == (names + names).map { "in/\($0)" }, "\(result.errors)")
        #expect(result.errors == "0\nthe FIFO was not opened\n")
    }

    @Test func emptyFolders() throws {
        try Files.makeFolder(place.folder("empty/deep"))
        for (format, output) in [("text", ""), ("json", "[]\n"), ("ndjson", "")] {
            let result = try place.nianbao("audit", "--format", format, "empty")
            #expect(result.status == 0)
            #expect(result.output == output, "\(format)")
            #expect(result.errors.contains("empty") && result.errors.contains("没有可审核的文件"), "\(result.errors)")
        }
        let beside = try place.nianbao("audit", "--lang", "en", "empty", "fail.txt")
        #expect(beside.status == 1)
        #expect(beside.errors.contains("no file to audit in folder empty"))
    }

    @Test func linksNamedByTheUserAreFollowed() throws {
        let result = try place.script(
            """
            mkdir real; cp fail.txt real/; ln -s fail.txt link.txt; ln -s real folder; ln -s nowhere dangling
            ln -s loop loop
            nianbao audit --format ndjson link.txt folder dangling loop
            """
        )
        #expect(result.status == 2)
        #expect(result.errors.isEmpty)
        #expect(try result.audits.map(\.source.path) == ["link.txt", "folder/fail.txt", "dangling", "loop"])
        #expect(try result.audits.prefix(3).map(\.outcome) == ["fail", "fail", "not-found"])
    }

    // MARK: - Lists of names

    @Test func filesFrom() throws {
        let result = try place.script(
            #"""
            cp pass.txt $'new\nline.txt'; cp pass.txt $'return\r'; cp pass.txt ' blank '
            printf 'fail.txt\r\n\r\n\npass.txt\r\n blank \nno.txt' > list
            printf 'new\nline.txt\0return\r\0\0fail.txt\0' > list0
            for list in "--files-from list" "-0 --files-from list0" "recipe.txt --files-from list pass.txt"; do
                nianbao audit --format ndjson $list; echo $?
            done
            nianbao audit --format ndjson --files-from - < list; echo $?
            printf 'pass.txt\n' | nianbao audit --format ndjson --files-from -; echo $?
            : | nianbao audit --format json --files-from -; echo $?
            nianbao audit --format ndjson --files-from <(echo pass.txt); echo $?
            """#
        )
        let expected = [
            "fail.txt:fail", "pass.txt:pass", " blank :pass", "no.txt:not-found", "2", "new\nline.txt:pass",
            "return\r:pass",
            "fail.txt:fail", "1", "recipe.txt:not-a-report", "pass.txt:pass", "fail.txt:fail", "pass.txt:pass",
            " blank :pass",
            "no.txt:not-found", "2", "fail.txt:fail", "pass.txt:pass", " blank :pass", "no.txt:not-found", "2",
            "pass.txt:pass",
            "0", "[]", "0", "pass.txt:pass", "0",
        ]
        let lines = try result.output.split(separator: "\n").map { line in
            guard line.hasPrefix("{") else { return String(line) }
            let audit = try AuditRecord(json: line)
            return "\(audit.source.path):\(audit.outcome)"
        }
        #expect(lines == expected)
        #expect(result.errors.isEmpty, "\(result.errors)")
    }

    @Test func aListThatCannotBeRead() throws {
        try Files.makeFolder(place.folder("list.txt"))
        for (list, reason) in [("no-list", "没有这个文件"), ("list.txt", "而是文件夹"), ("/dev/zero", "字符设备")] {
            let result = try place.nianbao("audit", "--files-from", list, "pass.txt")
            #expect(result.status == 64)
            #expect(result.errors.contains(list) && result.errors.contains(reason), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }

    @Test func aFolderIsOneWhateverItsName() throws {
        try place.write(Workplace.Sample.fail, "报告.txt/fail.txt")
        let result = try place.nianbao("audit", "--format", "ndjson", "报告.txt", "报告.txt/")
        #expect(try result.audits.map(\.source.path) == ["报告.txt/fail.txt", "报告.txt/fail.txt"])
    }

    @Test func namesThatAreNotUTF8() throws {
        // 年报.txt in GBK, and a name that is UTF-8 in part; as an argument, in lists, in a folder.
        let result = try place.script(
            #"""
            name=$'\xc4\xea\xb1\xa8.txt'; mixed=$'\xe5\xb9\xb4\xc4\xea'
            mkdir $'in\xff'; cp pass.txt "in"$'\xff/'"$name"; cp fail.txt "$name"; cp pass.txt "$mixed"; cp pass.txt 年.txt
            nianbao audit --format ndjson "$name" "$mixed" 年.txt $'in\xff'
            printf '%s\n' "$name" | nianbao audit --format ndjson --files-from -
            printf '%s\0' "$mixed" > $'list\xfe'; nianbao audit --format ndjson -0 --files-from $'list\xfe'
            nianbao audit --format ndjson $'missing\xfe'
            nianbao audit "$name" | head -1
            """#
        )
        let lines = result.output.split(separator: "\n")
        let audits = try lines.filter { $0.hasPrefix("{") }.map { try AuditRecord(json: $0) }
        #expect(audits.map(\.outcome) == ["fail", "pass", "pass", "pass", "fail", "pass", "not-found"], "\(result)")
        let gbk = "xOqxqC50eHQ="
        #expect(
            audits.map(\.source.pathBytes)
                == [gbk, "5bm0xOo=", nil, "aW7/L8TqsagudHh0", gbk, "5bm0xOo=", "bWlzc2luZ/4="]
        )
        #expect(audits[0].source.path.contains("\u{FFFD}"))
        #expect(audits[2].source.path == "年.txt")
        // Three of the bytes happen to be a character of UTF-8.
        #expect(lines.last == "不合格  \\xc4\u{AC68}.txt")
        #expect(result.errors.isEmpty, "\(result.errors)")
    }
}
