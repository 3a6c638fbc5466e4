"""What is still to be done: items that only name it, duties, villages that are left."""

from __future__ import annotations

from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.view import View

_LEFT_BEFORE: Final = regex.compile(
    r"(?<!\p{L})оста(?:лось|лись|ется|ются)\s(?:лишь\s|только\s|всего\s|еще\s|около\s)?$"
)
_LEFT_END: Final = regex.compile(r"\s?(?:[.,;!–—-]|$)")
_ARE_LEFT: Final = regex.compile(r"\s(?:ғана\s)?қалды(?!\p{L})")
_ITEM_START: Final = regex.compile(r"(?:[•·*▪●–—-]|\d{1,2}[.)])?\s*")
_ITEM_END: Final = regex.compile(r"\s?(?:[;.]|$)")
_MANAGED: Final = regex.compile(r"(?<!\p{L})(?:удал|смог|успел|сумел|помог|позвол)")
_DUTY: Final = regex.compile(r"(?P<verb>\p{Ll}+)(?:уы|уі)\s$")
_OLD_NETWORKS: Final = ("ауыстыр", "алмастыр", "жөнде", "жаңарт", "жаңғырт", "қалпына")  # of these works are in need


def is_duty(view: View, start: int) -> bool:
    """«24 ауылға газ тартылуы керек»: before ``start`` stands what is to be done, not what is lacking."""
    found = _DUTY.search(view.text(max(view.start, start - 24), start))
    return found is not None and not found["verb"].startswith(_OLD_NETWORKS)


def is_task(view: View, hit: Hit, text: str) -> bool:
    """Whether the infinitive ``text`` begins a Russian item, or ends a Kazakh one, with no verb over it."""
    if hit.term.language == "kk":
        return text[-1] in "уүю" and _ITEM_END.match(view.page.low, hit.word_end, view.end) is not None
    return (
        not text.endswith("сть")  # «обеспеченность»
        and _ITEM_START.fullmatch(view.page.low, view.start, hit.start) is not None
        and _MANAGED.search(view.page.low, hit.word_end, view.end) is None
    )


def are_left(view: View, number: Number, end: int) -> bool:
    """«Осталось 14 сёл», «сумен қамтылды, тек алты ауыл қалды»: villages that wait. ``end``: where their noun ends."""
    if view.kazakh:
        return _ARE_LEFT.match(view.page.low, end) is not None
    before = view.text(max(view.start, number.start - 26), number.start)
    return _LEFT_BEFORE.search(before) is not None and _LEFT_END.match(view.page.low, end) is not None
