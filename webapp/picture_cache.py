"""Finished pictures on disk, by key: small, shared by all workers, the ones used longest ago thrown out first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

PAINTERS = (
    "drawing*.py",
    "pictures.py",
    "picture_*",
    "raster.py",
    "scene.py",
    "outlines.py",
    "view_*",
    "palettes.json",
)


class PictureCache:
    """``folder`` holds at most about ``limit`` bytes; a disk that cannot be written only costs time."""

    def __init__(self, folder: Path, limit: int = 64_000_000) -> None:
        self.folder = folder
        self.limit = limit

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The picture under ``key``, painted now where it is not there."""
        path = self.folder / hashlib.sha256(f"{painters()}\n{key}".encode()).hexdigest()[:40]
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            os.utime(path)
            return data
        data = make()
        with contextlib.suppress(OSError):
            self._keep(path, data)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        """Written aside and moved into place: no worker reads half a picture."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
        self._trim()

    def _trim(self) -> None:
        entries = []
        for entry in os.scandir(self.folder):
            try:
                stat = entry.stat()
            except FileNotFoundError:
                continue
            entries.append((stat.st_mtime_ns, stat.st_size, entry.path))
        total = sum(size for _, size, _ in entries)
        for _, size, name in sorted(entries):
            if total <= self.limit:
                break
            Path(name).unlink(missing_ok=True)
            total -= size


@cache
def painters() -> str:
    """Hash of the code and data that paint: a new release paints anew."""
    here = Path(__file__).parent
    files = sorted({path for pattern in PAINTERS for path in here.glob(pattern)})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
