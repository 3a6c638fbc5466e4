"""Every error leaves as one shape, in the right status, and says nothing of the insides."""

import pytest
from flask import abort

from geo import errors as geo
from webapp import create_app
from webapp.errors import STATUS_OF, status_of
from webapp.settings import load_settings

SECRET = "secret-inside"


def all_errors(root=geo.QamtuError):
    return [root, *(found for child in root.__subclasses__() for found in all_errors(child))]


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """A client of an app whose addresses raise what they are asked for."""
    app = create_app(load_settings({}, data=tmp_path_factory.mktemp("none")))

    def raise_error(name):
        kind = next((error for error in all_errors() if error.__name__ == name), None)
        if kind is None:
            raise RuntimeError(SECRET)
        raise kind(f"{SECRET} of {name}. Use another.", received="this", allowed=["that", "those"])

    app.add_url_rule("/api/v1/raise/<name>", "raise_json", raise_error)
    app.add_url_rule("/raise/<name>", "raise_page", raise_error)
    app.add_url_rule("/abort/<int:code>", "abort_page", abort)
    return app.test_client()


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_exception_has_its_status_and_shape(failing, error):
    status = status_of(error("x"))
    answer = failing.get(f"/api/v1/raise/{error.__name__}")
    assert answer.status_code == status
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "details"}
    assert answer.json["error"]["code"] == error.code
    assert (SECRET in answer.json["error"]["message"]) == (status < 500)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_table_names_only_errors_of_the_tree():
    assert set(STATUS_OF) <= set(all_errors())


def test_the_unexpected_says_nothing(failing):
    for path in ("/api/v1/raise/Unknown", "/raise/Unknown"):
        answer = failing.get(path)
        assert answer.status_code == 500
        assert SECRET not in answer.get_data(as_text=True)
        assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 415, 429, 500, 503])
@pytest.mark.parametrize(("lang", "way_out"), [("kk", "Картаны ашу"), ("ru", "Открыть карту"), ("en", "Open the map")])
def test_error_pages_in_three_languages(failing, status, lang, way_out):
    answer = failing.get(f"/abort/{status}?lang={lang}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert f'<html lang="{lang}"' in text
    assert way_out in text
    assert ("data-search" in text) == (status in (400, 404))


def test_a_page_shows_what_was_received_and_allowed(failing):
    text = failing.get("/raise/BadView?lang=en").get_data(as_text=True)
    assert "<dt>Received</dt><dd>this</dd>" in text
    assert "<dt>Allowed</dt><dd>that, those</dd>" in text


def test_an_address_that_does_not_exist(client):
    assert client.get("/nothing/here?lang=ru").status_code == 404
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")
    assert client.get("/nothing", headers={"Accept": "application/json"}).json["error"]["code"] == "not_found"


def test_a_method_that_is_not_taken_names_those_that_are(client):
    answer = client.post("/api/v1/layers")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_empty_data_folder_says_what_to_do(failing):
    answer = failing.get("/api/v1/layers")
    assert answer.status_code == 404
    assert "No edition" in answer.json["error"]["message"]
    assert failing.get("/healthz").status_code == 200


def test_wrong_settings_are_named():
    for name, value in {
        "QAMTU_DEFAULT_LANGUAGE": "de",
        "QAMTU_TRUSTED_PROXIES": "-1",
        "QAMTU_PUBLIC_URL": "atlas.example/path",
        "QAMTU_EDITION_POLL_SECONDS": "soon",
    }.items():
        with pytest.raises(geo.BadInput, match=name):
            load_settings({name: value})
    with pytest.raises(geo.BadInput, match="nonsense"):
        load_settings({}, nonsense=1)
    made = load_settings({"QAMTU_PUBLIC_URL": "https://atlas.example/"}, default_language="ru")
    assert (made.public_url, made.default_language) == ("https://atlas.example", "ru")


INTERFACES = [
    ("get", "/api/v1/nope", 404),
    ("get", "/api/v1/observations?place=nowhere", 400),
    ("get", "/api/v1/export.docx", 404),
    ("post", "/api/v1/layers", 405),
    ("post", "/api/v1/links", 400),
    ("get", "/editions/99/atlas.json", 404),
    ("get", "/oembed?url=https://elsewhere.example/", 404),
    ("get", "/ogc/nope", 404),
    ("get", "/ogc/collections/nope", 404),
    ("get", "/ogc/collections/regions/items/nope", 404),
    ("get", "/ogc/collections/gas/items?bbox=x", 400),
    ("get", "/ogc/collections/gas/items?limit=-1", 400),
    ("delete", "/ogc/collections", 405),
]


@pytest.mark.parametrize(("method", "address", "status"), INTERFACES)
def test_every_interface_has_the_one_shape(client, method, address, status):
    answer = getattr(client, method)(address)
    assert answer.status_code == status, answer.text
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "details"}
    assert len(answer.json["error"]["message"]) > 20


def test_too_much_has_the_one_shape_too(client):
    answer = client.post("/api/v1/links", data=b"x" * 40_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert set(answer.json["error"]) == {"code", "message", "details"}
