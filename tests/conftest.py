"""What several tests share: the real site, built once, and a browser that looks at it."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine import pipeline
from tests import sites

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
            raise TimeoutError

        before = signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        except TimeoutError:
            pytest.fail(f"took more than {seconds} s", pytrace=False)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return limited
