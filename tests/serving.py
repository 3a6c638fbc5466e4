"""The atlas served as in earnest, and a browser to look at it: servers on free ports of loopback, and a Chromium."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import free_port
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parents[1]
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
READY = "html[data-ready=yes]"
PATIENCE = 120_000  # ms until what a test waits for in a window counts as failed; a busy machine makes all slow
LAYERS_ON = """() => Object.entries(qamtuShell.layers).filter(([, { group }]) => qamtuShell.map.hasLayer(group))
  .map(([id]) => id)"""
# Chromium heeds only the last --disable-features, so what Playwright switches off is said again. The suggestions under
# the address bar would be drawn beforehand in each window, which costs as much as the page.
DISABLED = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "OptimizationHints"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)


# servers --------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serve(data, *, port=None, **settings):
    """The address of a server over the data folder; ``settings`` are QAMTU_ variables by their lower-case names."""
    port = port or free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--port", str(port)]
    given = {f"QAMTU_{name.upper()}": str(value) for name, value in settings.items()}
    options = {"cwd": ROOT, "env": {**os.environ, "QAMTU_DATA": str(data), **given}, "stdout": subprocess.DEVNULL}
    with subprocess.Popen([*granian, "webapp:create_app"], **options) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()


def wait_for(address, seconds=30):
    """Until the address answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def serve_app(app):
    """The address of ``app``, served by threads of this process, so that tests may look into it."""
    with in_a_thread(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield address


@contextlib.contextmanager
def serve_files(folder):
    """The address of a plain file server over ``folder``, as any web space would give it."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with in_a_thread(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        yield address


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        del arguments


@contextlib.contextmanager
def in_a_thread(server):
    """The address of a bound server, which serves until the end."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


# the browser ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def chromium():
    """A headless Chromium; the test is skipped, saying why, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is a requirement of the tests")
    with sync_api.sync_playwright() as playwright:
        opened = launch_chromium(playwright.chromium)
        yield opened
        opened.close()


def launch_chromium(browser_type, *flags):
    """One more Chromium beside that of the fixture, for a test that needs it started in its own way."""
    path = os.environ.get("QAMTU_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: set QAMTU_CHROMIUM")
    args = ["--no-sandbox", "--disable-gpu", f"--disable-features={','.join(DISABLED)}", *flags]
    opened = browser_type.launch(executable_path=path, args=args)
    opened.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return opened


@contextlib.contextmanager
def windows(browser, address, **usual):
    """``open_page(path)`` opens a page of ``address`` in a window of its own and gives it once it is ready.

    ``usual`` are options of every window, to which ``open_page`` may add. What is asked for stands in ``page.asked``;
    ``page.phone`` tells whether it is one. All windows are shut at the end, and what no page may do fails the test
    then: an error of a script, a dialog, a request to anybody but ``address`` and the origins in ``also``.
    """
    opened, wrong = [], []

    def open_page(path, *, address=address, ready=READY, also=(), **options):
        context = browser.new_context(**{**usual, **options})
        opened.append(context)
        page = context.new_page()
        page.phone = bool({**usual, **options}.get("is_mobile"))
        page.asked = []
        own = (address, "data:", "blob:", "about:", *also)

        def ask(request):
            page.asked.append(request.url)
            if not request.url.startswith(own):
                wrong.append(f"asked elsewhere: {request.url}")

        page.on("request", ask)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address + path)
        if ready:
            page.wait_for_selector(ready)
        return page

    try:
        yield open_page
    finally:
        for context in opened:
            context.close()
    assert wrong == []


def boxes_of(page, css):
    """[left, top, right, bottom] in the window of every element that ``css`` finds, px; asked for at once."""
    return page.evaluate(
        "css => [...document.querySelectorAll(css)].map((node) => { const box = node.getBoundingClientRect();"
        " return [box.left, box.top, box.right, box.bottom]; })",
        css,
    )


def query_of(page):
    """The address bar's parameters, each once."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_query(page, **wanted):
    """Until the address bar says so; it is written a moment after the view has changed."""
    page.wait_for_function(
        "wanted => { const now = new URLSearchParams(location.search);"
        " return Object.entries(wanted).every(([key, value]) => now.get(key) === value); }",
        arg=wanted,
    )


# fixtures -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def served_atlas(real_folder):
    """The address of a server over the atlas of seeds/."""
    with serve(real_folder) as address:
        yield address


@pytest.fixture(scope="session")
def small_address(app):
    """The address of the small atlas (tests/small_atlas.py), whose figures do not change with the bulletins."""
    with serve_app(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium of the test file's own; each test opens its own window in it."""
    with chromium() as opened:
        yield opened


@pytest.fixture(params=["desktop", "phone"])
def explore(request, browser, served_atlas):
    """``explore(query)`` opens the map of seeds/, on a desktop and on a phone, as ``windows`` does."""
    with windows(browser, served_atlas, **(PHONE if request.param == "phone" else DESKTOP)) as open_page:
        yield lambda query="", **options: open_page(f"/?{query}", **options)


@pytest.fixture
def visit(browser, served_atlas):
    """``visit(query)`` opens the map of seeds/ on a desktop, as ``windows`` does."""
    with windows(browser, served_atlas, **DESKTOP) as open_page:
        yield lambda query="", **options: open_page(f"/?{query}", **options)


@pytest.fixture
def visit_small(browser, small_address):
    """``visit_small(query)`` opens the map of the small atlas on a desktop, as ``windows`` does."""
    with windows(browser, small_address, **DESKTOP) as open_page:
        yield lambda query="", *, path="/", **options: open_page(f"{path}?{query}", **options)
