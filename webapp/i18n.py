"""Kazakh (default), Russian and English: which language a request gets, the catalogues, CLDR numbers and dates.

Message ids are the English text; ``translations/<kk|ru>/*.po`` hold the others and are merged, so that each part of
the page may keep a file of its own. A ``.po`` edited by hand works at the next start: the compiled form is made when
it is missing. Placeholders are ``%(name)s`` everywhere, in scripts too.

In scripts a text is looked up by ``t("English text %(name)s", {name})`` or, with a count,
``n("%(num)s figure", "%(num)s figures", num)``; both names and plain string literals are what the extraction finds.
"""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import json
import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel

from geo.model import LANGUAGES

TRANSLATIONS = Path(__file__).resolve().parent / "translations"
COOKIE = "qamtu_lang"
MAP_PATH = "/"
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
# gettext's plural forms in the order of its files, by CLDR category; "other" in Russian is a fraction: 1,5 километра.
PLURAL_INDEX = {
    "kk": {"one": 0, "other": 1},
    "ru": {"one": 0, "few": 1, "many": 2, "other": 1},
    "en": {"one": 0, "other": 1},
}
LITERAL = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\$])*`)"""
SCRIPT_TEXT = re.compile(rf"(?<![\w$.])t\(\s*{LITERAL}")
SCRIPT_PLURAL = re.compile(rf"(?<![\w$.])n\(\s*{LITERAL}\s*,\s*{LITERAL}")


def init_i18n(app: Flask, cache: Path, scripts: Path, default: str) -> None:
    """Registers Flask-Babel on compiled catalogues in ``cache``; ``scripts`` is the folder of ES modules."""
    compiled = compile_catalogues(cache, scripts)
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["QAMTU_CATALOGUES"] = compiled
    Babel(app, default_translation_directories=str(compiled), locale_selector=current_language)
    app.after_request(remember_language)


def current_language() -> str:
    """Language of the running request: ``?lang=``, then (but for the map) the cookie, then the default.

    The map's address is the view: without ``lang`` it is Kazakh for everyone, whatever their browser wishes.
    """
    if not has_request_context():
        return "kk"
    if "lang" not in g:
        g.lang = choose_language(
            request.args.get("lang"),
            request.cookies.get(COOKIE) if request.path != MAP_PATH else None,
            current_app.config["BABEL_DEFAULT_LOCALE"],
        )
    return g.lang


def choose_language(*wishes: str | None) -> str:
    """The first wish that is a language of ours; Kazakh where none is."""
    return next((wish for wish in wishes if wish in LANGUAGES), "kk")


def remember_language(response):
    """Keeps an explicit ``?lang=`` of a page in a cookie, so that the next page speaks it too."""
    wish = request.args.get("lang")
    if wish in LANGUAGES and wish != request.cookies.get(COOKIE) and response.mimetype == "text/html":
        secure = request.is_secure
        response.set_cookie(COOKIE, wish, max_age=31_536_000, samesite="Lax", secure=secure, httponly=True)
    return response


def compile_catalogues(cache: Path, scripts: Path, translations: Path = TRANSLATIONS) -> Path:
    """Folder with ``<lang>/LC_MESSAGES/messages.mo`` and ``<lang>.json`` (what scripts need), made when stale.

    The folder's name carries the hash of its sources, and it is moved into place whole: workers that start together
    never see half of it.
    """
    sources = sorted([*translations.glob("*/*.po"), *scripts.rglob("*.js"), Path(__file__)])
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    target = cache / f"catalogues-{digest}"
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".catalogues-", dir=cache))
    keys = script_keys(scripts)
    for lang in LANGUAGES:
        write_catalogue(lang, translations, keys, fresh)
    try:
        os.replace(fresh, target)
    except OSError:  # another worker was first
        if not target.is_dir():
            raise
    return target


def write_catalogue(lang: str, translations: Path, keys: list[tuple[str, ...]], out: Path) -> None:
    """One language's .mo file and its JSON for scripts."""
    from babel.messages.mofile import write_mo

    catalogue = read_catalogue(lang, translations)
    folder = out / lang / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    answer = script_catalogue(lang, keys, catalogue)
    (out / f"{lang}.json").write_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), "utf-8")


def script_catalogue(lang: str, keys: list[tuple[str, ...]], catalogue) -> dict[str, object]:
    """What scripts need of a language: ``{"lang", "plural", "format", "messages"}`` (see ``messages_for_js``)."""
    messages: dict[str, str | list[str]] = {}
    for key in keys:
        message = catalogue.get(key[0])
        text = message.string if message is not None else ""
        if len(key) > 1:
            messages[key[0]] = list(text) if isinstance(text, tuple) and all(text) else list(key)
        else:
            messages[key[0]] = text if isinstance(text, str) and text else key[0]
    return {"lang": lang, "plural": PLURAL_INDEX[lang], "format": number_and_date_words(lang), "messages": messages}


@lru_cache(maxsize=4)
def messages_of(lang: str) -> dict[str, str]:
    """English text → its translation, for pages that are made outside a request; plural texts left out."""
    return {m.id: m.string for m in read_catalogue(lang) if isinstance(m.id, str) and m.id and m.string}


def read_catalogue(lang: str, translations: Path = TRANSLATIONS):
    """All .po files of a language as one babel Catalog; a key translated differently by two files is an error."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    merged = Catalog(locale=lang)
    for path in sorted((translations / lang).glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=lang, abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            known = merged.get(message.id)
            if known is not None and known.string != message.string:
                raise ValueError(f"{path}: {message.id!r} is translated in another file of {lang} too, and differently")
            if known is None:
                merged[message.id] = message
    return merged


def script_keys(scripts: Path) -> list[tuple[str, ...]]:
    """Texts that the ES modules look up: ``(text,)`` or ``(singular, plural)``, sorted."""
    found: set[tuple[str, ...]] = set()
    for path in sorted(scripts.rglob("*.js")):
        source = path.read_text("utf-8")
        found.update((literal(m[1]),) for m in SCRIPT_TEXT.finditer(source))
        found.update((literal(m[1]), literal(m[2])) for m in SCRIPT_PLURAL.finditer(source))
    return sorted(found)


def literal(quoted: str) -> str:
    """The value of a JavaScript string literal without interpolation."""
    if quoted.startswith("`"):
        quoted = '"' + quoted[1:-1].replace('"', '\\"').replace("\n", "\\n") + '"'
    return ast.literal_eval(quoted)


