"""The whole flow on hand-made bulletins: what goes in comes out on the map, and a bad bulletin changes nothing."""

import json
import shutil
from pathlib import Path

import pytest

from geo.errors import BadDocument, BadSeed
from geo.pipeline import atlas_of_edition, build_atlas
from geo.store import Store

SEEDS = Path(__file__).parents[1] / "seeds"
CARD = "# title: {title}\n# language: kk\n# source_title: Үлгі\n# publisher: example.kz\n# date: {date}\n# url:\n\n"
GAS = "Түркістан облысы халқының 85,5 пайызы табиғи газбен қамтылған.\n"
WATER = "Ақтөбе облысында 291 ауыл ауыз сумен қамтылған.\n"


@pytest.fixture
def seeds(tmp_path):
    """A folder of seeds with the project's places and boundaries and two bulletins of its own."""
    folder = tmp_path / "seeds"
    (folder / "documents").mkdir(parents=True)
    for name in ("places", "boundaries"):
        shutil.copytree(SEEDS / name, folder / name, ignore=shutil.ignore_patterns("sources", "__pycache__", "*.py"))
    write(folder, "turkistan-gas-2025", GAS)
    write(folder, "aktobe-water-2025", WATER)
    return folder


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "data" / "qamtu.sqlite3") as opened:
        yield opened


def write(seeds, name, text, date="2025-10-28"):
    (seeds / "documents" / f"{name}.txt").write_text(CARD.format(title=name, date=date) + text, "utf-8")


def values(atlas, code="gas.population_share"):
    found = atlas.payload["observations"].values()
    return sorted(o["v"] for o in found if o["i"] == code)


def test_from_bulletins_to_the_atlas(seeds, store):
    seen = []
    atlas = build_atlas(seeds, store, lambda *step: seen.append(step))
    assert atlas.edition.number == 1
    assert values(atlas) == [85.5]
    (step,) = atlas.payload["series"]["gas.population_share"]["KZ-61"]["actual"]
    assert step[0] == 2025
    gas = atlas.layers["gas"]
    assert gas.crs.to_epsg() == 4326
    assert gas[gas["region"] == "KZ-61"]["value"].tolist() == [85.5]
    assert set(atlas.layers) == {"gas", "water", "internet", "industry"}
    assert len(atlas.payload["regions"]) == 20
    assert {step for step, _, _ in seen} == {"load", "read", "join"}
    assert ("read", 2, 2) in seen
    json.dumps(atlas.payload, allow_nan=False)


def test_building_again_changes_nothing_and_reads_nothing(seeds, store, monkeypatch):
    first = build_atlas(seeds, store)
    monkeypatch.setattr("geo.pipeline.read_document", lambda *_: pytest.fail("read twice"))
    again = build_atlas(seeds, store)
    assert again.edition == first.edition
    assert again.payload == first.payload


def test_a_bulletin_that_cannot_be_read_is_named_and_nothing_is_changed(seeds, store):
    before = build_atlas(seeds, store)
    write(seeds, "turkistan-gas-2025", GAS.replace("85,5", "88,9"))
    (seeds / "documents" / "a-broken.txt").write_bytes(b"\x00\x01\x02\xff binary")
    (seeds / "documents" / "z-empty.txt").write_text("")
    with pytest.raises(BadDocument, match=r"2 of 4 bulletins.*nothing was changed.*a-broken.*z-empty"):
        build_atlas(seeds, store)
    assert store.edition() == before.edition
    assert len(store.documents()) == 2
    assert "85,5" in store.document("turkistan-gas-2025").text


def test_a_changed_bulletin_makes_an_edition_and_the_old_one_stays(seeds, store):
    old = build_atlas(seeds, store)
    write(seeds, "turkistan-gas-2025", GAS.replace("85,5", "88,9"))
    new = build_atlas(seeds, store)
    assert (new.edition.number, values(new)) == (2, [88.9])
    assert atlas_of_edition(store, store.edition(1), seeds).payload == old.payload


def test_a_bulletin_that_left_the_folder_leaves_the_next_edition_and_may_come_back(seeds, store):
    build_atlas(seeds, store)
    path = seeds / "documents" / "turkistan-gas-2025.txt"
    text = path.read_text("utf-8")
    path.unlink()
    assert values(build_atlas(seeds, store)) == []
    path.write_text(text, "utf-8")
    assert values(build_atlas(seeds, store)) == [85.5]


def test_a_renamed_bulletin_keeps_its_id(seeds, store):
    first = build_atlas(seeds, store)
    path = seeds / "documents" / "turkistan-gas-2025.txt"
    path.rename(path.with_name("another-name.txt"))
    again = build_atlas(seeds, store)
    assert again.edition == first.edition
    assert {d.id for d in store.documents()} == {"aktobe-water-2025", "turkistan-gas-2025"}


def test_what_an_editor_took_out_stays_out(seeds, store):
    before = values(build_atlas(seeds, store))
    store.decide_document("turkistan-gas-2025", "reject", who="editor")
    assert values(build_atlas(seeds, store)) == before  # decided, but the editor has not published
    store.publish("taken out")
    assert values(build_atlas(seeds, store)) == []


def test_no_bulletins_is_a_clear_error(seeds, store):
    shutil.rmtree(seeds / "documents")
    (seeds / "documents").mkdir()
    with pytest.raises(BadSeed, match="No bulletins"):
        build_atlas(seeds, store)
