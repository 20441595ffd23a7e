"""Recall, precision, rank, bytes and milliseconds of search, in Chromium.

    python -m tests.benchmarks.search [--scale N] [--queries N]

The truth is containment after NFKC, lower case and without spaces and the joiners of codes, line by line, GB accepted for GB/T; of
synonyms, containment of any of the group; of pinyin, of the Han that was spelled out. The site is served compressed, as a host would.
What the page adds to its answer by reading a run as words apart, and says so, is counted apart: the truth knows nothing of it. Where nothing
is right, it counts.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from pypinyin import lazy_pinyin

from engine import pipeline, urls
from engine.assets import assets
from engine.index import text_lines
from engine.memory import Known
from engine.model import Site
from engine.plan import plan
from engine.render import workshop
from engine.show import Names
from engine.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
HAN = "[\u4e00-\u9fff]"


class Query(NamedTuple):
    """What is typed, and which records are right; `known` are those of which one should be among the first three."""

    kind: str
    text: str
    right: frozenset[str]
    known: frozenset[str] = frozenset()


def squashed(text: str) -> str:
    return re.sub(r"[\s\-/._·~]+", "", unicodedata.normalize("NFKC", text).lower())


def without_t(plain: str) -> str:
    return re.sub(r"(gb|db\d{2,4}|[a-z]{2})t(?=\d)", r"\1", plain)


class Truth:
    """Every record's text, line by line, in the form in which it is compared."""

    def __init__(self, site: Site):
        names = Names(site.collections, site.vocabularies, site.titles)
        self.text: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        for collection in site.collections.values():
            for key in site.members[collection.id] if collection.page else ():
                address = urls.record(key)[1:]
                self.text[address] = [unicodedata.normalize("NFKC", line).lower() for line in text_lines(site, collection, key, names)]
                self.names[address] = site.titles[key]
        self.lines = {address: [squashed(line) for line in lines] for address, lines in self.text.items()}
        self.loose = {address: [without_t(line) for line in lines] for address, lines in self.lines.items()}
        self.same: dict[str, list[str]] = {}
        for term in site.vocabularies["synonyms"].terms.values():
            group = [term.label, *term.aliases]
            self.same.update({squashed(word): group for word in group})
        self.spelled = sorted({run for text in [*site.titles.values(), *(term.label for v in site.vocabularies.values() for term in v.terms.values())] for run in re.findall(f"{HAN}+", text)})

    def having(self, *parts: str) -> frozenset[str]:
        """The records that have all the parts, each itself or as another word of its group."""
        return frozenset.intersection(*(self._either(part) for part in parts))

    def _either(self, part: str) -> frozenset[str]:
        found = self._containing(squashed(part))
        for word in self.same.get(squashed(part), ()):
            short = re.fullmatch("[a-z]{2,4}", word.lower())
            found |= self._standing_alone(word.lower()) if short and squashed(word) != squashed(part) else self._containing(squashed(word))
        return found

    def _containing(self, plain: str) -> frozenset[str]:
        return frozenset(a for a, lines in self.lines.items() if any(plain in line for line in lines) or any(plain in line for line in self.loose[a]))

    def _standing_alone(self, word: str) -> frozenset[str]:
        form = re.compile(f"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])")
        return frozenset(address for address, lines in self.text.items() if any(form.search(line) for line in lines))

    def named(self, name: str) -> frozenset[str]:
        return frozenset(address for address, other in self.names.items() if other == name)

    def read_as(self, letters: str, length: int, spell: Callable[[str], str]) -> frozenset[str]:
        """The records that have a Han word of names or vocabularies that is spelled so: others than the one meant are right too."""
        words = {run[start : start + length] for run in self.spelled for start in range(len(run) - length + 1)}
        return frozenset().union(*(self.having(word) for word in words if spell(word) == letters))


