"""What one more region, figure or document costs when there are a thousand times as many."""

from __future__ import annotations

import base64
import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from bench.cluster import document as generated_text
from bench.cluster import write_corpus
from bench.joining import EAST, NORTH, SOUTH, WEST
from bench.measure import Row, Section, runs
from geo.boundaries import load_regions
from geo.catalogue import load_catalogue
from geo.cluster import read_corpus
from geo.documents import document_from_text
from geo.gazetteer import load_gazetteer
from geo.joining import region_entries
from geo.layers import build_atlas_json
from geo.model import Document, Observation, Period
from geo.near_duplicates import NearDuplicates, signature
from geo.reading import read_document
from geo.shapes import with_measures, write_topojson
from geo.store import TOGETHER, Store
from webapp.outlines import load_outlines

REGIONS = (20, 224, 6500)
FIGURES = (1_000, 10_000, 100_000, 1_000_000)
ATLASES = FIGURES[:3]
DOCUMENTS = (100, 1_000, 10_000, 100_000)
SIGNATURES = (1_000, 10_000, 100_000)
SHORT = 2  # sentences of a document besides the one with a figure, where there are very many
MOST = 1.5  # times: more than that is growth, less is the machine's own unrest
Cost = dict[int, float]  # how many → milliseconds (or kilobytes) each


def measure() -> Section:
    """Milliseconds a unit at each size."""
    rows = [
        *rows_of("shapes measured and written as TopoJSON", "region", {n: each_region(n) for n in REGIONS}),
        *figure_rows(),
        *rows_of("short documents read by one process", "document", {n: each_document(n) for n in sizes(DOCUMENTS)}),
        *rows_of("the search for reprints among known texts", "document", each_signature()),
    ]
    note = (
        f"The cost of one at the largest size must stay within {MOST} times that at the smallest. The atlas stops at "
        f"{ATLASES[-1]:,} figures: nothing grows there but the file, which is too heavy for a first view long before."
    )
    if len(sizes(FIGURES)) < len(FIGURES):
        note += f" A quick run: {FIGURES[-1]:,} figures and {DOCUMENTS[-1]:,} documents were left out."
    return Section("Growth", tuple(rows), ("geopandas", "SQLAlchemy", "datasketch"), note)


def sizes(all_of_them: tuple[int, ...]) -> tuple[int, ...]:
    """Without the largest, which takes minutes, in a quick run."""
    return all_of_them if runs(2) == 2 else all_of_them[:-1]


def rows_of(what: str, unit: str, costs: Cost, measured: str = "ms") -> list[Row]:
    """One row a size; the bar is held by the largest against the smallest."""
    first, last = min(costs), max(costs)
    return [
        Row(
            f"{what}, {count} in all",
            f"{measured} a {unit}",
            cost,
            bar=f"≤ {MOST} × that of {first}" if count == last else "",
            met=cost <= MOST * costs[first] if count == last else None,
        )
        for count, cost in costs.items()
    ]


def each(count: int, action: Callable[[], object]) -> float:
    """Milliseconds that ``action`` takes for each of ``count``; the best of up to two, for growth is no accident."""
    best = float("inf")
    for _ in range(runs(2)):
        started = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - started)
    return best * 1000 / count


# regions --------------------------------------------------------------------------------------------------------------


def each_region(count: int) -> float:
    """Cells around random points, their borders as winding as those of the real regions."""
    frame = cells(count)

    def publish() -> None:
        with tempfile.TemporaryDirectory(prefix="qamtu-shapes-") as home:
            measured = with_measures(frame)
            region_entries(measured)
            write_topojson(measured, Path(home, "regions.topojson"))
            load_outlines(Path(home, "regions.topojson")).regions["c0"]

    return each(count, publish)


def cells(count: int) -> gpd.GeoDataFrame:
    made = np.random.default_rng(6)
    seats = shapely.multipoints(np.column_stack([made.uniform(WEST, EAST, count), made.uniform(SOUTH, NORTH, count)]))
    box = shapely.box(WEST, SOUTH, EAST, NORTH)
    parts = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seats, extend_to=box)), box)
    names = [f"c{n}" for n in range(count)]
    columns = dict.fromkeys(("name_kk", "name_ru", "name_en"), names)
    return gpd.GeoDataFrame({"id": names, **columns, "kind": "region"}, geometry=parts, crs=4326)


