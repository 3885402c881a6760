// Section 一: the five aspects that 30号 asks for, in the forms offices give them, with the numbers that they state.

extension Writer {
    mutating func overview() -> [Paragraph] {
        var paragraphs = [
            Paragraph(
                text: pick([
                    "{Y}年，{we}把公开透明作为法治建设的基础环节，对照年度要点逐项分解任务，公开质量稳步提高。",
                    "一年来，{we}坚持以群众需要为出发点，健全工作机制，细化责任到岗，{Y}年各项公开任务按期完成。",
                    "{Y}年以来，{we}认真执行《中华人民共和国政府信息公开条例》，结合本地实际推进公开工作，有关情况如下：",
                    "围绕{Y}年重点任务，{we}以制度促规范、以公开促服务，工作呈现新的面貌。",
                    "{Y}年度，{we}在{R}政务公开工作领导小组指导下，坚持以公开为常态、不公开为例外，较好完成了全年任务。",
                ]),
                tag: .opening
            )
        ]
        let topics: [(heading: [String], prose: String, body: String)] = [
            (
                ["主动公开情况", "主动公开政府信息情况", "主动公开", "抓实主动公开，扩大公开覆盖面", "政府信息主动公开持续深化", "聚焦民生关切做好主动公开"],
                "在主动公开方面，", proactive()
            ),
            (
                ["依申请公开情况", "依申请公开", "依申请公开办理情况", "规范办理依申请公开", "依申请公开服务不断改进", "收到和处理依申请公开"],
                "依申请公开方面，", applications()
            ),
            (
                ["政府信息管理情况", "政府信息管理", "加强政府信息管理", "政府信息管理更加规范", "从严从实抓好政府信息管理"], "政府信息管理方面，",
                management()
            ),
            (
                [
                    "政府信息公开平台建设情况", "平台建设", "政府信息公开平台建设", "加强平台建设，拓宽公开渠道", "公开平台建设取得成效", "持续完善公开平台建设",
                ], "平台建设方面，", platform()
            ),
            (["监督保障情况", "监督保障", "强化监督保障", "监督保障方面", "监督保障有力有效"], "监督保障上，", supervision()),
        ]
        for (index, topic) in topics.enumerated() {
            if style.subHeading == 8 {
                paragraphs.append(Paragraph(text: topic.prose + topic.body, tag: .topic(index + 1)))
            } else {
                paragraphs += subsection(index + 1, rng.pick(topic.heading), topic.body, .topic(index + 1))
            }
        }
        let traps = traps(rng.pick([0, 1, 1, 2, 3]))
        paragraphs += traps.map { Paragraph(text: $0, tag: .trap) }
        return paragraphs
    }

