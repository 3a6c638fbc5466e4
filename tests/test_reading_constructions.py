"""Constructions of news texts: what stands for a noun, whose place goes on, which verb a figure has."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2025, 11, 1)


def figures(text):
    """(value, indicator, status, kind of the place inside or "") of every figure, in order."""
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    return [(o.value, o.indicator, o.status, o.place.kind if o.place else "") for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ақмола облысындағы отыз ауылдың он төртіне таза су тартылды.",
            [(30, "water.settlements_total", "actual", ""), (14, "water.settlements_new", "actual", "")],
        ),
        ("Маңғыстау облысында газ алты-ақ ауылда жоқ.", [(6, "gas.settlements_unserved", "actual", "")]),
        (
            "Қостанай облысындағы 60 ауылдың елу бірінде интернет бар, тоғызында жоқ.",
            [
                (60, "internet.settlements_total", "actual", ""),
                (51, "internet.settlements", "actual", ""),
                (9, "internet.settlements_unserved", "actual", ""),
            ],
        ),
        (
            "Түркістан облысында су құбыры жеті шағын шалғай ауылға тартылмақ.",
            [(7, "water.settlements_new", "planned", "")],
        ),
        ("Чистой водой в Шымкенте обеспечены более полумиллиона жителей.", [(5e5, "water.population", "actual", "")]),
        (
            "В Павлодарской области интернет есть в сорока одном селе, ещё в двадцати двух его нет.",
            [(41, "internet.settlements", "actual", ""), (22, "internet.settlements_unserved", "actual", "")],
        ),
        ("Газ в области Абай есть в трёх десятках сёл.", [(30, "gas.settlements", "actual", "")]),
        ("В Атырауской области газ получили тысячи домов.", []),
    ],
)
def test_number_words(text, expected):
    assert figures(text) == expected


def test_an_oblast_named_after_its_kind_word_in_lower_case():
    reading = read_document(Document(id="t", text="Газом по области Улытау обеспечены 9 сёл.", date=DAY), gazetteer())
    assert reading.observations[0].regions == ("KZ-62",)
