"""The view and its link: ``parse_view`` and ``print_view`` are inverse, and ``static/js/links.js`` prints the
same bytes.

Parsing never raises: what a link says and the atlas does not know is named in a notice, and the rest of the link works.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from geo.model import COUNTRY, LANGUAGES, LAYERS
from webapp.link_text import lower, print_query, showable, split_query
from webapp.view_state import LAT, LON, ZOOM, LayerStyle, Notice, Viewport, ViewState

HERE = Path(__file__).parent
SHOWS = ("actual", "plan", "both")
MODES = ("map", "table")
SCHEMES = ("equal", "quantile", "jenks")
CLASS_COUNTS = range(3, 8)
SWIPE = (5, 95)  # percent of the map's width
NO_LAYERS = "none"
MAX_NOTICES = 12


def parse_view(query: str, atlas: Mapping) -> tuple[ViewState, tuple[Notice, ...]]:
    """The view that ``query`` (a query string or a whole address) asks for, and notices of what was not understood.

    ``atlas`` is the atlas of the wanted edition (see ``wanted_edition``), or of the current one where that is unknown.
    """
    notices: list[Notice] = []
    values = _collect(split_query(query), notices)
    reader = _Reader(values, atlas, notices)
    return reader.state(), tuple(notices[:MAX_NOTICES])


def print_view(state: ViewState, defaults: ViewState, share: bool = False) -> str:
    """The query string of ``state`` without "?": only what differs from ``defaults`` (see ``default_view``).

    ``share`` adds v, year and lang always, so that a later default does not change the link.
    """
    pairs = {}
    if share:
        pairs["v"] = str(grammar()["defaults"]["current"])
    if state.layers != defaults.layers:
        pairs["layers"] = "~".join(state.layers) or NO_LAYERS
    for suffix, name in STYLE_KEYS.items() if state.styles != defaults.styles else ():
        for layer in LAYERS:
            mine, usual = getattr(state.style(layer), name), getattr(defaults.style(layer), name)
            if mine != usual:
                pairs[layer + suffix] = "~".join(map(str, mine)) if isinstance(mine, tuple) else str(mine)
    for name in VIEW_KEYS:
        mine = getattr(state, name)
        if mine != getattr(defaults, name) or (share and name in ("year", "lang")):
            pairs[name] = "1" if mine is True else str(mine)
    return print_query(list(pairs.items()))


def default_view(atlas: Mapping, version: int | None = None) -> ViewState:
    """The view of an empty link: version ``version`` of ``view_defaults.json`` (None: the current one) on ``atlas``."""
    data = grammar()["defaults"]
    chosen = data["versions"][str(version or data["current"])]
    return ViewState(
        layers=tuple(chosen["layers"]),
        styles=tuple(
            LayerStyle(
                _headline(atlas, layer, chosen["indicators"][layer]),
                chosen["classes"],
                chosen["palettes"][layer],
                chosen["opacity"],
            )
            for layer in LAYERS
        ),
        year=atlas["year"],
        show=chosen["show"],
        mode=chosen["mode"],
        lang=chosen["lang"],
    )


def wanted_edition(query: str) -> int | None:
    """The number after ``edition=``, whether it exists or not; None where the link is live."""
    values = _collect(split_query(query), [])
    return _whole(values.get("edition", ""))


@cache
def grammar() -> dict:
    """Everything links.js needs besides the atlas, as plain JSON: defaults, migrations, palette names."""
    defaults = json.loads((HERE / "view_defaults.json").read_text("utf-8"))
    migrations = json.loads((HERE / "link_migrations.json").read_text("utf-8"))
    own = {name for version in defaults["versions"].values() for name in version["palettes"].values()}
    return {
        "defaults": {key: defaults[key] for key in ("current", "versions")},
        "migrations": {key: migrations[key] for key in ("keys", "values", "tracking", "elsewhere")},
        "palettes": sorted(own | set(_palette_names())),
    }


STYLE_KEYS = {"": "indicator", ".k": "classes", ".c": "palette", ".o": "opacity", ".f": "filter"}
VIEW_KEYS = (
    *("year", "show", "place", "obs", "compare", "swipe", "mode", "sort"),
    *("view", "districts", "edition", "embed", "lang"),
)
KEYS = (
    "v",
    "layers",
    *(layer + suffix for suffix in STYLE_KEYS for layer in LAYERS),
    *VIEW_KEYS,
)
_PLACE = re.compile(r"-?[0-9]{1,4}(?:\.[0-9]{1,15})?")
_SEPARATORS = re.compile(r"[~,|; ]+")


def _collect(pairs: list[tuple[str, str]], notices: list[Notice]) -> dict[str, str]:
    """One value a known key, the last one said; renamed keys and values as they are called today."""
    migrations = grammar()["migrations"]
    values: dict[str, str] = {}
    for raw_key, value in pairs:
        if _is_tracking(raw_key, migrations["tracking"]) or raw_key in migrations["elsewhere"]:
            continue
        key = migrations["keys"].get(raw_key, raw_key)
        if key not in KEYS:
            notices.append(Notice("unknown_key", showable(raw_key), showable(value)))
            continue
        if values.get(key, value) != value:
            notices.append(Notice("repeated", key, showable(values[key]), showable(value)))
        values[key] = value
    return values


def _is_tracking(key: str, patterns: list[str]) -> bool:
    return any(key.startswith(name[:-1]) if name.endswith("*") else key == name for name in patterns)


@dataclass(slots=True)
class _Reader:
    """Reads each parameter against the atlas; every refusal leaves a notice and the default."""

    values: dict[str, str]
    atlas: Mapping
    notices: list[Notice]
    defaults: ViewState = field(init=False)

    def state(self) -> ViewState:
        self.defaults = default_view(self.atlas, self._version())
        plain = replace(
            self.defaults,
            layers=self._layers(),
            styles=tuple(self._style(layer) for layer in LAYERS),
            year=self._year("year", self.values.get("year", "")) or self.defaults.year,
        )
        return replace(
            plain,
            show=self._one_of("show", SHOWS) or plain.show,
            place=self._one_of("place", self._places()),
            obs=self._observation(),
            compare=self._compare(),
            swipe=self._between("swipe", *SWIPE, None),
            mode=self._one_of("mode", MODES) or plain.mode,
            sort=self._one_of("sort", _sorts()),
            view=self._view(),
            districts=self._one_of("districts", ("1",)) is not None,
            edition=_whole(self._one_of("edition", {str(self.atlas["edition"])}) or ""),
            embed=self._one_of("embed", ("1",)) is not None,
            lang=self._one_of("lang", LANGUAGES) or plain.lang,
        )

    def _version(self) -> int | None:
        return _whole(self._one_of("v", grammar()["defaults"]["versions"]) or "")

    def _layers(self) -> tuple[str, ...]:
        text = self.values.get("layers", "")
        if lower(text) == NO_LAYERS:
            return ()
        names: list[str] = []
        for part in _parts(text):
            name = self._known("layers", part, LAYERS)
            if name and name not in names:
                names.append(name)
        return tuple(names) or self.defaults.layers

    def _style(self, layer: str) -> LayerStyle:
        usual = self.defaults.style(layer)
        prefix = f"{layer}."
        text = self.values.get(layer, "")
        if lower(text).startswith(prefix):
            text = text[len(prefix) :]
        codes = {code[len(prefix) :] for code in self.atlas.get("indicators", {}) if code.startswith(prefix)}
        schemes = [f"{scheme}-{count}" for scheme in SCHEMES for count in CLASS_COUNTS]
        classes = self._one_of(f"{layer}.k", schemes) or usual.classes
        return LayerStyle(
            indicator=(self._known(layer, text, {*codes, usual.indicator}) if text else None) or usual.indicator,
            classes=classes,
            palette=self._one_of(f"{layer}.c", grammar()["palettes"]) or usual.palette,
            opacity=self._between(f"{layer}.o", 10, 100, usual.opacity),
            filter=self._filter(f"{layer}.f", int(classes[-1])),
        )

    def _filter(self, key: str, count: int) -> tuple[int, ...]:
        allowed = {str(number) for number in range(1, count + 1)}
        kept = {self._known(key, part, allowed) for part in _parts(self.values.get(key, ""))} - {None}
        return tuple(sorted(int(number) for number in kept))

    def _year(self, key: str, text: str) -> int | None:
        if not text:
            return None
        year = _whole(text)
        if year is None:
            self._refuse("unknown_value", key)
            return None
        years = self.atlas["years"] or [self.atlas["year"]]
        first, last = min(years), max(years)
        if not first <= year <= last:
            year = min(max(year, first), last)
            self._refuse("out_of_range", key, str(year))
        return year

    def _compare(self) -> str | None:
        text = lower(self.values.get("compare", ""))
        if not text.startswith("year:"):
            return self._one_of("compare", LAYERS)
        year = self._year("compare", text[5:] or "?")
        return f"year:{year}" if year is not None else None

    def _view(self) -> Viewport | None:
        text = self.values.get("view", "")
        if not text:
            return None
        numbers = text.split("/")
        if len(numbers) != 3 or not all(_PLACE.fullmatch(number) for number in numbers):
            self._refuse("unknown_value", "view")
            return None
        asked = [float(number) for number in numbers]
        view = Viewport.of(*asked)
        if any(not low <= number <= high for number, (low, high) in zip(asked, (ZOOM, LAT, LON), strict=True)):
            self._refuse("out_of_range", "view", str(view))
        return view

    def _observation(self) -> str | None:
        """Ids are matched as written: there may be a million of them."""
        text = self.values.get("obs", "")
        if text and text not in self.atlas.get("observations", {}):
            self._refuse("unknown_value", "obs")
            return None
        return text or None

    def _between(self, key: str, low: int, high: int, usual: int | None) -> int | None:
        text = self.values.get(key, "")
        number = _whole(text)
        if number is None:
            if text:
                self._refuse("unknown_value", key)
            return usual
        if not low <= number <= high:
            number = min(max(number, low), high)
            self._refuse("out_of_range", key, str(number))
        return number

    def _places(self) -> set[str]:
        return {COUNTRY, *(region["id"] for region in self.atlas["regions"]), *self.atlas.get("places", ())}

    def _one_of(self, key: str, allowed) -> str | None:
        text = self.values.get(key, "")
        return self._known(key, text, allowed) if text else None

    def _known(self, key: str, text: str, allowed) -> str | None:
        """``text`` as the atlas writes it: case does not matter, and an old name means its new one."""
        if text in allowed:
            return text
        wanted = lower(text)
        renamed = {lower(old): new for old, new in grammar()["migrations"]["values"].get(key, {}).items()}
        if wanted in renamed and renamed[wanted] in allowed:
            self.notices.append(Notice("renamed", key, showable(text), renamed[wanted]))
            return renamed[wanted]
        for name in sorted(allowed):
            if lower(name) == wanted:
                return name
        self.notices.append(Notice("unknown_value", key, showable(text)))
        return None

    def _refuse(self, code: str, key: str, used: str = "") -> None:
        self.notices.append(Notice(code, key, showable(self.values[key]), used))


def _headline(atlas: Mapping, layer: str, wanted: str) -> str:
    """The version's indicator; where this atlas does not measure it, the layer's own headline."""
    if f"{layer}.{wanted}" in atlas.get("indicators", {}):
        return wanted
    for entry in atlas.get("layers", ()):
        if entry["id"] == layer and entry.get("headline", "").startswith(f"{layer}."):
            return entry["headline"][len(layer) + 1 :]
    return wanted


def _palette_names() -> list[str]:
    path = HERE / "palettes.json"
    return list(json.loads(path.read_text("utf-8"))["palettes"]) if path.exists() else []


def _sorts() -> list[str]:
    names = ("name", *LAYERS)
    return [*names, *(f"-{name}" for name in names)]


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part]


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
