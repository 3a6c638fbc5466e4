"""The ledger of promises: what was planned, what was reported later, a state that never says more than documents."""

import datetime as dt

import pytest
from conftest import make_document, make_observation

from geo.catalogue import load_catalogue
from geo.promises import STATES, promise_ledger

DOCUMENTS = {
    "then": make_document("then", date="2024-09-01"),
    "mid": make_document("mid", date="2025-06-01"),
    "after": make_document("after", date="2026-01-20"),
    "late": make_document("late", date="2027-01-20"),
}
AFTER, BEFORE = dt.date(2026, 3, 1), dt.date(2025, 7, 1)


def plan(value=90, year=2025, indicator="gas.population_share", **more):
    return make_observation(indicator, value, year=year, status="planned", document="then", **more)


def report(value, year=2025, indicator="gas.population_share", document="after", **more):
    return make_observation(indicator, value, year=year, document=document, **more)


def ledger(*figures, today=AFTER):
    return promise_ledger(figures, DOCUMENTS, load_catalogue(), today)


@pytest.mark.parametrize(
    ("reports", "today", "state"),
    [
        ([], BEFORE, "open"),
        ([report(87, 2025, document="mid")], BEFORE, "open"),
        ([report(91, 2025, document="mid")], BEFORE, "kept"),
        ([], AFTER, "overdue"),
        ([report(86, 2024, document="mid")], AFTER, "overdue"),
        ([report(90)], AFTER, "kept"),
        ([report(88)], AFTER, "partly"),
        ([report(80)], AFTER, "missed"),
        ([report(91, 2024, document="mid"), report(89, 2025)], AFTER, "kept"),
    ],
)
def test_the_state_of_a_level(reports, today, state):
    (promise,) = ledger(plan(), report(85, 2024, document="then"), *reports, today=today)
    assert promise.state == state
    assert promise.state in STATES


def test_reached_only_later_is_partly_kept_and_said_to_be_late():
    (promise,) = ledger(plan(), report(91, 2026, document="late"), today=dt.date(2027, 2, 1))
    assert (promise.state, promise.late) == ("partly", True)


def test_the_day_it_falls_due_is_still_open():
    assert ledger(plan(), today=dt.date(2025, 12, 31))[0].state == "open"
    assert ledger(plan(), today=dt.date(2026, 1, 1))[0].state == "overdue"


def test_figures_of_the_same_document_are_the_baseline_and_no_report():
    (promise,) = ledger(plan(), report(90, 2025, document="then"))
    assert promise.reports == ()
    assert promise.state == "overdue"


def test_what_is_added_within_a_period_is_summed_over_its_years():
    def new(value, year, document):
        return report(value, year, "gas.settlements_new", document)

    promise = plan(100, (2024, 2025), "gas.settlements_new")
    (kept,) = ledger(promise, new(60, 2024, "mid"), new(40, 2025, "after"), new(500, 2026, "late"))
    assert (kept.state, kept.done, len(kept.reports)) == ("kept", 1.0, 2)
    (partly,) = ledger(promise, new(60, 2024, "mid"), new(10, 2025, "after"))
    assert (partly.state, partly.done) == ("partly", 0.7)
    (missed,) = ledger(promise, new(0, 2025, "after"))
    assert missed.state == "missed"


def test_a_report_from_before_the_due_day_never_proves_a_failure():
    so_far = report(20, 2025, "gas.settlements_new", "mid")
    (promise,) = ledger(plan(27, 2025, "gas.settlements_new"), so_far)
    assert (promise.state, promise.reports) == ("overdue", (so_far,))
    assert promise.done == pytest.approx(20 / 27)


def test_some_more_until_the_year_ends_comes_on_top_of_what_the_year_has_seen():
    new = "gas.settlements_new"
    seen = report(22, 2025, new, "then")
    assert ledger(plan(6, 2025, new), seen, report(22, 2025, new))[0].state == "missed"
    (kept,) = ledger(plan(6, 2025, new), seen, report(28, 2025, new))
    assert (kept.state, kept.needed, kept.addition) == ("kept", 28, True)
    assert ledger(plan(27, 2025, new), seen, report(27, 2025, new))[0].needed == 27


def test_additions_reported_as_such_are_not_taken_for_the_whole():
    people = "gas.population"
    there = report(12_000_000, 2024, people, "then")
    (kept,) = ledger(plan(292_700, 2025, people), there, report(354_000, 2025, people))
    assert (kept.state, kept.addition) == ("kept", True)
    assert kept.done == pytest.approx(354_000 / 292_700)


def test_a_count_planned_below_what_is_there_is_an_addition():
    fibre = "internet.settlements_fibre"
    there = report(199, 2024, fibre, "then")
    (promise,) = ledger(plan(86, 2025, fibre), there, report(210, 2025, fibre))
    assert (promise.addition, promise.needed, promise.state) == (True, 285, "partly")
    assert promise.done == pytest.approx(11 / 86)
    (target,) = ledger(plan(250, 2025, fibre), there, report(250, 2025, fibre))
    assert (target.addition, target.state) == (False, "kept")


def test_less_can_be_the_better():
    unserved = "gas.settlements_unserved"
    start = report(30, 2024, unserved, "then")
    assert ledger(plan(10, 2025, unserved), start, report(9, 2025, unserved))[0].state == "kept"
    assert ledger(plan(10, 2025, unserved), start, report(20, 2025, unserved))[0].state == "partly"
    assert ledger(plan(10, 2025, unserved), start, report(31, 2025, unserved))[0].state == "missed"


def test_other_places_regions_and_currencies_prove_nothing():
    others = [
        report(95, region="KZ-31"),
        report(95, place="district/sauran"),
        report(95, indicator="gas.coverage_share"),
    ]
    assert ledger(plan(), *others)[0].state == "overdue"
    money = plan(5e9, 2025, "gas.investment")
    assert ledger(money, report(6e9, 2025, "gas.investment", currency="USD"))[0].state == "overdue"


def test_the_same_plan_said_again_is_one_promise():
    again = make_observation(value=90, year=2025, status="target", document="mid")
    (promise,) = ledger(plan(), again)
    assert (promise.plan.document, promise.restated) == ("then", (again,))


def test_plans_without_a_date_or_region_are_no_promises():
    assert ledger(plan(year=None), plan(region=())) == []
    assert ledger(make_observation(status="needed"), make_observation(status="underway")) == []


def test_the_ledger_is_in_order_and_ready_for_json():
    found = ledger(plan(95, 2027), plan(90, 2025), plan(90, 2025, region="KZ-31"))
    assert [(p.due.year, p.plan.regions[0]) for p in found] == [(2025, "KZ-31"), (2025, "KZ-61"), (2027, "KZ-61")]
    entry = found[0].as_json()
    assert (entry["due"], entry["state"], entry["reports"]) == ("2025-12-31", "overdue", [])
