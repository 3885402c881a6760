import ChineseText
import ReportModel

/// Whose report it is, as far as the date of 条例 Art 49 and the contents of Art 50 depend on it: finer than ``AgencyKind``,
/// which tells offices apart by the ends of their names only.
enum ReportingBody: Equatable {
    /// A people's government at county level or above.
    case government
    /// The office of such a government, one of its departments: it reports for itself, now and then for the government.
    case governmentOffice
    /// A department of such a government.
    case department
    /// A township government.
    case township
    /// A sub-district office, which is no government.
    case subDistrict
    /// A body that the Regulations do not count among the departments of a local government: of the state's own line, of the
    /// Party, of a development zone, or the branch of a department.
    case outside
    /// No name, or one that does not tell.
    case unknown

    init(_ report: AnnualReport) {
        guard let agency = report.agency else {
            self = .unknown
            return
        }
        let name = FoldedText(agency)
        switch report.agencyKind {
        case .township:
            self = name.contains("街道") ? .subDistrict : .township
        case .government:
            self = .government
        case .department:
            self = Self.department(name)
        case .unknown:
            self = Self.isPlace(name) ? .government : .unknown
        }
    }

    private static func department(_ name: FoldedText) -> ReportingBody {
        if name.containsAny(outsiders) { return .outside }
        if name.containsAny(governmentOffices) { return .governmentOffice }
        return .department
    }

    private static let governmentOffices: [Phrase] = [
        "人民政府办公", "省政府办公", "市政府办公", "县政府办公", "区政府办公", "州政府办公", "旗政府办公", "盟政府办公",
    ]

    private static let outsiders: [Phrase] = [
        // Of the state's own line.
        "国家", "中国", "中华人民共和国", "税务局", "海关", "气象局", "海事局", "烟草", "邮政管理局", "通信管理局", "调查总队", "证监局", "监管分局",
        "人民银行", "铁路监督", "矿山安全", "民航", "地震局", "供电", "专员办",
        // Of the Party and the assemblies.
        "中共", "党委", "省委", "市委", "县委", "区委", "州委", "旗委", "纪委", "监委", "监察委", "政法委", "委员会办公室", "人大", "政协", "法院",
        "检察院",
        // Of zones and townships, and branches.
        "开发区", "高新区", "新区", "园区", "示范区", "度假区", "景区", "保税", "管委会", "管理委员会", "分局", "派出",
        "镇人民政府", "乡人民政府", "街道",
    ]

    /// 合江县2022年政府信息公开工作年度报告: a county reports by its bare name.
    private static func isPlace(_ name: FoldedText) -> Bool {
        guard let last = name.scalars.last, name.count >= 2, name.count <= 16 else { return false }
        if "县市省州盟旗".unicodeScalars.contains(last) { return true }
        return last == "区" && (name.hasSuffix("自治区") || !name.containsAny(zones))
    }

    private static let zones: [Phrase] = [
        "开发", "高新", "新区", "园区", "示范", "度假", "景区", "保税", "管理", "合作", "试验", "实验", "社区", "产业", "经济", "工业", "灌区", "库区",
        "保护", "名胜", "旅游", "物流", "港区", "矿区", "林区", "片区", "小区", "专区", "特区", "生态", "功能", "集聚", "空港", "农场", "关区", "校区",
        "院区",
        "军区", "辖区", "牧区", "垦区", "新城",
    ]
}
