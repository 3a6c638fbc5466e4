"""Numbers of a sentence: digits, words, scales, ranges, glued units and suffixes, with their exact spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.text import Page
from geo.reading.vocabulary import load_vocabulary

_DIGITS: Final = regex.compile(
    r"(?<![\w.,/№+])(?:№\s?)?(?P<body>\d{1,3}(?: \d{3})+(?!\d)|\d{1,15}(?!\d))(?P<fraction>[.,]\d{1,6}(?![\d]))?"
    r"(?P<suffix>\s?-\s?(?:\p{L}{1,8})(?!\p{L}))?"
)
_SCALE: Final = regex.compile(
    r"(?P<half>\s(?:с половиной|жарым))?\s?"
    r"(?:(?P<e3>мың\p{Ll}{0,6}|тыс\b\.?|тысяч\p{Ll}{0,3})|(?P<e6>млн\b\.?|миллион\p{Ll}{0,6})"
    r"|(?P<e9>млрд\b\.?|миллиард\p{Ll}{0,6})|(?P<e12>трлн\b\.?|триллион\p{Ll}{0,6}))(?:-\p{Ll}{1,5})?"
)
_SCALE_STARTS: Final = ("м", "т", "с", "ж", "")  # of its words; nothing where two spaces stand
_DIGIT_RUNS: Final = regex.compile(r"\d+")
_SCALES: Final = {"e3": 1e3, "e6": 1e6, "e9": 1e9, "e12": 1e12}
_BETWEEN: Final = regex.compile(r"\s?[–—-]\s?")
_KK_ORDINAL: Final = regex.compile(
    r"-\s?(?:(?:ын|ін|ыншы|інші)?[шщ][ыі]|ыншы|інші|сыншы|сінші|ншы|нші|лық|лік|дық|дік|тық|тік|жылдық)\p{Ll}{0,4}$"
)
_RU_ORDINAL: Final = regex.compile(
    r"-\s?(?:й|ый|ой|го|ого|му|ому|м|ом|ая|я|ую|ю|е|ее|летн\p{Ll}+|дневн\p{Ll}+|этажн\p{Ll}+|местн\p{Ll}+)$"
)
_KK_OF_THEM: Final = regex.compile(r"-\s?(?:[еау]?уі|[ыі]|с[ыі]|еуі|ауы|уі)(?:н|нің|ның|нде|нда|не|на|нен|нан|н[іы])?$")
_NEARLY_OF_THEM: Final = regex.compile(r"\s(?:жуығы|таяуы|астамы)(?:н|нда|на|ның)(?!\p{L})")  # «300-ге жуығында»
_NEARLY: Final = (" ж", " т", " а", "\nж", "\nт", "\nа")  # how these words begin
_SPOKEN_OF_THEM: Final = regex.compile(r"(?:[еау]у|с)?[іы](?:н|нің|ның|нде|нда|не|на|нен|нан|мен)?$")
_STEMS: Final = ("қырқ", "бір", "жүз")  # before endings of possession, whose forms are entries of their own
_EXACTNESS: Final = regex.compile(
    rf"(?<!\p{{L}})(?:{'|'.join(sorted(form for form in load_vocabulary().forms('qualifier') if form[-1] != '*'))})\s$"
)
_PERCENT_ADJECTIVES: Final = ("-процентн", "-пайыздық")
_GLUED: Final = regex.compile(
    r"(?:пайыз|процент|мың|млн|млрд|трлн|тыс|км|га|шақырым|гектар|теңге|тенге|%|сел|ауыл|елді)"
)
_CLOCK_OR_DATE: Final = regex.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2,4})?(?![\d])|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}"
)
_PHONE: Final = regex.compile(r"(?:\+7|\b8)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}|\+\d[\d ()-]{8,}")


AS_MANY: Final = ("столько же", "сонша")
_AS_MANY: Final = regex.compile(
    r"(?<!\p{L})(?:столько же(?!,? сколько)|(?<=(?<!\p{L})(?:да|де|тағы|дәл)\s)сонша(?=\s\p{L}))(?!\p{L})"
)


@dataclass(slots=True)
class Number:
    """A number at plain[start:end], its value scaled; a range has ``low`` and ``high``; ``tail`` is a suffix («-інде»).

    ``of_them``: the suffix says "so many of them". ``odd``: why it can be no quantity ("" where it can).
    """

    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    tail: str = ""
    of_them: bool = False
    odd: str = ""
    words: bool = False
    article: bool = False
    scaled: bool = False


def find_numbers(page: Page, start: int, end: int, hits: Sequence[Hit]) -> list[Number]:
    """The numbers of plain[start:end] in order; ``hits`` are the number words there."""
    found = _digits(page, start, end)
    if hits:
        found += _spoken(page, hits, end)
        found.sort(key=lambda number: number.start)
    if len(found) > 1:
        found = _ranges(page, _sums(page, found))
    if found and any(page.low.find(words, start, end) >= 0 for words in AS_MANY):
        found = sorted([*found, *_repeated(page, found, end)], key=lambda number: number.start)
    return found


def _repeated(page: Page, numbers: list[Number], end: int) -> Iterator[Number]:
    """«Подключили 14 сёл, столько же планируется», «тағы сонша ауыл»: the number before, once more."""
    for match in _AS_MANY.finditer(page.low, numbers[0].end, end):
        last = next((number for number in reversed(numbers) if number.end <= match.start()), None)
        if last is not None and not last.odd and last.high is None:
            yield Number(match.start(), match.end(), last.value, words=True, scaled=last.scaled)


def _digits(page: Page, start: int, end: int) -> list[Number]:
    low = page.low
    taken = _taken(low, start, end)
    found = []
    position = start
    for run in _DIGIT_RUNS.finditer(low, start, end):
        match = _number_at(low, run.start(), position, end)
        if match is None:
            continue
        begin, stop = match.span()
        position = max(stop, begin + 1)
        body, fraction, suffix = match.group("body", "fraction", "suffix")
        suffix = suffix or ""
        if low.startswith(_PERCENT_ADJECTIVES, stop - len(suffix)):
            stop -= len(suffix) - 1  # «95-процентному»: the hyphen is the number's tail, the word its unit
            found.append(Number(begin, stop - 1, float(body.replace(" ", "")) + _fraction(fraction), None, None, "-"))
            continue
        if suffix and suffix.lstrip(" -") and " " in suffix.strip():
            stop -= len(suffix)  # "5 - ауыл" is a dash, not a suffix
            suffix = ""
            position = stop
        if suffix.startswith(" "):
            stop -= len(suffix)
            suffix = ""
            position = stop
        value = float(body.replace(" ", "")) + _fraction(fraction)
        odd = ""
        if taken and any(a < stop and begin < b for a, b in taken):
            odd = "part of a date, a time or a phone number"
        if low[begin] == "№":
            odd = "a number of a document"
        if not odd and stop < end and low[stop].isalpha() and not _GLUED.match(low, stop):
            odd = "part of a name"
        if not odd and suffix and (_KK_ORDINAL.search(suffix) or _RU_ORDINAL.search(suffix)):
            odd = "an ordinal"
        if not odd and not suffix and low[stop : stop + 1] == "-" and low[stop + 1 : stop + 2].isalpha():
            odd = "part of a name"
        bare_end = stop - len(suffix)
        may_scale = not suffix and low[stop : stop + 2].lstrip()[:1] in _SCALE_STARTS
        scale = _SCALE.match(low, stop, end) if may_scale else None
        scaled = False
        if scale and not odd:
            factor = _SCALES[scale.lastgroup]
            value = round((value + (0.5 if scale.group("half") else 0.0)) * factor, 6)
            bare_end = stop = scale.end()
            word = scale.group().strip()
            bare_end = scale.start() + len(scale.group()) - len(scale.group().lstrip()) + _stem_length(word)
            position = stop
            scaled = True
        of_them = low[stop : stop + 2] in _NEARLY and _NEARLY_OF_THEM.match(low, stop, end) is not None
        of_them = of_them or (suffix != "" and _KK_OF_THEM.search(suffix) is not None)
        found.append(Number(begin, bare_end, value, None, None, low[bare_end:stop], of_them, odd, scaled=scaled))
    return found


def _number_at(low: str, digits: int, position: int, end: int) -> regex.Match[str] | None:
    """The number that begins with these digits, or with «№» before them; not before ``position``."""
    if digits < position:
        return None
    sign = digits - 1 if low[digits - 1 : digits] == "№" else digits - 2
    if sign >= position and low[sign] == "№" and (found := _DIGITS.match(low, sign, end)):
        return found
    return _DIGITS.match(low, digits, end)


def _taken(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where dates, times and telephone numbers stand."""
    text = low[start:end]
    taken = []
    if ":" in text or "/" in text or "." in text[:-1] or "-" in text:
        taken += [match.span() for match in _CLOCK_OR_DATE.finditer(low, start, end)]
    if "+" in text or "8" in text:
        taken += [match.span() for match in _PHONE.finditer(low, start, end)]
    return taken


