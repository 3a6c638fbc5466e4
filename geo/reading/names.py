"""The place names of a gazetteer as surfaces to match, and the mentions of places in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Final

import regex

from geo.reading.lines import mark_lines, with_lines
from geo.reading.matching import Hit, Name, Words
from geo.reading.mention import DISTRICTS_AFTER, Mention, is_in_title, is_venue
from geo.reading.text import Page
from geo.reading.unlisted import add_unlisted_places

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.place_tables import Place
    from geo.reading.view import View

_ORDER: Final = {"region": 0, "city": 1, "district": 2, "zone": 3, "settlement": 4, "group": 5, "country": 6}
_KIND_AFTER: Final = regex.compile(
    r"\s(?:(?P<region>област|облыс(?:ы|т)|өңірі|регион)|(?P<district>район|аудан(?:ы|д))|(?P<city>қала(?:сы|д)|шаһары)"
    r"|(?P<settlement>ауылы|кенті|елді мекені|станциясы))"
)
_KIND_STARTS: Final = frozenset(
    ("обл", "өңі", "рег", "рай", "ауд", "қал", "шаһ", "ауы", "кен", "елд", "ста")
)  # of these words
_KIND_BEFORE: Final = regex.compile(
    r"(?<!\p{L}(?:ом|ого|ому|ий|им|ой|ая|ую)\s)(?:(?P<region>област\p{Ll}{1,3})|(?P<district>район\p{Ll}{0,3})|(?P<city>\bг\.?|город\p{Ll}{0,3})"
    r"|(?P<settlement>\bс\.?|сел[аоеу]|сёл[аы]|\bп\.|пос[её]лк\p{Ll}{1,3}|пос[её]лок|аул\p{Ll}{0,2}"
    r"|станци\p{Ll}{1,3}))\s[«\"]?$"
)
_KINDS: Final = ("област", "район", "город", "сел", "пос", "аул", "станци")  # stems of these words
_KINDS_SHORT: Final = ("г", "г.", "с", "с.", "п.")
_MEANINGS: Final = ("layer", "cue", "unit", "time")
_ORDINARY: Final = ("layer", "cue", "unit", "time", "qualifier")
_DISTRICT_WORDS: Final = ("аудан", "район")
_REGION_WORDS: Final = ("облыс", "област")
_CAPITAL_LATER: Final = regex.compile(r"\s\p{Lu}")
_ITEM: Final = regex.compile(r"\s[–—-]\s\d")
_LIST_STARTS: Final = (", ", " ж", " м", " б", " п", " и", " а")
_LIST_BEGINS: Final = regex.compile(r"(?:,| және| мен| бен| пен| и| а также)\s\p{Lu}")  # as the two that follow do
_LIST_OF_REGIONS: Final = regex.compile(
    r"(?:(?:,| және| мен| бен| пен| и| а также)\s(?:\p{Lu}[\p{Ll}-]+\s?){1,2}){1,15}\s?(?:облыстар|област(?:ях|ям"
    r"|ей|ями))"
)
_LIST_OF_INSIDE: Final = regex.compile(
    r"(?:(?:,| және| мен| бен| пен)\s(?:\p{Lu}[\p{Ll}-]+\s?){1,2}){1,15}\s?(?:(?P<settlement>ауылдар|кенттер"
    r"|елді мекендер)|(?P<district>аудандар))"
)
_LONGEST_LIST: Final = 500  # characters; without an end the search for its last word goes through the whole text
_ONLY_KIND: Final = regex.compile(
    r"\s(?:(?:қала|аудан|облыс|район|област|город)\p{Ll}*\s)?(?:в\s)?(?:(?:город|район|област)\p{Ll}*\s|г\.\s?)?"
)
_PLURAL_ENDINGS: Final = ("их", "ие", "им", "ими")  # «акмолинских сёл»: the oblast's, in lower case
_VILLAGES_AFTER: Final = regex.compile(
    r"(?<=ск(?:их|ие|им|ими))\s(?:сел(?:а|ах|ам|ами)?|аул(?:ы|ов|ах|ам|ами)|сельчан\p{Ll}*)(?!\p{L})"
)
_SIDE_BY_SIDE: Final = 12  # characters between a town and its part, with the ending of the town's kind word
_CITIES: Final[tuple[str, ...]] = ("KZ-71", "KZ-75", "KZ-79")
_NOT_RURAL: Final = ("KZ", *_CITIES)
_ADJECTIVE: Final = regex.compile(r"(?:ая|ой|ую|ий|ого|ому|ом|ые|ых|ым|ими|ие|их)$")


def surfaces(gazetteer: Gazetteer) -> Iterator[tuple[str, Name]]:
    """Every way of writing each place, as forms of the matcher, with the ids that share it."""
    table: dict[str, list[tuple[str, str, bool]]] = {}
    for guarded, names in ((False, gazetteer.names()), (True, gazetteer.guarded_names())):
        for surface, place_id, language in names:
            form = surface.lower().replace("ё", "е").strip()
            if len(form) < 2:
                continue
            form += "" if language == "ru" and (" " in form or form.isascii() or _ADJECTIVE.search(form)) else "~"
            table.setdefault(form, []).append((place_id, language, guarded))
            if language == "ru" and place_id.startswith("KZ-") and form.endswith("ская"):
                for ending in _PLURAL_ENDINGS:
                    table.setdefault(form[:-2] + ending, []).append((place_id, language, guarded))
                    if "-" in form:  # «североказахстанских»
                        whole = form[:-2].replace("-", "") + ending
                        table.setdefault(whole, []).append((place_id, language, guarded))
    for form, entries in table.items():
        ids = tuple(dict.fromkeys(place_id for place_id, _, _ in entries))
        yield form, Name(ids, entries[0][1], all(guarded for _, _, guarded in entries))


def find_mentions(
    view: View,
    gazetteer: Gazetteer,
    prefer: tuple[str, ...],
    spoken: tuple[str, ...] = (),
    named: Set[str] = frozenset(),
) -> list[Mention]:
    """The places named in a sentence, in order. ``prefer``: the text's regions, to settle shared names; ``spoken``:
    those spoken of last; ``named``: ids of places that the text has already named with their kind word."""
    page = view.page
    found: list[Mention] = []
    if view.names:
        said = tuple(
            hit.name.ids[0]
            for hit in view.names
            if len(hit.name.ids) == 1
            and hit.name.ids[0][:3] == "KZ-"
            and _has(page.low[hit.start : hit.word_end], _REGION_WORDS)
        )
        language = "kk" if view.kazakh else "ru"  # «семей» is an ordinary word in Russian only
        plain_words = {
            hit.start
            for kind in _ORDINARY
            for hit in view.of(kind)
            if hit.term.language == language and hit.term.code != "people"
        }
        # Villages and zones are counted in oblasts, homes and people in towns as well.
        rural = view.kazakh and any(hit.term.code in ("settlements", "zones", "schools") for hit in view.of("unit"))
        names = _longest(view.names, page)
        in_city = bool(view.of("place", "this_city"))
        for index, hit in enumerate(names):
            if in_city and set(hit.name.ids) & {*_CITIES}:
                near = _CITIES  # «Алматыда …, мегаполисте …»: the city, not its oblast
            else:
                near = said or _regions_beside(page, names, index, gazetteer) or prefer
            item = bool(said) and _ITEM.match(page.low, hit.word_end) is not None  # «…, Абайда – 58»
            mention = _resolve(page, hit, gazetteer, near, hit.start in plain_words, rural, item, named)
            if mention and prefer and named and _are_apart(mention.regions, prefer):
                mention = _district_named(mention, gazetteer, prefer, named)
            if mention:
                found.append(mention)
    add_unlisted_places(view, found, prefer)
    found.sort(key=lambda mention: mention.start)
    found = with_lines(page, mark_lines(page, found), gazetteer)
    if len(prefer) == 1 and prefer[0] not in _NOT_RURAL:
        found = _villages_at_home(found, prefer, spoken)
    return _without_titles(view, _with_regions(found))


def hinted_places(page: Page, names: list[Hit], words: Words, gazetteer: Gazetteer) -> list[Mention]:
    """The places of a sentence read quickly, to weigh which region the text is about."""
    kept = _longest(names, page)
    found = [
        _resolve(page, hit, gazetteer, _regions_beside(page, kept, i, gazetteer), _is_ordinary(words, hit), False)
        for i, hit in enumerate(kept)
    ]
    return mark_lines(page, [mention for mention in found if mention])


def _is_ordinary(words: Words, name: Hit) -> bool:
    """Whether the name begins with a word that means something else too."""
    return not words.kinds_of(name).isdisjoint(_MEANINGS)


def _regions_beside(page: Page, names: list[Hit], index: int, gazetteer: Gazetteer) -> tuple[str, ...]:
    """«Шымкенттің Абай ауданы», «в Абайском районе Шымкента»: the region of what a shared name stands beside."""
    hit = names[index]
    if len(hit.name.ids) == 1 or len(names) == 1:
        return ()
    for other in (*names[max(index - 1, 0) : index], *names[index + 1 : index + 2]):
        first, second = (other, hit) if other.start < hit.start else (hit, other)
        place = gazetteer.get(other.name.ids[0]) if len(other.name.ids) == 1 else None
        if place is not None and _ONLY_KIND.fullmatch(page.low, first.word_end, second.start):
            return place.regions
    return ()


def _district_named(mention: Mention, gazetteer: Gazetteer, prefer: tuple[str, ...], named: Set[str]) -> Mention:
    """«Қаратауда» after «Қаратау ауданы» is that district, not a town of its name in another region."""
    reason = "a district of this name was named before"
    if f"unlisted/district/{mention.name}" in named:
        return Mention(
            mention.start, mention.end, "unlisted/district", mention.name, "district", prefer[:1], False, reason
        )
    for place_id in gazetteer.districts_by_name.get(mention.name, ()):
        place = gazetteer.get(place_id) if place_id in named else None
        if place is not None and not _are_apart(place.regions, prefer):
            return Mention(
                mention.start, mention.end, place.id, place.name_kk, place.kind, place.regions, False, reason
            )
    return mention


def _are_apart(regions: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether none of the regions is among the others."""
    return not any(code in others for code in regions)


