"""Fields of the editor's forms: values, periods, places, and the sentence around a number."""

import pytest

from geo.errors import BadInput
from webapp.editor_figures import (
    Words,
    number_in,
    parse_period,
    parse_value,
    plain,
    sentence_around,
)
from webapp.editor_places import parse_place


@pytest.fixture
def vocabulary():
    from geo.catalogue import load_catalogue
    from geo.gazetteer import load_gazetteer

    return Words(load_catalogue(), load_gazetteer())


@pytest.mark.parametrize(
    ("raw", "value"), [("85,5", 85.5), ("39 500 000", 39.5e6), ("7", 7.0), ("0,25", 0.25), ("1\u00a0000.5", 1000.5)]
)
def test_values_are_read_as_they_are_written(raw, value):
    assert parse_value(raw) == value
    assert parse_value(plain(value)) == value


def test_periods():
    assert parse_period("", "") is None
    assert str(parse_period("2024-02", "").end) == "2024-02-29"
    assert str(parse_period("2024", "2026-06").end) == "2026-06-30"
    assert parse_period("", "2025-12").start is None
    assert str(parse_period("2025-12", "").end) == "2025-12-31"


def test_places(vocabulary):
    gazetteer = vocabulary.gazetteer
    assert parse_place("", gazetteer) == (None, ())
    assert parse_place("KZ", gazetteer)[1] == ("KZ",)
    assert parse_place("KZ-61+KZ-33", gazetteer) == (None, ("KZ-61", "KZ-33"))
    assert parse_place(gazetteer.places["KZ-61"].name("kk"), gazetteer)[1] == ("KZ-61",)
    inside = next(place for place in gazetteer.places.values() if place.kind == "district" and place.region)
    ref, regions = parse_place(inside.id, gazetteer)
    assert (ref.kind, regions) == ("district", inside.regions)
    with pytest.raises(BadInput, match="does not name one place"):
        parse_place("Абай", gazetteer)


def test_sentences_around_a_number():
    text = "Кіріспе 2.5 пайыз. Үшінші сөйлемде 1 200 ауыл бар! Соңғы."
    span = number_in(text, (text.index("1 200") - 3, text.index("ауыл")))
    assert text[slice(*span)] == "1 200"
    assert text[slice(*sentence_around(text, span, 0))] == "Үшінші сөйлемде 1 200 ауыл бар!"
    assert number_in("екі ауыл", (0, 3)) == (0, 3)
    long = "а" * 2000 + " 5 " + "б" * 2000
    start, end = sentence_around(long, (2001, 2002), 0)
    assert end - start <= 600
    assert start <= 2001 < end
