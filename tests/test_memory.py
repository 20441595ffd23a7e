"""What the last reading remembers makes the next one faster, never different."""

from __future__ import annotations

import os
import random

import pytest

from engine.load import Memory, load


def same(content, memory: Memory) -> bool:
    return load(content, memory) == load(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"experts/people.yaml": "- id: exp-009\n  name: 新来的\n  fields: [食品]\n  consents: [姓名]\n"},
        {"experts/people.yaml": None},
        {"experts/one-more.yaml": "name: 又一位\nfields: [食品]\nconsents: [姓名]\n"},
        {"experts/people.yaml": "- id: exp-001\n  nam: 错\n"},
        {"_vocabularies/fields.yaml": "label: 专业领域\nterms:\n  materials: 材料科学\n"},
        {"_site.yaml": "name: 另一个\n"},
    ],
)
def test_a_reading_with_memory_finds_what_one_without_finds(content, changes):
    folder, memory = content(), Memory()
    assert same(folder, memory)
    for name, text in changes.items():
        if text is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(text, "utf-8")
    assert same(folder, memory)


def test_a_hundred_random_edits_are_all_seen(content):
    folder, memory, choose = content(), Memory(), random.Random(11170)
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".md"))
    for _ in range(100):
        path = choose.choice(files)
        if not path.exists():
            path.write_text("name: 回来了\n", "utf-8")
        elif choose.random() < 0.2:
            path.unlink()
        elif choose.random() < 0.3:
            os.utime(path)
        else:
            lines = path.read_text("utf-8").splitlines()
            lines.insert(choose.randrange(len(lines) + 1), choose.choice(["", "# 注", "name: 甲", "  x: [1", "summary: 很好"]))
            path.write_text("\n".join(lines) + "\n", "utf-8")
        assert same(folder, memory), path
