"""From a click to painted rows, in Chromium on a slow phone: facets, order, names, ranges and pages of a list.

    python -m tests.benchmarks.listing [--scale N] [--collection ID] [--slow RATE] [--runs N]

Scale 1 is the committed content (812 instruments), scale 13 has 10,556. Only the list and its data are rendered. Measured in the page, from the event to
the second frame after the rows were put in place, with the processor slowed down (4 by default); once over loopback and once over a line of
1.6 Mbit/s with 150 ms of delay. The pause after typing (200 ms) is part of what the visitor waits for and of the figures.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from engine import pipeline, urls
from engine.assets import assets
from engine.plan import plan
from engine.render import render, workshop
from tests.browsing import until

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
DATA = {"filter", "ranges", "rows"}
LINES = {"loopback": None, "1.6 Mbit/s, 150 ms": {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}}

WATCH = """() => {
    window.painted = () => new Promise((done) => {
        const start = performance.now();
        document.addEventListener("rows", () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))), { once: true });
    });
}"""
CLICK = "async (selector) => { const link = document.querySelector(selector); const painted = window.painted(); link.click(); return painted; }"
SELECT = "async (value) => { const field = document.querySelector('.listing [name=sort]'); const painted = window.painted(); field.value = value; field.dispatchEvent(new Event('change', { bubbles: true })); return painted; }"
TYPE = "async (value) => { const field = document.querySelector('.listing [name=text]'); const painted = window.painted(); field.value = value; field.dispatchEvent(new Event('input', { bubbles: true })); return painted; }"
ASK = """async () => {
    const form = document.querySelector(".listing-form");
    form.elements.value.value = "150";
    form.elements.limit.value = "0.5";
    const painted = window.painted();
    form.requestSubmit();
    return painted;
}"""


def content(scale: int, folder: Path) -> Path:
    if scale == 1:
        return ROOT / "content"
    subprocess.run([sys.executable, "-m", "tests.corpus", str(folder / "content"), "--scale", str(scale)], check=True, cwd=ROOT)
    return folder / "content"


def make(source: Path, collection: str, output: Path) -> tuple[int, dict[str, tuple[int, int, int]]]:
    """The list and its data under `output`; the number of records, and files, bytes and compressed bytes by kind."""
    order = pipeline.Order(source, ROOT / "templates", output, TODAY)
    site, problems = pipeline.read(order)
    assert site is not None, problems[:3]  # what the corpus lacks beside the list (columns of the menu) is of no matter here
    looks = assets(order.templates)
    made = workshop(site, order.templates, looks)
    sizes: dict[str, tuple[int, int, int]] = {}
    files = {urls.path(urls.asset(looks.digest, name)): data for name, data in looks.files.items()}
    for page in plan(site):
        if page.address == urls.collection(collection) or (page.renderer in DATA and page.subject == collection):
            files[page.path] = data = render(made, page)
            count, plain, packed = sizes.get(page.renderer, (0, 0, 0))
            sizes[page.renderer] = (count + 1, plain + len(data), packed + len(gzip.compress(data, 6)))
    for name, data in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(site.members[collection]), sizes


class Packed(SimpleHTTPRequestHandler):
    """Files as a host serves them: compressed, on one connection for many requests."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments) -> None:
        pass


def measured(browser, address: str, slow: float, line: dict | None) -> dict[str, float]:
    """Milliseconds of each thing a visitor does, in a fresh window."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    page.goto(address)
    until(page, "!document.querySelector('.listing').hidden")
    if line:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.evaluate(WATCH)
    facets = page.evaluate("() => [...document.querySelectorAll('.facets-title + .facets-list')].map((list) => [...list.querySelectorAll('.facets-link')].map((link) => link.pathname))")
    first, second = [f'.facets-link[href$="{path.split("/by/")[1]}"]' for path in facets[0][:2]]
    found = {"first facet (loads the data)": page.evaluate(CLICK, first)}
    found["another value of it"] = page.evaluate(CLICK, ".facets-title + .facets-list > li:not([hidden]) > .facets-link:not([aria-current])")
    found["a second facet, sparse"] = page.evaluate(CLICK, ".facets-title:nth-of-type(2) + .facets-list > li:not([hidden]) > .facets-link")
    found["a chip taken away"] = page.evaluate(CLICK, ".listing-chosen .chip")
    found["page 2 or a step back"] = page.evaluate(CLICK, ".pager-link[rel=next], .listing-clear, .listing-chosen .chip")
    found["order by a column"] = page.evaluate(SELECT, page.evaluate("() => document.querySelector('.listing [name=sort]').options[1].value"))
    found["a name typed (200 ms of pause)"] = page.evaluate(TYPE, "仪")
    found["all names again (200 ms of pause)"] = page.evaluate(TYPE, "")
    if page.query_selector(".listing-ranges"):
        page.evaluate("() => { document.querySelector('.listing-ranges').open = true; }")
        until(page, "document.querySelector('.listing-form [name=unit]').options.length > 0")
        found["a range asked (data loaded)"] = page.evaluate(ASK)
    context.close()
    return found


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.listing", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--collection", default="equipment")
    parser.add_argument("--slow", type=float, default=4)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        count, sizes = make(content(options.scale, Path(folder)), options.collection, Path(folder) / "site")
        print(f"{options.collection}: {count} records")
        for kind, (files, plain, packed) in sizes.items():
            print(f"  {kind:8} {files:4} files {plain / 1000:8.1f} kB {packed / 1000:7.1f} kB compressed")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(Path(folder) / "site")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}{urls.collection(options.collection)}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, line in LINES.items():
                runs = [measured(browser, address, options.slow, line) for _ in range(options.runs)]
                print(f"click to painted rows, ms, processor slowed ×{options.slow:g}, {name}: median (worst) of {options.runs}")
                for what in runs[0]:
                    print(f"  {what:34} {median(run[what] for run in runs):6.0f} ({max(run[what] for run in runs):.0f})")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
