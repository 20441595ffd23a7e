"""The half of the corpus that is about people and what they did: experts, enterprises, projects, cases, stations, news, pages.

It knows the technical half by ids alone: `people_links.yaml` says which of them belong to which field.
"""

from .people_experts import experts
from .people_material import branch, table
from .people_projects import cases, enterprises, projects
from .people_public import news, pages, stations, std_projects

AREAS = {"城区": "chengqu", "矿区": "kuangqu", "郊区": "jiaoqu", "平定县": "pingding", "盂县": "yuxian", "高新区": "gaoxin"}
NOT_FIELDS = ("id", "profile")


def make(rng, scale):
    """The files of this half; see `tests/corpus/__init__.py`."""
    links = table("links")
    firms = enterprises(branch(rng), scale)
    members = experts(branch(rng), scale, firms[:-2], links)
    public = [record for record, _ in members[:-3]]
    plans = projects(branch(rng), scale, firms, public, links)
    stories = cases(branch(rng), scale, firms, plans, public, links)

    yield from records("experts", members)
    for area, name in AREAS.items():
        yield "enterprises", name, [firm for firm in firms if firm["area"] == area], None
    yield from records("projects", plans)
    yield from records("cases", stories)
    for name, rows in std_projects(branch(rng), firms, public).items():
        yield "std-projects", name, rows, None
    for station in stations(branch(rng), firms, links):
        yield "stations", station["id"], without(station), None
    for name, record, body in news(branch(rng), scale, stories, public):
        yield "news", name, record, body
    for name, record, body in pages():
        yield "pages", name, record, body


def records(collection, pairs):
    for record, body in pairs:
        yield collection, record["id"], without(record), body


def without(record):
    """The record as it is written: its id is the name of its file."""
    return {key: value for key, value in record.items() if key not in NOT_FIELDS}
