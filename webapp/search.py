"""Search for places, indicators and programmes in any of the scripts people type them in, forgiving of slips."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from geo.catalogue import load_catalogue
from geo.gazetteer import Gazetteer
from geo.model import COUNTRY, LANGUAGES
from webapp.figures import COUNTRY_NAME, region_entries
from webapp.search_words import search_key

PROGRAMMES = Path(__file__).with_name("programmes.toml")
LONGEST_QUERY = 80  # characters; what is longer is cut
CLOSE_ENOUGH = 74.0  # of 100: one slip in a word of four letters still counts
SPREAD = 40.0  # hits that much worse than the best are noise
EXACT, PREFIX, WORD, SLIP = 100.0, 92.0, 86.0, 78.0
# Of equal matches: what most people mean comes first.
RANK = {"country": 6, "region": 6, "city": 5, "indicator": 4, "layer": 4, "programme": 4, "district": 3, "document": 1}
PLACE_ZOOM = {"city": 10, "district": 8, "settlement": 11}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. ``view`` is the query string of the view it opens (without language)."""

    kind: str
    id: str
    names: Mapping[str, str]
    region: str = ""
    view: str = ""
    page: str = ""  # an address of its own, e.g. of a document
    figures: int = 0  # how many figures the atlas has of it


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Keys of every name, each pointing at its entry."""

    entries: Sequence[Entry]
    keys: Sequence[str]
    owners: Sequence[int]
    regions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry with how well it matches, 0…100."""

    entry: Entry
    score: float


def search(index: SearchIndex, query: str, limit: int = 12) -> list[Hit]:
    """The best ``limit`` entries for ``query``, best first; none for a query without letters or digits."""
    key = search_key(query[:LONGEST_QUERY])
    if not key:
        return []
    scores: dict[int, float] = {}
    for at, name in enumerate(index.keys):
        score = direct_score(key, name)
        if score:
            note(scores, index.owners[at], score)
    if len(scores) < limit and len(key) >= 3:
        for _name, score, at in process.extract(
            key, index.keys, scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH, limit=60
        ):
            note(scores, index.owners[at], SLIP * score / 100 * length_fit(key, index.keys[at]))
    hits = [Hit(index.entries[owner], round(score, 1)) for owner, score in scores.items()]
    hits.sort(
        key=lambda hit: (-hit.score, -bool(hit.entry.figures), -RANK.get(hit.entry.kind, 2), hit.entry.names["kk"])
    )
    best = hits[0].score if hits else 0.0
    return [hit for hit in hits if hit.score >= best - SPREAD][:limit]


def direct_score(key: str, name: str) -> float:
    """How well the typed letters themselves stand in ``name``: whole, at its beginning, at a word's beginning."""
    if name == key:
        return EXACT
    if name.startswith(key):
        return PREFIX - min(len(name) - len(key), 20) / 10
    if f" {key}" in name:
        return WORD - min(len(name) - len(key), 20) / 10
    words = key.split()
    if len(words) > 1 and all(f" {word}" in f" {name}" for word in words):
        return WORD - 4
    return 0.0


def length_fit(key: str, name: str) -> float:
    """Keeps a short name from matching inside a long query, and the other way round."""
    short, long = sorted((len(key), len(name)))
    return 0.7 + 0.3 * short / long


def note(scores: dict[int, float], owner: int, score: float) -> None:
    scores[owner] = max(score, scores.get(owner, 0.0))


def build_index(atlas: Mapping[str, Any], gazetteer: Gazetteer) -> SearchIndex:
    """The index of an edition's atlas: the gazetteer's places, the atlas's own, layers, indicators and programmes."""
    entries: list[Entry] = []
    keys: list[str] = []
    owners: list[int] = []
    for entry, names in (
        *place_entries(atlas, gazetteer),
        *atlas_places(atlas, gazetteer),
        *layer_entries(atlas),
        *indicator_entries(atlas),
        *programme_entries(),
        *document_entries(atlas),
    ):
        at = len(entries)
        entries.append(entry)
        for key in sorted({search_key(name) for name in names} - {""}):
            keys.append(key)
            owners.append(at)
    regions = {code: region["name"] for code, region in region_entries(atlas).items()}
    return SearchIndex(entries, keys, owners, regions)


Named = tuple[Entry, Iterable[str]]


