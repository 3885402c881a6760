// Fictional public bodies. No place of these names is meant to exist.

/// The kinds of body that the rules tell apart (domain.md, "The body").
public enum AgencyKind: String, CaseIterable, Sendable {
    /// A local people's government from the county up.
    case government
    /// A department of one: 局, 委, 办公室.
    case department
    /// A township government or a sub-district office.
    case township
}

struct Agency {
    let name: String
    let kind: AgencyKind
    /// How the text speaks of itself: 我局, 我县.
    let we: String
    let region: String

    /// 一 must then speak of 工作考核、社会评议、责任追究: every body called 人民政府, townships too.
    var isPeoplesGovernment: Bool { name.hasSuffix("人民政府") }
    var isCity: Bool { kind == .government && name.hasSuffix("市人民政府") }
    /// Only a city divided into districts; whether a fictional 市 is one, no reader can know.
    var mayMakeRegulations: Bool { isCity }

    static func random(_ kind: AgencyKind?, using rng: inout SplitMix64) -> Agency {
        let region = rng.pick(["云溪县", "青棠县", "霁山县", "望棠区", "澄塘市", "临岚市", "石榴湾区", "松漪县", "鹿鸣川县"])
        let short = String(region.suffix(1))
        switch kind ?? rng.pick([.department, .department, .department, .government, .township]) {
        case .government:
            return Agency(name: region + "人民政府", kind: .government, we: "我" + short, region: region)
        case .department:
            let office = rng.pick([
                "档案局", "水利局", "司法局", "财政局", "审计局", "教育体育局", "农业农村局", "市场监督管理局", "自然资源和规划局",
                "人力资源和社会保障局", "卫生健康委员会", "发展和改革委员会", "住房和城乡建设局", "医疗保障局", "交通运输局",
            ])
            let we = office.hasSuffix("委员会") ? "我委" : "我局"
            return Agency(name: region + office, kind: .department, we: we, region: region)
        case .township:
            let place = rng.pick([("青石镇", "我镇"), ("柳坞镇", "我镇"), ("枫桥湾乡", "我乡"), ("东篱街道", "我街道")])
            let suffix = place.0.hasSuffix("街道") ? "办事处" : "人民政府"
            return Agency(name: region + place.0 + suffix, kind: .township, we: place.1, region: region)
        }
    }
}
