"""The store on SQLite and on PostgreSQL: idempotent, immutable, atomic, and the machine's reading is kept as read."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_document, make_observation, with_sentences
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update

from geo import store as store_module
from geo.database import writing
from geo.errors import BadInput, NotFound
from geo.store import Store, link_id
from geo.tables import decisions

ROOT = Path(__file__).parents[1]


def bring(store, *figures, document="doc-a", date="2025-10-28", reader="1", review="accept", **card):
    """Add a document with these figures; returns (added, document, figures)."""
    made, placed = with_sentences(make_document(document, date=date, **card), figures)
    return store.add_document(made, placed, reader=reader, review=review), made, placed


def test_what_goes_in_comes_out_character_for_character(store):
    odd = make_observation(low=85.5, high=88.9, currency="USD", inferred=("period: from the date",), mentions=((3, 9),))
    _, document, (figure,) = bring(store, odd, title="«Қамту»\u202f— 100 %", card={"date": "2025-10", "seen": "part"})
    edition = store.publish("first")
    assert store.observations() == [figure]
    assert store.observation(figure.id) == figure
    kept = store.document("doc-a")
    assert replace(kept, checksum="") == document
    assert store.document("doc-a", edition.number) == kept
    assert store.documents(with_text=False)[0].text == ""
    assert edition.published.tzinfo is not None
    assert store.edition() == edition


def test_the_same_bytes_and_reader_are_added_once(store):
    assert bring(store, make_observation())[0]
    assert not bring(store, make_observation())[0]
    made, placed = with_sentences(make_document("another-name"), [make_observation()])
    assert not store.add_document(made, placed, reader="1"), "the same text under another name"
    assert bring(store, make_observation(), reader="2")[0]
    assert store.knows(store.document("doc-a").checksum, "2")
    assert not store.knows(store.document("doc-a").checksum, "1")


def test_many_documents_at_once_are_what_one_after_another_would_be(store, tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "TOGETHER", 3)
    readings = [
        with_sentences(make_document(f"doc-{number}"), [make_observation(value=number, document=f"doc-{number}")])
        for number in range(7)
    ]
    again = with_sentences(make_document("doc-2"), [make_observation(value=99, document="doc-2")])
    empty = (make_document("empty", text="Мұнда сан жоқ."), [])
    readings = [*readings[:5], readings[1], again, *readings[5:], empty]
    with Store.open(tmp_path / "one.sqlite3") as other:
        one_by_one = [other.add_document(*reading, reader="1") for reading in readings]
        assert store.add_documents(iter(readings), reader="1") == sum(one_by_one) == 9
        assert store.publish("").content_hash == other.publish("").content_hash
        assert store.observations() == other.observations()
        assert store.documents() == other.documents()
    assert [o.value for o in store.accepted() if o.document == "doc-2"] == [99]
    assert store.add_documents(readings, reader="1") == 2, "doc-2 goes back and forth once more"


def test_a_batch_with_a_figure_without_evidence_keeps_what_was_whole(store, monkeypatch):
    monkeypatch.setattr(store_module, "TOGETHER", 1)
    good = with_sentences(make_document("doc-a"), [make_observation()])
    bad = (make_document("doc-b"), [make_observation(document="doc-b")])
    with pytest.raises(BadInput, match="no evidence"):
        store.add_documents([good, bad])
    assert [document.id for document in store.documents()] == ["doc-a"]


def test_publishing_without_a_change_makes_no_edition(store):
    bring(store, make_observation())
    first = store.publish("first")
    assert store.publish("again") == first
    bring(store, make_observation(), reader="2")
    assert store.publish("another reader, the same figures") == first
    bring(store, make_observation(value=88.9), document="doc-b")
    assert store.publish("second").number == 2
    assert [e.number for e in store.editions()] == [2, 1]


def test_an_edition_keeps_its_figures_whatever_comes_later(store):
    figure = make_observation(key="o1")
    bring(store, figure)
    frozen = store.observations(store.publish("first").number)
    _, _, (newer, _) = bring(store, replace(figure, value=88.9), make_observation(value=1, key="o2"))
    second = store.publish("second")
    store.decide("doc-a", "o2", "reject", who="editor")
    third = store.publish("third")
    assert store.observations(1) == frozen
    assert {o.id: o.value for o in store.observations(2)} == {"o1": 88.9, "o2": 1}
    diff = store.edition_diff(1, second.number)
    assert [o.id for o in diff.added] == ["o2"]
    assert diff.changed == ((frozen[0], newer),)
    assert [o.id for o in store.edition_diff(2, third.number).removed] == ["o2"]
    assert store.known_since("o2") == 2
    assert store.document("doc-a", 1).text != store.document("doc-a", 2).text


def test_a_decision_leaves_the_reading_as_read(store):
    _, _, (figure, other) = bring(store, make_observation(key="o1"), make_observation("gas.settlements", 563, key="o2"))
    corrected = replace(figure, status="planned")
    store.decide("doc-a", "o1", "correct", who="Айгүл", observation=corrected, note="the verb is in the future")
    first, second = store.readings("doc-a")
    assert (first.observation, first.machine, first.decided, first.who) == (corrected, figure, "correct", "Айгүл")
    assert (second.observation, second.machine, second.decided) == (other, other, "")
    assert [o.status for o in store.accepted()] == ["planned", "actual"]
    store.decide("doc-a", "o1", "accept", who="Айгүл")
    assert store.accepted() == [figure, other]


def test_held_documents_give_only_what_was_accepted(store):
    _, _, (first, second) = bring(
        store, make_observation(key="o1"), make_observation("gas.settlements", 563, key="o2"), review="hold"
    )
    assert store.accepted() == []
    store.decide("doc-a", "o2", "accept", who="e")
    assert store.accepted() == [second]
    missed = replace(first, id="o3", value=8.0, value_span=(first.value_span[0], first.value_span[0] + 1))
    store.decide("doc-a", "o3", "add", who="e", observation=missed)
    assert {o.id for o in store.accepted()} == {"o2", "o3"}
    assert next(r for r in store.readings("doc-a") if r.decided == "add").machine is None
    store.decide_document("doc-a", "accept", who="e")
    assert {o.id for o in store.accepted()} == {"o1", "o2", "o3"}
    store.decide_document("doc-a", "reject", who="e", note="withdrawn by its publisher")
    assert store.accepted() == []


def test_decisions_outlive_another_reading_while_their_sentence_stands(store):
    _, _, (first, _) = bring(store, make_observation(key="o1"), make_observation("gas.settlements", 563, key="o2"))
    store.decide("doc-a", "o1", "correct", who="e", observation=replace(first, value=8.5))
    store.decide("doc-a", "o2", "reject", who="e")
    bring(store, make_observation(key="o1"), make_observation("gas.settlements", 563, key="o2"), reader="2")
    assert [o.value for o in store.accepted()] == [8.5]
    assert [o.value for o in store.observations(store.publish("").number)] == [8.5]
    bring(store, make_observation("water.settlements", 763, key="o9"), make_observation(key="o1"), reader="2")
    assert {o.id: o.value for o in store.accepted()} == {"o9": 763, "o1": 85.5}, "the corrected sentence moved"


def test_filters(store):
    figures = [
        make_observation(key="own"),
        make_observation("industry.zone_area", 365, key="inside", place="zone/orangai"),
        make_observation("gas.population_share", 64.2, "KZ", key="country"),
        make_observation("internet.settlements_fibre", 200, ("KZ-31", "KZ-61"), 2019, key="together"),
        make_observation("gas.population_share", 88.9, year=(2026, 2027), key="plan", status="planned"),
        make_observation("gas.homes", 5, (), None, key="nowhere"),
    ]
    bring(store, *figures)
    store.publish("")

    def ids(**filters):
        return {o.id for o in store.observations(**filters)}

    assert ids(layer="industry") == {"inside"}
    assert ids(indicator="gas.population_share") == {"own", "country", "plan"}
    assert ids(indicator=("gas.population_share",)) == {"own", "country", "plan"}
    assert ids(indicator=("industry.zone_area", "gas.homes")) == {"inside", "nowhere"}
    assert ids(place="KZ-61") == {"own", "together", "plan"}
    assert ids(place="KZ-61", inside=True) == {"own", "together", "plan", "inside"}
    assert ids(place="zone/orangai") == {"inside"}
    assert ids(place="KZ") == {"country"}
    assert ids(place="KZ", inside=True) == {f.id for f in figures}
    assert ids(status="planned") == {"plan"}
    assert ids(year=2026) == {"plan"}
    assert ids(year=2025) == {"own", "inside", "country", "nowhere"}, "without a period the document's year counts"
    assert ids(document="doc-a", place="KZ-31") == {"together"}
    assert ids(place="KZ-99") == ids(layer="'; DROP TABLE figures; --") == ids(year=10**40) == set()


def test_what_is_not_there_is_named(store):
    with pytest.raises(NotFound, match="No edition has been published yet"):
        store.edition()
    bring(store, make_observation(key="o1"))
    store.publish("")
    for number in (0, 7, -1, 10**30):
        with pytest.raises(NotFound, match=f"no edition {number}. There are editions 1 to 1"):
            store.observations(number)
    with pytest.raises(NotFound, match="doc-z"):
        store.document("doc-z")
    with pytest.raises(NotFound, match="o9"):
        store.observation("o9")
    with pytest.raises(NotFound, match="o9"):
        store.decide("doc-a", "o9", "reject", who="e")
    with pytest.raises(NotFound, match="nolink"):
        store.query_of_link("nolink")


def test_a_figure_without_its_sentence_is_refused_and_nothing_is_kept(store):
    document, (figure,) = with_sentences(make_document(), [make_observation()])
    moved = replace(figure, id="o2", span=(1, len(figure.quote) + 1))
    for wrong in (
        [moved],
        [replace(figure, value_span=(0, 0))],
        [replace(figure, value_span=(0, 999))],
        [replace(figure, document="doc-b")],
        [figure, figure],
    ):
        with pytest.raises(BadInput):
            store.add_document(document, wrong)
    assert store.documents() == []


def test_a_decision_must_fit_its_figure(store):
    _, _, (figure,) = bring(store, make_observation(key="o1"))
    for arguments in (
        {"action": "delete"},
        {"action": "correct"},
        {"action": "reject", "observation": figure},
        {"action": "correct", "observation": replace(figure, id="o2")},
        {"action": "correct", "observation": replace(figure, quote="not in the text")},
    ):
        with pytest.raises(BadInput):
            store.decide("doc-a", "o1", who="e", **arguments)
    assert store.accepted() == [figure]


def test_links_are_content_addressed(store):
    link = store.save_link("layers=gas&year=2025")
    assert store.save_link("layers=gas&year=2025") == link
    assert store.save_link("layers=water") != link
    assert store.query_of_link(link) == "layers=gas&year=2025"
    assert store.query_of_link(store.save_link("q" * 5000)) == "q" * 5000


def test_a_link_that_would_share_an_id_gets_a_longer_one(store, monkeypatch):
    monkeypatch.setattr(store_module, "link_id", lambda q, n=9: "same-id" if n < 12 else link_id(q, n))
    first, second = store.save_link("layers=gas"), store.save_link("layers=water")
    assert (store.query_of_link(first), store.query_of_link(second)) == ("layers=gas", "layers=water")
    assert store.save_link("layers=water") == second


def test_many_writers_at_once_lose_nothing(store_url):
    with Store.open(store_url) as store:

        def work(number):
            with Store.open(store_url) as mine:
                added = bring(mine, make_observation(value=number), document=f"doc-{number % 4}", reader="1")[0]
                return added, mine.save_link(f"year={number % 3}"), mine.publish("").number

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(work, [n % 4 for n in range(16)]))
        assert sum(added for added, _, _ in results) == 4
        assert len({link for _, link, _ in results}) == 3
        numbers = [e.number for e in store.editions()]
        assert numbers == list(range(len(numbers), 0, -1))
        assert len(store.observations()) == 4


KILLED = """
import sys
sys.path[:0] = ["tests", "."]
from conftest import make_document, make_observation, with_sentences
from geo.store import Store
store = Store.open(sys.argv[1])
for number in range(int(sys.argv[2]), 10**9):
    document, figures = with_sentences(
        make_document(f"doc-{number}"), [make_observation(value=number + n / 100) for n in range(40)]
    )
    store.add_document(document, figures, reader="1")
    store.publish(str(number))
    print("published", flush=True)