def queries(site: Site, truth: Truth, each: int) -> Iterator[Query]:
    """Some of each of fifteen kinds, the same for the same content."""
    choose = random.Random(11170)
    groups = [[term.label, *term.aliases] for term in site.vocabularies["synonyms"].terms.values()]
    runs = [run for lines in truth.lines.values() for line in lines for run in re.findall(f"{HAN}{{2,}}", line)]

    for length in (2, 3, 4, 6):
        long = [run for run in runs if len(run) >= length]
        for _ in range(each):
            run = choose.choice(long)
            start = choose.randrange(len(run) - length + 1)
            text = run[start : start + length]
            yield Query(f"{length} Han characters", text, truth.having(text))
    named = sorted(truth.names.items())
    for address, name in choose.sample(named, each):
        yield Query("full name", name, truth.having(*re.findall(r"[\w\-/._·~]+", unicodedata.normalize("NFKC", name))), truth.named(name))
    persons = [item for item in named if item[0].startswith("experts/")]
    for address, name in choose.sample(persons, min(each, len(persons))):
        yield Query("person", name, truth.having(name), truth.named(name))
    numbers = [(urls.record(key)[1:], site.records[key].values["number"]) for key in site.members["standards"]]
    for place, (address, number) in enumerate(choose.sample(numbers, 6 * each // 2)):
        text = SPELLINGS[place % 6](number)
        yield Query("standard number, six spellings", text, truth.having(number), frozenset({address}))
    models = sorted({record.values["model"] for key, record in site.records.items() if key.collection == "equipment" and record.values["model"]})
    for model in choose.sample(models, each):
        text = model.lower() if choose.random() < 0.5 else model.replace("-", "")
        yield Query("model", text, truth.having(model))
    certificates = [(urls.record(key)[1:], site.records[key].values["number"]) for key in site.members["certificates"]]
    for address, number in choose.sample(certificates, min(each, len(certificates))):
        digits = max(re.findall(r"\d+", number), key=len)
        text = digits[choose.randrange(3) :]
        yield Query("digits of a certificate", text, truth.having(text))
    for address in choose.sample(sorted(truth.lines), each):
        mixed = [found for line in truth.lines[address] for found in re.findall(rf"{HAN}{{2}}[a-z0-9]{{2,}}|[a-z0-9]{{2,}}{HAN}{{2}}", line)]
        if mixed:
            text = choose.choice(mixed)
            yield Query("Han and code together", text, truth.having(text))
    for address in choose.sample(sorted(truth.lines), each):
        words = sorted({run[:3] for line in truth.lines[address] for run in re.findall(f"{HAN}{{3,}}", line)})
        if len(words) > 2:
            two = choose.sample(words, 2)
            yield Query("two words", " ".join(two), truth.having(*two))
    labels = [term.label for id in ("fields", "synonyms", "equipment-categories") for term in site.vocabularies[id].terms.values() if re.fullmatch(f"{HAN}{{2,6}}", term.label)]
    for word in choose.sample(sorted(set(labels)), min(each, len(set(labels)))):
        yield Query("pinyin", full(word), truth.read_as(full(word), len(word), full))
    for word in choose.sample([label for label in sorted(set(labels)) if len(label) >= 3], each // 2):
        yield Query("initials", initials(word), truth.read_as(initials(word), len(word), initials))
    for group in groups[:each]:
        word = choose.choice(group)
        yield Query("synonym", word, truth.having(word))
    for text in ABSENT:
        assert not truth.having(*text.split()), text
        yield Query("absent", text, frozenset())


def full(word: str) -> str:
    return "".join(lazy_pinyin(word))


def initials(word: str) -> str:
    return "".join(syllable[0] for syllable in lazy_pinyin(word))


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    lambda number: number.lower().replace(" ", "").replace("/", "").replace("-", ""),
    lambda number: number.replace("/", "∕").replace("-", "—"),
    lambda number: number.replace("/T", ""),
    lambda number: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in number),
    lambda number: number.replace(" ", ""),
)
ABSENT = ["量子纠缠仪", "火星土壤采样", "GB/T 99999-2099", "zzqqxx", "qwx9931", "潜水艇 声呐", "不锈钢 潜水艇", "天文望远镜校准", "JJG 98765", "恐龙化石鉴定"]


class Compressed(SimpleHTTPRequestHandler):
    """Serves a folder as a good host does: what can be compressed is, and may be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".js", ".css", ".json"):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments) -> None:
        pass


def serve(folder: Path) -> str:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def measure(folder: Path, asked: list[Query]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received = [0, 0]
        names: dict[str, str] = {}
        sizes: dict[str, float] = defaultdict(float)

        def name(event) -> None:
            names[event["requestId"]] = re.sub(r"pagefind/(\d+/)?|[0-9a-f_]{7,}|\d+", "", event["request"]["url"].split("/", 3)[3])

        def count(event) -> None:
            received[0] += event["encodedDataLength"]
            received[1] += 1
            sizes[names.get(event["requestId"], "")] += event["encodedDataLength"]

        session.on("Network.requestWillBeSent", name)
        session.on("Network.loadingFinished", count)
        page.goto(serve(folder) + "search/", wait_until="networkidle")
        print(f"page before a search: {received[0] / 1000:.0f} kB in {received[1]} requests")
        received[:] = [0, 0]
        sizes.clear()
        results: dict[str, list] = defaultdict(list)
        bytes_later, cold, warm = [], [], []
        page.focus("input[name=q]")
        page.wait_for_timeout(1000)  # the module comes when the field is entered
        for number, query in enumerate(asked):
            found, milliseconds = ask(page, query.text)
            if number == 0:
                print("    " + ", ".join(f"{name} {size / 1000:.0f}" for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:9]) + " kB")
                print(f"first search: {received[0] / 1000:.0f} kB in {received[1]} requests, {milliseconds:.0f} ms")
            else:
                bytes_later.append(received[0])
                cold.append(milliseconds)
            warm.append(ask(page, query.text)[1])
            answer = page.evaluate(EVERYTHING, query.text)
            everything = {address for address, is_read in answer if not (query.right and is_read)}
            results[query.kind].append((query, found, everything, len(answer) - len(everything)))
            received[:] = [0, 0]
        browser.close()
    tell(results)
    ordered = sorted(bytes_later)
    print(f"later searches: median {median(ordered) / 1000:.0f} kB, 95 % within {ordered[int(len(ordered) * 0.95)] / 1000:.0f} kB")
    print(f"answer with hits shown: cold {median(cold):.0f} ms, warm {median(warm):.1f} ms (medians), warm 95 % within {sorted(warm)[int(len(warm) * 0.95)]:.0f} ms")


ASK = """async (text) => {
    const field = document.querySelector('input[name="q"]');
    const list = document.querySelector("#search-results");
    field.value = text;
    const start = performance.now();
    field.form.requestSubmit();
    while (list.getAttribute("aria-busy") !== "false" || !document.title.startsWith(text)) await new Promise((done) => requestAnimationFrame(done));
    const time = performance.now() - start;
    const first = [...list.querySelectorAll("a.hit-title")].map((link) => link.href);
    return [first, time];
}"""
EVERYTHING = """async (text) => {
    const script = document.querySelector('script[src$="site.js"]').src;
    const { ask, named, open, together } = await import(script.replace("site.js", "components/search/index.js"));
    window.opened ??= together([await open(new URL("../pagefind/", location.href).href)]);
    const { hits } = await ask(window.opened, text);
    await named(hits.map(({ record }) => record));
    return hits.map(({ record, read }) => [`${record.library.id}/${record.id}/`, Boolean(read)]);
}"""


def ask(page, text: str) -> tuple[list[str], float]:
    """The addresses of the hits shown at first, in their order, and the milliseconds until they were."""
    first, milliseconds = page.evaluate(ASK, text)
    return [address.split("/", 3)[3] for address in first], milliseconds


def tell(results: dict[str, list]) -> None:
    print(f"{'kind':34}{'n':>4}{'recall':>9}{'precision':>11}{'first 3':>9}{'read apart':>12}")
    sums = [0, 0, 0, 0, 0, 0]
    for kind, answers in results.items():
        right = sum(len(query.right) for query, _, _, _ in answers)
        both = sum(len(query.right & everything) for query, _, everything, _ in answers)
        hits = sum(len(everything) for _, _, everything, _ in answers)
        known = [(query, found) for query, found, _, _ in answers if query.known]
        read = [more for _, _, _, more in answers if more]
        first = sum(bool(query.known & set(found[:3])) for query, found in known)
        share = f"{first / len(known):.3f}" if known else "–"
        print(f"{kind:34}{len(answers):4}{both / right if right else 1:9.4f}{both / hits if hits else 1:11.4f}{share:>9}{f'{len(read)}: {sum(read)}' if read else '–':>12}")
        for query, found, everything, _ in answers:
            if query.right != everything or (query.known and not query.known & set(found[:3])):
                missed, wrong = query.right - everything, everything - query.right
                print(f"    {query.text!r}: {len(missed)} missed {sorted(missed)[:2]}, {len(wrong)} wrong {sorted(wrong)[:2]}")
        sums = [total + more for total, more in zip(sums, (right, both, hits, len(known), first, sum(read)))]
    right, both, hits, known, first, read = sums
    print(f"{'all':34}{sum(map(len, results.values())):4}{both / right:9.4f}{both / hits:11.4f}{first / known:9.3f}{read:12}")


def made(order: pipeline.Order, site: Site) -> float:
    """The search page and what it needs, and nothing else; the seconds that the index took."""
    order.output.mkdir()
    looks = assets(order.templates)
    pipeline.write(order, workshop(site, order.templates, looks), [page for page in plan(site) if page.kind == "search"], looks, Tree(order.output), Known(), Known())
    start = perf_counter()
    pipeline.write_index(site, Tree(order.output), order.jobs)
    return perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=int, default=0, help="0: the content of this project; N: a corpus of N times its size")
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the content folder of scale 0")
    parser.add_argument("--queries", type=int, default=30, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content = options.content
        if options.scale:
            content = Path(folder) / "content"
            subprocess.run([sys.executable, "-m", "tests.corpus", str(content), "--scale", str(options.scale)], cwd=ROOT, check=True)
        order = pipeline.Order(content, ROOT / "templates", Path(folder) / "site", TODAY, 2)
        site, problems = pipeline.read(order)
        assert not pipeline.has_errors(problems), problems[:5]
        seconds = made(order, site)
        truth = Truth(site)
        print(f"{len(truth.lines)} records; index made in {seconds:.1f} s by {order.jobs} processes")
        measure(order.output, list(queries(site, truth, options.queries)))


if __name__ == "__main__":
    main()
