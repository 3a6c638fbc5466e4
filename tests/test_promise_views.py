"""The ledger of promises shared: the choice in the link, its words and picture in a chat, frozen figures."""

from __future__ import annotations

import html
import io
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from werkzeug.datastructures import MultiDict

from geo.model import LANGUAGES, LAYERS
from geo.promises import STATES
from webapp.promise_views import PromiseChoice, parse_choice

CHOICES = st.builds(
    PromiseChoice,
    layer=st.none() | st.sampled_from(LAYERS),
    place=st.none() | st.sampled_from(["KZ", "KZ-61", "KZ-31", "zone/orangai"]),
    year=st.none() | st.integers(1900, 2200),
    state=st.none() | st.sampled_from(STATES),
    edition=st.none() | st.sampled_from([1, 2]),
    lang=st.sampled_from(LANGUAGES),
)


def picture(client, query: str) -> bytes:
    answer = client.get(f"/promises.png?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    return answer.data


def meta(text: str, name: str) -> str:
    return html.unescape(re.search(rf'<meta property="{name}" content="([^"]*)">', text)[1])


def field(text: str, name: str) -> str:
    return html.unescape(re.search(rf'<input id="{name}"[^>]* value="([^"]*)">', text)[1])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=CHOICES)
def test_a_link_gives_back_its_choice(app, choice):
    with app.app_context():
        source = app.extensions["qamtu_reader"]
        assert parse_choice(MultiDict(parse_qsl(choice.query)), source, choice.lang) == choice


def test_the_link_of_the_page_opens_the_same_choice(client):
    asked = client.get("/promises?layer=internet&place=KZ-31&year=2020&state=overdue&lang=en&utm_source=chat").text
    link = urlsplit(field(asked, "share-link"))
    assert link.query == "layer=internet&place=KZ-31&year=2020&state=overdue&lang=en"
    again = client.get(f"{link.path}?{link.query}").text
    assert field(again, "share-link") == link.geturl() == meta(again, "og:url")
    assert again.count('<tr class="layer-internet"') == asked.count('<tr class="layer-internet"') == 1


def test_a_chat_is_told_the_choice_in_the_language_of_the_link(client):
    text = client.get("/promises?layer=internet&place=KZ-31&state=overdue&lang=ru").text
    assert meta(text, "og:title").startswith("Обещания: Интернет · Жамбыл")
    assert "1:" in meta(text, "og:description")
    image = urlsplit(meta(text, "og:image"))
    assert Image.open(io.BytesIO(picture(client, image.query))).size == (1200, 630)


def test_a_frozen_link_stays_frozen_through_the_filter(client):
    text = client.get("/promises?lang=en").text
    frozen = urlsplit(field(text, "share-frozen"))
    assert "edition=2" in frozen.query
    assert '<input type="hidden" name="edition" value="2">' in client.get(f"/promises?{frozen.query}").text
    assert '<input type="hidden" name="edition"' not in text


@pytest.mark.parametrize("other", ["layer=water&lang=en", "state=open&lang=en", "year=2020&lang=en", "lang=kk"])
def test_pictures_of_other_choices_differ_and_of_the_same_are_the_same(client, other):
    assert picture(client, other) != picture(client, "lang=en")
    assert picture(client, other) == picture(client, f"{other}&fbclid=x")


@pytest.mark.parametrize("query", ["layer=roads", "place=KZ-99", "year=soon", "state=broken", "layer=gas&layer=water"])
@pytest.mark.parametrize("path", ["/promises", "/promises.png"])
def test_an_unknown_choice_is_refused_with_what_is_allowed(client, path, query):
    answer = client.get(f"{path}?{query}&lang=en")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
