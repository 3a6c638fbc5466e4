"""The editor: who may come in, what becomes of a document, decisions, the preview, undoing, and visitors' notes."""

import html
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from conftest import make_document, make_observation, with_sentences
from editing import TOKEN, Browser
from small_atlas import HOSTILE

from geo.backup import restore_backup, write_backup
from geo.errors import BadInput
from geo.model import PlaceRef
from geo.series import place_key
from geo.store import Store
from webapp import create_app
from webapp.coverage import unplaced_things
from webapp.editor_figures import (
    Words,
    corrected,
    number_in,
    parse_period,
    parse_value,
    plain,
    runs,
    sentence_around,
)
from webapp.editor_places import parse_place
from webapp.settings import load_settings
from webapp.uploads import safe_name, text_file


@pytest.fixture(scope="session")
def atlas_backup(atlas_folder, tmp_path_factory):
    """The small atlas as a backup, to be restored where a test may change it."""
    path = tmp_path_factory.mktemp("backup") / "atlas.zip"
    write_backup(atlas_folder / "qamtu.sqlite3", atlas_folder, path)
    return path


@pytest.fixture
def place(atlas_backup, store_url, tmp_path):
    """(settings, open store) of a small atlas of its own, on both databases."""
    data = tmp_path / "data"
    restore_backup(atlas_backup, store_url, data)
    settings = load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=data, database_url=store_url, edition_poll_seconds=0.0)
    with Store.open(store_url) as store:
        yield settings, store


@pytest.fixture
def store(place):
    return place[1]


@pytest.fixture
def browser(place):
    made = create_app(place[0])
    made.testing = True
    return Browser(made)


@pytest.fixture
def editor(browser):
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture
def vocabulary():
    from geo.catalogue import load_catalogue
    from geo.gazetteer import load_gazetteer

    return Words(load_catalogue(), load_gazetteer())


def held(store, key="held", **more):
    """A document whose figures wait: gas in Turkistan and water in Jambyl."""
    figures = [
        make_observation("gas.population_share", 91.5, "KZ-61", 2026, key=f"{key}-1"),
        make_observation("water.population_share", 70, "KZ-31", 2026, key=f"{key}-2"),
    ]
    document, placed = with_sentences(make_document(key, date="2026-02-01", **more), figures)
    document = replace(document, text=f"{document.text}({key})")
    store.add_document(document, placed, review="hold", who="editor: Айгүл")
    return document, placed


# who may come in ------------------------------------------------------------------------------------------------------

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
def test_visitors_see_the_sign_in_page_and_change_nothing(browser, store):
    before = store.accepted()
    for path in (
        "/editor",
        "/editor/preview",
        "/editor/documents/hostile",
        "/editor/gold.jsonl",
        "/editor/preview.svg",
    ):
        answer = browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/editor/sign-in")
    assert browser.get("/editor/api/places?q=ал").status_code == 403
    browser.get("/editor/sign-in")
    for path in EDITOR_FORMS:
        assert browser.post(path, action="reject", how="text", text="x").status_code == 403, path
    assert store.accepted() == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_every_form_of_the_editor_is_among_those_tried(browser):
    rules = browser.client.application.url_map.iter_rules()
    posts = {rule.rule for rule in rules if "POST" in rule.methods and rule.rule.startswith(("/editor", "/report"))}
    tried = {re.sub(r"/(hostile|o10|1)(?=/|$)", "/*", path) for path in EDITOR_FORMS}
    assert {re.sub(r"<[^>]+>", "*", rule) for rule in posts} == tried | {"/editor/sign-in", "/report"}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_form_from_elsewhere_changes_nothing(editor, store):
    before = store.accepted()
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
    assert store.accepted() == before
    assert client.post(path, data=good, headers={"Origin": "http://localhost"}).status_code == 303
    assert len(store.accepted()) == len(before) - 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_cookies_are_signed_strict_and_out_of_reach_of_scripts(browser, place):
    answer = browser.sign_in()
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("qamtu_editor=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie  # served by http here
    secure = Browser(
        create_app(load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=place[0].data, public_url="https://atlas.example"))
    )
    (form_cookie,) = secure.get("/editor/sign-in").headers.getlist("Set-Cookie")
    assert form_cookie.startswith("qamtu_form=")
    assert "Secure" in form_cookie
    value = cookie.split(";")[0].split("=", 1)[1]
    for forged in (value[:-4] + "AAAA", "e30.x.y", value.replace(".", "", 1)):
        visitor = Browser(browser.client.application)
        visitor.client.set_cookie("qamtu_editor", forged)
        assert visitor.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_another_token_ends_every_session(browser, place):
    browser.sign_in()
    settings = load_settings({"QAMTU_EDITOR_TOKEN": "another"}, data=place[0].data)
    later = Browser(create_app(settings))
    later.client.set_cookie("qamtu_editor", browser.client.get_cookie("qamtu_editor").value)
    assert later.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_token_of_the_data_folder_lets_in_and_signing_out_ends_it(place, store):
    from geo.editor_token import new_token

    token = new_token(place[0].data)
    browser = Browser(create_app(load_settings({}, data=place[0].data)))
    assert browser.sign_in("").status_code == 403
    assert browser.sign_in(token).status_code == 303
    assert browser.get("/editor").status_code == 200
    assert browser.post("/editor/sign-out").status_code == 303
    assert browser.get("/editor").status_code == 303


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_guessing_the_token_is_slowed_down(browser):
    codes = [browser.sign_in(f"guess {number}").status_code for number in range(8)]
    assert codes[:5] == [403] * 5
    assert set(codes[5:]) == {429}
    assert browser.sign_in(TOKEN).status_code == 429


