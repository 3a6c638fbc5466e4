"""How many people live in each region, for averages weighted by people."""

from __future__ import annotations

import csv
import re
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


def _parse_row(row: list[str], where: str) -> Population:
    text = ",".join(row)
    match = re.fullmatch(r"(KZ-\d\d),([1-9]\d{0,8}),(\d{4}-(?:0[1-9]|1[0-2]))", text, re.ASCII)
    if not match:
        raise BadSeed(
            f"{where}: {text!r} must be a region code, a number of people and a month, as KZ-61,2150796,2024-08"
        )
    return Population(match[1], int(match[2]), match[3])
