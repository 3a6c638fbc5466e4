"""Works and plans of akimats' reports: stages, prices, targets, what is worn out, what a zone goes on with."""

import pytest
from reading_of_texts import figures, reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Түркістан облысының индустриялық аймақтарында 41 жоба іске асырылу кезеңінде.",
            [(41, "industry.projects", "underway", "")],
        ),
        (
            "Түркістан облысының индустриялық аймақтарында биыл бес зауыттың лентасы қиылатынын айтты.",
            [(5, "industry.projects", "planned", "")],
        ),
        (  # villages that a pipe is brought to are no level that is reached
            "Ақтөбе облысында келесі жылы тағы үш ауылға газ құбырын жеткізу жоспарда бар.",
            [(3, "gas.settlements_new", "planned", "")],
        ),
        (
            "Павлодар облысында 21 ауылдың су құбыры күрделі жөндеуден өтті, алты ауылға алғаш рет құбыр жеткізілді.",
            [(21, "water.settlements_renewed", "actual", ""), (6, "water.settlements_new", "actual", "")],
        ),
        (  # a plant to be built gives nothing yet
            "Павлодар облысында тәулігіне 2 400 текше метр су өндіретін сүзгі станциясы салынады.",
            [(2400, "water.capacity", "planned", "")],
        ),
        (
            "Ақтөбе облысының Кеңқияқ кентінде су тапшы. Кенттегі 19 шақырым су желісінің тозығы жеткен, "
            "оны ауыстыруға 840 млн теңге керегін айтты.",
            [
                (19, "water.network_repair_length", "actual", "settlement"),
                (8.4e8, "water.investment", "needed", "settlement"),
            ],
        ),
        (
            "Маңғыстау облысында 341 білім ошағында кең жолақты интернет бар. "
            "Фельдшерлік пункттердің 118-і желіге қосылды.",
            [(341, "internet.schools", "actual", ""), (118, "internet.health_facilities", "actual", "")],
        ),
        (
            "За 2025 год в Мангистауской области обновлено 87 км водопровода. Изношенными остаются 310 километров.",
            [(87, "water.pipeline_length", "actual", ""), (310, "water.network_repair_length", "actual", "")],
        ),
        (  # «туда» is where the sentence before was
            "В Мангистауской области газа нет в четырёх аулах Бейнеуского района. Туда протянут 78 км газопровода.",
            [
                (4, "gas.settlements_unserved", "actual", "district"),
                (78, "gas.pipeline_length", "planned", "district"),
            ],
        ),
        (
            "В области Жетысу на водосберегающие технологии переведено 14,6 тыс. гектаров, "
            "к 2030 году планируется довести показатель до 45 тысяч.",
            [(14600, "water.saving_area", "actual", ""), (45000, "water.saving_area", "planned", "")],
        ),
        (
            "За отчётный период к газу в области Жетысу подключено тринадцать сёл.",
            [(13, "gas.settlements_new", "actual", "")],
        ),
        (  # what is consumed, what lacks something, and boiler houses are no figures
            "Мангистауская область потребляет 220 тысяч кубометров питьевой воды в сутки.",
            [],
        ),
        (
            "Түркістан облысында индустриялық аймақтардың жетеуінде су желісі толық тартылмаған.",
            [],
        ),
        (
            "К газу в Астане подключены 11,6 тысячи частных домов и 12 из 14 районных котельных.",
            [(11600, "gas.homes", "actual", "")],
        ),
    ],
)
def test_works_and_what_they_leave(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Шымкентте газ төрт жоба бойынша тартылады, жалпы бағасы – 9,8 млрд теңге.",
            [(4, "gas.projects", "planned", ""), (9.8e9, "gas.investment", "planned", "")],
        ),
        (  # what must be reached is a target, no lack
            "Абай облысында 2028 жылға дейін орталықтандырылған су 450 ауылға жетуі керек.",
            [(450, "water.settlements_central", "target", "")],
        ),
        (
            "С начала года газ в Туркестанской области пришёл в 22 села, до декабря их число возрастёт до сорока.",
            [(22, "gas.settlements_new", "actual", ""), (40, "gas.settlements", "planned", "")],
        ),
        (
            "В нынешнем сезоне в Туркестанской области в оборот вернут 8,5 тыс. гектаров орошаемых земель.",
            [(8500, "water.irrigated_area_new", "planned", "")],
        ),
        (  # without a verb, but without the service
            "В Костанайской области развивают интернет. Полностью вне сети пока двадцать девять деревень, "
            "в них живут 1 150 человек.",
            [
                (29, "internet.settlements_unserved", "actual", ""),
                (1150, "internet.population_unserved", "actual", ""),
            ],
        ),
        (
            "В Костанайской области к скоростному интернету подключены 412 школ, 276 медучреждений.",
            [(412, "internet.schools", "actual", ""), (276, "internet.health_facilities", "actual", "")],
        ),
        (
            "В Сатпаеве заменено 41,5 км водопроводных труб, ещё 26 заменят до морозов.",
            [(41.5, "water.pipeline_length", "actual", "city"), (26, "water.pipeline_length", "planned", "city")],
        ),
        ("Интернет в области Улытау провели во все сёла, где живут больше 250 человек.", []),
        (
            "Қарағанды облысының индустриялық аймағында той өтті. Аймақ еңбеккерлерінің 35-і наградаға ие болды.",
            [],
        ),
    ],
)
def test_words_of_plans_and_lists(text, expected):
    assert figures(text) == expected


