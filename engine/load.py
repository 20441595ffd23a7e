"""Files into records. Reads the content folder and nothing else; every problem of every file is told, none stops the others."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from engine import fields, files, ids, schema, source, strays
from engine.digests import digest
from engine.fields import Terms
from engine.model import Collection, Config, Key, Problem, Record, Vocabulary
from engine.personal import is_likely

DECLARATION = "_collection.yaml"
FILES = "files"
VOCABULARIES = "_vocabularies"
MAX_TOLD, MAX_TOLD_LARGE, LARGE = 100, 20, 100_000  # problems of one file that are told; of one with so many characters
MANY = 64  # files that are worth a process of their own
_GUIDES = {"README.md"}


class Loaded(NamedTuple):
    """All that the content folder says. `files` are attachments, as paths below content/files/.

    `is_declared` tells whether all declarations could be read; records read by a faulty one would only make noise, so there are none.
    """

    config: Config
    collections: dict[str, Collection]
    vocabularies: dict[str, Vocabulary]
    records: list[Record]
    files: frozenset[str]
    is_declared: bool
    problems: list[Problem]

    @property
    def unread(self) -> frozenset[str]:
        """The collections with a file of which nothing could be read: who refers to what stands in it is not to blame."""
        wrong = {problem.path for problem in self.problems if problem.severity == "error"}
        return frozenset(Path(path).parent.name for path in wrong - {record.path for record in self.records} if wrong) & self.collections.keys()


class Read(NamedTuple):
    """What a file of records holds, as of its stamp and of the digest of its bytes."""

    stamp: tuple[int, ...]
    digest: bytes
    records: list[Record]
    problems: list[Problem]


@dataclass(slots=True)
class Memory:
    """What the last reading found in each file of records, good while the declarations are the same, and in each attachment.

    A stamp is trusted only when it is older than `since` (nanoseconds of the epoch, the beginning of the reading that took it): a younger file
    may have been written again within the same tick of the clock, and is known by its digest.
    """

    declared: bytes = b""
    files: dict[str, Read] = field(default_factory=dict)
    attachments: dict[tuple[str, bool], tuple[tuple[int, ...], list[Any]]] = field(default_factory=dict)
    since: int = 0
    is_new: bool = False  # whether the last reading found anything that was not known

    def stamp(self, path: os.PathLike) -> tuple[int, ...]:
        """What changes when a file is written or replaced; nothing that could be trusted when it is too young, or went: reading it will tell."""
        try:
            status = os.lstat(path)
        except OSError:
            return ()
        return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino) if max(status.st_mtime_ns, status.st_ctime_ns) < self.since else ()


Spread = Callable[[Sequence[Any], Callable[[Sequence[Any]], Any]], list[Any]]  # work on shares of tasks: a result for each share


def alone(tasks: Sequence[Any], work: Callable[[Sequence[Any]], Any]) -> list[Any]:
    return [work(tasks)]


def load(root: Path, memory: Memory | None = None, spread: Spread = alone) -> Loaded:
    """Read everything under `root`; with a memory, only the files that are not as they were. Paths in problems are relative to the folder that holds `root`."""
    base = root.parent
    folders, problems = _folders(root)
    config, found = _config(root, base)
    problems += found
    collections, vocabularies, faults = _declarations(folders, root, base)
    problems += faults
    records: list[Record] = []
    if not faults:
        memory = memory or Memory()
        declared = digest(repr((collections, vocabularies)).encode())
        if memory.declared != declared:
            memory.declared, memory.files = declared, {}
        for read, found in _records(root, collections, Terms(vocabularies), memory, spread):
            records += read
            problems += found
        problems += ids.doubled_ids(records, base)
    return Loaded(config, collections, vocabularies, records, _files(root), not faults, located(problems, base))


def _declarations(folders: list[Path], root: Path, base: Path) -> tuple[dict[str, Collection], dict[str, Vocabulary], list[Problem]]:
    vocabularies, problems = _vocabularies(root, base)
    collections: dict[str, Collection] = {}
    for folder in folders:
        path = folder / DECLARATION
        document, found = _document(path, base)
        problems += found
        if document is None or document.data is None:
            continue
        collection, found = schema.read_collection(document, folder.name, _name(path, base))
        problems += found
        if collection is not None:
            collections[folder.name] = collection
    if not problems:  # a vocabulary that could not be read is not missing
        problems += schema.between_problems(collections, vocabularies)
    return dict(sorted(collections.items(), key=lambda item: (item[1].order, item[0]))), vocabularies, problems


def located(problems: Iterable[Problem], base: Path) -> list[Problem]:
    """The problems with line and column, in the order of path and place."""
    documents: dict[str, source.Document | None] = {}
    placed = []
    told: Counter[tuple[str, str]] = Counter()
    for problem in dict.fromkeys(problems):
        told[problem.path, problem.severity] += 1
        document = documents.get(problem.path)
        if told[problem.path, problem.severity] > (MAX_TOLD_LARGE if document and len(document.head) > LARGE else MAX_TOLD):
            continue  # to look up the place of each would take longer than anybody reads
        if not problem.line:
            if problem.path not in documents:
                documents[problem.path], _ = _document(base / problem.path, base) if (base / problem.path).is_file() else (None, [])
            document = documents[problem.path]
            problem = source.locate(problem, document) if document else replace(problem, line=1, column=1)
        placed.append(problem)
    for (path, severity), count in told.items():
        shown = sum(problem.path == path and problem.severity == severity for problem in placed) if count > MAX_TOLD_LARGE else count
        if count > shown:
            placed.append(Problem(path, "more", f"这个文件里还有 {count - shown} 个问题没有列出", "先改好列出的", severity, line=1, column=1))
    return sorted(set(placed), key=lambda problem: (problem.path, problem.line, problem.column, problem.code, problem.message))


def _name(path: Path, base: Path) -> str:
    return path.relative_to(base).as_posix()


def _document(path: Path, base: Path) -> tuple[source.Document | None, list[Problem]]:
    """A file's head and body; None when its text could not be had at all."""
    name = _name(path, base)
    try:
        return _parsed(files.read(path, source.MAX_BYTES), name)
    except files.Unfit as fault:
        return None, [_unfit(fault, name)]


