"""The handbook as a book: the same chapters as the page, set by typst. The door to typst, which is an extra (`pip install '.[handbook]'`)."""

from __future__ import annotations

import json
from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engine import qr, urls
from engine.fields import BEIJING
from engine.handbook import chapters
from engine.model import Site
from engine.view import view_of

TEMPLATE = "handbook.typ"
SECTION = "handbook"


class Missing(Exception):
    """The extra is not installed."""


def book(site: Site) -> dict[str, Any]:
    """All that the printed book shows, as plain values."""
    config = site.config.values
    row = next((row for row in config["sections"] if row["id"] == SECTION), {"label": "服务手册", "summary": config["tagline"] or ""})
    parts = [_plain(chapter) for chapter in chapters(view_of(site))]
    for part in parts:
        part["code"] = _code(site, part["address"])
        for entry in part["entries"]:
            entry["code"] = _code(site, entry["address"])
    return {
        "title": row["label"],
        "summary": row["summary"] or "",
        "owner": config["name"],
        "date": f"{site.today:%Y-%m-%d}",
        "notice": config["sample_notice"] if any(record.values["sample"] for record in site.records.values()) else None,
        "contents": "目录",
        "code": _code(site, urls.collection(SECTION)),
        "chapters": parts,
    }


def _code(site: Site, address: str | None) -> dict[str, Any] | None:
    made = qr.code(urls.absolute(site.config.values["url"], address)) if address else None
    return vars(made) if made else None


def _plain(value: Any) -> Any:
    if isinstance(value, SimpleNamespace):
        return {name: _plain(inner) for name, inner in vars(value).items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def press(site: Site, templates: Path) -> bytes:
    """The book as PDF. The same records on the same day make the same bytes."""
    try:
        import typst
    except ImportError:
        raise Missing from None
    made = datetime.combine(site.today, time(), BEIJING)
    return typst.compile((templates / TEMPLATE).read_bytes(), sys_inputs={"book": json.dumps(book(site), ensure_ascii=False)}, format="pdf", timestamp=made)
