/// How single characters fold before anything is compared. One table look-up a character: reports are read by scanning
/// scalars, and a look-up costs a nanosecond where `String` comparison costs hundreds.
enum FoldTables {
    /// Marks a character that is left out: blanks, zero-width characters, controls.
    static let drop: UInt16 = 0
    /// Marks a character that folds to several (㈠ → `(一)`); see ``expansion(of:)``.
    static let expand: UInt16 = 0xFFFF

    /// Folded scalar value for every scalar of the basic plane.
    static let basicPlane: [UInt16] = {
        var table = [UInt16](repeating: 0, count: 0x1_0000)
        for value in 0..<0x1_0000 { table[value] = UInt16(value) }
        func map(_ from: Int, _ to: Unicode.Scalar) { table[from] = UInt16(truncatingIfNeeded: to.value) }

        for value in table.indices where Unicode.Scalar(UInt16(value))?.isFoldedAway ?? false { table[value] = drop }

        // Full-width ASCII (NFKC).
        for value in 0xFF01...0xFF5E { table[value] = UInt16(value - 0xFEE0) }
        for value in [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0x2500, 0x2501] {
            map(value, "-")
        }
        for value in [0x201C, 0x201D, 0x201E, 0x201F, 0x300C, 0x300D, 0x300E, 0x300F, 0x2033, 0xFF02] {
            map(value, "\"")
        }
        for value in [0x2018, 0x2019, 0x2032] { map(value, "'") }
        for value in [0xFE5D, 0x3014, 0x3010, 0x3016] { map(value, "[") }
        for value in [0xFE5E, 0x3015, 0x3011, 0x3017] { map(value, "]") }
        map(0xFE59, "(")
        map(0xFE5A, ")")
        map(0xFE50, ",")
        map(0xFE55, ":")
        map(0xFE54, ";")
        map(0xFF61, "。")
        map(0xFF64, "、")
        map(0x2219, "·")
        map(0x4E36, "、")  // 丶, a stroke that input methods offer for the comma of 一、
        map(0x2022, "·")
        map(0x30FB, "·")
        map(0x2215, "/")
        map(0x2236, ":")
        map(0x25CB, "〇")  // ○ and Ｏ-like signs stand for the zero of 二○二一年
        map(0x25EF, "〇")
        map(0x3007, "〇")

        // Kangxi radicals (U+2F00…), which PDF and some WPS files print instead of the characters.
        for (offset, character) in kangxi.unicodeScalars.enumerated() { map(0x2F00 + offset, character) }
        map(0x2F02, "、")
        for (from, to) in radicalSupplement { map(Int(from.value), to) }
        for (from, to) in zip(traditional.unicodeScalars, simplified.unicodeScalars) { map(Int(from.value), to) }

        for value in 0x3220...0x3229 { table[value] = expand }
        for value in 0x3280...0x3289 { table[value] = expand }
        for value in 0x2460...0x249B { table[value] = expand }
        for value in 0x2776...0x277F { table[value] = expand }
        return table
    }()

    /// What an enclosed number folds to. Circled numbers become `(1)` and not the `1` of NFKC: `①5件` must not read 15.
    static func expansion(of scalar: Unicode.Scalar) -> String {
        let value = Int(scalar.value)
        switch value {
        case 0x3220...0x3229: return "(" + chineseDigit(value - 0x3220 + 1) + ")"
        case 0x3280...0x3289: return "(" + chineseDigit(value - 0x3280 + 1) + ")"
        case 0x2460...0x2473: return "(\(value - 0x2460 + 1))"
        case 0x2474...0x2487: return "(\(value - 0x2474 + 1))"
        case 0x2488...0x249B: return "\(value - 0x2488 + 1)."
        case 0x2776...0x277F: return "(\(value - 0x2776 + 1))"
        default: return String(Character(scalar))
        }
    }

    private static func chineseDigit(_ number: Int) -> String {
        let digits = Array("一二三四五六七八九十")
        return String(digits[number - 1])
    }

    private static let kangxi =
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡"
        + "彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹"
        + "米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷豆豕豸贝赤走足身车辛辰辵邑酉釆里金长门阜隶隹雨青非面革韦"
        + "韭音页风飞食首香马骨高髟斗鬯鬲鬼鱼鸟卤鹿麦麻黄黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠"

    private static let radicalSupplement: [(Unicode.Scalar, Unicode.Scalar)] = [
        ("⺟", "母"), ("⻳", "龟"), ("⻓", "长"), ("⻔", "门"), ("⻚", "页"), ("⻛", "风"), ("⻄", "西"), ("⻅", "见"), ("⻆", "角"),
        ("⺠", "民"), ("⻋", "车"), ("⻢", "马"), ("⻬", "齐"), ("⻰", "龙"), ("⻩", "黄"), ("⻘", "青"), ("⻝", "食"), ("⺫", "目"),
        ("⻁", "虎"), ("⻂", "衣"), ("⻉", "贝"), ("⻜", "飞"), ("⻥", "鱼"), ("⻦", "鸟"), ("⻧", "卤"), ("⻨", "麦"), ("⻮", "齿"),
    ]

    /// Traditional characters that occur in the words of the form and of the rules (Hong Kong style mirrors of
    /// mainland sites), in the order of ``simplified``. Quotes in findings always keep the source's own characters.
    private static let traditional =
        "總體況動開結轉複復議訴訟問題進報請處數歸無個條類級辦構業會團織標準維護書寫單與並據實際應當責執機關網電話務發佈係監評價編製規範統計項積極圍區縣鄉鎮黨員國門廳廣場東號強產經濟農環"
        + "資訊採購額費罰許確認較終審獲權視聯繫來內設備簡稱證對從們為於時間長讓試遞遲補滿糾決調協歷習導將還過這樣點線領後盡屬舉舊專負災眾衆術詢該說讀謝變貫賬質載輪輸遠邊鄰釋銀鋼錄鍵鐵闆隊"
        + "陸陽隨險雙離難靈顯顧預飛館駐驗齊徵託佔劃緊圖創態勢達運轄違誤優減繳諮檔屆園樓幫嚴穩貧戶爭賦廢簽賣絡鏈頻觀傳寬築礎漸慮壓"
    private static let simplified =
        "总体况动开结转复复议诉讼问题进报请处数归无个条类级办构业会团织标准维护书写单与并据实际应当责执机关网电话务发布系监评价编制规范统计项积极围区县乡镇党员国门厅广场东号强产经济农环"
        + "资讯采购额费罚许确认较终审获权视联系来内设备简称证对从们为于时间长让试递迟补满纠决调协历习导将还过这样点线领后尽属举旧专负灾众众术询该说读谢变贯账质载轮输远边邻释银钢录键铁板队"
        + "陆阳随险双离难灵显顾预飞馆驻验齐征托占划紧图创态势达运辖违误优减缴咨档届园楼帮严稳贫户争赋废签卖络链频观传宽筑础渐虑压"
}
