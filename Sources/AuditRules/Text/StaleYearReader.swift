import ChineseText
import ReportModel

/// Finds sentences that report this year's work under the number of another year.
///
/// Reports name other years all the time and rightly: comparisons, plans, papers, budgets, applications carried over. So a
/// year counts only where it opens a statement of its own that can be about nothing but the year reported on — what was
/// published, received, answered, charged — and where nothing in the sentence speaks of another year.
struct StaleYearReader {
    /// The report year.
    let year: Int
    /// The reporting body's name, folded.
    let agency: FoldedText?

    /// What a statement is about.
    enum Work {
        /// So many items of information were published.
        case disclosure
        /// So many applications were received or answered, or none.
        case applications
        /// No reconsideration, no litigation.
        case disputes
        /// No fee, or so much, was charged.
        case fees
        /// So many normative documents were made or repealed.
        case documents
        /// So many trainings were held in the whole year.
        case training
        /// The words with which an overview opens: 2022年，我局认真贯彻….
        case opening
        /// What a heading covers: 2022年主动公开情况.
        case heading
        /// The paper itself: 现公布我局2022年政府信息公开工作年度报告.
        case report
        /// The problems of the year's work.
        case problems
    }

    /// A sentence and what is wrong with its year.
    struct Place {
        var year: Int
        var range: Range<Int>
        var work: Work
    }

    /// How a year stands at the head of a statement.
    private enum Lead {
        /// It opens the sentence or a clause of it.
        case opening
        /// 截至2022年12月31日: a balance.
        case until
    }

    /// The statements of a paragraph that name another year as theirs.
    func places(in text: FoldedText, section: Int?, isFirst: Bool) -> [Place] {
        let mentions = text.yearMentions()
        guard mentions.contains(where: { isCandidate($0.year) }) else { return [] }
        var result: [Place] = []
        for mention in mentions where isCandidate(mention.year) {
            if let last = result.last, last.range.contains(mention.range.lowerBound) { continue }
            let sentence = text.sentence(around: mention.range.lowerBound)
            guard let work = work(of: mention, in: sentence, text, section: section, isFirst: isFirst) else { continue }
            if isOneOfSeries(mention.year, work, sentence, text) { continue }
            result.append(Place(year: mention.year, range: sentence, work: work))
        }
        return result
    }

    /// Years that a stale text can bear: older reports serve as models for a few years, and the year of writing slips in.
    private func isCandidate(_ value: Int) -> Bool { value != year && ((year - 4)...(year + 1)).contains(value) }

    // MARK: - One statement

    private func work(
        of mention: YearMention,
        in sentence: Range<Int>,
        _ text: FoldedText,
        section: Int?,
        isFirst: Bool
    ) -> Work? {
        guard !text.isEnclosed(mention.range.lowerBound, in: sentence),
            !text.yearMentions(in: sentence).contains(where: { other in
                other.year != mention.year && !text.isEnclosed(other.range.lowerBound, in: sentence, brackets: false)
            }),
            !text.containsAny(Self.otherYears, in: sentence)
        else { return nil }
        if mention.year > year, text.containsAny(Self.future, in: sentence) { return nil }
        if section == nil, isReport(mention, sentence, text) { return .report }
        if isHeading(mention, sentence, text, section) { return .heading }
        guard let (lead, end) = lead(mention, sentence, text) else { return nil }
        let zone = end..<min(sentence.upperBound, end + 200)
        if lead == .until, text.containsAny(Self.stocks, in: sentence) { return nil }
        if section == 5 {
            return mention.year < year && lead == .opening && isProblem(zone, text) ? .problems : nil
        }
        if let statement = statement(in: zone, text), let work = done(statement, text) { return work }
        if section == 1, lead == .opening, countsTraining(zone, text) { return .training }
        let isOpening = lead == .opening && isFirst && sentence.lowerBound == 0
        return isOpening && opensOverview(zone, text) ? .opening : nil
    }

