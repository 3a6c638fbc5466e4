"""The commands `read`, `ingest` and `export`, run as a person runs them."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GAS = "Түркістан облысында тұрғындардың 85,5 пайызы табиғи газ тұтынады.\n"
WATER = "Жамбыл облысында ауыл халқының 97 пайызы ауызсумен қамтылды.\n"
NOTHING = "Кеше қалада күн ашық болды, кешке қарай жел көтерілді.\n"
HOSTILE = "Түркістан облысында <img src=x onerror=alert(1)> {{7*7}} 85,5 пайызы газбен қамтылды. \x1b[2J\u202e\n"


def door(*words: str, data: Path | None = None, given: bytes | None = None) -> subprocess.CompletedProcess:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QAMTU_")}
    command = [sys.executable, str(ROOT / "run.py"), *words, *(["--data", str(data)] if data else [])]
    answer = subprocess.run(command, capture_output=True, input=given, check=False, timeout=300, env=environment)
    answer.stdout, answer.stderr = answer.stdout.decode(), answer.stderr.decode()
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gas.txt").write_text(GAS, "utf-8")
    (tmp_path / "water.txt").write_bytes(WATER.encode("utf-16"))
    (tmp_path / "nothing.txt").write_text(NOTHING, "utf-8")
    return tmp_path


# read


def test_read_prints_one_object_a_line_with_its_evidence(folder):
    answer = door("read", str(folder / "gas.txt"))
    assert answer.returncode == 0, answer.stderr
    (record,) = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (record["document"], record["indicator"], record["value"]) == ("gas.txt", "gas.population_share", 85.5)
    assert record["regions"] == ["KZ-61"]
    start, end = record["span"]
    assert GAS[start:end] == record["quote"]
    first, last = record["value_span"]
    assert "85,5" in GAS[first:last]
    assert start <= first < last <= end


def test_a_folder_standard_input_and_a_document_without_figures(folder):
    answer = door("read", str(folder), "-", given=GAS.encode())
    assert answer.returncode == 0, answer.stderr
    documents = [json.loads(line)["document"] for line in answer.stdout.splitlines()]
    assert documents == ["gas.txt", "water.txt", "stdin"]
    assert "nothing.txt: no figures" in answer.stderr


def test_what_cannot_be_read_is_told_and_the_others_are_read(folder):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    answer = door("read", str(folder / "missing.txt"), str(folder / "empty.txt"), str(folder / "binary.txt"),
                  str(folder / "gas.txt"))  # fmt: skip
    assert answer.returncode == 2
    assert len(answer.stdout.splitlines()) == 1
    for name, words in (("missing.txt", "no such file"), ("empty.txt", "empty"), ("binary.txt", "Allowed")):
        assert re.search(rf"{name}.*{words}", answer.stderr), answer.stderr


def test_an_empty_folder_is_told(tmp_path):
    answer = door("read", str(tmp_path))
    assert answer.returncode == 2
    assert "holds no documents" in answer.stderr


def test_the_date_given_beats_the_date_stated(folder):
    text = "# date: 2020-05-05\n\n" + GAS.replace("тұтынады", "биыл тұтынады")
    (folder / "dated.txt").write_text(text, "utf-8")
    years = []
    for words in ([], ["--date", "2024-03-01"]):
        (line,) = door("read", str(folder / "dated.txt"), *words).stdout.splitlines()
        years.append(json.loads(line)["period"]["start"][:4])
    assert years == ["2020", "2024"]


def test_csv_runs_no_formula(folder):
    (folder / "=1+1.txt").write_text(GAS, "utf-8")
    answer = door("read", str(folder / "=1+1.txt"), "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(answer.stdout))
    assert row["document"] == "'=1+1.txt"
    assert row["value"] == "85.5"
    assert row["quote"] == GAS.strip()


def test_table_and_explanation_send_no_control_characters(folder):
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    for words in (["--format", "table"], ["--explain"]):
        answer = door("read", str(folder / "hostile.txt"), *words)
        assert answer.returncode == 0, answer.stderr
        assert "85" in answer.stdout
        assert not set(answer.stdout) & set("\x1b\u202e\x07")


def test_the_explanation_shows_the_figure_its_rule_and_what_was_left_out(folder):
    (folder / "phone.txt").write_text(GAS + "Анықтама телефоны: 8 (7172) 74-12-34.\n", "utf-8")
    answer = door("read", "--explain", str(folder / "phone.txt"))
    assert "[85,5 пайыз" in answer.stdout or "[85,5]" in answer.stdout
    assert "gas.population_share = 85.5 percent · actual · KZ-61" in answer.stdout
    assert "rule: " in answer.stdout
    assert "left out: " in answer.stdout


def test_the_page_of_an_explanation_is_whole_and_harmless(folder):
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    out = folder / "out.html"
    answer = door("read", "--html", str(out), str(folder / "hostile.txt"), str(folder / "water.txt"))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == ""
    page = out.read_text("utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}}" in page
    assert "<img" not in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count('<mark class="gas">85') == 1
    assert page.count('<mark class="water">97') == 1


def test_a_page_that_cannot_be_written_is_told(folder):
    answer = door("read", "--html", str(folder / "no" / "out.html"), str(folder / "gas.txt"))
    assert answer.returncode == 2
    assert "cannot be written" in answer.stderr


@pytest.mark.parametrize("engine", ["process", "dask"])
def test_a_corpus_is_read_into_a_folder(folder, engine):
    rows = [{"id": f"d{number}", "text": GAS.replace("85,5", f"{number}")} for number in range(10, 30)]
    corpus = folder / "news.jsonl"
    corpus.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    out = folder / "out"
    answer = door("read", str(corpus), "--out", str(out), "--engine", engine, "--workers", "1")
    assert answer.returncode == 0, answer.stderr
    assert "20 documents" in answer.stderr
    read = [json.loads(line) for line in (out / "observations.jsonl").read_text("utf-8").splitlines()]
    assert {record["value"] for record in read} <= set(range(10, 30))
    assert read


def test_options_of_a_corpus_want_a_folder(folder):
    answer = door("read", str(folder), "--engine", "dask")
    assert answer.returncode == 2
    assert "--out DIR" in answer.stderr


# ingest and export


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    """A data folder with one edition of two documents, brought by the command."""
    folder = tmp_path_factory.mktemp("brought")
    (folder / "gas.txt").write_text("# date: 2025-04-01\n\n" + GAS, "utf-8")
    (folder / "water.txt").write_text("# date: 2025-05-01\n\n" + WATER, "utf-8")
    data = folder / "data"
    answer = door("ingest", str(folder), "--publish", "--note", "first", data=data)
    assert answer.returncode == 0, answer.stderr
    assert "2 added; 2 figures" in answer.stderr
    assert "Edition 1 is published with 2 figures" in answer.stderr
    return folder


def test_publishing_makes_the_files_of_the_edition(atlas):
    made = json.loads((atlas / "data" / "editions" / "1" / "atlas.json").read_text("utf-8"))
    assert {o["v"] for o in made["observations"].values()} == {85.5, 97}


def test_what_is_known_is_not_read_again(atlas):
    answer = door("ingest", str(atlas / "gas.txt"), data=atlas / "data")
    assert answer.returncode == 0
    assert "1 known; 0 figures" in answer.stderr


def test_a_corrected_copy_is_a_revision_and_a_namesake_a_document_of_its_own(atlas, tmp_path):
    long = (
        "# date: 2025-06-01\n\n"
        + "".join(f"Облыстың {word} ауданында жұмыс жүріп жатыр. " for word in "абвгдежз")
        + GAS
    )
    for number, text in enumerate((long, long.replace("85,5", "86,5"), "# date: 2025-06-01\n\n" + WATER)):
        place = tmp_path / str(number)
        place.mkdir()
        (place / "report.txt").write_text(text, "utf-8")
    told = [door("ingest", str(tmp_path / str(n) / "report.txt"), data=tmp_path / "data").stderr for n in range(3)]
    assert ["1 added" in told[0], "1 revised" in told[1], "1 added" in told[2]] == [True] * 3


def test_a_reprint_is_named(tmp_path):
    long = "".join(f"Облыстың {word} ауданында жұмыс жүріп жатыр. " for word in "абвгдежз") + GAS
    (tmp_path / "a.txt").write_text("# date: 2025-06-01\n\n" + long, "utf-8")
    (tmp_path / "b.txt").write_text("# date: 2025-06-02\n\n" + long + " Толығырақ сайтта.", "utf-8")
    answer = door("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), data=tmp_path / "data")
    assert "says nearly the same as a (" in answer.stderr


def test_refused_sources_do_not_stop_the_others(tmp_path):
    (tmp_path / "gas.txt").write_text(GAS, "utf-8")
    answer = door("ingest", str(tmp_path / "missing.txt"), "http://127.0.0.1:9/x", str(tmp_path / "gas.txt"),
                  data=tmp_path / "data")  # fmt: skip
    assert answer.returncode == 2
    assert "1 added, 2 refused" in answer.stderr
    assert "missing.txt: there is no such file" in answer.stderr


def test_ingest_wants_something_to_do(tmp_path):
    answer = door("ingest", data=tmp_path)
    assert answer.returncode == 2
    assert "Nothing was given" in answer.stderr


@pytest.mark.parametrize("suffix", ["csv", "geojson"])
def test_export_writes_every_figure_with_its_sentence(atlas, tmp_path, suffix):
    out = tmp_path / f"figures.{suffix}"
    answer = door("export", str(out), data=atlas / "data")
    assert answer.returncode == 0, answer.stderr
    text = out.read_text("utf-8-sig")
    assert GAS.strip() in text
    assert WATER.strip() in text


def test_export_of_one_layer_or_region(atlas, tmp_path):
    for words in (["--layer", "gas"], ["--region", "KZ-61"]):
        door("export", str(tmp_path / "some.csv"), *words, data=atlas / "data")
        text = (tmp_path / "some.csv").read_text("utf-8-sig")
        assert GAS.strip() in text
        assert WATER.strip() not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x.doc"], "tells no format"),
        (["no/such/x.csv"], "no such folder"),
        (["x.csv", "--edition", "99"], "99"),
        (["x.csv", "--region", "KZ-99"], "No figure fits"),
    ],
)
def test_exports_that_are_not_possible(atlas, words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = door("export", *words, data=atlas / "data")
    assert answer.returncode == 2
    assert told in answer.stderr
    assert not (tmp_path / "x.csv").exists()


def test_export_without_an_atlas(tmp_path):
    answer = door("export", str(tmp_path / "x.csv"), data=tmp_path / "none")
    assert answer.returncode == 2
    assert "no atlas yet" in answer.stderr
    assert not (tmp_path / "none").exists()
