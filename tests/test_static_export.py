"""A view as a folder: opens from disk and from a plain web server, the same view, alive, and asks nobody."""

from __future__ import annotations

import csv
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from published import FIRST, publish
from serving import DESKTOP, serve_files

from geo.errors import BadInput
from webapp.settings import load_settings
from webapp.static_export import export_static

ROOT = Path(__file__).parent.parent
LINK = "https://atlas.example/?layers=gas~industry&place=KZ-61&view=6.0/44.00/68.00&lang=ru&utm_source=chat"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static") / "data"
    publish(folder, FIRST, "doc-a", shell=True)
    return folder


@pytest.fixture(scope="module")
def exported(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "my map"
    export_static(LINK, folder, load_settings({}, data=data))
    return folder


@pytest.fixture(scope="module")
def web_address(exported):
    """The folder behind a plain file server, as any web space would give it."""
    with serve_files(exported) as address:
        yield f"{address}/"


def open_page(browser, address: str):
    """(page, addresses it asked for beside itself, errors)."""
    page = browser.new_page(**DESKTOP)
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]", timeout=20_000)
    return page, asked, errors


def fills(page) -> dict:
    script = "() => Object.fromEntries([...document.querySelectorAll('path[data-region]')].map((path) => "
    return page.evaluate(script + "[path.dataset.region, path.getAttribute('fill')]))")


@pytest.mark.browser
@pytest.mark.parametrize("how", ["disk", "web"])
def test_it_opens_at_the_view_and_asks_for_nothing_else(browser, exported, web_address, how):
    address = (exported / "index.html").as_uri() if how == "disk" else web_address
    page, asked, errors = open_page(browser, address)
    assert errors == []
    assert [url for url in asked if not url.endswith("favicon.ico")] == [address]
    assert "view=6.0/44.00/68.00" in page.url
    assert "Туркестанская область" in page.locator("#panel").inner_text()
    assert page.locator("path[data-region='KZ-61']").get_attribute("aria-label").startswith("Туркестанская область")
    page.close()


@pytest.mark.browser
def test_it_is_as_alive_as_the_page(browser, exported):
    page, asked, errors = open_page(browser, (exported / "index.html").as_uri())
    before = fills(page)
    page.evaluate("location.hash = 'layers=water&lang=ru'")
    page.wait_for_function("() => !location.hash.includes('gas')")
    page.wait_for_timeout(300)
    assert fills(page) != before
    page.evaluate("location.hash = 'layers=gas&place=KZ-61&lang=ru'")
    page.wait_for_timeout(500)
    panel = page.locator("#panel")
    panel.locator("summary, button", has_text="85,5").first.click()
    page.wait_for_timeout(300)
    assert "gas.population_share 85.5" in panel.inner_text(), "the sentence came along"
    assert errors == []
    assert len(asked) == 1
    page.close()


def test_pictures_figures_and_citation_lie_beside_it(exported):
    names = {path.name for path in exported.iterdir()}
    assert names == {"index.html", "map.svg", "preview.png", "figures.csv", "figures.geojson", "README.txt"}
    assert ET.parse(exported / "map.svg").getroot().tag.endswith("svg")
    assert (exported / "preview.png").read_bytes().startswith(b"\x89PNG")
    with (exported / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"85.5", "56.5", "97", "20", "7"} == {row["value"].removesuffix(".0") for row in rows}
    assert all(row["sentence"] for row in rows)
    assert "Выпуск 1" in (exported / "README.txt").read_text("utf-8")


def test_no_document_text_can_end_an_element(exported):
    page = (exported / "index.html").read_text("utf-8")
    assert page.count("</html>") == 1
    assert 'location.replace("#v=1&layers=gas~industry' in page


def test_a_folder_with_something_in_it_is_left_alone(data, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="not empty"):
        export_static(LINK, tmp_path, load_settings({}, data=data))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(BadInput, match="is a file"):
        export_static(LINK, tmp_path / "mine.txt", load_settings({}, data=data))


def test_nothing_half_written_stays_when_it_fails(data, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("webapp.static_export.to_png", fail)
    with pytest.raises(OSError, match="disk full"):
        export_static(LINK, tmp_path / "out", load_settings({}, data=data))
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_folder_and_refuses_clearly(data, tmp_path):
    def run(*words):
        command = [sys.executable, "run.py", "export", "--data", str(data), *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    done = run("--static", str(tmp_path / "out"), "layers=water&lang=en")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "index.html").is_file()
    again = run("--static", str(tmp_path / "out"), "layers=water")
    assert (again.returncode, "not empty" in again.stderr) == (2, True)
    both = run("--static", str(tmp_path / "other"), "--layer", "gas", "layers=water")
    assert (both.returncode, "--layer" in both.stderr) == (2, True)


def test_without_an_atlas_it_says_what_to_do(tmp_path):
    with pytest.raises(BadInput, match=r"run\.py"):
        export_static(LINK, tmp_path / "out", load_settings({}, data=tmp_path / "none"))
    assert list(tmp_path.iterdir()) == []
