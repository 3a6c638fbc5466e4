"""The scripts and styles that Folium's page asks of third parties, fetched once by npm and served from this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import brotli
from flask import Flask, Response, abort

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "build" / "bench-peers"


def fetch_libraries() -> None:
    """Install what bench/package.json pins, once."""
    wanted = (HERE / "package.json").read_text("utf-8")
    FOLDER.mkdir(parents=True, exist_ok=True)
    stamp = FOLDER / "installed.json"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed. On Debian: apt-get install npm")
    (FOLDER / "package.json").write_text(wanted, "utf-8")
    subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)
    stamp.write_text(wanted, "utf-8")


def from_here(page: str) -> str:
    """A Folium page whose scripts and styles come from this server, under the names they have in their packages."""
    here = re.sub(r"https://[^\"']+/([\w.-]+\.(?:js|css))", r"/lib/\1", page)
    return re.sub(r"/lib/jquery-[\d.]+\.min\.js", "/lib/jquery.min.js", here)


def add_libraries(app: Flask) -> None:
    """Serve them at /lib/<name>, packed and to be kept, as a network of servers would; unknown ones are empty."""
    fetch_libraries()
    names = ("*.js", "*.css")
    files = {path.name: path for name in names for path in (FOLDER / "node_modules").rglob(name)}
    for package in ("leaflet", "drmonty-leaflet-awesome-markers"):  # their own, where two packages share a name
        files |= {path.name: path for name in names for path in (FOLDER / "node_modules" / package).rglob(name)}
    packed: dict[str, bytes] = {}

    @app.get("/lib/<name>")
    def library(name: str) -> Response:
        kind = {"js": "text/javascript", "css": "text/css"}.get(name.rsplit(".", 1)[-1])
        if kind is None:
            abort(404)
        if name not in packed:
            packed[name] = brotli.compress(files[name].read_bytes() if name in files else b"", quality=11)
        head = {"Content-Encoding": "br", "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(packed[name], mimetype=kind, headers=head)
