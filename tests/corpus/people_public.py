"""What the office publishes: standardisation projects, stations, news and pages."""

import yaml

from .identifiers import phone
from .people_experts import names
from .people_material import FOLDER, branch, care, day, numbered, table
from .people_projects import helpers

FILES = {  # kind of project → the file that holds it
    "农业标准化示范区": "farm-zones",
    "服务业标准化试点": "service-pilots",
    "标准化良好行为企业": "good-practice",
    "美丽乡村标准化": "villages",
    "农业技术规程": "farm-codes",
    "国家标准制修订": "drafting",
    "行业标准制修订": "drafting",
    "地方标准制修订": "drafting",
    "团体标准制修订": "drafting",
}
REPORT = {"title": "关于平台建设情况的公开报道（2022 年 9 月 23 日）", "date": "2022-09-23"}
KINDS = {"现场故事": "story", "工作动态": "work", "通知公告": "notice"}
ORIGINS = {"现场故事": ("服务站点通讯员", "平台办公室"), "工作动态": ("平台办公室", "质量服务窗口"), "通知公告": ("平台办公室",)}
EDITORS = ("平台办公室信息组", "质量服务窗口", None, None)


def std_projects(rng, firms, people):
    """Files of standardisation projects by kind."""
    units = table("notes")["units"]
    files = {}
    number = 0
    for kind, rows in table("std_projects").items():
        for row in rows:
            number += 1
            record = {"id": numbered("stp", number, 2), **std_project(rng, kind, row, firms, people, units)}
            files.setdefault(FILES[kind], []).append(record)
    return files


def std_project(rng, kind, row, firms, people, units):
    name, level, undertaker, area, stage, started, ended, grant, standard, summary = row
    firm = firms[undertaker - 1] if isinstance(undertaker, int) else None
    return {
        "name": name,
        "kind": kind,
        "level": level,
        "summary": summary,
        "undertaker": firm["name"] if firm else undertaker,
        "enterprise": firm["id"] if firm else None,
        "area": area,
        "standard": [standard] if standard else None,
        "experts": helpers(rng, people, firm["industry"] if firm else "农业", {"标准"}, rng.choice((0, 1, 1, 2))),
        "stage": stage,
        "started": started,
        "ended": ended,
        "grant": grant,
        "grant_year": 2022 if grant else None,
        **care(rng, units),
        "sample": True,
    }


def stations(rng, firms, links):
    """The window, the parks and the stations in enterprises."""
    material, notes = table("stations"), table("notes")
    people = names(branch(rng))
    places = [(None, row) for row in material["public"]] + [(firms[row["of"] - 1], row) for row in material["enterprise"]]
    return [
        {"id": numbered("sta", number, 2), **station(branch(rng), row, firm, next(people)[0], links, notes)}
        for number, (firm, row) in enumerate(places, 1)
    ]


def station(rng, row, firm, officer, links, notes):
    since = day(rng, "2021-10-08", "2024-12-20")
    area = firm["area"] if firm else row["area"]
    near = [place for place in links["institutions"] if firm and firm["industry"] in place["industries"]]
    houses = [place["id"] for place in near if set(row["elements"]) & set(place["elements"])]
    return {
        "name": f"{short(firm['name'])}质量服务站" if firm else row["name"],
        "kind": "企业站" if firm else row["kind"],
        "tier": row["tier"],
        "area": area,
        "address": f"{firm['address'] or firm['area'] + '示例工业路 8 号'}，{rng.choice(notes['rooms'])}" if firm else row["address"],
        "hours": row.get("hours") or rng.choice(notes["hours"]),
        "phone": [phone(rng) for _ in range(1 if firm else 2)],
        "elements": row["elements"],
        "services": row["services"],
        "enterprise": firm["id"] if firm else None,
        "institution": rng.choice(houses) if houses and rng.random() < 0.5 else None,
        "cqo": officer,
        "cqo_since": since,
        "cqo_trained": day(rng, since, "2025-12-20") if rng.random() < 0.8 else None,
        "consents": ["首席质量官姓名"] if row["q"] == "y" else None,
        "opened": str(row.get("opened") or day(rng, "2021-11-01", "2022-08-30")),
        **care(rng, notes["units"]),
        "sample": True,
    }


def short(name):
    """The name without its legal form."""
    for ending in ("股份有限公司", "有限公司", "制品厂"):
        name = name.removesuffix(ending)
    return name


def news(rng, scale, cases, people):
    """The reports of real events as they are, and the fictional ones once for each unit of the scale."""
    material = table("news")
    for item in material["real"]:
        yield item["id"], {**headline(item), "origin": "公开报道（2022-09-23），本站改写", "source": [REPORT], "updated": "2026-11-18"}, item["body"]
    for copy in range(scale):
        for item in material["sample"]:
            yield sample_news(branch(rng), item, copy, cases, people)


def headline(item):
    keys = ("name", "summary", "time", "kind")
    return {key: item.get(key) for key in keys} | {"year": item["time"][:4], "elements": item["elements"]}


def sample_news(rng, item, copy, cases, people):
    told = [cases[number - 1 + 28 * copy][0] for number in item.get("cases", ())]
    persons = sorted({id for case in told for id in case["experts"] or ()})
    for profile in item.get("experts", ()):
        persons.append(rng.choice([person["id"] for person in people if person["profile"] == profile]))
    mark = "" if copy == 0 else f"-{copy + 1}"
    record = headline(item) | {
        "name": item["name"] + (f"（{copy + 1}）" if copy else ""),
        "origin": rng.choice(ORIGINS[item["kind"]]),
        "editor": rng.choice(EDITORS),
        "enterprises": [case["enterprise"] for case in told if case["enterprise"]],
        "experts": persons,
        "cases": [case["id"] for case in told],
        "updated": item["time"][:10],
        "sample": True,
    }
    return f"{item['time'][:10]}-{KINDS[item['kind']]}{mark}", record, item["body"]


def pages():
    """The pages as they are written."""
    for path in sorted((FOLDER / "people_pages").glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        yield path.stem, yaml.load(head, Loader=yaml.BaseLoader), body
