"""Places in the editor's forms: by name or id, several regions together, or one that the gazetteer lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from geo.errors import BadInput
from geo.gazetteer import Gazetteer
from geo.model import COUNTRY, Observation, PlaceRef
from geo.series import NAME_LENGTH, OWN_KINDS, UNLISTED, place_key
from webapp.editor_fields import parse_choice
from webapp.figures import COUNTRY_NAME

NEW_KINDS = ("settlement", "zone", "district", "city", "road", "station")  # of a place that the gazetteer lacks
NAME_SIGNS = " -–—№.,'’«»\"()"

Where = tuple[PlaceRef | None, tuple[str, ...]]


def parse_place(raw: str, gazetteer: Gazetteer) -> Where:
    """(the place, its regions) of an id, a name, or several regions' codes joined by "+"; nothing: not told where."""
    text = raw.strip()
    if not text:
        return None, ()
    if text == COUNTRY or text.casefold() in {name.casefold() for name in COUNTRY_NAME.values()}:
        return PlaceRef(COUNTRY, COUNTRY_NAME["kk"], "country"), (COUNTRY,)
    if "+" in text:
        codes = tuple(dict.fromkeys(part.strip() for part in text.split("+")))
        unknown = [code for code in codes if (place := gazetteer.get(code)) is None or place.kind != "region"]
        if unknown:
            raise BadInput(
                f"{unknown[0][:40]!r} is no region. Join codes such as KZ-61+KZ-33.",
                reason="no_region",
                received=unknown[0][:40],
            )
        return None, codes
    found = (text,) if gazetteer.get(text) else gazetteer.lookup(text)
    if len(found) != 1:
        which = ", ".join(found[:8]) or "none of that name"
        raise BadInput(
            f"{text[:60]!r} does not name one place ({which}). Give a name or an id of the list, or tell below where a "
            "place lies that the list lacks.",
            reason="place_unclear",
            received=raw[:60],
            suggestions=list(found[:8]),
        )
    return known(found[0], gazetteer)


def parse_new_place(form: Mapping[str, str], gazetteer: Gazetteer) -> Where:
    """A place by its name alone: ``new_name``, ``new_kind`` and ``new_within``, the region or district it lies in.

    It has no coordinates and its figures are inside the region. Of the same name in two districts of a region are two
    places: the district stands in the name. One that the gazetteer has there after all is taken from it. Raises
    BadInput.
    """
    name = parse_name(form.get("new_name", ""))
    kind = parse_choice("new_kind", form.get("new_kind", ""), NEW_KINDS)
    raw = form.get("new_within", "")
    around = gazetteer.get(raw)
    if around is None or around.kind not in (*OWN_KINDS, "district") or not around.region:
        raise BadInput(
            f"{name!r} needs the region or district it lies in; {raw[:40]!r} is none. Choose one of the list.",
            reason="place_needs_region",
            name=name,
            received=raw[:40],
        )
    for place_id in gazetteer.lookup(name):
        place = gazetteer.places[place_id]
        if place.kind == kind and place.region == around.region and around.id in (place.region, place.district):
            return known(place_id, gazetteer)
    if around.kind == "district":
        name = f"{name} ({around.name('kk')})"
    return PlaceRef(f"{UNLISTED}/{kind}", name, kind), (around.region,)


def parse_name(raw: str) -> str:
    """A name in letters, digits and the signs of names, composed (NFC), spaces drawn together. Raises BadInput."""
    name = " ".join(unicodedata.normalize("NFC", raw).split())
    strange = next((c for c in name if not (c.isalnum() or c in NAME_SIGNS or unicodedata.combining(c))), "")
    if strange or not any(c.isalpha() for c in name) or len(name) > NAME_LENGTH // 2:
        raise BadInput(
            f"{raw[:60]!r} is no name of a place. Give up to {NAME_LENGTH // 2} letters, digits, spaces and signs "
            "such as - « ».",
            reason="no_place_name",
            received=raw[:60],
            most=NAME_LENGTH // 2,
        )
    return name


def known(place_id: str, gazetteer: Gazetteer) -> Where:
    """A place of the gazetteer with its regions."""
    place = gazetteer.places[place_id]
    ref = PlaceRef(place.id, place.name("kk"), place.kind)
    return ref, (place.id,) if place.kind in OWN_KINDS else place.regions


def regions_with_districts(gazetteer: Gazetteer, lang: str) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """((region's id, name), its districts' ids and names), by name in the reader's language."""
    places = gazetteer.places.values()
    rows = []
    for region in (place for place in places if place.kind == "region"):
        inside = [(p.id, p.name(lang)) for p in places if p.kind == "district" and p.region == region.id]
        rows.append(((region.id, region.name(lang)), sorted(inside, key=lambda item: item[1])))
    return sorted(rows, key=lambda row: row[0][1])


def name_of(place_id: str, gazetteer: Gazetteer, lang: str, otherwise: str = "") -> str:
    """A place's name; that of the text where the gazetteer lacks it."""
    if place_id == COUNTRY:
        return COUNTRY_NAME[lang]
    place = gazetteer.get(place_id)
    return place.name(lang) if place else otherwise or place_id


def place_field(o: Observation) -> str:
    """What the form's field holds: the id of the place, or the regions' codes joined by "+"."""
    return place_key(o) or "+".join(o.regions)
