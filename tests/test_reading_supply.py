"""Shares of a number named after them, works and what they add, states told beside works, zones to be opened."""

import pytest
from reading_of_texts import figures

SHARES = [
    (
        "Доступ к интернету есть у 91,5% из 320 сёл Абайской области.",
        [(91.5, "internet.settlements_share", "actual", ""), (320, "internet.settlements_total", "actual", "")],
    ),
    (
        "Питьевую воду получают 97 процентов из 412 населённых пунктов Жамбылской области.",
        [(97, "water.settlements_share", "actual", ""), (412, "water.settlements_total", "actual", "")],
    ),
    (
        "Газом пользуются 64% из 780 тысяч жителей Актюбинской области.",
        [(64, "gas.population_share", "actual", "")],
    ),
    (
        "К газу подключены 58 процентов из 90 тысяч домов Павлодарской области.",
        [(58, "gas.population_share", "actual", "")],
    ),
    (
        "Абай облысындағы 320 ауылдың 91,5 пайызына интернет барған.",
        [(320, "internet.settlements_total", "actual", ""), (91.5, "internet.settlements_share", "actual", "")],
    ),
    (
        "Жамбыл облысында 412 елді мекеннің 97%-ы ауызсумен қамтылған.",
        [(412, "water.settlements_total", "actual", ""), (97, "water.settlements_share", "actual", "")],
    ),
    (
        "Ақтөбе облысының 780 мың тұрғынының 64 пайызы газ тұтынады.",
        [(64, "gas.population_share", "actual", "")],
    ),
    (
        "Павлодар облысындағы 90 мың үйдің 58 пайызы газға қосылған.",
        [(58, "gas.population_share", "actual", "")],
    ),
]
WORKS = [
    (
        "Строительство и модернизация водопроводов идут в 18 сёлах области Абай.",
        [(18, "water.settlements_underway", "underway", "")],
    ),
    (
        "Сейчас в 27 сёлах Костанайской области ведётся строительство и реконструкция систем водоснабжения.",
        [(27, "water.settlements_underway", "underway", "")],
    ),
    (
        "Қостанай облысының 27 ауылында су құбырларын салу және жаңғырту жұмыстары жүріп жатыр.",
        [(27, "water.settlements_underway", "underway", "")],
    ),
    (  # renewal alone is told as before
        "Реконструкция водопроводов завершена в 12 сёлах Костанайской области.",
        [(12, "water.settlements_renewed", "actual", "")],
    ),
    (
        "После обновления водовода к нему подключат ещё восемь сёл Костанайской области.",
        [(8, "water.settlements_new", "planned", "")],
    ),
    (
        "Ещё шесть сёл Абайской области подключат к водопроводу, когда закончат его реконструкцию.",
        [(6, "water.settlements_new", "planned", "")],
    ),
    (
        "Абай облысында су құбыры жаңғыртылған соң оған тағы алты ауыл қосылады.",
        [(6, "water.settlements_new", "planned", "")],
    ),
    (
        "Су құбырын жаңғырту аяқталған соң Қостанай облысында тағы төрт ауылға су келеді.",
        [(4, "water.settlements_new", "planned", "")],
    ),
    (
        "Когда обновят водовод, воду получат ещё пять сёл Жамбылской области.",
        [(5, "water.settlements_new", "planned", "")],
    ),
    (
        "За тот же период в Абайской области газифицировано 14 сёл.",
        [(14, "gas.settlements_new", "actual", "")],
    ),
    (
        "За три года в Актюбинской области газифицировано 22 села.",
        [(22, "gas.settlements_new", "actual", "")],
    ),
    (
        "За это время в Жамбылской области к газу подключены девять сёл.",
        [(9, "gas.settlements_new", "actual", "")],
    ),
    (
        "Осы кезеңде Жамбыл облысында тоғыз ауыл газдандырылды.",
        [(9, "gas.settlements_new", "actual", "")],
    ),
    (
        "Сол уақыт ішінде Абай облысында 14 ауылға газ тартылған.",
        [(14, "gas.settlements_new", "actual", "")],
    ),
]
ZONES = [
    (
        "Абай облысында жыл соңына дейін тағы үш индустриялық аймақты ашу жоспарда бар.",
        [(3, "industry.zones_new", "planned", "")],
    ),
    (
        "Жамбыл облысында бес индустриялық аймақ бар, 2027 жылға дейін тағы төртеуі іске қосылмақ.",
        [(5, "industry.zones", "actual", ""), (4, "industry.zones_new", "planned", "")],
    ),
    (
        "Жамбыл облысында бес индустриялық аймақ бар, келер жылы тағы екеуін құру көзделген.",
        [(5, "industry.zones", "actual", ""), (2, "industry.zones_new", "planned", "")],
    ),
    (
        "Қостанай облысында алдағы екі жылда тағы төрт индустриялық аймақ салынбақ.",
        [(4, "industry.zones_new", "planned", "")],
    ),
    (
        "Алматы облысында жеті индустриялық аймақ жұмыс істейді, тағы үшеуін ашу жоспарланып отыр.",
        [(7, "industry.zones", "actual", ""), (3, "industry.zones_new", "planned", "")],
    ),
    (
        "В Абайской области до конца года намерены открыть ещё три индустриальные зоны.",
        [(3, "industry.zones_new", "planned", "")],
    ),
    (
        "В Жамбылской области работают пять индустриальных зон, ещё две планируют создать в следующем году.",
        [(5, "industry.zones", "actual", ""), (2, "industry.zones_new", "planned", "")],
    ),
    (
        "Индустриальных зон в области станет больше: ещё четыре ИЗ в Костанайской области будут созданы к концу года.",
        [(4, "industry.zones_new", "planned", "")],
    ),
    (  # so many there are to be in all
        "К 2028 году в Костанайской области число индустриальных зон доведут до девяти.",
        [(9, "industry.zones", "planned", "")],
    ),
]
SUPPLYING = [
    (
        "Жамбыл облысының 24 ауылын ауызсумен қамтып отырған су құбыры қайта жаңғыртылып жатыр.",
        [(24, "water.settlements_central", "actual", "")],
    ),
    (
        "Абай облысында 31 мың тұрғынды таза сумен қамтамасыз етіп отырған желіні жаңарту жүріп жатыр.",
        [(31000, "water.population", "actual", "")],
    ),
    (
        "Қызылорда облысында 19 ауылға су беріп отырған топтық құбыр келесі жылы жөнделеді.",
        [(19, "water.settlements", "actual", "")],
    ),
    (
        "Түркістан облысының 46 ауылын газбен қамтып жатқан құбырды жаңарту жоспарланған.",
        [(46, "gas.settlements", "actual", "")],
    ),
    (
        "Водовод, снабжающий 24 села Жамбылской области, реконструируют.",
        [(24, "water.settlements", "actual", "")],
    ),
    (
        "В Абайской области идёт обновление сети, обеспечивающей питьевой водой 31 тысячу жителей.",
        [(31000, "water.population", "actual", "")],
    ),
    (
        "Групповой водопровод, который подаёт воду в 19 сёл Кызылординской области, отремонтируют в следующем году.",
        [(19, "water.settlements_central", "actual", "")],
    ),
    (
        "Планируется заменить газопровод, снабжающий газом 46 сёл Туркестанской области.",
        [(46, "gas.settlements", "actual", "")],
    ),
]
COUNTRYWIDE = [
    (
        "СЭЗ «Павлодар» – одна из 17 действующих в Казахстане. Её площадь – 3 300 га.",
        [(17, "industry.sez", "actual", ""), (3300, "industry.zone_area", "actual", "zone")],
    ),
    (
        "Территория СЭЗ «Павлодар», одной из 16 работающих в Казахстане, занимает 3 300 га. Здесь создадут 900 рабочих "
        "мест.",
        [
            (16, "industry.sez", "actual", ""),
            (3300, "industry.zone_area", "actual", "zone"),
            (900, "industry.jobs", "planned", "zone"),
        ],
    ),
    (
        "СЭЗ «Павлодар» – одна из семнадцати в стране. Здесь работают 45 участников.",
        [(17, "industry.sez", "actual", ""), (45, "industry.participants", "actual", "zone")],
    ),
    (
        "СЭЗ «Павлодар» входит в число 17 экономических зон Казахстана. На её территории работают 45 участников.",
        [(17, "industry.sez", "actual", ""), (45, "industry.participants", "actual", "zone")],
    ),
    (
        "«Павлодар» – еліміздегі 17 арнайы экономикалық аймақтың бірі. Оның аумағы – 3 300 гектар.",
        [(17, "industry.sez", "actual", ""), (3300, "industry.zone_area", "actual", "zone")],
    ),
    (
        "Қазақстанда 17 АЭА жұмыс істейді, солардың бірі – «Павлодар» АЭА. Мұнда 45 қатысушы тіркелген.",
        [(17, "industry.sez", "actual", ""), (45, "industry.participants", "actual", "zone")],
    ),
    (
        "Елімізде 16 арнайы экономикалық аймақ бар, соның бірі – «Павлодар» АЭА. Оның аумағы 3 300 гектар.",
        [(16, "industry.sez", "actual", ""), (3300, "industry.zone_area", "actual", "zone")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_a_share_is_of_what_is_counted_beside_it(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(("text", "expected"), WORKS)
def test_works_going_on_and_villages_added_are_no_renewal(
    text: str, expected: list[tuple[float, str, str, str]]
) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(("text", "expected"), ZONES)
def test_zones_that_will_be_opened_are_new(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(("text", "expected"), SUPPLYING)
def test_what_a_network_supplies_is_so_whatever_works_go_on(
    text: str, expected: list[tuple[float, str, str, str]]
) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(("text", "expected"), COUNTRYWIDE)
def test_one_of_the_zones_of_the_country_keeps_its_own_figures(
    text: str, expected: list[tuple[float, str, str, str]]
) -> None:
    assert figures(text) == expected
