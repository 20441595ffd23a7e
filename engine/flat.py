"""YAML that is flat beyond doubt, read without the parser: what the parser would make of it, to the letter, in a third of the time.

Lines of `name: words`, `name: [one, two]`, `name: "words"` or `name:`. With the first sign that could mean anything else the text is not flat, and `source`
gives it to the parser, which also tells what is wrong with it.
"""

from __future__ import annotations

import re

# Controls, line ends that are no line feed, tabs, and what the parser refuses or drops.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE = re.compile(r"""^([A-Za-z_][A-Za-z0-9_-]{0,60}):(?: (?:([^\s\-?:,\[\]{}#&*!|>'"%@`][^\n]*)|"([^"\\\n]+)"|(\[[^\[\]{}"'#&*!|>%@`:?\n]*\])))?$""", re.M)


def read(text: str) -> dict[str, str | list[str]] | None:
    """Texts and lists of texts by name, '' where nothing is said; None when the text is not flat."""
    lines = _LINE.findall(text)
    if not len(lines) == text.count("\n") == text.count(": ") + text.count(":\n") or not (text.endswith("\n") or text == ""):
        return None
    if " #" in text or " \n" in text or _ODD.search(text):
        return None
    said: dict[str, str | list[str]] = {}
    for name, words, quoted, listed in lines:
        if listed:
            items = [item.strip(" ") for item in listed[1:-1].split(",")]
            if items == [""]:
                items = []
            if any(not item or item[0] == "-" for item in items):
                return None
            said[name] = items
        else:
            said[name] = words or quoted
    return said if len(said) == len(lines) else None  # a name stands twice
