"""Which figure holds for a region in which year: steps of actual figures and plans, conflicts, the rule that picks.

Pure and light: the serving process may import it. Years are calendar years; a step is closed on both ends.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from geo.catalogue import Catalogue, Indicator
from geo.model import COUNTRY, Document, Observation

PUBLISHERS_FILE = Path(__file__).with_name("publishers.toml")
PLANS = ("planned", "target", "underway")
OWN_KINDS = ("country", "region")
UNLISTED = "unlisted"  # first part of the id of a place that the gazetteer lacks
NAME_LENGTH = 100  # characters of a name inside an id
EXACTNESS = {"exact": 0, "about": 1, "more_than": 2, "less_than": 2, "up_to": 2}
ABOUT = 0.05  # "about 300" is taken to agree with anything within 5 %


@dataclass(frozen=True, slots=True)
class Step:
    """A figure that holds for the years ``start``…``end`` (``end`` None: until something newer is known).

    ``year`` is the year the figure is of (actual) or due in (plan; None where no date is given). ``conflicts`` are the
    other observations of the same indicator, region, status and year that do not agree with it.
    """

    start: int
    end: int | None
    observation: Observation
    year: int | None
    conflicts: tuple[Observation, ...] = ()


def region_series(
    observations: Iterable[Observation], documents: Mapping[str, Document], catalogue: Catalogue
) -> dict[str, dict[str, dict[str, list[Step]]]]:
    """Steps by indicator, region ("KZ" is the country) and "actual" or "plan".

    Takes only figures that are a single region's or the country's own: no place inside a region, no group.
    """
    cells: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for observation in observations:
        if is_own_figure(observation) and len(observation.regions) == 1:
            cells[observation.indicator, observation.regions[0]].append(observation)
    result: dict[str, dict[str, dict[str, list[Step]]]] = {}
    for (code, region), mine in sorted(cells.items()):
        indicator = catalogue.indicator(code)
        steps = {
            "actual": actual_steps([o for o in mine if is_state(o, indicator)], documents, indicator),
            "plan": plan_steps([o for o in mine if o.status in PLANS], documents),
        }
        kept = {key: found for key, found in steps.items() if found}
        if kept:
            result.setdefault(code, {})[region] = kept
    return result


def actual_steps(mine: Sequence[Observation], documents: Mapping[str, Document], indicator: Indicator) -> list[Step]:
    """One step a year with figures, lasting until the next where the indicator carries forward, else that year only."""
    by_year: dict[int, list[Observation]] = defaultdict(list)
    for observation in mine:
        year = year_of(observation, documents)
        if year is not None:
            by_year[year].append(observation)
    years = sorted(by_year)
    steps = []
    for year, following in pairwise([*years, None]):
        chosen, conflicts = pick(by_year[year], documents)
        end = (following - 1 if following is not None else None) if indicator.carries else year
        steps.append(Step(year, end, chosen, year, conflicts))
    return steps


def plan_steps(mine: Sequence[Observation], documents: Mapping[str, Document]) -> list[Step]:
    """For each year the next due figure that was announced by then; plans without a date fill what is left."""
    starts = {o.id: year for o in mine if (year := announced_year(o, documents)) is not None}
    known = [o for o in mine if o.id in starts]
    if not known:
        return []
    last = max(max(starts[o.id], due_year(o) or 0) for o in known)
    steps: list[Step] = []
    for year in range(min(starts.values()), last + 2):  # beyond the last year only plans without a date are left
        due, candidates = _due_next(year, known, starts)
        if not candidates:
            continue
        chosen, conflicts = pick(candidates, documents)
        end = year if year <= last else None
        previous = steps[-1] if steps else None
        same = previous is not None and (previous.observation, previous.conflicts) == (chosen, conflicts)
        if previous is not None and same and previous.end == year - 1:
            steps[-1] = replace(previous, end=end)
        else:
            steps.append(Step(year, end, chosen, due, conflicts))
    return steps


def _due_next(
    year: int, known: Sequence[Observation], starts: Mapping[str, int]
) -> tuple[int | None, list[Observation]]:
    """The due year and the plans to choose from in ``year``; (None, undated ones) where no dated plan is ahead."""
    announced = [(due_year(o), o) for o in known if starts[o.id] <= year]
    due = min((d for d, _ in announced if d is not None and d >= year), default=None)
    return due, [o for d, o in announced if d == due]


def pick(
    candidates: Sequence[Observation], documents: Mapping[str, Document]
) -> tuple[Observation, tuple[Observation, ...]]:
    """The figure to show and those it disagrees with, by one rule.

    Newest document, then the more exact qualifier, then the more official publisher; where all that is equal, the
    later end of period, the higher confidence, what the text says first, and at last the id decide, so that the choice
    never depends on the order in which figures come in.
    """
    ranked = sorted(candidates, key=lambda o: _rank(o, documents))
    chosen = ranked[0]
    return chosen, tuple(o for o in ranked[1:] if not agree(chosen, o))


def _rank(observation: Observation, documents: Mapping[str, Document]) -> tuple:
    document = documents.get(observation.document)
    published = document.date.toordinal() if document is not None and document.date is not None else 0
    end = observation.period.end if observation.period else None
    return (
        -published,
        EXACTNESS[observation.qualifier],
        officialness(document.publisher if document is not None else ""),
        -(end.toordinal() if end is not None else 0),
        -observation.confidence,
        observation.value_span,
        observation.id,
    )


def agree(a: Observation, b: Observation) -> bool:
    """True where both figures can be right at once: "more than 200" and 205 agree, 85.5 and 88.9 do not."""
    if a.currency != b.currency:
        return False
    (a_low, a_high), (b_low, b_high) = bounds(a), bounds(b)
    slack = 1e-9 * max(abs(a.value), abs(b.value), 1.0)
    return a_low <= b_high + slack and b_low <= a_high + slack


def bounds(observation: Observation) -> tuple[float, float]:
    """The values the figure allows, lowest and highest."""
    value = observation.value
    if observation.low is not None and observation.high is not None:
        return observation.low, observation.high
    match observation.qualifier:
        case "about":
            return value - ABOUT * abs(value), value + ABOUT * abs(value)
        case "more_than":
            return value, math.inf
        case "less_than" | "up_to":
            return -math.inf, value
    return value, value


def is_own_figure(observation: Observation) -> bool:
    """True where the figure is of the region, the regions together or the country, not of a place inside.

    A group within one region, such as three of its districts, is inside it.
    """
    place = observation.place
    if place is None or place.kind in OWN_KINDS or place.id == COUNTRY or place.id in observation.regions:
        return True
    return place.kind == "group" and len(observation.regions) > 1


def place_key(observation: Observation) -> str:
    """The id of the place inside a region that a figure is of; "" for a figure of a region's own.

    A place that the gazetteer lacks is known by its one region, where there is one, and its name:
    ``unlisted/zone/KZ-61/Сұңқар``. Two regions' zones without a name of their own are not one thing.
    """
    place = observation.place
    if place is None or is_own_figure(observation):
        return ""
    if place.id and not place.id.startswith(f"{UNLISTED}/"):
        return place.id
    region = observation.regions if len(observation.regions) == 1 else ()
    return "/".join([UNLISTED, place.kind, *region, place.name[:NAME_LENGTH]])


def is_state(observation: Observation, indicator: Indicator) -> bool:
    """True where the figure says how things are. A lack said to be there ("17 villages are to be reached") is one."""
    return observation.status == "actual" or (observation.status == "needed" and indicator.better == "less")


def year_of(observation: Observation, documents: Mapping[str, Document]) -> int | None:
    """The year a figure is of: the end of its period, else the year of its document, else unknown."""
    period = observation.period
    day = (period.end or period.start) if period else None
    if day is None:
        document = documents.get(observation.document)
        day = document.date if document is not None else None
    return day.year if day is not None else None


def due_year(observation: Observation) -> int | None:
    """The year a plan is due in, or None where the text gives no date."""
    period = observation.period
    day = (period.end or period.start) if period else None
    return day.year if day is not None else None


def announced_year(observation: Observation, documents: Mapping[str, Document]) -> int | None:
    """The year a plan is known from: its document's, never after it is due; without one, the start of its period."""
    due = due_year(observation)
    document = documents.get(observation.document)
    if document is not None and document.date is not None:
        return min(document.date.year, due) if due is not None else document.date.year
    if observation.period is not None and observation.period.start is not None:
        return observation.period.start.year
    return due


@lru_cache(maxsize=1024)
def officialness(publisher: str) -> int:
    """Rank of a publisher, 0 the most official; the words that decide are data (``publishers.toml``)."""
    name = publisher.casefold()
    ranks = _publisher_ranks()
    return next((rank for rank, words in enumerate(ranks) if any(word in name for word in words)), len(ranks))


@lru_cache(maxsize=1)
def _publisher_ranks() -> tuple[tuple[str, ...], ...]:
    raw = tomllib.loads(PUBLISHERS_FILE.read_text(encoding="utf-8"))
    return tuple(tuple(word.casefold() for word in rank["words"]) for rank in raw["ranks"])
