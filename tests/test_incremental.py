"""What the last build knew makes a build faster, never different: after any edit the tree is that of a clean build, byte for byte."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from array import array
from datetime import date
from pathlib import Path

import pytest

from engine import memory, pipeline
from engine.digests import begun
from engine.reads import noted, packed
from tests import sites
from tests.specimens import picture
from tests.test_determinism import ROOT, different, digests

DAYS = (date(2026, 11, 22), date(2026, 12, 2))

# Places in the files of the small site, with what may stand there; the first is what does.
SPOTS = (
    ("institutions/inst-01.md", ("受理**送检**", "受理*上门*", "受理\n\n## 上门\n\n[动态](/news/window/)")),
    ("institutions/inst-01.md", ("name: 小城计量所", "name: 小城计量测试研究所", "name: 甲所")),
    ("institutions/inst-01.md", ("licence: 2027-11-22", "licence: 2026-12-01", "licence: 2026-11-01")),
    ("institutions/inst-01.md", ("status: 部分暂停", "status: 暂停", "# 无状态")),
    ("institutions/inst-01.md", ("method: GB/T 11170-2008", "method: GB/T 4336-2016")),
    ("institutions/inst-01.md", ("0~200 g", "0~500 g")),
    ("institutions/inst-01.md", ("secret: 密语甲", "secret: 密语甲甲")),
    ("institutions/inst-02.yaml", ("area: 南区", "area: 北区", "area: 全市")),
    ("institutions/inst-02.yaml", ("redirect_from: [/institutions/old-02/]", "redirect_from: [/institutions/older-02/, /institutions/old-02/]", "# 无旧地址")),
    ("institutions/inst-02.yaml", ("name: 南区", "published: false\nname: 南区", "retired_on: 2026-10-01\nname: 南区", "aliases: [南检]\nname: 南区")),
    ("institutions/inst-03.yaml", ("successor: inst-01", "successor: inst-02")),
    ("experts/people.yaml", ("name: 安一", "name: 安一一", "name: 欧阳一")),
    ("experts/people.yaml", ("fields: [金属, 食品]", "fields: [特种钢]", "fields: [食品]")),
    ("experts/people.yaml", ("  drafted: [GB/T 11170-2008]\n", "  drafted: [GB/T 4336-2002, GB/T 11170-2008]\n", "  # 未起草\n")),
    ("experts/people.yaml", ("  institution: inst-01\n  drafted", "  institution: inst-02\n  drafted")),
    ("experts/people.yaml", ("  sample: true", "  # 不是样例")),
    ("experts/people.yaml", ("consents: [姓名]", "consents: [姓名, 电话]", "consents: []")),
    ("permits/all.yaml", ("expires: 2026-12-31", "expires: 2026-11-30", "expires: 2028-01-01")),
    ("permits/all.yaml", ("status: 撤销", "# 没有撤销")),
    ("permits/all.yaml", ("己证, holder: inst-02", "己证, holder: inst-01", "己证")),
    ("standards/all.yaml", ("碳素钢 光谱分析", "碳素钢 火花光谱分析")),
    ("standards/all.yaml", ("  status: 被代替\n  replaced_by: [GB/T 4336-2016]", "  status: 现行", "  status: 被代替")),
    ("news/window.md", ("image: window.png\n", "# 无图\n")),
    ("news/window.md", ("[inst-01, inst-03]", "[inst-02]", "[inst-01]")),
    ("news/soon.md", ("publish_from: 2026-12-01", "publish_from: 2026-11-01", "publish_until: 2026-11-30")),
    ("_vocabularies/fields.yaml", ("label: 金属", "label: 金属材料")),
    ("_vocabularies/fields.yaml", ("broader: metals", "broader: materials")),
    ("_vocabularies/units.yaml", ("label: mg", "label: 毫克（mg）")),
    ("_site.yaml", ("name: 小城质量服务", "name: 小城质量一站式")),
    ("_site.yaml", ("stated: 3 名", "stated: 2 名")),
    ("institutions/_collection.yaml", ("facet: true, column: true}\n  licence", "facet: true}\n  licence", "column: true}\n  licence")),
    ("institutions/_collection.yaml", ("summary: 技术机构", "summary: 技术机构\nexports: [csv]", "summary: 技术机构\nfeed: true")),
    ("institutions/_collection.yaml", ("label: 内部备注, type: text, public: false", "label: 内部备注, type: text")),
    ("experts/_collection.yaml", ("back: 本机构专家, ", "back: 专家们, ")),
    ("standards/_collection.yaml", ("sort: [number]", "sort: [-number]")),
    ("news/_collection.yaml", ("feed: true", "feed: false")),
    ("@templates/record.html", ("{% block main %}", "{% block main %}<!-- 改 -->")),
    ("@templates/components/rows/rows.html", ("<td", "<td data-x")),
    ("@templates/strings/zh-CN.yaml", ("home: 首页", "home: 主页")),
)
# Whole files that come, go and move.
FILES = (
    {"experts/exp-004.yaml": (None, "name: 丁四\nfields: [食品]\ninstitution: inst-02\nconsents: [姓名]\n")},
    {"institutions/inst-02.yaml": (sites.SMALL["institutions/inst-02.yaml"], None)},
    {"news/window.md": (sites.SMALL["news/window.md"], None)},
    {"news/second.md": (None, "---\nname: 第二条\ntime: 2026-11-21 10:00\n---\n见[食品站](/institutions/inst-02/)。\n")},
    {"files/window.png": (sites.SMALL["files/window.png"], picture(width=800, height=640))},
    {"_changes.yaml": (None, "- {date: 2026-11-20, kind: changed, collection: institutions, id: inst-01, fields: [name]}\n")},
    {"institutions/inst-01.md": (sites.SMALL["institutions/inst-01.md"], None), "institutions/moved.yaml": (None, "- id: inst-01\n  name: 小城计量所\n  area: 北区\n")},
    {"pages/_collection.yaml": (None, "label: 页\nitem: 页\nfields:\n  name: {label: 标题, type: text, required: true}\n"), "pages/about.md": (None, "---\nname: 关于\n---\n说明。\n")},
)


class Workplace:
    """A folder with content and templates, an output that is built again and again, and what is remembered of it."""

    def __init__(self, folder: Path):
        self.folder, self.today, self.good = folder, DAYS[0], 0
        self.undo: dict[Path, bytes | None] = {}
        sites.write(folder / "content", {**sites.SMALL, **sites.PERMITS})
        shutil.copytree(ROOT / "templates", folder / "templates")

    def path(self, name: str) -> Path:
        return self.folder / (name[1:] if name.startswith("@") else f"content/{name}")

    def build(self, output: str = "site", memory: str | None = ".cache", jobs: int = 1) -> bool:
        """Whether there was nothing to mend."""
        place = {"content": self.folder / "content", "templates": self.folder / "templates", "output": self.folder / output, "memory": self.folder / memory if memory else None}
        return not pipeline.has_errors(pipeline.build(pipeline.Order(**place, today=self.today, jobs=jobs)).problems)

    def is_as_if_clean(self, jobs: int = 1) -> bool:
        """Builds both ways; a build that finds faults leaves the site as it is, and what was edited since the last good one is undone."""
        before = digests(self.folder / "site")
        is_good, is_good_clean = self.build(jobs=jobs), self.build("clean", None)
        is_same = is_good == is_good_clean and different(digests(self.folder / "site"), digests(self.folder / "clean") if is_good else before) == set()
        for path, content in () if is_good else self.undo.items():
            self.put(path, content)
        self.undo, self.good = {}, self.good + is_good
        return is_same

    def put(self, path: Path, content: bytes | None) -> None:
        """The file with these bytes, or no file; and no folder of records without a file."""
        self.undo.setdefault(path, path.read_bytes() if path.exists() else None)
        if content is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        elif path.exists():
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()

    def edit(self, choose: random.Random) -> str:
        """One change, and what it was."""
        kind = choose.random()
        if kind < 0.7:
            name, variants = choose.choice(SPOTS)
            path = self.path(name)
            text = path.read_text("utf-8") if path.exists() else ""
            here = next((one for one in sorted(variants, key=len, reverse=True) if one and one in text), None)
            other = choose.choice([one for one in variants if one != here])
            if here is None:
                return "nothing"
            self.put(path, text.replace(here, other).encode())
            return f"{name}: {here} → {other}"
        if kind < 0.9:
            turn, files = choose.randrange(2), choose.choice(FILES)
            for name, states in files.items():
                state = states[turn]
                self.put(self.path(name), state.encode() if isinstance(state, str) else state)
            return f"{list(files)}: {turn}"
        if kind < 0.95:
            self.today = choose.choice(DAYS)
            return f"today: {self.today}"
        path = choose.choice(sorted(path for path in (self.folder / "site").rglob("*") if path.is_file() and path.name != ".quality-directory"))
        path.unlink() if choose.random() < 0.5 else path.write_bytes(b"somebody was here")
        return f"{path} damaged"


@pytest.mark.parametrize("seed", range(4))
def test_after_any_of_two_hundred_edits_the_tree_is_that_of_a_clean_build(tmp_path, seed):
    workplace, choose = Workplace(tmp_path), random.Random(seed)
    assert workplace.is_as_if_clean(jobs=3)
    for number in range(25):
        edited = [workplace.edit(choose) for _ in range(choose.choice((1, 2, 3, 4)))]
        assert workplace.is_as_if_clean(choose.choice((1, 2, 3))), (number, edited)
    assert workplace.good > 18


INTRUSIONS = {
    "a file": lambda tree, elsewhere: (tree / "verify.txt").write_text("mine"),
    "a folder": lambda tree, elsewhere: sites.write(tree / "experts" / "mine", {"index.html": "mine"}),
    "a folder where a file was": lambda tree, elsewhere: ((tree / "index.html").unlink(), sites.write(tree / "index.html", {"mine.txt": "mine"})),
    "a file where a folder was": lambda tree, elsewhere: (shutil.rmtree(tree / "experts"), (tree / "experts").write_text("mine")),
    "a link where a folder was": lambda tree, elsewhere: (shutil.move(tree / "experts", elsewhere), (tree / "experts").symlink_to(elsewhere)),
}


@pytest.mark.parametrize("tree", ("site", ".site.spare"))
@pytest.mark.parametrize("intrusion", INTRUSIONS)
def test_what_others_put_into_a_tree_of_ours_is_never_published(tmp_path, tree, intrusion):
    workplace, elsewhere = Workplace(tmp_path), tmp_path / "elsewhere"
    assert workplace.build() and workplace.build()
    INTRUSIONS[intrusion](tmp_path / tree, elsewhere)
    theirs = digests(elsewhere)
    path = workplace.path("experts/people.yaml")
    for before, now in (("安一", "安一一"), ("安一一", "安一二"), ("安一二", "安一三")):  # what lies in the site is in its twin after one build, and would come back with the second
        path.write_text(path.read_text("utf-8").replace(f"name: {before}\n", f"name: {now}\n"), "utf-8")
        assert workplace.is_as_if_clean()
    assert digests(elsewhere) == theirs


def test_a_tree_that_nobody_touched_becomes_the_next_but_one(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build() and workplace.build()
    twin = (tmp_path / ".site.spare").stat().st_ino
    assert workplace.build()
    assert (tmp_path / "site").stat().st_ino == twin


def test_a_twin_keeps_no_page_that_the_site_has_not(tmp_path):
    workplace = Workplace(tmp_path)
    path = workplace.path("experts/exp-004.yaml")
    path.write_text("name: 丁四\nfields: [食品]\nconsents: [姓名]\n", "utf-8")
    assert workplace.build()
    path.unlink()
    assert workplace.build()
    pages = [{path.relative_to(tree) for path in tree.rglob("*") if path.is_file()} for tree in (tmp_path / "site", tmp_path / ".site.spare")]
    assert pages[0] == pages[1] and Path("experts/exp-004/index.html") not in pages[1]


def test_templates_may_be_reached_through_a_link(tmp_path):
    workplace = Workplace(tmp_path)
    shutil.move(tmp_path / "templates" / "components", tmp_path / "shared")
    (tmp_path / "templates" / "components").symlink_to(tmp_path / "shared")
    assert workplace.is_as_if_clean()
    path = tmp_path / "shared" / "rows" / "rows.html"
    path.write_text(path.read_text("utf-8").replace("<td", "<td data-x"), "utf-8")
    assert workplace.is_as_if_clean()


def inodes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def written_by(workplace: Workplace) -> set[str]:
    """The files that a build writes, and does not take from the tree before."""
    before = inodes(workplace.folder / "site")
    assert workplace.build()
    return {name for name, inode in inodes(workplace.folder / "site").items() if before.get(name) != inode} - {".quality-directory"}


def test_a_build_after_which_nothing_changed_writes_nothing(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build()
    assert written_by(workplace) == set()


def test_a_word_in_a_record_writes_the_pages_that_show_it_and_no_other(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build()
    path = workplace.path("institutions/inst-02.yaml")
    path.write_text(path.read_text("utf-8") + "summary: 查食品\n", "utf-8")
    written = written_by(workplace)
    assert "institutions/inst-02/index.html" in written and "data/institutions.json" in written
    assert not {name for name in written if name.startswith(("institutions/inst-01/", "experts/exp", "standards/gb", "news/", "assets/"))}


def test_an_index_of_which_no_word_changed_is_not_made_again(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build()
    path = workplace.path("institutions/inst-02.yaml")
    path.write_text(path.read_text("utf-8") + "verified_on: 2026-11-20\n", "utf-8")
    written = written_by(workplace)
    assert "institutions/inst-02/index.html" in written
    assert not {name for name in written if name.startswith("search/0/")}


@pytest.mark.parametrize("jobs", (1, 3))
def test_any_number_of_processes_may_use_what_another_number_remembers(tmp_path, jobs):
    workplace = Workplace(tmp_path)
    assert workplace.build(jobs=4 - jobs)
    path = workplace.path("institutions/inst-01.md")
    path.write_text(path.read_text("utf-8").replace("小城计量所", "计量所"), "utf-8")
    assert workplace.build(jobs=jobs) and workplace.build("clean", None)
    assert different(digests(tmp_path / "site"), digests(tmp_path / "clean")) == set()


def test_what_another_process_numbered_keeps_its_meaning(content):
    site, _ = sites.linked(content())
    (_, _, here), (_, _, there) = noted(site), noted(site)
    first = here.number(())
    assert there.number(()) == first
    for name in ("owner", "name"):
        here.note("config", name)
    theirs = packed([0, *(there.note("config", name) for name in ("url", "name", "phone"))])
    adopted = here.adopt(first, there.nodes[first:])
    assert [here.nodes[number] for number in array("I", adopted(theirs))] == [there.nodes[number] for number in array("I", theirs)]
    assert adopted(packed([0, first - 1])) == packed([0, first - 1]) and len(here.nodes) == len(set(here.nodes))


class Intruder:
    """What a pickle of a stranger could do."""

    def __reduce__(self):
        return os.mkdir, ("intruded",)


def forged(thing: object) -> bytes:
    """A stranger's pickle under a head that is right."""
    said = pickle.dumps(thing)
    return memory._head(begun(said)) + said


