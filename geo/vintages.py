"""Outlines of the past: a figure of a region before it was parted is of all its parts together, and of none alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.model import Document, Observation
from geo.series import is_own_figure, year_of


@dataclass(frozen=True, slots=True)
class Vintage:
    """An outline that ended. ``regions`` (ISO 3166-2) are today's parts; ``heir`` is the part that kept
    the name, "" where none did.

    ``until`` is "YYYY-MM", the first month in which the outline no longer held.
    """

    id: str
    name: Mapping[str, str]
    until: str
    regions: tuple[str, ...]
    heir: str

    def held_on(self, day: dt.date) -> bool:
        """True where the outline was still the region's on that day."""
        return day.strftime("%Y-%m") < self.until

    def as_json(self) -> dict[str, Any]:
        """The entry of atlas.json."""
        return {
            "id": self.id,
            "name": dict(self.name),
            "until": self.until,
            "regions": list(self.regions),
            "heir": self.heir,
        }


def settle_outlines(
    observations: Iterable[Observation], documents: Mapping[str, Document], vintages: Sequence[Vintage]
) -> tuple[list[Observation], dict[str, str]]:
    """Observations with the regions that their figure covers, and the outline's id by observation id.

    A region's own figure in a document older than the parting is spread over the parts as one shared figure; in a
    group of several, the old region stands for all its parts. The document's date decides; where it has none, the
    figure's own year (its last day) does.
    """
    settled: list[Observation] = []
    outlines: dict[str, str] = {}
    for observation in observations:
        regions, outline = _covered(observation, _held(observation, documents, vintages))
        settled.append(observation if regions == observation.regions else replace(observation, regions=regions))
        if outline:
            outlines[observation.id] = outline
    return settled, outlines


def _held(observation: Observation, documents: Mapping[str, Document], vintages: Sequence[Vintage]) -> list[Vintage]:
    """The outlines that still held when the figure was said, the earliest ended first."""
    day = _named_on(observation, documents) if observation.regions and is_own_figure(observation) else None
    return sorted((v for v in vintages if v.held_on(day)), key=lambda v: v.until) if day is not None else []


def _covered(observation: Observation, held: Sequence[Vintage]) -> tuple[tuple[str, ...], str]:
    """(today's regions that the figure covers, the id of the outline it is of or "")."""
    for vintage in held:
        if observation.regions == (vintage.heir,) or set(observation.regions) == set(vintage.regions):
            return vintage.regions, vintage.id
    parts = {vintage.heir: vintage.regions for vintage in held if vintage.heir}
    spread = [part for region in observation.regions for part in parts.get(region, (region,))]
    return tuple(dict.fromkeys(spread)), ""


def _named_on(observation: Observation, documents: Mapping[str, Document]) -> dt.date | None:
    """The day the region was called so: the document's date, else the end of the figure's year."""
    document = documents.get(observation.document)
    if document is not None and document.date is not None:
        return document.date
    year = year_of(observation, documents)
    return dt.date(year, 12, 31) if year is not None else None
