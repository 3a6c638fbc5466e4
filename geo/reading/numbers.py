"""Numbers of a sentence: digits, words, scales, ranges, glued units and suffixes, with their exact spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.number_words import compose, is_turned_round
from geo.reading.text import SPACES, Page, after_space
from geo.reading.vocabulary import load_vocabulary

_BEFORE: Final = frozenset(" \n«(–—-")  # what mostly stands before a number
_WORD: Final = regex.compile(r"\w")
_MOST_DIGITS: Final = 15
_GROUP: Final = 3  # digits
_MOST_DECIMALS: Final = 6
_LONGEST_SUFFIX: Final = 8  # letters
_SCALE: Final = regex.compile(
    r"(?:\s(?:с половиной|жарым))?\s?"
    r"(?:(?P<e3>мың\p{Ll}{0,6}|тыс\b\.?|тысяч\p{Ll}{0,3})|(?P<e6>млн\b\.?|миллион\p{Ll}{0,6})"
    r"|(?P<e9>млрд\b\.?|миллиард\p{Ll}{0,6})|(?P<e12>трлн\b\.?|триллион\p{Ll}{0,6}))(?:-\p{Ll}{1,5})?"
)
_HALF: Final = ("половиной", "жарым")
_SCALE_STARTS: Final = frozenset(("мың", "тыс", "млн", "мил", "млр", "трл", "три", "с п", "жар"))  # of its words
_SCALES: Final = {"e3": 1e3, "e6": 1e6, "e9": 1e9, "e12": 1e12}
_BETWEEN: Final = regex.compile(r"\s?[–—-]\s?")
_LONGEST_BETWEEN: Final = 4  # characters between the ends of a range
_KK_ORDINAL: Final = regex.compile(
    r"-\s?(?:(?:ын|ін|ыншы|інші)?[шщ][ыі]|ыншы|інші|сыншы|сінші|ншы|нші|лық|лік|дық|дік|тық|тік|жылдық)\p{Ll}{0,4}$"
)
_RU_ORDINAL: Final = regex.compile(
    r"-\s?(?:й|ый|ой|го|ого|му|ому|м|ом|ая|я|ую|ю|е|ее|летн\p{Ll}+|дневн\p{Ll}+|этажн\p{Ll}+|местн\p{Ll}+)$"
)
_KK_OF_THEM: Final = regex.compile(r"-\s?(?:[еау]?уі|[ыі]|с[ыі]|еуі|ауы|уі)(?:н|нің|ның|нде|нда|не|на|нен|нан|н[іы])?$")
_NEARLY_OF_THEM: Final = regex.compile(r"\s(?:жуығы|таяуы|астамы)(?:н|нда|на|ның)(?!\p{L})")  # «300-ге жуығында»
_NEARLY: Final = frozenset(("жуы", "тая", "аст"))  # how these words begin
_SPOKEN_OF_THEM: Final = regex.compile(r"(?:[еау]у|с)?[іы](?:н|нің|ның|нде|нда|не|на|нен|нан|мен)?$")
_STEMS: Final = ("қырқ", "бір", "жүз")  # before endings of possession, whose forms are entries of their own
_EXACTNESS: Final = regex.compile(
    rf"(?<!\p{{L}})(?:{'|'.join(sorted(form for form in load_vocabulary().forms('qualifier') if form[-1] != '*'))})\s$"
)
_UNIT_ADJECTIVES: Final = ("-процентн", "-пайыздық", "-километров", "-шақырымдық", "-гектарн", "-гектарлық")
_GLUED: Final = regex.compile(
    r"(?:пайыз|процент|мың|млн|млрд|трлн|тыс|км|га|шақырым|гектар|теңге|тенге|%|сел|ауыл|елді)"
)
_NAME_BEFORE: Final = regex.compile(r"(?<!\p{L})\p{Lu}\p{L}+$")
_CLOCK_OR_DATE: Final = regex.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2,4})?(?![\d])|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}"
)
_PHONE: Final = regex.compile(r"(?:\+7|\b8)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}|\+\d[\d ()-]{8,}")


AS_MANY: Final = ("столько же", "сонша")
_AS_MANY: Final = regex.compile(
    r"(?<!\p{L})(?:столько же(?!,? сколько)|(?<=(?<!\p{L})(?:да|де|тағы|дәл)\s)сонша(?=\s\p{L}))(?!\p{L})"
)


class Number:
    """A number at plain[start:end], its value scaled; a range has ``low`` and ``high``; ``tail`` is a suffix («-інде»).

    ``of_them``: the suffix says "so many of them". ``odd``: why it can be no quantity ("" where it can).
    ``guess``: the order of its words says that it is not exact («тысяч пять»).
    """

    __slots__ = (
        "article",
        "end",
        "guess",
        "high",
        "low",
        "odd",
        "of_them",
        "scaled",
        "start",
        "tail",
        "value",
        "words",
    )

    def __init__(
        self,
        start: int,
        end: int,
        value: float,
        low: float | None = None,
        high: float | None = None,
        tail: str = "",
        of_them: bool = False,
        odd: str = "",
        words: bool = False,
        article: bool = False,
        scaled: bool = False,
        guess: bool = False,
    ) -> None:
        self.start, self.end, self.value = start, end, value
        self.low, self.high = low, high
        self.tail, self.of_them, self.odd = tail, of_them, odd
        self.words, self.article, self.scaled = words, article, scaled
        self.guess = guess


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
    """The numbers written in digits, each with its suffix and its scale."""
    low = page.low
    runs = page.digits(start, end)
    taken = _taken(low, runs, start, end)
    found: list[Number] = []
    position = start
    for index, (at, _) in enumerate(runs):
        begin = _begin(low, at, position) if at >= position else -1
        body_end = _body_end(low, runs, index, end) if begin >= 0 else -1
        if body_end < 0:
            continue
        bare_end = _fraction_end(low, body_end, end)
        stop = _suffix_end(low, bare_end, end)
        position = stop
        value = float(low[at:body_end].replace(" ", ""))
        if bare_end > body_end:
            value += float("0." + low[body_end + 1 : bare_end])
        if low.startswith(_UNIT_ADJECTIVES, bare_end):
            found.append(Number(begin, bare_end, value, tail="-"))  # «95-процентному»: the word is its unit
            continue
        if " " in low[bare_end:stop]:
            position = stop = bare_end  # "5 - ауыл" is a dash, not a suffix
        odd = _oddness(low, begin, bare_end, stop, end, taken)
        if not odd and low[begin - 1 : begin] == "-" and _NAME_BEFORE.search(page.plain, start, begin - 1):
            odd = "part of a name"  # «Кайрат-2»
        scale = None if odd or stop > bare_end else _scale(low, stop, end)
        if scale is not None:
            half = any(word in scale.group() for word in _HALF)
            value = round((value + (0.5 if half else 0.0)) * _SCALES[scale.lastgroup or ""], 3)
            bare_end, stop = _stem_end_of(scale), scale.end()
            position = stop
        tail = low[bare_end:stop]
        of_them = bool(tail) and (_KK_OF_THEM if scale is None else _SPOKEN_OF_THEM).match(tail) is not None
        if not of_them and low[stop + 1 : stop + 4] in _NEARLY:
            of_them = _NEARLY_OF_THEM.match(low, stop, end) is not None
        found.append(Number(begin, bare_end, value, None, None, tail, of_them, odd, scaled=scale is not None))
    return found


def _begin(low: str, at: int, position: int) -> int:
    """Where the number of the digits at ``at`` begins: with them or a «№» before them; -1 where they are none."""
    sign = at - 1 if low[at - 1 : at] == "№" else at - 2
    if sign >= position and low[sign] == "№" and (sign == at - 1 or low[at - 1] in SPACES) and _is_free(low, sign):
        return sign
    return at if _is_free(low, at) else -1


def _is_free(low: str, at: int) -> bool:
    """Whether nothing stands right before ``at`` that makes digits there a part of a word or of another number."""
    before = low[at - 1 : at]
    if not before or before in _BEFORE:
        return True
    return not (before.isalpha() or before.isdecimal() or before in ".,/№+") and _WORD.match(before) is None


def _body_end(low: str, runs: list[tuple[int, int]], index: int, end: int) -> int:
    """Where the digits of a number end, with groups of three parted by a space; -1 where they are too many."""
    at, stop = runs[index][0], min(runs[index][1], end)
    if stop - at > _GROUP:
        return stop if stop - at <= _MOST_DIGITS else -1
    while index + 1 < len(runs):
        index += 1
        begin, after = runs[index]
        if begin != stop + 1 or low[stop] != " " or min(after, end) - begin != _GROUP:
            break
        stop = min(after, end)
    return stop


def _fraction_end(low: str, body_end: int, end: int) -> int:
    """Where the decimals after the digits end; ``body_end`` where there are none."""
    if body_end >= end or low[body_end] not in ".,":
        return body_end
    stop = body_end + 1
    while stop < end and low[stop].isdecimal():
        stop += 1
    return stop if 0 < stop - body_end - 1 <= _MOST_DECIMALS else body_end


def _suffix_end(low: str, at: int, end: int) -> int:
    """Where a suffix that begins at ``at`` ends («-ке», "- ке"); ``at`` where there is none."""
    begin = after_space(low, at)
    if begin >= end or low[begin] != "-":
        return at
    begin = after_space(low, begin + 1)
    stop = begin
    while stop < end and low[stop].isalpha():
        stop += 1
        if stop - begin > _LONGEST_SUFFIX:
            return at
    return stop if stop > begin else at


def _oddness(low: str, begin: int, bare_end: int, stop: int, end: int, taken: list[tuple[int, int]]) -> str:
    """Why the number is no quantity, or ""."""
    if low[begin] == "№":
        return "a number of a document"
    if taken and any(a < stop and begin < b for a, b in taken):
        return "part of a date, a time or a phone number"
    if stop < end and low[stop].isalpha() and not _GLUED.match(low, stop):
        return "part of a name"
    if stop > bare_end:
        suffix = low[bare_end:stop]
        return "an ordinal" if _KK_ORDINAL.search(suffix) or _RU_ORDINAL.search(suffix) else ""
    return "part of a name" if low[stop : stop + 1] == "-" and low[stop + 1 : stop + 2].isalpha() else ""


def _scale(low: str, at: int, end: int) -> regex.Match[str] | None:
    """The scale word after a number: thousands, millions."""
    word = after_space(low, at)
    return _SCALE.match(low, at, end) if low[word : word + 3] in _SCALE_STARTS else None


def _taken(low: str, runs: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Where dates, times and telephone numbers stand."""
    taken: list[tuple[int, int]] = []
    if any(first[1] + 1 == second[0] and low[first[1]] in ":./-" for first, second in pairwise(runs)):
        taken += [match.span() for match in _CLOCK_OR_DATE.finditer(low, start, end)]
    if runs and (low.find("+", start, end) >= 0 or any(low[at] == "8" for at, _ in runs)):
        taken += [match.span() for match in _PHONE.finditer(low, start, end)]
    return taken


