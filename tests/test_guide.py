"""The editors' guide tells the truth about the fields of content/."""

from __future__ import annotations

from pathlib import Path

from engine import guide
from engine.fields import TYPES
from engine.load import load

CONTENT = Path(__file__).resolve().parent.parent / "content"


def test_the_tables_of_fields_are_those_of_the_declarations():
    """When this fails, run `build.py guide`."""
    text = (CONTENT / "README.md").read_text("utf-8")
    loaded = load(CONTENT)
    assert text == guide.with_tables(text, loaded.collections, loaded.vocabularies)


def test_the_guide_can_say_how_to_write_every_type():
    own = {"icp", "police", "site-code"}  # of _site.yaml alone
    assert guide.WRITTEN.keys() >= TYPES.keys() - own
