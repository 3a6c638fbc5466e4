"""Requests a second on loopback (wrk): the page beside nginx with the same bytes, the interface beside datasette."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.atlas import folder, free_port, get, granian, processor_seconds, server
from bench.measure import Row, Section, middle, runs, spread
from geo.store import Store

SECONDS, CONNECTIONS, ROUNDS = 4, 32, 5
USERS = (1, 10, 50, 200)
MOST = 1.5  # times what a request costs with one reader; more would be growth
FIGURES = "/api/v1/observations?layer=gas&limit=20"
FEATURES = "/ogc/collections/figures/items?f=json&limit=20"
# Each request a place, zoom and year of its own, over four layers in turn: nothing drawn before can be given again.
OTHER_VIEWS = """
local asked = os.time() % 1000
request = function()
  asked = asked + 1
  local view = string.format("%.1f/%.2f/%.2f", 5 + asked % 30 / 10, 42 + asked % 997 / 100, 50 + asked % 3001 / 100)
  local orders = {"gas~water~internet~industry", "water~gas~internet~industry", "internet~industry~gas~water"}
  local layers = orders[1 + asked % 3]
  return wrk.format("GET", "/?lang=ru&layers=" .. layers .. "&year=" .. 2018 + asked % 8 .. "&view=" .. view)