# figures --------------------------------------------------------------------------------------------------------------


def figure_rows() -> list[Row]:
    """Storing, publishing, a query and the room on disk, each for one figure; the atlas of the edition while it may."""
    stored, published, asked, room, drawn = {}, {}, {}, {}, {}
    for count in sizes(FIGURES):
        with tempfile.TemporaryDirectory(prefix="qamtu-store-") as home, Store.open(Path(home, "q.sqlite3")) as store:
            stored[count] = store_all(store, count)
            started = time.perf_counter()
            edition = store.publish()
            published[count] = (time.perf_counter() - started) * 1000 / count
            found = store.observations(layer="gas", place="KZ-61")
            asked[count] = each(len(found), lambda store=store: store.observations(layer="gas", place="KZ-61"))
            room[count] = sum(path.stat().st_size for path in Path(home).iterdir()) / 1000 / count
            if count in ATLASES:
                drawn[count] = each(count, lambda store=store, edition=edition: atlas_of(store, edition))
    return [
        *rows_of("storing", "figure", stored),
        *rows_of("publishing", "figure", published),
        *rows_of("the figures of a layer and region from the store", "figure found", asked),
        *rows_of("the database", "figure", room, measured="KB"),
        *rows_of("the atlas of the edition", "figure", drawn),
    ]


def store_all(store: Store, count: int) -> float:
    """Milliseconds a figure; making up the readings is not counted."""
    seconds, readings = 0.0, made_readings(count)
    while batch := list(islice(readings, TOGETHER)):
        started = time.perf_counter()
        store.add_documents(batch)
        seconds += time.perf_counter() - started
    return seconds * 1000 / count


def made_readings(count: int) -> Iterator[tuple[Document, list[Observation]]]:
    """A real reading, given to ever other regions and years under ever other documents, until there are ``count``."""
    made = random.Random(2)
    text = generated_text(random.Random(8), 1)
    reading = read_document(
        document_from_text(text, name="d", date=dt.date(2025, 11, 1), language="kk"), load_gazetteer()
    )
    regions = list(load_regions(500)["id"])
    total = number = 0
    while total < count:
        name = f"d{number}"
        year = made.randint(2012, 2025)
        period = Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
        observations = [
            replace(o, id=f"{o.id}-{name}", document=name, regions=(made.choice(regions),), place=None, period=period)
            for o in reading.observations
        ]
        yield replace(reading.document, id=name, checksum=f"{number:064x}"), observations
        total += len(observations)
        number += 1


def atlas_of(store: Store, edition) -> dict:
    regions = region_entries(load_regions(500))
    documents = {document.id: document for document in store.documents(edition.number)}
    observations = store.observations(edition.number)
    catalogue, gazetteer = load_catalogue(), load_gazetteer()
    return build_atlas_json(
        edition, documents, observations, catalogue=catalogue, gazetteer=gazetteer, regions=regions, vintages=[]
    )


# documents ------------------------------------------------------------------------------------------------------------


def each_document(count: int) -> float:
    """A whole run of `read --out`, in a process that has read before."""
    with tempfile.TemporaryDirectory(prefix="qamtu-corpus-") as home:
        corpus = write_corpus(Path(home, "corpus.jsonl"), count, sentences=SHORT)
        read_corpus(write_corpus(Path(home, "warm.jsonl"), 5), Path(home, "warm"))
        started = time.perf_counter()
        read_corpus(corpus, Path(home, "out"))
        return (time.perf_counter() - started) * 1000 / count


def each_signature() -> Cost:
    """Signing a text, looking it up and adding it, where so many are there already."""
    made = random.Random(5)
    texts = [generated_text(made, number) for number in range(500)]
    values = np.random.default_rng(1)
    index, costs, there = NearDuplicates(), {}, 0
    for count in SIGNATURES:
        while there < count:
            index.add(f"s{there}", scrambled(values))
            there += 1

        def take(count: int = count) -> None:
            for number, text in enumerate(texts):
                sign = signature(text)
                index.similar(sign)
                index.add(f"{count} {number}", sign)

        costs[count] = each(len(texts), take)
    return costs


def scrambled(values: np.random.Generator) -> str:
    """A signature of some text of its own."""
    return base64.b64encode(values.integers(0, 2**32, 64, dtype=np.uint32).astype("<u4").tobytes()).decode()
