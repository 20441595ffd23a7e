"""A page as tests read it: what it links to, what can be linked to in it, and what a page should have once."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

DATA = "application/ld+json"  # a script of this type is a block of data that no browser runs; no content policy applies to it


@dataclass
class PageRead:
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    language: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    search_fields: int = 0
    pictures_without_words: int = 0
    inline: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.page = PageRead()
        self._within = ""
        self._data = False

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        page = self.page
        if "id" in said:
            page.ids.append(said["id"])
        if tag in ("a", "link") and "href" in said:
            page.links.append(said["href"])
        if tag in ("img", "script") and said.get("src"):
            page.sources.append(said["src"])
        if tag == "img" and "alt" not in said:
            page.pictures_without_words += 1
        if tag == "html":
            page.language = said.get("lang", "")
        if tag == "meta" and "name" in said:
            page.metas[said["name"]] = said.get("content", "")
        if tag == "input" and said.get("name") == "q":
            page.search_fields += 1
        if "style" in said or tag == "style" or any(name.startswith("on") for name in said) or (tag == "script" and not said.get("src") and said.get("type") != DATA):
            page.inline.append(tag)
        self._data = tag == "script" and said.get("type") == DATA
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            page.headings.append((tag, ""))
        self._within = tag if tag in ("title", "h1", "h2", "h3", "h4", "h5", "h6") else self._within

    def handle_endtag(self, tag):
        self._data = False
        if tag == self._within:
            self._within = ""

    def handle_data(self, data):
        if self._data:
            self.page.linked.append(data)
            return
        if self._within == "title":
            self.page.title += data
        elif self._within:
            tag, text = self.page.headings[-1]
            self.page.headings[-1] = (tag, text + data)
        self.page.text += data


def read(path: Path) -> PageRead:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.page
