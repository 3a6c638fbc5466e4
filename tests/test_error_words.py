"""What went wrong is said in the reader's language, by reason; programs are told in English."""

import ast
import re
from pathlib import Path

import pytest
from editing import Browser
from test_i18n import TRANSLATED

from geo.errors import BadInput, TooMany
from geo.fetching import parse_address
from geo.formats import extract_text
from webapp.error_words import CODES, REASONS, failure_words, in_readers_language
from webapp.i18n import read_catalogue
from webapp.jobs import Job
from webapp.uploads import safe_name

ROOT = Path(__file__).resolve().parents[1]
PLACE = re.compile(r"%\((\w+)\)s")
OWN = ("message", "reason")
ERRORS = ("QamtuError", "BadInput", "BadDocument", "BadView", "BadAddress", "NotFound", "NotAllowed", "TooMany")


def raised():
    """(file, reason, names of details) of every error that is raised with a reason."""
    for path in [*ROOT.glob("geo/**/*.py"), *ROOT.glob("webapp/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            reason = named.get("reason")
            if isinstance(reason, ast.Constant) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                yield path.name, reason.value, set(named) - set(OWN)


def text_of(reason):
    """The English text, its places open, outside of any request."""
    source = (ROOT / "webapp" / "error_words.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == reason:
                    return ast.literal_eval(value.body.args[0])
    raise AssertionError(reason)


def test_every_reason_that_is_raised_has_a_text_and_every_text_a_reason():
    found = {reason for _, reason, _ in raised()} | {"broken_off"}  # told by a job that died, without an exception
    assert found == set(REASONS)


@pytest.mark.parametrize(("file", "reason", "details"), sorted(raised(), key=str))
def test_what_is_raised_brings_what_its_text_needs(file, reason, details):
    assert set(PLACE.findall(text_of(reason))) <= details, file


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translations_leave_the_same_places_open(lang):
    catalogue = read_catalogue(lang)
    for reason in REASONS:
        text = text_of(reason)
        assert sorted(PLACE.findall(catalogue.get(text).string)) == sorted(PLACE.findall(text)), reason


def told(call, *arguments):
    with pytest.raises((BadInput, TooMany)) as error:
        call(*arguments)
    return error.value.code, error.value.reason, error.value.details


@pytest.mark.parametrize(
    ("call", "arguments", "words"),
    [
        (safe_name, ("photo.jpg",), "Файлы такого вида здесь не читаются: «photo.jpg»"),
        (parse_address, ("ftp://example.kz",), "«ftp://example.kz» не веб-адрес"),
        (extract_text, (b"", "a.txt"), "Файл пуст"),
        (extract_text, (b"x" * 11_000_000, "a.txt"), "до 10 МБ"),
        (extract_text, (b"{\\rtf1 x}", "a.txt"), "не читаются: «a.txt»"),
        (extract_text, (b"%PDF-1.4 broken", "a.pdf"), "повреждён"),
        (extract_text, (b"PK\x03\x04broken", "a.docx"), "повреждён"),
    ],
)
def test_what_is_brought_is_refused_in_the_readers_language(app, call, arguments, words):
    with app.test_request_context("/editor?lang=ru"):
        assert words in in_readers_language(*told(call, *arguments))


def test_a_code_stands_in_for_a_reason_without_a_text(app):
    with app.test_request_context("/editor?lang=ru"):
        assert in_readers_language("bad_document", "never heard of", {}).startswith("Этот документ не читается")
        assert in_readers_language("bad_view", "", {}) == ""
        assert in_readers_language("bad_input", "no_number", {}) == "", "an error without its details: its own message"
        assert all(text() for text in CODES.values())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "Бұл нысан ескірген"),
        ("ru", "Эта форма устарела"),
        ("en", "This form is too old"),
    ],
)
def test_a_browser_is_told_in_its_language_on_pages_and_in_answers_to_scripts(app, lang, words):
    browser = Browser(app)
    browser.get(f"/report?obs=o01&lang={lang}")  # keeps the language in a cookie
    browser.token = "of another page"
    page = browser.post("/report?obs=o01", note="x")
    assert page.status_code == 403
    assert f'<p class="error-message" lang="{lang}">{words}' in page.get_data(as_text=True)
    error = browser.post("/report?obs=o01", json=True, note="x").json["error"]
    assert error["message"].startswith(words)
    assert (error["code"], error["details"]["reason"]) == ("not_allowed", "form_too_old")
    missing = browser.client.get(f"/api/v1/nothing?lang={lang}", headers={"Accept": "application/json"})
    assert not missing.json["error"]["message"].startswith("Nothing lives")


def test_a_program_is_told_in_english(app):
    answer = app.test_client().get("/api/v1/nothing", headers={"Accept": "application/json"})
    assert answer.json["error"]["message"].startswith("Nothing lives")


def test_what_has_no_text_is_shown_in_english_and_marked_so(client):
    page = client.get("/documents/nowhere?lang=kk").get_data(as_text=True)
    assert re.search(r'class="error-message" lang="en">There is no document', page)


def test_a_failed_job_says_why(app):
    job = Job("0" * 16, "read", "failed", {}, "x.txt: the file is empty.", {"reason": "file_empty"})
    with app.test_request_context("/editor/jobs/x?lang=kk"):
        assert failure_words(job).startswith("Файл бос.")
        assert failure_words(Job("0" * 16, "read", "failed", {}, "of an older version")) == "of an older version"
