"""Reading: quality and speed beside a place matcher, a number reader and a Russian language kit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from bisect import bisect_left
from pathlib import Path

from bench.measure import Row, Section, Spread, middle, rate, timed
from geo.cluster import collecting_rarely
from geo.documents import document_from_text, load_document
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.model import Document
from geo.reading import read_document
from geo.reading.sentences import split_sentences
from geo.reading.text import make_page

ROOT = Path(__file__).resolve().parents[1]
PRESS = ROOT / "tests" / "gold" / "press"
BULLETINS = ROOT / "seeds" / "documents"
ARTICLES = ROOT.parent / "shared" / "seeds"  # news as it is, mostly of other subjects; kept outside the repository
READ = """
import sys
from dataclasses import astuple
from bench.reading import load_gazetteer, speed_of
import geo.reading.figures
assert geo.reading.figures.__file__.endswith(".py") == (sys.argv[2] == "no"), geo.reading.figures.__file__
print(*astuple(speed_of(open(sys.argv[1], encoding="utf-8").read(), load_gazetteer())))
"""
AS_WRITTEN = ("text without figures", "news articles")  # what the bar is for; the others are condensed to figures
CORPUS_BYTES = 1_000_000
PEER_BYTES = 60_000


def measure() -> Section:
    """Speed in MB/s of text with everything on, start-up, and how many of the gold numbers and places are found."""
    documents = [load_document(path) for path in sorted(PRESS.glob("*.txt"))]
    gold = [json.loads(line) for line in (PRESS / "gold.jsonl").read_text("utf-8").splitlines()]
    gazetteer = load_gazetteer()
    bulletins = [load_document(path) for path in sorted(BULLETINS.glob("*.txt"))]
    articles = [load_document(path) for path in sorted(ARTICLES.glob("*.txt"))]
    corpora = {
        "text without figures": _without_figures([*articles, *bulletins], gazetteer),
        "news articles": [d.text for d in articles],
        "bulletins": [d.text for d in bulletins],
        "test texts full of figures": [d.text for d in documents],
    }
    russian = [d.text for d in (*documents, *bulletins) if d.language == "ru"]
    return Section(
        "Reading",
        (
            *(
                _speed(f"speed on one core, {name}", texts, russian, gazetteer, barred=name in AS_WRITTEN)
                for name, texts in corpora.items()
                if texts
            ),
            _start(),
            _numbers(documents, gold, gazetteer),
            _places(documents, gold, gazetteer),
        ),
        ("flashgeotext", "quantulum3", "natasha", "regex"),
        "Texts: sentences of news and bulletins without a number, five news articles, the bulletins, press-style "
        "test texts; each repeated. Qamtu is the machine code of `run.py compile`; beside it the same as Python reads "
        "it. Each peer does its own part only (flashgeotext places, quantulum3 numbers with units, natasha names in "
        "Russian texts); Qamtu does the whole reading. The bar is for text as the press writes it. Bulletins and test "
        "texts hold four to seven times as many figures and little else; there time goes with the figures.",
    )


def _speed(what: str, texts: list[str], russian: list[str], gazetteer: Gazetteer, *, barred: bool) -> Row:
    whole, peer_text = _repeat(texts, CORPUS_BYTES), _repeat(texts, PEER_BYTES)
    russian_text = _repeat(russian, PEER_BYTES)
    ours = _in_a_process(whole, compiled="yes")
    places, numbers, names = _flashgeotext(), _quantulum(), _natasha()
    peers = {
        "the same as Python": _in_a_process(whole, compiled="no"),
        "flashgeotext": _megabytes(lambda: places(peer_text), peer_text),
        "quantulum3": _megabytes(lambda: numbers(peer_text), peer_text, runs=1),
        "natasha": _megabytes(lambda: names(russian_text), russian_text, runs=1),
    }
    reading = read_document(document_from_text(whole), gazetteer)
    figures = sum(1 + len(o.mentions) for o in reading.observations)
    note = f"{figures / len(whole.encode()) * 1000:.1f} figures read in 1 KB"
    bar, met = ("≥ 5 MB/s", middle(ours) >= 5) if barred else ("", None)
    return Row(what, "MB/s", ours, peers, bar, met, note)


def speed_of(text: str, gazetteer: Gazetteer) -> Spread:
    """MB/s of UTF-8, read as a corpus is."""
    with collecting_rarely():
        return _megabytes(lambda: read_document(document_from_text(text), gazetteer), text)


def _in_a_process(text: str, compiled: str) -> Spread:
    """The same in a process of its own, by machine code or as Python, with nothing of the peers in its memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text")
        file.write_text(text, "utf-8")
        command = [sys.executable, "-c", READ, str(file), compiled]
        environment = {**os.environ, "QAMTU_COMPILED": compiled}
        told = subprocess.run(command, env=environment, check=True, cwd=ROOT, capture_output=True, text=True)
    return Spread(*map(float, told.stdout.split()))


