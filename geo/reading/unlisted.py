"""Villages, estates, districts and zones that the gazetteer lacks, told by their kind word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import regex

from geo.reading.mention import Mention

if TYPE_CHECKING:
    from geo.reading.view import View

_MAY_NAME: Final = regex.compile(
    r"[«\"“]|СЭЗ|ауданы|массив|микрорайон|мкр|алабы|ауылы|кенті|елді мекені|станциясы|сел[оеуа]\s|аул|пос[её]л"
    r"|станци|зон|парк"
)
_UNLISTED_KK: Final = regex.compile(
    r"(?P<name>\p{Lu}[\p{Ll}-]+(?:\s\p{Lu}[\p{Ll}-]+)?)[»\"”]?\s(?P<kind>ауданы(?!дағы)\p{Ll}{0,5}|ауылы\p{Ll}{0,6}"
    r"|кенті\p{Ll}{0,6}|елді мекені\p{Ll}{0,6}|станциясы\p{Ll}{0,6}|(?:шағын|ықшам) ?ауданы\p{Ll}{0,5}"
    r"|тұрғын (?:үй )?(?:алабы|массиві)\p{Ll}{0,5})(?!\p{L})"
)
_UNLISTED_RU: Final = regex.compile(
    r"(?<!\p{L})(?P<kind>(?:жил\p{Ll}{2,3}\s)?массив\p{Ll}{0,2}|микрорайон\p{Ll}{0,2}|мкр\.?|сел[оеу]|села(?=\s\p{Lu})|ауле?|посёлок|посёлке|поселке|поселок|посёлка|поселка|станции"
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


def unlisted_places(view: View, known: list[Mention], prefer: tuple[str, ...]) -> Iterator[Mention]:
    """Villages, districts and zones that the gazetteer lacks, told by their kind word."""
    plain = view.page.plain
    if not _MAY_NAME.search(plain, view.start, view.end):
        return
    for pattern, kind in (
        (_ZONE_KK, "zone"),
        (_ZONE_RU, "zone"),
        (_UNLISTED_KK, "settlement"),
        (_UNLISTED_RU, "settlement"),
    ):
        for found in pattern.finditer(plain, view.start, view.end):
            start, end = found.span()
            name = found.group("name") or ""
            if pattern is _UNLISTED_RU and " " in name:
                second = found.start("name") + name.index(" ") + 1
                if any(mention.start == second for mention in known):  # «станции Сексеул Аральского района»
                    end, name = second - 1, name[: name.index(" ")]
            if any(mention.start < end and start < mention.end for mention in known):
                if kind == "zone":
                    inner = [m for m in known if m.start < end and start < m.end]
                    if any(m.kind == "zone" for m in inner):
                        continue
                    regions = next(
                        (
                            m.regions
                            for m in inner
                            if m.regions and (not prefer or prefer == ("KZ",) or set(m.regions) & set(prefer))
                        ),
                        (),
                    )
                    known[:] = [m for m in known if m not in inner]
                    yield Mention(
                        start,
                        end,
                        "unlisted/zone",
                        found.group("name") or "",
                        "zone",
                        regions,
                        True,
                        "named in quotes beside its kind word",
                    )
                continue
            groups = found.groupdict()
            name = name or groups.get("latin") or ""
            real = "district" if groups.get("kind", "").startswith("аудан") else kind
            yield Mention(start, end, f"unlisted/{real}", name, real, (), True, "named by its kind word")
