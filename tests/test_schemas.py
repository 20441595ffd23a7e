"""Help while writing: JSON Schemas agree with what `check` says; `new` asks; `doctor` tells what is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine import cli, doctor, draft, interview, pipeline, schemas, source
from engine.load import load
from tests import sites

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def real():
    return load(ROOT / "content")


def typed(value):
    """As an editor's program reads YAML 1.2: numbers and truths are no words."""
    if isinstance(value, dict):
        return {name: typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    if value in ("true", "false"):
        return value == "true"
    if re.fullmatch("-?(0|[1-9][0-9]*)", value):
        return int(value)
    return float(value) if re.fullmatch(r"-?[0-9]+\.[0-9]+", value) else value


def test_every_schema_is_one_of_draft_2020_12(real):
    for collection in real.collections.values():
        Draft202012Validator.check_schema(schemas.of_collection(collection, real.vocabularies))
    Draft202012Validator.check_schema(schemas.of_settings(real.vocabularies))


def test_every_real_record_fits_its_schema(real):
    for id, collection in real.collections.items():
        judge = Draft202012Validator(schemas.of_collection(collection, real.vocabularies))
        for path in sorted((ROOT / "content" / id).glob("*")):
            if path.name.startswith("_"):
                continue
            read = source.read_front_matter if path.suffix == ".md" else source.read_yaml
            document, _ = read(path.read_text("utf-8"), path.name)
            assert [(path.name, error.message) for error in judge.iter_errors(typed(document.data))] == []


def test_the_settings_fit_their_schema(real):
    document, _ = source.read_yaml((ROOT / "content" / "_site.yaml").read_text("utf-8"), "_site.yaml")
    assert list(Draft202012Validator(schemas.of_settings(real.vocabularies)).iter_errors(typed(document.data))) == []


@pytest.mark.parametrize(
    "record, is_good",
    [
        ({"name": "甲"}, True),
        ({"name": "甲", "area": "北区"}, True),
        ({"name": "甲", "area": "城北"}, True),
        ({"name": "甲", "area": "西区"}, False),
        ({"name": "甲", "status": "暂停"}, True),
        ({"name": "甲", "status": "停"}, False),
        ({"name": "甲", "licence": "2026-1-5"}, False),
        ({"area": "北区"}, False),
        ({"name": "甲", "titel": "乙"}, False),
        ({"name": "甲", "skills": ["食品"]}, False),
        ({"name": "甲", "scope": [{"field": "食品", "range": "0~200 g"}]}, True),
        ({"name": "甲", "scope": [{"felid": "食品"}]}, False),
        ([{"id": "a", "name": "甲"}], True),
        ([{"name": "甲"}], False),
    ],
)
def test_a_schema_refuses_what_check_refuses(content, record, is_good):
    loaded = load(content())
    assert Draft202012Validator(schemas.of_collection(loaded.collections["institutions"], loaded.vocabularies)).is_valid(record) == is_good


def test_labels_notes_and_choices_are_in_chinese(content):
    loaded = load(content())
    shown = schemas.of_collection(loaded.collections["institutions"], loaded.vocabularies)["$defs"]["record"]["properties"]
    assert shown["area"]["title"] == "所在区域" and shown["area"]["enum"][:3] == ["全市", "北区", "南区"]
    assert shown["name"]["description"].startswith("必填")


def test_settings_of_the_editors_program_keep_what_is_not_ours(tmp_path, content):
    loaded = load(content())
    path = tmp_path / ".vscode" / "settings.json"
    path.parent.mkdir()
    path.write_text('{"editor.fontSize": 16}', "utf-8")
    schemas.set_places(tmp_path, loaded.collections)
    said = json.loads(path.read_text("utf-8"))
    assert said["editor.fontSize"] == 16 and said["yaml.schemas"][".schemas/experts.json"] == ["content/experts/[!_]*.yaml"]
    path.write_text("{ // 自己的注释\n}", "utf-8")
    assert schemas.set_places(tmp_path, loaded.collections) is None and "自己的注释" in path.read_text("utf-8")


def test_vscode_is_told_of_every_library(real):
    """When this fails, run `build.py schema`."""
    assert json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"] == schemas.places(real.collections)


# ── new, doctor ───────────────────────────────────────────────────────────────


def test_new_asks_for_what_is_required_until_it_is_right(content):
    loaded = load(content())
    answers, said = iter(["exp-001", "", "", "曹四", "特种刚", "特种钢；食品"]), []
    ask = lambda question: next(answers)  # noqa: E731
    assert interview.ask_id(loaded, "experts", ask, said.append) == "exp-004"
    assert interview.ask_fields(loaded, "experts", ask, said.append) == {"name": "曹四", "fields": ["特种钢", "食品"]}
    assert said[0] == "  编号“exp-001”已经用过" and "  这一项必填" in said
    assert any("您是不是想写“特种钢”？" in line for line in said)


def test_what_new_wrote_passes_the_check(content):
    folder = content()
    order = pipeline.Order(folder, folder, folder, sites.TODAY)
    path, refusal = draft.write(order, "experts", "exp-004", {"name": "曹: 四", "fields": ["特种钢", "食品"]})
    assert refusal == "" and path.read_text("utf-8").startswith('---\nname: "曹: 四"\nfields: [特种钢, 食品]\n# institution:')
    assert sites.told(folder) == "没有问题"


DRAFT = """\
---
name:  # 机构名称；必填；文字
# area:  # 所在区域；区域，如 城区
# licence:  # 许可有效期至；日期，2026-11-22；到期日
# status:  # 异常状态；暂停、部分暂停
# secret:  # 内部备注；文字；不公开
# scope:  # 能力表；若干行，每行以“- ”开头
#   - field:  # 领域；词表“专业领域”（_vocabularies/fields.yaml）里的词
#     range:  # 量程；范围，0~200 g
#     until:  # 有效期至；日期，2026-11-22；到期日
#     method:  # 标准；标准号，GB/T 11170-2008（standards）
#     remark:  # 内部说明；文字；不公开

# 以下各项每个库都有，按需填写
"""


def test_a_new_record_says_of_each_field_what_the_guide_says(content):
    loaded = load(content())
    assert draft.text(loaded.collections["institutions"], loaded.vocabularies, {}).startswith(DRAFT)


def test_a_new_record_whose_marks_are_taken_away_has_every_field_of_its_library(real):
    for collection in real.collections.values():
        text = re.sub("^# (?=.*:  # )", "", draft.text(collection, real.vocabularies, {}), flags=re.M)
        document, problems = source.read_front_matter(text, "new.md")
        assert problems == [] and document.data.keys() == {field.name for field in collection.fields.values() if field.derived is None}
        for field in collection.fields.values():
            if field.fields and field.derived is None:
                assert [list(row) for row in document.data[field.name]] == [list(field.fields)], field.name


def test_doctor_finds_nothing_missing_here(capsys):
    assert doctor.main() == 0
    assert "可以生成网站" in capsys.readouterr().out


def test_without_libraries_build_py_says_what_is_missing(tmp_path):
    done = subprocess.run([sys.executable, "-I", "-S", str(ROOT / "build.py")], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONUTF8": "1"})
    if "Traceback" in done.stderr:  # -I hides the folder of the program itself
        done = subprocess.run([sys.executable, "-S", str(ROOT / "build.py")], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 1 and "× 软件包 PyYAML 没有安装" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize("broken", ["import nothing_of_this_name\n", "def broken(:\n", "nothing_of_this_name\n"])
def test_a_program_that_cannot_be_loaded_is_a_fault_of_ours_and_never_passes_for_a_check(tmp_path, broken):
    shutil.copytree(ROOT / "engine", tmp_path / "engine")
    for name in ("build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("content", "templates"):
        (tmp_path / name).mkdir()
    (tmp_path / "engine" / "report.py").write_text(broken)
    done = subprocess.run([sys.executable, str(tmp_path / "build.py"), "check"], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == doctor.FAULT == cli.FAULT and "可以生成网站" not in done.stdout
    assert done.stderr.startswith("程序自身出错") and "report.py" in done.stderr


def test_on_a_system_without_the_means_of_linux_the_doctor_names_wsl(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "OF_LINUX", ("resource", "of_no_system"))
    assert doctor.main() == 1
    told = capsys.readouterr().out
    assert "× 操作系统：Python 里没有 of_no_system\n" in told and "WSL" in told and "缺 1 样" in told
