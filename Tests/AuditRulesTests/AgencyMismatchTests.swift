import Testing

/// Names of other bodies where the body's own belongs, and all the ways in which one body is rightly named.
/// The body is 青禾县水利局 unless the case says otherwise.
@Suite struct AgencyMismatchTests {
    @Test(arguments: foreign) func firesOn(_ text: TextCase) throws { try text.mustFire("agency.mismatch") }
    @Test(arguments: own) func staysSilentOn(_ text: TextCase) throws { try text.mustNotFire("agency.mismatch") }

    private static let town = "青禾县长溪镇人民政府"
    private static let government = "青禾县人民政府"

    static let foreign: [TextCase] = [
        // Signature
        TextCase("云溪县水利局", .signature),
        TextCase("东山市云溪县水利局", .signature),
        TextCase("青禾县教育局", .signature),
        TextCase("县财政局", .signature),
        TextCase("青禾县公安局办公室", .signature),
        TextCase("云溪县人民政府", .signature),
        TextCase("青禾县档案局", .signature),
        TextCase("西川省人民政府", .signature, agency: "江北省人民政府"),
        TextCase("西川省水利厅", .signature, agency: "江北省水利厅"),
        TextCase("青禾县云水镇人民政府", .signature, agency: town),
        TextCase("东山市北安区滨江街道办事处", .signature, agency: "东山市北安区经纬街道办事处"),
        TextCase("东山市云溪县水利局", .signature, agency: "东山市青禾县水利局"),
        TextCase("本报告由青禾县云水镇人民政府编制。", .preface, agency: town),
        // Preface
        TextCase("本报告由云溪县水利局编制。", .preface),
        TextCase("本报告由青禾县审计局根据各股室数据编制。", .preface),
        TextCase("如有疑问，请与云溪县水利局办公室联系（电话：0512-5550000）。", .preface),
        TextCase("如对本报告有疑问，请与县民政局政务公开股联系。", .preface),
        TextCase("本报告由云溪县人民政府办公室编制。", .preface, agency: government),
        // Opening
        TextCase("2023年，县财政局认真贯彻落实政府信息公开条例。", .opening),
        TextCase("2023年度青禾县教育局坚持以公开为常态。", .opening),
        // Applications made to somebody else
        TextCase("全年受理公民、法人和其他组织向市政府及市政府办公室提出的政府信息公开申请5件。"),
        TextCase("全年共收到申请人向县人民政府提交的政府信息公开申请3件。", agency: town),
        // First person
        TextCase("我局高度重视政府信息公开工作。", agency: town),
        TextCase("本局未收到申请。", agency: "北安区经纬街道办事处"),
        TextCase("我镇认真做好信息公开工作。"),
        TextCase("我街道党工委加强领导，我街道未收到申请。"),
    ]

