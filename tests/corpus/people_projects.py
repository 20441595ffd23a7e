"""Enterprises, their projects and the cases in which they were helped."""

from datetime import date, timedelta
from itertools import islice

from .identifiers import credit_code, phone
from .people_material import TODAY_DATE, branch, care, deck, draw, numbered, table
from .people_names import PLACES, SUFFIXES, WORDS

CODES = {"城区": "140302", "矿区": "140303", "郊区": "140311", "平定县": "140321", "盂县": "140322", "高新区": "140302"}  # the zone is no division
SERVICES = ("服务业", "电子信息", "交通运输")
GOODS = (  # what those who sell services do not have
    "{product}", "样品", "样件", "退货", "供应商", "校准", "取样", "车间", "试验", "原料", "批次", "外委", "化验", "检验员", "标准物质", "传感器", "专利", "返工",
)
STAGES = {  # which phases the progress of a project has gone through, and how many entries of each
    "谋划": (("start", 1, 2),),
    "建设": (("start", 1, 1), ("diagnose", 0, 2), ("act", 0, 1)),
    "试产": (("start", 0, 1), ("diagnose", 1, 2), ("act", 1, 2)),
    "投产": (("start", 0, 1), ("diagnose", 1, 1), ("act", 1, 2), ("finish", 1, 2)),
    "结束": (("start", 1, 1), ("diagnose", 1, 1), ("act", 1, 2), ("finish", 1, 2)),
}


def enterprises(rng, scale):
    """Sixty times the scale that consented, then two that did not."""
    rows = table("enterprises")
    rows = rows[:-2] + list(further(branch(rng), rows[:-2], 60 * (scale - 1))) + rows[-2:]
    units = table("notes")["units"]
    last = len(rows) - 2
    return [enterprise(rng, numbered("ent", number, 2), row, number <= last, units) for number, row in enumerate(rows, 1)]


def further(rng, rows, count):
    """More enterprises of the same trades under other names."""
    seen = set()
    for number in range(count):
        _, area, industry, scale, products, flags, honours, town = rows[number % len(rows)]
        word = rng.choice(WORDS)
        name = rng.choice(PLACES) + word + rng.choice(SUFFIXES[industry])
        if name in seen:
            name = f"{name.removesuffix('有限公司')}{rng.choice(WORDS)}{'有限公司' if name.endswith('有限公司') else ''}"
        seen.add(name)
        yield [name, area, industry, scale, products, flags, honours, town]


def enterprise(rng, id, row, consented, units):
    name, area, industry, scale, products, flags, honours, town = row
    kind = "93" if "合作" in name else "92" if name.endswith("厂") and scale == "微型" else "91"
    contact = rng.random() < 0.4
    return {
        "id": id,
        "name": name,
        "credit_code": credit_code(rng, kind, CODES[area]) if rng.random() < 0.92 else None,
        "area": area,
        "industry": industry,
        "scale": scale,
        "products": products,
        "address": f"{area}{'' if town[-1] in '路街' else town}示例路 {rng.randint(1, 199)} 号" if rng.random() < 0.7 else None,
        "web": f"https://{id}.example.com/" if rng.random() < 0.35 else None,
        "key_help": True if "k" in flags else None,
        "patent_pilot": True if "p" in flags else None,
        "honours": honours,
        "consents": (["名称与简介"] if consented else []) + (["联系方式"] if contact or not consented else []),
        "phone": phone(rng) if contact else None,
        **care(rng, units),
        "sample": True,
    }


def projects(rng, scale, firms, people, links):
    """The projects of the table, once for every sixty enterprises."""
    material = table("projects")
    units = table("notes")["units"]
    needs = {field: deck(branch(rng), rows) for field, rows in material["needs"].items()}
    problems = {field: deck(branch(rng), rows) for field, rows in material["problems"].items()}
    phases = {phase: deck(branch(rng), rows) for phase, rows in material["progress"].items()}
    after = deck(branch(rng), material["after"])
    suits = material["suits"]
    made = []
    for copy in range(scale):
        for row in material["projects"]:
            firm = firms[row[0] - 1 + 60 * copy]
            record = project(branch(rng), row, firm, people, links, copy, needs, problems, phases, suits, units)
            record = {"id": numbered("prj", len(made) + 1, 3), **record}
            made.append((record, project_body(rng, row[1] + row[5], row[5], firm, after, suits)))
    return made


def project(rng, row, firm, people, links, copy, needs, problems, phases, suits, units):
    _, name, six_new, stage, month, story, *result = row
    field = firm["industry"]
    fitting = (need for need in few(needs[field]) if suitable(need[1], name + story, suits))
    wanted = [dict(zip(("element", "need"), need)) for need in draw(fitting, rng.choice((1, 2, 2, 3, 3, 4)))]
    found = draw((text for text in few(problems[field]) if suitable(text, name + story, suits)), rng.choice((0, 1, 1, 2, 2, 3)))
    started = f"{month}-{rng.randint(2, 27):02d}"
    words = {"product": product(name, firm), "need": wanted[0]["need"], "problem": found[0] if found else None, "n": rng.randint(2, 16)}
    progress = history(rng, stage, started, words, phases, name + story, suits)
    touched = max([started, "2026-01-05", *(entry["date"] for entry in progress)])
    return {
        "name": name if copy == 0 else f"{name}（{copy + 1}）",
        "enterprise": firm["id"],
        "six_new": six_new,
        "industry": field,
        "area": firm["area"],
        "stage": stage,
        "started": started,
        "ended": progress[-1]["date"] if stage == "结束" else None,
        "needs": wanted,
        "problems": found,
        "capabilities": in_copy("cap", links["projects"].get(name, ()), copy, 640),
        "experts": helpers(rng, people, field, {need["element"] for need in wanted}, rng.choice((0, 1, 1, 2, 3))),
        "progress": progress,
        "result": result[0] if result else None,
        **care(rng, units, min(touched, "2026-11-20")),
        "sample": True,
    }


