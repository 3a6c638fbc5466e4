"""Which figure holds where and when: carrying forward, next due plans, conflicts and the rule that picks."""

from dataclasses import replace

import pytest
from conftest import make_document, make_observation
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import load_catalogue
from geo.model import PlaceRef
from geo.series import (
    agree,
    announced_year,
    is_own_figure,
    is_state,
    officialness,
    pick,
    place_key,
    region_series,
    year_of,
)

CATALOGUE = load_catalogue()
DOCUMENTS = {
    "old": make_document("old", date="2023-12-01"),
    "doc-a": make_document(date="2025-10-28"),
    "new": make_document("new", date="2026-02-01"),
    "undated": make_document("undated", date=None),
}


def steps_of(*figures, indicator="gas.population_share", region="KZ-61", key="actual"):
    found = region_series(figures, DOCUMENTS, CATALOGUE)
    steps = found.get(indicator, {}).get(region, {}).get(key, [])
    return [(s.start, s.end, s.observation.value, s.year, len(s.conflicts)) for s in steps]


def test_shares_hold_until_the_next_known_year():
    assert steps_of(make_observation(value=81.5, year=2023), make_observation(value=85.5, year=2025)) == [
        (2023, 2024, 81.5, 2023, 0),
        (2025, None, 85.5, 2025, 0),
    ]


@pytest.mark.parametrize("code", ["gas.settlements_new", "gas.investment", "water.irrigated_area_new"])
def test_what_does_not_carry_holds_in_its_own_year_only(code):
    figures = [make_observation(code, 53, year=2024), make_observation(code, 37, year=(2024, 2026))]
    assert [(start, end) for start, end, *_ in steps_of(*figures, indicator=code)] == [(2024, 2024), (2026, 2026)]


def test_a_figure_without_a_period_is_of_its_documents_year_and_without_any_date_of_none():
    assert steps_of(make_observation(year=None)) == [(2025, None, 85.5, 2025, 0)]
    assert steps_of(make_observation(year=None, document="undated")) == []
    assert year_of(make_observation(year=None, document="not there"), DOCUMENTS) is None


def test_plans_show_the_next_due_figure_from_when_it_was_announced():
    plans = [
        make_observation("internet.settlements_fibre", 86, year=2025, status="planned", document="old"),
        make_observation("internet.settlements_fibre", 44, year=2027, status="target", document="old"),
    ]
    assert steps_of(*plans, indicator="internet.settlements_fibre", key="plan") == [
        (2023, 2025, 86, 2025, 0),
        (2026, 2027, 44, 2027, 0),
    ]


def test_a_later_announcement_does_not_reach_back():
    plans = [
        make_observation(value=90, year=2027, status="planned", document="old"),
        make_observation(value=88.9, year=2026, status="planned"),
    ]
    assert steps_of(*plans, key="plan") == [
        (2023, 2024, 90, 2027, 0),
        (2025, 2026, 88.9, 2026, 0),
        (2027, 2027, 90, 2027, 0),
    ]


def test_plans_without_a_date_fill_the_years_that_dated_ones_leave_and_stay_open():
    plans = [
        make_observation("industry.projects", 98, year=None, status="planned"),
        make_observation("industry.projects", 60, year=2026, status="planned"),
    ]
    assert steps_of(*plans, indicator="industry.projects", key="plan") == [
        (2025, 2026, 60, 2026, 0),
        (2027, None, 98, None, 0),
    ]
    newer = make_observation("industry.projects", 120, year=None, status="planned", document="new")
    assert steps_of(plans[0], newer, indicator="industry.projects", key="plan") == [
        (2025, 2025, 98, None, 0),
        (2026, None, 120, None, 1),
    ]


def test_a_plan_of_an_undated_document_is_known_from_the_start_of_its_period():
    plan = make_observation(value=90, year=(2025, 2027), status="planned", document="undated")
    assert announced_year(plan, DOCUMENTS) == 2025
    assert steps_of(plan, key="plan") == [(2025, 2027, 90, 2027, 0)]


def test_works_going_on_are_no_actual_figure():
    underway = make_observation("industry.projects", 9, status="underway")
    assert steps_of(underway, indicator="industry.projects") == []
    assert steps_of(underway, indicator="industry.projects", key="plan")


def test_a_lack_said_to_be_there_is_a_state_but_a_wish_is_not():
    lack = make_observation("internet.settlements_unserved", 17, status="needed")
    wish = make_observation("internet.masts", 5, status="needed")
    assert is_state(lack, CATALOGUE.indicator(lack.indicator))
    assert not is_state(wish, CATALOGUE.indicator(wish.indicator))


