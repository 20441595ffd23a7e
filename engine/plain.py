"""Markdown that is simple beyond doubt, straight into safe HTML: what the library and the sanitizer would make of it, to the letter, in a fiftieth of the time.

Paragraphs, headings, flat lists, tables, strong and emphasised words, links of the site. With the first sign that could mean anything else the text is not
plain, and `prose` gives it to the library. No text that holds `<`, `>` or `&` is plain, so that nothing in it can become markup; the tags are those written here.
"""

from __future__ import annotations

import re

from engine import urls
from engine.substance import heading_id

# Signs that always mean more, or that the library or the sanitizer changes: markup, control characters, every white space but space and line end.
_ODD = re.compile("[<>&\\\\`_\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]")
_GAP = re.compile(r"\n\n+")
_LEAD = re.compile(r"[#>:=|~+!-]|\d+\. ")  # begins a line that is no plain text
_HEADING = re.compile(r"(#{1,6}) +([^#*\[\n]+)")
_ITEM = re.compile(r"- (?! )|\d+\. (?! )")
_RULER = re.compile(r"\|(?: -+ \|)+")
_WORDS = r"((?!\s)[^*\[\]\n]+(?<!\s))"
_MARKED = re.compile(  # begins with one of two signs, which is what makes the search fast; then asks which of them it was
    rf"[*\[](?:(?<=\[)([^*\[\]\n^]+)\]\((/(?:[a-z0-9-]+/)*)\)|(?<!\[)(?<!\*\*)(?:\*{_WORDS}\*\*|{_WORDS}\*)(?!\*))"
)
_LINK, _STRONG = 2, 3  # its last group


def html_of(text: str, address: str) -> str | None:
    """The prose of the page at `address`, with headings as they were written; None when the text is not plain."""
    if _ODD.search(text) or "\n " in text or " \n" in text or "![" in text or text[0] == " " or text[-1] == " ":
        return None
    made, ids = [], set()
    is_list = False
    for block in _GAP.split(text.strip("\n")):
        lines = block.split("\n")
        was_list, is_list = is_list, False
        if block[0] == "#":
            part = _heading(block, ids)
        elif block[0] == "|":
            part = _table(lines, address)
        elif "|" in block:
            return None
        elif _ITEM.match(block):
            is_list = True
            part = None if was_list else _list(lines, address)  # two in a row are one list to the library
        else:
            part = None if any(map(_LEAD.match, lines)) else _inline(block, address)
            part = part and f"<p>{part}</p>"
        if part is None:
            return None
        made.append(part)
    return "\n".join(made)


def _heading(block: str, ids: set[str]) -> str | None:
    heading = _HEADING.fullmatch(block)
    if heading is None or (id := heading_id(heading[2])) in ids:
        return None
    ids.add(id)
    level = len(heading[1])
    return f'<h{level} id="{id}">{heading[2]}</h{level}>'


def _list(lines: list[str], address: str) -> str | None:
    """Items of one kind, a line each. An ordered list begins with 1."""
    tag = "ul" if lines[0][0] == "-" else "ol"
    if tag == "ol" and not lines[0].startswith("1. "):
        return None
    items = []
    for line in lines:
        marker = _ITEM.match(line)
        words = line[marker.end() :] if marker else ""
        if marker is None or (marker[0] == "- ") != (tag == "ul") or _LEAD.match(words) or (made := _inline(words, address)) is None:
            return None
        items.append(f"<li>{made}</li>\n")
    return f"<{tag}>\n{''.join(items)}</{tag}>"


def _table(lines: list[str], address: str) -> str | None:
    """Rows of as many cells, between upright lines; a ruler of dashes below the first."""
    if len(lines) < 3 or not _RULER.fullmatch(lines[1]):
        return None
    columns, rows = lines[1].count("|"), []
    for line in lines[:1] + lines[2:]:
        cells = [_inline(cell.strip(" "), address) for cell in line.split("|")[1:-1]]
        if columns < 3 or line.count("|") != columns or line[0] != "|" or line[-1] != "|" or None in cells:
            return None
        tag = "td" if rows else "th"
        rows.append("<tr>\n" + "".join(f"<{tag}>{cell}</{tag}>\n" for cell in cells) + "</tr>\n")
    return f"<table>\n<thead>\n{rows[0]}</thead>\n<tbody>\n{''.join(rows[1:])}</tbody>\n</table>"


def _inline(text: str, address: str) -> str | None:
    if "*" not in text and "[" not in text:
        return text
    made = _MARKED.sub(lambda found: _marked(found, address), text)
    return None if "*" in made or "[" in made else made


def _marked(found: re.Match, address: str) -> str:
    if found.lastindex == _LINK:
        return f'<a href="{urls.relative(address, found[2])}" rel="noopener noreferrer">{found[1]}</a>'
    return f"<strong>{found[3]}</strong>" if found.lastindex == _STRONG else f"<em>{found[4]}</em>"
