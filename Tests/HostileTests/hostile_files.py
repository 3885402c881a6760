#!/usr/bin/env python3
"""hostile_files.py FOLDER GOOD_DOCX GOOD_TEXT PORT

Fills FOLDER/in with files that harm a careless reader, and FOLDER/expected.json with what is right to say of each: `name`, `codes` and
`seconds`. Codes are alternatives, with | between them in this script: a code of `unreadable`; `audited` for the audit of
GOOD_DOCX and nothing less; `audited-pdf` for that of the PDF made of it; `any-audit` for any verdict. Seconds are the
product's limit for reading that file. Heavy is what takes long in a debug build.
PORT is where nobody should ever connect to. Same arguments, same files.
"""

import json
import os
import random
import shutil
import struct
import subprocess
import sys
import zlib

folder, good_docx_path, good_text_path, port = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
good_docx = open(good_docx_path, "rb").read()
good_text = open(good_text_path, "rb").read()
chance = random.Random(20)

# Of wall-clock time on a busy machine; documents for LibreOffice wait for each other.
QUICK, CONVERTED = 60, 300
expected = []
os.makedirs(f"{folder}/in")


def add(name, codes, content, seconds=QUICK, heavy=False):
    path = f"{folder}/in/{name}"
    with open(path, "wb") as file:
        # Zeros become holes: some files are large, and few machines have a fast disk.
        for start in range(0, len(content), 1 << 20):
            block = content[start : start + (1 << 20)]
            file.seek(len(block), os.SEEK_CUR) if not any(block) else file.write(block)
    os.truncate(path, len(content))
    expected.append((name, codes, seconds, heavy))


# -- zip (APPNOTE 6.3.10, 4.3), written by hand so that it may lie


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


class Entry:
    def __init__(self, name, data, raw=None, size=None, crc=None, flags=0):
        self.name, self.flags = name.encode(), flags
        self.raw = deflated(data) if raw is None else raw
        self.size = len(data) if size is None else size
        self.crc = zlib.crc32(data) if crc is None else crc
        self.fields = struct.pack(
            "<HHHHHIIIHH", 20, flags, 8, 0, 0x21, self.crc, len(self.raw), self.size, len(self.name), 0
        )

    def local(self):
        return b"PK\3\4" + self.fields + self.name + self.raw

    def central(self, offset):
        return b"PK\1\2" + struct.pack("<H", 20) + self.fields + bytes(10) + struct.pack("<I", offset) + self.name


def zipped(entries, offsets=None):
    """A zip; with `offsets` the directory says that the entries lie there, and nothing but the first is written."""
    body, places = b"", []
    for entry in entries if offsets is None else entries[:1]:
        places.append(len(body))
        body += entry.local()
    directory = b"".join(entry.central(place) for entry, place in zip(entries, offsets or places))
    count = len(entries)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), 0)
    return body + directory + end


TYPES = Entry(
    "[Content_Types].xml",
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>',
)
RELATIONSHIPS = Entry(
    "_rels/.rels",
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>',
)
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(document, *more):
    main = document if isinstance(document, Entry) else Entry("word/document.xml", document)
    return zipped([TYPES, RELATIONSHIPS, main, *more])


def body(content, prologue=b""):
    return b'<?xml version="1.0"?>' + prologue + b"<w:document " + W + b"><w:body>" + content + b"</w:body></w:document>"


def paragraph(text):
    return b"<w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p>"


def zeros(name, mebibytes):
    """A part of nothing but blanks: 1 MiB of them as often as it takes."""
    mebibyte = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(mebibyte, crc)
    return Entry(name, b"", raw=block * mebibytes + b"\3\0", size=mebibytes << 20, crc=crc)


def with_parts(package, *more):
    """The package with parts added before its directory."""
    end = package.rindex(b"PK\5\6")
    count, size, start = struct.unpack("<HII", package[end + 10 : end + 20])
    content, directory = package[:start], package[start : start + size]
    for entry in more:
        directory += entry.central(len(content))
        content += entry.local()
    count += len(more)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(content), 0)
    return content + directory + tail


def stored(name, data):
    """An entry that is not compressed."""
    entry = Entry(name, b"", raw=data, size=len(data), crc=zlib.crc32(data))
    entry.fields = entry.fields[:4] + struct.pack("<H", 0) + entry.fields[6:]
    return entry


