"""What the program is made of: exact versions, their digests, and nothing that could be swapped unseen."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from engine import cli

ROOT = Path(__file__).resolve().parent.parent
LIST = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FURTHER = {"et-xmlfile"}  # what the pinned libraries need themselves


def pins(lines) -> dict[str, str]:
    return {name.lower().replace("_", "-"): version for name, version in (re.match(r"([\w.-]+)==([\w.]+)$", line).groups() for line in lines)}


def listed() -> dict[str, str]:
    return pins(re.findall(r"^[\w.-]+==[\w.]+", LIST, re.M))


def test_every_dependency_is_pinned_exactly():
    everything = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    assert len(set(everything)) == len(pins(everything))


def test_the_list_with_digests_has_what_the_project_pins():
    wanted = pins(PROJECT["dependencies"])
    assert {name: version for name, version in listed().items() if name not in FURTHER} == wanted, "run .ci/lock"


def test_every_entry_of_the_list_has_a_digest_and_no_host_is_named():
    entries = re.split(r"\n(?=\S)", LIST.strip())[1:]
    assert entries and all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert not re.search(r"https?:|index-url|find-links|@ ", LIST)


def wheel(folder: Path, text: str) -> Path:
    """A small wheel of our own."""
    path = folder / "smallthing-1.0-py3-none-any.whl"
    record = []
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"smallthing.py": text, "smallthing-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: smallthing\nVersion: 1.0\n", "smallthing-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}.items():
            archive.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(content)}")
        archive.writestr("smallthing-1.0.dist-info/RECORD", "\n".join([*record, "smallthing-1.0.dist-info/RECORD,,"]))
    return path


def install(folder: Path, target: Path) -> subprocess.CompletedProcess:
    arguments = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-cache-dir", "--find-links", str(folder), "--require-hashes", "-r", str(folder / "list.txt"), "--target", str(target)]
    return subprocess.run(arguments, capture_output=True, text=True)


def test_one_changed_byte_is_refused(tmp_path):
    digest = hashlib.sha256(wheel(tmp_path, "word = 'good'\n").read_bytes()).hexdigest()
    (tmp_path / "list.txt").write_text(f"smallthing==1.0 \\\n    --hash=sha256:{digest}\n")
    assert install(tmp_path, tmp_path / "good").returncode == 0
    wheel(tmp_path, "word = 'evil'\n")
    done = install(tmp_path, tmp_path / "evil")
    assert done.returncode != 0 and "DO NOT MATCH" in done.stderr and not (tmp_path / "evil" / "smallthing.py").exists()


def test_what_the_list_does_not_know_is_refused(tmp_path):
    wheel(tmp_path, "")
    (tmp_path / "list.txt").write_text("smallthing==1.0\n")
    assert install(tmp_path, tmp_path / "out").returncode != 0


PAGEFIND = {
    "pagefind.js": "252d272bd34d483d19a752060f6a065114d15ab12c42d8f905ca565e2768a009",
    "0/wasm.unknown.pagefind": "3a74cefceacd066e8d3bc8c52e7bc1c869544ca3d9031b44a9b7136356d5d7f4",
}


@pytest.mark.parametrize("name", PAGEFIND)
def test_the_scripts_that_pagefind_puts_into_the_site_are_those_that_were_looked_at(real_site, name):
    found = (real_site / "pagefind" / name).read_bytes().removesuffix(b"export{PagefindInstance};")  # a line of ours
    assert hashlib.sha256(found).hexdigest() == PAGEFIND[name]


def test_scripts_of_the_site_come_from_the_site(real_site):
    scripts = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.suffix in (".js", ".mjs", ".wasm")}
    assert {name for name in scripts if not name.startswith("assets/")} == {"pagefind/pagefind.js"}


@pytest.mark.parametrize("name", [".github/workflows/site.yml", ".gitlab-ci.yml"])
def test_every_step_of_a_workflow_is_a_command_that_is_understood(name):
    steps = re.findall(r"build\.py ([^\n|>#]+)", (ROOT / name).read_text("utf-8"))
    commands = [cli._parser().parse_args(cli._with_command(shlex.split(step))).command for step in steps]
    assert {"check", "report", "build"} <= set(commands)


def test_both_workflows_audit_with_the_same_program():
    said = [re.findall(r"pip-audit==[\d.]+", (ROOT / name).read_text("utf-8")) for name in (".github/workflows/site.yml", ".gitlab-ci.yml")]
    assert said[0] == said[1] and len(said[0]) == 1
