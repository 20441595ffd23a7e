"""Ranges in base units, by the project's own vocabulary of units."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

VOCABULARY = Path(__file__).parents[2] / "content" / "_vocabularies" / "units.yaml"


class Span(NamedTuple):
    kind: str
    low: float
    high: float


@lru_cache(maxsize=None)
def span(text: str) -> Span | None:
    """`0~200 g` → mass from 0 to 0.2 (kg); None when there is no range."""
    if not text:
        return None
    values, unit = text.removeprefix("≤ ").removeprefix("≥ ").split(" ", 1)
    kind, factor, offset = units()[unit]
    low, _, high = values.partition("~")
    low, high = (float(value) * factor + offset for value in (low, high or low))
    return Span(kind, 0.0 if text.startswith("≤") else low, float("inf") if text.startswith("≥") else high)


@lru_cache(maxsize=None)
def units() -> dict[str, tuple[str, float, float]]:
    terms = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))["terms"].values()
    return {term["label"]: (term["kind"], float(term["factor"]), float(term.get("offset", 0))) for term in terms}


def covered(wanted: Span, offered: Span) -> float:
    """How much of the wanted range the offered one holds: 0 to 1."""
    if wanted.kind != offered.kind:
        return 0.0
    low, high = max(wanted.low, offered.low), min(wanted.high, offered.high)
    if wanted.high == wanted.low:
        return float(low <= high)
    return max(0.0, high - low) / (wanted.high - wanted.low)
