import ChineseText

/// The levels of administration below the central government.
public enum AdministrativeLevel: Sendable, Hashable {
    /// 省, 自治区, 直辖市.
    case province
    /// 设区的市, 自治州.
    case prefecture
    /// 县, 区, 旗, 县级市.
    case county
    /// 乡, 镇, 街道.
    case township
}

/// Where a reporting body stands: which numbers it can have depends on it (规章, charges).
public enum Standing: Sendable, Hashable {
    /// A ministry, commission or office of the State Council.
    case national
    /// A people's government or its general office, which reports for it.
    case government(AdministrativeLevel)
    /// A department of a local government, or a branch of a national authority; nil where its name does not show the level.
    case department(AdministrativeLevel?)
    /// The name does not tell: 管委会, a 市 that is not listed, no name at all.
    case unknown

    /// What the name of a body shows.
    public init(agency: String?) {
        guard let agency else {
            self = .unknown
            return
        }
        var name = FoldedText(agency)
        if name.hasPrefix("中华人民共和国") { name = name[7..<name.count] }
        if AgencyKind(name: agency) == .township {
            self = .government(.township)
        } else if let standing = Self.national(name) {
            self = standing
        } else if let (place, rest) = Self.government(name) {
            let level = Self.level(of: place)
            let isOffice = rest.isEmpty || Self.offices.contains(rest.string)
            if isOffice {
                self = level.map(Standing.government) ?? .unknown
            } else {
                self = AgencyKind(name: agency) == .department ? .department(level) : .unknown
            }
        } else if AgencyKind(name: agency) == .department {
            self = .department(Self.levelOfDepartment(name))
        } else if name.count <= Self.longestPlace, let level = Self.level(of: name) {
            // 宿迁市2023年…报告 is the government's.
            self = .government(level)
        } else {
            self = .unknown
        }
    }

    // MARK: - National authorities

    /// A ministry by its name, a national office by its first words; a branch of one where more follows: 国家税务总局青禾县税务局.
    private static func national(_ name: FoldedText) -> Standing? {
        if ministries.contains(name.string) { return .national }
        guard nationalOpenings.contains(where: { name.hasPrefix($0) }) else { return nil }
        if name.hasSuffix("办公厅") { return .national }
        if name.hasSuffix("分局") || name.hasSuffix("支局") || name.hasSuffix("分行") || name.hasSuffix("支行") {
            return .department(nil)
        }
        let ends = nationalEndings.compactMap { ending in name.firstIndex(of: ending).map { $0 + ending.count } }
        guard let end = ends.min() else { return .unknown }
        return end == name.count ? .national : .department(nil)
    }

    private static let nationalOpenings: [Phrase] = ["国家", "中国", "国务院"]
    private static let nationalEndings: [Phrase] = ["总局", "局", "署", "委员会", "人民银行"]
    private static let ministries: Set<String> = [
        "外交部", "国防部", "教育部", "科学技术部", "科技部", "工业和信息化部", "公安部", "国家安全部", "民政部", "司法部", "财政部",
        "人力资源和社会保障部", "自然资源部", "生态环境部", "住房和城乡建设部", "交通运输部", "水利部", "农业农村部", "商务部", "文化和旅游部",
        "退役军人事务部", "应急管理部", "审计署", "海关总署",
    ]

    // MARK: - Governments

    /// The place of a government and what stands behind the word: 青禾县 | 办公室.
    private static func government(_ name: FoldedText) -> (place: FoldedText, rest: FoldedText)? {
        for word in [Phrase("人民政府"), Phrase("政府")] {
            guard let at = name.firstIndex(of: word) else { continue }
            let end = at + word.count
            return (name[0..<at], name[end..<name.count])
        }
        return nil
    }

    private static let offices: Set<String> = ["办公室", "办公厅", "办"]
    private static let longestPlace = 20

    /// The level of a place by its last word.
    private static func level(of place: FoldedText) -> AdministrativeLevel? {
        if place.hasSuffix("自治区") || place.hasSuffix("省") { return .province }
        if place.count >= 2, place.hasSuffix("州") { return .prefecture }
        if place.hasSuffix("县") || place.hasSuffix("旗") { return .county }
        if place.hasSuffix("市") { return city(place) }
        if place.count >= 2, place.hasSuffix("区") {
            // Zones are no districts: their committees stand at whatever level founded them.
            return zones.contains { place.hasSuffix($0) } ? nil : .county
        }
        if place.count >= 2, place.hasSuffix("镇") || place.hasSuffix("乡") || place.hasSuffix("街道") { return .township }
        return nil
    }

    private static let zones: [Phrase] = [
        "地区", "开发区", "新区", "高新区", "经开区", "园区", "景区", "保护区", "试验区", "实验区", "合作区", "示范区", "功能区", "管理区", "矿区", "林区", "垦区",
        "度假区", "保税区", "贸易区", "工业区", "集聚区", "社区", "灌区", "库区", "关区", "校区", "院区", "军区", "辖区", "牧区",
    ]

    /// The longest listed city that the name ends with — as long as what stands in front is a place, too: of an unlisted name
    /// its last characters say nothing.
    private static func city(_ place: FoldedText) -> AdministrativeLevel? {
        let text = place.string.unicodeScalars
        for length in stride(from: min(longestCity, text.count), through: 2, by: -1) {
            let suffix = String(text.suffix(length))
            guard let level = Divisions.level(ofCity: suffix) else { continue }
            let front = String(text.dropLast(length))
            let isPlace = front.unicodeScalars.last.map { "省区市州盟".unicodeScalars.contains($0) } ?? true
            return isPlace || Divisions.provinces.contains(front) ? level : nil
        }
        return nil
    }

    private static let longestCity = 8

    // MARK: - Departments

    /// The level of the innermost place that the name of a department begins with.
    private static func levelOfDepartment(_ name: FoldedText) -> AdministrativeLevel? {
        var level: AdministrativeLevel? = name.hasSuffix("厅") ? .province : nil
        for index in name.scalars.indices.dropFirst() where "省区市县州旗".unicodeScalars.contains(name[index]) {
            // 市场, 城市, 社区, 区域: words of the department's own name.
            if ordinaryWords.contains(where: { word in
                (0..<word.count).contains { name.has(word, at: index - $0) }
            }) {
                continue
            }
            if let found = Self.level(of: name[0...index]) { level = found }
        }
        return level
    }

    private static let ordinaryWords: [Phrase] = [
        "市场", "城市", "市政", "市容", "市民", "社区", "区域", "地区", "灾区", "山区", "库区", "省际", "州级", "县域", "旗帜", "省级", "市级",
        "县级",
        "区级",
    ]
}

extension FoldedText {
    fileprivate subscript(range: ClosedRange<Int>) -> FoldedText { self[range.lowerBound..<range.upperBound + 1] }
}
