"""How many people live in each region, for averages weighted by people."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from geo.errors import BadSeed

POPULATION = Path(__file__).resolve().parent.parent / "seeds" / "population" / "population.csv"


@dataclass(frozen=True, slots=True)
class Population:
    """People of one region (ISO 3166-2), counted for the month ``as_of`` ("YYYY-MM")."""

    region: str
    people: int
    as_of: str


def population_of_seeds(seeds: Path) -> tuple[dict[str, Population], dict[str, str] | None]:
    """(population by region code, its source) of a folder of seeds; ({}, None) where that has no ``population``."""
    path = Path(seeds) / "population" / "population.csv"
    return (load_population(path), load_population_source(path)) if path.parent.is_dir() else ({}, None)


def load_population(path: Path = POPULATION) -> dict[str, Population]:
    """Population by region code. Source: see the card beside the file. Raises BadSeed for a row that is not sound."""
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSeed(f"{Path(path).name} cannot be read as UTF-8 CSV: {error}") from error
    if rows[:1] != [["region", "people", "as_of"]]:
        raise BadSeed(f"{Path(path).name}: the header must be region,people,as_of")
    found: dict[str, Population] = {}
    for number, row in enumerate(rows[1:], start=2):
        region = _parse_row(row, f"{Path(path).name} line {number}")
        if region.region in found:
            raise BadSeed(f"{Path(path).name} line {number}: {region.region} is given twice")
        found[region.region] = region
    return found


def load_population_source(path: Path = POPULATION) -> dict[str, str]:
    """Title, producer, url, date and licence of the figures, from the card beside the file. Raises BadSeed."""
    card = Path(path).with_name(f"{Path(path).name}.card.toml")
    try:
        raw = tomllib.loads(card.read_text("utf-8"))
        return {key: str(raw[key]) for key in ("title", "producer", "url", "date", "licence")}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BadSeed(f"{card.name} must tell title, producer, url, date and licence: {error!r}") from error


def _parse_row(row: list[str], where: str) -> Population:
    text = ",".join(row)
    match = re.fullmatch(r"(KZ-\d\d),([1-9]\d{0,8}),(\d{4}-(?:0[1-9]|1[0-2]))", text, re.ASCII)
    if not match:
        raise BadSeed(
            f"{where}: {text!r} must be a region code, a number of people and a month, as KZ-61,2150796,2024-08"
        )
    return Population(match[1], int(match[2]), match[3])
