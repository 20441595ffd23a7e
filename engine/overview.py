"""The editor's report: what is online, what is not and why, what runs out, what nobody verified, what is missing. Never part of the site."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from engine import checks
from engine.exceptions import excused
from engine.link import is_public
from engine.load import Loaded
from engine.model import Collection, Key, Problem, Record, Site
from engine.personal import masked
from engine.schema import COMMON, CONSENTS
from engine.substance import COLUMN_DAYS, newest

RECENT_DAYS, YEAR_DAYS, SOON = 30, 365, (30, 90)
USUAL = 0.8  # a field that so many records of a library say is missed in the others
FEW = 5  # records below which nothing is usual


class Table(NamedTuple):
    """A part of the report: what it is about, why it matters, rows, and how many rows count as something to do."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_work: bool = True
    is_private: bool = False  # names of who gave no consent: not for the summary, which CI may show to more people


def tables(loaded: Loaded, site: Site, problems: Sequence[Problem], files: Sequence[Problem]) -> list[Table]:
    """The report in the order in which an editor would act. `problems` are those of a check, with their places; `files` those of the files."""
    return [
        _problems(problems),
        _counts(loaded, site),
        _withheld(loaded, site.today),
        _running_out(site, -1, "已经到期，还没有延续", "到期的资质不再计入机构的现有资质"),
        *(_running_out(site, days, f"{days} 天内到期", "提前联系持证单位") for days in SOON),
        _reminders(site, files),
        _unverified(loaded, site),
        _unusual(site),
        _freshness(site),
        _personal(problems),
        _recent(site),
    ]


def _problems(problems: Sequence[Problem]) -> Table:
    rows = tuple((f"{one.path}:{one.line}", one.message, one.hint) for one in problems if one.severity == "error")
    return Table("错误：改好以前网站不会更新", "", ("位置", "问题", "怎么改"), rows)


def _counts(loaded: Loaded, site: Site) -> Table:
    gone = Counter(key.collection for key in site.retired)
    total = Counter(record.key.collection for record in loaded.records)
    rows = tuple(
        (collection.label, str(total[id]), str(len(site.members[id])), str(total[id] - len(site.members[id]) - gone[id]), str(gone[id])) for id, collection in loaded.collections.items()
    )
    return Table("各库的条数", "", ("库", "全部", "上网", "没有上网", "已退出"), rows, False)


# ── not online ────────────────────────────────────────────────────────────────


def _withheld(loaded: Loaded, today: date) -> Table:
    rows = []
    for record in loaded.records:
        collection = loaded.collections[record.key.collection]
        why = reason(record, collection, today)
        if why:
            rows.append((collection.label, record.key.id, _title(record, collection), why))
    return Table("没有上网的，为什么", "", ("库", "编号", "名称", "原因"), tuple(rows), is_private=True)


def reason(record: Record, collection: Collection, today: date) -> str:
    """Why a record is not shown; '' when it is."""
    values = record.values
    if values["published"] is False:
        return "写了“发布：否”"
    if values["publish_from"] is not None and today < values["publish_from"]:
        return f"还没到上线日期 {values['publish_from']}"
    if values["publish_until"] is not None and today > values["publish_until"]:
        return f"过了下线日期 {values['publish_until']}"
    for name in collection.title:
        needed = collection.fields[name].needs
        if needed is not None and needed not in values[CONSENTS]:
            return f"没有“{collection.fields[CONSENTS].choices[needed]}”的同意"
    if values["retired_on"] is not None and values["retired_on"] <= today:
        return f"{values['retired_on']} 退出" + (f"：{values['retired_reason']}" if values["retired_reason"] else "")
    assert is_public(record, collection, today)
    return ""


def _title(record: Record, collection: Collection) -> str:
    return " ".join(str(record.values[name]) for name in collection.title if record.values[name] is not None)


# ── grown old ─────────────────────────────────────────────────────────────────


def _running_out(site: Site, days: int, title: str, note: str) -> Table:
    first = {-1: date.min, SOON[0]: site.today}.get(days, site.today + timedelta(SOON[0] + 1))
    last = site.today + timedelta(days)
    found = sorted((state.until, key) for key, state in site.validity.items() if state.until is not None and state.state != "halted" and first <= state.until <= last)
    rows = tuple((site.collections[key.collection].label, key.id, site.titles[key], str(until), _owner(site, key)) for until, key in found)
    title = title if days != SOON[1] else f"{SOON[0] + 1}–{SOON[1]} 天内到期"
    return Table(title, note, ("库", "编号", "名称", "到期", "单位"), rows)


