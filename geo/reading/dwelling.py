"""How many live somewhere, told aside («население – 1 860 человек», «900 тұрғын бар»): dwellers, not people served."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.indicators import is_counted
from geo.reading.numbers import Number
from geo.reading.phrases import phrase
from geo.reading.state import Figure
from geo.reading.units import Counted
from geo.reading.view import View

_POINTING: Final = ("here", "village_word", "this_village")
_LAYERS: Final = ("gas", "water", "internet")
_WITH_HOMES: Final = ("settlements", "households", "subscribers")  # who lives there is served with them
ABOUT: Final = (
    r"(?:(?:около|почти|более|свыше|больше|менее|порядка|примерно|всего|лишь|только|чуть|уже|сегодня|сейчас|до|чем"
    r"|шамамен|небәрі|бар болғаны|қазір|бүгінде|жалпы|тек|барлығы)\s){0,3}"
)
_BESIDE: Final = (
    r"(?:\d[\d ,]*(?:\s(?:тыс\.?|тысяч\p{Ll}?|мың|млн))?\s\p{Ll}+(?:,|\s(?:и|да|және|мен|пен))\s)?"  # «40 дворов и …»
)
_DWELLERS: Final = phrase(  # «население посёлка – », «ауылдың халқы », «численность населения составляет »
    "dwellers",
    after=(
        r"(?P<between>(?:\s\(?[\p{L}«»-]+){0,4}?)(?P<aside>,[^,.;\d]{2,40},)?(?:\s?[–—:-]|\s(?:составля\p{Ll}+|составил\p{Ll}*|насчитывает"
        rf"|превыша\p{{Ll}}+|превысил\p{{Ll}}*|достига\p{{Ll}}+|равно|равна))?\s{ABOUT}$"
    ),
)
_LIVE_BEFORE: Final = phrase("dwell", language="ru", after=rf"(?:\s[\p{{L}}«»-]+){{0,3}}?\s{ABOUT}{_BESIDE}$")
_LIVE_AFTER: Final = phrase(
    "dwell",
    before=r"(?:(?:,|\s(?:и|да|және|мен|пен))\s\d[\d ,]*\s(?:мың\s|тысяч\p{Ll}?\s)?\p{Ll}+)?\s(?:\p{L}+\s){0,2}?",
)
_WHERE: Final = regex.compile(
    rf"(?:(?<!\p{{L}})где|(?:^|\s)(?:в|на)\s(?:котор\p{{Ll}}+|нем|ней))\s(?P<live>(?:про)?жив\p{{Ll}}+\s)?{ABOUT}{_BESIDE}$"
)
_WITH: Final = regex.compile(rf"\sсо?\s{ABOUT}$")
_INSTRUMENTAL: Final = regex.compile(r"(?:ями|ами|ьми)$")
_ENDS: Final = regex.compile(r"(?=[.,;:)!?\n]|$|\s(?:и|да|және|мен|пен)\s\d)")
_OWN: Final = regex.compile(r"[,;:()\n]|\s[–—-]\s")
_SERVED: Final = phrase("served")
_WHO: Final = regex.compile(  # «қосылған 900 тұрғын», «интернеті бар 900 адам»: of these people it is told
    rf"(?:[гғкқ][ае]н|[ае]тын|[ае]тін|йтын|йтін|бар|бір)\s{ABOUT}$"
)
_OF_NOUN: Final = regex.compile(  # «900 адам тұратын ауыл», «900 адамға жететін ауыл»
    r"\s(?:\p{L}+\s)?(?:\p{L}+(?:тын|тін|[гғкқ][ае]н)|бар)\s[\p{L}«]"
)
_HOMES: Final = regex.compile(
    r"(?<!\p{L})(?:дом|домов|дома|домам|домах|двор\p{Ll}*|квартир\p{Ll}*|улиц\p{Ll}*)(?:,|\sи)?\s?$"
)
_IN_PLACE: Final = regex.compile(
    rf"(?:^|[.:]\s|\s)во?\s(?:[\p{{L}}-]+\s){{0,2}}[\p{{L}}-]+(?:,\s\p{{L}}+,)?\s{ABOUT}$"
    rf"|[\p{{L}}-]+[дт][ае]\s{ABOUT}$"
)
_HAVING: Final = regex.compile(r"[дт][ыі]$")
_DASH: Final = regex.compile(r"\s[–—-]\s")
_MANY: Final = regex.compile(r"[лдт][ае]р|(?:ах|ях)$")
_WITH_IT: Final = regex.compile(r"[мбп]ен$|ом$|ой$|ью$")
_NEXT: Final = 40  # characters
_NAME: Final = 16
_LIST: Final = 50
_REACH: Final = 70
_OWN_CLAUSE: Final = 0.9  # clause borders


def are_dwellers(view: View, number: Number, counted: Counted, layer: str, beside: Figure | None) -> bool:
    """Whether the number tells how many live somewhere, with no word that they get anything.

    ``beside``: the figure of the same layer right before, in the same sentence.
    """
    if counted.code not in ("people", "households") or layer not in _LAYERS:
        return False
    if beside is not None and beside.counted.code in _WITH_HOMES and not _names_place_since(view, number, beside):
        return False  # «подключены 14 сёл, где живут 6 300 человек»
    before = view.text(max(view.start, number.start - _REACH), number.start)
    told = _told_of_place(view, number, counted, before)
    if not told and _is_part_of_dwellers(view, number, counted, beside):
        return True
    return (
        bool(told)
        and not (told == "subject" and _go_on_as_served(view, counted))
        and not _are_served_before(view, number)
        and not _live_in_villages_counted_before(view, number)
        and not _live_in_villages_counted_next(view, counted)
    )


def _names_place_since(view: View, number: Number, homes: Figure) -> bool:
    """«640 семьям посёлка, где живут 2 300 человек»: the people of the whole place, not of the homes."""
    return homes.counted.code != "settlements" and any(
        homes.counted.end < hit.start < number.start for hit in view.of("place", "village_word", "this_village")
    )


def _is_part_of_dwellers(view: View, number: Number, counted: Counted, beside: Figure | None) -> bool:
    """«836 тысяч жителей, из них 420 тысяч – горожане»: a part of those who live there, no word that they get it."""
    return (
        counted.how == "carried"
        and beside is None
        and any(hit.start < number.start for hit in view.of("cue", "subset"))
        and any(hit.start < number.start for hit in view.of("unit", "people"))
        and not view.of("layer")
        and _SERVED.search(view.page.low, view.start, view.end) is None
    )


def _told_of_place(view: View, number: Number, counted: Counted, before: str) -> str:
    """How the number tells of a place: as the subject of a clause that may go on, "aside" of another, or not at all."""
    low = view.page.low
    named = _DWELLERS.search(before)
    if named is not None:
        if (
            _SERVED.search(named["between"])
            or _SERVED.search(named["aside"] or "")
            or _is_of_served(before[: named.start()])
        ):
            return ""
        return "aside" if view.kazakh and _OF_NOUN.match(low, counted.end) else "subject"
    if _is_in_brackets(view, number, counted):
        return "aside"
    live = _LIVE_AFTER.match(low, counted.end, view.end)
    if view.kazakh:
        if _HAVING.search(low, number.end, counted.end) and any(hit.start == counted.end + 1 for hit in view.names):
            return "aside"  # «40 мың тұрғынды Текеліде»
        if live is None or _WHO.search(before):
            return "aside" if _is_all_of_clause(view, number, counted, before) else ""
        return "aside" if _OF_NOUN.match(low, counted.end) else "subject"  # «1 200 адамы бар ауылға газ жетті»
    where = _WHERE.search(before)
    if where is not None and _HOMES.search(before, 0, where.start()):
        return ""  # «дома, где живут 5 тысяч человек»
    if where is not None and (where["live"] or live is not None or _ENDS.match(low, counted.end)):
        return "aside"
    if live is not None or _LIVE_BEFORE.search(before):
        return "subject"
    alone = _is_place_with(view, number, counted, before) or _is_all_of_clause(view, number, counted, before)
    return "aside" if alone else ""


def _is_of_served(before: str) -> bool:
    """«газбен қамтылған халық – 900 адам», «охват населения – 900 человек»."""
    return _SERVED.search(before, max(0, before.rfind(" ", 0, max(0, len(before) - 2)))) is not None


def _is_in_brackets(view: View, number: Number, counted: Counted) -> bool:
    """«в аул Саты (1 900 человек)», but not «жители Саты (1 900 человек)»."""
    low = view.page.low
    opening = number.start - 1
    if low[opening : opening + 1] != "(" or low[counted.end : counted.end + 1] != ")":
        return False
    places = (*view.names, *view.of("place"))
    return any(0 < opening - hit.word_end < _NAME for hit in places) and not any(
        0 < opening - hit.start < _NEXT
        for hit in view.of("unit", "people", "households", "settlements")
        if hit.term.code != "settlements" or is_counted(view, hit)
    )


def _is_place_with(view: View, number: Number, counted: Counted, before: str) -> bool:
    """«аул Карабулак с 2 300 жителями»: dwellers of the place named right before."""
    found = _WITH.search(before)
    if found is None or counted.hit is None:
        return False
    if _INSTRUMENTAL.search(view.text(counted.hit.start, counted.hit.word_end)) is None:
        return False
    at = number.start - len(before) + found.start()
    return any(0 <= at - hit.word_end < _NAME for hit in (*view.names, *view.of("place")))


def _is_all_of_clause(view: View, number: Number, counted: Counted, before: str) -> bool:
    """«В Конаеве 65 тысяч жителей, из них 58 тысяч получили газ»: a place and its people, before anything is told."""
    found = _IN_PLACE.search(before) if counted.code == "people" else None
    if found is None or _ENDS.match(view.page.low, counted.end) is None:
        return False
    at = number.start - len(before) + found.start()
    return any(at <= hit.start < number.start for hit in (*view.names, *view.of("place"))) and not any(
        hit.start < number.start for hit in view.of("layer")
    )


def _go_on_as_served(view: View, counted: Counted) -> bool:
    """«Население – 900 человек – обеспечено водой», «900 адам тұратын ауыл» apart: the clause tells what they get."""
    low = view.page.low
    dash = _DASH.match(low, counted.end, view.end)
    begin = dash.end() if dash is not None else counted.end
    own = _OWN.search(low, begin, view.end)
    return _SERVED.search(low, begin, own.start() if own is not None else view.end) is not None


def _are_served_before(view: View, number: Number) -> bool:
    """«в сёлах с газом живут 900 человек», «су құбыры бар ауылдарда 900 адам тұрады»: of places that have it."""
    begin = view.clause(number.start)[0]
    layers = [hit for hit in view.of("layer") if begin <= hit.start < number.start]
    if any(_WITH_IT.search(view.text(hit.start, hit.word_end)) for hit in layers):
        return True
    homes = any(
        hit.start < number.start and _MANY.search(view.text(hit.start, hit.word_end))
        for hit in view.of("unit", "settlements", "households")
    )
    layers = [hit for hit in view.of("layer") if hit.start < number.start]
    return homes and (bool(layers) or _SERVED.search(view.text(view.start, number.start)) is not None)


def _live_in_villages_counted_before(view: View, number: Number) -> bool:
    """«интернет 41 ауылға жеткен, бұл – үштен бірі, онда 27 мың адам тұрады»: of the villages counted before."""
    nouns = view.units_at.values()
    villages = [
        hit
        for hit in view.of("unit", "settlements")
        if hit.start < number.start
        and is_counted(view, hit)
        and not any(noun.word_end == hit.start - 1 for noun in nouns)  # «3 тысячи жителей посёлка»
    ]
    return bool(villages) and not any(
        villages[-1].start < hit.start < number.start and hit.term.code not in _POINTING for hit in view.of("place")
    )


def _live_in_villages_counted_next(view: View, counted: Counted) -> bool:
    """«халқы 7 200 адамды құрайтын бес ауылға су келді»: the people of the villages that are counted next."""
    if not view.kazakh:
        return False
    if sum(0 < name.start - counted.end < _LIST for name in view.names) > 1:
        return True  # «180 мың адам тұратын Ақсу, Сарқан аудандарына газ жеткізіледі»
    following = next((n for n in view.numbers if n.start >= counted.end and not n.odd), None)
    if following is None or following.start - counted.end > _NEXT:
        return False
    between = view.text(counted.end, following.start)
    return "," not in between and any(
        0 < hit.start - following.end < _NEXT for hit in view.of("unit", "settlements", "households")
    )
