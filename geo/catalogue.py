"""The indicator catalogue (``geo/catalogue.toml``): layers, indicators and units with their words in kk, ru and en."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from geo.errors import BadInput, BadSeed
from geo.model import LANGUAGES, LAYERS

CATALOGUE_FILE = Path(__file__).with_name("catalogue.toml")
KINDS = ("share", "stock", "flow", "length", "area", "money")
CARRYING_KINDS = ("share", "stock", "length", "area")
PLURALS = ("zero", "one", "two", "few", "many", "other")

Words = Mapping[str, str]  # language → text


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its words: ``forms["ru"]["few"]`` is what follows 3 in Russian."""

    code: str
    forms: Mapping[str, Words]

    def word(self, language: str, number: float) -> str:
        """The form that follows ``number`` in ``language`` (CLDR plural rules; 85.5 counts as a fraction)."""
        forms = self.forms[language]
        plain = int(number) if float(number).is_integer() else number
        return forms.get(Locale(language).plural_form(plain), forms["other"])

    @property
    def label(self) -> Words:
        """The unit without a number, as in a column head: the form of many."""
        return {language: forms.get("many", forms["other"]) for language, forms in self.forms.items()}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure. ``carries`` says whether a figure holds until the next one is known (false: its own period only)."""

    code: str
    layer: str
    kind: str
    unit: str
    group: str  # empty: comparable to no other measure
    label: Words
    long: Words
    carries: bool
    better: str  # more | less

    @property
    def counts(self) -> bool:
        """Whether it counts things («ауыл», «үй»), which its label names already; a measure has a unit besides."""
        return self.kind in ("stock", "flow") and "/" not in self.unit

    @property
    def name(self) -> str:
        """The code without its layer, as links write it."""
        return self.code.removeprefix(f"{self.layer}.")


@dataclass(frozen=True, slots=True)
class Layer:
    """A theme of the map with the indicator it shows first."""

    id: str
    headline: str
    label: Words


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the atlas can measure, in the order of the file."""

    layers: Mapping[str, Layer]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code; BadInput names the nearest allowed ones."""
        try:
            return self.indicators[code]
        except KeyError:
            layer = code.split(".", 1)[0]
            allowed = [c for c in self.indicators if c.startswith(f"{layer}.")] or list(self.layers)
            raise BadInput(
                f"Unknown indicator {code!r}. Use one of: {', '.join(allowed)}.", reason="unknown_choice", received=code
            ) from None

    def of_layer(self, layer: str) -> list[Indicator]:
        """The layer's indicators, the headline first, then in the order of the file."""
        if layer not in self.layers:
            raise BadInput(f"Unknown layer {layer!r}. Use one of: {', '.join(self.layers)}.", received=layer)
        headline = self.layers[layer].headline
        mine = [i for i in self.indicators.values() if i.layer == layer]
        return sorted(mine, key=lambda i: i.code != headline)

    def unit_of(self, code: str) -> Unit:
        """The unit of an indicator."""
        return self.units[self.indicator(code).unit]

    def comparable(self, code: str) -> list[str]:
        """Codes that measure the same thing in another way (never ``code`` itself)."""
        group = self.indicator(code).group
        return [i.code for i in self.indicators.values() if group and i.group == group and i.code != code]


@lru_cache(maxsize=4)
def load_catalogue(path: Path = CATALOGUE_FILE) -> Catalogue:
    """Load and check the catalogue; BadSeed names the entry that breaks a rule and the rule."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSeed(f"The catalogue {path} cannot be read: {error}") from error
    return parse_catalogue(raw)


def parse_catalogue(raw: Mapping[str, Any]) -> Catalogue:
    """Check a catalogue that was read from TOML and give it types."""
    units = {code: _parse_unit(code, entry) for code, entry in raw.get("units", {}).items()}
    layers = {key: _parse_layer(key, entry) for key, entry in raw.get("layers", {}).items()}
    indicators = {code: _parse_indicator(code, entry, units) for code, entry in raw.get("indicators", {}).items()}
    _require(tuple(layers) == LAYERS, "layers", f"must be exactly {', '.join(LAYERS)}, in this order")
    for layer in layers.values():
        found = indicators.get(layer.headline)
        _require(
            found is not None and found.layer == layer.id,
            f"layers.{layer.id}",
            f"headline {layer.headline!r} is no indicator of this layer",
        )
    return Catalogue(layers=layers, indicators=indicators, units=units)


def _parse_unit(code: str, entry: Any) -> Unit:
    where = f"units.{code}"
    _require(isinstance(entry, dict) and set(entry) == set(LANGUAGES), where, f"needs {', '.join(LANGUAGES)}")
    for language, forms in entry.items():
        ok = isinstance(forms, dict) and "other" in forms and set(forms) <= set(PLURALS)
        _require(ok, where, f"{language} needs `other`, and no key but {', '.join(PLURALS)}")
        _require(all(isinstance(w, str) and w.strip() for w in forms.values()), where, f"{language} has an empty word")
    return Unit(code=code, forms=entry)


def _parse_layer(key: str, entry: Any) -> Layer:
    where = f"layers.{key}"
    _require(isinstance(entry, dict) and set(entry) == {"headline", "label"}, where, "needs headline and label")
    return Layer(id=key, headline=entry["headline"], label=_parse_words(f"{where}.label", entry["label"]))


def _parse_indicator(code: str, entry: Any, units: Mapping[str, Unit]) -> Indicator:
    where = f"indicators.{code}"
    layer, dot, name = code.partition(".")
    _require(bool(dot and name) and layer in LAYERS, where, f"a code is <layer>.<name>; layers: {', '.join(LAYERS)}")
    _require(isinstance(entry, dict), where, "must be a table")
    allowed = {"kind", "unit", "group", "label", "long", "carry", "better"}
    unknown = sorted(set(entry) - allowed)
    _require(not unknown, where, f"unknown keys {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}")
    kind, unit = entry.get("kind"), entry.get("unit")
    _require(kind in KINDS, where, f"kind {kind!r} is none of {', '.join(KINDS)}")
    _require(unit in units, where, f"unit {unit!r} is not under [units]")
    _require((kind == "share") == (unit == "percent"), where, "percent is the unit of shares and of nothing else")
    _require((kind == "money") == (unit == "KZT"), where, "KZT is the unit of money and of nothing else")
    better = entry.get("better", "more")
    _require(better in ("more", "less"), where, f"better {better!r} is neither more nor less")
    group = entry.get("group", "")
    _require(not group or group.startswith(f"{layer}."), where, f"group {group!r} belongs to another layer")
    return Indicator(
        code=code,
        layer=layer,
        kind=kind,
        unit=unit,
        group=group,
        label=_parse_words(f"{where}.label", entry.get("label")),
        long=_parse_words(f"{where}.long", entry.get("long")),
        carries=entry.get("carry", kind in CARRYING_KINDS),
        better=better,
    )


def _parse_words(where: str, entry: Any) -> Words:
    _require(isinstance(entry, dict) and set(entry) == set(LANGUAGES), where, f"needs {', '.join(LANGUAGES)}")
    _require(all(isinstance(text, str) and text.strip() for text in entry.values()), where, "has an empty text")
    return entry


def _require(holds: bool, where: str, rule: str) -> None:
    if not holds:
        raise BadSeed(f"Catalogue entry [{where}]: {rule}.", entry=where)
