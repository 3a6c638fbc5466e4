"""The bulletins: cards, language, wording of our own, and the figures that were to be restated."""

import csv
import json
import math
import re
from collections import defaultdict
from pathlib import Path

import pytest

from geo.catalogue import load_catalogue
from geo.documents import document_from_text, load_document
from geo.gazetteer import load_gazetteer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "seeds" / "documents"
ORIGINALS = ROOT.parent / "shared" / "seeds"
PATHS = sorted(FOLDER.glob("*.txt"))
BULLETINS = {path.name: load_document(path) for path in PATHS}
BODIES = {name: document.text[document.body_start :] for name, document in BULLETINS.items()}
GOLD = [json.loads(line) for line in (ROOT / "tests/gold/bulletins.jsonl").read_text("utf-8").splitlines()]
with open(ROOT / "tests/gold/coverage.csv", encoding="utf-8", newline="") as table:
    COVERAGE = list(csv.DictReader(table))

KEYS = {
    *("title", "language", "source_title", "source_language", "publisher"),
    *("date", "date_basis", "url", "seen", "licence"),
}
each_bulletin = pytest.mark.parametrize("name", BULLETINS)


# The card


@each_bulletin
def test_the_card_is_complete_and_valid(name):
    document = BULLETINS[name]
    card = document.card
    assert set(card) == KEYS
    assert all(card[key] for key in KEYS - {"url"})
    assert card["language"] in ("kk", "ru")
    assert re.fullmatch(r"[a-z]{2}", card["source_language"])
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", card["date"])
    assert card["date_basis"] in ("stated", "inferred")
    assert card["seen"] in ("whole", "part")
    assert document.url == card["url"], "the address is not one that a browser opens"
    assert document.kind == "bulletin"


@each_bulletin
def test_the_name_tells_place_topic_and_year(name):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+-\d{4}(-\d\d)?\.txt", name)
    named = re.search(r"\d{4}(-\d\d)?", name)[0]
    assert BULLETINS[name].card["date"].startswith(named)


@each_bulletin
def test_the_language_is_that_of_the_text(name):
    assert document_from_text(BODIES[name]).language == BULLETINS[name].card["language"]


def test_about_half_of_the_bulletins_are_in_each_language():
    kazakh = sum(document.language == "kk" for document in BULLETINS.values())
    assert 0.4 <= kazakh / len(BULLETINS) <= 0.6


def test_one_source_makes_one_bulletin():
    sources = [document.url for document in BULLETINS.values() if document.url]
    assert len(sources) == len(set(sources))


# The wording


@each_bulletin
def test_the_text_is_prose(name):
    lines = [line for line in BODIES[name].splitlines() if line]
    assert all(re.search(r"[.!?»]$", line) for line in lines), "a paragraph that ends without a full stop"
    assert not any(re.match(r"[-*•]\s|\d+[.)]\s", line) for line in lines), "a list"
    assert 20 <= len(BODIES[name].split()) <= 400


@each_bulletin
def test_no_letter_of_the_wrong_alphabet_hides_in_a_word(name):
    assert re.findall(r"\b\w*(?:[a-zA-Z][а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ]|[а-яёәғқңөұүһі][a-zA-Z])\w*", BODIES[name]) == []


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def test_no_sentence_is_copied_from_the_founding_articles():
    originals = sorted(ORIGINALS.glob("*.txt"))
    if not originals:
        pytest.skip("the founding articles are not in ../shared/seeds beside this repository")
    known = set().union(*(runs(path.read_text("utf-8")) for path in originals))
    assert {name: found for name in BULLETINS if (found := runs(BULLETINS[name].text) & known)} == {}


# The figures expected