def _parsed(raw: bytes, name: str) -> tuple[source.Document | None, list[Problem]]:
    text, problems = source.decode(raw, name)
    if text is None:
        return None, problems
    read = source.read_front_matter if name.endswith(".md") else source.read_yaml
    return read(text, name)


def _unfit(fault: files.Unfit, name: str) -> Problem:
    return Problem(name, fault.code, fault.message, "把记录分到几个文件里" if fault.code == "file-too-large" else fault.hint, line=1, column=1)


def _link(path: Path, base: Path) -> Problem:
    message = f"这是一个链接，指向 {os.readlink(path)}"
    return Problem(_name(path, base), "file-link", message, "把内容放进真正的文件或文件夹", line=1, column=1)


def _folders(root: Path) -> tuple[list[Path], list[Problem]]:
    folders, problems = [], []
    base = root.parent
    problems += [_link(root / name, base) for name in (FILES, VOCABULARIES) if (root / name).is_symlink()]
    if not root.is_dir():
        return [], [Problem(_name(root, base), "content-missing", "没有内容文件夹", "用 --content 指明它在哪里", line=1, column=1)]
    for path in sorted(root.iterdir()):
        name = path.name
        if name.startswith(("_", ".")) or name == FILES or name in _GUIDES:
            continue
        if path.is_symlink():
            problems.append(_link(path, base))
        elif path.is_dir() and (path / DECLARATION).exists():
            if ids.FORM.fullmatch(name):
                folders.append(path)
            else:
                message = f"库的文件夹名“{name}”只能用小写字母、数字和连字号"
                problems.append(Problem(_name(path / DECLARATION, base), "id-form", message, line=1, column=1))
        elif path.is_dir():
            hint = f"加上 {name}/{DECLARATION}，或者把文件夹改名以“_”开头"
            problems.append(Problem(_name(path, base), "collection-undeclared", f"文件夹里没有 {DECLARATION}，不知道这是什么库", hint, line=1, column=1))
        else:
            hint = "记录放在库的文件夹里，附件放在 content/files/"
            problems.append(Problem(_name(path, base), "file-unexpected", "这里不应当有这个文件", hint, line=1, column=1))
    return folders, problems


