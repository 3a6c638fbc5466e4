"""The zone a figure is of: the gazetteer's where the name and the region fit, else a plain noun in the nominative."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from geo.model import PlaceRef
from geo.reading.focus import PlaceFound
from geo.reading.mention import Mention
from geo.reading.phrases import Sought, phrase
from geo.reading.vocabulary import FOLDER

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.place_tables import Place
    from geo.reading.focus import Focus
    from geo.reading.matching import Hit
    from geo.reading.numbers import Number
    from geo.reading.sentences import Sentence
    from geo.reading.state import Run
    from geo.reading.text import Page
    from geo.reading.units import Counted
    from geo.reading.view import View

WORKS_FOR_ZONE: Final = "works for the zone spoken of"
NOUNS_FILE: Final = FOLDER / "zones.toml"
OF_ZONES: Final = 0.2  # strength of the subject from which a name in quotes may be a zone's
UNLISTED_ZONE: Final = "unlisted/zone"
_QUOTED: Final = regex.compile(r"«([^»]+)»")
_SEZ: Final = regex.compile(r"экономик|экономич|\bАЭА\b|\bСЭЗ\b")
_RUSSIAN: Final = regex.compile(r"зон|ический|ическ|промышленн|индустриальн\p{Ll}+ парк")
_EXAMPLE: Final = phrase("foremost", after=r"(?:\s[\p{Ll}-]+){0,3}\s?(?:[–—:-]\s?)$")
_MANY_ZONES: Final = regex.compile(
    r"(?:аймақтар|аумақтар|парктер|алаңдар|зон|зонах|зонам|зонами|парков|парках|паркам|парки|площадок"
    r"|площадках)\p{Ll}{0,6}$(?<!зоны|зона|зону|зоне|зоной|зонасы)"
    r"|ые\s(?:[\p{Ll}-]+\s)?зоны$"
)
_ONE_ZONE: Final = frozenset(("зона", "зоне", "зону", "зоной", "парке", "парку", "парком", "площадке", "сэз"))
_BEFORE_ZONES: Final = 22  # characters
_LAID: Final = frozenset(("gas", "water", "internet"))
_LAID_TOO: Final = frozenset(("roads", "electricity", "heating", "sewerage"))
_ELSEWHERE: Final = ("country", "this_city", "this_district", "this_village", "region_seat")
_GROUNDWORK: Final = phrase("groundwork")
_OF_IT: Final = phrase("of_the_zone")
_JUST_TOLD: Final = 0.4  # strength of the subject a sentence or two after it was named
_NOT_LETTERS: Final = regex.compile(r"[^\w]+|_")
_IN_ZONE: Final = regex.compile(
    r"\s(?:[\p{Ll}-]+\s){0,2}(?:аймақ|аумақ|алаң|парк|жер)(?:та|те|да|де|тағы|дағы|ында|қа|ға|ке|ге|на)(?!\p{L})"
)
_ZONE_REACH: Final = 60  # characters
_REGISTERED: Final = Sought("registered")
_IN_OPERATION: Final = Sought("in_operation")
_COMPANIES: Final = ("кәсіпор", "предприят")


def zone_ref(name: str, regions: tuple[str, ...], sentence: str, gazetteer: Gazetteer) -> PlaceRef:
    """The gazetteer's zone of that name in ``regions``, or a zone with a readable name where it lists none."""
    zone = _listed(name, regions, sentence, gazetteer)
    if zone is not None:
        return PlaceRef(zone.id, zone.name_kk, zone.kind)
    return PlaceRef(UNLISTED_ZONE, name if name[:1].isupper() else _noun(name), "zone")


