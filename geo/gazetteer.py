"""Places by name: the country, its regions, districts, towns, villages, zones, lines and stations.

Plain CSV in, frozen values out, checked row by row; no shapes here and no geopandas (see ``geo.boundaries``).
Coordinates are longitude and latitude in degrees, EPSG:4326; a place without a known position has none.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from geo.errors import BadSeed
from geo.place_tables import Place, read_places

PLACES = Path(__file__).resolve().parent.parent / "seeds" / "places"
FORMS_FILE, TERMS_FILE = "forms_ru.csv", "terms.toml"
CITIES_OF_REPUBLIC = frozenset({"KZ-71", "KZ-75", "KZ-79"})  # regions that are a single city

KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
KAZAKH_KINDS = (" облысы", " ауданы", " ауылы")  # written without a letter of Kazakh's own
LATIN_LETTERS = re.compile("[A-Za-z]")


class Name(NamedTuple):
    """One way of writing a place. ``language`` is kk, ru or en; of a shared spelling, the first of these."""

    surface: str
    place_id: str
    language: str


@dataclass(frozen=True)
class Gazetteer:
    """All places by id, with every way of writing them."""

    places: Mapping[str, Place]
    forms: tuple[Name, ...]
    terms: Terms

    def get(self, place_id: str) -> Place | None:
        """The place with this id, or None."""
        return self.places.get(place_id)

    def shown_at(self, place_id: str) -> tuple[tuple[float, float], bool] | None:
        """((lon, lat) in degrees, whether that is only approximate) where a place is drawn, or None where unknown.

        A place without a position of its own is drawn at its district's seat, else at its region's, as approximate.
        """
        place = self.places[place_id]
        if place.point is not None:
            return place.point, place.approximate
        for parent in (place.district, place.region):
            if parent and parent != place_id:
                above = self.shown_at(parent)
                return None if above is None else (above[0], True)
        return None

    def names(self) -> Iterator[Name]:
        """Every surface once a place: names, aliases, bare names ("Сауран" of "Сауран ауданы"), declined Russian forms.

        One surface may belong to several places (Абай: a region, three districts, two towns): the reader decides.
        A bare name that is an ordinary word, or of a district inside a city, is left out.
        """
        yield from self._names

    def guarded_names(self) -> Iterator[Name]:
        """Bare names that are ordinary words as well (Абай, Май): a place only beside their kind word, as in lists."""
        yield from self._common

    def all_names(self) -> Iterator[Name]:
        """``names()``, ``guarded_names()`` and the bare names of districts inside cities: for matching whole fields."""
        yield from self._all
        city_districts = (p for p in self.places.values() if p.kind == "district" and p.region in CITIES_OF_REPUBLIC)
        for place in city_districts:
            yield from (Name(self.terms.bare(*name), place.id, name[1]) for name in _written(place))

    def lookup(self, surface: str) -> tuple[str, ...]:
        """Ids of all places written so, case ignored; () where none is."""
        return self._by_surface.get(surface.casefold(), ())

    @cached_property
    def lines(self) -> tuple[Place, ...]:
        """Roads and pipelines whose ends are named."""
        return tuple(place for place in self.places.values() if place.ends)

    @cached_property
    def districts_by_name(self) -> dict[str, tuple[str, ...]]:
        """Ids of districts, sorted, by the words that their Kazakh name begins with («Қаратау» of «Қаратау ауданы»)."""
        found: dict[str, list[str]] = {}
        for place_id in sorted(self.places):
            if place_id.startswith("district/"):
                words = self.places[place_id].name_kk.split(" ")
                for count in range(1, len(words)):
                    found.setdefault(" ".join(words[:count]), []).append(place_id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        return tuple(name for name in self._all if name.surface.casefold() not in self.terms.common_words)

    @cached_property
    def _common(self) -> tuple[Name, ...]:
        return tuple(name for name in self._all if name.surface.casefold() in self.terms.common_words)

    @cached_property
    def _all(self) -> tuple[Name, ...]:
        own = (name for place in self.places.values() for name in _own_names(place, self.terms))
        return tuple({(name.surface, name.place_id): name for name in (*self.forms, *own)}.values())

    @cached_property
    def _by_surface(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for name in self._names:
            found.setdefault(name.surface.casefold(), {})[name.place_id] = None
        return {surface: tuple(ids) for surface, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Terms:
    """Kind words by language, standing before or after a name, and bare names that are ordinary words."""

    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]
    common_words: frozenset[str]

    def bare(self, surface: str, language: str) -> str:
        """The name without its kind word; unchanged where there is none."""
        for term in self.after.get(language, ()):
            if surface.endswith(" " + term):
                return surface[: -len(term) - 1].strip()
        for term in self.before.get(language, ()):
            if surface.startswith(term + " "):
                return surface[len(term) + 1 :].strip()
        return surface


def load_gazetteer(folder: Path = PLACES) -> Gazetteer:
    """Read every place table (``*.csv``) of ``folder``, the declined Russian forms and the kind words.

    Raises BadSeed, naming file and line, for anything that breaks the format.
    """
    folder = Path(folder)
    places = read_places(folder, skip=FORMS_FILE)
    return Gazetteer(places, _load_forms(folder / FORMS_FILE, places), _load_terms(folder / TERMS_FILE))


def guess_language(surface: str) -> str:
    """kk, ru or en by the letters: Latin is en, a Kazakh letter or kind word is kk, other Cyrillic ru."""
    if LATIN_LETTERS.search(surface):
        return "en"
    return "kk" if KAZAKH_LETTERS.search(surface) or surface.endswith(KAZAKH_KINDS) else "ru"


def _load_forms(path: Path, places: Mapping[str, Place]) -> tuple[Name, ...]:
    """Declined Russian forms; none where the file is absent (they are made by ``seeds/places/make_forms.py``)."""
    if not path.exists():
        return ()
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    if rows[:1] != [["place_id", "form", "case"]]:
        raise BadSeed(f"{path.name}: the header must be place_id,form,case; make the file again with make_forms.py")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != 3 or row[0] not in places or not row[1]:
            raise BadSeed(
                f"{path.name} line {number}: {row} names no known place; make the file again with make_forms.py"
            )
    return tuple(Name(form, place_id, "ru") for place_id, form, _case in rows[1:])


def _load_terms(path: Path) -> Terms:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        sides = {
            side: {language: tuple(raw[language][side]) for language in ("kk", "ru", "en")}
            for side in ("after", "before")
        }
        return Terms(sides["after"], sides["before"], frozenset(word.casefold() for word in raw["common_words"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadSeed(
            f"{path.name}: expected [kk], [ru], [en] with after and before, and [common_words]: {error}"
        ) from error


def _own_names(place: Place, terms: Terms) -> Iterator[Name]:
    """As written and without the kind word; but Алатау alone is not the district of Almaty, so those keep theirs."""
    written = _written(place)
    bare = [] if place.kind == "district" and place.region in CITIES_OF_REPUBLIC else written
    yield from (Name(terms.bare(surface, language), place.id, language) for surface, language in bare)
    yield from (Name(surface, place.id, language) for surface, language in written)


def _written(place: Place) -> list[tuple[str, str]]:
    """(surface, language) as the tables have it. kk wins a spelling that languages share, so it comes last."""
    aliases = [(alias, guess_language(alias)) for alias in place.aliases]
    return aliases + [(place.name(language), language) for language in ("en", "ru", "kk")]
