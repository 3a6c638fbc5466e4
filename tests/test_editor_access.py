"""Who may come in: signing in and out, forged forms, cookies, guessing."""

import re

import pytest
from editing import TOKEN, Browser

from webapp import create_app
from webapp.settings import load_settings

EDITOR_FORMS = [
    "/editor/documents",
    "/editor/documents/hostile/review",
    "/editor/documents/hostile/figures/o10",
    "/editor/documents/hostile/new",
    "/editor/publish",
    "/editor/editions/1/return",
    "/editor/reports/1",
    "/editor/sign-out",
]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_visitors_see_the_sign_in_page_and_change_nothing(guest, own_store):
    before = own_store.accepted()
    for path in (
        "/editor",
        "/editor/preview",
        "/editor/documents/hostile",
        "/editor/gold.jsonl",
        "/editor/preview.svg",
    ):
        answer = guest.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/editor/sign-in")
    assert guest.get("/editor/api/places?q=ал").status_code == 403
    guest.get("/editor/sign-in")
    for path in EDITOR_FORMS:
        assert guest.post(path, action="reject", how="text", text="x").status_code == 403, path
    assert own_store.accepted() == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_every_form_of_the_editor_is_among_those_tried(guest):
    rules = guest.client.application.url_map.iter_rules()
    posts = {rule.rule for rule in rules if "POST" in rule.methods and rule.rule.startswith(("/editor", "/report"))}
    tried = {re.sub(r"/(hostile|o10|1)(?=/|$)", "/*", path) for path in EDITOR_FORMS}
    assert {re.sub(r"<[^>]+>", "*", rule) for rule in posts} == tried | {"/editor/sign-in", "/report"}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_form_from_elsewhere_changes_nothing(editor, own_store):
    before = own_store.accepted()
    good = {"action": "reject", "form_token": re.search(r'name="form_token" value="(\w+)"', editor.page)[1]}
    path, client = "/editor/documents/hostile/figures/o10", editor.client
    assert client.post(path, data={"action": "reject"}).status_code == 403
    assert client.post(path, data={**good, "form_token": "0" * 64}).status_code == 403
    for origin in ("https://evil.example", "null", "http://localhost.evil.example", "http://localhost:8000"):
        assert client.post(path, data=good, headers={"Origin": origin}).status_code == 403
    assert client.post(path, data=good, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    visitor = Browser(client.application)
    visitor.get("/editor/sign-in")
    assert visitor.client.post(path, data=good).status_code == 403
    assert own_store.accepted() == before
    assert client.post(path, data=good, headers={"Origin": "http://localhost"}).status_code == 303
    assert len(own_store.accepted()) == len(before) - 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_cookies_are_signed_strict_and_out_of_reach_of_scripts(guest, own_atlas):
    answer = guest.sign_in()
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("qamtu_editor=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie  # served by http here
    secure = Browser(
        create_app(
            load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=own_atlas[0].data, public_url="https://atlas.example")
        )
    )
    (form_cookie,) = secure.get("/editor/sign-in").headers.getlist("Set-Cookie")
    assert form_cookie.startswith("qamtu_form=")
    assert "Secure" in form_cookie
    value = cookie.split(";")[0].split("=", 1)[1]
    for forged in (value[:-4] + "AAAA", "e30.x.y", value.replace(".", "", 1)):
        visitor = Browser(guest.client.application)
        visitor.client.set_cookie("qamtu_editor", forged)
        assert visitor.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_another_token_ends_every_session(guest, own_atlas):
    guest.sign_in()
    settings = load_settings({"QAMTU_EDITOR_TOKEN": "another"}, data=own_atlas[0].data)
    later = Browser(create_app(settings))
    later.client.set_cookie("qamtu_editor", guest.client.get_cookie("qamtu_editor").value)
    assert later.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_token_of_the_data_folder_lets_in_and_signing_out_ends_it(own_atlas, own_store):
    from geo.editor_token import new_token

    token = new_token(own_atlas[0].data)
    browser = Browser(create_app(load_settings({}, data=own_atlas[0].data)))
    assert browser.sign_in("").status_code == 403
    assert browser.sign_in(token).status_code == 303
    assert browser.get("/editor").status_code == 200
    assert browser.post("/editor/sign-out").status_code == 303
    assert browser.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_guessing_the_token_is_slowed_down(guest):
    codes = [guest.sign_in(f"guess {number}").status_code for number in range(8)]
    assert codes[:5] == [403] * 5
    assert set(codes[5:]) == {429}
    assert guest.sign_in(TOKEN).status_code == 429
