"""Arguments and output of the commands; `read` is here, those of the store in `store_commands`.

The parsers need only the standard library, so that `--help` answers before anything is installed; what a command needs
is imported when it runs.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.arguments import LANGUAGE_CHOICES, language_of, parse_day
from geo.errors import BadDocument, BadInput
from geo.explaining import explain_as_page, explain_in_terminal
from geo.keeping_commands import add_keeping
from geo.store_commands import add_export, add_ingest
from geo.terminal import printable, progress, warn

if TYPE_CHECKING:
    from geo.model import Document
    from geo.reading import Reading

FORMATS = ("jsonl", "csv", "table")
CSV_FIELDS = (
    *("document", "layer", "indicator", "value", "low", "high", "unit", "currency", "qualifier", "status"),
    *("period_start", "period_end", "regions", "place_id", "place_name", "place_kind", "confidence", "rule"),
    *("quote", "span_start", "span_end", "value_start", "value_end"),
)


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the parsers of these commands through ``add(name, summary)``; each leaves its function in ``run``."""
    add_read(add)
    add_ingest(add)
    add_export(add)
    add_keeping(add)
    add_compile(add)


# read


def add_read(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The parser of `read`."""
    parser = add("read", "Read documents and print every figure with the sentence it stands in.")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="txt, md, html, pdf with text or docx; a folder; - for standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="of what is printed (jsonl)")
    parser.add_argument("--date", type=parse_day, metavar="YYYY-MM-DD", help="date of the documents, if known better")
    parser.add_argument("--lang", choices=LANGUAGE_CHOICES, default="auto", help="language of the documents (auto)")
    parser.add_argument("--explain", action="store_true", help="show the text with every figure and how it was read")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write the explanation as one HTML page")
    corpus = parser.add_argument_group("a large corpus, read into a folder, to be broken off and gone on with")
    corpus.add_argument(
        "--out", type=Path, metavar="DIR", help="folder to write to; FILE is a folder, .jsonl or .parquet"
    )
    corpus.add_argument("--engine", choices=("process", "dask"), default="process", help="what reads it (process)")
    corpus.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster; without one it runs on this machine")
    parser.set_defaults(run=run_read)


def run_read(arguments: argparse.Namespace) -> int:
    """Read every file, print the figures, and say which file could not be read (exit code 2) or holds none."""
    if arguments.out:
        return read_into_folder(arguments)
    if arguments.engine != "process" or arguments.scheduler:
        raise BadInput("--engine and --scheduler are for a large corpus. Name the folder to write to: --out DIR")

    from geo.gazetteer import load_gazetteer
    from geo.reading import read_document

    gazetteer = load_gazetteer()
    readings, failed = [], False
    write = print if arguments.explain else WRITERS[arguments.format](sys.stdout)
    for name in sources_of(arguments.files):
        try:
            document = load(name, arguments.date, language_of(arguments.lang))
        except BadDocument as error:
            warn(error.message)
            failed = True
            continue
        reading = read_document(document, gazetteer)
        if not reading.observations:
            warn(f"{name}: no figures of gas, water, internet or industrial zones were found in it.")
        if arguments.explain:
            print(explained(reading))
        elif not arguments.html:
            for record in records_of(reading, name):
                write(record)
        if arguments.html:
            readings.append(reading)
    if arguments.html and readings:
        save_page(readings, arguments.html)
    return 2 if failed else 0


def sources_of(names: list[str]) -> Iterator[str]:
    """The files named, with those inside named folders, in order; a folder without documents stands for itself."""
    from geo.documents import documents_in

    for name in names:
        inside = documents_in(Path(name)) if name != "-" and Path(name).is_dir() else []
        yield from map(str, inside or [name])


def load(name: str, date: dt.date | None, language: str | None) -> Document:
    """The document in the file ``name``, or on standard input for `-`."""
    from geo.documents import SUFFIXES, document_from_bytes, load_document
    from geo.formats import MAX_BYTES

    if name != "-" and Path(name).is_dir():
        raise BadDocument(f"{name}: this folder holds no documents. Looked for: {', '.join(SUFFIXES)}.")
    if name == "-":
        return document_from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", date=date, language=language)
    return load_document(name, date=date, language=language)


def records_of(reading: Reading, name: str) -> Iterator[dict[str, Any]]:
    """The observations as records whose ``document`` is the base name of the file."""
    from geo.records import to_record

    document = "stdin" if name == "-" else Path(name).name
    for observation in reading.observations:
        yield {**to_record(observation), "document": document}


def explained(reading: Reading) -> str:
    """The explanation for this terminal; colours only where it shows them and NO_COLOR is not set."""
    return explain_in_terminal(reading, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR")) + "\n"


def save_page(readings: list[Reading], out: Path) -> None:
    """Write the explanation to ``out``. Raises ``BadInput`` where that is not possible."""
    try:
        out.write_text(explain_as_page(readings), "utf-8")
    except OSError as error:
        raise BadInput(
            f"{out}: cannot be written ({error.strerror}). Name a file in a folder you may write to."
        ) from error
    warn(f"Written to {out}")


def read_into_folder(arguments: argparse.Namespace) -> int:
    """Read one large corpus into the folder ``arguments.out``; exit code 2 where some documents could not be read."""
    from geo.cluster import read_corpus

    if len(arguments.files) != 1:
        raise BadInput("With --out one corpus is read at a time: a folder, a .jsonl or a .parquet file.")
    report = read_corpus(
        Path(arguments.files[0]),
        arguments.out,
        engine=arguments.engine,
        scheduler=arguments.scheduler,
        workers=arguments.workers,
        progress=lambda done, total: progress(done, total, "parts read"),
    )
    warn(
        f"{report.documents} documents, {report.observations} figures, {report.duplicates} reprints, {report.unread} "
        f"not read; {report.parts_read_now} of {report.parts} parts in {report.seconds:.1f} s "
        f"({report.megabytes_per_second:.2f} MB/s), in {arguments.out}",
    )
    return 2 if report.unread else 0


# Writers of records


def jsonl_writer(stream) -> Callable[[dict[str, Any]], None]:
    """One JSON object a line."""
    return lambda record: print(json.dumps(record, ensure_ascii=False), file=stream)


def csv_writer(stream) -> Callable[[dict[str, Any]], None]:
    """Comma-separated with a head; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    writer = csv.DictWriter(stream, CSV_FIELDS, lineterminator="\n")
    writer.writeheader()
    return lambda record: writer.writerow({name: safe_cell(value) for name, value in flat(record).items()})


def table_writer(stream) -> Callable[[dict[str, Any]], None]:
    """Aligned columns for reading in a terminal, the sentence cut short."""
    print(f"{'INDICATOR':<34} {'VALUE':>18} {'STATUS':<9} {'PERIOD':<10} {'PLACE':<22} SENTENCE", file=stream)

    def write(record: dict[str, Any]) -> None:
        row = flat(record)
        value = f"{record['value']:,.10g}".replace(",", " ") + f" {record['unit']}"
        period = "–".join(dict.fromkeys(str(row[edge])[:4] for edge in ("period_start", "period_end") if row[edge]))
        place = printable(row["place_name"] or row["regions"])
        quote = printable(record["quote"])
        print(
            f"{record['indicator']:<34} {value:>18} {record['status']:<9} {period:<10} {place[:22]:<22} {quote[:80]}",
            file=stream,
        )

    return write


WRITERS = {"jsonl": jsonl_writer, "csv": csv_writer, "table": table_writer}


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its period, place and spans as columns of their own."""
    period, place = record["period"] or {}, record["place"] or {}
    columns = {
        **record,
        "regions": " ".join(record["regions"]),
        **{f"period_{edge}": period.get(edge) for edge in ("start", "end")},
        **{f"place_{key}": place.get(key) for key in ("id", "name", "kind")},
        **dict(zip(("span_start", "span_end"), record["span"], strict=True)),
        **dict(zip(("value_start", "value_end"), record["value_span"], strict=True)),
    }
    return {name: columns.get(name) for name in CSV_FIELDS}


def safe_cell(value: Any) -> Any:
    """The value as it may stand in a CSV file."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


# compile


def add_compile(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The parser of `compile`."""
    add("compile", "Turn the reading into machine code, about twice as fast.").set_defaults(run=run_compile)


def run_compile(arguments: argparse.Namespace) -> int:
    """Compile geo/reading; its folder on standard output."""
    from geo.compiling import compile_reading

    print(compile_reading(warn))
    return 0
