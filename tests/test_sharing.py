"""What goes with a link: QR, citation, oEmbed, embed, frozen figures; and no query that breaks a page."""

from __future__ import annotations

import datetime as dt
import html
import io
import os
import re
import xml.etree.ElementTree as ET

import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from published import FIRST, SECOND, publish
from test_links import LINKS, hostile

from geo.model import LANGUAGES
from webapp import create_app
from webapp.settings import load_settings

THIRD = [figure for figure in SECOND if figure.regions == ("KZ-39",)]
CANARY = "zq<svg onload=alert(7)>'\"{{7*7}}zq"
QUERIES = int(os.environ.get("QAMTU_FUZZ", "2000"))  # 10000 for a long run


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sharing")
    publish(folder, FIRST, "doc-a")
    return create_app(load_settings({}, data=folder))


@pytest.fixture
def client(app):
    return app.test_client()


def get_raw(client, path: str, query: str, **more):
    """GET with the query's bytes as they come over the wire."""
    raw = query.encode("utf-8", "replace").decode("latin-1")
    return client.get(path, environ_overrides={"QUERY_STRING": raw}, **more)


# QR


def test_the_code_holds_the_canonical_address(client):
    answer = client.get("/qr.png?layers=water&utm_source=x&place=KZ-61")
    image = Image.open(io.BytesIO(answer.data)).convert("L")
    code = segno.make("http://localhost/?v=1&layers=water&year=2025&place=KZ-61&lang=kk", error="m", micro=False)
    modules = len(code.matrix)
    assert image.size == ((modules + 8) * 8, (modules + 8) * 8)
    seen = [[image.getpixel(((x + 4) * 8 + 4, (y + 4) * 8 + 4)) < 128 for x in range(modules)] for y in range(modules)]
    assert seen == [[bool(dark) for dark in row] for row in code.matrix]


def test_the_drawn_code_is_svg_without_styles(client):
    answer = client.get("/qr.svg?layers=water")
    assert answer.mimetype == "image/svg+xml"
    assert ET.fromstring(answer.text).tag.endswith("svg")
    assert "style" not in answer.text


# Citation


def test_a_citation_pins_the_edition_and_dates_the_access(client):
    answer = client.get("/api/v1/citation?layers=gas~water&place=KZ-61&lang=ru").json
    today = dt.datetime.now(dt.UTC).date()
    assert "edition=1" in answer["url"]
    for lang in LANGUAGES:
        assert answer["url"] in answer[lang]
        assert str(today.year) in answer[lang]
    assert "Туркестанская область" in answer["ru"]
    assert "дата обращения" in answer["ru"]
    assert today.isoformat() in answer["bibtex"]
    assert answer["bibtex"].count("{") == answer["bibtex"].count("}")


# oEmbed


def test_oembed_gives_a_frame_of_the_view_and_its_picture(client):
    answer = client.get("/oembed", query_string={"url": "http://localhost/?layers=water&lang=en", "maxwidth": "600"})
    record = answer.json
    assert (record["version"], record["type"], record["width"]) == ("1.0", "rich", 600)
    address = html.unescape(re.search(r'src="([^"]+)"', record["html"])[1])
    assert address == "http://localhost/?v=1&layers=water&year=2025&embed=1&lang=en"
    framed = client.get(address)
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert client.get(record["thumbnail_url"]).mimetype == "image/png"


def test_oembed_takes_short_links_and_refuses_what_is_not_ours(client):
    link = client.post("/api/v1/links", json={"query": "layers=water"}).json
    assert client.get("/oembed", query_string={"url": link["url"]}).status_code == 200
    for url in (
        "",
        "https://elsewhere.example/?layers=gas",
        "http://localhost.evil/?x",
        "http://localhost/documents/a",
    ):
        assert client.get("/oembed", query_string={"url": url}).status_code == 404, url
    for url in ("javascript:alert(1)", "http://[", "http://localhost/s/unknown99"):
        assert client.get("/oembed", query_string={"url": url}).status_code == 404, url
    assert client.get("/oembed?url=http://localhost/&format=xml").status_code == 501
    assert client.get("/oembed?url=http://localhost/&maxwidth=abc").status_code == 400


