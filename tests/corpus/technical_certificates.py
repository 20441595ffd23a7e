"""Certificates: numbers by the rules of their kind, dates by their years of validity.

Numbers that an authority gives out lie beyond what it has given out, so that none belongs to a real body:
CNAS laboratories from L98001, certification bodies from 900.
"""

from typing import NamedTuple

from .identifiers import cma_number
from .technical_dates import between, last_day, working


class Kind(NamedTuple):
    label: str
    years: int
    number: str
    scope: str
    lookup: bool = True


KINDS = {
    "cma": Kind("CMA 资质认定", 6, "", "见资质认定证书附表"),
    "cnas": Kind("CNAS 认可", 6, "CNAS L{serial}", "见认可证书附件"),
    "legal-metrology": Kind("法定计量授权", 5, "（晋）法计（{year}）{serial} 号", "授权的计量检定、校准项目，见授权证书附件"),
    "food-cma": Kind("食品检验资质", 6, "", "食品、食品添加剂、食用农产品检验"),
    "catl": Kind("农产品检测资质", 6, "〔{year}〕农质检核（晋）字第 {serial} 号", "蔬菜、水果、粮食、茶叶中农药残留与重金属"),
    "ccc-laboratory": Kind("CCC 指定实验室", 3, "CCC-LAB-{year}-{serial}", "家用电器、电线电缆、插头插座"),
    "special-equipment": Kind("特种设备检验核准", 4, "TS76{serial}-{end}", "锅炉、压力容器、压力管道、电梯、起重机械定期检验"),
    "certification-body": Kind("认证机构批准", 6, "CNCA-R-{year}-{serial}", "管理体系认证、服务认证"),
    "patent-agency": Kind("专利代理许可", 5, "14{serial}", "专利代理业务"),
    "qms": Kind("质量管理体系认证", 3, "YQ{short}Q{serial}R{round}", "GB/T 19001-2016", lookup=False),
    "ems": Kind("环境管理体系认证", 3, "YQ{short}E{serial}R{round}", "GB/T 24001-2016", lookup=False),
    "ohsms": Kind("职业健康安全管理体系认证", 3, "YQ{short}S{serial}R{round}", "GB/T 45001-2020", lookup=False),
    "enms": Kind("能源管理体系认证", 3, "YQ{short}EN{serial}R{round}", "GB/T 23331-2020", lookup=False),
    "fsms": Kind("食品安全管理体系认证", 3, "YQ{short}F{serial}R{round}", "GB/T 22000-2006 与 GB/T 27341-2009", lookup=False),
    "mms": Kind("测量管理体系认证", 5, "YQ{short}M{serial}R{round}", "GB/T 19022-2003", lookup=False),
    "ipms": Kind("知识产权管理体系认证", 3, "YQ{short}IP{serial}R{round}", "GB/T 29490-2023", lookup=False),
}

SHORT = {"legal": "legal-metrology", "food": "food-cma", "ccc": "ccc-laboratory", "special": "special-equipment", "body": "certification-body", "patent": "patent-agency"}

CMA_FIELDS = {  # technical field and sector in a CMA number; the first industry decides
    "食品": (0, 11), "农业": (1, 2), "连翘茶与药茶": (1, 2), "建筑材料": (13, 11), "环境保护": (12, 8), "煤炭": (17, 24), "煤矿机械": (16, 24),
    "金属材料": (16, 30), "耐火材料": (13, 30), "家用电器": (20, 11), "气凝胶": (13, 30), "机械制造": (20, 11), "化工": (14, 11), "交通运输": (21, 19),
}

SPANS = {  # when a certificate ends, by what is unusual about it
    "": ("2027-03-10", None),
    "soon": ("2026-12-01", "2027-02-18"),
    "expired": ("2026-02-10", "2026-11-12"),
}

STATUS = {
    "partly": ("部分暂停", "2026-09-18", "大吨位加载试验台更换油缸，液压支架整架和刮板输送机加载两个项目暂停，其余项目有效"),
    "suspended": ("暂停", "2026-10-12", "监督评审发现体系不符合项，整改期间暂停使用认可标识"),
}

