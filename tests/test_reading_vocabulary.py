"""The vocabularies: each entry is found in its own example, and a broken entry is named."""

import pytest
import regex

from geo.catalogue import load_catalogue
from geo.errors import BadSeed
from geo.reading.confidence import TABLE, load_table
from geo.reading.indicators import load_rules
from geo.reading.matching import Matcher
from geo.reading.merging import all_indicators
from geo.reading.phrases import form_pattern
from geo.reading.status import endings_of
from geo.reading.text import make_page
from geo.reading.vocabulary import SILENT, load_vocabulary, parse_entry

VOCABULARY = load_vocabulary()
MATCHER = Matcher(VOCABULARY, ())


@pytest.mark.parametrize("term", VOCABULARY.terms, ids=lambda term: term.source)
def test_each_entry_is_found_in_its_example(term):
    page = make_page(term.example)
    if term.kind == "ending":
        words = page.words.split()
        assert any(word.endswith(form.split()[-1]) for word in words for form in term.forms)
    elif term.kind == "phrase":
        assert any(regex.search(form_pattern(form), page.low) for form in term.forms)
    elif term.kind in SILENT:
        words = page.low.replace(",", " ").replace(". ", " ").rstrip(".").split()
        assert any(
            word.startswith(form) if term.kind == "look_alike" else word == form
            for word in words
            for form in term.forms
        )
    else:
        assert any(hit.term is term for hit in MATCHER.find(page)), term.example


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"code": "gas", "forms": ["Газ"], "example": "Газ бар."}, "lower-case"),
        ({"code": "gas", "forms": ["ещё"], "example": "Ещё газ."}, "е for ё"),
        ({"code": "gas", "forms": [], "example": "Газ бар."}, "needs forms"),
        ({"code": "gas", "forms": ["газ"]}, "needs an example"),
        ({"code": "coal", "forms": ["көмір"], "example": "Көмір бар."}, "none of gas"),
        ({"code": "gas", "forms": ["газ"], "example": "Газ бар.", "colour": "red"}, "unknown keys"),
    ],
)
def test_a_broken_entry_is_named(entry, complaint):
    with pytest.raises(BadSeed, match=complaint) as error:
        parse_entry("layer", entry, "kk", "kk/layers.toml, layer 1")
    assert "kk/layers.toml" in str(error.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadSeed, match="no vocabulary files"):
        load_vocabulary(tmp_path)


def test_every_indicator_of_the_rules_is_in_the_catalogue_and_the_other_way_round():
    assert all_indicators() <= set(load_catalogue().indicators)
    never_read = set(load_catalogue().indicators) - all_indicators()
    assert not never_read, f"no rule reads {sorted(never_read)}"


def test_rules_name_known_flags_only():
    flags = {term.code for term in VOCABULARY.of("cue")} | set(
        [
            "total",
            "new",
            "state",
            "contrast",
            "listed",
            "underway",
            "lacking",
            "base",
            "3g_nearer",
            "new_ones",
            "work",
            "registered",
            "without",
        ]
        + [f"of_{base}" for base in ("people", "settlements", "urban", "rural", "health", "zones")]
    )
    for choices in load_rules().values():
        for when, _code in choices:
            assert all(option in flags for need in when for option in need), when


def test_endings_tell_past_from_future():
    table = endings_of(VOCABULARY)
    assert table["kk"]["ды"] == "actual"
    assert table["kk"]["ады"] == "planned"
    assert table["kk"]["маған"] == "not_yet"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("noun = 0.98", "noun = 1.2", "at most 1"),
        ("noun = 0.98", "noun = 'sure'", "at most 1"),
        ("noun = 0.98", "verb = 0.98", "must give noun"),
        ("[layer]", "[layer", "cannot be read"),
    ],
)
def test_a_broken_table_of_confidence_is_named(tmp_path, old, new, complaint):
    broken = tmp_path / "confidence.toml"
    broken.write_text(TABLE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadSeed, match=complaint):
        load_table(broken)
