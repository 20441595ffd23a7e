"""What is joined again after a save equals what joining everything gives; nothing that was not public comes to light by it."""

from __future__ import annotations

import random

import pytest

from engine.load import Memory, load
from engine.link import link
from engine.model import Key
from engine.relink import is_plan_kept, part, relinked
from engine.plan import plan
from engine.reload import reloaded
from tests import sites

TITLED = "title: {label: 题, type: text}\n"
FRAME = {
    name: text.replace("order: 2\n", "order: 2\nsort: [institution, name]\n") if name.startswith("experts/") else text for name, text in {**sites.SMALL, **sites.PERMITS}.items() if name.endswith(("_collection.yaml", "_site.yaml")) or name.startswith("_voc") or name.startswith("files/")
}
DAYS = ("2026-11-20", "2026-11-22", "2026-11-23", "2027-01-05", "2027-06-01")
TERMS = ("材料", "金属", "特种钢", "食品")


def institution(choose: random.Random, others: list[str]) -> str:
    rows = "".join(f"  - {{field: {choose.choice(TERMS)}, until: {choose.choice(DAYS)}, range: 0~{choose.choice(('1', '1.0', '2'))} g{choose.choice(('', ', method: GB/T 1-2001'))}}}\n" for _ in range(choose.randrange(3)))
    said = [
        f"name: 机构{choose.randrange(9)}",
        f"area: {choose.choice(('北区', '南区', '全市'))}",
        choose.choice(("", f"licence: {choose.choice(DAYS)}")),
        choose.choice(("", "", "status: 暂停", "status: 部分暂停")),
        choose.choice(("", f"secret: 密语{choose.randrange(9)}")),
        choose.choice(("", f"summary: 摘要{choose.randrange(9)}")),
        choose.choice(("",) * 20 + (f"publish_until: {choose.choice(DAYS)}", "retired_on: 2026-01-01", "published: 否")),
        choose.choice(("", "", f"redirect_from: [/institutions/old-{choose.randrange(3)}/]")),
    ]
    return "\n".join(filter(None, said)) + "\n" + (f"scope:\n{rows}" if rows else "")


def expert(choose: random.Random, others: list[str]) -> str:
    drafted = choose.sample(("GB/T 1-2001", "GB/T 1-2011"), choose.randrange(3))
    said = [
        f"name: 人{choose.randrange(9)}",
        f"fields: [{', '.join(choose.sample(TERMS, choose.randrange(1, 3)))}]",
        choose.choice(("", f"institution: {choose.choice(others)}")) if others else "",
        f"drafted: [{', '.join(drafted)}]" if drafted else "",
        f"phone: 0353-555010{choose.randrange(9)}",
        choose.choice(("consents: [姓名]", "consents: [姓名, 电话]", "consents: [姓名, 电话]", "consents: [电话]")),
        choose.choice(("", f"body: 正文{choose.randrange(9)}")),
    ]
    return "\n".join(filter(None, said)) + "\n"


def standard(choose: random.Random, number: str) -> str:
    state = choose.choice(("现行", "现行", "被代替"))
    return f"number: GB/T 1-{number}\ntitle_zh: 标准{choose.randrange(9)}\nstatus: {state}\n" + choose.choice(("", "replaced_by: [GB/T 1-2011]\n"))


def news(choose: random.Random, others: list[str]) -> str:
    named = choose.sample(others, min(len(others), choose.randrange(4)))
    return f"name: 消息{choose.randrange(9)}\ntime: 2026-11-1{choose.randrange(9)} 08:00\n" + (f"institutions: [{', '.join(named)}]\n" if named else "") + choose.choice(("", "image: window.png\n"))


def permit(choose: random.Random, others: list[str]) -> str:
    said = [
        f"name: 证{choose.randrange(9)}",
        choose.choice(("", f"holder: {choose.choice(others)}")) if others else "",
        choose.choice(("", f"expires: {choose.choice(DAYS)}", f"expires: {choose.choice(DAYS)}")),
        choose.choice(("", "", "status: 撤销")),
    ]
    return "\n".join(filter(None, said)) + "\n"


def some_file(choose: random.Random, content) -> tuple[str, str | None]:
    """The name of a file of records and what is written into it now; None: it is removed."""
    others = [path.stem for path in sorted((content / "institutions").glob("inst-*.yaml"))]
    kind = choose.choice(("institutions", "institutions", "experts", "experts", "standards", "news", "permits"))
    if kind == "standards":
        number = choose.choice(("2001", "2011"))
        return f"standards/gb-t-1-{number}.yaml", standard(choose, number)
    if kind == "experts" and choose.random() < 0.3:  # a list, whose rows come, go and change places
        rows = ["- id: row-{}\n{}".format(id, "".join(f"  {line}\n" for line in expert(choose, others).splitlines())) for id in choose.sample("abcd", 3)]
        return "experts/list.yaml", "".join(rows)
    name = f"{kind}/{kind[:4]}-{choose.randrange(6)}.yaml"
    gone = choose.random() < 0.05
    return name, None if gone else {"institutions": institution, "experts": expert, "news": news, "permits": permit}[kind](choose, others)


