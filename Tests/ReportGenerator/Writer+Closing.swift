// Sections 五 and 六: problems with what is done about them, fees for handling information, and the rest.

extension Writer {
    mutating func problems() -> [Paragraph] {
        let found = rng.shuffled([
            "公开内容与群众期待还有差距，解读材料形式偏少", "个别股室更新栏目不够及时，主动意识有待加强", "专职人员变动较多，业务熟练程度不一",
            "依申请公开答复文书的规范性仍需提高", "基层查阅点设备老旧，使用率不高",
        ])
        let steps = rng.shuffled([
            "加强业务培训，定期开展案例研讨", "增加图解和视频解读，让政策更易懂", "完善栏目更新提醒和通报制度，压实责任", "统一答复文书样式，重要事项集体会商", "更新查阅设备，延长开放时间",
        ])
        switch rng.int(0...7) {
        case 0:
            return [
                Paragraph(text: "（一）存在的主要问题", tag: .heading),
                Paragraph(text: fill("{Y}年工作中还存在一些不足：一是\(found[0])；二是\(found[1])。")),
                Paragraph(text: "（二）改进情况", tag: .heading),
                Paragraph(text: fill("{N}年，{we}将从以下方面改进：一是\(steps[0])；二是\(steps[1])；三是\(steps[2])。")),
            ]
        case 1:
            return [
                Paragraph(
                    text: fill(
                        "对照上级要求，{we}公开工作仍有问题需要解决，主要是\(found[0])，\(found[1])。下一步，{we}将着力改进，\(steps[0])，\(steps[1])。"
                    )
                )
            ]
        case 2:
            return [
                Paragraph(
                    text: fill(
                        "{Y}年，{we}政府信息公开工作取得一定成效，但也存在薄弱环节：\(found[0])；\(found[1])。针对上述情况，已\(steps[0])，并\(steps[1])。"
                    )
                )
            ]
        case 3:
            return [
                Paragraph(text: "一年来公开工作虽有进步，但短板仍然明显，\(found[0])，\(found[1])。"),
                Paragraph(text: fill("今后，{we}拟采取以下措施：\(steps[0])；\(steps[1])；同时\(steps[2])。")),
            ]
        case 4:
            return [
                Paragraph(text: "1.存在问题：", tag: .heading), Paragraph(text: "（1）\(found[0])；"),
                Paragraph(text: "（2）\(found[1])。"), Paragraph(text: "2.整改措施：", tag: .heading),
                Paragraph(text: "（1）\(steps[0])；"), Paragraph(text: "（2）\(steps[1])。"),
            ]
        case 5:
            return [
                Paragraph(
                    text: fill(
                        "上一年度指出的公开不够及时的问题，{we}已在{Y}年完成整改。本年度发现的主要问题有：\(found[0])；\(found[1])。{N}年将继续改进，\(steps[0])。"
                    )
                )
            ]
        case 6:
            return [
                Paragraph(text: fill("不足之处：\(found[0])。改进方向：\(steps[0])，\(steps[1])。{we}将以此次编制年报为契机，持续提升公开水平。"))
            ]
        default:
            return [
                Paragraph(text: "1.主要问题。\(found[0])；\(found[1])；\(found[2])。"),
                Paragraph(text: "2.改进措施。\(steps[0])；\(steps[1])。下一步将在\(year + 1)年逐项落实。"),
            ]
        }
    }

    /// Section 六; from report year 2021 on with a fee statement (109号). Also tells whether it denies notices to pay.
    mutating func otherMatters() -> (paragraphs: [Paragraph], fee: GeneratedReport.Fee?, deniesFeeNotices: Bool) {
        var paragraphs: [Paragraph] = []
        var fee: GeneratedReport.Fee?
        var denies = false
        if year >= 2021 {
            let unpaid = cells[CellPath("applications", "3.6.2", "total")]?.integerPart ?? 0
            let statement: (text: String, fee: GeneratedReport.Fee)
            // No more of them than applications: a government's list counts up to twelve, others up to three.
            if value(.received) >= (agency.kind == .government ? 12 : 3), rng.chance(40) {
                statement = positiveFee()
            } else if unpaid == 0, rng.chance(15) {
                denies = true
                statement = (
                    pick([
                        "{Y}年，{we}未发出收费通知，也未收取信息处理费。",
                        "{Y}年，{we}发出收费通知的件数为0件，总金额为0元，实际收取信息处理费总金额为0元。",
                    ]), noFee
                )
            } else if unpaid > 0, rng.chance(50) {
                // Row 3.6.2 is no contradiction: the notice was sent and nobody paid.
                statement = (
                    pick([
                        "{Y}年，{we}依法发出信息处理费收费通知，申请人逾期均未缴纳，全年未收取信息处理费。",
                        "本年度信息处理费收取0元，部分申请因申请人逾期未缴费不再处理。",
                    ]), noFee
                )
            } else {
                statement = (noFeeStatement(), noFee)
            }
            fee = statement.fee
            paragraphs.append(Paragraph(text: statement.text, tag: .fee))
            if rng.chance(50) {
                paragraphs.append(Paragraph(text: pick(["除此之外，无其他需要报告的事项。", "无其他需要说明的事项。"])))
            }
        } else {
            paragraphs.append(
                Paragraph(text: pick(["无。", "无其他需要报告的事项。", "暂无其他需要报告的事项。", "{Y}年，{we}没有其他需要报告的事项。"]))
            )
        }
        if rng.chance(25) {
            let count = number(rng.int(1...30), plain: true)
            paragraphs.append(
                Paragraph(
                    text: pick([
                        "承办人大代表建议\(count)件，均已按时答复并公开。", "落实《{R}{Y}年政务公开工作要点》情况：各项任务均已完成，公开{P}年决算\(count)份。",
                        "涉及群众利益的行政事业性收费目录已公开，全年调整\(count)次。",
                    ])
                )
            )
        }
        return (paragraphs, fee, denies)
    }

