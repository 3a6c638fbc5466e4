"""Answers given again without the application: the same bytes, and only to those who ask in the same way."""

import pytest

from webapp.ready import ReadyAnswers, key_of
from webapp.responses import READY


@pytest.fixture
def calls(app, monkeypatch):
    """(client, how often the application itself was asked)."""
    counted = []
    inner = app.wsgi_app.app

    def counting(environ, start_response):
        counted.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    monkeypatch.setattr(app, "wsgi_app", ReadyAnswers(counting, app.extensions["qamtu_reader"]))
    return app.test_client(use_cookies=False), counted


def test_the_second_answer_is_the_first_one_again(calls):
    client, counted = calls
    for path in ("/about", "/api/v1/layers", "/editions/2/atlas.json", "/?layers=water&lang=en"):
        counted.clear()
        first, second = (client.get(path) for _ in range(2))
        assert len(counted) == 1
        assert first.data == second.data
        assert dict(first.headers) == dict(second.headers)
        assert READY not in first.headers
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert len(counted) == 1


def test_another_wish_is_another_answer(calls):
    client, counted = calls
    client.get("/about")
    for headers in ({"Cookie": "qamtu_lang=ru"}, {"Accept-Encoding": "br"}, {"Host": "other.example"}):
        counted.clear()
        client.get("/about", headers=headers)
        assert counted == ["/about"]
    assert 'lang="ru"' in client.get("/about", headers={"Cookie": "qamtu_lang=ru"}).get_data(as_text=True)
    assert 'lang="kk"' in client.get("/about").get_data(as_text=True)


def test_what_is_not_for_everybody_is_asked_anew(calls):
    client, counted = calls
    for path, more in (
        ("/healthz", {}),
        ("/nothing", {}),
        ("/static/css/base.css", {}),
        ("/about", {"headers": {"Cookie": "session=secret"}}),
        ("/about", {"headers": {"Authorization": "Bearer x"}}),
        ("/about?x=" + "y" * 700, {}),
    ):
        counted.clear()
        client.get(path, **more)
        client.get(path, **more)
        assert len(counted) == 2, path


def test_a_new_edition_ends_what_was_kept(calls, monkeypatch, app):
    client, counted = calls
    client.get("/about")
    client.get("/about")
    assert len(counted) == 1
    monkeypatch.setattr(ReadyAnswers, "edition", lambda _self: 99)
    client.get("/about")
    assert len(counted) == 2


def test_only_reading_requests_have_a_key():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    assert key_of(environ) is not None
    assert key_of({**environ, "REQUEST_METHOD": "POST"}) is None
    assert key_of({**environ, "HTTP_RANGE": "bytes=0-1"}) is None
    assert key_of({**environ, "HTTP_COOKIE": "qamtu_lang=ru"}) is not None
    assert key_of({**environ, "HTTP_COOKIE": "qamtu_lang=ru; other=1"}) is None