def ordered(site) -> list:
    """The site with the order of whatever is gone through."""
    return [[*site.records], [*site.held.items()], {id: [*found.items()] for id, found in site.terms.items()}, {key: [*found.items()] for key, found in site.backlinks.items()}, repr([*site.records.values()])]


@pytest.mark.parametrize("seed", range(6))
def test_after_hundreds_of_random_edits_it_is_the_site_that_link_makes(tmp_path, seed):
    choose, memory = random.Random(seed), Memory()
    content = sites.write(tmp_path / "content", FRAME)
    for number in ("2001", "2011"):
        (content / f"standards/gb-t-1-{number}.yaml").write_text(standard(choose, number), "utf-8")
    before = loaded = load(content, memory)
    site, _ = link(*loaded[:5], sites.TODAY)
    joined = kept = 0
    for _ in range(120):
        saved = set()
        for _ in range(choose.choice((1, 1, 1, 3))):
            name, text = some_file(choose, content)
            saved.add(content / name)
            if text is None:
                (content / name).unlink(missing_ok=True)
            else:
                (content / name).write_text(text, "utf-8")
        loaded = reloaded(loaded, content, saved, memory)
        assert loaded == load(content)
        if any(problem.severity == "error" for problem in loaded.problems):
            continue
        wanted, problems = link(*loaded[:5], sites.TODAY)
        found = relinked(site, before.records, loaded)
        if found is not None:
            joined += 1
            assert found[1] == problems
            if not problems:
                assert found[0] == wanted and ordered(found[0]) == ordered(wanted)
            if not problems and is_plan_kept(site, found[0]):
                kept += 1
                assert {*map(repr, plan(site))} == {*map(repr, plan(wanted))}
        if not problems:
            before, site = loaded, found[0] if found else wanted
    assert joined > 15 and kept > 0


def test_who_takes_over_what_runs_out_gets_a_calendar_although_all_counts_are_the_same(content):
    rows = "- {{id: p-1, name: 甲证, holder: inst-0{}, expires: 2026-12-31}}\n- {{id: p-2, name: 乙证, holder: inst-0{}}}\n"
    folder, memory = content({**sites.PERMITS, "permits/all.yaml": rows.format(1, 2)}), Memory()
    before = load(folder, memory)
    site, _ = link(*before[:5], sites.TODAY)
    (folder / "permits/all.yaml").write_text(rows.format(2, 1), "utf-8")
    now, _ = relinked(site, before.records, reloaded(before, folder, {folder / "permits/all.yaml"}, memory))
    assert [*site.held] == [Key("institutions", "inst-01")] and [*now.held] == [Key("institutions", "inst-02")]
    assert not is_plan_kept(site, now)


def test_a_record_that_comes_to_light_or_goes_is_left_to_link(content):
    folder, memory = content(), Memory()
    before = load(folder, memory)
    site, _ = link(*before[:5], sites.TODAY)
    for name, text in (("news/soon.md", "---\nname: 密语丁\ntime: 2026-12-01 08:00\n---\n"), ("news/window.md", None), ("institutions/inst-02.yaml", "name: 站\nretired_on: 2026-01-01\n")):
        old = (folder / name).read_bytes()
        (folder / name).unlink() if text is None else (folder / name).write_text(text, "utf-8")
        assert relinked(site, before.records, reloaded(before, folder, {folder / name}, memory)) is None
        (folder / name).write_bytes(old)
        reloaded(before, folder, {folder / name}, memory)


@pytest.mark.parametrize("name", ["_site.yaml", "_vocabularies/fields.yaml", "experts/_collection.yaml", "files/window.png", "experts/people.txt", "other/a.yaml", "README.md"])
def test_other_files_than_those_of_records_are_left_to_load(content, name):
    folder = content()
    assert reloaded(load(folder), folder, {folder / name}, Memory()) is None


@pytest.mark.parametrize("name", ["experts/.people.yaml.swp", "experts/_draft.yaml"])
def test_files_that_nobody_reads_change_nothing(content, name):
    folder = content()
    before = load(folder)
    assert reloaded(before, folder, {folder / name}, Memory()) is before


def test_a_part_goes_through_some_records_and_knows_all(content):
    site, _ = sites.linked(content())
    one, other = Key("experts", "exp-001"), Key("institutions", "inst-01")
    some = part(site, [one])
    assert [*some.records] == [one] and some.members["institutions"] == () and some.records[other] is site.records[other]