def _villages_at_home(mentions: list[Mention], home: tuple[str, ...], spoken: tuple[str, ...]) -> list[Mention]:
    """A village listed in other regions only, in a text about one region, is another village of that name there."""
    said = {*home, *spoken}.union(*(m.regions for m in mentions if m.kind != "settlement" and not m.line))
    return [
        m
        if m.kind != "settlement" or m.line or not m.regions or said & {*m.regions}
        else Mention(
            *(m.start, m.end, "unlisted/settlement", m.name, m.kind, home, m.explicit),
            "a village of this name in the region the text is about",
        )
        for m in mentions
    ]


def _with_regions(mentions: list[Mention]) -> list[Mention]:
    """An unlisted place lies in the region of the place right beside it («Тараздағы «Жайлау» шағын ауданы»)."""
    if all(mention.regions for mention in mentions):
        return mentions
    return [
        m
        if m.regions or m.kind == "zone"
        else m.inside(next((o.regions for o in mentions if len(o.regions) == 1 and _are_beside(m, o)), ()))
        for m in mentions
    ]


def _are_beside(part: Mention, whole: Mention) -> bool:
    if whole.start > part.start:  # «станция Сексеул Аральского района»
        return whole.kind == "district" and whole.start - part.end == 1
    return part.start - whole.end <= _SIDE_BY_SIDE


