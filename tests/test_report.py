"""Problems for people, for CI and as JSON."""

from __future__ import annotations

import json

import pytest

from engine import report
from engine.model import Problem, Report

DATE = Problem("content/a.md", "date-invalid", "日期应写成 2026-11-22 这样，这里是“2026-1-5”", "您是不是想写“2026-01-05”？", line=4, column=8)
OLD = Problem("content/b.yaml", "replacement-unsaid", "没有写由哪项代替", severity="warning", line=1, column=1)
TWO = Problem("content/a.md", "field-unknown", "没有“x”这个字段", line=6, column=1)


def test_a_problem_is_a_line_with_its_hint_below_and_a_count_closes():
    assert report.as_text([DATE, TWO, OLD]) == (
        "content/a.md:4:8: 日期应写成 2026-11-22 这样，这里是“2026-1-5” [date-invalid]\n"
        "    您是不是想写“2026-01-05”？\n"
        "content/a.md:6:1: 没有“x”这个字段 [field-unknown]\n"
        "content/b.yaml:1:1: （提醒）没有写由哪项代替 [replacement-unsaid]\n"
        "2 个错误、1 个提醒，在 2 个文件里"
    )


@pytest.mark.parametrize(
    "problems, text",
    [([], "没有问题"), ([DATE], "1 个错误，在 1 个文件里"), ([OLD], "1 个提醒，在 1 个文件里"), ([DATE, TWO], "2 个错误，在 1 个文件里"), ([DATE, OLD], "1 个错误、1 个提醒，在 2 个文件里")],
)
def test_a_run_is_counted(problems, text):
    assert report.tally(problems) == text


def test_annotations_escape_what_github_would_read_as_its_own():
    nasty = Problem("content/a,b:c%.md", "x:y", "50%\r\n::error::假", "一\n二", line=2, column=3)
    assert report.as_github([nasty, OLD]) == (
        "::error file=content/a%2Cb%3Ac%25.md,line=2,col=3,title=x%3Ay::50%25%0D%0A::error::假（一%0A二）\n"
        "::warning file=content/b.yaml,line=1,col=1,title=replacement-unsaid::没有写由哪项代替"
    )


def test_json_has_every_part_of_every_problem():
    assert json.loads(report.as_json([DATE, OLD])) == [
        {
            "path": "content/a.md",
            "line": 4,
            "column": 8,
            "code": "date-invalid",
            "severity": "error",
            "message": "日期应写成 2026-11-22 这样，这里是“2026-1-5”",
            "hint": "您是不是想写“2026-01-05”？",
        },
        {"path": "content/b.yaml", "line": 1, "column": 1, "code": "replacement-unsaid", "severity": "warning", "message": "没有写由哪项代替", "hint": ""},
    ]
    assert json.loads(report.as_json([])) == []


def test_gitlab_marks_the_line_and_knows_a_problem_again_when_it_moves():
    moved = DATE.__class__(**{name: getattr(DATE, name) for name in DATE.__slots__} | {"line": 9})
    (one,), (other,) = json.loads(report.as_gitlab([DATE])), json.loads(report.as_gitlab([moved]))
    assert (one["check_name"], one["severity"], one["location"]) == ("date-invalid", "blocker", {"path": "content/a.md", "lines": {"begin": 4}})
    assert one["description"].endswith("（您是不是想写“2026-01-05”？）")
    assert one["fingerprint"] == other["fingerprint"] and other["location"]["lines"]["begin"] == 9
    assert len({row["fingerprint"] for row in json.loads(report.as_gitlab([DATE, DATE, OLD]))}) == 3


def test_each_format_is_offered():
    assert report.FORMATS.keys() == {"text", "github", "gitlab", "json"}
    assert [write([]) for write in (report.FORMATS["text"], report.FORMATS["github"])] == ["没有问题", ""]


def test_a_run_is_summed_up_in_one_line():
    done = Report((), pages=12, size=3_400_000, seconds={"读取": 0.5, "渲染": 1.25})
    assert report.closing_line(done, "site") == "site：12 个文件，3.4 MB，1.75 秒（读取 0.50，渲染 1.25）"
