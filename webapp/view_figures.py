"""Which figure a view shows where, and of what kind it is: the same answers as ``static/js/model.js``.

Plain look-ups in ``atlas.json``; nothing is computed but the class of a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from geo.model import COUNTRY
from webapp.view_state import ViewState

MOST_CELLS = 10_000  # kept of an atlas: a few megabytes, all that is asked for in ordinary use
OLD_AFTER = 3  # years without a newer figure
PLANNED = ("planned", "target")
PLANNED_FEATURES = ("planned", "target", "needed")


@dataclass(frozen=True, slots=True)
class Step:
    """The figure that holds in a year: ``year`` is the one it was measured for, or is due in."""

    obs: str
    figure: Mapping
    year: int
    conflicts: int = 0
    old: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a layer says of a region. ``kind``: value, planned (only a plan), together (one figure of several
    regions), other (only another measure of the layer), none. ``level`` is the class from 0, -1 where there is none.
    """

    place: str
    code: str
    kind: str
    actual: Step | None = None
    plan: Step | None = None
    level: int = -1
    shared: Mapping | None = None
    others: tuple[tuple[str, Step], ...] = field(default=())

    @property
    def shown(self) -> Step | None:
        return self.actual or self.plan


class KeptAtlas(dict):
    """A parsed atlas.json that nobody changes any more: the cells worked out from it are kept with it."""

    def __init__(self, atlas: Mapping) -> None:
        super().__init__(atlas)
        self.cells: dict[tuple, Cell] = {}


def cell_of(atlas: Mapping, state: ViewState, layer: str, place: str, year: int | None = None) -> Cell:
    """The cell of region ``place`` (ISO code or "KZ") in ``layer`` under ``state``."""
    year = state.year if year is None else year
    cells = getattr(atlas, "cells", {})
    key = (state.indicator(layer), state.style(layer).classes, state.show, place, year)
    found = cells.get(key)
    if found is None:
        if len(cells) >= MOST_CELLS:
            cells.clear()
        found = cells[key] = _find_cell(atlas, state, layer, place, year)
    return found


def _find_cell(atlas: Mapping, state: ViewState, layer: str, place: str, year: int) -> Cell:
    code = state.indicator(layer)
    actual = None if state.show == "plan" else step_of(atlas, code, place, year, "actual")
    plan = None if state.show == "actual" else step_of(atlas, code, place, year, "plan")
    shown = actual or plan
    if shown:
        level = level_of(atlas, state, layer, shown.figure["v"])
        return Cell(place, code, "value" if actual else "planned", actual, plan, level)
    shared = _together(atlas, code, place, year, state.show)
    if shared:
        return Cell(place, code, "together", shared=shared)
    others = tuple(_other_measures(atlas, code, place, year, state.show))
    return Cell(place, code, "other" if others else "none", others=others)


def cells_of(atlas: Mapping, state: ViewState, layer: str) -> dict[str, Cell]:
    """One cell a region, in the atlas's order; regions of classes filtered away have kind "none"."""
    kept = state.style(layer).filter
    cells = {region["id"]: cell_of(atlas, state, layer, region["id"]) for region in atlas["regions"]}
    if kept:
        cells = {
            place: cell if cell.level + 1 in kept else Cell(place, cell.code, "filtered")
            for place, cell in cells.items()
        }
    return cells


def step_of(atlas: Mapping, code: str, place: str, year: int, which: str) -> Step | None:
    """The step of a series ("actual" or "plan") that holds in ``year``."""
    for first, last, obs, at, *conflicts in atlas["series"].get(code, {}).get(place, {}).get(which, ()):
        if first <= year and (last is None or year <= last):
            old = which == "actual" and year - at > OLD_AFTER
            return Step(obs, atlas["observations"][obs], at, conflicts[0] if conflicts else 0, old)
    return None


