"""The date of a text that states none: what tells it, and what does not."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document


def read(text, date=None):
    return read_document(Document(id="test", text=text, title="", date=date), gazetteer())


@pytest.mark.parametrize(
    "text",
    [
        "Павлодар облысында 2030 жылға дейін 45 ауылға газ тартылмақ.",
        "К 2029 году в Костанайской области газом обеспечат 120 сёл.",
        "В 2027 году вышки появятся в 14 сёлах Абайской области.",
        "В 2026–2028 годах в Актобе намерены открыть две индустриальные зоны. Сейчас там занято 300 человек.",
        "Қостанай облысында 80 ауыл газға қосылған. 2028 жылдың соңына дейін тағы 20 ауыл қосылады.",
        "В третьем квартале 2027 года в Павлодарской области газ получат 900 домов.",
        "СЭЗ в Караганде действует с 2011 года, на ней 13 заводов.",
        "Индустриялық аймақ 2012 жылы құрылған. Онда 9 зауыт жұмыс істейді.",
    ],
)
def test_a_year_to_come_or_of_a_founding_dates_no_text(text):
    reading = read(text)
    assert reading.document.date is None
    assert not any("document" in o.rule for o in reading.observations)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("В 2024 году газ провели в 12 сёл Абайской области, к 2030 году охватят ещё 60.", 2024),
        ("2025 жылы Жамбыл облысында 17 ауылға су құбыры тартылды. 2027 жылға қарай бәрі қосылады.", 2025),
        ("По итогам 2024 года в Атырауской области водой обеспечены 99,9% жителей.", 2025),
        ("В текущем, 2023 году в Актобе газ получили 900 домов.", 2023),
        ("Келесі 2026 жылы Абай облысында 7 ауылға газ тартылмақ.", 2025),
        ("В прошлом, 2021 году в Туркестанской области газ пришёл в 20 сёл.", 2022),
        ("Быстрый интернет придёт в 10 сёл в 2024 году, в 14 в 2025 году, в 20 в 2026 году.", 2023),
        ("Қостанай облысының әкімі 2024 жылдың екінші тоқсанын қорытындылайды. Су 14 ауылға тартылды.", 2024),
        ("Қызылорда облысында 2025 жылғы сегіз айдың есебі тыңдалмақ. Газ 1 200 үйге кірді.", 2025),
        ("Аким Абайской области отчитается за первое полугодие 2024 года. Вода пришла в 14 сёл.", 2024),
        ("Рассмотрят результаты III квартала 2025 года: в Актюбинской области газ получили 900 домов.", 2025),
        ("ОРАЛ. 12 ақпан 2024 жыл\n\nОблыста 2030 жылға дейін 45 ауыл газдандырылмақ, 300 ауылда газ бар.", 2024),
    ],
)
def test_the_year_that_a_text_tells(text, year):
    reading = read(text)
    assert reading.document.date.year == year
    assert reading.document.date_basis == "inferred"
    assert reading.inferred[0].startswith("date: inferred")


def test_a_sentence_that_only_says_which_year_gives_it_to_the_plan_after_it():
    text = "На нынешний год планы скромнее. Газ намечено подвести к семи сёлам Абайской области. {}"
    for more, years in (("", {2026}), ("В следующем году дойдут до шестидесяти сёл.", {2026, 2027})):
        periods = [o.period for o in read(text.format(more), dt.date(2026, 2, 1)).observations]
        assert {period.start.year for period in periods} == years
