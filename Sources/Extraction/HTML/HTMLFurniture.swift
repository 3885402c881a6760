import ChineseText

/// Lines that a site puts round an article and that no element marks: recognised whole, by closed lists of words, so that no
/// sentence of a report is ever taken for one.
enum HTMLFurniture {
    /// Whether a line is furniture of a site.
    static func isFurniture(_ text: String) -> Bool {
        guard text.utf8.count >= 6, text.utf8.count <= 600, !text.utf8.contains(0x0A), mayBegin(text) else {
            return false
        }
        let line = FoldedText(text)
        guard !line.isEmpty, !line.contains("。") else { return false }
        return isBreadcrumb(line) || isFooter(line) || isNeighbour(line) || isControls(line) || isMetadata(line)
    }

    /// Nearly every line is none: seen by its first character, or by 备 and 权 for what footers hold.
    private static func mayBegin(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { !isJoint($0) && !$0.isFoldedAway }) else { return false }
        if beginnings.contains(first) { return true }
        return text.utf8.count <= 200 * 3 && footerMarks.contains { text.utf8.contains(sequence: $0) }
    }

    private static let beginnings: Set<Unicode.Scalar> = {
        let phrases = (breadcrumbs + footers + neighbours + metadata).compactMap { $0.scalars.first }
        return Set(phrases + (sureControls + otherControls).compactMap(\.first))
    }()

    private static let footerMarks = ["备", "权", "标识码"].map { Array($0.utf8) }

    /// Signs between controls.
    private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "[", "]", "【", "】", "(", ")", "（", "）", "|", "｜", "·", ">", "/", ":", "：", ",", "、", "-": true
        default: false
        }
    }

    /// 当前位置：首页 > 政务公开 > …
    private static func isBreadcrumb(_ line: FoldedText) -> Bool {
        breadcrumbs.contains { line.hasPrefix($0) } && line.count < 150
    }

    private static let breadcrumbs: [Phrase] = [
        "当前位置:", "您的位置:", "您现在的位置:", "您当前的位置:", "您所在的位置:", "你的位置:", "现在位置:", "所在位置:",
        "当前位置>", "您的当前位置:", "你现在的位置:", "您所在位置:", "您当前位置:",
    ]

    /// 主办单位：… ICP备… 网站标识码 …
    private static func isFooter(_ line: FoldedText) -> Bool {
        if line.containsAny(anywhereInFooters) { return line.count < 200 }
        return footers.contains { line.hasPrefix($0) } && line.count < 100
    }

    private static let anywhereInFooters: [Phrase] = ["icp备", "ICP备", "公网安备", "网站标识码", "版权所有"]

    private static let footers: [Phrase] = [
        "主办单位:", "主办:", "承办单位:", "承办:", "技术支持:", "网站支持:", "运维单位:", "Copyright", "copyright", "COPYRIGHT",
    ]

    /// 上一篇：… 下一篇：…
    private static func isNeighbour(_ line: FoldedText) -> Bool {
        neighbours.contains { line.hasPrefix($0) } && line.count < 150
    }

    private static let neighbours: [Phrase] = [
        "上一篇:", "下一篇:", "上一条:", "下一条:", "上一页:", "下一页:", "前一篇:", "后一篇:", "没有上一篇", "没有下一篇",
    ]

    /// 【打印】【关闭】 字体：大 中 小
    private static func isControls(_ line: FoldedText) -> Bool {
        guard line.count <= 80 else { return false }
        var rest = line.scalars[...]
        var isSure = false
        var sizes: [Unicode.Scalar] = []
        while let first = rest.first {
            if isJoint(first) {
                rest = rest.dropFirst()
            } else if let word = sureControls.first(where: { rest.starts(with: $0) }) {
                isSure = true
                rest = rest.dropFirst(word.count)
            } else if let word = otherControls.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(word.count)
                if word.count == 1 { sizes += word }
            } else {
                return false
            }
        }
        return isSure || sizes == ["大", "中", "小"] || sizes == ["小", "中", "大"]
    }

    /// Words that only a page has. Longer ones first: 打印本页 before 打印.
    private static let sureControls = scalars([
        "打印本页面", "关闭本页面", "打印本页", "关闭本页", "关闭窗口", "打印页面", "我要打印", "我要纠错", "网站纠错", "返回顶部", "返回首页", "返回列表",
        "分享到微信", "分享到微博", "复制链接", "微信扫一扫", "在手机打开当前页", "字体大小", "文字大小", "字号大小", "打印", "关闭", "字体", "字号",
        "分享到", "分享", "视力保护色", "保护视力色",
    ])

    /// Words between those; by themselves they may be cells of a table of channels.
    private static let otherControls = scalars([
        "新浪微博", "腾讯微博", "朋友圈", "扫一扫", "qq空间", "QQ空间", "默认", "放大", "缩小", "收藏", "微信", "微博", "返回", "下载", "朗读", "语音", "特大",
        "超大",
        "较大", "标准", "大", "中", "小", "+", "a", "A",
    ])

    private static func scalars(_ words: [String]) -> [[Unicode.Scalar]] {
        words.map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
    }

    /// 发布日期：2024-01-20 来源：市政府办公室 浏览次数：12
    private static func isMetadata(_ line: FoldedText) -> Bool {
        guard line.count <= 120, metadata.contains(where: { line.hasPrefix($0) }) else { return false }
        // Two such entries, or one that only a site has.
        return metadata.count { line.contains($0) } >= 2 || siteOnly.contains { line.hasPrefix($0) }
    }

    private static let siteOnly: [Phrase] = [
        "发布日期:", "发布时间:", "浏览次数:", "阅读次数:", "点击次数:", "信息来源:", "来源:", "文章来源:", "稿件来源:", "责任编辑:", "更新时间:", "更新日期:",
    ]

    private static let metadata: [Phrase] =
        siteOnly + [
            "时间:", "日期:", "作者:", "编辑:", "审核:", "字体:", "字号:", "索引号:", "发布机构:", "发布单位:", "信息索引:", "信息分类:", "点击数:",
            "访问次数:",
            "访问量:", "浏览量:", "浏览:", "阅读:", "点击:", "点击量:",
        ]
}