def _without_figures(documents: list[Document], gazetteer: Gazetteer) -> list[str]:
    """The sentences of some texts in which the reading sees no number at all."""
    kept = []
    for document in documents:
        reading = read_document(document, gazetteer)
        numbers = sorted(
            start
            for spans in ([o.value_span for o in reading.observations], [item.span for item in reading.skipped])
            for start, _ in spans
        )
        page = make_page(document.text, document.body_start)
        for sentence in split_sentences(page):
            start, end = page.span(sentence.start, sentence.end)
            text = document.text[start:end]
            if bisect_left(numbers, start) == bisect_left(numbers, end) and not any(map(str.isdigit, text)):
                kept.append(text)
    return kept


def _start() -> Row:
    code = (
        "from geo.gazetteer import load_gazetteer; import geo.reading; from geo.documents import document_from_text; "
    )
    code += "geo.reading.read_document(document_from_text('Ауылға газ келді.'), load_gazetteer()); import sys; "
    code += "assert 'geopandas' not in sys.modules"
    seconds = timed(lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT))
    bare = timed(lambda: subprocess.run([sys.executable, "-c", "import quantulum3.parser"], check=True))
    return Row("start to the first reading", "s", seconds, {"quantulum3": bare}, "≤ 0.5 s", seconds.median <= 0.5)


def _numbers(documents, gold, gazetteer) -> Row:
    parse = _quantulum()
    ours = _share(gold, {d.id: {o.value for o in read_document(d, gazetteer).observations} for d in documents})
    peer = _share(gold, {d.id: set(parse(d.text)) for d in documents})
    return Row("gold figures whose value is read", "share", ours, {"quantulum3": peer}, "above the peer", ours > peer)


def _places(documents, gold, gazetteer) -> Row:
    find = _flashgeotext()
    known = {d.id: bool(find(d.text)) for d in documents}
    read = {d.id: {r for o in read_document(d, gazetteer).observations for r in o.regions} for d in documents}
    wanted = [(g["doc"], g["place"]) for g in gold if isinstance(g["place"], str)]
    ours = sum(place in read[_id(doc)] for doc, place in wanted) / len(wanted)
    peer = sum(known[_id(doc)] for doc, _ in wanted) / len(wanted)
    note = "the peer is credited for any place of the document; it knows names in Latin letters"
    return Row(
        "gold figures whose region is found", "share", ours, {"flashgeotext": peer}, "above the peer", ours > peer, note
    )


def _share(gold, values) -> float:
    core = [g for g in gold if g["core"]]
    return sum(float(g["value"]) in values[_id(g["doc"])] for g in core) / len(core)


def _id(name: str) -> str:
    return load_document(PRESS / name).id


def _repeat(texts: list[str], size: int) -> str:
    if not texts:
        return ""
    joined = "\n\n".join(texts)
    return "\n\n".join([joined] * max(1, size // len(joined.encode())))


def _megabytes(action, text: str, runs: int = 3):
    seconds = timed(action, runs=runs, warm=1)
    return rate(seconds, len(text.encode()) / 1e6)


def _flashgeotext():
    from flashgeotext.geotext import GeoText

    geotext = GeoText()
    return lambda text: geotext.extract(input_text=text)["cities"]


def _quantulum():
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its stored model needs an older scikit-learn; rules tell units of one spelling apart
    return lambda text: [q.value for q in parser.parse(text)]


def _natasha():
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def find(text: str) -> list[str]:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return [span.text for span in doc.spans if span.type == "LOC"]

    return find
