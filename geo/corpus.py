"""A large corpus as parts that can be read anywhere, in any order, each exactly once.

A corpus is a folder of files, a JSON-lines file or a Parquet file. Rows carry ``text`` and, where known, ``id``,
``title``, ``date`` (YYYY-MM-DD), ``language`` (kk, ru) and ``url``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.documents import SUFFIXES, document_from_text, load_document, parse_date
from geo.errors import BadDocument
from geo.model import Document

PART_BYTES = 1024 * 1024  # a second or two of reading: small enough to share out evenly and to lose without regret
SMALLEST_PART = 32 * 1024
EVENLY = 32  # parts at least, where the corpus has so much text: the last ones must not keep one worker alone busy


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a corpus. ``id`` names its content's place, so that the same corpus gives the same parts again."""

    id: str
    kind: str  # files | jsonl | parquet
    paths: tuple[str, ...]
    start: int = 0  # jsonl: byte offset; parquet: row group
    end: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or file that could not be taken as a document, with the reason for its owner."""

    name: str
    reason: str


def parts_of(source: Path, part_bytes: int | None = None) -> list[Part]:
    """The parts of the corpus at ``source`` in a fixed order, by default of a size that suits it (``part_size``).

    Raises BadDocument where there is none.
    """
    if source.is_dir():
        paths = sorted(p for p in source.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        total = sum(path.stat().st_size for path in paths)
        parts = list(_parts_of_files(paths, part_bytes or part_size(total)))
    elif source.suffix in (".jsonl", ".ndjson") and source.is_file():
        parts = list(_parts_of_lines(source, part_bytes or part_size(source.stat().st_size)))
    elif source.suffix == ".parquet" and source.is_file():
        parts = list(_parts_of_parquet(source))
    else:
        raise BadDocument(
            f"{source} is no corpus. Allowed: a folder of documents, a .jsonl file, a .parquet file. Check the path."
        )
    if not parts:
        raise BadDocument(f"{source} holds no documents. Allowed in a folder are {', '.join(sorted(SUFFIXES))}.")
    return parts


def part_size(total: int) -> int:
    """Bytes of a part: a power of two, lest a few documents more or less cut the whole corpus anew."""
    size = SMALLEST_PART
    while size < PART_BYTES and total >= 2 * size * EVENLY:
        size *= 2
    return size


def documents_of(part: Part) -> Iterator[Document | Unread]:
    """The documents of a part in order; what cannot be read comes as ``Unread`` and stops nothing."""
    if part.kind == "files":
        yield from (_try(load_document, path, name=path) for path in part.paths)
        return
    rows = _rows_of_lines(part) if part.kind == "jsonl" else _rows_of_parquet(part)
    for name, row in rows:
        yield _try(_document_of_row, row, name, name=name)


def _parts_of_files(paths: list[Path], part_bytes: int) -> Iterator[Part]:
    batch, size = [], 0
    for path in paths:
        batch.append(str(path))
        size += path.stat().st_size
        if size >= part_bytes:
            yield _part("files", tuple(batch))
            batch, size = [], 0
    if batch:
        yield _part("files", tuple(batch))


def _parts_of_lines(path: Path, part_bytes: int) -> Iterator[Part]:
    """Byte ranges that begin and end at a line."""
    total, start = path.stat().st_size, 0
    with path.open("rb") as file:
        while start < total:
            file.seek(min(start + part_bytes, total))
            file.readline()
            end = file.tell()
            yield _part("jsonl", (str(path),), start, end)
            start = end


def _parts_of_parquet(path: Path) -> Iterator[Part]:
    import pyarrow.parquet

    for group in range(pyarrow.parquet.ParquetFile(path).num_row_groups):
        yield _part("parquet", (str(path),), group, group + 1)


def _part(kind: str, paths: tuple[str, ...], start: int = 0, end: int = 0) -> Part:
    stats = [(path, Path(path).stat().st_size, Path(path).stat().st_mtime_ns) for path in paths]
    name = hashlib.sha256(json.dumps([kind, stats, start, end]).encode()).hexdigest()[:20]
    return Part(name, kind, paths, start, end)


def _rows_of_lines(part: Part) -> Iterator[tuple[str, object]]:
    path = Path(part.paths[0])
    with path.open("rb") as file:
        file.seek(part.start)
        while file.tell() < part.end:
            name = f"{path.name}@{file.tell()}"
            line = file.readline().strip()
            if line:
                yield name, line


def _rows_of_parquet(part: Part) -> Iterator[tuple[str, object]]:
    import pyarrow.parquet

    path = Path(part.paths[0])
    table = pyarrow.parquet.ParquetFile(path).read_row_group(part.start)
    for number, row in enumerate(table.to_pylist()):
        yield f"{path.name}@{part.start}.{number}", row


def _try(make, *arguments, name: str) -> Document | Unread:
    try:
        return make(*arguments)
    except BadDocument as error:
        return Unread(name, error.message)


def _document_of_row(row: object, name: str) -> Document:
    if isinstance(row, bytes):
        try:
            row = json.loads(row)
        except ValueError:
            raise BadDocument(f"{name}: the line is not JSON. Give one object a line with a «text».") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadDocument(f"{name}: a row needs a «text» of characters.")
    date = row.get("date")
    return document_from_text(
        row["text"],
        name=str(row.get("id") or name),
        title=str(row.get("title") or ""),
        date=parse_date(str(date)) if date else None,
        language=row.get("language") if row.get("language") in ("kk", "ru") else None,
        url=str(row.get("url") or ""),
    )
