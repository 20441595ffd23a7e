"""What several tests share: the real site, built once, and a browser that looks at it."""

from __future__ import annotations

import fcntl
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from engine import pipeline
from tests import sites
from tests.browsing import served
from tests.pages import PageRead, read

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)


def once(path: Path, make: Callable[[], object]) -> Path:
    """What `make` makes at a path, made by the first of several processes that test; the others wait for it."""
    with open(path.with_name(f"{path.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make()
    return path


@pytest.fixture(scope="session")
def real_site(tmp_path_factory, worker_id) -> Path:
    """The site of content/ and templates/ as it is on a fixed day."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "real"
    shared.mkdir(exist_ok=True)

    def make() -> None:
        made = pipeline.build(pipeline.Order(ROOT / "content", ROOT / "templates", shared / "site", TODAY, 2))
        assert not pipeline.has_errors(made.problems), made.problems[:5]

    return once(shared / "site", make)


@pytest.fixture(scope="session")
def pages(real_site) -> dict[str, PageRead]:
    """Its pages by path."""
    kept = real_site.with_name("pages")
    once(kept, lambda: kept.write_bytes(pickle.dumps({path.relative_to(real_site).as_posix(): read(path) for path in sorted(real_site.rglob("*.html"))})))
    return pickle.loads(kept.read_bytes())


@pytest.fixture(scope="session")
def real_address(real_site, tmp_path_factory) -> Iterator[str]:
    """The address at which the real site is served, in a sub-folder, as many hosts do."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "quality").symlink_to(real_site, target_is_directory=True)
    server = served(folder)
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
    """A block that may take so many seconds of the processor, and ten times as many of the clock: then it is interrupted and the test fails."""

    @contextmanager
    def limited(seconds: float):
        def give_up(number, frame):
            raise TimeoutError

        limits = ((signal.ITIMER_PROF, signal.SIGPROF, seconds), (signal.ITIMER_REAL, signal.SIGALRM, 10 * seconds))
        before = [signal.signal(number, give_up) for _, number, _ in limits]
        for timer, _, most in limits:
            signal.setitimer(timer, most)
        try:
            yield
        except TimeoutError:
            pytest.fail(f"took more than {seconds} s", pytrace=False)
        finally:
            for (timer, number, _), handler in zip(limits, before):
                signal.setitimer(timer, 0)
                signal.signal(number, handler)

    return limited
