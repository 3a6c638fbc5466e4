"""The preview, publishing, going back, lines for the quality gate, and the notes of visitors."""

import html
import json
import re

import pytest
from conftest import make_document, make_observation, with_sentences
from editing import held
from small_atlas import HOSTILE

from webapp.editor_figures import (
    Words,
    corrected,
)


def test_the_preview_tells_what_changes_and_what_will_not_agree(editor, own_store):
    _, (gas, _) = held(own_store)
    _, (same, _) = held(own_store, "rival", publisher="Басқа газет")
    for figure in (gas, same):
        own_store.decide(figure.document, figure.id, "accept", who="editor: x")
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
    own_store.decide("rival", same.id, "correct", who="editor: x", observation=wrong)
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
def test_the_preview_draws_the_measure_that_changes(editor, own_store):
    figures = [
        make_observation("internet.masts", 17, "KZ-31", 2026, key="masts-1"),
        make_observation("internet.masts", 9, "KZ-61", 2026, key="masts-2"),
        make_observation("internet.schools", 3, "KZ-61", 2026, key="schools"),
        make_observation("water.settlements", 3, "KZ-61", 2026, key="inside", place="settlement/orangai"),
    ]
    document, placed = with_sentences(make_document("masts", date="2026-02-01"), figures)
    own_store.add_document(document, placed, review="accept", who="editor: Айгүл")
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
def test_publishing_makes_the_files_and_going_back_is_a_new_edition(editor, own_store, own_atlas):
    _, (gas, _) = held(own_store)
    first = own_store.observations(2)
    own_store.decide(gas.document, gas.id, "accept", who="editor: x")
    own_store.decide("hostile", "o10", "reject", who="editor: x")
    editor.get("/editor/preview")
    editor.wait_for(editor.post("/editor/publish", note="Жаңа сан").headers["Location"])
    assert own_store.edition().number == 3
    assert own_store.edition().note == "Жаңа сан"
    assert json.loads((own_atlas[0].data / "editions/3/atlas.json").read_text("utf-8"))["edition"] == 3
    assert gas in own_store.observations(3)
    assert editor.get(f"/documents/{gas.document}").status_code == 200
    editor.get("/editor")
    editor.wait_for(editor.post("/editor/editions/2/return").headers["Location"])
    assert own_store.edition().number == 4
    assert own_store.observations(4) == first
    assert gas in own_store.observations(3)  # nothing is taken away


def test_going_back_brings_corrected_added_and_left_out_documents_again(editor, own_store):
    from geo.undoing import return_to_edition

    _, (gas, water) = held(own_store)
    own_store.decide(gas.document, gas.id, "accept", who="x")
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
    own_store.decide(gas.document, water.id, "correct", who="x", observation=better)
    then = own_store.publish("then")
    own_store.decide(gas.document, water.id, "accept", who="x")
    own_store.decide_document(gas.document, "reject", who="x")
    own_store.decide("turkistan-2025", "o01", "reject", who="x")
    later = own_store.publish("later")
    assert own_store.observations(later.number) != own_store.observations(then.number)
    undone = return_to_edition(own_store, then.number, who="editor: x")
    assert undone.lost == ()
    assert own_store.accepted() == own_store.observations(then.number)
    assert return_to_edition(own_store, then.number, who="editor: x").decisions == 0


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_decisions_come_out_as_lines_of_the_quality_gate(editor, own_store):
    from pathlib import Path

    _, (gas, water) = held(own_store)
    own_store.decide(gas.document, gas.id, "accept", who="x")
    own_store.decide(gas.document, water.id, "reject", who="x")
    (line,) = editor.get("/editor/gold.jsonl?document=held").get_data(as_text=True).splitlines()
    shape = json.loads((Path(__file__).parent / "gold" / "bulletins.jsonl").read_text("utf-8").splitlines()[0])
    fact = json.loads(line)
    assert list(fact) == list(shape)
    assert fact["quote"] == gas.quote
    assert (fact["doc"], fact["place"], fact["period"], fact["level"]) == ("held.txt", "KZ-61", "2026", "region")


def test_a_visitor_reports_an_error_and_an_editor_answers_it(guest, own_store):
    assert guest.get("/report?obs=o01&lang=en").status_code == 200
    assert guest.post("/report?obs=o01&lang=en", note=HOSTILE).status_code == 200
    (report,) = own_store.reports(is_open=True)
    assert (report.observation, report.document, report.note) == (
        "o01",
        "turkistan-2025",
        HOSTILE.replace("\u2028", ""),
    )
    guest.sign_in()
    assert html.escape("{{7*7}}") in guest.page
    assert guest.post(f"/editor/reports/{report.key}", note="түзетілді").status_code == 303
    assert own_store.reports(is_open=True) == []
    assert own_store.reports()[0].answer == "түзетілді"


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_notes_are_capped_and_checked(guest, own_store):
    guest.get("/report?obs=o01")
    assert guest.post("/report?obs=o01", note=" \n ").status_code == 400
    long = guest.post("/report?obs=o01&lang=ru", note="<b>" + "x" * 2001)
    assert long.status_code == 400
    assert "В сообщении 2004 знаков; хранится до 2000" in long.get_data(as_text=True)
    assert "&lt;b&gt;" + "x" * 2001 in long.get_data(as_text=True), "what was written is not lost"
    assert guest.client.post("/report?obs=o01", data={"note": "x"}).status_code == 403
    assert guest.get("/report?obs=nothing").status_code == 404
    guest.get("/report?obs=o01")
    codes = [guest.post("/report?obs=o01", note=f"n{number}").status_code for number in range(6)]
    assert codes == [200, 200, 200, 429, 429, 429]
    assert len(own_store.reports()) == 3
