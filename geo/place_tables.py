"""Place tables: CSV rows in, checked ``Place`` values out, each error naming file and line.

Coordinates are longitude and latitude in degrees, EPSG:4326; a place without a known position has none.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import BadSeed
from geo.model import COUNTRY

KINDS = ("country", "region", "group", "city", "district", "settlement", "zone", "pipeline", "road", "station")
REQUIRED_COLUMNS = (
    *("id", "kind", "region", "district", "lon", "lat", "approximate"),
    *("name_kk", "name_ru", "name_en", "aliases", "source"),
)
OPTIONAL_COLUMNS = ("subtype", "ends")
SUBTYPES = ("", "sez", "industrial", "park", "gas", "road", "rail")
EXTENT = (46.0, 40.0, 88.0, 56.0)  # west, south, east, north: nothing of the country lies outside

REGION_ID = re.compile(r"KZ-\d\d")
PLACE_ID = re.compile(r"([a-z]+)/[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. ``regions`` are ISO 3166-2 codes (several for a line or an older unit, none for the country).

    ``lon``/``lat`` (degrees, EPSG:4326) are the seat of a region or district, else the place itself; None: unknown.
    ``district`` is a gazetteer id or "". ``ends`` are the ids of the places a line joins, in order.
    """

    id: str
    kind: str
    regions: tuple[str, ...]
    district: str
    lon: float | None
    lat: float | None
    approximate: bool
    name_kk: str
    name_ru: str
    name_en: str
    aliases: tuple[str, ...] = ()
    source: str = ""
    subtype: str = ""
    ends: tuple[str, ...] = ()

    @property
    def region(self) -> str:
        """The one region this place lies in; "" for the country and for what crosses several."""
        return self.regions[0] if len(self.regions) == 1 else ""

    @property
    def point(self) -> tuple[float, float] | None:
        """(lon, lat) in degrees, EPSG:4326, or None where it is not known."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    def name(self, language: str) -> str:
        """The official name in kk, ru or en."""
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}[language]


def read_places(folder: Path, skip: str) -> dict[str, Place]:
    """Every place of the ``*.csv`` tables of ``folder`` by id, in file order; the file called ``skip`` is none.

    Raises BadSeed for a missing column, an unknown kind or region, an id given twice, coordinates outside the country,
    an empty name, a reference to a place that is not there.
    """
    tables = sorted(path for path in folder.glob("*.csv") if path.name != skip)
    if not tables:
        raise BadSeed(f"no place tables in {folder}: expected CSV files such as regions.csv there")
    places: dict[str, Place] = {}
    lines: dict[str, str] = {}
    for path in tables:
        for where, row in _rows(path):
            place = _parse_place(row, where)
            if place.id in places:
                raise BadSeed(f"{where}: the id {place.id!r} is already used at {lines[place.id]}; ids must be unique")
            places[place.id], lines[place.id] = place, where
    _check_references(places, lines)
    return places


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """("file line N", row) for each data row; blank lines are skipped."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSeed(f"{path.name} cannot be read as UTF-8 text: {error}") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, path.name)
        for fields in reader:
            where = f"{path.name} line {reader.line_num}"
            if not fields:
                continue
            if len(fields) != len(header):
                raise BadSeed(
                    f"{where}: {len(fields)} fields where the header names {len(header)}; quote fields with commas"
                )
            yield (
                where,
                dict(zip(header, (unicodedata.normalize("NFC", field.strip()) for field in fields), strict=True)),
            )
    except csv.Error as error:
        raise BadSeed(f"{path.name} line {reader.line_num}: not valid CSV ({error})") from error


def _check_header(header: list[str], name: str) -> None:
    missing = [column for column in REQUIRED_COLUMNS if column not in header]
    unknown = [column for column in header if column not in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)]
    if missing or unknown or len(set(header)) != len(header):
        raise BadSeed(
            f"{name}: the header must name each of {', '.join(REQUIRED_COLUMNS)} once and may name "
            f"{', '.join(OPTIONAL_COLUMNS)}; missing: {', '.join(missing) or '–'}; unknown: {', '.join(unknown) or '–'}"
        )


