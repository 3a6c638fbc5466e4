"""Roads and pipelines told by the two places that they join: «Алматы – Талдықорған»."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import regex

from geo.reading.mention import Mention
from geo.reading.text import Page

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.place_tables import Place

_DASH: Final = regex.compile(r"\s?[–—]\s?")
_LONGEST_DASH: Final = 3  # characters, with a space at each end


def with_lines(page: Page, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The roads and pipelines of the gazetteer whose two ends are named with a dash between."""
    added = []
    run: list[Mention] = []
    for mention in (*mentions, None):
        if mention is not None and mention.line and (not run or _DASH.fullmatch(page.low, run[-1].end, mention.start)):
            run.append(mention)
            continue
        line = _line_of(gazetteer, run) if len(run) > 1 else None
        if line is not None:
            reason = "the line between the two places"
            added.append(
                Mention(run[0].start, run[-1].end, line.id, line.name_kk, line.kind, line.regions, True, reason)
            )
        run = [mention] if mention is not None and mention.line else []
    return sorted((*mentions, *added), key=lambda mention: mention.start) if added else mentions


def _line_of(gazetteer: Gazetteer, run: list[Mention]) -> Place | None:
    ends = {run[0].id, run[-1].id}
    return next((line for line in gazetteer.lines if {line.ends[0], line.ends[-1]} == ends), None)


def mark_lines(page: Page, mentions: list[Mention]) -> list[Mention]:
    """«Алматы – Талдықорған» names a road or a pipeline, not two places."""
    if len(mentions) < 2:
        return mentions
    lines: set[int] = set()
    for first, second in pairwise(mentions):
        between = page.low[first.end : second.start]
        joined = len(between) <= _LONGEST_DASH and _DASH.fullmatch(between) is not None
        joined = joined or (between == " до " and page.low[max(0, first.start - 3) : first.start] == "от ")
        if (
            joined
            and second.kind in ("city", "settlement", "region", "district", "country")
            and first.kind in ("city", "settlement", "region", "district")
        ):
            lines |= {first.start, second.start}
    if not lines:
        return mentions
    return [
        m
        if m.start not in lines
        else Mention(m.start, m.end, m.id, m.name, m.kind, m.regions, False, "an end of a line", True)
        for m in mentions
    ]
