"""Pictures from the real application: exactly the view, different when and only when it differs, kept and frozen."""

from __future__ import annotations

import io
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image, ImageChops
from published import FIRST, SECOND, publish
from sample_atlas import sample_atlas, sample_outlines
from test_links import states

from geo.model import LAYERS
from webapp import create_app
from webapp.links import default_view
from webapp.outlines import parse_outlines
from webapp.picture_cache import PictureCache
from webapp.pictures import picture_key, picture_scene
from webapp.raster import to_image, to_png
from webapp.scene import FONT_FILES
from webapp.settings import load_settings

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
ATLAS = sample_atlas()
OUTLINES = parse_outlines(sample_outlines())
DEFAULTS = default_view(ATLAS)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    publish(folder, FIRST, "doc-a")
    return folder


@pytest.fixture(scope="module")
def client(data):
    return create_app(load_settings({}, data=data)).test_client()


def open_png(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def same_pixels(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(open_png(one), open_png(other)).getbbox() is None


VIEWS = [
    "",
    "lang=ru",
    "lang=en",
    "layers=water",
    "layers=gas~water",
    "layers=water~gas",
    "layers=none",
    "layers=gas~water~internet~industry",
    "year=2024",
    "year=2023",
    "show=actual",
    "show=plan",
    "place=KZ-61",
    "view=6.2/43.30/68.25",
    "view=6.2/43.35/68.25",
    "view=9.0/43.30/68.25",
    "gas.c=viridis",
    "gas.k=jenks-3",
    "gas.o=50",
    "gas.f=5",
    "layers=internet",
    "layers=internet&internet=settlements",
    "compare=year:2024",
    "compare=water",
    "mode=table",
    "mode=table&sort=-gas",
    "edition=1",
]
SAME = [
    ("", "place=KZ"),
    ("", "v=1&lang=kk"),
    ("", "embed=1"),
    ("", "obs=gone"),
    ("", "utm_source=telegram"),
    ("", "water.c=viridis"),
    ("", "sort=name"),
    ("layers=gas~water", "layers=gas%7Ewater&year=2025"),
    ("mode=table", "mode=table&view=6.2/43.30/68.25"),
]


@pytest.fixture(scope="module")
def pictures(client):
    return {query: client.get(f"/preview.png?{query}").data for query in VIEWS}


def test_every_view_has_a_picture_of_its_own(pictures):
    assert {open_png(data).size for data in pictures.values()} == {(1200, 630)}
    for one, other in itertools.combinations(VIEWS, 2):
        assert not same_pixels(pictures[one], pictures[other]), (one, other)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_a_picture_does_not_show_does_not_change_it(client, one, other):
    first, second = client.get(f"/preview.png?{one}"), client.get(f"/preview.png?{other}")
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(states, states)
def test_a_picture_depends_on_nothing_but_its_key(one, other):
    hidden = replace(one, embed=not one.embed)
    if one.mode == "map":
        hidden = replace(hidden, sort=other.sort)
    for number, layer in enumerate(LAYERS):
        if layer not in (*one.layers, one.compare):
            hidden = replace(
                hidden, styles=(*hidden.styles[:number], other.styles[number], *hidden.styles[number + 1 :])
            )
    assert picture_key(hidden) == picture_key(one)
    assert picture_of(hidden) == picture_of(one) == picture_of(picture_key(one))


def picture_of(state) -> bytes:
    return to_png(picture_scene(ATLAS, OUTLINES, state), 400)


def test_an_open_figure_is_said_in_the_picture():
    state = replace(DEFAULTS, obs="o1", place="KZ-61", lang="en")
    scene = picture_scene(ATLAS, OUTLINES, state)
    assert "85.5%" in scene.description
    assert scene.description != picture_scene(ATLAS, OUTLINES, replace(state, obs=None)).description
    assert picture_of(state) != picture_of(replace(state, obs=None))


def test_a_frozen_picture_is_kept_for_ever_and_a_live_one_is_not(client):
    frozen, live = client.get("/preview.png?edition=1"), client.get("/preview.png")
    assert "immutable" in frozen.headers["Cache-Control"]
    assert "immutable" not in live.headers["Cache-Control"]
    assert "immutable" not in client.get("/preview.png?edition=99").headers["Cache-Control"]
    again = client.get("/preview.png?edition=1", headers={"If-None-Match": frozen.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_frozen_picture_is_the_same_after_another_edition(tmp_path):
    publish(tmp_path, FIRST, "doc-a")
    client = create_app(load_settings({}, data=tmp_path, edition_poll_seconds=0.0)).test_client()
    before, live = client.get("/preview.png?edition=1").data, client.get("/preview.png").data
    publish(tmp_path, SECOND, "doc-b", "2026-02-20")
    fresh = create_app(load_settings({}, data=tmp_path)).test_client()
    assert fresh.get("/preview.png?edition=1").data == before
    assert fresh.get("/preview.png").data != live
    assert client.get("/preview.png").data != live, "a running server goes on to the new edition"


def test_widths_are_obeyed_or_refused_by_name(client):
    assert open_png(client.get("/map.png?layers=gas&width=800").data).size == (800, 420)
    for width in ("0", "199", "2401", "-5", "1e3", "x" * 500, "١٢٣"):
        answer = client.get("/map.png", query_string={"width": width}, headers={"Accept": "application/json"})
        assert answer.status_code == 400
        assert "200" in answer.json["error"]["message"]


def test_the_drawing_is_a_whole_svg_file(client):
    answer = client.get("/map.svg?layers=gas~industry&lang=kk")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg xmlns=")
    assert "Түркістан".encode() in answer.data


def test_every_kazakh_letter_has_a_glyph_in_both_weights():
    from PIL import ImageFont

    for path in FONT_FILES.values():
        face = ImageFont.truetype(str(path), 40)
        nothing = bytes(face.getmask("\U000e0fff"))
        for letter in KAZAKH + "≈≤→«»–·₸№":
            assert bytes(face.getmask(letter)) != nothing, (path.name, letter)


def test_letters_lie_over_the_shapes():
    scene = picture_scene(ATLAS, OUTLINES, DEFAULTS)
    image = to_image(scene)
    title = image.crop((20, 10, 700, 60))
    assert min(title.convert("L").getextrema()) < 60, "the title is printed in ink"


def test_the_cache_holds_no_more_than_its_limit_and_paints_once(tmp_path):
    made = []

    def make(number: int):
        return lambda: made.append(number) or bytes([number]) * 1000

    cache = PictureCache(tmp_path, limit=5000)
    for number in range(20):
        assert cache.get(f"view {number}", make(number)) == bytes([number]) * 1000
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5000
    assert cache.get("view 19", make(19)) == bytes([19]) * 1000
    assert made == list(range(20))


def test_many_at_once_get_whole_pictures(tmp_path):
    cache, answers = PictureCache(tmp_path), []
    wanted = b"x" * 200_000
    threads = [threading.Thread(target=lambda: answers.append(cache.get("one", lambda: wanted))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [wanted] * 12
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_disk_that_cannot_be_written_only_costs_time(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert PictureCache(tmp_path / "file").get("key", lambda: b"picture") == b"picture"


def test_threads_that_paint_at_once_paint_the_same():
    states = [replace(DEFAULTS, lang=lang, year=year) for lang in ("kk", "ru", "en") for year in range(2018, 2026)]
    alone = [picture_of(state) for state in states]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(picture_of, states)) == alone
