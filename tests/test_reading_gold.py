"""The quality gate: floors for each corpus and layer, which only move up, and confidence that means something."""

import tomllib
from itertools import pairwise

import pytest
from reading_scores import FOLDERS, ROOT, SHARED, judged, negatives_hit, readings

FLOORS = tomllib.loads((ROOT / "tests/gold/floors.toml").read_text("utf-8"))
CASES = [
    (corpus, layer, name, floor)
    for corpus, layers in FLOORS["floors"].items()
    for layer, names in layers.items()
    for name, floor in names.items()
]


def _present(corpus: str) -> None:
    gold, folder = FOLDERS[corpus]
    if not gold.exists() or not folder.is_dir():
        pytest.skip(f"{gold} is not here: this corpus is kept outside the repository, in ../shared")


@pytest.mark.parametrize(("corpus", "layer", "name", "floor"), CASES)
def test_quality_stays_above_its_floor(corpus, layer, name, floor):
    _present(corpus)
    scores, _ = judged(corpus)
    score = scores[layer]
    got = getattr(score, name) if name.endswith("_f1") else score.share(name)
    assert got >= floor, f"{corpus} {layer} {name}: {got:.3f} is under its floor {floor}"


@pytest.mark.parametrize("corpus", list(FLOORS["negatives"]))
def test_numbers_of_other_subjects_are_left_out(corpus):
    _present(corpus)
    path = {
        "press": ROOT / "tests/gold/press/negatives.jsonl",
        "news": ROOT / "tests/gold/news/negatives.jsonl",
        "stories": ROOT / "tests/gold/stories/negatives.jsonl",
        "television": SHARED / "corpus/kaznerd/negatives.jsonl",
    }[corpus]
    hits = negatives_hit(corpus, path)
    told = [f"{line['file']}: {line['value']} read as {o.indicator}" for line, o in hits]
    assert len(hits) <= FLOORS["negatives"][corpus], told


@pytest.mark.parametrize("corpus", list(FOLDERS))
def test_every_quote_is_the_text_at_its_span(corpus):
    _present(corpus)
    count = 0
    for reading in readings(corpus).values():
        for o in reading.observations:
            count += 1
            assert o.quote == reading.document.text[slice(*o.span)]
            assert 0 < len(o.quote) <= 600
            assert o.span[0] <= o.value_span[0] < o.value_span[1] <= o.span[1]
            assert any(c.isalnum() for c in reading.document.text[slice(*o.value_span)])
    assert count > 0


def test_confidence_is_calibrated():
    """Of what the reading is sure of, nearly all is right, and no level claims more than it keeps."""
    verdicts = [item for corpus in ("bulletins", "press") for item in judged(corpus)[1]]
    sure = [item.right for item in verdicts if item.observation.confidence >= 0.9]
    assert len(sure) > 100
    assert sum(sure) / len(sure) >= FLOORS["confidence"]["sure"]
    for low, high in pairwise((0.0, 0.8, 0.85, 0.9, 0.95, 1.01)):
        level = [item for item in verdicts if low <= item.observation.confidence < high]
        assert len(level) > 20
        mean = sum(item.observation.confidence for item in level) / len(level)
        assert sum(bool(item.right) for item in level) / len(level) >= mean, f"confidence {low}–{high}"
