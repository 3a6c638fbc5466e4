"""Turns of regional papers: what lacks, what is left, other countries, years back, numbers turned round."""

import pytest
from reading_of_texts import figures, reading

LACKING = [
    (
        "Абай облысында интернетсіз жетпіс төрт ауыл бар, ондағы халық саны 2 600-ге жуық.",
        [(74, "internet.settlements_unserved", "actual", ""), (2600, "internet.population_unserved", "actual", "")],
    ),
    (  # a sentence later
        "Абай облысының 57 ауылында ғаламтор жоқ. Оларда 4,1 мың адам тұрады.",
        [(57, "internet.settlements_unserved", "actual", ""), (4100, "internet.population_unserved", "actual", "")],
    ),
    (  # the people first
        "В Абайской области без интернета живут 9 700 человек: это жители 229 малых аулов.",
        [(9700, "internet.population_unserved", "actual", ""), (229, "internet.settlements_unserved", "actual", "")],
    ),
    (
        "В Абайской области водой обеспечены 96 процентов горожан. Осталось 14 сёл.",
        [(96, "water.population_share_urban", "actual", ""), (14, "water.settlements_unserved", "actual", "")],
    ),
    (  # the noun left out before an adjective
        "В Атырауской области из 151 села к газу не подключены всего шесть отдалённых.",
        [(151, "gas.settlements_total", "actual", ""), (6, "gas.settlements_unserved", "actual", "")],
    ),
    (
        "Ұлытау облысындағы 74 ауылдың әрбір үшіншісінде интернет жоқ, яғни 24 ауыл желіден тыс.",
        [(74, "internet.settlements_total", "actual", ""), (24, "internet.settlements_unserved", "actual", "")],
    ),
    (  # a duty is no lack
        "Қызылорда облысында 24 ауылға газ тартылуы керек.",
        [(24, "gas.settlements_new", "planned", "")],
    ),
    (
        "Алматы облысында 87 шақырым ескі су құбыры ауыстырылуы керек.",
        [(87, "water.network_repair_length", "needed", "")],
    ),
    (  # the whole needs no repair
        "Из 3,9 тыс. км водопроводных сетей Абайской области 1,4 тыс. км нуждаются в замене. В этом году заменят 110.",
        [
            (3900, "water.pipeline_length", "actual", ""),
            (1400, "water.network_repair_length", "needed", ""),
            (110, "water.pipeline_length", "planned", ""),
        ],
    ),
]
WHOLES = [
    ("Жамбыл облысындағы 442 мектептің 433-інде интернет бар.", [(433, "internet.schools", "actual", "")]),
    ("В Жамбылской области из 442 школ к интернету подключены 433.", [(433, "internet.schools", "actual", "")]),
    ("Жамбыл облысында 12 мың үйдің 9 мыңы газға қосылған.", [(9000, "gas.homes", "actual", "")]),
    ("В Жамбылской области из 12 тысяч домов к газу подключили 9 тысяч.", [(9000, "gas.homes", "actual", "")]),
    (
        "Маңғыстау облысындағы 59 ауылдың бәрі ауызсумен қамтылған, екеуіне су тасымалданады.",
        [(59, "water.settlements", "actual", ""), (2, "water.settlements_trucked", "actual", "")],
    ),
    (
        "Абай облысында 254 ауыл орталықтандырылған сумен қамтылды, бұл – 83,5 пайыз.",
        [(254, "water.settlements_central", "actual", ""), (83.5, "water.settlements_share", "actual", "")],
    ),
    (
        "В Абайской области сотовая связь есть в 396 сёлах, интернет – в 371.",
        [(396, "internet.settlements_mobile", "actual", ""), (371, "internet.settlements", "actual", "")],
    ),
    (
        "Быстрый интернет есть в 231 селе Абайской области. Год назад подключённых было 219.",
        [(231, "internet.settlements_broadband", "actual", ""), (219, "internet.settlements_broadband", "actual", "")],
    ),
]
STATUS = [
    ("Абай облысында 6 ауылға су тасымалданып жеткізіледі.", [(6, "water.settlements_trucked", "actual", "")]),
    ("Абай облысында тоғыз ауылға су көлікпен жеткізіледі.", [(9, "water.settlements_trucked", "actual", "")]),
    (
        "Абай облысының ауызсу жобаларына 25 миллиард теңге қарастыруды сұраймыз.",
        [(25e9, "water.investment", "planned", "")],
    ),
    (
        "Просим выделить на водоснабжение Абайской области 25 млрд тенге.",
        [(25e9, "water.investment", "planned", "")],
    ),
    (
        "В Абайской области эксплуатируется 12,4 тыс. км газопроводов.",
        [(12_400, "gas.pipeline_length", "actual", "")],
    ),
    (
        "На прокладку газопровода в Абайской области длиной 276 км, осуществляемую с прошлого "
        "года, направлено 18 млрд тенге.",
        [(276, "gas.pipeline_length", "underway", ""), (18e9, "gas.investment", "actual", "")],
    ),
    (
        "В Абайской области заканчивают прокладку водовода длиной 57 км. Обойдётся он в 2,9 млрд тенге.",
        [(57, "water.pipeline_length", "underway", ""), (2.9e9, "water.investment", "planned", "")],
    ),
    (
        "Стоимость газификации Абайской области оценили в 140 млрд тенге.",
        [(140e9, "gas.investment", "planned", "")],
    ),
    (  # a share that is estimated is so
        "Охват интернетом в Абайской области оценивается в 94,6 %.",
        [(94.6, "internet.coverage_share", "actual", "")],
    ),
    (
        "Шығыс Қазақстан облысында 3G желісі 287 ауылды қамтиды.",
        [(287, "internet.settlements_3g", "actual", "")],
    ),
    ("Осы құбырдан Ақтөбе облысының 58 ауылын газдандыруға болады.", [(58, "gas.settlements_new", "planned", "")]),
    (
        "В Карагандинской области реализуют 34 проекта водоснабжения. 22 из них переходящие.",
        [(34, "water.projects", "underway", ""), (22, "water.projects", "underway", "")],
    ),
    (
        "Вышки связи обещали поставить в 17 аулах Абайской области, но успели только в девяти.",
        [(17, "internet.settlements_mobile", "planned", ""), (9, "internet.settlements_mobile", "actual", "")],
    ),
    (
        "Арғы жылы Абай облысында 12 ауылға газ тартылды, былтыр – 15, биыл 20 ауылға тартылады.",
        [
            (12, "gas.settlements_new", "actual", ""),
            (15, "gas.settlements_new", "actual", ""),
            (20, "gas.settlements_new", "planned", ""),
        ],
    ),
]
ZONES = [
    (
        "Шымкентте жалпы аумағы 1 276 гектарды құрайтын жеті индустриялық аймақ бар. Бүгінде 304 жоба іске қосылды.",
        [
            (1276, "industry.zone_area", "actual", ""),
            (7, "industry.zones", "actual", ""),
            (304, "industry.projects", "actual", ""),
        ],
    ),
    (
        "Шымкентте 120 гектарлық индустриялық аймақ бар. Мұнда 34 жоба іске қосылды.",
        [(120, "industry.zone_area", "actual", "zone"), (34, "industry.projects", "actual", "zone")],
    ),
    (
        "Действующих индустриальных зон в Костанайской области две – в областном центре и в Рудном.",
        [(2, "industry.zones", "actual", "")],
    ),
    (
        "В Костанайской области обновили индустриальные зоны. Участниками костанайской зоны стали 26 компаний.",
        [(26, "industry.participants", "actual", "zone")],
    ),
    (
        "В Жамбылской области шесть индустриальных зон и одна СЭЗ.",
        [(6, "industry.zones", "actual", ""), (1, "industry.sez", "actual", "")],
    ),
    (
        "В Жамбылской области 6 ИЗ. Индустриальные зоны занимают 68 га.",
        [(6, "industry.zones", "actual", ""), (68, "industry.zone_area", "actual", "")],
    ),
    (
        "Жамбыл облысында 6 ИА және бір АЭА бар. Индустриялық аймақтарда 12 жоба іске қосылды.",
        [
            (6, "industry.zones", "actual", ""),
            (1, "industry.sez", "actual", ""),
            (12, "industry.projects", "actual", ""),
        ],
    ),
    (
        "В индустриальной зоне Тараза работают предприятия с численностью занятых 6,8 тыс. человек.",
        [(6800, "industry.jobs", "actual", "city")],
    ),
    (
        "«Қорғас – Шығыс қақпасы» арнайы экономикалық аймағында 78 қатысушы тіркелген. Инвестиция "
        "300 млрд теңге болды.",
        [(78, "industry.participants", "actual", "zone"), (300e9, "industry.investment", "actual", "zone")],
    ),
]
MORE = [
    (  # points of growth beside the level reached
        "Степень газификации Акмолинской области выросла на 4,5 процентных пункта и составила 61,7%.",
        [(61.7, "gas.coverage_share", "actual", "")],
    ),
    (
        "Ақмола облысында газдандыру деңгейі 4,5 пайыздық тармаққа өсіп, 61,7 пайызды құрады.",
        [(61.7, "gas.coverage_share", "actual", "")],
    ),
    ("Абай облысында газ желісіне 640 аула қосылды.", [(640, "gas.homes", "actual", "")]),
    (
        "В индустриальной зоне Семея разместятся 45 производств. Семь уже введены в строй.",
        [(45, "industry.projects", "planned", "city"), (7, "industry.projects", "actual", "city")],
    ),
    (
        "Семейдегі индустриялық аймақта алты инвестор бар, тағы төртеуімен келіссөз жүріп жатыр.",
        [(6, "industry.participants", "actual", "city"), (4, "industry.participants", "planned", "city")],
    ),
    (
        "К маю в Абайской области уложили 14 из запланированных 32 километров водопровода.",
        [(14, "water.pipeline_length", "actual", ""), (32, "water.pipeline_length", "planned", "")],
    ),
    (
        "Абай облысында су үнемдейтін технология 25 мың гектарға енгізілген, бұл суармалы алқаптың 8 пайызы.",
        [(25_000, "water.saving_area", "actual", ""), (8, "water.saving_share", "actual", "")],
    ),
    (
        "В Абайской области газ получили два села, в районе – ещё пять. Цена вопроса – 3,2 млрд тенге.",
        [
            (2, "gas.settlements_new", "actual", ""),
            (5, "gas.settlements_new", "actual", ""),
            (3.2e9, "gas.investment", "actual", ""),
        ],
    ),
]
MASTS = [
    ("Абай облысында 34 базалық станса орнатылды.", [(34, "internet.masts", "actual", "")]),
    ("Базовых станций в Абайской области – 312.", [(312, "internet.masts", "actual", "")]),
    ("Абай облысында 18 ауылға базалық станция қойылады.", [(18, "internet.settlements_mobile", "planned", "")]),
]


