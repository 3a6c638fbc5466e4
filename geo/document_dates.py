"""The date that a document states of itself: in a metadata value, its file name, or a date line at its top.

Dates inside sentences are the reader's concern; here only a line that is nothing but a date counts.
"""

from __future__ import annotations

import datetime as dt
import re

from geo.model import Document

MONTHS = {
    "қаңтар": 1, "ақпан": 2, "наурыз": 3, "сәуір": 4, "мамыр": 5, "маусым": 6,
    "шілде": 7, "тамыз": 8, "қыркүйек": 9, "қазан": 10, "қараша": 11, "желтоқсан": 12,
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6,
    "июля": 7, "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
_MONTH = "|".join(MONTHS)
_DAY, _YEAR = r"(?P<d>\d{1,2})", r"(?P<y>(?:19|20)\d\d)"
_AFTER = r"(?:\s*(?:жылғы|жылы|жыл|года|год|ж\.|г\.)(?!\w))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        rf"(?<![\d.]){_DAY}[./](?P<m>\d{{1,2}})[./]{_YEAR}(?!\d){_AFTER}",
        rf"(?<!\d){_YEAR}{_AFTER}\s+{_DAY}[\s-]+(?P<m>{_MONTH})(?!\w)",
        rf"(?<!\d){_DAY}[\s-]+(?P<m>{_MONTH}),?\s+{_YEAR}(?!\d){_AFTER}",
    )
)
# Words that stand beside the date on news pages; a line with any other word is a sentence or a heading.
_LABELS = frozenset({
    "date", "published", "posted", "updated", "күні", "жарияланған", "жарияланды", "жаңартылды", "уақыты", "қаралды",
    "рет", "дата", "опубликовано", "обновлено", "размещено", "время", "в", "просмотров",
})  # fmt: skip
_RESIDUE = re.compile(
    r"\s*(?P<label>(?:date|күні|дата):?\s+)?(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?!\d)[ \t]*(?P<end>\r|\n|\Z)?",
    re.IGNORECASE,
)
_TOP_LINES, _TOP_CHARACTERS = 8, 1500


def parse_date(raw: str) -> dt.date | None:
    """The first full date in ``raw`` («2026-01-12», «28.10.2025», «28 қазан 2025»); YYYY-MM means its first day."""
    if found := _find(raw):
        return found[0]
    whole = re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d))?", raw.strip())
    return _date(whole[1], whole[2] or "1", "1") if whole else None


def document_date(document: Document) -> str:
    """ISO date as exact as it is known: "2025-10-28", "2025-10" or "2025"; "" while unknown."""
    if document.date is None:
        return ""
    stated = document.card.get("date", "").strip()
    full = document.date.isoformat()
    return stated if len(stated) in (4, 7) and full.startswith(stated) else full


def date_in_name(name: str) -> dt.date | None:
    """A date in a file name: «2025-10-28», «20251028», «28.10.2025», «2025-10»; a bare year is too weak to count."""
    for pattern in (
        r"(?<![0-9A-Za-z])(?P<y>(?:19|20)\d\d)([-_.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?![0-9A-Za-z])",
        r"(?<![0-9A-Za-z])(?P<d>\d\d)([-_.])(?P<m>\d\d)\2(?P<y>(?:19|20)\d\d)(?![0-9A-Za-z])",
        r"(?<![0-9A-Za-z])(?P<y>(?:19|20)\d\d)[-_.](?P<m>\d\d)(?![-_.]?\d|[A-Za-z])",
    ):
        if match := re.search(pattern, name):
            parts = match.groupdict()
            if date := _date(parts["y"], parts["m"], parts.get("d") or "1"):
                return date
    return None


def date_at_top(text: str) -> tuple[dt.date | None, int]:
    """The date on a line of its own among the first lines, or at the very start; and where the text begins after it.

    The second value is 0 unless ``text`` begins with a page's residue such as « date 2026-01-12 », which is no text.
    """
    if (residue := _RESIDUE.match(text)) and (date := parse_date(residue["date"])):
        is_sentence = residue["label"] is None and residue["end"] is None
        return date, 0 if is_sentence else residue.end()
    lines = [line for line in text[:_TOP_CHARACTERS].splitlines() if line.strip()][:_TOP_LINES]
    dates = (date_of_line(line) for line in lines)
    return next((date for date in dates if date), None), 0


def date_of_line(line: str) -> dt.date | None:
    """The date of a line that holds nothing else but a time, a counter or a word such as «жарияланды»."""
    found = _find(line) if len(line) <= 80 else None
    if not found:
        return None
    date, (start, end) = found
    rest = (line[:start] + " " + line[end:]).lower()
    return date if all(word.isdigit() or word in _LABELS for word in re.findall(r"\w+", rest)) else None


def _find(raw: str) -> tuple[dt.date, tuple[int, int]] | None:
    for form in _FORMS:
        if match := form.search(raw):
            month = match["m"].lower()
            if date := _date(match["y"], str(MONTHS.get(month, month)), match["d"]):
                return date, match.span()
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