end
"""


def measure() -> Section:
    """Rounds in turn; wrk with one thread leaves the other core to the server."""
    for tool in ("nginx", "wrk"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is not installed. On Debian: apt-get install {tool}")
    cores = os.cpu_count() or 1
    with granian("webapp:create_app", workers=cores, QAMTU_DATA=str(folder())) as ours:
        page = get(f"{ours}/?lang=kk", **{"Accept-Encoding": "br"})
        with nginx(page) as static, datasette() as table:
            pages = in_turn({"Qamtu": f"{ours}/?lang=kk", "nginx, same bytes": static})
            with pygeoapi(get(f"{ours}/ogc/collections/figures/items?limit=1000"), cores) as features:
                figures = in_turn({"Qamtu": ours + FIGURES, "datasette": table, "pygeoapi": features})
                items = in_turn({"Qamtu": ours + FEATURES, "pygeoapi": features})
            crowd = users({"Qamtu": f"{ours}/?lang=kk", "nginx, same bytes": static})
            fresh = spread([requests_a_second(ours, script=OTHER_VIEWS) for _ in range(runs(ROUNDS))])
    tenth = middle(pages["Qamtu"]) >= middle(pages["nginx, same bytes"]) / 10
    tenfold = middle(figures["Qamtu"]) >= 10 * middle(figures["datasette"])
    return Section(
        "Serving",
        (
            row("default page", pages, "≥ 1/10 of nginx", tenth),
            Row("pages of views that nobody asked for before", "requests/s", fresh),
            row("20 figures of one layer as JSON", figures, "≥ 10 × datasette", tenfold),
            row("20 features by OGC API Features", items, "", None),
            *crowd,
        ),
        ("granian", "flask", "datasette", "pygeoapi"),
        f"wrk, {CONNECTIONS} connections, {SECONDS} s, medians of {runs(ROUNDS)} rounds in turn; granian with {cores} "
        "workers, nginx with as many. Client and server share the machine: with many readers wrk's one thread waits "
        "for its turn among the server's, so that the rate says less than the processor time of a request.",
    )


def users(addresses: dict[str, str]) -> list[Row]:
    """More and more readers at once: requests a second, and what each costs, which must not grow."""
    rows, alone = [], 0.0
    for count in USERS:
        rates: dict[str, list[float]] = {name: [] for name in addresses}
        costs: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(runs(ROUNDS)):
            for name, address in addresses.items():
                before = processor_seconds(address)
                rates[name].append(requests_a_second(address, count))
                spent = processor_seconds(address) - before
                costs[name].append(spent * 1e6 / (rates[name][-1] * SECONDS))
        cost = {name: spread(found) for name, found in costs.items()}
        alone = alone or middle(cost["Qamtu"])
        bar, met = "", None
        if count != USERS[0]:
            bar, met = f"≤ {MOST} × that of {USERS[0]}", middle(cost["Qamtu"]) <= MOST * alone
        who = f"{count} readers at once" if count > 1 else "one reader"
        rows.append(row(f"default page, {who}", {name: spread(found) for name, found in rates.items()}, "", None))
        peers = {name: found for name, found in cost.items() if name != "Qamtu"}
        rows.append(Row(f"processor time of a request, {who}", "µs", cost["Qamtu"], peers, bar, met))
    return rows


def row(what: str, rates: dict, bar: str, met: bool | None) -> Row:
    peers = {name: rate for name, rate in rates.items() if name != "Qamtu"}
    return Row(what, "requests/s", rates["Qamtu"], peers, bar, met)


def in_turn(addresses: dict[str, str]) -> dict:
    """Requests a second of each address, measured in turn."""
    found: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(runs(ROUNDS)):
        for name, address in addresses.items():
            found[name].append(requests_a_second(address))
    return {name: spread(rates) for name, rates in found.items()}


def requests_a_second(address: str, connections: int = CONNECTIONS, script: str = "") -> float:
    """One round of wrk. Raises RuntimeError where an answer was no success or a connection broke."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-H", "Accept-Encoding: br"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        command += ["-s", lua.name, address] if script else [address]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+)", said)  # being slow is no failure
    if "Non-2xx" in said or (broken and any(map(int, broken.groups()))):
        raise RuntimeError(f"{address}: {said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


@contextlib.contextmanager
def nginx(body: bytes) -> Iterator[str]:
    """The address at which nginx serves ``body`` from disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="qamtu-nginx-") as home:
        Path(home, "index.html").write_bytes(body)
        os.chmod(home, 0o755)
        configuration = Path(home, "nginx.conf")
        configuration.write_text(
            f"daemon off; worker_processes {os.cpu_count()}; pid {home}/pid; error_log {home}/error;\n"
            "events { worker_connections 1024; }\n"
            f"http {{ access_log off; sendfile on; open_file_cache max=10; default_type text/html;\n"
            f"server {{ listen 127.0.0.1:{port}; root {home}; add_header Content-Encoding br; }} }}\n"
        )
        with server(["nginx", "-c", str(configuration), "-p", home], port):
            yield f"http://127.0.0.1:{port}/index.html"


@contextlib.contextmanager
def datasette() -> Iterator[str]:
    """The address at which datasette gives 20 figures of one layer from a table of the same figures."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="qamtu-datasette-") as home:
        path = Path(home, "figures.db")
        with Store.open(folder() / "qamtu.sqlite3") as store:
            rows = [
                (o.id, o.layer, o.indicator, o.value, o.status, json.dumps(o.regions), o.quote, o.document)
                for o in store.observations()
            ]
        with contextlib.closing(sqlite3.connect(path)) as table, table:
            table.execute(
                "create table figures (id primary key, layer, indicator, value, status, regions, quote, document)"
            )
            table.executemany("insert into figures values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            table.execute("create index by_layer on figures (layer)")
        command = [sys.executable, "-m", "datasette", str(path), "--port", str(port)]
        with server(command, port):
            yield f"http://127.0.0.1:{port}/figures/figures.json?layer=gas&_size=20&_shape=array"


@contextlib.contextmanager
def pygeoapi(features: bytes, workers: int) -> Iterator[str]:
    """The address at which pygeoapi gives 20 features of a GeoJSON file."""
    with tempfile.TemporaryDirectory(prefix="qamtu-pygeoapi-") as home:
        Path(home, "figures.geojson").write_bytes(features)
        text = {"title": "figures", "description": "figures", "keywords": ["figures"]}
        contact = {"name": "bench", "url": "http://127.0.0.1"}
        collection = {
            **text,
            "links": [],
            "type": "collection",
            "extents": {"spatial": {"bbox": [46, 40, 88, 56]}},
            "providers": [
                {"type": "feature", "name": "GeoJSON", "data": f"{home}/figures.geojson", "id_field": "id"},
            ],
        }
        configuration = {
            "server": {
                "bind": {"host": "127.0.0.1", "port": 0},
                "url": "http://127.0.0.1",
                "mimetype": "application/json; charset=UTF-8",
                "encoding": "utf-8",
                "languages": ["en-US"],
                "limits": {"default_items": 20, "max_items": 1000, "on_exceed": "throttle"},
                "map": {"url": "", "attribution": ""},
            },
            "logging": {"level": "ERROR"},
            "metadata": {
                "identification": {**text, "keywords_type": "theme", "terms_of_service": "", "url": "http://127.0.0.1"},
                "license": {"name": "", "url": "http://127.0.0.1"},
                "provider": contact,
                "contact": contact,
            },
            "resources": {"figures": collection},
        }
        Path(home, "config.yml").write_text(json.dumps(configuration), "utf-8")  # YAML reads JSON
        named = {"PYGEOAPI_CONFIG": f"{home}/config.yml", "PYGEOAPI_OPENAPI": f"{home}/openapi.yml"}
        generate = "import sys; from pygeoapi.openapi import generate_openapi_document as g; from pathlib import Path; "
        generate += "print(g(Path(sys.argv[1]), 'yaml'))"
        with Path(home, "openapi.yml").open("w") as described:
            command = [sys.executable, "-c", generate, named["PYGEOAPI_CONFIG"]]
            subprocess.run(command, stdout=described, check=True, env={**os.environ, **named})
        with granian("pygeoapi.flask_app:APP", workers=workers, factory=False, **named) as address:
            yield f"{address}/collections/figures/items?f=json&limit=20"
