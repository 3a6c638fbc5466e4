"""The ledger of promises as a picture for chats: its choice in words, a bar of the states, the first plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from geo.model import Edition
from webapp.i18n import day, number
from webapp.picture_text import words
from webapp.pictures import BOTTOM, HEIGHT, MARGIN, WIDTH
from webapp.scene import Circle, Line, Mark, Rect, Scene, Text, text_width, wrap

COLOURS = {"kept": "--good", "partly": "--mark", "missed": "--warn", "overdue": "--line-strong", "open": "--paper-3"}
BAR_TOP, BAR = 128, 30  # px
ROWS_TOP, ROW, MOST_ROWS = 236, 58, 6  # px, px, plans
STATE_COLUMN = 300  # px
MOST_SOURCES = 5


def promise_scene(
    ledger: Mapping[str, Any], edition: Edition, state_words: Mapping[str, str], lang: str, title: str, sentence: str
) -> Scene:
    """``ledger`` as ``/api/v1/promises`` gives it; 1200 × 630 px."""
    frame = [
        *title_marks(title, sentence),
        *bar_marks(ledger["states"], state_words, lang),
        *row_marks(ledger["promises"][:MOST_ROWS], state_words, lang),
        *footer_marks(ledger, edition, lang),
    ]
    return Scene(WIDTH, HEIGHT, lang, title, sentence, (), tuple(frame))


def title_marks(title: str, sentence: str) -> Iterable[Mark]:
    yield Text(MARGIN, 50, wrap(title, WIDTH - 2 * MARGIN, 32, bold=True, lines=1)[0], 32, bold=True)
    for index, line in enumerate(wrap(sentence, WIDTH - 2 * MARGIN, 17)):
        yield Text(MARGIN, 80 + 22 * index, line, 17, "--ink-2")


def bar_marks(states: Mapping[str, int], state_words: Mapping[str, str], lang: str) -> Iterable[Mark]:
    """One bar parted by state, in proportion to the counts, and its key below."""
    total, x, key = sum(states.values()), float(MARGIN), float(MARGIN)
    for state, count in states.items():
        if not count:
            continue
        width = (WIDTH - 2 * MARGIN) * count / total
        yield Rect(x, BAR_TOP, width, BAR, COLOURS[state], stroke="--paper")
        x += width
        text = f"{state_words[state]}: {number(count, lang)}"
        yield Circle(key + 7, BAR_TOP + BAR + 24, 7, COLOURS[state], stroke="--line-strong")
        yield Text(key + 20, BAR_TOP + BAR + 30, text, 17)
        key += 20 + text_width(text, 17) + 26


def row_marks(promises: Iterable[Mapping[str, Any]], state_words: Mapping[str, str], lang: str) -> Iterable[Mark]:
    """A plan in words with its due date and state, over a line."""
    for index, promise in enumerate(promises):
        y, right = ROWS_TOP + ROW * index, WIDTH - MARGIN
        yield Line(((MARGIN, y - 14), (right, y - 14)), "--line")
        for at, line in enumerate(wrap(promise["plan"]["words"], WIDTH - 2 * MARGIN - STATE_COLUMN, 16)):
            yield Text(MARGIN, y + 6 + 20 * at, line, 16)
        yield Text(right, y + 6, state_words[promise["state"]], 16, bold=True, anchor="end")
        yield Text(right, y + 26, day(promise["due"], lang), 14, "--ink-2", anchor="end")


def footer_marks(ledger: Mapping[str, Any], edition: Edition, lang: str) -> Iterable[Mark]:
    """Who published the plans of this choice at the left, edition and date at the right."""
    baseline = HEIGHT - 15
    yield Line(((MARGIN, HEIGHT - BOTTOM + 4), (WIDTH - MARGIN, HEIGHT - BOTTOM + 4)), "--line")
    published = edition.published.date()
    right = f"Qamtu · {words('edition', lang, n=edition.number, x=day(published, lang))}"
    yield Text(WIDTH - MARGIN, baseline, right, 14, "--ink-2", bold=True, anchor="end")
    named = publishers(ledger["promises"])
    if named:
        more = words("and_more", lang, n=len(named) - MOST_SOURCES) if len(named) > MOST_SOURCES else ""
        text = words("sources", lang, x=f"{', '.join(named[:MOST_SOURCES])} {more}".strip())
        room = WIDTH - 2 * MARGIN - text_width(right, 14, True) - 24
        yield Text(MARGIN, baseline, wrap(text, room, 14, lines=1)[0], 14, "--ink-2")


def publishers(promises: Iterable[Mapping[str, Any]]) -> list[str]:
    """Who published the plans, each once."""
    return list(dict.fromkeys(name for promise in promises if (name := promise["plan"]["source"].get("publisher"))))
