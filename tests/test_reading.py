"""The reading as a whole: what a figure is, where, when, and how sure; and that no text can break it."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_scores import ROOT, gazetteer

from geo.documents import load_document
from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2025, 11, 1)


def read(text, date=DAY, title=""):
    return read_document(Document(id="test", text=text, title=title, date=date), gazetteer())


def one(text, value, **options):
    found = [o for o in read(text, **options).observations if o.value == value]
    assert len(found) == 1, [(o.indicator, o.value) for o in read(text, **options).observations]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "indicator", "status", "regions"),
    [
        ("Павлодар облысында 84 ауыл газбен қамтылған.", 84, "gas.settlements", "actual", ("KZ-55",)),
        ("Ақмола облысында былтыр 17 ауылға газ тартылды.", 17, "gas.settlements_new", "actual", ("KZ-11",)),
        ("Абай облысында 74 ауыл интернетке қосылмаған.", 74, "internet.settlements_unserved", "actual", ("KZ-10",)),
        ("Атырау облысында 12 мұнара орнатылмақ, мұнда байланыс нашар.", 12, "internet.masts", "planned", ("KZ-23",)),
        (
            "Жетісу облысында 9 ауылға су құбыры тартылып жатыр.",
            9,
            "water.settlements_underway",
            "underway",
            ("KZ-33",),
        ),
        ("Ұлытау облысы халқының 9,1 пайызы табиғи газ тұтынады.", 9.1, "gas.population_share", "actual", ("KZ-62",)),
        (
            "Қостанай облысында 300 шақырым су құбыры жөндеуді қажет етеді.",
            300,
            "water.network_repair_length",
            "needed",
            ("KZ-39",),
        ),
        ("Түркістан облысында 14 индустриялық аймақ жұмыс істейді.", 14, "industry.zones", "actual", ("KZ-61",)),
        ("В Мангистауской области газом обеспечены 58 сёл.", 58, "gas.settlements", "actual", ("KZ-47",)),
        (
            "В Карагандинской области планируется подключить к интернету 40 сёл.",
            40,
            "internet.settlements_new",
            "planned",
            ("KZ-35",),
        ),
        (
            "В Жамбылской области ведётся строительство газопроводов в 8 сёлах.",
            8,
            "gas.settlements_new",
            "underway",
            ("KZ-31",),
        ),
        (
            "В Павлодарской области без интернета остаются 10 сёл.",
            10,
            "internet.settlements_unserved",
            "actual",
            ("KZ-55",),
        ),
        ("Уровень газификации Актюбинской области доведут до 97%.", 97, "gas.coverage_share", "planned", ("KZ-15",)),
        ("В Атырауской области водой обеспечены 99,9% жителей.", 99.9, "water.population_share", "actual", ("KZ-23",)),
        ("В ВКО питьевую воду получат 4,1 тыс. человек.", 4100, "water.population", "planned", ("KZ-63",)),
        ("В Казахстане действуют 17 специальных экономических зон.", 17, "industry.sez", "actual", ("KZ",)),
        (
            "В СКО в 92 сёлах установлены блок-модули для питьевой воды.",
            92,
            "water.settlements_module",
            "actual",
            ("KZ-59",),
        ),
        ("В Алматинской области 4G-интернет есть в 330 сёлах.", 330, "internet.settlements_4g", "actual", ("KZ-19",)),
    ],
)
def test_what_a_sentence_says(text, value, indicator, status, regions):
    o = one(text, value)
    assert (o.indicator, o.status, o.regions) == (indicator, status, regions)
    assert o.confidence > 0.6
    assert o.rule


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("Ақмола облысында 887 мыңнан астам адам газ тұтынады.", 887000, "more_than"),
        ("Ақмола облысында 200-ге жуық ауыл газбен қамтылған.", 200, "about"),
        ("Ақмола облысында кемінде 30 ауыл газбен қамтылады.", 30, "more_than"),
        ("Ақмола облысының газдандыру деңгейі 97 пайыздан асады.", 97, "more_than"),
        ("Ақмола облысында ауылдарды газбен қамту 97 пайызға дейін жеткізіледі.", 97, "exact"),
        ("В Акмолинской области газ получили более 500 домов.", 500, "more_than"),
        ("В Акмолинской области газ получили порядка 500 домов.", 500, "about"),
        ("В Акмолинской области газ получат до 500 домов.", 500, "up_to"),
        ("Уровень газификации Акмолинской области увеличат до 60%.", 60, "exact"),
        ("В Акмолинской области газ получили менее 500 домов.", 500, "less_than"),
        ("До конца года 500 домов Акмолинской области получат газ.", 500, "exact"),
        ("До почти 500 домов Акмолинской области дошёл газ.", 500, "about"),
    ],
)
def test_how_exact_a_number_is(text, value, qualifier):
    assert one(text, value).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "value", "years"),
    [
        ("Абай облысында былтыр 5 ауылға газ тартылды.", 5, (2024, 2024)),
        ("Абай облысында 2026–2027 жылдары 50 ауылға талшықты-оптикалық желі тартылады.", 50, (2026, 2027)),
        ("В области Абай к 2030 году газом обеспечат 45% жителей.", 45, (2030, 2030)),
        ("В области Абай до конца года газ придёт в 6 сёл.", 6, (2025, 2025)),
        ("Сегодня в области Абай интернетом обеспечены 210 сёл.", 210, (2025, 2025)),
    ],
)
def test_when(text, value, years):
    period = one(text, value).period
    assert (period.start.year, period.end.year) == years


def test_a_place_inside_a_region_is_told_from_the_region():
    text = (
        "Ақтөбе облысында 20 ауыл газға қосылды. Соның бесеуі – Әйтеке би ауданында. "
        "Қазір ауданның 18 ауылы газбен қамтылған."
    )
    assert one(text, 20).place is None
    assert one(text, 5).place.kind == "district"
    assert one(text, 18).place.kind == "district"
    assert one(text, 18).regions == ("KZ-15",)


def test_several_regions_are_one_figure():
    o = one("Ақмола, Қостанай және Павлодар облыстарында жалпы 90 ауылға интернет тартылды.", 90)
    assert o.regions == ("KZ-11", "KZ-39", "KZ-55")


def test_each_region_of_a_list_keeps_its_own_figure():
    text = "Газ подведён в Акмолинской области к 12 сёлам, в Костанайской области – к 9."
    assert one(text, 12).regions == ("KZ-11",)
    assert one(text, 9).regions == ("KZ-39",)


def test_no_region_is_invented():
    assert one("Облыста алдағы жылы 6 индустриялық аймақ ашылмақ.", 6).regions == ()


def test_the_documents_own_region_fills_in():
    text = "Қызылорда облысында су мәселесі шешіліп жатыр.\n\nӨңірде 198 ауыл орталықтандырылған ауыз сумен қамтылған."
    o = one(text, 198)
    assert o.regions == ("KZ-43",)
    assert any(note.startswith("regions:") for note in o.inferred)


def test_a_date_is_inferred_and_said_so():
    reading = read("Абай облысында биыл 3 ауылға, 2026 жылы 7 ауылға газ тартылмақ.", date=None)
    assert reading.document.date.year == 2025
    assert reading.document.date_basis == "inferred"
    assert any(note.startswith("date: inferred") for note in reading.inferred)


def test_numerator_and_denominator():
    text = "В Павлодарской области из 352 сёл 232 подключены к водопроводу."
    assert one(text, 352).indicator == "water.settlements_total"
    assert one(text, 232).indicator == "water.settlements_central"


def test_left_out_nouns_are_carried():
    text = (
        "Абай облысында 2025 жылы 86 елді мекен, 204 мекеме, "
        "2026 жылы 44 елді мекен талшықты-оптикалық желіге қосылады."
    )
    assert one(text, 44).indicator == "internet.settlements_fibre"
    assert one(text, 44).period.start.year == 2026
    assert one(text, 204).indicator == "internet.institutions"


def test_money_in_another_currency_says_so():
    o = one("В СЭЗ «Павлодар» построят завод, объём инвестиций – 50 млн долларов.", 50e6)
    assert (o.indicator, o.currency) == ("industry.investment", "USD")


@pytest.mark.parametrize(
    "text",
    [
        "Абай облысында 12 мектеп салынды. Ауылдарға 340 камера орнатылды.",
        "В Абайской области отремонтировано 230 км дорог, тариф на воду – 142 тенге за кубометр.",
        "Облыста 350 мың турист болды, 61 адам жол апатынан қайтыс болды.",
        "Интернетті балалардың 20 пайызы бос уақытында пайдаланады.",
        "Халық саны 250-ден асатын ауылдарға интернет тартылады.",
        "Газ қарызы 30 миллион теңгеге жетті.",
        "Көрген: 15693\n\n12.05.2025 09:40",
        "Телефон: +7 7172 123 456, газ қызметі 104.",
        "Износ водопроводных сетей составляет 64%.",
    ],
)
def test_other_numbers_are_left_out_with_a_reason(text):
    reading = read(text)
    assert reading.observations == ()
    assert all(item.reason and reading.document.text[slice(*item.span)] == item.text for item in reading.skipped)


def test_said_again_is_one_figure_with_mentions():
    text = "Абай облысында 74 ауыл интернетсіз отыр\n\nАбай облысында 74 ауылда интернет жоқ."
    assert len(one(text, 74).mentions) == 1


TEXTS = [
    path
    for pattern in ("seeds/documents/*.txt", "tests/gold/press/*.txt", "tests/gold/news/*.txt")
    for path in sorted(ROOT.glob(pattern))
][::9]


def figures(document):
    reading = read_document(document, gazetteer())
    return [
        (o.indicator, o.value, o.low, o.high, o.status, o.qualifier, o.regions, o.place and o.place.name, o.period)
        for o in reading.observations
    ]


def changed(document, old, new):
    head, body = document.text[: document.body_start], document.text[document.body_start :]
    return Document(**{**{f: getattr(document, f) for f in document.__slots__}, "text": head + body.replace(old, new)})


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_spaces_line_ends_and_marks_change_no_figure(path):
    document = load_document(path)
    expected = figures(document)
    assert figures(changed(document, " ", "\u00a0")) == expected
    assert figures(changed(document, " ", "\u202f")) == expected
    assert figures(changed(document, "\n", "\r\n")) == expected
    assert figures(changed(document, " ", " \u200b")) == expected
    assert figures(changed(document, " ", "  ")) == expected


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_page_residue_changes_no_figure(path):
    document = load_document(path)
    residue = "\n\nБөлісу\n\n15693\n\nTelegram арнамызға жазылыңыз\n\n"
    grown = Document(**{**{f: getattr(document, f) for f in document.__slots__}, "text": document.text + residue})
    assert figures(grown) == figures(document)


@pytest.mark.parametrize("path", TEXTS[:3], ids=lambda path: path.stem)
def test_reading_twice_gives_the_same(path):
    assert read_document(load_document(path), gazetteer()) == read_document(load_document(path), gazetteer())


PIECES = st.sampled_from(
    [
        "газ ",
        "су ",
        "интернет ",
        "ауыл ",
        "елді мекен ",
        "облысында ",
        "Ақтөбе ",
        "Абай ",
        "Түркістан – ",
        "«",
        "»",
        "(",
        ")",
        "12 ",
        "3 000 ",
        "85,5% ",
        "2025 жылы ",
        "млрд теңге ",
        "қамтылды",
        ", ",
        ". ",
        "\n",
        "\n\n",
        "сёл ",
        "газом ",
        "обеспечено ",
        "в области ",
        "из ",
        "до ",
        "40–50 ",
        "\u202e",
        "\u200f",
        "\xad",
        "🙂",
        "İ",
        "ﬁ",
        "-",
        "– ",
        "жоқ ",
        "СЭЗ «",
        "бір жарым мың ",
        "№ 5 ",
        "%",
        "оның ",
        "из них ",
        "Семей ",
        "район",
    ]
)


def holds(text):
    document = Document(id="x", text=text, date=DAY)
    reading = read_document(document, gazetteer())
    for o in reading.observations:
        assert o.quote == text[slice(*o.span)]
        assert 0 < len(o.quote) <= 600
        assert o.span[0] <= o.value_span[0] < o.value_span[1] <= o.span[1]
        assert 0 <= o.confidence <= 1
    for item in reading.skipped:
        assert item.text == text[slice(*item.span)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_mixture_of_pieces_breaks_it(text):
    holds(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 300_000,
        "12 " * 60_000,
        "газ 12 " * 20_000,
        "«" * 50_000 + "газ 5 ауыл" + "»" * 50_000,
        "(" * 50_000,
        "Абай " * 40_000,
        "\u202eгаз 12 ауыл\u202c " * 5_000,
        "а" * 300_000 + " газ 5 ауылға тартылды",
        "-" * 200_000,
        "12-" * 60_000,
        "екі жүз " * 30_000,
        "\n" * 200_000 + "газ 5 ауыл",
        "\r" * 100_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_hostile_lines_are_read_to_the_end(text):
    holds(text)
