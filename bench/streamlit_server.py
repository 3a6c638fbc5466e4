"""The server of the streamlit-folium peer: it has its own, in place of granian."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from bench.atlas import ROOT, free_port, server

QUIET = {"server.headless": "true", "server.fileWatcherType": "none", "browser.gatherUsageStats": "false"}


@contextlib.contextmanager
def streamlit(data: str, libraries: str) -> Iterator[str]:
    """The address of bench/streamlit_app.py over the data folder ``data``; ``libraries``: of the server with /lib/…"""
    port = free_port()
    options = {**QUIET, "server.address": "127.0.0.1", "server.port": str(port)}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "bench" / "streamlit_app.py")]
    command += [f"--{name}={value}" for name, value in options.items()]
    with server(command, port, {"QAMTU_DATA": data, "QAMTU_BENCH_LIBRARIES": libraries}):
        yield f"http://127.0.0.1:{port}"