WORDS = {
    **{"бесеуі": 5, "алты": 6, "екі": 2, "үш": 3, "жүзден": 100, "мыңға": 1000},
    **{"шести": 6, "десяти": 10},
}
SCALES = {
    **{"мың": 1e3, "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "трлн": 1e12},
}
NUMBER = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(,\d+)?(?:-[а-яәғқңөұүһі]+)?(?:\s+(мың|тыс|млн|млрд|трлн))?")


def numbers_in(text: str) -> set[float]:
    """The numbers of ``text`` as a person reads them: spaces between thousands, a decimal comma, a scale word."""
    found = {float(value) for word, value in WORDS.items() if re.search(rf"\b{word}\b", text.lower())}
    for whole, part, scale in NUMBER.findall(text):
        found.add(round(float(whole.replace(" ", "") + part.replace(",", ".")) * SCALES.get(scale, 1), 4))
    return found


def test_the_test_reads_numbers_as_a_person_does():
    assert numbers_in("2 397 гектар, 563-ке жетті, 39,5 млрд теңге, 12,3 тыс. человек, соның бесеуі") == {
        *(2397, 563, 39.5e9, 12_300, 5)
    }


@each_bulletin
def test_its_expected_figures_stand_in_it(name):
    for fact in (fact for fact in GOLD if fact["doc"] == name):
        assert BODIES[name].count(fact["quote"]) == 1, fact["quote"]
        start = BODIES[name].index(fact["quote"])
        # A scale word may follow the quote: «144 мың» quoted as far as the number alone is the same number.
        wider = BODIES[name][start : start + len(fact["quote"]) + 6]
        numbers = numbers_in(fact["quote"]) | numbers_in(wider)
        assert any(math.isclose(fact["value"], number, rel_tol=1e-9) for number in numbers), fact["quote"]


def test_the_expected_figures_use_the_words_of_the_catalogue():
    catalogue = load_catalogue()
    codes = {code for code in load_gazetteer().places if re.fullmatch(r"KZ(-\d\d)?", code)}
    assert len(codes) == 21
    for fact in GOLD:
        for code in fact["indicator"]:
            assert catalogue.indicator(code).layer == fact["layer"]
        assert catalogue.indicator(fact["indicator"][0]).unit == fact["unit"]
        places = fact["place"] if isinstance(fact["place"], list) else [fact["place"]]
        assert {code for place in places for code in place.split("+")} <= codes
        assert set(fact["status"]) <= {"actual", "underway", "planned", "target", "needed"}


def expected_figures(place: str) -> set[tuple[str, float, str]]:
    """(indicator, value, status) of every figure expected for ``place``, in all bulletins."""
    return {
        (code, fact["value"], status)
        for fact in GOLD
        if place in ([fact["place"]] if isinstance(fact["place"], str) else fact["place"])
        for code in fact["indicator"]
        for status in fact["status"]
    }


def wanted_figures(listed: str) -> set[tuple[str, float, str]]:
    """What «indicator value [status], …» asks for; actual where no status is named."""
    rows = [[*entry.split(), "actual"] for entry in listed.split(",")]
    return {(row[0], float(row[1]), row[2]) for row in rows}


SEVEN_OBLASTS = "KZ-31+KZ-35+KZ-43+KZ-55+KZ-15+KZ-11+KZ-61"
FOUNDING = {
    "KZ-61": """
        gas.population_share 85.5 actual, gas.population_share 88.9 target, gas.settlements 563 actual,
        gas.settlements_new 53 actual, gas.settlements_new 37 planned, water.settlements_share 95 actual,
        water.settlements 763 actual, water.settlements_new 30 planned, water.settlements_renewed 11 planned,
        water.saving_area 55000 actual, water.saving_area 400000 planned, water.saving_area 32000 actual,
        internet.schools 1000 actual, internet.schools_satellite 300 actual, internet.settlements_fibre 372 planned,
        internet.schools 274 planned, internet.health_facilities 258 planned,
        internet.health_facilities_share 85 actual,
        industry.zones 20 actual, industry.zone_area 2397 actual, industry.projects 50 actual,
        industry.projects 98 planned, industry.jobs 2603 actual, industry.investment 39.5e9 actual,
        industry.investment 152e9 planned, industry.zone_area 30 actual, industry.zone_area 180 actual,
        industry.projects 9 underway, industry.investment 115e9 underway, industry.zone_area 365 actual,
        industry.zone_area 50 actual, industry.investment 123e9 planned, industry.jobs 3000 planned""",
    "KZ": """
        industry.zones 55 actual, internet.fibre_length 3000 actual, internet.fibre_length 20000 planned,
        internet.settlements_fibre 56 actual, internet.settlements_broadband 685 planned,
        internet.settlements_fibre 1250 planned, internet.institutions 3718 planned,
        internet.institutions 177 actual""",
    SEVEN_OBLASTS: "internet.settlements_broadband 200 actual",
    "KZ-15": """
        internet.settlements 294 actual, internet.settlements_mobile 270 actual,
        internet.settlements_satellite 24 actual, internet.settlements_unserved 17 actual,
        internet.settlements_fibre 206 planned, internet.masts 17 planned""",
    "KZ-31": """
        internet.settlements_fibre 199 actual, internet.settlements_total 372 actual,
        internet.settlements_fibre 30 planned, internet.settlements_fibre 86 planned,
        internet.settlements_fibre 44 planned, internet.settlements_fibre 10 planned,
        internet.schools_satellite 53 actual, internet.settlements_mobile 18 actual,
        internet.settlements_mobile 68 planned, internet.settlements_mobile 31 actual,
        internet.settlements_mobile 61 planned, internet.settlements_mobile_upgraded 51 planned,
        internet.masts 7 planned, internet.settlements 120 planned""",
    "KZ-33": """
        gas.population_share 10 actual, gas.population 180000 needed, water.population_share 90 actual,
        water.network_repair_length 1200 needed, water.irrigation_worn_share 70 actual,
        water.irrigated_area_new 18000 planned, industry.projects 162 planned, industry.jobs 7000 planned""",
}
NAMED_PLACES = {
    "turkistan-infrastructure-2025-10.txt": ["әуежай", "арнайы экономикалық", "Сауран", "Оранғай", "Атакент", "Отырар"],
    "jambyl-internet-2024.txt": ["Шақпақата – Отар"],
    "jetisu-infrastructure-2022.txt": [
        *("Алматы – Талдықорған", "Талдықорған – Үшарал", "Текелі", "Қорғас – Шығыс қақпасы", "Достық"),
        *("Ақсу", "Сарқан", "Алакөл", "Кербұлақ"),
    ],
}


@pytest.mark.parametrize("place", FOUNDING)
def test_what_the_founding_articles_tell_is_expected(place):
    assert wanted_figures(FOUNDING[place]) - expected_figures(place) == set()


@pytest.mark.parametrize("name", NAMED_PLACES)
def test_the_places_of_the_founding_articles_are_named(name):
    assert [place for place in NAMED_PLACES[name] if place not in BODIES[name]] == []


# The best known figures of each region, by the notes the bulletins were written from; actual unless said otherwise.
AT_A_GLANCE = {
    "KZ-10": "water.population_share 95.5, internet.settlements_unserved 74, industry.zone_area 96",
    "KZ-11": "gas.population 20000, water.settlements_share 100, internet.settlements_4g 227, industry.zone_area 600",
    "KZ-15": "gas.population_share 95.6, water.population_share 99.2, internet.settlements 294, industry.zone_area 858",
    "KZ-19": "gas.population_share 77, gas.settlements_share 55.3, internet.settlements_broadband 349",
    "KZ-23": "gas.population_share 99.9, water.population_share 99.9, industry.investment 7.4e9 underway",
    "KZ-27": "gas.population_share 99.8, gas.settlements 366, internet.settlements_unserved 63",
    "KZ-31": "gas.population_share 91.3, water.population_share_rural 97.1, industry.zone_area 505",
    "KZ-33": "gas.population_share 72, gas.settlements 126, industry.zone_area 5431.5",
    "KZ-35": "gas.homes 5771, water.population_share 98.7, internet.settlements 219, industry.projects 13",
    "KZ-39": "gas.population_share 59.6, gas.settlements_share 16.8, water.population_share_urban 99",
    "KZ-43": "gas.coverage_share 83, water.settlements_share 100",
    "KZ-47": "internet.settlements 55, industry.zone_area 9814.503",
    "KZ-55": "water.settlements_central 232, internet.settlements_share 97.4, industry.jobs 1195",
    "KZ-59": "water.settlements_share 100, internet.settlements_share 64.56, industry.projects 5, industry.jobs 700",
    "KZ-61": "gas.population_share 81.5, internet.settlements_mobile 739, industry.zones 14, industry.zones 9",
    "KZ-62": "gas.coverage_share 9.1, water.population_share_urban 100, water.population_share_rural 99.9",
    "KZ-63": "gas.settlements 9, water.population_share_urban 99.9, internet.settlements 234",
    "KZ-71": "gas.coverage_share 97, industry.zone_area 432 planned",
    "KZ-75": "gas.coverage_share 99.4, water.coverage_share 99.6, industry.zone_area 194 planned",
    "KZ-79": "gas.population 25000, water.population_share 95.6, industry.zones 7, industry.zone_area 1276",
    "KZ": """gas.coverage_share 64.2, gas.population_share 62.4, water.coverage_share 100, internet.settlements 4906,
        industry.sez 17, industry.sez 16, industry.zones 66""",
}


@pytest.mark.parametrize("place", AT_A_GLANCE)
def test_the_best_known_figures_of_each_region_are_expected(place):
    assert wanted_figures(AT_A_GLANCE[place]) - expected_figures(place) == set()


def test_every_figure_of_the_table_of_sources_is_expected_in_its_bulletin():
    expected = defaultdict(list)
    for fact in GOLD:
        expected[fact["doc"].removesuffix(".txt")].append(fact)
    assert COVERAGE
    for row in COVERAGE:
        assert any(
            row["indicator"] in fact["indicator"]
            and float(row["value"]) == fact["value"]
            and row["status"] in fact["status"]
            and row["region"] in ([fact["place"]] if isinstance(fact["place"], str) else fact["place"])
            for fact in expected[row["bulletin"]]
        ), row


# What the reading finds


@pytest.fixture(scope="module")
def found():
    """The observations of every bulletin by its file name."""
    from geo.reading import read_document

    gazetteer = load_gazetteer()
    return {name: read_document(document, gazetteer).observations for name, document in BULLETINS.items()}


def holds(fact: dict, observation) -> bool:
    """Whether the observation is the fact: what is counted, where, how far it is done, and whose figure it is."""
    places = [fact["place"]] if isinstance(fact["place"], str) else fact["place"]
    inside = bool(observation.place) and observation.place.kind not in ("country", "region", "group", "oblast")
    inside &= not (observation.place and re.fullmatch(r"KZ-7[159]", observation.place.id))
    return (
        observation.indicator in fact["indicator"]
        and sorted(observation.regions) in [sorted(place.split("+")) for place in places]
        and observation.status in fact["status"]
        and (fact["level"] is None or inside == (fact["level"] == "inside"))
    )


def found_in_its_words(fact: dict, observations) -> list:
    """The observations of the fact's number, read where the fact was quoted."""
    start = BODIES[fact["doc"]].index(fact["quote"]) + BULLETINS[fact["doc"]].body_start
    return [
        observation
        for observation in observations
        if math.isclose(observation.value, fact["value"], rel_tol=1e-6)
        and any(a < start + len(fact["quote"]) and start < b for a, b in [observation.span, *observation.mentions])
    ]


def test_the_reading_finds_the_expected_figures(found):
    core = [fact for fact in GOLD if fact["core"]]
    seen = [(fact, found_in_its_words(fact, found[fact["doc"]])) for fact in core]
    right = sum(any(holds(fact, observation) for observation in observations) for fact, observations in seen)
    assert sum(bool(observations) for _, observations in seen) / len(core) >= 0.98
    assert right / len(core) >= 0.94


def test_the_reading_adds_next_to_nothing(found):
    """Figures nobody expected: numbers of another kind, or read twice. Denominators are no error."""
    wanted = defaultdict(list)
    for fact in GOLD:
        wanted[fact["doc"]].append(fact["value"])
    added = [
        (name, observation.indicator, observation.value)
        for name, observations in found.items()
        for observation in observations
        if not observation.indicator.endswith(".settlements_total")
        and not any(math.isclose(observation.value, value, rel_tol=1e-6) for value in wanted[name])
    ]
    assert len(added) / sum(map(len, found.values())) <= 0.01, added


def test_the_reading_finds_the_best_known_figures(found):
    read = {
        (observation.indicator, observation.value, observation.status, observation.regions)
        for observations in found.values()
        for observation in observations
    }
    wanted = [(*figure, (place,)) for place, listed in AT_A_GLANCE.items() for figure in wanted_figures(listed)]
    missed = [figure for figure in wanted if figure not in read]
    assert len(missed) / len(wanted) <= 0.05, missed
