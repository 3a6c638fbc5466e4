"""Near-duplicates: a reprint with another head and tail is found, another release of the same form is not."""

from __future__ import annotations

from geo.near_duplicates import NearDuplicates, signature

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
