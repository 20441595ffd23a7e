"""The example workflow of a site for each province: its steps, run as they stand, make two sites under one host that are searched together."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from tests import sites
from tests.browsing import follow, served, until
from tests.conftest import ROOT

WORKFLOW = ROOT / ".github" / "examples" / "provinces.yml"
LABELS = {"jia": "甲省", "yi": "乙省"}
PROGRAM = ("build.py", "engine", "templates", ".ci")
pytestmark = pytest.mark.browser


def content(province: str, beside: str) -> dict:
    """A small site, one expert of which no other has."""
    label = LABELS[province]
    settings = sites.SMALL["_site.yaml"].replace("小城质量服务", f"{label}质量服务")
    settings += f"url: https://example.gov.cn/{province}/\nneighbours:\n  - {{label: {LABELS[beside]}, to: ../{beside}/}}\n"
    expert = f"name: {label}独有人\nfields: [食品]\nconsents: [姓名]\n"
    return sites.changed(sites.SMALL, {"_site.yaml": settings, "experts/only.yaml": expert})


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """The programs of an environment of its own, so that what a step installs goes there: with what this one has, and without a registry."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder / "bin"


class Runner:
    """What GitHub does with a job: a fresh checkout, `run` steps by bash, artifacts kept between jobs. Other actions are left out."""

    def __init__(self, folder: Path, python: Path):
        self.folder, self.python, self.artifacts = folder, python, folder / "artifacts"
        self.ran: list[str] = []

    def run(self, workflow: dict, job: str, matrix: dict[str, str]) -> Path:
        """The folder in which the job has run."""
        place = self.folder / "-".join([job, *matrix.values()])
        said = yaml.safe_load(re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda match: matrix[match[1]], yaml.safe_dump(workflow["jobs"][job], allow_unicode=True)))
        environment = {**os.environ, **workflow["env"], **said.get("env", {}), "PATH": f"{self.python}:{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
        for step in said["steps"]:
            action = step.get("uses", "").partition("@")[0]
            if "run" in step:
                self.ran.append(step["run"])
                done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=place, env=environment, capture_output=True, text=True)
                assert done.returncode == 0, f"{step['run']}\n{done.stdout}\n{done.stderr}"
            elif action == "actions/checkout":
                checkout(place)
            elif action == "actions/upload-artifact":
                self.artifacts.mkdir(exist_ok=True)
                shutil.copy(place / step["with"]["path"], self.artifacts)
            elif action == "actions/download-artifact":
                shutil.copytree(self.artifacts, place / step["with"]["path"])
        return place


def checkout(place: Path) -> None:
    """A repository with the program, two provinces and the home page above them."""
    for name in PROGRAM:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            place.mkdir(exist_ok=True)
            shutil.copy(path, place / name)
    for province, beside in (("jia", "yi"), ("yi", "jia")):
        sites.write(place / "provinces" / province, content(province, beside))
    (place / "provinces" / "index.html").write_text('<!doctype html><title>各省</title><a href="jia/">甲省</a> <a href="yi/">乙省</a>', "utf-8")


@pytest.fixture(scope="module")
def host(tmp_path_factory, python) -> Path:
    """What the workflow puts together."""
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    runner = Runner(tmp_path_factory.mktemp("runner"), python)
    for province in workflow["jobs"]["build"]["strategy"]["matrix"]["province"]:
        runner.run(workflow, "build", {"province": province})
    made = runner.run(workflow, "publish", {})
    steps = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(runner.ran) == 2 * (len(steps) - 1) + 1 and set(runner.ran) == set(steps)
    return made / "host"


def test_every_province_has_its_site_and_the_host_a_home_page(host):
    assert sorted(path.name for path in host.iterdir()) == ["index.html", "jia", "yi"]
    assert all((host / province / "pagefind" / "names.json").is_file() for province in LABELS)


@pytest.mark.parametrize("here, there", [("jia", "yi"), ("yi", "jia")])
def test_a_record_of_the_other_province_is_found_from_the_search_page_of_each(host, browser, here, there):
    server = served(host)
    page = browser.new_page()
    try:
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        follow(page, f"a[href='{here}/']")
        page.fill("input[name=q]", f"{LABELS[there]}独有")
        with page.expect_navigation():
            page.press("input[name=q]", "Enter")
        until(page, "document.querySelector('#search-count').dataset.count === '0'")
        page.click(f"#search-beside label >> text={LABELS[there]}")
        until(page, "document.querySelector('#search-count').dataset.count === '1'")
        follow(page, "a.hit-title")
        assert urlsplit(page.url).path == f"/{there}/experts/only/" and page.inner_text("h1").startswith(f"{LABELS[there]}独有人")
    finally:
        page.close()
        server.shutdown()


def test_github_does_not_run_it_by_itself():
    assert WORKFLOW.parent != ROOT / ".github" / "workflows" and not (ROOT / ".github" / "workflows" / WORKFLOW.name).exists()
