"""The tables of the editors' guide, made from the declarations so that they cannot grow old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from engine.codes import GROUPS
from engine.load import load
from engine.model import Collection, Field, Vocabulary
from engine.schema import COMMON

BEGIN = "<!-- 以下各表由 build.py guide 从 _collection.yaml 生成，不要手改 -->"
END = "<!-- 生成的表到此为止 -->"
CODES_BEGIN = "<!-- 问题代码表由 build.py guide 从 engine/codes.py 生成，不要手改 -->"
CODES_END = "<!-- 问题代码表到此为止 -->"
WRITTEN = {
    "text": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "是／否",
    "date": "日期，2026-11-22",
    "datetime": "时间，2026-11-22 09:30",
    "year": "年份，2026",
    "choice": "选项",
    "term": "词表里的词",
    "area": "区域，如 城区",
    "reference": "另一条记录的编号",
    "url": "网址，https:// 开头",
    "email": "电子邮箱",
    "phone": "电话，0353-2010000",
    "range": "范围，0~200 g",
    "quantity": "量，0.5 mg",
    "uncertainty": "不确定度，0.5 mg (k=2)",
    "money": "金额，5 万元",
    "file": "content/files/ 里的文件名",
    "image": "content/files/ 里的图片名",
    "standard": "标准号，GB/T 11170-2008",
    "credit-code": "统一社会信用代码，18 位",
    "cma": "CMA 编号，12 位数字",
    "cnas": "CNAS 编号，CNAS L1234",
    "patent": "专利号，ZL201710601862.3",
    "table": "若干行，每行以“- ”开头",
}


def write(content: Path) -> Path:
    """Put the tables into content/README.md between their two marks."""
    path = content / "README.md"
    loaded = load(content)
    path.write_text(with_codes(with_tables(path.read_text("utf-8"), loaded.collections, loaded.vocabularies)), "utf-8")
    return path


def with_tables(text: str, collections: Mapping[str, Collection], vocabularies: Mapping[str, Vocabulary]) -> str:
    before, rest = text.split(BEGIN)
    return before + BEGIN + "\n\n" + tables(collections, vocabularies) + "\n" + END + rest.split(END)[1]


def with_codes(text: str) -> str:
    """The table of problem codes, between its own marks."""
    before, rest = text.split(CODES_BEGIN)
    return before + CODES_BEGIN + "\n\n" + code_tables() + "\n" + CODES_END + rest.split(CODES_END)[1]


def code_tables() -> str:
    parts = []
    for group, codes in GROUPS.items():
        rows = [f"| `{code}` | {what} | {remedy} |" for code, (what, remedy) in sorted(codes.items())]
        parts.append("\n".join([f"### {group}", "", "| 代码 | 什么问题 | 怎么办 |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def tables(collections: Mapping[str, Collection], vocabularies: Mapping[str, Vocabulary]) -> str:
    parts = ["### 每个库都有的字段\n", _table(COMMON.values(), vocabularies)]
    for collection in collections.values():
        own = [field for field in collection.fields.values() if field.name not in COMMON]
        parts += [f"\n### {collection.label}（content/{collection.id}/）\n", f"{collection.summary or ''}\n", _table(own, vocabularies)]
    return "\n".join(parts)


def _table(fields: Iterable[Field], vocabularies: Mapping[str, Vocabulary]) -> str:
    return "\n".join(["| 字段 | 名称 | 必填 | 怎么写 | 说明 |", "|---|---|---|---|---|", *_rows(fields, vocabularies, "")]) + "\n"


def _rows(fields: Iterable[Field], vocabularies: Mapping[str, Vocabulary], within: str) -> Iterator[str]:
    for field in fields:
        if field.derived is not None:
            continue
        cells = (f"`{within}{field.name}`", field.label, "是" if field.required else "", how(field, vocabularies), notes(field))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        yield from _rows(field.fields.values(), vocabularies, f"{within}{field.name}.")


def how(field: Field, vocabularies: Mapping[str, Vocabulary]) -> str:
    """How a field's value is written, in words."""
    said = WRITTEN[field.type]
    if field.choices:
        said = "、".join(field.choices.values())
    elif field.vocabulary in vocabularies:
        said = f"词表“{vocabularies[field.vocabulary].label}”（_vocabularies/{field.vocabulary}.yaml）里的词"
    elif field.to:
        said += "（本库）" if field.to == "self" else f"（{field.to}）"
    return said + ("；可多个，[甲, 乙]" if field.many else "")


def notes(field: Field) -> str:
    said = [field.note or "", "不公开" if not field.public else "", "经同意才公开" if field.needs else "", "到期日" if field.expires else ""]
    return "；".join(note for note in said if note)
