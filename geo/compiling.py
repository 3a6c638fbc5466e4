"""Machine code of geo/reading from its own sources, by mypyc: the same figures, about twice as fast.

mypyc checks the types of what it compiles, so this is also the check that the annotations of geo/reading are true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from geo.compiled import SHELF, folder_for, sources_of
from geo.errors import QamtuError

GEO = Path(__file__).resolve().parent
READING = GEO / "reading"
# All modules in one library, so that calls between them are direct; that library lies inside the package as well.
_SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import setup

options = ["--ignore-missing-imports", "--follow-imports=silent"]
modules = mypycify([*options, *sys.argv[2:]], group_name="geo.reading.machine")
sys.argv[2:] = ["--build-lib", "made"]
setup(name="geo.reading", ext_modules=modules)
"""
_TOLD = 15  # last lines of a compiler that failed
_KEPT = 3  # folders of earlier sources


def compile_reading(say: Callable[[str], None]) -> Path:
    """The folder of the compiled modules, made where they are not there yet; takes about a minute.

    Raises QamtuError with the compiler's last words where there is no C compiler, or a type is not what it says.
    """
    folder = folder_for(READING)
    if folder.is_dir():
        return folder
    say(f"Compiling geo/reading into {folder}; this is done once for these sources, and takes about a minute.")
    SHELF.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SHELF, prefix=".half-") as work:
        made = _build(Path(work))
        try:
            made.rename(folder)
        except OSError:  # another process was faster
            if not folder.is_dir():
                raise
    _forget_old(keep=folder)
    return folder


def _build(work: Path) -> Path:
    """Compile a copy of the sources in ``work``: mypyc writes beside what it reads."""
    for path in GEO.rglob("*.py"):
        copy = work / "geo" / path.relative_to(GEO)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (work / "setup.py").write_text(_SETUP, "utf-8")
    modules = [str(Path("geo", "reading", path.name)) for path in sources_of(READING)]
    command = [sys.executable, "setup.py", "build_ext", *modules]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    made = work / "made" / "geo" / "reading"
    if done.returncode or not made.is_dir():
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_TOLD:])
        raise QamtuError(
            f"geo/reading could not be compiled; Python goes on reading it. The last words were:\n{last}\n"
            "A C compiler and Python's headers are needed; on Debian and Ubuntu: apt install gcc python3-dev"
        )
    return made


def _forget_old(keep: Path) -> None:
    """Remove what was compiled from sources of long ago."""
    folders = [path for path in SHELF.iterdir() if path.is_dir() and path != keep and not path.name.startswith(".")]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