def _parse_place(row: dict[str, str], where: str) -> Place:
    names = {key: _parse_text(row[key], key, where) for key in ("name_kk", "name_ru", "name_en")}
    kind = _parse_choice(row["kind"], KINDS, "kind", where)
    lon, lat = _parse_point(row["lon"], row["lat"], where)
    approximate = _parse_choice(row["approximate"], ("0", "1"), "approximate", where) == "1"
    if lon is None and not approximate and kind != "country":
        raise BadSeed(f"{where}: a place without coordinates must have approximate=1")
    return Place(
        id=_parse_id(row["id"], kind, where),
        kind=kind,
        regions=_parse_list(row["region"], "region", where),
        district=row["district"],
        lon=lon,
        lat=lat,
        approximate=approximate,
        aliases=_parse_list(row["aliases"], "aliases", where),
        source=row["source"],
        subtype=_parse_choice(row.get("subtype", ""), SUBTYPES, "subtype", where),
        ends=_parse_list(row.get("ends", ""), "ends", where),
        **names,
    )


def _parse_id(raw: str, kind: str, where: str) -> str:
    if (kind == "country" and raw == COUNTRY) or (kind == "region" and REGION_ID.fullmatch(raw)):
        return raw
    match = PLACE_ID.fullmatch(raw)
    if kind in ("country", "region") or not match or match[1] != kind:
        raise BadSeed(
            f"{where}: the id {raw!r} of a {kind} must be KZ, an ISO code such as KZ-61, or {kind}/name-in-ascii"
        )
    return raw


def _parse_choice(raw: str, allowed: tuple[str, ...], column: str, where: str) -> str:
    if raw not in allowed:
        raise BadSeed(f"{where}: {column} {raw!r} is not allowed; use one of {', '.join(filter(None, allowed))}")
    return raw


def _parse_text(raw: str, column: str, where: str) -> str:
    if not raw or "|" in raw or any(unicodedata.category(letter).startswith("C") for letter in raw):
        raise BadSeed(f"{where}: {column} {raw!r} must be a name without line breaks, control characters or '|'")
    return raw


def _parse_list(raw: str, column: str, where: str) -> tuple[str, ...]:
    if not raw:
        return ()
    items = tuple(_parse_text(item.strip(), column, where) for item in raw.split("|"))
    if len(set(items)) != len(items):
        raise BadSeed(f"{where}: {column} names {max(items, key=items.count)!r} twice")
    return items


def _parse_point(lon: str, lat: str, where: str) -> tuple[float, float] | tuple[None, None]:
    if not lon and not lat:
        return None, None
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        raise BadSeed(
            f"{where}: lon {lon!r} and lat {lat!r} must both be degrees such as 68.25685, or both empty"
        ) from None
    west, south, east, north = EXTENT
    if not (math.isfinite(x) and math.isfinite(y) and west <= x <= east and south <= y <= north):
        raise BadSeed(
            f"{where}: {lon}, {lat} lies outside Kazakhstan (lon {west}–{east}, lat {south}–{north}); swapped?"
        )
    return x, y


def _check_references(places: dict[str, Place], lines: dict[str, str]) -> None:
    regions = {place.id for place in places.values() if place.kind == "region"}
    for place in places.values():
        where = lines[place.id]
        unknown = [code for code in place.regions if code not in regions]
        if unknown or (place.kind == "country") == bool(place.regions):
            raise BadSeed(
                f"{where}: region {'|'.join(place.regions)!r} must name regions of this gazetteer, such as KZ-61"
            )
        if place.kind == "region" and place.regions != (place.id,):
            raise BadSeed(f"{where}: a region lies in itself: region must be {place.id}, not {'|'.join(place.regions)}")
        parent = places.get(place.district) if place.district else None
        if place.district and (parent is None or parent.kind not in ("district", "city")):
            raise BadSeed(f"{where}: district {place.district!r} is no district or city of this gazetteer")
        if parent is not None and not set(parent.regions) <= set(place.regions):
            raise BadSeed(f"{where}: {place.district} lies in {parent.region}, not in {'|'.join(place.regions)}")
        lost = [end for end in place.ends if end not in places]
        if lost:
            raise BadSeed(f"{where}: ends {', '.join(lost)} are not in the gazetteer")
