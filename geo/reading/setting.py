"""What holds for the whole document: the region (or the country) that it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from geo.model import COUNTRY
from geo.reading.focus import INSIDE, Focus
from geo.reading.mention import Mention


def infer_home(
    title: Sequence[Mention], body: Iterable[tuple[int, list[Mention]]], words: Counter[str], title_words: Counter[str]
) -> Focus:
    """The region (or country) the whole text is about, with its reason; none where the text does not tell.

    ``body``: for each sentence its number and its mentions; ``words``: counts of place words («облыста», «елімізде»).
    """
    weights: dict[str, float] = defaultdict(float)
    hints: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    named: dict[str, float] = defaultdict(float)
    country = (
        0.9 * min(words["country"], 4)
        + 0.7 * min(words["ministry"], 3)
        + 3.0 * title_words["country"]
        + 1.5 * title_words["ministry"]
    )
    inside: dict[tuple[str, str], int] = Counter()
    for weight, mentions in [(5.0, list(title)), *((1.6 if n < 3 else 1.0, ms) for n, ms in body)]:
        regions = [m for m in mentions if m.kind == "region"]
        many = len({m.id for m in regions}) > 2
        for mention in mentions:
            if mention.kind == "country":
                country += 0.9 * weight
                continue
            if len(mention.regions) != 1:
                continue
            code = mention.regions[0]
            hints[code].add(mention.name)
            times[code] += 2 if weight == 5.0 else 1
            if mention.kind == "region" and mention.explicit and not mention.line:
                named[code] += weight
                weights[code] += weight * (0.4 if many else 2.0)
            elif mention.line:
                weights[code] += 0.3
            else:
                weights[code] += 0.6 * weight
            if mention.kind in INSIDE and not mention.line:
                inside[mention.id, mention.name] += 1
    home, reason = _leading(weights, hints, named, country, words, times)
    place = _home_place(title, hints[home[0]] if home and named.get(home[0]) else set(), home)
    return Focus(home=home, home_place=place, home_reason=reason, region=home if home != (COUNTRY,) else ())


def _leading(
    weights: dict[str, float],
    hints: dict[str, set[str]],
    named: dict[str, float],
    country: float,
    words: Counter[str],
    times: Counter[str],
) -> tuple[tuple[str, ...], str]:
    total = sum(weights.values())
    if weights:
        code = max(sorted(weights), key=lambda c: weights[c])
        weight = weights[code]
        steady = times[code] >= 2 or weight == total
        clear = weight >= 0.7 * total and steady and (named[code] or len(hints[code]) >= 2 or weight >= 2.4)
        local = words["this_region"] + words["this_district"] >= 3
        if clear and (local or weight >= country or named[code] >= 2):
            how = "named" if named[code] else "hinted at by " + ", ".join(sorted(hints[code])[:3])
            return (code,), f"the document's own region, {how}"
    if country >= 0.9 and (not weights or country >= 0.5 * max(weights.values()) or len(weights) > 3):
        return (COUNTRY,), "the text speaks of the country"
    return (), ""


def _home_place(title: Sequence[Mention], told: set[str], home: tuple[str, ...]) -> Mention | None:
    """A district, town or zone that the title is about. ``told``: names of the home region in the text."""
    kinds = [m for m in title if not m.line]
    inner = [m for m in kinds if m.kind in INSIDE]
    if (
        len({m.name for m in inner}) == 1
        and not any(m.kind == "region" for m in kinds)
        and inner[0].regions in (home, ())
    ):
        if any(name.startswith(inner[0].name + " ") for name in told):
            return None  # «Мангистау»: the oblast and a village in it; the text names the oblast
        if inner[0].kind == "city" and (told or inner[0].reason):
            return None  # the seat stands for its oblast, which the text names
        return inner[0]
    return None
