"""Lists whose head tells the rest: what is planned, of whom a share is, by which way villages get their water."""

import pytest
from reading_of_texts import figures, reading

PLANS = [
    (  # infinitives under a plan
        "Газификация Костанайской области\n\nНа 2027 год намечено:\n\n• подвести газ к семи сёлам;\n"
        "• заменить 40 км изношенного газопровода;\n• газифицировать 12 социальных объектов.",
        [
            (7, "gas.settlements_new", "planned", ""),
            (40, "gas.pipeline_length", "planned", ""),
            (12, "gas.facilities", "planned", ""),
        ],
    ),
    (
        "Абай облысында 2027 жылға жоспар:\n– бес ауылға ауызсу құбырын тарту;\n– 12 шақырым су желісін жаңарту.",
        [(5, "water.settlements_new", "planned", ""), (12, "water.pipeline_length", "planned", "")],
    ),
    (  # the same items under what was done
        "Абай облысында 2025 жылы атқарылған жұмыстар:\n– бес ауылға ауызсу құбырын тарту;\n– 12 "
        "шақырым су желісін ауыстыру.",
        [(5, "water.settlements", "actual", ""), (12, "water.pipeline_length", "actual", "")],
    ),
    (  # nouns of works
        "В 2025 году в Абайской области выполнено:\n1) строительство 52 км водопроводных сетей;\n"
        "2) замена 12 км водопроводных сетей.",
        [(52, "water.pipeline_length", "actual", ""), (12, "water.pipeline_length", "actual", "")],
    ),
    (
        "Павлодар облысы. Негізгі іс-шаралар: ұзындығы 30 км газ құбырын салу; ауылдағы 450 үйді газға қосу.",
        [(30, "gas.pipeline_length", "planned", ""), (450, "gas.homes", "planned", "")],
    ),
    (
        "Павлодарская область. Мероприятия по газификации: строительство 30 км газопровода, подключение 450 домов.",
        [(30, "gas.pipeline_length", "planned", ""), (450, "gas.homes", "planned", "")],
    ),
    (  # an infinitive that somebody managed
        "Провести газ в пять сёл Абайской области удалось за год.",
        [(5, "gas.settlements_new", "actual", "")],
    ),
]
ROWS = [
    (
        "Абай облысын газдандыру.\n\nНысаналы индикатор – халықты табиғи газбен қамту үлесі:\n2027 жылы – 12,5 %;\n"
        "2029 жылы – 30 %.",
        [(12.5, "gas.population_share", "target", ""), (30, "gas.population_share", "target", "")],
    ),
    (  # the unit stands in the head
        "Охват населения Костанайской области газом, %:\n2023 год – 61,2\n2024 год – 64,5\n2028 год – 70",
        [
            (61.2, "gas.population_share", "actual", ""),
            (64.5, "gas.population_share", "actual", ""),
            (70, "gas.population_share", "planned", ""),
        ],
    ),
    (
        "В Павлодарской области 352 села. По источникам питьевой воды они распределяются так:\n\n"
        "- централизованное водоснабжение — 241;\n- блок-модули — 85;\n- колонки — 4;\n- колодцы — 22.",
        [
            (352, "water.settlements_total", "actual", ""),
            (241, "water.settlements_central", "actual", ""),
            (85, "water.settlements_module", "actual", ""),
            (4, "water.settlements_standpipe", "actual", ""),
            (22, "water.settlements_well", "actual", ""),
        ],
    ),
    (
        "Абай облысында интернетке қосылған ауылдар саны:\n– Аягөз ауданы – 12;\n– Көкпекті ауданы – 9.",
        [(12, "internet.settlements", "actual", "district"), (9, "internet.settlements", "actual", "district")],
    ),
    (
        "В Абайской области без интернета остаются:\n– 5 сёл Аягозского района;\n– 3 села Урджарского района.",
        [
            (5, "internet.settlements_unserved", "actual", "district"),
            (3, "internet.settlements_unserved", "actual", "district"),
        ],
    ),
    (  # the whole of a row before its parts
        "Акмолинская область. Водоснабжение.\nСёл – 39, из них с централизованным водоснабжением – 21.",
        [(39, "water.settlements_total", "actual", ""), (21, "water.settlements_central", "actual", "")],
    ),
    (
        "Жамбыл облысы.\nГаздандырылған ауылдар: 263\nАбоненттер: 211 мың",
        [(263, "gas.settlements", "actual", ""), (211_000, "gas.subscribers", "actual", "")],
    ),
    (  # a count is no share left out
        "Абай облысы: халықты газбен қамту үлесі – 9,1 %; газдандырылған ауылдар саны – 2.",
        [(9.1, "gas.population_share", "actual", ""), (2, "gas.settlements", "actual", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PLANS + ROWS)
def test_items_of_a_list(text, expected):
    assert figures(text) == expected


def test_a_year_of_the_head_is_that_of_its_items():
    text = (
        "Акмолинская область. В 2024 году выполнено:\n– проложено 30 км водопровода;\n– подключено 5 сёл к водопроводу."
    )
    assert {o.period.start.year for o in reading(text).observations} == {2024}


def test_a_list_ends_where_its_items_do():
    text = (
        "На 2028 год намечено:\n• подвести газ к семи сёлам Абайской области;\n• построить 20 км газопровода.\n\n"
        "Газом пользуются 40 сёл Абайской области."
    )
    assert figures(text)[-1] == (40, "gas.settlements", "actual", "")
