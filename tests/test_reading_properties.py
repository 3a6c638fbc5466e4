"""What holds for every text: its copy changes no figure, nothing breaks the reading, time grows with length only."""

import datetime as dt
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
import reading_growth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_growth import KINDS, read, steps
from reading_scores import FOLDERS, ROOT, gazetteer

from geo.documents import load_document
from geo.model import Document
from geo.reading import read_document
from geo.reading.vocabulary import load_vocabulary

DAY = dt.date(2025, 11, 1)
BULLETINS = sorted((ROOT / "seeds/documents").glob("*.txt"))
PRESS = sorted((ROOT / "tests/gold/press").glob("*.txt"))
RESIDUE = (
    "Бөлісу",
    "Поделиться",
    "Facebook · Telegram · WhatsApp · Көшірме",
    "Біздің Telegram арнаға қосылыңыз, жаңалықтарды алғаш болып біліңіз",
    "Подпишитесь на наш канал в Telegram",
    "Қаралым: 20 417",
    "Просмотров: 3 582",
    "12.03.2025, 18:40",
    "Фото: ашық дереккөз",
    "Читайте также",
    "Пікір қалдыру (14)",
    "© Барлық құқықтар қорғалған",
)


def document(text: str) -> Document:
    return Document(id="x", text=text, date=DAY)


def figures(doc: Document) -> list[tuple]:
    """What the figures of a document say, without where they stand in it."""
    return [
        (o.indicator, o.value, o.low, o.high, o.qualifier, o.status, o.regions, o.place and o.place.name, o.period)
        for o in read_document(doc, gazetteer()).observations
    ]


def with_body(doc: Document, body: str) -> Document:
    return replace(doc, text=doc.text[: doc.body_start] + body)


def holds(text: str) -> None:
    """The promises about spans, for any text."""
    reading = read_document(document(text), gazetteer())
    for o in reading.observations:
        assert o.quote == text[slice(*o.span)]
        assert 0 < len(o.quote) <= 600
        assert o.span[0] <= o.value_span[0] < o.value_span[1] <= o.span[1]
        assert all(0 <= a < b <= len(text) for a, b in o.mentions)
        assert 0 < o.confidence <= 1
    for item in reading.skipped:
        assert item.text == text[slice(*item.span)]


# The same text in another copy


@pytest.mark.parametrize("path", [*BULLETINS[1::14], *PRESS[1::6]], ids=lambda path: path.stem)
def test_page_residue_between_paragraphs_changes_no_figure(path):
    doc = load_document(path)
    paragraphs = doc.text[doc.body_start :].split("\n\n")
    mixed = "\n\n".join(part for i, text in enumerate(paragraphs) for part in (text, RESIDUE[i % len(RESIDUE)]))
    assert figures(with_body(doc, mixed)) == figures(doc)


@pytest.mark.parametrize("residue", RESIDUE)
@pytest.mark.parametrize("path", [BULLETINS[5], BULLETINS[40], PRESS[4]], ids=lambda path: path.stem)
def test_each_kind_of_residue_is_left_out(path, residue):
    doc = load_document(path)
    mixed = doc.text[doc.body_start :].replace("\n\n", f"\n\n{residue}\n\n")
    assert figures(with_body(doc, f"{residue}\n\n{mixed}\n\n{residue}\n")) == figures(doc)


