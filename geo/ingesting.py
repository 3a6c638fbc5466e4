"""Bringing documents into the store: each read, kept with its reading, and told apart from what is known.

Each document is one transaction and known by its checksum, so a run that was broken off goes on where it was.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from geo.documents import SUFFIXES, document_from_bytes, documents_in, load_document
from geo.errors import BadDocument, BadInput
from geo.fetching import fetch
from geo.gazetteer import Gazetteer
from geo.model import Document
from geo.near_duplicates import NearDuplicates, Similar, signature
from geo.reading import read_document
from geo.store import Store

GEO = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. ``similar`` is a known document that says nearly the same."""

    source: str
    state: str  # added | revised | known | refused
    document: str = ""  # its id in the store
    figures: int = 0
    similar: Similar | None = None
    reason: str = ""  # of a refusal, in English
    error: BadInput | None = None  # the refusal itself


def ingest(
    sources: Iterable[str],
    store: Store,
    gazetteer: Gazetteer,
    *,
    review: str = "accept",
    who: str = "machine",
    date: dt.date | None = None,
    language: str | None = None,
    is_allowed: Callable | None = None,
) -> Iterator[Outcome]:
    """Read each source (a file or an http(s) address) into ``store``; one outcome each, as it is done.

    ``review`` and ``who`` are those of ``Store.add_document``: "hold" keeps the figures back until an editor accepts
    them. A source that cannot be read is an outcome, not an exception.
    """
    reader = reader_version()
    known = {document.id: document for document in store.documents()}
    index = NearDuplicates((key, signature(_body(document))) for key, document in known.items())
    for source in sources:
        try:
            document = load_source(source, date, language, is_allowed)
        except BadInput as error:
            yield Outcome(source, "refused", reason=error.message, error=error)
            continue
        if store.knows(document.checksum, reader):
            yield Outcome(source, "known", store.holder(document.checksum) or document.id)
            continue
        document, is_revision = with_free_id(document, known)
        sign = signature(_body(document))
        similar = next((found for found in index.similar(sign) if found.id != document.id), None)
        reading = read_document(document, gazetteer)
        store.add_document(reading.document, reading.observations, reader=reader, review=review, who=who)
        known[document.id] = reading.document
        index.add(document.id, sign)
        state = "revised" if is_revision else "added"
        yield Outcome(source, state, document.id, len(reading.observations), similar)


def sources_in(names: Iterable[str]) -> list[str]:
    """The files and addresses that ``names`` stand for: folders give the documents inside, in order.

    Raises ``BadDocument`` for a folder that holds none.
    """
    found = []
    for name in names:
        if is_address(name) or not Path(name).is_dir():
            found.append(name)
            continue
        inside = documents_in(Path(name))
        if not inside:
            raise BadDocument(f"{name}: this folder holds no documents. Looked for: {', '.join(SUFFIXES)}.")
        found += map(str, inside)
    return found


def load_source(
    source: str, date: dt.date | None = None, language: str | None = None, is_allowed: Callable | None = None
) -> Document:
    """The document in a file or at an http(s) address. Raises ``BadInput``."""
    if not is_address(source):
        return load_document(source, date=date, language=language)
    page = fetch(source, is_allowed=is_allowed)
    name = name_of_address(page.url, page.content_type)
    return document_from_bytes(page.body, name, date=date, language=language, url=page.url)


def is_address(source: str) -> bool:
    """Whether ``source`` is meant as an address on the web."""
    return source.lower().startswith(("http://", "https://"))


def name_of_address(url: str, content_type: str) -> str:
    """A file name for what was fetched: host and path, with the suffix of its content type."""
    parts = urlsplit(url)
    path = re.sub(r"[^\w.-]+", "-", unquote(parts.path)).strip("-.")
    stem = f"{parts.hostname or 'page'}-{path}".rstrip("-") if path else parts.hostname or "page"
    suffix = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt"}.get(
        content_type.split(";", maxsplit=1)[0], ""
    )
    return stem[:100] + (suffix if not stem.lower().endswith(SUFFIXES) else "")


def with_free_id(document: Document, known: dict[str, Document]) -> tuple[Document, bool]:
    """The document under an id that is free or its own, and whether it is a new revision of a known one.

    Two files of one name are one document where their texts are alike, a corrected copy; else the second gets an id
    of its own, lest it replace what has nothing to do with it.
    """
    former = known.get(document.id)
    if former is None:
        return document, False
    pair = NearDuplicates([(former.id, signature(_body(former)))])
    if former.checksum == document.checksum or pair.similar(signature(_body(document))):
        return document, True
    renamed = dataclasses.replace(document, id=f"{document.id}-{document.checksum[:8]}")
    return renamed, renamed.id in known


def reader_version() -> str:
    """A fingerprint of all that decides what is read: the reader, its vocabularies, the catalogue and the places."""
    digest = hashlib.sha256()
    folders = (GEO / "reading", GEO.parent / "seeds" / "places")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in [*files, *sorted(GEO.glob("*gazetteer*.py")), GEO / "catalogue.toml", GEO / "documents.py"]:
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(GEO.parent).as_posix()}\0".encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _body(document: Document) -> str:
    return document.text[document.body_start :]
