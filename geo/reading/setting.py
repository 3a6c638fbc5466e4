"""What holds for the whole document: its own region, its date where none is stated, and its main subject."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from geo.model import COUNTRY
from geo.reading.names import Mention
from geo.reading.places import INSIDE, Focus

_YEAR = regex.compile(r"(?<![\d.,№/+-])(20[0-4]\d)(?!\d)(?!,\d)")
_LATER = regex.compile(r"(?:биыл|в этом году|в текущем году|ағымдағы жылы).{0,160}?(20[0-4]\d)", regex.DOTALL)
_TO_COME = regex.compile(
    r"(20[0-4]\d)(?:\s?[–—-]\s?(?:20)?\d\d)?\s?-?\p{Ll}{0,8}\s(?:жылға (?:қарай|дейін)|жылдың (?:соңына|аяғына)"
    r"|жылға дейінгі|жылдары?.{0,80}(?:жоспар|көзде|атын|етін|мақ|мек))"
)
_TO_COME_RU = regex.compile(
    r"(?:до конца|к концу|к|до|до конца)\s(20[0-4]\d)\s?год"
    r"|в\s(20[0-4]\d)(?:\s?[–—-]\s?(?:20)?\d\d)?\sгод\p{Ll}*.{0,60}(?:планир|будет|будут|намеч|предстоит)"
)
_RESULTS = regex.compile(
    r"(?:по итогам|по результатам)\s(20[0-4]\d)|(20[0-4]\d)\s?(?:жылдың|жылғы)\s(?:қорытынды|нәтиже)"
)
_PAST = regex.compile(
    r"(20[0-4]\d)\s?(?:жылы|жылдың|году|года).{0,90}?(?:ды|ді|ты|ті|ған|ген|ли|ло|ла|ны|но)(?=[\s.,;])"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The document's date (stated or inferred), with the reason where it is inferred."""

    date: dt.date | None
    reason: str = ""


def infer_date(text: str, stated: dt.date | None) -> Setting:
    """The stated date, else the year that the text implies: before the years to come, not before the years gone by."""
    if stated:
        return Setting(stated)
    low = text[:60000].lower()
    beside = [int(found.group(1)) for found in _LATER.finditer(low)]
    coming = [
        int(next(year for year in found.groups() if year))
        for pattern in (_TO_COME, _TO_COME_RU)
        for found in pattern.finditer(low)
    ]
    coming += beside
    gone = [int(found.group(1)) for found in _PAST.finditer(low)]
    results = [
        int(found.group(1) or found.group(2)) + 1 for found in _RESULTS.finditer(low)
    ]  # a year's results are told the year after
    gone += results
    gone = [year for year in gone if not coming or year < max(coming)]
    if beside:
        year = min(beside) - 1
        if not gone or max(gone) <= year + 1:
            return Setting(dt.date(year, 12, 31), f"inferred: the text sets {year + 1} beside “this year”")
    if coming:
        year = min(coming) - 1
        if gone and max(gone) > year:
            year = max(gone)
            return Setting(dt.date(year, 12, 31), f"inferred: {year} is the latest year told as past")
        return Setting(dt.date(year, 12, 31), f"inferred: {year + 1} is the earliest year still to come")
    if gone:
        year = max(gone)
        return Setting(dt.date(year, 12, 31), f"inferred: {year} is the latest year told as past")
    years = [int(found.group()) for found in _YEAR.finditer(low)]
    if years:
        year = max(years)
        return Setting(dt.date(year, 12, 31), f"inferred: {year} is the latest year named")
    return Setting(None)


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
