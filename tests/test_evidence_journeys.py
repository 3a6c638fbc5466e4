"""From a region to the sentence, on a desktop and on a phone: figures with sources, charts, conflicts, promises."""

import json
import re
import urllib.request
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ("kk", "ru", "en")
OPEN_ALL = "document.querySelectorAll('#panel details.figure').forEach((row) => { row.open = true; })"
# What each figure tells; figures that say the same share a row.
ROWS = """() => [...document.querySelectorAll('#panel details.figure .figure-said')].map((said) => ({
  id: said.dataset.of, marked: said.querySelectorAll('blockquote mark').length,
  source: said.querySelector('.source')?.textContent ?? '', linked: said.querySelector('.source a')?.href ?? '',
  document: said.querySelector('.figure-links a')?.getAttribute('href') ?? '' }))"""


def answer(address, path, **query):
    with urllib.request.urlopen(
        f"{address}/api/v1/{path}?{urlencode({'lang': 'en', 'limit': 1000, **query})}"
    ) as reply:
        return json.load(reply)


def panel(explore, query):
    page = explore(query)
    page.wait_for_selector("#panel details.figure")
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_opens_its_sentence_with_its_source(explore, served_atlas, lang):
    page = panel(explore, f"layers=gas&place=KZ-61&lang={lang}")
    page.evaluate(OPEN_ALL)
    page.wait_for_function(
        "() => [...document.querySelectorAll('#panel details.figure')].every((row) => row.querySelector('.source'))"
    )
    rows = {row["id"]: row for row in page.evaluate(ROWS)}
    known = {
        record["id"]: record for record in answer(served_atlas, "observations", place="KZ-61", inside=1)["observations"]
    }
    assert len(known) > 50
    assert set(known) <= set(rows)
    assert [key for key, row in rows.items() if row["marked"] != 1] == []
    for key, record in known.items():
        source = record["source"]
        told = source["restates"] if source.get("restates") else source
        assert source["publisher"] in rows[key]["source"], key
        assert told["title"] in rows[key]["source"], key
        assert rows[key]["linked"] == (told["url"] or ""), key
        assert rows[key]["document"].startswith(f"/documents/{record['document']}"), key
        assert rows[key]["document"].endswith(f"#{key}"), key


def test_figures_that_say_the_same_are_one_row_with_its_sources(explore, served_atlas):
    alike = {}
    for record in answer(served_atlas, "observations", place="KZ-35", inside=1)["observations"]:
        said = ("indicator", "value", "high", "qualifier", "status", "currency", "period", "regions", "place")
        alike.setdefault(json.dumps([record.get(key) for key in said]), []).append(record)
    twice = [records for records in alike.values() if len(records) > 1]
    assert twice
    first, second = (record["id"] for record in twice[0])
    page = panel(explore, f"place=KZ-35&lang=en&obs={second}")
    rows = page.eval_on_selector_all("#panel details.figure", "all => all.map((row) => row.dataset.obs.split(' '))")
    assert sorted(id for ids in rows for id in ids) == sorted(record["id"] for all in alike.values() for record in all)
    row = page.locator(f"#panel details.figure[data-obs~='{second}']")
    assert set(row.get_attribute("data-obs").split()) == {first, second}
    page.wait_for_function("() => document.querySelectorAll('#panel details.figure[open] .source').length === 2")
    assert "2 sources" in row.locator("summary").inner_text()
    assert f"obs={second}" in page.url
    row.locator("summary").click()
    page.wait_for_function("() => !location.search.includes('obs=')")