def _fraction(text: str | None) -> float:
    return float("0." + text[1:]) if text else 0.0


def _stem_length(word: str) -> int:
    """Length of a scale word without its Kazakh ending (мыңнан → мың)."""
    for stem in ("мың", "миллион", "миллиард", "триллион"):
        if word.startswith(stem) and "ов" not in word and not word.startswith("тысяч"):
            return len(stem)
    return len(word)


def _spoken(page: Page, hits: Sequence[Hit], end: int) -> list[Number]:
    """Runs of number words, each run one number."""
    runs: list[list[Hit]] = []
    for hit in {hit.start: hit for hit in hits}.values():
        if runs and hit.start < runs[-1][-1].word_end:
            continue
        text = page.plain[hit.start : hit.start + 1]
        if page.low[hit.start - 1 : hit.start] in {"-", "–"} and runs and hit.start - runs[-1][-1].word_end == 1:
            runs.append([hit])
        elif runs and page.low[runs[-1][-1].word_end : hit.start] == " ":
            runs[-1].append(hit)
        elif text:
            runs.append([hit])
    found = []
    for run in runs:
        # A scale word alone after digits belongs to them.
        before = page.low[max(0, run[0].start - 2) : run[0].start].strip()
        if before[-1:].isdigit():
            continue
        if len(run) == 1 and _is_none_alone(page, run[0]):
            continue
        value, article = _compose(run)
        if value is None:
            continue
        last = run[-1]
        tail = page.low[_stem_end(page, last) : last.word_end]
        found.append(
            Number(
                run[0].start,
                _stem_end(page, last),
                value,
                tail=tail,
                of_them=last.term.language == "kk" and _SPOKEN_OF_THEM.match(tail) is not None,
                words=True,
                article=article,
                scaled=value >= 1000,
            )
        )
    return found


