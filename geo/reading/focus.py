"""Which place a text has last spoken of, and what a sentence that names none goes on with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import regex

from geo.model import COUNTRY
from geo.reading.indicators import is_counted
from geo.reading.matching import Hit
from geo.reading.mention import Mention, is_in_title
from geo.reading.phrases import Opening
from geo.reading.text import after_space
from geo.reading.view import View

if TYPE_CHECKING:
    from geo.place_tables import Place

INSIDE: Final = ("district", "city", "settlement", "zone", "station")
CAPITAL: Final = "KZ-71"
CITY_REGIONS: Final = (CAPITAL, "KZ-75", "KZ-79")
# Words that lead a text back to a place.
MEANT: Final = ("this_region", "country", "this_district", "this_city", "this_capital")
_OF_WORKS: Final = (
    *("km", "money", "m3day", "households", "people", "masts", "projects", "pipelines", "subscribers", "facilities"),
    "gas_stations",
)
_MANY_ZONES: Final = regex.compile(
    r"(?:аймақ|аумақ)тар|алаңдар|парктер|зон(?:ам|ах|ами)?$|парк(?:ов|ах|ам)$|площадк(?:ах|ам)$|площадок$"
)
_TOLD_OF: Final = 2  # sentences for which a district or town that a sentence began with goes on
_THEIR_COST: Final = regex.compile(
    r"[\s«–—-]*(?:(?:жалпы\s|оның\s)?(?:құны|ұзындығы)|общая\s(?:стоимость|протяженность)\s(?:работ|проект|[–—-])"
    r"|(?:их\s|его\s|ее\s)?(?:стоимость|протяженность|длина)\s(?:[–—-]|составля|состав))"
)
_SAME_WORKS: Final = Opening("same_works")
_SOURCES: Final = ("газы", "газеті", "әкім", "аким", "губернатор", "басқарма", "управлени", "хабарла", "департамент")
_SOURCE_BEFORE: Final = regex.compile(
    r"(?:(?:аким|глав|депутат|директор|начальник|руководител)\p{Ll}{0,4}|жител(?:ь|ьница|я|ьницы)|акимат\p{Ll}{0,2}|пресс-служб\p{Ll}{1,2})\s$"
)


class PlaceFound:
    """Regions and, for a figure inside a region, the place.

    ``how`` it was concluded: clause, sentence, words, focus, document, country, none.
    """

    __slots__ = ("how", "mention", "reason", "regions")

    def __init__(
        self, regions: tuple[str, ...] = (), mention: Mention | None = None, how: str = "none", reason: str = ""
    ) -> None:
        self.regions, self.mention, self.how, self.reason = regions, mention, how, reason


@dataclass(slots=True)
class Focus:
    """What the text has last spoken of, by kind, and what the whole document is about."""

    home: tuple[str, ...] = ()
    home_place: Mention | None = None
    home_reason: str = ""
    region: tuple[str, ...] = ()
    last: dict[str, Mention] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)  # ids of the districts and towns named with their kind word
    current: PlaceFound = field(default_factory=PlaceFound)
    paragraph: int = -1
    line: int = -1
    age: int = 99
    topic: bool = False  # whether the place inside is what its sentence is about, not named in passing
    works: str = ""  # the layer of the works told of in the place inside
    under: Mention | None = None  # the district whose name heads these paragraphs
    whole: bool = False  # whether the text has gone over from the place in its title to the oblast
    aside: Mention | None = None  # a place of which the sentence before told a part only
    aside_end: int = -1  # where that sentence ends
    seats: Mapping[str, Place] = field(default_factory=dict)  # region → its administrative centre


def carried(view: View, focus: Focus, linked: bool, unit: str, layer: str) -> PlaceFound:
    """The place that a sentence without one goes on with; else the document's own."""
    current = focus.current
    near = view.sentence.paragraph == focus.paragraph and view.sentence.line - focus.line <= 0
    if (near or linked) and focus.age <= (4 if near else 1) and (current.regions or current.mention):
        # A zone is told of over several sentences; a district named in passing is not what the next sentence is about.
        zone = layer == "industry"
        told_of = near and focus.topic and focus.age <= _TOLD_OF and not _begins_anew(view, focus)
        works = near and focus.works == layer and not _begins_anew(view, focus) and _is_of_works(view, unit)
        inside = current.mention if linked or zone or told_of or works else None
        if inside is not None and inside.kind == "zone" and zone and _speaks_of_many_zones(view):
            inside = None
        goes_on = linked or _SAME_WORKS.opens(view.page.low, view.start)
        if inside is not None and inside.kind == "city" and unit == "settlements" and not goes_on:
            inside = None  # «В городе водой обеспечены все. … привозную пьют в 25 сёлах»: of the oblast
        if inside is None and current.mention is not None and focus.home_place is not None and focus.home:
            return _of_document(focus)
        return PlaceFound(current.regions or focus.home, inside, "focus", "place of the sentence before")
    if focus.under is not None:
        return PlaceFound(focus.under.regions or focus.region or focus.home, focus.under, "focus", "under its heading")
    return _of_document(focus) if focus.home else PlaceFound()


