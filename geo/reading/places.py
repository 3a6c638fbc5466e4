"""The place of a figure: a region, several regions together, the country, or a place inside a region."""

from __future__ import annotations

from typing import Final

import regex

from geo.model import COUNTRY
from geo.reading.focus import CITY_REGIONS, INSIDE, MEANT, Focus, PlaceFound, carried, is_of_budget, is_source, meant
from geo.reading.indicators import is_counted
from geo.reading.matching import Hit
from geo.reading.mention import Mention, is_in_title
from geo.reading.numbers import Number
from geo.reading.view import View

LINES: Final = ("road", "pipeline")
_ALONG_LINES: Final = (
    "km",
    "money",
    "masts",
    "gas_stations",
    "projects",
)  # what a road or pipeline can have
# How far the place of a figure may stand, and one that it may follow, in clauses.
_NO_VILLAGES: Final = ("city", "settlement", "station", "zone")
_FAR: Final = 3.6
_FAR_BEFORE: Final = 6.0
_IN_VILLAGES: Final = regex.compile(r"\s?(?:ал\s|а\s)?(?:ауыл(?:да|дық|дағы|\s(?:халқ|тұрғын))|в\sсел|на\sселе|сельск)")
_NEXT_WORDS: Final = 24  # characters
_LIST_GAP: Final = regex.compile(r"(?:,\s?|\s(?:және|мен|бен|пен|и|а также|сондай-ақ)\s|,\s(?:және|и)\s)")
_MANY_AFTER: Final = regex.compile(r"\s?(?:облыстар|област(?:ях|ям|ей|ями|и\b)|өңірлер|регион(?:ах|ам|ов))")
_SIDE_BY_SIDE: Final = 12  # characters between a village and its district, with the kind word of one
_AND_TOWN: Final = regex.compile(r"\s(?:и|мен|пен|бен|және)\s(?:город\s|г\.\s?|поселок\s)?")
_AND_MORE: Final = regex.compile(
    r"(?:\sқала(?:сы|лары))?(?:,\s\p{Lu}[\p{L}-]+){0,6}(?:\sи|,\sа\sтакже|\s(?:және|мен|пен|бен))\s(?:ещё|еще|тағы)\s"
)
_LONGEST_LINK: Final = 14  # characters
_UP_TO: Final = regex.compile(r"(?<!\p{L})до\s(?:города\s|села\s|г\.\s?)?$")
_RELATIVE: Final = regex.compile(r"\s?(?:[\p{Ll}]+\s){0,2}[\p{Ll}]*,\s(?:[\p{Ll}]+\s){0,2}котор")
_MANY_ZONES: Final = regex.compile(r"(?:аймақ|аумақ|алаң|парк)т?(?:тар|дар|тер)|(?:зон|площадк|парк)(?:ах|ам|ами)$")
_APART_BEFORE: Final = regex.compile(r"(?<!\p{L})(?:помимо|кроме|наряду со?|не считая)\s(?:сэз|зоны|самой)?\s?«?$")
_APART: Final = regex.compile(r"[\p{Ll}-]*\s(?:басқа|бөлек|сырт|тыс)(?!\p{L})")
_OF_THIS: Final = regex.compile(r"\p{Ll}{0,4}[»\"]?\s(?:(?:эт|т|данн|наш)(?:ого|ой|его|ей)\s(?:же\s|самого\s)?)?")
_AND_ANOTHER: Final = regex.compile(r"(?:,|\sи|\sжәне|\s[мбп]ен)(?:\sв)?\s\p{Lu}")
_ANOTHER_AND: Final = regex.compile(r"\p{Lu}\p{Ll}+(?:,|\sи|\sжәне|\s[мбп]ен)(?:\sв)?\s$")
_POINTING: Final = regex.compile(r"(?:бұл|осы|сол|аталған|аталмыш|этом|этого|этому|этот|это)(?!\p{L})")
_POINTED_BEFORE: Final = regex.compile(r"(?:назван|указан|дан|упомянут)н(?:ом|ого|ому)\s$")
_DASH: Final = regex.compile(r"\s?[–—-]\s")
_OBLAST: Final = regex.compile(r"(?<!\p{L})(?:област|облыс|регион|өңір|аймақ|мегаполис|шаһар)")
_NEAR_AFTER: Final = regex.compile(r"\p{Ll}*\sіргесі|\sарқылы")
_NEAR_WORDS_AFTER: Final = ("іргесі", "арқылы")
_NEAR_WORDS: Final = ("под", "через", "рядом с", "близ", "недалеко от")  # one of which it has
_NEAR_BEFORE: Final = regex.compile(r"(?:под|через|рядом с|вблизи|близ|недалеко от)\s(?:г\.\s?|города\s)?$")


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
    for group in _groups(view, mentions, unit):
        if group[0].kind in LINES and unit not in _ALONG_LINES:
            continue
        found = _of_group(group, focus)
        if found and unit in ("zones", "sez") and number.value > 1 and _is_of_oblast(view, group, found):
            found = PlaceFound(found.regions, None, "clause", "zones of an oblast, told by where they lie")
        if found:
            candidates.append((_distance(view, number, noun_end, group), found))
    candidates += _by_words(view, number, noun_end, mentions, focus, unit, layer)
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
                and (best[1].mention is None or _lies_beside(found.mention, best[1].mention))
                and best[1].how != "words"
                and ":" not in view.text(number.end, found.mention.start)
                and (not found.regions or found.regions == best[1].regions)
            ):
                best = (score, PlaceFound(best[1].regions, found.mention, found.how, found.reason))
        before = best[1].mention is not None and view.start <= best[1].mention.start < number.start
        if best[0] < (_FAR_BEFORE if before else _FAR):
            return _in_said_region(best[1], mentions)
    found = carried(view, focus, linked, unit, layer)
    if unit == "settlements" and found.how == "document" and found.mention and found.mention.kind in _NO_VILLAGES:
        return PlaceFound(found.regions, None, found.how, "villages are counted, so the oblast of the town")
    return _out_of_town(found) if unit == "settlements" else found


