import Testing

@testable import ReportModel

@Suite("Cities by level")
struct DivisionsTests {
    @Test("no city is listed twice, or at two levels")
    func unique() {
        let cities = Divisions.prefectureCities.union(Divisions.countyCities)
        #expect(Divisions.listed == cities.count)
        #expect(Divisions.prefectureCities.isDisjoint(with: Divisions.countyCities))
        #expect(Divisions.municipalities.isDisjoint(with: cities))
    }

    @Test("the lists are whole")
    func counts() {
        // 333 divisions at prefecture level are 293 cities, 30 自治州, 7 地区 and 3 盟.
        #expect(Divisions.prefectureCities.count == 293)
        #expect(Divisions.countyCities.count == 397)
        #expect(Divisions.provinces.count == 27)
        #expect(Divisions.prefectureCities.union(Divisions.countyCities).allSatisfy { (2...7).contains($0.count) })
    }

    @Test(
        "spot checks",
        arguments: [
            ("宿迁市", .prefecture), ("东莞市", .prefecture), ("中山市", .prefecture), ("儋州市", .prefecture),
            ("嘉峪关市", .prefecture),
            ("三沙市", .prefecture), ("那曲市", .prefecture), ("北京市", .province), ("重庆市", .province), ("昆山市", .county),
            ("义乌市", .county), ("济源市", .county), ("仙桃市", .county), ("石河子市", .county), ("琼海市", .county), ("巢湖市", .county),
            ("津市市", .county), ("共青城市", .county), ("青禾市", nil), ("莱芜市", nil), ("市", nil),
        ] as [(String, AdministrativeLevel?)]
    )
    func level(_ city: String, _ level: AdministrativeLevel?) {
        #expect(Divisions.level(ofCity: city) == level)
    }
}

@Suite("Where a body stands")
struct StandingTests {
    @Test(
        "governments and their offices",
        arguments: [
            ("江苏省人民政府", .province), ("广西壮族自治区人民政府办公厅", .province), ("上海市人民政府", .province), ("省政府办公厅", .province),
            ("宿迁市人民政府", .prefecture), ("宿迁市", .prefecture), ("宿迁市政府办", .prefecture), ("苏州市人民政府办公室", .prefecture),
            ("江苏省宿迁市人民政府", .prefecture), ("江苏宿迁市人民政府", .prefecture), ("恩施土家族苗族自治州人民政府", .prefecture),
            ("凉山州人民政府", .prefecture), ("海南省儋州市人民政府", .prefecture),
            ("沭阳县人民政府", .county), ("沭阳县", .county), ("宿迁市宿城区人民政府", .county), ("宿城区", .county), ("县政府办公室", .county),
            ("昆山市人民政府", .county), ("恩施土家族苗族自治州恩施市人民政府", .county), ("宁德市福安市人民政府办公室", .county),
            ("巴林左旗人民政府", .county), ("上海市浦东新区人民政府", nil), ("神农架林区人民政府", nil), ("三江侗族自治县人民政府", .county),
            ("青禾县柳溪镇人民政府", .township), ("东莞市虎门镇人民政府", .township), ("春城街道办事处", .township),
        ] as [(String, AdministrativeLevel?)]
    )
    func government(_ name: String, _ level: AdministrativeLevel?) {
        #expect(Standing(agency: name) == level.map(Standing.government) ?? .unknown, "\(name)")
    }

    @Test(
        "departments",
        arguments: [
            ("江苏省水利厅", .province), ("上海市公安局", .province), ("宿迁市公安局", .prefecture), ("宿迁市人民政府外事办公室", .prefecture),
            ("宿迁市人民政府国有资产监督管理委员会", .prefecture), ("宿迁市宿城区市场监督管理局", .county), ("宿迁市市场监督管理局", .prefecture),
            ("沭阳县政府信息公开办公室", .county), ("宿迁市城市管理局", .prefecture), ("昆山市教育局", .county), ("水利局", nil),
            ("城市管理局", nil), ("青禾市教育局", nil), ("国家税务总局宿迁市税务局", nil), ("国家统计局宿迁调查队", nil),
            ("中国人民银行宿迁市分行", nil), ("国家能源局浙江监管办公室", nil), ("国家外汇管理局宁波市分局", nil),
        ] as [(String, AdministrativeLevel?)]
    )
    func department(_ name: String, _ level: AdministrativeLevel?) {
        #expect(Standing(agency: name) == .department(level), "\(name)")
    }

    @Test(
        "national authorities",
        arguments: [
            "交通运输部", "中华人民共和国财政部", "国家发展和改革委员会", "国家税务总局", "国家市场监督管理总局", "中国人民银行", "审计署", "海关总署",
            "国务院国有资产监督管理委员会", "中国证券监督管理委员会", "国家林业和草原局", "国家国际发展合作署", "国务院办公厅",
        ]
    )
    func national(_ name: String) {
        #expect(Standing(agency: name) == .national, "\(name)")
    }

    @Test(
        "names that do not tell",
        arguments: [
            "青禾市人民政府", "新青禾大理市人民政府", "市人民政府", "市政府办公室", "政府办公室", "青禾经济技术开发区管理委员会", "青禾高新区", "大兴安岭地区行政公署",
            "锡林郭勒盟行政公署", "国家发展改革委", "青禾大学", "",
        ]
    )
    func unknown(_ name: String) {
        #expect(Standing(agency: name) == .unknown, "\(name)")
        #expect(Standing(agency: nil) == .unknown)
    }
}
