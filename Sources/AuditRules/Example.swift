import ChineseText
import ReportModel

/// A report on which a rule must or must not fire: the sample report of a year with one thing changed. The change is what
/// `nianbao rules ID` shows; the whole text is what the test audits.
public struct Example: Sendable {
    /// The report year of the sample.
    public let year: Int
    /// What is replaced by what.
    public let edits: [Edit]
    /// Where it was written, so that a failing test names the line.
    public let file: String
    /// See ``file``.
    public let line: Int

    /// One replacement in the sample report.
    public struct Edit: Sendable {
        /// The words of the sample; they must occur.
        public let original: String
        /// What stands there instead.
        public let replacement: String
    }

    init(_ year: Int, _ edits: (String, String)..., file: String = #fileID, line: Int = #line) {
        self.year = year
        self.edits = edits.map { Edit(original: $0.0, replacement: $0.1) }
        self.file = file
        self.line = line
    }

    /// The whole report; nil when an edit's words are not in the sample.
    public var text: String? {
        var text = SampleReport.text(year: year)
        for edit in edits {
            let parts = text.split(separator: edit.original, maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            text = parts.joined(separator: edit.replacement)
        }
        return text
    }
}

/// A report of a fictional body, consistent in every respect: what examples start from.
public enum SampleReport {
    /// The sample for a report year, in the edition that the year asks for.
    public static func text(year: Int) -> String {
        let edition = Edition.required(for: year) ?? .form2019
        return """
            青禾县水利局\(year)年政府信息公开工作年度报告

            根据《中华人民共和国政府信息公开条例》编制本报告。本报告所列数据的统计期限为\(year)年1月1日至\(year)年12月31日。

            一、总体情况
            \(year)年，我局认真落实政府信息公开各项要求，工作平稳有序。
            （一）主动公开。全年共主动公开政府信息60条，其中，政策文件类20条，工作动态类30条，其他类10条。
            （二）依申请公开。全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。
            （三）政府信息管理。完善发布审查制度，落实先审查、后公开。
            （四）平台建设。做好县政府网站栏目维护，及时更新内容。
            （五）监督保障。开展业务培训，将公开工作纳入年度考核。
            二、主动公开政府信息情况
            \(edition == .form2019 ? disclosure2019 : disclosure2021)
            三、收到和处理政府信息公开申请情况
            \(applications(edition))
            四、政府信息公开行政复议、行政诉讼情况
            行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t
            结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t
            \t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
            1\t0\t0\t1\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0

            五、存在的主要问题及改进情况
            存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。
            六、其他需要报告的事项
            \(year >= 2021 ? "本年度未收取信息处理费。" : "无其他需要报告的事项。")

            青禾县水利局
            \(year + 1)年1月20日
            """
    }

    private static let disclosure2021 = """
        第二十条第（一）项\t\t\t
        信息内容\t本年制发件数\t本年废止件数\t现行有效件数
        规章\t0\t0\t0
        行政规范性文件\t2\t0\t6
        第二十条第（五）项\t\t\t
        信息内容\t本年处理决定数量\t\t
        行政许可\t112\t\t
        第二十条第（六）项\t\t\t
        信息内容\t本年处理决定数量\t\t
        行政处罚\t4\t\t
        行政强制\t0\t\t
        第二十条第（八）项\t\t\t
        信息内容\t本年收费金额（单位：万元）\t\t
        行政事业性收费\t36.5\t\t
        """

    private static let disclosure2019 = """
        第二十条第（一）项\t\t\t
        信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
        规章\t0\t0\t0
        规范性文件\t2\t2\t6
        第二十条第（五）项\t\t\t
        信息内容\t上一年项目数量\t本年增/减\t处理决定数量
        行政许可\t12\t-1\t112
        其他对外管理服务事项\t5\t0\t30
        第二十条第（六）项\t\t\t
        信息内容\t上一年项目数量\t本年增/减\t处理决定数量
        行政处罚\t40\t2\t4
        行政强制\t3\t0\t0
        第二十条第（八）项\t\t\t
        信息内容\t上一年项目数量\t本年增/减\t
        行政事业性收费\t1\t0\t
        第二十条第（九）项\t\t\t
        信息内容\t采购项目数量\t采购总金额（单位：万元，保留4位小数）\t
        政府集中采购\t2\t36.5000\t
        """

    private static func applications(_ edition: Edition) -> String {
        var lines = [
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况\t\t\t\t\t\t",
            "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计",
            "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
        ]
        let numbers: [RowID: [Int]] = [
            "1": [6, 2, 0, 0, 0, 0, 8], "2": [1, 0, 0, 0, 0, 0, 1], "3.1": [3, 0, 0, 0, 0, 0, 3],
            "3.4.1": [4, 1, 0, 0, 0, 0, 5],
            "3.7": [7, 1, 0, 0, 0, 0, 8], "4": [0, 1, 0, 0, 0, 0, 1],
        ]
        let groups = ["3.3": "（三）不予公开", "3.4": "（四）无法提供", "3.5": "（五）不予处理", "3.6": "（六）其他处理"]
        for row in Form.rows(of: .applications, edition: edition) {
            let key = row.id.key
            var cells = ["", "", ""]
            let isTop = key == "1" || key == "2" || key == "4"
            let parts = key.split(separator: ".")
            if isTop {
                cells[0] = row.name
            } else if parts.count == 3 {
                if parts[2] == "1" { cells[1] = groups["3." + parts[1]] ?? "" }
                cells[2] = parts[2] + "." + row.label
            } else {
                if key == "3.1" { cells[0] = "三、本年度办理结果" }
                cells[1] = row.name
            }
            let values = numbers[row.id] ?? [0, 0, 0, 0, 0, 0, 0]
            lines.append((cells + values.map(String.init)).joined(separator: "\t"))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