def _without_titles(view: View, mentions: list[Mention]) -> list[Mention]:
    """Without venues, and places inside the quoted name of a programme or a newspaper that are not the whole of it."""
    return [
        m
        for m in mentions
        if m.line or m.kind == "zone" or not (is_in_title(view, m.start, m.end) or is_venue(view, m))
    ]


def _longest(names: list[Hit], page: Page) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(names, key=lambda h: (h.start, -h.word_end)) if len(names) > 1 else names:
        if kept and hit.start < kept[-1].word_end:
            if hit.start == kept[-1].start and hit.word_end == kept[-1].word_end and hit.end > kept[-1].end:
                kept[-1] = hit  # «Шардара», not «Шар» with endings
            elif hit.start == kept[-1].start and hit.word_end == kept[-1].word_end and hit.end == kept[-1].end:
                known = kept[-1].name
                ids = tuple(dict.fromkeys((*known.ids, *hit.name.ids)))
                both = Name(ids, known.language, known.guarded and hit.name.guarded)
                kept[-1] = Hit(hit.start, hit.end, hit.word_end, both)
            continue
        if (
            page.plain[hit.start : hit.start + 1].isupper()
            or _CAPITAL_LATER.search(page.plain, hit.start, hit.word_end) is not None  # «области Абай»
            or page.plain[hit.start - 1 : hit.start] in '«"“'
            or hit.name.ids == ("KZ-71",)
            or _VILLAGES_AFTER.match(page.low, hit.word_end) is not None
        ):
            kept.append(hit)
    return kept


