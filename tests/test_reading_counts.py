"""Counts that Russian news leaves incomplete: without their noun, as a part of all, once more as many."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2025, 11, 1)


def figures(text):
    """(value, indicator, status, regions) of every figure, in order."""
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    return [(o.value, o.indicator, o.status, *o.regions) for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Сёл в Костанайской области 480. Водопровод действует в 310, ещё в 40 установлены модули.",
            [
                (480, "water.settlements_total", "actual", "KZ-39"),
                (310, "water.settlements_central", "actual", "KZ-39"),
                (40, "water.settlements_module", "actual", "KZ-39"),
            ],
        ),
        (
            "В Туркестанской области индустриальных зон семнадцать. В Шымкенте их уже три. К лету появятся ещё две.",
            [
                (17, "industry.zones", "actual", "KZ-61"),
                (3, "industry.zones", "actual", "KZ-79"),
                (2, "industry.zones_new", "planned", "KZ-79"),
            ],
        ),
        (
            "Пять лет назад газом пользовались 20 процентов жителей Жамбылской области, теперь 66.",
            [(20, "gas.population_share", "actual", "KZ-31"), (66, "gas.population_share", "actual", "KZ-31")],
        ),
        (
            "Сёл в области Улытау 78. Только в 40 ловит мобильный интернет, в 38 его нет.",
            [
                (78, "internet.settlements_total", "actual", "KZ-62"),
                (40, "internet.settlements_mobile", "actual", "KZ-62"),
                (38, "internet.settlements_unserved", "actual", "KZ-62"),
            ],
        ),
        (
            "В области Жетысу водопровод есть в 300 сёлах. Сход шёл с 10, кончился в 12. В 15 случаях воду отключали.",
            [(300, "water.settlements_central", "actual", "KZ-33")],
        ),
        ("СЭЗ в Казахстане шестнадцать.", [(16, "industry.sez", "actual", "KZ")]),
        (
            "В Актюбинской области газом обеспечены 300 сёл. В прошлом году подключили 18, в этом – 22.",
            [
                (300, "gas.settlements", "actual", "KZ-15"),
                (18, "gas.settlements_new", "actual", "KZ-15"),
                (22, "gas.settlements_new", "actual", "KZ-15"),
            ],
        ),
        ("Магазинов в посёлке Павлодарской области двенадцать. Газ подвели к вокзалу.", []),
    ],
)
def test_the_noun_stands_in_the_sentence_before_or_before_the_verb(text, expected):
    assert figures(text) == expected


def test_villages_left_out_of_the_next_sentence_lie_in_its_district():
    text = "Водопровод есть лишь в 9 из 30 сёл Каркаралинского района. В семи стоят колонки."
    found = read_document(Document(id="t", text=text, title="", date=DAY), gazetteer()).observations
    assert [(o.value, o.place.kind) for o in found] == [(9, "district"), (30, "district"), (7, "district")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В Кызылординской области замены ждут 900 км водопровода, в Туркестанской — 410, в Жамбылской — 85.",
            [
                (900, "water.network_repair_length", "needed", "KZ-43"),
                (410, "water.network_repair_length", "needed", "KZ-61"),
                (85, "water.network_repair_length", "needed", "KZ-31"),
            ],
        ),
        (
            "Протяжённость водопровода Рудного – 340 километров, из них изношены 190.",
            [
                (340, "water.pipeline_length", "actual", "KZ-39"),
                (190, "water.network_repair_length", "actual", "KZ-39"),
            ],
        ),
        (
            "Капремонта требуют 300 километров водопроводных сетей в Семее, в Аягозе таких 80.",
            [
                (300, "water.network_repair_length", "needed", "KZ-10"),
                (80, "water.network_repair_length", "needed", "KZ-10"),
            ],
        ),
        (
            "Газопровод в Павлодарской области построили на 120 км, в Железинском районе – на 40, в Иртышском – на 25.",
            [(n, "gas.pipeline_length", "actual", "KZ-55") for n in (120, 40, 25)],
        ),
        (
            "Из 90 километров газопровода, обещанных области Улытау весной, проложены 62.",
            [(90, "gas.pipeline_length", "planned", "KZ-62"), (62, "gas.pipeline_length", "actual", "KZ-62")],
        ),
    ],
)
def test_lengths_whose_unit_stands_once(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Газ пришёл в 75 сёл Актюбинской области из 290.",
            [(75, "gas.settlements", "actual", "KZ-15"), (290, "gas.settlements_total", "actual", "KZ-15")],
        ),
        (
            "В этом году газ пришёл в 12 сёл Актюбинской области из 30.",
            [(12, "gas.settlements_new", "actual", "KZ-15"), (30, "gas.settlements_total", "actual", "KZ-15")],
        ),
    ],
)
def test_so_many_of_all_are_a_stock_unless_a_year_is_named(text, expected):
    assert figures(text) == expected


def test_as_many_once_more():
    text = "В Атырауской области воду получили одиннадцать аулов, столько же планируется подключить через год."
    assert figures(text) == [
        (11, "water.settlements_new", "actual", "KZ-23"),
        (11, "water.settlements_new", "planned", "KZ-23"),
    ]
    assert [
        figure[:3] for figure in figures("На водовод в Мангистау ушло 3,4 млрд тенге, столько же выделят на второй.")
    ] == [(3.4e9, "water.investment", "actual"), (3.4e9, "water.investment", "planned")]
    assert figures("В Атырауской области газ есть в 40 сёлах, столько же, сколько и год назад.") == [
        (40, "gas.settlements", "actual", "KZ-23")
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Газ пришёл в двадцать павлодарских сёл.", "KZ-55"),
        ("Мобильная связь появилась в 60 североказахстанских сёлах.", "KZ-59"),
        ("Чистую воду пьют уже в 33 костанайских аулах.", "KZ-39"),
    ],
)
def test_the_adjective_of_an_oblast_in_lower_case_before_its_villages(text, region):
    found = read_document(Document(id="t", text=text, title="", date=DAY), gazetteer()).observations
    assert [o.regions for o in found] == [(region,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В Мангистауской области неохваченными газом числятся 6 сёл.",
            [(6, "gas.settlements_unserved", "actual", "KZ-47")],
        ),
        (
            "В Мангистауской области 900 её жителей не обеспечены питьевой водой.",
            [(900, "water.population_unserved", "actual", "KZ-47")],
        ),
        (
            "К газу в Алматинской области подключились 3 100 хозяев.",
            [(3100, "gas.homes", "actual", "KZ-19")],
        ),
        (
            "В Алматинской области надеются завести газ в 700 домов.",
            [(700, "gas.homes", "planned", "KZ-19")],
        ),
        (
            "Медпункты Абайской области, числом двадцать, подключены к интернету.",
            [(20, "internet.health_facilities", "actual", "KZ-10")],
        ),
        (
            "Водопровод в Павлодарской области тянут дальше. Сейчас строители работают на 14 объектах.",
            [(14, "water.projects", "actual", "KZ-55")],
        ),
        (
            "Резидентов в СЭЗ «Павлодар» 74.",
            [(74, "industry.participants", "actual", "KZ-55")],
        ),
        (
            "В СЭЗ «Павлодар» запущен завод. В ближайшие годы инвесторы вложат сюда 90 млрд тенге.",
            [(9e10, "industry.investment", "planned", "KZ-55")],
        ),
    ],
)
def test_words_of_the_press(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В Карагандинской области две индустриальные зоны. Самая крупная – «Теректі» у Темиртау. "
            "На её 70 гектарах работают 9 компаний.",
            [
                (2, "industry.zones", "actual", "KZ-35"),
                (70, "industry.zone_area", "actual", "KZ-35"),
                (9, "industry.participants", "actual", "KZ-35"),
            ],
        ),
        (
            "В СЭЗ «Павлодар» запущен завод. Сюда инвесторы готовы вложить 40 млрд тенге, если подведут электричество.",
            [(4e10, "industry.investment", "actual", "KZ-55")],
        ),
    ],
)
def test_the_zones_are_still_spoken_of(text, expected):
    assert [figure[:2] + figure[3:] for figure in figures(text)] == [figure[:2] + figure[3:] for figure in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Вода в Семее есть у всех. Потери воды в сетях области Абай составляют 28 процентов.",
        "В индустриальной зоне Актюбинской области строят цех. От вредителей обработали 200 тысяч гектаров.",
    ],
)
def test_losses_and_treated_fields_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # in Russian the noun of "number" follows it
            "К концу года в Абайской области природным газом пользовались 41,2% населения, а число газифицированных"
            " населённых пунктов достигло 57.",
            [
                (41.2, "gas.population_share", "actual", "KZ-10"),
                (57, "gas.settlements", "actual", "KZ-10"),
            ],
        ),
        (
            "Специальных экономических зон в стране стало 16.",
            [(16, "industry.sez", "actual", "KZ")],
        ),
        (
            "Елімізде арнайы экономикалық аймақтардың саны биыл 16-ға жетті.",
            [(16, "industry.sez", "actual", "KZ")],
        ),
        (
            "До 2029 года в Костанайской области планируют создать шесть новых индустриальных зон. Сейчас их в регионе"
            " четыре.",
            [(6, "industry.zones_new", "planned", "KZ-39"), (4, "industry.zones", "actual", "KZ-39")],
        ),
        (  # an adjective like that of an institution
            "Широкополосным доступом охвачены все 214 государственных школ Павлодарской области.",
            [(214, "internet.schools", "actual", "KZ-55")],
        ),
        (  # a name with letters of Kazakh makes no Kazakh sentence
            "Две новые индустриальные зоны планируют открыть в области Жетісу в 2026 году.",
            [(2, "industry.zones_new", "planned", "KZ-33")],
        ),
        ("За лето в области Ұлытау газ пришёл в четыре села.", [(4, "gas.settlements_new", "actual", "KZ-62")]),
        ("ҰЛЫТАУ ОБЛЫСЫНДА ТӨРТ АУЫЛҒА ГАЗ КЕЛДІ.", [(4, "gas.settlements_new", "actual", "KZ-62")]),
        (  # the rest have it, and were not connected just now
            "Остальные 48 сёл Абайской области доступ к интернету имеют.",
            [(48, "internet.settlements", "actual", "KZ-10")],
        ),
        (  # what was managed has happened
            "За прошлый год в Абайской области к интернету удалось подключить 17 сёл.",
            [(17, "internet.settlements_new", "actual", "KZ-10")],
        ),
        (  # what was sold abroad
            "В индустриальной зоне Павлодара работают 12 предприятий. За год они отправили за рубеж товаров на 9 млрд"
            " тенге.",
            [(12, "industry.participants", "actual", "KZ-55")],
        ),
    ],
)
def test_which_noun_is_counted(text, expected):
    assert figures(text) == expected