def test_layers_come_in_order_and_figures_newest_first(explore, served_atlas):
    page = panel(explore, "layers=water~gas&place=KZ-61&lang=en")
    sections = page.eval_on_selector_all(
        "#panel .panel-layer", "all => all.map((one) => one.getAttribute('aria-labelledby'))"
    )
    assert sections == ["panel-water", "panel-gas", "panel-internet", "panel-industry"]
    ends = {
        record["id"]: (record["period"] or {}).get("end") or ""
        for record in answer(served_atlas, "observations", place="KZ-61", inside=1)["observations"]
    }
    groups = page.eval_on_selector_all(
        "#panel .indicator",
        "all => all.map((one) => [...one.querySelectorAll('details.figure')].map(({ id }) => id.slice(4)))",
    )
    assert sum(len(group) > 1 for group in groups) > 3
    for group in groups:
        assert [ends[key] for key in group] == sorted((ends[key] for key in group), reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_inside_stand_under_their_names(explore, served_atlas, lang):
    page = panel(explore, f"layers=gas&place=KZ-61&lang={lang}")
    told = answer(served_atlas, "observations", place="KZ-61", inside=1, lang=lang)["observations"]
    inside = {
        record["id"]: record["place_label"]
        for record in told
        if record["place"] and record["place"]["kind"] in ("city", "district")
    }
    named = dict(
        page.eval_on_selector_all(
            "#panel .inside .place",
            "all => all.flatMap((place) => [...place.querySelectorAll('details.figure')]"
            ".map(({ id }) => [id.slice(4), place.querySelector('h5').firstChild.textContent]))",
        )
    )
    assert inside
    assert {key: named[key] for key in inside} == inside


def test_a_figure_leads_into_its_document_where_it_and_the_others_are_marked(explore):
    page = panel(explore, "layers=gas&place=KZ-61&lang=en")
    row = page.locator("#panel details.figure").first
    figure = row.get_attribute("id").removeprefix("obs-")
    row.locator("summary").click()
    link = row.locator(".figure-links a").first
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_selector("mark:target")
    target = page.locator("mark:target")
    assert figure in (
        target.get_attribute("id"),
        *target.locator(".anchor").evaluate_all("all => all.map(({ id }) => id)"),
    )
    page.wait_for_function(
        "() => { const { top, bottom } = document.querySelector('mark:target').getBoundingClientRect();"
        " return top >= 0 && bottom <= innerHeight; }"
    )
    looks = (
        "(node) => { const { outline, backgroundColor, boxShadow } = getComputedStyle(node);"
        " return [outline, backgroundColor, boxShadow].join(); }"
    )
    others = page.locator("main mark.figure:not(:target)")
    assert others.count() >= 1, "the other figures of the document are marked too"
    assert others.first.evaluate(looks) != target.evaluate(looks)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_that_differ_stand_side_by_side_with_the_rule(explore, served_atlas, lang):
    conflict = next(found for found in answer(served_atlas, "conflicts")["conflicts"] if found["region"] != "KZ")
    page = panel(explore, f"layers=gas&place={conflict['region']}&lang={lang}")
    box = page.locator("#panel .conflict").first
    box.scroll_into_view_if_needed()
    sides = box.locator("li")
    assert sides.count() >= 2
    assert len(set(box.locator("strong").all_inner_texts())) >= 2
    assert box.locator("li.chosen").count() == 1
    tops = [sides.nth(at).bounding_box()["y"] for at in range(2)]
    assert tops[0] == pytest.approx(tops[1], abs=1), "beside each other"
    rule = {"kk": "ең жаңа", "ru": "самого нового", "en": "newest document"}
    assert rule[lang] in box.locator(".hint").inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_history_has_axes_units_targets_and_words(explore, lang):
    page = panel(explore, f"layers=gas&place=KZ-61&year=2025&lang={lang}")
    chart = page.locator("#panel .history").first
    texts = chart.locator(".axis-text").all_text_contents()
    assert {"2024", "2025"} <= set(texts)
    assert sum("%" in text for text in texts) == 3
    assert chart.locator(".history-dot").count() == 2
    assert chart.locator(".history-plan").count() == 1
    spoken = chart.get_attribute("aria-label")
    assert all(word in spoken for word in ("2024", "2025", {"kk": "жоспар", "ru": "план", "en": "plan"}[lang]))
    sizes = page.eval_on_selector_all(
        "#panel .history text", "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 11, "readable"
    counted = page.locator("#panel .history").nth(1).locator(".axis-text").all_text_contents()
    assert any(text.strip() and not text[0].isdigit() for text in counted), "the unit stands at the axis"


STATES = {
    "kept": ("орындалды", "выполнено", "kept"),
    "partly": ("ішінара", "частично", "partly"),
    "missed": ("орындалмады", "не выполнено", "missed"),
    "overdue": ("мерзімі өтті", "срок прошёл", "overdue"),
    "open": ("мерзімі келген жоқ", "срок не наступил", "open"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_promise_says_what_became_of_it(explore, served_atlas, state):
    promises = answer(served_atlas, "promises", state=state)["promises"]
    one = next((each for each in promises if len(each["plan"]["regions"]) == 1), None)
    if one is None:
        pytest.skip(f"no promise of a single region is {state} in the atlas")
    (place,) = one["plan"]["regions"]
    for at, lang in enumerate(LANGUAGES):
        page = panel(explore, f"layers=gas&place={place}&lang={lang}")
        row = page.locator(f"#obs-{one['plan']['id']}")
        assert STATES[state][at] in row.locator(f".status.{state}").inner_text().lower()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_inferred_is_marked(explore, served_atlas, lang):
    page = panel(explore, f"layers=gas&place=KZ-61&lang={lang}")
    told = answer(served_atlas, "observations", place="KZ-61", inside=1)["observations"]
    page.evaluate(OPEN_ALL)
    page.wait_for_selector("#panel details.figure .source")
    for record in told:
        notes = page.locator(f"#panel [data-of='{record['id']}'] .notes li").count()
        assert notes == len(record["inferred"]) + bool(record["source"]["inferred"]), record["id"]
    notes = " ".join(page.locator("#panel .notes li").all_inner_texts()).lower()
    words = {"kk": ("болжа", "алдыңғы сөйлем"), "ru": ("предполож", "предыдущего предложения"), "en": ("inferred",)}
    assert all(word in notes for word in words[lang])
    if lang != "en":
        assert not re.search(r"\b(the|sentence|document)\b", notes), "reasons in the reader's language"