SPECIAL_SCOPES = {"gas": "专项授权：气体检测报警器与烟气分析仪检定", "vehicle": "专项授权：出租汽车计价器与排放气体测试仪检定"}  # by group of methods
ENTERPRISES = 60
ENTERPRISE_HOLDERS = (  # which of every sixty enterprises hold what
    (1, "qms"), (2, "qms"), (2, "enms"), (5, "qms:expired"), (11, "qms"), (11, "ipms"), (20, "qms"), (20, "ohsms"),
    (27, "mms"), (38, "fsms"), (43, "fsms:soon"), (46, "fsms"), (50, "qms"), (55, "ems"),
)


def institution_certificates(rng, holder, template, before):
    """Pairs of kind and record, in the order of the table; `before` certificates are already made."""
    special = (SPECIAL_SCOPES[group] for group in template.groups.split() if group in SPECIAL_SCOPES)
    held = []
    for word in template.certificates.split():
        kind, _, twist = word.partition(":")
        kind = SHORT.get(kind, kind)
        place = before + len(held) + 1
        record = certificate(rng, kind, twist, place, CMA_FIELDS.get(template.industries[0], (20, 11)))
        scope = next(special) if kind == "legal-metrology" and twist == "special" else None
        held.append((kind, finished(record, "institution", holder, scope or scope_of(kind, template))))
    return held


def enterprise_certificates(rng, scale, before):
    """Certificates of management systems held by a few enterprises."""
    holders = [(number + ENTERPRISES * copy, word) for copy in range(scale) for number, word in ENTERPRISE_HOLDERS]
    for place, (holder, word) in enumerate(holders, before + 1):
        kind, _, twist = word.partition(":")
        yield kind, finished(certificate(rng, kind, twist, place), "enterprise", f"ent-{holder:02d}", KINDS[kind].scope)


def certificate(rng, kind, twist, place, cma_field=None) -> dict:
    """A certificate without its holder; the number is unique because `place` is."""
    rules = KINDS[kind]
    issued, expires = validity(rng, rules.years, twist)
    cma = None
    if kind in ("cma", "food-cma"):
        field, sector = (0, 11) if kind == "food-cma" else cma_field
        cma = cma_number(issued.year, field, sector, serial_of(kind, place))
    number = cma or rules.number.format(
        year=issued.year, short=f"{issued.year % 100:02d}", end=expires.year, serial=serial_of(kind, place), round=rng.randrange(4)
    )
    status, status_on, note = STATUS.get(twist, (None, None, None))
    return {
        "id": f"cert-{place:03d}",
        "number": number,
        "kind": rules.label,
        "cma": cma,
        "cnas": number if kind == "cnas" else None,
        "issued": issued,
        "expires": expires,
        "status": status,
        "status_on": status_on,
        "status_note": note,
        "verify_url": f"https://example.org/verify/{kind}/{place}" if rules.lookup else None,
        "checked_on": working(between(rng, "2026-05-06", "2026-11-20")) if rng.random() < 0.85 else None,
    }


def finished(record, holder_field, holder, scope) -> dict:
    """The same record with holder and scope, in the order of the schema."""
    head = {name: record.pop(name) for name in ("id", "number", "kind")}
    numbers = {name: record.pop(name) for name in ("cma", "cnas")}
    scope_url = f"https://example.com/scope/{head['id']}" if numbers["cma"] or numbers["cnas"] else None
    return head | {holder_field: holder} | numbers | {"scope": scope, "scope_url": scope_url} | record | {"sample": True}


def validity(rng, years, twist):
    first, last = SPANS.get(twist, SPANS[""])
    if last:
        expires = between(rng, first, last)
        issued = expires.replace(year=expires.year - years)
        return issued, last_day(issued, years)
    start = f"{int(first[:4]) - years}{first[4:]}"
    issued = working(between(rng, start, "2026-08-28"))
    return issued, last_day(issued, years)


def serial_of(kind, place):
    """A number in the series of the kind."""
    starts = {"cma": 101, "food-cma": 101, "cnas": 98000, "certification-body": 900, "patent-agency": 900, "special-equipment": 14000}
    number = starts.get(kind, 1000) + place
    return number if kind != "cnas" or number < 100_000 else number - 90_000  # five digits, whatever the scale


def scope_of(kind, template):
    fields = "、".join(template.industries[:3])
    return f"{fields}领域，{KINDS[kind].scope}" if kind in ("cma", "cnas") else KINDS[kind].scope
