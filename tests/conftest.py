"""Fixtures shared by the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT),) if path not in sys.path]

from tests import sites  # noqa: E402


@pytest.fixture
def content(tmp_path):
    """A function that writes the small site, with changes, and gives its content folder."""
    return lambda **changes: sites.write(tmp_path / "content", sites.changed(sites.SMALL, changes.get("files", {})))
