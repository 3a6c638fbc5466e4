"""What came with a form as a file to be read: a safe name, and pasted text with what is known of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from geo.documents import parse_date
from geo.errors import BadInput
from geo.formats import MAX_CHARACTERS, SUFFIXES

LONGEST_STEM = 100
FACTS = ("title", "publisher", "url")  # asked for beside a pasted text


def safe_name(filename: str) -> str:
    """The last part of a name that may come from anywhere: letters, digits, «-», «_» and «.», no path, no leading dot.

    Raises BadInput for a suffix that is not read here.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    stem, dot, suffix = last.rpartition(".")
    suffix = f"{dot}{suffix}".lower()
    if suffix not in SUFFIXES:
        raise BadInput(
            f"{last[-80:]!r} is of a kind that is not read here. Allowed: {', '.join(SUFFIXES)}.",
            reason="kind_not_read",
            received=last[-80:],
            allowed=list(SUFFIXES),
        )
    stem = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:LONGEST_STEM]
    return f"{stem or 'document'}{suffix}"


def text_file(form: Mapping[str, str]) -> tuple[str, bytes]:
    """(name, bytes) of a pasted text; what is known of it stands before it in ``# key: value`` lines."""
    text = form.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput("The text is empty. Paste the article, or choose a file.", reason="text_empty")
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            f"The text has {len(text)} characters; up to {MAX_CHARACTERS} are read. Split it.",
            reason="text_too_long",
            received=len(text),
            most=MAX_CHARACTERS,
        )
    facts = {key: " ".join(form.get(key, "").split())[:300] for key in FACTS}
    card = "".join(f"# {key}: {value}\n" for key, value in facts.items() if value)
    data = f"{card}\n{text}".encode() if card else text.encode()
    date = parse_date(form.get("date", ""))
    slug = re.sub(r"[^\w]+", "-", facts["title"].casefold()).strip("-")[:60]
    parts = [slug or "text", str(date) if date else "", hashlib.sha256(data).hexdigest()[:8]]
    return f"{'-'.join(filter(None, parts))}.txt", data
