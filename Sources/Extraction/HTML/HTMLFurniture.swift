import ChineseText

/// Lines that a site puts round an article and that no element marks: recognised whole, by closed lists of words, so that no
/// sentence of a report is ever taken for one.
enum HTMLFurniture {
    /// Whether a line is furniture of a site.
    static func isFurniture(_ text: String) -> Bool {
        guard text.utf8.count <= 600, !text.utf8.contains(0x0A) else { return false }
        let line = FoldedText(text)
        guard !line.isEmpty, !line.contains("。") else { return false }
        return isBreadcrumb(line) || isFooter(line) || isNeighbour(line) || isControls(line) || isMetadata(line)
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
        if line.containsAny(["icp备", "ICP备", "公网安备", "网站标识码", "版权所有"]) { return line.count < 200 }
        return footers.contains { line.hasPrefix($0) } && line.count < 100
    }

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
        var words = 0
        while let first = rest.first {
            if "[]【】()|·>/:,、-".unicodeScalars.contains(first) {
                rest = rest.dropFirst()
                continue
            }
            guard let word = controls.first(where: { rest.starts(with: $0) }) else { return false }
            rest = rest.dropFirst(word.count)
            if word.count > 1 { words += 1 }
        }
        return words > 0
    }

    /// Longer ones first: 打印本页 before 打印.
    private static let controls: [[Unicode.Scalar]] = [
        "打印本页面", "关闭本页面", "打印本页", "关闭本页", "关闭窗口", "打印页面", "我要打印", "我要纠错", "网站纠错", "返回顶部", "返回首页", "返回列表",
        "分享到微信", "分享到微博", "复制链接", "微信扫一扫", "扫一扫", "在手机打开当前页", "字体大小", "文字大小", "字号大小", "新浪微博", "腾讯微博", "朋友圈", "qq空间",
        "QQ空间", "打印", "关闭", "字体", "字号", "默认", "放大", "缩小", "分享到", "分享", "收藏", "微信", "微博", "返回", "下载", "朗读", "语音",
        "视力保护色",
        "保护视力色", "特大", "超大", "较大", "标准", "大", "中", "小", "+", "a", "A",
    ].map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }

    /// 发布日期：2024-01-20 来源：市政府办公室 浏览次数：12
    private static func isMetadata(_ line: FoldedText) -> Bool {
        guard line.count <= 120, metadata.contains(where: { line.hasPrefix($0) }) else { return false }
        // Two such entries, or one that only a site has.
        return metadata.count { line.contains($0) } >= 2 || siteOnly.contains { line.hasPrefix($0) }
    }

    private static let siteOnly: [Phrase] = [
        "发布日期:", "发布时间:", "浏览次数:", "阅读次数:", "点击次数:", "点击数:", "访问次数:", "访问量:", "浏览量:", "浏览:", "阅读:", "点击:", "点击量:",
        "信息来源:", "来源:", "文章来源:", "稿件来源:", "责任编辑:", "更新时间:", "更新日期:",
    ]

    private static let metadata: [Phrase] =
        siteOnly + ["时间:", "日期:", "作者:", "编辑:", "审核:", "字体:", "字号:", "索引号:", "发布机构:", "发布单位:", "信息索引:", "信息分类:"]
}
