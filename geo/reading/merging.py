"""Figures said twice become one observation with mentions; then ids, confidence and the observation itself."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.model import Document, Observation, Period, PlaceRef, Span, observation_of
from geo.reading.confidence import confidence
from geo.reading.dating import Setting
from geo.reading.indicators import load_rules
from geo.reading.sentences import quote_span
from geo.reading.state import Figure
from geo.reading.text import Page
from geo.reading.zones import UNLISTED_ZONE, zone_ref

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_BY_DATE: Final = "document's date"
_COMPARED: Final = (
    40  # figures of one value that a new one is compared with: bounds the work on texts that repeat one number
)


def merged_observations(
    document: Document, page: Page, figures: list[Figure], setting: Setting, gazetteer: Gazetteer
) -> tuple[Observation, ...]:
    """One observation a figure, in text order; the best evidence is kept, the others are its mentions."""
    kept: list[list[Figure]] = []
    by_value: dict[tuple[str, str, float, float | None], list[list[Figure]]] = {}
    for figure in figures:
        key = (figure.layer.layer, figure.counted.code, figure.number.value, figure.high)
        groups = by_value.setdefault(key, [])
        same = next((group for group in groups[-_COMPARED:] if _same(group[0], figure)), None)
        if same is None:
            groups.append([figure])
            kept.append(groups[-1])
        elif _evidence(figure) > _evidence(same[0]):
            same.insert(0, figure)
        else:
            same.append(figure)
    kept.sort(key=lambda group: group[0].number.start)
    return tuple([_observation(document, page, group, setting, gazetteer) for group in kept])


def _same(a: Figure, b: Figure) -> bool:
    loose = a.heading or b.heading
    if a.indicator != b.indicator and not _kin(a.indicator, b.indicator):
        return False
    if (
        a.status_code != b.status_code
        and not loose
        and not {a.status_code, b.status_code} <= {"planned", "target", "needed"}
        and not a.indicator.endswith("_unserved")
    ):
        return False
    if a.place.regions != b.place.regions and not loose and not (_implied(a) or _implied(b)):
        return False
    ia, ib = a.place.mention, b.place.mention
    if (ia is None) != (ib is None) and not loose:
        return False
    if ia and ib and ia.name != ib.name and not loose:
        return False
    return not (
        a.period
        and b.period
        and not loose
        and (a.period.start != b.period.start and "document" not in a.period_why and "document" not in b.period_why)
    )


def _implied(figure: Figure) -> bool:
    return figure.place.how in ("document", "none", "focus")


def _kin(a: str, b: str) -> bool:
    """One indicator says more than the other: internet.settlements and internet.settlements_fibre."""
    if {a.rpartition("_")[2], b.rpartition("_")[2]} == {"fibre", "broadband"}:
        return True
    short, long = sorted((a.removesuffix("_new"), b.removesuffix("_new")), key=len)
    return long == short or (long.startswith(short + "_") and not long.endswith(("_total", "_unserved", "_share")))


def _evidence(figure: Figure) -> tuple[bool, bool, bool, int, bool, bool, int]:
    year = figure.period_why.startswith("year")
    return (
        not figure.heading,
        year and figure.status_code == "actual" and bool(figure.place.regions),  # what was so in a year it names
        figure.place.how in ("clause", "words"),
        len(figure.indicator),
        year,
        figure.layer.how in ("noun", "clause"),
        -figure.number.start,
    )


def _observation(
    document: Document, page: Page, group: list[Figure], setting: Setting, gazetteer: Gazetteer
) -> Observation:
    figure = group[0]
    indicator = _fullest(group) if len(group) > 1 else figure.indicator
    layer = indicator.split(".", 1)[0]
    number = figure.number
    span = quote_span(page, figure.sentence, number.start, max(number.end, 1))
    value_span = page.span(number.start, number.end)
    mentions: tuple[Span, ...] = ()
    if len(group) > 1:
        mentions = tuple(sorted([page.span(f.number.start, f.number.end) for f in group[1:]]))
    quote, regions = document.text[span[0] : span[1]], tuple(sorted(figure.place.regions))
    mention = figure.place.mention
    place = None
    if mention is not None and mention.id == UNLISTED_ZONE:
        place = zone_ref(mention.name, regions, quote, gazetteer)
    elif mention is not None:
        place = PlaceRef(mention.id, mention.name, mention.kind)
    value = number.value
    period, period_why = _period_of(group)
    return observation_of(
        id=_id(document, indicator, value, value_span),
        document=document.id,
        layer=layer,
        indicator=indicator,
        value=value,
        unit=unit_of(indicator),
        qualifier=figure.qualifier,
        status=figure.status_code,
        regions=regions,
        quote=quote,
        span=span,
        value_span=value_span,
        low=value if figure.high is not None else None,
        high=figure.high,
        currency=figure.currency,
        period=period,
        place=place,
        mentions=mentions,
        confidence=confidence(figure),
        rule=_rule(figure),
        inferred=_inferred(figure, period_why, setting),
    )


def _fullest(group: list[Figure]) -> str:
    """The indicator of the first figure, or one of the others that says more."""
    first = group[0].indicator
    return max(
        (f.indicator for f in group if _kin(f.indicator, first) or f.indicator == first),
        key=lambda code: (code.count("_") if not code.endswith("_new") else 0, code == first),
    )


def _id(document: Document, indicator: str, value: float, span: Span) -> str:
    seed = "%s|%s|%s|%.6f|%d" % (document.id, document.checksum, indicator, value, span[0])  # noqa: UP031 (faster)
    return "o" + hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:12]


@cache
def unit_of(indicator: str) -> str:
    """The unit that the catalogue gives the indicator."""
    from geo.catalogue import load_catalogue

    return load_catalogue().indicators[indicator].unit


def all_indicators() -> set[str]:
    """Every indicator that the rules can name."""
    return {code for choices in load_rules().values() for _, code in choices if code}


def _rule(figure: Figure) -> str:
    layer, status = figure.layer, figure.status
    written = "words" if figure.number.words else "digits"
    layer_word = f"({layer.word})" if layer.word else ""
    status_word = f"({status.word})" if status.word else "/default"
    rule = (
        f"number:{written} unit:{figure.counted.code}/{figure.counted.how} layer:{layer.layer}/{layer.how}{layer_word}"
        f" status:{figure.status_code}{status_word} place:{figure.place.how}"
    )
    if figure.period_why:
        rule += f" period:{figure.period_why}"
    if figure.flags.held:
        rule += f" cues:{','.join(sorted(figure.flags.held))}"
    return rule


def _period_of(group: list[Figure]) -> tuple[Period | None, str]:
    """The period of the best evidence; where that names none, of a mention that names its year."""
    figure = group[0]
    if figure.period is None or figure.period_why == _BY_DATE:
        for other in group[1:]:
            if other.period is not None and other.period_why.startswith("year") and not other.heading:
                return other.period, other.period_why
    return figure.period, figure.period_why


def _inferred(figure: Figure, period_why: str, setting: Setting) -> tuple[str, ...]:
    notes = []
    if figure.place.how in ("focus", "document", "words") and figure.place.regions:
        notes.append(f"regions: {figure.place.reason}")
    if figure.place.mention is not None and figure.place.mention.reason:
        notes.append(f"place: {figure.place.mention.reason}")
    if setting.reason and "document" in period_why:
        notes.append(f"period: {setting.reason}")
    elif period_why == _BY_DATE:
        notes.append("period: the document's date")
    if figure.layer.how in ("context", "title"):
        notes.append("layer: what the text speaks of around it")
    return tuple(notes)