def test_figures_of_places_inside_and_of_groups_never_become_the_regions():
    figures = [
        make_observation(place="district/sauran"),
        make_observation(region=("KZ-61", "KZ-31")),
        make_observation(region=()),
    ]
    assert region_series(figures, DOCUMENTS, CATALOGUE) == {}
    own = make_observation(place=PlaceRef("KZ-61", "Түркістан облысы", "region"))
    city = make_observation(region="KZ-79", place=PlaceRef("KZ-79", "Шымкент", "city"))
    together = make_observation(region=("KZ-31", "KZ-61"), place=PlaceRef("group/south", "оңтүстік өңірлер", "group"))
    districts = make_observation(region="KZ-33", place=PlaceRef("group/x", "Ақсу, Сарқан, Алакөл аудандары", "group"))
    assert [is_own_figure(o) for o in (own, city, together, districts)] == [True, True, True, False]


def test_places_that_the_gazetteer_lacks_are_told_apart_by_name():
    def key(*place):
        return place_key(make_observation(place=PlaceRef(*place)))

    assert key("zone/turan", "TURAN", "zone") == "zone/turan"
    assert key("unlisted/zone", "Сұңқар", "zone") == "unlisted/zone/KZ-61/Сұңқар"
    assert key("", "Қараой", "settlement") == "unlisted/settlement/KZ-61/Қараой"
    assert key("KZ-61", "Түркістан облысы", "region") == ""


def test_nameless_places_of_two_regions_are_two():
    zone = PlaceRef("unlisted/zone", "индустриялық аймақ", "zone")
    keys = [place_key(make_observation(region=region, place=zone)) for region in ("KZ-61", "KZ-31", ("KZ-31", "KZ-61"))]
    assert len(set(keys)) == 3


def test_the_rule_that_picks_and_the_conflicts_it_leaves():
    newest = make_observation(value=72, document="new")
    older = make_observation(value=56.5)
    assert pick([older, newest], DOCUMENTS) == (newest, (older,))
    about = replace(older, id="about", qualifier="about", value=70.0)
    assert pick([about, older], DOCUMENTS)[0] == older
    state = {"doc-a": make_document(publisher="Әкімдік, gov.kz"), "b": make_document("b", publisher="blog.kz")}
    official, blog = make_observation(value=1), make_observation(value=2, document="b")
    assert pick([blog, official], state)[0] == official
    first = make_observation(value=18, key="z", value_span=(0, 2), span=(0, 20))
    later = make_observation(value=31, key="a", value_span=(30, 32), span=(25, 45))
    assert pick([later, first], DOCUMENTS) == (first, (later,)), "of two as good as each other, what is said first"


@given(st.permutations(range(6)))
def test_the_choice_never_depends_on_order(order):
    candidates = [make_observation(value=80 + n % 3, key=f"o{n}", document=("doc-a", "new")[n % 2]) for n in range(6)]
    shuffled = [candidates[n] for n in order]
    assert pick(shuffled, DOCUMENTS) == pick(candidates, DOCUMENTS)


@pytest.mark.parametrize(
    ("a", "b", "both_right"),
    [
        ({"value": 200, "qualifier": "more_than"}, {"value": 205}, True),
        ({"value": 200, "qualifier": "more_than"}, {"value": 150}, False),
        ({"value": 300, "qualifier": "about"}, {"value": 305}, True),
        ({"value": 300, "qualifier": "about"}, {"value": 350}, False),
        ({"value": 300, "low": 300.0, "high": 400.0}, {"value": 350}, True),
        ({"value": 100, "qualifier": "up_to"}, {"value": 80}, True),
        ({"value": 85.5}, {"value": 88.9}, False),
        ({"value": 85.5}, {"value": 85.5}, True),
        ({"value": 7, "currency": "USD"}, {"value": 7}, False),
    ],
)
def test_figures_agree_where_both_can_be_right(a, b, both_right):
    first, second = make_observation(**a), make_observation(**b)
    assert agree(first, second) is both_right
    assert agree(second, first) is both_right


def test_officialness_follows_the_publishers_name():
    assert officialness("Түркістан облысы әкімдігі") < officialness("QazInform") < officialness("somebody.example")


@given(
    st.lists(
        st.tuples(
            st.integers(2014, 2035),
            st.floats(0, 100),
            st.sampled_from(["actual", "planned", "target", "needed", "underway"]),
        ),
        max_size=12,
    )
)
def test_steps_never_overlap_and_hold_what_was_given(rows):
    figures = [make_observation(value=v, year=y, status=s, key=f"o{n}") for n, (y, v, s) in enumerate(rows)]
    for by_region in region_series(figures, DOCUMENTS, CATALOGUE).values():
        for by_key in by_region.values():
            for key, steps in by_key.items():
                ends = [step.end or 9999 for step in steps]
                assert all(step.start <= end for step, end in zip(steps, ends, strict=True))
                assert all(end < step.start for end, step in zip(ends, steps[1:], strict=False))
                assert all((step.observation.status == "actual") == (key == "actual") for step in steps)
                assert all(step.observation not in step.conflicts for step in steps)


def test_the_steps_of_a_year_with_two_documents_count_the_one_that_lost():
    figures = [make_observation(value=56.5), make_observation(value=72, document="new")]
    assert steps_of(*figures) == [(2025, None, 72, 2025, 1)]
