"""The part of the style sheet that stands in the page: what the first frame can need, in order, and nothing else."""

from pathlib import Path

import pytest

from webapp.assets import MAP_STYLES, Assets
from webapp.bundling import joined_styles
from webapp.first_styles import first_styles, names_in, rules

STATIC = Path(__file__).resolve().parent.parent / "static"


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        (".chip", True),
        (".chip.on a:hover", True),
        (".panel", False),
        (".chip .panel", False),
        (".panel,\n.chip", True),
        (".chip:not(.shut)", True),
        (".hue-gas", True),
        ("#stage > p", True),
        ("table td", True),
        (":is(.chip, .panel) b", False),
        ("@media (min-width: 1px)", False),
        ("@keyframes x", False),
    ],
)
def test_a_rule_stays_where_the_page_could_match_it(head, kept):
    text = f"{head} {{ color: red; }}\n"
    assert first_styles(text, {"chip", "on", "hue-*", "stage"}) == (text if kept else "")


def test_media_keep_only_what_could_match():
    text = "@media (min-width: 1px) {\n.chip { a: b; }\n.panel { c: d; }\n}\n@media print {\n.chip { e: f; }\n}\n"
    assert first_styles(text, {"chip"}) == "@media (min-width: 1px) {\n.chip { a: b; }\n}\n"


def test_names_of_a_template():
    opened = '<li id="one" class="chip hue-{{ key }}{{ " on" if x else "off" }}">'
    told = '<p class="{% if y %}told{% endif %}">'
    assert names_in(opened + told) - {"*"} >= {"one", "chip", "hue-*", "on", "off", "told"}


def test_the_page_begins_with_a_third_of_its_sheet_in_the_sheets_own_order():
    sheet = joined_styles(STATIC, MAP_STYLES)
    assets = Assets(STATIC)
    later = assets.get("bundle/map.css").data.decode()
    assert [head for head, _ in rules(later)] == [head for head, _ in rules(sheet) if head != "@font-face"]
    assert "@font-face" in assets.map_style
    assert len(assets.map_style) < 0.4 * len(sheet)
    heads = [head for head, _ in rules(sheet)]
    at = [heads.index(head) for head, body in rules(assets.map_style) if heads.count(head) == 1]
    assert at == sorted(at)
    assert len(at) > 50
