"""The words of the interface, from `templates/strings/<language>.yaml`. Two levels: where a word stands, and which it is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from engine import source

LANGUAGE = "zh-CN"
_TURNED = str.maketrans("“”‘’", "‘’“”")


def filled(pattern: str, *values: object) -> str:
    """Words with what they speak of at each %s; quotes within quotes turn, “…‘…’…” (GB/T 15834)."""
    first, *parts = pattern.split("%s")
    text = first
    for value, part in zip(values, parts, strict=True):
        said = str(value)
        text += (said.translate(_TURNED) if text.rfind("“") > text.rfind("”") else said) + part
    return text


def words(templates: Path, language: str) -> SimpleNamespace:
    """`words.header.menu`; a word that is asked for and not there is a fault of the templates."""
    path = templates / "strings" / f"{language}.yaml"
    document, problems = source.read_yaml(path.read_text("utf-8"), path.name)
    if problems or not isinstance(document.data, dict):
        raise ValueError(f"{path}: {problems or 'not a mapping'}")
    return SimpleNamespace(**{place: SimpleNamespace(**said) for place, said in document.data.items()})
