"""Short links: one view, one id, however many ask at once; nothing is lost and nobody is led elsewhere."""

from __future__ import annotations

import json
import multiprocessing
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published import FIRST, open_store, publish
from test_links import hostile

from webapp import create_app
from webapp.link_text import split_query
from webapp.links import parse_view
from webapp.rate_limits import LIMITS, Limit
from webapp.settings import load_settings
from webapp.shortlinks import merged

UNLIMITED = Limit(10**6, 60, 10**6, "short links")
PROCESSES = 4
VIEWS_EACH = 150


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shortlinks")
    publish(folder, FIRST, "doc-a")
    return folder


@pytest.fixture(scope="module")
def app(data):
    return create_app(load_settings({}, data=data))


@pytest.fixture
def client(app, monkeypatch):
    monkeypatch.setitem(LIMITS, "short link", UNLIMITED)
    return app.test_client()


def shorten(client, query: str) -> str:
    answer = client.post("/api/v1/links", json={"query": query})
    assert answer.status_code == 200, answer.text
    return answer.json["id"]


def test_a_short_link_leads_to_exactly_its_view(client, app):
    query = "layers=gas~water&gas.k=jenks-7&year=2024&place=KZ-61&view=6.2/43.30/68.25&lang=ru"
    link = shorten(client, query)
    answer = client.get(f"/s/{link}")
    assert answer.status_code == 302
    with app.test_request_context():
        atlas = app.extensions["qamtu_reader"].atlas()
    assert parse_view(answer.headers["Location"], atlas) == parse_view(query, atlas)


def test_one_view_has_one_id_however_it_is_written(client):
    ways = [
        "layers=water&year=2024",
        "?year=2024&layers=water&utm_source=telegram",
        "https://elsewhere.example/?layers=WATER&year=2024.",
        "v=1&layers=water&year=2024&lang=kk&show=both",
    ]
    assert len({shorten(client, way) for way in ways}) == 1
    assert shorten(client, "layers=water&year=2025") != shorten(client, ways[0])


def test_the_answer_names_what_it_did_not_understand(client):
    answer = client.post("/api/v1/links", json={"query": "layers=roads&lang=en"}).json
    assert [notice["code"] for notice in answer["notices"]] == ["unknown_value"]
    assert answer["url"] == f"http://localhost/s/{answer['id']}"
    assert answer["query"].endswith("lang=en")


def test_parameters_added_to_a_short_link_win_and_are_kept(client):
    link = shorten(client, "layers=water&year=2024&lang=kk")
    target = client.get(f"/s/{link}?lang=ru&utm_source=telegram&note=a%20b").headers["Location"]
    assert dict(split_query(target)) == {
        "v": "1",
        "layers": "water",
        "year": "2024",
        "lang": "ru",
        "utm_source": "telegram",
        "note": "a b",
    }


@pytest.mark.parametrize(
    "link", ["unknownid", "abcdefghij", "a", "x" * 200, "%2e%2e", "ABCDEFGHI", "..", "%00", "çççççç"]
)
def test_an_unknown_id_is_a_page_with_search(client, link):
    answer = client.get(f"/s/{link}")
    assert answer.status_code == 404
    assert 'role="search"' in answer.text
    assert answer.mimetype == "text/html"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile, hostile)
def test_a_short_link_never_leads_elsewhere(client, query, more):
    link = shorten(client, query.encode("utf-8", "replace").decode())
    raw = more.encode("utf-8", "replace").decode("latin-1")  # as it comes over the wire
    target = client.get(f"/s/{link}", environ_overrides={"QUERY_STRING": raw}).headers["Location"]
    parts = urlsplit(target)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/")
    assert not set(target) & set("\r\n\\\"'<> ")
    assert client.get(target).status_code == 200


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.text("xyz0189", min_size=1)), st.text("xyz=&?#", max_size=20))
def test_merging_keeps_every_parameter(values, more):
    query = "&".join(f"{key}={value}" for key, value in values.items())
    together = dict(split_query(merged(query, more)))
    assert together == {**values, **dict(split_query(more))}


@pytest.mark.parametrize("body", [None, [], {}, {"query": 5}, {"query": None}, "layers=gas", {"query": "x" * 8001}])
def test_a_body_that_is_no_query_is_refused_with_an_example(client, body):
    answer = client.post("/api/v1/links", json=body)
    assert answer.status_code == 400
    assert '{"query"' in answer.json["error"]["message"]


def test_text_that_is_no_json_is_refused(client):
    answer = client.post("/api/v1/links", data=b"\xff\xfe{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "bad_input"


def test_a_caller_over_the_cap_is_told_when_to_come_back(app, monkeypatch):
    monkeypatch.setitem(LIMITS, "short link", Limit(1, 60, 10**6, "short links"))
    client = app.test_client()
    assert client.post("/api/v1/links", json={"query": "year=2024"}).status_code == 200
    answer = client.post("/api/v1/links", json={"query": "year=2023"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def create_many(data, number: int, out) -> None:
    """One process of the load test: half of its views are everybody's, half its own."""
    LIMITS["short link"] = UNLIMITED
    client = create_app(load_settings({}, data=data)).test_client()
    made = {}
    for index in range(VIEWS_EACH):
        own = number if index % 2 else 0
        query = f"layers=gas&view=6.0/{40 + own}.{index % 100:02d}/{60 + index // 100}.00&lang=ru"
        made[query] = client.post("/api/v1/links", json={"query": query}).json["id"]
    out.put(json.dumps(made))


def test_four_processes_make_no_duplicate_and_lose_none(data):
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    workers = [context.Process(target=create_many, args=(data, number, out)) for number in range(1, PROCESSES + 1)]
    for worker in workers:
        worker.start()
    answers = [json.loads(out.get(timeout=240)) for _ in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    together: dict[str, set[str]] = {}
    for made in answers:
        for query, link in made.items():
            together.setdefault(query, set()).add(link)
    assert len(together) == VIEWS_EACH // 2 * (PROCESSES + 1)
    assert all(len(ids) == 1 for ids in together.values()), "one view, one id, in every process"
    assert len({min(ids) for ids in together.values()}) == len(together), "two views never share an id"
    _, store = open_store(data)
    with store:
        for query, (link,) in ((query, tuple(ids)) for query, ids in together.items()):
            assert dict(split_query(query)).items() <= dict(split_query(store.query_of_link(link))).items() | {
                ("layers", "gas")
            }