"""


def test_a_killed_process_leaves_the_last_edition_whole(store_url):
    for attempt in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, store_url, str(attempt * 10**6)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"published\n"
        time.sleep(0.15 + 0.11 * attempt)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        with Store.open(store_url) as store:
            for edition in store.editions():
                assert len(store.observations(edition.number)) == edition.observations
            assert all(len(store.readings(d.id)) == 40 for d in store.documents(with_text=False))
    with Store.open(store_url) as store:
        assert len(store.editions()) >= 4
        assert store.publish("").observations == 40 * len(store.documents(with_text=False))


def test_the_serving_process_gets_no_heavy_import():
    code = (
        "import sys, tempfile, pathlib; from geo.store import Store\n"
        "store = Store.open(sys.argv[1]); store.save_link('a'); store.close()\n"
        "import geo.promises, geo.series, geo.catalogue\n"
        "Store.open(sys.argv[1]).editions()\n"
        "print([m for m in ('geopandas', 'pandas', 'folium', 'mapclassify', 'shapely') if m in sys.modules])"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code, f"{folder}/q.db"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert done.stdout.strip() == "[]"


@given(st.text(), st.text())
def test_link_ids_are_readable_and_differ_with_the_query(a, b):
    assert set(link_id(a)) <= set(store_module.LINK_LETTERS)
    assert link_id(a, 12).startswith(link_id(a, 9))
    assert (link_id(a, 51) == link_id(b, 51)) == (a == b)


def values_of(store, edition):
    return {o.value for o in store.observations(edition.number)}


def test_a_rebuild_of_the_seeds_leaves_unpublished_work_alone(store):
    seed, seed_figures = with_sentences(make_document("seed"), [make_observation(value=1)])
    brought, brought_figures = with_sentences(make_document("brought"), [make_observation(value=2)])
    store.add_document(seed, seed_figures, reader="1", who="seeds")
    store.publish("first", of="seeds")
    store.add_document(brought, brought_figures, reader="1", who="editor")
    assert values_of(store, store.publish("again", of="seeds")) == {1}
    store.publish("by the editor")
    store.decide_document("brought", "reject", who="editor")
    newer, newer_figures = with_sentences(make_document("seed-2"), [make_observation(value=3)])
    store.add_document(newer, newer_figures, reader="1", who="seeds")
    assert values_of(store, store.publish("seeds", of="seeds")) == {1, 2, 3}  # the rejection is not published yet


def test_a_rebuild_takes_decisions_on_figures_of_a_bulletin_only_once_an_editor_has_published_them(store):
    figures = [make_observation(value=value, region=f"KZ-{value}") for value in (10, 11, 15)]
    seed, (wrong, twice, fine) = with_sentences(make_document("seed"), figures)
    store.add_document(seed, [wrong, twice, fine], reader="1", who="seeds")
    store.decide("seed", twice.id, "reject", who="editor")
    assert values_of(store, store.publish("seeds", of="seeds")) == {10, 11, 15}  # the very first is a rebuild as well
    store.decide("seed", wrong.id, "reject", who="editor")
    assert values_of(store, store.publish("seeds", of="seeds")) == {10, 11, 15}
    assert store.edition().number == 1
    assert values_of(store, store.publish("by the editor")) == {15}
    assert values_of(store, store.publish("seeds", of="seeds")) == {15}  # published work outlasts a rebuild
    store.decide("seed", wrong.id, "accept", who="editor")
    store.decide("seed", fine.id, "correct", who="editor", observation=replace(fine, value=16.0))
    newer, newer_figures = with_sentences(
        make_document("seed", date="2025-11-03"), [*figures, make_observation(value=19)]
    )
    store.add_document(newer, newer_figures, reader="1", who="seeds")
    assert values_of(store, store.publish("seeds", of="seeds")) == {15, 19}
    assert values_of(store, store.publish("by the editor")) == {10, 16, 19}


def test_what_an_editor_published_without_a_change_holds_when_a_bulletin_is_read_anew(store):
    seed, (figure,) = with_sentences(make_document("seed"), [make_observation(value=10)])
    store.add_document(seed, [figure], reader="1", who="seeds")
    store.publish("seeds", of="seeds")
    store.decide("seed", figure.id, "correct", who="editor", observation=figure)  # says that it is as it was read
    assert store.publish("by the editor").number == 1
    store.add_document(seed, [replace(figure, confidence=0.2)], reader="2", who="seeds")
    edition = store.publish("seeds", of="seeds")
    assert [o.confidence for o in store.observations(edition.number)] == [0.9]


def test_a_store_of_before_takes_what_its_editions_held_as_published(store_url):
    """Until migration 0003 a rebuild published all decisions on the figures of bulletins."""
    with Store.open(store_url) as store:
        seed, (old, new) = with_sentences(
            make_document("seed"), [make_observation(value=10), make_observation(value=11, region="KZ-11")]
        )
        store.add_document(seed, [old, new], reader="1", who="seeds")
        store.decide("seed", old.id, "reject", who="editor")
        store.publish("all")
        store.decide("seed", new.id, "reject", who="editor")
        with writing(store._engine) as connection:
            later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
            connection.execute(update(decisions).where(decisions.c.observation == new.id).values(at=later))
            connection.execute(text("DROP TABLE publishings"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    with Store.open(store_url) as store:
        seed_2, figures = with_sentences(make_document("seed-2"), [make_observation(value=12)])
        store.add_document(seed_2, figures, reader="1", who="seeds")
        assert values_of(store, store.publish("seeds", of="seeds")) == {11, 12}
