"""What the pages and interfaces read: the current edition, its artefacts on disk, its figures and documents.

An edition is shown once its artefacts stand in ``<data>/editions/<n>/``: workers ask the store for the newest edition
at most once in ``edition_poll_seconds`` and go on with the former one until the new one is whole.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from geo.catalogue import Catalogue, load_catalogue
from geo.errors import NotFound
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.model import Document, Edition, Observation
from geo.store import EditionDiff, Store
from webapp.responses import AnswerCache, Packed
from webapp.settings import Settings
from webapp.view_figures import KeptAtlas

ATLASES_KEPT = 3
ARTEFACTS = {
    "atlas.json": "application/json",
    "regions-500.topojson": "application/json",
    "regions-200.topojson": "application/json",
    "backdrop.topojson": "application/json",
    "regions.geojson": "application/geo+json",
    "shell.js": "text/javascript",
}


def init_reader(app: Flask, settings: Settings) -> None:
    """Gives the application its reader; the store opens at the first use, so that a start is quick."""
    app.extensions["qamtu_reader"] = Reader(settings)


def reader() -> Reader:
    """The reader of the running application."""
    return current_app.extensions["qamtu_reader"]


class Reader:
    """Read access to everything published; safe to share between threads."""

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self.settings = settings
        self.answers = AnswerCache()
        self._store = store
        self._lock = threading.Lock()
        self._current: Edition | None = None
        self._checked = float("-inf")
        self._kept: OrderedDict[tuple[str, int], Any] = OrderedDict()

    @property
    def store(self) -> Store:
        """The store, opened once."""
        with self._lock:
            if self._store is None:
                self._store = Store.open(self.settings.database_url)
            return self._store

    @cached_property
    def catalogue(self) -> Catalogue:
        """The indicator catalogue."""
        return load_catalogue()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All places by name."""
        return load_gazetteer(self.settings.seeds / "places")

    # editions ---------------------------------------------------------------------------------------------------------

    def current(self) -> Edition:
        """The newest edition whose artefacts are on disk. Raises NotFound where there is none yet."""
        now = time.monotonic()
        if self._current is None or now - self._checked >= self.settings.edition_poll_seconds:
            self._checked = now
            self._current = self._newest()
        return self._current

    def edition(self, number: int | None = None) -> Edition:
        """An edition by number (the current one for None). Raises NotFound naming those there are."""
        current = self.current()
        if number is None or number == current.number:
            return current
        edition = self.store.edition(number)
        if edition.number > current.number or not self._is_whole(edition.number):
            raise NotFound(f"Edition {number} is not ready here. The current one is {current.number}.", received=number)
        return edition

    def _newest(self) -> Edition:
        newest = self.store.edition()
        if self._current is not None and newest.number == self._current.number:
            return self._current
        if self._is_whole(newest.number):
            return newest
        for edition in self.store.editions():
            if self._is_whole(edition.number):
                return edition
        raise NotFound("No edition has been built yet. Run `python run.py` to build the atlas.")

    def _is_whole(self, number: int) -> bool:
        return self.folder(number).joinpath("atlas.json").is_file()

    def folder(self, number: int) -> Path:
        """Where the artefacts of an edition stand."""
        return self.settings.data / "editions" / str(number)

    def artefact(self, number: int, name: str) -> Path:
        """A file made when the edition was published. Raises NotFound for any other name."""
        path = self.folder(number) / name
        if name not in ARTEFACTS or not path.is_file():
            raise NotFound(f"Edition {number} has no {name!r} here.", allowed=sorted(ARTEFACTS))
        return path

    def artefact_packed(self, number: int, name: str) -> Packed:
        """The bytes of such a file with the packed forms that lie beside it; a file made anew is read anew."""
        path = self.artefact(number, name)

        def make() -> Packed:
            packed = Packed(path.read_bytes(), ARTEFACTS[name])
            for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
                beside = path.with_name(path.name + suffix)
                if beside.is_file():
                    packed.forms[encoding] = beside.read_bytes()
            return packed

        return self.answers.get(("artefact", number, name, path.stat().st_mtime_ns), make)

    def districts(self) -> Packed:
        """The user's own districts (``run.py ingest --boundaries FILE``). Raises NotFound where none were imported."""
        path = self.settings.data / "districts.topojson"
        if not path.is_file():
            raise NotFound("No districts were imported here: python run.py ingest --boundaries FILE")
        made = path.stat().st_mtime_ns
        return self.answers.get(("districts", made), lambda: Packed(path.read_bytes(), "application/json", 9))

    def districts_version(self) -> str:
        """The content of the imported districts in a few letters; "" where there are none."""
        try:
            return self.districts().etag[:10]
        except NotFound:
            return ""

    # what an edition holds --------------------------------------------------------------------------------------------

    def atlas(self, number: int | None = None) -> dict[str, Any]:
        """The parsed atlas.json of an edition; do not change it."""
        edition = self.edition(number).number
        path = self.folder(edition) / "atlas.json"
        return self._keep("atlas", edition, lambda: KeptAtlas(json.loads(path.read_bytes())))

    def documents(self, number: int | None = None) -> dict[str, Document]:
        """Documents of an edition by id, without their texts."""
        edition = self.edition(number).number
        return self._keep(
            "documents", edition, lambda: {d.id: d for d in self.store.documents(edition, with_text=False)}
        )

    def document(self, document_id: str, number: int | None = None) -> Document:
        """A document with its text, as cited in the edition. Raises NotFound."""
        return self.store.document(document_id, self.edition(number).number)

    def observations(self, number: int | None = None, **filters: Any) -> list[Observation]:
        """Figures of an edition; ``filters`` as in ``geo.store.Store.observations``."""
        return self.store.observations(self.edition(number).number, **filters)

    def all_observations(self, number: int | None = None) -> dict[str, Observation]:
        """Every figure of an edition by id."""
        edition = self.edition(number).number
        return self._keep("observations", edition, lambda: {o.id: o for o in self.store.observations(edition)})

    def diff(self, before: int, after: int) -> EditionDiff:
        """What changed between two editions."""
        return self._keep("diff", before * 1_000_000 + after, lambda: self.store.edition_diff(before, after))

    def derived(self, name: str, number: int, make: Callable[[], Any]) -> Any:
        """Something computed once an edition, kept while the edition is in use."""
        return self._keep(name, number, make)

    def _keep(self, name: str, number: int, make: Callable[[], Any]) -> Any:
        key = (name, number)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while sum(kept[0] == name for kept in self._kept) > ATLASES_KEPT:
                del self._kept[next(kept for kept in self._kept if kept[0] == name)]
        return made
