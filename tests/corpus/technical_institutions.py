"""Fictional institutions: who they are, which groups of methods they master, how much they own, which certificates they hold.

`groups` name the groups of `technical_methods`; `extras` are instruments beyond these; `certificates` are kinds of `technical_certificates`,
with what is unusual after a colon.
"""

from typing import NamedTuple


class Institution(NamedTuple):
    name: str
    nature: str
    area: str
    elements: list
    address: str
    body: str
    industries: list = []
    founded: int | None = None
    groups: str = ""
    extras: str = ""
    equipment: int = 0
    capabilities: int = 0
    certificates: str = ""
    aliases: list = []
    summary: str | None = None
    phones: int = 1
    hours: str | None = None
    web: str | None = None
    on_site: bool | None = None
    english: bool | None = None
    samples: str | None = None
    fees: str | None = None
    lead_time: str | None = None
    suspended: list = []


PUBLIC_HOURS = "工作日 8:30—12:00，14:30—18:00"
WINTER_HOURS = "工作日 8:30—12:00，14:00—17:30"
LONG_HOURS = "周一至周六 8:00—18:00，节假日请提前电话预约"

TABLE = [
    Institution(
        "漾泉综合检验检测中心", "法定技术机构", "城区", ["检验检测", "标准", "质量管理"], "城区南山路检测大院 1 号楼",
        industries=["食品", "建筑材料", "金属材料", "家用电器", "服务业"], founded=1986, aliases=["市综检中心", "综合检测中心"],
        groups="food microbiology drinking-water building metals-chemistry appliances", extras="centrifuge", equipment=70, capabilities=100,
        certificates="cma cnas food qms", phones=2, hours=PUBLIC_HOURS, web="zhongxin", on_site=True, english=True,
        summary="面向全市企业的综合性检验检测机构，食品、建材、金属和小家电都能送检。",
        samples="样品连同委托单交一楼业务大厅；食品样品请冷藏并注明保质期。", fees="按公示价目表收取，小微企业减免三成。", lead_time="一般 7 个工作日，加急 3 个工作日",
        body="""
中心由原来的质检所、食品检验室和建材检测站合并而成，如今有食品、材料、电器三个检测部和一个业务大厅。全市企业无论规模大小，都可以从大厅进、从大厅取报告，不必自己找实验室。

送检分三步：

1. 在业务大厅或电话里说清楚要测什么、报告作什么用；
2. 填委托单，缴费或登记减免；
3. 凭回执取报告，也可以选择邮寄。

同一批样品要做多个项目时，请一次送足。食品类样品开封后不再退还，其余样品保存三个月。

不清楚该按哪个标准检测的，请把产品说明书或合同条款一起带来，大厅的工程师会帮着选。
""",
    ),
    Institution(
        "漾泉计量测试研究所", "法定技术机构", "城区", ["计量"], "城区德胜街计量巷 6 号",
        industries=["煤炭", "化工", "医疗卫生", "机械制造", "服务业"], founded=1973, aliases=["市计量所", "计量院"],
        groups="mass length force pressure temperature flow electrical analytic-metrology gas medical vehicle", extras="ecg-rig vision", equipment=86, capabilities=100,
        certificates="legal legal:special legal:special legal:soon cnas cma qms", phones=3, hours=PUBLIC_HOURS, web="jiliang", on_site=True, english=True,
        summary="依法设置的计量检定机构，承担强制检定和量值传递，也做校准。",
        samples="器具请擦拭干净，附器具清单；电子天平、试验机等可约现场。", fees="列入强制检定目录的免费；校准按价目表收取。", lead_time="检定 10 个工作日，校准 7 个工作日",
        body="""
所里建有长度、质量、力学、压力、温度、流量、电学、理化和气体几大类计量标准，最早的一套砝码标准建于建所当年。

**检定和校准不是一回事。** 用于贸易结算、安全防护、医疗卫生、环境监测并列入目录的器具做检定，结论是合格或不合格；企业内部用的器具做校准，给的是数值和不确定度。拿不准的，请先打业务电话。

| 科室 | 主要业务 | 地点 |
| --- | --- | --- |
| 质量流量室 | 天平、砝码、衡器、水表、燃气表 | 1 号楼 |
| 长度力学室 | 量块、卡尺、试验机、硬度计、扭矩扳子 | 2 号楼 |
| 热工电学室 | 热电偶、温湿度计、压力表、万用表 | 2 号楼 |
| 理化医学室 | 光谱色谱、酸度计、报警器、血压计 | 3 号楼 |

煤矿在用的甲烷、一氧化碳报警器可以整批送检，也可以由我所派车到矿上。大宗器具请提前一周预约。

强制检定请先在全国统一的网上平台申请，再来送检。
""",
    ),
    Institution(
        "桃河耐火材料质量检验检测中心", "法定技术机构", "郊区", ["检验检测", "标准"], "郊区白泉工业园检测路 3 号",
        industries=["耐火材料", "气凝胶", "建筑材料"], founded=1998, aliases=["耐材中心", "耐火材料质检中心"],
        groups="refractory refractory-chemistry", extras="sem tga laser-flash dilatometer hot-wire", equipment=54, capabilities=48,
        certificates="cma cnas qms ems", phones=2, hours=WINTER_HOURS, web="naicai", english=True,
        summary="铝硅系耐火材料检测的主力实验室，高温性能项目齐全。",
        samples="标砖不少于 5 块；不定形料 25 kg，并注明加水量和养护制度。", fees="按项目计价，五项以上打包优惠。", lead_time="化学分析 5 个工作日，高温项目 10～15 个工作日",
        body="""
中心设在耐火材料企业最集中的园区里，走路就能从厂里送样。化学分析、常温物理、高温物理三个组合用一个收样窗口。

荷重软化温度、压蠕变、热震等高温项目排期较长，一炉只能做两三个样，请至少提前两周预约。急用的可以先做化学成分和常温强度，高温项目另出报告。

试样加工很影响结果。自己加工的请按标准留够尺寸，端面平行；没有条件加工的，送整砖即可，中心代加工，按块收费。

历史上中心起草和验证过多项试验方法，现在每年组织一次本地实验室之间的比对，欢迎企业实验室参加。
""",
    ),
    Institution(
        "漾泉煤炭质量检验检测站", "法定技术机构", "矿区", ["检验检测"], "矿区桃北西街 118 号",
        industries=["煤炭"], founded=1984, aliases=["煤检站"], groups="coal coal-old", equipment=36, capabilities=28,
        certificates="cma cnas", phones=1, hours=LONG_HOURS, on_site=True, samples="全水分煤样请用密封桶，当日送达；一般分析煤样 100 g 以上。", lead_time="常规项目 3 个工作日",
        body="""
从采样、制样到化验一条龙。客户既可以送样，也可以请采样员到煤场、车厢或皮带上采。

商品煤有争议需要仲裁检验的，双方都要在封样单上签字。留样保存两个月。
""",
    ),
    Institution(
        "桃河煤矿机械检测检验中心有限公司", "企业", "矿区", ["检验检测"], "矿区蔡洼路机电产业园 9 栋",
        industries=["煤矿机械", "机械制造", "煤炭"], founded=2007, aliases=["煤机检测中心"],
        groups="mining mining-old metals-mechanics ndt dimensions", equipment=42, capabilities=44,
        certificates="cma:partly cnas qms ohsms:soon", phones=2, hours=LONG_HOURS, web="meiji", on_site=True,
        samples="整机和支架送检需提前 10 个工作日报图纸和吊装方案。", fees="按试验方案报价，合同约定付款。", lead_time="部件 7 个工作日，整架 30 个工作日起",
        suspended=["液压支架整架强度与耐久性试验", "刮板输送机减速器加载试验"],
        body="""
我们做煤矿用液压支架、立柱千斤顶、阀、链条、输送带、电缆和防爆电气的型式检验与委托检验。

大吨位试验台今年秋季更换加载油缸，整架试验暂不接单，其余项目照常。恢复日期会在业务电话里通知已登记的客户。

金属力学和无损检测可以单独委托，不一定要整机送来。
""",
    ),
    Institution(
        "漾泉食品与药茶检验所", "法定技术机构", "城区", ["检验检测", "标准"], "城区泉中路 27 号",
        industries=["食品", "连翘茶与药茶", "农业", "医疗卫生"], founded=1991, aliases=["食药检所", "食检所"],
        groups="food microbiology pesticides tea drinking-water", extras="centrifuge", equipment=50, capabilities=62,
        certificates="cma food cnas:soon catl", phones=2, hours=PUBLIC_HOURS, web="shijian", english=True,
        summary="食品安全抽检的承担机构，也是连翘茶、药茶企业最常用的实验室。",
        samples="食品不少于 500 g，茶叶不少于 300 g；微生物样品 4 小时内冷藏送达。", fees="监督抽检不收费，委托检验按价目表。", lead_time="理化 7 个工作日，农残与微生物 10 个工作日",
        body="""
所里分理化、仪器、微生物、茶叶四个室。茶叶室是近几年为连翘茶和药茶设的，有专用审评间，也能做茶多酚、咖啡碱、水浸出物和农残。

连翘茶没有专门国家标准，一般参照茶叶的方法检测，报告里会写明。企业要制定企业标准或团体标准的，可以来找我们做方法验证。

委托检验的结果只对来样负责；用作产品标签依据的，请按批抽样。
""",
    ),
    Institution(
        "漾泉家用电器产品质量检验中心", "法定技术机构", "高新区", ["检验检测", "认证认可"], "高新区科创路 66 号 B 座",
        industries=["家用电器", "电子信息"], founded=2004, aliases=["家电质检中心"],
        groups="appliances emc", extras="shaker climate", equipment=36, capabilities=29, certificates="cma cnas ccc qms",
        phones=2, hours=PUBLIC_HOURS, web="jiadian", english=True, samples="样机 2 台，附说明书、铭牌、电路图和关键元件清单。", lead_time="安全项目 15 个工作日，电磁兼容 10 个工作日",
        body="""
中心可做小家电安全、性能、能效和电磁兼容检测。2024 版家电安全系列标准自 2026 年 8 月 1 日起实施，新委托一律按新版做；旧版证书的差异试验可以单独委托。

新产品送检之前，建议先带一台样机来做预测试，半天时间就能发现大部分结构问题，比整改后重检省钱得多。
""",
    ),
    Institution(
        "漾泉生态环境监测技术中心", "法定技术机构", "城区", ["检验检测"], "城区保晋路 45 号",
        industries=["环境保护", "化工", "耐火材料"], founded=1979, groups="environment drinking-water", equipment=40, capabilities=38,
        certificates="cma:soon cnas", phones=1, hours=PUBLIC_HOURS, on_site=True, lead_time="现场采样后 10 个工作日",
        body="""
承担水、气、土、声的监测。废气和噪声必须到现场做，请企业提前一周报生产负荷和点位图，采样口和平台要符合规范，否则只能改期。

水样可以送，但保存剂、容器和时限都有要求，请先来取采样瓶。
""",
    ),
    Institution(
        "藏山质量计量检测所", "法定技术机构", "盂县", ["计量", "检验检测"], "盂县秀水镇金龙西街 12 号",
        industries=["服务业", "建筑材料", "食品", "耐火材料"], founded=1988, groups="mass pressure pressure-old food-old grain building", equipment=26, capabilities=34,
        certificates="legal cma", phones=1, hours=WINTER_HOURS, on_site=True, fees="强制检定免费。",
        body="""
县里的计量检定和常规质量检验都在这里。加油站、集贸市场、卫生院的器具由我们按片区上门检定，企业送检周一、周三收件最快。

做不了的项目可以代送上级机构，只收上级机构的费用。
""",
    ),
    Institution(
        "冠山质量计量检测所", "法定技术机构", "平定县", ["计量", "检验检测"], "平定县冠山镇府新街 31 号",
        industries=["耐火材料", "建筑材料", "农业"], founded=1990, groups="mass mass-old pressure temperature building drinking-water", equipment=24, capabilities=32,
        certificates="legal cma:expired", phones=1, hours=WINTER_HOURS,
        body="""
负责县域内衡器、压力表、温度仪表的检定和校准，兼做水泥、砖、砂石和饮用水的检验。

检验检测机构资质认定正在办理复查换证，换证期间委托检验暂由市里的综合中心承接，我们负责收样转送；计量检定不受影响。
""",
    ),
    Institution(
        "桃河特种设备检验所", "法定技术机构", "城区", ["检验检测"], "城区北大街 209 号", industries=["化工", "新能源与储能", "服务业", "机械制造"], founded=1995,
        aliases=["特检所"], groups="ndt dimensions metals-mechanics", extras="ut-thickness coating-gauge", equipment=20, capabilities=14,
        certificates="special cma", phones=2, hours=PUBLIC_HOURS, on_site=True, lead_time="定期检验后 15 个工作日",
        body="""
锅炉、压力容器、压力管道、电梯和起重机械的法定检验，以及焊缝和在用设备的无损检测。

报检请在设备检验有效期届满前一个月提出。
""",
    ),
    Institution(
        "漾泉建筑工程质量检测有限公司", "企业", "城区", ["检验检测"], "城区义白路 77 号", industries=["建筑材料", "耐火材料"], founded=2003,
        groups="building building-old", equipment=26, capabilities=19, certificates="cma qms ems ohsms", phones=1, hours=LONG_HOURS, web="jianjian", on_site=True,
        samples="混凝土试件须有见证取样记录。", fees="按省建设工程检测收费标准，协议客户月结。",
        body="""
见证取样、主体结构和建筑材料检测。试件请在龄期当天上午送到，混凝土抗压当天出结果。

实行样品唯一编号，扫码可查进度。
""",
    ),
    Institution(
        "山城学院分析测试中心", "院校", "高新区", ["检验检测", "标准"], "高新区大学路 1 号实验楼 4 层", industries=["金属材料", "气凝胶", "耐火材料", "新能源与储能"], founded=2011,
        groups="metals-chemistry aerogel refractory-chemistry", extras="sem tga laser-flash bet hplc gc-ms icp-ms xrf", equipment=30, capabilities=46, certificates="cma cnas:suspended",
        hours="教学周周一至周五 9:00—17:00，寒暑假预约", web="fxcs", english=True, fees="校外按公示价，本市企业八折。",
        summary="大型仪器对社会开放的高校平台，适合做研发类测试。",
        body="""
学校的大型仪器集中在这里，电镜、热分析、比表面、电感耦合等离子体质谱都对校外开放。除了出检测报告，也接受带题来做：失效分析、配方剖析、方法开发，由老师带学生完成。

- 例行测试：网上预约，自带样品，2～5 个工作日。
- 机时共享：经培训考核后可以自己上机。
- 研发合作：签技术服务合同，成果归属在合同里写明。

认可实验室的体系正在整改，带认可标识的报告暂时不出，普通检测报告不受影响。
""",
    ),
    Institution(
        "漾泉工业职业学院材料检测实训中心", "院校", "郊区", ["检验检测", "质量管理"], "郊区荫营镇学院街 8 号", industries=["机械制造", "金属材料"], founded=2014,
        groups="metals-mechanics metals-old dimensions", equipment=16, capabilities=20, certificates="cma", hours="工作日 9:00—16:30",
        body="""
以培养检测技术人员为主，兼顾社会服务。

企业可以来做力学、金相和尺寸测量，也可以把员工送来参加化验员、计量员和内审员培训。
""",
    ),
    Institution(
        "娘子关新型绝热材料研究院", "科研院所", "高新区", ["检验检测", "标准", "知识产权"], "高新区新材料产业园 C3 栋", industries=["气凝胶", "新能源与储能", "建筑材料"], founded=2018,
        aliases=["绝热材料院"], groups="aerogel", extras="bet tga laser-flash sem guarded-hot-plate heat-flow-meter", equipment=22, capabilities=16, certificates="cma cnas ipms",
        phones=1, hours=WINTER_HOURS, web="juere", english=True, samples="板材 300 mm×300 mm 两块，厚度差小于 2 %；毡类请勿折叠。", lead_time="导热系数 5 个工作日，最高使用温度 20 个工作日",
        body="""
研究院从气凝胶毡的导热检测做起，现在能做低温到 650 ℃ 的导热系数、憎水、燃烧和最高使用温度。

气凝胶制品的导热系数对厚度和压缩量很敏感。委托时请写明测试厚度、平均温度和加载压力，三样缺一，结果就没法和别人的报告比。

与几家企业共同起草气凝胶制品的团体标准，欢迎提供验证样品。
""",
    ),
    Institution(
        "百灵环境检测有限公司", "企业", "郊区", ["检验检测"], "郊区平坦镇工业路 15 号", industries=["环境保护", "耐火材料", "煤炭"], founded=2013,
        groups="environment", equipment=20, capabilities=26, certificates="cma qms", on_site=True, hours=LONG_HOURS, fees="按点位和频次报价。", lead_time="7 个工作日",
        body="""
第三方环境检测公司，承接排污许可自行监测、验收监测和噪声检测。

当天采样当天进实验室，氨氮、化学需氧量次日出数。
""",
    ),
    Institution(
        "晋东分析测试技术有限公司", "企业", "高新区", ["检验检测"], "高新区科创路 18 号 5 层", industries=["金属材料", "机械制造", "煤矿机械"], founded=2010,
        groups="metals-chemistry metals-mechanics", extras="coating-gauge", equipment=22, capabilities=50, certificates="cma cnas qms", phones=2, hours=LONG_HOURS, web="jindong", on_site=False, english=True,
        summary="以金属成分和力学性能为主的商业实验室，周六也收样。", lead_time="成分 2 个工作日，力学 3 个工作日", fees="网上报价，首单九折。",
        body="""
金属材料成分、力学、金相、腐蚀。直读光谱当天出数据，湿法和等离子体光谱两天。

来料验收、牌号鉴别、失效分析都做。夹杂在一起分不清牌号的料，可以带手持设备到仓库筛。
""",
    ),
    Institution(
        "盂川农产品质量安全检测中心", "法定技术机构", "盂县", ["检验检测"], "盂县秀水镇农业服务中心院内", industries=["农业", "食品", "连翘茶与药茶"], founded=2009,
        groups="pesticides food-old grain", extras="gc lc-ms gc-ms centrifuge", equipment=20, capabilities=20, certificates="cma catl", hours=WINTER_HOURS, fees="对合作社和种植户免费。",
        body="""
做蔬菜、水果、粮食和药茶原料的农药残留与重金属。

合作社每年可免费检测两批，带合格证开具记录来即可。
""",
    ),
    Institution(
        "冠山连翘与药茶研究检测中心", "社会组织", "平定县", ["检验检测", "标准", "品牌"], "平定县东回镇产业服务中心 2 层", industries=["连翘茶与药茶", "农业"], founded=2019, aliases=["连翘中心", "药茶中心"],
        groups="tea tea-old", equipment=16, capabilities=13, certificates="cma", hours=PUBLIC_HOURS, samples="成品茶 300 g，鲜叶 1 kg（当天）。",
        body="""
由产地几家茶企和种植大户发起，专做连翘茶、药茶的品质和安全检测，也帮企业定等级、写标准、做产品说明。

每年四月新茶上市前后组织一次感官审评交流，企业带样来，当场打分、当场讲。
""",
    ),
    Institution(
        "晋东粮油质量监测站", "法定技术机构", "平定县", ["检验检测"], "平定县锁簧镇粮库院内", industries=["农业", "食品"], founded=1982, groups="grain food", equipment=16, capabilities=20, certificates="cma food:soon",
        hours="工作日 8:30—17:30；收购季每天 7:30—19:00", on_site=True,
        body="""
收购季设临时窗口，容重、水分、杂质、不完善粒半小时出结果。

平时承接库存粮食质量监测和真菌毒素、重金属检测。
""",
    ),
    Institution(
        "桃河计量校准技术有限公司", "企业", "高新区", ["计量"], "高新区创新街 20 号 3 层", industries=["机械制造", "家用电器", "气凝胶", "耐火材料", "医疗卫生"], founded=2015,
        groups="mass length force pressure temperature electrical", equipment=28, capabilities=48, certificates="cnas qms mms", phones=2, hours=LONG_HOURS, web="jiaozhun", on_site=True, english=True,
        summary="只做校准、不做检定的第三方实验室，上门快。", fees="按台套报价，年度合同含取送。", lead_time="送校 5 个工作日，上门当天出数据",
        body="""
我们只做校准，不做强制检定。列入目录的器具请送法定机构。

年度合同客户由我们建器具台账，到期前一个月提醒；上门校准当天出原始数据，证书三天内寄到。
""",
    ),
    Institution(
        "阳坡气体检测仪器检定站", "企业", "矿区", ["计量"], "矿区段南路 61 号", industries=["煤炭", "化工"], founded=2001, groups="gas", extras="pressure-calibrator clock", equipment=10, capabilities=5, certificates="legal:special",
        hours="每天 8:00—17:00", on_site=True, samples="仪器充满电，按班组分箱。",
        body="""
授权检定甲烷、一氧化碳、硫化氢报警器。矿上的便携仪一般两天内返还。
""",
    ),
    Institution(
        "泉盛耐火集团有限公司检测中心", "企业", "平定县", ["检验检测", "质量管理"], "平定县张庄镇泉盛工业园", industries=["耐火材料"], founded=2006,
        groups="refractory refractory-old", equipment=16, capabilities=22, certificates="cnas qms", fees="对园区企业收成本费。",
        body="""
企业实验室，先满足本集团出厂检验，有余力时对外服务。荷重软化、热震、显气孔率对外开放。

没有资质认定，出具的数据供内部质量控制和研发参考，不作仲裁依据。
""",
    ),
    Institution(
        "盂川高铝材料有限公司理化实验室", "企业", "盂县", ["检验检测"], "盂县路家村镇高铝工业区", industries=["耐火材料"], founded=2012, groups="refractory-chemistry refractory-old", equipment=10, capabilities=16, certificates="qms",
        body="""
主要做铝矾土和高铝料的荧光熔片分析。矿样即到即做。
""",
    ),
    Institution(
        "鸿岳煤机制造有限公司检测中心", "企业", "矿区", ["检验检测", "质量管理"], "矿区赛鱼路 88 号", industries=["煤矿机械", "机械制造"], founded=2008, groups="metals-old metals-mechanics dimensions",
        equipment=10, capabilities=12, certificates="qms ems:expired",
        body="""
三坐标、力学和无损检测设备在夜班以外的时间对外协议共享，请先签保密协议。
""",
    ),
    Institution(
        "云巢气凝胶科技有限公司检测实验室", "企业", "高新区", ["检验检测"], "高新区新材料产业园 A1 栋", industries=["气凝胶"], founded=2020, groups="aerogel", equipment=8, capabilities=9, certificates="qms",
        hours="工作日 9:00—18:00",
        body="""
企业自有实验室，热流计导热仪可以预约使用，半天一个机时。

实验室同时是园区气凝胶企业的共享点，园区企业凭入驻证明登记即可。
""",
    ),
    Institution(
        "暖居电器有限公司检测实验室", "企业", "郊区", ["检验检测"], "郊区荫营镇电器工业园 5 号", industries=["家用电器"], founded=2009, groups="appliances appliances-old", equipment=10, capabilities=12, certificates="qms:expired",
        body="""
电热毯、取暖器、电水壶的出厂检验和开发验证。耐压、泄漏、灼热丝可对同行开放。
""",
    ),
    Institution(
        "晋东硅铝质耐火原料与高温工业节能绝热材料产学研联合检验检测及标准化服务中心", "社会组织", "平定县", ["检验检测", "标准", "质量管理"], "平定县冶西镇产业服务大楼 3 层",
        industries=["耐火材料", "气凝胶", "建筑材料"], founded=2021, aliases=["晋东硅铝联合中心", "产学研联合中心"], groups="refractory refractory-old aerogel", equipment=10, capabilities=16, certificates="cma", hours=WINTER_HOURS,
        summary="由协会、学校和企业共建的联合实验室，重点做原料检测和标准验证。",
        body="""
名字虽长，事情只有两件：帮原料企业测得准，帮下游企业选得对。

1. **检测**：高铝矾土、莫来石、隔热砖的成分、体积密度和导热。
2. **标准**：把检测数据变成企业标准和团体标准的指标，组织比对和验证。

共建单位各出设备，统一管理。收样点在产业服务大楼，样品按项目分送各共建实验室，由中心汇总出报告。外送的项目会在委托单上写明承做单位，不同意外送的可以划掉。

中心每季度办一次“样品诊所”，企业带一块有问题的砖来，几位工程师会诊，不收费。
""",
    ),
    Institution(
        "漾泉医学计量检测站", "法定技术机构", "城区", ["计量"], "城区桃北中路 140 号", industries=["医疗卫生"], founded=2005, groups="medical temperature mass", extras="ecg-rig", equipment=8, capabilities=10, certificates="legal",
        hours=PUBLIC_HOURS, on_site=True,
        body="""
医院、卫生院和诊所的血压计、心电图机、移液器、温湿度计检定校准，集中上门，一个乡镇一天。
""",
    ),
    Institution(
        "漾泉机动车检测技术服务有限公司", "企业", "郊区", ["检验检测", "计量"], "郊区旧街公路口南 300 米", industries=["交通运输"], founded=2016, groups="vehicle", extras="brake-rig exhaust-analyser", equipment=8, capabilities=2, certificates="cma legal:special",
        hours="每天 8:00—18:00", fees="按物价部门核定标准。",
        body="""
机动车安全、环保和综合性能检测，出租车计价器检定受理点。线上预约，到站不排队。
""",
    ),
    Institution(
        "桃河水质检测有限公司", "企业", "城区", ["检验检测"], "城区滨河东路 39 号", industries=["环境保护", "服务业"], founded=2017, groups="drinking-water environment-old environment", equipment=12, capabilities=18, certificates="cma:expired qms",
        hours=LONG_HOURS, samples="请先来领取灭菌瓶和固定剂。",
        body="""
自来水、二次供水、井水和游泳池水。

资质认定证书已到期，复查已申请。到期期间不出具带标志的报告。
""",
    ),
    Institution(
        "晋东无损检测有限公司", "企业", "矿区", ["检验检测"], "矿区平坦垴路 7 号", industries=["煤矿机械", "机械制造", "化工"], founded=2014, groups="ndt", extras="ut-thickness coating-gauge", equipment=10, capabilities=4, certificates="cma qms ohsms",
        on_site=True, fees="按焊缝米数或台班计。",
        body="""
射线、超声、磁粉、渗透，二十四小时响应检修抢修。射线作业须清场，请业主提前报备。
""",
    ),
    Institution(
        "晋东质量认证有限公司", "企业", "城区", ["认证认可", "质量管理"], "城区南大街国贸大厦 11 层", industries=["机械制造", "耐火材料", "食品", "服务业"], founded=2006, certificates="body qms",
        phones=2, hours=PUBLIC_HOURS, web="renzheng", english=True, fees="按审核人日报价，小微企业有补贴。", lead_time="初次认证 30～60 天",
        body="""
质量、环境、职业健康安全、食品安全和能源管理体系认证。

认证流程是申请、评审、第一阶段审核、第二阶段审核、认证决定。体系运行不满三个月、没有做过内审和管理评审的，先别急着申请，可以参加每月一次的免费说明会。
""",
    ),
    Institution(
        "山岳管理体系认证中心", "企业", "高新区", ["认证认可"], "高新区创新街 9 号", industries=["电子信息", "新能源与储能", "服务业"], founded=2012, certificates="body:soon",
        hours=WINTER_HOURS, english=True,
        body="""
服务认证、测量管理体系认证和知识产权合规管理体系认证。
""",
    ),
    Institution(
        "绿岭能源与低碳认证服务有限公司", "企业", "郊区", ["认证认可", "质量管理"], "郊区义井镇平坦路 52 号", industries=["煤炭", "耐火材料", "新能源与储能"], founded=2020, certificates="body ems",
        on_site=True, fees="核查按人日报价。",
        body="""
能源管理体系认证、产品碳足迹核算和温室气体核查。耐火材料和铝矾土煅烧企业的窑炉数据我们最熟。

首次核算需要企业提供近两年的能源消费、产量和运输记录。
""",
    ),
    Institution(
        "漾泉知识产权服务中心", "法定技术机构", "城区", ["知识产权"], "城区政务服务大楼 2 层 B 区", industries=["耐火材料", "气凝胶", "家用电器", "服务业"], founded=2010, aliases=["知产中心"], phones=2, hours=PUBLIC_HOURS, fees="咨询和检索指导免费。", web="zhichan",
        body="""
专利、商标、地理标志的公益咨询，专利导航、维权援助，试点企业辅导。

每周三下午有代理师坐班，答疑不用预约。需要查新检索的请带技术交底书。
""",
    ),
    Institution(
        "智桥专利代理事务所", "企业", "高新区", ["知识产权"], "高新区科创路 18 号 2 层", industries=["气凝胶", "新能源与储能", "煤矿机械"], founded=2015, certificates="patent", hours="工作日 9:00—18:00", web="zhiqiao", english=True,
        body="""
专利申请、无效、许可转让和海外申请。以材料和机械领域为主。
""",
    ),
    Institution(
        "晋东商标品牌服务有限公司", "企业", "城区", ["品牌", "知识产权"], "城区新建南路 24 号", industries=["连翘茶与药茶", "食品", "服务业"], founded=2011, certificates="patent:expired",
        body="""
商标注册、集体商标和地理标志申报，品牌故事与包装合规审查。
""",
    ),
    Institution(
        "漾泉标准化研究所", "法定技术机构", "城区", ["标准", "质量管理"], "城区泉中路 27 号附楼", industries=["耐火材料", "农业", "服务业", "煤炭"], founded=1987, aliases=["标准化所"], phones=2, hours=PUBLIC_HOURS, web="biaozhun", on_site=True, fees="标准查询、查新免费；代为起草另议。",
        summary="标准查新、标准起草和标准化试点辅导的公益机构。",
        body="""
企业要用标准，先来查新：把在用标准清单发到业务邮箱，两个工作日内告诉您哪些已被代替、哪些即将实施。

要写标准的，我们可以：

- 辅导企业标准、团体标准、地方标准的立项和起草；
- 组织专家审查；
- 指导标准化良好行为企业和服务业标准化试点建设。

馆藏纸质标准只供现场阅览，不外借、不复印。
""",
    ),
    Institution(
        "漾泉品牌促进会", "社会组织", "城区", ["品牌", "质量管理"], "城区南大街国贸大厦 7 层", industries=["服务业", "食品", "家用电器"], founded=2016, hours="工作日 9:00—17:00",
        body="""
品牌培育、“山西精品”申报辅导和质量奖经验分享。会员企业可参加每季度的标杆走访。
""",
    ),
    Institution(
        "漾泉质量管理协会", "社会组织", "城区", ["质量管理"], "城区桃北东街 3 号", industries=["煤炭", "机械制造", "服务业"], founded=1983, aliases=["质协"], hours=PUBLIC_HOURS, fees="会员免费，非会员收资料费。",
        body="""
质量管理小组活动、首席质量官培训、卓越绩效自评辅导。

每年三月征集质量管理小组课题，九月发表。
""",
    ),
    Institution(
        "桃河标准信息咨询有限公司", "企业", "高新区", ["标准", "认证认可"], "高新区创新街 20 号 5 层", industries=["家用电器", "电子信息", "气凝胶"], founded=2019, certificates="qms:soon",
        body="""
体系建立与标准化咨询。

我们只做咨询，不做认证，也不替企业找认证机构。
""",
    ),
    Institution(
        "漾泉中小企业质量提升服务站", "社会组织", "矿区", ["质量管理", "品牌", "标准"], "矿区桃北西街 200 号", industries=["煤矿机械", "服务业", "食品"], founded=2022, hours="周二、周四 9:00—17:00", on_site=True, fees="免费。",
        body="""
小微企业的“质量门诊”：一张清单、一次上门、一份建议。能当场解决的当场解决，解决不了的转给对口机构，并告诉企业找谁、带什么、多久有结果。
""",
    ),
]