    /// Words that bring another year into the sentence.
    private static let otherYears: [Phrase] = [
        "同比", "年相比", "同期", "对比", "较上", "较去", "较前", "上年", "去年", "上一年", "前一年", "往年", "历年", "近年", "连续", "结转", "转入", "遗留",
        "跨年",
        "延续", "顺延", "本年", "今年", "当年", "次年", "增长", "下降", "减少", "上升", "持平", "翻番", "基础上", "三年来", "两年来", "近三年", "近两年",
        "近五年", "评为", "荣获", "获评", "表彰",
    ]
    /// Words of a plan.
    private static let future: [Phrase] = [
        "将", "拟", "计划", "下一步", "下步", "继续", "进一步", "争取", "力争", "努力", "要", "预计", "打算", "目标", "规划", "起", "着力",
    ]
    /// Words that can only be those of a plan.
    private static let intentions: [Phrase] = ["将", "拟", "计划", "下一步", "下步"]
    /// Words of a balance that was built up over years.
    private static let stocks: [Phrase] = [
        "累计", "现有", "共有", "已有", "建成", "有效", "存量", "在用", "备案", "开设", "设立", "开通", "总计", "入驻", "归集", "关注", "粉丝",
    ]

    /// Words right behind the year that make it a part of something else: 2022年底, 2022年至, 2022年的, 2022年12月.
    private static let continuations = "月底初末起至到前后的第上下以-~、和及与或间春夏秋冬.:来版届/".unicodeScalars

    /// How the year opens a statement, and where the statement's own words begin.
    private func lead(_ mention: YearMention, _ sentence: Range<Int>, _ text: FoldedText) -> (Lead, Int)? {
        let start = mention.range.lowerBound
        let end = mention.range.upperBound
        let from = text.endOfEnumerator(at: sentence.lowerBound)
        if let word = text.phrase(of: Self.untilWords, before: start, from: from) {
            guard let day = text.phrase(of: Self.lastDays, at: end),
                beginsClause(from..<(start - word.count), sentence, text)
            else { return nil }
            return (.until, end + day.count)
        }
        guard start >= from, beginsClause(from..<start, sentence, text) else { return nil }
        // 2022年1月1日至12月31日，…: the whole year, unless the sentence states the report's period (period.mismatch).
        if let span = text.phrase(of: Self.wholeYears, at: end) {
            return text.containsAny(Self.periodNouns, in: sentence) ? nil : (.opening, end + span.count)
        }
        guard end < sentence.upperBound, !Self.continuations.contains(text[end]), !text[end].isASCIIDigit else {
            return nil
        }
        return (.opening, end)
    }

    private static let untilWords: [Phrase] = ["截至", "截止", "截至到", "截止到", "截止至"]
    private static let lastDays: [Phrase] = ["12月31日", "12月底", "12月末", "底", "末", "12月"]
    private static let wholeYears: [Phrase] = [
        "1月1日至12月31日", "1月1日到12月31日", "1月1日-12月31日", "1月至12月", "1-12月", "1月-12月",
    ]
    private static let periodNouns: [Phrase] = ["期限", "时限", "统计", "数据", "报告期", "周期"]

    /// Whether what stands before the year leaves it at the head of a clause: nothing, the body itself, a sub-heading, or
    /// clauses without numbers of their own.
    private func beginsClause(_ before: Range<Int>, _ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        var end = before.upperBound
        if end > before.lowerBound, text[end - 1] == "在" { end -= 1 }
        guard end > before.lowerBound else { return true }
        let lead = before.lowerBound..<end
        guard !lead.contains(where: { text[$0].isASCIIDigit }) else { return false }
        if isOwnSubject(lead, text) { return true }
        if text[end - 1] == ":" { return lead.count <= 24 && !text.containsAny(Self.parts, in: lead) }
        // (三)政府信息管理情况2022年,…: the sub-heading's line runs on.
        if before.lowerBound > sentence.lowerBound, lead.count <= 24,
            text.phrase(of: Self.headingEnds, before: end, from: lead.lowerBound) != nil,
            !lead.contains(where: { text[$0] == "," })
        {
            return true
        }
        guard let comma = lead.last(where: { text[$0] == "," }), !text.containsAny(Self.parts, in: lead) else {
            return false
        }
        return comma == end - 1 || isOwnSubject((comma + 1)..<end, text)
    }

    private static let parts: [Phrase] = ["其中", "包括", "包含", "含", "分别"]
    private static let headingEnds: [Phrase] = ["情况", "方面", "工作", "公开", "管理", "建设", "保障"]

    /// 我局, 本机关, 全县, or the body's own name or the end of it.
    private func isOwnSubject(_ range: Range<Int>, _ text: FoldedText) -> Bool {
        guard range.count >= 2, range.count <= 30 else { return false }
        if range.count <= 5, "我本全".unicodeScalars.contains(text[range.lowerBound]) {
            return range.allSatisfy { text[$0].isHan }
        }
        guard range.count >= 3, let agency, agency.count >= range.count else { return false }
        return agency.scalars[(agency.count - range.count)...].elementsEqual(text.scalars[range])
    }