def breaks_of(atlas: Mapping, state: ViewState, layer: str) -> list[float]:
    """Upper bounds of the classes that ``state`` asks for, in the indicator's unit."""
    return indicator_of(atlas, state.indicator(layer)).get("breaks", {}).get(state.style(layer).classes, [])


def level_of(atlas: Mapping, state: ViewState, layer: str, value: float) -> int:
    breaks = breaks_of(atlas, state, layer)
    return next((level for level, upper in enumerate(breaks) if value <= upper), max(0, len(breaks) - 1))


def peak_of(atlas: Mapping, code: str) -> float:
    """The largest value ``code`` has in any region and year: what circles are scaled by."""
    values = [
        atlas["observations"][step[2]]["v"]
        for place, series in atlas["series"].get(code, {}).items()
        if place != COUNTRY
        for which in ("actual", "plan")
        for step in series.get(which, ())
    ]
    return max(values, default=0)


def features_of(atlas: Mapping, state: ViewState, layer: str) -> list[Mapping]:
    """Lines and points of ``layer`` that the view shows."""
    return [
        feature
        for feature in atlas.get("features", ())
        if feature["layer"] == layer
        and feature["geometry"]
        and (state.show == "both" or (feature["status"] in PLANNED_FEATURES) == (state.show == "plan"))
    ]


def indicator_of(atlas: Mapping, code: str) -> Mapping:
    """The indicator's entry; an empty one for a code this atlas does not measure."""
    empty = {
        "layer": code.split(".", maxsplit=1)[0],
        "unit": "",
        "kind": "stock",
        "label": {},
        "unit_label": {},
        "group": "",
        "breaks": {},
    }
    return atlas["indicators"].get(code, empty)


def year_of(atlas: Mapping, obs: str) -> int:
    """The last year an observation speaks of, else that of its document."""
    figure = atlas["observations"][obs]
    text = figure.get("to") or figure.get("from") or atlas["documents"].get(figure["d"], {}).get("date") or "0"
    return int(str(text)[:4])


def figures_of(atlas: Mapping, state: ViewState) -> list[str]:
    """Ids of the observations that the view's layers show, each once."""
    found: dict[str, None] = {}
    for layer in state.layers:
        for cell in cells_of(atlas, state, layer).values():
            for step in (cell.actual, cell.plan):
                if step:
                    found[step.obs] = None
            if cell.shared:
                found[cell.shared["obs"]] = None
    return list(found)


def _together(atlas: Mapping, code: str, place: str, year: int, show: str) -> Mapping | None:
    found = [
        entry
        for entry in atlas.get("shared", ())
        if entry["i"] == code and place in entry["regions"] and _holds(atlas, entry["obs"], year, show)
    ]
    return max(found, key=lambda entry: year_of(atlas, entry["obs"]), default=None)


def _holds(atlas: Mapping, obs: str, year: int, show: str) -> bool:
    figure = atlas["observations"][obs]
    planned = figure["s"] in PLANNED
    if (show == "actual" and planned) or (show == "plan" and not planned):
        return False
    at = year_of(atlas, obs)
    if indicator_of(atlas, figure["i"])["kind"] == "flow":
        return at == year
    return year <= at if planned else at <= year


def _other_measures(atlas: Mapping, code: str, place: str, year: int, show: str) -> Iterator[tuple[str, Step]]:
    """Steps of the layer's other indicators in this region, those comparable with ``code`` first."""
    layer, group = code.split(".", maxsplit=1)[0], indicator_of(atlas, code)["group"]
    codes = next((entry["indicators"] for entry in atlas["layers"] if entry["id"] == layer), [])
    for other in sorted((c for c in codes if c != code), key=lambda c: indicator_of(atlas, c)["group"] != group):
        step = None if show == "plan" else step_of(atlas, other, place, year, "actual")
        if step is None and show != "actual":
            step = step_of(atlas, other, place, year, "plan")
        if step:
            yield other, step