def _is_of_oblast(view: View, group: list[Mention], found: PlaceFound) -> bool:
    """«Три зоны области расположены в Кентау, Арыси и Сауране»: all that the oblast has, also in a place not known."""
    plain = view.page.plain
    listed = (
        len(group) > 1
        or _AND_ANOTHER.match(plain, group[-1].end) is not None
        or _ANOTHER_AND.search(plain, max(view.start, group[0].start - 30), group[0].start) is not None
    )
    return (
        listed
        and len(found.regions) == 1
        and group[0].kind in ("city", "district", "settlement")
        and _OBLAST.search(view.page.low, view.start, group[0].start) is not None
    )


def tells_of_villages_too(view: View) -> bool:
    """«Қала халқы – 100 пайыз. Ауылда – 98»: the sentence or the one after it on its line tells of the villages."""
    line_end = view.page.low.find("\n", view.end)
    after = view.text(view.end, min(line_end if line_end >= 0 else len(view.page.low), view.end + _NEXT_WORDS))
    return bool(view.of("cue", "rural")) or _IN_VILLAGES.match(after) is not None


def _lies_beside(village: Mention, district: Mention) -> bool:
    """«в посёлке Тобол Денисовского района»: the village, though the district's name stands nearer."""
    if district.kind != "district" or village.kind not in ("settlement", "city", "station"):
        return False
    return max(village.start, district.start) - min(village.end, district.end) <= _SIDE_BY_SIDE


def _in_said_region(found: PlaceFound, mentions: list[Mention]) -> PlaceFound:
    """A village lies in the one oblast that its sentence names, whatever other village has its name."""
    said = {m.regions for m in mentions if m.kind == "region" and m.explicit and not m.line}
    if found.mention is None or len(said) != 1 or found.mention.kind == "zone":
        return found
    regions = said.pop()
    if regions == found.regions or found.mention.explicit:
        return found
    return PlaceFound(regions, found.mention, found.how, "in the oblast that the sentence names")


def _told_before(view: View, here: Hit, mentions: list[Mention]) -> Mention | None:
    """«Облыстың солтүстігінде, Мамлютте: онда…»: the place that the sentence itself named before "there"."""
    told = [m for m in mentions if m.start < here.start and not m.line]
    if len(told) > 1 and told[-1].kind == "region" and _lies_in(told[-2], told[-1]):
        return told[-2]
    return told[-1] if told else None


def _is_town(mention: Mention) -> bool:
    """«Алматыда газсыз үй аз: мегаполис тұрғындарының …»: the town that the sentence itself named."""
    return not mention.line and (mention.kind == "city" or mention.regions[:1] in [(code,) for code in CITY_REGIONS])


