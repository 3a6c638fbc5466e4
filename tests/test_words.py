"""Figures in plain words: every indicator, status and language, and the sentences worth reading twice."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import load_catalogue
from geo.model import LANGUAGES, QUALIFIERS, STATUSES
from webapp.grammar import kk_locative, kk_number_endings, ru_place
from webapp.words import Figure, PlaceWords, figure_in_words, period_text, phrases, status_word, value_text

NBSP = "\u00a0"
REGION = {
    "kk": PlaceWords("Түркістан облысы", "region"),
    "ru": PlaceWords("Туркестанская область", "region"),
    "en": PlaceWords("Turkistan Region", "region"),
}


def said(lang, indicator, value, **more):
    year = more.pop("year", None)
    if year:
        more |= {"start": dt.date(year, 1, 1), "end": dt.date(year, 12, 31)}
    more.setdefault("regions", (REGION[lang],))
    return figure_in_words(Figure(indicator, value, **more), lang).replace(NBSP, " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", load_catalogue().indicators)
def test_every_indicator_makes_a_sentence_in_every_status(lang, indicator):
    made = {status: said(lang, indicator, 21, status=status, year=2025) for status in STATUSES}
    assert len(set(made.values())) == len(STATUSES)
    for sentence in made.values():
        assert re.fullmatch(r"[A-ZА-ЯӘҒҚҢӨҰҮҺІ0-9].*\S\.", sentence)
        assert "21" in sentence
        assert "2025" in sentence
        assert not re.search(r"[{}]|  |None| ,|\.\.", sentence)


@pytest.mark.parametrize("indicator", phrases()["indicators"])
def test_phrases_speak_of_indicators_that_exist(indicator):
    assert indicator in load_catalogue().indicators
    entry = phrases()["indicators"][indicator]
    assert entry["frame"] in phrases()["frames"]
    for table, key in (("services", "service"), ("joined", "joined"), ("wholes", "whole"), ("nouns", "noun")):
        assert entry.get(key) is None or entry[key] in phrases()[table]


def test_a_share_now_and_as_a_plan():
    share = "gas.population_share"
    assert said("kk", share, 85.5, year=2025) == (
        "2025 жылы Түркістан облысында тұрғындардың 85,5 %-ы табиғи газбен қамтылған."
    )
    assert said("ru", share, 85.5, year=2025) == (
        "В 2025 году в Туркестанской области природным газом обеспечено 85,5 % жителей."
    )
    assert said("en", share, 85.5, year=2025) == "In 2025, 85.5% of people in Turkistan Region had piped natural gas."
    assert said("kk", share, 88.9, year=2025, status="planned").startswith("2025 жылдың соңына дейін ")
    assert said("en", share, 88.9, year=2025, status="target").startswith("By the end of 2025, ")


def test_qualifiers_bend_the_number():
    masts = "internet.settlements_broadband"
    assert "200-ден астам елді мекен" in said("kk", masts, 200, qualifier="more_than")
    assert "40-қа дейін елді мекен" in said("kk", masts, 40, qualifier="up_to")
    assert "20 000 км-ден астам" in said("kk", "internet.fibre_length", 20000, qualifier="more_than")
    assert "85 %-дан астамы" in said("kk", "gas.population_share", 85, qualifier="more_than")
    assert "более 200" in said("ru", masts, 200, qualifier="more_than")
    assert said("en", masts, 200, qualifier="about").startswith("About 200 settlements in")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("qualifier", QUALIFIERS)
@pytest.mark.parametrize(
    "indicator", ["gas.population_share", "gas.settlements", "gas.pipeline_length", "gas.investment"]
)
def test_every_qualifier_is_heard(lang, qualifier, indicator):
    plain, bent = said(lang, indicator, 70), said(lang, indicator, 70, qualifier=qualifier)
    assert (plain == bent) == (qualifier == "exact")


def test_where_the_figure_is_of():
    saran = {"kk": "Сауран ауданы", "ru": "Сауранский район", "en": "Sauran District"}
    place = {lang: PlaceWords(saran[lang], "district", REGION[lang].name) for lang in LANGUAGES}
    made = {lang: said(lang, "gas.settlements", 3, place=place[lang]) for lang in LANGUAGES}
    assert "Сауран ауданында (Түркістан облысы)" in made["kk"]
    assert "в сауранском районе (туркестанская область)" in made["ru"].lower()
    assert "in Sauran District (Turkistan Region)" in made["en"]
    both = (REGION["en"], PlaceWords("Akmola Region", "region"))
    assert "in 2 regions together (Turkistan Region, Akmola Region)" in said("en", "gas.settlements", 3, regions=both)
    assert "does not name" in said("en", "gas.settlements", 3, regions=())


def test_plurals_of_counted_things():
    assert "1 settlement in" in said("en", "gas.settlements", 1)
    assert "2 settlements in" in said("en", "gas.settlements", 2)
    assert value_text(1, "settlements", "ru").endswith("населённый пункт")
    assert value_text(3, "settlements", "ru").endswith("населённых пункта")
    assert value_text(21.5, "km", "ru") == f"21,5{NBSP}км"


def test_money_is_told_in_a_readable_scale():
    assert value_text(39.5e9, "KZT", "kk", qualifier="about") == f"≈{NBSP}39,5{NBSP}млрд{NBSP}теңге"
    assert value_text(152e9, "KZT", "en").replace(NBSP, " ") == "152 billion tenge"
    assert value_text(1.2e12, "KZT", "ru").replace(NBSP, " ") == "1,2 трлн тенге"
    assert "долл" in value_text(7e9, "KZT", "ru", currency="USD")
    assert value_text(300, "zones", "en", low=300, high=400) == f"300–400{NBSP}zones"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-01-01", "2027-12-31", "2025–2027"),
        (None, "2025-12-31", "2025"),
        (None, None, ""),
        ("2025-10-28", "2025-10-28", "Oct 28, 2025"),
        ("2025-10-01", "2025-10-31", "Oct 2025"),
    ],
)
def test_periods_for_tables(start, end, text):
    days = [dt.date.fromisoformat(raw) if raw else None for raw in (start, end)]
    assert period_text(*days, "en") == text


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)))
def test_any_period_can_be_said(one, other):
    start, end = sorted((one, other))
    for lang in LANGUAGES:
        sentence = figure_in_words(Figure("gas.settlements", 5, start=start, end=end, regions=(REGION[lang],)), lang)
        assert str(end.year) in sentence
        assert "{" not in sentence


@given(st.floats(0, 1e13, allow_nan=False), st.sampled_from(LANGUAGES), st.sampled_from(QUALIFIERS))
def test_any_value_can_be_said(value, lang, qualifier):
    for indicator in ("gas.population_share", "gas.settlements", "gas.pipeline_length", "gas.investment"):
        sentence = said(lang, indicator, value, qualifier=qualifier)
        assert re.search(r"\d", sentence)


@pytest.mark.parametrize(
    ("value", "endings"),
    [
        (200, ("ден", "ге")),
        (3, ("тен", "ке")),
        (6, ("дан", "ға")),
        (10, ("нан", "ға")),
        (40, ("тан", "қа")),
        (1000, ("нан", "ға")),
        (85.5, ("тен", "ке")),
        (0, ("ден", "ге")),
        (2_000_000, ("нан", "ға")),
        (5_000_000_000, ("тан", "қа")),
    ],
)
def test_kazakh_endings_of_numbers(value, endings):
    assert kk_number_endings(value) == endings


@pytest.mark.parametrize(
    ("name", "locative"),
    [
        ("Түркістан облысы", "Түркістан облысында"),
        ("Жетісу облысы", "Жетісу облысында"),
        ("Қазақстан", "Қазақстанда"),
        ("Шымкент", "Шымкентте"),
        ("Астана", "Астанада"),
        ("Алматы", "Алматыда"),
        ("Отырар ауданы", "Отырар ауданында"),
        ("Үшарал", "Үшаралда"),
        ("Семей", "Семейде"),
        ("Ақтөбе", "Ақтөбеде"),
    ],
)
def test_kazakh_locative(name, locative):
    assert kk_locative(name) == locative


@pytest.mark.parametrize(
    ("name", "kind", "said_so"),
    [
        ("Туркестанская область", "region", "в Туркестанской области"),
        ("область Абай", "region", "в области Абай"),
        ("Астана", "region", "в Астане"),
        ("Сауранский район", "district", "в Сауранском районе"),
        ("Кентау", "city", "в городе Кентау"),
        ("Отар", "settlement", "в населённом пункте Отар"),
        ("Газопровод", "pipeline", None),
    ],
)
def test_russian_prepositional(name, kind, said_so):
    assert ru_place(name, kind) == said_so


def test_all_regions_have_a_russian_case():
    from geo.gazetteer import load_gazetteer

    places = [place for place in load_gazetteer().places.values() if place.kind in ("region", "country")]
    assert len(places) == 21
    assert not [place.name_ru for place in places if ru_place(place.name_ru, place.kind) is None]


def test_status_words_differ():
    for lang in LANGUAGES:
        assert len({status_word(status, lang) for status in STATUSES}) == len(STATUSES)
