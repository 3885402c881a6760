import ReportGenerator

/// Reports to measure with: both editions, every shape, all different, ~10 KB each. The same on every machine.
struct Corpus {
    /// Real reports have 6 to 15 KB as text; those of the generator, which is sparing with prose, 4 to 7.
    static let bytes = 10_000

    let reports: [(text: [UInt8], shape: TextShape)]

    /// `count` reports from `seed` on.
    init(count: Int, seed: UInt64) {
        var generator = ReportGenerator(seed: seed)
        let kinds = TextShape.allCases.flatMap { shape in FormEdition.allCases.map { (shape, $0) } }
        reports = (0..<count).map { index in
            let (shape, edition) = kinds[index % kinds.count]
            let report = generator.report(edition: edition, shape: shape, options: .init(busy: index % 2 == 0))
            return (Array(Self.filled(report.text).utf8), shape)
        }
    }

    /// Mean size in bytes.
    var meanBytes: Int { reports.reduce(0) { $0 + $1.text.count } / max(1, reports.count) }

    /// `text` with more prose after its first paragraph, which stands before the tables.
    private static func filled(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let paragraph = lines.firstIndex(where: { $0.unicodeScalars.count > 40 && !$0.contains("|") }) else {
            return text
        }
        var missing = bytes - text.utf8.count
        var added: [String] = []
        while missing > 0 {
            let line = prose[added.count / 2 % prose.count]
            added += ["", line]
            missing -= line.utf8.count + 2
        }
        lines.insert(contentsOf: added, at: paragraph + 1)
        return lines.joined(separator: "\n")
    }

    /// What offices write, without a number that a rule could hold against a table.
    private static let prose = [
        "    坚持把政务公开作为转变作风、服务群众的重要抓手，主要负责同志定期听取工作汇报，分管负责同志具体推动，各科室明确专人负责信息的收集、审核与报送，做到责任到岗、任务到人。",
        "    围绕群众普遍关心的教育、医疗、住房、就业等领域，及时发布政策文件并同步开展解读，综合运用文字、图表、短视频等形式，把专业术语讲清楚，把办事流程说明白，方便群众查阅和监督。",
        "    严格落实信息发布审核制度，先审后发、专人校对，对拟公开的内容逐条核对，涉及个人隐私和商业秘密的依法作出处理，确保公开内容准确、规范、安全，没有发生失泄密事件。",
        "    加强基层业务指导，通过以会代训、跟班学习、案例交流等方式提升工作人员的业务水平，认真听取企业和群众的意见建议，不断改进栏目设置，推动公开工作与业务工作深度融合。",
    ]
}
