"""Headers of every answer, and hostile texts that stay texts everywhere."""

import base64
import hashlib
import html
import json
import re

import pytest
from small_atlas import HOSTILE

PAGES = [
    "/",
    "/documents/hostile",
    "/sources",
    "/coverage",
    "/editions",
    "/promises",
    "/about",
    "/search?q=gas",
    "/styleguide",
]


@pytest.mark.parametrize("path", [*PAGES, "/api/v1/layers", "/no-such-page", "/api/v1/observations?layer=x"])
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_with_forms_stand_apart_from_whoever_opened_them(client):
    for path in ("/editor", "/editor/sign-in", "/report"):
        assert client.get(path).headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Cross-Origin-Opener-Policy" not in client.get("/").headers  # the first paint waits for no fresh process


def test_only_an_embed_may_be_framed(client):
    embed = client.get("/?embed=1").headers
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert "frame-ancestors 'none'" in client.get("/about?embed=1").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_runs_but_what_the_policy_names(client, path):
    answer = client.get(path)
    text, policy = answer.get_data(as_text=True), answer.headers["Content-Security-Policy"]
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        if "src=" in attributes or 'type="application/json"' in attributes:
            continue
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r"<[^>]+\son\w+=", text)
    assert not re.search(r"<[^>]+\sstyle=", text)
    for body in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_public_data_may_be_read_from_anywhere(client):
    for path in ("/api/v1/layers", "/editions/2/atlas.json", "/api/v1/observations?layer=nothing"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/about").headers
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/layers").headers


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", [*PAGES, "/?place=KZ-33&layers=water&water=settlements&year=2024"])
def test_hostile_texts_stay_texts_on_every_page(client, path, lang):
    text = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}").get_data(as_text=True)
    assert "<img" not in text.replace("<img class=", "")
    assert "<script>alert" not in text
    assert "javascript:" not in text
    for raw in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL):
        json.loads(raw)


def test_a_hostile_document_reads_as_it_was_written(client):
    text = client.get("/documents/hostile?lang=en").get_data(as_text=True)
    body = text.split('class="prose"')[1].split("</section>")[0]
    written = html.unescape(re.sub(r"<[^>]+>", "", body))
    assert written.count(HOSTILE) == 2
    assert "49" not in written


def test_hostile_texts_come_through_the_interface_unchanged(client):
    record = client.get("/api/v1/documents/hostile").json
    assert record["document"]["title"] == f"Title {HOSTILE}"
    assert record["document"]["url"] == ""
    for figure in record["observations"]:
        assert "".join(figure["evidence"]["parts"]) == figure["evidence"]["quote"]
        assert HOSTILE in figure["evidence"]["quote"]


@pytest.mark.parametrize(
    "query",
    [
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "q={{7*7}}",
        "q=%00%ff%fe",
        "lang=%3Cscript%3E",
        "place=%22onmouseover=%22alert(1)",
    ],
)
def test_nothing_of_the_query_is_reflected_unescaped(client, query):
    for path in ("/", "/search", "/promises", "/nope"):
        answer = client.get(f"{path}?{query}")
        text = answer.get_data(as_text=True)
        assert answer.status_code in (200, 400, 404)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'place="onmouseover' not in text
        if "7*7" in query and path == "/search":
            assert "{{7*7}}" in html.unescape(text)


def test_language_links_stay_on_this_server(client):
    for path in ("//evil.example/x", "/%5Cevil.example", "/nope//evil"):
        text = client.get(path).get_data(as_text=True)
        links = re.findall(r'hreflang="\w+" href="([^"]+)"', text)
        assert links
        assert all(re.match(r"/[^/\\]", link) for link in links)


def test_static_files_do_not_lead_outside(client):
    for name in ("../webapp/settings.py", "..%2f..%2frun.py", ".hidden", "js/../../run.py", "%00"):
        assert client.get(f"/static/{name}").status_code == 404
