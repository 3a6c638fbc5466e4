"""A place that a sentence names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from geo.reading.phrases import phrase

if TYPE_CHECKING:
    from geo.reading.view import View

# after «Каркаралинского» in «села Каркаралинского и Нуринского районов»
DISTRICTS_AFTER: Final = regex.compile(r"(?<=[сц]кого)(?:(?:,|\sи)\s\p{Lu}[\p{L}-]+[сц]кого){0,6}\sрайон")
_LONGEST_TITLE: Final = 60  # characters
_BEARER: Final = phrase("bearer", before=r"\s")
_BEARER_BEFORE: Final = phrase("bearer", after=r"\s$")
_WORKS: Final = phrase("waterworks", before=r"\s")
_WORKS_BEFORE: Final = phrase("waterworks", after=r"\s$")
_IN: Final = ("да", "де", "та", "те", "нда", "нде", "дағы", "дегі", "тағы", "тегі")
_GROUP_WORKS: Final = regex.compile(
    r"(?:(?:,|\s(?:және|мен|бен|пен|и))\s[\p{L}-]+)?\s(?:топтық\s(?:су\s)?құбыр|группов\p{Ll}+\sводо)"
)
_TO: Final = ("– ", "— ", "- ")
_ROAD: Final = regex.compile(r"»?\s(?:автожол|тас\s?жол|тасжол|күре\s?жол|теміржол)")
_HELD_THERE: Final = phrase(
    "event", before=r"\p{Ll}*\s(?:(?:өткен|өтті|болған)\s(?!жыл)|(?:про|состо)\p{Ll}+\s)(?:[\p{Ll}-]+\s){0,4}"
)
_HELD_IN: Final = phrase("event", language="ru", after=r"\sво?\s(?:г\.\s?|городе\s)?$")


class Mention:
    """A place named at plain[start:end]. ``regions`` are ISO codes; ``reason`` says how an ambiguous name was read.

    ``explicit``: its kind was said («облысы», «район»), or the name has one meaning; ``line``: it is an end of a road
    or a pipeline («Алматы – Талдықорған»).
    """

    __slots__ = ("end", "explicit", "id", "kind", "line", "name", "reason", "regions", "start")

    def __init__(
        self,
        start: int,
        end: int,
        id: str,
        name: str,
        kind: str,
        regions: tuple[str, ...],
        explicit: bool,
        reason: str = "",
        line: bool = False,
    ) -> None:
        self.start, self.end, self.id = start, end, id
        self.name, self.kind, self.regions = name, kind, regions
        self.explicit, self.reason, self.line = explicit, reason, line

    def inside(self, regions: tuple[str, ...]) -> Mention:
        """The same place, in these regions."""
        start, end, kind = self.start, self.end, self.kind
        return Mention(start, end, self.id, self.name, kind, regions, self.explicit, self.reason, self.line)


def is_in_title(view: View, start: int, end: int) -> bool:
    """Whether plain[start:end] is a part of a quoted name («Опора страны») that a programme or a paper bears."""
    plain = view.page.plain
    if (
        " " not in plain[start:end] and not plain[start:end].endswith(_IN) and _GROUP_WORKS.match(view.page.low, end)
    ):  # «Есіл және Булаев топтық су құбырлары»
        return True
    if plain[start - 2 : start] in _TO and _ROAD.match(view.page.low, end):  # «Жетіген – Қазақстан автожолы»
        return True
    opening = plain.rfind("«", max(view.start, start - _LONGEST_TITLE), start)
    if opening < 0 or plain.find("»", opening, start) >= 0:
        return False
    closing = plain.find("»", end, end + _LONGEST_TITLE)
    if closing < 0:
        return False
    if opening + 1 >= start and end >= closing:  # a pipeline «Ишим» is not in the district of that name
        before = view.page.low[max(view.start, opening - 30) : opening]
        return _WORKS.match(view.page.low, closing + 1) is not None or _WORKS_BEFORE.search(before) is not None
    return (
        _BEARER.match(view.page.low, closing + 1) is not None
        or _BEARER_BEFORE.search(view.page.low[max(view.start, opening - 30) : opening]) is not None
    )


def is_venue(view: View, mention: Mention) -> bool:
    """«Қонаевта өткен брифингте», «на брифинге в Конаеве»: where something was said, not what it was about."""
    if mention.line or mention.kind not in ("city", "settlement", "district"):
        return False
    before = view.text(max(view.start, mention.start - 40), mention.start)
    return _HELD_THERE.match(view.page.low, mention.end) is not None or _HELD_IN.search(before) is not None
