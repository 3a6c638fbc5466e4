"""Decline the Russian names: ``python -m seeds.places.make_forms`` writes forms_ru.csv.

Russian texts name a place in any of six cases («в Акмолинской области», «Зайсанского района», «в Семее»). pymorphy3
supplies the endings once, when the data is made, so that nothing that runs for a user needs it. It guesses badly at
Kazakh names («Жанаозного»), so a name takes the endings of a known word of the same build; what is still wrong stands
in sources/forms_fixes.csv.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pymorphy3

from geo.gazetteer import CITIES_OF_REPUBLIC, FORMS_FILE, TERMS_FILE, guess_language
from geo.place_tables import Place, read_places

HERE = Path(__file__).resolve().parent
CASES = ("gent", "datv", "accs", "ablt", "loct")  # genitive to locative, as pymorphy3 calls them
KINDS = ("country", "region", "group", "city", "district", "settlement", "zone", "pipeline", "road", "station")
ADJECTIVE = re.compile(r"[а-яё-]+(?:ский|цкий|ный|ний|ой|ый|ская|ная|вая|няя|ское|ное|вое)", re.IGNORECASE)
# Words that carry the kind; after those of OPEN the name itself is declined too, after the others it stays.
HEADS = {"область", "район", "республика", "газопровод", "автодорога", "станция", "зона", "парк", "город", "г.", "село"}
OPEN = {"город", "г.", "село"}
# End of a name → how many letters to cut, and the known word whose endings it takes; the first fit counts.
BUILDS = (
    (r"[гкх]а", 1, "банка"),
    (r"[жшчщ]а", 1, "крыша"),
    (r"а", 1, "планета"),
    (r"ия", 1, "армия"),
    (r"я", 1, "неделя"),
    (r"[иеыо]й", 1, "музей"),
    (r"[ауюя]й", 1, "трамвай"),
    (r"ь", 1, "отель"),
    (r"[жшчщ]", 0, "гараж"),
    (r"[бвгдзклмнпрстфх]", 0, "базар"),
)
STEMS = {"банка": 4, "крыша": 4, "планета": 6, "армия": 4, "неделя": 5, "музей": 4, "трамвай": 6, "отель": 4}


def main() -> None:
    rows = build()
    with (HERE / FORMS_FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("place_id", "form", "case"), *rows])
    print(f"{len(rows)} forms of {len({row[0] for row in rows})} places")


def build() -> list[tuple[str, str, str]]:
    """(place id, form, case), each form of a place once, under its first case."""
    fixes = read_fixes()
    common = {word.casefold() for word in tomllib.loads((HERE / TERMS_FILE).read_text("utf-8"))["common_words"]}
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for place in read_places(HERE, skip=FORMS_FILE).values():
        if place.kind not in KINDS:
            continue
        for name in russian_names(place):
            for case in CASES:
                form = fixes.get((name, case)) or decline(name, case)
                for surface in (form, *adjective_alone(form, place)):
                    if surface != name and not {name.casefold(), surface.casefold()} & common:
                        rows.setdefault((place.id, surface.casefold()), (place.id, surface, case))
    return list(rows.values())


def read_fixes() -> dict[tuple[str, str], str]:
    """(name, case) → form, by hand."""
    with (HERE / "sources" / "forms_fixes.csv").open(encoding="utf-8", newline="") as file:
        return {(row["name"], case): row[case] for row in csv.DictReader(file) for case in CASES}


def russian_names(place: Place) -> Iterator[str]:
    """The Russian name and aliases, also with a Kazakh letter («область Жетісу»); not abbreviations.

    Nor Kazakh names without a Kazakh letter, nor villages called by an adjective, which is too common a word.
    """
    kazakh = re.compile(r"\b(ауданы|облысы|аудан|кенті)\b")
    for name in (place.name_ru, *place.aliases):
        first = name.split()[0]
        russian = name == place.name_ru or first.casefold() in HEADS or guess_language(name) == "ru"
        bare_adjective = place.kind == "settlement" and ADJECTIVE.fullmatch(name)
        if russian and first[0].isalpha() and not (first.isupper() or bare_adjective or kazakh.search(name)):
            yield name


def adjective_alone(form: str, place: Place) -> list[str]:
    """«Зайсанского» of «Зайсанского района», as lists of districts have it; not for districts inside cities."""
    words = form.split()
    named = place.kind in ("region", "group", "district") and place.region not in CITIES_OF_REPUBLIC
    return words[:1] if named and len(words) == 2 and words[1][:5] in ("район", "облас") else []


def decline(name: str, case: str) -> str:
    """The name in one case; unchanged where it does not decline."""
    words = name.split(" ")
    head = next((number for number, word in enumerate(words) if word.casefold() in HEADS), None)
    if head is None:
        return decline_words(words, case)
    before, kind, after = words[:head], words[head], words[head + 1 :]
    start = [adjective(word, case) for word in before]
    rest = decline_words(after, case) if after and kind.casefold() in OPEN else " ".join(after)
    return " ".join(filter(None, (*start, kind if kind == "г." else inflect(kind, case), rest)))


def decline_words(words: list[str], case: str) -> str:
    """One word, or adjectives and a noun; longer names («Турара Рыскулова», «Балпык би») stay as they are."""
    if len(words) > 1 and not all(ADJECTIVE.fullmatch(word) for word in words[:-1]):
        return " ".join(words)
    return " ".join((*(adjective(word, case) for word in words[:-1]), proper_noun(words[-1], case)))


def proper_noun(word: str, case: str) -> str:
    """«Семей» → «Семее»; of a hyphened name only the last part is declined."""
    start, hyphen, last = word.rpartition("-")
    if not hyphen and ADJECTIVE.fullmatch(word):
        return adjective(word, case)
    for end, cut, model in BUILDS:
        if re.search(end + "$", last):
            stem = last[: len(last) - cut]
            return start + hyphen + stem + inflect(model, case)[STEMS.get(model, len(model)) :]
    return word


def adjective(word: str, case: str) -> str:
    """«Зайсанский» → «Зайсанского», as an adjective whatever else the word might be; «СЭЗ» stays."""
    for parse in analyser().parse(word):
        if parse.tag.POS == "ADJF" and parse.tag.case == "nomn":
            wanted = {case, "inan"} if case == "accs" and parse.tag.gender == "masc" else {case}
            return with_case_of(word, parse.inflect(wanted).word)
    return word


def inflect(word: str, case: str) -> str:
    nouns = [parse for parse in analyser().parse(word) if parse.tag.POS == "NOUN" and parse.tag.case == "nomn"]
    return with_case_of(word, nouns[0].inflect({case}).word)


def with_case_of(word: str, form: str) -> str:
    """``form`` with the capitals of ``word``; the part after the first hyphen counts for itself."""
    return "".join(
        letter.upper() if number < len(word) and word[number].isupper() else letter
        for number, letter in enumerate(form)
    )


@cache
def analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


if __name__ == "__main__":
    main()
