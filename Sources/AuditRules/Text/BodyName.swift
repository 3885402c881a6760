import ChineseText

/// A body's name taken apart as far as is needed to see that two names are those of two bodies: where it is, and what it is
/// in charge of. Whatever does not tell for certain is left out, so that two names can only conflict where both are plain.
struct BodyName {
    /// 省, 市, 县, 区, …: on which level a place stands.
    enum Level: Sendable {
        case province
        case city
        case county
        case district
        case banner
        case township
    }

    /// A place of the name: 青禾县.
    struct Place: Sendable, Equatable {
        var level: Level
        var text: [Unicode.Scalar]

        /// Without the word of its level: a 镇 becomes a 街道, a 县 a 区, and stays what it was.
        var ownName: ArraySlice<Unicode.Scalar> { text.dropLast(text.last == "道" ? 2 : 1) }
    }

    /// The places from large to small, without autonomous regions, prefectures and zones.
    var places: [Place]
    /// What a department is in charge of, by groups that are not merged with each other; empty for other bodies.
    var fields: Set<Int>

    /// Takes a name apart. Former names in brackets make it say nothing: 农业农村局（原畜牧局）.
    init(_ name: FoldedText) {
        guard name.count <= 60, !name.has("("), !name.has("、"), !name.has("原") else {
            places = []
            fields = []
            return
        }
        places = Self.places(in: name)
        fields = Self.fields(of: name)
    }

    /// Whether two names cannot be those of one body. A government and a department never conflict by their fields: the department in
    /// charge may publish the government's report (条例 Art 49).
    static func conflict(_ one: BodyName, _ other: BodyName) -> Bool {
        if !one.fields.isEmpty, !other.fields.isEmpty, one.fields.isDisjoint(with: other.fields) { return true }
        return differ(one.places, other.places)
    }

    // MARK: - Where

    private static func differ(_ one: [Place], _ other: [Place]) -> Bool {
        guard let first = one.last, let second = other.last, first.level == second.level,
            !other.contains(first), !one.contains(second), first.ownName.count >= 2, second.ownName.count >= 2
        else { return false }
        // 天津东丽区 and 东丽区, 长溪镇 and 长溪街道, or a slip of the pen in one character, are the same place.
        let (mine, theirs) = (first.ownName, second.ownName)
        if mine.suffix(theirs.count) == theirs || theirs.suffix(mine.count) == mine { return false }
        guard mine.count == theirs.count else { return !isAbbreviation(mine, theirs) }
        return zip(mine, theirs).count { $0 != $1 } >= 2
    }

    /// Whether the shorter text has only characters of the longer one, in its order.
    private static func isAbbreviation(_ one: ArraySlice<Unicode.Scalar>, _ other: ArraySlice<Unicode.Scalar>) -> Bool {
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        var rest = long
        for scalar in short {
            guard let index = rest.firstIndex(of: scalar) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    private static let prefixes: [Phrase] = ["国家税务总局", "国家统计局", "国家金融监督管理总局", "中国人民银行", "中华人民共和国"]
    /// What may stand behind the place of a township in its name.
    private static let townshipEndings: [Phrase] = ["人民政府", "政府", "办事处", "党政", "办"]
    /// Words that end like a place and are none, and zones, which are named with and without the city around them.
    private static let noPlaces: [Phrase] = [
        "城市", "都市", "超市", "上市", "县市", "省市", "开发区", "园区", "景区", "社区", "新区", "高新区", "经开区", "示范区", "试验区", "管理区", "保税区",
        "合作区",
        "功能区", "度假区", "保护区", "自治区", "地区", "片区", "市区", "辖区", "小区", "库区", "林区", "矿区", "校区", "港区", "城区", "特区", "产业区",
        "实验区",
        "集聚区", "集中区", "加工区", "旅游区", "管委区", "农垦区", "垦区",
    ]

    private static func places(in name: FoldedText) -> [Place] {
        var result: [Place] = []
        var start = prefixes.first { name.hasPrefix($0) }?.count ?? 0
        var index = start
        while index < name.count {
            defer { index += 1 }
            guard let (level, end) = level(at: index, start, name) else { continue }
            let text = name[start..<end]
            if let level, end - start >= 2, !noPlaces.contains(where: { text.hasSuffix($0) }) {
                result.append(Place(level: level, text: text.scalars))
            }
            start = end
            index = end - 1
        }
        return result
    }

    /// The level that a character ends, and where; a level of nil ends a place that says nothing here (a prefecture).
    private static func level(at index: Int, _ start: Int, _ name: FoldedText) -> (Level?, Int)? {
        let next = index + 1
        switch name[index] {
        case "省": return (.province, next)
        case "州": return name.phrase(of: ["自治州"], before: next, from: start) != nil ? (nil, next) : nil
        case "市":
            // 沙市区 is a district, 市场 no city.
            let follows = next < name.count ? name[next] : nil
            return follows == "区" || follows == "场" || follows == "政" && !name.has("政府", at: next) ? nil : (.city, next)
        case "县": return (.county, next)
        case "区": return (.district, next)
        case "旗": return (.banner, next)
        case "镇", "乡":
            return next == name.count || name.phrase(of: townshipEndings, at: next) != nil ? (.township, next) : nil
        case "街": return name.has("街道", at: index) ? (.township, index + 2) : nil
        default: return nil
        }
    }

    // MARK: - What

    /// Departments that exist side by side everywhere; those that are merged and parted again share a group, those that may
    /// report for others (政务服务, 数据, 行政审批, 机关事务) are in none.
    private static let groups: [[Phrase]] = [
        ["教育", "教体"], ["公安"], ["民政"], ["司法"], ["财政", "国有资产", "国资", "金融"], ["人力资源", "人社"],
        ["自然资源", "国土", "资规", "规划", "林业", "草原", "林草"], ["生态环境", "环境保护", "环保"],
        ["住房", "住建", "建设", "城市管理", "城管", "综合执法", "行政执法", "园林", "人民防空", "人防"], ["交通"], ["水利", "水务"],
        ["农业", "农牧", "乡村", "扶贫", "畜牧", "农村"],
        ["发展和改革", "发展改革", "发改", "粮食", "物资", "统计", "工业", "信息化", "工信", "经信", "经济", "科学技术", "科技", "商务", "商业", "投资", "招商"],
        ["文化", "旅游", "文旅", "体育", "广电", "教体", "文体"], ["卫生", "卫健", "疾病", "医疗保障", "医保"], ["应急", "安全生产", "安监"], ["审计"],
        ["市场监督", "市场监管", "市监", "药品", "知识产权"], ["退役军人"], ["税务"], ["气象"], ["档案", "史志", "方志", "党史"],
    ]
    private static let departmentEndings: [Phrase] = ["局", "委员会", "委", "厅"]

    /// The fields of a department: the words before the last 局, 委 or 厅, without 人民政府, which is no 民政.
    private static func fields(of name: FoldedText) -> Set<Int> {
        guard
            let end = departmentEndings.compactMap({ ending in
                (0..<name.count).last { name.has(ending, at: $0) }
            }).max(), end >= 2
        else { return [] }
        var start = 0
        while let government = name.firstIndex(of: "人民政府", from: start, before: end) { start = government + 4 }
        return Set(groups.indices.filter { name.containsAny(groups[$0], in: start..<end) })
    }
}
