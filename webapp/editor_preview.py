"""What would be published now: how its figures differ from the current edition, and the conflicts it brings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.model import COUNTRY, LAYERS, Document, Edition, Observation
from geo.series import is_own_figure, region_series
from geo.store import EditionDiff, Store
from geo.vintages import Vintage, settle_outlines
from webapp.evidence import Conflict
from webapp.reading_store import Reader


@dataclass(frozen=True, slots=True)
class Preview:
    """``atlas`` is shaped as atlas.json; ``conflicts`` are those that the current edition does not have."""

    edition: int  # the number it would get
    figures: list[Observation]
    documents: Mapping[str, Document]
    diff: EditionDiff
    conflicts: list[Conflict]
    atlas: Mapping[str, Any]

    @property
    def mapped(self) -> list[str]:
        """The indicators whose maps show the changes: of each layer in which anything does, one.

        The headline where it changes, or where only places and groups of regions do; else what changes in most regions.
        """
        changed = [*self.diff.added, *self.diff.removed, *(after for _, after in self.diff.changed)]
        headlines = {entry["id"]: entry["headline"] for entry in self.atlas["layers"]}
        found = []
        for layer in LAYERS:
            mine = [o for o in changed if o.layer == layer]
            own = Counter(
                o.indicator for o in mine if is_own_figure(o) and len(o.regions) == 1 and o.regions != (COUNTRY,)
            )
            ranked = sorted(own, key=lambda code: (code != headlines[layer], -own[code], code))
            found += [ranked[0] if ranked else headlines[layer]] if mine else []
        return found


def make_preview(reader: Reader) -> Preview:
    """The preview of this moment, made anew where anything was decided since."""
    store, current = reader.store, reader.current()
    figures = store.accepted()
    key = hash((current.number, tuple(figures)))
    return reader.derived("preview", key, lambda: build(reader, store, current, figures))


def build(reader: Reader, store: Store, current: Edition, figures: list[Observation]) -> Preview:
    from geo.layers import build_atlas_json  # brings the reader with it; serving processes start without

    documents = {document.id: document for document in store.documents()}
    former = reader.all_observations(current.number)
    base = reader.atlas(current.number)
    vintages = vintages_of(base)
    edition = Edition(current.number + 1, dt.datetime.now(dt.UTC), "", "", len(figures))
    atlas = build_atlas_json(
        edition,
        documents,
        figures,
        catalogue=reader.catalogue,
        gazetteer=reader.gazetteer,
        regions=base["regions"],
        vintages=vintages,
    )
    old = {conflict_key(c) for c in conflicts_in(former.values(), reader.documents(current.number), reader, vintages)}
    new = [c for c in conflicts_in(figures, documents, reader, vintages) if conflict_key(c) not in old]
    return Preview(edition.number, figures, documents, difference(former, {o.id: o for o in figures}), new, atlas)


def difference(old: Mapping[str, Observation], new: Mapping[str, Observation]) -> EditionDiff:
    """As ``Store.edition_diff`` gives it, of figures that are no edition yet."""
    return EditionDiff(
        added=tuple(new[key] for key in sorted(new.keys() - old.keys())),
        removed=tuple(old[key] for key in sorted(old.keys() - new.keys())),
        changed=tuple((old[key], new[key]) for key in sorted(old.keys() & new.keys()) if old[key] != new[key]),
    )


def conflicts_in(
    figures: Iterable[Observation], documents: Mapping[str, Document], reader: Reader, vintages: list[Vintage]
) -> list[Conflict]:
    """Every group of figures that cannot all be right, once."""
    settled, _ = settle_outlines(figures, documents, vintages)
    found: dict[tuple, Conflict] = {}
    for code, by_region in region_series(settled, documents, reader.catalogue).items():
        for region, by_which in by_region.items():
            for which, steps in by_which.items():
                for step in steps:
                    if step.conflicts:
                        conflict = Conflict(code, region, which, step.year, step.observation, step.conflicts)
                        found.setdefault(conflict_key(conflict), conflict)
    return list(found.values())


def conflict_key(conflict: Conflict) -> tuple:
    ids = frozenset({conflict.chosen.id, *(o.id for o in conflict.others)})
    return conflict.indicator, conflict.region, conflict.which, ids


def vintages_of(atlas: Mapping[str, Any]) -> list[Vintage]:
    """The older outlines as the edition has them."""
    return [
        Vintage(entry["id"], entry["name"], entry["until"], tuple(entry["regions"]), heir=entry.get("heir", ""))
        for entry in atlas["vintages"]
    ]