def _owner(site: Site, key: Key) -> str:
    """Whose it is: what the record refers to first."""
    record = site.records[key]
    for name, field in site.collections[key.collection].fields.items():
        if field.type == "reference" and not field.many and name not in COMMON and record.values[name] in site.titles:
            return site.titles[record.values[name]]
    return ""


def _reminders(site: Site, files: Sequence[Problem]) -> Table:
    found = [one for one in excused(site, [*checks.found(site), *files]) if one.severity == "warning"]
    owners = {(record.path, record.trail): key for key, record in site.records.items()}
    rows = []
    for one in found:
        key = owners.get((one.path, one.trail[:1])) or owners.get((one.path, ()))
        rows.append((one.path, key.id if key else "", masked(one.message), masked(one.hint)))
    return Table("提醒", "不影响生成；确实可以不改的，在库的声明里写成例外（exceptions）并说明理由", ("文件", "编号", "提醒", "怎么办"), tuple(rows))


def _unverified(loaded: Loaded, site: Site) -> Table:
    """Only libraries that verify at all: where half of the records say a day."""
    rows = []
    for id, collection in loaded.collections.items():
        days = [(site.records[key].values["verified_on"], key) for key in site.members[id]]
        if sum(day is not None for day, _ in days) * 2 < len(days):
            continue
        for day, key in sorted(days, key=lambda pair: (pair[0] or date.min, pair[1])):
            if day is None or (site.today - day).days > YEAR_DAYS:
                rows.append((collection.label, key.id, site.titles[key], str(day or "从未")))
    return Table("一年没有核实的", "核实是向当事单位核对内容；核实后改 verified_on", ("库", "编号", "名称", "上次核实"), tuple(rows))


def _freshness(site: Site) -> Table:
    rows = []
    for collection in site.collections.values():
        last, days = newest(site, collection), COLUMN_DAYS.get(collection.column_type)
        if last is not None and days is not None:
            age = (site.today - last).days
            state = "及时" if age <= days else "超期" if collection.feed else "超期（不是订阅栏目，检查时可能计入）"
            rows.append((collection.label, collection.column_type, str(last), str(age), str(days), state))
    return Table("栏目更新", "政府网站检查：动态要闻两周、政策文件六个月没有更新，记为更新不及时", ("栏目", "类别", "最新一条", "几天前", "期限（天）", "情况"), tuple(rows), False)


# ── incomplete, personal, recent ──────────────────────────────────────────────


def _unusual(site: Site) -> Table:
    """Optional fields that nearly all others fill in."""
    rows = []
    for id, collection in site.collections.items():
        members = site.members[id]
        if len(members) < FEW:
            continue
        for field in collection.fields.values():
            if field.required or field.derived is not None or field.name in COMMON:
                continue
            without = [key for key in members if site.records[key].values[field.name] in (None, ())]
            if without and len(without) <= len(members) * (1 - USUAL):
                shown = "、".join(key.id for key in without[:20]) + (f" 等 {len(without)} 条" if len(without) > 20 else "")
                rows.append((collection.label, field.label, str(len(without)), shown))
    return Table("多数都填、这几条没填的", "同库里八成以上的记录填了这一项", ("库", "字段", "缺几条", "编号"), tuple(rows))


def _personal(problems: Sequence[Problem]) -> Table:
    rows = tuple((f"{one.path}:{one.line}", one.message, one.hint) for one in problems if one.code.startswith("personal") or one.code in ("phone-mobile", "file-position", "file-author", "file-hidden"))
    return Table("个人信息", "", ("位置", "发现", "怎么办"), rows)


def _recent(site: Site) -> Table:
    found = []
    for key, record in site.records.items():
        days = [record.values[name] for name in ("updated",)] + [record.values.get(name) for name in ("time", "date")]
        days = [day.date() if isinstance(day, datetime) else day for day in days if day is not None]
        recent = [day for day in days if 0 <= (site.today - day).days <= RECENT_DAYS]
        if recent:
            found.append((max(recent), key))
    rows = tuple((str(day), site.collections[key.collection].label, key.id, site.titles[key]) for day, key in sorted(found, key=lambda pair: (-pair[0].toordinal(), pair[1])))
    return Table(f"最近 {RECENT_DAYS} 天上网或更新的", "", ("日期", "库", "编号", "名称"), rows, False)


# ── in words ──────────────────────────────────────────────────────────────────

