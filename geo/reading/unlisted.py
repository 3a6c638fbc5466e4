"""Villages, estates, districts and zones that the gazetteer lacks, told by their kind word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import regex

from geo.model import COUNTRY
from geo.reading.mention import DISTRICTS_AFTER, Mention

if TYPE_CHECKING:
    from geo.reading.view import View

_UNLISTED_KK: Final = regex.compile(
    r"(?P<name>\p{Lu}[\p{Ll}-]+(?:\s\p{Lu}[\p{Ll}-]+)?)[»\"”]?\s(?P<kind>ауданы(?!дағы)\p{Ll}{0,5}|ауылы\p{Ll}{0,6}"
    r"|кенті\p{Ll}{0,6}|елді мекені\p{Ll}{0,6}|станциясы\p{Ll}{0,6}|(?:шағын|ықшам) ?ауданы\p{Ll}{0,5}"
    r"|тұрғын (?:үй )?(?:алабы|массиві)\p{Ll}{0,5})(?!\p{L})"
)
_UNLISTED_RU: Final = regex.compile(
    r"(?<!\p{L})(?P<kind>(?:жил\p{Ll}{2,3}\s)?массив\p{Ll}{0,2}|микрорайон\p{Ll}{0,2}|мкр\.?|[Сс]ел[оеу]|[Сс]ела(?=\s\p{Lu})|[Аа]уле?|[Пп]осёлок|[Пп]осёлке|[Пп]оселке|[Пп]оселок|посёлка|поселка|станции"
    r"|станция)\s[«\"]?(?P<name>\p{Lu}[\p{Ll}-]+(?:\s\p{Lu}[\p{Ll}-]+)?)"
)
_ZONE_KK: Final = regex.compile(
    r"[«\"“](?P<name>[^»\"”]{2,40})[»\"”]\s(?:\p{Ll}+\s)?(?:индустри\p{Ll}+ (?:аймағ|парк|аума)"
    r"|(?<=[»\"”] )аймағ|арнайы экономикалық аймағ|АЭА|өнеркәсіп\p{Ll}* (?:аймағ|парк)|технопарк|өндірістік аймағ)"
)
_ZONE_RU: Final = regex.compile(
    r"(?:СЭЗ|ИЗ|[Ии]ндустриальн\p{Ll}+ (?:зон\p{Ll}+|парк\p{Ll}*)"
    r"|[Сс]пециальн\p{Ll}+ экономическ\p{Ll}+ зон\p{Ll}+|[Пп]ромышленн\p{Ll}+ (?:зон\p{Ll}+|парк\p{Ll}*)"
    r"|[Тт]ехнопарк\p{Ll}*|[Пп]ромзон\p{Ll}+|[Зз]он(?:а|е|ы|у|ой)(?=\s[«\"“]))"
    r"\s(?:[«\"“](?P<name>[^»\"”]{2,60})[»\"”]|(?P<latin>[A-Z][A-Za-z]+))"
)


# Each with the kind of place it finds and the words without which it finds nothing.
_PATTERNS: Final = (
    (_ZONE_KK, "zone", ("аймағ", "парк", "аума", "АЭА")),
    (_ZONE_RU, "zone", ("СЭЗ", "ИЗ", "зон", "Зон", "парк")),
    (_UNLISTED_KK, "settlement", ("ауданы", "ауылы", "кенті", "елді мекені", "станциясы", "алабы", "массиві")),
    (
        *(_UNLISTED_RU, "settlement"),
        ("массив", "микрорайон", "мкр", "село", "селе", "селу", "села", "аул", "пос", "станци"),
    ),
)


_ZONE_NAME: Final = re.compile('[«"“A-Z]')  # how the names of zones begin
_NEEDED: Final = tuple(  # the same in lower case, of several words the last
    tuple(sorted({word.lower().split()[-1] for word in words})) for _, _, words in _PATTERNS
)
_REMEMBERED: Final = 30_000  # words
_KNOWN: Final[dict[str, list[int]]] = {}  # which of the patterns may find something where a word met so far stands


def add_unlisted_places(view: View, known: list[Mention], prefer: tuple[str, ...]) -> None:
    """Villages, districts and zones that the gazetteer lacks, told by their kind word, go to ``known``."""
    plain = view.page.plain
    for number in _patterns(view):
        pattern, kind, _ = _PATTERNS[number]
        if kind == "zone" and _ZONE_NAME.search(plain, view.start, view.end) is None:
            continue
        for found in pattern.finditer(plain, view.start, view.end):
            start, end = found.span()
            name = found.group("name") or ""
            if pattern is _UNLISTED_RU and " " not in name and DISTRICTS_AFTER.match(plain, found.end("name")):
                continue  # «села Каркаралинского и Нуринского районов»
            if pattern is _UNLISTED_RU and " " in name:
                second = found.start("name") + name.index(" ") + 1
                if any(mention.start == second for mention in known):  # «станции Сексеул Аральского района»
                    end, name = second - 1, name[: name.index(" ")]
            inner = [mention for mention in known if mention.start < end and start < mention.end]
            if not inner:
                groups = found.groupdict()
                name = name or groups.get("latin") or ""
                real = "district" if groups.get("kind", "").startswith("аудан") else kind
                known.append(Mention(start, end, f"unlisted/{real}", name, real, (), True, "named by its kind word"))
            elif kind == "zone" and not any(mention.kind == "zone" for mention in inner):
                regions = next((m.regions for m in inner if m.regions and _may_lie_in(m.regions, prefer)), ())
                known[:] = [mention for mention in known if mention not in inner]
                name, reason = found.group("name") or "", "named in quotes beside its kind word"
                known.append(Mention(start, end, "unlisted/zone", name, "zone", regions, True, reason))


def _patterns(view: View) -> list[int]:
    """Which patterns may find something in the sentence, told by its words one by one; in their order."""
    found: list[int] = []
    for word in view.words:
        calls = _KNOWN.get(word)
        if calls is None:
            if len(_KNOWN) >= _REMEMBERED:
                _KNOWN.clear()
            calls = _KNOWN[word] = [number for number, some in enumerate(_NEEDED) if any(w in word for w in some)]
        found += calls
    return sorted(set(found)) if found else found


def _may_lie_in(regions: tuple[str, ...], prefer: tuple[str, ...]) -> bool:
    return not prefer or prefer == (COUNTRY,) or not set(regions).isdisjoint(prefer)
