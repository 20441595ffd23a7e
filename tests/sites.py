"""A tiny but complete content folder, and the few things that tests do with one. Paths are relative to the content folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from engine import pipeline, report
from engine.link import link
from engine.load import Loaded, load, located
from engine.model import Problem, Site
from tests.specimens import picture

TODAY = date(2026, 11, 22)

SMALL: Mapping[str, str | bytes] = {
    "_site.yaml": """\
name: 小城质量服务
owner: 小城市质量中心
phone: 0353-5550100
menu:
  - {label: 机构, to: /institutions/}
  - {label: 关于窗口, to: /news/window/}
libraries: [institutions, experts]
latest: news
claims:
  - {label: 专家, stated: 3 名, collection: experts}
""",
    "_vocabularies/areas.yaml": """\
label: 区域
terms:
  city: 全市
  north: {label: 北区, broader: city, aliases: [城北]}
  south: {label: 南区, broader: city}
""",
    "_vocabularies/fields.yaml": """\
label: 专业领域
terms:
  materials: 材料
  metals: {label: 金属, broader: materials, aliases: [钢铁]}
  steel: {label: 特种钢, broader: metals}
  food: {label: 食品, aliases: [食物]}
""",
    "_vocabularies/units.yaml": """\
label: 单位
terms:
  mg: {label: mg, kind: mass, factor: "0.000001", aliases: [毫克]}
  g: {label: g, kind: mass, factor: "0.001", aliases: [克]}
  celsius: {label: ℃, kind: temperature, factor: "1", offset: "273.15", aliases: [°C]}
  percent: {label: "%", kind: ratio, factor: "0.01"}
""",
    "institutions/_collection.yaml": """\
label: 机构库
item: 机构
order: 1
summary: 技术机构
fields:
  name:     {label: 机构名称, type: text, required: true}
  area:     {label: 所在区域, type: area, facet: true, column: true}
  licence:  {label: 许可有效期至, type: date, expires: true, facet: true, column: true}
  status:   {label: 异常状态, type: choice, choices: {suspended: 暂停, partly: 部分暂停}, halts: [suspended]}
  secret:   {label: 内部备注, type: text, public: false}
  skills:   {label: 专家的领域, from: experts.fields, facet: true}
  scope:
    label: 能力表
    type: table
    fields:
      field:  {label: 领域, type: term, vocabulary: fields, facet: true, column: true}
      range:  {label: 量程, type: range, column: true}
      until:  {label: 有效期至, type: date, expires: true}
      method: {label: 标准, type: standard, to: standards}
      remark: {label: 内部说明, type: text, public: false}
""",
    "institutions/inst-01.md": """\
---
name: 小城计量所
area: 北区
licence: 2027-11-22
status: 部分暂停
secret: 密语甲
scope:
  - {field: 特种钢, range: 0~200 g, until: 2027-01-01, method: GB/T 11170-2008, remark: 密语乙}
  - {field: 食品, range: ≤ 300 ℃, until: 2026-11-21}
summary: 做检定和校准
updated: 2026-10-01
---
受理**送检**，见[标准](/standards/gb-t-11170-2008/)。
""",
    "institutions/inst-02.yaml": """\
name: 南区食品检验站
area: 南区
licence: 2026-11-21
redirect_from: [/institutions/old-02/]
""",
    "institutions/inst-03.yaml": """\
name: 旧检测站
retired_on: 2026-01-31
retired_reason: 已并入计量所
successor: inst-01
""",
    "experts/_collection.yaml": """\
label: 专家库
item: 专家
order: 2
fields:
  name:        {label: 姓名, type: text, required: true, needs: name}
  fields:      {label: 专业领域, type: term, vocabulary: fields, many: true, required: true, facet: true, column: true}
  institution: {label: 所属机构, type: reference, to: institutions, back: 本机构专家, facet: true, column: true}
  drafted:     {label: 起草的标准, type: standard, to: standards, many: true, back: 起草人}
  phone:       {label: 办公电话, type: phone, needs: phone}
  consents:    {label: 同意公开, type: choice, many: true, public: false, choices: {name: 姓名, phone: 电话}}
""",
    "experts/people.yaml": """\
- id: exp-001
  name: 安一
  fields: [金属, 食品]
  institution: inst-01
  drafted: [GB/T 11170-2008]
  phone: 0353-5550101
  consents: [姓名, 电话]
  sample: true
- id: exp-002
  name: 白二
  fields: [食品]
  institution: inst-01
  phone: 0353-5550102
  consents: [姓名]
