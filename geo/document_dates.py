"""The date that a document states of itself: in a metadata value, its file name, or a date line at its top or foot.

Dates inside sentences are the reader's concern; here only a line that is nothing but a date counts, or a date with the
place and the name of a paper beside it («Орал. 12.11.2025», «Дата публикации: 09.10.2025»).
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
    "рет", "дата", "опубликовано", "обновлено", "размещено", "время", "в", "просмотров", "опубликована", "опубликован",
    "оқылды", "оқыған", "қаралым", "көрілім", "прочитали", "прочитано", "просмотра", "просмотры",
    "публикации", "размещения", "выхода", "создания", "добавлено", "сағат", "сағаты", "уақыт",
})  # fmt: skip
# Words in lower case that may stand in a date line beside names: offices, papers, kinds of places, days of the week.
_BESIDE = frozenset({
    "г", "ғ", "қ", "ж", "обл", "город", "область", "области", "района", "район", "село", "қаласы", "қала", "облысы",
    "облыс", "ауданы", "ауылы", "пресс", "служба", "службы", "қызметі", "баспасөз", "аким", "акима", "акимата",
    "акимат", "әкімдігі", "әкімдігінің", "әкімі", "әкімінің", "облысының", "қаласының", "ауданының",
    "управление", "управления",
    "басқармасы", "министерства", "министерство", "министрлігі", "соб", "собкор", "корр", "инф", "өз", "тілшіміз",
    "тілшісі", "меншікті", "редакция", "автор", "фото", "текст", "мәтін", "газета", "газеті", "сайт", "сайты",
    "агентство",
    "агенттігі", "ақпарат", "хабар", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
    "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі", "і", "мкр", "kz", "ru", "com",
})  # fmt: skip
_NOT_ITS_OWN = re.compile(r"(?<!\w)(?:срок|мерзім|дедлайн|начал|оконч|старт|баста|аяқта|заверш)", re.IGNORECASE)
_QUOTED = re.compile(r"«[^»]{1,60}»|\"[^\"]{1,60}\"|“[^”]{1,60}”")
_PARTED_BEFORE = re.compile(r"(?:^|[.,:;|/—–»\")-])\s*$")
_PARTED_AFTER = re.compile(r"\s*(?:$|[.,;|/—–(-]|(?:в\s)?\d{1,2}:\d\d)")
_AGENCY = re.compile(r"\s*[.,]?\s*[—–|/-]\s*(?=[«\"А-ЯӘІҢҒҮҰҚӨҺA-Z])|\.\s+(?=[«\"А-ЯӘІҢҒҮҰҚӨҺA-Z])")
_CALL_END = re.compile(r"(?<=[!?])\s+")
_RESIDUE = re.compile(
    r"\s*(?P<label>(?:date|күні|дата):?\s+)?(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?!\d)[ \t]*(?P<end>\r|\n|\Z)?",
    re.IGNORECASE,
)
_TOP_LINES, _TOP_CHARACTERS = 8, 1500
_FOOT_LINES, _LONGEST_LINE, _MOST_NAMES = 4, 80, 7


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
    dates = (read(line) for read in (date_of_line, date_beside_names, date_of_agency) for line in lines)
    return next((date for date in dates if date), None), 0


def date_at_foot(text: str) -> dt.date | None:
    """The date on a line of its own, or beside names, among the last lines."""
    lines = [line for line in text[-_TOP_CHARACTERS:].splitlines() if line.strip()][-_FOOT_LINES:]
    lines = [part for line in lines for part in _CALL_END.split(line)]  # «Подписывайтесь на нас! Опубликовано …»
    dates = (read(line) for read in (date_of_line, date_beside_names) for line in reversed(lines))
    return next((date for date in dates if date), None)


def date_of_line(line: str) -> dt.date | None:
    """The date of a line that holds nothing else but a time, a counter or a word such as «жарияланды»."""
    found = _find(line) if len(line) <= 80 else None
    if not found:
        return None
    date, (start, end) = found
    rest = (line[:start] + " " + line[end:]).lower()
    return date if all(word.isdigit() or word in _LABELS for word in re.findall(r"\w+", rest)) else None


def date_beside_names(line: str) -> dt.date | None:
    """The date of a line that holds besides only names and words that go with them: «Тараз, 2025 жылғы 3 мамыр».

    A sign parts the date from them, so that «к 1 мая 2025 года» and other parts of a sentence are no date lines.
    """
    found = _find(line) if len(line) <= _LONGEST_LINE else None
    if not found or _NOT_ITS_OWN.search(line):
        return None
    date, (start, end) = found
    before, after = line[:start], line[end:]
    labelled = before.split()[-1:] and before.split()[-1].lower().strip(":") in _LABELS
    if not (labelled or _PARTED_BEFORE.search(before)) or not _PARTED_AFTER.match(after):
        return None
    words = re.findall(r"\w+", _QUOTED.sub(" ", f"{before} {after}"))
    if len(words) > _MOST_NAMES or not all(map(_is_name_or_label, words)):
        return None
    return date


def date_of_agency(line: str) -> dt.date | None:
    """The date that a first line begins with before its text: «ОРАЛ. 12 ноября 2025 года. В области…»."""
    head = line.lstrip()[: _LONGEST_LINE + 60]
    found = _find(head)
    if not found:
        return None
    after = _AGENCY.match(head, found[1][1])
    return date_beside_names(head[: found[1][1]]) if after else None


def _is_name_or_label(word: str) -> bool:
    return word[0].isupper() or word.isdigit() or word.lower() in _LABELS or word.lower() in _BESIDE


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
