"""Quality of the reading against a person's; ``python -m bench.quality`` prints the tables of docs/reading.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, Section

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from reading_scores import FOLDERS, Judged, Score, judged

TITLES = {
    "bulletins": "the project's bulletins",
    "press": "press-style test texts",
    "news": "news-style test texts",
    "stories": "stories told in both languages",
    "originals": "five original articles",
    "television": "television sentences",
}
BARS = {  # corpus → measure → what the reading must reach
    "originals": {"value F1": 0.97, "fact F1": 0.95, "qualifier": 0.97, "period": 0.95},
    "television": {"fact F1": 0.85},
}
MEASURES = {
    "value F1": lambda score: score.value_f1,
    "fact F1": lambda score: score.fact_f1,
    "qualifier": lambda score: score.share("qualifier"),
    "period": lambda score: score.share("period"),
}
PARTS = ("all", "kk", "ru", "gas", "water", "internet", "industry")
LEVELS = (0.95, 0.9, 0.85, 0.8, 0.0)


def measure() -> Section:
    """Every measure of every corpus that is at hand (two of them are kept beside the repository)."""
    rows = []
    for corpus in _present():
        score = judged(corpus)[0]["all"]
        for name, of in MEASURES.items():
            bar = BARS.get(corpus, {}).get(name)
            value = round(of(score), 3)
            rows.append(
                Row(
                    f"{TITLES[corpus]}: {name}",
                    "share",
                    value,
                    bar="" if bar is None else f"≥ {bar}",
                    met=None if bar is None else value >= bar,
                    note=f"{score.gold} figures" if name == "value F1" else "",
                )
            )
    return Section("Reading: quality", tuple(rows), note="`python -m bench.quality` prints it by layer and language.")


def tables() -> Iterator[str]:
    """Lines of Markdown: corpora by part, then how often each level of confidence is right."""
    yield "| corpus | part | figures | " + " | ".join(MEASURES) + " |"
    yield "|---" * (3 + len(MEASURES)) + "|"
    for corpus in _present():
        scores = judged(corpus)[0]
        for part in PARTS:
            if part in scores and scores[part].gold:
                yield _line(TITLES[corpus], part, scores[part])
    verdicts = [item for corpus in _present() for item in judged(corpus)[1]]
    yield ""
    yield "| confidence | observations | right | mean confidence |"
    yield "|---|---|---|---|"
    above = 1.01
    for level in LEVELS:
        yield _level(level, above, [v for v in verdicts if level <= v.observation.confidence < above])
        above = level


def _present() -> list[str]:
    return [corpus for corpus, (gold, folder) in FOLDERS.items() if gold.exists() and folder.is_dir()]


def _line(title: str, part: str, score: Score) -> str:
    return f"| {title} | {part} | {score.gold} | " + " | ".join(f"{of(score):.3f}" for of in MEASURES.values()) + " |"


def _level(level: float, above: float, verdicts: list[Judged]) -> str:
    name = (
        f"{level:.2f}–{above:.2f}"
        if level and above <= 1
        else f"{level:.2f} and more"
        if level
        else f"under {above:.2f}"
    )
    if not verdicts:
        return f"| {name} | 0 | – | – |"
    right = sum(bool(v.right) for v in verdicts) / len(verdicts)
    mean = sum(v.observation.confidence for v in verdicts) / len(verdicts)
    return f"| {name} | {len(verdicts)} | {right:.1%} | {mean:.2f} |"


if __name__ == "__main__":
    print("\n".join(tables()))
