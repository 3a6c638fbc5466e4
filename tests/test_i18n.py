"""Every text of the interface in every language; numbers, dates and plurals as CLDR has them."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from webapp.i18n import (
    PLURAL_INDEX,
    choose_language,
    compile_catalogues,
    day,
    literal,
    number,
    read_catalogue,
    script_keys,
)

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = ("kk", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
NBSP = "\u00a0"


def keys_in_use() -> set[tuple[str, ...]]:
    """(text,) or (singular, plural) of every text in templates, Python and scripts."""
    found = set(script_keys(ROOT / "static" / "js"))
    methods = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for _file, _line, message, _comments, _context in extract_from_dir(ROOT / "webapp", methods, keywords=keywords):
        found.add((message,) if isinstance(message, str) else tuple(message[:2]))
    return found


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_is_translated(lang):
    catalogue = read_catalogue(lang)
    missing = []
    for key in sorted(keys_in_use()):
        message = catalogue.get(key[0])
        forms = message.string if message is not None else ""
        forms = forms if isinstance(forms, tuple) else (forms,)
        wanted = max(PLURAL_INDEX[lang].values()) + 1 if len(key) > 1 else 1
        if len(forms) != wanted or not all(forms) or message.fuzzy:
            missing.append(key[0])
    assert not missing


def test_the_extraction_sees_templates_python_and_scripts():
    found = keys_in_use()
    assert ("Skip to the content",) in found  # base.html
    assert ("Too many requests",) in found  # errors.py
    assert ("%(num)s figure", "%(num)s figures") in found
    assert script_keys(ROOT / "static" / "js")


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_survive_translation(lang):
    wrong = []
    for message in read_catalogue(lang):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = sorted(PLACEHOLDER.findall(ids[-1]))
        wrong += [form for form in forms if message.id and sorted(PLACEHOLDER.findall(form)) != wanted]
    assert not wrong


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_word_mixes_latin_and_cyrillic_letters(lang):
    texts = [
        form
        for message in read_catalogue(lang)
        for form in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    words = re.findall(r"[^\W\d_]+", " ".join(PLACEHOLDER.sub(" ", text) for text in texts))
    mixed = [word for word in words if re.search(r"[a-zA-Z]", word) and re.search(r"[а-яёәғқңөұүһіА-ЯӘҒҚҢӨҰҮҺІ]", word)]
    assert not mixed


def test_a_text_translated_twice_and_differently_is_refused(tmp_path):
    folder = tmp_path / "kk"
    folder.mkdir()
    for name, text in (("a", "бір"), ("b", "екі")):
        (folder / f"{name}.po").write_text(f'msgid ""\nmsgstr ""\n\nmsgid "x"\nmsgstr "{text}"\n', "utf-8")
    with pytest.raises(ValueError, match="differently"):
        read_catalogue("kk", tmp_path)


def test_catalogues_are_made_once_and_again_when_a_source_changes(tmp_path):
    translations, scripts = tmp_path / "translations", tmp_path / "js"
    (translations / "kk").mkdir(parents=True)
    scripts.mkdir()
    po = translations / "kk" / "a.po"
    po.write_text('msgid ""\nmsgstr ""\n\nmsgid "Close"\nmsgstr "Жабу"\n', "utf-8")
    (scripts / "a.js").write_text('t("Close"); n("%(num)s x", "%(num)s xs", 3)', "utf-8")
    first = compile_catalogues(tmp_path / "cache", scripts, translations)
    assert compile_catalogues(tmp_path / "cache", scripts, translations) == first
    made = json.loads((first / "kk.json").read_text("utf-8"))
    assert made["messages"] == {"Close": "Жабу", "%(num)s x": ["%(num)s x", "%(num)s xs"]}
    po.write_text(po.read_text("utf-8").replace("Жабу", "Жап"), "utf-8")
    second = compile_catalogues(tmp_path / "cache", scripts, translations)
    assert second != first
    assert json.loads((second / "kk.json").read_text("utf-8"))["messages"]["Close"] == "Жап"


@pytest.mark.parametrize(
    ("source", "value"),
    [('"a \\"b\\""', 'a "b"'), ("'it\\'s'", "it's"), ("`plain`", "plain"), ('"ң\\u00a0"', "ң\u00a0")],
)
def test_literals_of_scripts(source, value):
    assert literal(source) == value


def test_the_language_is_the_first_wish_that_is_ours():
    assert choose_language("ru", "en", "kk") == "ru"
    assert choose_language("de", None, "en", "kk") == "en"
    assert choose_language("../../etc", "", None) == "kk"


def test_language_of_a_request(client):
    def language(path, **more):
        return re.search(r'<html lang="(\w+)"', client.get(path, **more).get_data(as_text=True))[1]

    assert language("/about") == "kk"
    assert language("/about", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}) == "kk"
    assert language("/about?lang=en") == "en"
    assert language("/about") == "en"  # the cookie remembers
    assert language("/about?lang=xx") == "en"
    assert language("/") == "kk"  # the same address is the same view for everyone
    assert language("/?lang=ru") == "ru"


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (2397, "kk", f"2{NBSP}397"),
        (2397, "ru", f"2{NBSP}397"),
        (2397, "en", "2,397"),
        (85.5, "kk", "85,5"),
        (85.5, "en", "85.5"),
        (0.1 + 0.2, "ru", "0,3"),
        (1234567.891, "en", "1,234,567.89"),
    ],
)
def test_numbers(value, lang, text):
    assert number(value, lang) == text


def test_dates_keep_their_precision():
    assert day("2025", "kk") == "2025"
    assert day("2025-10", "ru") == "октябрь 2025"
    assert day("2025-10", "kk") == "2025 ж. қазан"
    assert day("2025-10-28", "kk").replace("\u202f", " ") == "2025 ж. 28 қазан"
    assert day("2025-10-28", "ru").replace("\u202f", " ") == "28 октября 2025 г."
    assert day(dt.date(2025, 10, 28), "en") == "October 28, 2025"
    assert day("", "en") == ""
    assert "UTC" in day(dt.datetime(2025, 10, 28, 9, 5, tzinfo=dt.UTC), "en")


def test_scripts_get_plurals_and_number_words(app):
    from webapp.i18n import messages_for_js

    with app.app_context():
        made = {lang: json.loads(messages_for_js(lang)) for lang in ("kk", "ru", "en")}
        assert "<" not in messages_for_js("ru")
    assert len(made["ru"]["messages"]["%(num)s figure"]) == 3
    assert made["ru"]["plural"]["few"] == 1
    assert made["kk"]["format"]["decimal"] == ","
    assert made["kk"]["format"]["months"][9] == "қазан"
    assert set(made["kk"]["messages"]) == set(made["en"]["messages"])
