"""The sample sheets that services and courses offer for download, made from what is said here: `python -m tests.paper_forms`.

An editor may put any DOCX or XLSX of his own in their place. These are for demonstration and say so.
"""

from __future__ import annotations

from pathlib import Path

from engine.exports.office import Box, Boxes, Columns, Line, Part, document, sheet

FOLDER = Path(__file__).resolve().parent.parent / "content" / "files" / "forms"
NOTE = "示范样表，供平台演示；正式办理以受理单位公布的表格为准。请不要填写身份证号等与办理无关的个人信息。"
SIGN = Line("单位（盖章）：____________________　　日期：______ 年 ____ 月 ____ 日")
APPLICANT = (Box("单位名称"), Box("联系人和电话"))


def paper(title: str, *parts: Part) -> bytes:
    return document((Line(title, "Title"), Line(NOTE, "Note"), *parts, SIGN))


def boxes(*rows: tuple[str, int] | tuple[str, int, str]) -> Boxes:
    return Boxes(tuple(Box(label, given[0] if given else "", lines) for label, lines, *given in rows))


FORMS = {
    "instrument-ledger.xlsx": sheet(
        "计量器具登记台账",
        "一行一台。" + NOTE,
        ("序号", "器具名称", "型号规格", "测量范围", "准确度等级", "出厂编号", "制造厂", "使用地点", "用途", "上次检定日期", "是否强检"),
    ),
    "sample-note.docx": paper(
        "样品说明",
        Boxes((*APPLICANT, Box("样品名称、牌号和数量"), Box("状态", "□ 固体　□ 粉末　□ 液体　□ 气体　□ 成品件"))),
        boxes(("危险性", 1, "□ 没有　□ 易燃易爆　□ 有毒或腐蚀　□ 有放射性　□ 不清楚"), ("保存和运输要求", 2), ("要测什么、希望得到什么", 4), ("用完以后", 1, "□ 退回　□ 由设备单位处理")),
    ),
    "problem-note.docx": paper(
        "质量问题说明",
        Boxes(APPLICANT),
        boxes(("产品和批次", 1), ("从什么时候开始、多大比例", 2), ("现象（最好附照片）", 5), ("工艺、原料、设备近来有什么变动", 3), ("已经试过的办法和结果", 4), ("希望达到什么", 2)),
    ),
    "enterprise-profile.docx": paper(
        "企业（单位）基本情况表",
        Boxes((Box("单位名称"), Box("统一社会信用代码"), Box("地址（到乡镇、街道）"), Box("联系人和电话"), Box("成立时间"), Box("从业人数"))),
        boxes(("主要产品或服务", 2), ("质量管理人员和检验人员", 1), ("已有的体系、认证和标准", 3), ("近两年获得的荣誉", 2)),
    ),
    "gap-plan.docx": paper("短板与目标说明", Boxes(APPLICANT), Line("一行写一条短板，目标要能量出来。"), Columns(("短板", "现在是多少", "想到多少", "什么时候", "要谁帮什么"), 8)),
    "award-application.docx": paper(
        "质量奖申报表（示范样式）",
        Boxes((Box("组织名称"), Box("申报类别", "□ 制造业　□ 服务业　□ 工程建设　□ 农业　□ 医疗教育等组织"), Box("联系人和电话"), Box("推行质量管理的年数"))),
        boxes(("质量管理制度、模式和方法", 6), ("近三年最重要的三项成效（附数据）", 6), ("近三年质量、安全、环保情况", 3), ("县区推荐意见（盖章）", 4)),
    ),
    "award-report.docx": document(
        (
            Line("自评报告提纲（示范）", "Title"),
            Line(NOTE, "Note"),
            *(
                part
                for head, ask in (
                    ("一、组织概述", "主要产品和顾客、从业人数、场所、执行的标准。"),
                    ("二、领导", "方向怎样定、怎样让每个人知道；质量安全责任怎样落实。"),
                    ("三、战略", "目标怎样分解到部门和工序，怎样检查。"),
                    ("四、顾客与市场", "怎样知道顾客要什么、满不满意；投诉怎样关闭。"),
                    ("五、资源", "人员、设备、测量和信息够不够用，怎样保证。"),
                    ("六、过程管理", "关键过程有哪些，怎样控制和改进，举一个例子。"),
                    ("七、测量、分析与改进", "用什么数据判断，改进了什么。"),
                    ("八、结果", "近三年的数据，按年列出，并写明与谁相比。"),
                )
                for part in (Line(head, "Heading"), Line(ask))
            ),
            SIGN,
        )
    ),
    "officer-appointment.docx": paper(
        "首席质量官任命书（样式）",
        Line("经研究，任命__________为本单位首席质量官，自______ 年 ____ 月 ____ 日起，负责质量方针和目标的落实，参与质量重大决策，发现严重质量隐患时有权叫停。"),
        Boxes((Box("单位名称"), Box("主要负责人签字"), Box("被任命人签字"))),
    ),
    "name-consent.docx": paper(
        "公开姓名同意书",
        Line("本人担任所在单位的首席质量官。关于在质量基础设施服务平台网站公开本人信息，意见如下："),
        Boxes((Box("姓名", "□ 同意公开　□ 不同意公开"), Box("任命日期和培训日期", "□ 同意公开　□ 不同意公开"))),
        Line("我知道：不同意不影响备案；同意以后可以随时撤回，撤回后下一次生成网站时不再显示；联系方式一律不公开，由站点电话转接。"),
        Boxes((Box("本人签字"), Box("所在单位"))),
    ),
    "scope-list.xlsx": sheet("拟申请的项目和方法清单", "一行一个参数，方法写到年号和条款。" + NOTE, ("序号", "检测对象", "项目或参数", "依据的标准（方法）及条款", "限制范围", "主要设备", "备注")),
    "staff-equipment.xlsx": sheet("人员和设备一览表", "人员只写岗位和人数，不写姓名和证件号。" + NOTE, ("序号", "岗位或设备名称", "人数或台数", "能做的项目", "设备型号与范围", "溯源方式", "有效期至")),
    "standard-proposal.docx": paper(
        "标准项目建议书",
        Boxes((Box("拟制定的标准名称"), Box("级别", "□ 国家标准　□ 行业标准　□ 地方标准　□ 团体标准　□ 请帮忙判断"), *APPLICANT)),
        boxes(("为什么要定（没有它会怎样）", 4), ("主要技术内容和指标", 5), ("与现行标准的关系（查过哪些）", 3), ("已有的试验数据和使用单位", 3), ("涉及的专利", 1, "□ 没有　□ 有（另附）")),
    ),
    "standards-query.xlsx": sheet("标准查询清单", "一行一项；不知道标准号的只写产品和用途。" + NOTE, ("序号", "标准号", "标准名称或产品", "用来做什么", "要哪一年的版本", "查询结果（由窗口填）")),
    "disclosure-outline.docx": paper(
        "技术交底提纲",
        Line("涉密的技术细节当面谈，不要写在这里，也不要用邮件发。"),
        boxes(("技术所属的领域", 1), ("现有的做法，有什么不足", 4), ("改动在哪里（只写大概）", 4), ("带来的好处，有没有数据", 3), ("公开过没有：展会、论文、销售", 2)),
    ),
    "origin-note.docx": paper(
        "产地和原料来源说明",
        Boxes((*APPLICANT, Box("产品名称"), Box("生产地点（到乡镇）"))),
        Columns(("原料", "产地（到乡镇）", "供应单位", "年用量", "有没有收购记录"), 6),
    ),
    "quality-cost.xlsx": sheet("质量成本计算表", "一个月一张；单位：元。" + NOTE, ("序号", "科目", "预防", "鉴定", "内部损失", "外部损失", "数据从哪里来", "备注")),
    "tea-intake.xlsx": sheet("药茶原料验收记录", "一批一行；不合格的写明怎样处置。" + NOTE, ("序号", "到货日期", "原料", "产地（到乡镇）", "批号", "水分", "杂质", "色泽气味", "判定与处置", "记录人岗位")),
    "certificate-reading.docx": document(
        (
            Line("一份校准证书看五处", "Title"),
            Line(NOTE, "Note"),
            *(
                part
                for head, ask in (
                    ("一、谁出的", "机构名称、资质标识和证书编号齐不齐；编号能不能在机构处核验。"),
                    ("二、校的是不是这一台", "名称、型号、出厂编号与实物逐字对照。"),
                    ("三、测量点盖不盖得住", "把您常用的点写出来，看证书上的点是不是在它们两边。"),
                    ("四、误差和不确定度", "示值误差加上扩展不确定度，还在不在允许误差以内；看清 k 等于几。"),
                    ("五、能不能继续用", "由您自己判断并签字：照用、限用、修正后用，还是停用。"),
                )
                for part in (Line(head, "Heading"), Line(ask))
            ),
            Boxes((Box("器具名称和编号"), Box("证书编号和日期"), Box("确认结论", "□ 照用　□ 限用　□ 修正后用　□ 停用"), Box("确认人岗位和日期"))),
        )
    ),
    "accreditation-check.docx": paper(
        "资质认定申请材料自查十条",
        boxes(
            *(
                (label, 1, "□ 是　□ 否　□ 不适用")
                for label in (
                    "1 法人证明在有效期内",
                    "2 场所地址与实际一致",
                    "3 方法写到年号，且现行",
                    "4 扩项做过方法验证",
                    "5 设备溯源盖住测量点",
                    "6 授权签字人领域对应",
                    "7 人员能力有确认记录",
                    "8 样品流转有唯一标识",
                    "9 内审、管理评审做过",
                    "10 能力验证结果已处理",
                )
            )
        ),
    ),
    "demand-sheet.docx": paper(
        "检测需求登记表",
        Boxes(APPLICANT),
        Columns(("样品", "要测的项目", "依据的标准", "数量与频次", "什么时候要", "现在送到哪里"), 6),
        boxes(("对报告的要求", 1, "□ CMA　□ CNAS　□ 没有要求　□ 不清楚"), ("最大的难处", 3)),
    ),
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, made in FORMS.items():
        (FOLDER / name).write_bytes(made)


if __name__ == "__main__":
    main()
