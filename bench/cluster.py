"""A generated corpus read by one process and by two Dask workers: the same figures, and how much sooner."""

from __future__ import annotations

import json
import random
import tempfile
import time
from itertools import product
from pathlib import Path

from dask.distributed import Client, LocalCluster

from bench.measure import Row, Section, Spread, middle, runs, spread
from geo.cluster import Report, read_corpus, read_part
from geo.corpus import Part, parts_of
from geo.near_duplicates import NearDuplicates, signature

DOCUMENTS = 4000
WORKERS = 2
PLACES = ("Түркістан облысында", "Жамбыл облысында", "Ақтөбе облысында", "Қостанай облысында", "Абай облысында")
FIGURES = (
    "{place} биыл {n} ауыл табиғи газға қосылды.",
    "{place} тұрғындардың {n} пайызы ауызсумен қамтылған.",
    "{place} {n} елді мекенге интернет тартылды.",
    "{place} {n} шақырым газ құбыры салынды.",
)
SUBJECTS = ("Комиссия", "Әкімдік", "Кеңес", "Басқарма", "Мердігер", "Қоғам", "Мекеме", "Сала")
DEEDS = ("жоспарды қарады", "есеп берді", "жиын өткізді", "жұмысты бастады", "сұраққа жауап берді", "нысанды аралады")


def measure() -> Section:
    """Both read the same corpus in turn; the cluster is running already, the gathering of results is included."""
    with (
        tempfile.TemporaryDirectory(prefix="qamtu-corpus-") as home,
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
    ):
        corpus = write_corpus(Path(home, "corpus.jsonl"), DOCUMENTS)
        size = corpus.stat().st_size / 1e6
        alone, together, halves, reports = [], [], [], []
        read(write_corpus(Path(home, "warm.jsonl"), 1300), Path(home, "warm"))
        read(Path(home, "warm.jsonl"), Path(home, "warm-2"), engine="dask", scheduler=cluster.scheduler_address)
        for turn in range(runs(2)):
            one = read(corpus, Path(home, f"one-{turn}"))
            two = read(corpus, Path(home, f"two-{turn}"), engine="dask", scheduler=cluster.scheduler_address)
            if (Path(home, f"one-{turn}", "observations.jsonl").read_bytes()) != (
                Path(home, f"two-{turn}", "observations.jsonl").read_bytes()
            ):
                raise RuntimeError("The cluster read other figures than one process.")
            alone.append(one[0])
            together.append(two[0])
            halves.append(read_halves(cluster, corpus, Path(home, f"halves-{turn}")))
            reports += [one[1], two[1]]
        parts = sum(path.stat().st_size for path in Path(home, "one-0").rglob("*") if path.is_file())
    one, two = spread(alone), spread(together)
    gain, most = gain_of(one, two), gain_of(one, spread(halves))
    report = reports[0]
    return Section(
        "A corpus on a cluster",
        (
            Row(f"gain of {WORKERS} workers over one process", "×", gain, {}, "≥ 1.8", middle(gain) >= 1.8),
            Row(
                "gain where each reads its half, nothing being shared out or put together: what the machine gives",
                "×",
                most,
            ),
            Row(f"{size:.0f} MB of text, {WORKERS} workers", "s", two, {"one process": one}),
            Row("one process", "MB/s", Spread(size / one.median, size / one.high, size / one.low)),
            Row("one process", "documents/s", Spread(*(DOCUMENTS / s for s in (one.median, one.high, one.low)))),
            Row("text of a document", "KB", size * 1000 / DOCUMENTS),
            Row("written for a document: figures, signature, list", "KB", parts / 1000 / DOCUMENTS),
            Row("figures in a document", "figures", report.observations / max(1, report.documents - report.duplicates)),
            *index_rows(),
        ),
        ("dask", "distributed", "datasketch"),
        f"{DOCUMENTS} generated Kazakh documents, a tenth of them reprints. The cluster runs already; gathering and "
        "the search for reprints are included; the figures of both ways are compared byte by byte.",
    )


def gain_of(one: Spread, other: Spread) -> Spread:
    return Spread(one.median / other.median, one.low / other.high, one.high / other.low)


def read_halves(cluster: LocalCluster, corpus: Path, out: Path) -> float:
    """Seconds in which each worker reads every second part, and that is all."""
    parts = parts_of(corpus)
    with Client(cluster) as client:
        workers = list(client.scheduler_info(n_workers=-1)["workers"])
        started = time.perf_counter()
        client.gather(
            [
                client.submit(read_all, parts[at::WORKERS], out, workers=worker, pure=False)
                for at, worker in enumerate(workers)
            ]
        )
        return time.perf_counter() - started


def read_all(parts: list[Part], out: Path) -> None:
    for part in parts:
        read_part(part, out)


def index_rows() -> list[Row]:
    """What looking for reprints takes: it is the part that one process does alone."""
    made = random.Random(4)
    texts = [document(made, number) for number in range(300)]
    started = time.perf_counter()
    signs = [signature(text) for text in texts]
    signing = (time.perf_counter() - started) / len(texts)
    index = NearDuplicates()
    started = time.perf_counter()
    for copy, (number, sign) in product(range(10), enumerate(signs)):
        index.similar(sign)
        index.add(f"{copy}-{number}", sign)
    looking = (time.perf_counter() - started) / (10 * len(signs))
    return [Row("signature of a document", "ms", signing * 1000), Row("its look-up among others", "ms", looking * 1000)]


def read(corpus: Path, out: Path, **engine) -> tuple[float, Report]:
    started = time.perf_counter()
    report = read_corpus(corpus, out, **engine)
    return time.perf_counter() - started, report


def write_corpus(path: Path, documents: int, seed: int = 3, sentences: int = 14) -> Path:
    """JSON lines of Kazakh documents, usually of about two kilobytes; every tenth repeats an earlier one."""
    made = random.Random(seed)
    texts: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            again = texts and number % 10 == 9
            text = f"Баспасөз хабары. {made.choice(texts[-9:])}" if again else document(made, number, sentences)
            if not again:
                texts.append(text)
            row = {"id": f"d{number}", "text": text, "date": "2025-11-01", "language": "kk"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def document(made: random.Random, number: int, sentences: int = 14) -> str:
    """A text of its own: sentences about this and that, and three to five figures among them (one in a short text)."""
    told = [
        f"{made.choice(SUBJECTS)} {made.randint(2, 999)}-отырыста {made.choice(DEEDS)}, "
        f"{made.randint(1, 99999)}-құжат тіркелді."
        for _ in range(sentences)
    ]
    for _ in range(made.randint(3, 5) if sentences >= 10 else 1):
        figure = made.choice(FIGURES).format(place=made.choice(PLACES), n=made.randint(2, 99))
        told.insert(made.randrange(len(told)), figure)
    return f"{number}-хабар. " + " ".join(told)
