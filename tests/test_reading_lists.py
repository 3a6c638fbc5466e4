"""Kazakh lists and short clauses: what a number leaves out, whose verb stands where, what is told of the rest."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2025, 11, 1)


def figures(text):
    """(value, indicator, status) of every figure, in order."""
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    return [(o.value, o.indicator, o.status) for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Атырау облысында 22 ауыл интернеттен тыс жатыр.",
            [(22, "internet.settlements_unserved", "actual")],
        ),
        (
            "Жамбыл облысында 17 ауылға газ құбыры салынып жатыр.",
            [(17, "gas.settlements_new", "underway")],
        ),
        (
            "Ауыз су жайы әртүрлі. Жарма ауданында 20 ауыл болса, 15-інде орталық құбыр бар, төртеуі құдықтан, "
            "біреуі тасымал су ішеді.",
            [
                (20, "water.settlements_total", "actual"),
                (15, "water.settlements_central", "actual"),
                (4, "water.settlements_well", "actual"),
                (1, "water.settlements_trucked", "actual"),
            ],
        ),
        (
            "Елімізде 6 200 ауыл болса, 4 900-ге жуығында мобильді интернет бар.",
            [(6200, "internet.settlements_total", "actual"), (4900, "internet.settlements_mobile", "actual")],
        ),
        (
            "Ақтөбе облысындағы 300 ауылдың 260-ында мобильді интернет жұмыс істейді, қалғандарында байланыс жоқ.",
            [(300, "internet.settlements_total", "actual"), (260, "internet.settlements_mobile", "actual")],
        ),
        (
            "Ақтөбе облысында былтыр газды 40 ауыл тұтынған еді, биыл тізім тағы алты ауылға ұзарды.",
            [(40, "gas.settlements", "actual"), (6, "gas.settlements_new", "actual")],
        ),
        (
            "Абай облысында газбен қамту 41 пайыздан асты, келер жылы 50-ге жетеміз.",
            [(41, "gas.coverage_share", "actual"), (50, "gas.coverage_share", "planned")],
        ),
        (
            "Батыс Қазақстанда халықтың 94 пайызы құбыр суын ішеді, қалған алты пайызы тасымал суға тәуелді.",
            [(94, "water.population_share", "actual")],
        ),
        (
            "Ұлытау облысында жеті ауылды қоспағанда, еш жерде газ жоқ.",
            [(7, "gas.settlements", "actual")],
        ),
        (
            "Павлодар облысында 14 ауылды есептемегенде, елді мекендер түгел газдандырылған.",
            [(14, "gas.settlements_unserved", "actual")],
        ),
        (
            "Қызылорда облысында 30 ауыл топтық су құбырына қосылды.",
            [(30, "water.settlements_new", "actual")],
        ),
        (
            "Қостанай облысында биыл жөнделген су құбырларының сегізі іске қосылды.",
            [(8, "water.pipelines", "actual")],
        ),
        (
            "Алматыда индустриялық аймақтар саны алтыға жетті, былтыр олар төртеу еді.",
            [(6, "industry.zones", "actual"), (4, "industry.zones", "actual")],
        ),
    ],
)
def test_lists_and_their_rest(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Атыраудағы арнайы экономикалық аймақта 20 кәсіпорын бар. Олар 2 100 тұрғынға жұмыс беріп отыр.",
            [(20, "industry.participants", "actual"), (2100, "industry.jobs", "actual")],
        ),
        ("Семейдегі индустриялық аймаққа бес жоба іріктелді.", [(5, "industry.projects", "planned")]),
        (
            "Абай облысында халықтың 30 пайызы газ тұтынады. 2029 жылға қарай межені 55 пайызға жеткізу көзделген.",
            [(30, "gas.population_share", "actual"), (55, "gas.population_share", "planned")],
        ),
        (
            "Павлодар облысында 16 ауылда интернет нашар, тоғызы мүлде байланыссыз.",
            [(16, "internet.settlements_unserved", "actual"), (9, "internet.settlements_unserved", "actual")],
        ),
        (
            "Шығыс Қазақстанда су құбырының 70 шақырымы тозып тұр, оған министрліктен 600 млн теңге сұралған.",
            [(70, "water.network_repair_length", "actual"), (6e8, "water.investment", "needed")],
        ),
        (
            "Қостанай облысында көгілдір отынға 80 әлеуметтік нысан қосылды, тағы жиырмасы кезек күтіп тұр.",
            [(80, "gas.facilities", "actual"), (20, "gas.facilities", "planned")],
        ),
        (
            "Жетісу облысында былтыр 12 ауылға газ келсе, биыл 19 ауылға құбыр тартпақпыз.",
            [(12, "gas.settlements_new", "actual"), (19, "gas.settlements_new", "planned")],
        ),
        (
            "Жамбыл облысында биыл 9 ауылға газ берілді, келер жылы тағы сонша ауыл қосылмақ.",
            [(9, "gas.settlements_new", "actual"), (9, "gas.settlements_new", "planned")],
        ),
        (
            "Жамбыл облысында биыл 9 ауылға газ берілді, жұрт сонша қуанды.",
            [(9, "gas.settlements_new", "actual")],
        ),
        ("Түркістан облысында 3 мың тұрғын ауыз суға әлі зәру.", [(3000, "water.population_unserved", "needed")]),
    ],
)
def test_words_of_plans_jobs_and_needs(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Жетісу облысында 31 ауыл газсыз отыр, Абайда – 24, Қостанайда небәрі он екі.",
            [(31, "KZ-33"), (24, "KZ-10"), (12, "KZ-39")],
        ),
        (
            "Түркістан облысында 18 ауыл байланыссыз отыр, Ұлытауда – алтау, Жамбылда бесеу ғана.",
            [(18, "KZ-61"), (6, "KZ-62"), (5, "KZ-31")],
        ),
        (
            "Ақмола облысында 26 елді мекен интернеттен тыс қалған, Солтүстік Қазақстанда – 19.",
            [(26, "KZ-11"), (19, "KZ-59")],
        ),
    ],
)
def test_a_list_that_goes_on_with_places_and_numbers(text, expected):
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    assert [(o.value, *o.regions) for o in found] == expected
    assert {o.indicator.split(".")[1] for o in found} == {"settlements_unserved"}
    assert {o.status for o in found} == {"actual"}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        (
            "Алматы облысы кеңейді. Алматыда құбыр бұрыннан бар: мегаполис халқының 97 пайызы газ тұтынады.",
            ("KZ-75",),
        ),
        ("Тараздан хабар. Көкшетауда жағдай жақсы: қала тұрғындарының 96 пайызы таза су ішеді.", ("KZ-11",)),
    ],
)
def test_the_town_that_the_sentence_itself_named(text, regions):
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    assert [o.regions for o in found] == [regions]


def test_a_district_is_known_by_its_bare_name_once_the_text_has_named_it():
    text = "Исатай ауданында 5 ауыл газ алды. Индер ауданында 3 ауыл газ алды. Исатайда 900 тұрғын таза су ішеді."
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    assert [o.place.name.split()[0] for o in found] == ["Исатай", "Индер", "Исатай"]


def test_a_man_of_the_same_name_is_no_district():
    text = "Индер ауданында 3 ауыл газ алды. Исатай да риза: ауданда 900 тұрғын таза су ішеді."
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    assert [o.place.name.split()[0] for o in found] == ["Индер", "Индер"]
