"""A figure in plain words of the reader's language, made from its fields; a document's own words are never used.

The sentences are data (``phrases.toml``); numbers, dates and plurals come from CLDR. Anything the data does not cover
is said by the frame "measure", from the catalogue's definition of the indicator.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import get_currency_name

from geo.catalogue import Indicator, load_catalogue
from webapp.grammar import kk_locative, kk_number_endings, kk_scale_endings, ru_place
from webapp.i18n import locale_of, number

PHRASES = Path(__file__).with_name("phrases.toml")
NBSP = "\N{NO-BREAK SPACE}"
ALONG = ("road", "pipeline")
AT = (*ALONG, "zone", "station")
PLANS = ("planned", "target", "needed")
SCALES = ("1e12", "1e9", "1e6")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place as the reader's language names it. ``region`` is the name of the region around it, "" for a region."""

    name: str
    kind: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """The fields of an observation that its sentence is made of. ``start`` and ``end`` are the first and last day.

    ``place`` is the place inside the regions or None. Neither place nor regions: the text does not tell where.
    """

    indicator: str
    value: float
    status: str = "actual"
    qualifier: str = "exact"
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    place: PlaceWords | None = None
    regions: tuple[PlaceWords, ...] = ()


def figure_in_words(figure: Figure, lang: str) -> str:
    """One sentence: when, where, what. «2025 жылы Ақтөбе облысында 294 елді мекен интернетпен қамтылған.»"""
    indicator = load_catalogue().indicator(figure.indicator)
    entry = phrases()["indicators"].get(figure.indicator, {"frame": "measure"})
    frame = entry["frame"] if figure.currency is None else "measure"
    core = phrases()["frames"][frame][lang][figure.status].format(
        where=place_phrase(figure.place, figure.regions, lang),
        value=counted(figure, indicator, frame, lang),
        unit=unit_phrase(figure, indicator, entry, frame, lang),
        whole=slot("wholes", entry.get("whole"), lang),
        service=slot("services", entry.get("service"), lang),
        bare=slot("services", entry.get("service"), lang).removeprefix("a "),
        joined=slot("joined", entry.get("joined"), lang),
        long=lower_first(indicator.long[lang]),
    )
    when = period_phrase(figure, indicator.kind, lang)
    return finish(" ".join([f"{when}," if when and lang == "en" else when, core]))


@lru_cache(maxsize=4096)
def value_text(
    value: float,
    unit: str,
    lang: str,
    *,
    qualifier: str = "exact",
    low: float | None = None,
    high: float | None = None,
    currency: str | None = None,
) -> str:
    """The figure for a table or a label: «≈ 85,5 %», «> 200 елді мекен», «39,5 млрд теңге»."""
    sign = phrases()["qualifiers"][qualifier]["sign"]
    amount, scale = scaled(value, low, high, unit, lang)
    words = [sign, amount, scale_word(scale, lang), unit_word(unit, currency, value if high is None else high, lang)]
    if unit == "percent" and lang == "en":
        words = [sign, f"{amount}%"]
    return NBSP.join(filter(None, words))


def status_word(status: str, lang: str) -> str:
    """«жоспар», «план», «planned»."""
    return phrases()["statuses"][status][lang]


def period_text(start: dt.date | None, end: dt.date | None, lang: str) -> str:
    """The period for a table: «2025», «2025–2027», «қаз. 2025», or dates; "" where unknown."""
    start, end = start or end, end or start
    if start is None or end is None:
        return ""
    if is_year_start(start) and is_year_end(end):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start == end:
        return format_date(start, "medium", locale=locale_of(lang)) if not is_year_end(end) else str(end.year)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month):
        return format_date(start, "LLL y", locale=locale_of(lang))
    return (
        f"{format_date(start, 'medium', locale=locale_of(lang))} – {format_date(end, 'medium', locale=locale_of(lang))}"
    )


def place_phrase(place: PlaceWords | None, regions: tuple[PlaceWords, ...], lang: str) -> str:
    """Where, with its preposition or case ending."""
    forms = phrases()["places"][lang]
    if place is not None:
        said = one_place(place, lang)
        outer = place.region
        if not outer and len(regions) == 1 and regions[0].name != place.name:
            outer = regions[0].name
        if not outer:
            return said
        return forms["inside"].format(p=said, region=outer)
    if len(regions) > 1:
        return forms["several"].format(n=len(regions), list=", ".join(region.name for region in regions))
    return one_place(regions[0], lang) if regions else forms["none"]


def one_place(place: PlaceWords, lang: str) -> str:
    """One name in its case."""
    forms = phrases()["places"][lang]
    if lang == "kk":
        return forms["along"].format(p=place.name) if place.kind in ALONG else kk_locative(place.name)
    if lang == "ru":
        return ru_place(place.name, place.kind) or forms["along"].format(p=place.name)
    return forms["along" if place.kind in AT else "one"].format(p=place.name)


def period_phrase(figure: Figure, kind: str, lang: str) -> str:
    """When, as a phrase; a plan with a due date says "by"; "" where the text does not tell."""
    forms = phrases()["periods"][lang]
    start, end = figure.start, figure.end
    if start is None and end is None:
        return ""
    if end is None:
        return forms["since"].format(y=start.year)
    by = figure.status in PLANS and kind != "flow"
    months = locale_of(lang).months
    alone = "format" if lang == "kk" else "stand-alone"  # CLDR capitalises the Kazakh stand-alone names
    words = {
        "y": (start or end).year,
        "y2": end.year,
        "m": months[alone]["wide"][(start or end).month],
        "m2": months[alone]["wide"][end.month],
        "mg": months["format"]["wide"][end.month],
        "d": format_date(start or end, "long", locale=locale_of(lang)),
        "d2": format_date(end, "long", locale=locale_of(lang)),
    }
    return forms[period_form(start, end, by)].format(**words)


