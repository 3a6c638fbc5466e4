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
    """An outline that ended. ``regions`` (ISO 3166-2) are today's parts; ``heir`` is the part that kept the name.

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
        return {"id": self.id, "name": dict(self.name), "until": self.until, "regions": list(self.regions)}


def settle_outlines(
    observations: Iterable[Observation], documents: Mapping[str, Document], vintages: Sequence[Vintage]
) -> tuple[list[Observation], dict[str, str]]:
    """Observations with the regions that their figure covers, and the outline's id by observation id.

    A region's own figure in a document older than the parting is spread over the parts as one shared figure. What the
    document's date says decides; where it has none, the figure's own year (its last day) does.
    """
    settled: list[Observation] = []
    outlines: dict[str, str] = {}
    for observation in observations:
        vintage = _outline_of(observation, documents, vintages)
        if vintage is None:
            settled.append(observation)
        else:
            settled.append(replace(observation, regions=vintage.regions))
            outlines[observation.id] = vintage.id
    return settled, outlines


def _outline_of(
    observation: Observation, documents: Mapping[str, Document], vintages: Sequence[Vintage]
) -> Vintage | None:
    if not observation.regions or not is_own_figure(observation):
        return None
    day = _named_on(observation, documents)
    if day is None:
        return None
    held = [vintage for vintage in sorted(vintages, key=lambda v: v.until) if vintage.held_on(day)]
    for vintage in held:
        if observation.regions == (vintage.heir,) or set(observation.regions) == set(vintage.regions):
            return vintage
    return None


def _named_on(observation: Observation, documents: Mapping[str, Document]) -> dt.date | None:
    """The day the region was called so: the document's date, else the end of the figure's year."""
    document = documents.get(observation.document)
    if document is not None and document.date is not None:
        return document.date
    year = year_of(observation, documents)
    return dt.date(year, 12, 31) if year is not None else None
