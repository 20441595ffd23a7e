"""What editors get wrong, each with exactly what they are told: place, message, code, remedy.

The words are in `broken.txt`. After a change on purpose, write them anew with `python -m tests.test_broken` and read the difference.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from tests import sites, workbooks
from tests.specimens import chunk, picture

EXPECTED = Path(__file__).with_name("broken.txt")
A = "institutions/inst-02.yaml"
MORE = "experts/more.yaml"


def expert(lines: str) -> dict:
    return {MORE: f"- id: exp-009\n  name: 曹四\n  fields: [食品]\n  consents: [姓名]\n{lines}"}


def beside(*rows: str, url: str = "https://example.gov.cn/jia/") -> dict:
    """Other sites to be searched with this one."""
    return {"_site.yaml": f"{sites.SMALL['_site.yaml']}url: {url}\nneighbours:\n" + "".join(f"  - {{{row}}}\n" for row in rows)}


def institution(text: str) -> dict:
    return {A: text}


FILES: Mapping[str, dict] = {
    "中文冒号": institution("name：南区站\n"),
    "全角空格缩进": institution("scope:\n　- field: 食品\n"),
    "制表符缩进": institution("name: 南区站\nscope:\n\t- field: 食品\n"),
    "GBK 编码": {A: "name: 南区食品检验站\n".encode("gbk")},
    "UTF-16 编码": {A: "name: 南区食品检验站\n".encode("utf-16")},
    "图片当成记录": {A: b"\x89PNG\0\0"},
    "缺少冒号": institution("name 南区站\n"),
    "冒号后面没有空格": institution("area: 南区\nname:南区站\n"),
    "字段缩进多了": institution("name: 南区站\n  area: 南区\n"),
    "列表少了减号": institution("name: 南区站\nscope:\n  - field: 食品\n    range: 0~200 g\n  field: 特种钢\n"),
    "内容里有井号": institution("name: 南区站\nsummary: 南区 #1 号楼\n"),
    "引号没有结束": institution('name: "南区站\narea: 南区\n'),
    "方括号没有结束": institution("name: 南区站\naliases: [甲, 乙\n"),
    "中文逗号分隔": institution("name: 南区站\narea: 北区，南区\n"),
    "内容里有冒号": institution("name: 南区站\nsummary: 时间: 周一\n"),
    "以星号开头": institution("name: 南区站\nsummary: *重要*\n"),
    "字段写了两次": institution("name: 南区站\nname: 北区站\n"),
    "少了一行三个减号": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\n正文\n"},
    "多了一行三个减号": {"institutions/inst-04.md": "---\nname: 南区站\n---\nsecret: 未公开\n---\n正文\n"},
    "没有三个减号": {"news/window.md": "name: 开张\n"},
    "字段名写错": institution("name: 南区站\nlicense: 2026-11-21\n"),
    "写了中文字段名": institution("name: 南区站\n所在区域: 南区\n"),
    "填了系统计算的字段": institution("name: 南区站\nskills: [食品]\n"),
    "必填没有填": institution("area: 南区\n"),
    "必填写了名没有内容": institution("name:\narea: 南区\n"),
    "单条文件里写了编号": institution("id: inst-02\nname: 南区站\n"),
    "列表里用了中文逗号": {MORE: "- id: exp-009\n  name: 曹四\n  fields: [食品，金属]\n  consents: [姓名]\n"},
    "列表用了中文括号和顿号": {MORE: "- id: exp-009\n  name: 曹四\n  fields: 【食品、金属】\n  consents: [姓名]\n"},
    "年份写错": institution("name: 南区站\nlicence: 0206-01-05\n"),
    "时间用了全角冒号": {"news/window.md": "---\nname: 开张\ntime: 2026/11/20 9：30\n---\n"},
    "文件读不了时，引用它的不算错": {"institutions/inst-01.md": "name：小城计量所\n"},
    "引用的编号没有": expert("  institution: inst-07\n"),
    "附件路径从 files 写起": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\nimage: files/window.png\n---\n"},
    "日期写法": institution("name: 南区站\nlicence: 2026/1/5\n"),
    "没有这一天": institution("name: 南区站\nlicence: 2026-02-30\n"),
    "时间写法": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20\n---\n"},
    "没有这个选项": institution("name: 南区站\nstatus: 暂停中\n"),
    "词表里没有": institution("name: 南区站\narea: 西区\n"),
    "词写错一字": expert("").copy() | {MORE: "- id: exp-009\n  name: 曹四\n  fields: [特种刚]\n  consents: [姓名]\n"},
    "引用写了名称": expert("  institution: 小城计量所\n"),
    "引用的编号不存在": expert("  institution: inst-10\n"),
    "引用的标准不在库里": expert("  drafted: [GB/T 11170-2018]\n"),
    "标准号写法": expert("  drafted: [国标11170]\n"),
    "手机号码": expert("  phone: 13812345678\n"),
    "电话写法": expert("  phone: 5550101\n"),
    "正文里的身份证号码": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\n---\n经办人证件 140302199003071236。\n"},
    "同一个词写了两次": {MORE: "- id: exp-009\n  name: 曹四\n  fields: [食品, 食物]\n  consents: [姓名]\n"},
    "单位不认识": institution("name: 南区站\nscope:\n  - {field: 食品, range: 0~200 kgf}\n"),
    "范围颠倒": institution("name: 南区站\nscope:\n  - {field: 食品, range: 200~20 g}\n"),
    "范围没有单位": institution("name: 南区站\nscope:\n  - {field: 食品, range: 0~200}\n"),
    "列表写成了文字": institution("name: 南区站\nscope: 食品\n"),
    "编号有大写": {"institutions/Inst-05.yaml": "name: 南区站\n"},
    "编号重复": {MORE: "- id: exp-001\n  name: 曹四\n  fields: [食品]\n"},
    "一条没有编号": {MORE: "- name: 曹四\n  fields: [食品]\n"},
    "站内链接断了": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\n---\n见[计量所](/institutions/inst-1/)。\n"},
    "小标题不存在": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\n---\n## 地点\n\n见[地点](#地点)和[时间](#s-时间)。\n"},
    "图片没有说明": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\nimage: window.png\n---\n![](/files/window.png)\n"},
    "图片太小": {"files/window.png": picture(width=240, height=160)},
    "图片太大": {"files/window.png": picture(width=4000, height=3000)},
    "图片文件太重": {"files/window.png": picture(chunk(b"tEXt", b"Comment\0" + bytes(range(48, 58)) * 60_000), width=960, height=640)},
    "附件不存在": {"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\nimage: windows.png\n---\n"},
    "标准被代替没有写明": {"standards/more.yaml": "- id: gb-t-1-2020\n  number: GB/T 1-2020\n  title_zh: 导则\n  status: 被代替\n"},
    "核实日期在将来": institution("name: 南区站\nverified_on: 2027-01-01\n"),
    "没有声明的文件夹": {"rings/one.yaml": "name: 甲\n"},
    "表格文件放进了库": {"experts/名单.xlsx": b"PK\x03\x04"},
    "多年没有更新的动态": {"news/window.md": "---\nname: 开张\ntime: 2026-10-20 09:30\nimage: window.png\n---\n"},
    "到期没有核实": institution("name: 南区站\nverified_on: 2025-10-01\nreview_after: 1年\n"),
    "一起搜索的网站在别处": beside("label: 乙省, to: https://yi.example.gov.cn/"),
    "一起搜索的网站写成站内地址": beside("label: 乙省, to: /yi/"),
    "一起搜索的网站没有写完": beside("label: 乙省, to: ../yi"),
    "一起搜索的网站就是本站": beside("label: 乙省, to: ../yi/", "label: 甲省, to: ../jia/"),
    "一起搜索的网站写了两次": beside("label: 乙省, to: ../yi/", "label: 丙省, to: ../yi/"),
    "一起搜索的网站同名": beside("label: 乙省, to: ../yi/", "label: 乙省, to: ../bing/"),
    "一起搜索的网站没有位置": beside("label: 乙省"),
    "本站没有自己的文件夹": beside("label: 乙省, to: ../yi/", url="https://example.gov.cn/"),
    "空栏目": {"news/window.md": None, "news/soon.md": None, "_site.yaml": sites.SMALL["_site.yaml"].replace("to: /news/window/", "to: /news/")},
}


def heading(sheet, words: str) -> int:
    return [one.value for one in sheet[1]].index(words) + 1


def put(where: tuple, value: object) -> Callable:
    """Into the cell of a sheet, an id and a heading."""

    def change(book) -> None:
        workbooks.cell(book[where[0]], *where[1:]).value = value

    return change


def new(value: object, words: str, row: int = 5) -> Callable:
    """Into the first free row of the library of institutions."""

    def change(book) -> None:
        book["机构库"].cell(row, heading(book["机构库"], words)).value = value

    return change


def together(*changes: Callable) -> Callable:
    def change(book) -> None:
        for one in changes:
            one(book)

    return change


def formatted(where: tuple, value: object, format: str) -> Callable:
    def change(book) -> None:
        one = workbooks.cell(book[where[0]], *where[1:])
        one.value, one.number_format = value, format

    return change


def hide(book) -> None:
    book["机构库"].row_dimensions[3].hidden = True
    book["机构库"].column_dimensions["C"].hidden = True
    book["专家库"].sheet_state = "hidden"


ROW = ("机构库", "inst-02")
BOOKS: Mapping[str, Callable] = {
    "表格：科学计数的电话": put(("专家库", "exp-001", "办公电话"), 3.535550101e11),
    "表格：电话存成了数字": put(("专家库", "exp-001", "办公电话"), 3535550101),
    "表格：文字里的长数字": put((*ROW, "内部备注"), 110105194912310021),
    "表格：科学计数的文字": put((*ROW, "内部备注"), "1.10105E+17"),
    "表格：标准号成了日期": put(("专家库", "exp-001", "起草的标准"), datetime(2026, 3, 1)),
    "表格：量程成了日期": formatted(("机构库·能力表", "inst-01", "量程", 0), datetime(2026, 1, 2), "yyyy-mm-dd"),
    "表格：日期成了数字": put((*ROW, "许可有效期至"), 46000),
    "表格：文字成了时刻": formatted((*ROW, "内部备注"), time(8, 30), "hh:mm"),
    "表格：百分比": formatted(("机构库·能力表", "inst-01", "量程", 0), 0.05, "0%"),
    "表格：公式": put((*ROW, "机构名称"), "=A1&B1"),
    "表格：错误值": put((*ROW, "机构名称"), "#N/A"),
    "表格：真假值": put((*ROW, "机构名称"), True),
    "表格：没有这个选项": put((*ROW, "异常状态"), "停业"),
    "表格：词表里没有": put((*ROW, "所在区域"), "南曲"),
    "表格：日期写法": put((*ROW, "许可有效期至"), "2026年1月5日"),
    "表格：必填被清空": put((*ROW, "机构名称"), None),
    "表格：引用不存在": put(("专家库", "exp-001", "所属机构"), "inst-99"),
    "表格：引用的名称不存在": put(("专家库", "exp-001", "所属机构"), "大城计量所"),
    "表格：引用的标准不存在": put(("专家库", "exp-001", "起草的标准"), "GB/T 11170-2018"),
    "表格：手机号码": put(("专家库", "exp-001", "办公电话"), "138 1234 5678"),
    "表格：正文里的手机号码": put(("动态", "window", "正文"), "请打 13812345678。"),
    "表格：没有编号的行": new("西区站", "机构名称"),
    "表格：编号写法": together(new("Inst 5", "编号"), new("西区站", "机构名称")),
    "表格：编号写了两次": together(new("inst-01", "编号"), new("西区站", "机构名称")),
    "表格：新记录缺必填": together(new("inst-05", "编号"), new("北区", "所在区域")),
    "表格：表头写错": lambda book: setattr(book["机构库"].cell(1, 2), "value", "机构名字"),
    "表格：没有编号列": lambda book: book["机构库"].delete_cols(1),
    "表格：两列同名": lambda book: setattr(book["机构库"].cell(1, 3), "value", "机构名称"),
    "表格：有内容没有表头": lambda book: setattr(book["机构库"].cell(1, 3), "value", None),
    "表格：工作表改了名": lambda book: setattr(book["机构库"], "title", "机购库"),
    "表格：合并单元格": lambda book: book["机构库"].merge_cells("C2:C3"),
    "表格：隐藏的行、列和表": hide,
    "表格：表格行的编号不存在": put(("机构库·能力表", "inst-01", "编号", 0), "inst-10"),
    "表格：表格行缺必填": put(("机构库·能力表", "inst-01", "有效期至", 0), "明年"),
    "表格：正文里断了的链接": put(("动态", "window", "正文"), "见[甲](/institutions/inst-77/)。"),
    "表格：结束早于开始": together(put(("标准", "gb-t-11170-2008", "实施日期"), "2007-01-01")),
}
TABLES: Mapping[str, tuple[str, bytes]] = {
    "文件：图片改名": ("institutions.xlsx", b"\x89PNG\r\n\x1a\n0000"),
    "文件：坏的压缩包": ("institutions.xlsx", b"PK\x03\x04broken"),
    "文件：加密或损坏的旧格式": ("institutions.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken"),
    "文件：不是文本": ("institutions.csv", b"a,b\0c\n\xff\xff"),
    "文件：空的": ("institutions.csv", b""),
    "文件：引号没有成对": ("institutions.csv", '编号,机构名称\ninst-01,"甲\n'.encode()),
    "文件：名称不是库名": ("我的表.csv", "编号,机构名称\ninst-01,甲\n".encode()),
    "文件：CSV 里的科学计数": ("experts.csv", "编号,办公电话\nexp-001,3.54E+11\n".encode("gbk")),
    "文件：GBK 的错词": ("institutions.csv", "编号,所在区域\ninst-01,西北区\n".encode("gbk")),
}


def told(name: str, folder: Path) -> str:
    if name in FILES:
        return sites.told(sites.write(folder / "content", sites.changed(sites.SMALL, FILES[name])))
    content = sites.write(folder / "content", sites.SMALL)
    if name in TABLES:
        file, raw = TABLES[name]
        (folder / file).write_bytes(raw)
        return problems_of(content, folder / file)
    path = workbooks.exported(content)
    book = openpyxl.load_workbook(path)
    BOOKS[name](book)
    book.save(folder / "broken.xlsx")
    return problems_of(content, folder / "broken.xlsx")


def problems_of(content: Path, path: Path) -> str:
    """What is wrong, without what would change."""
    lines = workbooks.told(content, path).splitlines()
    first = next((number for number, line in enumerate(lines) if " [" in line and line.endswith("]") and not line.startswith("  ")), len(lines))
    return "\n".join(lines[first:])


NAMES = [*FILES, *BOOKS, *TABLES]


def expected() -> dict[str, str]:
    parts = EXPECTED.read_text("utf-8").split("== ")[1:]
    return {name: words.rstrip("\n") for name, _, words in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", NAMES)
def test_each_mistake_is_told_in_exactly_these_words(name, tmp_path):
    assert told(name, tmp_path) == expected()[name]


def test_every_expectation_is_of_a_mistake():
    assert list(expected()) == NAMES and len(NAMES) > 60


def write() -> None:
    parts = []
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            parts.append(f"== {name}\n{told(name, Path(folder))}\n")
    EXPECTED.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    write()
