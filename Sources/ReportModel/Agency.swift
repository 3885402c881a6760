import ChineseText

/// What kind of body reports; several duties of the law depend on it.
public enum AgencyKind: String, Sendable {
    /// A people's government of a county, district, city or province: 条例 Art 49 (31 March) and Art 50(四).
    case government
    /// A department: 局, 委, 办, 中心 (31 January).
    case department
    /// A township government or a sub-district office: not named in Art 49, dates are local.
    case township
    /// Anything else, or no name found: rules that depend on the kind are not assessed.
    case unknown

    /// The kind that a name shows.
    public init(name: String) {
        let folded = FoldedText(name)
        // 教育和体育局（县语言文字工作委员会办公室）: what stands in brackets is the body's second name.
        if let (first, _) = AgencyName.bracketed(folded), AgencyKind(name: first.string) == .department {
            self = .department
            return
        }
        func ends(_ phrases: [Phrase]) -> Bool { phrases.contains { folded.hasSuffix($0) } }
        if ends(Self.townships) {
            self = .township
        } else if ends(Self.governments) {
            self = .government
        } else if ends(Self.zones) || (ends(Self.committees) && !ends(Self.supervisors)) {
            self = .unknown
        } else if ends(Self.departments) {
            self = .department
        } else {
            self = .unknown
        }
    }

    private static let townships: [Phrase] = [
        "乡人民政府", "镇人民政府", "苏木人民政府", "街道办事处", "街道办", "街道", "乡", "镇", "乡政府", "镇政府",
    ]
    private static let governments: [Phrase] = ["人民政府", "市政府", "县政府", "区政府", "省政府", "州政府", "旗政府"]
    private static let zones: [Phrase] = ["管委会"]
    private static let committees: [Phrase] = ["管理委员会"]
    private static let supervisors: [Phrase] = ["监督管理委员会"]
    private static let departments: [Phrase] = ["局", "委员会", "委", "办公室", "办公厅", "厅", "中心"]
}

/// Recognises names of bodies in lines that hold little else.
enum AgencyName {
    private static let endings: [Phrase] = [
        "人民政府", "局", "委员会", "委", "办公室", "办公厅", "厅", "中心", "办事处", "街道", "镇", "乡", "管委会", "院", "处", "队", "署", "政府", "馆",
        "所", "站", "公司",
        "总社", "联合会", "分局", "支队", "大队", "办", "社", "会", "部", "学校", "大学", "医院", "集团", "行",
    ]

    /// Own names that name nobody.
    private static let pronouns: [Phrase] = [
        "我局", "本局", "本机关", "我单位", "本单位", "我委", "我办", "我县", "我市", "我区", "我镇", "我乡", "我街道", "我厅", "我省", "我州", "我旗",
        "我中心", "我管委会", "本委", "本办", "本厅", "本中心", "本管委会",
    ]

    /// What stands between a name and the title that it reports on.
    private static let aboutPhrases: [Phrase] = [
        "关于报送", "关于上报", "关于公布", "关于发布", "关于公开", "关于印发", "关于编报", "关于",
    ]

    private static let leadEnds = Array(":@>|》".unicodeScalars)
    private static let openings = Array("#*\"《([-·_".unicodeScalars)
    private static let closings = Array("\"》)]-·*、,_".unicodeScalars)
    private static let stops = Array(",。;!?".unicodeScalars)

    /// The name in `text` when the text is one; nil for sentences, places and pronouns.
    static func clean(_ text: FoldedText) -> String? {
        var name = text
        // Advertising and breadcrumbs that a mirror put in front.
        if let last = name.scalars.lastIndex(where: leadEnds.contains) { name = name[(last + 1)..<name.count] }
        // 【年度报告】X…
        if name.hasPrefix("["), let close = name.scalars.firstIndex(of: "]"), close <= 12 {
            name = name[(close + 1)..<name.count]
        }
        while let first = name.scalars.first, openings.contains(first) {
            name = name[1..<name.count]
        }
        while let last = name.scalars.last, closings.contains(last) {
            // 教育和体育局（考试中心）
            if last == ")", name.has("(") { break }
            name = name[0..<(name.count - 1)]
        }
        for phrase in aboutPhrases where name.hasSuffix(phrase) { name = name[0..<(name.count - phrase.count)] }
        for phrase in aboutPhrases where name.hasPrefix(phrase) { name = name[phrase.count..<name.count] }
        if name.scalars.last == "的" { name = name[0..<(name.count - 1)] }
        guard name.count >= 2, name.count <= 40, !name.containsAny(pronouns) else { return nil }
        guard !name.scalars.contains(where: stops.contains) else { return nil }
        guard name.scalars.count(where: \.isHan) * 10 >= name.count * 7 else { return nil }
        return name.string
    }

    /// Whether a name ends as names of bodies do.
    static func looksLikeAgency(_ text: FoldedText) -> Bool {
        guard text.count >= 2, text.count <= 40 else { return false }
        if let (first, second) = bracketed(text) { return looksLikeAgency(first) && looksLikeAgency(second) }
        return endings.contains { text.hasSuffix($0) }
    }

    /// The two names of a body that has two: 县卫生健康局（县中医药管理局）.
    static func bracketed(_ name: FoldedText) -> (first: FoldedText, second: FoldedText)? {
        guard name.scalars.last == ")", let open = name.scalars.lastIndex(of: "("), open >= 2 else { return nil }
        return (name[0..<open], name[(open + 1)..<(name.count - 1)])
    }
}