def with_quoted_zones(
    view: View, mentions: list[Mention], gazetteer: Gazetteer, regions: tuple[str, ...]
) -> list[Mention]:
    """The mentions and the zones told by a name in quotes alone («ең ірісі – «Сарыарқа»: мұнда…»), in order.

    A name counts where a zone of ``regions`` is listed under it, or where it stands as an example of zones.
    """
    added = []
    for quoted in _QUOTED.finditer(view.page.plain, view.start, view.end):
        start, end = quoted.span()
        inner = [mention for mention in mentions if mention.start < end and start < mention.end]
        example = _EXAMPLE.search(view.text(max(view.start, start - 40), start)) is not None
        if any(mention.kind == "zone" for mention in inner) or (inner and not example):
            continue
        zone = _listed(quoted[1], regions, view.page.plain[view.start : view.end], gazetteer)
        if zone is None and not example:
            continue
        mentions = [mention for mention in mentions if mention not in inner]
        reason = "named in quotes where zones are spoken of"
        if zone is None:
            added.append(Mention(start, end, UNLISTED_ZONE, quoted[1], "zone", (), True, reason))
        else:
            added.append(Mention(start, end, zone.id, zone.name_kk, zone.kind, zone.regions, True, reason))
    return sorted((*mentions, *added), key=lambda mention: mention.start) if added else mentions


def is_example_of_zones(page: Page, sentence: Sentence) -> bool:
    """«Самая большая – «Кайрат» …»: where zones are spoken of, a sentence that goes on with one of them."""
    return any(
        _EXAMPLE.search(page.low, max(sentence.start, quoted.start() - 40), quoted.start()) is not None
        for quoted in _QUOTED.finditer(page.plain, sentence.start, sentence.end)
    )


def lays_networks_to_zone(focus: Focus, line: int, layers: Sequence[str], places: Iterable[str]) -> bool:
    """«Водопровод и газ сюда уже подвели»: works for the zone spoken of, not another layer.

    ``layers``: those that the sentence names; ``places``: codes of its words of place.
    """
    mention = focus.current.mention
    return (
        mention is not None
        and mention.kind == "zone"
        and focus.line == line
        and bool(layers)
        and {*layers} <= {"gas", "water"}
        and not {*places}.isdisjoint(("here", "this_zone"))
    )


def is_spent_on_zone(run: Run, view: View) -> bool:
    """«Аймақтың инженерлік желілері мен жолдарына 3,2 млрд бөлінді»: a sum for what is laid to the zone spoken of."""
    if not _is_one_zone_spoken_of(run, view):
        return False
    layers = {hit.term.code for hit in view.of("layer")}
    worth = view.of("cue", "investment")  # «цена работ – 1,2 млрд» is what they cost, no price
    others = {
        hit.term.code for hit in view.of("other") if not any(cue.start <= hit.start < cue.word_end for cue in worth)
    }
    if not (layers <= _LAID and others <= _LAID_TOO):
        return False
    if view.names or view.of("place", *_ELSEWHERE):
        return False
    groundwork = _GROUNDWORK.search(view.page.low, view.start, view.end) is not None
    if view.of("place", "here", "this_zone") or _OF_IT.search(view.page.low, view.start, view.end):
        return groundwork or bool(layers or others)
    return groundwork and not layers  # «На сети и дороги выделено 2,6 млрд»


def _is_one_zone_spoken_of(run: Run, view: View) -> bool:
    mention = run.focus.current.mention
    if mention is not None and mention.kind == "zone" and run.focus.line == view.sentence.line:
        return True
    return (
        not run.zones_many
        and run.subject.line == view.sentence.line
        and run.subject.strength.get("industry", 0.0) >= _JUST_TOLD
    )


def _listed(name: str, regions: tuple[str, ...], sentence: str, gazetteer: Gazetteer) -> Place | None:
    found = [zone for zone in _zones_by_core(_Held(gazetteer)).get(_core(name), ()) if set(zone.regions) & set(regions)]
    if len(found) > 1:  # one name for a special economic and an industrial zone: the sentence tells which
        wanted = bool(_SEZ.search(sentence))
        found = [zone for zone in found if (zone.subtype == "sez") == wanted]
    return found[0] if len(found) == 1 else None


