import ChineseText

/// What a token of the text is. Words are sorted by the part they can play in a statement of a number; a character that
/// no word of the lexicon covers is `unknown`, and an unknown word between a noun and its number ends every reading.
enum Kind: UInt8 {
    // Layout
    case comma, pause, semicolon, colon, stop, open, close, title, ellipsis, paragraphEnd
    // Numbers
    case count, bareNumber, amount, percent, year, month, otherNumber
    // Words that add nothing: 共, 的, 数量, 我局 …
    case filler, totalWord, etcetera, thisYear
    // Applications
    case appStrong, appWeak, context, receive, answer, byPerson, byOrganisation, legalPerson, channel
    case granted, partiallyGranted, denied, unavailable, rejected, otherResults
    case carry, lastYear, nextYear, cause
    // Disputes
    case reconsideration, litigation, litigationDirect, litigationAfter, upheld, corrected, otherOutcome, pending, lost
    // What negates, conditions or loosens
    case denyReceive, deny, conditional, negator, exclusion, some, growth, aspiration, every
    case since, historical, cumulative, partialYear, represent, filed, assist, guide, respond, office
    // Lists
    case among, include, respectively, besides, meanwhile, others, dateline
    // Other subjects
    case foreign, disclose, otherVerb, repeated, topic, feeNoun, feeWeak, collect, notice
    case unknown

    /// A set of kinds, as bits of two words. There are fewer kinds than bits, so that the masking shift is exact; the other one takes
    /// three times as long.
    @inline(__always) var bit: KindSet { KindSet(rawValue: UInt128(1) &<< UInt128(rawValue)) }
}

struct KindSet: OptionSet {
    let rawValue: UInt128
    @inline(__always) func has(_ kind: Kind) -> Bool { rawValue & kind.bit.rawValue != 0 }
    @inline(__always) func hasAny(_ other: KindSet) -> Bool { rawValue & other.rawValue != 0 }
    init(rawValue: UInt128) { self.rawValue = rawValue }
    init(_ kinds: Kind...) { rawValue = kinds.reduce(0) { $0 | $1.bit.rawValue } }
}

/// The words that matter, found by their first character: one look-up a character of text.
///
/// Everything lies in flat arrays: a report has thousands of characters, and an array of arrays costs a retain for each.
struct Lexicon: Sendable {
    struct Entry {
        let kind: Kind
        let count: UInt8
        /// The second character; 0, which no text has, of a word of one. Common first characters have forty words, of which
        /// comparing this rules out nearly all.
        let second: UInt16
        /// Where the characters after the second stand in `pool`.
        let offset: UInt16
    }

    /// What no word has as its second character.
    static let noScalar = UInt32.max

    /// Marks a character that needs more than the words: a digit, a sign, a numeral.
    enum Mark {
        static let sign: UInt8 = 1
        static let digit: UInt8 = 2
        static let numeral: UInt8 = 3
        static let opening: UInt8 = 4
    }

    /// Position in `entries` of the first word that begins with a scalar of the basic plane, and how many there are.
    let first: [UInt16]
    let many: [UInt8]
    let marks: [UInt8]
    let entries: [Entry]
    let pool: [UInt16]

    static let shared = Lexicon(words: words)

