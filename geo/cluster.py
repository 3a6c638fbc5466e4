"""Reading a large corpus: the same functions as for one document, on this process or on a Dask cluster.

Each part of the corpus is written to a folder that appears at once when it is whole (a rename), so a killed worker or
run leaves only whole parts; the next run reads what is missing. A document is in exactly one part, a part is written
once: every document is read exactly once.
"""

from __future__ import annotations

import gc
import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.corpus import Part, Unread, documents_of, parts_of
from geo.errors import BadInput
from geo.near_duplicates import NearDuplicates, signature
from geo.records import to_record

if TYPE_CHECKING:
    from dask.distributed import Client

CONNECT_SECONDS = 10
RARELY = 200_000  # objects more than before
ENGINES = ("process", "dask")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``seconds`` is all of it; ``megabytes_per_second`` speaks of the parts read in this run only."""

    parts: int
    parts_read_now: int
    documents: int
    unread: int
    duplicates: int
    observations: int
    seconds: float
    megabytes_per_second: float


def read_corpus(
    source: Path,
    out: Path,
    *,
    engine: str = "process",
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Read the corpus at ``source`` into ``out``: observations.jsonl, documents.jsonl, duplicates.jsonl, unread.jsonl.

    ``engine`` "dask" uses the cluster at ``scheduler`` (its workers must see ``source`` and ``out``), or a local one of
    ``workers`` processes. A reprint of a known text (similarity ≥ 0.6) is listed in duplicates.jsonl and its figures
    count once. Raises BadDocument where there is no corpus, BadInput for an unknown engine.
    """
    if engine not in ENGINES:
        raise BadInput(f"«{engine}» is no engine. Allowed: {', '.join(ENGINES)}.")
    started = time.monotonic()
    parts = parts_of(source)
    missing = [part for part in parts if not _folder(out, part).exists()]
    with _Gathering(parts, missing, out) as gathering, ExitStack() as stack:
        if engine == "dask" and missing:
            finished = _read_on(stack.enter_context(_client(scheduler, workers)), missing, out)
        else:
            finished = (read_part(part, out) for part in missing)
        for done, part_id in enumerate(finished, start=1):
            gathering.take(part_id)
            progress(done, len(missing))
        return gathering.report(lambda: time.monotonic() - started)


def read_part(part: Part, out: Path) -> str:
    """Read one part into ``out/parts/<id>``; a part that is already whole is left as it is. Gives the part's id."""
    folder = _folder(out, part)
    if folder.exists():
        return part.id
    with collecting_rarely():
        observations, documents = _read_all(part)
    half = folder.with_name(f".{part.id}.{uuid.uuid4().hex}")
    half.mkdir(parents=True)
    _write(half / "observations.jsonl", observations)
    _write(half / "documents.jsonl", documents)
    try:
        half.rename(folder)
    except OSError:  # another worker finished the same part first; both read the same
        if not folder.exists():
            raise
        shutil.rmtree(half)
    return part.id


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """For reading much: it leaves no cycles behind, so looking for them after every 700 new objects is time lost."""
    usual = gc.get_threshold()
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read_all(part: Part) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    observations: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    for document in documents_of(part):
        if isinstance(document, Unread):
            documents.append({"name": document.name, "unread": document.reason})
            continue
        reading = _read(document)
        figures = [to_record(o) for o in reading.observations]
        observations += figures
        documents.append(
            {
                "name": document.id,
                "checksum": document.checksum,
                "characters": len(document.text),
                "bytes": len(document.text.encode()),
                "observations": len(figures),
                "signature": signature(document.text[document.body_start :]),
            }
        )
    return observations, documents


def _folder(out: Path, part: Part) -> Path:
    return out / "parts" / part.id


def _read(document):
    from geo.reading import read_document

    return read_document(document, _gazetteer())


@lru_cache(maxsize=1)
def _gazetteer():
    from geo.gazetteer import load_gazetteer

    return load_gazetteer()


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    from dask.distributed import Client, LocalCluster

    if scheduler:
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise BadInput(
                f"No scheduler answers at {scheduler} ({type(error).__name__}). Give the address that dask scheduler "
                "prints, such as tcp://127.0.0.1:8786, or leave it out for a local cluster."
            ) from None
        with client:
            yield client
        return
    # One thread a worker: reading is pure Python and would only wait for the interpreter's lock.
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster) as client,
    ):
        yield client


def _read_on(client: Client, missing: list[Part], out: Path) -> Iterator[str]:
    """The ids of the parts, each as it is finished."""
    from dask.distributed import as_completed

    futures = client.map(read_part, missing, out=out.resolve(), pure=False, retries=3)
    for future in as_completed(futures):
        yield future.result()


class _Gathering:
    """Puts the parts together in their own order, each as soon as it and all before it are there.

    First come, first kept among texts that are nearly the same. Lines go from file to file: only the list of documents
    and the index of signatures pass through memory.
    """

    FILES = ("observations", "documents", "duplicates", "unread")

    def __init__(self, parts: list[Part], missing: list[Part], out: Path) -> None:
        self.out, self.parts = out, parts
        self.read_now = {part.id for part in missing}
        self.there = {part.id for part in parts} - self.read_now
        self.index = NearDuplicates()
        self.counts = dict.fromkeys(self.FILES, 0)
        self.now_bytes = self.next = 0

    def __enter__(self) -> _Gathering:
        self.out.mkdir(parents=True, exist_ok=True)
        self.files = {name: (self.out / f".{name}.jsonl").open("wb") for name in self.FILES}
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.files.values():
            file.close()

    def take(self, *finished: str) -> None:
        """Take in the ids of finished parts."""
        self.there.update(finished)
        while self.next < len(self.parts) and self.parts[self.next].id in self.there:
            self._add(self.parts[self.next])
            self.next += 1

    def report(self, seconds: Callable[[], float]) -> Report:
        """The files put in place, and what was done."""
        self.take()
        for name, file in self.files.items():
            file.close()
            (self.out / f".{name}.jsonl").replace(self.out / f"{name}.jsonl")
        took = seconds()
        report = Report(
            len(self.parts),
            len(self.read_now),
            self.counts["documents"],
            self.counts["unread"],
            self.counts["duplicates"],
            self.counts["observations"],
            round(took, 3),
            round(self.now_bytes / 1e6 / took, 3) if took else 0.0,
        )
        (self.out / "report.json").write_text(json.dumps(asdict(report), indent=1), "utf-8")
        return report

    def _add(self, part: Part) -> None:
        folder, is_new = _folder(self.out, part), part.id in self.read_now
        with (folder / "documents.jsonl").open("rb") as rows, (folder / "observations.jsonl").open("rb") as figures:
            for row in map(json.loads, rows):
                if "unread" in row:
                    self._write("unread", row)
                    continue
                self.now_bytes += row["bytes"] if is_new else 0
                sign = row.pop("signature")
                self._write("documents", row)
                own = list(islice(figures, row["observations"]))
                similar = self.index.similar(sign)
                if similar:
                    first = similar[0]
                    self._write("duplicates", {"name": row["name"], "of": first.id, "similarity": first.similarity})
                    continue
                self.index.add(row["name"], sign)
                self.files["observations"].writelines(own)
                self.counts["observations"] += len(own)

    def _write(self, name: str, row: dict) -> None:
        self.files[name].write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        self.counts[name] += 1


def _write(path: Path, rows: list[dict]) -> None:
    half = path.with_name("." + path.name)
    half.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    half.replace(path)
