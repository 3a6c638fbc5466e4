"""The place of a figure: a region, several regions together, the country, or a place inside a region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from geo.model import COUNTRY
from geo.reading.indicators import is_counted
from geo.reading.names import Mention
from geo.reading.numbers import Number
from geo.reading.view import View

if TYPE_CHECKING:
    from geo.place_tables import Place

INSIDE = ("district", "city", "settlement", "zone", "station")
LINES = ("road", "pipeline")
MEANT = ("this_region", "country", "this_district", "this_city")  # words that lead a text back to a place
_ALONG_LINES = ("km", "money", "masts", "base_stations", "gas_stations", "projects")  # what a road or pipeline can have
_FAR, _FAR_BEFORE = 3.6, 6.0  # in clauses: how far the place of a figure may stand, and one that it may follow
_TOLD_OF = 2  # sentences for which a district or town that a sentence began with goes on
CITY_REGIONS = ("KZ-71", "KZ-75", "KZ-79")
_LIST_GAP = regex.compile(r"(?:,\s?|\s(?:және|мен|бен|пен|и|а также|сондай-ақ)\s|,\s(?:және|и)\s)")
_MANY_AFTER = regex.compile(r"\s?(?:облыстар|област(?:ях|ям|ей|ями|и\b)|өңірлер|регион(?:ах|ам|ов))")
_NEAR_AFTER = regex.compile(r"\s(?:іргесі|арқылы)")
_NEAR_BEFORE = regex.compile(r"(?:под|через|рядом с|вблизи|близ|недалеко от)\s(?:г\.\s?|города\s)?$")
_SOURCE = regex.compile(
    r"\s?(?:газ(?:ы|еті)|әкім|аким|губернатор|басқарма|управлени|хабарла|департамент|әкімдіг|акимат)"
)


_SOURCE_BEFORE = regex.compile(
    r"(?:(?:аким|глав|депутат|директор|начальник|руководител|жител)\p{Ll}{0,4}|акимат\p{Ll}{0,2}|пресс-служб\p{Ll}{1,2})\s$"
)


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Regions and, for a figure inside a region, the place; with how it was concluded."""

    regions: tuple[str, ...] = ()
    mention: Mention | None = None
    how: str = "none"  # clause | sentence | words | focus | document | country | none
    reason: str = ""


@dataclass(slots=True)
class Focus:
    """What the text has last spoken of, by kind, and what the whole document is about."""

    home: tuple[str, ...] = ()
    home_place: Mention | None = None
    home_reason: str = ""
    region: tuple[str, ...] = ()
    last: dict[str, Mention] = field(default_factory=dict)
    current: PlaceFound = field(default_factory=PlaceFound)
    paragraph: int = -1
    line: int = -1
    age: int = 99
    topic: bool = False  # whether the place inside is what its sentence is about, not named in passing
    seats: Mapping[str, Place] = field(default_factory=dict)  # region → its administrative centre


def figure_place(
    view: View,
    number: Number,
    noun_end: int,
    mentions: list[Mention],
    focus: Focus,
    linked: bool,
    unit: str,
    layer: str,
) -> PlaceFound:
    """The place that governs the number, nearest in clauses; else the one last spoken of; else the document's own."""
    candidates: list[tuple[float, PlaceFound]] = []
    for group in _groups(view, mentions):
        if group[0].kind in LINES and unit not in _ALONG_LINES:
            continue
        found = _of_group(group, focus)
        if found:
            candidates.append((_distance(view, number, noun_end, group), found))
    candidates += _by_words(view, number, noun_end, mentions, focus, unit)
    if unit == "settlements":  # villages are not counted inside a town
        candidates = [(score, _out_of_town(found)) for score, found in candidates]
    if candidates:
        candidates.sort(key=lambda pair: pair[0])
        best = candidates[0]
        # A village after its district and its region: the most exact of neighbours that agree.
        for score, found in candidates[1:]:
            if (
                score - best[0] < 0.75
                and found.mention is not None
                and best[1].mention is None
                and best[1].how != "words"
                and (not found.regions or found.regions == best[1].regions)
            ):
                best = (score, PlaceFound(best[1].regions, found.mention, found.how, found.reason))
        before = best[1].mention is not None and view.start <= best[1].mention.start < number.start
        if best[0] < (_FAR_BEFORE if before else _FAR):
            return _in_said_region(best[1], mentions)
    found = _carried(view, focus, linked, layer == "industry")
    return _out_of_town(found) if unit == "settlements" else found


def _in_said_region(found: PlaceFound, mentions: list[Mention]) -> PlaceFound:
    """A village lies in the one oblast that its sentence names, whatever other village has its name."""
    said = {m.regions for m in mentions if m.kind == "region" and m.explicit and not m.line}
    if found.mention is None or len(said) != 1 or found.mention.kind == "zone":
        return found
    regions = said.pop()
    if regions == found.regions or found.mention.explicit:
        return found
    return PlaceFound(regions, found.mention, found.how, "in the oblast that the sentence names")


