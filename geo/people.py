"""Figures derived with the population of regions: a country's share weighted by people, and how many go without.

Never mixed with what documents say: each entry names its rule and its parts. Years are calendar years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.catalogue import Catalogue, Indicator
from geo.model import COUNTRY
from geo.population import Population
from geo.series import Step

SHARE_OF_PEOPLE = "population_share"
LEAST_COVERED = 0.5  # of the country's people; an average of fewer says little of the country
NEAR = 3  # years: how old a share may be, and how far the year of the population may lie from it
OPPOSITE = {"more_than": "less_than", "less_than": "more_than", "up_to": "more_than"}

Series = Mapping[str, Mapping[str, Mapping[str, Sequence[Step]]]]


def derived_from_people(
    series: Series, population: Mapping[str, Population], years: Iterable[int], catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Entries of ``derived`` in atlas.json: rule "weighted" for each of ``years``, rule "without" for each share read.

    ``series`` as ``geo.series.region_series`` gives it, ``population`` by region code. Only shares of people are used
    (``<layer>.population_share``), only actual ones, and only where year and population lie within ``NEAR`` years.
    """
    if not population:
        return []
    shares = [i for i in catalogue.indicators.values() if i.name == SHARE_OF_PEOPLE and i.code in series]
    wanted = sorted(set(years))
    weighted = [entry for i in shares for year in wanted if (entry := weighted_share(i, series, population, year))]
    without = [
        people_without(step, i, region, population)
        for i in shares
        for region, steps in series[i.code].items()
        for step in steps.get("actual", ())
        if is_near(step.year, people_of(region, population))
    ]
    return sorted([*weighted, *without], key=lambda entry: entry["id"])


def weighted_share(
    indicator: Indicator, series: Series, population: Mapping[str, Population], year: int
) -> dict[str, Any] | None:
    """The country's share in ``year`` as the mean of the regions' own shares weighted by their people, in percent.

    None where shares not older than ``NEAR`` years cover less than ``LEAST_COVERED`` of the people, or are of one
    region only. ``people`` tells how many the share rests on, out of how many.
    """
    holding = {
        region: step.observation
        for region, steps in series[indicator.code].items()
        if region in population and (step := step_in(steps.get("actual", ()), year)) is not None
    }
    counted = sum(population[region].people for region in holding)
    whole = people_of(COUNTRY, population)
    if len(holding) < 2 or counted < LEAST_COVERED * whole.people or not is_near(year, whole):
        return None
    value = sum(o.value * population[region].people for region, o in holding.items()) / counted
    return {
        "id": f"{indicator.code}-weighted-{year}",
        "rule": "weighted",
        "of": indicator.code,
        "i": indicator.code,
        "regions": [COUNTRY],
        "year": year,
        "value": value,
        "unit": "percent",
        "q": "about",
        "s": "actual",
        "parts": [holding[region].id for region in sorted(holding)],
        "people": {"counted": counted, "of": whole.people, "as_of": whole.as_of},
    }


def people_without(
    step: Step, indicator: Indicator, region: str, population: Mapping[str, Population]
) -> dict[str, Any]:
    """How many people of ``region`` (a code, or KZ) the share of ``step`` leaves without."""
    people, share = people_of(region, population), step.observation
    return {
        "id": f"{share.id}-without",
        "rule": "without",
        "of": indicator.code,
        "i": None,
        "regions": [region],
        "year": step.year,
        "value": round(people.people * max(0.0, 100 - share.value) / 100),
        "unit": "people",
        "q": OPPOSITE.get(share.qualifier, "about"),
        "s": "actual",
        "digits": digits_of(100 - share.value),
        "parts": [share.id],
        "people": {"counted": people.people, "of": people.people, "as_of": people.as_of},
    }


def digits_of(rest: float) -> int:
    """How many digits of a product with ``rest`` mean something: 0.1 % has one, 37.6 % three; three at most."""
    return max(1, min(3, len(f"{round(rest, 2):g}".replace(".", "").strip("0"))))


def step_in(steps: Sequence[Step], year: int) -> Step | None:
    """The actual figure that holds in ``year`` and is not older than ``NEAR`` years."""
    return next((s for s in steps if s.start <= year <= (s.end or year) and is_close(s.year, year)), None)


def people_of(region: str, population: Mapping[str, Population]) -> Population | None:
    """The people of a region, or of all regions for KZ, counted at the earliest month among them."""
    if region != COUNTRY:
        return population.get(region)
    total = sum(each.people for each in population.values())
    return Population(COUNTRY, total, min(each.as_of for each in population.values()))


def is_near(year: int | None, people: Population | None) -> bool:
    """Whether the population was counted within ``NEAR`` years of ``year``."""
    return people is not None and is_close(year, int(people.as_of[:4]))


def is_close(year: int | None, other: int) -> bool:
    return year is not None and abs(year - other) <= NEAR
