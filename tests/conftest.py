"""What several tests share: the real site, built once, and a browser that looks at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine import pipeline

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory) -> Path:
    """The site of content/ and templates/ as it is on a fixed day."""
    output = tmp_path_factory.mktemp("real") / "site"
    made = pipeline.build(pipeline.Order(ROOT / "content", ROOT / "templates", output, TODAY, 2))
    assert not pipeline.has_errors(made.problems), made.problems[:5]
    return output


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments) -> None:
        pass


@pytest.fixture(scope="session")
def real_address(real_site) -> Iterator[str]:
    """The address at which the real site is served, in a sub-folder, as many hosts do."""
    folder = real_site.parent / "served"
    folder.mkdir()
    (folder / "quality").symlink_to(real_site, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/quality/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, which README's test command installs."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or pytest.fail("chromium is not installed; README.md says how")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