    // MARK: - What was done

    /// The part of a sentence that says what was done in the year; nil where the year belongs to a thing named behind it
    /// (2022年度决算公开2条). Behind a comma it does not; without one, only the body itself may stand before the verb.
    private func statement(in zone: Range<Int>, _ text: FoldedText) -> Range<Int>? {
        guard let first = zone.first else { return nil }
        if text[first] == "," { return (first + 1)..<zone.upperBound }
        let comma = zone.first { text[$0] == "," } ?? zone.upperBound
        let clause = zone.lowerBound..<comma
        if let verb = firstVerb(in: clause, text) {
            return isDoer(clause.lowerBound..<verb, text) ? zone : nil
        }
        return beginsWithOwnName(clause, text) ? zone : nil
    }

    /// Where the first verb of a clause stands; 公开 in 政务公开 and 信息公开 is none.
    private func firstVerb(in clause: Range<Int>, _ text: FoldedText) -> Int? {
        Self.doing.compactMap { verb -> Int? in
            var from = clause.lowerBound
            while let index = text.firstIndex(of: verb, from: from, before: clause.upperBound) {
                from = index + verb.count
                if verb == Self.disclose,
                    text.phrase(of: ["政务", "信息"], before: index, from: clause.lowerBound) != nil
                        || from < text.count && "工条指目平专栏".unicodeScalars.contains(text[from])
                {
                    continue
                }
                return index
            }
            return nil
        }.min()
    }

    private static let disclose: Phrase = "公开"
    private static let ways: [Phrase] = ["通过", "依托", "利用", "在", "借助", "运用", "充分"]
    private static let adverbs: [Phrase] = [
        "主动", "共计", "总共", "一共", "累计", "全年", "共", "已", "新", "依法", "及时", "对外", "向社会", "均", "内", "并", "也",
    ]
    private static let doers: [Phrase] = [
        "局", "委", "厅", "镇", "乡", "街道", "办事处", "政府", "办公室", "委员会", "县", "市", "区", "中心", "网站", "公众号", "平台", "街办", "公司",
    ]

    /// Whether words before a verb name who did it, by which way, and nothing else.
    private func isDoer(_ range: Range<Int>, _ text: FoldedText) -> Bool {
        var end = text.firstIndex(ofAny: Self.ways, in: range) ?? range.upperBound
        while let adverb = text.phrase(of: Self.adverbs, before: end, from: range.lowerBound) { end -= adverb.count }
        let words = range.lowerBound..<end
        if words.isEmpty || isOwnSubject(words, text) { return true }
        return words.count <= 18 && words.allSatisfy { text[$0].isHan }
            && text.phrase(of: Self.doers, before: end, from: range.lowerBound) != nil
            && !text.contains("的", in: words)
    }

    /// 我局…, 本机关…, or the body's own name at the head of a clause.
    private func beginsWithOwnName(_ clause: Range<Int>, _ text: FoldedText) -> Bool {
        guard clause.count >= 3 else { return false }
        if "我本".unicodeScalars.contains(text[clause.lowerBound]) {
            return "局镇乡县市区委厅办院中站处旗州单机街".unicodeScalars.contains(text[clause.lowerBound + 1])
        }
        guard let agency, agency.count >= 3 else { return false }
        let tail = Phrase(agency.string((agency.count - 3)..<agency.count))
        return text.contains(tail, in: clause.lowerBound..<min(clause.upperBound, clause.lowerBound + 20))
    }

    /// What happened in another year and is told as history: 2020年开通网站，发布信息60条.
    private static let history: [Phrase] = [
        "出台", "成立", "建成", "启动", "开通", "上线", "施行", "实施", "试点", "确定", "列为", "批准", "组建", "挂牌", "修订", "更名", "合并", "创建",
        "入选", "印发",
    ]

    private static let published: [Phrase] = [
        "公开", "发布", "公布", "更新", "推送", "刊发", "上传", "编发", "刊登", "转载", "公示",
    ]
    private static let received: [Phrase] = ["收到", "受理", "接收", "接到", "收办", "新收", "办理", "答复", "办结"]
    private static let doing: [Phrase] = published + received + ["制发", "制定", "废止", "收取", "未", "没有", "无"]

