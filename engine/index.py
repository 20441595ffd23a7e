"""What can be searched: a record as words that Pagefind's whole-word index can find by any part of them.

Chinese has no spaces and its readers expect containment: 段简 is found inside 一段简单. So a Han character followed by another becomes
the pair that starts there, and a phrase of pairs is an exact substring. Codes are found by any part of any spelling through
hidden terms: all suffixes of the code without its joiners, so that prefix search becomes substring search.
`templates/components/search/words.js` does the same to what a visitor types; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from engine.model import Collection, Field, Key, Site
from engine.show import Names, text_of

SPACE = "\u2060"  # rides on a word after which the text has a space
SUFFIX_LENGTH = 24
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALNUM = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff"
_JOINERS = "-/._·~"
_WORD = re.compile(rf"[{_HAN}]|[{_ALNUM}]+|\s+|[^\s]")
_IS_HAN = re.compile(rf"[{_HAN}]")
_CODE = re.compile(rf"[0-9a-z]+(?:[{re.escape(_JOINERS)}\s]+[0-9a-z]+)*")
_RECOMMENDED = re.compile(r"(gb|db\d{2,4}|[a-z]{2})t(?=\d)")


class Entry(NamedTuple):
    """A record as the index takes it: its readable words joined by spaces, and hidden words by the part they come from.

    What is past (expired, replaced, suspended) stands behind what is in force.
    """

    key: Key
    title: str
    is_past: bool
    content: str
    hidden: dict[str, str]


def entries(site: Site) -> Iterator[Entry]:
    """Every record that has a page, in the order of collections and their records."""
    names = Names(site.collections, site.vocabularies, site.titles)
    for collection in site.collections.values():
        for key in site.members[collection.id] if collection.page else ():
            yield entry(site, collection, key, names)


def entry(site: Site, collection: Collection, key: Key, names: Names) -> Entry:
    """The title comes first, then what the record says, then its prose, so that the place of a match tells what was matched."""
    record, title = site.records[key], site.titles[key]
    facts = [text for field in _searched(collection) if (text := text_of(field, record.values[field.name], names))]
    body = prose_text(record.body)
    text = "\n".join([title, *facts, body]).strip()
    hidden = {"name": code_words(title), "text": code_words("\n".join((*facts, body)))}
    is_past = key in site.validity and site.validity[key].state in ("expired", "halted")
    return Entry(key, title, is_past, words(text), {part: " ".join(codes) for part, codes in hidden.items() if codes})


def _searched(collection: Collection) -> Iterator[Field]:
    """Aliases first; dates and the like are no words that anybody looks for."""
    fields = collection.fields
    yield fields["aliases"]
    for field in fields.values():
        if field.name not in ("aliases", *collection.title) and field.type not in ("date", "datetime", "boolean", "url", "file", "image", "integer"):
            yield field


def prose_text(markdown: str) -> str:
    """Markdown without its marks: good enough for words, and nothing is rendered twice."""
    return re.sub(r"\]\([^)]*\)|[*_`#>|\[\]]+|^[-: ]+$", " ", markdown, flags=re.M)


def words(text: str) -> str:
    """One word a sign: pairs of Han characters, runs of letters and digits whole, joiners on the word before, other signs apart."""
    parts: list[str] = []
    for sign in _WORD.findall(unicodedata.normalize("NFKC", text)):
        if sign.isspace():
            if parts and not parts[-1].endswith(SPACE):
                parts[-1] += SPACE
        elif sign in _JOINERS and parts and not parts[-1].endswith(SPACE):
            parts[-1] += sign
        else:
            parts.append(sign)
    paired = []
    for part, following in zip(parts, [*parts[1:], ""]):
        is_pair = len(part) == 1 and _IS_HAN.match(part) and _IS_HAN.match(following)
        paired.append(part + following[0] if is_pair else part)
    return " ".join(paired)


def code_words(text: str) -> list[str]:
    """Hidden words for codes: `GB/T 19001` gives gbt19001, bt19001, … 01, and the same without the T of recommended standards."""
    found: set[str] = set()
    for match in _CODE.finditer(unicodedata.normalize("NFKC", text).lower()):
        squashed = re.sub(r"[^0-9a-z]+", "", match[0])
        found.update(squashed[place : place + SUFFIX_LENGTH] for place in range(max(len(squashed) - 1, 1)))
        for spelled in _RECOMMENDED.finditer(squashed):
            found.add((spelled[1] + squashed[spelled.end() :])[:SUFFIX_LENGTH])
    return sorted(word for word in found if len(word) >= 2)
