"""The words of the reading in all their forms: no case of a Russian noun, no form of a verb is forgotten."""

import datetime as dt

import pytest
from reading_scores import gazetteer

from geo.model import Document
from geo.reading import read_document
from geo.reading.vocabulary import load_vocabulary

# Nouns that are left in some forms only, each with its reason.
ON_PURPOSE = {
    "вода": "«сточных вод», «паводковых вод» are other subjects",
    "газ": "«парниковые газы» are another subject",
    "год": "«году» is told by years; the other cases count nothing",
    "город": "«в городе» and «городом» tell a place",
    "день": "«день» and «дню» are feasts",
    "двор": "«на дворе», «двором» in the singular count nothing",
    "зона": "one zone is told of, not counted",
    "место": "«рабочие места» are counted by their phrase",
    "раз": "«разы», «разом» mean something else",
    "рабочий": "«рабочий» is an adjective of places of work too",
    "регион": "it counts nothing; several of them are told by «регионов»",
    "район": "it counts nothing; several of them are told by «районов»",
    "сад": "one garden counts nothing",
    "связь": "«в связи с» is no network",
    "чело": "«чел» is short for «человек»",
    "хозяйство": "«сельское хозяйство» is no household",
    "производство": "in the singular the making of things",
    "душа": "«душ» alone counts people",
    "человек": "«люди» tells of people, it counts none",
    "час": "«часы» is a thing",
    "вид": "«в виде», «ввиду» count nothing",
    "куб": "«в кубе» is a shape",
    "хозяин": "one owner is no household",
    "водопровод": "«водопроводом», «водопроводе» tell what the water comes by",
    "водовод": "«водоводом», «водоводе» tell what the water comes by",
    "полив": "many waterings are never told of",
    "котельня": "nobody says «котелен»",
}
# Months stand beside a number in the genitive only («15 марта»).
MONTHS = frozenset(
    ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
)
RARE = frozenset(("V-ey", "V-oy", "V-be", "Arch", "Infr", "Slng", "Erro", "voct", "loc2", "gen2", "V-bi"))
CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
DAY = dt.date(2026, 6, 1)