# bringing documents ---------------------------------------------------------------------------------------------------


def test_a_pasted_text_is_read_by_a_process_of_its_own_and_waits(editor, store):
    before = store.accepted()
    text = "Түркістан облысында 2025 жылы халықтың 85,5 пайызы табиғи газбен қамтылды.\n" + HOSTILE
    answer = editor.post("/editor/documents", how="text", text=text, title=HOSTILE, date="2025-10-28")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    where = editor.wait_for(answer.headers["Location"]).headers["Location"]
    (document,) = [d for d in store.documents() if d.title == " ".join(HOSTILE.split())[:300]]
    assert document.id in where
    assert str(document.date) == "2025-10-28"
    figures = [reviewed.observation for reviewed in store.readings(document.id)]
    assert ("gas.population_share", 85.5, ("KZ-61",)) in [(o.indicator, o.value, o.regions) for o in figures]
    assert store.accepted() == before
    assert editor.get(where).status_code == 200
    again = editor.post("/editor/documents", how="text", text=text, title=HOSTILE, date="2025-10-28")
    assert editor.wait_for(again.headers["Location"]).headers["Location"].endswith("came=known")


def docx_bytes(text):
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


def entities():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>')
    return out.getvalue()


SENTENCE = "Жамбыл облысында 2025 жылы 120 ауыл интернетпен қамтылды."


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.docx", docx_bytes(SENTENCE), None),
        ("../../etc/passwd.txt", SENTENCE.encode(), None),
        ("..\\..\\evil\x00name<img>.html", f"<html><body><p>{SENTENCE}</p></body></html>".encode(), None),
        ("b.docx", bomb(), "unpacks"),
        ("c.docx", entities(), "entities"),
        ("d.pdf", b"%PDF-1.7 broken", "damaged"),
        ("e.txt", b"\x00\x01\x02" * 50, "of a kind that is not read|letters of this file"),
        ("f.txt", b"   ", "empty"),
    ],
    ids=["docx", "path in the name", "odd name", "zip bomb", "entities", "broken pdf", "binary", "empty"],
)
def test_uploads_are_read_or_refused_and_never_leave_their_folder(editor, store, place, name, data, refusal):
    known = {document.id for document in store.documents()}
    editor.get("/editor?lang=en")
    answer = editor.post("/editor/documents", how="file", file=(io.BytesIO(data), name))
    assert answer.status_code == 303
    answer = editor.wait_for(answer.headers["Location"])
    new = [document for document in store.documents() if document.id not in known]
    if refusal:
        assert new == []
        assert re.search(refusal, editor.page)
        assert str(place[0].data) not in editor.page
    else:
        assert len(new) == 1
        assert "/" not in new[0].id
        assert SENTENCE[:20] in new[0].text
    assert not list((place[0].data / "jobs").glob("*/source/*"))


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "fields",
    [
        {"how": "text", "text": "  "},
        {"how": "text", "text": "x", "date": "soon"},
        {"how": "text", "text": "x", "language": "de"},
        {"how": "file"},
        {"how": "file", "file": (io.BytesIO(b"x"), "a.exe")},
        {"how": "file", "file": (io.BytesIO(b"x"), "txt")},
        {"how": "address", "address": "file:///etc/passwd"},
        {"how": "address", "address": "javascript:alert(1)"},
        {"how": "other"},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_told_before_anything_is_started(editor, place, fields):
    answer = editor.post("/editor/documents", **fields)
    assert answer.status_code == 400
    assert not (place[0].data / "jobs").exists()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/", "http://[::1]/", "http://169.254.169.254/latest/"])
def test_no_address_of_this_machine_is_fetched(editor, store, address):
    known = store.documents()
    editor.get("/editor?lang=en")
    answer = editor.post("/editor/documents", how="address", address=address)
    editor.wait_for(answer.headers["Location"])
    assert "not a public web address" in editor.page
    assert store.documents() == known


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_text_that_says_the_same_is_named(editor, store):
    words = " ".join(f"сөз{number}" for number in range(200))
    first = editor.post("/editor/documents", how="text", text=words, title="Бірінші")
    editor.wait_for(first.headers["Location"])
    second = editor.post("/editor/documents", how="text", text=words + " соңы.", title="Екінші")
    editor.wait_for(second.headers["Location"])
    (former,) = [document.id for document in store.documents() if document.title == "Бірінші"]
    assert former in html.unescape(editor.page)


def test_names_of_uploads():
    assert safe_name("../../etc/passwd.txt") == "passwd.txt"
    assert safe_name("C:\\dir\\Мақала (1).DOCX") == "Мақала-1.docx"
    assert safe_name("/....txt") == "document.txt"
    assert len(safe_name("a" * 500 + ".md")) < 120
    name, data = text_file({"text": "a\r\nb", "title": "x\n# url: evil", "publisher": ""})
    assert data.decode() == "# title: x # url: evil\n\na\nb"
    assert name.endswith(".txt")


# deciding -------------------------------------------------------------------------------------------------------------


def test_figures_are_accepted_rejected_corrected_and_taken_back(editor, store):
    document, (gas, water) = held(store)
    base, before = f"/editor/documents/{document.id}", set(store.accepted())
    editor.get(base)
    assert editor.post(f"{base}/figures/{gas.id}", action="accept").status_code == 303
    assert set(store.accepted()) - before == {gas}
    assert editor.post(f"{base}/figures/{water.id}", json=True, action="reject").json["figure"]["state"] == "rejected"
    assert set(store.accepted()) - before == {gas}
    fields = {
        "indicator": "gas.population_share",
        "value": "92,25",
        "qualifier": "about",
        "status": "planned",
        "place": "KZ-62",
    }
    answer = editor.post(f"{base}/figures/{gas.id}", action="correct", start="2027", note="басылымда қате", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (now,) = set(store.accepted()) - before
    assert (now.value, now.qualifier, now.status, now.regions) == (92.25, "about", "planned", ("KZ-62",))
    assert (str(now.period.start), str(now.period.end)) == ("2027-01-01", "2027-12-31")
    assert (now.quote, now.value_span) == (gas.quote, gas.value_span)
    (reviewed,) = [r for r in store.readings(document.id) if r.observation.id == gas.id]
    assert reviewed.machine == gas
    assert (reviewed.who, reviewed.note) == ("editor: Айгүл", "басылымда қате")
    editor.post(f"{base}/figures/{gas.id}", action="reset")
    assert set(store.accepted()) - before == {gas}
    editor.post(f"{base}/review", action="reject")
    assert set(store.accepted()) == before
    editor.post(f"{base}/review", action="accept")
    assert set(store.accepted()) - before == {gas}


def test_a_missed_figure_is_added_by_its_words(editor, store):
    text = "Бірінші сөйлем. Жетісу облысында 17 ауылға газ жетті, ал бұл — жаңалық. Соңы."
    document = make_document("missed", text)
    store.add_document(document, [], review="hold", who="editor: Айгүл")
    start = text.index("17 ауыл")
    page = f"/editor/documents/missed/new?from={start}&to={start + 9}"
    assert editor.get(page).status_code == 200
    assert 'value="17"' in editor.page
    fields = {
        "indicator": "gas.settlements_new",
        "value": "17",
        "qualifier": "exact",
        "status": "actual",
        "place": "KZ-33",
    }
    answer = editor.post("/editor/documents/missed/new", **{"from": start, "to": start + 9}, start="2025", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (figure,) = [o for o in store.accepted() if o.document == "missed"]
    assert figure.quote == "Жетісу облысында 17 ауылға газ жетті, ал бұл — жаңалық."
    assert text[slice(*figure.value_span)] == "17"
    assert editor.get("/editor/documents/missed").status_code == 200
    answer = editor.post(f"/editor/documents/missed/figures/{figure.id}", json=True, action="reject")
    assert answer.json["figure"]["state"] == "rejected"
    assert not [o for o in store.accepted() if o.document == "missed"]
    editor.get("/editor/documents/missed")
    assert f'id="{figure.id}"' in editor.page, "it stays in the list, to be taken back"
    answer = editor.post(f"/editor/documents/missed/figures/{figure.id}", json=True, action="accept")
    assert (answer.json["figure"]["state"], answer.json["figure"]["decided"]) == ("accepted", "add")
    assert [o for o in store.accepted() if o.document == "missed"] == [figure]
    assert editor.post(f"/editor/documents/missed/figures/{figure.id}", action="reset").status_code == 400


def test_accepting_what_was_rejected_brings_back_what_a_person_had_said(editor, store):
    document, (gas, _) = held(store)
    base = f"/editor/documents/{document.id}"
    figure = f"{base}/figures/{gas.id}"
    editor.get(base)

    def stands():
        (reviewed,) = [r for r in store.readings(document.id) if r.observation.id == gas.id]
        return reviewed.decided, reviewed.observation.value

    fields = {"indicator": gas.indicator, "qualifier": "exact", "status": "actual", "place": "KZ-61"}
    editor.post(figure, action="correct", value="92,5", **fields)
    editor.post(figure, action="reject")
    assert stands() == ("reject", 92.5), "the list shows what would come back"
    assert gas.id not in {o.id for o in store.accepted()}
    assert editor.post(figure, json=True, action="accept").json["figure"]["state"] == "accepted"
    assert stands() == ("correct", 92.5)
    editor.post(figure, action="accept")
    assert stands() == ("correct", 92.5), "accepting again changes nothing"
    editor.get(figure)
    assert 'value="reset"' in editor.page
    editor.post(figure, action="reset")
    assert stands() == ("accept", gas.value), "the machine's reading comes back when it is asked for"
    editor.post(figure, action="reject")
    editor.post(figure, action="accept")
    assert stands() == ("accept", gas.value)


def test_a_rejection_outlives_a_new_version_of_the_text(store):
    document, (gas, _) = held(store)
    corrected_figure = replace(gas, value=92.5)
    store.decide(document.id, gas.id, "correct", who="a", observation=corrected_figure)
    store.decide(document.id, gas.id, "reject", who="a")
    longer = replace(document, text=f"Кіріспе.\n{document.text}", checksum="2" * 64)
    moved = replace(gas, span=tuple(at + 9 for at in gas.span), value_span=tuple(at + 9 for at in gas.value_span))
    store.add_document(longer, [moved], review="hold", who="a")
    (reviewed,) = [r for r in store.readings(document.id) if r.observation.id == gas.id]
    assert (reviewed.decided, reviewed.observation) == ("reject", moved)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_form_comes_again_as_it_was_sent_with_what_is_wrong(editor, store):
    document, (gas, _) = held(store)
    fields = {"indicator": gas.indicator, "qualifier": "about", "status": "planned", "place": "KZ-33", "start": "2027"}
    wrong = {
        "value": "<b>көп",
        "note": "басылымда <i>қате",
        "new_name": "Сарыбел",
        "new_kind": "zone",
        "new_within": "",
    }
    editor.get(f"/editor/documents/{document.id}?lang=ru")
    answer = editor.post(f"/editor/documents/{document.id}/figures/{gas.id}", action="correct", **fields, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "«&lt;b&gt;көп» не число" in page
    for text in (
        'value="&lt;b&gt;көп"',
        'value="басылымда &lt;i&gt;қате"',
        'value="KZ-33"',
        'value="2027"',
        '<details class="new-place" open>',
    ):
        assert text in page
    for choice in ("about", "planned", "zone"):
        assert f'value="{choice}" selected' in page
    assert 'value="41,5"' not in page
    answer = editor.post(f"/editor/documents/{document.id}/new", **{"from": 0, "to": 9}, **fields, value="көп")
    assert answer.status_code == 400
    assert 'value="көп"' in answer.get_data(as_text=True)
    assert 'name="from" value="0"' in answer.get_data(as_text=True)
    assert {r.decided for r in store.readings(document.id)} == {""}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_words_can_be_written_instead_of_selected(editor, store):
    text = "# title: 17 ауыл\n\nБірінші 17 ауыл.\nОн\n сегіз кент. 5+5 (бес) мектеп, 5+5."
    document = make_document("written", text)
    document = replace(document, body_start=text.index("Бірінші"))
    store.add_document(document, [], review="hold", who="editor: Айгүл")

    def page(words):
        asked = {"words": words, "from": "", "lang": "en"}
        return editor.get(f"/editor/documents/{document.id}/new", query_string=asked)

    for words, span in (("17 АУЫЛ", "17 ауыл"), (" он сегіз  кент ", "Он\n сегіз кент"), ("5+5 (бес)", "5+5 (бес)")):
        assert page(words).status_code == 200
        assert f'name="from" value="{text.rindex(span)}"' in editor.page
        assert f'name="to" value="{text.rindex(span) + len(span)}"' in editor.page
    for words, told in (("19 ауыл", "does not stand"), ("5+5", "several times"), (".*", "does not stand")):
        assert page(words).status_code == 400
        assert told in editor.page
        assert 'id="add-form"' in editor.page, "the document, to try again"
        assert f'value="{html.escape(words)}"' in editor.page
    assert page(" ").status_code == 400
    assert "Select the words" in editor.page


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_what_was_pasted_is_not_lost_to_a_wrong_date(editor):
    editor.get("/editor?lang=kk")
    sent = {"how": "text", "text": "Бірінші жол\n</textarea><b>", "title": "Тақырып", "date": "кеше", "language": "ru"}
    answer = editor.post("/editor/documents", **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "«кеше» күнге ұқсамайды" in page
    assert "Бірінші жол\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in page
    assert 'value="Тақырып"' in page
    assert page.count('value="кеше"') == 1, "only in the form that was sent"
    assert page.count('value="ru" selected') == 1


NEW_PLACE = {"new_name": "  Жаңа   Сарыбел ", "new_kind": "settlement", "new_within": "KZ-35"}


def test_a_figure_gets_a_place_that_the_gazetteer_lacks(editor, store):
    figure = make_observation("water.settlements", 3, "KZ-61", 2026, key="new-1")
    document, (figure,) = with_sentences(make_document("new", date="2026-02-01"), [figure])
    store.add_document(document, [figure], review="hold", who="editor: Айгүл")
    address = f"/editor/documents/new/figures/{figure.id}"
    editor.get(f"{address}?lang=ru")
    assert 'name="new_name"' in editor.page
    fields = {"indicator": figure.indicator, "value": "3", "qualifier": "exact", "status": "actual", "place": "KZ-61"}
    refused = editor.post(address, action="correct", **fields, **{**NEW_PLACE, "new_within": ""})
    assert refused.status_code == 400
    assert editor.post(address, action="correct", start="2026", **fields, **NEW_PLACE).status_code == 303
    (now,) = [o for o in store.accepted() if o.document == "new"]
    assert (now.place, now.regions) == (PlaceRef("unlisted/settlement", "Жаңа Сарыбел", "settlement"), ("KZ-35",))
    key = place_key(now)
    assert key == "unlisted/settlement/KZ-35/Жаңа Сарыбел"
    # the form again, sent as it is, leaves the place alone
    page = editor.get(f"{address}?lang=en").get_data(as_text=True)
    assert f'value="{key}"' in page
    assert editor.post(address, action="correct", start="2026", **{**fields, "place": key}).status_code == 303
    assert [o.place for o in store.accepted() if o.document == "new"] == [now.place]

    editor.get("/editor/preview")
    editor.wait_for(editor.post("/editor/publish", note="").headers["Location"])
    (published,) = store.observations(document="new")
    assert published.regions == ("KZ-35",)
    number = store.edition().number
    atlas = json.loads(editor.get(f"/editions/{number}/atlas.json").get_data())
    assert atlas["places"][key]["region"] == "KZ-35"
    assert atlas["places"][key]["point"] is None
    assert "KZ-35" not in atlas["series"].get("water.settlements", {}), "a village's figure is not the oblast's"
    assert key in {thing["place"] for thing in unplaced_things(atlas, "kk")}
    assert "Жаңа Сарыбел" in editor.get("/coverage?lang=kk").get_data(as_text=True)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        {"value": "many"},
        {"value": "1e5"},
        {"value": "-3"},
        {"value": "nan"},
        {"value": "5000"},
        {"high": "2"},
        {"indicator": "gas.nothing"},
        {"qualifier": "nearly"},
        {"status": "done"},
        {"place": "Атлантида"},
        {"place": "KZ-61+KZ-99"},
        {"start": "2025-13"},
        {"start": "2027", "end": "2025"},
        {"start": "x"},
        {"action": "delete"},
    ],
    ids=str,
)
def test_a_field_that_is_not_understood_changes_nothing(editor, store, change):
    document, (gas, _) = held(store)
    before = store.readings(document.id)
    good = {
        "action": "correct",
        "indicator": "gas.population_share",
        "value": "92",
        "qualifier": "exact",
        "status": "actual",
        "place": "KZ-61",
    }
    editor.get(f"/editor/documents/{document.id}")
    answer = editor.post(f"/editor/documents/{document.id}/figures/{gas.id}", json=True, **{**good, **change})
    assert answer.status_code == 400
    assert answer.json["error"]["message"]
    assert store.readings(document.id) == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_texts_that_would_run_stay_texts_in_every_page_of_the_editor(editor, store):
    store.report("o10", HOSTILE)
    for lang in ("kk", "ru", "en"):
        for path in (
            "/editor",
            "/editor/documents/hostile",
            "/editor/documents/hostile/figures/o10",
            "/editor/preview",
            "/editor/documents/hostile/new?from=0&to=20",
            "/report?obs=o10",
        ):
            answer = editor.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert answer.status_code == 200, path
            assert answer.headers["Cache-Control"] == "no-store"
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert "<img src=x" not in editor.page
            assert "<script>alert" not in editor.page
            assert not re.search(r"<[^>]+\son\w+=", editor.page)
            assert not re.search(r"<[^>]+\sstyle=", editor.page)
    editor.get("/editor/documents/hostile?lang=en")
    body = editor.page.split('id="text"')[1].split("</section>")[0]
    written = html.unescape(re.sub(r"<[^>]+>", "", body.partition(">")[2]))
    assert written.count(HOSTILE) == 2


def test_runs_carry_their_offsets_through_every_kind_of_line_end():
    text = "бір 😀 7\r\nекі\r\n\r\nүш\u2028төрт\n\nбес"
    found = [run for paragraph in runs(make_document("lines", text), []) for _, line in paragraph for run in line]
    assert [run.text.strip() for run in found if run.text.strip()] == ["бір 😀 7", "екі", "үш", "төрт", "бес"]
    for run in found:
        assert text[run.start : run.start + len(run.text)] == run.text
        assert "\r" not in run.text.rstrip("\r\n")


# preview, publishing, undoing, gold lines -----------------------------------------------------------------------------


def test_the_preview_tells_what_changes_and_what_will_not_agree(editor, store):
    _, (gas, _) = held(store)
    _, (same, _) = held(store, "rival", publisher="Басқа газет")
    for figure in (gas, same):
        store.decide(figure.document, figure.id, "accept", who="editor: x")
    wrong = corrected(
        same,
        {
            "indicator": same.indicator,
            "value": "33",
            "qualifier": "exact",
            "status": "actual",
            "place": "KZ-61",
            "start": "2026",
            "end": "2026",
        },
        Words(editor_catalogue(), None),
    )
    store.decide("rival", same.id, "correct", who="editor: x", observation=wrong)
    assert editor.get("/editor/preview?lang=en").status_code == 200
    assert "2 figures added" in editor.page
    assert "1 new conflict" in editor.page
    drawn = "/editor/preview.svg?indicator=gas.population_share"
    assert drawn in html.unescape(editor.page)
    now, then = (editor.get(f"{drawn}&which={which}").get_data() for which in ("now", "next"))
    assert now != then
    assert b"<svg" in then
    assert editor.get("/editor/preview.svg?indicator=evil").status_code == 400
    assert editor.get(f"{drawn}&which=never").status_code == 400


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_preview_draws_the_measure_that_changes(editor, store):
    figures = [
        make_observation("internet.masts", 17, "KZ-31", 2026, key="masts-1"),
        make_observation("internet.masts", 9, "KZ-61", 2026, key="masts-2"),
        make_observation("internet.schools", 3, "KZ-61", 2026, key="schools"),
        make_observation("water.settlements", 3, "KZ-61", 2026, key="inside", place="settlement/orangai"),
    ]
    document, placed = with_sentences(make_document("masts", date="2026-02-01"), figures)
    store.add_document(document, placed, review="accept", who="editor: Айгүл")
    editor.get("/editor/preview?lang=en")
    page = html.unescape(editor.page)
    assert "indicator=internet.masts&which=next" in page, "what changes in most regions"
    assert "indicator=internet.schools" not in page, "one map a layer"
    assert re.search(r"indicator=water\.\w+&which=next", page), "a place inside a region stands on its layer's headline"
    assert "indicator=gas" not in page
    then = editor.get("/editor/preview.svg?indicator=internet.masts&which=next").get_data(as_text=True)
    assert ">17" in then
    assert editor.get("/editor/preview.svg?indicator=internet.masts&which=now").status_code == 200


def editor_catalogue():
    from geo.catalogue import load_catalogue

    return load_catalogue()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_publishing_makes_the_files_and_going_back_is_a_new_edition(editor, store, place):
    _, (gas, _) = held(store)
    first = store.observations(2)
    store.decide(gas.document, gas.id, "accept", who="editor: x")
    store.decide("hostile", "o10", "reject", who="editor: x")
    editor.get("/editor/preview")
    editor.wait_for(editor.post("/editor/publish", note="Жаңа сан").headers["Location"])
    assert store.edition().number == 3
    assert store.edition().note == "Жаңа сан"
    assert json.loads((place[0].data / "editions/3/atlas.json").read_text("utf-8"))["edition"] == 3
    assert gas in store.observations(3)
    assert editor.get(f"/documents/{gas.document}").status_code == 200
    editor.get("/editor")
    editor.wait_for(editor.post("/editor/editions/2/return").headers["Location"])
    assert store.edition().number == 4
    assert store.observations(4) == first
    assert gas in store.observations(3)  # nothing is taken away


def test_going_back_brings_corrected_added_and_left_out_documents_again(editor, store):
    from geo.undoing import return_to_edition

    _, (gas, water) = held(store)
    store.decide(gas.document, gas.id, "accept", who="x")
    better = corrected(
        water,
        {
            "indicator": water.indicator,
            "value": "71",
            "qualifier": "exact",
            "status": "actual",
            "place": "KZ-31",
            "start": "2026",
        },
        Words(editor_catalogue(), None),
    )
    store.decide(gas.document, water.id, "correct", who="x", observation=better)
    then = store.publish("then")
    store.decide(gas.document, water.id, "accept", who="x")
    store.decide_document(gas.document, "reject", who="x")
    store.decide("turkistan-2025", "o01", "reject", who="x")
    later = store.publish("later")
    assert store.observations(later.number) != store.observations(then.number)
    undone = return_to_edition(store, then.number, who="editor: x")
    assert undone.lost == ()
    assert store.accepted() == store.observations(then.number)
    assert return_to_edition(store, then.number, who="editor: x").decisions == 0


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_decisions_come_out_as_lines_of_the_quality_gate(editor, store):
    from pathlib import Path

    _, (gas, water) = held(store)
    store.decide(gas.document, gas.id, "accept", who="x")
    store.decide(gas.document, water.id, "reject", who="x")
    (line,) = editor.get("/editor/gold.jsonl?document=held").get_data(as_text=True).splitlines()
    shape = json.loads((Path(__file__).parent / "gold" / "bulletins.jsonl").read_text("utf-8").splitlines()[0])
    fact = json.loads(line)
    assert list(fact) == list(shape)
    assert fact["quote"] == gas.quote
    assert (fact["doc"], fact["place"], fact["period"], fact["level"]) == ("held.txt", "KZ-61", "2026", "region")


# notes of visitors ----------------------------------------------------------------------------------------------------


def test_a_visitor_reports_an_error_and_an_editor_answers_it(browser, store):
    assert browser.get("/report?obs=o01&lang=en").status_code == 200
    assert browser.post("/report?obs=o01&lang=en", note=HOSTILE).status_code == 200
    (report,) = store.reports(is_open=True)
    assert (report.observation, report.document, report.note) == (
        "o01",
        "turkistan-2025",
        HOSTILE.replace("\u2028", ""),
    )
    browser.sign_in()
    assert html.escape("{{7*7}}") in browser.page
    assert browser.post(f"/editor/reports/{report.key}", note="түзетілді").status_code == 303
    assert store.reports(is_open=True) == []
    assert store.reports()[0].answer == "түзетілді"


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_notes_are_capped_and_checked(browser, store):
    browser.get("/report?obs=o01")
    assert browser.post("/report?obs=o01", note=" \n ").status_code == 400
    long = browser.post("/report?obs=o01&lang=ru", note="<b>" + "x" * 2001)
    assert long.status_code == 400
    assert "В сообщении 2004 знаков; хранится до 2000" in long.get_data(as_text=True)
    assert "&lt;b&gt;" + "x" * 2001 in long.get_data(as_text=True), "what was written is not lost"
    assert browser.client.post("/report?obs=o01", data={"note": "x"}).status_code == 403
    assert browser.get("/report?obs=nothing").status_code == 404
    browser.get("/report?obs=o01")
    codes = [browser.post("/report?obs=o01", note=f"n{number}").status_code for number in range(6)]
    assert codes == [200, 200, 200, 429, 429, 429]
    assert len(store.reports()) == 3


# parsing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"), [("85,5", 85.5), ("39 500 000", 39.5e6), ("7", 7.0), ("0,25", 0.25), ("1\u00a0000.5", 1000.5)]
)
def test_values_are_read_as_they_are_written(raw, value):
    assert parse_value(raw) == value
    assert parse_value(plain(value)) == value


def test_periods():
    assert parse_period("", "") is None
    assert str(parse_period("2024-02", "").end) == "2024-02-29"
    assert str(parse_period("2024", "2026-06").end) == "2026-06-30"
    assert parse_period("", "2025-12").start is None
    assert str(parse_period("2025-12", "").end) == "2025-12-31"


def test_places(vocabulary):
    gazetteer = vocabulary.gazetteer
    assert parse_place("", gazetteer) == (None, ())
    assert parse_place("KZ", gazetteer)[1] == ("KZ",)
    assert parse_place("KZ-61+KZ-33", gazetteer) == (None, ("KZ-61", "KZ-33"))
    assert parse_place(gazetteer.places["KZ-61"].name("kk"), gazetteer)[1] == ("KZ-61",)
    inside = next(place for place in gazetteer.places.values() if place.kind == "district" and place.region)
    ref, regions = parse_place(inside.id, gazetteer)
    assert (ref.kind, regions) == ("district", inside.regions)
    with pytest.raises(BadInput, match="does not name one place"):
        parse_place("Абай", gazetteer)


def test_sentences_around_a_number():
    text = "Кіріспе 2.5 пайыз. Үшінші сөйлемде 1 200 ауыл бар! Соңғы."
    span = number_in(text, (text.index("1 200") - 3, text.index("ауыл")))
    assert text[slice(*span)] == "1 200"
    assert text[slice(*sentence_around(text, span, 0))] == "Үшінші сөйлемде 1 200 ауыл бар!"
    assert number_in("екі ауыл", (0, 3)) == (0, 3)
    long = "а" * 2000 + " 5 " + "б" * 2000
    start, end = sentence_around(long, (2001, 2002), 0)
    assert end - start <= 600
    assert start <= 2001 < end
