"""Whose share a percentage is where it does not say so itself: of the count, the land, or as in the share before."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.indicators import Flags, is_counted
from geo.reading.layers import LayerFound
from geo.reading.numbers import Number
from geo.reading.phrases import phrase
from geo.reading.state import Figure, Run
from geo.reading.view import View

_THAT_IS: Final = phrase(
    "that_is", "in_other_words", before=r"(?:[,(–—]\s?|\s)", after=r"\s(?:[–—-]\s)?(?:[\p{Ll}]+\s){0,3}$"
)
_THIS: Final = regex.compile(r"(?:бұл|осы|этот|этого|он|его)\s")
_OF_THOSE: Final = phrase("of_those", after=r"\s(?:\p{Ll}+\s)?$")
_SHARE_OF: Final = {  # a share right after a count of these is of them
    "settlements": "of_settlements",
    "people": "of_people",
    "health": "of_health",
    "schools": "of_schools",
    "zones": "of_zones",
    "sez": "of_zones",
}


def share_of_count(view: View, number: Number, layer: LayerFound, flags: Flags, earlier: Figure | None) -> None:
    """«430 организаций, или 84 %», «55 аймақ бар, солардың 30 пайызы»: a share of what was just counted."""
    dwellers_only = flags.held.get("of_people") == ""  # «в 345 сёлах, это 98 процентов» tells of no people
    if earlier is None or earlier.layer.layer != layer.layer or (_has_base(flags) and not dwellers_only):
        return
    base = _SHARE_OF.get(earlier.counted.code)
    between = view.text(earlier.number.end, number.start)
    if base is not None and (_THAT_IS.search(between) or _OF_THOSE.search(between)):
        for name in ("of_people", "of_urban", "of_rural") if dwellers_only else ():
            flags.held.pop(name, None)
        flags.set(base, "the count before, as a share")


def inherit_base(
    run: Run, view: View, number: Number, layer: LayerFound, flags: Flags, linked: bool, earlier: Figure | None
) -> None:
    """«Бұл көрсеткіш 85,5 пайыз»: a share without its base takes that of the share before."""
    if _has_base(flags):
        return
    if earlier is not None and earlier.layer.layer == layer.layer and earlier.counted.code == "percent":
        for name in ("of_people", "of_settlements", "of_urban", "of_rural"):
            if name in earlier.flags and not {"of_urban", "of_rural"} & set(flags.held):
                flags.set(name, "as in the share before")
        return
    again = any(hit.start < number.start for hit in view.of("cue", "again"))
    last = run.last_share if again else run.last
    if (
        last is not None
        and last.counted.code == "percent"
        and last.layer.layer == layer.layer
        and (again or linked)
        and view.sentence.line - last.sentence.line <= 2
    ):
        this = any(_THIS.match(view.page.low, hit.start) for hit in view.of("cue", "again"))
        dwelling = ("of_urban", "of_rural") if this and not view.of("cue", "urban", "rural", "town") else ()
        for name in ("of_people", "of_settlements", "of_health", "of_schools", *dwelling):
            if name in last.flags:
                flags.set(name, "as in the share before")
    elif again and not flags.held.get("of_people"):
        nouns = [
            hit
            for hit in view.of("unit", "people", "settlements")
            if hit.start < number.start and not is_counted(view, hit)
        ]
        if nouns:
            flags.set(
                "of_people" if nouns[-1].term.code == "people" else "of_settlements", "named before in the sentence"
            )


def _has_base(flags: Flags) -> bool:
    return any(name.startswith("of_") and name not in ("of_layer", "of_urban", "of_rural") for name in flags.held)