def test_a_district_named_before_is_no_town_elsewhere():
    text = (
        "Шымкент қаласы газдандырылуда. Шымкенттің Тұран және Қаратау аудандарында жұмыс жүрді. "
        "Қаратауда екі газ тарату бекеті іске қосылды."
    )
    (found,) = reading(text).observations
    assert (found.value, found.regions, found.place.kind) == (2, ("KZ-79",), "district")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("К газу в Астане подключат не менее 20 домов.", "more_than"),
        ("К газу в Астане подключат не меньше двадцати домов.", "more_than"),
        ("К газу в Астане подключат не более 20 домов.", "up_to"),
        ("К газу в Астане подключили менее 20 домов.", "less_than"),
    ],
)
def test_no_less_is_not_less(text, qualifier):
    assert [o.qualifier for o in reading(text).observations] == [qualifier]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # networks laid to a zone are works for the zone, and the text goes on with it
            "В Илийском районе Алматинской области обустроили индустриальную зону «Боралдай» на 145 га. "
            "Водопровод и газ сюда уже подвели, потратив 2,8 млрд тенге. Пока в ней четверо резидентов. "
            "Объём заявленных инвестиций превышает 95 млрд тенге.",
            [
                (145, "industry.zone_area", "actual", "zone"),
                (2.8e9, "industry.investment", "actual", "zone"),
                (4, "industry.participants", "actual", "zone"),
                (95e9, "industry.investment", "planned", "zone"),
            ],
        ),
        (
            "Қарағанды облысындағы «Сарыарқа» арнайы экономикалық аймағына 540 млрд теңге инвестиция тартылды. "
            "«Биылдың өзінде 85 миллиард теңге күтеміз», – дейді төраға.",
            [(540e9, "industry.investment", "actual", "zone"), (85e9, "industry.investment", "planned", "zone")],
        ),
    ],
)
def test_what_a_zone_goes_on_with(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В области Абай формируют пояс индустриальных площадок. Сегодня таких зон три. "
            "Суммарно они занимают 412 гектаров.",
            [(3, "industry.zones", "actual", ""), (412, "industry.zone_area", "actual", "")],
        ),
        (
            "Алматы облысында интернет бар. Облыстағы 268 мемлекеттік мекеме, 187 мектеп пен 143 дәрігерлік "
            "амбулатория бірыңғай желіге біріктірілді.",
            [
                (268, "internet.institutions", "actual", ""),
                (187, "internet.schools", "actual", ""),
                (143, "internet.health_facilities", "actual", ""),
            ],
        ),
        (  # what exceeds a size does so now, save where it is expected
            "Маңғыстау облысындағы индустриялық аймақтардың жері 2 мың гектардан асады, тағы 320 гектар бөлінеді.",
            [(2000, "industry.zone_area", "actual", ""), (320, "industry.zone_area", "planned", "")],
        ),
        (
            "Абай облысында халықты ауыз сумен қамту 99 пайыздан асады деп күтілуде.",
            [(99, "water.population_share", "planned", "")],
        ),
        (  # towns told after a colon are parts of the whole
            "Ел тұрғындарының 98,3 пайызы ауызсумен қамтылған: қалада – 99,5%, ауылда – 96,4%.",
            [
                (98.3, "water.population_share", "actual", ""),
                (99.5, "water.population_share_urban", "actual", ""),
                (96.4, "water.population_share_rural", "actual", ""),
            ],
        ),
        (
            "В Атырау под замену идут 470 километров водопроводных сетей.",
            [(470, "water.network_repair_length", "needed", "city")],
        ),
        (
            "Маңғыстау облысында су желілерінің 11 мың шақырымы тозғанын айтты.",
            [(11000, "water.network_repair_length", "actual", "")],
        ),
    ],
)
def test_the_country_and_its_parts(text, expected):
    assert figures(text) == expected


def test_about_so_much_money():
    (found,) = reading("Маңғыстау облысының индустриялық аймағына 9 миллиард теңгедей қаржы керек.").observations
    assert (found.value, found.qualifier, found.status) == (9e9, "about", "needed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the places after a colon are of the parts
            "В области Абай индустриальных зон три: две расположены в Семее, одна – в Аягозе.",
            [(3, "industry.zones", "actual", "")],
        ),
        (  # firms of a zone that make something are told of, what they make is not
            "В индустриальной зоне Семея выпускают продукцию восемь предприятий, выпуск продукции вырос на 12%.",
            [(8, "industry.participants", "actual", "city")],
        ),
    ],
)
def test_a_whole_before_its_parts(text, expected):
    assert [f for f in figures(text) if f[0] not in (2, 1)] == expected
