"""The description against the routes, and the interface against its description, by a tool that tries to break both."""

from __future__ import annotations

import pytest
import schemathesis
from conftest import make_observation
from hypothesis import HealthCheck, given, settings
from published import FIRST, SECOND, open_store, publish

from webapp import create_app
from webapp.openapi import description

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
]
INSIDE = [
    make_observation("industry.zone_area", 365, "KZ-61", 2025, place="settlement/orangai", document="doc-c"),
    make_observation("gas.investment", 4e8, "KZ-61", None, document="doc-c", currency="USD", qualifier="about"),
    make_observation("water.settlements", 5, (), 2025, document="doc-c"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    data = tmp_path_factory.mktemp("openapi")
    publish(data, FIRST, "doc-a")
    publish(data, SECOND, "doc-b", "2026-02-20")
    publish(data, INSIDE, "doc-c", "2026-03-01")
    settings_, store = open_store(data)
    store.close()
    return create_app(settings_)


def test_every_answer_fits_the_description_and_none_is_a_5xx(app):
    """Schemathesis makes requests that fit the description, and some that do not, for every address."""
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in described.get_all_operations():
        assert count_of_tries(found.ok()) > 0


def count_of_tries(operation):
    tried = 0

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def check(case):
        nonlocal tried
        tried += 1
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    check()
    return tried


def test_every_address_of_the_interface_is_described(app):
    routes = {
        str(rule).replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if str(rule).startswith(("/api/v1/", "/healthz", "/readyz")) and "GET" in rule.methods
    }
    assert routes - {"/api/v1/openapi.json"} <= set(description()["paths"])


def test_the_answers_of_a_full_atlas_fit_strictly(app):
    """Random parameters mostly find nothing; these addresses are known to find something."""
    client, schema = app.test_client(), schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    one, document = FIRST[0].id, "doc-c"
    for path, address in {
        "/api/v1/observations": "/api/v1/observations?limit=1000&lang=ru",
        "/api/v1/observations/{observation_id}": f"/api/v1/observations/{one}",
        "/api/v1/documents/{document_id}": f"/api/v1/documents/{document}?lang=en",
        "/api/v1/changes": "/api/v1/changes?from=1",
        "/api/v1/conflicts": "/api/v1/conflicts",
        "/api/v1/promises": "/api/v1/promises?lang=en",
        "/api/v1/search": "/api/v1/search?q=turkistan",
    }.items():
        answer = client.get(address, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200, address
        schema[path]["GET"].validate_response(answer)


def test_the_page_of_the_interfaces_names_every_address(app):
    page = app.test_client().get("/api?lang=ru").get_data(as_text=True)
    assert "Интерфейсы" in page
    for path in description()["paths"]:
        assert f"<code>GET {path}</code>" in page
    assert "https://" not in page.split("<main")[1].split("</main>")[0]