def _of_document(focus: Focus) -> PlaceFound:
    """The place in the title, until the text goes over to its oblast («Жалпы өңірде …»)."""
    if focus.whole and focus.home_place is not None:
        reason = "the document's own region, to which the text has gone over from the place in its title"
        return PlaceFound(focus.home, None, "document", reason)
    return PlaceFound(focus.home, focus.home_place, "document", focus.home_reason)


def _speaks_of_many_zones(view: View) -> bool:
    return any(_MANY_ZONES.search(view.text(hit.start, hit.word_end)) for hit in view.of("layer", "industry"))


def _region_of(focus: Focus, view: View) -> tuple[str, ...]:
    if focus.region and focus.region != (COUNTRY,):
        return focus.region
    near = view.sentence.line == focus.line and focus.current.mention is not None
    return focus.home or (focus.current.regions if near else ())


def _is_of_works(view: View, unit: str) -> bool:
    """Length, cost, homes: what works have; anything else where the sentence says that it goes on with them."""
    return unit in _OF_WORKS or _SAME_WORKS.opens(view.page.low, view.start)


def _begins_anew(view: View, focus: Focus) -> bool:
    """«Барлығы…», «На следующий год…»: a sum or a time at its beginning frames the sentence, not the place before.

    A time does not where the text is about that place, save for a part of a city.
    """
    if view.of("cue", "sum") and not _THEIR_COST.match(view.page.low, view.start):
        return True
    if focus.topic and not {*focus.current.regions[:1]} & {*CITY_REGIONS}:  # a place may have no known region
        return False
    return any(hit.start - view.start < 4 and hit.term.code.startswith("year") for hit in view.of("time")) or any(
        year.start - view.start < 4 and year.due for year in view.years
    )


