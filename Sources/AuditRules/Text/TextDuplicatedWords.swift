import ChineseText
import DocumentModel
import ReportModel

/// text.duplicated-words
enum TextDuplicatedWords: Rule {
    static let description = RuleDescription(
        "text.duplicated-words",
        Message("明显文字重复", "Word typed twice"),
        .info,
        checks: Message(
            "正文中下列单字紧挨着写了两遍：的、了、和、与、及、为、在、是、对、向、把、并、很、我、们、局，以及“公公开”“关于于”；下列词语紧挨着写了两遍："
                + "进一步、及时、认真、积极、切实、不断、严格、以及、按照、根据、由于、对于、政府信息公开、政务公开、我局、我县等。"
                + "前后文能把两个字分到两个词里的（目的的、为了了解、参与与、涉及及、和和谐、学习习近平、市市场监督、局局长、年年、层层、人人、村村通等）不报告；"
                + "两个字之间有空格或换行、三个以上连写、相邻各字都成对的，也不报告。",
            "One of these characters stands twice in a row in running text: 的 了 和 与 及 为 在 是 对 向 把 并 很 我 们 局, also "
                + "公公开 and 关于于; or one of these words does: 进一步 及时 认真 积极 切实 不断 严格 以及 按照 根据 由于 对于 "
                + "政府信息公开 政务公开 我局 我县 and the like. Not where the characters belong to two words (目的的, 为了了解, 参与与, "
                + "涉及及, 和和谐, 学习习近平, 市市场监督, 局局长, 年年, 层层, 人人, 村村通), where a blank or a line stands between them, in "
                + "runs of three, or where the neighbours are doubled as well."
        ),
        rationale: Message(
            "年度报告是对外公布的正式文本，重复的字词说明发布前没有校对。",
            "The report is a published official text; a word typed twice shows that nobody proofread it."
        ),
        basis: Clause.practice,
        hint: Message("核对原文，删去多出的字词。", "Compare with the original and delete the surplus word."),
        blindSpots: Message(
            "只查上述字词，不查标题、表格和落款。“将将”“以以”“公开公开”“工作工作”“保障保障”“情况情况”等两种读法都通的（我局将将其纳入、以以案促改为契机、"
                + "主动公开公开目录、公开工作工作机制、完善保障保障性住房）不报告；标点重复多由转换造成，不报告。",
            "These characters and words only, and not in the title, tables and signature. What reads well both ways (我局将将其纳入, "
                + "以以案促改为契机, 主动公开公开目录, 公开工作工作机制, 完善保障保障性住房) is left alone, and so is doubled punctuation, which "
                + "conversions leave behind."
        ),
        failing: [
            Example(2023, ("工作平稳有序。", "围绕重大政策的的出台开展解读。")),
            Example(2023, ("工作平稳有序。", "取得了了明显成效。")),
            Example(2023, ("工作平稳有序。", "水利局局按照要求公开。")),
            Example(2023, ("工作平稳有序。", "下一步将进一步进一步提高公开质量。")),
            Example(2023, ("工作平稳有序。", "关于于2023年工作要点的公开情况。")),
        ],
        passing: [
            Example(2023, ("工作平稳有序。", "以便民为目的的公开，为了了解群众需求，鼓励公众参与与监督。")),
            Example(2023, ("工作平稳有序。", "学习习近平总书记重要讲话，青禾市市场监督管理局局长到会，层层落实，人人有责，年年更新，村村通广播。")),
            Example(2023, ("工作平稳有序。", "公开开展情况，工作作为重点，成为为民服务的窗口，促进和谐，推进和和美乡村建设。")),
            Example(2023, ("工作平稳有序。", "存在在线答复不及时、涉及及时性的问题，关键是是否落实。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        for prose in report.preface { collect(prose, &findings) }
        for section in report.sections {
            for prose in section.paragraphs { collect(prose, &findings) }
        }
        return .result(findings)
    }

    private static func collect(_ prose: Prose, _ findings: inout [Finding]) {
        for range in places(prose.folded) {
            let text = prose.folded
            let context = max(0, range.lowerBound - 8)..<min(text.count, range.upperBound + 8)
            let found = text.quote(range, in: prose.raw)
            findings.append(
                Finding(
                    .info,
                    Message("“\(found)”疑似重复。", "“\(found)” looks like a word typed twice."),
                    at: Location(
                        section: prose.section,
                        source: prose.source,
                        quote: text.quote(context, in: prose.raw)
                    )
                )
            )
        }
    }

    // MARK: - What is looked for

    /// A character that nobody writes twice, but where its neighbours make two words of the two.
    private struct Doubling {
        /// What stands twice.
        let scalar: Unicode.Scalar
        /// Characters before the pair that form a word with its first half: 目的|的.
        let wordEnds: [Unicode.Scalar]
        /// Characters behind the pair that form a word with its second half: 为了|了解.
        let wordBegins: [Unicode.Scalar]
        /// When not empty: only these characters behind the pair (or a digit, a mark, the end) leave one reading.
        let followers: [Unicode.Scalar]
        /// When not empty: only these characters before the pair (or a mark, the beginning) leave one reading.
        let leaders: [Unicode.Scalar]

        init(
            _ scalar: Unicode.Scalar,
            behind ends: String,
            before begins: String,
            only followers: String = "",
            onlyBehind leaders: String = ""
        ) {
            self.scalar = scalar
            wordEnds = Array(ends.unicodeScalars)
            wordBegins = Array(begins.unicodeScalars)
            self.followers = Array(followers.unicodeScalars)
            self.leaders = Array(leaders.unicodeScalars)
        }
    }

    private static let doublings: [Doubling] = [
        // 目的|的, 标的|的, 有的|的, 打的|的, 之的, 美的|的, 似的|的; 的|的确, 的|的士, 的|的哥, 的|的姐, 红的|的话, 的的喀喀.
        Doubling("的", behind: "目标有打之美似中鹄靶", before: "确士哥姐话喀"),
        // 为了|了解, 了|了结, 了|了断, 不|了了之, 了|了望, 了|了如指掌, 了|了却, 了|了然, 了|了无, 了|了不起, 小时|了了.
        Doubling("了", behind: "不时罢", before: "解结断之如望却然无不事账债悟得"),
        // 温和|和, 总和|和, 饱和|和, 调和|和, 共和|和, 呼和|和, counties and streets ending in 和; 和|和谐, 和|和平, 和|和解, 和|和美, 和|和顺 …
        Doubling(
            "和",
            behind: "温平缓柔总饱亲祥调共中随谐永泰政义人太云嘉仁清融求之兴德民安广元协保顺宁致信呼暖淡应唱附讲议媾违",
            before: "谐平解美睦气顺田龙县静政布林合缓善声好蔼衷约议乐硕风畅悦洽盘棋弦众尚会会悦而为"
        ),
        // 参与|与, 给与|与, 赋与|与, 付与|与, 相与|与; 与|与会, 与|与时俱进, 与|与其, 与|与否, 与|与人为善, 与|与日俱增, 与|与众不同.
        Doubling("与", behind: "参给赋付授干相施寄赠赐", before: "会时其否人日众民世生共国虎"),
        // 以及|及, 涉及|及, 普及|及, 触及|及, 顾及|及, 提及|及, 推及|及; 及|及时, 及|及其, 及|及格, 及|及早, 及|及第, 及|及至.
        Doubling("及", behind: "以涉普波触顾埃危推累遍言提论企殃料谈惠旁不来", before: "时其格早第至待物笄门锋"),
        // 成为|为, 作为|为, 归结为|为: any verb may take 为, so only behind a body, a term or a mark; 为|为民, 为|为了, 为|为期 …
        Doubling(
            "为",
            behind: "",
            before: "民人企了期止何难伍数非首主所生师例限由此准荣农老先善政",
            only: "",
            onlyBehind: "局镇县市区乡厅道府室关门位限量额导"
        ),
        // 存在|在, 正在|在建, 现在|在, 内在|在 …; 在|在线, 在|在建, 在|在职, 在|在校, 在|在编, 在|在岗, 在|在册, 在|在场 …
        Doubling(
            "在",
            behind: "存现正潜内外实好所旨重贵自何健志仍就不意难要功胜常尚处还均都也能关同",
            before: "线建职校编岗册场外京此押读逃途营院家村任研售内籍即乎于意座望案先身位世野朝握手学库谈"
        ),
        // 但是|是, 还是|是, 求是|是, 一是|是 …; 是|是否, 是|是非.
        Doubling("是", behind: "但还只就可总若要不于凡正都求国一二三四五六七八九十也又既算便即老乃硬自或如像此今先本唯却倒", before: "否非"),
        // 应对|对, 针对|对, 面对|对, 核对|对, 校对|对, 绝对|对, 相对|对 …; 对|对口, 对|对外, 对|对象, 对|对照, 对|对接, 对|对应, 对|对标 …
        Doubling(
            "对",
            behind: "应针面核校绝相反比一配结派作查不敌队两双成匹答质",
            before: "口外象照接应联标比话策方手账等立称流垒簿质抗岸开峙撞内下上准位换调折路偶号味"
        ),
        // 方向|向, 面向|向, 导向|向, 倾向|向 …; 向|向阳, 向|向好, 向|向上, 向|向下, 向|向往, 向|向来, 向|向导.
        Doubling("向", behind: "方意导定倾一趋走偏双面志反转横纵内外所取去动流单多朝投风逆纬经轴", before: "阳好上下善前往来心导日量着北南东西荣背"),
        // 一把|把; 把|把关, 把|把握, 把|把脉, 把|把控, 把|把手, 把|把柄, 把|把守, 把|把持.
        Doubling("把", behind: "一两火拖门车几每", before: "关握脉控手柄守持门酒总势戏稳式子牢"),
        // 合并|并, 兼并|并, 吞并|并, 归并|并; 并|并非, 并|并行, 并|并轨, 并|并购, 并|并存, 并|并且, 并|并网, 并|并联.
        Doubling("并", behind: "合兼吞一火归裁撤", before: "非行轨处购存且网联不无列发举重进肩用排案入集州"),
        // No word begins or ends so.
        Doubling("很", behind: "", before: ""),
        // 自我|我, 忘我|我; 我行我素.
        Doubling("我", behind: "自大小忘敌唯毋", before: "行"),
        Doubling("们", behind: "", before: ""),
        // 局|局长, 局|局机关, 局|局属 …: too many words begin with 局, so only in front of what begins another word.
        Doubling("局", behind: "全各当布结格时大开棋僵破定战败残胜", before: "", only: "按在将对认高坚积严根与和的为以始切深紧从也已未共被把通制收"),
    ]

    /// Words that are typed twice and never meant twice; the longer ones first.
    private static let words: [Phrase] = [
        "政府信息公开", "进一步", "我街道", "本机关", "本单位", "我单位", "政务公开", "及时", "认真", "积极", "切实", "不断", "严格", "以及", "按照", "根据",
        "由于", "对于", "并且", "但是", "我局", "我县", "我镇", "我市", "我区", "我乡", "我委", "我办", "我厅", "我省",
    ]

    /// 公公开, 关于于, 主动向向 …: what the table of single characters cannot tell.
    private struct Stutter {
        let words: Phrase
        /// Where in the words the pair stands.
        let pair: Int
        /// Characters before the words that form a word with their first character.
        var wordEnds: [Unicode.Scalar] = []
    }

    private static let stutters: [Stutter] = [
        // 办公|公开, 充公, 对公|公开, 奉公, 因公 are words of their own.
        Stutter(words: "公公开", pair: 0, wordEnds: Array("办充对因奉社主罪公".unicodeScalars)),
        // 于 is a name, too (于洪区, 于某): only in front of a number or a title.
        Stutter(words: "关于于2", pair: 1), Stutter(words: "关于于《", pair: 1), Stutter(words: "由于于2", pair: 1),
        Stutter(words: "对于于2", pair: 1),
        // 动向|向 is a word, 主动向|向 none.
        Stutter(words: "主动向向", pair: 2),
    ]

    // MARK: - Search

    /// Where words stand twice in a folded text.
    static func places(_ text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = 0
        while let next = text.scalars.withUnsafeBufferPointer({ firstReturn(in: $0, from: index) }) {
            index = next
            let scalar = text[index]
            if scalar == text[index + 1] {
                var end = index + 2
                while end < text.count, text[end] == scalar { end += 1 }
                if end == index + 2, isTypedTwice(text, index) { result.append(index..<end) }
                index = end
            } else if let length = doubledWord(text, index) {
                result.append(index..<(index + 2 * length))
                index += 2 * length
            } else {
                index += 1
            }
        }
        return result
    }

    /// The first Han character at or after `start` that comes again where a doubled character or word has it. Every character of a
    /// report is asked, and hardly one answers yes: without checks of bounds this takes a third of the time.
    private static func firstReturn(in text: UnsafeBufferPointer<Unicode.Scalar>, from start: Int) -> Int? {
        var index = start
        while index + longestWord < text.count {
            let scalar = text[index]
            if scalar == text[index + 1] || scalar == text[index + 2] || scalar == text[index + 3]
                || scalar == text[index + 4] || scalar == text[index + longestWord], scalar.value >= 0x4E00
            {
                return index
            }
            index += 1
        }
        // The end of the text, where not all of these are within.
        return (index..<text.count).first { index in
            text[index].value >= 0x4E00 && text[(index + 1)...].prefix(longestWord).contains(text[index])
        }
    }

    private static func isTypedTwice(_ text: FoldedText, _ index: Int) -> Bool {
        guard isContiguous(text, index, 2) else { return false }
        // 和和美美, and the double print of a bold letter that a PDF reports twice.
        if index + 3 < text.count, text[index + 2] == text[index + 3] { return false }
        if index >= 2, text[index - 1] == text[index - 2] { return false }
        let before = index > 0 ? text[index - 1] : nil
        let after = index + 2 < text.count ? text[index + 2] : nil
        if isStutter(text, index) { return true }
        guard let doubling = doublings.first(where: { $0.scalar == text[index] }) else { return false }
        if let before {
            if doubling.wordEnds.contains(before) { return false }
            if !doubling.leaders.isEmpty, !doubling.leaders.contains(before), !isMark(before) { return false }
        }
        guard let after else { return true }
        if doubling.wordBegins.contains(after) { return false }
        return doubling.followers.isEmpty || doubling.followers.contains(after) || after.isASCIIDigit || isMark(after)
    }

    private static func isStutter(_ text: FoldedText, _ index: Int) -> Bool {
        stutters.contains { stutter in
            let start = index - stutter.pair
            guard text.has(stutter.words, at: start) else { return false }
            return start == 0 || !stutter.wordEnds.contains(text[start - 1])
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { ",。;:、!?()\"》".unicodeScalars.contains(scalar) }

    /// The length of a listed word that stands at `index` and once more right behind itself.
    private static func doubledWord(_ text: FoldedText, _ index: Int) -> Int? {
        for length in wordLengths {
            guard index + 2 * length <= text.count, text[index] == text[index + length],
                text[index + 1] == text[index + length + 1],
                let word = words.first(where: { $0.count == length && text.has($0, at: index) }),
                text.has(word, at: index + length), isContiguous(text, index, 2 * length)
            else { continue }
            // 根据|根据地
            if word.scalars == baseArea.scalars, text.has("地", at: index + 4) { return nil }
            return length
        }
        return nil
    }

    private static let wordLengths = [2, 3, 4, 6]
    private static let longestWord = 6
    private static let baseArea: Phrase = "根据"

    /// Whether the document has the characters side by side: a blank or a line between them may be one between two words.
    private static func isContiguous(_ text: FoldedText, _ start: Int, _ length: Int) -> Bool {
        text.isContiguous(start..<(start + length))
    }
}
