"""Exceptions that a collection declares: a reminder that is known, with the reason for which it may stay. One that is no longer needed is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.codes import CODES, EXCUSABLE
from engine.fields import nearest
from engine.load import FILES
from engine.model import Key, Problem, Site
from engine.plan import named_files


def excused(site: Site, problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that are declared as exceptions, and with those that the declarations bring."""
    declared = {(Key(id, row["record"]), row["code"]): number for id, collection in site.collections.items() for number, row in enumerate(collection.exceptions)}
    if not declared:
        return list(problems)
    owners = {**_files(site), **{(record.path, record.trail): key for key, record in site.records.items()}}
    left, used = [], set()
    for problem in problems:
        key = owners.get((problem.path, problem.trail[:1])) or owners.get((problem.path, ()))
        mark = (key, problem.code)
        if mark in declared and problem.code in EXCUSABLE:
            used.add(mark)
        else:
            left.append(problem)
    return [*left, *_about_declarations(site, declared, used)]


def _files(site: Site) -> dict[tuple[str, tuple], Key]:
    """A file is the business of a record that names it."""
    root = site.config.path.rpartition("/")[0]
    return {(f"{root}/{FILES}/{name}", ()): key for key, record in site.records.items() for _, name in named_files(site.collections[key.collection].fields, record.values)}


def _about_declarations(site: Site, declared, used) -> Iterator[Problem]:
    for (key, code), number in declared.items():
        path, trail = site.collections[key.collection].path, ("exceptions", number)
        if code not in EXCUSABLE:
            near = nearest(code or "", EXCUSABLE)
            what = "是错误，不能作例外" if code in CODES else "不是问题代码"
            yield Problem(path, "exception-invalid", f"例外里的“{code}”{what}", f"您是不是想写“{near}”？" if near else "可作例外的代码见 content/README.md", trail=(*trail, "code"))
        elif (key, code) not in used:
            yield Problem(path, "exception-unneeded", f"“{key.id}”的例外“{code}”已经用不着了", "删去这一项", "warning", trail=(*trail, "record"))
