"""CSV (RFC 4180, UTF-8 with a byte order mark, so that Excel opens it): one row a record, one column a field."""

from __future__ import annotations

import csv
import io
import unicodedata

from engine import urls
from engine.model import Page
from engine.show import text_of
from engine.view import View, address

_FORMULA = {"=", "+", "-", "@"}  # also in other widths and forms, and after spaces
_BREAKS = ("\t", "\r", "\n")


def render(view: View, page: Page) -> bytes:
    site, collection = view.site, view.site.collections[page.subject]
    fields = [field for field in collection.fields.values() if field.name != collection.form]
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["编号", "标题", *(field.label for field in fields if field.name not in collection.title or len(collection.title) > 1), "网页"])
    for key in site.members[collection.id]:
        values = site.records[key].values
        cells = [text_of(field, values[field.name], view.names) for field in fields if field.name not in collection.title or len(collection.title) > 1]
        write([key.id, guarded(site.titles[key]), *map(guarded, cells), (address(view, key) or urls.HOME)[1:]])
    return ("\ufeff" + out.getvalue()).encode()


def guarded(text: str) -> str:
    """A spreadsheet must not take a text for a formula: such a text gets an apostrophe in front."""
    return "'" + text if text.startswith(_BREAKS) or unicodedata.normalize("NFKC", text.lstrip()[:1]) in _FORMULA else text
