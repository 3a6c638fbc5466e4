"""Texts that say nearly the same: one press release reprinted by many papers must count once.

MinHash over word 5-grams (datasketch): the similarity is the estimated Jaccard index of the two sets of 5-grams.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import regex
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 64
VALUE_BYTES = 4
SCHEME = "affine32"  # stated, so that signatures made by another release of datasketch still compare
SHINGLE_WORDS = 5
SIMILAR_FROM = 0.6
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Similar:
    """A known text and how much of both texts it shares (0…1, estimated)."""

    id: str
    similarity: float


def signature(text: str) -> str:
    """The MinHash of a text in base64 (64 permutations of 32 bits); equal texts give equal signatures."""
    words = _WORD.findall(text.casefold())
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]).encode() for i in range(count)}
    hashed = _minhash()
    hashed.update_batch(sorted(shingles))
    return base64.b64encode(hashed.digest().astype("<u4").tobytes()).decode()


class NearDuplicates:
    """An index of signatures that answers which known texts are similar.

    A signature is cut into bands as datasketch's MinHashLSH cuts it: texts that share a whole band are compared. The
    bands lie in dictionaries of our own, a tenth of the time and half of the memory of that class's storages.
    """

    def __init__(self, known: Iterable[tuple[str, str]] = (), similar_from: float = SIMILAR_FROM) -> None:
        self.similar_from = similar_from
        self._cuts = bands(similar_from)
        self._bands: list[dict[int, int | list[int]]] = [{} for _ in self._cuts]  # hash of a band → numbers of texts
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._signs: list[bytes] = []
        for name, sign in known:
            self.add(name, sign)

    def add(self, name: str, sign: str) -> None:
        """Remember a text by its name and signature; a known name keeps its first signature."""
        number = len(self._names)
        if self._numbers.setdefault(name, number) != number:
            return
        values = base64.b64decode(sign)
        self._names.append(name)
        self._signs.append(values)
        for cut, band in zip(self._cuts, self._bands, strict=True):
            key = hash(values[cut])
            here = band.setdefault(key, number)
            if isinstance(here, list):
                here.append(number)
            elif here != number:
                band[key] = [here, number]

    def similar(self, sign: str) -> list[Similar]:
        """Known texts at or above ``similar_from``, most similar first, equal ones by name."""
        values = base64.b64decode(sign)
        close: set[int] = set()
        for cut, band in zip(self._cuts, self._bands, strict=True):
            here = band.get(hash(values[cut]), ())
            close.update((here,) if isinstance(here, int) else here)
        found = [Similar(self._names[number], _share(values, self._signs[number])) for number in close]
        return sorted((s for s in found if s.similarity >= self.similar_from), key=lambda s: (-s.similarity, s.id))


def bands(similar_from: float) -> list[slice]:
    """Bytes of a signature that belong together: the cuts that find texts so similar best, as datasketch reckons."""
    index = MinHashLSH(threshold=similar_from, num_perm=PERMUTATIONS)
    return [slice(VALUE_BYTES * first, VALUE_BYTES * last) for first, last in index.hashranges]


def _share(one: bytes, other: bytes) -> float:
    """The share of equal values of two signatures."""
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def _minhash() -> MinHash:
    """With the permutations made once: making them takes longer than all the rest."""
    return MinHash(PERMUTATIONS, hashfunc=zlib.crc32, permutations=_permutations(), scheme=SCHEME)


@lru_cache(maxsize=1)
def _permutations() -> np.ndarray:
    return MinHash(PERMUTATIONS, scheme=SCHEME).permutations
