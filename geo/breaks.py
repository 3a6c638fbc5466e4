"""Class breaks of a choropleth: equal intervals, quantiles and natural breaks, 3 to 7 classes, with neat bounds.

Breaks are made once for all years and both statuses, so that a colour means the same wherever the slider stands.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable

METHODS = ("equal", "quantile", "jenks")
CLASSES = range(3, 8)


def class_breaks(values: Iterable[float], kind: str) -> dict[str, list[float]]:
    """Upper bounds (inclusive, ascending) by "equal-5", "quantile-5", "jenks-5" … for 3 to 7 classes.

    ``kind`` is the indicator's kind: bounds of a share never pass 100. Fewer distinct values than classes give fewer
    classes; no value gives empty lists. The last bound is never below the largest value.
    """
    known = sorted({float(value) for value in values})
    return {f"{method}-{k}": _breaks(known, method, k, kind) for method in METHODS for k in CLASSES}


def _breaks(known: list[float], method: str, k: int, kind: str) -> list[float]:
    if not known:
        return []
    ceiling = 100.0 if kind == "share" and known[-1] <= 100 else math.inf
    if len(known) == 1:
        return [_neat_above(known[0], ceiling)]
    if method == "equal":
        return _equal(known, k, ceiling, whole=kind in ("stock", "flow"))
    if len(known) <= k:
        uppers = known
    else:
        import mapclassify  # slow to import and only needed where an edition is made
        import numpy as np

        classify = mapclassify.Quantiles if method == "quantile" else mapclassify.FisherJenks
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it says that numba would be faster; at most 20 values here
            uppers = sorted({float(bound) for bound in classify(np.array(known), k=k).bins})
    return _between_classes(known, uppers, ceiling)


def _equal(known: list[float], k: int, ceiling: float, *, whole: bool) -> list[float]:
    """``k`` equal steps from a neat floor; where no neat step fits exactly ``k`` times, plain equal parts.

    ``whole``: counts get whole bounds, and fewer classes where there are fewer numbers between the ends.
    """
    low, high = known[0], known[-1]
    least = (high - low) / k
    if whole and high - low < k:
        return [float(bound) for bound in range(math.ceil(low), math.ceil(high) + 1)][-k:]
    for step in _neat_steps(least):
        for grid in (step, step / 2, step / 5):
            floor = math.floor(low / grid + 1e-9) * grid
            bounds = [_tidy(floor + step * (i + 1)) for i in range(k)]
            fits = bounds[-2] < high <= bounds[-1] <= ceiling
            if fits and not (whole and any(bound % 1 for bound in bounds)):
                return bounds
    start, end = 0.0 if 0 <= low < least else low, _neat_above(high, ceiling)
    parts = [float(f"{start + (end - start) * i / k:.3g}") for i in range(1, k)]
    return sorted({*(float(round(part)) if whole else part for part in parts), end})


def _neat_steps(least: float) -> list[float]:
    power = 10.0 ** math.floor(math.log10(least))
    neat = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
    return [step * power for step in neat if least * (1 - 1e-9) <= step * power <= least * 2]


def _between_classes(known: list[float], uppers: list[float], ceiling: float) -> list[float]:
    """Move each bound to the neatest number between the last value of its class and the first of the next."""
    bounds: list[float] = []
    for upper in uppers[:-1]:
        inside = [value for value in known if value <= upper]
        above = [value for value in known if value > upper]
        if inside and above:
            bounds.append(_neat_within(inside[-1], above[0]))
    bounds.append(_neat_above(known[-1], ceiling))
    return sorted(set(bounds))


def _neat_within(low: float, high: float) -> float:
    """The number with the fewest digits in [low, high)."""
    for digits in range(-15, 13):
        scale = 10.0**-digits
        candidate = _tidy(math.ceil(round(low / scale, 9)) * scale)
        if low <= candidate < high:
            return candidate
    return low


def _neat_above(value: float, ceiling: float) -> float:
    """``value`` rounded up to two significant digits, at most ``ceiling``."""
    if value == 0:
        return 0.0
    scale = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    neat = _tidy(math.ceil(round(value / scale, 9)) * scale)
    return max(min(neat, ceiling), value)


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")
