"""A data folder with real editions for tests of the web side: stored, published, and their files made."""

from __future__ import annotations

from pathlib import Path

from conftest import make_document, make_observation, with_sentences

from geo.model import Edition
from geo.store import Store
from webapp import publishing
from webapp.settings import Settings, load_settings

FIRST = [
    make_observation("gas.population_share", 85.5, "KZ-61", 2024),
    make_observation("gas.population_share", 88.9, "KZ-61", 2026, status="planned"),
    make_observation("gas.population_share", 56.5, "KZ-33", 2023, qualifier="about"),
    make_observation("gas.population_share", 97, "KZ-71", 2025),
    make_observation("water.population_share", 95, "KZ-61", 2025),
    make_observation("water.population_share", 99.2, "KZ-15", 2025),
    make_observation("internet.settlements_share", 53.5, "KZ-31", 2024),
    make_observation("internet.settlements", 200, ("KZ-31", "KZ-61"), 2024, qualifier="more_than"),
    make_observation("industry.zones", 20, "KZ-61", 2025),
    make_observation("industry.zones", 7, "KZ-79", 2025),
]
SECOND = [
    make_observation("gas.population_share", 87.1, "KZ-61", 2025, document="doc-b"),
    make_observation("gas.population_share", 61.0, "KZ-39", 2025, document="doc-b"),
    make_observation("water.population_share", 96.4, "KZ-61", 2025, document="doc-b"),
]


def open_store(data: Path) -> tuple[Settings, Store]:
    """Settings and store of a data folder, made where it is not there."""
    data.mkdir(parents=True, exist_ok=True)
    settings = load_settings({}, data=data)
    return settings, Store.open(settings.database_url)


def publish(data: Path, figures: list, document: str, date: str = "2026-01-20", *, shell: bool = False) -> Edition:
    """Store ``figures`` as one document, publish, and make the edition's files; the Folium shell where asked for."""
    _, store = open_store(data)
    with store:
        made, placed = with_sentences(make_document(document, date=date), figures)
        store.add_document(made, placed)
        edition = store.publish(document)
        whole = publishing.write_shell
        if not shell:
            publishing.write_shell = lambda path, *_: path.write_text("")
        try:
            publishing.publish_artefacts(store, edition, data)
        finally:
            publishing.write_shell = whole
    return edition
