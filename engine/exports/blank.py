"""The form of a record as a DOCX to fill in by hand or in an office program: the same questions as on its page, always in step."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

from engine import urls
from engine.exports.office import Box, Boxes, Line, Part, document
from engine.forms import Question, form_of
from engine.model import Key, Page
from engine.show import text_of
from engine.view import View

_ROOM = {"textarea": 5}  # lines to write on
_IN_A_LINE = 16  # letters of choices that stand side by side
_TOLD = ("unit", "window", "hours", "phone", "online_name", "online", "promised", "fee", "complaint")


def render(view: View, page: Page, words: SimpleNamespace) -> bytes:
    return document(parts(view, page.subject, words.blank), view.site.config.values["language"] or "zh-CN")


def parts(view: View, key: Key, words: SimpleNamespace) -> Iterator[Part]:
    """Title, whose it is, the questions, the signature, and where the sheet is handed in."""
    site, config = view.site, view.site.config.values
    record, collection = site.records[key], site.collections[key.collection]
    yield Line(site.titles[key], "Title")
    yield Line(f"{words.kind}　　{config['name']}", "Note")
    if record.values["sample"] and config["sample_notice"]:
        yield Line(config["sample_notice"], "Note")
    yield Boxes((Box(words.number, words.if_any), *map(_box, form_of(site, key).questions)))
    yield Line(words.how, "Note")
    yield Line(words.sign)
    yield Line(words.where, "Heading")
    for name in _TOLD:
        if name in collection.fields and record.values[name] not in (None, ()):
            yield Line(f"{collection.fields[name].label}：{text_of(collection.fields[name], record.values[name], view.names)}")
    if page := urls.absolute(config["url"], urls.record(key)):
        yield Line(f"{words.page}：{page}")
    yield Line(words.then, "Note")


def _box(question: Question) -> Box:
    apart = "\n" if sum(map(len, question.options)) > _IN_A_LINE else "　　"
    given = apart.join(f"□ {option}" for option in question.options)
    label = question.label + (" *" if question.is_required else "")
    return Box(label + (f"\n（{question.help}）" if question.help else ""), given, _ROOM.get(question.type, 1))
