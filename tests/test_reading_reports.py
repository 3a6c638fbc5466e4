"""Constructions of akimats' reports and regional papers: standing supply, venues, added towns, possible investors."""

import pytest
from reading_of_texts import figures, reading


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # where a meeting was held is not what it was about
            "Қонаевта өткен брифингте энергетика басқармасы сөйледі. Алматы облысында газ 171 ауылға барған. "
            "Ал 115 ауылға газ әлі жеткен жоқ.",
            [(171, "gas.settlements", "actual", ""), (115, "gas.settlements_unserved", "actual", "")],
        ),
        (
            "На совещании в Семее говорили о воде области Абай. Чистой водой обеспечены 97 процентов жителей.",
            [(97, "water.population_share", "actual", "")],
        ),
        (  # «өткен жылы» holds no meeting
            "Абай облысы, Семейде өткен жылы су құбырының 12 шақырымы тартылды.",
            [(12, "water.pipeline_length", "actual", "city")],
        ),
        (  # a town told beside the villages
            "В Акмолинской области к газу подключены 14 сёл и город Косшы, услугой пользуются 61 тысяча человек.",
            [(14, "gas.settlements", "actual", ""), (61000, "gas.population", "actual", "")],
        ),
        (
            "Ақмола облысында газ 14 ауыл мен Қосшы қаласына тартылған.",
            [(14, "gas.settlements", "actual", "")],
        ),
        (  # what the sentence leaves aside
            "Помимо СЭЗ «Павлодар» в Павлодарской области работают четыре индустриальные зоны.",
            [(4, "industry.zones", "actual", "")],
        ),
        (  # the zones of the oblast after one of them
            "Жетісу облысындағы «Талдықорған» индустриялық аймағында 17 зауыт бар. "
            "Индустриялық аймақтарға 4 млрд теңге қажет.",
            [(17, "industry.projects", "actual", "zone"), (4e9, "industry.investment", "needed", "")],
        ),
        (  # a pipeline that bears a district's name
            "Қостанай облысында су тапшы. Биыл «Есіл» топтық су құбырының 41 шақырымы жаңартылады.",
            [(41, "water.pipeline_length", "planned", "")],
        ),
        (  # villages of two districts, not a village of that name
            "В Карагандинской области к воде подключат четыре села Бухар-Жырауского и Нуринского районов.",
            [(4, "water.settlements_new", "planned", "district")],
        ),
        (  # what the same works cost together
            "Қостанай облысының Әулиекөл және Науырзым аудандарында 22 су жобасы жүзеге асырылып жатыр. "
            "Жалпы құны – 14 миллиард теңге.",
            [(22, "water.projects", "underway", "district"), (14e9, "water.investment", "underway", "district")],
        ),
        (  # townspeople beside villagers are those of the oblast
            "Жезқазған қаласы. Ұлытау облысында су мәселесі шешілуде.\nҚала халқы ауызсумен 100 пайыз қамтылды. "
            "Ауылда бұл көрсеткіш – 98,6 пайыз.",
            [
                (100, "water.population_share_urban", "actual", ""),
                (98.6, "water.population_share_rural", "actual", ""),
            ],
        ),
    ],
)
def test_places(text, expected):
    assert figures(text) == expected


