"""The words of the reading, loaded once from the TOML files of ``vocabulary/`` and checked entry by entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import geo
from geo.errors import BadSeed
from geo.model import LAYERS, QUALIFIERS, STATUSES

FOLDER: Final = Path(geo.__file__).with_name("reading") / "vocabulary"  # this module may lie elsewhere, compiled
SPOKEN: Final = ("kk", "ru")
FREE: Final = None  # codes that are not a closed list
YEARS: Final = (  # words for a year, counted from the document's
    *("year+0", "year-1", "year-2", "year-3", "year-4", "year-5", "year-10", "year+1", "year+2", "year+3"),
)
_TIMES: Final = (*YEARS, "now", "end", "start")
_CUES: Final = (
    *("fibre", "broadband", "mobile", "satellite", "3g", "4g", "5g", "adsl", "upgrade", "central", "module", "well"),
    *("trucked", "standpipe", "renewed", "repair", "worn", "urban", "rural", "unserved", "subset", "again", "level"),
    *("more", "sum", "investment", "threshold", "live", "saving", "irrigated", "inflow", "capacity", "repeat", "area"),
    *("number_of", "town", "work_only", "region_wide", "network", "all", "portfolio"),
)
_PHRASES: Final = (
    *("growth", "changed", "other_money", "put_in", "supplied", "joined", "in_each", "village_size", "beyond", "than"),
    *("there_are", "new_ones", "at_work", "only", "that_is", "in_other_words", "there", "goes_on", "bare", "no_year"),
    *(
        "namely",
        "event",
        "worn_out",
        "harm",
        "consumed",
        "of_those",
        "checked",
        "possible",
        "waterworks",
        "this_year",
        "last_year",
        "next_year",
        "founded",
        "foremost",
        "opened",
        "come_to",
        "asked",
        "registered",
        "bearer",
        "same_works",
        "report",
        "year_part",
        "aside",
        "rest",
        "except",
        "builders",
        "in_operation",
        "into_it",
        "measures",
        "such_ones",
        "living_there",
        "dwellers",
        "dwell",
        "served",
        "works_there",
        "headcount",
        "machines",
        "route",
        "line",
        "length",
        "laid",
        "cost_of_works",
        "other_share",
        *("lies_there", "supplying", "to_be_built", "building_works", "connected", "to_open", "that_time"),
        "groundwork",
        "of_the_zone",
        "measure",
        "measured",
        "of_it",
        "verbs_of_it",
        "this_measure",
        "brought_to",
        "to_level",
        "comes_to",
        "goes_beyond",
    ),
)
_PLACES: Final = (
    *(
        "country",
        "ministry",
        "this_region",
        "this_district",
        "this_city",
        "this_capital",
        "this_village",
        "this_zone",
        "here",
        "regions",
    ),
    *("region_seat", "region_word", "district_word", "city_word", "village_word"),
)
UNITS: Final = (
    *("percent", "settlements", "people", "households", "subscribers", "schools", "health", "institutions"),
    *(
        "facilities",
        "masts",
        "gas_stations",
        "projects",
        "plants",
        "participants",
        "jobs",
        "zones",
        "sez",
    ),
    *("hectare", "km", "m3day", "money", "pipelines", "cities", "none"),
)
CODES: Final[Mapping[str, tuple[str, ...] | None]] = {
    "layer": (*LAYERS, "irrigation"),
    "other": FREE,
    "number": FREE,
    "unit": UNITS,
    "qualifier": (*(q for q in QUALIFIERS if q != "exact"), "rise"),
    "time": _TIMES,
    "place": _PLACES,
    "stem": ("process", "state", "ongoing"),
    "ending": ("actual", "not_yet", "underway", "planned", "converb", "attribute", "infinitive"),
    "status": STATUSES,
    "cue": _CUES,
    "abbreviation": ("inside", "closing"),
    "filler": ("between", "apart"),
    "auxiliary": ("done", "going_on", "listed", "both", "supplied"),
    "look_alike": ("noun",),
    "phrase": _PHRASES,
    "ordinal": FREE,
}
SILENT: Final = frozenset(
    ("ending", "abbreviation", "filler", "auxiliary", "look_alike", "phrase", "ordinal")
)  # asked for, not searched for
# Phrases that are looked for in clauses: found with all other words, so that a pattern is tried only where they stand.
SOUGHT: Final = frozenset(
    (
        *("growth", "other_money", "put_in", "supplied", "joined", "worn_out", "harm", "consumed", "asked", "into_it"),
        *("builders", "at_work", "registered", "in_operation", "there_are", "aside", "founded", "report", "checked"),
        *("other_share", "supplying", "building_works", "to_open", "that_time"),
        *("connected", "lies_there"),
    )
)
_EXTRA: Final = {"article", "inside", "vague", "multiplies", "layer", "currency", "side"}


@dataclass(slots=True, eq=False)  # not frozen, for there are thousands of names, which are terms too
class Term:
    """One entry: what kind of word, what it means, in which language, and how it may be written."""

    kind: str
    code: str
    language: str
    forms: tuple[str, ...]
    example: str
    source: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)  # the key of caches: one of other terms would hash them all
class Vocabulary:
    """All entries of all languages."""

    terms: tuple[Term, ...]

    def of(self, kind: str) -> Iterator[Term]:
        """The entries of one kind, in the order of the files."""
        return (term for term in self.terms if term.kind == kind)

    def forms(self, kind: str, *codes: str) -> frozenset[str]:
        """Every form of these codes (of all codes, where none is given), of all languages."""
        return frozenset(form for term in self.of(kind) if not codes or term.code in codes for form in term.forms)


@lru_cache(maxsize=2)
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """Every entry of ``folder/<language>/*.toml``. Raises BadSeed naming the file and the entry that breaks a rule."""
    terms: list[Term] = []
    for language in SPOKEN:
        for path in sorted((folder / language).glob("*.toml")):
            terms += _load_file(path, language)
    if not terms:
        raise BadSeed(f"{folder}: no vocabulary files (*.toml) in kk/ and ru/.")
    return Vocabulary(tuple(terms))


def _load_file(path: Path, language: str) -> Iterator[Term]:
    name = f"{language}/{path.name}"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSeed(f"{name}: cannot be read: {error}") from error
    for kind, entries in raw.items():
        if kind not in CODES or not isinstance(entries, list):
            raise BadSeed(f"{name}: [[{kind}]] is no subject; use one of {', '.join(CODES)}.")
        for number, entry in enumerate(entries, start=1):
            yield parse_entry(kind, entry, language, f"{name}, {kind} {number}")


def parse_entry(kind: str, entry: Any, language: str, where: str) -> Term:
    """A checked entry; BadSeed says what is wrong with it."""
    _require(isinstance(entry, dict), where, "must be a table")
    unknown = set(entry) - {"code", "forms", "example"} - _EXTRA
    _require(not unknown, where, f"unknown keys {sorted(unknown)}")
    code, forms, example = entry.get("code"), entry.get("forms"), entry.get("example")
    _require(isinstance(code, str) and bool(code), where, "needs a code")
    allowed = CODES[kind]
    _require(allowed is FREE or code in allowed, where, f"code {code!r} is none of {', '.join(allowed or ())}")
    _require(isinstance(forms, list) and bool(forms), where, "needs forms")
    for form in forms:
        plain = isinstance(form, str) and form == form.lower().strip() and bool(form.strip("*~ "))
        _require(plain and "ё" not in form, where, f"form {form!r} must be lower-case, trimmed, with е for ё")
    _require(isinstance(example, str) and bool(example.strip()), where, "needs an example sentence")
    extra = {key: entry[key] for key in _EXTRA if key in entry}
    return Term(kind, code, language, tuple(dict.fromkeys(forms)), example, where, extra)


def _require(holds: bool, where: str, rule: str) -> None:
    if not holds:
        raise BadSeed(f"Vocabulary {where}: {rule}.", entry=where)
