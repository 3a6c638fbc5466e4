"""A figure as the interfaces and pages show it: value, sentence, source, words and what disagrees with it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from geo.document_dates import document_date
from geo.model import Document, Observation
from geo.promises import Promise, promise_ledger
from geo.records import to_record
from geo.series import region_series
from webapp.figures import figure_of, place_name, value_of
from webapp.i18n import day
from webapp.reading_store import Reader
from webapp.words import figure_in_words, period_text, status_word

RULE = "newest document, then the more exact figure, then the more official publisher"
STATED = ("stated", "given")


class Conflict(NamedTuple):
    """Figures of one indicator, region, status and year that cannot all be right; ``chosen`` is the one shown."""

    indicator: str
    region: str
    which: str  # actual | plan
    year: int | None
    chosen: Observation
    others: tuple[Observation, ...]


def figure_record(observation: Observation, reader: Reader, edition: int, lang: str) -> dict[str, Any]:
    """The observation with its evidence; what a document says stays as it is, in its own language."""
    atlas = reader.atlas(edition)
    figure = figure_of(atlas, observation.id, lang)
    record = to_record(observation)
    document = reader.documents(edition).get(observation.document)
    for name in ("quote", "span", "value_span", "mentions"):
        record.pop(name)
    return {
        **record,
        "label": reader.catalogue.indicator(observation.indicator).label[lang],
        "text": value_of(atlas, observation.id, lang),
        "words": figure_in_words(figure, lang),
        "when": period_text(figure.start, figure.end, lang),
        "where": [place_name(atlas, code, lang) for code in observation.regions],
        "place_label": figure.place.name if figure.place else None,
        "status_label": status_word(observation.status, lang),
        "evidence": {
            "quote": observation.quote,
            "parts": quote_parts(observation),
            "span": list(observation.span),
            "value_span": list(observation.value_span),
            "mentions": [list(span) for span in observation.mentions],
            "href": f"/documents/{observation.document}?lang={lang}#{observation.id}",
        },
        "source": document_record(document, lang) if document else {"id": observation.document},
        "conflicts": conflict_note(observation, reader, edition),
    }


def quote_parts(observation: Observation) -> list[str]:
    """[before the number, the number, after it]: joined, they are the quote."""
    start, end = (at - observation.span[0] for at in observation.value_span)
    quote = observation.quote
    return [quote[:start], quote[start:end], quote[end:]]


def document_record(document: Document, lang: str) -> dict[str, Any]:
    """A document's card. A bulletin restates a source: that one's title and address stand in ``restates``."""
    card = document.card
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title or document.id,
        "publisher": document.publisher,
        "date": document_date(document),
        "date_text": day(document_date(document), lang),
        "inferred": document.date is not None and document.date_basis not in STATED,
        "language": document.language,
        "url": safe_url(document.url),
        "licence": card.get("licence", ""),
        "seen": card.get("seen", ""),
        "restates": restated(document),
        "href": f"/documents/{document.id}?lang={lang}",
    }


def restated(document: Document) -> dict[str, str] | None:
    """The published source whose figures a bulletin states in its own words."""
    if document.kind != "bulletin":
        return None
    return {
        "title": document.card.get("source_title", ""),
        "language": document.card.get("source_language", ""),
        "publisher": document.publisher,
        "url": safe_url(document.url),
    }


def safe_url(url: str) -> str:
    """The address where a browser may follow it (http or https), else nothing: documents come from anywhere."""
    return url if url.startswith(("https://", "http://")) else ""


def conflict_note(observation: Observation, reader: Reader, edition: int) -> dict[str, Any] | None:
    """Whether others disagree with this figure, which one is shown and by what rule."""
    found = conflicts_by_figure(reader, edition).get(observation.id)
    if not found:
        return None
    others = {other.id for conflict in found for other in (conflict.chosen, *conflict.others)} - {observation.id}
    return {
        "shown": any(conflict.chosen.id == observation.id for conflict in found),
        "others": sorted(others),
        "rule": RULE,
    }


def conflicts_of(reader: Reader, edition: int) -> list[Conflict]:
    """Every conflict of an edition once, in the order of indicator, region and year."""

    def make() -> list[Conflict]:
        documents = reader.documents(edition)
        series = region_series(settled(reader, edition), documents, reader.catalogue)
        found: dict[tuple, Conflict] = {}
        for code, by_region in series.items():
            for region, by_which in by_region.items():
                for which, steps in by_which.items():
                    for step in steps:
                        if step.conflicts:
                            key = (
                                code,
                                region,
                                which,
                                frozenset({step.observation.id, *(o.id for o in step.conflicts)}),
                            )
                            found.setdefault(
                                key, Conflict(code, region, which, step.year, step.observation, step.conflicts)
                            )
        return list(found.values())

    return reader.derived("conflicts", edition, make)


def settled(reader: Reader, edition: int) -> list[Observation]:
    """The figures with the regions they cover today: one of an outline that has been parted is of all its parts."""
    covered = {entry["obs"]: tuple(entry["regions"]) for entry in reader.atlas(edition)["shared"]}
    return [
        replace(o, regions=covered[o.id]) if o.id in covered else o for o in reader.all_observations(edition).values()
    ]


def conflicts_by_figure(reader: Reader, edition: int) -> Mapping[str, list[Conflict]]:
    """The conflicts each figure takes part in, by its id."""

    def make() -> Mapping[str, list[Conflict]]:
        by_figure: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in conflicts_of(reader, edition):
            for o in (conflict.chosen, *conflict.others):
                by_figure[o.id].append(conflict)
        return dict(by_figure)

    return reader.derived("conflicts by figure", edition, make)


def promises_of(reader: Reader, edition: int, today: dt.date | None = None) -> list[Promise]:
    """The promises of an edition, judged as of ``today`` (the present day by default)."""
    judged_on = today or dt.datetime.now(dt.UTC).date()

    def make() -> list[Promise]:
        observations = reader.all_observations(edition).values()
        return promise_ledger(observations, reader.documents(edition), reader.catalogue, judged_on)

    return reader.derived(f"promises {judged_on}", edition, make)
