import Testing

/// Citations of the form and of the Regulations, and lists of the sections, beside the examples of their rules.
@Suite struct CitationTests {
    @Test(arguments: wrongBasis) func citesTheWrongBasis(_ text: TextCase) throws {
        try text.mustFire("basis.superseded")
    }
    @Test(arguments: rightBasis) func citesRightly(_ text: TextCase) throws { try text.mustNotFire("basis.superseded") }

    static let wrongBasis: [TextCase] = [
        TextCase("根据新修订的《条例》和国办公开办函〔2019〕60号文件要求，编制本年度报告。", .preface),
        TextCase("按照《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函[2019]60号）编制。", .preface),
        TextCase("依据《政府信息公开工作年度报告格式（试行）》编制。", .preface, year: 2021),
        TextCase("贯彻国办公开办函（2019）60 号要求，编制年报。", year: 2024),
        TextCase("按照国办函〔2021〕30号要求编制年度报告。", .preface),
        TextCase("按照国办公开函〔2021〕30号要求编制年度报告。", .preface),
        TextCase("按照国办公开办函〔2020〕60号要求编制年度报告。", .preface),
        TextCase("按照国办公开办函〔2022〕30号要求编制年度报告。", .preface),
        TextCase("根据《中华人民共和国政府信息公开条例》（国务院第492号令）编制。", .preface),
    ]

    static let rightBasis: [TextCase] = [
        TextCase("根据国办公开办函﹝2021﹞30号要求编制。", .preface),
        TextCase("2020年度报告按照国办公开办函〔2019〕60号编制。", .preface),
        TextCase("国办公开办函〔2019〕60号已废止，按照新格式编制。", .preface),
        TextCase("以国办公开办函〔2021〕30号代替国办公开办函〔2019〕60号，按新格式编制。", .preface),
        TextCase("落实县政办函〔2019〕60号要求，编制基层政务公开目录。"),
        TextCase("落实省政府办公厅〔2021〕30号文件要求，编制年度报告。"),
        TextCase("执行国办函〔2020〕109号规定，未收取信息处理费。", .matters),
        TextCase("制定《水利局信息发布办法（试行）》，按照要求执行。"),
        TextCase("按照《江北省政府信息公开工作年度报告格式（试行）》编制。", .preface),
        TextCase("按照第30号公告和第60号公告要求编制目录。"),
        TextCase("公开国办公开办函〔2019〕60号文件1份。"),
        TextCase("学校路492号为受理地点，按照规定接待申请人。"),
        TextCase("落实《关于促进节水的意见》（国办发〔2021〕30号），编制节水规划。"),
        TextCase("根据国务院令第711号编制，国务院令第492号公布的原条例不作依据。", .preface),
    ]

    @Test(arguments: faultyLists) func listDoesNotFit(_ text: TextCase) throws {
        try text.mustFire("preface.section-list")
    }
    @Test(arguments: fittingLists) func listFits(_ text: TextCase) throws {
        try text.mustNotFire("preface.section-list")
    }

    static let faultyLists: [TextCase] = [
        TextCase("本报告主要内容为：一、总体情况；三、收到和处理政府信息公开申请情况；四、行政复议和行政诉讼情况；五、问题和改进措施；六、其他需要报告的事项。", .preface),
        TextCase("全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。", .preface),
        TextCase("本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的问题及改进情况。", .preface),
        TextCase("本报告由概述、主动公开情况、依申请公开情况、复议诉讼情况、咨询处理情况、存在问题及改进措施、其他需要报告的事项组成。", .preface),
        TextCase("本报告由总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，行政复议、行政诉讼情况，主要问题及改进情况，其他需要报告的事项共八部分组成。", .preface),
    ]

    static let fittingLists: [TextCase] = [
        TextCase("本报告主要内容为收到和处理申请、行政复议、存在问题、改进措施等方面的情况，按照格式编制。", .preface),
        TextCase("本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议及行政诉讼情况、存在的主要问题和改进措施、其他需要报告的事项等六个方面内容组成。", .preface),
        TextCase("全文由总体情况,主动公开政府信息情况,收到和处理政府信息公开申请情况,政府信息公开行政复议、行政诉讼情况,存在的主要问题及改进情况,其他需要报告的事项组成。", .preface),
        TextCase("本报告包括总体情况、主动公开政府信息情况、依申请公开政府信息情况、复议诉讼情况、主要问题及改进措施、其他需要报告的事项等六个部分。", .preface),
        TextCase("全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开工作存在的主要问题及改进情况等方面内容。", .preface),
        TextCase(
            "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议情况、提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六个部分组成。",
            .preface
        ),
        TextCase("年报由本机关各部分工作情况汇总编制。", .preface),
        TextCase("本报告内容包括总体情况、主动公开情况、申请办理情况、行政复议和行政诉讼情况、问题和改进情况及其他事项几个部分。", .preface),
    ]
}
