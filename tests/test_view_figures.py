"""Python and the page's scripts answer alike which figure is shown where: both are asked the same random views."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_atlas import sample_atlas
from serving import serve_files
from test_links import collect_examples, states

from webapp.view_figures import cell_of, features_of, figures_of, peak_of, year_of

ROOT = Path(__file__).parent.parent
ATLAS = sample_atlas()
PLACES = ["KZ", *(region["id"] for region in ATLAS["regions"])]
ASK = """async ([states, atlas, places, layers]) => {
  const { Atlas } = await import("/static/js/model.js");
  const model = new Atlas(atlas);
  const step = (found) => (found ? [found.id, found.year, found.conflicts, found.old] : null);
  return states.map((state) => layers.map((layer) => ({
    cells: places.map((place) => {
      const { kind, actual, plan, level, together, others } = model.cell(state, layer, place);
      return [kind, step(actual), step(plan), level, together?.id ?? null, (others ?? []).map((other) => other.code)];
    }),
    features: model.featuresOf(state, layer).map(({ id }) => id),
    peak: model.peak(model.code(state, layer)),
  })));
}"""
LAYERS = ["gas", "water", "internet", "industry"]


def answer(state, layer: str) -> dict:
    cells = []
    for place in PLACES:
        cell = cell_of(ATLAS, state, layer, place)
        steps = [[s.obs, s.year, s.conflicts, s.old] if s else None for s in (cell.actual, cell.plan)]
        shared = cell.shared["obs"] if cell.shared else None
        cells.append([cell.kind, *steps, cell.level, shared, [code for code, _ in cell.others]])
    features = [feature["id"] for feature in features_of(ATLAS, state, layer)]
    return {"cells": cells, "features": features, "peak": peak_of(ATLAS, state.indicator(layer))}


@pytest.mark.browser
def test_the_scripts_and_the_server_show_the_same_figures(browser):
    examples = collect_examples(states, 150)
    with serve_files(ROOT) as address:
        page = browser.new_page()
        page.goto(f"{address}/static/js/model.js")
        theirs = page.evaluate(ASK, [[state.to_dict() for state in examples], ATLAS, PLACES, LAYERS])
    assert {cell[0] for view in theirs for layer in view for cell in layer["cells"]} >= {"value", "other", "none"}
    for state, view in zip(examples, theirs, strict=True):
        for layer, found in zip(LAYERS, view, strict=True):
            assert found == answer(state, layer), (layer, state)


def test_the_figures_of_a_view_are_named_once_each():
    state = next(s for s in collect_examples(states, 50) if s.layers)
    found = figures_of(ATLAS, state)
    assert len(found) == len(set(found))
    assert set(found) <= set(ATLAS["observations"])


def test_the_year_of_a_figure_is_its_last_or_its_documents():
    atlas = sample_atlas()
    assert year_of(atlas, "o1") == 2024
    for key in ("from", "to"):
        del atlas["observations"]["o1"][key]
    assert year_of(atlas, "o1") == 2025
