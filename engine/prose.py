"""Markdown into safe HTML. The only door to the Markdown library and the sanitizer.

Raw HTML is off, so `a<b 且 c>d` stays text; what comes out is sanitized all the same, since an editor's text is not trusted to
be harmless. A link that begins with `/` is an address of the site and becomes relative to the page it stands on.
"""

from __future__ import annotations

import html
import re

import markdown
import nh3
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from engine import plain, urls

_EXTENSIONS = ("fenced_code", "def_list", "abbr", "sane_lists", "admonition")
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


# What an inline pattern cannot match without: one of some signs, and all of some pieces, without which the library would look for an end from each beginning.
_NEEDS = {
    "backtick": ("`", ()), "escape": ("\\", ()), "footnote": ("[", ("[^", "]")), "reference": ("[", ("]",)), "link": ("[", ("](",)), "image_link": ("!", ("![", "](")),
    "image_reference": ("!", ("![", "]")), "short_reference": ("[", ("]",)), "short_image_ref": ("!", ("![", "]")), "autolink": ("<", (">",)), "automail": ("<", (">",)),
    "linebreak": ("\n", ()), "entity": ("&", (";",)), "em_strong": ("*_", ()),
}  # fmt: skip
_SIGNS = re.compile(r"[`\\\[!<\n&*_]")


class _Gated(InlineProcessor):
    """Tries a pattern only on text that has the signs it needs, and Chinese prose mostly has none: half the time, the same output to the letter.

    The two methods are private to Markdown, whose version is pinned; a test compares the output with that of the whole library.
    """

    def _InlineProcessor__handleInline(self, text: str, place: int = 0) -> str:
        if isinstance(text, AtomicString):
            return text
        signs = set(_SIGNS.findall(text))
        patterns = self.patterns[place:] if signs else self.ungated
        for number, beginnings, pieces, pattern in patterns:
            if number < place or (beginnings and signs.isdisjoint(beginnings)) or not all(piece in text for piece in pieces):
                continue
            start, matched = 0, True
            while matched:
                text, matched, start = self._InlineProcessor__applyPattern(pattern, text, number, start)
        return text

    def prepare(self) -> None:
        """Once all patterns are registered."""
        names = {id(self.md.inlinePatterns[name]): needs for name, needs in _NEEDS.items()}
        self.patterns = [(number, *names.get(id(pattern), ("", ())), pattern) for number, pattern in enumerate(self.md.inlinePatterns)]
        self.ungated = [entry for entry in self.patterns if not entry[1]]


class _Ids(TocTreeprocessor):
    """Ids for headings; where there are none, no table of contents is made that nobody asked for."""

    def run(self, root) -> None:
        if any(self.header_rgx.match(element.tag) for element in root.iter() if isinstance(element.tag, str)):
            super().run(root)


class _Headings(TocExtension):
    TreeProcessorClass = _Ids


def engine() -> markdown.Markdown:
    """A converter. It keeps state between documents until it is reset, so each process has its own."""
    slug = lambda text, separator: "s-" + slugify_unicode(text, separator)  # noqa: E731  (never the id of a page's own element)
    made = markdown.Markdown(extensions=[*_EXTENSIONS, TableExtension(use_align_attribute=True), FootnoteExtension(BACKLINK_TITLE="回到正文"), _Headings(slugify=slug)], output_format="html")
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    inline = _Gated(made)
    inline.prepare()
    made.treeprocessors.register(inline, "inline", 20)  # where it stands in the library itself
    return made


def html_of(text: str, address: str, converter: markdown.Markdown) -> str:
    """The prose of the page at `address`."""
    if not text.strip():
        return ""
    straight = plain.html_of(text, address)
    if straight is not None:
        return with_levels(straight)
    return by_library(text, address, converter)


def by_library(text: str, address: str, converter: markdown.Markdown) -> str:
    """The same of any text, with all that Markdown can say."""
    made = with_levels(converter.reset().convert(text))
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


def plain_text(made: str) -> str:
    """HTML of ours without its tags, for the index of search and descriptions."""
    return html.unescape(re.sub(r"<[^>]+>", " ", made))
