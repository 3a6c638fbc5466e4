"""The indicator of a figure: its layer and unit, and the words near it that tell one measure from another."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

import regex

from geo.errors import BadSeed
from geo.reading.matching import Hit
from geo.reading.networks import NETWORKS, by_satellite, masts_put_up, note_networks, reach
from geo.reading.numbers import Number
from geo.reading.phrases import Sought, phrase
from geo.reading.status import StatusFound
from geo.reading.supplying import is_more_than_renewal
from geo.reading.tasks import are_left
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import FOLDER, UNITS

Rules = dict[tuple[str, str], tuple[tuple[tuple[tuple[str, ...], ...], str], ...]]
RULES_FILE: Final = FOLDER / "indicators.toml"
_WAYS: Final = ("module", "standpipe", "trucked", "well", "central")
_REACH: Final = {  # how far a cue may stand, in clauses
    "repair": 1.4,
    "worn": 1.2,
    "inflow": 1.2,
    "capacity": 1.2,
    "saving": 2.6,
    "irrigated": 2.6,
    "upgrade": 1.2,
    "investment": 2.2,
}
_GENITIVE: Final = regex.compile(
    r"(?P<word>[\p{Ll}-]{3,})(?<=[дтн][ыі]ң)\s(?:(?:шамамен|кемінде|тек|бар болғаны|қазір|бүгінде|әзірге|жалпы)\s)?$"
)
_GENITIVE_ENDS: Final = ("дың", "дің", "тың", "тің", "ның", "нің")
_AFTER_PERCENT: Final = regex.compile(
    r"(?:-?\p{Ll}{1,5})?\s(?:от\s)?(?:всех\s|всего\s|общего числа\s"
    r"|общей численности\s)?(?P<words>(?:[\p{Ll}-]+\s?){1,3})"
)
_WHOLE_NEXT: Final = regex.compile(
    r"\s(?:из|от)\s(?:всех\s|имеющихся\s|более чем\s|почти\s|примерно\s|общего числа\s)?"
)
_REST: Final = phrase("rest")
_EXCEPT: Final = phrase("except")
_WORN_OUT: Final = Sought("worn_out")
_DASH: Final = regex.compile(r"\s?[–—:-]\s")
_LACKING_BEFORE: Final = regex.compile(r"\p{Ll}+[мбп](?:аған|еген)\s(?:(?:тағы|әлі|әзірге|шамамен|тек)\s){0,2}$")
_OWN_CLAUSE: Final = 0.5  # clause borders
_CABLE: Final = regex.compile(r"(?<!\p{L})(?:кабел|оптик|оптовол|волоконн|талшықты)")
_TOLD_WHERE: Final = regex.compile(r",\s(?:куда|где|(?:до|в|к) котор)")
_WITHOUT: Final = regex.compile(r"\s(?:[–—-]\s)?без(?=[.,;]|$)")
_FOR_ENDS: Final = ("за", "на", "более")
_FOR_MONEY: Final = regex.compile(r"(?:^|\s)(?:за|на)\s(?:более\s)?$")


@lru_cache(maxsize=2)
def load_rules(path: str = str(RULES_FILE)) -> Rules:
    """(unit, layer) → choices in order. Raises BadSeed for an unknown unit or a broken file."""
    try:
        raw = tomllib.loads(Path(path).read_text("utf-8"))
        table = {}
        for rule in raw["rule"]:
            if rule["unit"] not in UNITS:
                raise BadSeed(f"{path}: unit {rule['unit']!r} is none of {', '.join(UNITS)}.")
            table[rule["unit"], rule["layer"]] = tuple(
                (tuple(tuple(need.split("|")) for need in choice["when"]), choice["code"]) for choice in rule["choose"]
            )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadSeed(f"{path}: cannot be read: {error!r}") from error
    return table


class Flags:
    """What holds near a figure, by name, each with the word that told it."""

    __slots__ = ("held",)

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def set(self, name: str, word: str = "") -> None:
        self.held.setdefault(name, word)

    def __contains__(self, name: str) -> bool:
        return name in self.held


def choose_indicator(unit: str, layer: str, flags: Flags) -> str:
    """The first rule that fits; "" where the layer has no such measure."""
    held = flags.held
    for when, code in load_rules().get((unit, layer), ()):
        for need in when:
            if not any(name in held for name in need):
                break
        else:
            return code
    return ""


def figure_flags(
    view: View, number: Number, counted: Counted, layer: str, layer_how: str, status: StatusFound
) -> Flags:
    """Every flag that the rules may ask for."""
    flags = Flags()
    unit = counted.code
    if unit == "percent":
        _base_of_share(view, number, counted, flags)
    cues = {hit.term.code for hit in view.of("cue")}
    if not cues.isdisjoint(_WAYS):
        _nearest_way(view, number, counted, _WAYS, flags)
    if not cues.isdisjoint(NETWORKS):
        note_networks(view, number, counted, flags)
        if unit == "schools" and "satellite" not in flags and (word := by_satellite(view, counted)):
            flags.set("satellite", word)
    elif unit == "settlements" and layer == "internet" and masts_put_up(view, number):
        flags.set("mobile", "masts are put up there")
    if not cues.isdisjoint(_REACH):
        for code, far in _REACH.items():
            if code in cues:
                _if_near(view, number, counted, code, far, flags)
    if counted.code == "money" and any(
        view.border(number.start, hit.start) < 0.9 and abs(hit.start - counted.end) < 45
        for hit in view.of("unit", "projects", "pipelines", "participants")
    ):
        flags.set("investment", "worth of projects")
    if counted.code == "money" and (layer_how in ("clause", "noun") or _is_for_money(view, number)):
        flags.set("investment", "money of the layer's own clause")
    if counted.code == "money" and counted.how == "carried":
        flags.set("investment", "as in the sum before")
    if "renewed" in cues and not is_more_than_renewal(view, number, status):
        _if_near(view, number, counted, "renewed", 0.95 if view.kazakh else 1.05, flags)
    if "more" in cues:
        _if_near(view, number, counted, "more", 0.6, flags, before_only=True)
    if status.negated:
        flags.set("unserved", status.word)
    before = view.text(max(view.start, number.start - 36), number.start) if view.kazakh and unit in _OF else ""
    lacking = _LACKING_BEFORE.search(before) if "аған" in before or "еген" in before else None
    if lacking:
        flags.set("unserved", lacking.group().strip())  # «оптика бармаған тоқсан ауыл бар»
    for hit in view.of("cue", "unserved"):
        if hit.start > number.end and _REST.search(view.text(number.end, hit.start)):
            continue  # «745-інде интернет бар, өзгелерінде жоқ»
        if reach(view, number, counted, hit) < (1.4 if view.kazakh and hit.start > number.start else 0.95):
            flags.set("unserved", view.text(hit.start, hit.word_end))
    if (
        "unserved" in flags
        and unit in ("settlements", "schools")
        and status.code == "actual"
        and (not status.negated or _TOLD_WHERE.match(view.page.low, counted.end))
        and (word := by_satellite(view, counted))
        and _CABLE.search(view.text(view.start, view.end))
    ):
        flags.held.pop("unserved")  # «кабель жетпеген 12 ауылға OneWeb терминалы қойылды»
        flags.set("satellite", word)
    if unit == "percent" and (lack := _lack_of_share(view, number)):
        flags.set("without", lack)
    if not view.kazakh and unit in _OF and _WITHOUT.match(view.page.low, counted.end):
        flags.set("unserved", "без")  # «51 село с интернетом, 21 без»
    left_out = view.kazakh and unit in _OF and _EXCEPT.search(view.text(number.end, counted.end + 30))
    if left_out and flags.held.pop("unserved", None) is None:
        flags.set("unserved", left_out.group())  # «он ауылды қоспағанда, бәрі газдандырылған»
    if unit == "settlements" and are_left(view, number, counted.end):
        flags.set("unserved", "left")
    if unit == "km" and "worn" in flags and flags.held["worn"] == status.word:
        flags.set("lacking", status.word)  # «изношено 312 километров»: that much is to be replaced
    if unit == "km" and (worn := _WORN_OUT.told(view, view.clause_text(number.start))):
        flags.set("repair", worn)
        flags.set("lacking", worn)
    if status.code == "underway":
        flags.set("underway", status.word)
    if status.code == "needed":
        flags.set("lacking", status.word)
    return flags


def _lack_of_share(view: View, number: Number) -> str:
    """«Доступа к газу лишены 26 процентов сёл»: the share of those that lack it, in its own words."""
    for hit in view.of("cue", "unserved"):
        if view.border(number.start, hit.start) < _OWN_CLAUSE and not view.between(number.start, hit.start):
            return view.text(hit.start, hit.word_end)
    return ""


def _is_for_money(view: View, number: Number) -> bool:
    before = view.text(max(view.start, number.start - 9), number.start)
    return before.rstrip().endswith(_FOR_ENDS) and _FOR_MONEY.search(before) is not None


def _if_near(
    view: View, number: Number, counted: Counted, code: str, far: float, flags: Flags, before_only: bool = False
) -> None:
    for hit in view.of("cue", code):
        if before_only and hit.start > counted.end:
            continue
        if reach(view, number, counted, hit) < far:
            flags.set(code, view.text(hit.start, hit.word_end))
            return


def _nearest_way(view: View, number: Number, counted: Counted, codes: tuple[str, ...], flags: Flags) -> None:
    """Of ways that exclude each other (piped, module, well) the one nearest to the number."""
    scored = []
    for hit in view.of("cue", *codes):
        score = reach(view, number, counted, hit)
        if view.kazakh and hit.start < number.start:
            score += 0.35
        scored.append((score, hit))
    if len({hit.term.code for _, hit in scored}) > 1:
        flags.set("contrast", "several ways of supply in one sentence")
    if scored:
        score, hit = min(scored, key=lambda pair: (pair[0], pair[1].start))
        if score < 1.3:
            flags.set(hit.term.code, view.text(hit.start, hit.word_end))


_DWELLING: Final = {"urban": "urban", "town": "urban", "rural": "rural"}
_RISES_TO: Final = regex.compile(  # from the level before, as a whole: «с 86,1 до», «86,1 пайыздан»
    r"^[\d,]+(?:\s?(?:%|процент\p{Ll}*))?\sдо\s$|^[\d,]+(?:\s?(?:%-?|пайыз))?-?[дтн][ае]н\s$"
)
_SUBJECT_REACH: Final = 90  # characters
_SHARE_GAP: Final = 6  # characters
_SHARE_BEFORE: Final = regex.compile(r"(?<!\p{L})дол(?:я|ю|и|ей)\s$")
_SUBJECT_BORDER: Final = 2.5  # clause borders
_OF: Final = {
    "settlements": "of_settlements",
    "people": "of_people",
    "households": "of_people",
    "schools": "of_schools",
    "health": "of_health",
    "zones": "of_zones",
    "sez": "of_zones",
    "cities": "of_settlements",
}


def is_counted(view: View, noun: Hit) -> bool:
    """Whether a number of its own stands before the noun: then a share is not of it."""
    years = view.years
    return any(
        0 <= noun.start - other.end < 28
        and not other.odd
        and view.border(other.start, noun.start) < 0.4
        and not any(year.start <= other.start < year.end for year in years)
        and not _has_noun_before_comma(view, other, noun)
        for other in view.numbers
    )


def _has_noun_before_comma(view: View, number: Number, noun: Hit) -> bool:
    """«ещё 31 село, уровень охвата населения …»: the number has its noun, and a comma parts it from the other."""
    comma = view.page.low.find(", ", number.end, noun.start)
    return comma >= 0 and any(number.end <= start < comma for start in view.units_at)


def _is_subject(view: View, number: Number, hit: Hit) -> bool:
    """«Доля горожан, пользующихся водопроводом, достигла 99 %»: told of before the number, with nothing in between."""
    years = view.years
    between = [
        other
        for other in view.numbers
        if hit.start < other.start < number.start
        and not any(year.start <= other.start < year.end for year in years)
        and not _RISES_TO.search(view.text(other.start, number.start))
    ]
    return (
        hit.word_end <= number.start
        and number.start - hit.word_end < _SUBJECT_REACH
        and not between
        and view.border(hit.start, number.start) < _SUBJECT_BORDER
        and not is_counted(view, hit)
        and not any(other.start > hit.word_end + 1 for other in view.of("place", "this_region", "country"))
        and not any(hit.word_end + 1 < name.start < number.start for name in view.names)  # «сельских жителей Абая»
    )


def _is_covered(view: View, number: Number, noun: Hit) -> bool:
    """«уровень охвата населения газом при этом вырастет до 78 %»: the noun of the measure, whatever stands between."""
    measured = any(cue.word_end + 1 == noun.start for cue in view.of("cue", "level"))
    if measured and _is_subject(view, number, noun):
        return True
    part = view.text(max(view.start, noun.start - _SHARE_GAP), noun.start)
    told_of = view.page.low.find(",", noun.word_end, number.start) >= 0  # «доля школ, подключённых к сети, – 97 %»
    return (
        told_of
        and _SHARE_BEFORE.search(part) is not None
        and not view.between(noun.start, number.start)
        and number.start - noun.word_end < _SUBJECT_REACH
    )


def _out_of(view: View, counted: Counted) -> int:
    """«88,5 % из 416 сёл»: where the words after the sign begin, behind the number of the whole if it is told."""
    whole = _WHOLE_NEXT.match(view.page.low, counted.end, view.end)
    following = next((n for n in view.numbers if n.start == whole.end() and not n.odd), None) if whole else None
    return following.end + len(following.tail) if following is not None else counted.end


def _last_words(text: str) -> int:
    """Where the last three words of a text that ends with a space begin; a pattern of its end need not try the rest."""
    at = len(text)
    for _ in range(4):
        at = text.rfind(" ", 0, at)
        if at < 0:
            return 0
    return at + 1


def _base_of_share(view: View, number: Number, counted: Counted, flags: Flags) -> None:
    """What a percentage is of: the noun it is bound to, else people or settlements named in its clause."""
    low = view.page.low
    for hit in view.of("unit", "cities", "settlements"):
        towns = hit.term.code == "cities"
        framed = towns or any(hit.start > other.start for other in view.of("unit", "cities"))
        if framed and _DASH.fullmatch(low, hit.word_end, number.start):  # «города – 100 %, сёла – 97,3 %»
            word = view.text(hit.start, hit.word_end)
            flags.set("of_people", word)
            flags.set("of_urban" if towns else "of_rural", word)
            return
    bound = None
    before = low[max(view.start, number.start - 60) : number.start]
    ends = any(word.endswith(_GENITIVE_ENDS) for word in before.split()[-3:])  # the last, or before a word or two
    genitive = _GENITIVE.search(before, _last_words(before)) if ends else None
    if genitive:
        begin = number.start - (len(genitive.group()))
        bound = next(
            (hit for hit in view.units_at.values() if hit.start <= begin < hit.word_end and hit.term.code != "none"),
            None,
        )
        if bound is None and not any(
            hit.start <= begin < hit.word_end
            for hit in (*view.of("cue", "subset", "again"), *view.of("place"), *view.names)
        ):
            flags.set("of_other", genitive.group("word"))
            if any(hit.start <= begin < hit.word_end for hit in view.of("layer")):
                flags.set("of_layer", genitive.group("word"))
    else:
        after = _AFTER_PERCENT.match(low, _out_of(view, counted), view.end)
        if after:
            begin, end = after.span("words")
            bound = min(
                (hit for hit in view.units_at.values() if begin <= hit.start < end and hit.term.code in _OF),
                key=lambda h: h.start,
                default=None,
            )
    if bound is None:
        # «в сёлах – 97,9 %» is of the people there, «97,9 % сёл» of the villages
        dwellers = {
            noun.start
            for cue in view.of("cue", "urban", "rural")
            for noun in view.of("unit")
            if cue.start <= noun.start < cue.word_end
        }
        nouns = [
            (view.distance(number, hit) + (0.25 if hit.start > number.start and view.kazakh else 0.0), hit)
            for hit in view.units_at.values()
            if hit.term.code in _OF
            and hit.term.code != "cities"
            and not is_counted(view, hit)
            and hit.start not in dwellers
            and not any(name.start == hit.start and view.page.plain[name.start].isupper() for name in view.names)
        ]  # «газифицировать Семей на 60 процентов» tells of no families
        if nouns and "of_other" not in flags:
            distance, hit = min(nouns, key=lambda pair: (pair[0], pair[1].start))
            if distance < 0.95 or _is_covered(view, number, hit):
                bound = hit
    if bound is not None:
        flags.set(_OF.get(bound.term.code, "of_other"), view.text(bound.start, bound.word_end))
    dwelling = [*view.of("cue", "urban", "rural")]
    if view.of("cue", "rural"):
        dwelling += view.of("cue", "town")  # «қалада … ауылда …»: the two of a pair
    for hit in dwelling:
        if hit.start > number.end and ":" in view.text(number.end, hit.start):
            continue  # «98,3 пайызы қамтылған: қалада – 99,5 %»
        if reach(view, number, counted, hit) < 1.25 or _is_subject(view, number, hit) or _is_covered(view, number, hit):
            flags.set(f"of_{_DWELLING[hit.term.code]}", view.text(hit.start, hit.word_end))
    if "of_urban" in flags and "of_rural" in flags:
        nearer = min(dwelling, key=lambda hit: reach(view, number, counted, hit))
        flags.held.pop("of_urban" if nearer.term.code == "rural" else "of_rural")
    if ("of_urban" in flags or "of_rural" in flags) and not any(
        name in flags for name in ("of_settlements", "of_health", "of_schools")
    ):
        flags.set("of_people")
