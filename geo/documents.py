"""A file, bytes or pasted text as a ``Document``: its text, what it states of itself, and its checksum.

The text of a txt or md file stays character for character what the file holds, so that every span can be found again
in the file. Leading ``# key: value`` lines, or front matter between ``---`` lines, are metadata.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from pathlib import Path

from geo.document_dates import date_at_foot, date_at_top, date_beside_names, date_in_name, date_of_line, parse_date
from geo.errors import BadDocument
from geo.formats import ALLOWED, KAZAKH_LETTERS, MAX_BYTES, MAX_CHARACTERS, SUFFIXES, Extract, clean, extract_text
from geo.model import LANGUAGES, Document

__all__ = ["SUFFIXES", "document_from_bytes", "document_from_text", "documents_in", "load_document", "parse_date"]

_CARD_LINE = re.compile(r"#[ \t]+(?P<key>[A-Za-z][A-Za-z0-9_-]{0,30})[ \t]*:(?P<value>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_FRONT_LINE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,30})[ \t]*:(?P<value>[^\r\n]*)(?:\r\n|\r|\n)|[^\r\n]*(?:\r\n|\r|\n)"
)
_KEYS = {"lang": "language", "source": "publisher", "site": "publisher", "link": "url", "published": "date"}
_TITLE_LENGTH = 160


def load_document(path: str | Path, *, date: dt.date | None = None, language: str | None = None) -> Document:
    """The document in the file ``path`` (txt, md, html, pdf with text, docx; up to 10 MB).

    ``date`` and ``language`` (kk, ru) are the user's word and beat what the file says. Raises ``BadDocument`` where
    the file is missing, unreadable, empty, too large, of another format or in an unknown encoding.
    """
    path = Path(path)
    return document_from_bytes(_read_file(path), path.name, date=date, language=language)


def document_from_bytes(
    data: bytes, filename: str, *, date: dt.date | None = None, language: str | None = None, url: str = ""
) -> Document:
    """The document in ``data``, as uploaded or fetched under the name ``filename``; see ``load_document``."""
    name = _base_name(filename)
    extract = extract_text(data, name)
    return _document(extract, name, hashlib.sha256(data).hexdigest(), date=date, language=language, url=url)


def document_from_text(
    text: str,
    *,
    name: str = "",
    title: str = "",
    date: dt.date | None = None,
    language: str | None = None,
    url: str = "",
) -> Document:
    """The document in a pasted ``text``; without a ``name`` its id is made from its checksum.

    Raises ``BadDocument`` where it is empty, has no letters or is too long.
    """
    name = _base_name(name)
    if len(text) > MAX_CHARACTERS:
        raise BadDocument(
            f"{name}: the text has {len(text):,} characters; up to {MAX_CHARACTERS:,} are read. Split it."
        )
    if "\0" in text:
        raise BadDocument(f"{name}: this is binary data, not text. {ALLOWED}")
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)  # half a surrogate pair cannot be stored; the offsets stay
    checksum = hashlib.sha256(text.encode()).hexdigest()
    if name == "text":
        name = f"text-{checksum[:12]}"
    extract = Extract(text, {"title": title} if title else {})
    return _document(extract, name, checksum, date=date, language=language, url=url)


def documents_in(folder: Path) -> list[Path]:
    """The files inside ``folder``, at any depth, that can be documents, in order; a README is none.

    A folder that is gone by the time it is reached is passed over; ``BadDocument`` names one that may not be read.
    """
    files = sorted(Path(inside) / name for inside, _, names in os.walk(folder, onerror=_closed) for name in names)
    fitting = (path for path in files if path.suffix.lower() in SUFFIXES and path.is_file())
    return [path for path in fitting if not path.stem.upper().startswith("README")]


def _closed(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise BadDocument(f"{error.filename}: this folder may not be read. Change its permissions or copy it.")


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BadDocument(f"{path}: this is a folder, a file was expected. {ALLOWED}")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise BadDocument(f"{path}: there is no such file. Check the name and the folder.") from error
    except PermissionError as error:
        raise BadDocument(f"{path}: this file may not be read. Change its permissions or copy it.") from error
    except (OSError, ValueError) as error:
        raise BadDocument(f"{path}: the file cannot be read ({error}).") from error


def _base_name(filename: str) -> str:
    """The last part of a name that may come from anywhere, without control characters."""
    name = re.split(r"[/\\]", clean(filename))[-1].strip().replace("\ufffd", "_")
    return re.sub(r"\s+", " ", name)[-150:] or "text"


def _id_of(name: str) -> str:
    """The name without its suffix, and without what has a meaning of its own in an address."""
    stem = name.rsplit(".", 1)[0] if name.lower().endswith(SUFFIXES) else name
    return re.sub(r"[%?#&+]", "_", stem).strip(". ") or "text"


def _document(
    extract: Extract, name: str, checksum: str, *, date: dt.date | None, language: str | None, url: str
) -> Document:
    text = extract.text
    start = 1 if text.startswith("\ufeff") else 0
    card, start = _read_card(text, start)
    stated = {**extract.facts, **card}
    top_date, residue = date_at_top(text[start:])
    start += residue
    body = text[start:]
    if not any(letter.isalpha() for letter in body):
        what = "the document is empty" if not body.strip() else "the document holds no letters"
        raise BadDocument(f"{name}: {what}. Give a text in Kazakh or Russian.")
    found, basis = _date_of(date, stated, name, top_date or date_at_foot(text[start:]))
    return Document(
        id=_id_of(name),
        text=text,
        title=stated.get("title") or _first_line(body),
        publisher=stated.get("publisher", ""),
        date=found,
        date_basis=basis,
        language=_language_of(language, stated.get("language", ""), body),
        url=_web_address(url or stated.get("url", "")),
        body_start=start,
        checksum=checksum,
        kind="bulletin" if "source_title" in card else "document",
        card=card,
    )


def _read_card(text: str, start: int) -> tuple[dict[str, str], int]:
    """The metadata at ``start`` and where the text begins after it and the blank lines that follow."""
    card: dict[str, str] = {}
    position = start
    if fence := _FENCE.match(text, position):
        position, line_end = fence.end(), text.find("\n---", fence.end() - 1)
        if line_end < 0 or line_end > 20_000:
            return {}, start
        while position <= line_end and (line := _FRONT_LINE.match(text, position)):
            _note(card, line)
            position = line.end()
        position = end.end() if (end := re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)").match(text, position)) else position
    else:
        while line := _CARD_LINE.match(text, position):
            _note(card, line)
            position = line.end()
    if not card:
        return {}, start
    return card, re.compile(r"\s*").match(text, position).end()


def _note(card: dict[str, str], line: re.Match[str]) -> None:
    if line["key"]:
        key = line["key"].lower()
        card.setdefault(_KEYS.get(key, key), line["value"].strip().strip("\"'"))


def _date_of(
    given: dt.date | None, stated: dict[str, str], name: str, of_line: dt.date | None
) -> tuple[dt.date | None, str]:
    if given:
        return given, "given"
    if date := parse_date(stated.get("date", "")):
        return date, stated.get("date_basis") or "stated"
    if date := date_in_name(name):
        return date, "file name"
    return (of_line, "stated") if of_line else (None, "")


def _language_of(given: str | None, stated: str, body: str) -> str:
    """kk or ru by what is said, else by the letters that only Kazakh has; "" for a text in another script."""
    if given:
        if given not in LANGUAGES:
            raise BadDocument(f"Language «{given}» is unknown. Allowed: {', '.join(LANGUAGES)}.")
        return given
    if stated[:2].lower() in LANGUAGES:
        return stated[:2].lower()
    sample = body[:20_000]
    cyrillic = sum("Ѐ" <= letter <= "ԯ" for letter in sample)
    kazakh = sum(letter in KAZAKH_LETTERS for letter in sample)
    if cyrillic < 0.3 * sum(letter.isalpha() for letter in sample):
        return ""
    return "kk" if kazakh > 0.03 * cyrillic else "ru"


def _web_address(raw: str) -> str:
    """The http(s) address at the start of ``raw``, else "": other schemes could run as a script when clicked."""
    match = re.match(r"https?://[^\s<>\"']{1,2000}", raw.strip(), re.IGNORECASE)
    return match[0] if match else ""


def _first_line(body: str) -> str:
    for line in body.splitlines():
        words = " ".join(line.split()).lstrip("#–—- ")
        if sum(letter.isalpha() for letter in words) > 3 and not (date_of_line(words) or date_beside_names(words)):
            return words if len(words) <= _TITLE_LENGTH else words[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
    return ""