# Verbs that go on, whose neighbour is done once.
IN_COURSE = (
    *("обеспечиваются", "обеспечивает", "снабжаются", "снабжает", "охватывает", "обслуживает"),
    *("подсоединяют", "присоединяют", "снабжают", "обеспечивают", "подключают", "наполняют"),
)
SAID = [
    ("На площадках промзоны Тараза запустили 55 проектов.", 55, "industry.projects", "actual"),
    ("В Павлодарской области действуют семь промышленных площадок.", 7, "industry.zones", "actual"),
    ("На заводах индустриальной зоны Тараза заняты 140 человек.", 140, "industry.jobs", "actual"),
    ("Резиденты промзоны Тараза трудоустроят 140 человек.", 140, "industry.jobs", "planned"),
    ("В промзону Рудного зайдёт 26 млрд тенге инвестиций.", 26e9, "industry.investment", "planned"),
    ("Промышленных площадок в Павлодарской области семь.", 7, "industry.zones", "actual"),
    ("Инвесторов в индустриальной зоне Тараза 17.", 17, "industry.participants", "actual"),
    ("Потребителей газа в Темиртау 1700.", 1700, "gas.subscribers", "actual"),
    ("Запуск промзоны Тараза даст 800 рабочих мест.", 800, "industry.jobs", "planned"),
    ("Новый водовод обслужит 19 тысяч жителей Балхаша.", 19000, "water.population", "planned"),
    ("Девять инвесторов готовы зайти в индустриальную зону Тараза.", 9, "industry.participants", "planned"),
    ("В Жамбылской области смонтируют 14 мачт сотовой связи.", 14, "internet.masts", "planned"),
    ("В Жамбылской области установят 14 АМС сотовой связи.", 14, "internet.masts", "planned"),
    ("В Улытау Wi-Fi работает в 26 школах.", 26, "internet.schools", "actual"),
    ("В Акмолинской области газом снабжены девять сёл.", 9, "gas.settlements", "actual"),
    ("В Акмолинской области построили пять газорегуляторных пунктов.", 5, "gas.stations", "actual"),
    ("В Жамбылской области установлены 20 ГРПШ.", 20, "gas.stations", "actual"),
    ("В Жамбылской области газ пустят в 14 аулах.", 14, "gas.settlements_new", "planned"),
    ("В Жамбылской области закончат газификацию 14 аулов.", 14, "gas.settlements_new", "planned"),
    ("Водопроводные работы в 14 аулах Абайского района в самом разгаре.", 14, "water.settlements_underway", "underway"),
    ("В Костанайской области питьевая вода поступает в 14 сёл.", 14, "water.settlements", "actual"),
    ("Негазифицированными в Улытау остаются 19 посёлков.", 19, "gas.settlements_unserved", "actual"),
    ("На стадии проработки 19 проектов в промзоне Балхаша.", 19, "industry.projects", "planned"),
    ("Рабочие места в промзоне Балхаша получат 190 человек.", 190, "industry.jobs", "planned"),
    ("В Акмолинской области КБМ установили в 40 сёлах.", 40, "water.settlements_module", "actual"),
    ("В девять аулов Кызылординской области воду возят автоцистернами.", 9, "water.settlements_trucked", "actual"),
    ("Қарағанды облысында 6 газ реттеу пункті орнатылды.", 6, "gas.stations", "actual"),
    ("Жамбыл облысында 14 мектеп жерсерігі арқылы интернетке қосылды.", 14, "internet.schools_satellite", "actual"),
    ("Жамбыл облысында 14 ауыл көгілдір отынның игілігін көреді.", 14, "gas.settlements_new", "planned"),
    ("Жезқазғанда 1800 үйге су құбыры кірді.", 1800, "water.households", "actual"),
    ("Ақтөбеде 14 мың адам су құбырынсыз отыр.", 14000, "water.population_unserved", "actual"),
    ("Ақжайық ауданында жеті ауылға су жүргізіледі.", 7, "water.settlements_new", "planned"),
    ("Қызылорда облысында тоғыз ауылға су автоцистернамен тасылады.", 9, "water.settlements_trucked", "actual"),
    ("Қостанай облысында 14 ауыл құдықтың суын ішіп отыр.", 14, "water.settlements_well", "actual"),
    ("Қостанай облысының 14 ауылында байланыс ұстамайды.", 14, "internet.settlements_unserved", "actual"),
    ("Қостанай облысында 14 ауыл ғаламторсыз отыр.", 14, "internet.settlements_unserved", "actual"),
    ("Қостанай облысында 14 мұнара монтаждалады.", 14, "internet.masts", "planned"),
    ("Қостанай облысында 14 байланыс мұнарасын орналастырмақ.", 14, "internet.masts", "planned"),
    ("Семейдің индустриялық аймағына тоғыз өндіріс орналасады.", 9, "industry.projects", "planned"),
    ("Тараздың индустриялық аймағында 140 кісі еңбек етеді.", 140, "industry.jobs", "actual"),
    ("Тараздың индустриялық аймағының аумағы 57 гектарға ұлғаяды.", 57, "industry.zone_area", "planned"),
    ("Қонаевта индустриялық аймаққа 12 жоба қояды.", 12, "industry.projects", "planned"),
    ("Жетісу облысында үш өнеркәсіптік алаң пайдалануға тапсырылды.", 3, "industry.zones", "actual"),
]
NOT_OURS = [
    "За год построено 12 спортивных площадок и 60 детских.",
    "Тепловые сети заменили на 12 километрах.",
    "Линии электропередачи протяжённостью 40 км заменят в Таразе.",
    "В зоне отдыха построили 12 домов.",
    "Цены на газ выросли на 12 процентов.",
    "На телекоммуникационном рынке работают 12 компаний.",
    "Из-за аварии без воды остались 300 домов Балхаша.",
    "Апат салдарынан Балқашта 300 үй сусыз қалды.",
    "Балқашта қарызы үшін 300 абонент газдан ажыратылды.",
    "Демалыс аймағында 17 үй салынды.",
    "Суару каналдарын тазартуға 17 трактор жұмылдырылды.",
    "Жылу желілерінің 17 шақырымы алмастырылды.",
    "Елдер арасында байланыс орнатылды, 17 құжатқа қол қойылды.",
]