- id: exp-003
  name: 密语丙
  fields: [食品]
  institution: inst-01
  phone: 0353-5550103
""",
    "standards/_collection.yaml": """\
label: 标准
item: 标准
order: 3
title: [number, title_zh]
sort: [number]
fields:
  number:      {label: 标准号, type: standard, required: true}
  title_zh:    {label: 标准名称, type: text, required: true}
  status:      {label: 状态, type: choice, choices: {current: 现行, replaced: 被代替}, halts: [replaced], required: true, facet: true, column: true}
  issued:      {label: 发布日期, type: date}
  effective:   {label: 实施日期, type: date}
  replaced_by: {label: 被代替为, type: standard, to: standards, many: true, back: 代替}
""",
    "standards/all.yaml": """\
- id: gb-t-11170-2008
  number: GB/T 11170-2008
  title_zh: 不锈钢 多元素含量的测定
  status: 现行
  issued: 2008-05-13
  effective: 2008-11-01
- id: gb-t-4336-2002
  number: GB/T 4336-2002
  title_zh: 碳素钢 光谱分析
  status: 被代替
  replaced_by: [GB/T 4336-2016]
- id: gb-t-4336-2016
  number: GB/T 4336-2016
  title_zh: 碳素钢 多元素含量的测定
  status: 现行
""",
    "news/_collection.yaml": """\
label: 动态
item: 动态
order: 4
sort: [-time, name]
feed: true
column_type: 工作动态
fields:
  name:  {label: 标题, type: text, required: true}
  time:  {label: 发布时间, type: datetime, required: true, column: true}
  image: {label: 配图, type: image}
  institutions: {label: 相关机构, type: reference, to: institutions, many: true, back: 相关动态}
""",
    "news/window.md": """\
---
name: 服务窗口开张
time: 2026-11-20 09:30
image: window.png
institutions: [inst-01, inst-03]
---
窗口设在[计量所](/institutions/inst-01/)。
""",
    "news/soon.md": """\
---
name: 密语丁
time: 2026-12-01 08:00
publish_from: 2026-12-01
---
密语戊
""",
    "files/window.png": picture(width=960, height=640),
}

# A library of what institutions hold and what runs out, to be added.
PERMITS = {
    "permits/_collection.yaml": """\
label: 许可证
item: 证书
fields:
  name:    {label: 名称, type: text, required: true}
  holder:  {label: 持证机构, type: reference, to: institutions, back: 证书}
  expires: {label: 有效期至, type: date, expires: true, facet: true, column: true}
  status:  {label: 异常状态, type: choice, choices: {revoked: 撤销}, halts: [revoked]}
""",
    "permits/all.yaml": """\
- {id: p-1, name: 甲证, holder: inst-01, expires: 2026-12-31, updated: 2026-10-01}
- {id: p-2, name: 乙证, holder: inst-01, expires: 2027-02-20}
- {id: p-3, name: 丙证, holder: inst-01, expires: 2027-02-21}
- {id: p-4, name: 丁证, holder: inst-01, expires: 2026-11-21}
- {id: p-5, name: 戊证, holder: inst-01, expires: 2026-12-01, status: 撤销}
- {id: p-6, name: 己证, holder: inst-02, expires: 2028-01-01}
""",
}
CANARIES = ("密语甲", "密语乙", "密语丙", "密语丁", "密语戊", "0353-5550102", "0353-5550103")


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files under `folder`, which is given back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def changed(files: Mapping[str, str], changes: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    """The files with some put in place of others; None takes a file away."""
    return {name: text for name, text in {**files, **changes}.items() if text is not None}


def loaded(folder: Path) -> Loaded:
    return load(folder)


def linked(folder: Path, today: date = TODAY) -> tuple[Site, list[Problem]]:
    """The site of a content folder on a day, and what load and link have to tell."""
    found = load(folder)
    site, problems = link(found.config, found.collections, found.vocabularies, found.records, found.files, today, found.unread)
    return site, [*found.problems, *located(problems, folder.parent)]


def problems(folder: Path, today: date = TODAY) -> list[Problem]:
    """All that a run finds wrong: load, link and check, in the order of path and place."""
    order = pipeline.Order(content=folder, templates=folder, output=folder, today=today)
    return pipeline.read(order)[1]


def told(folder: Path, today: date = TODAY) -> str:
    """The problems as an editor reads them."""
    return report.as_text(problems(folder, today))
