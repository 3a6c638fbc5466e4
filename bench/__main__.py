"""Run the benchmarks: ``python run.py bench [NAME …]``; all of them without a name. Writes bench/results.md."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.measure import Row, Section, Spread, save
from geo.compiling import compile_reading
from geo.errors import QamtuError

HERE = Path(__file__).parent
NAMES = tuple(sorted(p.stem for p in HERE.glob("*.py") if "def measure(" in p.read_text("utf-8")))


def main(arguments: list[str] | None = None) -> int:
    """Measure the named benchmarks; the sections of those not named stay as they were."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(NAMES)}")
    names = parser.parse_args(arguments).names or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(NAMES)}")
    _compile()
    kept = _load()
    for name in names:
        _say(f"{name} …")
        kept[name] = importlib.import_module(f"bench.{name}").measure()
        _keep(kept)
    return 0


def _compile() -> None:
    """The reading as machine code, where it can be made; before any benchmark imports it."""
    try:
        compile_reading(_say)
    except QamtuError as error:
        _say(error.message)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _load() -> dict[str, Section]:
    path = HERE / "results.json"
    if not path.exists():
        return {}
    return {name: _section(raw) for name, raw in json.loads(path.read_text("utf-8")).items()}


def _keep(sections: dict[str, Section]) -> None:
    raw = {name: asdict(section) for name, section in sorted(sections.items())}
    (HERE / "results.json").write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n", "utf-8")
    save([sections[name] for name in sorted(sections)], HERE / "results.md")


def _section(raw: dict) -> Section:
    rows = tuple(
        Row(**{**row, "ours": _value(row["ours"]), "peers": {k: _value(v) for k, v in row["peers"].items()}})
        for row in raw["rows"]
    )
    return Section(raw["title"], rows, tuple(raw["packages"]), raw["note"])


def _value(raw: dict | float) -> Spread | float:
    return Spread(**raw) if isinstance(raw, dict) else raw


if __name__ == "__main__":
    sys.exit(main())
