"""Templates compiled for many pages: the same output from less work in each of the calls and values of which a page has thousands.

Jinja2 looks at each call whether what is called wants the template's context or may be called at all, and wraps each value that it
prints in an object of its own. No function of ours wants the context, no template comes from a stranger, and what is printed is
joined at once. `jinja2.Environment.code_generator_class` and `template_class` are the places that Jinja2 provides for this; a test holds
that the output is that of Jinja2's own.
"""

from __future__ import annotations

import keyword
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # a machine without MarkupSafe's compiled half
    from markupsafe._native import _escape_inner


def printed(value: Any) -> str:
    """A value as it stands in a page: escaped, unless it is markup."""
    if type(value) is str:
        return _escape_inner(value)
    return value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))


class Template(jinja2.Template):
    """A template whose macros, when another imports them, see what all templates see: nothing is handed down, so nothing need be compared for each page."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Compiled(jinja2.BytecodeCache):
    """What this process has compiled, by template and the checksum of its source."""

    def __init__(self):
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key, bucket.checksum] = bucket.code


class Compiler(CodeGenerator):
    """Jinja2's compiler, but for direct calls and for printing by `printed`. Autoescape must be on for every template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline("from types import SimpleNamespace as shown")
        self.writeline("from engine.compiler import _escape_inner as escaped, printed")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node.dyn_args is not None or node.dyn_kwargs is not None or any(keyword.iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        name = repr(node.attr)
        self._look_up(node, frame, "(found := getattr((base := ", f"), {name}, missing))", f"getattr(base, {name})")

    @optimizeconst
    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """`card["values"]` is an attribute of what we show, and an item of a dictionary, which has a method of that name."""
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            name = repr(node.arg.value)
            self._look_up(node, frame, "(base := ", f").__class__ is shown and (found := getattr(base, {name}, missing))", f"getitem(base, {name})")
        else:
            super().visit_Getitem(node, frame)

    def _look_up(self, node: nodes.Getattr | nodes.Getitem, frame: Frame, before: str, after: str, otherwise: str) -> None:
        """What Python finds in a base that stands between two texts, or else what Jinja2's own way finds in it."""
        self.write(f"(found if {before}")
        self.visit(node.node, frame)
        self.write(f"{after} is not missing else environment.{otherwise})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(escaped(said) if (said := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")).__class__ is str else printed(said))")
