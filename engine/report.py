"""Problems for people, for CI and as JSON; and a run in one line."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from engine.model import Problem, Report


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line:column: message [code]`, the hint indented below, and a closing count."""
    lines = []
    for problem in problems:
        warning = "（提醒）" if problem.severity == "warning" else ""
        lines.append(f"{problem.path}:{problem.line}:{problem.column}: {warning}{problem.message} [{problem.code}]")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    return "\n".join([*lines, tally(problems)])


def tally(problems: Sequence[Problem]) -> str:
    count = Counter(problem.severity for problem in problems)
    if not problems:
        return "没有问题"
    parts = [f"{count['error']} 个错误"] if count["error"] else []
    parts += [f"{count['warning']} 个提醒"] if count["warning"] else []
    return "、".join(parts) + "，在 {} 个文件里".format(len({problem.path for problem in problems}))


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that annotate a pull request at the line. Their escapes: %, CR, LF, and in properties also `:` and `,`."""

    def escaped(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    return "\n".join(
        f"::{problem.severity} file={escaped(problem.path, ':,')},line={problem.line},col={problem.column},title={escaped(problem.code, ':,')}::"
        + escaped(problem.message + (f"（{problem.hint}）" if problem.hint else ""))
        for problem in problems
    )


def as_json(problems: Sequence[Problem]) -> str:
    names = ("path", "line", "column", "code", "severity", "message", "hint")
    return json.dumps([{name: getattr(problem, name) for name in names} for problem in problems], ensure_ascii=False, indent=1)


def as_gitlab(problems: Sequence[Problem]) -> str:
    """A report of GitLab's Code Quality, which marks the lines of a merge request. Fingerprints name a problem, so they leave out its line."""
    seen: Counter[str] = Counter()
    found = []
    for problem in problems:
        name = f"{problem.path} {problem.code} {problem.message}"
        seen[name] += 1
        found.append(
            {
                "description": problem.message + (f"（{problem.hint}）" if problem.hint else ""),
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{name} {seen[name]}".encode()).hexdigest(),
                "severity": "blocker" if problem.severity == "error" else "minor",
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
        )
    return json.dumps(found, ensure_ascii=False, indent=1)


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "gitlab": as_gitlab, "json": as_json}


def closing_line(report: Report, output: str) -> str:
    steps = "，".join(f"{name} {seconds:.2f}" for name, seconds in report.seconds.items())
    return f"{output}：{report.pages} 个文件，{report.size / 1e6:.1f} MB，{sum(report.seconds.values()):.2f} 秒（{steps}）"
