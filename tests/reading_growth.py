"""Texts that could make the reading slow, how many steps it takes over one, and reading them all under a limit.

Steps are lines of Python executed, loops in comprehensions included: the same on every run, however busy the machine.
What runs in C counts as one step whatever it costs, so ``python tests/reading_growth.py`` reads each text at full size
with so much processor time that twenty times the work passes; the system ends the process where it needs more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from reading_scores import ROOT, gazetteer

from geo.model import Document
from geo.reading import read_document

LIMIT_S = 20  # of processor time for one text; each takes about one
PRESS = sorted((ROOT / "tests/gold/press").glob("*.txt"))
FACTS = " ".join(path.read_text("utf-8") for path in PRESS).replace("\n", " ")
SENTENCE = "Қызылорда облысында 198 ауыл ауыз сумен қамтылған, тағы 12 ауылға газ тартылмақ. "

Kind = tuple[int, Callable[[int], str]]
KINDS: dict[str, Kind] = {  # how many characters the large text has, and how a text of n characters is made
    "one line of digits": (5_000_000, lambda n: "7" * n),
    "one paragraph of one sentence": (250_000, lambda n: SENTENCE * (n // len(SENTENCE))),
    "one paragraph of many sentences": (250_000, lambda n: (FACTS * (n // len(FACTS) + 1))[:n]),
    "no full stop": (100_000, lambda n: SENTENCE.replace(". ", " ") * (n // len(SENTENCE))),
    "no capital letter": (60_000, lambda n: "газ 5 ауыл. " * (n // 12)),
    "no spaces": (3_000_000, lambda n: "газауыл5қосылды" * (n // 15)),
    "short lines": (200_000, lambda n: "газ 5\n" * (n // 6)),
    "the same figure in each line": (150_000, lambda n: "5 ауылға газ тартылды\n\n" * (n // 23)),
    "another figure in each line": (120_000, lambda n: "\n\n".join(f"{i} ауылға газ тартылды" for i in range(n // 24))),
    "one value in many zones": (
        250_000,
        lambda n: "\n\n".join(f"«Алаң{i}» индустриялық аймағында 5 жоба бар." for i in range(n // 45)),
    ),
    "numbers only": (1_500_000, lambda n: "12 345 " * (n // 7)),
    "shares only": (120_000, lambda n: "газ " + "12,5% " * (n // 6)),
    "years only": (400_000, lambda n: "газ 2025 жылы 2026 " * (n // 19)),
    "number words only": (2_000_000, lambda n: "екі жүз мың " * (n // 12)),
    "place names only": (800_000, lambda n: "Абай Ақтөбе Семей " * (n // 18)),
    "place names with figures": (50_000, lambda n: "газ 5 ауыл Абай Ақтөбе Семей ауданы, " * (n // 38)),
    "nested quotes": (5_000_000, lambda n: "«" * (n // 2) + "газ 5 ауыл" + "»" * (n // 2)),
    "quotes around figures": (250_000, lambda n: "(«газ 5 " * (n // 9) + "»)" * (n // 9)),
    "spaces": (5_000_000, lambda n: "газ" + " \u00a0" * (n // 2) + "5 ауыл"),
    "line ends": (5_000_000, lambda n: "газ" + "\n \r\n" * (n // 4) + "5 ауыл"),
    "invisible marks": (5_000_000, lambda n: "\u200b" * n + "газ 5 ауыл"),
    "dashes": (700_000, lambda n: "12-" * (n // 3)),
    "phones": (1_200_000, lambda n: "+7 7172 123 456 " * (n // 16)),
    "zones without a name": (900_000, lambda n: "СЭЗ «" * (n // 5)),
    "words of time": (2_000_000, lambda n: "в этом году " * (n // 12)),
}
BESIDE_A_LONG_WORD: dict[str, Kind] = {  # a rule that searches on to either end of the text pays at every figure
    "figures before one long word": (5_000_000, lambda n: _facts(n) + "ж" * n),
    "figures after one long word": (5_000_000, lambda n: "ж" * n + " " + _facts(n)),
}


def read(text: str) -> None:
    read_document(Document(id="x", text=text), gazetteer())


def steps(text: str) -> int:
    """Lines of Python that the reading of a text executes."""
    count = 0

    def step(frame, event, arg):
        nonlocal count
        count += 1
        return step

    gazetteer()
    before = sys.gettrace()
    sys.settrace(step)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count


def _facts(n: int) -> str:
    """Sentences with figures, a tenth as long as the word beside them."""
    return (FACTS * (n // 10 // len(FACTS) + 1))[: n // 10]


def _read_all_within_the_limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    read(SENTENCE)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    for name, (size, make) in (KINDS | BESIDE_A_LONG_WORD).items():
        _say(name)  # the last name printed is the text that was too much
        text = make(size)
        used = sum(os.times()[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + LIMIT_S, hard))
        read(text)
        _say(f"  {len(text):,} characters in {sum(os.times()[:2]) - used:.2f} s of processor time")
    _say("all read")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _read_all_within_the_limit()
