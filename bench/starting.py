"""How soon a serving process answers: importing and making the application, and its first page."""

from __future__ import annotations

import os
import subprocess
import sys

from bench.atlas import ROOT, folder
from bench.measure import Row, Section, middle, runs, spread

MAKE = """
import time
started = time.perf_counter()
from webapp import create_app
client = create_app().test_client()
assert client.get("/healthz").status_code == 200
made = time.perf_counter()
assert client.get("/?lang=kk", headers={"Accept-Encoding": "br"}).status_code == 200
print(made - started, time.perf_counter() - made)
import sys
assert not {"geopandas", "folium", "pandas"} & set(sys.modules)
"""


def measure() -> Section:
    """Seconds in a new interpreter that has imported nothing yet."""
    environment = {**os.environ, "QAMTU_DATA": str(folder())}
    found = []
    for _ in range(runs(7) + 1):
        said = subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=environment, capture_output=True, check=True)
        found.append([float(part) for part in said.stdout.split()])
    ready, first = (spread(list(values)) for values in zip(*found[1:], strict=True))  # the first one wrote .pyc files
    return Section(
        "Starting",
        (
            Row("from import to the first answer", "s", ready, {}, "≤ 0.5 s", middle(ready) <= 0.5),
            Row("the first page after that", "s", first),
        ),
        ("flask", "granian"),
        "Without geopandas, pandas and folium, which is checked.",
    )
