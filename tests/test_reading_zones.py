"""Zones by name: the gazetteer's where name and region fit, a readable noun otherwise."""

from __future__ import annotations

import tomllib

import pytest

from geo.documents import document_from_text
from geo.gazetteer import load_gazetteer
from geo.reading import read_document
from geo.reading.zones import NOUNS_FILE, _noun


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def places(text, gazetteer):
    observations = read_document(document_from_text(text, language=None), gazetteer).observations
    return {o.place.id: o.place.name for o in observations if o.place}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("В области Жетысу СЭЗ «Хоргос – Восточные ворота» занимает 5 431,5 гектара.", "zone/khorgos"),
        ("Абай облысындағы «Өндіріс» индустриялық аймағының көлемі 96 гектар.", "zone/ondiris-semey"),
        ("Қызылорда облысында «Өндіріс» индустриялық аймағының көлемі 70 гектар.", "zone/ondiris-kyzylorda"),
        ("Шымкентте «Оңтүстік» индустриялық аймағында 83 жоба жұмыс істейді.", "zone/ontustik-industrial"),
    ],
)
def test_a_named_zone_is_the_one_of_the_gazetteer_in_that_region(text, zone, gazetteer):
    assert set(places(text, gazetteer)) == {zone}


def test_the_nouns_of_unnamed_zones_are_nominatives_in_their_language():
    assert _noun("индустриальную зону") == "индустриальная зона"
    assert _noun("экономикалық аймақтың") == "арнайы экономикалық аймақ"
    for noun in tomllib.loads(NOUNS_FILE.read_text("utf-8"))["noun"]:
        assert _noun(noun["example"]) in (noun["kk"], noun["ru"])
