"""What a number counts: the noun it belongs to, right after it or before it («ауылдар саны 563-ке»)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.view import View
from geo.reading.vocabulary import Term, load_vocabulary

_TOKEN: Final = regex.compile(r"[\w-]+|[^\w\s]")
_QUOTES: Final = '«"“'
_QUOTED: Final = regex.compile(r"[«\"“][^»\"”]{1,40}[»\"”]\s?")
_RU_ADJECTIVE: Final = regex.compile(
    r"\p{Ll}{2,}(?:[ыио]х|[ыио]го|[ео]й|[ыи]й|ая|яя|[оеи]е|ые|[ыи]м|[ыи]ми|ую|юю|ым|ому|ьих|ьи)$"
)
_KK_ADJECTIVE: Final = regex.compile(
    r"\p{Ll}{2,}(?:д[ыі]қ|л[ыі]қ|т[ыі]қ|дік|лік|тік|л[ыі]|д[ыі]|т[ыі]|ғ[ыі]|[гқк][іы]|[ғг][ае]н|[қк][ае]н|с[ыі]з"
    r"|ғы|гі|тын|тін|лы|ды|ий|ик|ар|ер)$"
)
_FILLERS: Final = load_vocabulary().forms("filler", "between")
_STOPPERS: Final = load_vocabulary().forms("filler", "apart")
_ROW_SIGN: Final = regex.compile(r"(?::|\s[–—-])\s$")
_ROW_GAP: Final = regex.compile(r"(?:\s[\p{L}\d-]{1,16}){0,3}(?::|\s[–—-])\s")
_IN_ROWS: Final = (
    "settlements",
    "schools",
    "health",
    "institutions",
    "projects",
    "participants",
    "jobs",
    "zones",
    "sez",
    "masts",
    "subscribers",
    "households",
)
_SUBJECTS: Final = (
    *("jobs", "settlements", "projects", "subscribers", "schools", "participants", "zones", "sez", "people"),
    "households",
)
_DWELLERS: Final = ("people", "households")  # told along with other counts: «11 тысяч домов и 12 котельных»
_MANY: Final = (  # in Russian, the genitive of many
    *("мест", "сел", "пунктов", "проектов", "абонентов", "школ", "участников", "домов", "аулов", "зон", "парков"),
    *("резидентов", "компаний", "площадок", "инвесторов", "поселков", "потребителей", "жителей", "семей", "дворов"),
)
_SUBJECT_REACH: Final = 45  # characters
_OWN_CLAUSE: Final = 0.9  # clause borders
# «жителей области, обеспеченных питьевой водой, стало …»: what is told of the noun, then its verb
_TOLD_OF: Final = regex.compile(
    r"(?:\s[\p{L}-]+){0,3},\s\p{Ll}+(?:н|щ|вш|т|м)(?:ых|их|ихся|ы)\s[^,.;:\d]{0,60},"
    r"(?:\s(?:теперь|сейчас|уже|сегодня|здесь|там))?\s?(?:\s\p{Ll}+){0,2}\s(?:[–—-]\s)?(?:уже\s|всего\s|около\s|более\s)?"
)
_OWNED: Final = regex.compile(r"(?:ы|і)(?:н|ның|нің|на|не|нда|нде|нан|нен|мен)?$")
_LINKED: Final = regex.compile(r"[\s,]*(?:\([^)]{0,40}\)\s?)?")


class Counted:
    """The unit of a number. ``how`` says where the noun stood: after, before, percent sign, carried.

    ``end``: where the number with its noun ends; ``steps``: words between the two.
    """

    __slots__ = ("code", "end", "hit", "how", "steps")

    def __init__(self, code: str, hit: Hit | None, how: str, end: int, steps: int = 0) -> None:
        self.code, self.hit, self.how = code, hit, how
        self.end, self.steps = end, steps


def counted_noun(view: View, number: Number, limit: int) -> Counted | None:
    """The noun after the number, at most a few adjectives away and before ``limit`` (the next number)."""
    low = view.page.low
    position = number.end + len(number.tail)
    skipped = 0
    if low[position : position + 1] == "%" or low[position : position + 2] == " %":
        return Counted("percent", None, "percent sign", low.index("%", position) + 1)
    while position < min(limit, view.end) and skipped <= 5:
        if low[position] == " " or low[position] == "-" or low[position] == "\n":
            position += 1
            continue
        quoted = _QUOTED.match(low, position, view.end) if low[position] in _QUOTES else None
        if quoted:
            position = quoted.end()
            skipped += 1
            continue
        hit = view.units_at.get(position) or (_glued(view, position) if position == number.end else None)
        if hit is not None:
            head = _head(view, hit, limit)
            if head is not None:
                return Counted(head.term.code, head, "after", head.word_end, skipped)
            position = hit.word_end
            skipped += 1
            continue
        exact = next((hit for hit in view.of("qualifier") if hit.start == position and hit.word_end > position), None)
        if exact is not None:  # «300 с лишним домов»
            position = exact.word_end
            skipped += 1
            continue
        token = _TOKEN.match(low, position, view.end)
        if token is None or not _is_filler(view, token.group(), position):
            return None
        position = token.end()
        skipped += 1
    return None


def _glued(view: View, position: int) -> Hit | None:
    """The unit written without a space: «85пайыз»."""
    if not view.page.low[position : position + 1].isalpha():
        return None
    end = _TOKEN.match(view.page.low, position).end()
    fits = [
        (len(stem), term)
        for stem, is_open, term in _unit_forms().get(view.page.low[position], ())
        if view.page.low.startswith(stem, position) and (is_open or position + len(stem) == end)
    ]
    if not fits:
        return None
    return Hit(position, end, end, max(fits, key=lambda fit: fit[0])[1])


@cache
def _unit_forms() -> dict[str, list[tuple[str, bool, Term]]]:
    """The stems of units of one word by their first letter, each with whether it takes endings."""
    found: dict[str, list[tuple[str, bool, Term]]] = {}
    for term in load_vocabulary().of("unit"):
        for form in term.forms:
            if " " not in form:
                found.setdefault(form[0], []).append((form.rstrip("~*"), form[-1] in "~*", term))
    return found


def _head(view: View, hit: Hit, limit: int) -> Hit | None:
    """In Kazakh the head comes last: «274 ауыл мектебі» counts schools. None: the noun only describes the next one."""
    low = view.page.low
    code = hit.term.code
    if code in ("hectare", "km", "money", "m3day", "percent"):
        return hit
    if hit.term.language == "kk":
        begin = hit.word_end + 1
        following = view.units_at.get(begin) if begin < limit and low[hit.word_end : begin] == " " else None
        if (
            following is not None
            and following.term.language == "kk"
            and low[hit.start : hit.word_end] in _plain_forms(hit.term)
            and _OWNED.search(low[following.start : following.word_end])
            and not (
                following.term.code == "pipelines" and low[following.word_end - 2 : following.word_end] in ("на", "не")
            )
        ):
            return _head(view, following, limit)
    return hit


@lru_cache(maxsize=1024)
def _plain_forms(term: Term) -> frozenset[str]:
    """The forms of a noun without an ending."""
    return frozenset(form.strip("~*") for form in term.forms)


def _is_filler(view: View, token: str, position: int) -> bool:
    if token in ("(", ")", ",", ".", ";", ":", "–", "—", "%", "!", "?"):
        return token == "." and view.page.low[position - 3 : position] in ("тыс", "млн", "лрд", "рлн")
    if token in _STOPPERS:
        return False
    if token in _FILLERS:
        return True
    for hit in view.of("qualifier"):
        if hit.start == position:
            return True
    for hit in view.names:
        if hit.start <= position < hit.word_end:
            return True
    if view.kazakh:
        return _KK_ADJECTIVE.match(token) is not None and not any(
            hit.start == position and token.endswith(("ды", "ді", "ты", "ті")) for hit in view.of("stem")
        )
    return _RU_ADJECTIVE.match(token) is not None


def noun_before(view: View, number: Number, floor: int, bare: bool) -> Counted | None:
    """The noun before the number: «ауылдардың санын 301-ге», «число сёл достигло 126»."""
    row = _row_head(view, number, floor) if bare else None
    if row is not None:
        return row
    named = [hit for hit in view.of("cue", "number_of") if floor <= hit.start < number.start]
    if not named or view.border(named[-1].start, number.start) >= 1.0:
        return _subject_before(view, number, floor) if bare and not view.kazakh else None
    cue = named[-1]
    nouns = [
        hit
        for hit in view.units_at.values()
        if hit.term.code not in ("none", "percent", "money")
        and floor <= hit.start < number.start
        and abs(hit.start - cue.start) < 60
    ]
    # «число сёл», «ауылдардың саны»: in Russian its noun follows the word of number, in Kazakh it comes before
    nouns = [hit for hit in nouns if (hit.start < cue.start) == view.kazakh] or nouns
    if not nouns:
        return None
    hit = min(_outermost(nouns), key=lambda noun: abs(noun.start - cue.start))
    return Counted(hit.term.code, hit, "before", number.end + len(number.tail))


def _outermost(nouns: list[Hit]) -> list[Hit]:
    """«специальных экономических зон» is one noun, not also the zones in it."""
    return [hit for hit in nouns if not any(one.start < hit.start and hit.word_end <= one.word_end for one in nouns)]


def _row_head(view: View, number: Number, floor: int) -> Counted | None:
    """«Интернетке қосылған мектептер: 152», «Сёл с 4G – 92»: the head of a row, parted by a colon or a dash."""
    if not _ROW_SIGN.search(view.text(max(floor, number.start - 4), number.start)):
        return None
    heads = [
        hit
        for hit in view.units_at.values()
        if hit.term.code in _IN_ROWS
        and floor <= hit.start < number.start
        and _ROW_GAP.fullmatch(view.page.low, hit.word_end, number.start)
        and (view.kazakh or hit.start == view.start or hit.word_end >= number.start - 3)
    ]
    if not heads:
        return None
    head = max(heads, key=lambda hit: hit.word_end)
    return Counted(head.term.code, head, "before", number.end + len(number.tail))


def _subject_before(view: View, number: Number, floor: int) -> Counted | None:
    """«Рабочих мест создано 2 150»: in Russian the noun may stand before its verb, with no number of its own."""
    nouns = [
        hit
        for hit in view.units_at.values()
        if floor <= hit.start < number.start
        and (
            (number.start - hit.word_end < _SUBJECT_REACH and view.border(hit.start, number.start) < _OWN_CLAUSE)
            or _TOLD_OF.fullmatch(view.page.low, hit.word_end, number.start)
        )
    ]
    nouns = [
        hit
        for hit in nouns
        if (
            hit.term.code in _SUBJECTS
            and view.text(hit.start, hit.word_end).endswith(_MANY)
            and (hit.term.code not in _DWELLERS or view.between(view.start - 1, hit.start) == 0)
        )
        or (hit.term.code == "sez" and hit.start == view.start)  # «СЭЗ в стране шестнадцать»
    ]
    if not nouns:
        return None
    last = _outermost(nouns)[-1]
    return Counted(last.term.code, last, "before", number.end + len(number.tail))