def _resolve(
    page: Page,
    hit: Hit,
    gazetteer: Gazetteer,
    prefer: tuple[str, ...],
    ordinary: bool,
    rural: bool,
    item: bool = False,
    named: Set[str] = frozenset(),
) -> Mention | None:
    """``item``: the name heads an item of a list that began with an oblast."""
    known_places = gazetteer.places
    places = [known_places[place_id] for place_id in hit.name.ids if place_id in known_places]
    text = page.low[hit.start : hit.word_end]
    beside = page.low[hit.word_end + 1 : hit.word_end + 4] in _KIND_STARTS
    after = _KIND_AFTER.match(page.low, hit.word_end) if beside else None
    before = None if after or hit.term.language == "kk" else _kind_before(page.low, hit.start)
    # «Абай облысы» has its kind word inside; «Абай» beside «район» is told by that word.
    said = "region" if _has(text, _REGION_WORDS) else "district" if _has(text, _DISTRICT_WORDS) else ""
    if not said and (found := after or before):
        said = "district" if before and DISTRICTS_AFTER.match(page.plain, hit.word_end) else found.lastgroup or ""
    lists = not said and _begins_list(page, hit.word_end)
    if (
        lists
        and _LIST_OF_REGIONS.match(page.plain, hit.word_end, hit.word_end + _LONGEST_LIST)
        and any(place.kind in ("region", "group") for place in places)
    ):
        said = "region"
    if not said and item and any(place.kind == "region" for place in places):
        said = "region"
    if lists and not said and (listed := _LIST_OF_INSIDE.match(page.plain, hit.word_end, hit.word_end + _LONGEST_LIST)):
        said = listed.lastgroup or ""
    known = [p for p in places if p.id in named] if hit.name.guarded and hit.end < hit.word_end else []
    if known and not said:
        places = known  # «Исатайда» after «Исатай ауданы» is the district, not the man
    elif (hit.name.guarded or (ordinary and " " not in text)) and not said:
        return None  # a name of several words is none of the ordinary words it begins with
    if said:
        same = [place for place in places if place.kind == said or (said == "region" and place.kind == "group")]
        name = page.plain[hit.start : hit.word_end]
        if not same and name.isupper():
            said = ""  # «41 село СКО»: an abbreviation of an oblast, no village called so
        if not same and said in ("settlement", "district", "city"):
            if all(place.kind == "country" for place in places):
                return None
            regions = next((p.regions for p in places if len(p.regions) == 1 and p.kind != "region"), ())
            if prefer and prefer != ("KZ",) and _are_apart(regions, prefer):
                regions = ()  # another place of that name, in a region the text does not speak of
            if said == "city" and any(place.kind == "region" and place.id in _CITIES for place in places):
                same = [place for place in places if place.id in _CITIES]
            else:
                return Mention(
                    hit.start, hit.word_end, f"unlisted/{said}", name, said, regions, True, "named by its kind word"
                )
        places = same or places
    if not places:
        return None
    place, reason = _choose(places, prefer, bool(said), rural)
    kind_end = after.end() if after and said else hit.word_end
    return Mention(
        hit.start,
        max(hit.word_end, kind_end if kind_end - hit.word_end < 9 else hit.word_end),
        place.id,
        place.name_kk,
        place.kind,
        place.regions,
        bool(said) or len(places) == 1,
        reason,
    )


def _begins_list(page: Page, end: int) -> bool:
    """Whether a name goes on with another one: «Ақмола, Қостанай», «Абай және Жарқайың»."""
    return page.low[end : end + 2] in _LIST_STARTS and _LIST_BEGINS.match(page.plain, end) is not None


def _kind_before(low: str, start: int) -> regex.Match[str] | None:
    """The kind word before a name: «в селе Шелек»."""
    before = low[max(0, start - 14) : start]
    last = before.rstrip(' \n«"').rpartition(" ")[2]
    may_be = last.endswith(_KINDS_SHORT) or any(stem in last for stem in _KINDS)
    return _KIND_BEFORE.search(before) if may_be else None


def _has(text: str, words: tuple[str, str]) -> bool:
    return words[0] in text or words[1] in text


def _choose(places: list[Place], prefer: tuple[str, ...], said: bool, rural: bool) -> tuple[Place, str]:
    if len(places) == 1:
        return places[0], ""
    liked = [place for place in places if not _are_apart(place.regions, prefer)]
    pool = liked or places
    reason = (
        "shared name, read by the regions the text speaks of" if liked and len(liked) < len(places) else "shared name"
    )
    if not said:
        whole = [place for place in pool if place.kind == "region"]
        town = [place for place in pool if place.kind == "city"]
        if rural and town and not whole and (area := [place for place in pool if place.kind == "district"]):
            return area[0], reason + ": villages are counted, so the district"
        if whole and town:
            return (
                (whole[0], reason + ": villages or zones are counted")
                if rural
                else (town[0], reason + ": no kind word, the town")
            )
        city = next((place for place in pool if place.id == "KZ-75"), None)
        if city is not None:
            return city, reason + ": the city"
    return min(pool, key=lambda place: _ORDER.get(place.kind, 9)), reason
