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
    """An index of signatures that answers which known texts are similar."""

    def __init__(self, known: Iterable[tuple[str, str]] = (), similar_from: float = SIMILAR_FROM) -> None:
        self.similar_from = similar_from
        self._index = MinHashLSH(threshold=similar_from, num_perm=PERMUTATIONS)
        self._hashes: dict[str, np.ndarray] = {}
        for name, sign in known:
            self.add(name, sign)

    def add(self, name: str, sign: str) -> None:
        """Remember a text by its name and signature; a known name keeps its first signature."""
        if name not in self._hashes:
            self._hashes[name] = _unpack(sign)
            self._index.insert(name, _minhash(self._hashes[name]))

    def similar(self, sign: str) -> list[Similar]:
        """Known texts at or above ``similar_from``, most similar first, equal ones by name."""
        asked = _unpack(sign)
        close = self._index.query(_minhash(asked))
        found = [Similar(name, float(np.mean(asked == self._hashes[name]))) for name in close]
        return sorted((s for s in found if s.similarity >= self.similar_from), key=lambda s: (-s.similarity, s.id))


def _unpack(sign: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(sign), dtype="<u4")


def _minhash(values: np.ndarray | None = None) -> MinHash:
    """With the permutations made once: making them takes longer than all the rest."""
    return MinHash(PERMUTATIONS, hashfunc=zlib.crc32, hashvalues=values, permutations=_permutations(), scheme=SCHEME)


@lru_cache(maxsize=1)
def _permutations() -> np.ndarray:
    return MinHash(PERMUTATIONS, scheme=SCHEME).permutations