    private func done(_ zone: Range<Int>, _ text: FoldedText) -> Work? {
        if text.containsAny(Self.none, in: zone), let work = nothingDone(zone, text) { return work }
        var from = zone.lowerBound
        var seen = 0
        while seen < 6, let count = count(from: from, before: zone.upperBound, text) {
            seen += 1
            if let work = counted(count, zone.lowerBound..<count.digits.lowerBound, from, text) { return work }
            from = count.end
        }
        return nil
    }

    /// A number with its measure word.
    private struct Count {
        var digits: Range<Int>
        var measure: Unicode.Scalar
        var end: Int
    }

    private static let measures = "条篇则件个份期次场部宗元项".unicodeScalars
    private static let itemMeasures = "条篇则".unicodeScalars
    private static let applicationMeasures = "件宗份条个次".unicodeScalars
    private static let documentMeasures = "件个份部".unicodeScalars

    private func count(from start: Int, before end: Int, _ text: FoldedText) -> Count? {
        var index = start
        while index < end {
            guard text[index].isASCIIDigit else {
                index += 1
                continue
            }
            let first = index
            while index < end, text[index].isASCIIDigit { index += 1 }
            let digits = first..<index
            while index < end, "余多万".unicodeScalars.contains(text[index]) { index += 1 }
            guard index < end, Self.measures.contains(text[index]) else { continue }
            return Count(digits: digits, measure: text[index], end: index + 1)
        }
        return nil
    }

    /// What a number counts: the verb and the noun before it, or right behind it (5件申请).
    private func counted(_ count: Count, _ zone: Range<Int>, _ from: Int, _ text: FoldedText) -> Work? {
        let before = max(from, count.digits.lowerBound - 60)..<count.digits.lowerBound
        // What is counted may stand behind the number: 5件申请.
        let behind = count.end..<min(text.count, count.end + 12)
        let around =
            before.lowerBound..<(behind.first { ",、;。(".unicodeScalars.contains(text[$0]) } ?? behind.upperBound)
        guard !text.containsAny(Self.otherObjects, in: around), !text.containsAny(Self.history, in: zone) else {
            return nil
        }
        if text.contains("申请", in: around) {
            guard Self.applicationMeasures.contains(count.measure), didWhat(Self.received, before, text) else {
                return nil
            }
            return .applications
        }
        if count.measure == "元" {
            return text.contains("处理费", in: before) && text.contains("收取", in: before) ? .fees : nil
        }
        if text.contains("规范性文件", in: around), Self.documentMeasures.contains(count.measure),
            didWhat(["制发", "制定", "废止"], before, text)
        {
            return .documents
        }
        guard didWhat(Self.published, before, text) else { return nil }
        let isInformation =
            Self.itemMeasures.contains(count.measure) || text.containsAny(Self.information, in: before)
        return isInformation ? .disclosure : nil
    }

    private static let information: [Phrase] = ["信息", "文件", "公告", "动态", "政策", "解读", "材料"]
    /// What is published or dealt with in a year that is not the report's.
    private static let otherObjects: [Phrase] = [
        "预算", "决算", "建议", "提案", "招聘", "招标", "招录", "考试", "热线", "信访", "投诉", "来信", "来电", "留言", "复议", "诉讼",
    ]

    /// Whether one of the verbs stands in the range as a verb: not 公开招聘, 收到的.
    private func didWhat(_ verbs: [Phrase], _ range: Range<Int>, _ text: FoldedText) -> Bool {
        for verb in verbs {
            var from = range.lowerBound
            while let index = text.firstIndex(of: verb, from: from, before: range.upperBound) {
                from = index + verb.count
                guard from < text.count, !"招选征遴竞拍课的".unicodeScalars.contains(text[from]) else { continue }
                if verb == Self.disclose, "工条指目平专栏".unicodeScalars.contains(text[from]) { continue }
                return true
            }
        }
        return false
    }

    private static let none: [Phrase] = ["未", "没有", "无"]
    private static let noApplications: [Phrase] = [
        "未收到", "没有收到", "未接到", "没有接到", "未接收", "未受理", "没有受理", "未收悉", "无依申请", "无政府信息公开申请", "无信息公开申请", "没有依申请",
        "无申请", "没有申请",
    ]
    private static let noDisputes: [Phrase] = [
        "未发生", "没有发生", "未出现", "没有出现", "未引发", "未产生", "没有因", "未因", "未被", "无因", "无行政",
    ]
    private static let noFees: [Phrase] = ["未收取", "没有收取", "未产生", "没有产生", "未发生", "没有发生", "未向", "未收"]

