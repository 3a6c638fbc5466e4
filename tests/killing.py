"""Kills an ingesting and publishing process again and again, and looks each time whether everything is whole.

Run by tests/test_reliability.py: ``python tests/killing.py DATABASE FOLDER KILLS``; prints one JSON object.
Everything is imported first and each victim is a fork, so that the time goes into what is killed.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geo.backup import check_editions
from geo.database import open_engine, reading
from geo.documents import load_document
from geo.gazetteer import load_gazetteer
from geo.ingesting import ingest
from geo.reading import read_document
from geo.store import Store
from webapp import publishing

FILES = {"atlas.json", "regions-500.topojson", "regions-200.topojson", "regions.geojson", "shell.js"}
STAGES = {"ingest": 1, "publish": 2, "files": 3}
WAITS = {"ingest": 0.03, "publish": 0.012, "files": 1.2}  # seconds after the stage began, at most
WISHES = ["ingest"] * 9 + ["publish"] * 10 + ["files"]


def main(database: str, folder: Path, kills: int) -> dict:
    """Kill ``kills`` victims; counts by the stage they were in, and what the store held at the end."""
    gazetteer, dice, data = load_gazetteer(), random.Random(7), folder / "data"
    sources = [str(path) for path in sorted((folder / "texts").iterdir())]
    read_document(load_document(sources[0]), gazetteer)  # what the reader keeps is made before the first fork
    Store.open(database).close()
    stage = mmap.mmap(-1, 1)
    hit: dict[str, int] = {}
    seen: dict[str, bytes] = {}
    for number in range(kills):
        wish = WISHES[number % len(WISHES)]
        stage[0] = 0
        victim = os.fork()
        if victim == 0:
            work(database, data, sources, gazetteer, stage, files=wish == "files")
            os._exit(0)
        until = time.monotonic() + 30
        while stage[0] != STAGES[wish] and time.monotonic() < until and os.waitpid(victim, os.WNOHANG) == (0, 0):
            time.sleep(0.0002)
        time.sleep(dice.uniform(0, WAITS[wish]))
        at = next((name for name, code in STAGES.items() if code == stage[0]), "start")
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        assert os.WIFSIGNALED(status), "the victim had ended by itself"
        hit[at] = hit.get(at, 0) + 1
        look(database, data, seen, newest=2)
    work(database, data, sources, gazetteer, stage, files=True, rounds=0)  # what was broken off goes on where it was
    look(database, data, seen)
    with Store.open(database) as store:
        documents = store.documents(with_text=False)
        held = {"documents": len(documents), "editions": len(store.editions()), "figures": len(store.accepted())}
    return {"killed": hit, "texts": len(sources), "files": len(list((data / "editions").glob("[0-9]*"))), **held}


def work(
    database: str,
    data: Path,
    sources: list[str],
    gazetteer: object,
    stage: mmap.mmap,
    *,
    files: bool,
    rounds: int = 10**6,
) -> None:
    """Ingest and publish document after document, then decide and publish on and on; ``files``: and make the files."""
    with Store.open(database) as store:
        stage[0] = STAGES["ingest"]
        for outcome in ingest(sources, store, gazetteer):
            if outcome.state != "known":
                publish(store, data, stage, files=files and rounds > 0)
        for number in range(rounds):
            store.decide_document(outcome.document, ("reject", "accept")[number % 2], who="killing")
            publish(store, data, stage, files=files)
        store.decide_document(outcome.document, "accept", who="killing")
        publish(store, data, stage, files=files)


def publish(store: Store, data: Path, stage: mmap.mmap, *, files: bool) -> None:
    stage[0] = STAGES["publish"]
    edition = store.publish("killing")
    if files:
        stage[0] = STAGES["files"]
        publishing.publish_artefacts(store, edition, data)
    stage[0] = STAGES["ingest"]


def look(database: str, data: Path, seen: dict[str, bytes], newest: int | None = None) -> None:
    """Every edition (or the ``newest``) is what its hash says; documents have all their figures; files never change."""
    engine = open_engine(database)
    try:
        with reading(engine) as connection:
            check_editions(connection, Path(database), newest)
    finally:
        engine.dispose()
    with Store.open(database) as store:
        numbers = [edition.number for edition in store.editions()]
        assert numbers == list(range(len(numbers), 0, -1))
        for overview in store.overview():
            assert overview.figures == 1, overview
    for folder in (data / "editions").glob("[0-9]*"):
        assert {path.name for path in folder.iterdir()} >= FILES, folder
        content = (folder / "atlas.json").read_bytes()
        assert json.loads(content)["edition"] == int(folder.name)
        assert seen.setdefault(folder.name, content) == content, folder


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