@pytest.mark.parametrize(("text", "expected"), LACKING + WHOLES + STATUS + ZONES + MORE + MASTS)
def test_turns(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Көрші Өзбекстанда халықтың 84 пайызы ауызсумен қамтылған.",
        "Для сравнения: в Узбекистане, как сообщают, работают 25 свободных экономических зон.",
        "Қырғызстандағы 2 900 ауылға оптика барған.",
        "В России газ получили 300 сёл.",
    ],
)
def test_other_countries_are_left_out(text):
    assert figures(text + " Абай облысы.") == []


def test_beside_another_country_ours_is_read():
    text = "Если в Узбекистане питьевой водой обеспечены 84 процента населения, то в Абайской области – 97 процентов."
    assert [(value, status) for value, _, status, _ in figures(text)] == [(97, "actual")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Интернет в Абайской области получили сотни три сёл.", 300),
        ("В Абайской области чистую воду пьют тысяч пять жителей.", 5000),
        ("Без воды в Абайской области остаются десятка два сёл.", 20),
    ],
)
def test_numbers_turned_round(text, value):
    (found,) = reading(text).observations
    assert (found.value, found.qualifier) == (value, "about")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("В позапрошлом году газ подвели к 12 сёлам Абайской области.", 2024),
        ("Арғы жылы Абай облысында 12 ауылға газ тартылды.", 2024),
        ("Три года назад газом пользовались 10 процентов населения области Жетысу.", 2023),
        ("Бес жыл бұрын Абай облысы халқының 27 пайызы газ тұтынған.", 2021),
        ("Через два года газ придёт в 12 сёл Абайской области.", 2028),
    ],
)
def test_years_counted_back_and_ahead(text, year):
    (found,) = reading(text).observations
    assert found.period.start.year == year