def _out_of_town(found: PlaceFound) -> PlaceFound:
    mention = found.mention
    if (
        mention is not None
        and mention.kind == "city"
        and mention.reason.startswith("shared name")
        and len(found.regions) == 1
    ):
        return PlaceFound(found.regions, None, found.how, "villages are counted, so the oblast of the town")
    return found


def _is_elsewhere(view: View, mention: Mention) -> bool:
    """«Астананың іргесіндегі», «под Астаной»: near the place, not in it."""
    return (
        _NEAR_AFTER.match(view.page.low, mention.end) is not None
        or _NEAR_BEFORE.search(view.text(max(view.start, mention.start - 12), mention.start)) is not None
    )


def _groups(view: View, mentions: list[Mention]) -> list[list[Mention]]:
    """Mentions joined in lists: «Ақмола, Қостанай және Павлодар облыстары»."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if mention.line or _is_elsewhere(view, mention):
            continue
        if (
            groups
            and _family(groups[-1][-1]) == _family(mention)
            and _LIST_GAP.fullmatch(view.page.low, groups[-1][-1].end, mention.start)
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    # A list that ends in "oblasts" names regions, also where a name is a town's too.
    for group in groups:
        if len(group) > 1 and _MANY_AFTER.match(view.page.low, group[-1].end):
            continue
    return groups


def _family(mention: Mention) -> str:
    return "region" if mention.kind == "group" else mention.kind


def _of_group(group: list[Mention], focus: Focus) -> PlaceFound | None:
    first = group[0]
    if len(group) > 1:
        regions = tuple(dict.fromkeys(code for mention in group for code in mention.regions))
        if all(_family(mention) == "region" for mention in group):
            return PlaceFound(regions, None, "clause", "several regions together")
        if len(regions) == 1:
            return PlaceFound(regions, first, "clause", "several places of one region")
        return PlaceFound(regions, None, "clause", "several places together") if regions else None
    if first.kind == "country":
        return PlaceFound((COUNTRY,), None, "clause", "the country is named")
    if first.kind in ("region", "group"):
        return PlaceFound(first.regions, None, "clause", first.reason or f"named: {first.name}")
    if first.kind in LINES:
        return PlaceFound(first.regions, first, "clause", first.reason)
    if first.kind in INSIDE:
        return PlaceFound(
            first.regions or focus.region or focus.home, first, "clause", first.reason or f"named: {first.name}"
        )
    return None


def _distance(view: View, number: Number, noun_end: int, group: list[Mention]) -> float:
    start, end = group[0].start, group[-1].end
    follows = start >= number.start
    gap = (start - noun_end) if follows else (number.start - end)
    score = view.border(number.start, start if follows else end - 1) + max(gap, 0) / 160
    score += (0.5 if follows else 0.1) * min(view.between(start, number.start), 3)
    if _SOURCE.match(view.page.low, end):
        score += 1.2  # an akim or an office is named, not the place of the figure
    if follows and view.border(number.start, start) >= 0.9:
        score += 2.0  # a place of the next clause belongs to what is said there
    if follows:
        score += 0.1 if not view.kazakh and gap < 45 else 0.6
    if view.border(start, end) and len(group) > 1 and not follows:
        score -= min(view.border(number.start, start) - view.border(number.start, end), 0)
    return score


def _by_words(
    view: View, number: Number, noun_end: int, mentions: list[Mention], focus: Focus, unit: str
) -> list[tuple[float, PlaceFound]]:
    """«облыста», «ауданда», «мұнда», «елімізде»: places that are meant and not named."""
    found = []
    for hit in view.of("place"):
        if any(mention.start < hit.word_end and hit.start < mention.end + 1 for mention in mentions):
            continue
        if any(0 <= hit.start - n.end <= 2 for n in view.numbers):
            continue  # «3 города» are counted, no place that is meant
        source = _SOURCE.match(view.page.low, hit.word_end) is not None
        if source and hit.term.code != "this_region":
            continue
        if hit.term.code != "this_zone" and any(
            o.start < hit.start < o.word_end for o in view.hits if o.term.kind in ("layer", "unit")
        ):
            continue  # «экономикалық аймақ» is a zone, not the region
        if hit.term.code == "this_zone" and any(
            noun.start <= hit.start < noun.word_end and is_counted(view, noun)
            for noun in view.of("unit", "zones", "sez")
        ):
            continue  # «16 экономических зон» are counted
        if source and mentions:
            continue  # «– деді облыс әкімі»: whoever speaks, the sentence names its own places
        if hit.term.code == "this_region" and any(
            seat.start <= hit.start < seat.word_end for seat in view.of("place", "region_seat")
        ):
            continue
        place = _meant(hit.term.code, focus, unit)
        if (
            hit.term.code == "this_village"
            and place is not None
            and place.mention is not None
            and ("\n" in view.page.plain[place.mention.end : hit.start] or is_counted(view, hit))
        ):
            continue  # a village does not outlive its paragraph
        if place is None:
            continue
        follows = hit.start >= number.start
        gap = hit.start - noun_end if follows else number.start - hit.word_end
        score = view.border(number.start, hit.start) + max(gap, 0) / 160 + (0.3 if follows else 0.0)
        if source:
            score += 1.2
        if hit.term.code in ("this_zone", "this_city", "this_village"):
            score += 0.2
        found.append((score, place))
    return found


def _meant(code: str, focus: Focus, unit: str) -> PlaceFound | None:
    if code == "country":
        return PlaceFound((COUNTRY,), None, "words", "the country is meant")
    if code == "this_region":
        regions = focus.region if focus.region and focus.region != (COUNTRY,) else focus.home
        if regions and regions != (COUNTRY,):
            return PlaceFound(regions, None, "words", "the oblast the text speaks of")
        return None
    if code == "region_seat":
        regions = focus.region if focus.region and focus.region != (COUNTRY,) else focus.home
        seat = focus.seats.get(regions[0]) if len(regions) == 1 else None
        if seat is None:
            return None
        mention = Mention(
            0, 0, seat.id, seat.name_kk, seat.kind, regions, False, "the seat of the oblast the text speaks of"
        )
        return PlaceFound(regions, mention, "words", mention.reason)
    if code == "here":
        near = max(focus.last.values(), key=lambda m: m.start, default=None) if focus.current.mention else None
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
    if kind == "city" and mention is None and focus.home and focus.home[0] in CITY_REGIONS:
        return PlaceFound(focus.home, None, "words", "the city the text speaks of")
    if mention is None:
        return None
    return PlaceFound(
        mention.regions or focus.region or focus.home, mention, "words", f"the {mention.kind} last spoken of"
    )


def _carried(view: View, focus: Focus, linked: bool, zone: bool) -> PlaceFound:
    current = focus.current
    near = view.sentence.paragraph == focus.paragraph and view.sentence.line - focus.line <= 0
    if (near or linked) and focus.age <= (4 if near else 1) and (current.regions or current.mention):
        # A zone is told of over several sentences; a district named in passing is not what the next sentence is about.
        told_of = near and focus.topic and focus.age <= _TOLD_OF and not _begins_anew(view)
        inside = current.mention if linked or zone or told_of or current.mention is None else None
        if inside is None and current.mention is not None and focus.home_place is not None and focus.home:
            return PlaceFound(focus.home, focus.home_place, "document", focus.home_reason)
        return PlaceFound(current.regions or focus.home, inside, "focus", "place of the sentence before")
    if focus.home:
        return PlaceFound(focus.home, focus.home_place, "document", focus.home_reason)
    return PlaceFound()


def _begins_anew(view: View) -> bool:
    """«Барлығы…», «На следующий год…»: a sum or a time at its beginning frames the sentence, not the place before."""
    return bool(view.of("cue", "sum")) or any(
        hit.start - view.start < 4 and hit.term.code.startswith("year") for hit in view.of("time")
    )


def place_meant(view: View, focus: Focus) -> PlaceFound | None:
    """The oblast, the country or the district that the sentence goes back to without naming it."""
    nouns = [hit for hit in view.hits if hit.term.kind in ("layer", "unit")]
    for hit in view.of("place", *MEANT):
        if _SOURCE.match(view.page.low, hit.word_end) or any(o.start < hit.start < o.word_end for o in nouns):
            continue
        if is_counted(view, hit) or view.of("place", "region_seat"):
            continue
        return _meant(hit.term.code, focus, "")
    return None


def is_of_speaker(view: View, mention: Mention) -> bool:
    """«Аким Кордайского района», «Абай ауданының әкімі»: whose office speaks, not what is spoken of."""
    before = view.text(max(view.start, mention.start - 16), mention.start)
    return _SOURCE.match(view.page.low, mention.end) is not None or _SOURCE_BEFORE.search(before) is not None


def note_mentions(view: View, mentions: list[Mention], focus: Focus) -> None:
    """Remember what this sentence spoke of."""
    regions = [m for m in mentions if m.kind == "region" and not m.line and not _SOURCE.match(view.page.low, m.end)]
    if regions:
        focus.region = tuple(dict.fromkeys(code for m in regions for code in m.regions))
        if len(focus.region) > 1:
            focus.region = ()
    for mention in mentions:
        if mention.kind in INSIDE and not mention.line:
            focus.last[mention.kind] = mention
