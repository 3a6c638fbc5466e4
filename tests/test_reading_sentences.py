"""Plain text and sentences: exact ways back, and borders that abbreviations and wrapped lines do not break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reading.sentences import LONGEST, split_sentences
from geo.reading.text import make_page


def sentences(text):
    page = make_page(text)
    return [page.plain[s.start : s.end].replace("\n", " ") for s in split_sentences(page)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Бірінші сөйлем. Екінші сөйлем.", 2),
        ("Бірі тіркелген.Бүгін екіншісі басталды.", 2),
        ("Выделено 5 млрд. тенге на сети.", 1),
        ("В г. Семее живёт А. Ахметов.", 1),
        ("Протянули 6 тыс. км. Работы идут.", 2),
        ("Доля равна 85.5 процента.", 1),
        ("Тақырып жолы\nМәтін басталды.", 2),
        ("Құбыр тартылатын жерде қазір жаңа\nаймақ салынып жатыр.", 1),
        ("Қала маңындағы өндірістік аймақта\n115 млрд теңгенің жобасы бар.", 1),
        ("Бәрі дайын! Енді не? Күтеміз…", 3),
    ],
)
def test_how_many_sentences(text, count):
    assert len(sentences(text)) == count


@given(st.text(max_size=400))
def test_every_plain_offset_leads_back_to_the_text(text):
    page = make_page(text)
    assert len(page.low) == len(page.plain) == len(page.words)
    for sentence in split_sentences(page):
        start, end = page.span(sentence.start, sentence.end)
        assert 0 <= start < end <= len(text)
        visible = [c for c in page.plain[sentence.start : sentence.end] if c.isalnum() and c.isascii()]
        written = text[start:end].translate(str.maketrans("²³İ", "23I"))  # «м³» is read as «м3»
        assert visible == [c for c in written if c.isalnum() and c.isascii()]


def test_a_body_start_moves_every_offset():
    text = "# title: бас\n\nЕкі  ауыл."
    page = make_page(text, 14)
    start, end = page.span(0, len(page.plain))
    assert text[start:end] == "Екі  ауыл."


def test_a_line_without_stops_is_cut():
    page = make_page("сөз " * 5000)
    assert max(s.end - s.start for s in split_sentences(page)) <= LONGEST
