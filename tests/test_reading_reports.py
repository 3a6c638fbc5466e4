"""Constructions of akimats' reports and regional papers: standing supply, venues, added towns, possible investors."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2026, 6, 1)


def reading(text, date=DAY):
    return read_document(Document(id="test", text=text, title="", date=date), gazetteer())


def figures(text):
    """(value, indicator, status, kind of the place inside or "") of every figure, in order."""
    found = reading(text).observations
    return [(o.value, o.indicator, o.status, o.place.kind if o.place else "") for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # supply that stands is told in the present
            "Абай облысындағы 40 ауылдың 31-інде орталықтан су беріледі, төртеуі суды блок-модульден алады.",
            [
                (40, "water.settlements_total", "actual", ""),
                (31, "water.settlements_central", "actual", ""),
                (4, "water.settlements_module", "actual", ""),
            ],
        ),
        (  # the same verb with a year to come is a plan
            "Абай облысында 2028 жылы 31 ауыл суды орталықтан алады.",
            [(31, "water.settlements_new", "planned", "")],
        ),
        (
            "Жетісу облысында ауыл тұрғындарының 64 пайызы газды пайдалана алады.",
            [(64, "gas.population_share_rural", "actual", "")],
        ),
        (  # the whole is so, its part is lacking
            "Павлодар облысында су желісі 730 шақырым болса, соның 120-сы жөндеуді қажет етеді.",
            [
                (730, "water.pipeline_length", "actual", ""),
                (120, "water.network_repair_length", "needed", ""),
            ],
        ),
        (  # a name that ends as a verb does is none
            "Алматы облысында жеті ауылға газ келді. Атап айтқанда, Талғар ауданында – 4, Райымбек ауданында – 3.",
            [
                (7, "gas.settlements_new", "actual", ""),
                (4, "gas.settlements_new", "actual", "district"),
                (3, "gas.settlements_new", "actual", "district"),
            ],
        ),
    ],
)
def test_what_is_so(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # where most of those just told of are
            "Без связи в стране остаются 504 села. Больше всего таких в Абайской области – 74, "
            "в Костанайской – шестьдесят три.",
            [
                (504, "internet.settlements_unserved", "actual", ""),
                (74, "internet.settlements_unserved", "actual", ""),
                (63, "internet.settlements_unserved", "actual", ""),
            ],
        ),
        (  # a district that leads is not one of those
            "До 2028 года в Туркестанской области газ подведут к 90 сёлам. "
            "Лидирует Жетысайский район – 12 сёл с газом.",
            [(90, "gas.settlements_new", "planned", ""), (12, "gas.settlements", "actual", "district")],
        ),
    ],
)
def test_parts_of_what_was_just_told(text, expected):
    assert figures(text) == expected