_STYLE = """
:root { color-scheme: light dark; --line: #ccd5df; --ink: #1c2733; --soft: #5a6875; --paper: #fff; --band: #f2f5f9; --work: #a33a00; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4653; --ink: #e6ebf0; --soft: #a5b1bd; --paper: #151b22; --band: #1e2731; --work: #ffab7a; } }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 1rem/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.3; } .note { color: var(--soft); margin: 0 0 .75rem; }
.ways { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .5rem; margin: 0 0 1.5rem; padding: 0; }
.ways a { display: block; padding: .5rem .8rem; background: var(--band); border-radius: .3rem; color: inherit; text-decoration: none; } .ways a:hover, .ways a:focus-visible { outline: 2px solid var(--work); } .ways b { color: var(--work); font-size: 1.25rem; margin-inline-end: .3rem; font-variant-numeric: tabular-nums; }
details { border-block-start: 1px solid var(--line); } details[open] { padding-block-end: 1rem; }
summary { cursor: pointer; padding-block: .6rem; font-weight: 600; font-size: 1.1rem; }
summary span { font-weight: 400; color: var(--soft); font-size: 1rem; margin-inline-start: .5rem; } summary .work { color: var(--work); font-weight: 600; }
.wide { overflow-x: auto; scroll-margin-block-start: 6rem; } table { border-collapse: collapse; min-width: 100%; font-size: .95rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0; border-block-end: 1px solid var(--line); overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 600; white-space: nowrap; } td:nth-child(-n+2) { min-width: 5.5em; }
@media print { details > :not(summary) { display: block; } body { max-width: none; padding: 0; } }
"""


def as_html(found: Sequence[Table], name: str, today: date) -> str:
    """A page that stands by itself: one file, no script."""
    parts = [_part(table, number) for number, table in enumerate(found)]
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n<title>编辑报告 {today}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        f'<h1>编辑报告</h1>\n<p class="note">{html.escape(name)}，按 {today} 计算。这份报告含有不公开的内容，只供编辑内部使用，不要放到网上。</p>\n{_ways(found)}\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _ways(found: Sequence[Table]) -> str:
    """What there is to do, in one look; a browser opens the part that a link leads into."""
    work = [(number, table) for number, table in enumerate(found) if table.is_work and table.rows]
    rows = "".join(f'<li><a href="#part-{number}"><b>{len(table.rows)}</b> {html.escape(table.title)}</a></li>' for number, table in work)
    return f'<ul class="ways">{rows}</ul>' if work else '<p class="note">没有要做的事。</p>'


def _part(table: Table, number: int) -> str:
    count = f'<span class="{"work" if table.is_work and table.rows else "none"}">{len(table.rows)} 项</span>'
    is_open = " open" if table.is_work and 0 < len(table.rows) <= 30 else ""
    note = f'<p class="note">{html.escape(table.note)}</p>' if table.note else ""
    heads = "".join(f'<th scope="col">{html.escape(head)}</th>' for head in table.heads)
    rows = "\n".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    body = f'<div class="wide" id="part-{number}"><table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></div>' if table.rows else '<p class="note">没有。</p>'
    return f"<details{is_open}><summary>{html.escape(table.title)}{count}</summary>{note}{body}</details>"


def as_markdown(found: Sequence[Table], name: str, today: date, limit: int = 20) -> str:
    """The same in short, for the summary of a run of CI."""
    lines = [f"# 编辑报告：{name}", "", f"按 {today} 计算。", "", "| 内容 | 项数 |", "|---|---:|"]
    lines += [f"| {table.title} | {len(table.rows)} |" for table in found]
    for table in found:
        if table.rows and not table.is_private and (table.is_work or table.title == "各库的条数"):
            lines += ["", f"## {table.title}", "", *_markdown_rows(table, limit)]
    return "\n".join(lines) + "\n"


def _markdown_rows(table: Table, limit: int) -> Iterator[str]:
    yield "| " + " | ".join(table.heads) + " |"
    yield "|" + "---|" * len(table.heads)
    for row in table.rows[:limit]:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;") for cell in row) + " |"
    if len(table.rows) > limit:
        yield f"\n还有 {len(table.rows) - limit} 项，见完整的报告。"


def summary_line(found: Sequence[Table]) -> str:
    work: Mapping[str, int] = {table.title: len(table.rows) for table in found if table.is_work and table.rows}
    return "，".join(f"{title} {count} 项" for title, count in work.items()) or "没有要做的事"
