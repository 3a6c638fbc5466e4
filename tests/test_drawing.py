"""The view as a scene and as SVG: what is drawn where, checked on outlines that can be worked out on paper."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_atlas import BOXES, sample_atlas, sample_outlines

from geo.errors import BadSeed
from webapp.drawing import country_box, map_part, page_scene, projection_for
from webapp.drawing_colours import palettes
from webapp.drawing_labels import DISTANCES, room_for, shared_area
from webapp.drawing_paths import path_data, rest_of_moves
from webapp.drawing_svg import to_svg
from webapp.links import default_view, parse_view
from webapp.outlines import load_outlines, parse_outlines, project, simplify
from webapp.pictures import picture_scene
from webapp.scene import Arc, Circle, Polygon, Rect, Text, Texture, light, text_width, wrap
from webapp.view_figures import cell_of, cells_of, level_of

ROOT = Path(__file__).parent.parent
ATLAS = sample_atlas()
OUTLINES = parse_outlines(sample_outlines())
DEFAULTS = default_view(ATLAS)
WINDOW = (0, 0, 1000, 500)
unit = st.integers(0, 10**6).map(lambda number: number / 10**6)


def view(query: str):
    state, notices = parse_view(query, ATLAS)
    assert not notices
    return state


def drawn(query: str, **more):
    return map_part(ATLAS, OUTLINES, view(query), WINDOW, **more)


def fills(query: str) -> dict:
    return {region.id: region.fill for region in drawn(query).regions}


boxes = st.tuples(*[st.integers(-200, 200)] * 2, *[st.integers(2, 80)] * 2).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)


@given(st.lists(boxes, max_size=12), st.integers(4, 60), st.integers(4, 60))
def test_symbols_give_way_no_farther_than_they_must(taken, width, height):
    left, top, right, bottom = room_for((0, 0), width, height, taken)
    assert (right - left, bottom - top) == pytest.approx((width, height))
    own = (-width / 2, -height / 2, width / 2, height / 2)
    covered = sum(shared_area((left, top, right, bottom), other) for other in taken)
    assert covered <= sum(shared_area(own, other) for other in taken)
    away = math.hypot((left + right) / 2, (top + bottom) / 2)
    assert away <= max(DISTANCES) + 1e-6
    if not any(shared_area(own, other) for other in taken):
        assert away == pytest.approx(0)


# Figures


def test_a_cell_says_what_kind_of_figure_a_region_has():
    state = view("layers=gas&gas=population_share&year=2026")
    assert cell_of(ATLAS, state, "gas", "KZ-61").kind == "value"
    assert cell_of(ATLAS, state, "gas", "KZ-33").kind == "other"
    assert cell_of(ATLAS, state, "gas", "KZ-71").kind == "none"
    assert cell_of(ATLAS, view("gas=settlements"), "gas", "KZ-33").kind == "together"
    assert cell_of(ATLAS, view("year=2018&show=both"), "gas", "KZ-61").kind == "none"


def test_a_plan_stands_alone_where_only_plans_are_shown():
    cell = cell_of(ATLAS, view("show=plan&year=2025"), "gas", "KZ-61")
    assert (cell.kind, cell.shown.obs, cell.actual) == ("planned", "o2", None)


def test_a_figure_is_old_after_three_years():
    assert not cell_of(ATLAS, view("year=2027"), "gas", "KZ-61").actual.old
    assert cell_of(ATLAS, view("year=2028"), "gas", "KZ-61").actual.old


@given(st.floats(0, 100))
def test_a_value_lies_in_the_first_class_that_reaches_it(value):
    state = view("gas.k=equal-5")
    level = level_of(ATLAS, state, "gas", value)
    bounds = [0, 20, 40, 60, 80, 100]
    assert value <= bounds[level + 1]
    assert level == 0 or value > bounds[level]


def test_a_filtered_class_leaves_the_others_blank():
    assert {cell.kind for cell in cells_of(ATLAS, view("gas.f=1"), "gas").values()} == {"filtered"}
    assert cells_of(ATLAS, view("gas.f=5"), "gas")["KZ-61"].kind == "value"


# Projection and outlines


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_projection_is_web_mercator_by_its_other_formula(lon, lat):
    x, y = project(lon, lat)
    assert x == pytest.approx((lon + 180) / 360)
    assert y == pytest.approx((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2)


def test_a_view_puts_its_centre_in_the_middle_of_the_window():
    projection = projection_for(ATLAS, view("view=6.0/43.30/68.25"), WINDOW)
    assert projection.at(68.25, 43.30) == pytest.approx((500, 250))
    assert projection.zoom == 6.0


def test_without_a_view_the_country_touches_the_window():
    projection = projection_for(ATLAS, DEFAULTS, WINDOW)
    left, top, right, bottom = country_box(ATLAS)
    spans = (right - left) * projection.scale, (bottom - top) * projection.scale
    assert spans[0] == pytest.approx(1000) or spans[1] == pytest.approx(500)
    assert spans[0] <= 1000.01
    assert spans[1] <= 500.01


@given(st.lists(st.tuples(unit, unit), min_size=4, max_size=60), st.floats(0.0001, 0.3))
def test_a_simplified_line_stays_within_its_tolerance(points, tolerance):
    kept = simplify(points, tolerance)
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert set(kept) <= set(points)
    if points[0] != points[-1]:
        for point in points:
            assert min(segment_distance(point, a, b) for a, b in pairwise(kept)) <= tolerance + 1e-9


def segment_distance(point, start, end) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    along = sum((p - s) * (e - s) for p, s, e in zip(point, start, end, strict=True)) / length**2
    along = min(1, max(0, along))
    return math.dist(point, [s + along * (e - s) for s, e in zip(start, end, strict=True)])


def test_topojson_and_geojson_give_the_same_outlines(tmp_path):
    west, south, east, north = BOXES["KZ-61"]
    topology = {
        "type": "Topology",
        "arcs": [[[west, south], [east, south], [east, north]], [[west, south], [west, north], [east, north]]],
        "objects": {"regions": {"geometries": [{"type": "Polygon", "properties": {"id": "KZ-61"}, "arcs": [[0, ~1]]}]}},
    }
    path = tmp_path / "regions.topojson"
    path.write_text(json.dumps(topology))
    assert load_outlines(path).rings("KZ-61", 8) == OUTLINES.rings("KZ-61", 8)


def test_outlines_that_are_none_are_refused_by_name(tmp_path):
    path = tmp_path / "broken.topojson"
    path.write_text('{"type": "Topology"}')
    with pytest.raises(BadSeed, match=r"broken\.topojson"):
        load_outlines(path)


# What is painted


def test_fills_and_textures_follow_the_figures():
    amber = palettes()["palettes"]["amber"]["colours"]["5"]
    assert light(fills("layers=gas")["KZ-61"]) == amber[4]
    assert fills("layers=gas")["KZ-33"] == Texture("other", "--gas")
    assert fills("layers=gas")["KZ-71"].kind == "none"
    assert fills("layers=gas&gas=settlements")["KZ-33"] == Texture("together", "--gas")
    assert fills("layers=gas&show=plan")["KZ-61"].kind == "planned"
    assert fills("layers=none")["KZ-61"] == "--land"


def test_the_chosen_region_is_drawn_last_and_bold():
    regions = drawn("place=KZ-61").regions
    assert regions[-1].id == "KZ-61"
    assert regions[-1].width > regions[0].width


def test_a_share_is_a_ring_of_its_length_and_a_plan_an_outlined_one():
    arcs = [mark for mark in drawn("layers=water~gas&year=2026").marks if isinstance(mark, Arc)]
    solid = next(arc for arc in arcs if arc.start == 0)
    assert (solid.end, solid.colour) == (pytest.approx(0.855), "--gas")
    planned = [arc for arc in arcs if arc.start == pytest.approx(0.855)]
    assert [arc.end for arc in planned] == pytest.approx([0.889, 0.889])
    assert {arc.colour for arc in planned} == {"--gas", "--halo"}


def test_circles_grow_with_the_area_of_their_value():
    atlas = sample_atlas()
    atlas["observations"]["o9"] = {**atlas["observations"]["o5"], "v": 5, "r": ["KZ-33"]}
    atlas["series"]["industry.zones"]["KZ-33"] = {"actual": [[2025, None, "o9", 2025, 0]], "plan": []}
    part = map_part(atlas, OUTLINES, view("layers=gas~industry&view=6.0/44.00/72.00"), WINDOW)
    radii = sorted(m.radius for m in part.marks if isinstance(m, Circle) and m.fill == "--industry")
    assert radii[-1] == pytest.approx(2 * radii[0])


def test_zones_and_pipelines_appear_with_their_layer_only():
    assert any(isinstance(mark, Rect) for mark in drawn("layers=industry").marks)
    assert not any(isinstance(mark, Rect | Polygon) for mark in drawn("layers=gas").marks)
    assert not any(isinstance(mark, Rect) for mark in drawn("layers=industry&show=actual").marks)


def test_labels_never_overlap_and_carry_name_value_and_sign():
    real = load_outlines(ROOT / "seeds" / "boundaries" / "regions-500.geojson")
    part = map_part(ATLAS, real, view("layers=gas~water~internet~industry&lang=kk"), (0, 0, 500, 250))
    texts = [mark for mark in part.marks if isinstance(mark, Text) and mark.halo and mark.size == 13]
    assert "Түркістан" in {text.text for text in texts}
    boxes = [
        (t.x - text_width(t.text, 13, t.bold) / 2, t.y - 10, t.x + text_width(t.text, 13, t.bold) / 2, t.y + 2)
        for t in texts
    ]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (texts[index], one, other)


def test_wrapped_text_fits_its_width_and_says_when_it_is_cut():
    text = "Сапалы ауыз сумен қамтамасыз етілген халықтың үлесі, пайыз"
    lines = wrap(text, 200, 16, lines=2)
    assert len(lines) == 2
    assert all(text_width(line, 16) <= 200 for line in lines)
    assert lines[-1].endswith("…")
    assert wrap("қысқа", 200, 16) == ["қысқа"]


# SVG


def test_the_page_drawing_links_every_region_and_says_its_figures():
    svg = to_svg(page_scene(ATLAS, OUTLINES, view("layers=gas~water&lang=ru"), DEFAULTS), page=True)
    root = ET.fromstring(svg)
    links = {a.attrib["href"]: a.findtext("title") for a in root.iter("a")}
    assert links["/?layers=gas~water&place=KZ-61&lang=ru"].startswith("Туркестанская область. Газ: 85,5")
    assert len(links) == 3
    assert "style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg


def test_hostile_names_are_text_in_the_drawing():
    atlas = sample_atlas()
    atlas["regions"][0]["name"] = dict.fromkeys(("kk", "ru", "en"), '<img onerror=x> {{7*7}} "&')
    for page in (True, False):
        svg = to_svg(page_scene(atlas, OUTLINES, DEFAULTS, DEFAULTS), page=page)
        assert "<img" not in svg
        root = ET.fromstring(svg)
        assert "{{7*7}}" in "".join(root.itertext())


def test_the_page_drawing_is_small_and_made_quickly_enough_to_inline():
    real = load_outlines(ROOT / "seeds" / "boundaries" / "regions-500.geojson")
    svg = to_svg(page_scene(ATLAS, real, view("layers=gas~water~internet~industry"), DEFAULTS), page=True)
    assert len(brotli.compress(svg.encode(), quality=5)) < 13_000


def test_a_path_in_whole_steps_is_the_outline_to_half_a_pixel():
    part = drawn("view=7.0/43.50/68.00")
    data = path_data("KZ-61", part)
    numbers = [int(n) for n in re.findall(r"-?\d+", data)]
    rest_x, rest_y = rest_of_moves(part.projection)
    x, y = (numbers[0] + rest_x) / 2, (numbers[1] + rest_y) / 2
    assert (x, y) == pytest.approx(part.projection.at(66, 42), abs=0.26)
    assert data.count("z") == 1


def test_a_path_moves_with_the_map_and_keeps_its_shape():
    here, there = drawn("view=7.0/43.50/68.00"), drawn("view=7.0/43.91/67.13")
    first, second = (path_data("KZ-61", part) for part in (here, there))
    assert first.partition("l")[2] == second.partition("l")[2]
    moved = [b - a for a, b in zip(here.projection.at(66, 42), there.projection.at(66, 42), strict=True)]
    starts = [
        [(int(number) + rest) / 2 for number, rest in zip(data[1:].partition("l")[0].split(), rests, strict=True)]
        for data, rests in ((first, rest_of_moves(here.projection)), (second, rest_of_moves(there.projection)))
    ]
    assert [b - a for a, b in zip(*starts, strict=True)] == pytest.approx(moved)


def test_regions_outside_the_window_cost_nothing():
    part = drawn("view=12.0/43.50/68.00")
    assert path_data("KZ-71", part) == ""
    assert path_data("KZ-61", part) != ""


def test_a_picture_names_title_legend_sources_and_edition():
    for lang, words in {"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"}.items():
        scene = picture_scene(ATLAS, OUTLINES, view(f"layers=gas~water&lang={lang}"))
        root = ET.fromstring(to_svg(scene))
        said = "\n".join(root.itertext())
        assert words in said
        assert "Қамту" in said
        assert "OpenStreetMap" in said
        assert re.search(r"\b3\b", said)
        assert root.attrib["lang"] == lang


def test_a_comparison_is_two_maps_and_a_table_none():
    assert len(picture_scene(ATLAS, OUTLINES, view("compare=year:2024")).maps) == 2
    assert len(picture_scene(ATLAS, OUTLINES, view("compare=water")).maps) == 2
    assert not picture_scene(ATLAS, OUTLINES, view("mode=table")).maps


def test_serving_pictures_loads_no_geopandas_shapely_numpy_or_folium():
    code = (
        "import sys, webapp.previews, webapp.pictures, webapp.raster, webapp.drawing_svg\n"
        "heavy = {'geopandas', 'shapely', 'numpy', 'pandas', 'folium', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_dark_colours_reach_the_page_but_no_file():
    state = replace(view("layers=gas"), lang="en")
    scene = page_scene(ATLAS, OUTLINES, state, DEFAULTS)
    assert "light-dark(" in to_svg(scene, page=True)
    assert "var(--" in to_svg(scene, page=True)
    assert "light-dark(" not in to_svg(scene)
    assert "var(" not in to_svg(scene)
