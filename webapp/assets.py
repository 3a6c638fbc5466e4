"""Static files under addresses that change with their content, and the import map that gives modules such addresses.

A module imports its neighbour by a plain relative path; the import map turns that path into the one with ``?v=<hash>``,
so that every file may be kept by browsers and caches for ever.
"""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from webapp.responses import FOREVER, Packed, packed_response

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/json", ".topojson")
mimetypes.add_type("application/manifest+json", ".webmanifest")
HIDDEN = (".md", ".toml")  # notes beside vendored files stay in the repository


class Assets:
    """Content hashes of the static folder; a file changed on disk gets its new hash at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packed: dict[str, tuple[int, Packed]] = {}
        self.import_map = self.make_import_map()  # fixed for the life of the process: its hash stands in the CSP

    def get(self, name: str) -> Packed | None:
        """The file's bytes with its hash and packed forms; None where there is no such file."""
        path = safe_join(str(self.folder), name)
        if path is None or any(part.startswith(".") for part in Path(name).parts) or name.endswith(HIDDEN):
            return None
        file = Path(path)
        try:
            stamp = file.stat().st_mtime_ns
            known = self.packed.get(name)
            if known is None or known[0] != stamp:
                known = (stamp, Packed(file.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"))
                self.packed[name] = known
        except (OSError, ValueError):
            return None
        return known[1]

    def url(self, name: str) -> str:
        """``/static/<name>?v=<hash>``; without a hash where the file does not exist (yet)."""
        packed = self.get(name)
        return f"/static/{name}?v={packed.etag[:10]}" if packed else f"/static/{name}"

    def make_import_map(self) -> str:
        """JSON text of the import map: every module of static/js, and the bare names of static/importmap.json."""
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob("js/**/*.js"))
        imports = {f"/static/{name}": self.url(name) for name in names}
        extra = self.folder / "importmap.json"
        if extra.is_file():
            bare = json.loads(extra.read_text("utf-8"))["imports"]
            imports.update({key: self.url(target.removeprefix("/static/")) for key, target in bare.items()})
        return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


def init_assets(app: Flask, folder: Path) -> Assets:
    """Serves ``/static/…`` and gives templates ``static_url(name)`` and ``import_map``."""
    assets = Assets(folder)
    app.extensions["qamtu_assets"] = assets
    app.add_url_rule("/static/<path:name>", "static", lambda name: serve(assets, name))
    return assets


def serve(assets: Assets, name: str) -> Response:
    packed = assets.get(name)
    if packed is None:
        abort(404)
    current = request.args.get("v") == packed.etag[:10]
    return packed_response(packed, FOREVER if current else "public, max-age=0, must-revalidate")
