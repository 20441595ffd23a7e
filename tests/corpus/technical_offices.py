"""The record of an institution: what the table says of it, and the rest made to fit."""

from .identifiers import credit_code, phone
from .technical_dates import between, working

CODES = {"法定技术机构": "12", "企业": "91", "院校": "12", "科研院所": "52", "社会组织": "51"}
DIVISIONS = {"城区": "140302", "矿区": "140303", "郊区": "140311", "平定县": "140321", "盂县": "140322", "高新区": "140300"}
POSTCODES = {"城区": "045000", "矿区": "045000", "郊区": "045011", "平定县": "045200", "盂县": "045100", "高新区": "045000"}
UNITS = ("质量发展科", "计量科", "认证认可与检验检测监督管理科", "平台办公室")


def institution_record(rng, template, name) -> dict:
    checked = working(between(rng, "2025-09-01", "2026-11-20"))
    verified = rng.random() < 0.9
    return {
        "name": name,
        "aliases": template.aliases,
        "summary": template.summary,
        "credit_code": credit_code(rng, CODES[template.nature], DIVISIONS[template.area]),
        "nature": template.nature,
        "elements": template.elements,
        "industries": template.industries,
        "area": template.area,
        "address": template.address,
        "postcode": POSTCODES[template.area] if rng.random() < 0.8 else None,
        "hours": template.hours,
        "phone": [phone(rng) for _ in range(template.phones)],
        "web": f"https://{template.web}.example.com/" if template.web else None,
        "email": f"{template.web}@example.com" if template.web else None,
        "on_site": template.on_site,
        "english_report": template.english,
        "samples": template.samples,
        "fees": template.fees,
        "lead_time": template.lead_time,
        "suspended_items": template.suspended,
        "founded": template.founded,
        "updated": max(checked, working(between(rng, "2026-01-05", "2026-11-20"))),
        "verified_on": checked if verified else None,
        "verified_by": rng.choice(UNITS) if verified else None,
        "review_after": rng.choice(("6个月", "1年", "1年", None)),
        "source": [{"title": "机构自行填报并加盖公章的信息表", "date": checked}] if rng.random() < 0.5 else None,
        "sample": True,
    }