def _vocabularies(root: Path, base: Path) -> tuple[dict[str, Vocabulary], list[Problem]]:
    vocabularies, problems = {}, []
    folder = root / VOCABULARIES
    for path in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        if path.suffix != ".yaml":
            problems.append(Problem(_name(path, base), "file-unexpected", f"词表文件夹里不应当有“{path.name}”", "词表是 .yaml 文件", line=1, column=1))
            continue
        document, found = _document(path, base)
        problems += found
        if document is not None and document.data is not None:
            vocabularies[path.stem], found = schema.read_vocabulary(document, path.stem, _name(path, base))
            problems += found
    return vocabularies, problems


def _config(root: Path, base: Path) -> tuple[Config, list[Problem]]:
    path = root / "_site.yaml"
    document, problems = _document(path, base)
    if document is None or document.data is None:
        return schema.unset_config(_name(path, base)), problems
    config, found = schema.read_config(document, _name(path, base))
    rows, faults = _changes(root, base)
    return replace(config, values={**config.values, "changes": rows}), problems + found + faults


def _changes(root: Path, base: Path) -> tuple[tuple, list[Problem]]:
    """The dated list of what changed, if there is one."""
    path = root / "_changes.yaml"
    if not os.path.lexists(path):
        return (), []
    document, problems = _document(path, base)
    if document is None or document.data is None:
        return (), problems
    rows, found = schema.read_changes(document, _name(path, base))
    return rows, problems + found


class _Found(NamedTuple):
    """A file of records, and what was remembered of it."""

    path: str
    name: str
    collection: str
    stamp: tuple[int, ...]
    known: Read | None


def _records(root: Path, collections: Mapping[str, Collection], terms: Terms, memory: Memory, spread: Spread) -> Iterator[tuple[list[Record], list[Problem]]]:
    """Records and problems of every file, in the order of collections and names."""
    base = root.parent
    listed = [one for collection in collections.values() for one in _listed(root / collection.id, collection, base, memory)]
    unknown = [one for one in listed if isinstance(one, _Found) and not (one.known and one.stamp and one.known.stamp == one.stamp)]

    def read(mine: Iterable[_Found]) -> dict[str, Read]:
        return {one.name: _read(one, collections[one.collection], terms, base) for one in mine}

    fresh = {name: found for part in (spread if len(unknown) > MANY else alone)(unknown, read) for name, found in part.items()}
    before, memory.files = memory.files, {}
    memory.is_new = bool(unknown) or len(before) != len(listed)
    for one in listed:
        if isinstance(one, Problem):
            yield [], [one]
        else:
            memory.files[one.name] = found = fresh.get(one.name) or before[one.name]
            yield found.records, found.problems


def _listed(folder: Path, collection: Collection, base: Path, memory: Memory) -> Iterator[_Found | Problem]:
    """Every file of a collection, and what should not lie there."""
    within = _name(folder, base)
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(("_", ".")):
            continue
        name = f"{within}/{entry.name}"
        if entry.is_symlink():
            yield _link(folder / entry.name, base)
        elif entry.is_dir(follow_symlinks=False) or not entry.name.endswith((".yaml", ".md")):
            hint = "记录是 .yaml 或 .md 文件；图片和附件放在 content/files/"
            yield Problem(name, "file-unexpected", f"“{collection.label}”里不应当有“{entry.name}”", hint, line=1, column=1)
        else:
            yield _Found(entry.path, name, collection.id, memory.stamp(entry), memory.files.get(name))


def read_again(path: Path, collection: Collection, terms: Terms, base: Path) -> Read:
    """A file of records that was saved; the next whole reading compares its digest."""
    return _read(_Found(str(path), _name(path, base), collection.id, (), None), collection, terms, base)