def zip_bombs():
    add("bomb-ratio.docx", "too-large", docx(zeros("word/document.xml", 1024)))
    add("bomb-liar.docx", "too-large|corrupt", docx(zeros_that_lie()))
    nested = zipped([zeros("0.bin", 64)])
    for level in range(5):
        nested = zipped([Entry(f"{level}-{number}.zip", nested) for number in range(10)])
    add("bomb-nested.docx", "unsupported", nested)
    add("bomb-embedded.docx", "audited", with_parts(good_docx, Entry("word/embeddings/package1.docx", nested)))
    add("bomb-unused-part.docx", "audited", with_parts(good_docx, zeros("word/media/image9.bmp", 1024)))
    # Each entry of the directory is the same 31 MiB (D. Fifield, A better zip bomb, 2019).
    names = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml"]
    names += ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]
    names += [f"word/header{number}.xml" for number in range(2000)]
    part = zeros("word/document.xml", 31)
    twins = [Entry(name, b"", raw=part.raw, size=part.size, crc=part.crc) for name in names]
    add("bomb-overlap.docx", "too-large|corrupt", zipped(twins, [0] * len(twins)))
    # A zip whose only entry is the zip itself.
    for _ in range(3):
        quine = zipped([Entry("r.zip", b"", raw=b"", size=1 << 20, crc=0)], [0])
    add("bomb-quine.zip", "unsupported|corrupt", quine)
    add("bomb-quine.docx", "corrupt|too-large", zipped([Entry("word/document.xml", b"", raw=b"", size=999, crc=0)], [0]))
    many = [Entry(f"{number}", b"x") for number in range(60_000)]
    add("many-entries.docx", "too-large", zipped(many))


def zeros_that_lie():
    bomb = zeros("word/document.xml", 512)
    return Entry("word/document.xml", b"", raw=bomb.raw, size=1000, crc=bomb.crc)


# -- XML


