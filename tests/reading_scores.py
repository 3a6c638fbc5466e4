"""How well the reading does on texts whose figures a person has written down: the measure behind the quality gate.

A gold line names a document, a quote of it, the value, and what the figure is. It is found by an observation of that
document with that value whose quote overlaps; the fact is right where indicator, regions, status and level are.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from geo.documents import load_document
from geo.gazetteer import load_gazetteer
from geo.model import Observation
from geo.reading import Reading, read_document

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CITIES = ("KZ-71", "KZ-75", "KZ-79")
FOLDERS = {
    "bulletins": (ROOT / "tests/gold/bulletins.jsonl", ROOT / "seeds/documents"),
    "press": (ROOT / "tests/gold/press/gold.jsonl", ROOT / "tests/gold/press"),
    "news": (ROOT / "tests/gold/news/gold.jsonl", ROOT / "tests/gold/news"),
    "stories": (ROOT / "tests/gold/stories/gold.jsonl", ROOT / "tests/gold/stories"),
    "originals": (SHARED / "gold/seeds.jsonl", SHARED / "seeds"),
    "television": (SHARED / "gold/kaznerd.jsonl", SHARED / "corpus/kaznerd"),
}


@dataclass
class Score:
    """Counts of one corpus or of one of its layers."""

    gold: int = 0
    read: int = 0
    found: int = 0
    facts: int = 0
    right: Counter = field(default_factory=Counter)

    @property
    def value_f1(self) -> float:
        return 2 * self.found / (self.gold + self.read) if self.gold + self.read else 0.0

    @property
    def fact_f1(self) -> float:
        return 2 * self.facts / (self.gold + self.read) if self.gold + self.read else 0.0

    def share(self, name: str) -> float:
        return self.right[name] / self.found if self.found else 0.0


@dataclass(frozen=True)
class Judged:
    """One observation and whether it is right, wrong or beside the gold (None)."""

    observation: Observation
    right: bool | None


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@lru_cache(maxsize=1)
def gazetteer():
    return load_gazetteer()


@lru_cache(maxsize=8)
def readings(corpus: str) -> dict[str, Reading]:
    """File name → reading, for every text of the corpus."""
    folder = FOLDERS[corpus][1]
    return {path.name: read_document(load_document(path), gazetteer()) for path in sorted(folder.glob("*.txt"))}


@lru_cache(maxsize=8)
def judged(corpus: str) -> tuple[dict[str, Score], list[Judged]]:
    """Scores by layer and by language ("all" for the whole), and each observation with its verdict."""
    gold = lines(FOLDERS[corpus][0])
    scores: dict[str, Score] = defaultdict(Score)
    verdicts: list[Judged] = []
    by_document = {name: list(reading.observations) for name, reading in readings(corpus).items()}
    languages = {name: reading.document.language for name, reading in readings(corpus).items()}
    used: dict[str, tuple[dict, bool]] = {}
    for line in sorted(gold, key=lambda entry: not entry.get("core", True)):
        options = [
            o
            for o in by_document.get(line["doc"], [])
            if o.id not in used and _same_value(line, o) and _overlap(line["quote"], o.quote)
        ]
        verdict = {o.id: _judge(line, o) for o in options}
        best = max(options, key=lambda o: (_is_fact(verdict[o.id]), sum(verdict[o.id].values())), default=None)
        if best is not None:
            used[best.id] = (line, _is_fact(verdict[best.id]))
        if not line.get("core", True):
            continue
        for score in (scores["all"], scores[line["layer"]], scores[languages.get(line["doc"], "")]):
            score.gold += 1
            if best is not None:
                score.found += 1
                score.facts += _is_fact(verdict[best.id])
                score.right.update({name: int(ok) for name, ok in verdict[best.id].items()})
    told = {_key(o) for os in by_document.values() for o in os if o.id in used}
    for name, observations in by_document.items():
        for o in observations:
            line, right = used.get(o.id, (None, None))
            if line is None:
                if _key(o) in told or o.indicator.endswith(".settlements_total"):
                    continue
                verdicts.append(Judged(o, False))
            elif line.get("core", True):
                verdicts.append(Judged(o, right))
            else:
                continue
            for score in (scores["all"], scores[line["layer"] if line else o.layer], scores[languages[name]]):
                score.read += 1
    return dict(scores), verdicts


def negatives_hit(corpus: str, path: Path) -> list[tuple[dict, Observation]]:
    """Numbers that are no figure of ours and were read as one."""
    hits = []
    used = {j.observation.id for j in judged(corpus)[1] if j.right}
    for line in lines(path):
        reading = readings(corpus).get(line["file"])
        values = {float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", str(line["value"]))}
        for o in reading.observations if reading else ():
            told = o.id in used or o.indicator.endswith(".settlements_total")
            if (
                not told
                and any(abs(o.value - v) < 1e-6 * max(1, v) for v in values)
                and _overlap(line["quote"], o.quote)
            ):
                hits.append((line, o))
                break
    return hits


def _same_value(line: dict, o: Observation) -> bool:
    return abs(float(line["value"]) - o.value) <= 1e-6 * max(1.0, abs(o.value))


def _overlap(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    first, second = set(re.findall(r"\w+", a.lower())), set(re.findall(r"\w+", b.lower()))
    return bool(first and second) and len(first & second) >= 0.6 * min(len(first), len(second))


def _judge(line: dict, o: Observation) -> dict[str, bool]:
    places = line["place"] if isinstance(line["place"], list) else [line["place"]]
    return {
        "indicator": o.indicator in _several(line["indicator"]),
        "region": any(sorted(o.regions) == (sorted(p.split("+")) if p else []) for p in places),
        "status": o.status in _several(line["status"]),
        "level": line.get("level") is None or _level(o) == line["level"],
        "qualifier": o.qualifier == (line.get("qualifier") or "exact"),
        "period": _period_fits(line.get("period"), o),
    }


def _several(value) -> list:
    return value if isinstance(value, list) else [value]


def _is_fact(verdict: dict[str, bool]) -> bool:
    return all(verdict[name] for name in ("indicator", "region", "status", "level"))


def _level(o: Observation) -> str:
    if o.place is None or o.place.kind in ("region", "group") or o.place.id in CITIES:
        return "country" if o.regions == ("KZ",) and o.place is None else "region"
    return "country" if o.place.kind == "country" else "inside"


def _period_fits(told: str | None, o: Observation) -> bool:
    years = [int(part[:4]) for part in str(told or "").split("/") if part[:4].isdigit()]
    if not years:
        return True
    if o.period is None or (o.period.start is None and o.period.end is None):
        return False
    first = (o.period.start or o.period.end).year
    last = (o.period.end or o.period.start).year
    return first <= max(years) and min(years) <= last and first >= min(years) - 1 and last <= max(years) + 1


def _key(o: Observation) -> tuple:
    return (o.document, o.indicator, o.value, o.regions, o.status)
