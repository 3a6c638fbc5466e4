"""A figure in the editor: as words and form fields, and back from the fields of a form to an observation."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geo.catalogue import Catalogue
from geo.errors import BadInput
from geo.gazetteer import Gazetteer
from geo.model import QUALIFIERS, STATUSES, Document, Observation, Period, Span
from geo.reviewing import Reviewed
from geo.series import place_key
from webapp.editor_fields import parse_choice
from webapp.editor_places import name_of, parse_new_place, parse_place, place_field
from webapp.marked_text import PARAGRAPH, marked_paragraphs
from webapp.words import Figure, PlaceWords, figure_in_words, period_text, status_word, value_text

LONGEST_QUOTE = 600  # characters; a longer one is no sentence
NUMBER = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
SENTENCE_END = re.compile(r"[.!?…]+[»\")]*(?=\s|$)|\n")
RULE = "editor"


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary that forms are checked against."""

    catalogue: Catalogue
    gazetteer: Gazetteer


# showing --------------------------------------------------------------------------------------------------------------


def shown(reviewed: Reviewed, review: str, words: Words, lang: str) -> dict[str, Any]:
    """A figure of the list. ``state``: waiting, accepted or rejected, as it would be published now."""
    o, machine = reviewed.observation, reviewed.machine
    start, end = (at - o.span[0] for at in o.value_span)
    decided = reviewed.decided
    state = {"": "accepted" if review == "accept" else "waiting", "reject": "rejected"}.get(decided, "accepted")
    return {
        "id": o.id,
        "layer": o.layer,
        "state": state,
        "decided": decided,
        "who": reviewed.who.removeprefix("editor: "),
        "note": reviewed.note,
        "label": words.catalogue.indicator(o.indicator).label[lang],
        "status_label": status_word(o.status, lang),
        "status": o.status,
        "parts": [o.quote[:start], o.quote[start:end], o.quote[end:]],
        "confidence": round(100 * o.confidence),
        "inferred": list(o.inferred),
        **in_words(o, words, lang),
        "machine": in_words(machine, words, lang) if machine is not None and machine != o else None,
    }


def in_words(o: Observation, words: Words, lang: str) -> dict[str, str]:
    """Sentence, value, place and time of an observation in the reader's language."""
    regions = tuple(PlaceWords(name_of(code, words.gazetteer, lang), "region") for code in o.regions)
    place = None
    if place_key(o) and o.place is not None:
        around = name_of(o.regions[0], words.gazetteer, lang) if len(o.regions) == 1 else ""
        place = PlaceWords(name_of(o.place.id, words.gazetteer, lang, o.place.name), o.place.kind, around)
    start, end = (o.period.start, o.period.end) if o.period else (None, None)
    unit = words.catalogue.indicator(o.indicator).unit
    figure = Figure(o.indicator, o.value, o.status, o.qualifier, o.low, o.high, o.currency, start, end, place, regions)
    value = value_text(o.value, unit, lang, qualifier=o.qualifier, low=o.low, high=o.high, currency=o.currency)
    where = ", ".join([*([place.name] if place else []), *(region.name for region in regions)])
    return {
        "words": figure_in_words(figure, lang),
        "value": value,
        "where": where,
        "when": period_text(start, end, lang),
    }


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text on one line with its offset in the document. ``ids`` are the figures whose number it is."""

    text: str
    start: int
    ids: tuple[str, ...]
    layer: str


def runs(document: Document, figures: Iterable[Observation]) -> list[list[tuple[bool, list[Run]]]]:
    """Paragraphs of passages: (whether it is evidence, its runs); lines apart, since browsers drop a CR before LF."""
    starts = [match.start() for match in PARAGRAPH.finditer(document.text, document.body_start)]
    result = []
    for start, paragraph in zip(starts, marked_paragraphs(document, figures), strict=True):
        at, passages = start, []
        for passage in paragraph:
            found = []
            for piece in passage.pieces:
                for line in piece.text.splitlines(keepends=True):
                    found.append(Run(line, at, piece.ids, piece.layer))
                    at += len(line)
            passages.append((passage.quoted, found))
        result.append(passages)
    return result


def fields_of(o: Observation) -> dict[str, str]:
    """What the form of a figure is filled with."""
    start, end = (o.period.start, o.period.end) if o.period else (None, None)
    return {
        "indicator": o.indicator,
        "value": plain(o.value),
        "high": plain(o.high) if o.high is not None and o.high != o.value else "",
        "qualifier": o.qualifier,
        "status": o.status,
        "place": place_field(o),
        "start": start.isoformat() if start else "",
        "end": end.isoformat() if end else "",
    }


def plain(value: float) -> str:
    """A number as it is typed: 85,5 and 39500000000, without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")


