"""Changes to the text of a record that leave every other character alone: comments, order, quoting, blank lines.

Each function takes a text of YAML and gives the text changed. An edit goes through the outline of the text (`source.outline`), so nothing is
guessed from the look of lines; whoever calls verifies the result by reading it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from engine import source
from engine.source import Node

Raw = str | list | dict
FLOW_WIDTH = 100  # characters; longer lists are written one item a line


def set_field(text: str, trail: tuple, name: str, value: Raw | None, order: Sequence[str]) -> str:
    """A field of the mapping at the trail gets a value; None takes it away. A new field stands where `order` would have it."""
    root = source.outline(text)
    if root is None:
        return "" if value is None else f"{name}:{_after_colon(value, 0)}\n"
    mapping = _at(root, trail)
    place = next((number for number, (known, _) in enumerate(mapping.names) if known == name), None)
    if value is None:
        return text if place is None else _without_field(text, mapping, place)
    if place is None:
        return _with_field(text, mapping, name, value, order)
    return _with_value(text, mapping, place, value)


def set_rows(text: str, trail: tuple, name: str, changes: Sequence[tuple], order: Sequence[str], columns: Sequence[str]) -> str:
    """Rows of a table, by what becomes of each: ("keep", n), ("edit", n, {column: raw or None}), ("insert", {column: raw}), ("delete", n)."""
    if all(change[0] == "delete" for change in changes):
        return set_field(text, trail, name, None, order)
    if all(change[0] == "insert" for change in changes):
        return set_field(text, trail, name, [change[1] for change in changes], order)
    place = 0  # the number that a row of the old text has by now
    for what, *rest in changes:
        if what == "edit":
            for column, value in rest[1].items():
                text = set_field(text, (*trail, name, place), column, value, columns)
        elif what == "insert":
            text = insert_item(text, (*trail, name), place, rest[0])
        elif what == "delete":
            text = delete_item(text, (*trail, name), place)
        place += what != "delete"
    return text


def insert_item(text: str, trail: tuple, place: int, value: Raw) -> str:
    """An item of a list, before the one that has its place now."""
    listing = _at(source.outline(text), trail)
    if listing.style == "flow":
        return _splice(text, listing.start, listing.end, _flow([*(text[item.start : item.end] for item in listing.items[:place]), _flow_value(value), *(text[item.start : item.end] for item in listing.items[place:])]))
    dash = _dash(text, listing.items[0])
    indent = dash - _line_start(text, dash)
    written = " " * indent + "-" + _after_dash(value, indent) + "\n"
    at = _line_end(text, listing.items[place - 1].end) if place else _line_start(text, dash)
    return _splice(text, at, at, written if text[:at].endswith("\n") or not at else "\n" + written)


def delete_item(text: str, trail: tuple, place: int) -> str:
    listing = _at(source.outline(text), trail)
    if listing.style == "flow":
        return _splice(text, listing.start, listing.end, _flow([text[item.start : item.end] for number, item in enumerate(listing.items) if number != place]))
    start = _line_start(text, _dash(text, listing.items[place]))
    end = _line_start(text, _dash(text, listing.items[place + 1])) if place + 1 < len(listing.items) else _line_end(text, listing.items[place].end)
    return _splice(text, start, end, "")


def record(id: str | None, said: Mapping[str, Raw], body: str = "") -> str:
    """A whole record as an item of a list (with its id) or as a file of its own (without)."""
    lines = [] if id is None else [f"- id: {scalar(id)}"]
    pad = "" if id is None else "  "
    lines += [f"{pad}{name}:{_after_colon(value, len(pad))}" for name, value in said.items()]
    if body:
        lines.append(f"{pad}body:{_after_colon(body, len(pad))}")
    return "\n".join(lines) + "\n"


def line(name: str, value: Raw) -> str:
    """A field at the margin."""
    return f"{name}:{_after_colon(value, 0)}"


# ── writing a value ───────────────────────────────────────────────────────────


def scalar(text: str, flow: bool = False, style: str = "", indent: int = 0) -> str:
    """A text as YAML, plain when it reads back as itself, else quoted; one that was quoted before stays so."""
    if style in ("|", ">") or ("\n" in text and not flow and style == ""):
        block = _block(text, indent)
        if block is not None:
            return block
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style == "" and _is_plain(text, flow):
        return text
    return '"' + "".join(_ESCAPES.get(sign) or (sign if sign.isprintable() else _coded(sign)) for sign in text) + '"'


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _coded(sign: str) -> str:
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _is_plain(text: str, flow: bool) -> bool:
    """The parser is the judge, not a list of signs."""
    if not text or not text.isprintable() or text != text.strip():
        return False
    shown = f"k: [{text}, z]\n" if flow else f"k: {text}\nz: z\n"
    document, problems = source.read_yaml(shown, "")
    return not problems and document.data == ({"k": [text, "z"]} if flow else {"k": text, "z": "z"})


def _block(text: str, indent: int) -> str | None:
    """Several lines below a `|`. None for a text that such lines could not give back."""
    body, ends = text.rstrip("\n"), text[len(text.rstrip("\n")) :]
    if not body or len(ends) > 1 or body[0] in " \n" or any(not (line.isprintable() or "\t" in line) for line in body.split("\n")):
        return None
    written = f"|{'' if ends else '-'}\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in body.split("\n"))
    document, problems = source.read_yaml(" " * indent + f"k: {written}\n" + " " * indent + "z: z\n", "")
    return written if not problems and document.data == {"k": text, "z": "z"} else None


def _after_colon(value: Raw, indent: int) -> str:
    """What follows the colon of a field that is indented so far."""
    if isinstance(value, str):
        return " " + scalar(value, indent=indent)
    if all(isinstance(item, str) for item in value):
        flow = _flow([_flow_value(item) for item in value])
        if len(flow) <= FLOW_WIDTH and not any("\n" in item for item in value):
            return " " + flow
    pad = " " * (indent + 2)
    return "".join(f"\n{pad}-{_after_dash(item, indent + 2)}" for item in value)


def _after_dash(value: Raw, indent: int) -> str:
    if isinstance(value, str):
        return " " + scalar(value, indent=indent)
    lines = [f"{name}:{_after_colon(one, indent + 2)}" for name, one in value.items()]
    return " " + ("\n" + " " * (indent + 2)).join(lines) if lines else " {}"


def _flow(items: Sequence[str]) -> str:
    return f"[{', '.join(items)}]"


def _flow_value(value: Raw) -> str:
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow_value(one)}" for name, one in value.items()) + "}"
    return _flow([_flow_value(item) for item in value])


# ── changing a mapping ────────────────────────────────────────────────────────


def _with_value(text: str, mapping: Node, place: int, value: Raw) -> str:
    node = mapping.items[place]
    if isinstance(value, list) and node.items and all(isinstance(item, str) for item in value) and all(item.text is not None for item in node.items):
        return _with_list(text, node, value)
    start = mapping.names[place][1]
    colon = text.index(":", start + (len(mapping.names[place][0]) if text.startswith(mapping.names[place][0], start) else 0))
    if mapping.style == "flow":
        written = scalar(value, True, node.style) if isinstance(value, str) else _flow_value(value)
        return _splice(text, colon + 1, max(node.end, colon + 1), " " + written)
    indent = start - _line_start(text, start)
    if isinstance(value, str) and node.text is not None:
        return _splice(text, colon + 1, max(node.end, colon + 1), " " + scalar(value, style=node.style, indent=indent))
    return _splice(text, colon + 1, max(node.end, colon + 1), _after_colon(value, indent))


def _with_list(text: str, node: Node, value: list) -> str:
    """A list of texts becomes another; items that stay keep their spelling, and in lists of lines their comments."""
    old = [item.text for item in node.items]
    steps = [step for step in SequenceMatcher(None, old, value, autojunk=False).get_opcodes() if step[0] != "equal"]
    if node.style == "flow":
        items = [text[item.start : item.end] for item in node.items]
        for _, first, last, begin, end in reversed(steps):
            items[first:last] = [_flow_value(item) for item in value[begin:end]]
        return _splice(text, node.start, node.end, _flow(items))
    dash = _dash(text, node.items[0])
    indent = dash - _line_start(text, dash)
    for _, first, last, begin, end in reversed(steps):
        both = min(last - first, end - begin)
        more = "".join(" " * indent + "-" + _after_dash(item, indent) + "\n" for item in value[begin + both : end])
        if more:
            at = _line_end(text, node.items[first + both - 1].end) if first + both else _line_start(text, dash)
            text = _splice(text, at, at, more if text[:at].endswith("\n") or not at else "\n" + more)
        for number in reversed(range(first + both, last)):
            text = _splice(text, _line_start(text, _dash(text, node.items[number])), _line_end(text, node.items[number].end), "")
        for number in reversed(range(both)):
            item = node.items[first + number]
            text = _splice(text, item.start, item.end, scalar(value[begin + number], style=item.style, indent=indent))
    return text


def _with_field(text: str, mapping: Node, name: str, value: Raw, order: Sequence[str]) -> str:
    """A new field, after the last of those that stand before it in the order."""
    rank = {known: number for number, known in enumerate(order)}
    mine = rank.get(name, len(rank))
    before = [number for number, (known, _) in enumerate(mapping.names) if rank.get(known, -1 if known == "id" else len(rank)) < mine]
    if mapping.style == "flow":
        said = [(mapping.names[number][1], item.end) for number, item in enumerate(mapping.items)]
        items = [text[start : max(end, start)] for start, end in said]
        items.insert(before[-1] + 1 if before else 0, f"{name}: {_flow_value(value)}")
        return _splice(text, mapping.start, mapping.end, "{" + ", ".join(items) + "}")
    indent = mapping.names[0][1] - _line_start(text, mapping.names[0][1])
    written = f"{name}:{_after_colon(value, indent)}\n"
    if before:
        at = _line_end(text, _end_of(text, mapping, before[-1]))
        return _splice(text, at, at, ("" if text[:at].endswith("\n") else "\n") + " " * indent + written)
    first = mapping.names[0][1]  # the first field may stand behind a dash, where the new one takes its place
    return _splice(text, first, first, written + " " * indent)


def _without_field(text: str, mapping: Node, place: int) -> str:
    start = mapping.names[place][1]
    if mapping.style == "flow":
        items = [text[begin : mapping.items[number].end] for number, (_, begin) in enumerate(mapping.names) if number != place]
        return _splice(text, mapping.start, mapping.end, "{" + ", ".join(items) + "}")
    end = _line_end(text, _end_of(text, mapping, place))
    if text[_line_start(text, start) : start].strip() == "":
        return _splice(text, _line_start(text, start), end, "")
    if place + 1 < len(mapping.names):  # behind a dash: the next field takes its place
        return _splice(text, start, mapping.names[place + 1][1], "")
    return _splice(text, start, _end_of(text, mapping, place), "{}")


def _end_of(text: str, mapping: Node, place: int) -> int:
    """Where a field's value ends; that of one without a value is on the line of its name."""
    return max(mapping.items[place].end, mapping.names[place][1]) if mapping.items[place].text != "" else text.index(":", mapping.names[place][1]) + 1


# ── places in the text ────────────────────────────────────────────────────────


def _at(node: Node, trail: tuple) -> Node:
    for step in trail:
        node = node.items[step] if isinstance(step, int) else node.items[[name for name, _ in node.names].index(step)]
    return node


def _dash(text: str, item: Node) -> int:
    return text.rindex("-", 0, item.start)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Behind the line's end, so that what is inserted there begins a line."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _splice(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
