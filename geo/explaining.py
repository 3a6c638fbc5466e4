"""A reading shown to a person: the text with every figure marked by layer, and beside it what was understood and why.

Two forms, one for the terminal and one self-contained HTML page. The text is hostile: control characters never reach
the terminal, everything is escaped in the page, and the page has no script.
"""

from __future__ import annotations

import html
import re
import shutil
import textwrap
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model import LAYERS, Observation
from geo.terminal import printable

if TYPE_CHECKING:
    from geo.reading import Reading

COLOURS = {"gas": 33, "water": 34, "internet": 35, "industry": 32}  # ANSI: yellow, blue, magenta, green
QUALIFIER_SIGNS = {"exact": "", "about": "≈ ", "more_than": "> ", "less_than": "< ", "up_to": "≤ "}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text (code points) with what was read there, or why nothing was."""

    start: int
    end: int
    number: int  # counts figures from 1; 0 for a number that was left out
    layer: str = ""
    observations: tuple[Observation, ...] = ()  # none where a figure is said again: the number leads to the first time
    left_out: str = ""  # the number that was left out
    reason: str = ""  # why it was


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text and the marks inside it."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def explain_in_terminal(reading: Reading, *, colour: bool, width: int | None = None) -> str:
    """The reading for a terminal of ``width`` columns; without ``colour`` figures stand in square brackets."""
    width = width or max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))
    lines = [_paint(f"{reading.document.id}  {printable(reading.document.title)}", "1", colour)]
    lines += [f"  {line}" for line in _what_is_known(reading)]
    for block in blocks_of(reading):
        lines += ["", *_wrap_marked(reading, block, width, colour)]
        for mark in block.marks:
            for line in _notes(mark):
                lines += textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="        ") if line else []
    lines += ["", _summary(reading)]
    return "\n".join(lines)


def explain_as_page(readings: list[Reading]) -> str:
    """All readings as one HTML page that needs nothing else: no script, no file, no address."""
    title = "What was read" if len(readings) != 1 else f"What was read in {printable(readings[0].document.id)}"
    return PAGE.format(title=html.escape(title), style=STYLE, legend=_legend(), body="".join(map(_section, readings)))


# What both forms show


def blocks_of(reading: Reading) -> Iterator[Block]:
    """The paragraphs of the text in order, each with its marks."""
    text, marks = reading.document.text, deque(marks_of(reading))
    for paragraph in re.compile(r"[^\r\n]*\S[^\r\n]*").finditer(text, reading.document.body_start):
        start, end = paragraph.span()
        inside = []
        while marks and marks[0].start < end:
            inside.append(marks.popleft())
        yield Block(start, max([end, *(mark.end for mark in inside)]), tuple(inside))


def marks_of(reading: Reading) -> list[Mark]:
    """Figures and left-out numbers in the order of the text, without overlaps; a figure beats a left-out number."""
    figures: dict[tuple[int, int], list[Observation]] = {}
    for observation in reading.observations:
        figures.setdefault(tuple(observation.value_span), []).append(observation)
    merged: list[tuple[int, int, list[Observation]]] = []
    for (start, end), found in sorted(figures.items()):
        if merged and start < merged[-1][1]:
            first, last, before = merged.pop()
            merged.append((first, max(last, end), before + found))
        else:
            merged.append((start, end, found))
    marks = [
        Mark(start, end, number, found[0].layer, tuple(found)) for number, (start, end, found) in enumerate(merged, 1)
    ]
    said_again = [
        Mark(*span, mark.number, mark.layer)
        for mark in marks
        for span in sorted({span for observation in mark.observations for span in observation.mentions})
    ]
    left_out = [Mark(*skipped.span, 0, left_out=skipped.text, reason=skipped.reason) for skipped in reading.skipped]
    for more in (*said_again, *left_out):
        place = bisect_left(marks, more.start, key=lambda mark: mark.start)
        before, after = marks[max(0, place - 1) : place], marks[place : place + 1]
        if all(mark.end <= more.start for mark in before) and all(more.end <= mark.start for mark in after):
            marks.insert(place, more)
    return marks


def in_words(observation: Observation) -> str:
    """The fields of a figure on one line: indicator, value with its qualifier, status, place, period."""
    value = f"{observation.value:,.10g}".replace(",", " ")
    if observation.high is not None:
        value += f"–{observation.high:,.10g}".replace(",", " ")
    place = ", ".join(observation.regions) or "region unknown"
    if observation.place and observation.place.id not in observation.regions:
        place = f"{observation.place.name} ({place})"
    return " · ".join(
        [
            f"{observation.indicator} = {QUALIFIER_SIGNS[observation.qualifier]}{value} "
            f"{observation.currency or ''}{'' if observation.currency else observation.unit}".rstrip(),
            observation.status,
            place,
            _period(observation),
        ]
    )


def _period(observation: Observation) -> str:
    if not observation.period:
        return "time unknown"
    start, end = observation.period.start, observation.period.end
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{start or ''}…{end or ''}" if start != end else str(start)


def _notes(mark: Mark) -> Iterator[str]:
    if not mark.number:
        yield f"– {printable(mark.left_out)} left out: {printable(mark.reason)}"
    for observation in mark.observations:
        yield f"{mark.number} {printable(in_words(observation))}"
        yield f"  rule: {printable(observation.rule) or '–'} · confidence {observation.confidence:.2f}"
        for reason in observation.inferred:
            yield f"  inferred {printable(reason)}"


def _what_is_known(reading: Reading) -> list[str]:
    document = reading.document
    dated = f"{document.date} ({document.date_basis})" if document.date else "unknown"
    lines = [f"date: {dated} · language: {document.language or 'unknown'}"]
    return lines + [f"inferred {printable(str(reason))}" for reason in reading.inferred]


def _summary(reading: Reading) -> str:
    counts = {layer: sum(found.layer == layer for found in reading.observations) for layer in LAYERS}
    parts = ", ".join(f"{layer} {count}" for layer, count in counts.items() if count)
    return f"{len(reading.observations)} figures ({parts or 'none'}), {len(reading.skipped)} numbers left out"


# Terminal


def _wrap_marked(reading: Reading, block: Block, width: int, colour: bool) -> list[str]:
    """The paragraph wrapped at ``width`` columns; marked stretches are kept whole and painted after wrapping."""
    pieces: list[tuple[str, Mark | None]] = []
    for text, mark in _pieces(reading.document.text, block):
        words = [printable(text)] if mark else re.findall(r"\S+|\s+", printable(text))
        pieces += [(word, mark) for word in words]
    lines, line, used = [], "", 0
    for text, mark in pieces:
        shown = _shown(text, mark, colour)
        length = len(text) + (0 if mark is None else len(_tag(mark)) + (0 if colour else 2))
        if used + length > width and line.strip() and not text.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if not (text.isspace() and not line):
            line, used = line + shown, used + length
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, block: Block) -> Iterator[tuple[str, Mark | None]]:
    position = block.start
    for mark in block.marks:
        yield text[position : mark.start], None
        yield text[mark.start : mark.end], mark
        position = mark.end
    yield text[position : block.end], None


def _shown(text: str, mark: Mark | None, colour: bool) -> str:
    if mark is None:
        return text
    if not mark.number:
        return _paint(text, "2;9", colour) if colour else f"~{text}~"
    code = f"1;4;{COLOURS.get(mark.layer, 36)}"
    return _paint(text, code, colour) + _tag(mark) if colour else f"[{text}]{_tag(mark)}"


def _tag(mark: Mark) -> str:
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(mark.number)) if mark.number else ""


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


# Page


def _section(reading: Reading) -> str:
    document = reading.document
    known = "".join(f"<li>{html.escape(line)}</li>" for line in _what_is_known(reading))
    rows = "".join(_row(reading, block) for block in blocks_of(reading))
    title = html.escape(printable(document.title or document.id))
    return (
        f'<section><h2>{title}</h2><p class="file">{html.escape(document.id)}</p><ul class="known">{known}</ul>'
        f"{rows}<p>{html.escape(_summary(reading))}</p></section>"
    )


def _row(reading: Reading, block: Block) -> str:
    text = ""
    for piece, mark in _pieces(reading.document.text, block):
        escaped = html.escape(piece)
        if mark is None:
            text += escaped
        elif mark.number:
            text += f'<mark class="{html.escape(mark.layer)}">{escaped}<sup>{mark.number}</sup></mark>'
        else:
            text += f'<s title="{html.escape(mark.reason)}">{escaped}</s>'
    notes = "".join(
        f"<li>{'<br>'.join(html.escape(line.strip()) for line in _notes(mark))}</li>" for mark in block.marks
    )
    notes = f"<ul>{notes}</ul>" if notes else ""
    return f'<div class="row"><p>{text}</p>{notes}</div>'


def _note(lines: list[str]) -> str:
    head, *rest = (html.escape(line.strip()) for line in lines)
    return "<br>".join([f"<b>{head}</b>", *rest]) if rest else head


def _legend() -> str:
    marks = "".join(f'<li><mark class="{layer}">{layer}</mark></li>' for layer in LAYERS)
    return f'<ul class="legend">{marks}<li><s>left out</s></li></ul>'


STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: Canvas; color: CanvasText; }
h1 { font-size: 24px; } h2 { font-size: 20px; margin: 32px 0 0; }
.file, .known { margin: 0; padding: 0; list-style: none; opacity: .75; }
.row { display: grid; grid-template-columns: 3fr 2fr; gap: 24px; }
.row p { margin: 8px 0; overflow-wrap: anywhere; }
.row ul { margin: 8px 0; padding: 0; list-style: none; font-size: 14px; overflow-wrap: anywhere; }
.row li { margin-bottom: 8px; padding-left: 8px; border-left: 2px solid #8886; }
.row b { font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 16px; padding: 0; list-style: none; }
mark { padding: 0 2px; border-radius: 2px; color: #1b1b1b; border-bottom: 3px solid; }
.gas { background: #f6dfa8; border-color: #b06f00; } .water { background: #c6e0f5; border-color: #1c5d99; }
.internet { background: #e2d2f2; border-color: #6b3fa0; } .industry { background: #d0dfd6; border-color: #3c5f4d; }
s { opacity: .6; } sup { font-size: 11px; line-height: 0; }
@media (max-width: 700px) { .row { grid-template-columns: 1fr; gap: 0; } }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1>{legend}{body}</body></html>
"""
