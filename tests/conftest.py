"""Fixtures shared by the tests."""

from __future__ import annotations

import signal
from contextlib import contextmanager

import pytest

from tests import sites


@pytest.fixture
def content(tmp_path):
    """A function that writes the small site with changes (path → text, None to take away) and gives its content folder."""
    return lambda changes=None: sites.write(tmp_path / "content", sites.changed(sites.SMALL, changes or {}))


@pytest.fixture
def within():
    """A block that may take so many seconds; after that it is interrupted and the test fails."""

    @contextmanager
    def limited(seconds: float):
        def give_up(number, frame):
            raise TimeoutError(f"took more than {seconds} s")

        before = signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return limited