    private var noFee: GeneratedReport.Fee { GeneratedReport.Fee(applications: nil, amountYuan: 0) }

    private mutating func noFeeStatement() -> String {
        pick([
            "{Y}年，{we}没有向申请人收取政府信息公开信息处理费。", "本年度未产生信息处理费。", "{Y}年度信息处理费收取金额为0元。",
            "按照《政府信息公开信息处理费管理办法》，{we}{Y}年收取信息处理费0元。", "全年未收取信息处理费，无减免情形。",
            "（一）信息处理费收取情况：本年度未发生信息处理费收费。", "依据国办函〔2020〕109号文件，{we}本年度未收取政府信息公开处理费。",
            "{Y}年，{we}不存在收取信息处理费的情形。", "{Y} 年度，{A}未向申请人收取政府信息处理相关费用。", "{Y}年未收取政府信息公开费用。",
            "收取信息处理费情况：无。", "{Y}年，{we}暂未开展信息处理费收取工作。", "依申请公开信息处理费方面，本年度未发生收费情况。",
            "根据《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号），{we}{Y}年度未收取信息处理费。",
            "本年度收取信息公开处理费共计0元。",
        ])
    }

    private mutating func positiveFee() -> (text: String, fee: GeneratedReport.Fee) {
        // By item 100 元 each from the eleventh on, by volume 10, 20 or 40 元 a page: always a multiple of 10.
        if agency.kind == .government, rng.chance(50) {
            let bodies = rng.shuffled(["市场监督管理局", "住房和城乡建设局", "自然资源和规划局", "公安局"]).prefix(rng.int(2...3))
            let counts = bodies.map { _ in rng.int(1...4) }
            let amounts = counts.map { $0 * 10 * rng.int(4...40) }
            let whole = GeneratedReport.Fee(applications: counts.reduce(0, +), amountYuan: amounts.reduce(0, +))
            let total = feeNumber(whole.applications ?? 0, .feeCount) + "件政府信息公开申请收取信息处理费"
            let sum = feeNumber(whole.amountYuan, .feeAmount)
            let parts = zip(bodies, zip(counts, amounts)).map { name, part in
                "\(agency.region)\(name)\(feeNumber(part.0, .feePartCount))件，收取\(feeNumber(part.1, .feePartAmount))元"
            }
            return (fill("{Y}年，全域共对\(total)\(sum)元。其中，" + parts.joined(separator: "；") + "。"), whole)
        }
        let count = rng.int(1...3)
        let amount = count * 10 * rng.int(3...30)
        let whole = GeneratedReport.Fee(applications: count, amountYuan: amount)
        if count >= 2, rng.chance(45) {
            let first = feeNumber(count, .feeCount)
            let second = feeNumber(amount, .feeAmount)
            let byItem = feeNumber(1, .feePartCount)
            let itemAmount = rng.int(1...amount / 10 - 1) * 10
            let itemSum = feeNumber(itemAmount, .feePartAmount)
            let byVolume = feeNumber(count - 1, .feePartCount)
            let volumeSum = feeNumber(amount - itemAmount, .feePartAmount)
            return (
                pick([
                    "{Y}年，{we}对\(first)件申请收取信息处理费共\(second)元，其中按件计收\(byItem)件\(itemSum)元，按量计收\(byVolume)件\(volumeSum)元。"
                ]), whole
            )
        }
        let text = rng.pick([
            "{Y}年，{we}对C件政府信息公开申请收取信息处理费共S元。", "全年收取信息处理费S元，涉及政府信息公开申请C件。",
            "依照《政府信息公开信息处理费管理办法》按量计收，本年度实际收取信息处理费S元。",
        ])
        let counts = text.contains("C件")
        let sum = feeNumber(amount, .feeAmount)
        let applications = counts ? feeNumber(count, .feeCount) : ""
        let written = text.replacing("C", with: applications).replacing("S", with: sum)
        return (fill(written), GeneratedReport.Fee(applications: counts ? count : nil, amountYuan: amount))
    }

    /// Of a fee statement, in plain digits: a reader of money expects no other.
    private mutating func feeNumber(_ value: Int, _ role: StatedNumber.Role) -> String {
        number(value, certain: false, role: role, plain: true)
    }
}
