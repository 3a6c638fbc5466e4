"""What is said without a figure: pipelines, zones, stations, towns that lack a supply; nothing where it is not said."""

import pytest
from conftest import make_document

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.mentions import find_mentions
from geo.place_tables import Place

TERMS = load_gazetteer().terms


def place(key, kind, kk, ru="–", **more):
    return Place(key, kind, ("KZ-33",), "", 78.0, 45.0, False, kk, ru, key.partition("/")[2], **more)


GAZETTEER = Gazetteer(
    {
        p.id: p
        for p in (
            place("KZ-33", "region", "Жетісу облысы", "область Жетысу"),
            place("pipeline/ab", "pipeline", "Арқа – Бетпақ газ құбыры", "газопровод Арка – Бетпак", subtype="gas"),
            place("zone/sunkar", "zone", "«Сұңқар» индустриялық аймағы", "индустриальная зона «Сункар»"),
            place("station/kezen", "station", "Кезең станциясы", "станция Кезен"),
            place("city/boz", "city", "Бозшакөл қаласы", "город Бозшаколь"),
            place("settlement/jetisu", "settlement", "Жетісу"),
            place("settlement/one", "settlement", "Тоғай", "Тогай"),
            place("settlement/two", "settlement", "Тоғай", "Тугай"),
        )
    },
    (),
    TERMS,
)


def told(text, start=0):
    document = make_document("d", text=text, body_start=start)
    found = find_mentions([document], GAZETTEER)
    assert all(text[slice(*m.span)].strip() for m in found)
    return [(m.layer, m.place, m.status) for m in found]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Арқа – Бетпақ газ құбыры былтыр салынып бітті.", "actual"),
        ("«Арқа-Бетпақ» газ құбырын тарту керек.", "needed"),
        ("Арқа – Бетпақ газ құбырының құрылысы жүріп жатыр.", "underway"),
        ("Қазір газопровод Арка – Бетпак строится.", "underway"),
        ("В 2027 году планируется газопровод Арка – Бетпак.", "planned"),
    ],
)
def test_how_far_a_pipeline_is(sentence, status):
    if "«" in sentence:
        assert told(sentence.replace("«", "").replace("»", "")) == [("gas", "pipeline/ab", status)]
    else:
        assert told(sentence) == [("gas", "pipeline/ab", status)]


def test_a_pipeline_of_which_nothing_is_told_is_left_out():
    assert told("Арқа – Бетпақ газ құбыры туралы кітап шықты.") == []


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("«Сұңқар» индустриялық аймағында бес зауыт бар.", "actual"),
        ("В индустриальной зоне планируется построить завод, индустриальная зона «Сункар» растёт.", "actual"),
        ("Келесі жылы «Сұңқар» индустриялық аймағын құру ойда бар.", "planned"),
        ("Решено создать: индустриальная зона «Сункар».", "planned"),
    ],
)
def test_a_zone_is_there_unless_its_own_making_is_spoken_of(sentence, status):
    assert told(sentence) == [("industry", "zone/sunkar", status)]


def test_a_station_with_what_is_to_be_built_there():
    assert told("Кезең станциясында терминал салу жоспарланып отыр.") == [("industry", "station/kezen", "planned")]


@pytest.mark.parametrize(
    ("sentence", "layer"),
    [
        ("Бозшакөл қаласына таза ауыз су келмей отыр.", "water"),
        ("Бозшакөл қаласы әлі газсыз отыр.", "gas"),
        ("Город Бозшаколь остаётся без интернета.", "internet"),
    ],
)
def test_a_town_that_lacks_a_supply(sentence, layer):
    assert told(sentence) == [(layer, "city/boz", "needed")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Бозшакөл қаласына газ келді.",
        "Ауыз су келмей отыр дейді Бозшакөл қаласы.",
        "Жетісу облысында отыз ауылда ауыз су жоқ.",
        "Тоғай ауылында ауыз су жоқ.",
        "бозшакөл қаласында ауыз су жоқ.",
        "",
    ],
)
def test_nothing_is_told_of(sentence):
    assert told(sentence) == []


def test_the_same_sentence_counts_once_and_metadata_is_never_read():
    sentence = "Бозшакөл қаласында ауыз су жоқ."
    assert told(f"# title: {sentence}\n\nБасқа сөз.", start=len(sentence) + 11) == []
    assert len(told(f"{sentence} {sentence}")) == 2
