"""The map, panel and table at fixed links look as the pictures in tests/screenshots, within what drawing may differ.

New pictures after a wanted change: ``QAMTU_NEW_SCREENSHOTS=1 python run.py test tests/test_screenshots.py``, then look
at them before they are kept.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from serving import READY

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parent / "screenshots"
CHROMIUM = "156."  # the version that took them: another one draws letters and lines a little differently
WINDOW = {"width": 1200, "height": 800}
LARGEST = 150_000  # bytes of one picture
FAR = 40  # of 255: a pixel that differs by more counts
ALLOWED = 0.01  # share of pixels that may

VIEWS = {
    "map": ("/?layers=gas~water&year=2025&lang=en", "#legend .legend-layer"),
    "panel": ("/?layers=gas&year=2025&place=KZ-61&lang=kk", "#panel details.figure"),
    "table": ("/?layers=gas~water&year=2025&mode=table&lang=ru", "#table tbody tr"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_view_looks_as_its_picture(browser, small_address, name):
    if not browser.version.startswith(CHROMIUM):
        pytest.skip(f"the pictures were taken with Chromium {CHROMIUM}x, this is {browser.version}: letters differ")
    query, ready = VIEWS[name]
    context = browser.new_context(viewport=WINDOW, reduced_motion="reduce", color_scheme="light")
    page = context.new_page()
    page.goto(small_address + query)
    page.wait_for_selector(READY)
    page.wait_for_selector(ready)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    kept = PICTURES / f"{name}.png"
    if os.environ.get("QAMTU_NEW_SCREENSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        seen.quantize(256, dither=Image.Dither.NONE).save(kept, optimize=True)
    with Image.open(kept) as picture:
        share = differing(picture.convert("RGB"), seen)
    assert share <= ALLOWED, f"{share:.1%} of the pixels differ from {kept.name}"


def differing(one, other):
    """The share of pixels whose brightness differs by more than FAR."""
    assert one.size == other.size
    far = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > FAR else 0)
    return far.histogram()[255] / (one.width * one.height)


def test_a_change_is_seen():
    plain = Image.new("RGB", (100, 100), "white")
    changed = plain.copy()
    changed.paste("black", (0, 0, 20, 20))
    assert differing(plain, plain) == 0
    assert differing(plain, changed) == pytest.approx(0.04)


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.png")), ids=lambda path: path.name)
def test_the_pictures_are_small(path):
    assert path.stat().st_size <= LARGEST
