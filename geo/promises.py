"""The ledger of promises: every plan with a due date, what was reported later, and what became of it.

Pure and light. A state says only what documents say: a silence is "overdue", never "missed".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.catalogue import Catalogue, Indicator
from geo.model import Document, Observation
from geo.series import ABOUT, is_state, pick, place_key, year_of

STATES = ("kept", "partly", "missed", "overdue", "open")
PROMISED = ("planned", "target")

Subject = tuple[str, tuple[str, ...], str]  # indicator, regions, place inside or ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan with a due date and its state on a given day.

    ``needed`` is the value that keeps it: the promised one, or baseline + promised where a plan below what was already
    there can only mean an addition (``addition``). ``done`` is how much of the way was gone by the reports judged
    (0…1 and beyond), None where none was made. ``late``: reached, but only reported for a later year.
    """

    plan: Observation
    due: dt.date
    state: str
    needed: float
    baseline: Observation | None
    reports: tuple[Observation, ...]
    done: float | None
    addition: bool = False
    late: bool = False
    restated: tuple[Observation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: ids instead of observations."""
        return {
            "plan": self.plan.id,
            "layer": self.plan.layer,
            "indicator": self.plan.indicator,
            "regions": list(self.plan.regions),
            "place": place_key(self.plan),
            "value": self.plan.value,
            "due": self.due.isoformat(),
            "state": self.state,
            "needed": self.needed,
            "addition": self.addition,
            "late": self.late,
            "done": None if self.done is None else round(self.done, 4),
            "baseline": self.baseline.id if self.baseline else None,
            "reports": [o.id for o in self.reports],
            "restated": [o.id for o in self.restated],
        }


def promise_ledger(
    observations: Iterable[Observation],
    documents: Mapping[str, Document],
    catalogue: Catalogue,
    today: dt.date,
) -> list[Promise]:
    """All promises with their state on ``today``, by due date, region and indicator.

    kept: a later report for a year up to the due one reaches the value. partly: reports show some of the way gone, or
    the value reached only later. missed: reports for the due year or later show nothing gained. overdue: the date has
    passed and nothing was reported since. open: the date is still ahead. The same plan said again is one promise.
    """
    by_subject: dict[Subject, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.regions:
            by_subject[observation.indicator, observation.regions, place_key(observation)].append(observation)
    promises = []
    for (code, _, _), mine in by_subject.items():
        indicator = catalogue.indicator(code)
        actual = [o for o in mine if is_state(o, indicator)]
        for plan, restated in _plans(mine, documents):
            promises.append(_judge(plan, restated, actual, documents, indicator, today))
    return sorted(promises, key=lambda p: (p.due, p.plan.regions, p.plan.indicator, p.plan.id))


def _plans(
    mine: Sequence[Observation], documents: Mapping[str, Document]
) -> list[tuple[Observation, tuple[Observation, ...]]]:
    """Each plan with a due date as first announced, with those that repeat it."""
    same: dict[tuple[dt.date, float, str | None], list[Observation]] = defaultdict(list)
    for observation in mine:
        if observation.status in PROMISED and observation.period is not None and observation.period.end is not None:
            same[observation.period.end, observation.value, observation.currency].append(observation)
    ordered = [sorted(group, key=lambda o: (_published(o, documents), o.id)) for group in same.values()]
    return [(group[0], tuple(group[1:])) for group in ordered]


def _published(observation: Observation, documents: Mapping[str, Document]) -> dt.date:
    document = documents.get(observation.document)
    return document.date if document is not None and document.date is not None else dt.date.min


def _judge(
    plan: Observation,
    restated: tuple[Observation, ...],
    actual: Sequence[Observation],
    documents: Mapping[str, Document],
    indicator: Indicator,
    today: dt.date,
) -> Promise:
    assert plan.period is not None
    assert plan.period.end is not None
    due = plan.period.end
    announced = _published(plan, documents)
    comparable = [o for o in actual if o.currency == plan.currency and year_of(o, documents) is not None]
    later = [o for o in comparable if o.document != plan.document and _published(o, documents) > announced]
    adds_up = indicator.kind in ("flow", "money")
    baseline = None if adds_up else _baseline([o for o in comparable if o not in later], documents, due.year)
    addition = _is_addition(plan, baseline, indicator)
    needed = plan.value + (baseline.value if addition and baseline is not None else 0)
    reports = (
        _added_within(plan, later, documents) if adds_up else _level_reached(plan, needed, later, documents, indicator)
    )
    value = sum(o.value for o in reports) if reports else None
    start = baseline.value if baseline is not None else 0.0
    met = value is not None and _meets(value, needed, plan.qualifier, indicator)
    years = [year_of(o, documents) or 0 for o in reports]
    late = bool(met and years and min(years) > due.year)
    return Promise(
        plan=plan,
        due=due,
        state=_state(met, late, value, start, years, due, today, indicator),
        needed=needed,
        baseline=baseline,
        reports=reports,
        done=_done(value, start, needed),
        addition=addition,
        late=late,
        restated=restated,
    )


def _added_within(
    plan: Observation, later: Sequence[Observation], documents: Mapping[str, Document]
) -> tuple[Observation, ...]:
    """What was added in the years of the plan: one figure a year, by the rule that picks."""
    assert plan.period is not None
    assert plan.period.end is not None
    first = (plan.period.start or plan.period.end).year
    return tuple(o for year, o in _by_year(later, documents) if first <= year <= plan.period.end.year)


def _level_reached(
    plan: Observation,
    needed: float,
    later: Sequence[Observation],
    documents: Mapping[str, Document],
    indicator: Indicator,
) -> tuple[Observation, ...]:
    """The one report to judge by: the first in time that keeps the plan, else that of the due year or first after it.

    Without any of these, the last one before the due year.
    """
    assert plan.period is not None
    assert plan.period.end is not None
    due_year = plan.period.end.year
    reports = _by_year(later, documents)
    in_time = [(year, o) for year, o in reports if year <= due_year]
    keeping = [o for _, o in in_time if _meets(o.value, needed, plan.qualifier, indicator)]
    since = [o for year, o in reports if year >= due_year]
    return tuple([*keeping, *since, *(o for _, o in reversed(in_time))][:1])


def _by_year(found: Sequence[Observation], documents: Mapping[str, Document]) -> list[tuple[int, Observation]]:
    """One figure a year by the rule that picks, ascending."""
    years: dict[int, list[Observation]] = defaultdict(list)
    for observation in found:
        year = year_of(observation, documents)
        if year is not None:
            years[year].append(observation)
    return [(year, pick(years[year], documents)[0]) for year in sorted(years)]


def _baseline(known: Sequence[Observation], documents: Mapping[str, Document], due_year: int) -> Observation | None:
    """The newest level known when the plan was made."""
    return next((o for year, o in reversed(_by_year(known, documents)) if year <= due_year), None)


def _is_addition(plan: Observation, baseline: Observation | None, indicator: Indicator) -> bool:
    """A count planned below what is there already can only be meant on top of it."""
    return (
        baseline is not None
        and plan.status == "planned"
        and indicator.kind in ("stock", "length", "area")
        and indicator.better == "more"
        and plan.value < baseline.value
    )


def _meets(value: float, needed: float, qualifier: str, indicator: Indicator) -> bool:
    slack = (ABOUT if qualifier == "about" else 1e-9) * abs(needed)
    return value >= needed - slack if indicator.better == "more" else value <= needed + slack


def _state(
    met: bool,
    late: bool,
    value: float | None,
    start: float,
    years: Sequence[int],
    due: dt.date,
    today: dt.date,
    indicator: Indicator,
) -> str:
    if met:
        return "partly" if late else "kept"
    if today <= due:
        return "open"
    if value is None or max(years) < due.year:
        return "overdue"
    gained = value > start if indicator.better == "more" else value < start
    return "partly" if gained else "missed"


def _done(value: float | None, start: float, needed: float) -> float | None:
    if value is None:
        return None
    return (value - start) / (needed - start) if needed != start else 1.0
