"""A neutral corpus: records of six collections with cross-references, the same for every generator, made from a seed.

Scale 1 has 1,168 records (134 experts, 800 instruments, 43 institutions, 110 projects, 21 stations, 60 news). Each has a head of a few fields and
200 to 600 characters of Chinese Markdown: paragraphs, emphasis, lists, sometimes a heading, a table, a link to another record. All sentences are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

SITE = "示范质量服务目录"
OWNER = "示范市质量服务中心"
ADDRESS = "https://quality.example.org/"
TODAY = date(2026, 11, 22)

YEARS = range(2026, 2020, -1)
AREAS = {"east": "东区", "south": "南区", "west": "西区", "north": "北区", "river": "河口县", "hill": "丘岭县"}
FIELDS = dict(
    zip(
        "steel alloys ceramics cement glass plastics rubber textiles food water soil air noise pressure length mass heat power radio optics".split(),
        "钢铁 合金 陶瓷 水泥 玻璃 塑料 橡胶 纺织 食品 水质 土壤 空气 噪声 压力 长度 质量 温度 电力 无线电 光学".split(),
    )
)


class Field(NamedTuple):
    """Types are those of the declarations in content/; a facet has a page for each of its values."""

    name: str
    label: str
    type: str
    facet: bool = False
    column: bool = False
    to: str | None = None
    back: str | None = None
    many: bool = False
    choices: Mapping[str, str] = {}


class Collection(NamedTuple):
    id: str
    label: str
    item: str
    prefix: str
    size: int
    fields: tuple[Field, ...]


_DATE = Field("date", "登记日期", "date", column=True)
_AREA = Field("area", "所在区域", "area", facet=True, column=True)
_FIELD = Field("field", "专业领域", "term", facet=True, column=True)
_INSTITUTION = Field("institution", "所属机构", "reference", to="institutions")

COLLECTIONS = (
    Collection(
        "experts", "专家库", "专家", "exp", 134,
        (_FIELD, _AREA, Field("rank", "职称", "choice", column=True, choices={"senior": "正高级", "vice": "副高级", "middle": "中级"}),
         Field("years", "从业年数", "integer"), _INSTITUTION._replace(back="本机构专家"), _DATE),
    ),
    Collection(
        "equipment", "设备库", "设备", "eq", 800,
        (_FIELD, _AREA, Field("model", "型号", "text", column=True), Field("maker", "制造单位", "text"), Field("bought", "购置年份", "year"),
         Field("shared", "对外开放", "boolean"), _INSTITUTION._replace(back="本机构设备"), _DATE),
    ),
    Collection(
        "institutions", "机构库", "机构", "inst", 43,
        (_AREA, Field("kind", "机构类型", "choice", facet=True, column=True, choices={"public": "事业单位", "firm": "企业", "school": "院校"}),
         Field("founded", "成立年份", "year"), Field("address", "地址", "text"), _DATE),
    ),
    Collection(
        "projects", "项目库", "项目", "proj", 110,
        (_AREA, Field("year", "年度", "year", facet=True, column=True), Field("stage", "阶段", "choice", column=True, choices={"plan": "立项", "build": "建设", "done": "通过验收"}),
         _INSTITUTION._replace(label="承担机构", back="承担的项目"), Field("experts", "参与专家", "reference", to="experts", back="参与的项目", many=True), _DATE),
    ),
    Collection(
        "stations", "服务站点", "站点", "st", 21,
        (_AREA, Field("hours", "服务时间", "text", column=True), Field("address", "地址", "text"), _INSTITUTION._replace(label="依托机构", back="设在本机构的站点"), _DATE),
    ),
    Collection(
        "news", "工作动态", "动态", "news", 60,
        (Field("kind", "栏目", "choice", facet=True, column=True, choices={"work": "工作动态", "notice": "通知公告", "story": "现场故事"}),
         Field("institution", "相关机构", "reference", to="institutions", back="相关动态"),
         Field("projects", "相关项目", "reference", to="projects", back="项目动态", many=True), _DATE),
    ),
)
BY_ID = {collection.id: collection for collection in COLLECTIONS}


class Record(NamedTuple):
    collection: str
    id: str
    title: str
    summary: str
    values: dict[str, Any]
    body: str


def size(collection: Collection, scale: float) -> int:
    return max(1, round(collection.size * scale))


def record_id(collection: Collection, number: int) -> str:
    return f"{collection.prefix}-{number:05}"


def address(collection: str, id: str) -> str:
    return f"/{collection}/{id}/"


def records(scale: float = 1) -> Iterator[Record]:
    """All records, collection by collection. Equal for equal scales, on any machine."""
    for collection in COLLECTIONS:
        random = Random(f"{collection.id} {scale}")
        for number in range(1, size(collection, scale) + 1):
            yield _record(collection, number, random, scale)


def _record(collection: Collection, number: int, random: Random, scale: float) -> Record:
    title = f"{number:05} {random.choice(_FIRST)}{random.choice(_SECOND)}{collection.item}"  # the number first, so that any collation gives one order
    values = {field.name: _value(field, collection, number, random, scale) for field in collection.fields}
    return Record(collection.id, record_id(collection, number), title, _sentence(random), values, _body(random, scale))


def _value(field: Field, collection: Collection, number: int, random: Random, scale: float) -> Any:
    if field.type == "reference":
        far = BY_ID[field.to]
        chosen = [record_id(far, random.randint(1, size(far, scale))) for _ in range(random.randint(1, 3) if field.many else 1)]
        return list(dict.fromkeys(chosen)) if field.many else chosen[0]
    if field.type in ("area", "term"):
        return random.choice(_AREA_IDS if field.type == "area" else _FIELD_IDS)
    if field.type == "choice":
        return random.choice(list(field.choices))
    if field.type == "date":
        return (TODAY - timedelta(days=1 + number % 1500)).isoformat()
    if field.type == "year":
        return random.choice(YEARS)
    if field.type == "integer":
        return random.randint(3, 40)
    if field.type == "boolean":
        return random.random() < 0.5
    return _TEXTS[field.name](random)


_AREA_IDS, _FIELD_IDS = list(AREAS), list(FIELDS)
_FIRST = "青石 白杨 云山 长河 晨光 远望 新原 北辰 南屏 清源".split()
_SECOND = "一号 精密 综合 便携 标准 联合 公共 示范 中心 实验".split()
_TEXTS = {
    "model": lambda random: f"{random.choice('ABCDEF')}{random.choice('KLMN')}-{random.randint(100, 9999)}",
    "maker": lambda random: f"{random.choice(_FIRST)}仪器厂",
    "address": lambda random: f"{random.choice(_FIRST)}路 {random.randint(1, 300)} 号",
    "hours": lambda random: f"工作日 {random.choice(('8:30', '9:00'))}—{random.choice(('17:00', '17:30', '18:00'))}",
}
_WHO = "实验室 技术人员 服务窗口 检测小组 参与企业 项目组 现场工程师 值班人员".split()
_DOES = "按规程完成 提前准备 逐项核对 定期复查 共同讨论 重新整理 在线登记 对外公布".split()
_WHAT = "样品的前处理记录 三个批次的测量结果 设备的期间核查 委托单上的每一个项目 原始数据和不确定度 环境温湿度的变化 客户反馈的问题 各岗位的操作步骤".split()
_THEN = "再由另一人复核签字 结果在两个工作日内给出 发现偏差时立即停用并说明原因 有疑问的部分当面解释清楚 所有材料一并归档备查 下一季度据此调整计划 同类问题不再重复出现 费用和时限事先写明".split()
_STRONG = "不得涂改 一次告知 双人复核 免费咨询 全程留痕 限时办结".split()


def _sentence(random: Random) -> str:
    return f"{random.choice(_WHO)}{random.choice(_DOES)}{random.choice(_WHAT)}，{random.choice(_THEN)}。"


def _paragraph(random: Random) -> str:
    said = [_sentence(random) for _ in range(random.randint(2, 4))]
    if random.random() < 0.6:
        said.insert(1, f"请注意**{random.choice(_STRONG)}**，其中*{random.choice(_WHAT)}*尤其要紧。")
    return "".join(said)


def _bullets(random: Random) -> str:
    return "\n".join(f"- {random.choice(_DOES)}{random.choice(_WHAT)}" for _ in range(random.randint(3, 5)))


def _table(random: Random) -> str:
    rows = [f"| {random.choice(_WHAT)} | {random.randint(1, 500)} | {random.choice(('mg', 'mm', '℃', 'kPa'))} |" for _ in range(3)]
    return "\n".join(["| 项目 | 数值 | 单位 |", "| --- | --- | --- |", *rows])


def _link(random: Random, scale: float) -> str:
    far = random.choice(COLLECTIONS)
    return f"另见[{random.choice(_WHAT)}]({address(far.id, record_id(far, random.randint(1, size(far, scale))))})。"


def _body(random: Random, scale: float) -> str:
    wanted, parts = random.randint(180, 520), [_paragraph(random)]
    if random.random() < 0.6:
        parts.append(_link(random, scale))
    if random.random() < 0.25:
        parts.append(f"## {random.choice(_DOES)}")
    if random.random() < 0.5:
        parts.append(_bullets(random))
    if random.random() < 0.15:
        parts.append(_table(random))
    while sum(map(len, parts)) < wanted:
        parts.append(_paragraph(random))
    return "\n\n".join(parts) + "\n"
