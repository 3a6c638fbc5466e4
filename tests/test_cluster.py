"""A corpus read by one process and by a real Dask cluster: the same figures, once each, also after a kill -9."""

from __future__ import annotations

import json
import os
import signal
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cluster import read_corpus, read_part
from geo.corpus import EVENLY, PART_BYTES, SMALLEST_PART, Unread, documents_of, part_size, parts_of
from geo.errors import BadDocument, BadInput

PLACES = ("Түркістан облысында", "Жамбыл облысында", "Ақтөбе облысында", "Қостанай облысында")


def text(number):
    """A document of its own: equal beginnings would make it a reprint of another."""
    place = PLACES[number % len(PLACES)]
    filler = " ".join(
        f"Кездесуде {number * 7 + k}-мәселе қаралып, {k * number}-жауапты орындаушы аталды." for k in range(9)
    )
    return f"{place} биыл {number + 10} ауыл табиғи газға қосылды. {filler}"


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "corpus.jsonl"
    rows = [{"id": f"n{n}", "text": text(n), "date": "2025-11-01", "language": "kk"} for n in range(60)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def small_parts(monkeypatch):
    monkeypatch.setattr("geo.cluster.parts_of", lambda source: parts_of(source, part_bytes=6000))


def figures(out):
    return (out / "observations.jsonl").read_bytes()


def test_lines_folder_and_parquet_give_the_same_figures(lines, tmp_path):
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "corpus.parquet", row_group_size=25)
    folder = tmp_path / "corpus"
    folder.mkdir()
    for row in rows:
        (folder / f"{row['id']}.txt").write_text(f"# date: {row['date']}\n\n{row['text']}", "utf-8")
    found = {}
    for source in (lines, tmp_path / "corpus.parquet", folder):
        out = tmp_path / f"out-{source.name}"
        report = read_corpus(source, out)
        assert (report.documents, report.unread, report.duplicates) == (60, 0, 0)
        records = [json.loads(line) for line in (out / "observations.jsonl").open(encoding="utf-8")]
        found[source.name] = sorted((r["document"], r["indicator"], r["value"], r["regions"]) for r in records)
    assert len(found["corpus.jsonl"]) == 60
    assert found["corpus.jsonl"] == found["corpus.parquet"] == found["corpus"]


def test_dask_reads_what_one_process_reads(lines, tmp_path, monkeypatch):
    small_parts(monkeypatch)
    seen = []
    read_corpus(lines, tmp_path / "one")
    report = read_corpus(lines, tmp_path / "two", engine="dask", workers=2, progress=lambda *done: seen.append(done))
    assert figures(tmp_path / "one") == figures(tmp_path / "two")
    assert report.parts > 5
    assert seen == [(n, report.parts) for n in range(1, report.parts + 1)]


def test_a_killed_worker_loses_nothing_and_nothing_is_read_twice(lines, tmp_path, monkeypatch):
    small_parts(monkeypatch)
    read_corpus(lines, tmp_path / "whole")
    killed = []

    def kill_one(*_):
        if not killed:
            killed.append(_kill_a_worker())

    read_corpus(lines, tmp_path / "hurt", engine="dask", workers=2, progress=kill_one)
    assert killed[0]
    assert figures(tmp_path / "hurt") == figures(tmp_path / "whole")
    names = [json.loads(line)["name"] for line in (tmp_path / "hurt" / "documents.jsonl").open(encoding="utf-8")]
    assert sorted(names) == sorted({f"n{n}" for n in range(60)})


def _kill_a_worker():
    """End one Dask worker of this process's cluster without a word."""
    from dask.distributed import get_client

    def own_number(dask_worker=None):
        return os.getpid()

    numbers = get_client().run(own_number)
    victim = next(iter(numbers.values()))
    os.kill(victim, signal.SIGKILL)
    return victim


def test_a_second_run_reads_only_what_is_missing(lines, tmp_path, monkeypatch):
    small_parts(monkeypatch)
    parts = parts_of(lines, part_bytes=6000)
    for part in parts[:3]:
        read_part(part, tmp_path / "out")
    report = read_corpus(lines, tmp_path / "out")
    assert report.parts_read_now == len(parts) - 3
    assert read_corpus(lines, tmp_path / "out").parts_read_now == 0


def test_a_corpus_is_cut_into_enough_parts_to_be_shared_out_evenly():
    assert part_size(0) == part_size(SMALLEST_PART) == SMALLEST_PART
    assert part_size(10**12) == PART_BYTES
    for total in (3_000_000, 7_400_000, 20_000_000, 33_000_000):
        size = part_size(total)
        assert EVENLY <= total / size < 4 * EVENLY
        assert part_size(total + size) == size, "one document more leaves the parts as they are"


def test_parts_of_lines_cover_the_file_and_end_at_lines(lines):
    raw = lines.read_bytes()
    parts = parts_of(lines, part_bytes=1500)
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == len(raw)
    assert all(raw[part.end - 1 : part.end] == b"\n" for part in parts)


def test_a_run_that_was_broken_off_leaves_no_half_result(lines, tmp_path, monkeypatch):
    small_parts(monkeypatch)
    read_corpus(lines, tmp_path / "whole")

    def stop(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_corpus(lines, tmp_path / "out", progress=stop)
    assert not (tmp_path / "out" / "observations.jsonl").exists()
    assert read_corpus(lines, tmp_path / "out").parts_read_now == len(parts_of(lines, part_bytes=6000)) - 3
    for name in ("observations", "documents", "duplicates", "unread"):
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == (tmp_path / "whole" / f"{name}.jsonl").read_bytes()


def test_two_readers_of_one_part_leave_one_whole_part(lines, tmp_path):
    part = parts_of(lines)[0]
    readers = [threading.Thread(target=read_part, args=(part, tmp_path / "out")) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [p.name for p in (tmp_path / "out" / "parts").iterdir()] == [part.id]


def test_a_reprint_counts_once_and_is_listed(tmp_path):
    release = text(5)
    rows = [{"id": "first", "text": release}, {"id": "reprint", "text": "Газет жазады. " + release + " Оқыңыз."}]
    path = tmp_path / "c.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    report = read_corpus(path, tmp_path / "out")
    assert report.duplicates == 1
    listed = json.loads((tmp_path / "out" / "duplicates.jsonl").read_text("utf-8"))
    assert (listed["name"], listed["of"]) == ("reprint", "first")
    assert {json.loads(line)["document"] for line in figures(tmp_path / "out").splitlines()} == {"first"}


def test_a_broken_row_is_named_and_stops_nothing(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_text('{"text": 5}\nnot json\n{"id": "ok", "text": "Ауылға газ келді."}\n', "utf-8")
    found = list(documents_of(parts_of(path)[0]))
    assert [type(d) is Unread for d in found] == [True, True, False]
    assert "text" in found[0].reason


@pytest.mark.parametrize("name", ["nothing", "empty", "notes.csv"])
def test_what_is_no_corpus_is_named(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.csv").write_text("a,b")
    with pytest.raises(BadDocument, match=name):
        read_corpus(tmp_path / name, tmp_path / "out")


def test_an_unknown_engine_or_scheduler_is_named(lines, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.cluster.CONNECT_SECONDS", 2)
    with pytest.raises(BadInput, match="process, dask"):
        read_corpus(lines, tmp_path / "out", engine="spark")
    with pytest.raises(BadInput, match=r"tcp://127\.0\.0\.1:1"):
        read_corpus(lines, tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:1")
