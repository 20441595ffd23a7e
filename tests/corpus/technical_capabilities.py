"""The capabilities of an institution: methods of its groups, done with its own instruments, under its own certificates."""

from decimal import Decimal

from .technical_certificates import SPECIAL_SCOPES
from .technical_dates import between, working
from .technical_equipment import needs
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
LEAD_TIMES = {
    "检定": ("5 个工作日", "10 个工作日", "现场检定后 5 个工作日"),
    "校准": ("3 个工作日", "5 个工作日", "上门当天出数据，证书 3 个工作日"),
    "检测": ("3 个工作日", "5 个工作日", "7 个工作日", "10 个工作日"),
    "检验": ("5 个工作日", "7 个工作日", "15 个工作日"),
}
FEES = {
    "检定": ("列入强制检定目录的免费", "按价目表收取", "按台件计价"),
    "校准": ("按台件计价", "80 元/点起", "协议客户按年度合同"),
    "检测": ("按价目表收取", "60～200 元/项", "同批多项打包计价", "小微企业减免三成"),
    "检验": ("按批计价", "按价目表收取", "300 元/批起"),
}
LIMITATIONS = {
    "检定": ("现场条件不满足时不受理", "超差器具不负责修理", "需提前一周预约"),
    "校准": ("现场条件不满足时不受理", "仅在本机构实验室内开展", "校准点不超过 10 个，增加另计"),
    "检测": ("仅限来样检测，不含采样", "接近下限时需增加平行样", "需提前一周预约机时", "只对来样负责"),
    "检验": ("仅限委托检验，不作仲裁", "需提供产品执行标准", "抽样须双方在场"),
}
SUSPENSIONS = ("所用设备送修，预计 2027 年 1 月恢复", "方法正在换版验证，暂不受理", "检测人员培训期间暂停受理")
ALIASES = {  # what visitors may call the object
    "茶叶": ["连翘茶", "连翘叶茶", "药茶"],
    "连翘茶": ["连翘叶茶", "药茶"],
    "电子天平": ["分析天平"],
    "无创自动测量血压计": ["电子血压计"],
    "电子汽车衡": ["地磅", "汽车衡"],
    "饮用冷水水表": ["自来水表"],
    "可燃气体检测报警器": ["瓦斯报警器", "甲烷报警器"],
    "通用卡尺": ["游标卡尺"],
}
SHARE_WITHOUT_PAPER = 0.05


def chosen_methods(rng, template):
    """The methods an institution offers, in the order of the tables, as far as they need no more kinds of instrument than it can own."""
    available = list(possible_methods(template))
    leaders = {}
    for item in available:
        leaders.setdefault((item[0], item[2].standard, item[2].object, item[2].technique), item)
    first = set(leaders.values())
    ranked = sorted(available, key=lambda item: (not item[0].endswith("-old"), item not in first, rng.random()))
    room = template.equipment - len(template.extras.split())
    kinds, taken = set(), set()
    for item in ranked:
        more = kinds | set(needs(item[2]))
        if len(taken) < template.capabilities and len(more) <= room:
            kinds = more
            taken.add(item)
    return [item[2] for item in available if item in taken]


def possible_methods(template):
    """Group, place and method; who is not authorised to verify calibrates by the same regulation, where an uncertainty is known."""
    authorised, names = "legal" in template.certificates, set()
    for group in template.groups.split():
        for place, method in enumerate(GROUPS[group]):
            if method.pattern == "verify" and not authorised:
                if not method.uncertainty:
                    continue
                method = method._replace(pattern="calibrate", accuracy="")
            key = (name_of(method), method.standard)
            if key not in names:
                names.add(key)
                yield group, place, method


def capability_records(rng, holder, template, chosen, owned, held, before) -> list[dict]:
    by_need = {}
    for need, record in owned:
        by_need.setdefault(need, []).append(record["id"])
    factor = rng.choice(FACTORS)
    return [capability_record(rng, holder, template, method, number, by_need, held, factor) for number, method in enumerate(chosen, before + 1)]


def capability_record(rng, holder, template, method, number, by_need, held, factor) -> dict:
    symbol, cas = substance_of(method)
    kind = kind_of(method)
    status, note = suspension(rng, template, method)
    checked = working(between(rng, "2025-10-09", "2026-11-20"))
    verified = rng.random() < 0.75
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
        "limitation": rng.choice(LIMITATIONS[kind]) if rng.random() < 0.08 else None,
        "institution": holder,
        "equipment": [rng.choice(by_need[need]) for need in needs(method)],
        "certificates": certificates_for(rng, method, kind, held),
        "industries": method.industries,
        "status": status,
        "status_note": note,
        "started": working(between(rng, f"{max(template.founded or 2005, 2005)}-03-01", "2026-06-30")) if rng.random() < 0.5 else None,
        "samples": method.samples,
        "lead_time": rng.choice(LEAD_TIMES[kind]) if rng.random() < 0.6 else None,
        "fees": rng.choice(FEES[kind]) if rng.random() < 0.45 else None,
        "updated": checked,
        "verified_on": checked if verified else None,
        "verified_by": "平台办公室" if verified and rng.random() < 0.6 else None,
        "sample": True,
    }


def certificates_for(rng, method, kind, held) -> list[str]:
    """The certificates of the institution in whose scope the method lies; a few methods lie in none."""
    wanted = set(COVERS[kind])
    if kind in ("检测", "检验"):
        wanted |= {INDUSTRY_COVERS[industry] for industry in method.industries[:1] if industry in INDUSTRY_COVERS}
    papers = [record for name, record in held if name in wanted and not record["scope"].startswith(SPECIAL)]
    if kind in ("检定", "校准"):
        papers += [record for _, record in held if record["scope"].startswith(SPECIAL) and is_special(method, record)]
    if kind == "检测" and rng.random() < SHARE_WITHOUT_PAPER:
        return []
    return [paper["id"] for paper in papers]


def is_special(method, record) -> bool:
    """Whether a special authorisation covers the method: by the group of methods it was given for."""
    return any(method in GROUPS[group] for group, scope in SPECIAL_SCOPES.items() if scope == record["scope"])


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
