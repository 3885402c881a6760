import ChineseText
import DocumentModel
import ReportModel

/// agency.mismatch
enum AgencyMismatch: Rule {
    static let description = RuleDescription(
        "agency.mismatch",
        Message("机关名称串用", "Another body's name in this body's place"),
        .warning,
        checks: Message(
            "核对四处的机关名称：（1）标题与落款；（2）前言中“由某机关编制”“与某机关联系”；（3）前言或总体情况首句“20xx年，某局认真贯彻……”；"
                + "（4）部门、乡镇、街道的报告写“受理向市（县、区）政府提出的申请若干件”，乡镇、街道的报告自称“我局”，局的报告自称“我镇”“我乡”“我街道”。"
                + "前三处只在两个名称明显属于两个机关时提示：同级地名不同（甲县与乙县），或职能不同（水利与教育）。简称、省略或加上地名、内设机构、办公室代政府、机构合并更名、联合署名都不提示。",
            "Four places: (1) title against signature; (2) 由…编制 and 与…联系 in the preface; (3) the first sentence of preface or overview "
                + "(“20xx年，某局认真贯彻…”); (4) a department or township that reports applications made “to the county government”, a "
                + "township that calls itself 我局, a bureau that calls itself 我镇. The first three only where the names are plainly those of two "
                + "bodies: two places of one level, or two fields of work. Short forms, names with or without the place, offices and sections of "
                + "the body, a government's office, merged or renamed bodies and joint signatures are left alone."
        ),
        rationale: Message(
            "借用别的单位的报告作底稿，容易留下对方的名称；读者无从知道数据究竟是哪个机关的。",
            "A report written over that of another body may keep that body's name, and then nobody knows whose figures these are."
        ),
        basis: Clause.all(Clause.regulations(49), Clause.accuracy),
        hint: Message(
            "请核对机关名称：全文应为同一报告机关；确系合并、更名或代为编制的，在前言中说明。",
            "Check the name: one body reports throughout; if bodies were merged or renamed, or one writes for another, say so in the preface."
        ),
        blindSpots: Message(
            "正文其他位置提到的别的机关视为正常提及，不判断；地名只差一个字、上下级机关之间、开发区等功能区，以及职能相近或常合并的部门之间不判断；"
                + "政府的报告由哪个部门编制、联系不判断。",
            "Bodies named elsewhere in the text count as mentioned. Places that differ by one character, a body and its superior, development "
                + "zones, departments that are often merged, and which department writes for a government are not judged."
        ),
        failing: [
            Example(2023, ("青禾县水利局\n2024年1月20日", "云溪县水利局\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县教育局\n2024年1月20日")),
            Example(2023, ("编制本报告。", "由云溪县水利局编制。")),
            Example(2023, ("编制本报告。", "编制本报告。如有疑问，请与青禾县教育局办公室联系（电话：0512-5550000）。")),
            Example(2023, ("2023年，我局认真落实", "2023年，县财政局认真落实")),
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共受理公民、法人和其他组织向县政府及县政府办公室提出的政府信息公开申请8件")),
            Example(2023, ("完善发布审查制度", "我镇完善发布审查制度")),
            Example(
                2023,
                ("青禾县水利局2023年政府信息公开工作年度报告", "青禾县长溪镇人民政府2023年政府信息公开工作年度报告"),
                ("青禾县水利局\n2024年1月20日", "长溪镇人民政府\n2024年1月20日")
            ),
        ],
        passing: [
            Example(2023, ("青禾县水利局\n2024年1月20日", "县水利局\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "东山市青禾县水利局\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县水利局办公室\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县农业农村和水利局\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县水务局（原青禾县水利局）\n2024年1月20日")),
            Example(2023, ("青禾县水利局\n2024年1月20日", "青禾县人民政府\n2024年1月20日")),
            Example(2023, ("编制本报告。", "编制本报告。如有疑问，请与县水利局政务公开办公室联系（地址：青禾县教育路8号）。")),
            Example(2023, ("编制本报告。", "由青禾县水利局办公室编制。本报告可在青禾县人民政府网站查阅。")),
            Example(2023, ("2023年，我局认真落实", "2023年，县水利局认真落实")),
            Example(2023, ("完善发布审查制度", "我县教育局、财政局的做法值得学习，完善发布审查制度")),
            Example(2023, ("全年共收到政府信息公开申请8件", "全年协助县政府办公室办理向县政府提出的政府信息公开申请2件，收到政府信息公开申请8件")),
            Example(
                2023,
                ("青禾县水利局2023年政府信息公开工作年度报告", "青禾县人民政府2023年政府信息公开工作年度报告"),
                ("编制本报告。", "由青禾县人民政府办公室编制，请与县政务服务管理局联系。"),
                ("2023年，我局认真落实", "2023年，我县认真落实"),
                ("青禾县水利局\n2024年1月20日", "青禾县人民政府办公室\n2024年1月20日")
            ),
            Example(
                2023,
                ("青禾县水利局2023年政府信息公开工作年度报告", "青禾县人民政府2023年政府信息公开工作年度报告"),
                ("青禾县水利局\n2024年1月20日", "青禾县工业和信息化局\n2024年1月20日")
            ),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let agency = report.agency else {
            return .notAssessed(Message("没有读出报告机关的名称。", "The reporting body's name was not found."))
        }
        let own = Own(name: agency, parts: BodyName(FoldedText(agency)), kind: report.agencyKind)
        var findings: [Finding] = []
        if let finding = openingFinding(report, own) { findings.append(finding) }
        findings += prefaceFindings(report, own)
        findings += applicationFindings(report, own)
        if let finding = pronounFinding(report, own) { findings.append(finding) }
        if let finding = signatureFinding(report, own) { findings.append(finding) }
        return .result(findings)
    }

    /// The reporting body.
    private struct Own {
        var name: String
        var parts: BodyName
        var kind: AgencyKind
    }

    // MARK: - The names in title, signature, preface and opening

    private static func signatureFinding(_ report: AnnualReport, _ own: Own) -> Finding? {
        guard let title = report.titleAgency, let signed = report.signedBy, title != signed.value,
            BodyName.conflict(BodyName(FoldedText(title)), BodyName(FoldedText(signed.value)))
        else { return nil }
        return Finding(
            .warning,
            Message(
                "标题中的机关是“\(title)”，落款却是“\(signed.value)”。",
                "The title names “\(title)”, the signature “\(signed.value)”."
            ),
            at: Location(section: signed.section, source: signed.source, quote: signed.quote)
        )
    }

    private static let closings: [(opening: Phrase, closing: Phrase)] = [("由", "编制"), ("与", "联系")]
    private static let grounds: [Phrase] = ["根据", "依据", "按照", "依照", "负责", "组织", "牵头", "统一"]

    /// 由X编制, 与X联系
    private static func prefaceFindings(_ report: AnnualReport, _ own: Own) -> [Finding] {
        var findings: [Finding] = []
        for paragraph in report.preface {
            let text = paragraph.folded
            for (opening, closing) in closings {
                guard let close = text.firstIndex(of: closing),
                    let open = (max(0, close - 40)..<close).last(where: { text.has(opening, at: $0) })
                else { continue }
                var range = (open + 1)..<close
                if let cut = text.firstIndex(ofAny: grounds, in: range) { range = range.lowerBound..<cut }
                if let bracket = range.first(where: { "(,".unicodeScalars.contains(text[$0]) }) {
                    range = range.lowerBound..<bracket
                }
                guard BodyName.conflict(own.parts, BodyName(text[range])) else { continue }
                findings.append(foreign(own, text.string(range), paragraph.location(open..<(close + closing.count))))
            }
        }
        return findings
    }

    private static let attitudes: [Phrase] = [
        "认真贯彻", "认真落实", "深入贯彻", "全面贯彻", "严格按照", "严格落实", "严格执行", "高度重视", "坚持以", "坚决贯彻", "扎实推进", "积极推进", "紧紧围绕", "认真执行",
    ]

    /// 2023年，县财政局认真贯彻…: who speaks in the first sentence.
    private static func openingFinding(_ report: AnnualReport, _ own: Own) -> Finding? {
        guard !own.parts.fields.isEmpty, let paragraph = report.section(1)?.paragraphs.first else { return nil }
        let text = paragraph.folded
        let sentence = text.sentence(around: 0)
        let from = text.endOfEnumerator(at: 0)
        guard let year = text.yearMentions(in: from..<min(sentence.upperBound, from + 8)).first,
            year.range.lowerBound == from
        else { return nil }
        var start = year.range.upperBound
        if start < sentence.upperBound, text[start] == "," { start += 1 }
        guard let verb = text.firstIndex(ofAny: attitudes, in: start..<min(sentence.upperBound, start + 30)),
            verb > start,
            text.phrase(of: ["局", "委员会"], before: verb, from: start) != nil,
            !(start..<verb).contains(where: { !text[$0].isHan })
        else { return nil }
        guard BodyName.conflict(own.parts, BodyName(text[start..<verb])) else { return nil }
        return foreign(own, text.string(start..<verb), paragraph.location(start..<min(sentence.upperBound, verb + 12)))
    }

    private static func foreign(_ own: Own, _ name: String, _ location: Location) -> Finding {
        Finding(
            .warning,
            Message(
                "报告机关是“\(own.name)”，此处写的却是“\(name)”。",
                "The report is that of “\(own.name)”, but this names “\(name)”."
            ),
            at: location
        )
    }

    // MARK: - Applications made to somebody else

    /// Bodies that may deal with what is addressed to a government.
    private static let governmentOffices: [Phrase] = [
        "政府办", "办公室", "办公厅", "政务", "审批", "数据", "服务中心", "管委会", "管理委员会", "市政府", "县政府", "区政府", "信访",
    ]
    private static let receipts: [Phrase] = ["受理", "收到", "接收", "接到"]
    private static let governments: [Phrase] = [
        "向市政府", "向县政府", "向区政府", "向州政府", "向省政府", "向旗政府", "向市人民政府", "向县人民政府", "向区人民政府", "向省人民政府", "向州人民政府",
    ]
    private static let submissions: [Phrase] = ["提出", "提交", "递交"]
    /// Words with which a body says that it only helped.
    private static let helping: [Phrase] = [
        "协助", "配合", "转办", "转来", "转交", "交办", "代", "承办", "移交", "委托", "会同", "报送", "上报", "参与", "起草",
    ]

    /// 受理…向市政府及市政府办公室提出的政府信息公开申请5件, in a department's report.
    private static func applicationFindings(_ report: AnnualReport, _ own: Own) -> [Finding] {
        guard own.kind == .department || own.kind == .township,
            !FoldedText(own.name).containsAny(governmentOffices)
        else { return [] }
        return report.sections.flatMap { section in
            section.paragraphs.compactMap { applicationFinding($0, own) }
        }
    }

    private static func applicationFinding(_ paragraph: Prose, _ own: Own) -> Finding? {
        let text = paragraph.folded
        guard text.has("向"), let place = text.firstIndex(ofAny: governments, in: 0..<text.count) else { return nil }
        let sentence = text.sentence(around: place)
        guard text.containsAny(receipts, in: max(sentence.lowerBound, place - 30)..<place),
            let verb = text.firstIndex(ofAny: submissions, in: place..<min(sentence.upperBound, place + 24)),
            let noun = text.firstIndex(of: "申请", from: verb, before: min(sentence.upperBound, verb + 16)),
            (noun..<min(sentence.upperBound, noun + 8)).contains(where: { text[$0].isASCIIDigit }),
            !text.containsAny(helping, in: sentence), !text.isEnclosed(place, in: sentence)
        else { return nil }
        let range = place..<min(sentence.upperBound, noun + 8)
        return Finding(
            .warning,
            Message(
                "报告机关是“\(own.name)”，此处统计的却是向政府提出的申请（“\(text.quote(range, in: paragraph.raw))”），可能沿用了政府办公室报告的文字。",
                "The report is that of “\(own.name)”, but this counts applications made to a government: the words may come from the "
                    + "report of the government's office."
            ),
            at: paragraph.location(range)
        )
    }

    // MARK: - The first person

    private static let bureauPronouns: [Phrase] = ["我局", "本局"]
    private static let townPronouns: [Phrase] = ["我镇", "本镇", "我乡", "本乡", "我街道", "本街道", "我办事处"]
    /// To pass over paragraphs that have none of them, which are nearly all.
    private static let anyBureauPronoun = PhraseSet(bureauPronouns)
    private static let anyTownPronoun = PhraseSet(townPronouns)
    /// What follows 我镇 and the like when it is a word of its own: 我镇江 is none.
    private static let afterPronoun: [Phrase] = [
        "政府", "党", "将", "认真", "高度", "积极", "严格", "按照", "共", "主动", "未", "没有", "坚持", "通过", "政务", "信息", "在", "不断", "进一步",
        "根据", "全", "及时",
        "紧", "以", "结合", "完善", "建立", "公开", "工作", "收到", "深入", "始终", "持续", "的", "成立", ",", "对", "还", "无", "强化", "加强", "严",
        "各", "依",
    ]

    /// 我局 in the report of a township, 我镇 in that of a bureau.
    private static func pronounFinding(_ report: AnnualReport, _ own: Own) -> Finding? {
        let name = FoldedText(own.name)
        let foreign: (words: [Phrase], any: PhraseSet)
        switch own.kind {
        case .township: foreign = (bureauPronouns, anyBureauPronoun)
        case .department where name.hasSuffix("局"): foreign = (townPronouns, anyTownPronoun)
        default: return nil
        }
        for paragraph in [[report.preface], report.sections.map(\.paragraphs)].joined().joined() {
            let text = paragraph.folded
            guard text.contains(foreign.any) else { continue }
            for pronoun in foreign.words {
                guard let place = text.firstIndex(of: pronoun) else { continue }
                let end = place + pronoun.count
                let sentence = text.sentence(around: place)
                guard text.phrase(of: afterPronoun, at: end) != nil, !text.isEnclosed(place, in: sentence) else {
                    continue
                }
                let words = text.quote(place..<end, in: paragraph.raw)
                return Finding(
                    .warning,
                    Message(
                        "报告机关是“\(own.name)”，正文却自称“\(words)”，可能沿用了其他单位报告的文字。",
                        "The report is that of “\(own.name)”, but the text speaks as “\(words)”: it may come from another body's report."
                    ),
                    at: paragraph.location(place..<min(sentence.upperBound, end + 20))
                )
            }
        }
        return nil
    }
}