@pytest.fixture(scope="module")
def analyser():
    return pytest.importorskip("pymorphy3", reason="pymorphy3 is for building and testing only").MorphAnalyzer()


def forms_of(kind, code):
    """The Russian forms of one word each, of all entries with this code."""
    terms = (term for term in load_vocabulary().of(kind) if term.language == "ru" and term.code == code)
    return {form for term in terms for form in term.forms if " " not in form}


def is_covered(word, forms):
    return word in forms or any(form.endswith("*") and word.startswith(form[:-1]) for form in forms)


def paradigm(parse):
    """Every case of a noun, in both numbers, with е for ё."""
    found = set()
    for form in parse.lexeme:
        marks = set(str(form.tag).replace(" ", ",").split(","))
        if marks & CASES and not marks & RARE:
            found.add(form.word.replace("ё", "е"))
    return found


def absent_cases(analyser, kind, code):
    """Noun → its cases that no form with this code finds.

    Of nouns that share a form, the one most of whose cases are there.
    """
    forms = forms_of(kind, code)
    absent = {}
    for form in forms:
        parses = [p for p in analyser.parse(form) if p.is_known and p.tag.POS == "NOUN" and "Abbr" not in p.tag]
        if parses:
            best = max(parses, key=lambda p: sum(is_covered(word, forms) for word in paradigm(p)))
            absent[best.normal_form.replace("ё", "е")] = {
                word for word in paradigm(best) if not is_covered(word, forms)
            }
    return {noun: words for noun, words in absent.items() if words}


def absent_vowels(analyser, kind, code):
    """Noun → its one or two cases that its own open stem does not find, nor another form with this code."""
    forms = forms_of(kind, code)
    missing = {}
    for stem in (form[:-1] for form in forms if form.endswith("*")):
        for noun in (stem + "а", stem + "я", stem + "о", stem):
            for parse in analyser.parse(noun):
                if parse.is_known and parse.tag.POS == "NOUN" and parse.normal_form == noun:
                    absent = {word for word in paradigm(parse) if not is_covered(word, forms)}
                    if len(absent) in (1, 2):
                        missing[noun] = absent
    return missing


def coded(kind):
    return sorted({term.code for term in load_vocabulary().of(kind) if term.language == "ru"})


COUNTED = [(kind, code) for kind in ("unit", "layer") for code in coded(kind)]


@pytest.mark.parametrize(("kind", "code"), COUNTED)
def test_every_case_of_a_noun_is_there(analyser, kind, code):
    absent = absent_cases(analyser, kind, code)
    assert not {noun: words for noun, words in absent.items() if noun not in ON_PURPOSE and noun not in MONTHS}


def test_no_exception_is_idle(analyser):
    absent = {noun for kind, code in COUNTED for noun in absent_cases(analyser, kind, code)}
    absent |= {noun for kind, code in COUNTED for noun in absent_vowels(analyser, kind, code)}
    assert set(ON_PURPOSE) <= absent
    assert absent >= MONTHS - {"май"}


@pytest.mark.parametrize(("kind", "code"), COUNTED)
def test_a_vowel_that_comes_and_goes_is_thought_of(analyser, kind, code):
    """«вышк*» alone does not find «вышек»."""
    assert not set(absent_vowels(analyser, kind, code)) - set(ON_PURPOSE)


@pytest.mark.parametrize("verb", IN_COURSE)
def test_what_goes_on_is_no_plan(verb):
    """The stem of a verb that is done once must leave alone the one that goes on («обеспеч*», «обеспечивает»)."""
    (figure,) = read(f"В Костанайской области питьевой водой {verb} 14 сёл.")
    assert figure.status in ("actual", "underway")


def read(text):
    return read_document(Document(id="form", text=text, title="", date=DAY), gazetteer()).observations


@pytest.mark.parametrize(("text", "value", "indicator", "status"), SAID)
def test_a_way_to_say_it(text, value, indicator, status):
    assert [(f.value, f.indicator, f.status) for f in read(text)] == [(value, indicator, status)]


@pytest.mark.parametrize("text", NOT_OURS)
def test_a_word_of_another_subject(text):
    assert not read(text)
