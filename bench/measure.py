"""What a measurement is, how it is repeated, and how it is written down."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, smallest and largest of several runs of the same thing."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return number(self.median)
        return f"{number(self.median)} ({number(self.low)}–{number(self.high)})"


def number(value: float) -> str:
    """Four digits that count, without exponents."""
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.4g}"


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: ours, the peers', and the bar it must hold (``met`` None: no bar, a figure to know)."""

    what: str
    unit: str
    ours: Spread | float
    peers: dict[str, Spread | float] = field(default_factory=dict)
    bar: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The measures of one benchmark with the versions that took part."""

    title: str
    rows: tuple[Row, ...]
    packages: tuple[str, ...] = ()
    note: str = ""


def spread(values: list[float]) -> Spread:
    """The spread of at least one value."""
    return Spread(statistics.median(values), min(values), max(values))


def runs(usual: int) -> int:
    """How often something is measured: ``usual``, or fewer where ``QAMTU_BENCH_RUNS`` says so."""
    return min(usual, int(os.environ.get("QAMTU_BENCH_RUNS", usual)))


def timed(action: Callable[[], object], *, runs: int = 5, warm: int = 1) -> Spread:
    """Seconds that ``action`` takes, after ``warm`` runs that do not count."""
    for _ in range(warm):
        action()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return spread(seconds)


def rate(seconds: Spread, amount: float) -> Spread:
    """``amount`` a second: the fastest run gives the largest rate."""
    return Spread(amount / seconds.median, amount / seconds.high, amount / seconds.low)


def middle(value: Spread | float) -> float:
    """The median of a spread, or the value itself."""
    return value.median if isinstance(value, Spread) else value


def as_markdown(sections: list[Section]) -> str:
    """The results as one Markdown page."""
    lines = [
        "# Measured",
        "",
        f"{dt.date.today().isoformat()}, {os.cpu_count()} cores, Python {platform.python_version()}. "
        "Medians (smallest–largest) of runs made side by side on one machine: trust the ratios, not the absolutes. "
        "Made by `python run.py bench`." + _quick(),
    ]
    for section in sections:
        lines += ["", f"## {section.title}", ""]
        if section.note:
            lines += [section.note, ""]
        peers = list(dict.fromkeys(name for row in section.rows for name in row.peers))
        lines.append("| measure | unit | Qamtu | " + "".join(f"{p} | ratio to {p} | " for p in peers) + "bar | met |")
        lines.append("|---" * (5 + 2 * len(peers)) + "|")
        lines += [_line(row, peers) for row in section.rows]
        if section.packages:
            versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in section.packages)
            lines += ["", f"Versions: {versions}."]
    return "\n".join(lines) + "\n"


def _quick() -> str:
    """What a reader must know of a run that was cut short or shared its machine."""
    most, (load, *_), cores = os.environ.get("QAMTU_BENCH_RUNS"), os.getloadavg(), os.cpu_count() or 1
    told = f" **A quick run: at most {most} of each measure.**" if most else ""
    busy = (
        f" **Other programs kept the machine busy: {load:.0f} at work on {cores} cores.**" if load > 2 * cores else ""
    )
    return told + busy


def _line(row: Row, peers: list[str]) -> str:
    cells = [row.what + (f" ({row.note})" if row.note else ""), row.unit, _text(row.ours)]
    for peer in peers:
        value = row.peers.get(peer)
        ratio = f"{middle(row.ours) / middle(value):.3g}" if value is not None and middle(value) else "–"
        cells += ["–" if value is None else _text(value), ratio]
    met = {True: "met", False: "**not met**", None: "–"}[row.met]
    return "| " + " | ".join([*cells, row.bar or "–", met]) + " |"


def _text(value: Spread | float) -> str:
    return str(value) if isinstance(value, Spread) else number(value)


def save(sections: list[Section], path: Path) -> None:
    """Write the results page."""
    path.write_text(as_markdown(sections), "utf-8")
