"""What tests of pages in a browser share. Pages forbid `eval`, which playwright's own `wait_for_function` uses; so these ask again and again from outside."""

from __future__ import annotations

from time import monotonic

PATIENCE = 15  # seconds; on a busy machine a page may take its time


def until(page, truth: str, argument=None) -> None:
    """Waits until an expression, or a function of the argument, is true in the page."""
    start = monotonic()
    while not page.evaluate(truth, argument):
        assert monotonic() - start < PATIENCE, f"never became true: {truth} {argument or ''}"
        page.wait_for_timeout(20)
