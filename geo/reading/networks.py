"""By which network villages have the internet, and how far the words stand that tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.phrases import phrase
from geo.reading.units import Counted
from geo.reading.view import View

if TYPE_CHECKING:
    from geo.reading.indicators import Flags

NETWORKS: Final = ("fibre", "broadband", "mobile", "satellite", "3g", "4g", "adsl")
_REST: Final = phrase("rest")
_PLAIN: Final = ("интернет", "ғаламтор")
_NEARER: Final = 0.45  # than a word of a network, in clauses
_OWN_NUMBER: Final = 28  # characters
_SAME_CLAUSE: Final = 0.5  # clause borders
_DASHES: Final = (" – ", " — ", " - ", ": ")


def note_networks(view: View, number: Number, counted: Counted, flags: Flags) -> None:
    scored = sorted(
        (
            (reach(view, number, counted, hit) + (0.3 if view.kazakh and hit.start < number.start else 0.0), hit)
            for hit in view.of("cue", *NETWORKS)
            if not _is_of_rest(view, counted, hit)
        ),
        key=lambda pair: (pair[0], pair[1].start),
    )
    if not scored:
        return
    if (
        scored[0][0] >= 2.4
        and view.kazakh
        and len({hit.term.code for _, hit in scored}) == 1
        and not _blocked(view, number, counted, scored[0][1])
    ):
        flags.set(scored[0][1].term.code, view.text(scored[0][1].start, scored[0][1].word_end))
        return
    nearest = scored[0][0]
    if _is_plain_internet(view, number, counted, nearest):
        return
    for score, hit in scored:
        # Words of one phrase («мобильді кең жолақты») go together; a farther network is another figure's.
        if score < (2.4 if view.kazakh else 1.6) and score <= nearest + 0.45:
            flags.set(hit.term.code, view.text(hit.start, hit.word_end))
            if view.text(hit.start, hit.word_end).startswith(("базалық", "базов")):
                flags.set("base")
    order = [hit.term.code for _, hit in scored if hit.term.code in ("3g", "4g")]
    if order[:1] == ["3g"] and "4g" in flags:
        flags.set("3g_nearer")


def _is_plain_internet(view: View, number: Number, counted: Counted, nearest: float) -> bool:
    """«сотовая связь есть в 396 сёлах, интернет – в 371»: the plain word stands nearer than any kind of network."""
    kinds = {cue.word_end + 1 for cue in view.of("cue", *NETWORKS)}  # «мобильный интернет» is a kind
    return any(
        hit.start not in kinds
        and hit.start < number.start
        and view.text(hit.start, hit.start + 8) in _PLAIN
        and view.between(hit.start, number.start) == 0
        and reach(view, number, counted, hit) + _NEARER < nearest
        for hit in view.of("layer", "internet")
    )


def _is_of_rest(view: View, counted: Counted, hit: Hit) -> bool:
    """«42 мектеп интернетке қосылды, қалғандары жерсерікпен»: a network that the others have."""
    return hit.start > counted.end and _REST.search(view.text(counted.end, hit.start)) is not None


def masts_put_up(view: View, number: Number) -> bool:
    """«Үш ауылға жаңа мұнара қойылды», «жеті мұнара орнатылып, 12 ауыл қамтылды»: what the masts serve.

    Masts in the number's clause have no number of their own; those with one stand right before it.
    """
    return any(
        (hit.start < number.start and view.between(hit.start, number.start) == 0)
        or (
            view.border(number.start, hit.start) < 0.9
            and not any(other is not number and 0 <= hit.start - other.end < _OWN_NUMBER for other in view.numbers)
        )
        for hit in view.of("unit", "masts")
    )


def by_satellite(view: View, counted: Counted) -> str:
    """The word for a satellite that follows, in whatever clause, before any other number or network.

    «Сегіз мектеп, кабель жетпегендіктен, Starlink-ке қосылды».
    """
    hit = next((cue for cue in view.of("cue", *NETWORKS) if cue.start >= counted.end), None)
    if hit is None or hit.term.code != "satellite" or view.between(counted.end - 1, hit.start):
        return ""
    if any(counted.end <= cue.start < hit.start for cue in view.of("cue", "more", "subset")):
        return ""
    if _is_of_rest(view, counted, hit) or any(
        other.start > hit.start and view.border(hit.start, other.start) < _SAME_CLAUSE for other in view.numbers
    ):
        return ""  # «41 мектеп, ал Starlink арқылы 42»
    return view.text(hit.start, hit.word_end)


def reach(view: View, number: Number, counted: Counted, hit: Hit) -> float:
    """Distance of a cue in clauses, other numbers between counting as borders."""
    follows = hit.start >= number.start
    gap = hit.start - counted.end if follows else number.start - hit.word_end
    between = view.between(number.start, hit.start)
    # In a list with one verb a word is shared; where the number between has a verb of its own, the word is its own too.
    blocked = between and _blocked(view, number, counted, hit)
    far = 0.7 * between + 1.5 if blocked else (0.25 if hit.term.code in NETWORKS else 0.7) * between
    parted = view.border(number.start, hit.start)
    if (
        follows
        and parted >= 0.9
        and any(
            other.start > hit.start
            and (view.border(hit.start, other.start) < 0.5 or view.text(hit.word_end, other.start) in _DASHES)
            for other in view.numbers
        )
    ):
        far += 1.5  # it introduces the next number: «41 мектеп, ал Starlink арқылы 42»
    return parted + max(gap, 0) / 220 + far


def _blocked(view: View, number: Number, counted: Counted, hit: Hit) -> bool:
    """Whether a verb, or "of them", stands between the number and a word after it."""
    begin, end = counted.end, hit.start
    return any(
        begin < other.start < end
        for own in (view.of("status"), view.of("stem", "process", "state", "ongoing"), view.of("cue", "subset"))
        for other in own
    )
