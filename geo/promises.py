"""The ledger of promises: every plan with a due date, what was reported later, and what became of it.

Pure and light. A state says only what documents say: a silence is "overdue", never "missed".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    the value first shown for a later year. missed: reports show nothing gained. overdue: the date has passed and no
    document from that day on reports (``done`` tells of earlier ones). open: the date is still ahead. The same plan
    said again is one promise.
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
    due = _due(plan)
    announced = _published(plan, documents)
    comparable = [o for o in actual if o.currency == plan.currency and year_of(o, documents) is not None]
    later = [o for o in comparable if o.document != plan.document and _published(o, documents) > announced]
    adds_up = indicator.kind in ("flow", "money")
    baseline = _baseline([o for o in comparable if o not in later], documents, due.year, this_year_only=adds_up)
    addition = _is_addition(plan, baseline, indicator)
    had = baseline.value if baseline is not None and (addition or not adds_up) else 0.0
    needed = plan.value + had if addition else plan.value

    def reached(o: Observation) -> float:
        # A count far below what was there is, like the plan, one of what was added.
        return o.value + had if addition and not adds_up and o.value < had / 2 else o.value

    def keeps(value: float) -> bool:
        return _meets(value, needed, plan.qualifier, indicator)

    reports = (
        _added_within(plan, later, documents)
        if adds_up
        else _level_reached(due, later, documents, lambda o: keeps(reached(o)))
    )
    value = sum(reached(o) for o in reports) if reports else None
    met = value is not None and keeps(value)
    late = met and min(year_of(o, documents) or 0 for o in reports) > due.year
    final = any(_published(o, documents) >= due or (year_of(o, documents) or 0) > due.year for o in reports)
    gained = value is not None and (value > had if indicator.better == "more" else value < had)
    return Promise(
        plan=plan,
        due=due,
        state=_state(met=met, late=late, gained=gained, final=final, passed=today > due),
        needed=needed,
        baseline=baseline,
        reports=reports,
        done=_done(value, had, needed),
        addition=addition,
        late=late,
        restated=restated,
    )


def _state(*, met: bool, late: bool, gained: bool, final: bool, passed: bool) -> str:
    """Only a report from the due day on can show that a promise was not kept."""
    if met:
        return "partly" if late else "kept"
    if not passed:
        return "open"
    if not final:
        return "overdue"
    return "partly" if gained else "missed"


def _due(plan: Observation) -> dt.date:
    assert plan.period is not None
    assert plan.period.end is not None
    return plan.period.end


def _added_within(
    plan: Observation, later: Sequence[Observation], documents: Mapping[str, Document]
) -> tuple[Observation, ...]:
    """What was added in the years of the plan: one figure a year, by the rule that picks."""
    first = plan.period.start if plan.period is not None else None
    years = range((first or _due(plan)).year, _due(plan).year + 1)
    return tuple(o for year, o in _by_year(later, documents) if year in years)


def _level_reached(
    due: dt.date,
    later: Sequence[Observation],
    documents: Mapping[str, Document],
    keeps: Callable[[Observation], bool],
) -> tuple[Observation, ...]:
    """The one report to judge by: the first in time that keeps the plan, else that of the due year or first after it.

    Without any of these, the last one before the due year.
    """
    reports = _by_year(later, documents)
    in_time = [o for year, o in reports if year <= due.year]
    since = [o for year, o in reports if year >= due.year]
    return tuple([*filter(keeps, in_time), *since, *reversed(in_time)][:1])


def _by_year(found: Sequence[Observation], documents: Mapping[str, Document]) -> list[tuple[int, Observation]]:
    """One figure a year by the rule that picks, ascending."""
    years: dict[int, list[Observation]] = defaultdict(list)
    for observation in found:
        year = year_of(observation, documents)
        if year is not None:
            years[year].append(observation)
    return [(year, pick(years[year], documents)[0]) for year in sorted(years)]


def _baseline(
    known: Sequence[Observation], documents: Mapping[str, Document], due_year: int, *, this_year_only: bool
) -> Observation | None:
    """The newest figure known when the plan was made; of what is counted by year, that of the due year."""
    first = due_year if this_year_only else 0
    return next((o for year, o in reversed(_by_year(known, documents)) if first <= year <= due_year), None)


def _is_addition(plan: Observation, baseline: Observation | None, indicator: Indicator) -> bool:
    """A count planned below what is there already can only be meant on top of it."""
    return (
        baseline is not None
        and plan.status == "planned"
        and indicator.kind != "share"
        and indicator.better == "more"
        and plan.value < baseline.value
    )


def _meets(value: float, needed: float, qualifier: str, indicator: Indicator) -> bool:
    slack = (ABOUT if qualifier == "about" else 1e-9) * abs(needed)
    return value >= needed - slack if indicator.better == "more" else value <= needed + slack


def _done(value: float | None, start: float, needed: float) -> float | None:
    if value is None:
        return None
    return (value - start) / (needed - start) if needed != start else 1.0
