"""Pictures of a view: our scene painted without a browser, beside geopandas.plot and a warm Chromium."""

from __future__ import annotations

import io
import json
import os
import shutil
from dataclasses import replace

import brotli

from bench.atlas import folder
from bench.measure import Row, Section, Spread, middle, spread, timed
from webapp.backdrop import load_backdrop
from webapp.drawing import page_scene
from webapp.drawing_svg import to_svg
from webapp.links import default_view
from webapp.outlines import load_outlines
from webapp.pictures import HEIGHT, WIDTH, picture_scene
from webapp.raster import to_png
from webapp.view_figures import cell_of

RUNS = 15
MOST_MS, MOST_KB = 50, 13


def measure() -> Section:
    """Milliseconds for a picture of 1200 × 630 px, warm, and the weight of the drawing that stands in the page."""
    made = folder() / "editions" / "1"
    atlas = json.loads((made / "atlas.json").read_text("utf-8"))
    outlines, backdrop = load_outlines(made / "regions-500.topojson"), load_backdrop(made / "backdrop.topojson")
    plain = default_view(atlas)
    full = replace(plain, layers=("gas", "water", "internet", "industry"))

    def paint(state):
        return lambda: to_png(picture_scene(atlas, outlines, state, backdrop))

    def draw():
        return to_svg(page_scene(atlas, outlines, full, plain), page=True)

    drawn = to_svg(picture_scene(atlas, outlines, plain, backdrop))
    peers = {
        "geopandas.plot": geopandas_plot(atlas, made / "regions.geojson", plain),
        "Chromium, warm": chromium(drawn),
    }
    one, four = (
        milliseconds(timed(paint(plain), runs=RUNS, warm=3)),
        milliseconds(timed(paint(full), runs=RUNS, warm=3)),
    )
    page = milliseconds(timed(draw, runs=RUNS, warm=3))
    weight = len(brotli.compress(draw().encode(), quality=5)) / 1000
    return Section(
        "Pictures of a view",
        (
            Row("preview 1200 × 630, one layer", "ms", one, peers, f"≤ {MOST_MS} ms", middle(one) <= MOST_MS),
            Row("preview 1200 × 630, four layers", "ms", four, {}, f"≤ {MOST_MS} ms", middle(four) <= MOST_MS),
            Row("its bytes", "KB", len(paint(full)()) / 1000),
            Row("the page's SVG, four layers", "ms", page),
            Row("the page's SVG, four layers, brotli 5", "KB", weight, {}, f"≤ {MOST_KB} KB", weight <= MOST_KB),
        ),
        ("aggdraw", "pillow", "geopandas", "matplotlib", "playwright"),
        "geopandas.plot draws the regions with their values and a legend, without names, symbols, textures, "
        "surroundings, title or sources; Chromium draws our own SVG of the same picture.",
    )


def milliseconds(seconds: Spread) -> Spread:
    return Spread(seconds.median * 1000, seconds.low * 1000, seconds.high * 1000)


def geopandas_plot(atlas: dict, regions: os.PathLike, state) -> Spread:
    """The same fill by geopandas, to PNG bytes of the same size."""
    import geopandas as gpd
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.use("Agg")
    frame = gpd.read_file(regions)
    cells = {code: cell_of(atlas, state, state.layers[0], code) for code in frame["id"]}
    frame["value"] = [cells[code].shown.figure["v"] if cells[code].shown else None for code in frame["id"]]

    def plot():
        figure, axes = plt.subplots(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        frame.plot("value", ax=axes, cmap="YlOrBr", legend=True, missing_kwds={"color": "#eee", "hatch": "///"})
        figure.savefig(io.BytesIO(), format="png")
        plt.close(figure)

    return milliseconds(timed(plot, runs=7, warm=2))


def chromium(svg: str) -> Spread:
    """A screenshot of our SVG by a Chromium that is running already."""
    import time

    from playwright.sync_api import sync_playwright

    path = os.environ.get("QAMTU_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        values = []
        for _ in range(9):
            started = time.perf_counter()
            page.set_content(f"<style>body{{margin:0}}</style>{svg}")
            page.screenshot(type="png")
            values.append((time.perf_counter() - started) * 1000)
        browser.close()
    return spread(values[2:])
