"""Styles, scripts and pictures of the templates, under one digest folder so that they may be cached for ever."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_IMPORT = re.compile(r'^@import "([^"]+)" layer\(([a-z]+)\);$', re.M)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)


class Assets(NamedTuple):
    """File names and their bytes, and the digest of them all."""

    digest: str
    files: dict[str, bytes]


def assets(templates: Path) -> Assets:
    """`site.css` with its imports in place, the scripts, and what lies in `assets/`."""
    files = {"site.css": _stylesheet(templates).encode(), "site.js": (templates / "site.js").read_bytes()}
    for path in sorted(templates.glob("components/*/*.js")):
        files[path.relative_to(templates).as_posix()] = path.read_bytes()
    for path in sorted((templates / "assets").rglob("*")):
        if path.is_file():
            files[path.relative_to(templates / "assets").as_posix()] = path.read_bytes()
    digest = blake2b(digest_size=6)
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return Assets(digest.hexdigest(), files)


def _stylesheet(templates: Path) -> str:
    def inlined(match: re.Match) -> str:
        return f"@layer {match[2]} {{\n{_COMMENT.sub('', (templates / match[1]).read_text('utf-8')).strip()}\n}}"

    return _IMPORT.sub(inlined, _COMMENT.sub("", (templates / "site.css").read_text("utf-8")))