def _lies_in(part: Mention, oblast: Mention) -> bool:
    """«в Айыртауском районе Северо-Казахстанской области»: the oblast only tells where the district lies."""
    return part.kind in INSIDE and 0 <= oblast.start - part.end <= _SIDE_BY_SIDE


def _is_apart(view: View, start: int, end: int) -> bool:
    """«Помимо СЭЗ», «АЭА-дан бөлек»: what the sentence leaves aside."""
    before = view.text(max(view.start, start - 40), start)
    return _APART_BEFORE.search(before) is not None or _APART.match(view.page.low, end) is not None


def _is_of_what_is_counted(view: View, here: Hit) -> bool:
    """«мегаполисте тоғыз аймақ бар, онда 40 жоба…»: there is in what was just counted, or in the place meant before."""
    return any(hit.start < here.start for hit in (*view.of("unit", "zones", "sez"), *view.of("place", *MEANT)))


def _is_pointed_at(view: View, hit: Hit) -> bool:
    """«Бұл ауылда», «в этом селе»: the village told of last, wherever that was."""
    start = hit.start
    return (
        _POINTING.search(view.page.low, start, hit.word_end) is not None
        or _POINTED_BEFORE.search(view.text(max(view.start, start - 14), start)) is not None
    )


def _out_of_town(found: PlaceFound) -> PlaceFound:
    mention = found.mention
    if (
        mention is not None
        and mention.kind == "city"
        and mention.reason.startswith("shared name")
        and mention.reason.endswith(("the town", "the city"))  # shared with its oblast
        and len(found.regions) == 1
    ):
        return PlaceFound(found.regions, None, found.how, "villages are counted, so the oblast of the town")
    return found


def _is_elsewhere(view: View, mention: Mention) -> bool:
    """«Астананың іргесіндегі», «под Астаной»: near the place, not in it."""
    low = view.page.low
    after = any(low.find(word, mention.end, view.end + 8) >= 0 for word in _NEAR_WORDS_AFTER)
    if after and _NEAR_AFTER.match(low, mention.end):
        return True
    before = view.text(max(view.start, mention.start - 12), mention.start)
    return any(word in before for word in _NEAR_WORDS) and _NEAR_BEFORE.search(before) is not None


def _is_added(view: View, mention: Mention) -> bool:
    """«14 сёл и город Косшы», «Кокшетау и ещё 590 сёл»: a town told beside the villages, not where they are."""
    if mention.kind not in ("city", "settlement"):
        return False
    if any(
        0 < mention.start - noun.word_end <= _LONGEST_LINK
        and _AND_TOWN.fullmatch(view.page.low, noun.word_end, mention.start)
        and is_counted(view, noun)
        for noun in view.of("unit", "settlements")
    ):
        return True
    later = next((number for number in view.numbers if number.start > mention.end), None)
    return later is not None and _AND_MORE.fullmatch(view.page.plain, mention.end, later.start) is not None


def _is_an_end(view: View, mention: Mention) -> bool:
    """«газопровод до Балхаша длиной 90 км»: where a length ends, not where it is told of."""
    return _UP_TO.search(view.text(max(view.start, mention.start - 12), mention.start)) is not None


