"""Whether a figure is so, under way, planned, a target or lacking: read from the verbs around it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.supplying import WILL, supplied_by
from geo.reading.tasks import is_duty, is_task
from geo.reading.text import after_space
from geo.reading.verb_shapes import verb_shapes
from geo.reading.view import View
from geo.reading.vocabulary import Vocabulary, load_vocabulary

_GOING_ON: Final = load_vocabulary().forms("auxiliary", "going_on")
_DONE: Final = load_vocabulary().forms("auxiliary", "done")
_NO_VERBS: Final = tuple(sorted(load_vocabulary().forms("look_alike")))
_ADJECTIVE: Final = ("ных", "ные", "ного", "ный", "ным", "ном", "ная", "ной", "ную")
_BESIDE: Final = 4  # characters
_OWN_CLAUSE: Final = 0.9  # clause borders
_OTHER_SENTENCE: Final = 1.5
# Endings of a verb that closes its clause.
_FINITE: Final = regex.compile(r"(?:[дт][ыі]|[мбп][ае][кқ]|[ғгқк][ае]н|уд[ае]|үде|бар|жоқ|тұр|отыр|жатыр)$")
_GIVES: Final = ("бере", "шығара", "өндіре", "дайындай", "тазарта", "өткізе", "тұщыта", "сүзе")  # of works for water
_THOSE: Final = ("ғаны", "гені", "қаны", "кені")  # those that did, or did not
_OWN_ROW: Final = regex.compile(r"\s[–—-]\s(?:\p{Ll}+\s)?\d")
_MANAGED: Final = ("удалось", "смогли", "сумели", "успели")  # to do something: it happened
_PAST: Final = ("еді", "екен", "болатын")
_CLAUSE_ENDS: Final = (",", ";")
_BESIDES: Final = (" болса,", "\nболса,")  # «желі 640 шақырым болса, соның 90-ы жөндеуді қажет етеді»
_NOUNS: Final = ("unit", "layer", "other", "place")
_LEFT: Final = ("осталось", "остается")
_INFINITIVE: Final = regex.compile(r"\s(?:\p{Ll}+\s)?\p{Ll}+(?:ть|ти|чь|ться)(?!\p{L})")
_LIES: Final = ("жатыр", "жатқан", "жатса")  # works go on after a converb only: «салынып жатыр», but «тыс жатыр»


class Sign:
    """One verb or word that tells the status. ``weak``: it only says so where nothing stronger stands near.

    ``code`` is a status, or not_yet; ``event``: something happened (connected), as against a state (is connected).
    """

    __slots__ = ("code", "end", "event", "start", "text", "weak")

    def __init__(self, start: int, end: int, code: str, weak: bool, event: bool, text: str) -> None:
        self.start, self.end, self.code = start, end, code
        self.weak, self.event, self.text = weak, event, text

    def planned(self, weak: bool) -> Sign:
        """The same word, told as a plan."""
        return Sign(self.start, self.end, "planned", weak, False, self.text)


class StatusFound:
    """The status of a figure with the word that tells it ("" where none does), and how far that stands."""

    __slots__ = ("code", "distance", "event", "negated", "standing", "word")

    def __init__(self, code: str, word: str, event: bool, negated: bool = False, distance: float = 9.0) -> None:
        self.code, self.word, self.event = code, word, event
        self.negated, self.distance = negated, distance
        self.standing = False  # what a network supplies, whatever works go on at it

    def planned(self) -> StatusFound:
        """The same word, told as a plan."""
        return StatusFound("planned", self.word, self.event, self.negated, self.distance)


@lru_cache(maxsize=2)
def endings_of(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """Language → ending → code."""
    table: dict[str, dict[str, str]] = {"kk": {}, "ru": {}}
    for term in vocabulary.of("ending"):
        for form in term.forms:
            table[term.language][form] = term.code
    return table


def status_signs(view: View, vocabulary: Vocabulary) -> list[Sign]:
    """Every status sign of the sentence, in order, with combinations joined (будет подключено, тартылып жатыр)."""
    endings = endings_of(vocabulary)
    signs: dict[int, Sign] = {}
    stems: dict[int, Hit] = {}
    for hit in view.of("status"):
        known = signs.get(hit.start)
        if known is None or hit.word_end > known.end:
            text = view.text(hit.start, hit.word_end)
            weak = hit.term.code == "actual" and (hit.term.language == "ru" or text.startswith(("бар", "асады")))
            code = "actual" if text in _LIES and not _follows_converb(view, hit.start) else hit.term.code
            code = "planned" if code == "needed" and is_duty(view, hit.start) else code
            signs[hit.start] = Sign(hit.start, hit.word_end, code, weak, text in _MANAGED, text)
    for hit in view.of("stem"):
        known_stem = stems.get(hit.start)
        if known_stem is None or hit.end > known_stem.end:
            stems[hit.start] = hit
    covered = 0  # where the farthest of the stems before ends; they stand in order
    for start, hit in stems.items():
        inside, covered = start < covered, max(covered, hit.word_end)
        if inside or start in signs or view.text(start, hit.word_end) in _NO_VERBS:
            continue
        sign = _verb(view, hit, endings[hit.term.language])
        if sign:
            signs[start] = sign
    for sign in _by_shape(view):
        if any(known.start < sign.end and sign.start < known.end for known in signs.values()):
            continue
        named = any(hit.start <= sign.start < hit.word_end for hit in view.names)  # «Райымбек» is no form of a verb
        if not named and not any(hit.start == sign.start for kind in _NOUNS for hit in view.of(kind)):
            signs[sign.start] = sign
    parts = {b.start for a in signs.values() for b in signs.values() if a.start < b.start < a.end}
    return (
        _chained(view, _joined(view, [signs[start] for start in sorted(signs) if start not in parts])) if signs else []
    )


def _follows_converb(view: View, start: int) -> bool:
    """Whether the word before ends in «-п», or is «келе», «бара»."""
    return view.text(max(view.start, start - 6), start).endswith(("п ", " келе ", " бара "))


def _by_shape(view: View) -> list[Sign]:
    """Verbs that no stem lists, known by a passive or a purpose ending (тұрғызылмақ, ойластырылды, намечено)."""
    found = []
    for code, begin, end in verb_shapes(view):
        start = view.page.words.rfind(" ", max(view.start - 1, begin - 30), begin) + 1
        text = view.text(start, end)
        if begin - start >= 2 and not text.startswith(_NO_VERBS):
            found.append(Sign(start, end, code, False, code == "actual" and text.endswith(("ды", "ді")), text))
    return found


def _verb(view: View, hit: Hit, endings: dict[str, str]) -> Sign | None:
    text = view.text(hit.start, hit.word_end)
    last = text.rsplit(" ", 1)[-1]
    # What follows the stem is the ending: «аяқта-ды» is past, «қос-ады» is to come.
    longest = (len(view.text(hit.end, hit.word_end)) if hit.term.language == "kk" else 0) or len(last) - 1
    code = next((endings[last[-n:]] for n in range(min(9, longest), 0, -1) if last[-n:] in endings), None)
    if code is None:
        return None
    kind = hit.term.code
    if text.startswith(_LEFT) and _INFINITIVE.match(view.page.low, hit.word_end):
        return Sign(hit.start, hit.word_end, "planned", False, False, text)  # «осталось проложить 25 км»
    if code == "converb":
        code, text = _after_converb(view, hit, text)
        if kind == "state" and code == "underway":
            code = "actual"  # «суды пайдаланып жатыр»
        if code is None:
            return Sign(hit.start, hit.word_end, "converb", kind == "state", True, text)
        return Sign(hit.start, hit.start + len(text), code, kind == "state", False, text)
    if code == "infinitive":
        return Sign(hit.start, hit.word_end, "planned", False, False, text) if is_task(view, hit, text) else None
    if code == "actual" and hit.term.language == "ru" and view.page.words[max(0, hit.start - 4) : hit.start] == " не ":
        code = "not_yet"
    weak = kind == "state" or code == "attribute"
    if code == "attribute":
        code = "actual"
    event = (
        kind == "process"
        and code == "actual"
        and (hit.term.language == "kk" or not last.endswith(("ны", "на", "но", "ен", "ан")))
    )
    if hit.term.language == "kk" and last.endswith(("ған", "ген", "қан", "кен", "ғаны", "гені")):
        event = False
    to_come = view.text(hit.word_end, hit.word_end + 7).startswith(" болад")
    if kind == "state" and code == "planned" and not to_come:
        code = "actual"
    if kind == "state" and code == "underway":
        code = "actual"
    if kind == "ongoing" and code == "planned":
        code = "underway"
    return Sign(hit.start, hit.word_end, code, weak, event, text)


def _after_converb(view: View, hit: Hit, text: str) -> tuple[str | None, str]:
    following = view.text(hit.word_end, hit.word_end + 14).split()
    if not following or view.text(hit.word_end, hit.word_end + 1) != " ":
        return None, text
    word = following[0].strip(".,;:!?»")
    whole = f"{text} {word}"
    if word in _GOING_ON:
        return "underway", whole
    if word in _DONE:
        return "actual", whole
    return None, text


def _joined(view: View, signs: list[Sign]) -> list[Sign]:
    """«будет подключено» is a plan, «была запланирована» too, «планируется подключить» is one."""
    found: list[Sign] = []
    so_that = [] if view.kazakh else _so_that(view)
    for sign in signs:
        last = found[-1] if found else None
        if (
            last is not None
            and last.code in ("planned", "target")
            and sign.code == "actual"
            and last.text in WILL
            and view.border(last.start, sign.start) < 0.7
        ):
            found.append(sign.planned(weak=False))
            continue
        if (
            last is not None
            and len(found) > 1
            and last.code == "planned"
            and sign.code == "actual"
            and found[-2].text in WILL
            and view.text(last.end, sign.start) in (" и ", ", ", " или ")
        ):
            found.append(sign.planned(weak=False))  # «будет построено и обновлено»
            continue
        if sign.code == "actual" and any(view.border(position, sign.start) < 0.9 for position in so_that):
            found.append(sign.planned(sign.weak))
            continue
        if last and last.code == "needed" and last.text == "қажет" and sign.text.startswith(("етеді", "болған")):
            continue
        found.append(sign)
    return found


def _so_that(view: View) -> list[int]:
    """Where «чтобы» stands."""
    found, at = [], view.page.low.find("чтобы", view.start, view.end)
    while at >= 0:
        before, after = view.page.low[at - 1 : at], view.page.low[at + 5 : at + 6]
        if not before.isalpha() and not (after.isalpha() and at + 5 < view.end):
            found.append(at)
        at = view.page.low.find("чтобы", at + 5, view.end)
    return found


def _chained(view: View, signs: list[Sign]) -> list[Sign]:
    """«тартылып, … жетті»: a converb takes the status of the finite verb that ends its chain."""
    found: list[Sign] = []
    for sign in reversed(signs):
        if sign.code == "converb":
            finite = next((s for s in reversed(found) if _is_finite(view, s)), None)
            if finite is None:
                continue
            code = "actual" if finite.code == "not_yet" else finite.code
            covered = sign.text.startswith(("қамт", "тозып"))  # a state, whatever verb ends the chain
            event = finite.event and not sign.weak and not covered
            chain = f"{sign.text} … {finite.text}"
            sign = Sign(sign.start, sign.end, code, sign.weak, event, chain)  # noqa: PLW2901
        if (
            view.kazakh
            and sign.code == "actual"
            and sign.text.endswith(("ған", "ген", "қан", "кен"))
            and not _is_finite(view, sign)
        ):
            sign = Sign(sign.start, sign.end, sign.code, True, sign.event, sign.text)  # noqa: PLW2901
        if sign.code == "planned" and sign.text.startswith(_GIVES) and not _is_finite(view, sign):
            # «тәулігіне мың текше метр су беретін станса салынды»: what it can give is no plan, the work may be one
            finite = next((s for s in reversed(found) if _is_finite(view, s)), None)
            code = "actual" if finite is None or finite.code == "not_yet" else finite.code
            sign = Sign(sign.start, sign.end, code, True, False, sign.text)  # noqa: PLW2901
        found.append(sign)
    return found[::-1]


def _is_finite(view: View, sign: Sign) -> bool:
    """A verb that ends its clause; a participle before its noun does not."""
    following = view.page.low[sign.end : sign.end + 1]
    if view.text(sign.end, sign.end + 7).startswith((" болса", " болат", " еді", " екен", " деп", " болды")):
        return True
    return (
        sign.end >= view.end
        or following in ".,;:!?)»–—"
        or view.page.low[sign.end : sign.end + 2] in (" –", " —")
        or not sign.text.endswith(("ған", "ген", "қан", "кен", "тын", "тін"))
    )


def figure_status(view: View, number: Number, signs: list[Sign], after: int) -> StatusFound:
    """The sign that governs the number: in Kazakh the verb that follows, in Russian the nearest one of its clause."""
    if view.kazakh and view.page.low.startswith(_BESIDES, after):
        return StatusFound("actual", "болса", False, distance=0.0)
    if view.of("phrase", "supplying") and (word := supplied_by(view, number, after, signs)):
        standing = StatusFound("actual", word, False, distance=0.0)
        standing.standing = True
        return standing
    best: tuple[float, Sign] | None = None
    closed, low = view.end, view.page.low
    apposed = (
        number.scaled and low.startswith(", ", number.start - 2) and low.startswith(",", after)
    )  # «средства, 3,6 млрд, пойдут на …»
    for sign in signs:
        if sign.start < number.end and sign.end > number.start:
            continue
        if view.kazakh and sign.start > closed:
            break  # «20 мың текше метр береді, кейін … жеткізілмек»: the number's own clause has its verb
        if view.kazakh and sign.start > number.end and sign.text.endswith(_THOSE) and _OWN_ROW.match(low, sign.end):
            continue  # «газға қосылған ауыл – 219, қосылмағаны – 143»
        if view.kazakh and sign.start > number.end and _has_own_time(view, number, sign.start):
            break  # «қазір 78 пайыз, 2028 жылға дейін 90 пайызға жеткізу көзделген»
        gap = view.border(number.start, sign.start)
        follows = sign.start >= number.start
        chars = abs(sign.start - after) if follows else number.start - sign.end
        score = gap + chars / 120 + (0.45 if sign.weak else 0.0)
        if view.kazakh and follows:
            score = min(gap * 0.4, 1.6) + min(chars / 260, 0.8) + (0.9 if sign.weak else 0.0)
        elif view.kazakh:
            score += 2.4
        elif gap >= _OWN_CLAUSE and follows:
            score += 0.3 + 0.6 * min(view.between(number.start, sign.start), 2)
            if not apposed and _has_own_figure(view, sign, gap >= _OTHER_SENTENCE):
                score += 2.0  # «охват – 20 процентов, к 2028 году намерены выйти на 40»
        if not view.kazakh and sign.code == "planned" and sign.text.endswith(_ADJECTIVE):
            beside = number.end <= sign.start < max(after, number.end + 2) or 0 <= number.start - sign.end < _BESIDE
            score += 0.0 if beside else 0.6  # «из восьми заявленных проектов работают три»
        if best is None or score < best[0]:
            best = (score, sign)
        if follows and gap < _OWN_CLAUSE and _closes(view, sign):
            closed = sign.end
    if best is None or (best[0] > 3.2 and not view.kazakh):
        return StatusFound("", "", False)
    sign = best[1]
    code = "actual" if sign.code == "not_yet" else sign.code
    return StatusFound(code, sign.text, sign.event, sign.code == "not_yet", best[0])


def _has_own_figure(view: View, sign: Sign, apart: bool) -> bool:
    """Whether a figure of its own follows the verb in its clause, or stands before it in a clause quite apart."""
    years = view.years
    return any(
        (other.start > sign.end or apart)
        and not other.odd
        and view.border(sign.start, other.start) < _OWN_CLAUSE
        and not any(year.start <= other.start < year.end for year in years)
        for other in view.numbers
    )


def _closes(view: View, sign: Sign) -> bool:
    """Whether the verb is finite and a comma ends its clause right after it."""
    low, end = view.page.low, after_space(view.page.low, sign.end)
    past = next((word for word in _PAST if low.startswith(word, end)), "") if end > sign.end else ""
    end = end + len(past) if past else sign.end
    return low[end : end + 1] in _CLAUSE_ENDS and _FINITE.search(sign.text) is not None


def is_of_later_clause(view: View, number: Number, position: int) -> bool:
    """Whether ``position`` lies in a later clause that tells of something else than the number.

    In Kazakh the number's own clause has ended with its verb; in Russian the later one has a figure of its own.
    """
    if position <= number.end or view.border(number.start, position) < _OWN_CLAUSE:
        return False
    if view.kazakh and _has_own_time(view, number, view.end):
        return True
    if view.kazakh:
        return _FINITE.search(view.clause_text(number.start).rstrip(" ,;")) is not None
    years = view.years
    return any(
        not other.odd
        and other.start > number.end
        and view.border(position, other.start) < _OWN_CLAUSE
        and not any(year.start < other.end and other.start < year.end for year in years)
        for other in view.numbers
    )


def _has_own_time(view: View, number: Number, position: int) -> bool:
    """Whether between the number and ``position`` a clause with a year that is due has a figure of its own."""
    return any(
        year.due
        and number.end < year.start < position
        and view.border(number.start, year.start) >= _OWN_CLAUSE
        and view.border(year.start, other.start) < _OWN_CLAUSE
        and year.end <= other.start < position
        for year in view.years
        for other in view.numbers
        if not other.odd
    )
