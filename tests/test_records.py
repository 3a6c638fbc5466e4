"""Records: there and back without a change."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInput
from geo.model import QUALIFIERS, STATUSES, Observation, Period, PlaceRef, observation_of
from geo.records import FIELDS, from_record, to_record

days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
spans = st.tuples(st.integers(0, 99), st.integers(100, 199))
observations = st.builds(
    Observation,
    id=st.text(min_size=1),
    document=st.text(),
    layer=st.just("gas"),
    indicator=st.just("gas.homes"),
    value=st.floats(allow_nan=False, allow_infinity=False),
    unit=st.just("homes"),
    qualifier=st.sampled_from(QUALIFIERS),
    status=st.sampled_from(STATUSES),
    regions=st.lists(st.sampled_from(["KZ-61", "KZ-15"])).map(tuple),
    quote=st.text(),
    span=spans,
    value_span=spans,
    low=st.none() | st.floats(0, 1e12),
    high=st.none() | st.floats(0, 1e12),
    period=st.none() | st.builds(Period, days, days),
    place=st.none() | st.builds(PlaceRef, st.text(), st.text(), st.just("zone")),
    mentions=st.lists(spans).map(tuple),
    inferred=st.lists(st.text()).map(tuple),
)


@given(observations)
def test_a_record_gives_the_observation_back(observation):
    assert from_record(json.loads(json.dumps(to_record(observation)))) == observation


@given(observations)
def test_the_quick_way_makes_the_same_observation(observation):
    made = observation_of(**{each.name: getattr(observation, each.name) for each in fields(Observation)})
    assert made == observation
    assert type(made) is Observation
    with pytest.raises(FrozenInstanceError):
        made.value = 0.0


@pytest.mark.parametrize("broken", [{}, {"id": "a"}, dict.fromkeys(FIELDS, 5)])
def test_a_broken_record_says_what_is_allowed(broken):
    with pytest.raises(BadInput, match="Give the fields id, document"):
        from_record(broken)
