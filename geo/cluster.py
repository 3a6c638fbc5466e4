"""Reading a large corpus: the same functions as for one document, on this process or on a Dask cluster.

Each part of the corpus is written to a folder that appears at once when it is whole (a rename), so a killed worker or
run leaves only whole parts; the next run reads what is missing. A document is in exactly one part, a part is written
once: every document is read exactly once.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.corpus import Part, Unread, documents_of, parts_of
from geo.errors import BadInput
from geo.near_duplicates import NearDuplicates, signature
from geo.records import to_record

if TYPE_CHECKING:
    from dask.distributed import Client

CONNECT_SECONDS = 10
ENGINES = ("process", "dask")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``seconds`` and ``megabytes_per_second`` speak of the parts read in this run only."""

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
    if engine == "dask":
        with _client(scheduler, workers) as client:
            _read_on(client, missing, out, progress)
    else:
        for done, part in enumerate(missing, start=1):
            read_part(part, out)
            progress(done, len(missing))
    seconds = time.monotonic() - started
    return _gather(parts, missing, out, seconds)


def read_part(part: Part, out: Path) -> str:
    """Read one part into ``out/parts/<id>``; a part that is already whole is left as it is. Gives the part's id."""
    folder = _folder(out, part)
    if folder.exists():
        return part.id
    observations, documents = [], []
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


def _read_on(client: Client, missing: list[Part], out: Path, progress: Progress) -> None:
    from dask.distributed import as_completed

    futures = client.map(read_part, missing, out=out.resolve(), pure=False, retries=3)
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        progress(done, len(missing))


def _gather(parts: list[Part], missing: list[Part], out: Path, seconds: float) -> Report:
    """Put the parts together in their own order; first come, first kept among texts that are nearly the same."""
    index, read_now = NearDuplicates(), {part.id for part in missing}
    documents, unread, duplicates, observations, now_bytes = [], [], [], 0, 0
    half = out / ".observations.jsonl"
    with half.open("w", encoding="utf-8") as file:
        for part in parts:
            figures = _load(_folder(out, part) / "observations.jsonl")
            for row in _load(_folder(out, part) / "documents.jsonl"):
                if "unread" in row:
                    unread.append(row)
                    continue
                now_bytes += row["bytes"] if part.id in read_now else 0
                documents.append({key: value for key, value in row.items() if key != "signature"})
                own = [next(figures) for _ in range(row["observations"])]
                similar = index.similar(row["signature"])
                if similar:
                    duplicates.append({"name": row["name"], "of": similar[0].id, "similarity": similar[0].similarity})
                    continue
                index.add(row["name"], row["signature"])
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in own)
                observations += len(own)
    half.replace(out / "observations.jsonl")
    _write(out / "documents.jsonl", documents)
    _write(out / "duplicates.jsonl", duplicates)
    _write(out / "unread.jsonl", unread)
    report = Report(
        len(parts),
        len(missing),
        len(documents),
        len(unread),
        len(duplicates),
        observations,
        round(seconds, 3),
        round(now_bytes / 1e6 / seconds, 3) if seconds else 0.0,
    )
    (out / "report.json").write_text(json.dumps(asdict(report), indent=1), "utf-8")
    return report


def _write(path: Path, rows: list[dict]) -> None:
    half = path.with_name("." + path.name)
    half.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    half.replace(path)


def _load(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
