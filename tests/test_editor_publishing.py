"""The preview, publishing, going back, lines for the quality gate, and the notes of visitors."""

import html
import json
import re

import pytest
from conftest import make_document, make_observation, with_sentences
from editing import atlas_backup, browser, editor, held, place, store
from small_atlas import HOSTILE

from webapp.editor_figures import (
    Words,
    corrected,
)


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