    private init(words: [(Kind, String)]) {
        var groups: [UInt32: [(kind: Kind, scalars: [Unicode.Scalar])]] = [:]
        for (kind, text) in words {
            for word in text.split(separator: " ") {
                let scalars = Phrase(String(word)).scalars
                if let first = scalars.first, first.value < 0x1_0000 {
                    groups[first.value, default: []].append((kind, scalars))
                }
            }
        }
        var first = [UInt16](repeating: 0, count: 0x1_0000)
        var many = [UInt8](repeating: 0, count: 0x1_0000)
        var marks = [UInt8](repeating: 0, count: 0x1_0000)
        var entries: [Entry] = []
        var pool: [UInt16] = []
        for (value, group) in groups {
            first[Int(value)] = UInt16(entries.count)
            many[Int(value)] = UInt8(group.count)
            // The longest word wins: 不予公开 before 不, 复议后起诉 before 复议.
            for word in group.sorted(by: { $0.scalars.count > $1.scalars.count }) {
                let rest = word.scalars.dropFirst().map { UInt16(truncatingIfNeeded: $0.value) }
                entries.append(
                    Entry(
                        kind: word.kind,
                        count: UInt8(word.scalars.count),
                        second: rest.first ?? 0,
                        offset: UInt16(pool.count)
                    )
                )
                pool += rest.dropFirst()
            }
        }
        for value in 0x30...0x39 { marks[value] = Mark.digit }
        for scalar in ",、;:。!?().\"".unicodeScalars { marks[Int(scalar.value)] = Mark.sign }
        for scalar in "《[<".unicodeScalars { marks[Int(scalar.value)] = Mark.opening }
        for scalar in "〇零一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟".unicodeScalars { marks[Int(scalar.value)] = Mark.numeral }
        self.first = first
        self.many = many
        self.marks = marks
        self.entries = entries
        self.pool = pool
    }

    /// Every word with its kind, for the tests: no word may stand twice.
    static var all: [(word: String, kind: Kind)] {
        words.flatMap { kind, text in text.split(separator: " ").map { (String($0), kind) } }
    }

