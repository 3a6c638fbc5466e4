"""The JSON interface: evidence in every figure, filters that refuse what they do not know, ETags and packed answers."""

import gzip
import json

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model import LAYERS

RECORD = {"id", "layer", "indicator", "value", "unit", "qualifier", "status", "regions", "text", "words", "evidence"}


def get(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)[:300]
    return answer.json


def ids(client, query):
    return {record["id"] for record in get(client, f"/api/v1/observations?{query}")["observations"]}


def test_health(client):
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz") == {"status": "ok", "edition": 2}


def test_four_layers_with_their_indicators(client):
    value = get(client, "/api/v1/layers")
    assert [layer["id"] for layer in value["layers"]] == list(LAYERS)
    gas = value["layers"][0]
    assert gas["headline"] == gas["indicators"][0]["code"] == "gas.population_share"
    assert gas["indicators"][0]["figures"] == 3
    assert set(gas["label"]) == {"kk", "ru", "en"}


def test_regions_as_geojson_and_topojson(client):
    geojson = get(client, "/api/v1/regions.geojson")
    assert len(geojson["features"]) == 20
    assert {feature["id"] for feature in geojson["features"]} >= {"KZ-61", "KZ-75"}
    assert "OpenStreetMap" in geojson["attribution"]
    topojson = get(client, "/api/v1/regions.topojson")
    assert topojson["type"] == "Topology"
    finer = client.get("/api/v1/regions.topojson?tolerance=200")
    assert len(finer.data) > len(client.get("/api/v1/regions.topojson").data)
    get(client, "/api/v1/regions.topojson?tolerance=5", 400)


def test_every_figure_carries_its_sentence_and_source(client):
    value = get(client, "/api/v1/observations?lang=en")
    assert value["total"] == len(value["observations"]) == 11
    for record in value["observations"]:
        assert set(record) >= RECORD
        evidence = record["evidence"]
        assert "".join(evidence["parts"]) == evidence["quote"]
        assert evidence["parts"][1].strip()
        assert record["source"]["title"]
        assert record["words"].endswith(".")
        assert client.get(evidence["href"]).status_code == 200


def test_words_come_in_the_language_asked_for_and_quotes_stay(client):
    made = {
        lang: get(client, f"/api/v1/observations?id=o01&lang={lang}")["observations"][0] for lang in ("kk", "ru", "en")
    }
    assert len({record["words"] for record in made.values()}) == 3
    assert {record["evidence"]["quote"] for record in made.values()} == {
        "Облыс халқының 85,5 пайызына көгілдір отын жетті"
    }
    assert made["kk"]["text"] == "85,5\u00a0%"
    assert made["en"]["source"]["restates"]["title"] == "Толық сұхбат"
    assert made["en"]["source"]["inferred"] is False


def test_filters(client):
    assert ids(client, "layer=gas") == {"o01", "o02", "o06", "o09"}
    assert ids(client, "indicator=gas.population_share&status=planned") == {"o02"}
    assert ids(client, "layer=gas&indicator=population_share&status=actual") == {"o01", "o06"}
    assert "o05" not in ids(client, "layer=industry&place=KZ-61")
    assert ids(client, "layer=industry&place=KZ-61&inside=1") == {"o04", "o05"}
    assert ids(client, "place=zone/orangai") == {"o05"}
    assert ids(client, "document=villages-2019&year=2019") >= {"o07"}
    assert ids(client, "id=o01~o04") == {"o01", "o04"}
    assert ids(client, "edition=1") == {"o01", "o02", "o03", "o04", "o05"}
    assert ids(client, "place=kz-61&layer=water") == {"o03"}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("layer=gaz", "gas"),
        ("place=KZ-99", "KZ-61"),
        ("indicator=gas.nothing", "gas.population_share"),
        ("layer=water&indicator=gas.population_share", "water.population_share"),
        ("status=done", "planned"),
        ("limit=0", "1"),
        ("limit=5000", "1000"),
        ("offset=-1", "0"),
        ("year=abc", "1900"),
        ("inside=maybe", "1"),
        ("layr=gas", "layer"),
        ("layer=gas&layer=water", "gas"),
        ("lang=de", "kk"),
    ],
)
def test_what_is_not_understood_names_what_is_allowed(client, query, named):
    error = get(client, f"/api/v1/observations?{query}", 400)["error"]
    assert error["code"] == "bad_view"
    assert named in json.dumps(error, ensure_ascii=False)


def test_a_slip_gets_a_suggestion(client):
    error = get(client, "/api/v1/observations?indicator=gas.populaton_share", 400)["error"]
    assert error["details"]["suggestions"][0] == "gas.population_share"


def test_what_does_not_exist(client):
    for path in ("documents/none", "observations/none", "layers?edition=9", "observations?edition=9", "changes?from=9"):
        assert get(client, f"/api/v1/{path}", 404)["error"]["code"] == "not_found"
    get(client, "/editions/9/atlas.json", 404)
    get(client, "/editions/2/secrets.json", 404)


def test_pages_follow_one_another(client):
    seen, path = [], "?limit=4"
    while path:
        value = get(client, f"/api/v1/observations{path}")
        seen += [record["id"] for record in value["observations"]]
        path = value["next"]
    assert len(seen) == len(set(seen)) == value["total"] == 11


def test_conflicts_name_both_figures_and_the_rule(client):
    value = get(client, "/api/v1/conflicts?lang=en")
    assert value["total"] == 1
    (conflict,) = value["conflicts"]
    assert conflict["shown"]["id"] == "o01"
    assert [other["id"] for other in conflict["others"]] == ["o06"]
    assert "newest" in value["rule"]
    note = get(client, "/api/v1/observations/o06")["observation"]["conflicts"]
    assert note["shown"] is False
    assert note["others"] == ["o01"]
    assert get(client, "/api/v1/conflicts?layer=water")["total"] == 0


