"""Takes the pictures of README.md from the real atlas: ``.venv/bin/python docs/images/make.py http://127.0.0.1:8000``."""

import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LARGEST = 250_000  # bytes of one picture
FOUR = "layers=gas~water~internet~industry"
PICTURES = {  # name → (window, address, what must be there before the picture is taken)
    "map": (DESKTOP, "/?layers=gas&lang=en", "#legend .legend-layer"),
    "panel": (DESKTOP, "/?layers=gas~water&place=KZ-61&lang=en", "#panel details.figure"),
    "table": (DESKTOP, f"/?{FOUR}&mode=table&lang=en", "#table tbody tr"),
    "phone": (PHONE, "/?layers=gas&lang=kk", "#legend"),
}


def main(server: str) -> None:
    """Four PNG files beside this script; a figure of the panel is opened to show its sentence."""
    path = os.environ.get("QAMTU_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, (window, address, ready) in PICTURES.items():
            phone = window is PHONE
            context = browser.new_context(viewport=window, is_mobile=phone, has_touch=phone, reduced_motion="reduce")
            page = context.new_page()
            page.goto(server + address)
            page.wait_for_selector("html[data-ready=yes]")
            page.wait_for_selector(ready)
            if name == "panel":
                page.locator("#panel details.figure summary").first.click()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            save(page, HERE / f"{name}.png")
            context.close()
        browser.close()


def save(page: Page, path: Path) -> None:
    """The window as PNG with a palette of 256 colours: enough for paper and ink, a third of the bytes."""
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes; {LARGEST} are allowed.")
    sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
