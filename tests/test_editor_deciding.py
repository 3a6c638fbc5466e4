"""Decisions on figures: accept, reject, correct, add, and what is sent that is not understood."""

import html
import json
import re
from dataclasses import replace

import pytest
from conftest import make_document, make_observation, with_sentences
from editing import held
from small_atlas import HOSTILE

from geo.model import PlaceRef
from geo.series import place_key
from webapp.coverage import unplaced_things
from webapp.editor_figures import (
    runs,
)


def test_figures_are_accepted_rejected_corrected_and_taken_back(editor, own_store):
    document, (gas, water) = held(own_store)
    base, before = f"/editor/documents/{document.id}", set(own_store.accepted())
    editor.get(base)
    assert editor.post(f"{base}/figures/{gas.id}", action="accept").status_code == 303
    assert set(own_store.accepted()) - before == {gas}
    assert editor.post(f"{base}/figures/{water.id}", json=True, action="reject").json["figure"]["state"] == "rejected"
    assert set(own_store.accepted()) - before == {gas}
    fields = {
        "indicator": "gas.population_share",
        "value": "92,25",
        "qualifier": "about",
        "status": "planned",
        "place": "KZ-62",
    }
    answer = editor.post(f"{base}/figures/{gas.id}", action="correct", start="2027", note="басылымда қате", **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (now,) = set(own_store.accepted()) - before
    assert (now.value, now.qualifier, now.status, now.regions) == (92.25, "about", "planned", ("KZ-62",))
    assert (str(now.period.start), str(now.period.end)) == ("2027-01-01", "2027-12-31")
    assert (now.quote, now.value_span) == (gas.quote, gas.value_span)
    (reviewed,) = [r for r in own_store.readings(document.id) if r.observation.id == gas.id]
    assert reviewed.machine == gas
    assert (reviewed.who, reviewed.note) == ("editor: Айгүл", "басылымда қате")
    editor.post(f"{base}/figures/{gas.id}", action="reset")
    assert set(own_store.accepted()) - before == {gas}
    editor.post(f"{base}/review", action="reject")
    assert set(own_store.accepted()) == before
    editor.post(f"{base}/review", action="accept")
    assert set(own_store.accepted()) - before == {gas}


def test_a_missed_figure_is_added_by_its_words(editor, own_store):
    text = "Бірінші сөйлем. Жетісу облысында 17 ауылға газ жетті, ал бұл — жаңалық. Соңы."
    document = make_document("missed", text)
    own_store.add_document(document, [], review="hold", who="editor: Айгүл")
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
    (figure,) = [o for o in own_store.accepted() if o.document == "missed"]
    assert figure.quote == "Жетісу облысында 17 ауылға газ жетті, ал бұл — жаңалық."
    assert text[slice(*figure.value_span)] == "17"
    assert editor.get("/editor/documents/missed").status_code == 200
    answer = editor.post(f"/editor/documents/missed/figures/{figure.id}", json=True, action="reject")
    assert answer.json["figure"]["state"] == "rejected"
    assert not [o for o in own_store.accepted() if o.document == "missed"]
    editor.get("/editor/documents/missed")
    assert f'id="{figure.id}"' in editor.page, "it stays in the list, to be taken back"
    answer = editor.post(f"/editor/documents/missed/figures/{figure.id}", json=True, action="accept")
    assert (answer.json["figure"]["state"], answer.json["figure"]["decided"]) == ("accepted", "add")
    assert [o for o in own_store.accepted() if o.document == "missed"] == [figure]
    assert editor.post(f"/editor/documents/missed/figures/{figure.id}", action="reset").status_code == 400


def test_accepting_what_was_rejected_brings_back_what_a_person_had_said(editor, own_store):
    document, (gas, _) = held(own_store)
    base = f"/editor/documents/{document.id}"
    figure = f"{base}/figures/{gas.id}"
    editor.get(base)

    def stands():
        (reviewed,) = [r for r in own_store.readings(document.id) if r.observation.id == gas.id]
        return reviewed.decided, reviewed.observation.value

    fields = {"indicator": gas.indicator, "qualifier": "exact", "status": "actual", "place": "KZ-61"}
    editor.post(figure, action="correct", value="92,5", **fields)
    editor.post(figure, action="reject")
    assert stands() == ("reject", 92.5), "the list shows what would come back"
    assert gas.id not in {o.id for o in own_store.accepted()}
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


def test_a_rejection_outlives_a_new_version_of_the_text(own_store):
    document, (gas, _) = held(own_store)
    corrected_figure = replace(gas, value=92.5)
    own_store.decide(document.id, gas.id, "correct", who="a", observation=corrected_figure)
    own_store.decide(document.id, gas.id, "reject", who="a")
    longer = replace(document, text=f"Кіріспе.\n{document.text}", checksum="2" * 64)
    moved = replace(gas, span=tuple(at + 9 for at in gas.span), value_span=tuple(at + 9 for at in gas.value_span))
    own_store.add_document(longer, [moved], review="hold", who="a")
    (reviewed,) = [r for r in own_store.readings(document.id) if r.observation.id == gas.id]
    assert (reviewed.decided, reviewed.observation) == ("reject", moved)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_form_comes_again_as_it_was_sent_with_what_is_wrong(editor, own_store):
    document, (gas, _) = held(own_store)
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
    assert {r.decided for r in own_store.readings(document.id)} == {""}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_words_can_be_written_instead_of_selected(editor, own_store):
    text = "# title: 17 ауыл\n\nБірінші 17 ауыл.\nОн\n сегіз кент. 5+5 (бес) мектеп, 5+5."
    document = make_document("written", text)
    document = replace(document, body_start=text.index("Бірінші"))
    own_store.add_document(document, [], review="hold", who="editor: Айгүл")

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


def test_a_figure_gets_a_place_that_the_gazetteer_lacks(editor, own_store):
    figure = make_observation("water.settlements", 3, "KZ-61", 2026, key="new-1")
    document, (figure,) = with_sentences(make_document("new", date="2026-02-01"), [figure])
    own_store.add_document(document, [figure], review="hold", who="editor: Айгүл")
    address = f"/editor/documents/new/figures/{figure.id}"
    editor.get(f"{address}?lang=ru")
    assert 'name="new_name"' in editor.page
    fields = {"indicator": figure.indicator, "value": "3", "qualifier": "exact", "status": "actual", "place": "KZ-61"}
    refused = editor.post(address, action="correct", **fields, **{**NEW_PLACE, "new_within": ""})
    assert refused.status_code == 400
    assert editor.post(address, action="correct", start="2026", **fields, **NEW_PLACE).status_code == 303
    (now,) = [o for o in own_store.accepted() if o.document == "new"]
    assert (now.place, now.regions) == (PlaceRef("unlisted/settlement", "Жаңа Сарыбел", "settlement"), ("KZ-35",))
    key = place_key(now)
    assert key == "unlisted/settlement/KZ-35/Жаңа Сарыбел"
    # the form again, sent as it is, leaves the place alone
    page = editor.get(f"{address}?lang=en").get_data(as_text=True)
    assert f'value="{key}"' in page
    assert editor.post(address, action="correct", start="2026", **{**fields, "place": key}).status_code == 303
    assert [o.place for o in own_store.accepted() if o.document == "new"] == [now.place]

    editor.get("/editor/preview")
    editor.wait_for(editor.post("/editor/publish", note="").headers["Location"])
    (published,) = own_store.observations(document="new")
    assert published.regions == ("KZ-35",)
    number = own_store.edition().number
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
def test_a_field_that_is_not_understood_changes_nothing(editor, own_store, change):
    document, (gas, _) = held(own_store)
    before = own_store.readings(document.id)
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
    assert own_store.readings(document.id) == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_texts_that_would_run_stay_texts_in_every_page_of_the_editor(editor, own_store):
    own_store.report("o10", HOSTILE)
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