def test_a_page_is_discovered_by_picture_words_and_oembed(client):
    page = client.get("/?layers=water&place=KZ-61&lang=ru").text
    found = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', page))
    assert "Туркестанская область" in found["og:title"]
    assert found["og:description"]
    picture = html.unescape(found["og:image"])
    assert client.get(picture).mimetype == "image/png"
    assert client.get(picture).data == client.get("/preview.png?layers=water&place=KZ-61&lang=ru").data
    assert found["twitter:card"] == "summary_large_image"
    discovery = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
    assert client.get(html.unescape(discovery[1])).json["type"] == "rich"


def test_only_an_embed_may_be_framed(client):
    assert "frame-ancestors 'none'" in client.get("/?layers=water").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in client.get("/?layers=water&embed=1").headers["Content-Security-Policy"]
    assert client.get("/sources?embed=1").headers["X-Frame-Options"] == "DENY"


# Frozen


def test_frozen_figures_are_the_same_bytes_after_later_editions(tmp_path):
    publish(tmp_path, FIRST, "doc-a")
    addresses = [
        "/editions/1/atlas.json",
        "/api/v1/observations?edition=1",
        "/preview.png?edition=1",
        "/map.svg?edition=1",
    ]
    # a server of today, and one that is started after each later edition
    before = [create_app(load_settings({}, data=tmp_path)).test_client().get(address).data for address in addresses]
    table = frozen_table(tmp_path)
    for number, (figures, document) in enumerate(((SECOND, "doc-b"), (THIRD, "doc-c")), start=2):
        assert publish(tmp_path, figures, document, f"2026-0{number}-20").number == number
        client = create_app(load_settings({}, data=tmp_path)).test_client()
        assert [client.get(address).data for address in addresses] == before
        assert frozen_table(tmp_path) == table
        live = client.get("/api/v1/observations").data
        assert live != before[1]


def frozen_table(data) -> tuple[str, str]:
    """The drawing and the table of a frozen page, as a reader without scripts gets them."""
    client = create_app(load_settings({}, data=data)).test_client()
    page = client.get("/?edition=1&layers=gas~water&lang=en").text
    return re.search(r'<svg class="first-map".*?</svg>', page, re.DOTALL)[0], re.search(
        r"<tbody>.*?</tbody>", page, re.DOTALL
    )[0]


def test_what_changed_since_a_frozen_link_is_listed(tmp_path):
    publish(tmp_path, FIRST, "doc-a")
    publish(tmp_path, SECOND, "doc-b", "2026-02-20")
    client = create_app(load_settings({}, data=tmp_path)).test_client()
    changes = client.get("/api/v1/changes?from=1&lang=en").json
    assert changes["total"] == len(SECOND)
    assert {figure["value"] for figure in changes["added"]} == {figure.value for figure in SECOND}
    page = client.get("/?edition=1&lang=en").text
    assert '"edition":1,"current":2,"frozen":true' in page


# Any query


@pytest.mark.parametrize("link", [row[0] for row in LINKS], ids=[row[0][:40] or "(empty)" for row in LINKS])
def test_every_link_ever_issued_opens_in_the_application(client, link):
    answer = get_raw(client, "/", link.rpartition("?")[2].partition("#")[0])
    assert answer.status_code == 200


@settings(max_examples=QUERIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile)
def test_any_query_gives_a_page_and_reflects_nothing_unescaped(app, text):
    client = app.test_client()
    answer = get_raw(client, "/", f"{text}&place={CANARY}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert CANARY not in answer.text
    assert "<svg onload" not in answer.text
    assert "49zq" not in answer.text


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["/preview.png", "/map.svg", "/map.png", "/qr.svg", "/oembed", "/api/v1/citation"]), hostile)
def test_any_query_gives_a_picture_or_a_clear_refusal(app, path, text):
    answer = get_raw(app.test_client(), path, f"{text}&layers={CANARY}&url={CANARY}")
    assert answer.status_code in (200, 400, 404, 501)
    if answer.mimetype == "image/svg+xml":
        ET.fromstring(answer.text)
        assert "onload" not in answer.text


def test_a_link_with_an_open_figure_is_described_by_it(client):
    figure = client.get("/api/v1/observations?place=KZ-61&layer=gas&lang=en").json["observations"][0]
    page = client.get("/", query_string={"layers": "gas", "place": "KZ-61", "obs": figure["id"], "lang": "en"}).text
    described = html.unescape(re.search(r'<meta property="og:description" content="([^"]*)"', page)[1])
    assert described == figure["words"]