def period_form(start: dt.date | None, end: dt.date, by: bool) -> str:
    """Which of the period phrases fits."""
    point = start is None or start == end
    if point:
        if is_year_end(end):
            return "year_by" if by else "year_end"
        return "day_by" if by else "day"
    if is_year_start(start) and is_year_end(end):
        if start.year != end.year:
            return "years"
        return "year_by" if by else "year"
    whole_months = start.day == 1 and (end + dt.timedelta(days=1)).day == 1 and start.year == end.year
    if whole_months:
        return ("month_by" if by else "month") if start.month == end.month else "months"
    return "days"


def counted(figure: Figure, indicator: Indicator, frame: str, lang: str) -> str:
    """The number with its qualifier, as the frame's core needs it."""
    amount, scale = scaled(figure.value, figure.low, figure.high, indicator.unit, lang)
    last = figure.value if figure.high is None else figure.high
    if frame == "share":
        if lang == "kk":
            return phrases()["qualifiers_share_kk"][figure.qualifier].format(n=amount).replace(" %", f"{NBSP}%")
        amount = f"{amount}%" if lang == "en" else f"{amount}{NBSP}%"
        return qualified(amount, amount, amount, figure.qualifier, lang)
    said = NBSP.join(filter(None, [amount, scale_word(scale, lang)]))
    if frame == "measure" and lang == "kk" and takes_case(indicator.unit, figure.currency):
        return said  # «3 000 км-ден астам»: the qualifier comes with the unit
    ablative, dative = kk_scale_endings(scale_word(scale, "kk")) if scale else kk_number_endings(last)
    return qualified(said, f"{said}-{ablative}", f"{said}-{dative}", figure.qualifier, lang)


def qualified(said: str, ablative: str, dative: str, qualifier: str, lang: str) -> str:
    return phrases()["qualifiers"][qualifier][lang].format(n=said, abl=ablative, dat=dative)


def unit_phrase(figure: Figure, indicator: Indicator, entry: Mapping, frame: str, lang: str) -> str:
    """What is counted: the noun of the phrase file, else the unit's word."""
    amount = figure.value if figure.high is None else figure.high
    if frame == "measure":
        unit = unit_word(indicator.unit, figure.currency, amount, lang)
        if lang == "kk" and figure.qualifier != "exact" and takes_case(indicator.unit, figure.currency):
            return kazakh_measure(unit, indicator.unit, figure.qualifier)
        return unit
    noun = phrases()["nouns"].get(entry.get("noun", ""))
    if noun is not None:
        form = locale_of("en").plural_form(int(amount) if float(amount).is_integer() else amount)
        return noun[lang].get(form, noun[lang]["other"]) if lang == "en" else noun[lang]
    if lang == "ru":
        return load_catalogue().units[indicator.unit].label["ru"]
    return load_catalogue().units[indicator.unit].word(lang, amount)


def takes_case(unit: str, currency: str | None) -> bool:
    """Whether a Kazakh qualifier puts its case on this unit rather than on the number."""
    return unit in phrases()["measure_units_kk"] and currency in (None, "KZT")


def kazakh_measure(unit: str, code: str, qualifier: str) -> str:
    """«3 000 км-ден астам»: the unit takes the case that the qualifier asks for."""
    cases = phrases()["measure_units_kk"][code]
    return phrases()["qualifiers_measure_kk"][qualifier].format(n=unit, abl=cases["abl"], dat=cases["dat"])


def scaled(value: float, low: float | None, high: float | None, unit: str, lang: str) -> tuple[str, str]:
    """Number text (a range as «300–400») and the scale its money is told in ("" for none)."""
    scale = next((name for name in SCALES if unit == "KZT" and abs(value) >= float(name)), "")
    divisor = float(scale) if scale else 1.0
    first = value if low is None else low
    ends = [first] if high is None or high == first else [first, high]
    return "–".join(number(end / divisor, lang, 3) for end in ends), scale


def scale_word(scale: str, lang: str) -> str:
    return phrases()["scales"][scale][lang] if scale else ""


def unit_word(unit: str, currency: str | None, amount: float, lang: str) -> str:
    """The unit after a number; another currency by its CLDR name."""
    if currency and currency != "KZT":
        return get_currency_name(currency, count=5 if abs(amount) >= 1e6 else amount, locale=locale_of(lang))
    return load_catalogue().units[unit].word(lang, amount)


def slot(table: str, key: str | None, lang: str) -> str:
    return phrases()[table][key][lang] if key else ""


def finish(sentence: str) -> str:
    """One space between words, a capital first, a full stop."""
    sentence = " ".join(sentence.split(" ")).strip().replace(" ,", ",").replace("  ", " ")
    return f"{sentence[:1].upper()}{sentence[1:]}."


def lower_first(text: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def is_year_start(day: dt.date) -> bool:
    return (day.month, day.day) == (1, 1)


def is_year_end(day: dt.date) -> bool:
    return (day.month, day.day) == (12, 31)


@cache
def phrases() -> dict:
    """The phrase file, read once."""
    return tomllib.loads(PHRASES.read_text("utf-8"))
