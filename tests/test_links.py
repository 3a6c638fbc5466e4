"""The link: what is printed is parsed back, whatever bent it; and links.js prints and parses the same."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_atlas import sample_atlas
from serving import serve_files

from geo.model import LANGUAGES, LAYERS
from webapp import links
from webapp.link_text import escape, split_query
from webapp.links import default_view, parse_view, print_view
from webapp.view_state import LAT, LON, ZOOM, LayerStyle, Viewport, ViewState

ROOT = Path(__file__).parent.parent
ATLAS = sample_atlas()
DEFAULTS = default_view(ATLAS)
LINKS = [
    line.split("\t")
    for line in (ROOT / "tests" / "links.txt").read_text("utf-8").split("\n")
    if line and not line.startswith("#")
]

codes = {layer: [c.split(".", 1)[1] for c in ATLAS["indicators"] if c.startswith(layer)] for layer in LAYERS}
years = st.sampled_from(ATLAS["years"])


@st.composite
def layer_styles(draw, layer: str) -> LayerStyle:
    count = draw(st.sampled_from(links.CLASS_COUNTS))
    kept = draw(st.sets(st.integers(1, count)))
    return LayerStyle(
        indicator=draw(st.sampled_from(codes[layer])),
        classes=f"{draw(st.sampled_from(links.SCHEMES))}-{count}",
        palette=draw(st.sampled_from(links.grammar()["palettes"])),
        opacity=draw(st.integers(10, 100)),
        filter=tuple(sorted(kept)),
    )


viewports = st.builds(
    Viewport.of,
    st.floats(*ZOOM, allow_nan=False),
    st.floats(*LAT, allow_nan=False),
    st.floats(*LON, allow_nan=False),
)
places = st.sampled_from(["KZ", *(region["id"] for region in ATLAS["regions"]), *ATLAS["places"]])
states = st.builds(
    ViewState,
    layers=st.lists(st.sampled_from(LAYERS), unique=True).map(tuple),
    styles=st.tuples(*(layer_styles(layer) for layer in LAYERS)),
    year=years,
    show=st.sampled_from(links.SHOWS),
    place=st.none() | places,
    obs=st.none() | st.sampled_from(list(ATLAS["observations"])),
    compare=st.none() | st.sampled_from(LAYERS) | years.map("year:{}".format),
    swipe=st.none() | st.integers(*links.SWIPE),
    mode=st.sampled_from(links.MODES),
    sort=st.none() | st.sampled_from(["name", "-gas", "water"]),
    view=st.none() | viewports,
    districts=st.booleans(),
    edition=st.none() | st.just(ATLAS["edition"]),
    embed=st.booleans(),
    lang=st.sampled_from(LANGUAGES),
)

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
ODD = "= & ~ / % %25 %2 %FF + . &amp; # ? KZ-61 2025 -1 utm_source=x year: {{7*7}} <img ' NaN 1e9 ١٢ None \u200b \x00"
pieces = st.sampled_from([*links.KEYS, *LAYERS, *ODD.split(" "), '"', "9" * 30])
hostile = st.text(max_size=200) | st.lists(pieces | st.text(max_size=4), max_size=40).map("".join)


@pytest.mark.parametrize(("link", "printed", "notices"), LINKS, ids=[row[0][:50] or "(empty)" for row in LINKS])
def test_every_link_ever_issued_opens(link, printed, notices):
    state, found = parse_view(link, ATLAS)
    assert print_view(state, DEFAULTS) == printed
    assert [f"{notice.code}:{notice.key}" for notice in found] == ([] if notices == "-" else notices.split())
    assert parse_view(printed, ATLAS) == (state, ())


@calm
@given(states)
def test_parse_and_print_are_inverse(state):
    for share in (False, True):
        printed = print_view(state, DEFAULTS, share)
        assert parse_view(printed, ATLAS) == (state, ())
        assert set(printed) <= set(string.ascii_letters + string.digits + "-_.~/:=&%")


@calm
@given(states)
def test_a_shared_link_always_carries_version_year_and_language(state):
    keys = [key for key, _ in split_query(print_view(state, DEFAULTS, share=True))]
    assert keys[0] == "v"
    assert {"v", "year", "lang"} <= set(keys)


@calm
@given(states)
def test_a_shared_link_outlives_a_new_year_of_figures(state):
    later = sample_atlas(year=2027)
    assert parse_view(print_view(state, DEFAULTS, share=True), later) == (state, ())


@calm
@given(states)
def test_keys_are_printed_in_the_order_of_the_grammar(state):
    keys = [key for key, _ in split_query(print_view(state, DEFAULTS, share=True))]
    assert keys == sorted(keys, key=links.KEYS.index)


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile)
def test_no_string_makes_parsing_raise(text):
    state, notices = parse_view(text, ATLAS)
    assert parse_view(print_view(state, DEFAULTS), ATLAS) == (state, ())
    assert len(notices) <= links.MAX_NOTICES
    for notice in notices:
        assert len(notice.value) <= 60
        assert not re.search(r"[\x00-\x1f\u202e]", notice.key + notice.value)


@given(st.text())
def test_escaped_text_comes_back(text):
    clean = "".join(ch for ch in text if not 0xD800 <= ord(ch) <= 0xDFFF)
    (pair,) = split_query(f"gas=a{escape(clean)}a")
    wanted = clean
    if "%" not in wanted and "+" not in wanted:  # a value that itself looks encoded is decoded further, on purpose
        assert pair == ("gas", f"a{wanted}a")


def test_a_view_is_carried_to_the_nearest_tenth_and_hundredth():
    assert str(Viewport.of(6.25, 43.305, -0.004)) == "6.3/43.31/0.00"
    assert str(Viewport.of(3, -0.126, 179.999)) == "3.0/-0.13/180.00"


def test_a_version_reads_with_its_own_defaults(monkeypatch):
    data = json.loads(json.dumps(links.grammar()))
    data["defaults"]["current"] = 2
    data["defaults"]["versions"]["2"] = {**data["defaults"]["versions"]["1"], "layers": ["water"], "show": "actual"}
    monkeypatch.setattr(links, "grammar", lambda: data)
    assert parse_view("v=1&year=2025&lang=kk", ATLAS)[0].layers == ("gas",)
    assert parse_view("year=2025&lang=kk", ATLAS)[0].layers == ("water",)


def test_an_indicator_this_atlas_does_not_measure_falls_back_to_the_headline():
    atlas = sample_atlas()
    del atlas["indicators"]["gas.population_share"]
    atlas["layers"][0]["headline"] = "gas.coverage_share"
    assert parse_view("", atlas)[0].indicator("gas") == "gas.coverage_share"


def test_the_edition_is_known_before_the_atlas_is_loaded():
    assert links.wanted_edition("?layers=gas&edition=12") == 12
    assert links.wanted_edition("layers=gas&edition=twelve") is None
    assert links.wanted_edition("layers=gas") is None


def test_an_atlas_without_figures_still_parses():
    empty = sample_atlas(years=[], indicators={}, observations={}, series={}, places={})
    state, notices = parse_view("year=2024&gas=settlements", empty)
    assert state.year == 2025
    assert {notice.code for notice in notices} == {"out_of_range", "unknown_value"}


# The same in JavaScript -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def javascript(browser):
    """``call(name, *arguments)`` of links.js in a real Chromium, served from the project's own files."""
    with serve_files(ROOT) as address:
        page = browser.new_page()
        page.goto(f"{address}/static/js/links.js")
        page.evaluate("import('/static/js/links.js').then((module) => { window.links = module; })")
        yield lambda code, *arguments: page.evaluate(code, list(arguments))


