"""Fixtures that several test files share: hand-made figures, and stores on SQLite and PostgreSQL."""

import contextlib
import datetime as dt
import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from geo.catalogue import load_catalogue
from geo.model import Document, Observation, Period, PlaceRef

pytest_plugins = ["atlases", "editing", "serving"]  # their fixtures, for all tests

# A busy machine makes any example slow: how long one takes is no property of the code.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

# What is tested, and counted by steps, is the Python of the files; test_compiled.py compares their machine code.
os.environ["QAMTU_COMPILED"] = "no"


def make_document(key="doc-a", text="", date="2025-10-28", **more):
    """A document whose text tests extend by figures; ``date`` is ISO or None."""
    values = {"title": f"Title of {key}", "publisher": "example.kz", "language": "kk", "date_basis": "stated", **more}
    return Document(id=key, text=text, date=dt.date.fromisoformat(date) if date else None, **values)


def make_observation(
    indicator="gas.population_share", value=85.5, region="KZ-61", year=2025, *, document="doc-a", key=None, **more
):
    """One figure. ``region`` is a code, a tuple of codes or (); ``year`` a year, a (first, last) pair or None."""
    found = load_catalogue().indicator(indicator)
    regions = (region,) if isinstance(region, str) else region
    first, last = year if isinstance(year, tuple) else (year, year)
    quote = f"{indicator} {value}"
    values = {
        "id": key or f"o-{document}-{indicator}-{'+'.join(regions)}-{year}-{value}-{more.get('status', 'actual')}"[:80],
        "document": document,
        "layer": found.layer,
        "indicator": indicator,
        "value": float(value),
        "unit": found.unit,
        "qualifier": "exact",
        "status": "actual",
        "regions": regions,
        "quote": quote,
        "span": (0, len(quote)),
        "value_span": (len(indicator) + 1, len(quote)),
        "period": Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if year else None,
        "confidence": 0.9,
    }
    if isinstance(more.get("place"), str):
        kind, _, name = more["place"].partition("/")
        more["place"] = PlaceRef(more["place"], name, kind)
    return Observation(**{**values, **more})


def with_sentences(document, figures):
    """(document with one sentence a figure as its text, the figures with their true offsets)."""
    from dataclasses import replace

    text, placed = "", []
    for figure in figures:
        start = len(text)
        placed.append(
            replace(
                figure,
                document=document.id,
                span=(start, start + len(figure.quote)),
                value_span=(start + figure.value_span[0], start + figure.value_span[1]),
            )
        )
        text += figure.quote + ". "
    return replace(document, text=text), placed


def free_port():
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _postgres_bin():
    found = shutil.which("initdb")
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(found or versions[-1]).parent if found or versions else None


@pytest.fixture(scope="session")
def postgres():
    """(host, port, user) of a private PostgreSQL cluster that lives as long as the tests."""
    folder = _postgres_bin()
    if folder is None:
        pytest.skip("PostgreSQL's initdb is not installed (Debian: postgresql-15)")
    # initdb refuses root, so the cluster runs as an unprivileged user in a folder of that user.
    user = None
    if os.geteuid() == 0:
        known = {entry.pw_name for entry in pwd.getpwall()}
        user = next((name for name in ("postgres", "nobody") if name in known), None)
        if user is None:
            pytest.skip("running as root, and there is neither a user postgres nor nobody to run PostgreSQL as")
    home = Path(tempfile.mkdtemp(prefix="qamtu-pg-"))
    if user:
        shutil.chown(home, user)
    port = free_port()

    def run(*command):
        subprocess.run(command, check=True, user=user, cwd=home, stdout=subprocess.DEVNULL, timeout=120)

    data = home / "data"
    options = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
    try:
        run(folder / "initdb", "-D", data, "-U", "qamtu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run(folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield "127.0.0.1", port, "qamtu"
        finally:
            run(folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/qamtu.sqlite3"
        return
    import psycopg

    host, port, user = request.getfixturevalue("postgres")
    name = "t" + os.urandom(6).hex()
    with contextlib.closing(
        psycopg.connect(host=host, port=port, user=user, dbname="postgres", autocommit=True)
    ) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://{user}@{host}:{port}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(store_url):
    """An empty open store, on both databases."""
    from geo.store import Store

    with Store.open(store_url) as opened:
        yield opened