def history(rng, stage, started, words, phases, about, suits):
    """What happened, in order, from the beginning of a project to today at the latest."""
    texts = []
    for phase, low, high in STAGES[stage]:
        for _ in range(rng.randint(low, high)):
            pattern = next(text for text in phases[phase] if sayable(text, words) and suitable(text, about, suits))
            texts.append(pattern.format(**{**words, "n": words["n"] + len(texts)}))
    first = date.fromisoformat(started)
    room = max(len(texts), min((TODAY_DATE - first).days - 6, 170 * len(texts)))
    days = sorted(rng.sample(range(room), len(texts)))
    return [{"date": str(first + timedelta(days=1 + after)), "text": text} for after, text in zip(days, texts)]


def suitable(text, about, suits):
    """Whether a need or a problem can be one of this project: see `suits` in the table."""
    return all(any(word in about for word in words) for topic, words in suits.items() if topic in text)


def few(cards, count=60):
    """The beginning of an endless deck."""
    return islice(cards, count)


def product(name, firm):
    """The product of the firm that the project's name speaks of, in services none."""
    if firm["industry"] in SERVICES:
        return None
    shared = {item: len(set(item) & set(name)) for item in firm["products"]}
    best = max(shared, key=shared.get)
    return best if shared[best] >= 2 and not best.endswith(("服务", "工程", "化验", "运维")) else "样件"


def sayable(text, words):
    """Whether what the text speaks of is known of the project."""
    if words["product"] is None and any(word in text for word in GOODS):
        return False
    return words["problem"] is not None or "{problem}" not in text


def serves(text, firm):
    """Services have no goods to speak of."""
    return firm["industry"] not in SERVICES or not any(word in text for word in GOODS)


def project_body(rng, about, story, firm, after, suits):
    fitting = (text for text in few(after) if suitable(text, about, suits) and serves(text, firm))
    remarks = draw(fitting, rng.choice((0, 1, 1, 1, 2)))
    if remarks and rng.random() < 0.3:
        return "\n\n".join([story + remarks[0], *remarks[1:]])
    return "\n\n".join([story, *remarks])


def in_copy(prefix, numbers, copy, width):
    """Records of the other half by their numbers; a later copy of the table speaks of later ones."""
    return [numbered(prefix, number if copy == 0 else (number - 1) % width + 1 + width * copy, 4) for number in numbers]


def helpers(rng, people, field, elements, count):
    """Published experts at work who know the field, those first whose element is asked for."""
    fitting = [person for person in people if field in person["fields"] and person["availability"] != "已退出"]
    rng.shuffle(fitting)
    fitting.sort(key=lambda person: not elements & set(person["elements"]))
    return sorted(person["id"] for person in fitting[:count])


def cases(rng, scale, firms, projects, people, links):
    """The cases of the table, once for every sixty enterprises."""
    rows = table("cases")
    units = table("notes")["units"]
    places = {record["name"]: number for number, (record, _) in enumerate(projects)}
    width = 110
    made = []
    for copy in range(scale):
        for row in rows:
            id = numbered("case", len(made) + 1, 2)
            place = places.get(row.get("project"))
            linked = projects[place + width * copy][0] if place is not None else None
            made.append(({"id": id, **case(branch(rng), row, copy, firms, linked, people, links, units)}, row["body"]))
    return made


def case(rng, row, copy, firms, linked, people, links, units):
    named = isinstance(row["enterprise"], int)
    firm = firms[row["enterprise"] - 1 + 60 * copy] if named else {"industry": row["industry"], "area": row["area"]}
    field, on = firm["industry"], str(row["date"])
    house, *tools = links["cases"].get(row["name"], (None,))
    return {
        "name": row["name"] if copy == 0 else f"{row['name']}（{copy + 1}）",
        "date": on,
        "enterprise": firm["id"] if named else None,
        "anonymous": None if named else row["enterprise"],
        "elements": row["elements"],
        "area": firm["area"],
        "industry": field,
        "six_new": rng.choice(linked["six_new"]) if linked else None,
        "year": on[:4],
        "duration": row["duration"],
        "problem": row["problem"],
        "action": row["action"],
        "outcome": row["outcome"],
        "metrics": row["metrics"],
        "solved": row["solved"],
        "experts": helpers(rng, people, field, set(row["elements"]), rng.choice((1, 2, 2, 3))),
        "institution": numbered("inst", house + 43 * copy, 2) if house else None,
        "equipment": in_copy("eq", tools, copy, 812),
        "project": linked["id"] if linked else None,
        "departments": row["departments"],
        **care(rng, units, max(on, "2025-06-01")),
        "sample": True,
    }