def collect_examples(strategy, count: int) -> list:
    found = []

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def gather(value):
        found.append(value)

    gather()
    return found


@pytest.mark.browser
def test_javascript_prints_the_same_bytes(javascript):
    examples = collect_examples(states, 400)
    code = """([states, atlas, grammar]) => {
        const defaults = links.defaultView(atlas, grammar);
        const share = { share: true, version: 1 };
        return states.map((state) => [links.printView(state, defaults), links.printView(state, defaults, share)]);
    }"""
    printed = javascript(code, [state.to_dict() for state in examples], ATLAS, links.grammar())
    assert printed == [[print_view(state, DEFAULTS), print_view(state, DEFAULTS, share=True)] for state in examples]


@pytest.mark.browser
def test_javascript_parses_to_the_same_state_and_notices(javascript):
    texts = [row[0] for row in LINKS] + [text for text in collect_examples(hostile, 1500) if not has_surrogate(text)]
    code = "([texts, atlas, grammar]) => texts.map((text) => links.parseView(text, atlas, grammar))"
    parsed = javascript(code, texts, ATLAS, links.grammar())
    for text, theirs in zip(texts, parsed, strict=True):
        state, notices = parse_view(text, ATLAS)
        assert theirs["state"] == state.to_dict(), text
        assert theirs["notices"] == [
            {"code": n.code, "key": n.key, "value": n.value, "used": n.used} for n in notices
        ], text


@pytest.mark.browser
def test_javascript_rounds_a_viewport_like_python(javascript):
    numbers = st.tuples(st.floats(0, 30), st.floats(-100, 100), st.floats(-200, 200))
    examples = [list(triple) for triple in collect_examples(numbers, 500)] + [
        [6.25, 0.125, 0.005],
        [3.05, -0.125, 1.005],
    ]
    theirs = javascript("([triples]) => triples.map((triple) => links.viewport(...triple))", examples)
    for triple, view in zip(examples, theirs, strict=True):
        mine = Viewport.of(*triple)
        assert (view["zoom"], view["lat"], view["lon"]) == (mine.zoom, mine.lat, mine.lon)


def has_surrogate(text: str) -> bool:
    return any(0xD800 <= ord(ch) <= 0xDFFF for ch in text)


def test_styles_are_found_by_layer():
    state = replace(DEFAULTS, styles=(*DEFAULTS.styles[:3], replace(DEFAULTS.styles[3], indicator="jobs")))
    assert state.indicator("industry") == "industry.jobs"
