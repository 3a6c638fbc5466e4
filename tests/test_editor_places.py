"""Places in the editor's forms: what the gazetteer lacks gets a name and a region, and no coordinates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInput
from geo.gazetteer import load_gazetteer
from geo.model import PlaceRef
from webapp.editor_places import parse_name, parse_new_place, regions_with_districts

GAZETTEER = load_gazetteer()
NEW = {"new_name": "  Жаңа   Сарыбел ", "new_kind": "settlement", "new_within": "KZ-35"}


def test_a_name_a_kind_and_a_region_make_a_place():
    assert parse_new_place(NEW, GAZETTEER) == (
        PlaceRef("unlisted/settlement", "Жаңа Сарыбел", "settlement"),
        ("KZ-35",),
    )


def test_the_district_stands_in_the_name():
    ref, regions = parse_new_place({**NEW, "new_within": "district/otyrar"}, GAZETTEER)
    assert (ref.name, regions) == ("Жаңа Сарыбел (Отырар ауданы)", ("KZ-61",))


def test_what_the_gazetteer_has_there_after_all_is_taken_from_it():
    village = next(
        place
        for place in GAZETTEER.places.values()
        if place.kind == "settlement" and place.district and GAZETTEER.lookup(place.name("kk")) == (place.id,)
    )
    other = next(p.id for p in GAZETTEER.places.values() if p.kind == "district" and p.region != village.region)
    form = {"new_name": village.name("kk"), "new_kind": "settlement", "new_within": village.region}
    assert parse_new_place(form, GAZETTEER)[0].id == village.id
    assert parse_new_place({**form, "new_within": village.district}, GAZETTEER)[0].id == village.id
    assert parse_new_place({**form, "new_within": other}, GAZETTEER)[0].id == "unlisted/settlement"
    assert parse_new_place({**form, "new_kind": "station"}, GAZETTEER)[0].id == "unlisted/station"


@pytest.mark.parametrize(
    "change",
    [
        {"new_name": "12"},
        {"new_name": "x" * 51},
        {"new_name": "a/b"},
        {"new_name": "<b>Сарыбел</b>"},
        {"new_name": "{{7*7}}"},
        {"new_kind": "region"},
        {"new_kind": ""},
        {"new_within": ""},
        {"new_within": "KZ"},
        {"new_within": "KZ-99"},
        {"new_within": "settlement/atakent"},
        {"new_within": "KZ-35+KZ-61"},
    ],
)
def test_what_makes_no_place_is_told(change):
    with pytest.raises(BadInput) as told:
        parse_new_place({**NEW, **change}, GAZETTEER)
    assert "received" in told.value.details


@given(st.text(max_size=80))
def test_a_name_is_refused_or_safe(raw):
    try:
        name = parse_name(raw)
    except BadInput:
        return
    assert parse_name(name) == name
    assert not set(name) & set("<>{}/\\&%~|\n\r\t\0")
    assert 0 < len(name) <= 50


def test_every_region_can_be_chosen_once_with_its_districts():
    for lang in ("kk", "ru", "en"):
        rows = regions_with_districts(GAZETTEER, lang)
        assert len({region for (region, _), _ in rows}) == len(rows) == 20
        ids = [code for _, districts in rows for code, _ in districts]
        assert len(set(ids)) == len(ids)
        assert "district/otyrar" in ids
