"""How exact a number is said to be: about, more than, less than, up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.units import Counted
from geo.reading.view import View

_RISE_GAP: Final = 14  # characters
_BY_SO_MUCH: Final = ("ға", "ге", "қа", "ке", "на", "не")
_MORE_OR_LESS: Final = regex.compile(r"\s(?:көп|артық|аз|кем)(?!\p{L})")
_YET: Final = "еще "
_FROM: Final = ("дан", "ден", "нан", "нен", "тан", "тен")
_ABOUT: Final = ("дай", "дей", "тай", "тей")


def figure_qualifier(view: View, number: Number, counted: Counted) -> tuple[str, bool]:
    """The qualifier, and whether the number is a level that a change reaches («доведут до 72 %»)."""
    found = view.of("qualifier")
    hits = [hit for hit in found if not any(o.start < hit.start < o.word_end for o in found)]  # «не меньше»
    rise = _rises(view, number, counted, hits)
    begin = number.start
    for hit in reversed(
        [h for h in hits if h.term.extra.get("side") == "before" and h.word_end <= begin and h.term.code != "rise"]
    ):
        gap = view.text(hit.word_end, begin)
        if (
            len(gap) <= 26
            and not any(sign in gap for sign in ",;.:–—")
            and not any(c.isdigit() for c in gap)
            and len(gap.split()) <= 2
        ):
            if hit.term.code == "up_to" and gap.strip() and not any(hit.word_end <= o.start < begin for o in found):
                continue  # «до конца года пять сёл»
            if hit.term.code == "up_to":
                level = not view.text(view.start, hit.start).endswith(_YET)  # «очередь дойдёт ещё до 13»: so many more
                return ("exact", level) if rise or _range_to(view, hit) else ("up_to", False)
            return hit.term.code, rise
    stop = counted.end if counted.hit is not None and counted.how == "after" else number.end + len(number.tail)
    for hit in hits:
        if hit.term.extra.get("side") != "after" or hit.term.code == "rise" or not number.end <= hit.start <= stop + 30:
            continue
        gap = view.text(number.end + len(number.tail), hit.start)
        if len(gap.split()) > 3 or any(sign in gap for sign in ",;.:"):
            continue
        if (
            hit.term.language == "kk"
            and hit.term.code == "more_than"
            and not view.text(number.start, hit.start).rstrip().endswith(("нан", "нен", "дан", "ден", "тан", "тен"))
        ):
            continue  # «елу жоба іске асты» is no "more than"
        if hit.start > stop and len(view.text(stop, hit.start).split()) > 1:
            continue
        if hit.term.code == "up_to":
            if rise or counted.code == "none":
                return "exact", True
            return "up_to", False
        return hit.term.code, rise
    noun = view.text(number.end, counted.end) if counted.how == "after" else ""
    if view.kazakh and noun.endswith(_ABOUT):
        return "about", rise  # «9 миллиард теңгедей»
    if number.tail.removeprefix("-") in ("дай", "дей", "тай", "тей"):
        return "about", rise
    return ("about" if number.guess else "exact"), rise


def _range_to(view: View, hit: Hit) -> bool:
    return (
        view.text(max(view.start, hit.start - 12), hit.start)
        .rstrip()
        .endswith(("%", "га", "тыс.", "процентов", "гектаров"))
    )


def _rises(view: View, number: Number, counted: Counted, hits: Sequence[Hit]) -> bool:
    for hit in hits:
        if hit.term.code != "rise":
            continue
        if hit.term.extra.get("side") == "before" and hit.start < number.start:
            gap = view.text(hit.word_end, number.start)
            if (
                view.border(hit.start, number.start) < 0.9
                and len(gap) < 70
                and (" до " in f" {gap} " or len(gap) < 4 or "достиг" in view.text(hit.start, hit.word_end))
            ):
                return True
        elif hit.term.extra.get("side") == "after" and hit.start >= number.end:
            gap = view.text(counted.end, hit.start)
            if view.border(number.start, hit.start) < 0.9 and len(gap) < 40:
                verb = view.text(hit.start, hit.start + 6)
                brought = "дейін" not in gap and (
                    verb == "жеткіз" or (verb[:3] == "жет" and _comes_in_a_year(view, counted, hit))
                )
                if brought and counted.code == "settlements" and counted.how == "after" and not number.tail:
                    continue  # «үш ауылға құбыр жеткізу» reaches villages, no level
                tail = number.tail or view.text(max(number.end, counted.end - 3), counted.end)
                if (
                    tail.endswith(("ға", "ге", "қа", "ке", "на", "не"))
                    or "дейін" in gap
                    or "ға " in gap
                    or "ге " in gap
                ):
                    return True
    return False


def _comes_in_a_year(view: View, counted: Counted, verb: Hit) -> bool:
    """«былтыр сегіз ауылға газ жетті», «биыл газ сегіз ауылға жетті»: what comes to them, in a year of its own."""
    level = view.of("cue", "number_of", "level", "again")
    return any(
        counted.end < hit.start < verb.start or (not level and hit.start < counted.end) for hit in view.of("layer")
    ) and bool(view.of("time", "year+0", "year-1", "year-2"))


def is_difference(view: View, number: Number, counted: Counted) -> bool:
    """«былтырғыдан 14-ке көп», «14 ауылға артық»: by how much more or less, not how many."""
    after = counted.end if counted.how == "after" else number.end + len(number.tail)
    return (
        view.kazakh
        and view.text(number.start, after).endswith(_BY_SO_MUCH)
        and _MORE_OR_LESS.match(view.page.low, after) is not None
    )


def rises_from(view: View, number: Number, index: int, counted: Counted) -> bool:
    """«10 мың текше метрден 15 мыңға», «с 20 до 40 %»: what a rise starts from is so already."""
    following = view.numbers[index + 1] if index + 1 < len(view.numbers) else None
    if following is None or following.odd or following.start - max(counted.end, number.end) > _RISE_GAP:
        return False
    if view.kazakh:
        beside = view.text(counted.end, following.start) == " "
        return beside and counted.how == "after" and view.text(number.end, counted.end).endswith(_FROM)
    between = view.text(number.end, following.start)
    return between.endswith(" до ") and view.text(max(view.start, number.start - 3), number.start) in (" с ", "с ")
