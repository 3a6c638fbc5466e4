"""The atlas served as in earnest: granian in a process of its own, on a free port of loopback."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

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