def messages_for_js(lang: str) -> str:
    """JSON text for ``<script type="application/json" id="messages">``: catalogue, plural index, number and date words.

    ``{"lang", "plural": {category: index}, "format": {…}, "messages": {text: text | [forms]}}``; safe inside a script
    element (``<`` is escaped).
    """
    return read_messages(current_app.config["QAMTU_CATALOGUES"], lang)


@lru_cache(maxsize=8)
def read_messages(folder: Path, lang: str) -> str:
    text = (folder / f"{lang}.json").read_text("utf-8")
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def number_and_date_words(lang: str) -> dict[str, object]:
    """What a browser without data for the language needs to write numbers and dates as CLDR does."""
    locale = Locale.parse(lang)
    symbols = locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        # CLDR glues the Kazakh sign; the texts of the server and the press of the country write it apart.
        "percent": "#,##0\u00a0%" if lang == "kk" else locale.percent_formats[None].pattern,
        "date": {width: locale.date_formats[width].pattern for width in ("short", "medium", "long")},
        "months": list(locale.months["format"]["wide"].values()),
        # CLDR writes the Kazakh names that stand alone with a capital; inside a line they take none.
        "months_alone": list(locale.months["format" if lang == "kk" else "stand-alone"]["wide"].values()),
        "months_short": list(locale.months["format"]["abbreviated"].values()),
    }


@lru_cache(maxsize=8192)
def number(value: float, lang: str, digits: int = 2) -> str:
    """A number as CLDR writes it, with at most ``digits`` decimals: 2397 → «2 397» in kk and ru."""
    return format_decimal(round(value, digits), format="#,##0.##########", locale=locale_of(lang))


@lru_cache(maxsize=4)
def locale_of(lang: str) -> Locale:
    """CLDR's data of a language, parsed once."""
    return Locale.parse(lang)


@lru_cache(maxsize=8192)
def day(value: dt.date | dt.datetime | str | None, lang: str, width: str = "long") -> str:
    """A date as CLDR writes it; a text is an ISO date, a month (YYYY-MM) or a year and keeps that precision."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return format_datetime(value, "d MMMM y, HH:mm 'UTC'", locale=lang)
    if isinstance(value, str):
        parts = value[:10].split("-")
        if len(parts) == 1:
            return parts[0]
        if len(parts) == 2:
            return format_date(dt.date(int(parts[0]), int(parts[1]), 1), MONTH_PATTERN[lang], locale=lang)
        value = dt.date.fromisoformat(value[:10])
    return format_date(value, width, locale=lang)


MONTH_PATTERN = {"kk": "y 'ж'. MMMM", "ru": "LLLL y", "en": "LLLL y"}
