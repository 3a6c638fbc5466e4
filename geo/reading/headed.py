"""Lists whose head tells the rest: «На 2026 год намечено:», «қамту үлесі:», and the items on the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from geo.model import Period
from geo.reading.ellipsis import BARE_AFTER
from geo.reading.indicators import Flags, figure_flags
from geo.reading.layers import LayerFound
from geo.reading.numbers import Number
from geo.reading.periods import figure_period
from geo.reading.phrases import phrase
from geo.reading.sentences import Sentence
from geo.reading.state import NETWORK_FLAGS, Run
from geo.reading.status import Sign, StatusFound, figure_status, status_signs
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.vocabulary import YEARS

_BULLET: Final = regex.compile(r"[•·*▪●–—-]\s|\d{1,2}[.)]\s")
_ROW: Final = regex.compile(r"[^\n]{1,60}?(?::|\s[–—-])\s\d")
_ROW_SIGN: Final = regex.compile(r"(?::|\s[–—-])\s$")
_IN_PERCENT: Final = regex.compile(r"(?:,|\()\s?(?:в\s)?(?:%|процент\p{Ll}*|пайыз\p{Ll}*)\)?:$")
_MEASURES: Final = phrase("measures", before=r"[\s«•–—-]*(?:[\p{L}\d-]+\s){0,4}", after=r"[^.;\n]{0,60}:")
_COUNTED: Final = frozenset(
    ("settlements", "schools", "health", "institutions", "projects", "participants", "jobs", "zones", "sez", "masts")
)
_MEASURED: Final = frozenset(("km", "hectare", "percent", "people", "households", "subscribers"))
_APART: Final = (  # flags of which an item with one of its own takes none of the head's
    frozenset(("module", "standpipe", "trucked", "well", "central")),
    NETWORK_FLAGS,
    frozenset(
        ("of_people", "of_urban", "of_rural", "of_settlements", "of_health", "of_schools", "of_other", "of_zones")
    ),
)
_HOW_MANY: Final = regex.compile(r"(?<!\p{L})(?:сколько|скольким|скольких|қанша|неше)(?!\p{L})")
_ANSWERS: Final = 2  # sentences after the question, of which the first may be a short one without a number
_ASIDE: Final = 48  # characters
_LONGEST_HEAD: Final = 300  # characters
_DONE_BY: Final = ("ть", "ти", "чь", "ться", "тись", "у", "ү", "ю")


@dataclass(slots=True)
class Head:
    """The sentence above a list, and where its last item so far stands."""

    sentence: Sentence
    line: int
    open: bool = True  # the head or the item before ends as one that others follow
    view: View | None = None


def go_on_under_head(run: Run, sentence: Sentence) -> None:
    """Keep the head while its items go on, drop it where they end."""
    head = run.head
    if head is None or sentence.line == head.line != head.sentence.line:
        return
    low = run.page.low
    goes_on = head.open or _BULLET.match(low, sentence.start) or _ROW.match(low, sentence.start, sentence.end)
    if sentence.line == head.line or not goes_on:
        run.head = None
        return
    head.line, head.open = sentence.line, low[sentence.end - 1] in ";,"


def take_head(run: Run, sentence: Sentence, layers: Sequence[str]) -> bool:
    """A sentence that ends in a colon and holds no figure heads the lines under it.

    Whether it says by itself what they tell; «Соның ішінде:» only goes on with the figure before.
    """
    if sentence.end - sentence.start > _LONGEST_HEAD:
        return False
    run.head = Head(sentence, sentence.line)
    return bool(layers) and not _view_of(run, run.head).of("cue", "subset")


def noun_of_head(run: Run, view: View, number: Number, index: int) -> Counted | None:
    """«Число сёл с газом:» above «Аксуский район – 12», «Қамту, %:» above «2027 жылы – 18,5»."""
    head = run.head
    after = number.end + len(number.tail)
    if head is None or not _is_row(view, number) or not BARE_AFTER.match(view.page.low, after):
        return None
    above = _view_of(run, head)
    if _IN_PERCENT.search(above.text(above.start, above.end)):
        return Counted("percent", None, "carried", after) if number.value <= 100 else None
    units = [hit for hit in above.units_at.values() if hit.term.code in _COUNTED or hit.term.code in _MEASURED]
    beside = [hit for hit in units if hit.word_end >= above.end - 2]  # «сетей, км:», «сёл (домов):»
    counted = beside or [hit for hit in units if hit.term.code in _COUNTED]
    return Counted(counted[-1].term.code, None, "carried", after) if counted else None


def note_question(run: Run, sentence: Sentence) -> None:
    """«Сколько домов подключено?», «Қанша ауылда газ бар?»: heads the number that answers, and no other."""
    run.asked_for -= 1 if sentence.end - sentence.start < _ASIDE else _ANSWERS  # «Хороший вопрос», «– деп сұрадық»
    if run.head is not None and run.head is run.question:
        run.head = None
    low = run.page.low
    if low[sentence.end - 1] == "?" and _HOW_MANY.search(low, sentence.start, sentence.end):
        run.question, run.asked_for = Head(sentence, sentence.line), _ANSWERS


def noun_of_question(run: Run, view: View, number: Number, index: int) -> Counted | None:
    """«– Почти 19 тысяч»: the first number after a question counts what was asked for."""
    after = number.end + len(number.tail)
    if run.question is None or run.asked_for <= 0 or number.article or not all(n.odd for n in view.numbers[:index]):
        return None
    ends = BARE_AFTER.match(view.page.low, after) is not None
    if not ends and not any(hit.start == after + 1 for kind in ("stem", "status") for hit in view.of(kind)):
        return None
    above = _view_of(run, run.question)
    asked = _HOW_MANY.search(above.page.low, above.start, above.end)
    units = [hit for hit in above.units_at.values() if asked is not None and hit.start >= asked.end()]
    noun = min(units, key=lambda hit: hit.start, default=None)
    if noun is None or noun.term.code == "none":
        return None
    run.asked_for, run.head = 0, run.question
    return Counted(noun.term.code, None, "carried", after)


def is_answer(run: Run) -> bool:
    """Whether the sentence that is read answers a question."""
    return run.head is not None and run.head is run.question


def status_under_head(run: Run, view: View, signs: list[Sign], status: StatusFound) -> StatusFound:
    """What the head says where the item has no verb, or only names what is to be done."""
    named_only = all(sign.code == "planned" and sign.text.endswith(_DONE_BY) for sign in signs)
    if not named_only:
        return status
    head = run.head
    if head is not None:
        above = _view_of(run, head)
        told = figure_status(above, _end_of(above), status_signs(above, run.vocabulary), above.end)
        if told.code:
            return StatusFound(told.code, told.word, told.event and not signs, told.negated, told.distance)
    start = head.sentence.start if head is not None else view.start
    if not signs and ":" in view.text(start, view.end) and _MEASURES.match(view.page.low, start):
        return StatusFound("planned", "a list of measures", False)
    return status


def flags_under_head(
    run: Run, view: View, counted: Counted, layer: LayerFound, signs: list[Sign], flags: Flags
) -> None:
    """«қамту үлесі:» tells of whom a row's share is, «Без интернета остаются:» that its villages lack it."""
    head = run.head
    if head is None or signs or layer.how not in ("context", "title"):
        return
    above = _view_of(run, head)
    told = figure_flags(above, _end_of(above), counted, layer.layer, "sentence", StatusFound("", "", False))
    own = [group for group in _APART if not group.isdisjoint(flags.held)]
    for name, word in told.held.items():
        if not any(name in group for group in own):
            flags.set(name, word)
    if above.of("cue", "level", "again"):
        flags.set("headed", "a row of what the head measures")


def period_under_head(run: Run, view: View, code: str) -> tuple[Period | None, str]:
    """The year that the head names, for an item that names none."""
    head = run.head
    if head is None or view.years or view.of("time", *YEARS):
        return None, ""
    above = _view_of(run, head)
    if not above.years and not above.of("time", *YEARS):
        return None, ""
    return figure_period(above, _end_of(above), code, run.date)


def _is_row(view: View, number: Number) -> bool:
    return _ROW_SIGN.search(view.text(max(view.start, number.start - 4), number.start)) is not None


def _view_of(run: Run, head: Head) -> View:
    if head.view is None:
        head.view = View(run.page, head.sentence, run.words)
    return head.view


def _end_of(view: View) -> Number:
    """Where the figures of the list would stand in the head itself."""
    percent = _IN_PERCENT.search(view.text(view.start, view.end))
    at = view.start + percent.start() if percent else view.end - 1
    return Number(at, at, 0.0)
