"""The page on which the site says what its last build found out about itself: links, pages, freshness, figures; and what nobody looked at."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from engine import figures, soundness, urls
from engine.model import Collection, Page, Record, Site
from engine.substance import review_due
from engine.view import View

_ACCESS = ("title", "language", "heading", "levels", "pictures")  # what of a page's soundness is for people who cannot see it


def context(view: View, page: Page) -> dict[str, Any]:
    """`pages` and `links` are None when this page is rendered by itself: then nothing was examined, and nothing is claimed."""
    found = view.found[0] if view.found else None
    site = view.site
    return {
        "links": _links(found) if found else None,
        "pages": [_rule(found, name) for name in soundness.FAULTS if name not in _ACCESS] if found else None,
        "access": [_rule(found, name) for name in _ACCESS] if found else None,
        "columns": [_column(site, collection) for collection in site.collections.values() if collection.page and site.members[collection.id]],
        "figures": [figures.figure(view, row) for row in site.config.values["claims"]],
    }


def _links(found: soundness.Found) -> SimpleNamespace:
    return SimpleNamespace(count=found.links, outside=found.outside, pages=found.pages, dead=len(found.dead), told=[SimpleNamespace(text=target, address=address) for target, address in found.dead[: soundness.TOLD]])


def _rule(found: soundness.Found, name: str) -> SimpleNamespace:
    wrong = found.faults[name]
    return SimpleNamespace(name=name, count=found.pages, wrong=len(wrong), told=[SimpleNamespace(text=address, address=address) for address in wrong[: soundness.TOLD]])


def _column(site: Site, collection: Collection) -> SimpleNamespace:
    records = [site.records[key] for key in site.members[collection.id]]
    days = [day for record in records if (day := _changed(record)) is not None and day <= site.today]
    due = [day for record in records if (day := review_due(record)) is not None]
    last = max(days, default=None)
    return SimpleNamespace(
        label=collection.label,
        address=urls.collection(collection.id),
        count=len(records),
        last=last.isoformat() if last else None,
        ago=(site.today - last).days if last else None,
        verified=sum(record.values["verified_on"] is not None for record in records),
        overdue=sum(day < site.today for day in due),
        expired=sum(site.validity[record.key].state == "expired" for record in records if record.key in site.validity),
    )


def _changed(record: Record) -> date | None:
    said = record.values.get("time") or record.values["updated"]
    return said.date() if isinstance(said, datetime) else said
