"""The experts: who they are, what they have done, what they can help with."""

from .identifiers import TODAY, phone
from .people_material import branch, care, day, deck, draw, numbered, some, table
from .people_names import (
    AT_INSTITUTION, COMPOUND, ELSEWHERE, FEMALE, INSTITUTES, LABORATORIES, MALE, POLYPHONIC, SURNAMES, TAKEN, TEACHERS, TEACHING,
)

PUBLISHED = 134
LANGUAGES = (["普通话", "英语"], ["普通话", "英语"], ["普通话"], ["普通话", "英语", "德语"], ["普通话", "日语"], ["普通话", "晋语"], ["普通话", "英语", "俄语"])


def experts(rng, scale, enterprises, links):
    """All the experts, as pairs of a record and its body; the last three are not to be seen on the site."""
    count = PUBLISHED * scale
    people = names(branch(rng))
    chance = branch(rng)
    notes = table("notes")
    decks = {key: deck(branch(rng), notes[key]) for key in ("notes", "headings", "summaries", "routes")}
    decks["availability"] = deck(branch(rng), ["可接单"] * 60 + ["暂停接单"] * 5 + ["已退出"])
    made = []
    for number, profile in zip(range(1, count + 4), profiles(branch(rng))):
        made.append(expert(chance, numbered("exp", number, 3), profile, next(people), enterprises, links, decks, notes["units"]))
    hide(made[-3:], numbered("exp", min(40, count), 3))
    return made


def names(rng):
    """Names that do not repeat, with the pronoun that suits them."""
    seen = set(TAKEN)
    while True:
        surnames = rng.choices((SURNAMES, POLYPHONIC, COMPOUND), (82, 11, 7))[0]
        pronoun = rng.choice("他他她")
        given = rng.choice(MALE if pronoun == "他" else FEMALE)
        name = rng.choice(surnames) + given
        if name in seen and len(seen) < 4000:
            continue
        seen.add(name)
        yield name, pronoun


def profiles(rng):
    """Each profile as often as it has careers to tell, shuffled, with decks of its own."""
    kinds = table("experts")
    for kind in kinds:
        kind["decks"] = {key: deck(rng, kind[key]) for key in ("helps", "titles")}
        kind["decks"]["lives"] = deck(rng, zip(kind["careers"], kind["posts"]))
    yield from deck(rng, [kind for kind in kinds for _ in range(min(len(kind["careers"]), len(kind["helps"])))])


def expert(rng, id, profile, named, enterprises, links, decks, units):
    name, pronoun = named
    career, post = next(profile["decks"]["lives"])
    fields = profile["fields"][:1] + some(rng, profile["fields"][1:], 0, 2) if rng.random() < 0.8 else some(rng, profile["fields"], 1, 3)
    specialities = draw(deck(rng, profile["specialities"]), rng.choice((2, 3, 3, 4, 5)))
    consents = ["姓名与简介"] + ["电子邮箱"] * (rng.random() < 0.14) + ["办公电话"] * (rng.random() < 0.06) + ["照片"] * (rng.random() < 0.05)
    agreed = day(rng, "2023-04-10", "2025-12-30")
    record = {
        "name": name,
        "summary": summary(next(decks["summaries"]), fields, specialities) if rng.random() < 0.45 else None,
        "title": title(rng, profile, post),
        "post": post if rng.random() < 0.88 or post in ELSEWHERE else None,
        **workplace(rng, post, profile["elements"][0], fields, enterprises, links["institutions"]),
        "elements": profile["elements"][:1] + some(rng, profile["elements"][1:], 0, 2),
        "fields": fields,
        "specialities": specialities if rng.random() < 0.95 else None,
        "roles": some(rng, profile["roles"], 1, 3),
        "languages": rng.choice(LANGUAGES) if rng.random() < 0.3 else None,
        "drafted": some(rng, profile["standards"], 1, 2) if rng.random() < 0.3 else None,
        "availability": next(decks["availability"]),
        "route": next(decks["routes"]) if rng.random() < 0.6 else None,
        "email": f"zhuanjia{id[4:]}@example.com" if "电子邮箱" in consents else None,
        "phone": phone(rng) if "办公电话" in consents else None,
        "consents": consents,
        "consent_on": agreed,
        "consent_file": f"ZJ-{agreed[:4]}-{int(id[4:]):03d}",
        **care(rng, units),
        "sample": True,
    }
    text = body(rng, career, profile, specialities, decks)
    return {"id": id, "profile": profile["profile"], **record}, spoken(text, pronoun)


