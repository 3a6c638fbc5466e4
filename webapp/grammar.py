"""Case endings that sentences need: Kazakh by vowel harmony, also after figures; Russian prepositional of names."""

from __future__ import annotations

import re

BACK = "аоұыёяю"
FRONT = "әөүіеэ"
VOICELESS = "пткқсшщчцхфһбвгд"
NASAL_OR_LIQUID = "мнңйлрузжғ"
# Last word of a number as it is spoken: its ablative and dative ending.
UNITS = {
    0: ("ден", "ге"),
    1: ("ден", "ге"),
    2: ("ден", "ге"),
    3: ("тен", "ке"),
    4: ("тен", "ке"),
    5: ("тен", "ке"),
    6: ("дан", "ға"),
    7: ("ден", "ге"),
    8: ("ден", "ге"),
    9: ("дан", "ға"),
}
TENS = {
    1: ("нан", "ға"),
    2: ("дан", "ға"),
    3: ("дан", "ға"),
    4: ("тан", "қа"),
    5: ("ден", "ге"),
    6: ("тан", "қа"),
    7: ("тен", "ке"),
    8: ("нен", "ге"),
    9: ("нан", "ға"),
}
HUNDRED, THOUSAND, MILLION, MILLIARD = ("ден", "ге"), ("нан", "ға"), ("нан", "ға"), ("тан", "қа")


def kk_number_endings(value: float) -> tuple[str, str]:
    """Ablative and dative ending of a figure as it is spoken: 200 → («ден», «ге»), 85.5 → («тен», «ке»)."""
    value = round(value, 3)
    if not float(value).is_integer():
        return UNITS[int(f"{value:.3f}".rstrip("0")[-1])]
    whole = abs(int(value))
    if whole % 10 or whole == 0:
        return UNITS[whole % 10]
    if whole % 100:
        return TENS[whole // 10 % 10]
    if whole % 1000:
        return HUNDRED
    if whole % 1_000_000:
        return THOUSAND
    return MILLION if whole % 1_000_000_000 or whole % 1_000_000_000_000 == 0 else MILLIARD


def kk_scale_endings(scale: str) -> tuple[str, str]:
    """The same for an abbreviated scale: млн, млрд, трлн."""
    return MILLIARD if scale == "млрд" else MILLION


def kk_locative(name: str) -> str:
    """«Түркістан облысы» → «Түркістан облысында», «Шымкент» → «Шымкентте»."""
    word = re.split(r"[\s-]", name.strip())[-1].strip('»")').lower()
    if not word or not word[-1].isalpha():
        return name
    back = is_back(word)
    if word[-1] in "ыі" and (" " in name.strip()):  # a possessed noun: облысы, қаласы, ауданы
        return name + ("нда" if back else "нде")
    hard = word[-1] in VOICELESS
    return name + {(True, True): "та", (True, False): "те", (False, True): "да", (False, False): "де"}[hard, back]


def is_back(word: str) -> bool:
    """Whether the last clear vowel of a word is a back one; Latin letters count by their sound."""
    for letter in reversed(word.lower()):
        if letter in BACK or letter in "ou":
            return True
        if letter in FRONT or letter in "iey":
            return False
        if letter == "a":
            return True
    return not re.search("[иi]", word)


# Declined by hand: names that no rule covers.
RU_PLACES = {
    "Казахстан": "в Казахстане",
    "Республика Казахстан": "в Республике Казахстан",
    "Астана": "в Астане",
    "Алматы": "в Алматы",
    "Шымкент": "в Шымкенте",
}
RU_ENDINGS = [
    (re.compile(r"^(.+)ская область$"), r"в \1ской области"),
    (re.compile(r"^область (.+)$"), r"в области \1"),
    (re.compile(r"^(.+)[иы]й район$"), r"в \1ом районе"),
    (re.compile(r"^район (.+)$"), r"в районе \1"),
    (re.compile(r"^город (.+)$"), r"в городе \1"),
]
RU_KINDS = {"city": "в городе {}", "settlement": "в населённом пункте {}", "district": "в районе «{}»"}


def ru_place(name: str, kind: str) -> str | None:
    """«Туркестанская область» → «в Туркестанской области»; None where no rule gives the case."""
    if name in RU_PLACES:
        return RU_PLACES[name]
    for pattern, form in RU_ENDINGS:
        if pattern.match(name):
            return pattern.sub(form, name)
    return RU_KINDS[kind].format(name) if kind in RU_KINDS else None
