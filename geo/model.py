"""The words of the atlas as typed, frozen values: document, observation, place, period, edition.

Every other module takes and gives these. Offsets are counted in characters (code points) of ``Document.text``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields

LAYERS = ("gas", "water", "internet", "industry")
QUALIFIERS = ("exact", "about", "more_than", "less_than", "up_to")
STATUSES = ("actual", "underway", "planned", "target", "needed")
LANGUAGES = ("kk", "ru", "en")
COUNTRY = "KZ"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known of its origin.

    ``text`` is the whole text as loaded; reading starts at ``body_start`` (leading ``# key: value`` lines are
    metadata and never read as text). ``date_basis`` is "stated", "given" (by the user), "file name" or "" (unknown).
    """

    id: str
    text: str
    title: str = ""
    publisher: str = ""
    date: dt.date | None = None
    date_basis: str = ""
    language: str = ""  # kk | ru | "" while unknown
    url: str = ""
    body_start: int = 0
    checksum: str = ""  # sha256 of the bytes that came in
    kind: str = "document"  # document | bulletin
    card: dict[str, str] = field(default_factory=dict)  # every metadata line, as it stands


@dataclass(frozen=True, slots=True)
class Period:
    """A closed span of days; either end may be unknown."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """The place a figure is about. ``id`` is an ISO 3166-2 code for a region, else a gazetteer id."""

    id: str
    name: str
    kind: str  # country | region | group | district | city | settlement | zone | road | pipeline | station


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure with the sentence it was read in. ``document.text[slice(*span)] == quote`` always holds.

    ``value`` is in ``unit`` (a range keeps its low end); ``regions`` holds ISO 3166-2 codes, ``("KZ",)`` for the
    country, ``()`` where the text does not tell. ``inferred`` names fields that the text only implies, each with its
    reason as ``field: reason``.
    """

    id: str
    document: str
    layer: str
    indicator: str
    value: float
    unit: str
    qualifier: str
    status: str
    regions: tuple[str, ...]
    quote: str
    span: Span
    value_span: Span
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    period: Period | None = None
    place: PlaceRef | None = None
    mentions: tuple[Span, ...] = ()
    confidence: float = 0.0
    rule: str = ""
    inferred: tuple[str, ...] = ()


class _Unfrozen:
    """An observation to be: the same slots, which may still be filled by plain assignment."""

    __slots__ = tuple(each.name for each in fields(Observation))


def observation_of(
    *,
    id: str,
    document: str,
    layer: str,
    indicator: str,
    value: float,
    unit: str,
    qualifier: str,
    status: str,
    regions: tuple[str, ...],
    quote: str,
    span: Span,
    value_span: Span,
    low: float | None,
    high: float | None,
    currency: str | None,
    period: Period | None,
    place: PlaceRef | None,
    mentions: tuple[Span, ...],
    confidence: float,
    rule: str,
    inferred: tuple[str, ...],
) -> Observation:
    """The observation with these fields, ten times as fast as by its class.

    A frozen class goes round its own ban on assignment field by field, which took as long as to read half a sentence.
    Two classes with the same slots are laid out alike, so that one may become the other when it is filled.
    """
    made = _Unfrozen()
    made.id, made.document, made.layer, made.indicator = id, document, layer, indicator
    made.value, made.unit, made.qualifier, made.status = value, unit, qualifier, status
    made.regions, made.quote, made.span, made.value_span = regions, quote, span, value_span
    made.low, made.high, made.currency = low, high, currency
    made.period, made.place, made.mentions = period, place, mentions
    made.confidence, made.rule, made.inferred = confidence, rule, inferred
    made.__class__ = Observation
    return made


@dataclass(frozen=True, slots=True)
class Edition:
    """An immutable, numbered state of all accepted observations."""

    number: int
    published: dt.datetime  # UTC
    content_hash: str
    note: str
    observations: int
