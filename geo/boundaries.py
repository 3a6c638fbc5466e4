"""Shapes of regions: today's outlines, older ones as unions of today's, and a user's own district file.

Everything returned is EPSG:4326 and a valid coverage (see ``geo.shapes``). The files of seeds/boundaries have their
source cards beside them (OpenStreetMap contributors, ODbL).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import shapely

from geo.errors import BadInput, BadSeed, CrsMismatch, UnmatchedNames
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.place_tables import Place
from geo.shapes import WGS84, mend, require_4326, with_measures

BOUNDARIES = Path(__file__).resolve().parent.parent / "seeds" / "boundaries"
POLYGONS = ("Polygon", "MultiPolygon")
LOOK_ALIKES = str.maketrans("aceiopxy", "асеіорху")
BACKDROP = BOUNDARIES.parent / "backdrop" / "backdrop.geojson"
OUTLINES = {20: "regions.geojson", 200: "regions-200.geojson", 500: "regions-500.geojson"}


def load_regions(tolerance_m: int = 200, folder: Path = BOUNDARIES) -> gpd.GeoDataFrame:
    """The 20 regions since June 2022, EPSG:4326, one row each, in the order of their codes.

    Columns: id (ISO 3166-2), name_kk, name_ru, name_en, kind (region or city), area_km2, lon, lat (label point inside),
    geometry. ``tolerance_m``: 20, 200 or 500, how far a border may have been simplified, in metres.
    Raises BadInput for another tolerance, CrsMismatch where the file is not EPSG:4326, BadSeed where it is no coverage.
    """
    if tolerance_m not in OUTLINES:
        raise BadInput(f"no outlines at {tolerance_m!r} m; use one of {', '.join(map(str, OUTLINES))}")
    return _read_regions(Path(folder) / OUTLINES[tolerance_m]).copy()


def load_vintages(tolerance_m: int = 200, folder: Path = BOUNDARIES) -> gpd.GeoDataFrame:
    """Units of older divisions that equal a union of today's regions exactly, EPSG:4326.

    Columns: id, until ("YYYY-MM", the first month in which the unit no longer was), name_kk, name_ru, name_en,
    regions (tuple of ISO 3166-2 codes), shares_name (today's region of the same name), area_km2, lon, lat, geometry.
    """
    regions = load_regions(tolerance_m, folder).set_index("id")
    rows = _parse_vintages(Path(folder) / "vintages.toml", set(regions.index))
    shapes = [shapely.coverage_union_all(regions.geometry.loc[list(row["regions"])].values) for row in rows]
    return with_measures(gpd.GeoDataFrame(rows, geometry=shapes, crs=WGS84))


def load_backdrop(path: Path = BACKDROP) -> gpd.GeoDataFrame:
    """What lies around and within the country, EPSG:4326: land, borders of the neighbours, the Caspian, lakes, rivers.

    Columns: id, kind (land, border, sea, lake, river; country: a label point only), name_kk, name_ru, name_en, lon, lat
    (where the name stands, degrees; empty where there is no name), geometry. Sources: see its card.
    """
    frame = require_4326(gpd.read_file(path), Path(path).name)
    missing = {"id", "kind", "name_kk", "name_ru", "name_en", "lon", "lat"} - set(frame.columns)
    if missing:
        raise BadSeed(f"{Path(path).name} lacks {', '.join(sorted(missing))}; make it again with make_backdrop.py")
    return frame


def region_of(lon: float, lat: float, tolerance_m: int = 20) -> str | None:
    """ISO code of the region a point (degrees, EPSG:4326) lies in, or None outside the country."""
    regions = _read_regions(BOUNDARIES / OUTLINES[tolerance_m])
    hits = regions.sindex.query(shapely.Point(lon, lat), predicate="intersects")
    return None if len(hits) == 0 else str(regions["id"].iloc[min(hits)])


def import_districts(
    path: Path, gazetteer: Gazetteer | None = None, aliases: Path = BOUNDARIES / "district_aliases.toml"
) -> gpd.GeoDataFrame:
    """A user's own district file (any format OGR reads) as a coverage, EPSG:4326, matched to the gazetteer by name.

    Columns: id (gazetteer id), region (ISO 3166-2), kind, name_kk, name_ru, name_en, name (as in the file), area_km2,
    lon, lat (label point), geometry; ``attrs["without_shape"]`` lists districts that the file lacks. Names are looked
    for in every text column, within the region the shape lies in; ``aliases`` names what no rule can match, and shapes
    to leave out, each with its reason.
    Raises BadInput where the file cannot be read or holds no polygons, CrsMismatch where it names no CRS,
    UnmatchedNames (``details["names"]``) where a shape fits no place or two, or two shapes fit one place.
    """
    frame = mend(_read_shapes(Path(path)))
    places = gazetteer or load_gazetteer()
    rows = _match(frame, places, _parse_aliases(aliases, places))
    shapes = gpd.GeoSeries([frame.geometry.iloc[row.pop("row")] for row in rows], crs=WGS84)
    districts = with_measures(gpd.GeoDataFrame(rows, geometry=shapes.to_numpy(), crs=WGS84))
    districts.attrs["without_shape"] = sorted(
        place.id
        for place in places.places.values()
        if place.kind == "district" and place.id not in set(districts["id"])
    )
    return districts


@lru_cache(maxsize=8)
def _read_regions(path: Path) -> gpd.GeoDataFrame:
    try:
        frame = gpd.read_file(path)
    except Exception as error:  # pyogrio raises several unrelated classes here
        raise BadSeed(
            f"{path.name} cannot be read: {error}; make it again: python -m seeds.boundaries.make_regions"
        ) from error
    require_4326(frame, path.name)
    missing = {"id", "name_kk", "name_ru", "name_en", "kind"} - set(frame.columns)
    if missing or frame["id"].duplicated().any():
        raise BadSeed(f"{path.name}: each region needs its own id, and names; missing columns: {sorted(missing)}")
    if not shapely.coverage_is_valid(frame.geometry.to_numpy()):
        raise BadSeed(f"{path.name} has gaps or overlaps; make it again: python -m seeds.boundaries.make_regions")
    return with_measures(frame.sort_values("id", ignore_index=True))


def _parse_vintages(path: Path, known: set[str]) -> list[dict]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))["vintage"]
        rows = [
            {
                "id": row["id"],
                "until": row["until"],
                "name_kk": row["name"]["kk"],
                "name_ru": row["name"]["ru"],
                "name_en": row["name"]["en"],
                "regions": tuple(row["regions"]),
                "shares_name": row.get("shares_name", ""),
            }
            for row in raw
        ]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadSeed(f"{path.name}: expected [[vintage]] with id, until, name and regions: {error!r}") from error
    for row in rows:
        strange = set(row["regions"]) - known
        if strange or len(row["regions"]) < 2 or not re.fullmatch(r"\d{4}-\d\d", row["until"]):
            raise BadSeed(
                f"{path.name}: {row['id']} needs until as YYYY-MM and two or more of today's regions: {sorted(strange)}"
            )
    return rows


def _read_shapes(path: Path) -> gpd.GeoDataFrame:
    """The polygons of a file, reprojected to EPSG:4326."""
    if not path.exists():
        raise BadInput(f"there is no file {path}; give the path of a Shapefile, GeoPackage, GeoJSON or the like")
    try:
        frame = gpd.read_file(path)
    except Exception as error:
        raise BadInput(
            f"{path.name} cannot be read as a map file (Shapefile, GeoPackage, GeoJSON…): {error}"
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty or not frame.geom_type.isin(POLYGONS).all():
        raise BadInput(f"{path.name} must hold polygons only, one a district, and at least one")
    if frame.crs is None:
        raise CrsMismatch(
            f"{path.name} names no coordinate reference system; add it (a .prj beside a .shp) and try again"
        )
    return frame.to_crs(WGS84)


def _parse_aliases(path: Path, gazetteer: Gazetteer) -> dict[str, str | None]:
    """Normalised name in the file → gazetteer id, or None for a shape to leave out."""
    try:
        raw = tomllib.loads(Path(path).read_text("utf-8"))
        aliases = {entry["name"]: entry["id"] for entry in raw.get("alias", []) if entry["reason"]}
        left_out = {entry["name"]: None for entry in raw.get("exclusion", []) if entry["reason"]}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadSeed(
            f"{path}: expected [[alias]] name, id, reason and [[exclusion]] name, reason: {error!r}"
        ) from error
    strange = [place_id for place_id in aliases.values() if gazetteer.get(place_id) is None]
    if strange:
        raise BadSeed(f"{path}: {', '.join(strange)} are not in the gazetteer")
    return {_normal(name): place_id for name, place_id in (aliases | left_out).items()}


def _match(frame: gpd.GeoDataFrame, gazetteer: Gazetteer, aliases: dict[str, str | None]) -> list[dict]:
    """One row a matched shape, with its position in ``frame``; UnmatchedNames lists every shape that failed."""
    columns = _name_columns(frame)
    known = _district_names(gazetteer)
    inside = [region_of(point.x, point.y) for point in frame.geometry.representative_point()]
    rows, failed, taken = [], [], {}
    for number, (texts, region) in enumerate(zip(frame[columns].itertuples(index=False), inside, strict=True)):
        names = [text for text in texts if isinstance(text, str) and text.strip()]
        shown = " / ".join(names) or f"shape {number + 1}, which has no name"
        hits = _candidates(names, region, known, aliases, gazetteer)
        if hits == [None]:
            continue
        if len(hits) != 1:
            failed.append(
                f"{shown}: " + (f"could be {' or '.join(map(str, hits))}" if hits else f"nothing in {region}")
            )
        elif hits[0] in taken:
            failed.append(f"{shown}: {hits[0]} is already {taken[hits[0]]}")
        else:
            place = gazetteer.places[hits[0]]
            taken[place.id] = shown
            row = {"id": place.id, "region": place.region, "kind": place.kind, "name": names[0], "row": number}
            rows.append(row | {f"name_{language}": place.name(language) for language in ("kk", "ru", "en")})
    if failed:
        raise UnmatchedNames(
            f"{len(failed)} of {len(frame)} shapes fit no single place: {'; '.join(failed)}. Name them in "
            "seeds/boundaries/district_aliases.toml, as alias or as exclusion, each with its reason",
            names=failed,
        )
    return rows


def _name_columns(frame: gpd.GeoDataFrame) -> list[str]:
    """Text columns that tell shapes apart: a column naming the region or the country repeats itself."""
    texts = [c for c in frame.columns if c != "geometry" and frame[c].map(lambda value: isinstance(value, str)).any()]
    return [column for column in texts if frame[column].nunique() > len(frame) / 2]


def _district_names(gazetteer: Gazetteer) -> dict[str, set[str]]:
    """Normalised spelling → ids of districts and cities written so."""
    known: dict[str, set[str]] = {}
    for surface, place_id, _language in gazetteer.all_names():
        if gazetteer.places[place_id].kind in ("district", "city"):
            known.setdefault(_normal(surface), set()).add(place_id)
    return known


def _candidates(
    names: Iterable[str],
    region: str | None,
    known: dict[str, set[str]],
    aliases: dict[str, str | None],
    gazetteer: Gazetteer,
) -> list[str | None]:
    """Ids that most of the spellings point to, within the region; [None]: to be left out."""
    for name in map(_normal, names):
        if name in aliases:
            return [aliases[name]]
    spellings = [_normal(name) for name in names]
    votes = Counter(
        place_id
        for name in spellings
        for place_id in known.get(name, ())
        if gazetteer.places[place_id].region == region
    )
    # A city and the district around it may share every spelling: then the full name decides, "Павлодар" is the city.
    full = {place_id: _is_full_name(gazetteer.places[place_id], spellings) for place_id in votes}
    best = max(((count, full[place_id]) for place_id, count in votes.items()), default=None)
    return sorted(place_id for place_id, count in votes.items() if (count, full[place_id]) == best)


def _is_full_name(place: Place, spellings: list[str]) -> bool:
    return any(_normal(place.name(language)) in spellings for language in ("kk", "ru", "en"))


def _normal(name: str) -> str:
    """Case, hyphens, dots, ё and Latin look-alikes inside Cyrillic words do not tell names apart."""
    text = re.sub(r"[\s\-–.]+", " ", name.casefold()).strip().replace("ё", "е")
    return text.translate(LOOK_ALIKES) if re.search("[а-я]", text) else text
