"""Names and figures of an atlas in the reader's language: what words, table and interfaces say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from geo.model import COUNTRY, LANGUAGES
from webapp.words import Figure, PlaceWords, value_text

COUNTRY_NAME = {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}


def place_name(atlas: Mapping[str, Any], place_id: str | None, lang: str) -> str:
    """Name of a region, the country or a place of the atlas; the id itself where the atlas has no name for it."""
    if place_id in (None, COUNTRY):
        return COUNTRY_NAME[lang]
    region = next((region for region in atlas["regions"] if region["id"] == place_id), {})
    names = region.get("name") or atlas["places"].get(place_id, {}).get("name") or {}
    return names.get(lang) or next((names[other] for other in LANGUAGES if names.get(other)), str(place_id))


def region_entries(atlas: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The regions by ISO 3166-2 code."""
    return {region["id"]: region for region in atlas["regions"]}


def figure_of(atlas: Mapping[str, Any], obs_id: str, lang: str) -> Figure:
    """The words' fields of an observation of the atlas, its names in ``lang``."""
    entry = atlas["observations"][obs_id]
    regions = tuple(PlaceWords(place_name(atlas, code, lang), "region") for code in entry.get("r", ()))
    place_id, place = entry.get("p"), None
    if place_id is not None:
        kind = atlas["places"].get(place_id, {}).get("kind", "")
        outer = atlas["places"].get(place_id, {}).get("region")
        around = place_name(atlas, outer, lang) if outer and outer != place_id else ""
        place = PlaceWords(place_name(atlas, place_id, lang), kind, around)
    return Figure(
        indicator=entry["i"],
        value=entry["v"],
        status=entry["s"],
        qualifier=entry["q"],
        low=entry.get("lo"),
        high=entry.get("hi"),
        currency=entry.get("cur"),
        start=parse_day(entry.get("from")),
        end=parse_day(entry.get("to")),
        place=place,
        regions=regions,
    )


def value_of(atlas: Mapping[str, Any], obs_id: str, lang: str) -> str:
    """The value of an observation as a label: «≈ 85,5 %»."""
    entry = atlas["observations"][obs_id]
    return value_text(
        entry["v"],
        atlas["indicators"][entry["i"]]["unit"],
        lang,
        qualifier=entry["q"],
        low=entry.get("lo"),
        high=entry.get("hi"),
        currency=entry.get("cur"),
    )


def parse_day(raw: str | None) -> dt.date | None:
    """An ISO date of the atlas, None where there is none."""
    return dt.date.fromisoformat(raw) if raw else None
