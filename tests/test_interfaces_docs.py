"""docs/interfaces.md: its commands are run as they stand, against the atlas of the project's own bulletins."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "interfaces.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"


def blocks(kind):
    return re.findall(rf"```{kind} run\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("interfaces")


def test_the_shell_examples_give_what_they_say(folder, served_atlas):
    for block in blocks("sh"):
        script = block.replace(ADDRESS, served_atlas)
        subprocess.run(["sh", "-e", "-c", script], cwd=folder, check=True, timeout=120)
    assert set(pd.read_csv(folder / "gas.csv").layer) == {"gas"}
    assert pd.read_excel(folder / "turkistan.xlsx").regions.str.contains("KZ-61").all()
    assert len(json.loads((folder / "layers.json").read_text("utf-8"))["layers"]) == 4
    assert json.loads((folder / "water.json").read_text("utf-8"))["total"] > 0
    assert "promises" in json.loads((folder / "overdue.json").read_text("utf-8"))


def test_the_python_example_gives_a_map_that_works_alone(folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    for block in blocks("python"):
        program = block + "\nassert gas.crs.to_epsg() == 4326 and len(gas) > 20\n"
        subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, check=True, timeout=120)
    page = (folder / "map.html").read_text("utf-8")
    assert "KZ-61" in page
    assert not re.search(r"""src=["']https?://|<link[^>]+https?://|@import""", page)  # links may lead out, assets not
