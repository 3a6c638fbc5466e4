"""Which layer a figure belongs to: a word of its clause, of its sentence, or what the text goes on speaking of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import regex

from geo.reading.matching import Hit
from geo.reading.numbers import Number
from geo.reading.units import Counted
from geo.reading.view import View
from geo.reading.works import is_line_told, is_route

# Units that each layer can count; a figure of another unit never takes a layer from its surroundings.
COUNTS: Final = {
    "gas": frozenset(
        [
            "percent",
            "settlements",
            "people",
            "households",
            "subscribers",
            "facilities",
            "gas_stations",
            "km",
            "projects",
            "money",
        ]
    ),
    "water": frozenset(
        [
            "percent",
            "settlements",
            "people",
            "households",
            "subscribers",
            "km",
            "projects",
            "facilities",
            "money",
            "m3day",
            "pipelines",
        ]
    ),
    "irrigation": frozenset(("percent", "hectare")),
    "internet": frozenset(
        [
            "percent",
            "settlements",
            "people",
            "schools",
            "health",
            "institutions",
            "facilities",
            "masts",
            "km",
            "money",
        ]
    ),
    "industry": frozenset(
        [
            "percent",
            "zones",
            "sez",
            "hectare",
            "projects",
            "facilities",
            "plants",
            "participants",
            "jobs",
            "money",
            "people",
        ]
    ),
}
_COUNTED_BY: Final = {
    unit: [layer for layer in COUNTS if unit in COUNTS[layer]]
    for unit in {unit for units in COUNTS.values() for unit in units}
}
# How much of a subject is left after a sentence, and after a line end.
_FADE: Final = 0.7
_FADE_LINE: Final = 0.75
_OUSTED: Final = 0.3
_OWN_AMOUNT: Final = 20  # characters: «налогов уплачено 14 млрд»
_OWN_SUM: Final = 8  # characters between what a sum is of and the sum
_OWN_CLAUSE: Final = 0.9  # clause borders
_ENOUGH: Final = 0.24
_LINKS: Final = (" мен ", " пен ", " бен ", " және ", " и ")
_IF: Final = ", если "  # what it takes is not what the figure is of
_IDIOM: Final = regex.compile(
    r"жол(?:ға)?\s(?:аш|қой|бер|тап)|жарық\sкөр|баға(?:сы)?н?\sбер"
)  # «жол ашады»: makes possible
_OF_LINE: Final = ("km", "money")
_OF_WORKS: Final = ("km", "money", "projects", "facilities")  # what every kind of works has


@dataclass(slots=True)
class Subject:
    """What the text is speaking of: a strength for each layer, fading from sentence to sentence."""

    strength: dict[str, float] = field(default_factory=dict)
    main: str = ""  # the layer the whole text is about, "" where there is none
    line: int = -1
    strayed: bool = False  # the last sentence that named a subject named only another than these

    def move_on(self, line: int) -> None:
        """Fade as the text goes on to the next sentence."""
        factor = _FADE * (_FADE_LINE if line != self.line else 1.0)
        if self.strength:
            self.strength = {layer: value * factor for layer, value in self.strength.items() if value * factor > 0.05}
        self.line = line

    def hear(self, layers: Iterable[str], others: bool) -> None:
        """Take up the layers a sentence named; another subject alone pushes all of them away."""
        named = set(layers)
        self.strayed = not named and others
        if named == {"irrigation"}:  # farming is often told in passing; it pushes nothing away
            self.strength["irrigation"] = 1.0
        elif named:
            for layer in list(self.strength):
                if layer not in named:
                    self.strength[layer] *= _OUSTED
            for layer in named:
                self.strength[layer] = 1.0
        elif others:
            for layer in list(self.strength):
                self.strength[layer] *= _OUSTED


class LayerFound:
    """The layer, how near its word stood (noun, clause, sentence, context, title, none), and that word.

    ``reason``: why there is none.
    """

    __slots__ = ("how", "layer", "reason", "word")

    def __init__(self, layer: str, how: str, word: str = "", reason: str = "") -> None:
        self.layer, self.how, self.word, self.reason = layer, how, word, reason


def figure_layer(view: View, number: Number, counted: Counted, subject: Subject) -> LayerFound:
    """The layer of a figure. Words of its own clause come first, then of the sentence, then the running subject."""
    implied = counted.hit.term.extra.get("layer") if counted.hit else None
    if counted.hit and implied:
        return LayerFound(implied, "noun", view.text(counted.hit.start, counted.hit.word_end))
    unit = counted.code
    allowed = _COUNTED_BY.get(unit)
    if allowed is None:
        return LayerFound("", "none", reason=f"no layer counts {unit}")
    # The noun that is counted speaks for itself («800 дворов» with water, not of the improvement of yards).
    others = [hit for hit in view.of("other") if not _is_counted_thing(view, hit)]
    if others and unit == "money":  # «жалпы бағасы – 9,8 млрд» is what works cost, no price
        worth = view.of("cue", "investment")
        others = [hit for hit in others if not any(_holds(cue, hit) for cue in worth)]
    if others and view.kazakh:
        others = [hit for hit in others if _IDIOM.match(view.page.low, hit.start) is None]
    if others and not view.kazakh and (condition := view.page.low.find(_IF, counted.end, view.end)) >= 0:
        others = [hit for hit in others if hit.start < condition]  # «вложат 90 млрд, если подведут электричество»
    if others and unit in _OF_LINE and any(is_route(view, hit) for hit in others):
        others = [
            hit for hit in others if not is_route(view, hit) or not is_line_told(view, subject, hit.start)
        ]  # «протяжённость трассы» of the pipeline
    if others and unit == "money":
        others = [hit for hit in others if not _has_own_sum(view, number, hit)]
    elif others:
        others = [hit for hit in others if not _has_own_number(view, number, hit)]
    if others and (beside := _beside_networks(view)):
        others = [hit for hit in others if hit.start not in beside]
    after_it = {hit.start - 1 for hit in others}
    found = _nearest(view, number, counted, [hit for hit in view.of("layer") if hit.word_end not in after_it])
    other = _nearest(view, number, counted, others)
    fit = [pair for pair in found if pair[1].term.code in allowed]
    if fit:
        distance, hit = fit[0]
        rival = found[0] if found and found[0][1].term.code not in allowed else None
        if rival and rival[0] < 0.9 and distance > rival[0] + 1.5:
            return LayerFound("", "none", reason=f"its clause speaks of {rival[1].term.code}")
        if other and other[0][0] < 0.9 and distance > other[0][0] + 0.8 and distance >= 0.9:
            return LayerFound("", "none", reason=f"its clause speaks of {other[0][1].term.code}")
        if distance < 4.5 or len({hit.term.code for _, hit in found}) == 1:
            return LayerFound(
                hit.term.code, "clause" if distance < 0.9 else "sentence", view.text(hit.start, hit.word_end)
            )
    carried = [(value, layer) for layer, value in subject.strength.items() if layer in allowed and value >= _ENOUGH]
    if other and other[0][0] < (1.2 if carried and max(carried)[0] >= 0.5 else 2.2):
        return LayerFound("", "none", reason=f"it speaks of {other[0][1].term.code}")
    if not found and unit in _OF_WORKS and any(hit.start < number.start for hit in others):
        return LayerFound("", "none", reason="its sentence speaks of something else")
    if carried:
        value, layer = max(carried)
        if layer == "irrigation" and len(carried) > 1 and not found:
            value, layer = sorted(carried)[-2]
        return LayerFound(layer, "context", f"{value:.2f}")
    if subject.main in allowed and not other:
        return LayerFound(subject.main, "title")
    return LayerFound("", "none", reason="no word of a layer near it")


def _has_own_sum(view: View, number: Number, hit: Hit) -> bool:
    """«инвестиция көлемі – 45 млрд теңге, салық – 6 млрд»: the taxes have a sum of their own, so has the investment."""
    return (
        hit.start > number.end
        and view.border(number.start, hit.start) > 0
        and any(other.scaled and 0 < other.start - hit.word_end < _OWN_SUM for other in view.numbers)
        and any(view.border(number.start, cue.start) < _OWN_CLAUSE for cue in view.of("cue", "investment"))
    )


def _has_own_number(view: View, number: Number, hit: Hit) -> bool:
    """«Онда 5 800 адам еңбек етеді, орташа жалақы – 310 мың теңге»: a later clause's own subject, with its number."""
    return (
        hit.start > number.end
        and view.border(number.start, hit.start) >= _OWN_CLAUSE
        and any(
            not other.odd and 0 < other.start - hit.word_end < (_OWN_AMOUNT if other.scaled else _OWN_SUM)
            for other in view.numbers
        )
    )


