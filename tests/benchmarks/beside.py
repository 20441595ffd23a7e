"""What a first search and the later ones load, by the number of sites that are asked together, in Chromium.

    python -m tests.benchmarks.beside [--scale N] [--sites N] [--queries N]

Each site is the same corpus under another address, so nothing that one has loaded serves another but the program. Served compressed, as a host would.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

from engine import pipeline
from tests.benchmarks.search import ROOT, TODAY, Truth, ask, made, queries, serve

FIRST = "天平"


def loaded(browser, address: str, sites: int, asked: list[str]) -> tuple[list[int], list[int], list[float]]:
    """Bytes and requests of each search and its milliseconds; the page itself is not counted."""
    page = browser.new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received = [0, 0]

    def count(event) -> None:
        received[0] += event["encodedDataLength"]
        received[1] += 1

    session.on("Network.loadingFinished", count)
    page.goto(f"{address}site-0/search/?{'&'.join(f'with=../site-{place}/' for place in range(1, sites))}", wait_until="networkidle")
    bytes_, requests, times = [], [], []
    for query in [FIRST, *asked]:
        received[:] = [0, 0]
        if query == FIRST:
            page.focus("input[name=q]")
            page.wait_for_timeout(500)  # the module comes when the field is entered
        times.append(ask(page, query)[1])
        page.wait_for_timeout(50)
        bytes_.append(received[0])
        requests.append(received[1])
    page.context.close()
    return bytes_, requests, times


def tell(browser, address: str, most: int, records: int, asked: list[str]) -> None:
    print(f"{'sites':>5}{'records':>9}{'first kB':>10}{'requests':>10}{'ms':>7}{'later kB: median':>18}{'95 %':>7}{'ms':>7}")
    for sites in range(1, most + 1):
        sizes, requests, times = loaded(browser, address, sites, asked)
        later = sorted(sizes[1:])
        print(f"{sites:5}{sites * records:9}{sizes[0] / 1000:10.0f}{requests[0]:10}{times[0]:7.0f}{median(later) / 1000:18.0f}{later[int(len(later) * 0.95)] / 1000:7.0f}{mean(times[1:]):7.0f}")


def neighbours(number: int) -> Iterator[str]:
    yield "\nneighbours:"
    yield from (f"  - {{label: 第{place}省, to: ../site-{place}/}}" for place in range(1, number))


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--sites", type=int, default=6)
    parser.add_argument("--queries", type=int, default=5, help="of each of the fifteen kinds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content, host = Path(folder) / "content", Path(folder) / "host"
        subprocess.run([sys.executable, "-m", "tests.corpus", str(content), "--scale", str(options.scale)], cwd=ROOT, check=True)
        settings = (content / "_site.yaml").read_text("utf-8")
        (content / "_site.yaml").write_text(re.sub(r"^url: .*", "", settings, flags=re.M) + "\n".join(neighbours(options.sites)) + "\n", "utf-8")
        host.mkdir()
        order = pipeline.Order(content, ROOT / "templates", host / "site-0", TODAY, 2)
        site, problems = pipeline.read(order)
        assert not pipeline.has_errors(problems), problems[:5]
        made(order, site)
        for place in range(1, options.sites):
            (host / f"site-{place}").symlink_to("site-0", target_is_directory=True)
        truth = Truth(site)
        asked = [query.text for query in queries(site, truth, options.queries)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            tell(browser, serve(host), options.sites, len(truth.lines), asked)


if __name__ == "__main__":
    main()
