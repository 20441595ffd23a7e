"""The equipment of an institution: at least one of each kind its methods need, then more of them until the number is reached."""

from .identifiers import phone
from .technical_dates import between, last_day, working
from .technical_instruments import best_variant, instruments

INSTRUMENTS = instruments()

MAKERS = (
    "太行精仪科技有限公司", "桃河仪器厂", "晋衡仪器有限公司", "华岩试验设备有限公司", "北辰光谱技术有限公司", "澄泰分析仪器有限公司", "融测科技股份有限公司",
    "恒准计量仪器有限公司", "瑞岭热工设备有限公司", "信衡传感技术有限公司", "立岱环境仪器有限公司", "安格仪表有限公司", "Norvale Instruments", "Kestrel & Hahn GmbH",
    "Miyama Keisoku", "Altmark Labortechnik", "Brightwell Analytical",
)
COUNTRIES = {"Norvale Instruments": "英国", "Kestrel & Hahn GmbH": "德国", "Miyama Keisoku": "日本", "Altmark Labortechnik": "德国", "Brightwell Analytical": "美国"}
YEARS = (2006, 2009, 2011, 2013, *range(2014, 2025), *range(2019, 2025))
SUFFIXES = ("", "", "", "A", "B", "C", "Plus", "Ⅱ", "S", "E")
ROOMS = ("理化室", "仪器室", "物理室", "力学室", "高温室", "天平室", "样品前处理室", "现场组", "恒温恒湿间")
BOOKING = (
    "电话预约，说明样品和用途，收到确认后送样",
    "网上填预约单，两个工作日内答复机时",
    "先签技术服务协议，再按周排机时",
    "带单位介绍信现场登记，经培训后可自行操作",
)
CALIBRATORS = ("漾泉计量测试研究所", "漾泉计量测试研究所", "桃河计量校准技术有限公司", "省级法定计量技术机构", "大区法定计量技术机构")
TRACES = {  # what a category is traced to
    "天平与衡器": "国家质量基准", "几何量仪器": "国家长度基准", "温度计量器具": "国家温度基准", "压力计量器具": "国家压力基准", "电学计量器具": "国家电学基准",
    "光谱仪": "国家有证标准物质", "色谱仪": "国家有证标准物质", "质谱仪": "国家有证标准物质", "元素分析仪": "国家有证标准物质", "煤质分析仪器": "国家有证标准物质",
    "气体计量器具": "国家有证气体标准物质", "材料试验机": "社会公用力值计量标准", "力学计量器具": "社会公用力值计量标准", "流量计量装置": "社会公用流量计量标准",
}
COMMON = {  # what laboratories own several of
    "balance", "oven", "muffle", "utm", "weights", "uv-vis", "incubator", "pressure-calibrator", "gauge-block", "tool-set", "ph-meter", "climate", "press",
    "reheat-furnace", "spark-oes", "sieve",
}
STATUTORY = {"天平与衡器", "几何量仪器", "温度计量器具", "压力计量器具", "电学计量器具", "气体计量器具", "流量计量装置", "力学计量器具", "声光与时间计量器具", "医学计量器具"}


def needs(method) -> list[tuple[str, int]]:
    """The instruments a method is done with: kind and variant."""
    return [(kind, best_variant(INSTRUMENTS[kind], method.range)) for kind in method.instruments]


def equipment_records(rng, holder, template, chosen, before):
    """Pairs of need (kind and variant) and record."""
    wanted = wanted_instruments(rng, template, chosen)
    numbers = [phone(rng) for _ in range(2)]
    return [(need, equipment_record(rng, holder, template, need, number, numbers)) for number, need in enumerate(wanted, before + 1)]