def title(rng, profile, post):
    """Teachers hold teachers' titles and others do not; a few say none."""
    if post in TEACHERS:
        return rng.choice([title for title in profile["titles"] if title in TEACHING] or ["副教授"])
    if rng.random() < 0.05:
        return None
    return next(title for title in profile["decks"]["titles"] if title not in TEACHING)


def workplace(rng, post, element, fields, enterprises, institutions):
    """The organisation in words, with the institution and the area where they are known."""
    if post in ELSEWHERE or post in TEACHERS:
        choice = ELSEWHERE.get(post) or TEACHERS[post]
    elif post in AT_INSTITUTION:
        able = [place for place in institutions if element in place["elements"]]
        near = [place for place in able if fields[0] in place["industries"]] or able
        choice = [place["id"] for place in near] if near and rng.random() < 0.85 else LABORATORIES
    else:
        choice = [firm["name"] for firm in enterprises if firm["industry"] in fields and firm["scale"] != "微型"] or INSTITUTES
    return somewhere(rng, rng.choice(choice), enterprises, institutions)


def somewhere(rng, place, enterprises, institutions):
    """A place given by its name or, if it is an institution of the directory, by its id."""
    for institution in institutions:
        if institution["id"] == place:
            return {"organisation": institution["name"], "institution": place, "area": institution["area"]}
    known = {firm["name"]: firm["area"] for firm in enterprises}
    near = next((area for area in ("平定县", "盂县", "郊区", "城区", "矿区") if place.startswith(area[:2])), None)
    area = known.get(place) or near or rng.choice(("城区", "城区", "矿区", "郊区", "高新区", None))
    return {"organisation": place, "institution": None, "area": area}


def summary(pattern, fields, specialities):
    return pattern.format(field=fields[0], a=specialities[0], b=specialities[1])


def body(rng, career, profile, specialities, decks):
    """One to four paragraphs: what was done, what can be had, sometimes a list and a remark."""
    career = career.format(y=rng.randint(9, 31))
    offer = next(profile["decks"]["helps"])
    parts = [career]
    shape = rng.random()
    if shape < 0.18:
        parts = [career + offer]
    elif shape > 0.26:
        parts.append(offer)
    if shape > 0.72:
        parts.append(listing(rng, profile, specialities, decks))
    if shape < 0.1 or 0.36 < shape < 0.68 or shape > 0.88:
        parts.append(next(decks["notes"]))
    return "\n\n".join(parts)


def listing(rng, profile, specialities, decks):
    items = rng.choice(profile.get("lists") or [[item for item in profile["specialities"] if item not in specialities][:4]])
    return next(decks["headings"]) + "\n\n" + "\n".join(f"- {item}" for item in items)


def spoken(text, pronoun):
    """The text with the pronoun of its subject; `其他` is another word."""
    return text.replace("其他", "\0").replace("她", "他").replace("他", pronoun).replace("\0", "其他")


def hide(last, successor):
    """Three who must not appear: a draft, one without consent, one who has retired."""
    (draft, _), (silent, _), (gone, _) = last
    draft["published"] = False
    silent["consents"] = ["电子邮箱"]
    silent["email"] = f"zhuanjia{silent['id'][4:]}@example.com"
    gone.update(availability="已退出", updated="2026-07-02", verified_on=None, verified_by=None, review_after=None)
    gone.update(retired_on="2026-06-30", retired_reason="已离开本市，不再承担平台的专家工作", successor=successor)
    assert gone["retired_on"] < TODAY
