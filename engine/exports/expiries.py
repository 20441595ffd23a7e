"""The last days of what a record owns, as iCalendar. A new certificate or calibration moves the event: same UID, higher SEQUENCE."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from engine import urls
from engine.exports.calendar import Event, calendar
from engine.expiry import Expiry
from engine.model import Page, Site
from engine.view import View

_BEGINNING = date(2000, 1, 1)


def render(view: View, page: Page) -> bytes:
    site = view.site
    return calendar(f"{site.titles[page.subject]} - 有效期", [_event(site, one) for one in view.site.held[page.subject]])


def _event(site: Site, one: Expiry) -> Event:
    values, item = site.records[one.key].values, site.collections[one.key.collection].item
    config = site.config.values
    return Event(
        uid=f"{one.key.collection}.{one.key.id}.expiry@{urlsplit(config['url']).hostname if config['url'] else 'localhost'}",
        start=one.until,
        summary=f"到期：{item} {site.titles[one.key]}",
        stamp=values["updated"] or values["verified_on"] or _BEGINNING,
        sequence=max(0, (one.until - _BEGINNING).days),  # grows whenever the last day moves on
        description=f"有效期到这一天为止。编号 {one.key.id}。以官方查询为准。",
        url=urls.absolute(config["url"], urls.record(one.key)) if site.collections[one.key.collection].page else None,
    )
