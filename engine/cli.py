"""The command line. The only place that asks for today's date and for the number of processors."""

from __future__ import annotations

import argparse
import copy
import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from engine import files, pipeline, publish, report, search
from engine.compress import has_brotli
from engine.fields import BEIJING, nearest
from engine.memory import FOLDER
from engine.personal import masked

GOOD, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 70, 130  # 70 is EX_SOFTWARE of sysexits.h, 130 what a shell says of Ctrl+C
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese must not stop a build
    given = _with_command(list(sys.argv[1:] if arguments is None else arguments))
    if given[0] not in COMMANDS and not given[0].startswith("-"):
        near = nearest(given[0], COMMANDS)
        return _refuse(f"没有“{given[0]}”这个命令，" + (f"您是不是想用 {near}？" if near else f"现有：{'、'.join(COMMANDS)}"))
    options = _parser().parse_args(given)
    try:
        return COMMANDS[options.command](options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return GOOD
    except publish.NotOurs as fault:
        return _refuse(f"“{fault}”不是空文件夹，也不是本程序生成的网站，不敢替换。换一个 --output，或者先把它移走。")
    except publish.Busy as fault:
        return _refuse(f"另一个构建正在写“{fault}”，等它结束再试。", PROBLEMS)
    except OSError as fault:
        if fault.errno is None:  # none of the system's: Jinja2 calls a template that is missing so
            return _fault(traceback.format_exc())
        return _refuse(f"读写“{fault.filename or options.output}”失败：{files.reason(fault)}。网站没有改动。", PROBLEMS)
    except files.Unfit as fault:
        return _refuse(f"附件在生成网站时变了：{fault.message}。网站没有改动。", PROBLEMS)
    except search.SearchFailed as fault:
        return _refuse(f"搜索索引没有做成：{fault}。网站没有改动。", PROBLEMS)
    except Exception:
        return _fault(traceback.format_exc())


def _with_command(arguments: list[str]) -> list[str]:
    """The command first. It is the first argument that is neither an option nor the value of one that commands share; `build` is meant when there is none."""
    valued = {f"--{name}" for name in vars(_shared().parse_args([]))}
    for place, (before, argument) in enumerate(zip(["", *arguments], arguments)):
        if not argument.startswith("-") and before not in valued:
            return [argument, *arguments[:place], *arguments[place + 1 :]]
    return arguments if {"-h", "--help"} & {*arguments} else ["build", *arguments]


def _shared() -> argparse.ArgumentParser:
    """The options that nearly all commands have; each takes a value."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, default=ROOT / "content", metavar="DIR", help="内容文件夹")
    shared.add_argument("--templates", type=Path, default=ROOT / "templates", metavar="DIR", help="模板文件夹")
    shared.add_argument("--output", type=Path, default=ROOT / "site", metavar="DIR", help="网站输出到哪里")
    shared.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD", help="按哪一天计算有效期和上线日期，默认今天（北京时间）")
    shared.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="用几个进程，默认等于处理器数")
    return shared


def _parser() -> argparse.ArgumentParser:
    shared = _shared()
    parser = argparse.ArgumentParser(prog="build.py", description="把 content/ 里的记录做成静态网站")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    building = commands.add_parser("build", parents=[shared], help="检查并生成网站（不写命令时就是它）")
    building.add_argument("--precompress", action="store_true", help="另存压缩好的 .gz 和 .br，给能直接发送它们的服务器（需要 pip install '.[precompress]'）")
    checking = commands.add_parser("check", parents=[shared], help="只检查，不生成")
    checking.add_argument("--format", choices=report.FORMATS, default="text", help="问题的写法")
    serving = commands.add_parser("serve", parents=[shared], help="在本机预览，保存后自动刷新")
    serving.add_argument("--port", type=_port, default=8000, help="端口，默认 8000")
    adding = commands.add_parser("new", parents=[shared], help="新建一条记录")
    adding.add_argument("collection", help="库，如 experts")
    adding.add_argument("id", nargs="?", help="编号，如 exp-200；不写时逐项询问")
    giving = commands.add_parser("export", parents=[shared], help="把库导出成 Excel 工作簿")
    giving.add_argument("collections", nargs="*", metavar="库", help="库，如 equipment；可以写几个")
    giving.add_argument("file", type=Path, metavar="文件.xlsx", help="写到哪个文件")
    giving.add_argument("--all", action="store_true", help="所有的库")
    taking = commands.add_parser("import", parents=[shared], help="看一个表格文件会改什么；加 --apply 才写入")
    taking.add_argument("file", type=Path, metavar="文件", help=".xlsx、.xls、.ods 或 .csv")
    taking.add_argument("--into", metavar="库", help="文件里只有一张表而它的名称不是库名时，写明导入哪个库")
    taking.add_argument("--apply", action="store_true", help="写入")
    taking.add_argument("--delete", action="store_true", help="表里没有的记录和行也删掉")
    pressing = commands.add_parser("handbook", parents=[shared], help="把服务手册排成 PDF（需要 pip install '.[handbook]' 和思源黑体）")
    pressing.add_argument("--file", type=Path, default=Path("handbook.pdf"), metavar="FILE", help="写到哪个文件，默认 handbook.pdf")
    telling = commands.add_parser("report", parents=[copy.deepcopy(shared)], conflict_handler="resolve", help="编辑报告：什么没上网、什么快到期、什么该核实")
    telling.add_argument("--output", type=Path, default=Path("report.html"), metavar="文件.html", help="写到哪个文件，默认 report.html；不要放进网站")
    telling.add_argument("--summary", type=Path, default=None, metavar="文件.md", help="另写一份摘要，供 CI 显示（接在文件后面）")
    commands.add_parser("changes", parents=[shared], help="从 git 更新变更清单 content/_changes.yaml")
    commands.add_parser("schema", parents=[shared], help="生成 VS Code 补全和检查用的 JSON Schema")
    commands.add_parser("doctor", help="看这台机器上缺什么")
    commands.add_parser("guide", parents=[shared], help="更新 content/README.md 里的字段表和问题代码表")
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


def _port(text: str) -> int:
    if text.isdigit() and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"应是 0 到 65535 的整数，这里是“{text}”")


def order_of(options: argparse.Namespace) -> pipeline.Order:
    today = options.today or _today()
    return pipeline.Order(options.content.resolve(), options.templates.resolve(), options.output, today, options.jobs)


def _today() -> date:
    """The day in Beijing: of SOURCE_DATE_EPOCH, by which builds are repeated (reproducible-builds.org), else of the clock."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    is_moment = said.isascii() and said.isdecimal() and len(said) <= 11  # seconds, until the year 5138
    return (datetime.fromtimestamp(int(said), BEIJING) if is_moment else datetime.now(BEIJING)).date()


def _build(options: argparse.Namespace) -> int:
    if options.precompress and not has_brotli():
        return _refuse("没有装 Brotli，不能用 --precompress；先运行 .venv/bin/pip install '.[precompress]'")
    order = order_of(options)
    made = pipeline.build(replace(order, precompress=options.precompress, memory=order.content.parent / FOLDER), _progress())
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

    try:
        return serve.run(order_of(options), options.port)
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            raise
        return _refuse(f"端口 {options.port} 被占用（也许预览已经开着），换一个：--port {options.port + 1}", PROBLEMS)


def _new(options: argparse.Namespace) -> int:
    from engine import draft

    order, id, answers = order_of(options), options.id, None
    if id is None:
        if not sys.stdin.isatty():
            return _refuse("还要写编号，如 build.py new experts exp-200")
        from engine import interview, load

        loaded = load.load(order.content)
        if options.collection in loaded.collections:
            print("逐项回答；Ctrl+C 可以随时退出，什么也不会写入。")
            try:
                id = interview.ask_id(loaded, options.collection, input, print)
                answers = interview.ask_fields(loaded, options.collection, input, print)
            except EOFError:  # Ctrl+D
                return INTERRUPTED
    path, refusal = draft.write(order, options.collection, id or "", answers)
    if refusal:
        return _refuse(refusal)
    print(f"已新建 {path}，请补上内容，再运行 build.py check")
    return GOOD


def _handbook(options: argparse.Namespace) -> int:
    from engine import press

    order = order_of(options)
    site, problems = pipeline.read(order)
    if site is None or pipeline.has_errors(problems):
        print(report.as_text(problems), file=sys.stderr)
        return PROBLEMS
    try:
        made = press.press(site, order.templates)
    except press.Missing:
        return _refuse("排版需要 typst：先运行 .venv/bin/pip install '.[handbook]'")
    options.file.write_bytes(made)
    print(f"{options.file}：{len(made) / 1e6:.1f} MB")
    return GOOD


def _guide(options: argparse.Namespace) -> int:
    from engine import guide

    print(f"已更新 {guide.write(options.content.resolve())}")
    return GOOD


def _export(options: argparse.Namespace) -> int:
    from engine import load
    from engine.importers import export

    order = order_of(options)
    loaded = load.load(order.content)
    wrong = [id for id in options.collections if id not in loaded.collections]
    if wrong:
        near = nearest(wrong[0], loaded.collections)
        return _refuse(f"没有“{wrong[0]}”这个库。" + (f"您是不是想写“{near}”？" if near else f"现有：{'、'.join(loaded.collections)}"))
    if bool(options.collections) == options.all or options.file.suffix.lower() != ".xlsx":
        return _refuse("写法：build.py export 库 文件.xlsx，或者 build.py export --all 文件.xlsx")
    if not loaded.is_declared or pipeline.has_errors(loaded.problems):
        print(report.as_text(loaded.problems), file=sys.stderr)
        return _refuse("先改好这些错误再导出，否则表里会缺内容", PROBLEMS)
    count = export.write(loaded, options.collections or list(loaded.collections), options.file)
    print(f"已导出 {count} 条记录到 {options.file}。改好以后：build.py import {options.file}")
    return GOOD


def _import(options: argparse.Namespace) -> int:
    from engine.importers import apply, preview

    order = order_of(options)
    proposal = preview.propose(order, options.file, options.into, options.delete)
    is_wrong = pipeline.has_errors(proposal.problems)
    is_applied = options.apply and not is_wrong and bool(proposal.texts)
    if is_applied:
        apply.write(order.content.parent, proposal.texts)
    told = preview.as_text(proposal, options.delete)
    print("\n".join(part for part in (told, preview.closing(proposal, is_applied)) if part))
    return PROBLEMS if is_wrong else GOOD


def _report(options: argparse.Namespace) -> int:
    from engine import overview
    from engine.inspection import inspect

    order = order_of(options)
    loaded, site, problems = pipeline.read_whole(order)
    if site is None:
        print(report.as_text(problems), file=sys.stderr)
        return PROBLEMS
    found = overview.tables(loaded, site, problems, [*inspect(order.content, site)])
    name = site.config.values["name"] or ""
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(overview.as_html(found, name, order.today), "utf-8")
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(overview.as_markdown(found, name, order.today))
    print(f"{options.output}：{overview.summary_line(found)}")
    return GOOD


def _schema(options: argparse.Namespace) -> int:
    from engine import load, schemas

    order = order_of(options)
    loaded = load.load(order.content)
    if not loaded.is_declared:
        print(report.as_text(loaded.problems), file=sys.stderr)
        return PROBLEMS
    root = order.content.parent
    made = schemas.write(root, loaded)
    places = schemas.set_places(root, loaded.collections)
    print(f"已生成 {len(made)} 个文件在 {root / schemas.FOLDER}")
    print("已写入 .vscode/settings.json；在 VS Code 里装上 YAML 扩展（redhat.vscode-yaml）就能补全" if places else ".vscode/settings.json 读不懂，没有改它")
    return GOOD


def _changes(options: argparse.Namespace) -> int:
    from engine import changes

    try:
        path, count = changes.update(options.content.resolve())
    except changes.Unknown as fault:
        return _refuse(str(fault), PROBLEMS)
    print(f"已更新 {path}：{count} 行")
    return GOOD


def _doctor(options: argparse.Namespace) -> int:
    from engine import doctor

    return doctor.main()


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {"build": _build, "check": _check, "serve": _serve, "new": _new, "export": _export, "import": _import, "report": _report, "changes": _changes, "schema": _schema, "doctor": _doctor, "guide": _guide, "handbook": _handbook}


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
    print(masked(message), file=sys.stderr)
    return code


def _fault(trace: str) -> int:
    """Our own fault: the traceback goes to a file, so that the screen can say what to do."""
    import tempfile  # here, because it is hardly ever needed

    trace = masked(trace)
    try:
        with tempfile.NamedTemporaryFile("w", prefix="build-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write(trace)
    except OSError:  # no place left even for this
        return _refuse(f"程序自身出错，网站没有改动。请把下面的内容发给开发者：\n{trace}", FAULT)
    return _refuse(f"程序自身出错，网站没有改动。请把这个文件发给开发者：{file.name}", FAULT)
