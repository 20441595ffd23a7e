"""Markdown into safe HTML. The only door to the sanitizer.

Raw HTML is off, so `a<b 且 c>d` stays text; what comes out is sanitized all the same, since an editor's text is not trusted to
be harmless. A link that begins with `/` is an address of the site and becomes relative to the page it stands on.
"""

from __future__ import annotations

import html
import re

from engine import plain, urls

_ADMONITIONS = {"Note": "说明", "Tip": "提示", "Important": "重要", "Warning": "注意"}
_TAGS = set(
    "a abbr blockquote br caption code dd del div dl dt em h2 h3 h4 h5 h6 hr img li ol p pre s strong sub sup table tbody td tfoot th thead tr ul".split()
)
_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLASSES = re.compile(r"(admonition|admonition-title|footnote|footnote-ref|footnote-backref|note|warning|tip|important)( (admonition|note|warning|tip|important))*")
_ADMONITION = re.compile(r'(<p class="admonition-title">)(\w+)(?=</p>)')
_HEADING = re.compile(r"<h([1-6])[ >]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_MARKS = (
    (re.compile(r"^[ \t]*(?:(?:#{1,6}|[-*+:])[ \t]+|>[ \t]*)+|^[-: |]+$|\|", re.M), " "),  # of lines and cells
    (re.compile(r"!?\[|\](?:\([^()\n]*\))?|\*\*+|`+|(?<!\w)_+|(?<!_)_++(?!\w)"), ""),  # within a line: what they stand beside stays together
    (re.compile(r"\*(?=\S)([^*\n]+)(?<=\S)\*"), r"\1"),  # a single star may be a sign of its own
)


def html_of(text: str, address: str) -> str:
    """The prose of the page at `address`."""
    if not text.strip():
        return ""
    straight = plain.html_of(text, address)
    if straight is not None:
        return with_levels(straight)
    return by_library(text, address)


def by_library(text: str, address: str) -> str:
    """The same of any text, with all that Markdown can say."""
    import nh3

    from engine import gated

    made = with_levels(gated.convert(text))
    made = _ADMONITION.sub(lambda title: title[1] + _ADMONITIONS.get(title[2], title[2]), made)
    return nh3.clean(
        made,
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, address),
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def with_levels(made: str) -> str:
    """Headings below the page's own: the highest becomes h2, and none is more than one level below the one before it."""
    if "<h" not in made:
        return made
    highest = min(map(int, _HEADING.findall(made)), default=2)
    open_levels = [1]  # of the headings that enclose the place, as they were written; their number is the level they get

    def renumbered(match: re.Match) -> str:
        if match[0].startswith("</"):
            return f"</h{min(len(open_levels), 6)}>"
        level = int(match[1]) - highest + 2
        while len(open_levels) > 1 and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        return f"<h{min(len(open_levels), 6)}"

    return re.sub(r"<h([1-6])(?=[ >])|</h[1-6]>", renumbered, made)


def _attribute(tag: str, name: str, value: str, address: str) -> str | None:
    if name == "class":
        return value if _CLASSES.fullmatch(value) else None
    if name not in ("href", "src"):
        return value
    value = html.unescape(value).strip()
    if re.match(r"[/\\]{2}|/\\|\\", value):  # `//host` and its disguises lead to another host
        return None
    if _SCHEME.match(value):
        return None if name == "src" else value
    return urls.relative(address, value)


def plain_text(text: str) -> str:
    """Prose without its marks, line by line, for descriptions and the index of search. Nothing is rendered twice for it."""
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text
