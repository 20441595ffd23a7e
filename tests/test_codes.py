"""Every code of a problem is explained once, and every explanation is of a code in use."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from engine.codes import CODES, EXCUSABLE, GROUPS

ENGINE = Path(__file__).resolve().parent.parent / "engine"
PLACES = {"Problem": 1, "Misfit": 0, "Fault": 0, "Unfit": 0, "_Refused": 1}  # which argument is the code
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def codes_in_use() -> set[str]:
    """The codes that stand in the source: at their places in the constructors of problems, and what local `tell` functions are given."""
    found: set[str] = set()
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).split(".")[-1]
            place = PLACES.get(name, {"source.py": 1, "compare.py": 0}.get(path.name) if name == "tell" else None)
            if place is None or len(node.args) <= place:
                continue
            said = node.args[place]
            if isinstance(said, ast.Constant) and isinstance(said.value, str) and _CODE.fullmatch(said.value):
                found.add(said.value)
    return found


def test_every_code_in_use_is_explained():
    """When this fails, add the code to engine/codes.py and run `build.py guide`."""
    assert codes_in_use() - CODES.keys() == set()


def test_every_explanation_is_of_a_code_in_use():
    assert CODES.keys() - codes_in_use() == set()


def test_no_code_is_explained_twice_and_each_says_what_to_do():
    assert sum(len(group) for group in GROUPS.values()) == len(CODES)
    assert all(what and remedy for what, remedy in CODES.values())


def test_only_reminders_can_be_excused():
    assert EXCUSABLE < GROUPS["提醒（不影响生成）"].keys()
