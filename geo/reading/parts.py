"""Parts of an enumeration, which say what the whole says, and a lack told only by the verb that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from geo.reading.lists import is_next_of_list
from geo.reading.phrases import phrase
from geo.reading.units import Counted
from geo.reading.vocabulary import YEARS

if TYPE_CHECKING:
    from geo.reading.indicators import Flags
    from geo.reading.numbers import Number
    from geo.reading.state import Figure
    from geo.reading.status import Sign
    from geo.reading.view import View

_LISTED: Final = frozenset(("settlements", "schools", "health", "people", "households", "masts", "zones", "sez"))
_OWN_CUES: Final = (
    *("unserved", "renewed", "module", "standpipe", "trucked", "well", "central"),
    *("fibre", "broadband", "mobile", "satellite", "3g", "4g", "adsl"),
)
_THERE: Final = phrase("lies_there", before="^", after="$")  # verbs that only say where the part is
_COLON: Final = regex.compile(r":\s[^.;]*$")
_NEXT_PART: Final = regex.compile(r"(?:,|;|\s(?:и|а|мен|пен|бен|және)\s)[^,;]*$")
_BEFORE_CUE: Final = regex.compile(r"(?:\s\p{Ll}+){0,2}(?:\s\p{Lu}?[\p{L}-]+){0,2}\s?[,(–—-]?\s?$")
_CASE: Final = regex.compile(r"(?:[дт][ае]|[ғгқкн][ае])$")  # «48 ауылда …», «40 ауылға …»: its verb is to come
_CLOSE: Final = 45  # characters from a whole to the words for its parts
_BESIDE: Final = 3  # characters
_OWN_CLAUSE: Final = 0.9  # clause borders
_BRACKETS: Final = regex.compile(r"\)(?:,|\s(?:и|және|мен|пен|бен))\s[^().;\d]{3,40}\s\($")
_BRACKETED: Final = regex.compile(r"\)[\s,.;]")
_MANY: Final = ("сел", "сёл", "аулов", "пунктов", "ауылдар", "мекендер", "села", "ауылдың", "ауылдары", "мекендері")
_ONE_OF: Final = regex.compile(r"одн\p{Ll}{1,2}\sиз\s$")
_REST: Final = phrase("rest")


def says_as_before(
    view: View, number: Number, counted: Counted, layer: str, earlier: Figure, signs: list[Sign]
) -> bool:
    """The next item of a list, or a part of the whole told right before: all but number and place is as there."""
    return is_next_of_list(view, number, counted, layer, earlier, signs) or _is_part_of_whole(
        view, number, counted, layer, earlier, signs
    )


def _is_part_of_whole(
    view: View, number: Number, counted: Counted, layer: str, earlier: Figure, signs: list[Sign]
) -> bool:
    """«33 ауылда салынуда, соның ішінде Зеренді ауданында – 4 ауыл бар», «ещё девять сёл: пять в Абайском районе …».

    A part is smaller than its whole, has a place of its own, and no word of its own that tells what is there.
    """
    if counted.code not in _LISTED or counted.code != earlier.counted.code or earlier.layer.layer != layer:
        return False
    if "total" in earlier.flags or (number.value > earlier.number.value and earlier.whole is None):
        return False
    begin = earlier.number.end
    if _stand_in_brackets(view, number, begin):
        return not _tells_anew(view, begin, number.end, signs)
    cut = _begin_of_part(view, number, earlier)
    if cut < 0:
        return False
    end = _end_of_part(view, max(number.end + len(number.tail), counted.end if counted.how == "after" else 0))
    named = any(cut <= name.start < end for name in view.names) or _is_bare_part(view, number, cut)
    return named and not _tells_anew(view, cut, end, signs)


def _is_bare_part(view: View, number: Number, cut: int) -> bool:
    """«из них 30 – с населением до 50 человек»: right after "of them", with what sort they are behind a dash."""
    return any(
        cue.start == cut and 0 < number.start - cue.word_end < _BESIDE for cue in view.of("cue", "subset")
    ) and view.text(number.end, number.end + 3) in (" – ", " — ", " - ")


def _begin_of_part(view: View, number: Number, earlier: Figure) -> int:
    """Where the words for a part begin, "of them" or a colon, or the comma to the next part; -1 where it is none."""
    begin = earlier.number.end
    for cue in view.of("cue", "subset"):
        if begin <= cue.start < number.start:
            return cue.start
    between = view.text(begin, number.start)
    colon = _COLON.search(between)
    if colon is not None:
        return begin + colon.start()
    if earlier.whole is not None:
        following = _NEXT_PART.search(between)
        return begin + following.start() if following is not None else -1
    return -1


def _end_of_part(view: View, after: int) -> int:
    """The next sign that ends the words about a part."""
    low = view.page.low
    ends = [at for at in (low.find(sign, after, view.end) for sign in (",", ";", ".", " и ", " және ")) if at >= 0]
    return min(ends, default=view.end)


def _tells_anew(view: View, start: int, end: int, signs: list[Sign]) -> bool:
    """Whether plain[start:end] says itself what is there: a verb, a network, a lack, another year."""
    return (
        any(start <= sign.start < end and _THERE.search(sign.text) is None for sign in signs)
        or any(start <= hit.start < end for hit in view.of("cue", *_OWN_CUES))
        or any(start <= hit.start < end for hit in view.of("layer"))
        or any(start <= hit.start < end for hit in view.of("time", *YEARS, "now"))
        or any(start <= year.start < end for year in view.years)
    )


def _stand_in_brackets(view: View, number: Number, begin: int) -> bool:
    """«в Жанакалинском (17) и Казталовском (12) районах»: a number right after the one before, both in brackets."""
    return (
        view.text(number.start - 1, number.start) == "("
        and _BRACKETED.match(view.page.low, number.end) is not None
        and _BRACKETS.search(view.text(begin, number.start)) is not None
    )


def noun_of_bracket(view: View, number: Number) -> Counted | None:
    """«Интернетсіз ауылдар Аягөз (13) және Үржар (8) аудандарында көп»: the villages told of before the names."""
    if view.text(number.start - 1, number.start) != "(" or _BRACKETED.match(view.page.low, number.end) is None:
        return None
    named = any(0 < number.start - name.end < 12 for name in view.names)
    nouns = [
        hit
        for hit in view.units_at.values()
        if hit.start < number.start
        and hit.term.code in ("settlements", "schools")
        and view.text(hit.start, hit.word_end).endswith(_MANY)
        and view.border(hit.start, number.start) < _OWN_CLAUSE
    ]
    if not named or not nouns or view.between(nouns[-1].start, number.start) > 1:
        return None
    return Counted(nouns[-1].term.code, nouns[-1], "carried", number.end)


def noun_of_one_of(view: View, number: Number) -> Counted | None:
    """«СЭЗ, одной из 17 действующих в стране»: the zones that the country has, one of which was just told of."""
    if _ONE_OF.search(view.text(max(view.start, number.start - 12), number.start)) is None:
        return None
    nouns = [
        hit
        for hit in view.of("unit", "sez", "zones")
        if hit.start < number.start and view.between(hit.start, number.start) <= 1
    ]
    return Counted(nouns[-1].term.code, nouns[-1], "carried", number.end) if nouns else None


def note_lack_in_the_end(view: View, number: Number, counted: Counted, signs: list[Sign], flags: Flags) -> None:
    """«48 ауылда, оның ішінде Жаңақала ауданының 17 ауылында, интернет жоқ»: it is told of the whole too."""
    if (
        counted.code in _LISTED
        and view.of("cue", "subset")
        and (lack := _lack_in_the_end(view, number, counted, signs))
    ):
        flags.set("unserved", lack)


def _lack_in_the_end(view: View, number: Number, counted: Counted, signs: list[Sign]) -> str:
    """The word that tells the lack, for the whole and for a part of it; "" where there is none."""
    cues = view.of("cue", "subset")
    after = max(counted.end, number.end + len(number.tail))
    lack = _first_told(view, after, signs)
    if lack is None or _REST.search(view.text(after, lack[0])):
        return ""
    start, end = lack
    told_before = any(
        sign.end <= number.start and view.border(sign.start, number.start) < _OWN_CLAUSE for sign in signs
    )
    inner = [other for other in view.numbers if after <= other.start < start and not other.odd]
    cue = next((cue for cue in cues if after <= cue.start < start), None)
    if cue is not None:
        last = inner[-1].end if inner else after
        aside = cue.start - after < _CLOSE and _BEFORE_CUE.fullmatch(view.page.plain, after, cue.start) is not None
        own = counted.hit is not None and counted.how == "after"
        noun = view.text(counted.hit.start, counted.hit.word_end) if own and counted.hit is not None else ""
        parted = "," in view.text(max(last, cue.end), start) and view.border(last, start) > 0
        waits = view.kazakh and _CASE.search(noun) is not None
        if inner and aside and not told_before and (parted or waits):
            return view.text(start, end)
        return ""
    cue = next((cue for cue in reversed(cues) if cue.start < number.start), None)
    if cue is None or any(cue.start < sign.start < number.start for sign in signs):
        return ""
    if inner:
        named = all(any(after <= name.start < other.start for name in view.names) for other in inner)
        return view.text(start, end) if view.kazakh and named and len(inner) <= 3 else ""
    whole = [other for other in view.numbers if other.end <= cue.start and not other.odd]
    return view.text(start, end) if whole and "," in view.text(after, start) else ""


def _first_told(view: View, after: int, signs: list[Sign]) -> tuple[int, int] | None:
    """Start and end of the first word after that tells what is there, where it tells a lack."""
    cue = next((hit for hit in view.of("cue", "unserved") if hit.start >= after), None)
    first = next((sign for sign in signs if sign.start >= after and _THERE.search(sign.text) is None), None)
    not_so = cue is not None and first is not None and cue.start == first.end + 1  # «жеткен жоқ»
    if not not_so and first is not None and (cue is None or first.end <= cue.start):
        return (first.start, first.end) if first.code == "not_yet" else None
    return (cue.start, cue.word_end) if cue is not None else None
