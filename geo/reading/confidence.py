"""How sure an observation is: the evidence it rests on, each kind with the precision measured for it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import BadSeed
from geo.reading.vocabulary import FOLDER

if TYPE_CHECKING:
    from geo.reading.state import Figure

TABLE: Final = FOLDER / "confidence.toml"
KINDS: Final = {
    "layer": ("noun", "clause", "sentence", "context", "title"),
    "unit": ("after", "percent sign", "before", "carried"),
    "place": ("clause", "words", "focus", "document", "country", "none"),
    "status": ("actual", "planned", "target", "needed", "underway"),
    "verb": ("near", "far", "none"),
    "cues": ("own", "inherited"),
    "heading": ("yes", "no"),
}
_NEAR: Final = 1.5  # clauses
INHERITED: Final = "as in the "  # how a flag begins whose word is that of another figure


def confidence(figure: Figure) -> float:
    """0…1, rounded to two places; docs/reading.md has the table of how many are right at each level."""
    table = load_table()
    score = table["layer"][figure.layer.how] * table["unit"][figure.counted.how] * table["place"][figure.place.how]
    score *= table["status"][figure.status_code]
    score *= table["verb"][_verb(figure)]
    inherited = any(word.startswith(INHERITED) for word in figure.flags.held.values())
    score *= table["cues"]["inherited" if inherited else "own"]
    score *= table["heading"]["yes" if figure.heading else "no"]
    return round(score, 2)


def _verb(figure: Figure) -> str:
    if not figure.status.word:
        return "none"
    return "near" if figure.status.distance < _NEAR else "far"


@lru_cache(maxsize=2)
def load_table(path: Path = TABLE) -> dict[str, dict[str, float]]:
    """Kind of evidence → what it was → 0…1. Raises BadSeed where one is missing, unknown or out of bounds."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSeed(f"{path.name}: cannot be read: {error}") from error
    for kind, names in KINDS.items():
        given = table.get(kind, {})
        if set(given) != set(names):
            raise BadSeed(f"{path.name}: [{kind}] must give {', '.join(names)}; it gives {', '.join(given)}.")
        for name, value in given.items():
            if not isinstance(value, int | float) or not 0 < value <= 1:
                raise BadSeed(f"{path.name}: [{kind}] {name} is {value!r}; it must be over 0 and at most 1.")
    return table
