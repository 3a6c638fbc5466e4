"""What may go wrong goes wrong here: kills at any moment, a full disk, a job that dies, two at once."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import make_document, make_observation, with_sentences

from geo.errors import StoreError, TooMany
from geo.store import Store
from webapp import jobs
from webapp.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "Түркістан облысында 2025 жылы {} ауыл табиғи газбен қамтылды. Нөмірі {}.\n"


@pytest.fixture
def texts(tmp_path):
    """Forty small texts of one figure each."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(40):
        name = f"text-{number:02}-2025.txt"
        (folder / name).write_text(SENTENCE.format(100 + number, "х" * (number + 1)), "utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="there is neither fork nor kill -9 there")
@pytest.mark.parametrize(("store_url", "kills"), [("sqlite", 200), ("postgresql", 60)], indirect=["store_url"])
def test_kill_9_at_any_moment_leaves_the_last_edition_whole(store_url, kills, texts, tmp_path):
    script = [sys.executable, str(ROOT / "tests" / "killing.py"), store_url, str(tmp_path), str(kills)]
    done = subprocess.run(script, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert sum(found["killed"].values()) == kills
    assert {"ingest", "publish", "files"} <= set(found["killed"])
    assert found["documents"] == found["figures"] == found["texts"] == 40
    assert found["editions"] >= 2
    assert found["files"] >= 1


def test_a_job_whose_process_is_killed_is_told_as_broken_off(tmp_path):
    settings = load_settings({}, data=tmp_path)
    job = jobs.start_job(settings, "read", {"who": "x"}, ("a.txt", "Мәтін".encode()))
    folder = tmp_path / "jobs" / job
    (folder / "state.json").write_text('{"state": "working"}')
    with (folder / "alive.lock").open("a+"):
        pass
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not jobs.load_job(settings, job).is_over:
        time.sleep(0.1)
    assert jobs.load_job(settings, job).is_over
    dead = "0123456789abcdef"
    (tmp_path / "jobs" / dead).mkdir()
    (tmp_path / "jobs" / dead / "request.json").write_text('{"kind": "publish"}')
    (tmp_path / "jobs" / dead / "state.json").write_text('{"state": "working"}')
    (tmp_path / "jobs" / dead / "alive.lock").write_text("")
    found = jobs.load_job(settings, dead)
    assert (found.state, "broken off" in found.message) == ("failed", True)


def test_jobs_do_not_pile_up(tmp_path):
    settings = load_settings({}, data=tmp_path)
    for number in range(jobs.MOST_WAITING):
        folder = tmp_path / "jobs" / f"{number:016x}"
        folder.mkdir(parents=True)
        (folder / "request.json").write_text('{"kind": "read"}')
    with pytest.raises(TooMany, match="wait already"):
        jobs.start_job(settings, "read", {"who": "x"}, ("a.txt", b"x"))
    past = time.time() - jobs.KEPT_SECONDS - 1
    for folder in (tmp_path / "jobs").iterdir():
        os.utime(folder, (past, past))
    jobs.forget_old(tmp_path / "jobs")
    assert not list((tmp_path / "jobs").iterdir())


def test_writers_at_once_wait_for_each_other(store_url):
    errors = []

    def write(name):
        try:
            with Store.open(store_url) as store:
                for number in range(5):
                    figure = make_observation("gas.settlements", number, "KZ-61", 2025, key=f"{name}-{number}")
                    document, placed = with_sentences(make_document(f"{name}-{number}"), [figure])
                    store.add_document(document, placed)
                    store.publish(f"{name} {number}")
        except Exception as error:
            errors.append(error)

    Store.open(store_url).close()
    writers = [threading.Thread(target=write, args=(f"writer{number}",)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert errors == []
    with Store.open(store_url) as store:
        assert len(store.accepted()) >= 5
        numbers = [edition.number for edition in store.editions()]
        assert numbers == list(range(len(numbers), 0, -1))


def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    """A database that may not grow any more stands for a disk without room."""
    import sqlite3

    where = tmp_path / "q.sqlite3"
    figure = make_observation("gas.settlements", 5, "KZ-61", 2025)
    with Store.open(where) as store:
        store.add_document(*with_sentences(make_document("small"), [figure]))
        before = store.publish("one")
        limit = sqlite3.connect(where).execute("PRAGMA page_count").fetchone()[0]

        from sqlalchemy import event

        @event.listens_for(store._engine, "checkout")
        def no_room(connection, *_):
            connection.execute(f"PRAGMA max_page_count = {limit}")

        document, placed = with_sentences(make_document("large", date="2025-12-01"), [figure])
        from dataclasses import replace

        with pytest.raises(StoreError, match="Nothing was changed"):
            store.add_document(replace(document, text=document.text + "х" * 5_000_000), placed)
    with Store.open(where) as store:
        assert [d.id for d in store.documents()] == ["small"]
        assert store.edition() == before
        assert len(store.observations()) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals are sent here")
def test_an_edition_without_files_is_not_shown_and_gets_them_at_the_next_start(tmp_path):
    from webapp.building import lacks_files, make_artefacts
    from webapp.reading_store import Reader

    settings = load_settings({}, data=tmp_path, edition_poll_seconds=0.0)
    figure = make_observation("gas.population_share", 50, "KZ-61", 2025)
    with Store.open(settings.database_url) as store:
        store.add_document(*with_sentences(make_document("one"), [figure]))
        store.publish("one")
        make_artefacts(store, settings)
        reader = Reader(settings)
        assert reader.current().number == 1
        other = make_observation("gas.population_share", 60, "KZ-33", 2025, document="two")
        store.add_document(*with_sentences(make_document("two"), [other]))
        script = (
            f"from geo.store import Store; s = Store.open({settings.database_url!r}); s.publish('two'); "
            "import os; os.kill(os.getpid(), 9)"
        )
        killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
        assert store.edition().number == 2
        assert reader.current().number == 1
        assert lacks_files(settings)
        make_artefacts(store, settings)
        assert not lacks_files(settings)
        assert reader.current().number == 2


def test_the_log_is_lines_of_json_that_name_nobody(capsys):
    import logging

    from webapp.logs import JsonLines

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log = logging.Logger("qamtu.test")
    log.addHandler(handler)
    log.info("publishing", extra={"job": "0123", "who": "Айгүл"})
    try:
        raise ValueError("Айгүл, 192.0.2.1")
    except ValueError as error:
        log.exception("unexpected error at %s", "/editor", exc_info=error)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["job"], first["level"]) == ("publishing", "0123", "info")
    assert (second["exception"], second["event"]) == ("ValueError", "unexpected error at /editor")
    assert any("test_the_log" in place for place in second["at"])
    assert "Айгүл" not in json.dumps([first, second], ensure_ascii=False)
    assert "192.0.2.1" not in json.dumps(second)


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_database_that_goes_away_is_told_and_comes_back(store_url, atlas_folder, tmp_path):
    import psycopg

    from geo.backup import restore_backup, write_backup
    from webapp import create_app

    write_backup(atlas_folder / "qamtu.sqlite3", atlas_folder, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", store_url, tmp_path / "data")
    client = create_app(load_settings({}, data=tmp_path / "data", database_url=store_url)).test_client()
    server, name = store_url.rsplit("/", 1)
    assert client.get("/readyz").status_code == 200
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            assert client.get("/healthz").status_code == 200
            for path in ("/readyz", "/api/v1/documents/hostile", "/documents/hostile"):
                answer = client.get(path)
                assert answer.status_code == 503, path
                assert answer.headers["Retry-After"]
                assert name not in answer.get_data(as_text=True)
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    for path in ("/readyz", "/api/v1/documents/hostile", "/documents/hostile"):
        assert client.get(path).status_code == 200