def test_promises_have_a_state(client):
    value = get(client, "/api/v1/promises?lang=en")
    plans = {promise["plan"]["id"]: promise for promise in value["promises"]}
    assert set(plans) == {"o02", "o08"}
    assert plans["o08"]["state"] == "overdue"
    assert sum(value["states"].values()) == value["total"] == 2
    assert get(client, "/api/v1/promises?state=overdue&layer=internet")["total"] == 1
    assert get(client, "/api/v1/promises?place=KZ-31")["total"] == 1
    get(client, "/api/v1/promises?state=broken", 400)


def test_documents(client):
    value = get(client, "/api/v1/documents?lang=en")
    assert value["documents"][0]["id"] == "turkistan-2025"
    one = get(client, "/api/v1/documents/turkistan-2025")
    for record in one["observations"]:
        start, end = record["evidence"]["span"]
        assert one["text"][start:end] == record["evidence"]["quote"]
    assert {d["id"]: d["inferred"] for d in value["documents"]}["villages-2019"] is True


def test_editions_and_what_changed(client):
    value = get(client, "/api/v1/editions")
    assert value["current"] == 2
    assert [(e["number"], e["figures"], e["added"]) for e in value["editions"]] == [(2, 11, 6), (1, 5, 5)]
    changes = get(client, "/api/v1/changes?from=1")
    assert (changes["from"], changes["to"], changes["total"]) == (1, 2, 6)
    assert {record["id"] for record in changes["added"]} == {"o06", "o07", "o08", "o09", "o10", "o11"}
    get(client, "/api/v1/changes", 400)
    assert get(client, "/api/v1/observations/o01")["known_since"] == 1
    assert get(client, "/api/v1/observations/o06")["known_since"] == 2


def test_search(client):
    value = get(client, "/api/v1/search?q=Туркестан&lang=en")
    assert value["results"][0]["name"] == "Turkistan Region"
    assert client.get(value["results"][0]["href"]).status_code == 200
    assert get(client, "/api/v1/search?q=")["results"] == []


def test_etags_and_not_modified(client):
    for path in ("/api/v1/layers", "/editions/2/atlas.json", "/about"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.data == b""
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/layers", "/editions/2/atlas.json", "/editions/2/regions-500.topojson", "/about"]
)
def test_packed_answers_hold_the_same_bytes(client, path):
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    better = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.data) == brotli.decompress(better.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len({answer.headers["ETag"] for answer in (plain, packed, better)}) == 3
    refused = client.get(path, headers={"Accept-Encoding": "br;q=0, identity"})
    assert "Content-Encoding" not in refused.headers
    again = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": better.headers["ETag"]})
    assert again.status_code == 304


def test_artefacts_are_immutable_and_packed_beforehand(client, atlas_folder):
    answer = client.get("/editions/2/atlas.json", headers={"Accept-Encoding": "br"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.data == (atlas_folder / "editions" / "2" / "atlas.json.br").read_bytes()
    assert client.get("/editions/2/shell.js").mimetype == "text/javascript"
    assert "immutable" not in client.get("/api/v1/layers").headers["Cache-Control"]


def test_a_worker_sees_a_new_edition(atlas_folder, tmp_path):
    import shutil

    from conftest import make_observation, with_sentences

    from geo.store import Store
    from webapp import create_app
    from webapp.publishing import publish_artefacts
    from webapp.settings import load_settings

    folder = tmp_path / "data"
    shutil.copytree(atlas_folder, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    client = create_app(load_settings({}, data=folder, edition_poll_seconds=0.0)).test_client()
    frozen = client.get("/api/v1/observations?edition=2").data
    with Store.open(folder / "qamtu.sqlite3") as store:
        from conftest import make_document

        store.add_document(*with_sentences(make_document("late"), [make_observation(value=90, document="late")]))
        edition = store.publish("later")
        assert get(client, "/readyz")["edition"] == 2  # its files are not there yet
        publish_artefacts(store, edition, folder)
    assert get(client, "/readyz")["edition"] == 3
    assert get(client, "/api/v1/observations")["total"] == 12
    assert client.get("/api/v1/observations?edition=2").data == frozen


def test_publishing_again_changes_nothing_and_leaves_nothing_half_done(atlas_folder):
    from geo.store import Store
    from webapp.publishing import publish_artefacts

    target = atlas_folder / "editions" / "2"
    before = {path.name: path.stat().st_mtime_ns for path in target.iterdir()}
    with Store.open(atlas_folder / "qamtu.sqlite3") as store:
        assert publish_artefacts(store, store.edition(2), atlas_folder) == target
    assert {path.name: path.stat().st_mtime_ns for path in target.iterdir()} == before
    assert sorted(path.name for path in target.parent.iterdir()) == ["1", "2"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["observations", "documents", "search", "conflicts", "promises", "layers", "changes", "editions"]),
    st.dictionaries(
        st.sampled_from(
            ["layer", "place", "indicator", "status", "year", "edition", "inside", "limit", "q", "lang", "x"]
        ),
        st.one_of(st.text(max_size=20), st.sampled_from(["gas", "KZ-61", "2025", "1", "kk", "99999999999"])),
        max_size=4,
    ),
)
def test_no_query_makes_the_server_fail(app, name, query):
    answer = app.test_client().get(f"/api/v1/{name}", query_string=query)
    assert answer.status_code in (200, 400, 404)
    assert answer.status_code == 200 or set(answer.json["error"]) == {"code", "message", "details"}