class _Held:
    """Carries the gazetteer past the cache, whose key is its identity."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __hash__(self) -> int:
        return id(self.gazetteer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.gazetteer is self.gazetteer


@lru_cache(maxsize=4)
def _zones_by_core(held: _Held) -> dict[str, tuple[Place, ...]]:
    by_core: dict[str, dict[str, Place]] = defaultdict(dict)
    for place in held.gazetteer.places.values():
        if place.kind != "zone":
            continue
        for name in (place.name_kk, place.name_ru, place.name_en, *place.aliases):
            quoted = _QUOTED.search(name)
            by_core[_core(quoted[1] if quoted else name)][place.id] = place
    return {core: tuple(zones.values()) for core, zones in by_core.items()}


def _core(name: str) -> str:
    """The name without case, quotes, dashes and spaces."""
    return _NOT_LETTERS.sub("", name).casefold()


def _noun(name: str) -> str:
    low = name.casefold()
    language = "ru" if _RUSSIAN.search(low) else "kk"
    return next(noun[language] for noun in _nouns() if noun["part"] in low)


@lru_cache(maxsize=1)
def _nouns() -> list[dict[str, str]]:
    return tomllib.loads(NOUNS_FILE.read_text("utf-8"))["noun"]


def inside_zone(run: Run, view: View, number: Number, place: PlaceFound) -> PlaceFound:
    """A figure of one zone is not its region's: told by whether the text speaks of one zone or of many."""
    zones = sorted(
        zone_signs(view),
        key=lambda sign: (
            view.border(number.start, sign[0]) + (0.3 if sign[0] > number.start else 0.0),
            abs(sign[0] - number.start),
        ),
    )
    many = zones[0][1] if zones else run.zones_many
    if many is None or many:
        return place
    name = zones[0][2] if zones else run.zone_name
    mention = Mention(
        number.start, number.end, "unlisted/zone", name, "zone", place.regions, False, "one zone is spoken of"
    )
    return PlaceFound(place.regions, mention, place.how, place.reason)


def note_zones(run: Run, view: View) -> None:
    signs = zone_signs(view)
    if signs:
        _, run.zones_many, run.zone_name = signs[-1]


def zone_signs(view: View) -> list[tuple[int, bool, str]]:
    """Where zones are spoken of: position, whether many, and the words."""
    found = []
    for hit in view.of("layer", "industry"):
        text = view.text(hit.start, hit.word_end)
        many = bool(_MANY_ZONES.search(text)) or _is_counted_zone(view, hit)
        found.append((hit.start, many, view.page.plain[hit.start : hit.word_end]))
    for hit in view.of("unit", "zones"):  # «во всех зонах»
        if _MANY_ZONES.search(view.text(hit.start, hit.word_end)):
            found.append((hit.start, True, view.page.plain[hit.start : hit.word_end]))
    for hit in view.of("place", "this_zone"):
        text = view.text(hit.start, hit.word_end)
        if text in _ONE_ZONE or (text == "зоны" and view.text(hit.start - 3, hit.start) in ("ой ", "ей ")):
            found.append((hit.start, False, view.page.plain[hit.start : hit.word_end]))
    return sorted(found)


def _is_counted_zone(view: View, zone: Hit) -> bool:
    """«1 276 га құрайтын жеті аймақ», but not «120 гектарлық аймақ», «12 зауыты бар аймақ»."""
    number = next((n for n in reversed(view.numbers) if n.end <= zone.start and not n.odd), None)
    return (
        number is not None
        and number.value > 1
        and zone.start - number.end < _BEFORE_ZONES
        and view.border(number.start, zone.start) == 0
        and not any(number.end <= start < zone.start for start in view.units_at)
    )


def is_land_of_a_zone(view: View, end: int) -> bool:
    """Whether the hectares that end there are what a zone has already.

    «60 гектар жерге индустриялық аймақ салу көзделген»: this is land of the zone to be built.
    """
    land = _IN_ZONE.match(view.page.low, end)
    return land is not None and not any(
        hit.start > land.end() and hit.start - land.end() < _ZONE_REACH and view.border(land.end(), hit.start) < 0.9
        for hit in view.of("layer", "industry")
    )


def takes_part(view: View, number: Number, counted: Counted) -> bool:
    """«30 кәсіпорын тіркелген», «работают 26 предприятий»: companies of a zone; plants that are built are projects."""
    clause = view.clause_text(number.start)
    if _REGISTERED.told(view, clause):
        return True
    company = counted.hit is not None and view.page.low.startswith(_COMPANIES, counted.hit.start)
    return company and bool(_IN_OPERATION.told(view, clause))
