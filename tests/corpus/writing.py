"""Records as YAML that a person would have written. Knows nothing of what the records say."""

from pathlib import Path

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FLOW_WIDTH = 100  # a list of short values stays on its line up to here
SHORT = 24


def write_records(folder, name, records) -> Path:
    """Write `<name>.yaml`, a list of records, each beginning with its `id`."""
    assert all(next(iter(record)) == "id" for record in records), f"{name}: id comes first"
    return _write(Path(folder) / f"{name}.yaml", records_text(records))


def write_record(folder, id, values, body=None) -> Path:
    """Write one record: `<id>.md` when it has a body, else `<id>.yaml`."""
    text = mapping_text(values)
    if body is None:
        return _write(Path(folder) / f"{id}.yaml", text)
    return _write(Path(folder) / f"{id}.md", f"---\n{text}---\n\n{body.strip()}\n")


def records_text(records) -> str:
    """The YAML of a list of records, with a blank line between two."""
    text = "\n".join("\n".join(_item_lines(record, 0)) + "\n" for record in records)
    _read_back(text, [_clean(record) for record in records])
    return text


def mapping_text(values) -> str:
    """The YAML of one record."""
    text = "\n".join(_mapping_lines(values, 0)) + "\n"
    _read_back(text, _clean(values))
    return text


def _mapping_lines(values, indent):
    for key, value in values.items():
        if not _is_unset(value):
            yield from _entry_lines(key, value, indent)


def _entry_lines(key, value, indent):
    margin = " " * indent
    if not isinstance(value, (list, tuple)):
        yield from _scalar_lines(f"{margin}{key}:", _text(value), indent)
    elif isinstance(value[0], dict):
        yield f"{margin}{key}:"
        for row in value:
            yield from _item_lines(row, indent + 2)
    else:
        yield from _list_lines(key, [_text(item) for item in value], indent)


def _item_lines(row, indent):
    lines = list(_mapping_lines(row, indent + 2))
    lines[0] = " " * indent + "- " + lines[0].lstrip(" ")
    return lines


def _list_lines(key, items, indent):
    margin = " " * indent
    flow = f"{margin}{key}: [{', '.join(_quoted(item, flow=True) for item in items)}]"
    if _width(flow) <= FLOW_WIDTH and all(_width(item) <= SHORT * 2 for item in items):
        yield flow
        return
    yield f"{margin}{key}:"
    for item in items:
        yield f"{margin}  - {_quoted(item)}"


def _scalar_lines(head, text, indent):
    if "\n" not in text:
        yield f"{head} {_quoted(text)}"
        return
    yield f"{head} |" if text.endswith("\n") else f"{head} |-"
    for line in text.rstrip("\n").split("\n"):
        yield f"{' ' * indent}  {line}" if line else ""


def _quoted(text, flow=False):
    """The text plain where YAML allows it, else in quotes."""
    if not _needs_quotes(text, flow):
        return text
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _needs_quotes(text, flow):
    if not text or text != text.strip() or text[0] in "[]{}*&!|>%@\"'`#,":
        return True
    if text[0] in "-?:" and (len(text) == 1 or text[1] == " "):
        return True
    if text.startswith(("---", "...")) or ": " in text or text.endswith(":") or " #" in text:
        return True
    return flow and any(character in ",[]{}" for character in text)


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _is_unset(value):
    return value is None or value == [] or value == "" or value == ()


def _width(text):
    """Columns on a screen: a Han character takes two."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)


def _clean(value):
    """What a reader that keeps every scalar as text finds."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if not _is_unset(item)}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return _text(value)


def _read_back(text, expected):
    found = yaml.load(text, Loader=LOADER)
    assert found == expected, f"not what was meant:\n{text[:2000]}"


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