    /// Nothing received, nobody sued, nothing charged.
    private func nothingDone(_ zone: Range<Int>, _ text: FoldedText) -> Work? {
        if text.contains("申请", in: zone), text.containsAny(Self.noApplications, in: zone) { return .applications }
        if text.containsAny(["处理费", "收费"], in: zone), text.containsAny(Self.noFees, in: zone) { return .fees }
        if text.containsAny(["复议", "诉讼"], in: zone), text.containsAny(Self.noDisputes, in: zone) { return .disputes }
        return nil
    }

    private static let holding: [Phrase] = ["共举办", "共开展", "共组织", "累计举办", "累计开展", "累计组织"]

    /// 2022年共举办培训3期: only with the word that makes it the sum of a whole year, and with nothing but the body itself before it.
    private func countsTraining(_ zone: Range<Int>, _ text: FoldedText) -> Bool {
        var start = zone.lowerBound
        if start < zone.upperBound, text[start] == "," { start += 1 }
        guard let verb = text.firstIndex(ofAny: Self.holding, in: start..<min(zone.upperBound, start + 30)),
            verb == start || isOwnSubject(start..<verb, text), !text.containsAny(Self.history, in: zone),
            let count = count(from: verb, before: min(zone.upperBound, verb + 30), text),
            "期次场".unicodeScalars.contains(count.measure)
        else { return false }
        return text.contains("培训", in: verb..<min(zone.upperBound, count.end + 8))
    }

    // MARK: - The overview, headings, the report itself, problems

    private static let attitudes: [Phrase] = [
        "认真贯彻", "认真落实", "深入贯彻", "全面贯彻", "严格按照", "严格落实", "严格执行", "高度重视", "坚持", "领导下", "指导下", "为指导", "紧紧围绕", "紧扣", "扎实推进",
        "扎实开展", "积极推进", "持续推进", "不断加强", "认真执行", "贯彻落实",
    ]

    /// 2022年，我局认真贯彻落实《条例》…: who, how, and the subject of the report.
    private func opensOverview(_ zone: Range<Int>, _ text: FoldedText) -> Bool {
        var start = zone.lowerBound
        if start < zone.upperBound, text[start] == "," { start += 1 }
        guard start + 2 < zone.upperBound, text.containsAny(["公开", "《条例》"], in: zone),
            text.containsAny(Self.attitudes, in: start..<min(zone.upperBound, start + 80))
        else { return false }
        if "我本全".unicodeScalars.contains(text[start]) { return true }
        guard let agency else { return false }
        // The name as in the title, or without the place in front of it.
        return (3...max(3, min(agency.count, 30))).contains { length in
            length <= agency.count && start + length <= zone.upperBound
                && agency.scalars[(agency.count - length)...].elementsEqual(text.scalars[start..<(start + length)])
        }
    }

    private static let headingWords: [Phrase] = [
        "总体", "主动公开", "依申请", "申请公开", "公开申请", "工作开展", "工作情况", "平台建设", "信息管理", "监督保障", "信息公开工作", "政务公开工作", "复议", "基本情况",
    ]
    private static let headingClosings: [Phrase] = ["情况", "概况", "概述"]
    private static let otherHeadings: [Phrase] = [
        "整改", "回顾", "比较", "问题", "打算", "思路", "安排", "预决算", "决算", "预算", "计划", "重点", "通报", "考核", "评估", "下一",
    ]

    /// 一、2022年总体情况, （一）2022年度主动公开情况.
    private func isHeading(_ mention: YearMention, _ sentence: Range<Int>, _ text: FoldedText, _ section: Int?) -> Bool
    {
        guard sentence.count <= 36, section != 5, mention.year < year else { return false }
        let from = text.endOfEnumerator(at: sentence.lowerBound)
        let end = mention.range.upperBound
        let before = from..<max(from, mention.range.lowerBound)
        guard mention.range.lowerBound >= from, before.isEmpty || isOwnSubject(before, text) else { return false }
        guard end < sentence.upperBound, !Self.continuations.contains(text[end]) || text[end] == "的" else {
            return false
        }
        return text.phrase(of: Self.headingClosings, before: sentence.upperBound, from: end) != nil
            && text.containsAny(Self.headingWords, in: end..<sentence.upperBound)
            && !text.containsAny(Self.otherHeadings, in: end..<sentence.upperBound)
            && !sentence.contains { text[$0] == "," }
    }

