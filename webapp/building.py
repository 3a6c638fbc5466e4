"""Bringing the data folder up to date: the seeds read into the store, an edition published, its files made.

Run as ``python -m webapp.building`` in a process of its own: it imports geopandas and folium, which serving processes
must not carry. A stamp in the data folder tells whether anything that decides the result has changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import QamtuError
from geo.gazetteer import load_gazetteer
from geo.terminal import progress, warn
from webapp.settings import PROJECT, Settings, load_settings

if TYPE_CHECKING:
    from geo.store import Store

BUILD_COMMAND = ("-m", "webapp.building")
STAMP = "built.json"
STEPS = {"load": "bulletins loaded", "read": "bulletins read", "join": "layers joined with the regions"}


def main() -> int:
    """Build, stamp, and say what went wrong where it did; the exit code is 0 when the folder is up to date."""
    try:
        build(load_settings())
    except QamtuError as error:
        warn(error.message)
        return 1
    return 0


def build(settings: Settings) -> None:
    """Bring the seeds into the store, publish what is new, and make the files of every edition that lacks them.

    The newest edition's files are made anew: the code that makes them may have changed since.
    """
    from geo.pipeline import WHO, bring_bulletins, load_bulletins
    from geo.store import Store

    started = time.monotonic()
    state = fingerprint(settings.seeds)
    warn(f"Building the atlas in {settings.data} …")
    settings.data.mkdir(parents=True, exist_ok=True)
    documents = load_bulletins(settings.seeds / "documents", show)
    with Store.open(settings.database_url) as store:
        bring_bulletins(documents, store, load_gazetteer(settings.seeds / "places"), show)
        edition = store.publish("seeds", of=WHO)
        make_artefacts(store, settings, anew=edition.number)
    stamp = settings.data / STAMP
    half = stamp.with_suffix(".half")
    half.write_text(json.dumps({"fingerprint": state, "edition": edition.number}), "utf-8")
    half.replace(stamp)
    warn(f"Edition {edition.number}: {edition.observations} figures, in {time.monotonic() - started:.1f} seconds.")


def make_artefacts(store: Store, settings: Settings, *, anew: int | None = None) -> None:
    """Make the files of the editions that lack them, and those of edition ``anew`` in any case."""
    from webapp.assets import Assets
    from webapp.publishing import publish_artefacts

    Assets(settings.static, settings.data / "cache" / "packed").pack_heavy()
    for edition in store.editions():
        folder = settings.data / "editions" / str(edition.number)
        if edition.number == anew and folder.is_dir():
            with tempfile.TemporaryDirectory(prefix=".anew-", dir=settings.data) as fresh:
                made = publish_artefacts(store, edition, Path(fresh), settings.seeds)
                folder.rename(Path(fresh) / "former")
                made.rename(folder)
        else:
            publish_artefacts(store, edition, settings.data, settings.seeds)


def publish_files() -> None:
    """Make the files of a newly published edition, after `ingest --publish`."""
    from geo.store import Store

    settings = load_settings()
    with Store.open(settings.database_url) as store:
        make_artefacts(store, settings)


def is_built(settings: Settings) -> bool:
    """Whether the files of the stamped edition are there and were made from the seeds and the code as they are now."""
    try:
        stamp = json.loads((settings.data / STAMP).read_text("utf-8"))
        there = (settings.data / "editions" / str(stamp["edition"]) / "atlas.json").is_file()
        return there and stamp["fingerprint"] == fingerprint(settings.seeds) and not lacks_files(settings)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def lacks_files(settings: Settings) -> bool:
    """Whether the newest edition was published but the making of its files was broken off."""
    from geo.store import Store

    with Store.open(settings.database_url) as store:
        newest = store.edition().number
    return not (settings.data / "editions" / str(newest) / "atlas.json").is_file()


def fingerprint(seeds: Path) -> str:
    """A hash of every file that decides what is built, and of where the database is."""
    digest = hashlib.sha256(os.environ.get("QAMTU_DATABASE_URL", "").encode())
    files = [path for folder in (seeds, PROJECT / "geo") for path in sorted(folder.rglob("*"))]
    for path in [*files, *sorted((PROJECT / "webapp").glob("*"))]:
        if path.is_file() and path.suffix not in (".pyc", ".md"):
            digest.update(f"{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def show(step: str, done: int, total: int) -> None:
    """Progress of the flow in the terminal."""
    progress(done, total, STEPS.get(step, step))


if __name__ == "__main__":
    sys.exit(main())
