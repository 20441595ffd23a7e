"""Fixtures shared by the tests."""

from __future__ import annotations

import pytest

from tests import sites


@pytest.fixture
def content(tmp_path):
    """A function that writes the small site with changes (path → text, None to take away) and gives its content folder."""
    return lambda changes=None: sites.write(tmp_path / "content", sites.changed(sites.SMALL, changes or {}))