def test_the_city_of_a_text_about_a_city():
    text = (
        "Шымкент расширяет сети. В Шымкенте газ подведут к новым кварталам.\n"
        "В районах Туран, Каратау и Абайском откроют зоны.\nУровень газификации города составляет 98,4%."
    )
    assert [(o.value, o.regions) for o in reading(text).observations] == [(98.4, ("KZ-79",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Маңғыстау облысында емдеу мекемелерінің 97 пайызы интернетпен қамтылған.",
            [(97, "internet.health_facilities_share", "actual", "")],
        ),
        (
            "Абай облысында су саласында 26 ауылда жаңа құбыр тартылып жатыр.",
            [(26, "water.settlements_underway", "underway", "")],
        ),
        (
            "Қызылорда облысында ирригациялық желілердің тозуы 68 пайызға жетті. "
            "Өзенге келетін судың 78 пайызы көрші мемлекеттерден бастау алады.",
            [(68, "water.irrigation_worn_share", "actual", ""), (78, "water.inflow_share", "actual", "")],
        ),
        (
            "В Северо-Казахстанской области без какой-либо связи остаётся 61 село, там живут 2 900 человек.",
            [
                (61, "internet.settlements_unserved", "actual", ""),
                (2900, "internet.population_unserved", "actual", ""),
            ],
        ),
        (
            "В Карагандинской области требуют срочной замены свыше 800 км труб водоснабжения.",
            [(800, "water.network_repair_length", "needed", "")],
        ),
        (
            "Абай облысында жеті ауылда 3G байланысы 4G-ге жаңартылды.",
            [(7, "internet.settlements_mobile_upgraded", "actual", "")],
        ),
        (
            "Ел бойынша 78 газдандыру жобасы іске асырылады.",
            [(78, "gas.projects", "planned", "")],
        ),
        (  # a share of what was just counted
            "В Северо-Казахстанской области развивают интернет. Подключены 430 больниц, или 84%.",
            [(430, "internet.health_facilities", "actual", ""), (84, "internet.health_facilities_share", "actual", "")],
        ),
        (
            "Елімізде 55 индустриялық аймақ бар, солардың 30 пайызы Түркістан облысында шоғырланған.",
            [(55, "industry.zones", "actual", ""), (30, "industry.zones_share", "actual", "")],
        ),
        (
            "Қостанай облысында 410 ауыл болса, солардың 60 пайызы интернетпен қамтылған.",
            [(410, "internet.settlements_total", "actual", ""), (60, "internet.settlements_share", "actual", "")],
        ),
    ],
)
def test_measures(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ақмола облысында газ қауіпсіздігі бойынша 31 мың үй тексеріліп, 270 ескерту берілген.",
        "В Акмолинской области газовики проверили 31 тысячу домов.",
        "Абай облысын газдандыру басталды. Жыл басынан бері жолда 19 адам жарақат алды, көрмеге 54 мың келуші барды.",
        "Газификация Шымкента продолжается. На ремонт 46 улиц выделено 12,9 млрд тенге.",
    ],
)
def test_what_is_no_figure(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the same lines after their money
            "Абай облысында оптика дамып жатыр. Былтыр операторлар 480 шақырым желі тартып, 2,7 млрд теңге жұмсады. "
            "Биыл тағы 600 шақырым тартылмақ.",
            [
                (480, "internet.fibre_length", "actual", ""),
                (2.7e9, "internet.investment", "actual", ""),
                (600, "internet.fibre_length", "planned", ""),
            ],
        ),
        (  # the area before, as a share
            "Қызылорда облысында су үнемдеу технологиясы 18 мың гектарға енгізілді. "
            "Маманның айтуынша, бұл – облыстағы суармалы жердің 9,5 пайызы.",
            [(18000, "water.saving_area", "actual", ""), (9.5, "water.saving_share", "actual", "")],
        ),
        (  # zones told by a share alone
            "На долю Шымкента приходится 11 процентов индустриальных зон страны. Сейчас в городе их семь.",
            [(11, "industry.zones_share", "actual", ""), (7, "industry.zones", "actual", "")],
        ),
        (
            "Атырау облысы ауызсумен қамтылды, тек Исатай ауданында 6 шағын ауыл қалды.",
            [(6, "water.settlements_unserved", "actual", "district")],
        ),
    ],
)
def test_what_goes_on(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Жамбыл облысында индустриялық аймақтардың саны бесеуге жетті.",
            [(5, "industry.zones", "actual", "")],
        ),
        (  # a zone is meant, not the region
            "Жамбыл облысында индустриялық аймақтар көбейді. "
            "Тараздағы жаңа аймақта 2027 жылға қарай 15 жоба іске қосылады.",
            [(15, "industry.projects", "planned", "city")],
        ),
        (
            "В Павлодарской области интернет есть в 345 сёлах, это 98 процентов от их общего числа.",
            [(345, "internet.settlements", "actual", ""), (98, "internet.settlements_share", "actual", "")],
        ),
        (
            "В Западно-Казахстанской области водой обеспечены 98 процентов сельчан. "
            "В 2024 году этот показатель составлял 96,5 процента.",
            [(98, "water.population_share_rural", "actual", ""), (96.5, "water.population_share_rural", "actual", "")],
        ),
        (
            "Түркістан облысында су үнемдеу технологиясы 58 мың гектарда қолданылады. "
            "Мемлекет тамшылатып суару жабдығы құнының 80 пайызын өтейді.",
            [(58000, "water.saving_area", "actual", "")],
        ),
        (
            "В индустриальной зоне Караганды 12 заводов. С начала года они выпустили продукции на 3,9 трлн тенге.",
            [(12, "industry.projects", "actual", "city")],
        ),
    ],
)
def test_zones_and_shares(text, expected):
    assert figures(text) == expected


def test_a_figure_said_again_with_its_year():
    text = "Абай облысында 95 ауылда газ бар. Газ жеткен 95 ауыл туралы 2025 жылы жазғанбыз."
    (found,) = reading(text).observations
    assert (found.value, found.period.start.year, len(found.mentions)) == (95, 2025, 1)
    assert "2025" in found.quote


@pytest.mark.parametrize(
    "text",
    [
        "Жетісу облысының индустриялық аймағында әлеуетті 9 инвестормен келіссөз жүріп жатыр.",
        "Жетісу облысының индустриялық аймағында 9 әлеуетті инвестор бар.",
        "В индустриальной зоне Тараза ведут переговоры с 9 потенциальными инвесторами.",
    ],
)
def test_possible_investors_are_planned(text):
    assert [(value, code, status) for value, code, status, _ in figures(text)] == [
        (9, "industry.participants", "planned")
    ]
