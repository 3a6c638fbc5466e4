"""Numbers: every way of writing them, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reading.matching import Matcher
from geo.reading.numbers import find_numbers
from geo.reading.text import make_page
from geo.reading.vocabulary import load_vocabulary

MATCHER = Matcher(load_vocabulary(), ())


def numbers(text):
    page = make_page(text)
    hits = [hit for hit in MATCHER.find(page) if hit.term.kind == "number"]
    return page, [n for n in find_numbers(page, 0, len(page.plain), hits) if not n.odd]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("аумағы 2 397 гектар", [2397]),
        ("аумағы 2\u00a0397 гектар", [2397]),
        ("аумағы 2\u2009397 гектар", [2397]),
        ("үлесі 85,5 пайыз", [85.5]),
        ("үлесі 85.5 пайыз", [85.5]),
        ("үлесі 85пайыз", [85]),
        ("саны 563-ке жетті", [563]),
        ("елу бес ауыл", [55]),
        ("он бір ауыл", [11]),
        ("екі миллион жеті жүз мың адам", [2_700_000]),
        ("мың үш жүзден астам тұрғын", [1300]),
        ("бір жарым мың үй", [1500]),
        ("полторы тысячи домов", [1500]),
        ("двадцать три села", [23]),
        ("в двухстах сорока пяти домах", [245]),
        ("4,7 трлн теңге", [4.7e12]),
        ("39,5 млрд. тенге", [39.5e9]),
        ("1,2 тыс. человек", [1200]),
        ("20 мыңнан астам", [20000]),
        ("2 млн 700 мың адам", [2_700_000]),
        ("3 млрд 566 млн тенге", [3_566_000_000]),
        ("9 814,503 гектара", [9814.503]),
        ("Жетісу облысы", []),
        ("Отарбаевтың сөзі", []),
        ("4G желісі", []),
        ("12-ші мектеп", []),
        ("21-й микрорайон", []),
        ("в 09:45 утра", []),
        ("тел. +7 701 123 45 67", []),
        ("15.04.2025 күні", []),
        ("жарты миллион тұрғын", [500_000]),
        ("екі жарым мың үй", [2500]),
        ("3 жарым мың үй", [3500]),
        ("ширек миллион", [250_000]),
        ("девять с половиной тысяч", [9500]),
        ("9 с половиной тыс. домов", [9500]),
        ("полтриллиона тенге", [5e11]),
        ("полторы сотни дворов", [150]),
        ("два десятка аулов", [20]),
        ("около тысячи домов", [1000]),
        ("тысячи домов", []),
        ("жарты жыл", []),
        ("половина сёл", []),
        ("он төртіне", [14]),
        ("елу бесінде", [55]),
        ("отыз бірінің", [31]),
        ("қырқына", [40]),
        ("бес-ақ ауылда", [5]),
        ("26-ақ ауыл", [26]),
        ("в сорока одном", [41]),
        ("двадцатью двумя", [22]),
        ("жұрт үшін", []),
        ("ең ірісінің бірі", []),
        ("дүние жүзінде", []),
    ],
)
def test_values(text, values):
    assert [n.value for n in numbers(text)[1]] == values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300–400 студент", 300, 400),
        ("16 – 20 пайыз", 16, 20),
        ("от 20 до 40 домов", 20, 40),
        ("бес-алты тонна", 5, 6),
        ("2–3 млрд тенге", 2e9, 3e9),
    ],
)
def test_a_range_keeps_both_ends(text, low, high):
    (number,) = numbers(text)[1]
    assert (number.value, number.low, number.high) == (low, low, high)


def test_a_suffix_says_so_many_of_them():
    assert numbers("61 ауылдың 31-інде")[1][1].of_them
    assert numbers("соның жетеуі")[1][0].of_them
    assert not numbers("жүзден астам")[1][0].of_them


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]))
def test_grouped_digits_are_one_number(value, space):
    text = f"{value:,}".replace(",", space) + " үй"
    page, found = numbers(text)
    assert [n.value for n in found] == [value]
    start, end = page.span(found[0].start, found[0].end)
    assert "".join(c for c in text[start:end] if c.isdigit()) == str(value)


@settings(deadline=None)  # the number is what is tested, not how busy the machine is
@given(st.integers(0, 999_999), st.integers(0, 999))
def test_decimals_keep_their_value(whole, part):
    assert numbers(f"үлес {whole},{part:03d} болды")[1][0].value == pytest.approx(whole + part / 1000)


@given(st.text(alphabet="0123456789 ,.-–%әтысмлнрд\n\u00a0", max_size=200))
def test_no_text_breaks_the_numbers(text):
    page, found = numbers(text)
    for number in found:
        assert 0 <= number.start < number.end <= len(page.plain)
        assert number.value >= 0
