"""What changed, by day and record: from a dated list, which git can write, and never more than the records themselves show."""

from __future__ import annotations

import os
import subprocess
from xml.etree import ElementTree

import pytest

from engine import changes, cli
from tests import sites
from tests.test_data import made

URL = {"_site.yaml": sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\n"}
LISTED = """\
changes:
  - {date: 2026-11-21, kind: changed, record: institutions/inst-01, fields: [area, name]}
  - {date: 2026-11-20, kind: 新增, record: experts/exp-001}
  - {date: 2026-11-20, kind: opened, record: news}
  - {date: 2026-09-01, kind: changed, record: institutions/inst-02, fields: [area]}
  - {date: 2026-12-01, kind: changed, record: institutions/inst-02, fields: [area]}
"""
ATOM = "{http://www.w3.org/2005/Atom}"


def page(content, listed: str | None, changes: dict | None = None) -> str:
    return made(content({**URL, **(changes or {}), **({"_changes.yaml": listed} if listed else {})}), "/changes/").decode()


def test_a_change_is_shown_with_its_day_its_record_and_the_labels_of_its_fields(content):
    text = page(content, LISTED)
    assert text.index("2026-11-21") < text.index("2026-11-20")
    assert 'href="../institutions/inst-01/"' in text and "所在区域、机构名称" in text and "整库上线" in text
    assert "2026-09-01" not in text and "2026-12-01" not in text  # older than a month; not yet


def test_without_a_list_the_page_says_that_nobody_knows_and_with_an_empty_one_that_nothing_changed(content):
    assert "无从得知" in page(content, None)
    assert "没有记录变更" in page(content, "changes:\n  - {date: 2026-01-01, kind: opened, record: news}\n")


def test_what_is_not_public_is_not_told(content):
    private = {"experts/people.yaml": "- {id: exp-001, name: 安一, fields: [金属], consents: [姓名]}\n- {id: exp-secret, name: 隐去, fields: [金属]}\n"}
    listed = "changes:\n  - {date: 2026-11-21, kind: added, record: experts/exp-secret}\n  - {date: 2026-11-21, kind: changed, record: experts/exp-001, fields: [consents]}\n  - {date: 2026-11-21, kind: removed, record: experts/exp-gone}\n"
    text = page(content, listed, private)
    assert "exp-secret" not in text and "隐去" not in text and "exp-gone" not in text and "exp-001" not in text


def test_the_feed_has_each_change_and_each_edition_with_its_own_identity(content):
    feed = ElementTree.fromstring(made(content({**URL, "_changes.yaml": LISTED, "standards/_collection.yaml": sites.SMALL["standards/_collection.yaml"].replace("item:", "outdated: true\ndated: issued\nitem:", 1)}), "/changes/feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    identities = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(identities)) == len(identities) >= 3
    assert "https://example.com/nqi/institutions/inst-01/#2026-11-21-changed" in identities
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)


def test_a_list_that_is_wrong_is_told_with_its_line(content):
    told = sites.told(content({"_changes.yaml": "changes:\n  - {date: 2026-11-41, kind: moved, record: news}\n"}))
    assert "_changes.yaml:2" in told and "2026-11-41" in told and "moved" in told


# ── from git ──────────────────────────────────────────────────────────────────


@pytest.fixture
def repository(content, tmp_path):
    """The content in a repository, and a function that commits it on a day."""

    def git(*arguments: str, day: str = "2026-11-01") -> None:
        environment = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00+08:00", "GIT_AUTHOR_DATE": f"{day}T12:00:00+08:00", "GIT_CONFIG_GLOBAL": "/dev/null"}
        subprocess.run(["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.com", "-C", str(tmp_path), *arguments], check=True, capture_output=True, env=environment)

    def commit(day: str, written: dict | None = None) -> None:
        sites.write(tmp_path / "content", written or {})
        git("add", "content")
        git("commit", "--message", day, day=day)

    content(URL)
    git("init")
    commit("2026-11-01")
    return tmp_path, commit


def test_git_tells_what_was_added_changed_and_removed_on_which_day(repository):
    root, commit = repository
    people = "- {id: exp-001, name: 安一, fields: [金属], consents: [姓名]}\n"
    commit("2026-11-10", {"experts/people.yaml": people})
    commit("2026-11-20", {"experts/people.yaml": people + "- {id: exp-009, name: 安九, fields: [食品], consents: [姓名]}\n"})
    commit("2026-11-21", {"experts/people.yaml": people.replace("金属", "食品")})
    rows = [row for row in changes.from_git(root / "content") if row.date > "2026-11-10"]
    assert rows == [("2026-11-20", "added", "experts/exp-009", ()), ("2026-11-21", "changed", "experts/exp-001", ("fields",)), ("2026-11-21", "removed", "experts/exp-009", ())]
    assert ("2026-11-01", "opened", "news", ()) in list(changes.from_git(root / "content"))


def test_the_list_keeps_what_was_written_by_hand_and_makes_the_same_site_without_git(repository, capsys):
    root, commit = repository
    listed = root / "content" / "_changes.yaml"
    listed.write_text("changes:\n  - {date: 2026-10-30, kind: changed, record: news/window, fields: [name]}\n  - {date: 2026-11-01, kind: opened, record: nothing}\n", "utf-8")
    assert cli.main(["changes", "--content", str(root / "content")]) == 0 and "已更新" in capsys.readouterr().out
    text = listed.read_text("utf-8")
    assert "2026-10-30, kind: changed, record: news/window, fields: [name]" in text and "nothing" not in text and "record: news}" in text
    with_git = made(root / "content", "/changes/")
    subprocess.run(["rm", "-rf", str(root / ".git")], check=True)
    assert made(root / "content", "/changes/") == with_git and b"2026-11-01" in with_git


def test_where_git_knows_nothing_it_is_said_and_the_list_stays(content, capsys):
    folder = content({**URL, "_changes.yaml": LISTED})
    assert cli.main(["changes", "--content", str(folder)]) == 1 and "git" in capsys.readouterr().err
    assert (folder / "_changes.yaml").read_text("utf-8") == LISTED
