"""The whole flow on one screen: bulletins → reading → store → edition → join with shapes → atlas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.boundaries import load_regions, load_vintages
from geo.catalogue import load_catalogue
from geo.documents import documents_in, load_document
from geo.errors import BadDocument, BadInput, BadSeed
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.ingesting import reader_version
from geo.joining import layer_frame, region_entries, vintage_entries
from geo.layers import build_atlas_json
from geo.model import Document, Edition
from geo.population import population_of_seeds
from geo.reading import read_document
from geo.store import Store
from geo.vintages import settle_outlines

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
WHO = "seeds"  # who decides on bulletins: one that leaves the folder leaves the next edition

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Atlas:
    """What is made of an edition. ``payload`` is atlas.json; ``layers`` one frame a layer, EPSG:4326."""

    edition: Edition
    payload: dict[str, Any]
    layers: dict[str, gpd.GeoDataFrame]


def build_atlas(seeds: Path, store: Store, progress: Progress = lambda *_: None) -> Atlas:
    """Bring the bulletins of ``seeds`` into ``store``, publish what is new, and make the atlas of the newest edition.

    Every bulletin is loaded before the first is stored: ``BadDocument`` names all that cannot be read, and store and
    editions stay as they were.
    """
    gazetteer = load_gazetteer(seeds / "places")
    documents = load_bulletins(seeds / "documents", progress)
    bring_bulletins(documents, store, gazetteer, progress)
    edition = store.publish("seeds", of=WHO)
    return atlas_of_edition(store, edition, seeds, progress)


def load_bulletins(folder: Path, progress: Progress = lambda *_: None) -> list[Document]:
    """All bulletins of the folder; ``BadDocument`` names every one that cannot be read, and why."""
    paths = documents_in(folder)
    if not paths:
        raise BadSeed(f"No bulletins in {folder}. Put at least one there, or name another folder of seeds.")
    documents, refused = [], []
    for number, path in enumerate(paths, 1):
        try:
            documents.append(load_document(path))
        except BadInput as error:
            refused.append(error.message)
        progress("load", number, len(paths))
    if refused:
        raise BadDocument(
            f"{len(refused)} of {len(paths)} bulletins cannot be read, nothing was changed. {' '.join(refused)}"
        )
    return documents


def bring_bulletins(
    documents: list[Document], store: Store, gazetteer: Gazetteer, progress: Progress = lambda *_: None
) -> None:
    """Read what is new and store it; bulletins that are no longer there are taken out of the next edition."""
    reader = reader_version()
    for number, document in enumerate(documents, 1):
        if not store.knows(document.checksum, reader):
            reading = read_document(document, gazetteer)
            store.add_document(reading.document, reading.observations, reader=reader, who=WHO)
        progress("read", number, len(documents))
    present = {store.holder(document.checksum) for document in documents}
    for document_id, decision in store.brought_by(WHO).items():
        if document_id not in present and decision != "reject":
            store.decide_document(document_id, "reject", who=WHO, note="no longer in seeds/documents")
        elif document_id in present and decision == "reject":
            store.decide_document(document_id, "accept", who=WHO, note="in seeds/documents again")


def atlas_of_edition(
    store: Store, edition: Edition, seeds: Path = SEEDS, progress: Progress = lambda *_: None
) -> Atlas:
    """The atlas of an edition that is in the store, whoever brought its documents."""
    catalogue = load_catalogue()
    regions = load_regions(folder=seeds / "boundaries")
    payload = payload_of_edition(store, edition, regions, seeds)
    documents = {document.id: document for document in store.documents(edition.number, with_text=False)}
    vintages = vintage_entries(load_vintages(folder=seeds / "boundaries"))
    settled, _ = settle_outlines(store.observations(edition.number), documents, vintages)
    layers = {}
    for number, layer in enumerate(catalogue.layers, 1):
        layers[layer] = layer_frame(layer, settled, regions, documents=documents, catalogue=catalogue)
        progress("join", number, len(catalogue.layers))
    return Atlas(edition, payload, layers)


def payload_of_edition(
    store: Store, edition: Edition, regions: gpd.GeoDataFrame, seeds: Path = SEEDS
) -> dict[str, Any]:
    """atlas.json of an edition. ``regions`` as ``load_regions`` gives them (EPSG:4326)."""
    population, source = population_of_seeds(seeds)
    return build_atlas_json(
        edition,
        {document.id: document for document in store.documents(edition.number)},  # features are named in their texts
        store.observations(edition.number),
        catalogue=load_catalogue(),
        gazetteer=load_gazetteer(seeds / "places"),
        regions=region_entries(regions, population),
        vintages=vintage_entries(load_vintages(folder=seeds / "boundaries")),
        population_source=source,
    )
