"""The date that a document states of itself: in a line at the top or the foot, before its first words, in its name."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.document_dates import date_at_top, date_in_name, parse_date
from geo.documents import document_from_text

KAZAKH = "Ауданда биыл 12 ауылға газ құбыры жетті. Қалған үш ауылдың жобасы дайын, құрылысы көктемде басталады.\n"


@pytest.mark.parametrize(
    "line",
    [
        "28.10.2025",
        "28 қазан 2025",
        "2025 жылғы 28 қазан",
        "28 октября 2025 года",
        "28/10/2025 14:05",
        "2025-10-28",
        "Жарияланған: 28 қазан, 2025 жыл",
        "Опубликовано 28.10.2025 в 9:30",
        "2025 ж. 28 қазан | 236 рет қаралды",
    ],
)
def test_a_date_line_at_the_top_is_the_stated_date(line):
    document = document_from_text(f"Ауылға газ келді\n{line}\n236\n\n{KAZAKH}")
    assert (document.date, document.date_basis) == (dt.date(2025, 10, 28), "stated")


BESIDE_NAMES = [
    "Орал. 28.10.2025",
    "28 қазан 2025 жыл. Тараз",
    "Актау, 28 октября 2025",
    "ҚЫЗЫЛОРДА. 2025 жылғы 28 қазан",
    "28.10.2025, Кокшетау",
    "Дата публикации: 28.10.2025",
    "Жарияланған күні: 2025 жылғы 28 қазан",
    "«Ертіс өңірі», 28 қазан 2025 ж.",
    "г. Туркестан, 28 октября 2025 г.",
    "Павлодар, 28.10.2025. Собкор.",
    "Әкімдіктің баспасөз қызметі. 28.10.2025",
    "Пресс-служба акима Абайской области | 28.10.2025 14:05",
    "Бейсенбі, 28 қазан 2025 ж.",
]


@pytest.mark.parametrize("line", BESIDE_NAMES)
def test_a_date_beside_names_is_the_stated_date(line):
    at_top = document_from_text(f"Ауылға газ келді\n{line}\n\n{KAZAKH}")
    at_foot = document_from_text(f"Ауылға газ келді\n\n{KAZAKH}\n\n{line}\n")
    for document in (at_top, at_foot):
        assert (document.date, document.date_basis) == (dt.date(2025, 10, 28), "stated")
        assert document.title == "Ауылға газ келді"


@pytest.mark.parametrize(
    "line",
    [
        "АСТАНА. 28 октября 2025 года. В столице подвели итоги газификации.",
        "Шымкент, 28.10.2025 – Қалада жаңа индустриялық аймақ ашылды.",
    ],
)
def test_the_date_before_an_agencys_first_sentence_is_the_stated_date(line):
    assert document_from_text(f"{line}\n\n{KAZAKH}").date == dt.date(2025, 10, 28)


@pytest.mark.parametrize(
    "line",
    [
        "Проект завершат к 28.10.2025",
        "План работ до 28 октября 2025 года",
        "Срок: 28.10.2025",
        "28 октября 2025 года в Актау открыли цех",
        "Ауыл газға қосылды, 28.10.2025 жылы",
        "Итоги тендера, объявленного ранее, подведут 28.10.2025",
    ],
)
def test_a_line_that_says_something_of_a_date_is_no_date_line(line):
    assert document_from_text(f"Ауылға газ келді\n{line}\n\n{KAZAKH}\n\n{line}").date is None


@pytest.mark.parametrize("line", ["28.10.2025 күні зауыт ашылды", "32.10.2025", "28 қазан", "8 (7172) 28-10-20"])
def test_a_date_in_a_sentence_or_an_impossible_one_is_none(line):
    assert document_from_text(f"Ауылға газ келді\n{line}\n{KAZAKH}").date is None


def test_residue_of_a_page_before_the_first_word():
    document = document_from_text(" date 2026-02-03 " + KAZAKH)
    assert document.date == dt.date(2026, 2, 3)
    assert document.text[document.body_start :] == KAZAKH


def test_a_sentence_that_begins_with_a_date_keeps_it():
    date, start = date_at_top("2026-02-03 күні " + KAZAKH)
    assert (date, start) == (dt.date(2026, 2, 3), 0)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("turkistan-gas-2025-10.txt", dt.date(2025, 10, 1)),
        ("20251028_akimat.pdf", dt.date(2025, 10, 28)),
        ("есеп 28.10.2025.docx", dt.date(2025, 10, 28)),
        ("programme-2025-2027.txt", None),
        ("plan-2030.txt", None),
        ("c7f3989bdd20251028.txt", None),
        ("2025-13-40.txt", None),
    ],
)
def test_dates_in_file_names(name, date):
    assert date_in_name(name) == date


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_understood_in_every_way_of_writing(day):
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        assert parse_date(day.strftime(form)) == day
    assert date_in_name(day.strftime("x-%Y%m%d.txt")) == day
