"""Bringing files and addresses into the store: once each, goes on after a break, tells what nearly the same is."""

import http.server
import re

import pytest
from serving import in_a_thread
from test_run import door

from geo.errors import BadDocument
from geo.gazetteer import load_gazetteer
from geo.ingesting import ingest, is_address, name_of_address, reader_version, sources_in
from geo.store import Store

GAS = "Түркістан облысында 2025 жылы халықтың 85,5 пайызы табиғи газбен қамтылды.\n"
WATER = "Жамбыл облысында 2025 жылы тұрғындардың 97,5 пайызы ауыз сумен қамтылған.\n"


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "texts"
    made.mkdir()
    (made / "gas-2025.txt").write_text(GAS, "utf-8")
    (made / "water-2025.md").write_bytes(WATER.encode("utf-16"))
    (made / "empty.txt").write_text("  ")
    (made / "README.md").write_text("not a document")
    (made / "picture.png").write_bytes(b"\x89PNG")
    return made


def states(sources, store, gazetteer, **more):
    return {outcome.source.rsplit("/", 1)[-1]: outcome.state for outcome in ingest(sources, store, gazetteer, **more)}


def test_every_source_comes_in_once(store, gazetteer, folder):
    sources = sources_in([str(folder)])
    first = states(sources, store, gazetteer)
    assert first == {"empty.txt": "refused", "gas-2025.txt": "added", "water-2025.md": "added"}
    assert {o.indicator for o in store.accepted()} == {"gas.population_share", "water.population_share"}
    before = store.accepted()
    assert set(states(sources, store, gazetteer).values()) == {"refused", "known"}
    (folder / "again.txt").write_text(GAS, "utf-8")
    outcomes = list(ingest([str(folder / "again.txt")], store, gazetteer))
    assert [(o.state, o.document) for o in outcomes] == [("known", "gas-2025")]  # the same bytes under another name
    assert store.accepted() == before


def test_a_run_that_was_broken_off_goes_on(store, gazetteer, folder):
    sources = sources_in([str(folder)])
    running = ingest(sources, store, gazetteer)
    while next(running).state != "added":
        pass
    running.close()
    assert len(store.documents()) == 1
    assert sorted(states(sources, store, gazetteer).values()) == ["added", "known", "refused"]
    assert len(store.documents()) == 2


def test_a_corrected_copy_is_a_revision_and_a_stranger_of_that_name_is_not(store, gazetteer, folder, tmp_path):
    long = GAS + " ".join(f"сөз{number}" for number in range(300))
    path = folder / "gas-2025.txt"
    path.write_text(long, "utf-8")
    states([str(path)], store, gazetteer)
    path.write_text(long.replace("85,5", "86,5"), "utf-8")
    assert states([str(path)], store, gazetteer) == {"gas-2025.txt": "revised"}
    assert [o.value for o in store.accepted()] == [86.5]
    path.write_text(WATER, "utf-8")
    (outcome,) = ingest([str(path)], store, gazetteer)
    assert outcome.state == "added"
    assert re.fullmatch(r"gas-2025-[0-9a-f]{8}", outcome.document)
    assert len(store.accepted()) == 2


def test_a_text_that_says_nearly_the_same_is_named(store, gazetteer, tmp_path):
    words = " ".join(f"сөз{number}" for number in range(300))
    for name, text in (("first.txt", words), ("second.txt", f"{words} соңы")):
        (tmp_path / name).write_text(text, "utf-8")
    outcomes = list(ingest([str(tmp_path / "first.txt"), str(tmp_path / "second.txt")], store, gazetteer))
    assert outcomes[0].similar is None
    assert outcomes[1].similar.id == "first"
    assert outcomes[1].similar.similarity > 0.9


def test_held_figures_wait(store, gazetteer, folder):
    states([str(folder / "gas-2025.txt")], store, gazetteer, review="hold", who="editor: x")
    assert store.accepted() == []
    assert [overview.review for overview in store.overview()] == ["hold"]


class Pages(http.server.BaseHTTPRequestHandler):
    """Two pages, and one that leads to a private address."""

    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
            self.end_headers()
            return
        body = f"<html><head><title>Газ</title></head><body><article><p>{GAS}</p></article></body></html>".encode()
        self.send_response(200 if self.path == "/news/1" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    with in_a_thread(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)) as address:
        yield address


def test_a_page_of_the_web_is_read_where_it_may_be_fetched(store, gazetteer, site):
    def is_this_site(ip, port):
        return (str(ip), port) == ("127.0.0.1", int(site.rsplit(":", 1)[1]))

    (outcome,) = ingest([f"{site}/news/1"], store, gazetteer, is_allowed=is_this_site)
    assert (outcome.state, outcome.figures) == ("added", 1)
    assert store.document(outcome.document).url == f"{site}/news/1"
    found = list(ingest([f"{site}/away", f"{site}/none"], store, gazetteer, is_allowed=is_this_site))
    assert [outcome.state for outcome in found] == ["refused", "refused"]
    assert "not a public web address" in found[0].reason
    assert "404" in found[1].reason
    (refused,) = ingest([f"{site}/news/1"], store, gazetteer)
    assert "not a public web address" in refused.reason
    assert len(store.documents()) == 1


def test_names_of_pages():
    assert name_of_address("https://example.kz/news/gas", "text/html; charset=utf-8") == "example.kz-news-gas.html"
    assert name_of_address("https://example.kz/a.pdf", "application/pdf") == "example.kz-a.pdf"
    assert name_of_address("https://example.kz/", "") == "example.kz"
    assert "/" not in name_of_address("https://example.kz/../../etc/passwd", "text/plain")
    assert is_address("HTTPS://example.kz")
    assert not is_address("notes/http-basics.txt")


def test_a_folder_without_documents_is_told(tmp_path):
    with pytest.raises(BadDocument, match="holds no documents"):
        sources_in([str(tmp_path)])


def test_the_version_of_the_reader_stays_while_nothing_changes():
    assert reader_version() == reader_version()
    assert re.fullmatch(r"[0-9a-f]{16}", reader_version())


def test_the_command_tells_what_became_of_each_and_publishes(folder, tmp_path):
    data = tmp_path / "data"
    answer = door("--data", str(data), "ingest", str(folder), "--publish", "--note", "алғашқы")
    assert answer.returncode == 2  # one file was empty
    assert "empty.txt" in answer.stderr
    assert "2 added, 1 refused; 2 figures" in answer.stderr
    assert "Edition 1 is published with 2 figures." in answer.stderr
    assert (data / "editions" / "1" / "atlas.json").is_file()
    (folder / "empty.txt").unlink()
    answer = door("--data", str(data), "ingest", str(folder), "--publish")
    assert answer.returncode == 0, answer.stderr
    assert "2 known; 0 figures" in answer.stderr
    with Store.open(data / "qamtu.sqlite3") as store:
        assert [edition.note for edition in store.editions()] == ["алғашқы"]
