// Public bodies that report. Counties, departments and townships are fictional; the few real cities and provinces are
// there because a list of the law's making decides what they may do. Their figures are invented all the same.

/// The kinds of body that the rules tell apart (domain.md, "The body").
public enum AgencyKind: String, CaseIterable, Sendable {
    /// A local people's government from the county up.
    case government
    /// A department of one: 局, 委, 办公室, and the bodies that a ministry leads directly.
    case department
    /// A township government or a sub-district office.
    case township
    /// 管委会 and the like, whose duties depend on papers that no reader has.
    case other
}

struct Agency {
    /// How far up a body stands; 立法法 gives 规章 to cities divided into districts and provinces only.
    enum Tier: Equatable {
        case township, county
        /// Called 市, and no list says whether it is divided into districts.
        case unlistedCity
        case city, province
    }

    var name: String
    var kind: AgencyKind
    var tier: Tier
    /// How the text speaks of itself: 我局, 我县.
    var we: String
    var region: String
    /// What stands under the report: the name, a usual short form of it, or the office that writes for its government.
    var signatories: [String]

    init(_ name: String, _ kind: AgencyKind, _ tier: Tier, we: String, region: String, signatories: [String] = []) {
        self.name = name
        self.kind = kind
        self.tier = tier
        self.we = we
        self.region = region
        self.signatories = signatories.isEmpty ? [name] : signatories
    }

    /// 条例 Art 50(四) asks them for 工作考核、社会评议和责任追究: every body called 人民政府, townships too.
    var isPeoplesGovernment: Bool { name.hasSuffix("人民政府") }
    /// Only governments: a department of a province or a city makes none.
    var mayMakeRegulations: Bool { kind == .government && [.city, .province, .unlistedCity].contains(tier) }
    /// What 立法法 says of 规章 for such a body.
    enum Regulations { case allowed, never, unknown }
    var regulations: Regulations {
        if kind == .other || tier == .unlistedCity && kind == .government || isOfMinistry { return .unknown }
        // The office of a city's government may report for it.
        if tier == .city, name.hasSuffix("办公室") { return .unknown }
        return mayMakeRegulations ? .allowed : .never
    }
    /// A government of a city or a province may well take in more than 10000 万元.
    var hasCityRevenue: Bool { kind == .government && tier != .county }
    /// The short name of the government's seat that notices speak of: 县, 市, 省.
    var level: String { String(region.suffix(1)) }

    /// Its report may be the government's, which no name tells.
    var isGovernmentOffice: Bool { kind == .department && name.hasSuffix("人民政府办公室") }
    /// Led by its ministry: 条例 Art 49 speaks of local governments' departments.
    var isOfMinistry: Bool { name.hasPrefix("国家") || name.hasSuffix("气象局") }

    /// 条例 Art 49: 31 January for a department, 31 March for a government; for others the date is local.
    var lastMonth: Int { kind == .department ? 1 : 3 }

    static let counties = ["云溪县", "青棠县", "霁山县", "望棠区", "石榴湾区", "松漪县", "鹿鸣川县"]
    private static let unlistedCities = ["澄塘市", "临岚市"]
    private static let cities = ["宿迁市", "绍兴市", "芜湖市", "洛阳市", "曲靖市"]
    private static let provinces = ["江苏省", "云南省", "湖北省"]

    private static let offices: [(name: String, short: [String])] = [
        ("档案局", []), ("水利局", []), ("司法局", []), ("财政局", []), ("审计局", []), ("教育体育局", []), ("农业农村局", []),
        ("市场监督管理局", ["市场监管局"]), ("自然资源和规划局", []), ("人力资源和社会保障局", ["人社局", "人力资源社会保障局"]),
        ("卫生健康委员会", ["卫生健康委", "卫健委"]), ("发展和改革委员会", ["发展改革委", "发改委"]), ("住房和城乡建设局", ["住房城乡建设局", "住建局"]),
        ("医疗保障局", ["医保局"]), ("交通运输局", []), ("信访局", []), ("气象局", []), ("城市管理局", ["城管局"]), ("应急管理局", []),
        ("人民政府办公室", ["政府办公室", "政府办"]),
    ]

