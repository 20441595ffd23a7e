"""The architecture, held: who may import whom, one door for each library, and nothing below the edge that writes or asks the time."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ENGINE = Path(__file__).resolve().parent.parent / "engine"
LAYERS = (
    "model codes digests urls identifiers personal show",
    "source flat complaints files images attachments fields things schema ids strays load reload",
    "reads link relink events expiry outdated history forms substance exceptions checks plan privacy",
    "agenda soundness selfcheck datasets figures handbook schematic sections qr finding proof exports.contacts exports.happenings index view contexts meta head plain gated prose render assets compiler compress strings exports exports.atom exports.blank exports.calendar exports.catalogue exports.comparison exports.dictionary exports.expiries exports.filters exports.headers exports.linked exports.office exports.opensearch exports.ranges exports.records exports.sitemap exports.tables",
    "press pipeline memory tree write publish workers inspection search gallery changes preview serve watch report draft guide overview schemas doctor interview importers importers.apply importers.cells importers.compare importers.edit importers.export importers.layout importers.ods importers.preview importers.separated importers.sheets importers.workbook importers.xls importers.xlsx cli",
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names.split()}
DOORS = {"yaml": {"source"}, "jinja2": {"compiler", "render"}, "markupsafe": {"compiler", "render"}, "markdown": {"gated"}, "nh3": {"prose"}, "pypdf": {"attachments"}, "pypinyin": {"index"},
    "pagefind_bin": {"search"}, "segno": {"qr"}, "brotli": {"compress"}, "typst": {"press"}, "openpyxl": {"importers.workbook"}, "xlrd": {"importers.xls"}}
EDGE_MODULES = {"time", "logging", "subprocess", "socket", "threading", "tempfile", "shutil"}
EDGE_NAMES = {"os.environ", "os.getenv", "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
WRITERS = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "symlink_to", "rmdir"}


def module_of(path: Path) -> str:
    """`exports.atom`, `exports` for its `__init__`, and an empty name for the package itself."""
    return ".".join(part for part in path.relative_to(ENGINE).with_suffix("").parts if part != "__init__")


SOURCES = {module_of(path): ast.parse(path.read_text("utf-8"), str(path)) for path in sorted(ENGINE.rglob("*.py")) if module_of(path)}


def imports(tree: ast.AST):
    """Every module that is named in an import, `from engine import x` as `engine.x`, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}".removeprefix("engine.") in LAYER else node.module for alias in node.names)


def test_every_module_stands_in_the_table_and_every_name_of_the_table_is_a_module():
    assert SOURCES.keys() == LAYER.keys()


@pytest.mark.parametrize("module", LAYER)
def test_a_module_imports_only_from_its_own_and_lower_layers(module):
    above = {name for name in imports(SOURCES[module]) if name.startswith("engine.") and LAYER[name.removeprefix("engine.")] > LAYER[module]}
    assert above == set()


@pytest.mark.parametrize("library, doors", DOORS.items())
def test_each_library_has_one_door(library, doors):
    assert {module for module, tree in SOURCES.items() if library in {name.split(".")[0] for name in imports(tree)}} == doors


@pytest.mark.parametrize("module", [module for module in LAYER if LAYER[module] < 4])
def test_below_the_edge_nothing_writes_prints_logs_or_asks_the_time_or_the_environment(module):
    tree = SOURCES[module]
    found = EDGE_MODULES & {name.split(".")[0] for name in imports(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found |= {ast.unparse(node)} & EDGE_NAMES
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            found |= {called} & {"print", "input", "eval", "exec", "__import__"}
            found |= {called} if called.split(".")[-1] in WRITERS else set()
            modes = [ast.unparse(argument) for argument in [*node.args, *(keyword.value for keyword in node.keywords)]]
            found |= {called} if called.split(".")[-1] == "open" and any(set(mode.strip("'\"")) & set("wax+") for mode in modes if len(mode) <= 5) else set()
    assert found == set()


def test_the_only_third_party_libraries_are_those_with_a_door():
    known = {*sys.stdlib_module_names, "engine", *DOORS}
    assert {name.split(".")[0] for tree in SOURCES.values() for name in imports(tree)} - known == set()