def meant(code: str, focus: Focus, view: View) -> PlaceFound | None:
    """The place that a word of place means («облыста», «здесь»); None where the text has named none."""
    if code == "country":
        return PlaceFound((COUNTRY,), None, "words", "the country is meant")
    if code == "this_region":
        regions = _region_of(focus, view)
        if regions and regions != (COUNTRY,):
            return PlaceFound(regions, None, "words", "the oblast the text speaks of")
        return None
    if code == "this_capital":
        named = any(CAPITAL in regions for regions in (focus.home, focus.region, focus.current.regions))
        return PlaceFound((CAPITAL,), None, "words", "the city the text speaks of") if named else None
    if code == "region_seat":
        regions = _region_of(focus, view)
        seat = focus.seats.get(regions[0]) if len(regions) == 1 else None
        if seat is None:
            return None
        reason = "the seat of the oblast the text speaks of"
        centre = Mention(0, 0, seat.id, seat.name_kk, seat.kind, regions, False, reason)
        return PlaceFound(regions, centre, "words", reason)
    if code == "here":
        near = _just_told_aside(view, focus) or focus.current.mention
        return (
            PlaceFound(near.regions or focus.region or focus.home, near, "words", "the place last spoken of")
            if near
            else None
        )
    kind = {"this_district": "district", "this_city": "city", "this_village": "settlement", "this_zone": "zone"}.get(
        code
    )
    mention = focus.last.get(kind) if kind else None
    if (
        kind == "district"
        and mention is None
        and (mention := focus.last.get("city") or focus.last.get("settlement")) is not None
    ):
        mention = Mention(
            mention.start,
            mention.end,
            "unlisted/district",
            mention.name,
            "district",
            mention.regions,
            False,
            f"the district of {mention.name}",
        )
    of_home = mention is not None and mention.regions == focus.home
    if kind == "city" and not of_home and focus.home and focus.home[0] in CITY_REGIONS:
        return PlaceFound(focus.home, None, "words", "the city the text speaks of")
    if mention is None:
        return None
    return PlaceFound(
        mention.regions or focus.region or focus.home, mention, "words", f"the {mention.kind} last spoken of"
    )


def _just_told_aside(view: View, focus: Focus) -> Mention | None:
    """«Больше всего жалоб – из Жарминского района. Здесь …»: the sentence before told it for a part."""
    follows = focus.aside is not None and not view.page.plain[focus.aside_end : view.start].strip(" –—-«")
    return focus.aside if follows else None


def place_meant(view: View, mentions: Sequence[Mention], focus: Focus) -> PlaceFound | None:
    """The oblast, the country or the district that the sentence goes back to without naming it."""
    for hit in view.of("place", *MEANT):
        if (
            is_source(view.page.low, hit.word_end)
            or is_of_budget(view, hit)
            or any(o.start < hit.start < o.word_end for kind in ("layer", "unit") for o in view.of(kind))
        ):
            continue
        if is_counted(view, hit) or any(
            seat.start <= hit.start < seat.word_end for seat in view.of("place", "region_seat")
        ):
            continue
        named = any(m.start < hit.word_end and hit.start <= m.end + 1 for m in mentions)  # a kind word of a name
        if named or is_in_title(view, hit.start, hit.word_end):
            continue
        return meant(hit.term.code, focus, view)
    return None


def is_source(low: str, at: int) -> bool:
    """«облыс әкімі», «управление области»: whether the word after a place is an office or a paper that speaks."""
    return low.startswith(_SOURCES, after_space(low, at))


def is_of_budget(view: View, place: Hit) -> bool:
    """«обошлось областному бюджету»: the oblast's budget pays for works in its districts and villages."""
    low = view.page.low
    return place.term.code in ("this_region", "country") and low.startswith("бюджет", after_space(low, place.word_end))


def is_of_speaker(view: View, mention: Mention) -> bool:
    """«Аким Кордайского района», «Абай ауданының әкімі»: whose office speaks, not what is spoken of."""
    before = view.text(max(view.start, mention.start - 16), mention.start)
    return is_source(view.page.low, mention.end) or _SOURCE_BEFORE.search(before) is not None


def note_mentions(view: View, mentions: list[Mention], focus: Focus) -> None:
    """Remember what this sentence spoke of."""
    regions = [m for m in mentions if m.kind == "region" and not m.line and not is_source(view.page.low, m.end)]
    if regions:
        focus.region = tuple(dict.fromkeys(code for m in regions for code in m.regions))
        if len(focus.region) > 1:
            focus.region = ()
    for mention in mentions:
        if mention.kind in INSIDE and not mention.line:
            focus.last[mention.kind] = mention
            if mention.explicit:
                listed = not mention.id.startswith("unlisted")
                focus.named.add(mention.id if listed else f"{mention.id}/{mention.name}")
