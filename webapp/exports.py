"""Downloads of figures with their evidence: made in a subprocess (no geopandas in the server), kept by edition."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from flask import Blueprint, Response, jsonify, request, send_file
from werkzeug.datastructures import MultiDict

from geo.errors import NotFound, QamtuError, TooMany
from geo.exporting import FORMATS, data_dictionary
from webapp import queries
from webapp.answering import answer_json, keep
from webapp.queries import FigureQuery
from webapp.reading_store import Reader, reader
from webapp.responses import FOREVER
from webapp.settings import PROJECT

blueprint = Blueprint("exports", __name__)
PARAMETERS = ("layer", "indicator", "place", "inside", "status", "year", "document", "edition")
WAIT_SECONDS = 8.0  # a longer export answers 202 and goes on
AT_ONCE = 2
MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "fgb": "application/octet-stream",
    "parquet": "application/vnd.apache.parquet",
}
_jobs: dict[Path, tuple[subprocess.Popen, float]] = {}
_lock = threading.Lock()


@blueprint.get("/api/v1/export.<kind>")
def export(kind: str) -> Response:
    """The figures of a query as a file; 202 with the seconds gone by while a large one is still being made."""
    if kind not in FORMATS:
        raise NotFound(f"There is no export as {kind[:20]!r}. Use one of {', '.join(FORMATS)}.", allowed=list(FORMATS))
    queries.require_known(request.args, PARAMETERS)
    source = reader()
    query = queries.parse_figure_query(keep(request.args, PARAMETERS), source)
    path = path_of(source, query, kind)
    if not path.is_file():
        seconds = make(source, query, kind, path)
        if seconds is not None:
            response = jsonify({"state": "making", "seconds": round(seconds, 1), "retry_after": 2})
            response.headers["Retry-After"] = "2"
            response.headers["Cache-Control"] = "no-store"
            return response, 202  # type: ignore[return-value]
    name = f"qamtu-{name_of(request.args)}-edition-{query.edition}.{kind}"
    response = send_file(path, MIMETYPES[kind], as_attachment=True, download_name=name, etag=path.stem)
    response.headers["Cache-Control"] = FOREVER if query.frozen else "public, max-age=0, must-revalidate"
    return response


@blueprint.get("/api/v1/data-dictionary")
def dictionary() -> Response:
    """What each column of the exports holds, in kk, ru or en."""

    def make_value(source: Reader, args: MultiDict) -> dict[str, object]:
        rows = data_dictionary(queries.parse_language(args, source))
        return {"columns": [{"name": name, "type": kind, "meaning": meaning} for name, kind, meaning in rows]}

    return answer_json(("lang",), make_value)


def path_of(source: Reader, query: FigureQuery, kind: str) -> Path:
    """Where the export of a query lies once it is made."""
    asked = json.dumps([query.edition, dict(query.filters)], sort_keys=True)
    name = hashlib.sha256(asked.encode()).hexdigest()[:24]
    return source.settings.data / "cache" / "exports" / str(query.edition) / f"{name}.{kind}"


def name_of(args: MultiDict) -> str:
    """The part of a file name that tells what is in it: ASCII letters, digits and hyphens only."""
    parts = [args[name] for name in ("layer", "indicator", "place", "year") if args.get(name)]
    plain = "-".join(parts) or "all"
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in plain)[:60]


def make(source: Reader, query: FigureQuery, kind: str, path: Path) -> float | None:
    """Make the file, or wait for the process that does; seconds since it began where it is not done yet."""
    process, began = start(source, query, kind, path)
    try:
        failed = process.wait(timeout=WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        return time.monotonic() - began
    with _lock:
        _jobs.pop(path, None)
    if failed or not path.is_file():
        raise QamtuError(f"The export process ended with {failed}.", edition=query.edition)
    return None


def start(source: Reader, query: FigureQuery, kind: str, path: Path) -> tuple[subprocess.Popen, float]:
    """The process that makes ``path``: the one at work, or a new one. Raises TooMany when others take all places."""
    with _lock:
        for done in [key for key, (process, _) in _jobs.items() if key != path and process.poll() is not None]:
            del _jobs[done]
        if path not in _jobs:
            if len(_jobs) >= AT_ONCE:
                raise TooMany(f"{AT_ONCE} exports are being made already. Try again in a few seconds.")
            job = {
                "database": source.settings.database_url,
                "seeds": str(source.settings.seeds),
                "edition": query.edition,
                "filters": dict(query.filters),
                "kind": kind,
                "path": str(path),
            }
            command = [sys.executable, "-m", "webapp.export_job", json.dumps(job)]
            _jobs[path] = (subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.DEVNULL), time.monotonic())
        return _jobs[path]