def _stem_end_of(scale: regex.Match[str]) -> int:
    """Where the word of a scale ends without its ending."""
    text = scale.group()
    word = text.lstrip()
    return scale.start() + len(text) - len(word) + _stem_length(word)


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
        value, article = compose(run)
        if value is None:
            continue
        last = run[-1]
        stem_end = _stem_end(page, last)
        tail = page.low[stem_end : last.word_end]
        found.append(
            Number(
                run[0].start,
                stem_end,
                value,
                tail=tail,
                of_them=last.term.language == "kk" and _SPOKEN_OF_THEM.match(tail) is not None,
                words=True,
                article=article,
                scaled=value >= 1000,
                guess=is_turned_round(run),
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
            number.start, number.value, number.scaled = last.start, last.value + number.value, True
            found[-1] = number
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
            if len(between) > _LONGEST_BETWEEN:
                found.append(number)
                continue
            before = page.low[max(0, last.start - 3) : last.start]
            small = number.value < 50 * last.value
            factor = (
                number.value and _unit_of(number.value)
                if number.scaled and not last.scaled and last.value < 1000
                else 1.0
            )
            spoken = last.words and number.words and between == "-"
            if small or factor > 1:
                is_dash = (not last.tail and _BETWEEN.fullmatch(between) is not None) or spoken
                is_from_to = between in (" до ", " - ") and before == "от "
                if is_dash or is_from_to:
                    low = last.value * factor
                    if low < number.value:
                        number.start, number.low, number.high, number.value = last.start, low, number.value, low
                        found[-1] = number
                        continue
        found.append(number)
    return found
