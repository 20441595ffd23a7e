"""Markdown by the library, with a gate before its inline patterns. The only door to the Markdown library.

Loaded when the first text needs it: most prose is plain (`engine.plain`), and the library takes longer to load than a hundred records to render.
"""

from __future__ import annotations

import re
from functools import cache

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_EXTENSIONS = ("fenced_code", "def_list", "abbr", "sane_lists", "admonition")

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
    """A converter with the extensions of this site."""
    slug = lambda text, separator: "s-" + slugify_unicode(text, separator)  # noqa: E731  (never the id of a page's own element)
    made = markdown.Markdown(extensions=[*_EXTENSIONS, TableExtension(use_align_attribute=True), FootnoteExtension(BACKLINK_TITLE="回到正文"), _Headings(slugify=slug)], output_format="html")
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    inline = _Gated(made)
    inline.prepare()
    made.treeprocessors.register(inline, "inline", 20)  # where it stands in the library itself
    return made


@cache
def _converter() -> markdown.Markdown:
    return engine()


def convert(text: str) -> str:
    """HTML as the library makes it: not yet safe. The converter keeps state between documents until it is reset; each process has its own."""
    return _converter().reset().convert(text)
