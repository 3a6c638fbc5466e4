"""The machine code of the reading: made from these very sources, the same figures, and never older than its sources."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prepare import can_compile_for_python

from geo import compiled, compiling
from geo.documents import load_document
from geo.errors import QamtuError
from geo.gazetteer import load_gazetteer
from geo.reading import read_document
from geo.records import to_record

ROOT = Path(__file__).resolve().parent.parent
TEXTS = sorted([*(ROOT / "tests" / "gold" / "press").glob("*.txt"), *(ROOT / "seeds" / "documents").glob("*.txt")])
READ_ALL = """
import json, sys
from pathlib import Path
import geo.reading.figures
from test_compiled import told_of
json.dump([geo.reading.figures.__file__, [told_of(Path(path)) for path in sys.argv[1:]]], sys.stdout)
"""


def told_of(path: Path) -> list:
    """Everything that the reading says of a text."""
    reading = read_document(load_document(path), load_gazetteer())
    observations = [to_record(observation) for observation in reading.observations]
    skipped = [[list(item.span), item.text, item.reason] for item in reading.skipped]
    return [observations, skipped, list(reading.inferred), list(reading.home), str(reading.document.date)]


@pytest.fixture(scope="module")
def machine_code():
    """The compiled modules, kept from run to run for the same sources."""
    if not shutil.which("cc") or not can_compile_for_python():
        pytest.skip("there is no C compiler with the headers of this Python here")
    return compiling.compile_reading(lambda _: None)


def test_machine_code_reads_the_same(machine_code):
    environment = {**os.environ, "QAMTU_COMPILED": "yes", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", READ_ALL, *map(str, TEXTS)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, cwd=ROOT)
    where, found = json.loads(done.stdout)
    assert Path(where).suffix in (".so", ".pyd"), "Python was read, not its machine code"
    here = json.loads(json.dumps([told_of(path) for path in TEXTS]))
    assert len(found) == len(here) > 50
    for path, theirs, ours in zip(TEXTS, found, here, strict=True):
        assert theirs == ours, path.name


def test_tests_read_by_python():
    assert Path(sys.modules["geo.reading.figures"].__file__).suffix == ".py"


def test_a_changed_source_has_no_machine_code(tmp_path, monkeypatch):
    package = tmp_path / "reading"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "rules.py").write_text("LIMIT = 1\n", "utf-8")
    monkeypatch.setattr(compiled, "SHELF", tmp_path / "shelf")
    monkeypatch.setenv("QAMTU_COMPILED", "yes")
    assert compiled.compiled_folder(package) is None
    folder = compiled.folder_for(package)
    folder.mkdir(parents=True)
    assert compiled.compiled_folder(package) == folder
    (package / "__init__.py").write_text("# only looks for the rest\n", "utf-8")
    assert compiled.compiled_folder(package) == folder
    (package / "rules.py").write_text("LIMIT = 2\n", "utf-8")
    assert compiled.compiled_folder(package) is None


@pytest.mark.parametrize("word", ["no", "NO", " off ", "0"])
def test_machine_code_can_be_left_aside(tmp_path, monkeypatch, word):
    monkeypatch.setattr(compiled, "SHELF", tmp_path)
    compiled.folder_for(compiling.READING).mkdir()
    monkeypatch.setenv("QAMTU_COMPILED", "yes")
    assert compiled.compiled_folder(compiling.READING) is not None
    monkeypatch.setenv("QAMTU_COMPILED", word)
    assert compiled.compiled_folder(compiling.READING) is None


def test_a_compiler_that_fails_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "SHELF", tmp_path)
    monkeypatch.setattr(compiling, "SHELF", tmp_path)
    monkeypatch.setattr(compiling, "_SETUP", "raise SystemExit('no compiler: cc')")
    with pytest.raises(QamtuError, match=r"no compiler: cc\n.*apt install gcc python3-dev"):
        compiling.compile_reading(lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_only_few_older_folders_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "SHELF", tmp_path)
    monkeypatch.setattr(compiling, "SHELF", tmp_path)
    for age in range(6):
        (tmp_path / f"older-{age}").mkdir()
        os.utime(tmp_path / f"older-{age}", (age, age))
    monkeypatch.setattr(compiling, "_build", lambda work: (work / "made").mkdir() or work / "made")
    made = compiling.compile_reading(lambda _: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([made.name, "older-3", "older-4", "older-5"])
