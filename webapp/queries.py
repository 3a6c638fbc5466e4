"""Query parameters of the interfaces, parsed at the edge: a typed value, or BadView naming what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from werkzeug.datastructures import MultiDict

from geo.errors import BadView
from geo.model import COUNTRY, LANGUAGES, LAYERS, STATUSES
from webapp.reading_store import Reader

MOST = 1000
USUAL = 100
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """A request for figures; ``filters`` go to the store as they are."""

    edition: int
    frozen: bool
    lang: str
    limit: int
    offset: int
    ids: tuple[str, ...]
    filters: Mapping[str, Any]


FIGURE_PARAMETERS = ("layer", "indicator", "place", "inside", "status", "year", "document", "id")
PAGE_PARAMETERS = ("edition", "lang", "limit", "offset")


def parse_figure_query(args: MultiDict, reader: Reader) -> FigureQuery:
    """The filters of ``/api/v1/observations``."""
    require_known(args, (*FIGURE_PARAMETERS, *PAGE_PARAMETERS))
    edition = parse_edition(args, reader)
    atlas = reader.atlas(edition)
    layer = parse_choice(args, "layer", LAYERS)
    filters = {
        "layer": layer,
        "indicator": parse_indicator(args, layer, reader),
        "place": parse_place(args, atlas, reader),
        "inside": parse_flag(args, "inside"),
        "status": parse_choice(args, "status", STATUSES),
        "year": parse_number(args, "year", 1900, 2200, None),
        "document": parse_choice(args, "document", atlas["documents"]),
    }
    return FigureQuery(
        edition=edition,
        frozen=bool(value_of(args, "edition")),
        lang=parse_language(args, reader),
        limit=parse_number(args, "limit", 1, MOST, USUAL) or USUAL,
        offset=parse_number(args, "offset", 0, 10**9, 0) or 0,
        ids=parse_ids(args),
        filters=filters,
    )


def require_known(args: MultiDict, allowed: Iterable[str]) -> None:
    """A misspelt filter must not silently give everything."""
    unknown = sorted(set(args) - set(allowed))
    if unknown:
        raise BadView(
            f"Unknown parameter {shortened(unknown[0])!r}. Use: {', '.join(allowed)}.",
            received=shortened(unknown[0]),
            allowed=list(allowed),
        )


def parse_edition(args: MultiDict, reader: Reader) -> int:
    """An edition that exists; the current one where none is asked for."""
    number = parse_number(args, "edition", 1, 2**31 - 1, None)
    return reader.edition(number).number


def parse_language(args: MultiDict, reader: Reader) -> str:
    return parse_choice(args, "lang", LANGUAGES) or reader.settings.default_language


def parse_indicator(args: MultiDict, layer: str | None, reader: Reader) -> str | tuple[str, ...] | None:
    """Full codes ("gas.population_share") parted by ``~``, or their parts after the layer where ``layer`` is given."""
    raw = value_of(args, "indicator")
    if raw is None:
        return None
    codes = reader.catalogue.indicators
    allowed = [name for name in codes if layer is None or codes[name].layer == layer]
    wanted = [f"{layer}.{part}" if layer and part not in codes else part for part in raw.split("~")]
    unknown = next((part for part, code in zip(raw.split("~"), wanted, strict=True) if code not in allowed), None)
    if unknown is not None:
        raise refused("indicator", unknown, allowed)
    return wanted[0] if len(wanted) == 1 else tuple(dict.fromkeys(wanted))


def parse_place(args: MultiDict, atlas: Mapping[str, Any], reader: Reader) -> str | None:
    """A region's ISO code, "KZ", a place of the atlas or one of the gazetteer."""
    raw = value_of(args, "place")
    if raw is None:
        return None
    regions = [region["id"] for region in atlas["regions"]]
    for known in (raw, raw.upper()):
        if known == COUNTRY or known in regions or known in atlas["places"] or reader.gazetteer.get(known):
            return known
    raise refused("place", raw, [COUNTRY, *regions], [*regions, *atlas["places"], *reader.gazetteer.places])


def parse_ids(args: MultiDict) -> tuple[str, ...]:
    """Ids parted by ``~`` or commas, at most a hundred."""
    raw = args.get("id") or ""
    ids = tuple(dict.fromkeys(part for part in raw.replace("~", ",").split(",") if part))
    if len(ids) > USUAL or any(len(one) > 64 for one in ids):
        raise BadView(f"At most {USUAL} ids of at most 64 characters at once.", received=f"{len(ids)} ids")
    return ids


def parse_choice(args: MultiDict, name: str, allowed: Iterable[str]) -> str | None:
    raw = value_of(args, name)
    if raw is None or raw in allowed:
        return raw
    raise refused(name, raw, list(allowed))


def parse_flag(args: MultiDict, name: str) -> bool:
    raw = value_of(args, name)
    if raw is None:
        return False
    if raw.lower() not in ("0", "1", "true", "false"):
        raise refused(name, raw, ["1", "0"])
    return raw.lower() in ("1", "true")


def parse_number(args: MultiDict, name: str, low: int, high: int, usual: int | None) -> int | None:
    raw = value_of(args, name)
    if raw is None:
        return usual
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10 and low <= int(raw) <= high):
        raise BadView(
            f"{name}={shortened(raw)!r} is not understood. Use a whole number from {low} to {high}.",
            parameter=name,
            received=shortened(raw),
            allowed=f"{low}…{high}",
        )
    return int(raw)


def value_of(args: MultiDict, name: str) -> str | None:
    """The parameter's one value; None where it is missing or empty."""
    values = set(args.getlist(name))
    if len(values) > 1:
        given = [shortened(value) for value in sorted(values)[:5]]
        raise BadView(f"{name} is given {len(values)} times. Give it once.", parameter=name, received=given)
    return next(iter(values), "").strip() or None


def refused(name: str, raw: str, allowed: list[str], wider: Iterable[str] | None = None) -> BadView:
    """The error for a value that is none of ``allowed``; ``wider`` is what suggestions are looked for in."""
    close = process.extract(raw[:LONGEST_VALUE], list(wider or allowed), limit=3, score_cutoff=60)
    return BadView(
        f"Unknown {name} {shortened(raw)!r}. Use one of: {', '.join(allowed[:120])}.",
        parameter=name,
        received=shortened(raw),
        allowed=allowed[:120],
        suggestions=[match[0] for match in close],
    )


def shortened(raw: str) -> str:
    return raw if len(raw) <= LONGEST_VALUE else f"{raw[:LONGEST_VALUE]}…"
