"""How sure an observation is: the evidence it rests on, each kind with the precision measured for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.reading.state import Figure

_LAYER = {"noun": 0.98, "clause": 0.97, "sentence": 0.9, "context": 0.8, "title": 0.7}
_UNIT = {"after": 0.99, "percent sign": 0.98, "before": 0.95, "carried": 0.88}
_PLACE = {"clause": 0.98, "words": 0.96, "focus": 0.93, "document": 0.95, "country": 0.95, "none": 0.75}


def confidence(figure: Figure) -> float:
    """0…1, rounded to two places; docs/reading.md has the table of how many are right at each level."""
    score = _LAYER[figure.layer.how] * _UNIT[figure.counted.how] * _PLACE[figure.place.how]
    score *= 0.98 if figure.status.word and figure.status.distance < 1.5 else 0.92
    if figure.heading:
        score *= 0.9
    return round(score, 2)