# parsing --------------------------------------------------------------------------------------------------------------


def corrected(o: Observation, form: Mapping[str, str], words: Words) -> Observation:
    """The figure with the fields of the form. Raises BadInput naming the field, what came and what is allowed."""
    indicator = words.catalogue.indicator(form.get("indicator", ""))
    value, high = parse_value(form.get("value", "")), form.get("high", "").strip()
    top = parse_value(high) if high else None
    if top is not None and top <= value:
        raise BadInput(
            f"The range ends at {high}, which is not above its beginning. Give the larger number second.",
            reason="range_order",
            received=high,
        )
    place, regions = o.place, o.regions
    if form.get("new_name", "").strip():
        place, regions = parse_new_place(form, words.gazetteer)
    elif form.get("place", "").strip() != place_field(o):
        place, regions = parse_place(form.get("place", ""), words.gazetteer)
    if indicator.unit == "percent" and not 0 <= value <= 1000:
        raise BadInput(
            f"{plain(value)} is no share in percent.", reason="no_share", received=form.get("value", "")[:40]
        )
    return replace(
        o,
        layer=indicator.layer,
        indicator=indicator.code,
        unit=indicator.unit,
        value=value,
        low=value if top is not None else None,
        high=top,
        currency=o.currency if indicator.unit == "KZT" else None,
        qualifier=parse_choice("qualifier", form.get("qualifier", ""), QUALIFIERS),
        status=parse_choice("status", form.get("status", ""), STATUSES),
        period=parse_period(form.get("start", ""), form.get("end", "")),
        place=place,
        regions=regions,
        confidence=1.0,
        rule=RULE,
        inferred=(),
    )


def added(document: Document, span: Span, form: Mapping[str, str], words: Words) -> Observation:
    """A figure that a person found at ``span`` (characters of the text); its sentence is what stands around it."""
    value_span = number_in(document.text, span)
    sentence = sentence_around(document.text, value_span, document.body_start)
    empty = Observation(
        id="",
        document=document.id,
        layer="",
        indicator="",
        value=0.0,
        unit="",
        qualifier="exact",
        status="actual",
        regions=(),
        quote=document.text[slice(*sentence)],
        span=sentence,
        value_span=value_span,
    )
    made = corrected(empty, form, words)
    digest = hashlib.sha256(repr(replace(made, id="")).encode()).hexdigest()
    return replace(made, id=f"e{digest[:15]}")


def suggested(document: Document, span: Span) -> dict[str, str]:
    """What the form of a new figure begins with: the number in the words that were selected."""
    found = NUMBER.search(document.text, *span)
    return {"value": re.sub(r"\s", "", found[0]) if found else "", "qualifier": "exact", "status": "actual"}


def parse_span(form: Mapping[str, str], document: Document) -> Span:
    """The selected characters, or where the ``words`` stand that were typed. Raises BadInput where they are nowhere."""
    if form.get("words", "").strip() and not form.get("from"):
        return span_of_words(form["words"], document)
    try:
        start, end = int(form.get("from", "")), int(form.get("to", ""))
    except ValueError:
        raise BadInput("Select the words of the figure in the text first.", reason="select_first") from None
    words = document.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if not document.body_start <= start < end <= len(document.text) or end - start > LONGEST_QUOTE:
        raise BadInput(
            f"Select between one and {LONGEST_QUOTE} characters of the text.", reason="select_words", most=LONGEST_QUOTE
        )
    return start, end


