"""What can be searched: a record as words that Pagefind's whole-word index can find by any part of them.

Chinese has no spaces and its readers expect containment: 段简 is found inside 一段简单. So a Han character followed by another becomes
the pair that starts there, and a phrase of pairs is an exact substring. Codes are found by any part of any spelling through
hidden terms: all suffixes of the code without its joiners, so that prefix search becomes substring search.
`templates/components/search/words.js` does the same to what a visitor types; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from engine.model import Collection, Field, Key, Site
from engine.outdated import rested_on
from engine.prose import plain_text
from engine.show import Names, text_of

SPACE = "\u2060"  # rides on a word after which the text has a space
HIDDEN = {"-": "\u2061", "/": "\u2062", ".": "\u2063", "_": "\u2064", "·": "\u206a", "~": "\u206b"}  # joiners between Han characters, which people leave out
SUFFIX_LENGTH = 24
BESIDE = 12  # letters and digits of a code that are kept with the Han character beside it
WHOLE = "ж"  # before a short word that stands by itself, so that Cr can be told from PCR; nobody types it
FEW = 1000  # records of one index that are not worth a second
MOST = 3000  # records of one index: Pagefind's memory grows with them, to about 0.5 GB
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALNUM = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff"
_JOINERS = "-/._·~"
_WORD = rf"[{_HAN}]|[{_ALNUM}]+|\s+|[^\s]"
_IS_HAN = rf"[{_HAN}]"
_BESIDE_JOINER = rf"[{re.escape(_JOINERS)}\s]*"
_SIGN = "0-9a-z\u00df-\u024f\u0370-\u03ff"
_CODE = rf"([{_HAN}]?)(?:(?<=[{_HAN}]){_BESIDE_JOINER})?([{_SIGN}]+(?:[{re.escape(_JOINERS)} ]+[{_SIGN}]+)*)(?={_BESIDE_JOINER}([{_HAN}])?)"
_pattern = cache(re.compile)  # when it is needed: a class of Han characters takes a millisecond, and most commands make no index
_NO_WORDS = ("units", "areas")
_RECOMMENDED = re.compile(r"(gb|db\d{2,4}|[a-z]{2})t(?=\d)")


class Entry(NamedTuple):
    """A record as the index takes it: its readable words joined by spaces, of which the first `length` are its name's and its aliases', and hidden

    words by the part they come from.

    What is past (`state` "expired" or "halted", with its word), or rests on a standard that is, stands behind what is in force; what runs out "soon" has its
    last day, for the visitor's clock.
    A standard is `cited` by so many records.
    """

    key: Key
    title: str
    aliases: tuple[str, ...]
    length: int
    state: tuple[str, str, str]
    cited: int
    areas: tuple[str, ...]
    content: str
    hidden: dict[str, str]

    @property
    def outline(self) -> Entry:
        """What the register says of it."""
        return self._replace(content="", hidden={})


class Shard(NamedTuple):
    """What one index holds: entries that follow each other, of one collection or of several small ones."""

    name: str
    entries: tuple[Entry, ...]


class Lookup(NamedTuple):
    """What the page needs to understand a query: libraries and areas by id, groups of words that mean `same`, for each label the

    words that people may `also` type for it, and the Han characters of all these by syllable of pinyin.
    """

    libraries: dict[str, dict[str, str]]
    areas: dict[str, str]
    same: list[list[str]]
    also: list[list[str]]
    readings: dict[str, str]


def searched(site: Site) -> Iterator[Key]:
    """Every record that has a page, in the order of collections and their records."""
    for collection in site.collections.values():
        yield from site.members[collection.id] if collection.page else ()


def entries(site: Site) -> Iterator[Entry]:
    return (entry(site, key) for key in searched(site))


def shards(entries: Iterable[Entry]) -> list[Shard]:
    """Entries in as few indexes as memory allows, but in two or three when there are many, for as many processors and so that an edit changes a part only.

    A collection begins a new one when it does not fit, and is cut evenly when it fits into none. At least one, though it be empty.
    """
    collections = [list(some) for _, some in groupby(entries, key=lambda entry: entry.key.collection)]
    most = min(MOST, max(FEW, -(-sum(map(len, collections)) // 2)))
    cut: list[list[Entry]] = [[]]
    for members in collections:
        if len(cut[-1]) + len(members) <= most:
            cut[-1] += members
            continue
        parts = -(-len(members) // most)
        size = -(-len(members) // parts)
        cut += [members[start : start + size] for start in range(0, len(members), size)]
    return [Shard(str(number), tuple(some)) for number, some in enumerate(some for some in cut if some or len(cut) == 1)]


def entry(site: Site, key: Key) -> Entry:
    collection = site.collections[key.collection]
    lines = text_lines(site, collection, key, Names(site.collections, site.vocabularies, site.titles))
    aliases = site.records[key].values["aliases"] or ()
    called = 2 if aliases else 1  # lines
    hidden = {"name": code_words("\n".join(lines[:called])), "text": code_words("\n".join(lines[called:]))}
    content = words("\n".join(lines))
    length = sum(len(_line_words(line)) for line in lines[:called])
    said = {part: " ".join(codes) for part, codes in hidden.items() if codes}
    return Entry(key, lines[0], aliases, length, _state(site, key), _cited(site, key), areas_of(site, collection, key), content, said)


def _state(site: Site, key: Key) -> tuple[str, str, str]:
    """State, word and last day of what is past, or rests on what is past, or will be soon."""
    found = site.validity.get(key)
    if found is not None and found.state not in ("valid", "soon"):
        return (found.state, found.word, "")
    for one in rested_on(site, key):
        return ("halted", site.collections[one.key.collection].item + one.word, "")
    return ("soon", "", found.until.isoformat()) if found is not None and found.state == "soon" else ("", "", "")


def _cited(site: Site, key: Key) -> int:
    """How many records cite it as a standard."""
    return sum(len(keys) for link, keys in site.backlinks.get(key, {}).items() if site.collections[link.collection].fields[link.field].type == "standard")


def text_lines(site: Site, collection: Collection, key: Key, names: Names) -> list[str]:
    """What is searched of a record. The title comes first, then what it says, then its prose: the place of a match tells what was matched."""
    record = site.records[key]
    facts = [text for field in _searched(collection) if (text := text_of(field, record.values[field.name], names))]
    return [site.titles[key], *facts, *(line for line in plain_text(record.body).split("\n") if line.strip())]


def areas_of(site: Site, collection: Collection, key: Key) -> tuple[str, ...]:
    for field in collection.fields.values():
        value = site.records[key].values[field.name]
        if field.type == "area" and value:
            return value if isinstance(value, tuple) else (value,)
    return ()


def lookup(site: Site, spoken: dict[str, tuple[str, ...]]) -> Lookup:
    """`spoken` remembers how runs of Han characters are read."""
    areas = site.vocabularies["areas"].terms.values() if "areas" in site.vocabularies else ()
    same = site.vocabularies["synonyms"].terms.values() if "synonyms" in site.vocabularies else ()
    terms = [term for id, vocabulary in site.vocabularies.items() if id not in (*_NO_WORDS, "synonyms") for term in vocabulary.terms.values()]
    han = [*site.titles.values(), *(term.label for term in terms), *(word for term in same for word in (term.label, *term.aliases))]
    return Lookup(
        libraries={id: {"label": collection.label, "item": collection.item} for id, collection in site.collections.items()},
        areas={term.id: term.label for term in areas},
        same=[[term.label, *term.aliases] for term in same],
        also=[[term.label, *term.aliases] for term in terms if term.aliases],
        readings=readings(han, spoken),
    )


def _searched(collection: Collection) -> Iterator[Field]:
    """Aliases first; dates and the like are no words that anybody looks for."""
    fields = collection.fields
    yield fields["aliases"]
    for field in fields.values():
        if field.name not in ("aliases", collection.form, *collection.title) and field.type not in ("date", "datetime", "boolean", "url", "file", "image", "integer"):
            yield field


def words(text: str) -> str:
    """One word a sign: pairs of Han characters, runs of letters and digits whole, joiners on the word before, other signs apart.

    No phrase goes beyond the end of a line, but one goes across a space, since people leave spaces out.
    """
    return " ".join(word for line in text.split("\n") for word in _line_words(line))


def _line_words(line: str) -> list[str]:
    parts: list[str] = []
    is_han = _pattern(_IS_HAN).match
    for sign in _pattern(_WORD).findall(unicodedata.normalize("NFKC", line)):
        if sign.isspace():
            if parts and not parts[-1].endswith(SPACE):
                parts[-1] += SPACE
        elif sign in _JOINERS and parts:
            parts[-1] += HIDDEN[sign] if is_han(parts[-1]) else sign
        else:
            parts.append(sign)
    paired = [part + following[0] if is_han(part) and is_han(following) else part for part, following in zip(parts, [*parts[1:], ""])]
    if paired and not paired[-1].endswith(SPACE):
        paired[-1] += SPACE
    return paired


def code_words(text: str) -> list[str]:
    """Hidden words for codes: `GB/T 19001` gives gbt19001, bt19001, … 01, the same without the T of recommended standards, and each

    end of a code with the Han character beside it, so that 10个 is not found where 10 and 个 stand apart.
    """
    found: set[str] = set()
    for match in _pattern(_CODE).finditer(unicodedata.normalize("NFKC", text).lower()):
        before, code, after = match.groups()
        squashed = re.sub(rf"[{re.escape(_JOINERS)} ]+", "", code)
        for spelled in {squashed, _RECOMMENDED.sub(r"\1", squashed)}:
            found.update(spelled[place : place + SUFFIX_LENGTH] for place in range(max(len(spelled) - 1, 1)))
            if before:
                found.add(before + spelled[:BESIDE])
            if after:
                found.update(spelled[-length:] + after for length in range(1, min(len(spelled), BESIDE) + 1))
        found.update(WHOLE + word for word in re.findall(r"(?<![0-9a-z])[a-z]{2,4}(?![0-9a-z])", code))
    return sorted(word for word in found if len(word) >= 2)


# How surnames are read that are read otherwise in other words; both readings are found.
_SURNAMES = {
    "shan": "单", "xie": "解", "qiu": "仇", "zha": "查", "zeng": "曾", "zhai": "翟", "ou": "区", "piao": "朴", "ge": "盖葛", "yue": "乐", "xian": "冼", "bo": "薄卜",
    "miao": "缪", "ning": "宁", "hua": "华", "ren": "任", "yun": "员", "zhe": "折", "yu": "尉", "ying": "应", "shao": "召", "guan": "观", "chong": "种", "du": "堵都",
}  # fmt: skip


def readings(texts: Iterable[str], spoken: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The Han characters of some texts by their syllables in pinyin, as they are read in these texts, without tones (ü as v and u)."""
    runs = {run for text in texts for run in _pattern(_IS_HAN + "+").findall(text)}
    if new := runs - spoken.keys():
        from pypinyin import lazy_pinyin  # takes a quarter of a second to import, which a check need not wait for

        spoken.update((run, tuple(lazy_pinyin(run))) for run in new)
    found: dict[str, set[str]] = {syllable: set(signs) for syllable, signs in _SURNAMES.items()}
    for run in runs:
        for sign, syllable in zip(run, spoken[run]):
            found.setdefault(syllable, set()).add(sign)
            if "v" in syllable or "ü" in syllable:
                found.setdefault(syllable.replace("v", "u").replace("ü", "u"), set()).add(sign)
    return {syllable: "".join(sorted(found[syllable])) for syllable in sorted(found) if syllable.isascii()}
