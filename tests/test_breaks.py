"""Class breaks: they cover every value, ascend, stay neat, and never pass 100 % for shares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.breaks import CLASSES, METHODS, class_breaks

SHARES = [95.6, 77, 99.9, 91.3, 72, 59.6, 83, 85.5, 99.8, 9.1, 97, 10]


def test_shares_over_the_whole_range_get_the_fifths_a_reader_expects():
    assert class_breaks(SHARES, "share")["equal-5"] == [20, 40, 60, 80, 100]


def test_high_shares_are_told_apart():
    assert class_breaks([99.2, 95, 98, 99.9, 100, 91.3], "share")["equal-5"] == [92, 94, 96, 98, 100]


def test_quantiles_hold_about_as_many_each():
    breaks = class_breaks(SHARES, "share")["quantile-4"]
    sizes = [sum(low < v <= high for v in SHARES) for low, high in zip([-1, *breaks], breaks, strict=False)]
    assert max(sizes) - min(sizes) <= 1


def test_natural_breaks_find_the_gap():
    assert class_breaks([1, 2, 3, 50, 51, 52, 98, 99, 100], "stock")["jenks-3"] == [10, 60, 100]


def test_counts_get_whole_bounds():
    for bounds in class_breaks([1, 2, 3, 7, 20], "stock").values():
        assert all(bound == int(bound) for bound in bounds)


def test_no_value_gives_no_class_and_one_value_gives_one():
    assert set(map(tuple, class_breaks([], "share").values())) == {()}
    assert class_breaks([20], "stock")["equal-5"] == [20]
    assert class_breaks([0], "stock")["jenks-7"] == [0]
    assert class_breaks([0, 2.5], "stock")["equal-3"] == [1, 2, 3]


@pytest.mark.parametrize("kind", ["share", "stock", "money"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_value_falls_in_exactly_one_class(kind, data):
    top = 100 if kind == "share" else 1e13
    values = data.draw(st.lists(st.floats(0, top).map(lambda v: round(v, 2)), min_size=1, max_size=20))
    found = class_breaks(values, kind)
    assert set(found) == {f"{method}-{k}" for method in METHODS for k in CLASSES}
    for name, bounds in found.items():
        assert bounds == sorted(set(bounds)), name
        assert 1 <= len(bounds) <= int(name[-1]), name
        assert bounds[-1] >= max(values), name
        if kind == "share":
            assert bounds[-1] <= 100, name
