"""Parts of an enumeration, which say what their whole says, and a lack that only a later verb tells."""

import pytest
from reading_of_texts import figures

UNDERWAY, NEW, UNSERVED = "water.settlements_underway", "gas.settlements_new", "internet.settlements_unserved"
PARTS = [
    (
        "Жетісу облысында 21 ауылда су құбыры салынып жатыр, оның ішінде Алакөл ауданында – 8, "
        "Сарқан ауданында – 5 ауыл.",
        [(21, UNDERWAY, "underway", ""), (8, UNDERWAY, "underway", "district"), (5, UNDERWAY, "underway", "district")],
    ),
    (
        "Абай облысының 14 ауылына таза су тартылуда, соның ішінде Аягөз ауданында алты, Бородулиха "
        "ауданында үш ауыл бар.",
        [(14, UNDERWAY, "underway", ""), (6, UNDERWAY, "underway", "district"), (3, UNDERWAY, "underway", "district")],
    ),
    (
        "Түркістан облысында биыл 30 ауыл газға қосылады, оның ішінде Сауран ауданында – 12, "
        "Ордабасы ауданында – 7 ауыл бар.",
        [(30, NEW, "planned", ""), (12, NEW, "planned", "district"), (7, NEW, "planned", "district")],
    ),
    (
        "Абай облысының 38 ауылында интернет жоқ, соның ішінде Абай ауданында – 11, Жарма ауданында – 9 ауыл.",
        [(38, UNSERVED, "actual", ""), (11, UNSERVED, "actual", "district"), (9, UNSERVED, "actual", "district")],
    ),
    (
        "Водопроводы строят в 26 сёлах Абайской области, из них восемь находятся в Жарминском "
        "районе, пять – в Аягозском.",
        [(26, UNDERWAY, "underway", ""), (8, UNDERWAY, "underway", "district"), (5, UNDERWAY, "underway", "district")],
    ),
    (
        "В этом году к газу подключат ещё 11 сёл Туркестанской области: семь в Сауранском районе и "
        "четыре в Ордабасинском.",
        [(11, NEW, "planned", ""), (7, NEW, "planned", "district"), (4, NEW, "planned", "district")],
    ),
    (
        "Газ в Жамбылской области есть в 214 сёлах, включая шесть сёл, подключённых в прошлом году.",
        [(214, "gas.settlements", "actual", ""), (6, NEW, "actual", "")],
    ),
    (
        "Жамбыл облысында 214 ауыл газ тұтынады, оның ішінде былтыр қосылған алты ауыл бар.",
        [(214, "gas.settlements", "actual", ""), (6, NEW, "actual", "")],
    ),
    (
        "Без интернета в Абайской области 38 сёл. Чаще всего он отсутствует в Абайском (11) и Жарминском (9) районах.",
        [(38, UNSERVED, "actual", ""), (11, UNSERVED, "actual", "district"), (9, UNSERVED, "actual", "district")],
    ),
    (
        "Больше всего сёл без газа в Аягозском (23) и Урджарском (18) районах Абайской области.",
        [
            (23, "gas.settlements_unserved", "actual", "district"),
            (18, "gas.settlements_unserved", "actual", "district"),
        ],
    ),
    (
        "Интернетсіз ауылдар Абай облысының Аягөз (13) және Үржар (8) аудандарында көп.",
        [(13, UNSERVED, "actual", "district"), (8, UNSERVED, "actual", "district")],
    ),
    (  # of what sort they are, behind a dash
        "В Актюбинской области без интернета 41 село, из них 30 – с населением до пятидесяти человек.",
        [(41, UNSERVED, "actual", ""), (30, UNSERVED, "actual", "")],
    ),
]
LACKING_LATER = [
    (
        "Абай облысындағы 320 ауылдың 91 пайызы ғана интернетке қосылған, ал 29 ауылда, соның ішінде Жарма ауданының "
        "8 ауылында, байланыс мүлде жоқ.",
        [
            (320, "internet.settlements_total", "actual", ""),
            (91, "internet.settlements_share", "actual", ""),
            (29, UNSERVED, "actual", ""),
            (8, UNSERVED, "actual", "district"),
        ],
    ),
    (
        "Ұлытау облысының 12 ауылында, оның ішінде Жаңаарқа ауданының 5 ауылында, ауызсу құбыры әлі жоқ.",
        [
            (12, "water.settlements_unserved", "actual", ""),
            (5, "water.settlements_unserved", "actual", "district"),
        ],
    ),
    (
        "Жетісу облысында 40 ауылға, соның ішінде Кербұлақ ауданының 9 ауылына, газ әлі жеткен жоқ.",
        [(40, "gas.settlements_unserved", "actual", ""), (9, "gas.settlements_unserved", "actual", "district")],
    ),
    (
        "Абай облысында 371 ауыл интернетпен қамтылған, ал 19 ауыл, оның алтауы Үржар ауданында, "
        "желіге әлі қосылмаған.",
        [
            (371, "internet.settlements", "actual", ""),
            (19, UNSERVED, "actual", ""),
            (6, UNSERVED, "actual", "district"),
        ],
    ),
    (
        "Интернет есть в 371 селе Абайской области, а в 19 сёлах, в том числе в шести сёлах Урджарского района, "
        "его совсем нет.",
        [
            (371, "internet.settlements", "actual", ""),
            (19, UNSERVED, "actual", ""),
            (6, UNSERVED, "actual", "district"),
        ],
    ),
    (
        "В 12 сёлах области Улытау, включая пять сёл Жанааркинского района, водопровода до сих пор нет.",
        [
            (12, "water.settlements_unserved", "actual", ""),
            (5, "water.settlements_unserved", "actual", "district"),
        ],
    ),
    (
        "В 40 сёл области Жетысу, в том числе в девять сёл Кербулакского района, газ ещё не пришёл.",
        [(40, "gas.settlements_unserved", "actual", ""), (9, "gas.settlements_unserved", "actual", "district")],
    ),
    (
        "Семь сёл Абайской области, из них три в Жарминском районе, к водопроводу до сих пор не подключены.",
        [
            (7, "water.settlements_unserved", "actual", ""),
            (3, "water.settlements_unserved", "actual", "district"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_a_part_says_what_the_whole_says(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(("text", "expected"), LACKING_LATER)
def test_a_lack_told_by_a_later_verb_is_of_the_whole_and_of_its_part(
    text: str, expected: list[tuple[float, str, str, str]]
) -> None:
    assert figures(text) == expected
