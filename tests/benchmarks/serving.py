"""From a saved file to the page in the browser, and what a page costs that is asked for.

    python -m tests.benchmarks.serving [--scale N | --neutral N] [--edits N]

Starts `build.py serve` on the content of this project (or on a corpus of N times its size, or on the neutral corpus), saves records and asks for the page
when the server says that the site is newer, as the script in the page does. Of each kind the median, the least and the most.
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
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from tests.benchmarks import ours_site

ROOT = Path(__file__).resolve().parents[2]
CALM = 3  # seconds between two edits, in which the checks behind the last one come to their end
TURN = re.compile(r'data-turn="(\d+)"')
TITLE = re.compile(r"^(name|title): (.+)$", re.M)


def get(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def changed(port: int, page: str) -> http.client.HTTPConnection:
    """What tells, as the script in a page asks, that the site is newer than this page."""
    events = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    events.request("GET", f"/_reload?since={TURN.search(page)[1]}")
    return events


def seconds_until_shown(port: int, save: Callable[[], object], path: str, word: str) -> float:
    """From the save to the end of the page with the word, asked for whenever the site is told to be newer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    page = get(connection, path)
    events = changed(port, page)
    sleep(0.1)
    start = perf_counter()
    save()
    while word not in page:
        if b"changed" not in events.getresponse().read():
            raise SystemExit(f"{word} never came to {path}")
        page = get(connection, path)
        taken = perf_counter() - start
        events = changed(port, page)
    return taken


# Each kind of edit: the text of a record and a word into the text with the word.
KINDS: dict[str, Callable[[str, str], str]] = {
    "a body": lambda text, word: f"{text}\n{word}\n",
    "a value": lambda text, word: TITLE.sub(lambda said: f"summary: {word}\n{said[0]}", re.sub(r"^summary: .*\n", "", text, flags=re.M), count=1),
    "a title": lambda text, word: TITLE.sub(lambda said: f"{said[1]}: {said[2]}{word}", text, count=1),
    "a new file": lambda text, word: f"{text}\n{word}\n",
}


def measured(port: int, content: Path, kind: str, edits: int) -> list[float]:
    files = sorted(path for path in content.glob("*/*.md") if not path.parent.name.startswith("_") and TITLE.search(path.read_text("utf-8")))
    times = []
    for number, path in enumerate(random.Random(kind).sample(files, edits)):
        sleep(CALM)
        word = f"新词{number:04}{kind[2]}"
        text = KINDS[kind](path.read_text("utf-8"), word)
        to = path.with_stem(f"new-{number}") if kind == "a new file" else path
        times.append(seconds_until_shown(port, partial(to.write_text, text, "utf-8"), f"/{to.parent.name}/{to.stem}/", word))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=int, default=0, help="0: the content of this project; N: a corpus of N times its size")
    parser.add_argument("--neutral", type=int, default=0, help="N: the neutral corpus of N times 1,168 records")
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the content folder of scale 0")
    parser.add_argument("--templates", type=Path, default=ROOT / "templates")
    parser.add_argument("--edits", type=int, default=15, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content, templates = Path(folder) / "content", options.templates
        if options.neutral:
            ours_site.write(Path(folder), options.neutral)
            templates = Path(folder) / "templates"
        elif options.scale:
            subprocess.run([sys.executable, "-m", "tests.corpus", str(content), "--scale", str(options.scale)], cwd=ROOT, check=True)
        else:
            shutil.copytree(options.content, content)
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(content), "--templates", str(templates), "--port", "0"]
        start = perf_counter()
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        port = int(next(match[1] for line in server.stdout if (match := re.search(r"127\.0\.0\.1:(\d+)/", line))))
        print(f"ready after {perf_counter() - start:.2f} s")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            get(connection, "/")
            for kind in KINDS:
                times = [seconds * 1000 for seconds in measured(port, content, kind, options.edits)]
                print(f"{kind} is in its page after {median(times):.0f} ms ({min(times):.0f} to {max(times):.0f}, {len(times)} times)", flush=True)
            edited = random.Random(11170).sample(sorted(content.glob("*/*.md")), options.edits)
            start = perf_counter()
            for path in edited:
                get(connection, f"/{path.parent.name}/{path.stem}/")
            print(f"a page that is asked for takes {(perf_counter() - start) / len(edited) * 1000:.1f} ms")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
