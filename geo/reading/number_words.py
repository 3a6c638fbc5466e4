"""What a run of number words amounts to: «екі мың үш жүз», «полтора миллиона», «сотни три»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reading.matching import Hit

_FEW: Final = 20  # of a scale, in «тысяч пятнадцать»


def compose(run: Sequence[Hit]) -> tuple[float | None, bool]:
    """The value of a run of number words, and whether it is only an article ("one")."""
    if is_turned_round(run):  # «сотни три», «тысяч пять»
        value, _ = compose(run[1:])
        return (value * float(run[0].term.code) if value else None), False
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


def is_turned_round(run: Sequence[Hit]) -> bool:
    """«сотни три», «тысяч пять», «десятка два»: the scale before how many of them there are, which is a guess."""
    return (
        len(run) > 1
        and bool(run[0].term.extra.get("vague"))
        and not any(hit.term.extra.get("multiplies") or hit.term.code == "+0.5" for hit in run[1:])
        and all(float(hit.term.code) < _FEW for hit in run[1:])
    )
