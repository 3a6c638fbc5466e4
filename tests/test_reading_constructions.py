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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Абай облысында 120 ауылда интернет бар, ал отыз ауыл әлі желіден тыс қалып отыр.",
            [(120, "internet.settlements", "actual", ""), (30, "internet.settlements_unserved", "actual", "")],
        ),
        (
            "Маңғыстау облысында ауыз су 50 ауылда бар, оны әлі тоғыз ауыл күтіп отыр.",
            [(50, "water.settlements", "actual", ""), (9, "water.settlements_unserved", "actual", "")],
        ),
        (
            "В Абайской области в 120 сёлах связь есть, не имеют её 14, а живёт там 900 человек.",
            [
                (120, "internet.settlements", "actual", ""),
                (14, "internet.settlements_unserved", "actual", ""),
                (900, "internet.population_unserved", "actual", ""),
            ],
        ),
        ("Жетісу облысында 9 ауыл газсыз отыр.", [(9, "gas.settlements_unserved", "actual", "")]),
        (  # shares of townspeople and of villagers
            "Среди горожан Костанайской области водопроводом пользуются 98%, среди селян – 91%.",
            [
                (98, "water.population_share_urban", "actual", ""),
                (91, "water.population_share_rural", "actual", ""),
            ],
        ),
        (
            "Павлодар облысында қалада ауыз сумен қамту 99 пайыз, ауылда 94 пайыз.",
            [
                (99, "water.population_share_urban", "actual", ""),
                (94, "water.population_share_rural", "actual", ""),
            ],
        ),
        (  # the second share leaves its sign out
            "В Карагандинской области у сельчан водой обеспечены 95 процентов, у городских – 99.",
            [
                (95, "water.population_share_rural", "actual", ""),
                (99, "water.population_share_urban", "actual", ""),
            ],
        ),
        (  # sums that leave their currency out
            "В индустриальной зоне Костаная работает 15 заводов, инвестиции составили 40 млрд.",
            [(15, "industry.projects", "actual", "zone"), (4e10, "industry.investment", "actual", "zone")],
        ),
        (
            "В Абайской области в 2025 году на газовые сети направлено 2,5 млрд тенге, в 2026-м – 3,1 млрд.",
            [(2.5e9, "gas.investment", "actual", ""), (3.1e9, "gas.investment", "planned", "")],
        ),
        (
            "Жамбыл облысында төрт индустриялық аймақ бар, соның екеуі биыл ашылды.",
            [(4, "industry.zones", "actual", ""), (2, "industry.zones_new", "actual", "")],
        ),
        (
            "Ақмола облысының бес ауылына биыл жаңа мұнара орнатылды.",
            [(5, "internet.settlements_mobile", "actual", "")],
        ),
        (
            "В Туркестанской области водой обеспечены 800 сёл, что соответствует 96-процентному охвату.",
            [(800, "water.settlements", "actual", ""), (96, "water.coverage_share", "actual", "")],
        ),
        (  # N of M is a stock, and so is the share that repeats it
            "Абай облысындағы 120 ауылдың 90-ы интернетпен қамтылды, бұл – 75 пайыз.",
            [
                (120, "internet.settlements_total", "actual", ""),
                (90, "internet.settlements", "actual", ""),
                (75, "internet.settlements_share", "actual", ""),
            ],
        ),
        (
            "В Абайской области 30 сёл берут воду из колодцев, в 7 её доставляют автотранспортом.",
            [(30, "water.settlements_well", "actual", ""), (7, "water.settlements_trucked", "actual", "")],
        ),
        (
            "В Туркестанской области капельный полив есть на 5 тыс. гектаров. "
            "В Сузакском районе введено 1,2 тыс. гектаров новых орошаемых земель.",
            [(5000, "water.saving_area", "actual", ""), (1200, "water.irrigated_area_new", "actual", "district")],
        ),
        (
            "В Актау будет введена насосная станция водоснабжения производительностью 40 тыс. м³ в сутки.",
            [(40000, "water.capacity", "planned", "city")],
        ),
    ],
)
def test_what_the_figure_measures(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a later clause has its own year and verb
            "Ақмола облысы тұрғындарының 41 пайызы газ тұтынады, келесі жылы желі тағы үш қалаға жеткізіледі.",
            [(41, "gas.population_share", "actual", "")],
        ),
        (
            "В Карагандинской области уровень газификации 20 процентов, к 2028 году намерены выйти на 40 процентов.",
            [(20, "gas.coverage_share", "actual", ""), (40, "gas.coverage_share", "planned", "")],
        ),
        (
            "Атырау облысында биыл ұзындығы 12 шақырым су құбырын тарту жұмыстары жүргізілуде.",
            [(12, "water.pipeline_length", "underway", "")],
        ),
        (
            "Әкім Жетісу облысында ұзындығы 60 шақырым газ құбыры тартылып жатқанын мәлімдеді.",
            [(60, "gas.pipeline_length", "underway", "")],
        ),
        (
            "Ақмола облысында 40 ауыл бар, оның отыз үшіне ұялы байланыс жеткен, қалған жетеуі келер жылы қамтылады.",
            [
                (40, "internet.settlements_total", "actual", ""),
                (33, "internet.settlements_mobile", "actual", ""),
                (7, "internet.settlements_mobile", "planned", ""),
            ],
        ),
        (
            "Атырау облысында тұщыту зауытының қуаты тәулігіне 20 мың текше метрден 40 мың текше метрге дейін артады.",
            [(20000, "water.capacity", "actual", ""), (40000, "water.capacity", "planned", "")],
        ),
        (
            "Шымкенттегі «Тассай» индустриялық аймағында 34 кәсіпорын тіркелген, оларда 2 мыңнан аса адам еңбектеніп "
            "жатыр.",
            [(34, "industry.participants", "actual", "zone"), (2000, "industry.jobs", "actual", "zone")],
        ),
        (
            "Қостанай облысында 45 ауылдың жұрты құдық суын пайдаланып жатыр.",
            [(45, "water.settlements_well", "actual", "")],
        ),
        (
            "В Абайской области газ есть в 12 сёлах, в стройке ещё семь.",
            [(12, "gas.settlements", "actual", ""), (7, "gas.settlements_new", "underway", "")],
        ),
        (
            "В Темиртау капитального ремонта ждут 18 км водопроводных сетей.",
            [(18, "water.network_repair_length", "needed", "city")],
        ),
        (
            "Шығыс Қазақстан облысында оптика бармаған 90 ауыл бар.",
            [(90, "internet.settlements_unserved", "actual", "")],
        ),
        ("Қарағанды облысында 4 мың үйге көгілдір от жетті.", [(4000, "gas.homes", "actual", "")]),
        (
            "В Кызылординской области 231 село, водопровод проведён в 214, в семи стоят блок-модули.",
            [
                (231, "water.settlements_total", "actual", ""),
                (214, "water.settlements_central", "actual", ""),
                (7, "water.settlements_module", "actual", ""),
            ],
        ),
        (
            "В Абайской области интернет есть в 40 сёлах, в 12 не ловит ничего.",
            [(40, "internet.settlements", "actual", ""), (12, "internet.settlements_unserved", "actual", "")],
        ),
        (
            "Абай облысында ауыз су жетпейді, жарты мыңға жуық адам суды көлікпен алады.",
            [(500, "water.population", "actual", "")],
        ),
        (
            "Жетісу облысында газдану деңгейі 72 пайыз, 2029 жылға дейін 95 пайызға жеткізу көзделген.",
            [(72, "gas.coverage_share", "actual", ""), (95, "gas.coverage_share", "planned", "")],
        ),
        (
            "В Абайской области без связи живут 14 сёл, это около двух тысяч человек.",
            [(14, "internet.settlements_unserved", "actual", ""), (2000, "internet.population_unserved", "actual", "")],
        ),
        (
            "Доля сёл Абайской области с питьевой водой выросла с 88 до 94 процентов.",
            [(94, "water.settlements_share", "actual", "")],
        ),
        (
            "В Жамбылской области будет проложено и обновлено 300 км водопроводных сетей.",
            [(300, "water.pipeline_length", "planned", "")],
        ),
        (
            "В Жамбылской области газопровод готов на 40 км, осталось построить ещё 25 км.",
            [(40, "gas.pipeline_length", "actual", ""), (25, "gas.pipeline_length", "planned", "")],
        ),
        (
            "В Жетысуской области чистую воду пьют в 120 сёлах, на очереди ещё восемь.",
            [(120, "water.settlements", "actual", ""), (8, "water.settlements_new", "planned", "")],
        ),
        (
            "В индустриальной зоне Костаная из восьми заявленных проектов работают три.",
            [(8, "industry.projects", "planned", "zone"), (3, "industry.projects", "actual", "zone")],
        ),
    ],
)
def test_the_clause_of_the_figure(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "В Павлодарской области вода чистая. На ремонт тепловых сетей, протяжённость которых 80 км, дали 2 млрд тенге.",
        "Павлодардағы индустриялық аймақтың инфрақұрылымы 45 пайызға дайын.",
        "В Павлодаре интернет стал быстрее. Компания вложит в дата-центр 10 млрд тенге.",
        "В Абайской области за газ компенсацию получили 210 человек.",
        "В Костанайской области интернет стал быстрее. Дефицит мест составляет 23 тысячи.",
        "В индустриальной зоне Костаная открыли 28 миллиардов проектов.",
        "Алматы қаласында 5 мың тұрғын газға қосылу үшін өтініш берді.",
    ],
)
def test_what_is_no_figure_of_ours(text):
    assert figures(text) == []


def test_the_size_of_villages_is_no_figure():
    text = "В Абайской области на привозной воде 6 сёл с населением до 100 человек."
    assert figures(text) == [(6, "water.settlements_trucked", "actual", "")]
