"""The capabilities of an institution: methods of its groups, done with its own instruments, under its own certificates."""

from decimal import Decimal

from .technical_dates import between, working
from .technical_methods import kind_of, methods, name_of, substance_of

GROUPS = methods()

COVERS = {  # which certificates a kind of service can rest on, the best first
    "检定": ("legal-metrology",),
    "校准": ("cnas", "legal-metrology"),
    "检测": ("cma", "cnas"),
    "检验": ("cma", "cnas"),
}
INDUSTRY_COVERS = {"食品": "food-cma", "农业": "catl", "家用电器": "ccc-laboratory"}
SPECIAL = "专项授权"

FACTORS = (Decimal("0.8"), Decimal(1), Decimal(1), Decimal(1), Decimal("1.2"), Decimal("1.5"))
LEAD_TIMES = {"检定": ("5 个工作日", "10 个工作日", "现场检定后 5 个工作日"), "校准": ("3 个工作日", "5 个工作日", "上门当天出数据，证书 3 个工作日"),
              "检测": ("3 个工作日", "5 个工作日", "7 个工作日", "10 个工作日"), "检验": ("5 个工作日", "7 个工作日", "15 个工作日")}
FEES = {"检定": ("强制检定免费", "按价目表收取", "按台件计价"), "校准": ("按台件计价", "80 元/点起", "协议客户按年度合同"),
        "检测": ("按价目表收取", "60～200 元/项", "多元素打包计价", "小微企业减免三成"), "检验": ("按批计价", "按价目表收取", "300 元/批起")}
LIMITATIONS = ("仅限来样检测，不含采样", "含量接近下限时需增加平行样", "现场条件不满足时不受理", "只做固态样品", "报告不带认可标识", "需提前一周预约机时")
SUSPENSIONS = ("所用设备送修，预计 2027 年 1 月恢复", "方法正在换版验证，暂不受理", "检测人员培训期间暂停受理")
ALIASES = {"茶叶": ["连翘叶茶", "药茶"], "连翘茶": ["连翘叶茶", "药茶"], "电子天平": ["分析天平", "电子秤校准"], "一般压力表": ["压力表"], "无创自动测量血压计": ["电子血压计"]}
SERVICES_WITHOUT_PAPER = Decimal("0.05")


def chosen_methods(rng, template):
    """The methods an institution offers, in the order of the tables, as far as they need no more kinds of instrument than it can own."""
    available = [(group, place, method) for group in template.groups.split() for place, method in enumerate(GROUPS[group])]
    leaders = {}
    for item in available:
        leaders.setdefault((item[0], item[2].standard, item[2].object, item[2].technique), item)
    first = set(leaders.values())
    ranked = sorted(available, key=lambda item: (not item[0].endswith("-old"), item not in first, rng.random()))
    room = template.equipment - len(template.extras.split())
    kinds, taken = set(), set()
    for item in ranked:
        more = kinds | set(item[2].instruments)
        if len(taken) < template.capabilities and len(more) <= room:
            kinds = more
            taken.add(item)
    return [item[2] for item in available if item in taken]


def capability_records(rng, holder, template, chosen, owned, held, before) -> list[dict]:
    by_kind = {}
    for kind, record in owned:
        by_kind.setdefault(kind, []).append(record["id"])
    factor = rng.choice(FACTORS)
    return [capability_record(rng, holder, template, method, number, by_kind, held, factor) for number, method in enumerate(chosen, before + 1)]


def capability_record(rng, holder, template, method, number, by_kind, held, factor) -> dict:
    symbol, cas = substance_of(method)
    kind = kind_of(method)
    status, note = suspension(rng, template, method)
    checked = working(between(rng, "2025-10-09", "2026-11-20"))
    return {
        "id": f"cap-{number:04d}",
        "name": name_of(method),
        "aliases": ALIASES.get(method.object),
        "object": method.object,
        "parameter": method.parameter,
        "symbol": symbol,
        "cas": cas,
        "kind": kind,
        "method": method.standard,
        "clause": method.clause,
        "technique": method.technique,
        "range": method.range,
        "uncertainty": uncertainty(method.uncertainty, factor),
        "accuracy": method.accuracy,
        "detection_limit": method.detection_limit,
        "limitation": rng.choice(LIMITATIONS) if rng.random() < 0.08 else None,
        "institution": holder,
        "equipment": [rng.choice(by_kind[needed]) for needed in method.instruments],
        "certificates": certificates_for(rng, method, kind, held),
        "industries": method.industries,
        "status": status,
        "status_note": note,
        "started": working(between(rng, f"{max(template.founded or 2005, 2005)}-03-01", "2026-06-30")) if rng.random() < 0.5 else None,
        "samples": method.samples,
        "lead_time": rng.choice(LEAD_TIMES[kind]) if rng.random() < 0.6 else None,
        "fees": rng.choice(FEES[kind]) if rng.random() < 0.45 else None,
        "updated": checked,
        "verified_on": checked if rng.random() < 0.75 else None,
        "verified_by": "平台办公室" if rng.random() < 0.5 else None,
        "sample": True,
    }


def certificates_for(rng, method, kind, held) -> list[str]:
    """The certificates of the institution in whose scope the method lies; a few methods lie in none."""
    wanted = set(COVERS[kind])
    if kind in ("检测", "检验"):
        wanted |= {INDUSTRY_COVERS[industry] for industry in method.industries[:1] if industry in INDUSTRY_COVERS}
    papers = [record for name, record in held if name in wanted and not record["scope"].startswith(SPECIAL)]
    if kind == "检定":
        papers += [record for _, record in held if record["scope"].startswith(SPECIAL) and is_special(method, record)]
        papers = papers[:1] + [paper for paper in papers[1:] if paper["scope"].startswith(SPECIAL)]
    if kind == "检测" and rng.random() < SERVICES_WITHOUT_PAPER:
        return []
    return [paper["id"] for paper in papers]


def is_special(method, record) -> bool:
    word = "计价器" if "计价器" in record["scope"] else "报警器"
    return word in method.object


def suspension(rng, template, method):
    """Whether the capability is suspended, and why."""
    if any(method.parameter in item and method.object[-4:] in item for item in template.suspended):
        return "暂停", "试验台更换加载油缸，恢复日期另行通知"
    if rng.random() < 0.01:
        return "暂停", rng.choice(SUSPENSIONS)
    return None, None


def uncertainty(text, factor):
    """`1.2 %` and a factor 1.5 → `1.8 % (k=2)`."""
    if not text:
        return None
    value, unit = text.split(" ", 1)
    exact = Decimal(value) * factor
    places = max(0, 1 - exact.adjusted())
    rounded = round(exact, places) if places else exact.quantize(Decimal(1))
    number = format(rounded.normalize(), "f")
    return f"{number} {unit} (k=2)"
