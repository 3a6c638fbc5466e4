"""The atlas served as in earnest, and a browser to look at it: granian and Chromium in processes of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import free_port

ROOT = Path(__file__).resolve().parents[1]


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
    return browser_type.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", *flags])
