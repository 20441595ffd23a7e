"""From a saved file to the page in the browser, and what a page costs that is asked for.

    python -m tests.benchmarks.serving [--scale N] [--edits N]

Starts `build.py serve` on the content of this project (or on a corpus of N times its size), writes a word into the prose of a record and asks
for its page until the word is there: what the program that reloads the page would see.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[2]


def get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def seconds_until(port: int, path: str, word: str) -> float:
    start = perf_counter()
    while word not in get(port, path):
        sleep(0.005)
    return perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=int, default=0, help="0: the content of this project; N: a corpus of N times its size")
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the content folder of scale 0")
    parser.add_argument("--templates", type=Path, default=ROOT / "templates")
    parser.add_argument("--edits", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        if options.scale:
            subprocess.run([sys.executable, "-m", "tests.corpus", str(content), "--scale", str(options.scale)], cwd=ROOT, check=True)
        else:
            shutil.copytree(options.content, content)
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(content), "--templates", str(options.templates), "--port", "0"]
        start = perf_counter()
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        port = int(next(match[1] for line in server.stdout if (match := re.search(r"127\.0\.0\.1:(\d+)/", line))))
        print(f"ready after {perf_counter() - start:.2f} s")
        try:
            get(port, "/")
            edited = random.Random(11170).sample(sorted(path for path in content.glob("*/*.md")), options.edits)
            times = []
            for number, path in enumerate(edited):
                sleep(1)
                page = f"/{path.parent.name}/{path.stem}/"
                path.write_text(path.read_text("utf-8") + f"\n新词{number:04}\n", "utf-8")
                times.append(seconds_until(port, page, f"新词{number:04}"))
            start = perf_counter()
            for path in edited:
                get(port, f"/{path.parent.name}/{path.stem}/")
            print(f"a saved file is in its page after {median(times) * 1000:.0f} ms (median of {len(times)}; {min(times) * 1000:.0f} to {max(times) * 1000:.0f})")
            print(f"a page that is asked for takes {(perf_counter() - start) / len(edited) * 1000:.1f} ms")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
