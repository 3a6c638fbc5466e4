"""Derived figures: shares computed from two figures of one document, marked as such and shown with their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from geo.catalogue import Catalogue
from geo.model import Document, Observation
from geo.series import is_own_figure, is_state, year_of

TOTAL = "settlements_total"


def derived_figures(
    observations: Iterable[Observation], documents: Mapping[str, Document], catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Shares of all settlements, one for each count that stands beside its denominator in the same document.

    An entry is {"id", "rule": "quotient", "of": the counted indicator, "i": the share indicator it equals or None,
    "regions", "year", "value" (percent, unrounded), "unit", "q": qualifier, "s": "actual", "parts": [count, total]}.
    Only counts and totals of the same layer, document, regions and year are put together, only where the count is not
    above the total, and only where the document has one such count: of two that differ, neither need be the whole.
    """
    own = [o for o in observations if is_own_figure(o) and is_state(o, catalogue.indicator(o.indicator))]
    totals = {(o.layer, o.document, o.regions): o for o in own if o.indicator.endswith(f".{TOTAL}") and o.value > 0}
    counted = Counter((o.indicator, o.document, o.regions, year_of(o, documents)) for o in own)
    entries = []
    for count in own:
        total = totals.get((count.layer, count.document, count.regions))
        alone = counted[count.indicator, count.document, count.regions, year_of(count, documents)] == 1
        if total is None or not alone or not _is_part(count, total, documents, catalogue):
            continue
        entries.append(
            {
                "id": f"{count.id}-of-{total.id}",
                "rule": "quotient",
                "of": count.indicator,
                "i": _share_of(count, catalogue),
                "regions": list(count.regions),
                "year": year_of(count, documents),
                "value": 100 * count.value / total.value,
                "unit": "percent",
                "q": count.qualifier if total.qualifier == "exact" else "about",
                "s": "actual",
                "parts": [count.id, total.id],
            }
        )
    return sorted(entries, key=lambda entry: entry["id"])


def _is_part(count: Observation, total: Observation, documents: Mapping[str, Document], catalogue: Catalogue) -> bool:
    indicator = catalogue.indicator(count.indicator)
    return (
        indicator.unit == "settlements"
        and indicator.kind == "stock"
        and indicator.name != TOTAL
        and 0 <= count.value <= total.value
        and year_of(count, documents) == year_of(total, documents)
    )


def _share_of(count: Observation, catalogue: Catalogue) -> str | None:
    """The share indicator that the quotient equals: only the plain count of served settlements has one."""
    code = f"{count.layer}.settlements_share"
    return code if count.indicator == f"{count.layer}.settlements" and code in catalogue.indicators else None
