"""Arguments and output of the commands that work on the store: `ingest` and `export`.

As in `commands`, the parsers need only the standard library.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geo.arguments import LANGUAGE_CHOICES, language_of, parse_day
from geo.errors import BadInput
from geo.model import LAYERS
from geo.terminal import progress, warn

if TYPE_CHECKING:
    from geo.ingesting import Outcome

EXPORTS = ("csv", "xlsx", "geojson", "gpkg", "fgb", "parquet")


# ingest


def add_ingest(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The parser of `ingest`."""
    parser = add("ingest", "Bring documents into the atlas: read them, keep them, and publish an edition where asked.")
    parser.add_argument("sources", nargs="*", metavar="PATH|URL", help="a document, a folder, or the address of a page")
    parser.add_argument("--publish", action="store_true", help="publish a new edition with what was brought")
    parser.add_argument("--hold", action="store_true", help="hold the figures back until an editor accepts them")
    parser.add_argument("--note", default="", help="what is new in the edition, in a few words")
    parser.add_argument("--date", type=parse_day, metavar="YYYY-MM-DD", help="date of the documents, if known better")
    parser.add_argument("--lang", choices=LANGUAGE_CHOICES, default="auto", help="language of the documents (auto)")
    parser.add_argument("--boundaries", type=Path, metavar="FILE", help="your own districts, any format that OGR reads")
    parser.set_defaults(run=run_ingest)


def run_ingest(arguments: argparse.Namespace) -> int:
    """Ingest every source, tell what became of each, then publish where asked; exit code 2 where one was refused."""
    from geo.gazetteer import load_gazetteer
    from geo.ingesting import ingest, sources_in
    from geo.store import Store

    if not arguments.sources and not arguments.boundaries and not arguments.publish:
        raise BadInput("Nothing was given. Name documents, folders or addresses, or give --boundaries or --publish.")
    gazetteer = load_gazetteer()
    if arguments.boundaries:
        import_boundaries(arguments.boundaries, arguments.data, gazetteer)
    sources = sources_in(arguments.sources)
    outcomes = []
    arguments.data.mkdir(parents=True, exist_ok=True)
    with Store.open(database_of(arguments.data)) as store:
        options = {"date": arguments.date, "language": language_of(arguments.lang)}
        review = "hold" if arguments.hold else "accept"
        for number, outcome in enumerate(ingest(sources, store, gazetteer, review=review, **options), 1):
            progress(number, len(sources), outcome.source)
            tell(outcome)
            outcomes.append(outcome)
        if outcomes:
            warn(summary(outcomes))
        if arguments.publish:
            edition = store.publish(arguments.note)
            warn(f"Edition {edition.number} is published with {edition.observations} figures.")
    if arguments.publish:
        arguments.make_artefacts()
    return 2 if any(outcome.state == "refused" for outcome in outcomes) else 0


def tell(outcome: Outcome) -> None:
    """What a person should know of one source."""
    if outcome.state == "refused":
        warn(outcome.reason)
    elif outcome.state != "known" and not outcome.figures:
        warn(f"{outcome.source}: no figures of gas, water, internet or industrial zones were found in it.")
    if outcome.similar:
        alike = f"{outcome.similar.similarity:.0%}"
        warn(f"{outcome.source}: says nearly the same as {outcome.similar.id} ({alike}); both are kept.")


def summary(outcomes: list[Outcome]) -> str:
    """How many sources came to what."""
    counts = {state: [o for o in outcomes if o.state == state] for state in ("added", "revised", "known", "refused")}
    figures = sum(outcome.figures for outcome in outcomes)
    parts = ", ".join(f"{len(found)} {state}" for state, found in counts.items() if found)
    return f"{len(outcomes)} documents: {parts}; {figures} figures"


def import_boundaries(path: Path, data: Path, gazetteer: object) -> None:
    """Keep the user's districts, matched to the gazetteer, in the data folder (see ``geo.districts``)."""
    from geo.boundaries import import_districts
    from geo.districts import keep_districts

    districts = import_districts(path, gazetteer)
    keep_districts(districts, data)
    without = districts.attrs["without_shape"]
    warn(f"{len(districts)} districts have a shape now" + (f"; {len(without)} have none" if without else "") + ".")


# export


def add_export(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The parser of `export`."""
    parser = add("export", "Write the figures of an edition with their evidence to a file.")
    parser.add_argument("out", metavar="OUT", help="file to write; its suffix names the format. With --static: a link")
    parser.add_argument(
        "--static", type=Path, metavar="DIR", help="write the view of the link OUT as a folder that needs no server"
    )
    parser.add_argument("--format", choices=EXPORTS, help="where the suffix does not tell")
    parser.add_argument("--edition", type=parse_edition, metavar="N", help="number of the edition (the newest)")
    parser.add_argument("--layer", choices=LAYERS, help="only this layer")
    parser.add_argument("--region", metavar="CODE", help="only this region, by its ISO 3166-2 code, such as KZ-61")
    parser.set_defaults(run=run_export)


def parse_edition(raw: str) -> int:
    """The number of an edition."""
    if not raw.isascii() or not raw.isdigit() or int(raw) < 1:
        raise argparse.ArgumentTypeError(f"{raw!r} is no number of an edition; use 1, 2, 3 …")
    return int(raw)


def run_export(arguments: argparse.Namespace) -> int:
    """Write the figures that were asked for; nothing is written where there are none."""
    from geo.exporting import write_export
    from geo.gazetteer import load_gazetteer
    from geo.store import Store

    if arguments.static is not None:
        return run_static_export(arguments)
    arguments.out = Path(arguments.out)
    kind = arguments.format or arguments.out.suffix.lstrip(".").lower()
    if kind not in EXPORTS:
        raise BadInput(f"{arguments.out}: the name tells no format. Allowed: {', '.join(EXPORTS)}, or give --format.")
    if not arguments.out.parent.is_dir():
        raise BadInput(f"{arguments.out.parent}: there is no such folder. Make it first.")
    database = database_of(arguments.data)
    if isinstance(database, Path) and not database.is_file():
        raise BadInput(f"{arguments.data} holds no atlas yet. Build it first with `python run.py`, or give --data DIR.")
    with Store.open(database) as store:
        edition = store.edition(arguments.edition)
        observations = store.observations(edition.number, layer=arguments.layer, place=arguments.region)
        documents = {document.id: document for document in store.documents(edition.number)}
    if not observations:
        raise BadInput("No figure fits what was asked for. Leave out --layer or --region, or name another one.")
    write_export(arguments.out, kind, observations, documents, edition, load_gazetteer())
    warn(f"{len(observations)} figures of edition {edition.number} written to {arguments.out}")
    return 0


def run_static_export(arguments: argparse.Namespace) -> int:
    """Write a view as a folder; only the web side can draw it, so it hands in ``export_static(link, folder)``."""
    given = [name for name in ("format", "edition", "layer", "region") if getattr(arguments, name) is not None]
    if given:
        raise BadInput(f"--{given[0]} does not go with --static: the link says what is shown. Put it into the link.")
    for path in arguments.export_static(arguments.out, arguments.static):
        warn(str(path))
    return 0


def database_of(data: Path) -> str | Path:
    """The address of the database: QAMTU_DATABASE_URL, else the SQLite file in the data folder."""
    return os.environ.get("QAMTU_DATABASE_URL", "").strip() or data / "qamtu.sqlite3"
