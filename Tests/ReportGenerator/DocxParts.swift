// The parts of a docx round its text: package, relationships, styles, header, footer, footnotes.

struct DocxParts {
    let features: Set<DocxFeature>

    private func has(_ feature: DocxFeature) -> Bool { features.contains(feature) }

    /// Every file of the package in the order in which Word writes them.
    func files(body: String, numbering: String) -> [(name: String, text: String)] {
        let document =
            "<w:document><w:body>\(body)<w:sectPr>\(references)\(Self.pageSize(landscape: false))</w:sectPr></w:body></w:document>"
        var parts: [(name: String, kind: String, xml: String)] = [
            ("styles", "styles", styles), ("numbering", "numbering", numbering),
            ("settings", "settings", "<w:settings><w:defaultTabStop w:val=\"420\"/></w:settings>"),
        ]
        if has(.headersFooters) {
            parts += [("header1", "header", header), ("footer1", "footer", footer)]
        }
        if has(.footnote) { parts.append(("footnotes", "footnotes", footnotes)) }
        var types = ""
        var relations = ""
        for (index, part) in parts.enumerated() {
            let type = "application/vnd.openxmlformats-officedocument.wordprocessingml.\(part.kind)+xml"
            types += "<Override PartName=\"/word/\(part.name).xml\" ContentType=\"\(type)\"/>"
            relations += relation("rId\(index + 1)", part.kind, "\(part.name).xml")
        }
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        let package = "http://schemas.openxmlformats.org/package/2006"
        var files: [(name: String, text: String)] = [
            (
                "[Content_Types].xml",
                """
                \(head)<Types xmlns="\(package)/content-types"><Default Extension="rels" \
                ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
                ContentType="application/xml"/><Override PartName="/word/document.xml" \
                ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\(types)</Types>
                """
            ),
            (
                "_rels/.rels",
                head + "<Relationships xmlns=\"\(package)/relationships\">"
                    + relation("rId1", "officeDocument", "word/document.xml") + "</Relationships>"
            ),
            ("word/document.xml", head + namespaced(document)),
            (
                "word/_rels/document.xml.rels",
                head + "<Relationships xmlns=\"\(package)/relationships\">\(relations)</Relationships>"
            ),
        ]
        files += parts.map { ("word/\($0.name).xml", head + namespaced($0.xml)) }
        return files
    }

    private var relationships: String {
        has(.strictNamespaces)
            ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
            : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    }

    private func relation(_ id: String, _ kind: String, _ target: String) -> String {
        "<Relationship Id=\"\(id)\" Type=\"\(relationships)/\(kind)\" Target=\"\(target)\"/>"
    }

    /// Declares the namespaces on the root element, the first one of `xml`.
    private func namespaced(_ xml: String) -> String {
        let strict = has(.strictNamespaces)
        let drawing =
            strict ? "http://purl.oclc.org/ooxml/drawingml" : "http://schemas.openxmlformats.org/drawingml/2006"
        var names = [
            (
                "w",
                strict
                    ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                    : "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            ),
            ("r", relationships), ("wp", drawing + "/wordprocessingDrawing"), ("a", drawing + "/main"),
            ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
            ("v", "urn:schemas-microsoft-com:vml"),
            ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
        ]
        var ignorable = "w14"
        if has(.wps) {
            names += [
                ("wpsCustomData", "http://www.wps.cn/officeDocument/2013/wpsCustomData"),
                ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
                ("o", "urn:schemas-microsoft-com:office:office"),
                ("w10", "urn:schemas-microsoft-com:office:word"),
            ]
            ignorable = "w14 w15 wpsCustomData"
        }
        let declared = names.map { "xmlns:\($0.0)=\"\($0.1)\"" }.joined(separator: " ")
        return xml.replacing(">", with: " \(declared) mc:Ignorable=\"\(ignorable)\">", maxReplacements: 1)
    }

    // MARK: Pages

    static func pageSize(landscape: Bool) -> String {
        let size = landscape ? "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"" : "w:w=\"11906\" w:h=\"16838\""
        return "<w:pgSz \(size)/><w:pgMar w:top=\"1440\" w:right=\"1300\" w:bottom=\"1440\" w:left=\"1300\" "
            + "w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/>"
    }

    /// The paragraph that ends a section of pages.
    static func sectionEnd(landscape: Bool) -> String {
        "<w:p><w:pPr><w:sectPr>\(pageSize(landscape: landscape))</w:sectPr></w:pPr></w:p>"
    }

    private var references: String {
        has(.headersFooters)
            ? "<w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>"
            : ""
    }

    private var header: String {
        "<w:hdr><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:t>澄波市政务公开资料汇编（2017年卷）共46件</w:t></w:r></w:p></w:hdr>"
    }

    private var footer: String {
        """
        <w:ftr><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r>\
        <w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> -</w:t></w:r>\
        </w:p></w:ftr>
        """
    }

    private var footnotes: String {
        """
        <w:footnotes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
        <w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\
        <w:footnote w:id="2"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>\
        <w:r><w:t>咨询类来信37封不在统计之列。</w:t></w:r></w:p></w:footnote></w:footnotes>
        """
    }

    private var styles: String {
        let numbered = features.contains(.numberedHeadingStyle)
        func style(_ id: String, _ name: String, _ properties: String) -> String {
            "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/><w:basedOn w:val=\"Normal\"/>"
                + "<w:pPr>\(properties)</w:pPr></w:style>"
        }
        return
            "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
            + style("Title", "Title", "<w:jc w:val=\"center\"/>")
            + style("Heading1", "heading 1", "<w:outlineLvl w:val=\"0\"/>")
            + style(
                "HeadingNumbered",
                "编号标题",
                (numbered ? "<w:numPr><w:numId w:val=\"1\"/></w:numPr>" : "") + "<w:outlineLvl w:val=\"0\"/>"
            )
            + "</w:styles>"
    }
}