def place_entries(atlas: Mapping[str, Any], gazetteer: Gazetteer) -> Iterable[Named]:
    """Places of the gazetteer under all their names; one without figures opens its region, looking at the place."""
    counts = figures_by_place(atlas)
    surfaces: dict[str, set[str]] = {}
    for name in gazetteer.all_names():
        surfaces.setdefault(name.place_id, set()).add(name.surface)
    known = {COUNTRY, *region_entries(atlas), *atlas["places"]}
    for place in gazetteer.places.values():
        names = {lang: place.name(lang) for lang in LANGUAGES}
        view = place_view(place.id if place.id in known else place.region, place.kind, place.point)
        count = counts.get(place.id, 0)
        entry = Entry(place.kind, place.id, names, place.region, view, figures=count)
        yield entry, {*surfaces.get(place.id, ()), *names.values(), *place.aliases}


def atlas_places(atlas: Mapping[str, Any], gazetteer: Gazetteer) -> Iterable[Named]:
    """Places that only a document names: kept and found, though no gazetteer knows them."""
    counts = figures_by_place(atlas)
    for key, place in atlas["places"].items():
        if gazetteer.get(key) is None:
            view = place_view(key, place["kind"], place["point"])
            entry = Entry(place["kind"], key, place["name"], place["region"], view, figures=counts.get(key, 0))
            yield entry, place["name"].values()


def place_view(place: str, kind: str, point: Sequence[float] | None) -> str:
    """Query of the view of a place: its panel open, the map on it where its position is known."""
    parts = [f"place={place}"] if place else []
    if point is not None and kind in PLACE_ZOOM:
        parts.append(f"view={PLACE_ZOOM[kind]:.1f}/{point[1]:.2f}/{point[0]:.2f}")
    return "&".join(parts)


def layer_entries(atlas: Mapping[str, Any]) -> Iterable[Named]:
    for layer in atlas["layers"]:
        names = layer["label"]
        yield Entry("layer", layer["id"], names, view=f"layers={layer['id']}"), names.values()


def indicator_entries(atlas: Mapping[str, Any]) -> Iterable[Named]:
    """Indicators with data, by their short name and their definition."""
    catalogue = load_catalogue()
    counts: dict[str, int] = {}
    for obs in atlas["observations"].values():
        counts[obs["i"]] = counts.get(obs["i"], 0) + 1
    for code in atlas["indicators"]:
        indicator = catalogue.indicators.get(code)
        if indicator is None or code not in counts:
            continue
        view = f"layers={indicator.layer}&{indicator.layer}={indicator.name}"
        entry = Entry("indicator", code, indicator.label, view=view, figures=counts[code])
        yield entry, [*indicator.label.values(), *indicator.long.values()]


def programme_entries() -> Iterable[Named]:
    for key, programme in programmes().items():
        names = programme["name"]
        yield Entry("programme", key, names, view=programme["view"]), [*names.values(), *programme["aliases"]]


def document_entries(atlas: Mapping[str, Any]) -> Iterable[Named]:
    """Documents by their title; the title stays in its own language."""
    for key, document in atlas["documents"].items():
        names = dict.fromkeys(LANGUAGES, document["title"])
        titles = {document["title"], document.get("source_title") or ""}
        yield Entry("document", key, names, page=f"/documents/{key}"), titles


def figures_by_place(atlas: Mapping[str, Any]) -> dict[str, int]:
    """How many figures speak of each place or region."""
    counts: dict[str, int] = {}
    for obs in atlas["observations"].values():
        for key in {obs.get("p"), *obs.get("r", ())} - {None}:
            counts[key] = counts.get(key, 0) + 1
    return counts


def hit_record(hit: Hit, index: SearchIndex, lang: str) -> dict[str, Any]:
    """A hit as the interface gives it: ``href`` opens it, ``context`` says where or what it is."""
    entry = hit.entry
    address = entry.page or f"/?{entry.view}"
    joint = "&" if "?" in address and not address.endswith("?") else "" if address.endswith("?") else "?"
    region = index.regions.get(entry.region, {}).get(lang, "") if entry.region != entry.id else ""
    return {
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.names.get(lang) or entry.names["kk"],
        "context": region or (COUNTRY_NAME[lang] if entry.kind == "region" else ""),
        "view": entry.view,
        "href": f"{address}{joint}lang={lang}",
        "figures": entry.figures,
        "score": hit.score,
    }


@cache
def programmes() -> dict[str, dict[str, Any]]:
    """The programme file, read once."""
    return tomllib.loads(PROGRAMMES.read_text("utf-8"))
