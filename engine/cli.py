"""The command line. The only place that asks for today's date and for the number of processors."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from engine import pipeline, publish, report
from engine.fields import BEIJING

GOOD, PROBLEMS, USAGE, FAULT = 0, 1, 2, 70  # 70 is EX_SOFTWARE of sysexits.h
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code says how it went."""
    options = _parser().parse_args(_with_command(list(sys.argv[1:] if arguments is None else arguments)))
    try:
        return COMMANDS[options.command](options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return GOOD
    except publish.NotOurs as fault:
        return _refuse(f"“{fault}”不是空文件夹，也不是本程序生成的网站，不敢替换。换一个 --output，或者先把它移走。")
    except publish.Busy as fault:
        return _refuse(f"另一个构建正在写“{fault}”，等它结束再试。", PROBLEMS)
    except OSError as fault:
        return _refuse(f"读写“{fault.filename}”失败：{fault.strerror}。网站没有改动。", PROBLEMS)
    except Exception:
        return _fault(traceback.format_exc())


def _with_command(arguments: list[str]) -> list[str]:
    """`build` is what is meant when no command is named."""
    named = any(argument in COMMANDS for argument in arguments) or any(argument in ("-h", "--help") for argument in arguments)
    return arguments if named else ["build", *arguments]


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, default=ROOT / "content", metavar="DIR", help="内容文件夹")
    shared.add_argument("--templates", type=Path, default=ROOT / "templates", metavar="DIR", help="模板文件夹")
    shared.add_argument("--output", type=Path, default=ROOT / "site", metavar="DIR", help="网站输出到哪里")
    shared.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD", help="按哪一天计算有效期和上线日期，默认今天（北京时间）")
    shared.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="用几个进程，默认等于处理器数")
    parser = argparse.ArgumentParser(prog="build.py", description="把 content/ 里的记录做成静态网站")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    commands.add_parser("build", parents=[shared], help="检查并生成网站（不写命令时就是它）")
    checking = commands.add_parser("check", parents=[shared], help="只检查，不生成")
    checking.add_argument("--format", choices=report.FORMATS, default="text", help="问题的写法")
    serving = commands.add_parser("serve", parents=[shared], help="在本机预览，保存后自动刷新")
    serving.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    adding = commands.add_parser("new", parents=[shared], help="新建一条记录")
    adding.add_argument("collection", help="库，如 experts")
    adding.add_argument("id", help="编号，如 exp-200")
    commands.add_parser("guide", parents=[shared], help="更新 content/README.md 里的字段表")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"应写成 2026-11-22 这样的日期，这里是“{text}”") from None


def _jobs(text: str) -> int:
    if text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"应是大于 0 的整数，这里是“{text}”")


def order_of(options: argparse.Namespace) -> pipeline.Order:
    today = options.today or datetime.now(BEIJING).date()
    return pipeline.Order(options.content.resolve(), options.templates.resolve(), options.output, today, options.jobs)


def _build(options: argparse.Namespace) -> int:
    made = pipeline.build(order_of(options), _progress())
    if made.problems:
        print(report.as_text(made.problems), file=sys.stderr)
    if pipeline.has_errors(made.problems):
        print(f"网站没有改动：{options.output}", file=sys.stderr)
        return PROBLEMS
    print(report.closing_line(made, str(options.output)))
    return GOOD


def _check(options: argparse.Namespace) -> int:
    _, problems = pipeline.read(order_of(options))
    print(report.FORMATS[options.format](problems))
    return PROBLEMS if pipeline.has_errors(problems) else GOOD


def _serve(options: argparse.Namespace) -> int:
    from engine import serve

    return serve.run(order_of(options), options.port)


def _new(options: argparse.Namespace) -> int:
    from engine import draft

    path, refusal = draft.write(order_of(options), options.collection, options.id)
    if refusal:
        return _refuse(refusal)
    print(f"已新建 {path}，请补上内容，再运行 build.py check")
    return GOOD


def _guide(options: argparse.Namespace) -> int:
    from engine import guide

    print(f"已更新 {guide.write(options.content.resolve())}")
    return GOOD


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {"build": _build, "check": _check, "serve": _serve, "new": _new, "guide": _guide}


def _progress() -> pipeline.Tell:
    """On a terminal, the step at hand once a run takes over a second; elsewhere nothing."""
    if not sys.stderr.isatty():
        return lambda step: None
    start = perf_counter()

    def tell(step: str) -> None:
        if perf_counter() - start > 1:
            print(f"… {step}", file=sys.stderr)

    return tell


def _refuse(message: str, code: int = USAGE) -> int:
    print(message, file=sys.stderr)
    return code


def _fault(trace: str) -> int:
    """Our own fault: the traceback goes to a file, so that the screen can say what to do."""
    with tempfile.NamedTemporaryFile("w", prefix="build-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(trace)
    return _refuse(f"程序自身出错，网站没有改动。请把这个文件发给开发者：{file.name}", FAULT)