    private static let words: [(Kind, String)] = [
        (
            .filler,
            """
            为 是 达 达到 有 的 了 仅 只 数 数量 总数 总量 件数 件 案件 信件 事项 内容 材料 信息 政府信息 情况 情形 现象 记录 类 各类 方面 工作 业务 \
            和 及 与 或 或者 并 并且 均 已 都 也 全部 任何 相关 有关 要求 提出 提交 递交 发来 提起 被 向 我 本 我局 本局 我单位 本单位 我县 我市 我区 \
            我镇 我乡 我街道 我委 我办 我厅 我院 我省 我州 我旗 我盟 我队 我所 我站 我校 我中心 我管委会 我园区 我开发区 本机关 本省 本市 本县 本区 本委 本办 本厅 本中心 本管委会 本镇 本乡 本街道 社会 公众 群众 市民 居民 村民 申请人 新 年度 形式 方式 途径 渠道 通过 \
            以 经 由 依法 按期 按时 按规定 及时 依规 规范 按照 根据 进行 继续 到 至 其 该 正式 有效 实际 全市 全县 全区 全镇 全乡 全省 全局 全街道 辖区 \
            获取 公开政府信息 公开信息 期间 引发 引起 发生 而 所 在 计 过 一切 共有 领域 案 面向 对 年底 底 末 止 陆续 先后 直接 认真 妥善 高效 依法依规 圆满 顺利 高质量 及时规范 内 报告期 报告期内 统计期内 期内 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 一方面 另一方面 据统计 经统计
            """
        ),
        (.totalWord, "共 共计 总计 合计 总共 一共 总 共为 总计为"),
        (.cumulative, "累计 累计共 共累计"),
        (.etcetera, "等 等等 等形式 等方式 等途径 等渠道 等各种形式 等各种方式 等多种方式 等原因 以及其他 以及其它"),
        (.ellipsis, "… ……"),
        (.thisYear, "今年 本年 本年度 全年 全年度 年内 当年"),
        (
            .appStrong,
            """
            政府信息公开申请 信息公开申请 政务公开申请 政府信息申请 依申请公开 依申请公开申请 依申请公开件 依申请政府信息公开 政府信息依申请公开 依申请信息公开 \
            信息依申请公开 依申请公开政府信息 申请公开政府信息 申请政府信息公开 申请信息公开 申请公开信息 公开申请 申请公开 申请获取政府信息 获取政府信息申请 \
            获取政府信息的申请 公开信息申请 公开政府信息申请 公开政府信息的申请 信息公开的申请 政府信息公开的申请 公开信息的申请 依申请件 依申请 \
            政府信息公开依申请 信息公开依申请 依申请公开信息 依申请公开事项 依申请公开信件 依申请公开诉求 依申请公开请求
            """
        ),
        (.appWeak, "申请 申请书 申请件 申请表 申请材料 申请数 申请事项"),
        (.context, "信息公开 政府信息公开 政务公开 政府信息公开工作 信息公开工作 信息公开类 政府信息公开类 信息公开事务"),
        (
            .receive,
            "收到 受理 新收 接收 接收到 接到 收办 共收到 共受理 新收到 新接收 收到并受理 收到和处理 收到处理 收件 新增受理 接收受理"
        ),
        (.answer, "答复 办结 办理 回复 处理 办理答复 答复办结 处理完毕 办理完毕 办毕 予以答复 作出答复"),
        (.byPerson, "自然人 公民 个人"),
        (.byOrganisation, "法人或其他组织 法人和其他组织 法人或者其他组织 法人及其他组织 法人、其他组织 法人与其他组织 法人其他组织 法人或其它组织 法人和其它组织"),
        (.legalPerson, "法人 其他组织 企业 商业企业 科研机构 社会公益组织 法律服务机构 组织 社会组织"),
        (
            .channel,
            """
            网络 信件申请 信件提交 信件提出 信件递交 网上 互联网 在线 网站 政府网站 门户网站 官网 官方网站 网页 微信 微信公众号 微信公众账号 公众号 微博 抖音 快手 客户端 移动客户端 新媒体 政务新媒体 公报 政府公报 \
            公示栏 公开栏 宣传栏 公告栏 电子屏 显示屏 报纸 报刊 广播 电视 信函 书面 信件形式 邮寄 邮政 快递 来信 来函 传真 电子邮件 邮件 邮箱 电话 来电 来访 当面 \
            现场 窗口 媒体 新闻媒体 融媒体 今日头条 视频号 抖音号 快手号 小程序 电视台 公众平台 微信公众平台 微信平台 订阅号 微信订阅号 微信群 信息公开平台 公开平台 平台 app APP 短信
            """
        ),
        (.granted, "予以公开 同意公开 全部公开 全文公开"),
        (.partiallyGranted, "部分公开 予以部分公开 区分处理"),
        (.denied, "不予公开 不予以公开 不同意公开"),
        (.unavailable, "无法提供 信息无法提供 不能提供 无法提供政府信息"),
        (.rejected, "不予处理 不予以处理"),
        (.otherResults, "其他处理 其它处理 作其他处理 作其它处理 其他方式处理 作出其他处理"),
        (.carry, "结转 转结 顺延 转入 转至 转 跨年 延至 顺延至 延续 遗留"),
        (.lastYear, "上年 上年度 上一年 上一年度 去年 去年度 往年 前年 以前年度 上年同期 去年同期 同期"),
        (.nextYear, "下年 下年度 下一年 下一年度 次年 次年度 翌年 明年 下步"),
        (.cause, "因 由于 属于 属"),
        (
            .reconsideration,
            "行政复议 复议 行政复议案件 行政复议案 复议案件 行政复议申请 复议申请 申请行政复议 申请复议 被复议 提起行政复议"
        ),
        (.litigation, "行政诉讼 诉讼 行政诉讼案件 行政诉讼案 诉讼案件 提起行政诉讼 被诉 起诉 行政应诉案件 行政应诉"),
        (
            .litigationDirect,
            "未经复议直接起诉 直接起诉 未经复议直接提起行政诉讼 未经行政复议直接起诉 未经复议直接提起诉讼 直接提起行政诉讼"
        ),
        (
            .litigationAfter,
            "复议后起诉 复议后提起行政诉讼 复议后提起诉讼 经复议后起诉 行政复议后起诉 经复议后提起行政诉讼 复议后诉讼 经复议后提起诉讼"
        ),
        (.upheld, "结果维持 维持 维持原行政行为 维持原决定"),
        (.corrected, "结果纠正 纠正 被纠正 予以纠正"),
        (.otherOutcome, "其他结果 其它结果"),
        (.pending, "尚未审结 未审结 尚未办结 正在审理"),
        (.lost, "败诉 改变 被改变 变更 纠错 被撤销 撤销 确认违法 责令 胜诉 驳回 撤回 调解"),
        (
            .denyReceive,
            """
            未收到 没有收到 未接收到 未接到 未受理 没有接到 没有受理 未接收 没有接收 未有收到 尚未收到 暂未收到 未曾收到 从未收到 无收到 没收到 没有接收到 未收
            """
        ),
        (
            .deny,
            """
            未发生 没有发生 未出现 没有出现 未产生 没有产生 未引发 未引起 没有引发 没有引起 无 没有 未有 不存在 未涉及 尚无 暂无 并无 均无 未被 没有被 \
            未因 没有因 零收费 免收 免于收取 暂未发生 尚未发生 无发生 未形成 均未发生
            """
        ),
        (.conditional, "若 如 如果 凡 凡是 一旦 假如 假设 倘若 如有 应当 必须 之日起 自收到 应在 当收到"),
        (.negator, "并非 不是 并不是 避免 杜绝 防止 非 绝不 不得 是否 有无"),
        (.exclusion, "除 除外 以外"),
        (.some, "某 某些 部分单位 个别 个别单位 有的 一些 少数 多数 大部分 部分乡镇 部分部门 有些"),
        (
            .growth,
            """
            同比 环比 增长 增加 减少 下降 上升 提高 回落 增幅 降幅 增 减 较 相比 比上年 比去年 比上年度 比上一年 与上年 与去年 对比 占 占比 占总数 多 少 翻
            """
        ),
        (.aspiration, "力争 努力做到 确保 做到 目标 计划 拟"),
        (.every, "每 每年 每月 每一 平均 人均 日均 月均 单位均"),
        (.since, "以来 至今 年起 日起 月起"),
        (.historical, "历年 近年 近年来 近三年 近五年 三年来 五年来 多年来 年来 十三五 十四五 截至目前 截止目前 开展工作以来"),
        (.partialYear, "上半年 下半年 季度 半年 当月 截至 截止 月份 前三季度 至12月"),
        (.represent, "代表 代 代为 代收 代办"),
        (.filler, "人大代表 代表委员 党代表 代表性"),
        (.filed, "备案 报备"),
        (.assist, "协助 配合 协办 会办 转办 转交 交办"),
        (.guide, "指导 督促 督办"),
        (.respond, "应诉 出庭 审理 审结 代理 裁决"),
        (.office, "办公室 办公厅 政府办 政府办公室 政府办公厅 府办 府办公室 党政办 党政办公室 综合办公室 本级 机关本级 局机关 委机关"),
        (.among, "其中"),
        (.include, "含 包括 包含 其中包括 其中包含 其中含 包括有 分为 内含 内有 具体包括 具体为 具体是"),
        (.respectively, "分别为 分别是 分别 其中分别为 其中分别是"),
        (.besides, "另外 另 另有 此外 还 还有 并有"),
        (.meanwhile, "同时 与此同时 又 再 并于 以及"),
        (.others, "其他 其它 其他类 其他各类 其余"),
        (
            .foreign,
            """
            热线 信访 投诉 举报 留言 网民 建议 提案 议案 咨询 审批 行政许可 许可 行政审批 补贴 补助 救助 低保 贷款 仲裁 登记 证照 来信来访 诉求 工单 问政 信箱 \
            市长信箱 局长信箱 县长信箱 书记信箱 领导信箱 民心网 劳动仲裁 立案 处罚 行政处罚 政务服务 服务事项 办件 求助 求职 招聘 奖补 资金 申报 职称 专利 商标 \
            工伤 失业 养老 社保 医保 公积金 住房 廉租 公租房 户口 护照 出入境 检查 执法 案卷 12345 12333 8890 民声 意见 调查 调研 培训 会议 发布会 舆情 \
            复核 赔偿 国家赔偿 申诉 信用修复 听证 项目 表彰 通报 问卷
            """
        ),
        (.disclose, "主动公开 发布 公布 制作 编印 印发 公开发布 共公开 审核发布 规范性文件"),
        (
            .otherVerb,
            """
            维护 解读 召开 举办 开展 接听 回应 更新 完善 解答 出台 制定 修订 废止 组织开展 参加 开设 新增 优化 编制 浏览 访问 点击 播放 关注 阅读
            """
        ),
        (.repeated, "转载 转发 重复 同步 分发 推送 累计阅读 其中又 均为 同时公开"),
        (.topic, "涉及 关于"),
        (
            .feeNoun,
            """
            处理费 信息处理费 信息公开处理费 政府信息公开处理费 政府信息公开信息处理费 政府信息处理费 信息公开信息处理费 信息处理费用 处理费用 政府信息处理相关费用 \
            信息处理相关费用 信息公开费用 政府信息公开费用 信息公开费 依申请公开费用 信息公开收费 政府信息公开收费 依申请公开收费 信息处理收费 公开费用
            """
        ),
        (.feeWeak, "费用 收费 收费情况 任何费用 相关费用 有关费用 各项费用 检索费 复制费 邮寄费 收费事项"),
        (.collect, "收取 收缴 征收 实收 缴纳 收费金额"),
        (.notice, "收费通知 缴费通知 发出收费通知"),
        (.dateline, "在公开信息中 在公开的信息中 在主动公开信息中 在主动公开的信息中 在公开的政府信息中 在主动公开的政府信息中 在公开政府信息中 在发布的信息中 在已公开信息中"),
        // Words that must not be cut into ones of another meaning.
        (
            .unknown,
            """
            无法 无正当理由 无偿 无障碍 无条件 无误 无锡 无为 无缝 无需 无论 无关 无效 无线 不断 不仅 不超 不足 不同 转变 转型 转化 转移 转换 运转 流转 好转 转作风 \
            较为 较大 较好 较强 较少 较多 较高 较低 起草 起步 起到 将来 未来 来源 原来 来自 带来 本来 少年 增强 增进 多种 多元 多样 多次 多渠道 多形式 多部门 多个 多媒体 多方 \
            代码 替代 时代 当代 现代 现代化 新时代 代理人 可靠 可持续 如何 如下 如期 如实 如火如荼 应公开 应用 应急 对应 相应 响应 适应 反应 应对 供应 应有 \
            前后 最后 然后 落后 之后 以后 今后 事后 后期 后续 后勤 对外 境外 国外 海外 外部 外事 外资 室外 户外 消除 解除 清除 排除 扶除 除此 非常 非公 \
            并行 并联 合并 并重 再次 再造 反复 还款 返还 含义 含量 包含义 减免 增值 增设 增速 减轻 减税 增减 精减 设计 统计 审计 会计 会计信息 统计信息 审计信息 \
            统计数据 计算 估计 总体 总理 总书记 总局 总工会 总经理 总结 汇总 共同 共享 共产党 公共 公共资源 共建 中共 共青团 共治 有关规定 有效性 所有 拥有 现有 具有 \
            市民政局 占有 占用 占地 拟定 草拟 虚拟 以拟 将军 即将 每日 每项 每件 每条 转变作风 建议书 建议提案 许可证 可视 可查 可知 正在 尚在 仍在 待 许可类 认可 一般 少先队 多发 转办单 政策解读 解读信息 解读材料 解读稿 解读类 各部门 各类型
            """
        ),
    ]
}
