"""The drawings made when an edition is published: the same as if drawn now, given for their own views only."""

import json
import re
from dataclasses import replace

import pytest

from geo.model import LANGUAGES, LAYERS
from webapp.links import default_view, parse_view, print_view
from webapp.outlines import load_outlines
from webapp.usual_views import draw_view, name_of, usual_drawing, usual_views


@pytest.fixture(scope="module")
def edition(atlas_folder):
    return atlas_folder / "editions" / "2"


@pytest.fixture(scope="module")
def atlas(edition):
    return json.loads((edition / "atlas.json").read_bytes())


def test_every_layer_alone_and_the_default_are_there_in_every_language(edition, atlas):
    names = {name_of(view) for view in usual_views(default_view(atlas))}
    assert names == {f"view-{layer}-{lang}.svg" for layer in LAYERS for lang in LANGUAGES}
    assert names == {path.name for path in edition.glob("view-*")}


def test_a_file_is_what_would_be_drawn_now(edition, atlas):
    defaults, outlines = default_view(atlas), load_outlines(edition / "regions-500.topojson")
    for view in usual_views(defaults):
        assert usual_drawing(edition, view, defaults) == draw_view(atlas, outlines, view, defaults)


def test_the_page_shows_the_file(edition, atlas, app, monkeypatch):
    monkeypatch.setattr("webapp.pages.draw_view", lambda *_: "<svg>drawn now</svg>")
    fresh = app.test_client()
    app.extensions["qamtu_reader"].answers.answers.clear()
    defaults = default_view(atlas)
    for view in usual_views(defaults):
        page = fresh.get("/?" + print_view(view, replace(defaults, lang=""))).get_data(as_text=True)
        file = (edition / name_of(view)).read_text("utf-8")
        assert re.search(r'first-paint">(<svg.*?</svg>)', page)[1] == file
    other = fresh.get("/?year=2024&utm_source=usual-views").get_data(as_text=True)
    assert "drawn now" in other
    app.extensions["qamtu_reader"].answers.answers.clear()


@pytest.mark.parametrize(
    "query",
    [
        *("year=2023", "show=plan", "place=KZ-61", "gas.k=jenks-5", "view=6.0/43.00/68.00", "edition=2"),
        *("layers=gas~water", "layers=none", "layers=water&gas.c=blue", "mode=table", "embed=1"),
    ],
)
def test_any_other_view_has_none(query, edition, atlas):
    view, notices = parse_view(query, atlas)
    assert not notices
    assert usual_drawing(edition, view, default_view(atlas)) is None


def test_an_edition_made_before_has_none(tmp_path, atlas):
    assert usual_drawing(tmp_path, default_view(atlas), default_view(atlas)) is None