    static let own: [TextCase] = [
        // Signature: short and long, with and without the place
        TextCase("青禾县水利局", .signature),
        TextCase("县水利局", .signature),
        TextCase("水利局", .signature),
        TextCase("东山市青禾县水利局", .signature),
        TextCase("江北省东山市青禾县水利局", .signature),
        TextCase("青禾县水利局办公室", .signature),
        TextCase("青禾县水利局政务公开领导小组办公室", .signature),
        TextCase("青禾县农业农村和水利局", .signature),
        TextCase("青禾县水务局", .signature),
        TextCase("青禾县水务局（原青禾县水利局）", .signature),
        TextCase("青禾县水利局、青禾县教育局", .signature),
        TextCase("青禾县人民政府", .signature),
        TextCase("青禾县政务服务管理局", .signature),
        TextCase("清禾县水利局", .signature),
        TextCase("东山市水利局", .signature),
        TextCase("青禾县人社局", .signature, agency: "青禾县人力资源和社会保障局"),
        TextCase("青禾县卫健委", .signature, agency: "青禾县卫生健康委员会"),
        TextCase("青禾县文旅局", .signature, agency: "青禾县文化广电旅游体育局"),
        TextCase("青禾县教体局", .signature, agency: "青禾县教育局"),
        TextCase("青禾县农业农村局", .signature, agency: "青禾县乡村振兴局"),
        TextCase("青禾县自然资源和规划局", .signature, agency: "青禾县林业局"),
        TextCase("青禾县市场监督管理局", .signature, agency: "青禾县市监局"),
        TextCase("青禾县税务局", .signature, agency: "国家税务总局青禾县税务局"),
        TextCase("长溪镇", .signature, agency: town),
        TextCase("省水利厅", .signature, agency: "江北省水利厅"),
        TextCase("江北省东山市水利局", .signature, agency: "东山市水利局"),
        TextCase("江北东山市水利局", .signature, agency: "江北省东山市水利局"),
        TextCase("青禾县长溪街道办事处", .signature, agency: town),
        TextCase("长溪乡人民政府", .signature, agency: town),
        TextCase("长溪桥镇人民政府", .signature, agency: town),
        TextCase("青禾县城长溪镇人民政府", .signature, agency: town),
        TextCase("东山市云溪市水利局", .signature, agency: "东山市水利局"),
        TextCase("云溪市水利局", .signature, agency: "东山市云溪市水利局"),
        TextCase("青禾县委办公室（青禾县档案局）", .signature, agency: "青禾县档案局"),
        TextCase("请与青禾县长溪镇人民政府党政办公室联系，地址为青禾县云水镇。", .preface, agency: town),
        TextCase("长溪镇人民政府党政办公室", .signature, agency: town),
        TextCase("青禾县人民政府", .signature, agency: town),
        TextCase("经纬街道", .signature, agency: "北安区经纬街道办事处"),
        TextCase("北安区人民政府经纬街道办事处", .signature, agency: "北安区经纬街道办事处"),
        TextCase("青禾县人民政府办公室", .signature, agency: government),
        TextCase("青禾县数据局", .signature, agency: government),
        TextCase("青禾县工业和信息化局", .signature, agency: government),
        TextCase("东山市青禾县人民政府", .signature, agency: government),
        TextCase("高新区管委会", .signature, agency: "东山高新技术产业开发区管理委员会"),
        TextCase("东山市城市管理局", .signature, agency: "东山市综合行政执法局"),
        // Preface
        TextCase("本报告由青禾县水利局编制。", .preface),
        TextCase("本报告由县水利局办公室根据各股室数据编制。", .preface),
        TextCase("如有疑问，请与我局办公室联系（地址：云溪县教育路8号）。", .preface),
        TextCase("如有疑问，请与县水利局政策法规股联系。", .preface),
        TextCase("如有疑问，请与青禾县政务公开办公室联系。", .preface),
        TextCase("本报告可在云溪县人民政府网站、青禾县教育局网站查阅。", .preface),
        TextCase("本报告由青禾县人民政府办公室编制，请与县政务服务管理局联系。", .preface, agency: government),
        TextCase("请与长溪镇党政综合办公室联系。", .preface, agency: town),
        // Opening
        TextCase("2023年，县水利局认真贯彻落实政府信息公开条例。", .opening),
        TextCase("2023年，青禾县水利局坚持以公开为常态。", .opening),
        TextCase("2023年，在县教育局的帮助下，我局认真落实政府信息公开条例。", .opening),
        TextCase("2023年，县委、县政府认真贯彻落实政府信息公开条例。", .opening),
        // Other bodies that the text only names
        TextCase("我县教育局、财政局的做法值得学习。"),
        TextCase("组织人员到云溪县水利局学习。"),
        TextCase("配合县教育局公开校园供水信息5条。"),
        TextCase("全年协助县政府办公室办理向县政府提出的政府信息公开申请2件。"),
        TextCase("收到县政府办公室转来向县政府提出的政府信息公开申请2件。"),
        TextCase("公民可以向县政府提出政府信息公开申请。"),
        TextCase("受理向市政府及市政府办公室提出的政府信息公开申请5件。", agency: "东山市人民政府办公室"),
        TextCase("受理向我局提出的政府信息公开申请5件。"),
        TextCase("全年受理向镇政府提出的政府信息公开申请2件。", agency: town),
        TextCase("我乡村振兴工作专栏发布信息5条。"),
        TextCase("我镇江籍专家参加培训。"),
        TextCase("我镇认真做好信息公开工作。", agency: town),
        TextCase("“我局已答复”等回复须经审核。", agency: town),
    ]
}
