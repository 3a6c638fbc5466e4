"""Static files under addresses that change with their content, and the import map that gives modules such addresses.

A module imports its neighbour by a plain relative path; the import map turns that path into the one with ``?v=<hash>``,
so that every file may be kept by browsers and caches for ever.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
from pathlib import Path

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from webapp.bundling import COMPILE_AHEAD, bare, bundles, joined_styles
from webapp.first_styles import first_styles, names_in, without_fonts
from webapp.responses import FOREVER, Packed, pack_brotli, pack_gzip, packed_response

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/json", ".topojson")
mimetypes.add_type("application/manifest+json", ".webmanifest")
# The map page's sheets. What its first frame needs of them stands in the page itself and waits for no second answer;
# all of them, in one piece, follow after it.
MAP_STYLES = (
    *("css/tokens.css", "css/base.css", "css/components.css"),
    *(
        "vendor/leaflet-1.9.4/leaflet.css",
        "css/map.css",
        "css/first-map.css",
        "css/story.css",
        "css/map-tools.css",
        "css/print.css",
    ),
)
MAP_SHEET = "bundle/map.css"
LIBRARIES = ("vendor/leaflet-1.9.4/leaflet.js",)
# Leaflet asks old browsers for their VML and catches the error; to say where that was, V8 parses all of it once more.
NO_VML = "document.namespaces ??= { add() {} };\n"
LIBRARY_BUNDLE = "bundle/libraries.js"
TEMPLATES = Path(__file__).parent / "templates"
FIRST_TEMPLATES = ("base.html", "map.html", "_masthead.html", "_stage.html", "_story.html")
# Written by scripts, by the drawing or by blocks of templates; the table is seen by those without scripts, at first.
FIRST_NAMES = frozenset({"js", "first", "map-page", "embed", "first-map", "exact", "beside"})
NOT_FIRST = ("no-js", "figures", "page")
THEME, BEGIN = "js/theme.js", "js/begin.js"
ENTRY, LIVE = "app.js", "live.js"
BUNDLES = ("bundle/app.js", "bundle/live.js", "bundle/later.js")
# The heaviest of the first view: packed as small as can be when the atlas is built.
HEAVY = (*BUNDLES, MAP_SHEET, LIBRARY_BUNDLE)
HIDDEN = (".md", ".toml")  # notes beside vendored files stay in the repository


FORMS = {"br": ".br", "gzip": ".gz"}
BEST = 11
OCTETS = "application/octet-stream"


class Assets:
    """Content hashes of the static folder; a file changed on disk gets its new hash at once."""

    def __init__(self, folder: Path, shelf: Path | None = None) -> None:
        self.folder = folder
        self.shelf = shelf  # of forms packed beforehand, by hash
        self.packed: dict[str, tuple[int, Packed]] = {}
        self.bundles: tuple[str, dict[str, Packed]] = ("", {})  # their version, and each
        self.stamps: list[int] = []  # of the modules they were made from
        self.joined: dict[str, Packed] = {}  # files in one piece that stay for the life of the process
        self.import_map = self.make_import_map()  # fixed for the life of the process: its hash stands in the CSP
        sheet = joined_styles(folder, tuple(name for name in MAP_STYLES if (folder / name).is_file()))
        self.map_style = first_styles(sheet, first_names())
        libraries = COMPILE_AHEAD + NO_VML + "\n".join(self.text_of(name) for name in LIBRARIES)
        self.joined = {
            MAP_SHEET: self.with_forms(without_fonts(sheet).encode(), "text/css"),
            LIBRARY_BUNDLE: self.with_forms(libraries.encode(), "text/javascript"),
        }
        self.theme_script, self.begin_script = (bare(name, self.text_of(name)) for name in (THEME, BEGIN))

    def text_of(self, name: str) -> str:
        """The text of a file; "" where there is none."""
        path = self.folder / name
        return path.read_text("utf-8") if path.is_file() else ""

    def get(self, name: str) -> Packed | None:
        """The file's bytes with its hash and packed forms; None where there is no such file."""
        if name in BUNDLES:
            return self.bundle(name)
        if name in self.joined:
            return self.joined[name]
        path = safe_join(str(self.folder), name)
        if path is None or any(part.startswith(".") for part in Path(name).parts) or name.endswith(HIDDEN):
            return None
        file = Path(path)
        try:
            stamp = file.stat().st_mtime_ns
            known = self.packed.get(name)
            if known is None or known[0] != stamp:
                known = (stamp, self.with_forms(file.read_bytes(), mimetypes.guess_type(name)[0] or OCTETS))
                self.packed[name] = known
        except (OSError, ValueError):
            return None
        return known[1]

    def url(self, name: str) -> str:
        """``/static/<name>?v=<hash>``; without a hash where the file does not exist (yet)."""
        packed = self.get(name)
        return f"/static/{name}?v={self.version(name, packed)}" if packed else f"/static/{name}"

    def version(self, name: str, packed: Packed) -> str:
        """The hash in the address of a file; of a bundle, which names its fellow, that of all modules together."""
        return self.bundles[0] if name in BUNDLES else packed.etag[:10]

    def bundle(self, name: str) -> Packed | None:
        """The map page's modules in one file; made anew where one of them changed."""
        paths = sorted(self.folder.glob("js/*.js"))
        if self.folder / "js" / ENTRY not in paths:
            return None
        stamps = [path.stat().st_mtime_ns for path in paths]
        if stamps != self.stamps:
            version = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:10]
            first, live, later = (f"/static/{fellow}?v={version}" for fellow in BUNDLES)
            texts = bundles(self.folder / "js", ENTRY, LIVE, (first, live, later))
            made = (self.with_forms(text.encode(), "text/javascript") for text in texts)
            self.bundles, self.stamps = (version, dict(zip(BUNDLES, made, strict=True))), stamps
        return self.bundles[1][name]

    def with_forms(self, data: bytes, mimetype: str) -> Packed:
        """The bytes with their forms that were packed beforehand."""
        packed = Packed(data, mimetype)
        for encoding, suffix in FORMS.items():
            beside = self.shelf / f"{packed.etag}{suffix}" if self.shelf else None
            if beside and beside.is_file():
                packed.forms[encoding] = beside.read_bytes()
        return packed

    def pack_heavy(self) -> None:
        """Leave the smallest forms of the heaviest files on the shelf; takes about a second, once for each content."""
        for packed in filter(None, map(self.get, HEAVY)):
            for encoding, pack in (("br", pack_brotli), ("gzip", pack_gzip)):
                path = self.shelf / f"{packed.etag}{FORMS[encoding]}"
                if not path.is_file():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    half = path.with_suffix(f".{os.getpid()}")
                    half.write_bytes(pack(packed.data, BEST))
                    half.replace(path)

    def make_import_map(self) -> str:
        """JSON text of the import map: every module of static/js, and the bare names of static/importmap.json."""
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob("js/**/*.js"))
        imports = {f"/static/{name}": self.url(name) for name in names}
        extra = self.folder / "importmap.json"
        if extra.is_file():
            bare = json.loads(extra.read_text("utf-8"))["imports"]
            imports.update({key: self.url(target.removeprefix("/static/")) for key, target in bare.items()})
        return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


def first_names() -> set[str]:
    """The classes and ids that the map page's first frame may show."""
    found = FIRST_NAMES.union(*(names_in((TEMPLATES / name).read_text("utf-8")) for name in FIRST_TEMPLATES))
    return {name for name in found if not name.startswith(NOT_FIRST)}


def init_assets(app: Flask, folder: Path, shelf: Path) -> Assets:
    """Serves ``/static/…``; templates get the texts that stand in a page."""
    assets = Assets(folder, shelf)
    app.extensions["qamtu_assets"] = assets
    texts = {name: getattr(assets, name) for name in ("map_style", "theme_script", "begin_script")}
    app.jinja_env.globals.update(texts)
    app.add_url_rule("/static/<path:name>", "static", lambda name: serve(assets, name))
    return assets


def serve(assets: Assets, name: str) -> Response:
    packed = assets.get(name)
    if packed is None:
        abort(404)
    current = request.args.get("v") == assets.version(name, packed)
    return packed_response(packed, FOREVER if current else "public, max-age=0, must-revalidate")
