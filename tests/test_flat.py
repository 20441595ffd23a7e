"""The direct way of flat YAML: what it reads is what the parser reads, to the letter; what could mean more, it leaves to the parser."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import flat, source
from tests.conftest import ROOT


def by_parser(text):
    """What the parser makes of a text, and whether it has anything to say against it. A comment keeps the text from the direct way."""
    document, problems = source.read_yaml(text + "# \n", "a.yaml")
    return document.data, problems


def is_flat(text):
    """Whether the text goes the direct way; then both ways say the same."""
    said = flat.read(text)
    if said is None:
        return False
    assert flat.read(text + "# \n") is None
    assert (said, []) == by_parser(text), text
    assert list(said) == list(by_parser(text)[0]), text
    return True


@pytest.mark.parametrize("text", ["", "a: 甲\n", "a: 甲\nb:\nc: 9:00—17:00\n", "a: [甲, 乙 丙]\nb: []\n", 'a: "甲, [乙]"\n', "a: 2026-11-22\nb-c: true\n", "a: 甲\\乙 (丙)? {丁} \"戊\" ~\n", "a: NO\nb: 3.10\nc: ~\n"])
def test_what_editors_write_most_is_flat(text):
    assert is_flat(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b", "a: b: c\n", "a: b:\n", "a:  b\n", "a: b \n", "a: \n", " a: b\n", "a:\tb\n", "a: b #c\n", "# c\n", "a: b\n\n", "a: b\n  c\n", "a:\n- b\n", "a:\n  b: c\n", "- a\n", "甲: 乙\n", "---\na: b\n", "a: b\n...\n",
        "a: 'b'\n", 'a: "b\\n"\n', 'a: "b" c\n', 'a: ""\n', 'a: "b: c"\n', "a: |\n", "a: >\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: - b\n", "a: -5\n", "a: ? b\n", "a: {b: c}\n", "<<: b\n",
        "a: [b,]\n", "a: [b,,c]\n", "a: [- b]\n", "a: [[b]]\n", "a: [b: c]\n", "a: ['b']\n", "a: [b\n", "a: [?b]\n", "a: [b] c\n", "a: b\na: c\n", "a: \x07\n", "a: \x85b\n", "a: b\u2028c\n", "\ufeffa: b\n", "a: b\ufeff\n", "a: \uffff\n", "a: \xa0b\n",
    ],
)  # fmt: skip
def test_what_could_mean_more_goes_to_the_parser(text):
    assert not is_flat(text)


PIECES = [*"ab甲：，1:-?,[]{}#&*!|>'\"%@`~=<.\\/ ", ": ", ": ", ":\n", "\n", "\n", "\na: ", "b: ", " #", "- ", "[", "]", ", ", "[a, b]", '"x"', "''", "  ", "\t", "\u3000", "\xa0", "é", "😀", "---\n", "...\n", "<<", "a: b\n", "c: d\n", "e:\n", "f: [g]\n"]  # fmt: skip


def test_pieces_in_any_order_say_the_same_on_both_ways():
    choose = random.Random(1123)
    texts = ["".join(choose.choice(PIECES) for _ in range(choose.randrange(1, 12))) for _ in range(30_000)]
    lines = [f"{choose.choice('abc')}: {''.join(choose.choice(PIECES) for _ in range(choose.randrange(1, 5)))}\n" for _ in range(30_000)]
    assert sum(map(is_flat, texts + lines)) > 5_000


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=8)), max_size=4))
def test_any_words_say_the_same_on_both_ways(pairs):
    is_flat("".join(f"{name}: {words}\n" for name, words in pairs))


def test_many_heads_of_the_real_site_are_flat():
    heads = [text[4:].partition("\n---\n")[0] + "\n" for path in sorted((ROOT / "content").rglob("*.md")) if (text := path.read_text("utf-8")).startswith("---\n")]
    assert sum(map(is_flat, heads)) > len(heads) // 3
