"""A `---` too many ends a head before its time: what stands below, private fields among it, would be published as prose."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.model import Collection, Field, Problem
from engine.source import Document

_WRITTEN = {"id", "body"}  # fields of every record that no collection declares
_LINE = re.compile(r"[^\n]+")
_NOTHING, _END = re.compile(r"(?:(?:---)?[ \t]*\n)*"), re.compile(r"^---[ \t]*$", re.M)
_FIELD = re.compile(r"([ \t]*(?:- +)?)[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*[:：](?!//)")
_OTHER = re.compile(r"[ \t]|- |# ")  # how a line of a head begins that does not name a field
_CODE = ("```", "~~~")


def early_end(document: Document, collection: Collection, path: str) -> Problem | None:
    """The first field that is found in the prose: in the lines at its start that could be of a head, or, when another `---` follows, in all lines up to that.

    Up to another `---` a misspelt field is one too, if nothing there reads like prose.
    """
    body = document.body
    start = _NOTHING.match(body).end()
    end = _END.search(body, start) if "---" in body else None
    first, is_head = None, True
    for line in _LINE.finditer(body, start, end.start() if end else len(body)):
        said = _FIELD.match(line[0])
        if said and said[2] in (_names(collection.fields) if said[1] else collection.fields.keys() | _WRITTEN):
            return _told(document, line.start(), said, path)
        first = first or (said and (line.start(), said))
        is_head = is_head and bool(said or _OTHER.match(line[0]))
        if line[0].startswith(_CODE) or not (end or is_head):
            return None
    return _told(document, *first, path) if first and end and is_head else None


def _names(within: Mapping[str, Field]) -> set[str]:
    """Of fields and, at any depth, of the fields of their rows."""
    return {*within, *_WRITTEN}.union(*(_names(one.fields) for one in within.values()))


def _told(document: Document, start: int, said: re.Match, path: str) -> Problem:
    line = document.body_line + document.body.count("\n", 0, start)
    message = f"“{said[2]}”像是字段，却成了正文：上面的“---”提前结束了字段"
    hint = "删去这一行上面的“---”，只在最后一个字段下面留一行；如果本来就是正文，在行首加几个字"
    return Problem(path, "head-early", message, hint, line=line, column=said.start(2) + 1)
