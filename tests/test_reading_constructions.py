"""Constructions of news texts: what stands for a noun, whose place goes on, which verb a figure has."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document

DAY = dt.date(2025, 11, 1)


def figures(text):
    """(value, indicator, status, kind of the place inside or "") of every figure, in order."""
    found = read_document(Document(id="test", text=text, title="", date=DAY), gazetteer()).observations
    return [(o.value, o.indicator, o.status, o.place.kind if o.place else "") for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ақмола облысындағы отыз ауылдың он төртіне таза су тартылды.",
            [(30, "water.settlements_total", "actual", ""), (14, "water.settlements_new", "actual", "")],
        ),
        ("Маңғыстау облысында газ алты-ақ ауылда жоқ.", [(6, "gas.settlements_unserved", "actual", "")]),
        (
            "Қостанай облысындағы 60 ауылдың елу бірінде интернет бар, тоғызында жоқ.",
            [
                (60, "internet.settlements_total", "actual", ""),
                (51, "internet.settlements", "actual", ""),
                (9, "internet.settlements_unserved", "actual", ""),
            ],
        ),
        (
            "Түркістан облысында су құбыры жеті шағын шалғай ауылға тартылмақ.",
            [(7, "water.settlements_new", "planned", "")],
        ),
        ("Чистой водой в Шымкенте обеспечены более полумиллиона жителей.", [(5e5, "water.population", "actual", "")]),
        (
            "В Павлодарской области интернет есть в сорока одном селе, ещё в двадцати двух его нет.",
            [(41, "internet.settlements", "actual", ""), (22, "internet.settlements_unserved", "actual", "")],
        ),
        ("Газ в области Абай есть в трёх десятках сёл.", [(30, "gas.settlements", "actual", "")]),
        ("В Атырауской области газ получили тысячи домов.", []),
    ],
)
def test_number_words(text, expected):
    assert figures(text) == expected


def test_an_oblast_named_after_its_kind_word_in_lower_case():
    reading = read_document(Document(id="t", text="Газом по области Улытау обеспечены 9 сёл.", date=DAY), gazetteer())
    assert reading.observations[0].regions == ("KZ-62",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the district that a sentence began with goes on after it
            "В Костанайской области идёт газификация. В Камыстинском районе газ провели в четыре села. "
            "Для этого проложили 33 километра труб. К сетям подключили 210 домов.",
            [
                (4, "gas.settlements_new", "actual", "district"),
                (33, "gas.pipeline_length", "actual", "district"),
                (210, "gas.homes", "actual", "district"),
            ],
        ),
        (  # the oblast takes the text back
            "Павлодар облысында интернет тартылып жатыр. Баянауыл ауданында талшықты желі 9 ауылға жетті. "
            "Облысты толық қамтуға әлі ерте. Қазір 120 ауылда интернет бар.",
            [
                (9, "internet.settlements_fibre", "actual", "district"),
                (120, "internet.settlements", "actual", ""),
            ],
        ),
        (  # whose office speaks is not what is spoken of
            "В Жамбылской области водой обеспечены 97% жителей. Аким Кордайского района рассказал о дорогах. "
            "На водопроводы направили 4 млрд тенге.",
            [(97, "water.population_share", "actual", ""), (4e9, "water.investment", "actual", "")],
        ),
        (  # people of a town
            "Шығыс Қазақстан облысында су жүйесі жаңарды. Риддер тұрғындарының 91 пайызы құбыр суын ішеді.",
            [(91, "water.population_share", "actual", "city")],
        ),
        ("Доступ к газу в Павлодаре получили 40 тысяч павлодарцев.", [(4e4, "gas.population", "actual", "city")]),
        (  # a housing estate
            "В Актюбинской области строят сети. В жилом массиве Пригородный провели 8 км газовых труб.",
            [(8, "gas.pipeline_length", "actual", "settlement")],
        ),
        (
            "Түркістан облысында индустриялық аймақтар көп. Арыстағысы 30 гектар, Кентаудағысы 20 гектар.",
            [(30, "industry.zone_area", "actual", "city"), (20, "industry.zone_area", "actual", "city")],
        ),
        (  # a zone named in quotes alone, and a works that is none
            "Шымкентте төрт индустриялық аймақ бар. Солардың ең үлкені – «Бозарық»: мұнда 20 зауыт жұмыс істейді.",
            [(4, "industry.zones", "actual", ""), (20, "industry.projects", "actual", "zone")],
        ),
        (  # a name that the town and its district share counts villages of the district
            "Шығыс Қазақстан облысы. Зайсанда тоғыз ауылға газ құбыры тартылды.",
            [(9, "gas.settlements_new", "actual", "district")],
        ),
    ],
)
def test_the_place_goes_on_or_back(text, expected):
    assert figures(text) == expected


def test_the_place_of_a_date_line_is_not_what_the_text_is_about():
    text = "Астана, 2025 жылғы 20 қазан\n\nЕліміздегі ауылдар туралы дерек жарияланды. Оптика 2 654 ауылға жеткізілген."
    reading = read_document(Document(id="t", text=text, date=DAY), gazetteer())
    assert reading.observations[0].regions == ("KZ",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Павлодар облысында индустриялық аймақ 120 гектар жерді алып жатыр.",
            [(120, "industry.zone_area", "actual", "zone")],
        ),
        (  # each clause has its own verb
            "Қостанай облысында 40 ауылды газдандыру жоспарланған еді, соның 25-і қазір газ тұтынады.",
            [(40, "gas.settlements_new", "planned", ""), (25, "gas.settlements", "actual", "")],
        ),
        (
            "Атырау облысында қондырғы тәулігіне 10 мың текше метр ауыз су береді, кейін қуаты 30 мың текше метрге "
            "жеткізілмек.",
            [(10000, "water.capacity", "actual", ""), (30000, "water.capacity", "planned", "")],
        ),
        (
            "Маңғыстау облысында 30 мұнара орнатылды, тағы 12 мұнара орнатылмақ, байланыс жақсарады.",
            [(30, "internet.masts", "actual", ""), (12, "internet.masts", "planned", "")],
        ),
        ("Ақтөбе облысында екі мың үй газ желісіне жалғанбақ.", [(2000, "gas.homes", "planned", "")]),
        ("Абай облысында 5 ауылды газдандыру ойда бар.", [(5, "gas.settlements_new", "planned", "")]),
        (  # intentions, and a second infinitive
            "В индустриальной зоне Костаная хотят открыть пять заводов и создать триста рабочих мест.",
            [(5, "industry.projects", "planned", "zone"), (300, "industry.jobs", "planned", "zone")],
        ),
        ("Водопровод в Абайской области рассчитан на 20 тысяч жителей.", [(2e4, "water.population", "planned", "")]),
        (
            "К весне в Жетысайском районе протянут 40 км газовых труб и врежут 300 домов.",
            [(40, "gas.pipeline_length", "planned", "district"), (300, "gas.homes", "planned", "district")],
        ),
        (
            "В Кызылординской области проблем с водой меньше. Реализуемые здесь девять проектов водоснабжения помогли.",
            [(9, "water.projects", "underway", "")],
        ),
        (  # parts of a plan
            "Келесі жылы 300 ауылға оптика тартылады. Ақмола облысында – 60, Павлодар облысында – 45 ауыл.",
            [
                (300, "internet.settlements_fibre", "planned", ""),
                (60, "internet.settlements_fibre", "planned", ""),
                (45, "internet.settlements_fibre", "planned", ""),
            ],
        ),
        (
            "Оптика придёт в 500 сёл. В Костанайской области – в 120, в Павлодарской – в 90 сёл.",
            [
                (500, "internet.settlements_fibre", "planned", ""),
                (120, "internet.settlements_fibre", "planned", ""),
                (90, "internet.settlements_fibre", "planned", ""),
            ],
        ),
    ],
)
def test_the_verb_of_the_figure(text, expected):
    assert figures(text) == expected
