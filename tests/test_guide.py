"""The editors' guide tells the truth about the fields of content/."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from engine import guide
from engine.cli import COMMANDS
from engine.fields import TYPES
from engine.load import load
from tests import sites

CONTENT = Path(__file__).resolve().parent.parent / "content"


def test_the_tables_of_fields_are_those_of_the_declarations():
    """When this fails, run `build.py guide`."""
    text = (CONTENT / "README.md").read_text("utf-8")
    loaded = load(CONTENT)
    assert text == guide.with_tables(text, loaded.collections, loaded.vocabularies)


def test_the_table_of_codes_is_that_of_the_registry():
    """When this fails, run `build.py guide`."""
    text = (CONTENT / "README.md").read_text("utf-8")
    assert text == guide.with_codes(text)


def test_the_guide_can_say_how_to_write_every_type():
    own = {"icp", "police", "site-code"}  # of _site.yaml alone
    assert guide.WRITTEN.keys() >= TYPES.keys() - own


def test_the_pictures_of_the_guide_are_there_and_small():
    """They are made by `python -m tests.guide_pictures`."""
    named = set(re.findall(r"\]\((_guide/[a-z]+\.png)\)", (CONTENT / "README.md").read_text("utf-8")))
    made = {f"_guide/{path.name}" for path in (CONTENT / "_guide").iterdir()}
    assert named == made and all((CONTENT / name).stat().st_size < 200_000 for name in named)


def test_every_command_of_the_guide_is_one():
    named = set(re.findall(r"build\.py ([a-z]+)", (CONTENT / "README.md").read_text("utf-8")))
    assert named - COMMANDS.keys() == set() and {"export", "import", "check", "serve", "new", "report", "schema", "doctor"} <= named


def test_every_whole_record_of_the_guide_passes_the_check(tmp_path):
    """Each is led to by the name of its file."""
    text = (CONTENT / "README.md").read_text("utf-8")
    examples = dict(re.findall(r"`([a-z-]+/[a-z0-9-]+\.(?:md|yaml))`：\n\n```\n(.+?)```", text, re.S))
    assert [*examples.values()] == re.findall(r"^```\n((?:---|- id:).+?)```", text, re.S | re.M) != []
    shutil.copytree(CONTENT, tmp_path / "content")
    assert not [name for name in examples if (tmp_path / "content" / name).exists()]
    sites.write(tmp_path / "content", examples)
    assert [problem for problem in sites.problems(tmp_path / "content") if problem.path.removeprefix("content/") in examples] == []