def _beside_networks(view: View) -> set[int]:
    """Where roads begin that are told with networks as one site's works («инженерлік желілері мен жолдарына»)."""
    networks = {hit.word_end for hit in view.of("cue", "network")}
    if not networks:
        return networks
    return {
        hit.start
        for hit in view.of("other", "roads")
        for link in _LINKS
        if view.page.low.startswith(link, hit.start - len(link)) and hit.start - len(link) in networks
    }


def _holds(cue: Hit, hit: Hit) -> bool:
    """«цена вопроса», «общая цена»: a longer word of cost around a word of price."""
    return cue.start <= hit.start < cue.word_end and cue.word_end - cue.start > hit.word_end - hit.start


def _is_counted_thing(view: View, hit: Hit) -> bool:
    """«187 мектеп пен 143 дәрігерлік амбулатория»: a noun that is counted is no other subject."""
    noun = view.units_at.get(hit.start)
    return noun is not None and noun.term.code != "none"


def of_portfolio(view: View, counted: Counted, found: LayerFound, industrial: frozenset[int]) -> LayerFound:
    """The projects and jobs of a region's investment plan, where the paragraph speaks of zones and industry."""
    plan = view.of("cue", "portfolio")
    if (
        not plan
        or found.how in ("noun", "clause", "sentence")
        or counted.code not in ("projects", "jobs")
        or view.sentence.paragraph not in industrial
        or view.of("other")
    ):
        return found
    return LayerFound("industry", "title", view.text(plan[0].start, plan[0].word_end))


def _nearest(view: View, number: Number, counted: Counted, hits: list[Hit]) -> list[tuple[float, Hit]]:
    scored = []
    for hit in hits:
        gap = hit.start - counted.end if hit.start >= number.start else number.start - hit.word_end
        follows = hit.start >= number.start
        between = view.between(number.start, hit.start)
        score = view.border(number.start, hit.start) + max(gap, 0) / 140 + 0.35 * min(between, 3)
        score += 0.25 if follows != view.kazakh and not follows else 0.0
        scored.append((score, hit))
    scored.sort(key=lambda pair: (pair[0], pair[1].start))
    return scored


def main_layer(codes: Counter[str]) -> str:
    """The layer that most layer words of the text belong to, where one clearly leads."""
    total = sum(codes.values())
    if not total:
        return ""
    layer, count = codes.most_common(1)[0]
    return layer if count >= 0.75 * total and layer != "irrigation" else ""
