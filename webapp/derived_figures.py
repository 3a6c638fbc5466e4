"""Derived figures of an atlas in the reader's language: value, rule in words, and the parts they were computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from geo.model import COUNTRY
from webapp.figures import place_name, value_of
from webapp.i18n import day, number
from webapp.words import value_text


def derived_record(entry: Mapping[str, Any], atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """An entry of the atlas's ``derived`` with ``text``, ``label``, ``words`` and its ``parts`` as figures.

    ``words`` says how it was computed; a part is {"id", "text", "label", "where", "year", "document", "href"}.
    """
    with force_locale(lang):  # the interface speaks the language it is asked for, whatever the browser prefers
        label, words = label_of(entry, atlas, lang), how_derived(entry, atlas, lang)
    return {
        "id": entry["id"],
        "rule": entry["rule"],
        "of": entry["of"],
        "indicator": entry["i"],
        "regions": list(entry["regions"]),
        "where": [place_name(atlas, code, lang) for code in entry["regions"]],
        "year": entry["year"],
        "value": entry["value"],
        "unit": entry["unit"],
        "qualifier": entry["q"],
        "label": label,
        "text": derived_text(entry, lang),
        "words": words,
        "people": dict(entry["people"]) if entry.get("people") else None,
        "parts": [part_record(obs, atlas, lang) for obs in entry["parts"]],
    }


def derived_text(entry: Mapping[str, Any], lang: str) -> str:
    """«≈ 78,1 %», «≈ 312 000 адам»: no more digits than the parts can bear."""
    value = float(f"{entry['value']:.{entry['digits']}g}") if "digits" in entry else round(entry["value"], 1)
    return value_text(value, entry["unit"], lang, qualifier=entry["q"])


def label_of(entry: Mapping[str, Any], atlas: Mapping[str, Any], lang: str) -> str:
    """What the figure is: the indicator it equals, or what it is a part of."""
    label = atlas["indicators"][entry["of"]]["label"][lang]
    if entry["rule"] == "without":
        return _("People without: %(layer)s", layer=layer_name(atlas, entry["of"], lang))
    if entry["rule"] == "weighted" or entry["i"]:
        return atlas["indicators"][entry["i"]]["label"][lang] if entry["i"] in atlas["indicators"] else label
    return _("%(label)s, share of all settlements", label=label)


def layer_name(atlas: Mapping[str, Any], code: str, lang: str) -> str:
    layer = code.split(".", 1)[0]
    return next((each["label"][lang] for each in atlas["layers"] if each["id"] == layer), layer)


def how_derived(entry: Mapping[str, Any], atlas: Mapping[str, Any], lang: str) -> str:
    """How the figure was computed, in one sentence."""
    if entry["rule"] == "quotient":
        count, total = (value_of(atlas, obs, lang) for obs in entry["parts"])
        return _("%(count)s of %(total)s, both from one document", count=count, total=total)
    people = entry["people"]
    counted, month = number(people["counted"], lang), day(people["as_of"], lang)
    if entry["rule"] == "weighted":
        return ngettext(
            "share of %(num)s region; %(share)s of the country's people live there (%(month)s)",
            "mean of %(num)s regions by people; %(share)s of the country's people live there (%(month)s)",
            len(entry["parts"]),
            share=value_text(round(100 * people["counted"] / people["of"]), "percent", lang),
            month=month,
        )
    share = value_of(atlas, entry["parts"][0], lang)
    return _("%(people)s people (%(month)s), %(share)s of them with it", people=counted, month=month, share=share)


def part_record(obs: str, atlas: Mapping[str, Any], lang: str) -> dict[str, Any]:
    figure = atlas["observations"][obs]
    return {
        "id": obs,
        "text": value_of(atlas, obs, lang),
        "label": atlas["indicators"][figure["i"]]["label"][lang],
        "where": ", ".join(place_name(atlas, code, lang) for code in figure.get("r", ())),
        "year": int(figure["to"][:4]) if figure.get("to") else None,
        "document": figure["d"],
        "href": f"/documents/{figure['d']}?lang={lang}#{obs}",
    }


def derived_of(atlas: Mapping[str, Any], place: str | None = None, layer: str | None = None) -> Iterator[Mapping]:
    """Entries of a region (or KZ) and of a layer, as the atlas orders them."""
    for entry in atlas.get("derived", ()):
        if (place is None or entry["regions"] == [place]) and (layer is None or entry["of"].startswith(f"{layer}.")):
            yield entry


def weighted_share(atlas: Mapping[str, Any], code: str, year: int) -> Mapping[str, Any] | None:
    """The country's derived share ``code`` in ``year``: by people, else a count over its total of that very year."""
    mine = [e for e in derived_of(atlas, COUNTRY) if e["i"] == code and e["year"] == year]
    return min(mine, key=lambda entry: entry["rule"] != "weighted", default=None)


def people_without(atlas: Mapping[str, Any], obs: str) -> Mapping[str, Any] | None:
    """The people whom the share ``obs`` leaves without."""
    return next((e for e in atlas.get("derived", ()) if e["rule"] == "without" and e["parts"] == [obs]), None)