def span_of_words(raw: str, document: Document) -> Span:
    """Where these words stand in the text, whatever its spaces and capitals. Raises BadInput unless it is one place."""
    words = raw.split()
    pattern = r"\s+".join(map(re.escape, words))
    found = [] if len(raw) > LONGEST_QUOTE else list(re.finditer(pattern, document.text[document.body_start :], re.I))
    said = " ".join(words)[:80]
    if not found:
        raise BadInput(
            f"«{said}» does not stand in the text. Write the words as they stand there.",
            reason="words_not_there",
            received=said,
        )
    if len(found) > 1:
        raise BadInput(
            f"«{said}» stands in the text {len(found)} times. Write more of the words around it.",
            reason="words_not_once",
            received=said,
        )
    return document.body_start + found[0].start(), document.body_start + found[0].end()


def number_in(text: str, span: Span) -> Span:
    """Where the number stands in what was selected; all of it where it is said in words."""
    found = NUMBER.search(text, *span)
    return found.span() if found else span


def sentence_around(text: str, span: Span, first: int) -> Span:
    """The sentence that holds ``span``, cut to 600 characters around it."""
    begins = [first, *(match.end() for match in SENTENCE_END.finditer(text, first, span[0]))]
    match = SENTENCE_END.search(text, span[1])
    end = match.end() if match and match[0] != "\n" else match.start() if match else len(text)
    start = begins[-1] + len(text[begins[-1] : span[0]]) - len(text[begins[-1] : span[0]].lstrip())
    if end - start > LONGEST_QUOTE:
        start, end = max(start, span[0] - LONGEST_QUOTE // 3), min(end, span[1] + LONGEST_QUOTE // 3)
    return start, end


def parse_value(raw: str) -> float:
    """A number written with a comma or a point; spaces part thousands."""
    text = re.sub(r"[\s\u00a0\u202f]", "", raw).replace(",", ".")
    if not re.fullmatch(r"[-\u2212]?\d{1,18}(?:\.\d{1,10})?", text):
        raise BadInput(
            f"{raw[:40]!r} is no number. Write it in figures, such as 85,5 or 39 500 000.",
            reason="no_number",
            received=raw[:40],
        )
    value = float(text.replace("\u2212", "-"))
    if not math.isfinite(value) or value < 0:
        raise BadInput(
            f"{raw[:40]!r} is below zero, which nothing here can be.", reason="below_zero", received=raw[:40]
        )
    return value


def parse_period(start: str, end: str) -> Period | None:
    """Days, months or years, each end alone too; a single year is all of it."""
    first, last = start.strip(), end.strip()
    if not first and not last:
        return None
    began = day_of(first, last=False) if first else None
    ended = day_of(last or first, last=True)
    if began is not None and ended < began:
        raise BadInput(
            f"The time ends ({last}) before it begins ({first}). Give the earlier one first.",
            reason="time_order",
            received=f"{first} – {last}",
        )
    return Period(began, ended)


def day_of(raw: str, *, last: bool) -> dt.date:
    """The first or last day of a year, a month or a day."""
    match = DATE.fullmatch(raw)
    try:
        if not match:
            raise ValueError(raw)
        year, month, day = (int(match[part]) if match[part] else 0 for part in ("year", "month", "day"))
        if day or not last:
            return dt.date(year, month or 1, day or 1)
        following = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
        return following - dt.timedelta(days=1)
    except ValueError:
        raise BadInput(
            f"{raw[:20]!r} is no time. Write 2025, 2025-10 or 2025-10-28.", reason="no_time", received=raw[:20]
        ) from None