def wanted_instruments(rng, template, chosen) -> list[tuple[str, int]]:
    """As many as the institution owns, in the order of the table of instruments."""
    needed = list(dict.fromkeys(need for method in chosen for need in needs(method)))
    extras = [(kind, 0) for kind in template.extras.split() if kind not in {need[0] for need in needed}]
    wanted = (needed + extras)[: template.equipment]
    assert len(needed) <= template.equipment, f"{template.name}: more kinds needed than instruments owned"
    kinds = list(dict.fromkeys(kind for kind, _ in wanted))
    pool = kinds + [kind for kind in kinds if kind in COMMON] * 2
    while len(wanted) < template.equipment:
        kind = rng.choice(pool)
        wanted.append((kind, rng.randrange(len(INSTRUMENTS[kind].variants))))
    order = list(INSTRUMENTS)
    return sorted(wanted, key=lambda need: (order.index(need[0]), need[1]))


def equipment_record(rng, holder, template, need, number, numbers) -> dict:
    kind, variant = INSTRUMENTS[need[0]], INSTRUMENTS[need[0]].variants[need[1]]
    maker = rng.choice(MAKERS)
    acquired = max(template.founded or 2000, rng.choice(YEARS))
    sharing = rng.choices(("对外服务", "协议共享", "不开放"), weights=(70, 20, 10) if template.nature != "企业" else (45, 40, 15))[0]
    shared = sharing != "不开放"
    calibration = calibration_of(rng, kind, template)
    return {
        "id": f"eq-{number:04d}",
        "name": rng.choice(kind.names),
        "model": f"{kind.letters}-{rng.randrange(10, 999) * rng.choice((1, 10)):d}{rng.choice(SUFFIXES)}",
        "maker": maker if rng.random() < 0.9 else None,
        "country": COUNTRIES.get(maker, "中国") if rng.random() < 0.7 else None,
        "serial": f"{acquired % 100:02d}{rng.randrange(100000):05d}" if rng.random() < 0.85 else None,
        "asset": f"GDZC-{acquired}-{number:04d}" if rng.random() < 0.75 else None,
        "category": kind.category,
        "purpose": kind.purpose if rng.random() < 0.85 else None,
        "parameters": [parameter_row(parameter) for parameter in variant],
        "institution": holder,
        "location": f"{rng.choice((1, 1, 2, 3))} 号楼 {rng.randrange(101, 412)} {rng.choice(ROOMS)}" if rng.random() < 0.6 else None,
        "acquired": acquired,
        **calibration,
        "sharing": sharing,
        "price": kind.price if shared and rng.random() < 0.8 else None,
        "booking": rng.choice(BOOKING) if shared and rng.random() < 0.45 else None,
        "samples": kind.samples if shared else None,
        "phone": rng.choice(numbers) if shared and rng.random() < 0.5 else None,
        "status": rng.choices((None, "维修", "停用"), weights=(965, 22, 13))[0],
        "sample": True,
    }


def parameter_row(parameter) -> dict:
    return {"name": parameter.name, "range": parameter.range, "accuracy": parameter.accuracy, "uncertainty": parameter.uncertainty}


def calibration_of(rng, kind, template) -> dict:
    """Most are in time, one in eight is due within 90 days, one in twenty is overdue, a few need none."""
    state = rng.choices(("fresh", "soon", "late", "none"), weights=(78, 12, 5, 5))[0]
    if state == "none":
        return {}
    spans = {"fresh": ("2027-02-25", "2027-11-12"), "soon": ("2026-11-24", "2027-02-19"), "late": ("2026-06-03", "2026-11-18")}
    years = 2 if kind.category in ("显微镜", "燃烧试验设备", "茶叶与粮食检验设备") else 1
    end = between(rng, *spans[state])
    start = working(end.replace(year=end.year - years))
    by = rng.choice(CALIBRATORS)
    if by == template.name or kind.category in STATUTORY and template.groups.startswith("mass"):
        by = "省级法定计量技术机构"
    return {
        "calibration_no": f"JZ{start.year}-{rng.randrange(1000, 99999):05d}" if rng.random() < 0.8 else None,
        "calibrated_by": by,
        "calibrated": start,
        "due": last_day(start, years),
        "traceable": TRACES.get(kind.category) if rng.random() < 0.7 else None,
    }
