"""Atom feeds: well-formed, in the reader's language, text stays text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from conftest import make_observation
from published import FIRST, open_store, publish

from webapp import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = make_observation("gas.homes", 7, "KZ-61", 2026, status="planned", key="o-bad", document="doc-b")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    data = tmp_path_factory.mktemp("feeds")
    publish(data, FIRST, "doc-a")
    publish(data, [HOSTILE], "<script>{{7*7}}")
    settings, store = open_store(data)
    store.close()
    return create_app(settings).test_client()


def entries(client, address):
    answer = client.get(address)
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.get_data()).findall(f"{ATOM}entry")


def test_editions_come_newest_first_and_text_stays_text(client):
    found = entries(client, "/feeds/editions.atom?lang=en")
    assert [e.findtext(f"{ATOM}title") for e in found] == ["Edition 2", "Edition 1"]
    assert "<script>{{7*7}}" in found[0].findtext(f"{ATOM}summary")


def test_an_edition_of_the_feed_leads_to_its_place_on_the_page(client):
    for found in entries(client, "/feeds/editions.atom?lang=ru"):
        path, _, anchor = found.find(f"{ATOM}link").get("href").removeprefix("http://localhost").partition("#")
        assert f'id="{anchor}"' in client.get(path).text


def test_a_build_of_the_seeds_is_told_in_words(tmp_path):
    publish(tmp_path, FIRST, "seeds")
    settings, store = open_store(tmp_path)
    store.close()
    browser = create_app(settings).test_client()
    for lang, words in {
        "ru": "Составлен по бюллетеням проекта",
        "en": "Made from the bulletins of the project",
    }.items():
        (found,) = entries(browser, f"/feeds/editions.atom?lang={lang}")
        assert found.findtext(f"{ATOM}summary") == f"{words} ({len(FIRST)})"
        assert words in browser.get(f"/editions?lang={lang}").text


def test_promises_carry_their_sentence_and_an_id_of_their_own(client):
    found = entries(client, "/feeds/promises.atom?lang=ru")
    assert {e.findtext(f"{ATOM}summary") for e in found} == {"gas.population_share 88.9", "gas.homes 7"}
    assert len({e.findtext(f"{ATOM}id") for e in found}) == 2


def test_a_feed_is_the_same_bytes_until_the_next_edition(client):
    first = client.get("/feeds/promises.atom")
    again = client.get("/feeds/promises.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_an_unknown_parameter_is_named(client):
    assert client.get("/feeds/editions.atom?x=1").status_code == 400