    static func random(_ kind: AgencyKind?, using rng: inout SplitMix64) -> Agency {
        let drawn: AgencyKind = rng.pick([
            .department, .department, .department, .government, .government, .township, .other,
        ])
        switch kind ?? drawn {
        case .government: return government(&rng)
        case .department: return department(&rng)
        case .township:
            let region = rng.pick(counties + unlistedCities)
            let place = rng.pick([("青石镇", "我镇"), ("柳坞镇", "我镇"), ("枫桥湾乡", "我乡"), ("东篱街道", "我街道"), ("西涧街道", "我街道")])
            let suffix = place.0.hasSuffix("街道") ? "办事处" : "人民政府"
            let name = region + place.0 + suffix
            return Agency(
                name,
                .township,
                .township,
                we: place.1,
                region: region,
                signatories: [name, name, place.0 + suffix]
            )
        case .other:
            let region = rng.pick(counties)
            let zone = rng.pick(["经济开发区管理委员会", "高新技术产业园区管理委员会", "云栖湖旅游度假区管委会", "临港新城管委会"])
            return Agency(region + zone, .other, .county, we: rng.pick(["我委", "我管委会"]), region: region)
        }
    }

    private static func government(_ rng: inout SplitMix64) -> Agency {
        let (region, tier): (String, Tier)
        switch rng.int(1...10) {
        case 1: (region, tier) = (rng.pick(provinces), .province)
        case 2, 3: (region, tier) = (rng.pick(cities), .city)
        case 4: (region, tier) = (rng.pick(unlistedCities), .unlistedCity)
        default: (region, tier) = (rng.pick(counties), .county)
        }
        let name = region + "人民政府"
        let office = region + (tier == .province ? "人民政府办公厅" : "人民政府办公室")
        let we = "我" + region.suffix(1)
        return Agency(name, .government, tier, we: we, region: region, signatories: [name, name, office])
    }

    private static func department(_ rng: inout SplitMix64) -> Agency {
        let isOfCity = rng.chance(15)
        let region = isOfCity ? rng.pick(cities) : rng.pick(counties + unlistedCities)
        let tier = isOfCity ? Tier.city : .county
        // A body of the ministry's own line carries the ministry's name.
        if rng.chance(6) {
            let name = "国家税务总局" + region + "税务局"
            return Agency(name, .department, tier, we: "我局", region: region)
        }
        let office = rng.pick(offices)
        let name = region + office.name
        let we = office.name.hasSuffix("委员会") ? "我委" : office.name.hasSuffix("办公室") ? "我办" : "我局"
        let short = office.short.map { region + $0 }
        return Agency(name, .department, tier, we: we, region: region, signatories: [name, name, name] + short)
    }

    /// Another body of the same kind and level, whose name can have no business under this report; nil where one might.
    func stranger(using rng: inout SplitMix64) -> String? {
        let peers: [String]
        switch tier {
        case .province: peers = Self.provinces
        case .city: peers = Self.cities
        case .unlistedCity: peers = Self.unlistedCities
        case .county, .township: peers = Self.counties.filter { $0.hasSuffix(level) }
        }
        let others = peers.filter { $0 != region }
        switch kind {
        case .government: return others.isEmpty ? nil : rng.pick(others) + "人民政府"
        case .department:
            // The office of a government may write for it, and a ministry's own body has no peers here.
            if isGovernmentOffice || isOfMinistry || others.isEmpty { return nil }
            return rng.pick(others) + name.dropFirst(region.count)
        case .township: return others.isEmpty ? nil : rng.pick(others) + "白鹭镇人民政府"
        case .other: return nil
        }
    }
}