DAMAGES = {
    "emptied": lambda raw: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "a bit turned": lambda raw: raw[:-100] + bytes([raw[-100] ^ 1]) + raw[-99:],
    "of another program": lambda raw: b"\0" * 16 + raw[16:],
    "text": lambda raw: "旧的".encode() * 1000,
    "a stranger's": lambda raw: forged(Intruder()),
    "another noun": lambda raw: forged(date(2026, 1, 1)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_foreign_memory_is_as_good_as_none(tmp_path, monkeypatch, damage):
    monkeypatch.chdir(tmp_path)
    workplace = Workplace(tmp_path)
    assert workplace.build()
    for path in (tmp_path / ".cache").iterdir():
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    path = workplace.path("institutions/inst-01.md")
    path.write_text(path.read_text("utf-8").replace("小城计量所", "计量所"), "utf-8")
    assert workplace.is_as_if_clean()
    assert not (tmp_path / "intruded").exists()


def test_a_memory_that_names_files_elsewhere_touches_none_of_them(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build()
    name = memory.name_of(tmp_path / "site")
    known = memory.recalled(tmp_path / ".cache", name, memory.Known)
    known.files["../content/_site.yaml"] = known.files["index.html"]
    memory.remember(tmp_path / ".cache", name, known)
    assert workplace.is_as_if_clean() and workplace.is_as_if_clean()
    assert workplace.path("_site.yaml").exists()


def test_a_memory_that_cannot_be_written_stops_no_build(tmp_path):
    workplace = Workplace(tmp_path)
    (tmp_path / ".cache").write_text("a file where a folder should be")
    assert workplace.is_as_if_clean()


def test_only_the_owner_may_read_what_is_remembered_and_of_the_site_it_holds_nothing_that_is_private(tmp_path):
    workplace = Workplace(tmp_path)
    assert workplace.build()
    assert (tmp_path / ".cache").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / ".cache").iterdir()} == {0o600}
    [of_the_site] = (tmp_path / ".cache").glob("site-*")
    assert not [word for word in sites.CANARIES if word.encode() in of_the_site.read_bytes()]
