"""YAML and Markdown heads as text. The only door to the YAML parser: nothing here decides what a value means.

Scalars stay the characters that were written, so `NO` is a word, `3.10` a version and `0123` an identifier. Aliases, anchors,
tags and merge keys are refused, depth and size are bounded, equal keys are told. Positions are looked up only when there is
something to tell: `locate` walks the text a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import yaml
from yaml._yaml import CParser  # libyaml's parser: without it a build would take five times as long, so its absence is an error

from engine import complaints, flat
from engine.model import Problem

MAX_DEPTH = 20
MAX_BYTES = 1_000_000
MAX_SWALLOWED = 100  # values that lose something by a `#` and are told
KEY = "\0key"  # ends a trail that means the key itself rather than its value
BODY = "\0body"  # stands before the last step of a trail that counts characters of the prose
WORDS = "\0words"  # stands before the last step of a trail that is a part of a value, as it is written

_SCALAR, _ALIAS = yaml.ScalarEvent, yaml.AliasEvent
_MAPPING, _MAPPING_END = yaml.MappingStartEvent, yaml.MappingEndEvent
_SEQUENCE, _SEQUENCE_END = yaml.SequenceStartEvent, yaml.SequenceEndEvent

_ESCAPE = re.compile(r"\\(?:[0abevf]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")
_FLOW_KEY = re.compile(r"[\[{,]\s*(\?[^\s\]},])")  # libyaml drops the sign without a word


class Document(NamedTuple):
    """The head as nested dicts, lists and strings; the prose below it; the line on which each begins."""

    data: object
    head: str
    body: str = ""
    head_line: int = 1
    body_line: int = 1


class _Refused(Exception):
    def __init__(self, mark, code, message, hint=""):
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


def decode(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file: UTF-8 with or without a byte order mark, any line ends. GBK is recognised and refused."""
    if len(raw) > MAX_BYTES:
        return None, [Problem(path, "file-too-large", f"文件有 {len(raw) / 1e6:.1f} MB，超过 1 MB", "把记录分到几个文件里", line=1, column=1)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, fault.start) + 1 : fault.start].decode("utf-8", "replace")) + 1
        return None, [Problem(path, "encoding", _encoding_of(raw), "在编辑器里选择“另存为”，编码选 UTF-8", line=line, column=column)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [Problem(path, "encoding", "文件里有空字符（NUL），不像文本文件", "确认没有把图片或表格存成了文本", line=line, column=1)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _encoding_of(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "这个文件是 UTF-16 编码，应为 UTF-8"
    if b"\0" in raw:
        return "文件里有空字符（NUL），不像文本文件"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "这个文件不是 UTF-8 编码"
    return "这个文件是 GBK 编码，应为 UTF-8"


def read_yaml(text: str, path: str) -> tuple[Document, list[Problem]]:
    """A whole file of YAML. `data` is None when it could not be read."""
    data, problems = _read(text, path, 0)
    return Document(data, text), problems


def read_front_matter(text: str, path: str) -> tuple[Document, list[Problem]]:
    """A Markdown file that begins with a head of YAML between two lines of `---`."""
    if not text.startswith("---\n"):
        hint = "第一行写“---”，写完各个字段后再写一行“---”，下面是正文"
        return Document(None, "", text), [Problem(path, "head-missing", "文件开头缺少“---”", hint, line=1, column=1)]
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        return Document(None, "", ""), [Problem(path, "head-missing", "字段写完后缺少一行“---”", "在字段与正文之间加一行“---”", line=1, column=1)]
    head, body = text[4 : end + 1], text[end + 5 :]
    data, problems = _read(head, path, 1)
    return Document(data, head, body, 2, head.count("\n") + 3), problems


def _read(text: str, path: str, above: int) -> tuple[object, list[Problem]]:
    """Data and problems; `above` is the number of lines that stand before the text in its file."""
    problems: list[Problem] = []
    if (said := flat.read(text)) is not None:
        return said, problems

    def tell(mark, code, message, hint=""):
        problems.append(Problem(path, code, message, hint, line=mark.line + 1 + above, column=mark.column + 1))

    try:
        get = CParser(text).get_event
        get()  # stream start
        if type(get()) is yaml.StreamEndEvent:
            return {}, problems
        data = _value(get, get(), 0, tell)
        get()  # document end
        extra = get()
        if type(extra) is not yaml.StreamEndEvent:
            tell(extra.start_mark, "yaml-documents", "一个文件只能有一段，这里又出现了“---”", "删去多余的“---”")
    except _Refused as fault:
        tell(fault.mark, fault.code, fault.message, fault.hint)
        return None, problems
    except yaml.reader.ReaderError:
        return None, [complaints.controlled(text, path, above)]
    except yaml.YAMLError as fault:
        return None, [complaints.explained(_complaint(fault, text), text, path, above)]
    if "\\" in text and (place := _escaped_control(data, text)) is not None:
        line = text.count("\n", 0, place) + 1
        hint = "删去反斜杠和它后面的几个字符"
        return None, [Problem(path, "yaml-control", "这里用反斜杠写出了看不见的控制字符", hint, line=line + above, column=place - text.rfind("\n", 0, place))]
    if "?" in text and (question := _FLOW_KEY.search(text)) is not None and not _holds(data, question[1]):
        line = text.count("\n", 0, question.start(1)) + 1
        hint = "用英文双引号把这段内容括起来"
        return None, [Problem(path, "yaml-feature", "方括号或花括号里的“?”有特别的意思", hint, line=line + above, column=question.start(1) - text.rfind("\n", 0, question.start(1)))]
    if ("\u00a0" in text or "\u3000" in text) and (odd := complaints.odd_space(text, path, above)):
        return None, [odd]
    if isinstance(data, str) and data:
        return None, [complaints.no_fields(text, path, above)]
    if complaints.may_swallow(text):
        problems += islice(_swallowed(text, path, above), MAX_SWALLOWED)
    return data, problems


def _escaped_control(data, text: str) -> int | None:
    """Where an escape such as `\\0` or `\\u0002` brings in a character that the file itself may not hold."""
    if not any(complaints.has_control(scalar) for scalar in _scalars(data)):
        return None
    escape = _ESCAPE.search(text)
    return escape.start() if escape else 0


def _holds(data, words: str) -> bool:
    return any(words in scalar for scalar in _scalars(data))


def _scalars(data) -> Iterator[str]:
    waiting = [data]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, str):
            yield thing
        else:
            waiting += [*thing, *thing.values()] if isinstance(thing, dict) else thing


def _value(get, event, depth, tell):
    kind = type(event)
    if kind is _SCALAR:
        if event.anchor or (event.tag and event.tag != "!"):
            raise _refusal(event)
        return event.value
    if kind is _ALIAS:
        raise _refusal(event)
    if depth >= MAX_DEPTH:
        raise _Refused(event.start_mark, "yaml-depth", f"嵌套超过 {MAX_DEPTH} 层", "减少方括号、花括号或缩进的层数")
    if event.anchor or event.tag:
        raise _refusal(event)
    depth += 1
    if kind is _SEQUENCE:
        items = []
        while type(event := get()) is not _SEQUENCE_END:
            items.append(_value(get, event, depth, tell))
        return items
    pairs: dict[str, object] = {}
    while type(event := get()) is not _MAPPING_END:
        if type(event) is not _SCALAR:
            raise _Refused(event.start_mark, "yaml-key", "字段名应当是一个词", "写成“字段: 内容”")
        name = event.value
        if name == "<<" or event.anchor or event.tag:
            raise _refusal(event)
        if name in pairs:
            tell(event.start_mark, "yaml-duplicate", f"“{name}”在同一处写了两次", "只保留一个，或者把两处内容合并")
        pairs[name] = _value(get, get(), depth, tell)
    return pairs


def _refusal(event) -> _Refused:
    what = "别名（*）" if type(event) is _ALIAS else "锚点（&）" if event.anchor else "标签（!）" if event.tag else "合并（<<）"
    return _Refused(event.start_mark, "yaml-feature", f"这里用了 YAML 的{what}，本站不支持", "直接写出内容；若内容本身以此符号开头，用英文双引号括起来")


def _complaint(fault: yaml.YAMLError, text: str) -> complaints.Complaint:
    """What the parser says, with what it had read last and what stood open: it goes the same way again."""
    brackets: list[yaml.CollectionStartEvent] = []
    scalar = None
    get = CParser(text).get_event
    try:
        while type(event := get()) is not yaml.StreamEndEvent:
            if type(event) in (_SEQUENCE, _MAPPING):
                brackets.append(event)
            elif type(event) in (_SEQUENCE_END, _MAPPING_END):
                brackets.pop()
            elif type(event) is _SCALAR:
                scalar = (event.start_mark.index, event.end_mark.index, event.style or "")
    except yaml.YAMLError:
        pass
    noticed = fault.problem_mark or fault.context_mark
    bracket = next((event.start_mark.index for event in reversed(brackets) if event.flow_style), None)
    return complaints.Complaint(fault.problem or "", fault.context or "", noticed.index, (fault.context_mark or noticed).index, scalar, bracket)


def _swallowed(text: str, path: str, above: int) -> Iterator[Problem]:
    """What a value loses because of a `#` in it."""
    get = CParser(text).get_event
    while type(event := get()) is not yaml.StreamEndEvent:
        if type(event) is _SCALAR and not event.style and (lost := complaints.swallowed(text, event.end_mark.index, path, above)):
            yield lost


def locate(problem: Problem, document: Document) -> Problem:
    """The problem with the line and column to which its trail leads, or those of the nearest thing above it."""
    if problem.line:
        return problem
    if BODY in problem.trail:
        return _in_body(problem, document)
    if WORDS in problem.trail:
        return _in_value(problem, document)
    line, column = 1, 1
    try:
        get = CParser(document.head).get_event
        get()
        if type(get()) is not yaml.StreamEndEvent:  # an empty text has no place but its start
            line, column = _place(get, get(), list(problem.trail))
    except yaml.YAMLError:
        pass  # the text could be read before, or this problem would not exist; the start of the file will do
    return replace(problem, line=line + document.head_line - 1, column=column)


def _in_body(problem: Problem, document: Document) -> Problem:
    if not document.body:  # the prose is a value of the head
        return locate(replace(problem, trail=(*problem.trail[: problem.trail.index(BODY)], "body")), document)
    offset = problem.trail[-1]
    line = document.body.count("\n", 0, offset) + document.body_line
    return replace(problem, line=line, column=offset - document.body.rfind("\n", 0, offset))


def _in_value(problem: Problem, document: Document) -> Problem:
    """Where a part of a value begins; where the value does, when it is written in another way (folded, escaped)."""
    words = problem.trail[-1]
    start = locate(replace(problem, trail=problem.trail[: problem.trail.index(WORDS)]), document)
    lines = document.head.split("\n")
    line, column = start.line - document.head_line, start.column - 1
    for number in range(line, len(lines)):
        found = lines[number].find(words, column if number == line else 0)
        if found >= 0:
            return replace(start, line=number + document.head_line, column=found + 1)
    return start


def _place(get, event, trail) -> tuple[int, int]:
    mark = event.start_mark
    here = (mark.line + 1, mark.column + 1)
    if not trail or type(event) is _SCALAR:
        return here
    step, rest = trail[0], trail[1:]
    if type(event) is _SEQUENCE:
        number = 0
        while type(event := get()) is not _SEQUENCE_END:
            if number == step:
                return _place(get, event, rest)
            _skip(get, event)
            number += 1
        return here
    while type(event := get()) is not _MAPPING_END:
        name, mark = event.value, event.start_mark
        value = get()
        if name == step:
            return (mark.line + 1, mark.column + 1) if rest[:1] == [KEY] else _place(get, value, rest)
        _skip(get, value)
    return here


def _skip(get, event) -> None:
    depth = 0
    while True:
        if type(event) in (_SEQUENCE, _MAPPING):
            depth += 1
        elif type(event) in (_SEQUENCE_END, _MAPPING_END):
            depth -= 1
        if depth == 0:
            return
        event = get()


class Node(NamedTuple):
    """A value with its place: offsets of characters in the text. `items` are nodes of a sequence, (name, start of the name, node) of a mapping."""

    start: int
    end: int
    style: str  # how a scalar is quoted ("" when it is not), "flow" when a collection stands in brackets
    text: str | None = None
    names: tuple[tuple[str, int], ...] | None = None
    items: tuple["Node", ...] = ()


def outline(text: str) -> Node | None:
    """A text that `read_yaml` could read, with the place of every value, for those who change it; None when it is empty."""
    get = CParser(text).get_event
    get()
    return None if type(get()) is yaml.StreamEndEvent else _node(get, get(), text)


def starts(text: str) -> list[int] | None:
    """Where each item of a list begins, without a look at what the items hold; None when the text is not a list of lines."""
    get = CParser(text).get_event
    get()
    get()
    event = get()
    if type(event) is not _SEQUENCE or event.flow_style:
        return None
    found = []
    while type(event := get()) is not _SEQUENCE_END:
        found.append(event.start_mark.index)
        _skip(get, event)
    return found


def lines_of(text: str, name: str) -> list[int]:
    """On which line each item of a list says a field, or begins when it does not say it; empty for what is no list that could be read."""
    try:
        root = outline(text)
    except yaml.YAMLError:
        return []
    lines, line, counted = [], 1, 0
    for item in root.items if root and root.names is None else ():
        start = dict(item.names or ()).get(name, item.start)
        line += text.count("\n", counted, start)
        counted = start
        lines.append(line)
    return lines


def _node(get, event, text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if type(event) is _SCALAR:
        style = event.style or ""
        if style in ("|", ">"):  # such a text is said to end where the next thing begins
            end = start + len(text[start:end].rstrip())
        return Node(start, max(start, end), style, event.value)
    style = "flow" if event.flow_style else ""
    names, items = [], []
    last = _SEQUENCE_END if type(event) is _SEQUENCE else _MAPPING_END
    is_mapping = last is _MAPPING_END
    while type(event := get()) is not last:
        if is_mapping:
            names.append((event.value, event.start_mark.index))
            event = get()
        items.append(_node(get, event, text))
    end = event.end_mark.index if style else items[-1].end if items else end
    return Node(start, end, style, None, tuple(names) if is_mapping else None, tuple(items))
