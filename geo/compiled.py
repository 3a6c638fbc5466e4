"""Where the machine code of geo/reading lies, if it was made (geo/compiling.py); else Python reads, to the same end.

It lies in a folder named after the hash of the sources, so that it never outlives a change of them: an edited source,
another Python or another machine find none of their own. Stdlib only, for every start asks here.
"""

from __future__ import annotations

import hashlib
import os
import sysconfig
from pathlib import Path

SHELF = Path(__file__).resolve().parent.parent / "build" / "reading"
OFF = ("0", "no", "off")


def compiled_folder(package: Path) -> Path | None:
    """The folder of the package's compiled modules; None where there is none, or QAMTU_COMPILED says not to use it."""
    if os.environ.get("QAMTU_COMPILED", "").strip().lower() in OFF or not SHELF.is_dir():
        return None
    folder = folder_for(package)
    return folder if folder.is_dir() else None


def folder_for(package: Path) -> Path:
    """Where the compiled modules of these sources for this Python belong, whether they are there or not."""
    digest = hashlib.sha256((sysconfig.get_config_var("EXT_SUFFIX") or "").encode())
    for path in sources_of(package):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return SHELF / digest.hexdigest()[:16]


def sources_of(package: Path) -> list[Path]:
    """The modules to compile: all but the package's own, which looks for the compiled ones."""
    return sorted(path for path in package.glob("*.py") if path.name != "__init__.py")