    private static let announcements: [Phrase] = [
        "现公布", "现向社会", "特向社会", "现将", "特公布", "现发布", "现予", "编制了", "编制", "向社会公布", "向社会公开", "面向社会",
    ]
    private static let papers: [Phrase] = ["年度报告", "工作报告", "年报", "工作情况", "公开情况"]
    private static let aboutPapers: [Phrase] = ["关于", "通知", "要求", "根据", "按照", "依据", "上一年度"]

    /// 现公布我局2022年政府信息公开工作年度报告: in the preface the paper is this one.
    private func isReport(_ mention: YearMention, _ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        let start = mention.range.lowerBound
        let end = mention.range.upperBound
        let near = max(sentence.lowerBound, start - 45)..<start
        let opening = Self.announcements.compactMap { word in
            text.firstIndex(of: word, from: near.lowerBound, before: near.upperBound).map { $0 + word.count }
        }.max()
        guard let opening, !text.containsAny(Self.aboutPapers, in: opening..<start) else { return false }
        let behind = end..<min(sentence.upperBound, end + 24)
        guard text.containsAny(["信息公开", "政务公开"], in: behind),
            let paper = Self.papers.compactMap({ word in
                text.firstIndex(of: word, from: behind.lowerBound, before: behind.upperBound).map { $0 + word.count }
            }).max()
        else { return false }
        return !text.containsAny(["编制", "通知", "有关事项", "格式"], in: paper..<min(sentence.upperBound, paper + 8))
    }

    private static let success: [Phrase] = ["虽", "取得", "有所", "成效"]
    private static let turn: [Phrase] = ["但", "仍", "还", "依然", "也"]
    private static let shortcomings: [Phrase] = ["存在", "不足", "差距", "问题"]

    /// 2022年，我局政府信息公开工作取得了一定成效，但仍存在….
    private func isProblem(_ zone: Range<Int>, _ text: FoldedText) -> Bool {
        text.containsAny(["信息公开", "政务公开"], in: zone) && text.containsAny(Self.success, in: zone)
            && text.containsAny(Self.turn, in: zone) && text.containsAny(Self.shortcomings, in: zone)
    }

    // MARK: - Several years side by side

    /// 2021年…；2022年…；2023年…: a neighbouring sentence says the same of another year.
    private func isOneOfSeries(_ value: Int, _ work: Work, _ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        let neighbours = [text.sentence(before: sentence), text.sentence(after: sentence)].compactMap(\.self)
        return neighbours.contains { states(work, ofOtherThan: value, in: $0, text) }
    }

    /// Whether a sentence makes a statement of the same kind for another year.
    func states(_ work: Work, ofOtherThan value: Int, in sentence: Range<Int>, _ text: FoldedText) -> Bool {
        if work == .heading || work == .report { return false }
        let other = text.yearMentions(in: sentence).first { mention in
            mention.year != value && leads(mention, sentence, text)
                && !text.isEnclosed(mention.range.lowerBound, in: sentence, brackets: false)
        }
        guard let other else { return false }
        switch work {
        case .opening, .problems: return !text.containsAny(Self.intentions, in: sentence)
        case .training: return text.contains("培训", in: sentence)
        default:
            return done(other.range.upperBound..<min(sentence.upperBound, other.range.upperBound + 200), text) == work
        }
    }

    /// Whether a year opens a statement, or the time of which one speaks: 进入2023年. In 公开2020年度决算 it belongs to a paper.
    private func leads(_ mention: YearMention, _ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        if lead(mention, sentence, text) != nil { return true }
        let start = mention.range.lowerBound
        return text.phrase(of: Self.times, before: start, from: text.endOfEnumerator(at: sentence.lowerBound)) != nil
    }

    private static let times: [Phrase] = ["进入", "步入", "迈入", "到了", "而", "自", "从"]

    /// Whether a text speaks of the report year in its own right, and not as of a plan.
    func speaksOfReportYear(_ text: FoldedText) -> Bool {
        text.yearMentions().contains { mention in
            guard mention.year == year else { return false }
            let sentence = text.sentence(around: mention.range.lowerBound)
            return !text.isEnclosed(mention.range.lowerBound, in: sentence)
                && !text.containsAny(Self.intentions, in: sentence)
        }
    }
}
