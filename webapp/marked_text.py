"""A document's text cut into paragraphs, sentences and marked figures; everything stays plain text to be escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.model import Document, Observation, Span

PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. ``ids`` are the figures whose number it is; ``layer`` the first one's; ``again``: said again."""

    text: str
    ids: tuple[str, ...] = ()
    layer: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces that belong together; ``quoted``: the sentence that is the evidence of a figure."""

    pieces: tuple[Piece, ...]
    quoted: bool


def marked_paragraphs(document: Document, observations: Iterable[Observation]) -> list[list[Passage]]:
    """The text after its metadata lines, paragraph by paragraph; joined, the pieces are the text."""
    figures = list(observations)
    marks = value_marks(figures)
    sentences = sentence_spans(figures)
    paragraphs = []
    for match in PARAGRAPH.finditer(document.text, document.body_start):
        passages = [
            Passage(tuple(pieces_of(document.text, span, marks)), quoted)
            for span, quoted in cut(match.span(), sentences)
        ]
        paragraphs.append(passages)
    return paragraphs


def value_marks(figures: Iterable[Observation]) -> list[tuple[Span, Piece]]:
    """Where numbers stand, in order and without overlap; figures of the same number share one mark."""
    ids: dict[Span, list[str]] = {}
    layers: dict[Span, str] = {}
    firsts: set[Span] = set()
    for figure in figures:
        for span in (figure.value_span, *figure.mentions):
            layers.setdefault(span, figure.layer)
            known = ids.setdefault(span, [])
            if span == figure.value_span:
                firsts.add(span)
                known.append(figure.id)
    marks: list[tuple[Span, Piece]] = []
    end = 0
    # Of overlapping numbers the longer one is marked; its ids take in those of the shorter.
    for span in sorted(ids, key=lambda s: (s[0], -s[1])):
        if span[0] >= end:
            marks.append((span, Piece("", tuple(ids[span]), layers[span], span not in firsts)))
            end = span[1]
        elif marks:
            outer, piece = marks[-1]
            marks[-1] = (outer, Piece("", (*piece.ids, *ids[span]), piece.layer, piece.again and span not in firsts))
    return marks


def sentence_spans(figures: Iterable[Observation]) -> list[Span]:
    """The sentences of the figures, overlapping ones joined, in order."""
    joined: list[list[int]] = []
    for start, end in sorted({figure.span for figure in figures}):
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return [(start, end) for start, end in joined]


def cut(window: Span, spans: Iterable[Span]) -> Iterable[tuple[Span, bool]]:
    """``window`` parted at ``spans``: every part with whether it lies inside one."""
    at = window[0]
    for span in spans:
        start, end = max(span[0], at), min(span[1], window[1])
        if start >= end:
            continue
        if start > at:
            yield (at, start), False
        yield (start, end), True
        at = end
    if at < window[1]:
        yield (at, window[1]), False


def pieces_of(text: str, window: Span, marks: Iterable[tuple[Span, Piece]]) -> Iterable[Piece]:
    """The text of ``window`` with its marked numbers; of one that crosses its border the first part bears the ids."""
    at = window[0]
    for span, mark in marks:
        start, end = max(span[0], at), min(span[1], window[1])
        if start >= end:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield (
            Piece(text[start:end], mark.ids, mark.layer, mark.again)
            if start == span[0]
            else Piece(text[start:end], (), mark.layer, True)
        )
        at = end
    if at < window[1]:
        yield Piece(text[at : window[1]])