    /// A sub-heading with its text, in this writer's manner.
    mutating func subsection(_ index: Int, _ heading: String, _ body: String, _ tag: Paragraph.Tag) -> [Paragraph] {
        let chinese = ["一", "二", "三", "四", "五", "六"][index - 1]
        let enclosed = String(Character(Unicode.Scalar(UInt32(0x3220 + index - 1)) ?? "㈠"))
        switch style.subHeading {
        case 0: return [Paragraph(text: "（\(chinese)）\(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        case 1: return [Paragraph(text: "（\(chinese)）\(heading)。\(body)", tag: tag)]
        case 2: return [Paragraph(text: "(\(chinese)) \(heading)。\(body)", tag: tag)]
        case 3: return [Paragraph(text: "(\(chinese))\(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        case 4: return [Paragraph(text: "\(index).\(heading)。\(body)", tag: tag)]
        case 5: return [Paragraph(text: "\(chinese)是\(heading)。\(body)", tag: tag)]
        case 6: return [Paragraph(text: "\(enclosed)\(heading)：\(body)", tag: tag)]
        case 9: return [Paragraph(text: "\(index).\(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        case 10: return [Paragraph(text: "（\(chinese)）\(heading)：\(body)", tag: tag)]
        default:
            return [Paragraph(text: "\(chinese)) \(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        }
    }

    private mutating func proactive() -> String {
        var text = pick([
            "坚持应公开尽公开，通过门户网站、公示栏等渠道及时发布群众关心的内容。",
            "{we}对主动公开目录作了更新，凡涉及办事流程的材料一律上网。", "围绕民生实事落实主动公开要求，做到内容准确、更新及时。",
            "公开{P}年度部门决算和{Y}年度部门预算，及时更新机构职能和领导分工。",
        ])
        let subjects = rng.shuffled(["全年共主动公开政府信息", "{Y}年通过各渠道合计发布信息", "重点领域专栏累计更新内容"])
        text += breakdown(of: fill(subjects[0]))
        if rng.chance(40) { text += breakdown(of: fill(subjects[1])) }
        return text
    }

    /// A total with its parts, which add up wherever the list claims to be whole.
    mutating func breakdown(of subject: String) -> String {
        chooseNotation()
        let list = newList()
        let unit = rng.pick(["条", "条", "篇", "件"])
        let names = rng.shuffled([
            "工作动态类", "政策文件类", "通知公告类", "财政预决算", "人事信息", "规划计划类", "统计数据", "重点领域信息", "机构职能类",
        ])
        let count = rng.int(3...6)
        var values: [Int] = []
        for _ in 0..<count {
            values.append(rng.chance(70) ? rng.int(1...60) : rng.int(1...900))
        }
        let total = values.reduce(0, +)
        func mark(_ writer: inout Writer, _ value: Int) -> String {
            writer.number(value, role: .listPart(list: list))
        }
        switch rng.int(0...11) {
        case 0, 1, 2:
            let opening = rng.pick(["，其中：", "，其中", "。其中，", "，包括", "，包含"])
            let comma = rng.pick(["，", "、", "；"])
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)\(opening)"
                + parts.joined(separator: comma) + "。"
        case 3:
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)（含"
                + parts.joined(separator: "、") + "）。"
        case 4:
            let parts = values.map { "\(mark(&self, $0))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + names.prefix(count).joined(separator: "、") + "分别为" + parts.joined(separator: "、") + "。"
        case 5:
            let parts = zip(names, values).map { "发布\(mark(&self, $1))\(unit)\($0.hasSuffix("信息") ? $0 : $0 + "信息")" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + parts.joined(separator: "，") + "。"
        case 6:
            // Two levels: 另外 goes on with the outer list. Where it does not add up, 另外 may as well mean something beside
            // the total, so no finding is owed for these two numbers.
            let rest = rng.int(1...300)
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            let whole = number(total + rest, role: .alone)
            let site = number(total, role: .listTotal(list: list))
            let other = number(rest, role: .alone)
            return "\(subject)\(whole)\(unit)，其中门户网站公开\(site)\(unit)，包括"
                + parts.joined(separator: "，") + "。另外微信公众号公开\(other)\(unit)。"
        case 7:
            let channels = ["门户网站", "微信公众号", "政务微博", "公示栏", "政府公报", "新闻媒体"]
            let parts = zip(channels, values).map { "通过\($0)公开\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + parts.joined(separator: "，") + "。"
        case 8:
            // Words of approximation bind nobody, and parts in another measure word add up to nothing.
            let round = rng.int(3...90) * 100
            return rng.pick([
                "\(subject)\(round)余\(unit)，其中政策解读\(round / 2)余\(unit)、办事指南近\(round)\(unit)。",
                "\(subject)近\(round)\(unit)，其中图解\(rng.int(2...90))期、短视频\(rng.int(2...90))个、直播\(rng.int(2...9))场。",
                "\(subject)超过\(round)\(unit)，较上年增加\(rng.int(2...90))\(unit)。",
            ])
        case 9:
            // Each item with a list of its own; 以及 closes the outer one.
            let inner = newList()
            let rest = values[1...].reduce(0, +)
            let whole = number(total, role: .listTotal(list: list))
            let site = mark(&self, values[0])
            let first = rng.int(0...values[0])
            let part = number(first, role: .listPart(list: inner))
            let other = number(values[0] - first, role: .listPart(list: inner))
            return "\(subject)\(whole)\(unit)，其中门户网站\(site)\(unit)（含动态类\(part)\(unit)、文件类\(other)\(unit)），"
                + "新媒体\(mark(&self, rest))\(unit)。"
        case 10:
            let parts = zip(names, values).map { "\(mark(&self, $1))\(unit)\($0)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，分别为"
                + parts.joined(separator: "、") + "。"
        default:
            let part = number(min(values[0], total), role: .selection(list: list))
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中政策解读\(part)\(unit)。"
        }
    }

    private mutating func applications() -> String {
        chooseNotation()
        let opening = pick([
            "畅通申请渠道，完善登记、审核、答复流程。", "{we}修订依申请公开办理规程，明确承办时限，做到依法答复。", "",
            "严格依照《条例》办理依申请公开事项，注重与申请人沟通。",
        ])
        var text = opening + (value(.received) == 0 ? noApplications() : someApplications())
        if rng.chance(60) { text += disputes() }
        return text
    }

    private mutating func disputes() -> String {
        let reconsiderations = value(.reconsiderations)
        let litigation = value(.litigation)
        if reconsiderations + litigation == 0, rng.chance(80) {
            let mark = zeroInWords(.noDisputes)
            return pick([
                "全年未发生因政府信息公开引起的行政复议、行政诉讼\(mark)。", "没有因政府信息公开被申请行政复议或提起行政诉讼\(mark)。",
                "{Y}年，{we}无政府信息公开行政复议和行政诉讼案件\(mark)。",
            ])
        }
        let list = newList()
        switch rng.int(0...3) {
        case 0 where reconsiderations > 0:
            let total = number(reconsiderations, .reconsiderations, role: .listTotal(list: list))
            let outcomes = [("结果维持", "upheld"), ("结果纠正", "corrected"), ("其他结果", "other"), ("尚未审结", "pending")]
                .map { name, column in
                    let claim = Claim.reconsiderationOutcome(column)
                    return "\(name)\(number(value(claim), claim, role: .listPart(list: list)))件"
                }
            return "因政府信息公开被申请行政复议\(total)件，其中" + outcomes.joined(separator: "、") + "。"
        case 1 where litigation > 0:
            let first = number(reconsiderations, .reconsiderations)
            let second = number(litigation, .litigation, role: .listTotal(list: list))
            let direct = number(value(.directLitigation), .directLitigation, role: .listPart(list: list))
            let after = number(
                value(.litigationAfterReconsideration),
                .litigationAfterReconsideration,
                role: .listPart(list: list)
            )
            return "政府信息公开行政复议案件\(first)件；行政诉讼案件\(second)件，其中未经复议直接起诉\(direct)件、复议后起诉\(after)件。"
        default:
            let first = number(reconsiderations, .reconsiderations)
            let second = number(litigation, .litigation)
            return pick([
                "因政府信息公开引发行政复议\(first)件、行政诉讼\(second)件。", "政府信息公开类行政复议\(first)件，行政诉讼\(second)件。",
                "全年发生因政府信息公开申请引起的行政复议案件\(first)件，行政诉讼案件\(second)件。",
            ])
        }
    }

    mutating func noApplications() -> String {
        if rng.chance(40) {
            let zero = number(0, .received, plain: rng.chance(90))
            switch rng.int(0...3) {
            case 0: return fill("{Y}年，{we}共收到政府信息公开申请\(zero)件。")
            case 1: return fill("{Y}年度受理依申请公开\(zero)件。")
            case 2: return fill("本年度接收依申请公开政府信息\(zero)份。")
            default:
                let carried = number(0, .carriedOver, plain: true)
                return "全年新收政府信息公开申请\(zero)件，上年结转政府信息公开申请\(carried)件。"
            }
        }
        let mark = zeroInWords(.noApplications)
        return pick([
            "{Y}年，{we}未收到政府信息公开申请\(mark)。", "本年度未接到公民、法人和其他组织提出的政府信息公开申请\(mark)。",
            "{Y}年度{we}无依申请公开事项\(mark)。", "全年没有收到依申请公开政府信息的申请\(mark)。",
            "{Y}年{we}未受理过政府信息公开申请\(mark)。", "本年度无公民、法人或其他组织向{we}申请政府信息公开\(mark)。",
            "截至{Y}年12月31日，{we}未收到以书面、网络等方式提出的信息公开申请\(mark)。",
        ])
    }

    mutating func someApplications() -> String {
        let unit = rng.pick(["件", "件", "件", "件", "份", "条", "宗"])
        let new = value(.received)
        let carried = value(.carriedOver)
        let answered = cells[CellPath("applications", "3.7", "total")]?.integerPart ?? 0
        let forward = value(.carriedForward)
        let list = newList()
        var role = StatedNumber.Role.alone
        // With the carried-over ones counted in, or without: both usages are common.
        let counted = carried > 0 && rng.chance(30) ? new + carried : new
        let verb = pick([
            "全年共收到政府信息公开申请", "{Y}年，{we}收到政府信息公开申请", "{Y}年度共受理依申请公开", "本年度新收政府信息公开申请", "全年接收依申请公开政府信息",
            "{Y}年全年收办政府信息公开申请案件",
        ])
        // 新收 says that nothing carried over is counted.
        let count = verb.contains("新收") ? new : counted
        var tail = ""
        switch rng.int(0...6) {
        case 0:
            let persons = value(.naturalPersons)
            let own = count == new ? persons : (Claim.naturalPersons.accepted(in: cells)?.last ?? persons)
            role = .listTotal(list: list)
            let first = number(own, .naturalPersons, role: .listPart(list: list))
            let second = number(count - own, .organisations, role: .listPart(list: list))
            tail = rng.pick([
                "，其中自然人申请\(first)\(unit)，法人或其他组织申请\(second)\(unit)。",
                "。其中，自然人\(first)\(unit)、法人或其他组织\(second)\(unit)。",
            ])
        case 1:
            role = .listTotal(list: list)
            let channels = rng.shuffled(["当面申请", "网络申请", "信函申请"])
            let parts = zip(channels, rng.split(count, into: 3))
                .map { "\($0)\(number($1, role: .listPart(list: list)))\(unit)" }
            tail = "，其中" + parts.joined(separator: "，") + "。"
        case 2 where answered > 0 || forward > 0:
            tail = "。" + results(unit, answered: answered, forward: forward)
        case 3:
            // The channels in brackets add up to the total, not to the columns of applicants.
            role = .listTotal(list: list)
            let parts = zip(["信件申请", "网络申请"], rng.split(count, into: 2))
                .map { "\($0)\(number($1, role: .listPart(list: list)))\(unit)" }
            let text = "\(verb)\(number(count, .received, role: role))\(unit)（其中" + parts.joined(separator: "，") + "）"
            return text + rng.pick(["，均已答复。", "，均在法定期限内答复。", "。"])
        case 4:
            let done = number(answered, .answered)
            tail = "，办结\(done)\(unit)"
            if forward > 0 || rng.chance(30) { tail += "，结转下年度继续办理\(number(forward, .carriedForward))\(unit)" }
            tail += "。"
        default:
            // 同比 makes the clause loose for a reader (domain.md §4), and the rate is nobody's total.
            tail = rng.pick(["，均依法答复。", "，均在法定期限内办理。", "。", "，同比增长12.3%。", "，较上年减少3件。"])
        }
        let certain = !tail.contains("同比") && !tail.contains("较上年")
        var text = "\(verb)\(number(count, .received, certain: certain, role: role))\(unit)"
        if count != new {
            text += "（含上年结转\(number(carried, .carriedOver, certain: certain))\(unit)）"
        } else if carried > 0, role == .alone, rng.chance(50) {
            text += "，上年结转\(number(carried, .carriedOver, certain: certain))\(unit)"
        }
        return text + tail
    }

    mutating func results(_ unit: String, answered: Int, forward: Int) -> String {
        let list = newList()
        var kinds: [(String, Claim)] = [
            ("予以公开", .granted), ("部分公开", .partlyGranted), ("不予公开", .denied), ("无法提供", .unavailable),
            ("不予处理", .refused), ("其他处理", .otherwise),
        ]
        if rng.chance(15) { kinds.replaceSubrange(0...1, with: [("予以公开和部分公开", .grantedOrPartly)]) }
        // Offices leave out what is 0, or say so.
        if rng.chance(50) { kinds.removeAll { value($0.1) == 0 } }
        let verb = rng.pick(["共办结", "已办结", "全年答复"])
        let total = number(answered, .answered, role: .listTotal(list: list))
        guard !kinds.isEmpty else { return "\(verb)\(total)\(unit)。" }
        let parts = kinds.map { "\($0)\(number(value($1), $1, role: .listPart(list: list)))\(unit)" }
        var text = "\(verb)\(total)\(unit)" + rng.pick(["，其中", "，其中：", "。其中，"])
        text += parts.joined(separator: rng.pick(["，", "、"])) + "。"
        if forward > 0 { text += "另有\(number(forward, .carriedForward))\(unit)结转下年度继续办理。" }
        return text
    }

    private mutating func management() -> String {
        chooseNotation()
        var text = pick([
            "落实先审后发，政府信息发布前逐条做保密审查，文件公开属性随文确定。", "对历史文件开展清理，逐件标注时效，政府信息管理台账每季核对。",
            "建立信息源头认定制度，承办人拟定公开属性，分管负责人把关，档案同步归集。",
        ])
        guard rng.chance(50) else { return text }
        if form == .edition2021 {
            let made = number(value(.documentsMade), .documentsMade)
            let repealed = number(value(.documentsRepealed), .documentsRepealed)
            let inForce = number(value(.documentsInForce), .documentsInForce)
            text += pick([
                "{Y}年制发行政规范性文件\(made)件，废止\(repealed)件，现行有效\(inForce)件。",
                "全年共制发行政规范性文件\(made)件、废止行政规范性文件\(repealed)件，现行有效行政规范性文件\(inForce)件。",
                "{Y}年共制发行政规范性文件\(made)件，废止\(repealed)件，截至年底现行有效\(inForce)件，均已集中公开。",
            ])
        } else {
            let made = number(value(.documentsMade), .documentsMade)
            text += pick(["{Y}年新制作规范性文件\(made)件。", "全年制定规范性文件\(made)件。"])
        }
        if rng.chance(40) {
            let licences = number(value(.licences), .licences)
            let penalties = number(value(.penalties), .penalties)
            text += pick([
                "全年作出行政许可决定\(licences)件，作出行政处罚决定\(penalties)件。",
                "{Y}年，{we}作出行政许可处理决定\(licences)件、行政处罚处理决定\(penalties)件。",
            ])
        }
        return text
    }

    private mutating func platform() -> String {
        chooseNotation()
        var text = pick([
            "以门户网站为主平台，政务新媒体协同发布，按月巡查栏目更新。", "升级政府信息公开专栏，增设检索入口，网站与微信公众号内容同源。",
            "优化网站栏目，做好政务新媒体备案和日常维护，线下查阅点保持开放。",
        ])
        if rng.chance(35) {
            let list = newList()
            let values = [rng.int(1...3), rng.int(1...9), 1]
            let total = number(values.reduce(0, +), role: .listTotal(list: list))
            let parts = zip(["微博", "微信公众号", "客户端"], values)
                .map { "\($0)\(number($1, role: .listPart(list: list)))个" }
            text += "现有政务新媒体账号共\(total)个，其中" + parts.joined(separator: "，") + "。"
        }
        return text
    }

    private mutating func supervision() -> String {
        var texts = [
            "明确分管负责人和专职人员，组织业务培训3次，主动接受社会监督。",
            "建立每月自查、每季通报机制，举办培训班2期，受训126人次；公布监督电话，接受群众监督。",
            "开展专题培训，邀请监督员走进机关；{Y}年未接到有关公开工作的投诉举报。",
        ]
        // Of a government the words below are a duty of their own, written elsewhere.
        if !agency.isPeoplesGovernment {
            texts += ["健全考核办法，开展专题培训，邀请群众代表评议，把公开工作列入内部考核。"]
        }
        return pick(texts)
    }

    /// 工作考核、社会评议和责任追究 of a government, where offices put it: mostly in 一, but 条例 Art 50 ties it to no section.
    mutating func accountability(in sections: inout [Section]) -> String? {
        guard agency.isPeoplesGovernment else { return nil }
        let text = pick([
            "政府信息公开继续列入年度工作考核；组织社会评议一轮，群众总体满意；全年没有需要责任追究的情形。",
            "工作考核按季度开展，结果及时通报；社会评议由第三方独立实施；{Y}年未发生责任追究事项。",
            "将政务公开纳入绩效考核，占4%权重；开展社会评议，满意率96.5%；全年未发生责任追究情况。",
            "工作考核、社会评议和责任追究情况：考核结果纳入综合评价，评议总体良好，无责任追究情形。",
            "严格落实工作考核制度，定期组织社会评议，强化责任追究，{Y}年度无单位和个人被追究责任。",
            "对各单位公开工作实行年度考核，公开接受社会评议，对落实不力的依规追究责任，全年没有此类情况。",
        ])
        let body = sections[0].body
        switch rng.int(0...9) {
        case 0...3:
            let heading = rng.pick(["工作考核、社会评议和责任追究情况", "工作考核、社会评议、责任追究结果", "考核评议和责任追究"])
            // Behind the five aspects, before whatever else is said.
            let end = body.lastIndex { $0.tag == .topic(5) } ?? body.count - 1
            let paragraphs = subsection(6, heading, text, .topic(6)).map { Paragraph(text: $0.text, tag: .topic(6)) }
            sections[0].body.insert(contentsOf: paragraphs, at: end + 1)
        case 4...6:
            if let index = body.lastIndex(where: { $0.tag == .topic(5) }) { sections[0].body[index].text += text }
        case 7: sections[0].body.append(Paragraph(text: text))
        case 8: sections[4].body.append(Paragraph(text: text))
        default: sections[5].body.append(Paragraph(text: text))
        }
        return text
    }
}
