"""TopoJSON decoded by the page's scripts: the same places as in the file, whatever way round an arc is used."""

from pathlib import Path

import pytest
from serving import serve_files

ROOT = Path(__file__).parent.parent
# Two squares side by side that share their border (arc 0), the right one with a hole; a point and a line.
QUANTISED = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.25], "translate": [60, 40]},
    "objects": {
        "places": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "left", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"id": "right"}, "arcs": [[[-1, 2], [3]]]},
                {"type": "Point", "properties": {"id": "seat"}, "coordinates": [4, 8]},
                {"type": "LineString", "properties": {"id": "river"}, "arcs": [1]},
                {"type": "MultiLineString", "properties": {"id": "roads"}, "arcs": [[1], [0]]},
                {"type": None, "properties": {"id": "nowhere"}},
            ],
        }
    },
    "arcs": [
        [[4, 0], [0, 8]],
        [[4, 8], [-4, 0], [0, -8], [4, 0]],
        [[4, 0], [8, 0], [0, 8], [-8, 0]],
        [[6, 2], [0, 2], [2, 0], [0, -2], [-2, 0]],
    ],
}
PLAIN = {
    "type": "Topology",
    "objects": {
        "places": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "a", "arcs": [[0]]}]}
    },
    "arcs": [[[60, 40], [62, 40], [62, 42], [60, 40]]],
}
LEFT = [[62, 40], [62, 42], [60, 42], [60, 40], [62, 40]]
RIGHT = [[62, 42], [62, 40], [66, 40], [66, 42], [62, 42]]
HOLE = [[63, 40.5], [63, 41], [64, 41], [64, 40.5], [63, 40.5]]
DECODE = """async (topology) => {
  const { featuresOf } = await import("/static/js/topology.js");
  const degrees = ([x, y]) => [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
  const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => degrees([flat[2 * at], flat[2 * at + 1]]));
  return featuresOf(topology).features.map((feature) => ({
    id: feature.id, geometry: feature.geometry,
    rings: feature.geometry?.type.endsWith("Polygon")
      ? feature.rings.map(({ corners, box }) => ({ corners: pairs([...corners]), box: pairs(box) })) : [],
  }));
}"""


@pytest.fixture(scope="module")
def decode(browser):
    """``decode(topology)`` of topology.js in a real Chromium."""
    with serve_files(ROOT) as address:
        page = browser.new_page()
        page.goto(f"{address}/static/js/topology.js")
        yield lambda topology: {feature["id"]: feature for feature in page.evaluate(DECODE, topology)}
        page.close()


@pytest.mark.browser
def test_shapes_are_those_of_the_file(decode):
    shapes = {id_: feature["geometry"] for id_, feature in decode(QUANTISED).items()}
    assert shapes == {
        "left": {"type": "Polygon", "coordinates": [LEFT]},
        "right": {"type": "MultiPolygon", "coordinates": [[RIGHT, HOLE]]},
        "seat": {"type": "Point", "coordinates": [62, 42]},
        "river": {"type": "LineString", "coordinates": [[62, 42], [60, 42], [60, 40], [62, 40]]},
        "roads": {"type": "MultiLineString", "coordinates": [LEFT[1:], LEFT[:2]]},
        "nowhere": None,
    }


@pytest.mark.browser
def test_rings_for_drawing_have_the_same_corners(decode):
    found = decode(QUANTISED)
    for id_, outlines in (("left", [LEFT]), ("right", [RIGHT, HOLE])):
        for ring, outline in zip(found[id_]["rings"], outlines, strict=True):
            assert len(ring["corners"]) == len(outline) - 1, "a closed ring's last corner is its first"
            for corner, place in zip(ring["corners"], outline, strict=False):
                assert corner == pytest.approx(place, abs=1e-9)
            (west, north), (east, south) = ring["box"]
            lons, lats = zip(*outline, strict=True)
            assert (west, south, east, north) == pytest.approx((min(lons), min(lats), max(lons), max(lats)))


@pytest.mark.browser
def test_a_topology_that_is_not_quantised_is_read_as_well(decode):
    [feature] = decode(PLAIN).values()
    assert feature["geometry"]["coordinates"] == PLAIN["arcs"]
    assert feature["rings"][0]["corners"][2] == pytest.approx([62, 42])