def _read(one: _Found, collection: Collection, terms: Terms, base: Path) -> Read:
    try:
        raw = files.read(one.path, source.MAX_BYTES)
    except files.Unfit as fault:
        return Read((), b"", [], [_unfit(fault, one.name)])
    said = digest(raw)
    if one.known and one.known.digest == said:
        return one.known._replace(stamp=one.stamp)
    document, problems = _parsed(raw, one.name)
    if document is None or document.data is None:
        return Read(one.stamp, said, [], problems)
    stem = one.name.rpartition("/")[2].rpartition(".")[0]
    records, found = read_records(document, stem, collection, terms, one.name)
    return Read(one.stamp, said, records, problems + found)


def read_records(document: source.Document, stem: str, collection: Collection, terms: Terms, path: str) -> tuple[list[Record], list[Problem]]:
    """One record, named as its file, or the items of a list, each with its `id:`."""
    if isinstance(document.data, list) and document.body.strip():
        message = "一个文件里有许多条记录时，下面不能再写正文"
        return [], [Problem(path, "body-unowned", message, "把正文写进各条记录的 body，或者一个文件只写一条", line=document.body_line, column=1)]
    if not isinstance(document.data, list):
        record, problems = _record(document.data, stem, (), document.body, collection, terms, path)
        if (early := strays.early_end(document, collection, path)) is not None:
            problems = [early, *(problem for problem in problems if problem.code != "field-missing")]  # they may stand below
        return [record], problems + ids.id_problems(stem, path, ())
    records, problems = [], []
    for number, item in enumerate(document.data):
        said = dict(item) if isinstance(item, dict) else item
        id = said.pop("id", "") if isinstance(said, dict) else ""
        if not isinstance(id, str) or not id:
            problems.append(Problem(path, "id-missing", f"第 {number + 1} 条没有 id", "每条写一行 id: …，一经公布就不再改", trail=(number,)))
            continue
        record, found = _record(said, id, (number,), "", collection, terms, path)
        records.append(record)
        problems += found + ids.id_problems(id, path, (number, "id"))
    return records, problems


def _record(said, id: str, trail: tuple, body: str, collection: Collection, terms: Terms, path: str) -> tuple[Record, list[Problem]]:
    said = dict(said) if isinstance(said, dict) else said
    prose = said.pop("body", "") if isinstance(said, dict) else ""
    values, problems = fields.read_mapping(collection.fields, said, terms, path, trail, f"“{collection.label}”")
    if not isinstance(prose, str):
        problems.append(Problem(path, "value-shape", "“正文”应当是文字", "检查缩进，或者用 body: | 写多行文字", trail=(*trail, "body")))
        prose = ""
    if prose and body.strip():
        problems.append(Problem(path, "value-repeated", "正文写了两处：body 字段里和“---”下面", "只保留一处", trail=(*trail, "body", source.KEY)))
    problems += dates_in_order(collection, values, path, trail)
    body = body or prose
    return Record(Key(collection.id, id), values, body, path, trail, is_likely("\n".join([id, body, *_texts(values.values())]))), problems


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """Every text and whole number within some values: no less than what the gate looks at (`privacy.said`), which knows fields and places."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, int):
            yield str(value)
        elif isinstance(value, (tuple, Mapping)) and value:
            yield from _texts(value.values() if isinstance(value, Mapping) else value)


_ORDERED = (("issued", "expires"), ("issued", "effective"), ("started", "ended"), ("calibrated", "due"), ("publish_from", "publish_until"))


def dates_in_order(collection: Collection, values: Mapping[str, Any], path: str, trail: tuple) -> Iterator[Problem]:
    """A validity cannot end before it begins."""
    for first, second in _ORDERED:
        early, late = values.get(first), values.get(second)
        if early is not None and late is not None and type(early) is type(late) and late < early:
            message = f"“{collection.fields[second].label}”（{late}）早于“{collection.fields[first].label}”（{early}）"
            yield Problem(path, "date-order", message, "对照原件检查两个日期", trail=(*trail, second))


def _files(root: Path) -> frozenset[str]:
    folder = root / FILES
    if folder.is_symlink():
        return frozenset()
    return frozenset(name for name, entry in files.below(folder) if entry.is_file(follow_symlinks=False))