def test_now_is_set_apart_from_years_ago():
    text = "Три года назад природным газом пользовались 10 процентов населения области Жетысу, теперь 48."
    assert [(o.value, o.period.start.year) for o in reading(text).observations] == [(10, 2023), (48, 2026)]


@pytest.mark.parametrize(
    "text",
    [
        "Аудан орталығынан 60 шақырым жердегі ауылға таза су келді.",
        "Село в 60 километрах от райцентра получило питьевую воду.",
        "Жиынға 240 тұрғын қатысып, газ бен ауызсу туралы сұрақ қойды.",
        "На встречу о питьевой воде собрались 240 жителей.",
        "К интернету не подключены восемь школ и два медпункта района.",
        "Облыстағы сегіз мектепте әлі интернет жоқ.",
        "ИЗ ЗОНЫ УШЛИ ТРОЕ. Об индустрии и 5 процентах спорят.",
    ],
)
def test_what_only_looks_like_a_figure(text):
    assert figures(text + " Абай облысы.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # villages are not counted in a town of the title
            "В Казахстане действуют 66 индустриальных зон. На их территории запущено 860 проектов.",
            [(66, ("KZ",)), (860, ("KZ",))],
        ),
        (
            "Жетіген – Қазақстан автожолы бойында жеті антенна-діңгек орнатылды. Алматы облысында да, "
            "Алматы облысында.",
            [(7, ("KZ-19",))],
        ),
    ],
)
def test_country_and_region(text, expected):
    assert [(o.value, o.regions) for o in reading(text).observations] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Солтүстік Қазақстан облысында Есіл және Булаев топтық су құбырлары жаңғыртылуда. 1 260 "
        "шақырым құбыр тартылды.",
        "В Северо-Казахстанской области обновляют Булаевский групповой водопровод. Уложено 1 260 км труб.",
    ],
)
def test_group_pipelines_are_no_places(text):
    (found,) = reading(text).observations
    assert found.place is None