def _is_none_alone(page: Page, hit: Hit) -> bool:
    """«жарты» is no number without what it halves, «тысячи» none without a word that says how exact it is."""
    extra = hit.term.extra
    if extra.get("vague"):
        return _EXACTNESS.search(page.low[max(0, hit.start - 20) : hit.start]) is None
    return bool(extra.get("inside"))


def _stem_end(page: Page, hit: Hit) -> int:
    if hit.term.language == "ru":
        return hit.word_end
    forms = (*hit.term.forms, *_STEMS)
    shortest = min((form for form in forms if page.low.startswith(form, hit.start)), key=len, default="")
    return hit.start + len(shortest)


def _compose(run: Sequence[Hit]) -> tuple[float | None, bool]:
    """The value of a run of number words, and whether it is only an article ("one")."""
    total = part = 0.0
    smallest = 1e18
    for hit in run:
        code = hit.term.code
        if code == "+0.5":
            if not part and not total:
                return None, False
            if part:
                part += 0.5
            else:
                total += smallest / 2  # «мың жарым»
            continue
        value = float(code)
        if hit.term.extra.get("multiplies"):
            if value == 100:
                part = (part or 1) * 100
            else:
                if value >= smallest:
                    return None, False
                total += (part or 1) * value
                part, smallest = 0.0, value
        else:
            part += value
    value = total + part
    return (value or None), len(run) == 1 and bool(run[0].term.extra.get("article"))


def _sums(page: Page, numbers: list[Number]) -> list[Number]:
    """«2 млн 700 мың» is one number: scales going down, with nothing between."""
    found: list[Number] = []
    for number in numbers:
        last = found[-1] if found else None
        if (
            last
            and last.scaled
            and not last.odd
            and not number.odd
            and page.low[last.end : number.start] == " "
            and not last.tail
            and number.value < last.value
            and number.value < _unit_of(last.value)
            and (number.scaled or last.words == number.words)
        ):
            found[-1] = replace(number, start=last.start, value=last.value + number.value, scaled=True)
        else:
            found.append(number)
    return found


def _unit_of(value: float) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3) if value >= scale), 1.0)


def _ranges(page: Page, numbers: list[Number]) -> list[Number]:
    """«300–400», «от 20 до 40», «16 – 20»: one number with a low and a high end."""
    found: list[Number] = []
    for number in numbers:
        last = found[-1] if found else None
        if last and not last.odd and not number.odd and last.high is None and last.value < number.value:
            between = page.low[last.end : number.start]
            before = page.low[max(0, last.start - 3) : last.start]
            small = number.value < 50 * last.value
            factor = (
                number.value and _unit_of(number.value)
                if number.scaled and not last.scaled and last.value < 1000
                else 1.0
            )
            spoken = last.words and number.words and between == "-"
            if small or factor > 1:
                is_dash = (_BETWEEN.fullmatch(between) and not last.tail) or spoken
                is_from_to = between in (" до ", " - ") and before == "от "
                if is_dash or is_from_to:
                    low = last.value * factor
                    if low < number.value:
                        found[-1] = replace(number, start=last.start, value=low, low=low, high=number.value)
                        continue
        found.append(number)
    return found