def _groups(view: View, mentions: list[Mention], unit: str) -> list[list[Mention]]:
    """Mentions joined in lists: «Ақмола, Қостанай және Павлодар облыстары»."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if mention.line or _is_elsewhere(view, mention) or _is_added(view, mention):
            continue
        if mention.kind == "zone" and _is_apart(view, mention.start, mention.end):
            continue
        if unit == "km" and _is_an_end(view, mention):
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
    if is_source(view.page.low, end):
        score += 1.2  # an akim or an office is named, not the place of the figure
    if follows and (":" in view.text(number.end, start) or _is_listed_after(view, noun_end)):
        score += 4.0  # «9 сёл: в Алакольском районе – 4…»: the parts come after the whole
    if follows and not view.kazakh and _RELATIVE.match(view.page.low, noun_end):
        score -= 1.0  # «домов, которые подключат в Жезказгане»
    elif follows and view.border(number.start, start) >= 0.9:
        score += 2.0  # a place of the next clause belongs to what is said there
    if follows:
        score += 0.1 if not view.kazakh and gap < 45 else 0.6
    if view.border(start, end) and len(group) > 1 and not follows:
        score -= min(view.border(number.start, start) - view.border(number.start, end), 0)
    return score


def _is_listed_after(view: View, noun_end: int) -> bool:
    """«в области две зоны – в областном центре и в Рудном»: where each of those counted is."""
    if not _DASH.match(view.page.low, noun_end) or not _OBLAST.search(view.page.low, view.start, noun_end):
        return False
    seats = view.of("place", "region_seat")
    return len({hit.start for hit in (*view.names, *seats) if hit.start >= noun_end}) > 1


def _by_words(
    view: View, number: Number, noun_end: int, mentions: list[Mention], focus: Focus, unit: str, layer: str
) -> list[tuple[float, PlaceFound]]:
    """«облыста», «ауданда», «мұнда», «елімізде»: places that are meant and not named."""
    found = []
    for hit in view.of("place"):
        if any(mention.start < hit.word_end and hit.start <= mention.end + 1 for mention in mentions):
            continue
        if any(mention.start == hit.word_end + 1 and mention.kind == "city" for mention in mentions):
            continue  # «город Косшы»
        if hit.term.code == "this_region" and any(
            mention.kind in INSIDE
            and mention.end <= hit.start <= mention.end + _SIDE_BY_SIDE + 4
            and _OF_THIS.fullmatch(view.page.low, mention.end, hit.start)
            for mention in mentions
        ):
            continue  # «в Иртышском районе этой области»
        if any(0 <= hit.start - n.end <= 2 for n in view.numbers):
            continue  # «3 города» are counted, no place that is meant
        if is_in_title(view, hit.start, hit.word_end) or is_of_budget(view, hit):
            continue  # «Опора страны» is a programme; the oblast's budget pays for works in its districts
        of_zone = layer == "industry" and unit not in ("zones", "sez")
        if of_zone and hit.term.code == "this_region" and view.text(hit.start, hit.start + 5) == "аймақ":
            continue  # «Тараздағы жаңа аймақта 15 жоба» is of a zone
        source = is_source(view.page.low, hit.word_end)
        if source and hit.term.code != "this_region":
            continue
        if hit.term.code != "this_zone" and any(
            o.start < hit.start < o.word_end for kind in ("layer", "unit") for o in view.of(kind)
        ):
            continue  # «экономикалық аймақ» is a zone, not the region
        if hit.term.code == "this_zone" and any(
            noun.start <= hit.start < noun.word_end and is_counted(view, noun)
            for noun in view.of("unit", "zones", "sez")
        ):
            continue  # «16 экономических зон» are counted
        if hit.term.code == "this_zone" and (
            _MANY_ZONES.search(view.text(hit.start, hit.word_end)) or _is_apart(view, hit.start, hit.word_end)
        ):
            continue  # «индустриялық аймақтарға», «помимо СЭЗ»
        if source and mentions:
            continue  # «– деді облыс әкімі»: whoever speaks, the sentence names its own places
        if hit.term.code in ("this_region", "this_capital") and any(
            seat.start <= hit.start < seat.word_end for seat in view.of("place", "region_seat")
        ):
            continue
        told = _told_before(view, hit, mentions) if hit.term.code == "here" else None
        if hit.term.code == "this_city":
            told = next((m for m in reversed(mentions) if m.start < hit.start and _is_town(m)), None)
        if told is None and hit.term.code == "here" and _is_of_what_is_counted(view, hit):
            continue
        place = _of_group([told], focus) if told is not None else meant(hit.term.code, focus, view)
        if place is None and hit.term.code == "this_region" and mentions and len(mentions[0].regions) == 1:
            place = PlaceFound(mentions[0].regions, None, "words", "the oblast of the place named beside")
        if (
            hit.term.code == "this_village"
            and place is not None
            and place.mention is not None
            and (
                is_counted(view, hit)
                or (
                    "\n" in view.page.plain[place.mention.end : hit.start]
                    and focus.current.mention is not place.mention
                    and not _is_pointed_at(view, hit)
                )
            )
        ):
            continue  # a village does not outlive its paragraph, save as what was told of last or is pointed at
        if place is None:
            continue
        follows = hit.start >= number.start
        gap = hit.start - noun_end if follows else number.start - hit.word_end
        score = view.border(number.start, hit.start) + max(gap, 0) / 160 + (0.3 if follows else 0.0)
        if follows and hit.term.code == "region_seat" and _is_listed_after(view, noun_end):
            score += 4.0
        if source:
            score += 1.2
        if hit.term.code in ("this_zone", "this_city", "this_village"):
            score += 0.2
        found.append((score, place))
    return found