def entities():
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 11))
    laughs = b'<!DOCTYPE x [<!ENTITY l0 "haha">' + laughs + b"]>"
    quadratic = b'<!DOCTYPE x [<!ENTITY q "' + b"a" * 1_000_000 + b'">]>'
    for name, prologue, use in [
        ("laughs", laughs, b"&l10;"),
        ("quadratic", quadratic, b"&q;" * 10_000),
        ("external-file", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"&e;"),
        ("external-http", b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:%s/e">]>' % port.encode(), b"&e;"),
        ("external-dtd", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:%s/d.dtd">' % port.encode(), b"x"),
        ("parameter", b'<!DOCTYPE x [<!ENTITY %% e SYSTEM "file:///etc/passwd"> %%e;]>', b"x"),
    ]:
        refused = "corrupt|unsupported|not-a-report|too-large"
        add(f"xml-{name}.docx", refused, docx(body(paragraph(use), prologue)))
        page = b'<?xml version="1.0"?>' + prologue.replace(b"DOCTYPE x", b"DOCTYPE html")
        page += b"<html><head><title>x</title></head><body><p>" + use + b"</p></body></html>"
        add(f"xml-{name}.html", refused, page)
        add(f"xml-{name}.odt", refused + "|timeout|crashed", flat_text(b"<text:p>" + use + b"</text:p>", prologue), CONVERTED)
    linked = b'<w:p><w:r><w:instrText>INCLUDETEXT "http://127.0.0.1:%s/t"</w:instrText></w:r></w:p>' % port.encode()
    add("link.docx", "not-a-report", docx(body(linked)))
    url = b"http://127.0.0.1:%s/" % port.encode()
    page = b'<html><head><base href="%s"><link rel=stylesheet href="%ss.css"><script src="%sj.js"></script></head>' % (url, url, url)
    page += b'<body><img src="%si.png"><iframe src="file:///etc/passwd"></iframe></body></html>' % url
    add("link.html", "not-a-report|no-text", page)
    field = rb'{\rtf1{\field{\*\fldinst INCLUDEPICTURE "%si.png" \\d}{\fldrslt x}}' % url
    field += rb'{\field{\*\fldinst INCLUDETEXT "/etc/passwd"}{\fldrslt x}}\par}'
    add("link.rtf", "not-a-report", field, CONVERTED)


def flat_text(content, prologue=b""):
    return (
        b'<?xml version="1.0"?>' + prologue + b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" '
        b'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        + content
        + b"</office:text></office:body></office:document>"
    )


def nesting():
    deep = 100_000
    refused = "corrupt|too-large"
    add("nested.docx", refused, docx(body(b"<w:p>" * deep + b"</w:p>" * deep)))
    box, end = b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"
    add("nested-controls.docx", refused, docx(body(box * deep + paragraph(b"x") + end * deep)))
    table, end = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    add("nested-tables.docx", refused, docx(body(table * 20_000 + end * 20_000)))
    add("nested-open.docx", refused, docx(b"<w:document " + W + b"><w:body>" + b"<w:p>" * deep))
    for tag in [b"div", b"table><tr><td", b"b", b"blockquote", b"ul><li", b"svg"]:
        name = f"nested-{tag.split(b'>')[0].decode()}.html"
        add(name, refused + "|not-a-report", b"<html><body>" + (b"<" + tag + b">") * deep + b"x")
    add("nested.rtf", refused + "|not-a-report|timeout|crashed", rb"{\rtf1 " + b"{" * deep + b"x" + b"}" * deep + b"}", CONVERTED)
    section = b'<text:section text:name="s">'
    deep_text = section * deep + b"<text:p>x</text:p>" + b"</text:section>" * deep
    add("nested.odt", refused + "|timeout|crashed", flat_text(deep_text), CONVERTED)


def tables():
    row = b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 1000 + b"</w:tr>"
    add("table.docx", "too-large", docx(body(b"<w:tbl>" + row * 10_000 + b"</w:tbl>")))
    # Within the limit of a part, and of every ratio: 1.5 million cells.
    cells = b"".join(b"<w:tc><w:p>%d</w:p></w:tc>" % chance.getrandbits(20) for _ in range(1000))
    add("table-small.docx", "too-large", docx(body(b"<w:tbl>" + (b"<w:tr>" + cells + b"</w:tr>") * 900 + b"</w:tbl>")))
    spans = b'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>' * 1000
    add("table-spans.docx", "too-large|corrupt|not-a-report", docx(body(b"<w:tbl><w:tr>" + spans + b"</w:tr></w:tbl>")))
    row = b"<tr>" + b"<td>" * 1000
    add("table.html", "too-large", b"<html><body><table>" + row * 10_000, heavy=True)
    spans = b"<td rowspan=65534 colspan=1000>1</td>" * 100
    add("table-spans.html", "too-large|corrupt|not-a-report", b"<table>" + (b"<tr>" + spans) * 1000)
    attributes = b" ".join(b'a%d="%d"' % (number, number) for number in range(200_000))
    add("attributes.html", "too-large|corrupt|not-a-report", b"<html><body><p " + attributes + b">x</p>")
    add("attributes.docx", "too-large|corrupt", docx(body(b"<w:p " + attributes + b"/>")))


# -- broken


def truncations():
    small = zipped([Entry(name, data) for name, data in parts(good_docx)])
    assert len(small) < len(good_docx)
    for name, content in [("stored", good_docx), ("deflated", small)]:
        for length in range(512, len(content), 512):
            add(f"cut-{name}-{length:06}.docx", "corrupt|audited", content[:length])


def parts(package):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def noise():
    magics = {
        "docx": b"PK\3\4", "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "pdf": b"%PDF-1.7\n", "html": b"<html>", "mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
        "rtf": rb"{\rtf1", "odt": b"PK\3\4", "txt": b"\xef\xbb\xbf", "xlsx": b"PK\3\4", "zip": b"PK\3\4", "rar": b"Rar!\x1a\7",
    }
    for extension, magic in magics.items():
        for length in [1, 7, 100, 5000, 200_000]:
            # Bytes above 0x80 first: no signature of a format that would be named.
            content = bytes([0x80 + chance.getrandbits(7)]) + chance.randbytes(length - 1)
            add(f"noise-{length}.{extension}", "unsupported|corrupt|not-a-report", content)
            add(f"noise-magic-{length}.{extension}", "unsupported|corrupt|not-a-report|encrypted|no-text", magic + content, CONVERTED)
    add("sparse.docx", "corrupt", b"PK\3\4" + bytes(50 << 20))
    add("empty.docx", "not-a-report", b"")


# -- PDF (ISO 32000-1, 7.5)


def pdf(objects, trailer=b""):
    """A PDF of these objects, the first of which is the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer <</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(content))
    return content + table + end


def stream(data, entries=b""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdfs(good_pdf):
    def page(contents, resources):
        return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %s/Resources<<%s>>>>" % (contents, resources)

    def one_page(content, resources, *more):
        return pdf([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page(b"4 0 R", resources), content, *more])

    grey = zlib.compress(bytes(chance.getrandbits(8) for _ in range(200 * 280)))
    image = stream(grey, b"/Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode")
    add("scan.pdf", "no-text", one_page(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject<</I 5 0 R>>", image), CONVERTED)

    text = stream(b"BT /F 12 Tf 72 720 Td (page) Tj ET")
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(10_000))
    pages = [page(b"3 0 R", b"/Font<</F 4 0 R>>")] * 10_000
    add("pages.pdf", "too-large|not-a-report", pdf([CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids, text, FONT, *pages]), CONVERTED)

    # Two hundred thousand words on each of five pages.
    lines = b"".join(b"1 0 0 1 9 %d Tm %s" % (y, b"(w) Tj 2 0 Td " * 280) for y in range(9, 830))
    words = zlib.compress(b"BT /F 1 Tf " + lines + b"ET")
    crowded = [CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 5>>" % b" ".join(b"%d 0 R" % n for n in range(5, 10))]
    crowded += [stream(words, b"/Filter/FlateDecode"), FONT] + [page(b"3 0 R", b"/Font<</F 4 0 R>>")] * 5
    add("words.pdf", "too-large", pdf(crowded), CONVERTED, heavy=True)
    bomb = zlib.compress(zlib.compress(b" " * (1 << 30), 9), 9)
    add("bomb.pdf", "no-text|too-large|timeout|corrupt", one_page(stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"), b""), CONVERTED, heavy=True)
    # Each form draws the next ten times: a hundred million in the end.
    forms = [
        stream(b"/F%d Do " % (level + 1) * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F%d %d 0 R>>>>" % (level + 1, level + 6))
        for level in range(8)
    ]
    last = stream(b"BT /T 1 Tf (w) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</T 14 0 R>>>>")
    slow = one_page(stream(b"/F0 Do"), b"/XObject<</F0 5 0 R>>", *forms, last, FONT)
    add("slow.pdf", "timeout|too-large|no-text|corrupt", slow, CONVERTED, heavy=True)
    loop = pdf([CATALOGUE, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", page(b"[4 0 R 4 0 R]", b""), b"4 0 R"])
    add("loop.pdf", "no-text|corrupt", loop, CONVERTED)
    for length in range(1000, len(good_pdf), len(good_pdf) // 10):
        add(f"cut-{length:07}.pdf", "corrupt|no-text|not-a-report|audited-pdf", good_pdf[:length], CONVERTED)

    plain = f"{folder}/plain.pdf"
    open(plain, "wb").write(good_pdf)
    for name, user, codes in [("password.pdf", "geheim", "encrypted"), ("owner-password.pdf", "", "audited-pdf")]:
        locked = f"{folder}/locked.pdf"
        subprocess.run(["qpdf", "--encrypt", user, "owner", "256", "--extract=n", "--", plain, locked], check=True)
        add(name, codes, open(locked, "rb").read(), CONVERTED)


# -- what people send by mistake


def locked():
    for name in ["password.docx", "password.doc", "password.odt"]:
        add(name, "encrypted", open(f"{here}/Fixtures/{name}", "rb").read())
    add("password.zip", "encrypted", zipped([Entry("report.docx", b"x", flags=1)]))


def foreign():
    add("a.xlsx", "unsupported", zipped([Entry("xl/workbook.xml", b"<workbook/>")]))
    add("a.pptx", "unsupported", zipped([Entry("ppt/presentation.xml", b"<p/>")]))
    add("a.zip", "unsupported", zipped([Entry("report.docx", good_docx)]))
    add("a.rar", "unsupported", b"Rar!\x1a\7\1\0" + chance.randbytes(500))
    add("a.7z", "unsupported", b"7z\xbc\xaf\x27\x1c" + chance.randbytes(500))
    add("a.png", "unsupported", b"\x89PNG\r\n\x1a\n" + chance.randbytes(500))
    add("a.jpg", "unsupported", b"\xff\xd8\xff\xe0\0\x10JFIF" + chance.randbytes(500))
    add("a.exe", "unsupported", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8" + bytes(500))
    mail = b"Received: from a\r\nMessage-ID: <1@b>\r\nTo: c@d\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" + good_text
    add("a.eml", "unsupported", mail)
    add("nul.txt", "unsupported", good_text[:300] + b"\0" + good_text[300:])


def disguised(converted):
    page = b"<html><head><meta charset=utf-8></head><body><pre>" + good_text + b"</pre></body></html>"
    saved = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page
    add("page.doc", "any-audit", page)
    add("saved-page.doc", "any-audit", saved)
    add("package.doc", "audited", good_docx)
    add("text.docx", "any-audit", good_text)
    add("rich.doc", "audited", converted["rtf"], CONVERTED)
    add("word.pdf", "audited", converted["doc"], CONVERTED)
    add("open.txt", "audited", converted["odt"], CONVERTED)
    add("paper.doc", "audited-pdf", converted["pdf"], CONVERTED)
    add("line\nbreak \"'$(touch x)`;\\.docx", "audited", good_docx)


def sizes(converted):
    add("large.txt", "too-large", bytes((64 << 20) + 1), 1)
    target = 63 << 20
    picture = bytes(62 << 20)
    add("63.docx", "audited", with_parts(good_docx, stored("word/media/image9.png", picture)), heavy=True)
    manifest = b'<manifest:file-entry manifest:full-path="Pictures/9.png" manifest:media-type="image/png"/></manifest:manifest>'
    odt = [stored(name, data.replace(b"</manifest:manifest>", manifest)) for name, data in parts(converted["odt"])]
    add("63.odt", "audited", with_parts(zipped(odt), stored("Pictures/9.png", picture)), CONVERTED, heavy=True)
    add("63.txt", "too-large", good_text * (target // len(good_text)), heavy=True)
    data = b"<img src='data:image/png;base64," + b"A" * target + b"'>"
    page = b"<html><body>" + data + b"<pre>" + good_text + b"</pre></body></html>"
    add("63.html", "too-large|any-audit", page, heavy=True)
    boundary = b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + (b"A" * 76 + b"\r\n") * (target // 78) + b"--b--\r\n"
    saved = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><pre>"
    add("63.mht", "any-audit", saved + good_text + b"</pre></body></html>\r\n" + boundary, heavy=True)
    add("63.rtf", "audited", rtf_with_data(converted["rtf"], target), CONVERTED, heavy=True)
    add("63.doc", "audited", converted["doc"] + bytes(target - len(converted["doc"])), CONVERTED, heavy=True)
    add("63.pdf", "audited-pdf", grown(converted["pdf"], target), CONVERTED, heavy=True)


def rtf_with_data(rtf, size):
    end = rtf.rindex(b"}")
    return rtf[:end] + rb"{\*\datastore " + b"89504e47" * ((size - len(rtf)) // 8) + b"}}"


def grown(pdf_bytes, size):
    """The PDF with an object that nobody asks for, added as an update (7.5.6)."""
    start = pdf_bytes.rindex(b"startxref") + 10
    old = int(pdf_bytes[start:].split()[0])
    trailer = pdf_bytes[pdf_bytes.rindex(b"trailer") :]
    root = trailer[trailer.index(b"/Root") :].split(b"R")[0:2]
    place = len(pdf_bytes)
    item = b"9999 0 obj\n" + stream(bytes(size - len(pdf_bytes))) + b"\nendobj\n"
    table = b"xref\n9999 1\n%010d 00000 n \ntrailer <</Size 10000/Prev %d%sR>>\n" % (place, old, b"R".join(root))
    return pdf_bytes + item + table + b"startxref\n%d\n%%%%EOF\n" % (place + len(item))


def convert(extension, filter_name):
    """The good report in another format, by the real LibreOffice."""
    out = f"{folder}/converted"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", filter_name,
         "--outdir", out, good_docx_path],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    name = os.path.splitext(os.path.basename(good_docx_path))[0]
    return open(f"{out}/{name}.{extension}", "rb").read()


filters = {"pdf": "pdf:writer_pdf_Export", "doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt:writer8"}
converted = {extension: convert(extension, name) for extension, name in filters.items()}
open(f"{folder}/good.pdf", "wb").write(converted["pdf"])
zip_bombs()
entities()
nesting()
tables()
truncations()
noise()
pdfs(converted["pdf"])
locked()
foreign()
disguised(converted)
sizes(converted)
shutil.rmtree(f"{folder}/profile")
os.symlink("/etc/passwd", f"{folder}/in/link-to-passwd.txt")
os.symlink("/dev/zero", f"{folder}/in/link-to-zero.docx")
os.symlink(f"{folder}/in", f"{folder}/in/loop")
with open(f"{folder}/expected.json", "w") as file:
    json.dump([{"name": name, "codes": codes.split("|"), "seconds": seconds, "heavy": heavy} for name, codes, seconds, heavy in expected], file)
