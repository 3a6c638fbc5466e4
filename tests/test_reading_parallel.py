"""What the press of both languages says alike: places gone on with, nouns left out, sums that are not ours."""

import pytest
from reading_of_texts import figures

GONE_ON = [
    (  # the village of the paragraph before, then the cost of its works
        "В селе Акжар Уланского района Восточно-Казахстанской области зажгли газ.\n\n"
        "По селу протянули 19 км газопровода. Стройка обошлась областному бюджету в 870 млн тенге.",
        [(19, "gas.pipeline_length", "actual", "settlement"), (870e6, "gas.investment", "actual", "settlement")],
    ),
    (
        "В посёлок Тасты Сузакского района Туркестанской области пришла вода.\n\n"
        "В посёлке построили водопровод длиной 14 км. К нему подключены 220 домов.",
        [(14, "water.pipeline_length", "actual", "settlement"), (220, "water.households", "actual", "settlement")],
    ),
    (  # the oblast after the village is the oblast again
        "В селе Акжар Уланского района Восточно-Казахстанской области зажгли газ.\n\n"
        "По селу протянули 19 км газопровода.\n\nВ области газифицировано 140 сёл.",
        [(19, "gas.pipeline_length", "actual", "settlement"), (140, "gas.settlements", "actual", "")],
    ),
    (  # a district of "this oblast"
        "В Павлодарской области газифицировали 40 сёл. В Иртышском районе этой области строят газопровод длиной 55 км.",
        [(40, "gas.settlements_new", "actual", ""), (55, "gas.pipeline_length", "underway", "district")],
    ),
    (
        "В Павлодарской области газифицировали 40 сёл. В Железинском районе того же региона подключат 6 сёл.",
        [(40, "gas.settlements_new", "actual", ""), (6, "gas.settlements_new", "planned", "district")],
    ),
]
WITH_MEANS = [
    (
        "Село Ынтымак Меркенского района Жамбылской области получило чистую воду. Длина водопровода – 8 км.",
        [(8, "water.pipeline_length", "actual", "settlement")],
    ),
    (
        "Алматы облысы Талғар ауданының Бірлік ауылында 24 шақырым газ құбыры тартылды.\n\n"
        "Ауылда 600 үй газға қосылды. Құрылысқа 1,2 млрд теңге жұмсалды.",
        [
            (24, "gas.pipeline_length", "actual", "settlement"),
            (600, "gas.homes", "actual", "settlement"),
            (1.2e9, "gas.investment", "actual", "settlement"),
        ],
    ),
    (  # a district's budget pays in the district
        "В Каратальском районе области Жетысу продолжают газификацию. По району проложено 90 км сетей.\n\n"
        "Районный бюджет потратил на газ 400 млн тенге.",
        [(90, "gas.pipeline_length", "actual", "district"), (400e6, "gas.investment", "actual", "district")],
    ),
]
LEFT_OUT = [
    (
        "В Актюбинской области продолжают вести связь. Без сети живут и жители трёх дальних аулов.",
        [(3, "internet.settlements_unserved", "actual", "")],
    ),
    (
        "В Павлодарской области вода есть в 210 сёлах. Жители двенадцати отдалённых сёл берут воду из колодцев.",
        [(210, "water.settlements", "actual", ""), (12, "water.settlements_well", "actual", "")],
    ),
    (
        "В СЭЗ «Павлодар» обещали создать 5 100 рабочих мест. К осени создано лишь 1 730.",
        [(5100, "industry.jobs", "planned", "zone"), (1730, "industry.jobs", "actual", "zone")],
    ),
    (
        "В СЭЗ «Павлодар» обещали 30 проектов. Запущено пока только 12.",
        [(30, "industry.projects", "planned", "zone"), (12, "industry.projects", "actual", "zone")],
    ),
    (
        "В Жамбылской области планировали подключить к газу 30 сёл. Подключено всего 11.",
        [(30, "gas.settlements_new", "planned", ""), (11, "gas.settlements", "actual", "")],
    ),
    (
        "В Мангистауской области интернет есть в 50 сёлах. К 32 из них подвели оптику. У 15 из них есть и 4G.",
        [
            (50, "internet.settlements", "actual", ""),
            (32, "internet.settlements_fibre", "actual", ""),
            (15, "internet.settlements_4g", "actual", ""),
        ],
    ),
    (
        "Каналы орошения Жамбылской области изношены на 71%.",
        [(71, "water.irrigation_worn_share", "actual", "")],
    ),
    (
        "В регионе намерены газифицировать ещё 27 сёл, охват населения Жамбылской области газом вырастет до 93%.",
        [(27, "gas.settlements_new", "planned", ""), (93, "gas.population_share", "planned", "")],
    ),
]
ANSWERS = [
    (
        "О газе говорим с акимом Жамбылской области.\n\n– Сколько сёл осталось без газа?\n\n– Двадцать одно.",
        [(21, "gas.settlements_unserved", "actual", "")],
    ),
    (
        "О газе говорим с акимом Жамбылской области.\n\n– Сколько домов газифицировано?\n\n– Почти 19 тысяч.",
        [(19000, "gas.homes", "actual", "")],
    ),
    (
        "Жамбыл облысы.\n\n– Интернетке қанша мектеп қосылған?\n\n– Барлығы 412.",
        [(412, "internet.schools", "actual", "")],
    ),
    (  # of years nothing is read, nor of what is said after the answer
        "О газе говорим с акимом Жамбылской области.\n\n– Сколько лет строите газопровод?\n\n– Уже шесть. Всего 40.",
        [],
    ),
]
WHOLES = [
    (  # villages, not the village before
        "Алматы облысы Талғар ауданының Бірлік ауылына су келді. Облыста қалада 99 пайыз, ауылда 97 пайыз тұрғын "
        "таза сумен қамтылған.",
        [(99, "water.population_share_urban", "actual", ""), (97, "water.population_share_rural", "actual", "")],
    ),
    (
        "До 2029 года в СЭЗ «Павлодар» откроют 5 заводов. Всего в Павлодарской области три индустриальные зоны.",
        [(5, "industry.projects", "planned", "zone"), (3, "industry.zones", "actual", "")],
    ),
    (
        "Три индустриальные зоны Туркестанской области расположены в Кентау, Арыси и Сауране.",
        [(3, "industry.zones", "actual", "")],
    ),
    (
        "Қостанай облысындағы екі индустриялық аймақ Қостанай мен Рудныйда орналасқан.",
        [(2, "industry.zones", "actual", "")],
    ),
    (
        "В Жамбылской области уровень обеспеченности жителей водой тем временем достиг 97%.",
        [(97, "water.population_share", "actual", "")],
    ),
]
NOT_OURS = [
    (  # no answer
        "В области Абай 12 сёл без воды. Сколько сёл её получат? В бюджете на этот год денег на трубы и насосы нет. "
        "Акиму 50.",
        [(12, "water.settlements_unserved", "actual", "")],
    ),
    (
        "Инвестор вернулся в область Абай и вложил 2 млрд тенге в СЭЗ «Семей».",
        [(2e9, "industry.investment", "actual", "zone")],
    ),
    ("В СЭЗ «Павлодар» прошёл аудит. По его итогам в бюджет возвращено 290 млн тенге.", []),
    ("Ревизоры проверили СЭЗ «Павлодар»: нарушений – на 1,4 млрд тенге, взыскано 90 млн тенге.", []),
    ("«Павлодар» АЭА тексерілді: 290 миллион теңге бюджетке қайтарылды, тиімсіз жұмсалғаны – 900 миллион теңге.", []),
    (  # money that came back to the state is put in all the same
        "На развитие СЭЗ «Павлодар» выделят 9 млрд тенге возвращённых активов.",
        [(9e9, "industry.investment", "planned", "zone")],
    ),
    (  # of two sums the one that is put in
        "Резиденты СЭЗ «Павлодар» вложили 27 млрд тенге и заплатили 3 млрд тенге налогов.",
        [(27e9, "industry.investment", "actual", "zone")],
    ),
    (
        "В СЭЗ «Павлодар» привлекли инвестиции на 27 млрд тенге при налоговых поступлениях в 3 млрд тенге.",
        [(27e9, "industry.investment", "actual", "zone")],
    ),
    (
        "«Павлодар» АЭА есеп берді. Инвестиция көлемі – 27 млрд теңге, салық – 3 млрд теңге.",
        [(27e9, "industry.investment", "actual", "zone")],
    ),
    (
        "В Павлодарской области интернет есть в 200 школах. Вспомнили опыт Узбекистана, где подключили 9 тысяч школ.",
        [(200, "internet.schools", "actual", "")],
    ),
    (
        "Павлодар облысында 200 мектеп интернетке қосылған. Өзбекстан тәжірибесі айтылды, онда 9 мың мектеп қосылған.",
        [(200, "internet.schools", "actual", "")],
    ),
    (  # an example followed is ours
        "По примеру Китая в Павлодарской области создали две индустриальные зоны.",
        [(2, "industry.zones", "actual", "")],
    ),
]
HABITS = [
    (
        "Түркістан облысында егістіктің 30 пайызы жаңбырлатып суарылады.",
        [(30, "water.saving_share", "actual", "")],
    ),
    (
        "Түркістан облысының Отырар ауданында 2 400 гектар жер тамшылатып суарылады.",
        [(2400, "water.saving_area", "actual", "district")],
    ),
    (
        "Түркістан облысының Отырар ауданында келесі жылы 2 400 гектар жер тамшылатып суарылады.",
        [(2400, "water.saving_area", "planned", "district")],
    ),
    (
        "Солтүстік Қазақстан облысының Тайынша қаласында 70 гектар жерге индустриялық аймақ салу көзделген.",
        [(70, "industry.zone_area", "planned", "city")],
    ),
    ("Ақтөбе облысының 150 ауылы газға қосылды.", [(150, "gas.settlements", "actual", "")]),
    ("Биыл Ақтөбе облысының 15 ауылы газға қосылды.", [(15, "gas.settlements_new", "actual", "")]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*GONE_ON, *WITH_MEANS, *LEFT_OUT, *ANSWERS, *WHOLES, *NOT_OURS, *HABITS]
)
def test_what_both_languages_say_alike(text, expected):
    assert figures(text) == expected
