"""What the parser complains of, in an editor's words, and where the mistake was made rather than where it was noticed.

Knows nothing of the parser but its words: `source` hands over a complaint.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.model import Problem


class Complaint(NamedTuple):
    """Places are offsets of characters. `scalar` is the last text that was read (start, end, its quotation mark), `bracket` the innermost that stands open."""

    words: str
    context: str
    noticed: int
    begun: int
    scalar: tuple[int, int, str] | None
    bracket: int | None


_EXPLANATIONS = (
    ("mapping values are not allowed", "这里多了一个英文冒号，或者上一行没有写完", "内容里有“: ”时，用英文双引号把整段内容括起来"),
    ("scanning an alias", "内容以“*”开头", "用英文双引号把整段内容括起来"),
    ("scanning an anchor", "内容以“&”开头", "用英文双引号把整段内容括起来"),
    ("found character '\\t'", "缩进用了制表符（Tab）", "改用空格缩进"),
    ("cannot start any token", "这个符号不能放在开头", "用英文双引号把这段内容括起来"),
    ("unknown escape character", "英文双引号里的“\\”有特别的意思", "“\\”写两个，或者改用英文单引号"),
    ("did not find expected ',' or ']'", "方括号里缺少英文逗号", "列表写成 [甲, 乙]，用英文逗号"),
    ("did not find expected ',' or '}'", "花括号里缺少英文逗号", "写成 {甲: 乙, 丙: 丁}，用英文逗号"),
    ("block sequence entries are not allowed", "“-”不能写在这里", "列表换到下一行写，每项以“- ”开头"),
    ("control characters are not allowed", "文件里有看不见的控制字符", "删去这一行里的控制字符"),
)
_OUT_OF_LINE = ("did not find expected key", "did not find expected '-' indicator", "did not find expected <document start>")
_MISPLACED = {  # by whether the line begins with a hyphen, and whether it stands in a list
    (False, False): ("这一行没有和上面的字段对齐，前面多了或少了空格", "同一级字段的左边要对齐"),
    (False, True): ("这一行前面少了“- ”，或者没有和上面的字段对齐", "列表里新的一项以“- ”开头；同一项的字段左边对齐"),
    (True, False): ("“- ”不能写在这里，或者没有对齐", "列表写在“字段:”的下一行，每一项（包括第一项）都以“- ”开头，上下对齐"),
    (True, True): ("列表的这一项没有对齐", "同一列表各项的“-”要上下对齐"),
}
_CHINESE_COLON = re.compile(r"^[ \t]*(?:- +)?[A-Za-z_][\w-]*[ \t]*(：)", re.M)
_ODD_SPACE = re.compile(r"^[ \t]*([\u00a0\u3000])[ \t\u00a0\u3000]*(?:- *)?[A-Za-z_][\w-]*[ \t]*[:：]", re.M)
_SIGNS = {
    _CHINESE_COLON: ("用了中文冒号“：”", "字段名后面用英文冒号“:”，再空一格"),
    _ODD_SPACE: ("缩进用了全角空格或特殊空格", "改用普通空格"),
}
_NO_SPACE = re.compile(r"[ \t]*(?:- +)?([^\W\d][\w-]*):(?=[^\s:/])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_COMMENT = re.compile(r"(?<=\S)[ \t]+(#)\S")  # a remark has a space after its sign
_FIELD = re.compile(r" *(?:- +)?[A-Za-z_][\w-]*:")
_NEXT_THING = re.compile(r"\n *(?:- |[A-Za-z_][\w-]*:(?:\s|$))")


def explained(complaint: Complaint, text: str, path: str, above: int) -> Problem:
    """The complaint as a problem; `above` is the number of lines that stand before the text in its file. Chinese punctuation, the usual cause, is looked for first."""
    found = punctuation(text, path, above, text.count("\n", 0, complaint.noticed) + 1)
    if not found and complaint.bracket is not None and complaint.scalar and not complaint.scalar[2]:
        found = swallowed(text, complaint.scalar[1], path, above)  # with the end of its bracket
    return found or _at(text, *_meant(complaint, text), path, above)


def controlled(text: str, path: str, above: int) -> Problem:
    """A character that no file may hold."""
    control = _CONTROL.search(text)
    line = text.count("\n", 0, control.start()) + 1 if control else 1
    return Problem(path, "yaml-syntax", "文件里有看不见的控制字符", "删去这一行里的控制字符", line=line + above, column=1)


def has_control(text: str) -> bool:
    return _CONTROL.search(text) is not None


def no_fields(text: str, path: str, above: int) -> Problem:
    """All of the text is one sentence."""
    found = punctuation(text, path, above)
    if found:
        return found
    for start in _starts(text):
        if close := _NO_SPACE.match(text, start):
            return _at(text, *_without_space(close), path, above)
    return Problem(path, "yaml-shape", "这里应当是“字段: 内容”", line=1 + above, column=1)


def punctuation(text: str, path: str, above: int, until: int = 1 << 30) -> Problem | None:
    """The first sign that looks like the right one and is not, up to a line."""
    return _sign(_CHINESE_COLON, text, path, above, until) or odd_space(text, path, above, until)


def odd_space(text: str, path: str, above: int, until: int = 1 << 30) -> Problem | None:
    return _sign(_ODD_SPACE, text, path, above, until)


def may_swallow(text: str) -> bool:
    """Whether a `#` might begin a remark that was not meant as one. Most texts have none."""
    return "#" in text and _COMMENT.search(text) is not None


def swallowed(text: str, end: int, path: str, above: int) -> Problem | None:
    """What is lost behind a value without quotation marks that ends here: ` #` begins a remark."""
    if not (lost := _COMMENT.match(text, end)):
        return None
    message = "“#”前面有空格，从这里到行末会被当成说明丢掉"
    place = _place(text, lost.start(1), above)
    return Problem(path, "yaml-comment", message, "用英文双引号把整段内容括起来；如果本来就是说明，“#”后面空一格", **place)


def _sign(pattern: re.Pattern, text: str, path: str, above: int, until: int) -> Problem | None:
    match = pattern.search(text)
    if match is None:
        return None
    place = _place(text, match.start(1), above)
    if place["line"] - above > until:
        return None
    message, hint = _SIGNS[pattern]
    return Problem(path, "yaml-punctuation", message, hint, **place)


def _at(text: str, offset: int, message: str, hint: str, path: str, above: int) -> Problem:
    return Problem(path, "yaml-syntax", message, hint, **_place(text, offset, above))


def _place(text: str, offset: int, above: int) -> dict[str, int]:
    offset = min(offset, len(text))
    return {"line": text.count("\n", 0, offset) + 1 + above, "column": offset - text.rfind("\n", 0, offset)}


def _starts(text: str):
    """Where each line begins that says something."""
    return (match.start() for match in re.finditer(r"^[ \t]*[^\s#]", text, re.M))


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _opens_line(text: str, offset: int) -> bool:
    return not text[_line_start(text, offset) : offset].strip(" ")


def _meant(complaint: Complaint, text: str) -> tuple[int, str, str]:
    """Offset, message and hint."""
    noticed = complaint.noticed
    if re.match(r" *\t", text[_line_start(text, noticed) :]):
        return noticed, "缩进用了制表符（Tab）", "改用空格缩进"
    if (quote := _open_quote(complaint, text)) is not None:
        return quote, "从这里开始的引号没有结束", "在这段内容的末尾补上同样的引号"
    if complaint.bracket is not None and "\n" in text[complaint.bracket : noticed]:
        return _open_bracket(text[complaint.bracket], complaint.bracket)
    if "mapping values are not allowed" in complaint.words and complaint.scalar and "\n" in text[complaint.scalar[0] : noticed]:
        return _run_on(complaint.scalar[0], noticed, text)
    if "could not find expected ':'" in complaint.words:
        return _without_colon(complaint.begun, text)
    if complaint.words in _OUT_OF_LINE:
        return _out_of_line(complaint, text)
    for words, message, hint in _EXPLANATIONS:
        if words in complaint.words or words in complaint.context:
            return noticed, message, hint
    return noticed, "这一行的写法不对", "检查冒号、引号、括号和缩进"


def _open_quote(complaint: Complaint, text: str) -> int | None:
    """Where a quotation begins that runs to the end of the text, or to the first mark of the next one."""
    if "scanning a quoted scalar" in complaint.context and "unexpected" in complaint.words:
        return complaint.begun
    if complaint.scalar is None:
        return None
    start, end, style = complaint.scalar
    runs_on = style in ("'", '"') and "\n" not in text[end : complaint.noticed] and _NEXT_THING.search(text, start, end)
    return start if runs_on else None


def _open_bracket(sign: str, place: int) -> tuple[int, str, str]:
    if sign == "[":
        return place, "从这里开始的方括号没有结束，或者里面缺少英文逗号", "列表写成 [甲, 乙]，用英文逗号"
    return place, "从这里开始的花括号没有结束，或者里面缺少英文逗号", "写成 {甲: 乙, 丙: 丁}，用英文逗号"


def _run_on(start: int, noticed: int, text: str) -> tuple[int, str, str]:
    """A line with a colon was taken for the rest of a text that began further up: either has the fault."""
    if close := _NO_SPACE.match(text, start):
        return _without_space(close)
    if _opens_line(text, start):
        return _without_colon(start, text)
    line = _line_start(text, noticed)
    if not _FIELD.fullmatch(text, line, noticed + 1):
        return noticed, *_EXPLANATIONS[0][1:]
    return line + len(re.match(" *", text[line:])[0]), "这一行前面多了空格，或者少了“- ”，没有和上面的字段对齐", "同一级字段的左边要对齐；列表里新的一项以“- ”开头"


def _without_colon(start: int, text: str) -> tuple[int, str, str]:
    line = _line_start(text, start)
    if close := _NO_SPACE.match(text, line):
        return _without_space(close)
    if text.startswith("-", start):
        return start + 1, "“-”后面要空一格", "写成“- 内容”"
    above = text[:line].rstrip().rpartition("\n")[2]
    if re.match(" *", above)[0] == text[line:start] and above.lstrip(" ").startswith("- "):
        return start, "这一行前面少了“- ”", "列表的每一项以“- ”开头"
    return start, "这一行缺少英文冒号“:”", "写成“字段: 内容”，冒号后面空一格"


def _without_space(close: re.Match) -> tuple[int, str, str]:
    return close.end(), "冒号后面要空一格", f"写成“{close[1]}: 内容”"


def _out_of_line(complaint: Complaint, text: str) -> tuple[int, str, str]:
    place = complaint.noticed
    if not _opens_line(text, place):
        return place, "引号或括号结束以后还有别的内容", "把整段内容放在一对英文双引号里；里面的引号用中文引号"
    is_item, is_in_list = text.startswith("- ", place), "'-' indicator" in complaint.words
    return place, *_MISPLACED[is_item, is_in_list]
