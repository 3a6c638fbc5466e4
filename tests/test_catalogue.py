"""The catalogue: complete in three languages, plural-aware, and strict about its own rules."""

import copy
import tomllib
from pathlib import Path

import pytest

from geo.catalogue import CATALOGUE_FILE, load_catalogue, parse_catalogue
from geo.errors import BadInput, BadSeed

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def raw():
    return tomllib.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))


def test_every_layer_starts_with_its_headline():
    catalogue = load_catalogue()
    for layer in catalogue.layers.values():
        assert catalogue.of_layer(layer.id)[0].code == layer.headline


def test_no_two_indicators_of_a_layer_share_a_label():
    catalogue = load_catalogue()
    for language in ("kk", "ru", "en"):
        labels = [(i.layer, i.label[language]) for i in catalogue.indicators.values()]
        assert len(labels) == len(set(labels)), language


def test_kazakh_labels_are_written_in_kazakh_letters():
    catalogue = load_catalogue()
    text = "".join(i.label["kk"] + i.long["kk"] for i in catalogue.indicators.values())
    assert set("әіңғүұқөһ") - set(text.lower()) <= {"һ"}
    assert not set("iöüı") & set(text)


@pytest.mark.parametrize(
    ("language", "number", "word"),
    [
        ("ru", 1, "населённый пункт"),
        ("ru", 3, "населённых пункта"),
        ("ru", 11, "населённых пунктов"),
        ("ru", 563, "населённых пункта"),
        ("ru", 2.5, "населённого пункта"),
        ("en", 1, "settlement"),
        ("en", 1.0, "settlement"),
        ("en", 294, "settlements"),
        ("kk", 1, "елді мекен"),
        ("kk", 563, "елді мекен"),
    ],
)
def test_the_word_after_a_number(language, number, word):
    assert load_catalogue().unit_of("gas.settlements").word(language, number) == word


def test_what_carries_forward_follows_from_the_kind_unless_said_otherwise():
    indicators = load_catalogue().indicators
    assert indicators["gas.population_share"].carries
    assert indicators["internet.fibre_length"].carries
    assert not indicators["gas.settlements_new"].carries
    assert not indicators["industry.investment"].carries
    assert not indicators["water.irrigated_area_new"].carries


def test_comparable_measures_never_leave_their_layer():
    catalogue = load_catalogue()
    assert "gas.settlements_share" in catalogue.comparable("gas.population_share")
    assert "gas.population_share" not in catalogue.comparable("gas.population_share")
    assert catalogue.comparable("water.capacity") == []
    for code in catalogue.indicators:
        assert {c.split(".")[0] for c in catalogue.comparable(code)} <= {code.split(".")[0]}


def test_unknown_codes_are_named_with_what_is_allowed():
    with pytest.raises(BadInput, match=r"gas\.nothing.*gas\.population_share"):
        load_catalogue().indicator("gas.nothing")
    with pytest.raises(BadInput, match=r"heat.*gas, water"):
        load_catalogue().of_layer("heat")


@pytest.mark.parametrize(
    ("breakage", "message"),
    [
        (lambda r: r["indicators"]["gas.homes"].update(kind="heap"), "gas.homes.*kind 'heap'"),
        (lambda r: r["indicators"]["gas.homes"].update(unit="bricks"), "gas.homes.*bricks"),
        (lambda r: r["indicators"]["gas.homes"].update(unit="percent"), "gas.homes.*percent"),
        (lambda r: r["indicators"]["gas.homes"].update(colour="red"), "gas.homes.*colour"),
        (lambda r: r["indicators"]["gas.homes"].update(group="water.share"), "gas.homes.*water.share"),
        (lambda r: r["indicators"]["gas.homes"]["label"].pop("kk"), "gas.homes.label.*kk"),
        (lambda r: r["layers"]["gas"].update(headline="water.capacity"), "layers.gas.*headline"),
        (lambda r: r["layers"].pop("industry"), "layers.*exactly"),
        (lambda r: r["units"]["jobs"]["ru"].pop("other"), "units.jobs.*other"),
        (lambda r: r["indicators"].update({"heat.x": {}}), "heat.x.*code"),
    ],
)
def test_a_broken_entry_is_refused_by_name(raw, breakage, message):
    broken = copy.deepcopy(raw)
    breakage(broken)
    with pytest.raises(BadSeed, match=message):
        parse_catalogue(broken)


def test_a_missing_file_is_a_clear_error(tmp_path):
    with pytest.raises(BadSeed, match="cannot be read"):
        load_catalogue(tmp_path / "none.toml")


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared (the draft of the codes) is not beside the repository")
def test_every_code_of_the_draft_is_kept():
    draft = tomllib.loads((SHARED / "catalogue.toml").read_text(encoding="utf-8"))
    indicators = load_catalogue().indicators
    for code, entry in draft["indicators"].items():
        assert (indicators[code].kind, indicators[code].unit) == (entry["kind"], entry["unit"])