SPACES = st.sampled_from((" ", "\u00a0", "\u2009", "\u202f", "  ", " \u200b", "\t"))
ENDS = st.sampled_from(("\n", "\r\n", "\r", "\u2028"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mixed_spaces_and_line_ends_change_no_figure(data):
    doc = load_document(data.draw(st.sampled_from(PRESS)))
    body = doc.text[doc.body_start :]
    space, end = data.draw(SPACES), data.draw(ENDS)
    half = len(body) // 2
    changed = body[:half].replace(" ", space) + body[half:].replace(" ", data.draw(SPACES))
    assert figures(with_body(doc, changed.replace("\n", end))) == figures(doc)


@pytest.mark.parametrize("path", PRESS[::5], ids=lambda path: path.stem)
def test_letters_with_a_soft_hyphen_or_a_direction_mark_change_no_figure(path):
    doc = load_document(path)
    body = doc.text[doc.body_start :]
    marked = body.replace("ау", "а\u00adу").replace("об", "о\u200bб").replace(". ", ".\u202c ").replace(" ", "\u2060 ")
    assert figures(with_body(doc, marked)) == figures(doc)


@pytest.mark.parametrize("corpus", ["bulletins", "press"])
def test_spans_hold_and_reading_twice_gives_the_same(corpus):
    paths = sorted(FOLDERS[corpus][1].glob("*.txt"))[::7]
    assert paths
    for path in paths:
        doc = load_document(path)
        once, twice = read_document(doc, gazetteer()), read_document(load_document(path), gazetteer())
        assert repr(once) == repr(twice)
        for o in once.observations:
            assert o.quote == doc.text[slice(*o.span)]
            value = doc.text[slice(*o.value_span)]
            assert any(letter.isalnum() for letter in value)
            assert o.value_span[0] >= o.span[0]
            assert o.value_span[1] <= o.span[1]


# Any text at all

FORMS = sorted({form.strip("*~") for term in load_vocabulary().terms for form in term.forms})
WORDS = st.sampled_from(FORMS)
NUMBERS = st.one_of(
    st.integers(0, 10**18).map(str),
    st.floats(0, 1e6, allow_nan=False).map(lambda x: f"{x:.2f}".replace(".", ",")),
    st.integers(1, 99).map(lambda n: f"{n} {n:03d}"),
    st.integers(1990, 2090).map(lambda n: f"{n} жылы"),
    st.integers(1990, 2090).map(lambda n: f"в {n} году"),
    st.integers(1, 99).map(lambda n: f"{n}–{n + 9}"),
    st.integers(1, 99).map(lambda n: f"{n}-інде"),
)
SIGNS = st.sampled_from([*list(' .,;:–-()«»"%№/…!?\n'), "\n\n", "\r\n", "\u202e", "\u2067", "\u200f", "\xad", "\ufeff"])
ODD = st.sampled_from(
    ("🙂", "👩\u200d👩", "İ", "ẞ", "ﬁ", "½", "٣٤", "Ⅻ", "ауыл\u0301", "aуыл", "cело", "\0", "\ud83d", "漢字", "e\u0301")
)
PLACES = st.sampled_from(
    (
        "Ақтөбе",
        "Абай облысы",
        "Семей қаласы",
        "Шардара",
        "в Мангистауской области",
        "Алматы – Талдықорған",
        "СЭЗ «Хоргос»",
    )
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(WORDS, NUMBERS, NUMBERS, SIGNS, PLACES, ODD), max_size=50), st.sampled_from((" ", "", "\u00a0"))
)
def test_no_mixture_of_words_numbers_and_signs_breaks_it(parts, between):
    holds(between.join(parts))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .,–-%№«»()\nагзсуылеdнı'’\u202e\u200d", max_size=200))
def test_no_mixture_of_signs_breaks_it(text):
    holds(f"Газ {text} ауыл")


@pytest.mark.parametrize("depth", [3, 300, 30_000])
@pytest.mark.parametrize("pair", ["«»", "()", "„“", "[]", '""'])
def test_nested_quotes_and_brackets_are_read(pair, depth):
    text = pair[0] * depth + "Ақтөбе облысында 5 ауылға газ тартылды." + pair[1] * depth
    holds(text)
    assert [o.value for o in read_document(document(text), gazetteer()).observations] == [5]


# Time: no clock is read here, so a busy machine changes nothing


@pytest.mark.parametrize("name", KINDS)
def test_steps_grow_with_length_and_not_faster(name):
    _, make = KINDS[name]
    read(make(36_000))  # a word met for the first time takes more steps than later ones
    once, fourfold = steps(make(9_000)), steps(make(36_000))
    assert once > 500
    assert fourfold <= 4.5 * once  # quadratic work would make it 16


def test_large_texts_are_read_within_twenty_times_the_work():
    pytest.importorskip("resource", reason="needs the limits of a Unix system")
    done = subprocess.run(
        [sys.executable, reading_growth.__file__],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (
        f"ended by {-done.returncode} (SIGXCPU is {signal.SIGXCPU}): {done.stdout}{done.stderr}"
    )
    assert done.stdout.endswith("all read\n")


def test_a_number_left_out_is_shown_whole():
    text = "Көрген: 15693. Халқы 1 234 567 адам, 12,5 шақырым."
    assert [item.text for item in read_document(document(text), gazetteer()).skipped] == ["15693", "1 234 567", "12,5"]


@pytest.mark.parametrize(
    "text",
    [
        "Бәйтүбек ауданында 7 ауылға газ тартылды. Келесі жылы 5 ауылға газ тартылады.",
        "В посёлке Ивановка газ получили 300 домов. В следующем году подключат 50 домов.",
    ],
)
def test_a_place_of_no_known_region_may_be_gone_on_with(text):
    holds(text)
    assert len(read_document(document(text), gazetteer()).observations) == 2


@pytest.mark.parametrize("text", ["0–5 ауылға газ тартылды.", "газ 0 - 0 ауыл", "от 0 до 40 сёл с газом"])
def test_a_range_may_begin_at_nothing(text):
    holds(text)
