"""Near-duplicates: a reprint with another head and tail is found, another release of the same form is not."""

from __future__ import annotations

import base64
import random

import numpy as np
from datasketch import MinHash, MinHashLSH

from geo.near_duplicates import PERMUTATIONS, SCHEME, NearDuplicates, signature

RELEASE = " ".join(
    f"Облыстың {n}-ші ауданында биыл {n * 3 + 1} ауыл табиғи газға қосылды, келесі жылы {n + 5} мекен жоспарда."
    for n in range(1, 15)
)
REPRINT = "Қалалық газет хабарлайды. " + RELEASE + " Жаңалықтарға жазылыңыз!"
OTHER = RELEASE.replace("газға", "ауыз суға").replace("ауданында биыл", "қаласында былтыр")


def test_a_reprint_is_found_with_its_similarity():
    index = NearDuplicates([("release", signature(RELEASE))])
    found = index.similar(signature(REPRINT))
    assert [s.id for s in found] == ["release"]
    assert 0.8 < found[0].similarity <= 1


def test_another_release_of_the_same_form_is_not():
    assert NearDuplicates([("release", signature(RELEASE))]).similar(signature(OTHER)) == []


def test_the_same_text_has_the_same_signature_whatever_its_case_and_spaces():
    assert signature(RELEASE) == signature(RELEASE.upper().replace(" ", "\u00a0\n"))


def test_texts_without_words_are_no_error():
    assert NearDuplicates([("empty", signature(""))]).similar(signature("?!"))[0].similarity == 1


def test_the_index_finds_what_the_one_of_datasketch_finds():
    """Signatures of every likeness: each is a former one with some of its values changed."""
    made, index = random.Random(7), NearDuplicates()
    peer, values = MinHashLSH(threshold=index.similar_from, num_perm=PERMUTATIONS), []
    for number in range(400):
        mine = np.array([made.getrandbits(32) for _ in range(PERMUTATIONS)], dtype="<u4")
        if values and number % 4:
            mine = made.choice(values).copy()
            for place in made.sample(range(PERMUTATIONS), made.randint(0, 40)):
                mine[place] = made.getrandbits(32)
        sign = base64.b64encode(mine.tobytes()).decode()
        hashed = MinHash(PERMUTATIONS, hashvalues=mine, scheme=SCHEME)
        expected = {key: float(np.mean(values[int(key)] == mine)) for key in peer.query(hashed)}
        found = {similar.id: similar.similarity for similar in index.similar(sign)}
        assert found == {key: share for key, share in expected.items() if share >= index.similar_from}
        index.add(str(number), sign)
        peer.insert(str(number), hashed)
        values.append(mine)


def test_a_known_name_keeps_its_first_signature():
    index = NearDuplicates([("a", signature(RELEASE)), ("a", signature("something else entirely, of other words"))])
    assert [s.id for s in index.similar(signature(REPRINT))] == ["a"]
