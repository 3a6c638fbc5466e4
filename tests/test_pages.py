"""Pages: what a reader without scripts gets, in every language."""

import html
import json
import re
from urllib.parse import quote

import brotli
import pytest
from conftest import make_document, make_observation
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.marked_text import marked_paragraphs

PAGES = ["/", "/documents/turkistan-2025", "/sources", "/coverage", "/editions", "/promises", "/about", "/search?q=gas"]


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def plain(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_in_every_language(client, path, lang):
    text = page(client, f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert f'<html lang="{lang}"' in text
    assert len(re.findall(r"<h1\b", text)) == 1
    assert re.search(r"<title>[^<]+</title>", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert "%(" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    for code in ("kk", "ru", "en"):
        assert re.search(
            rf'hreflang="{code}"[^>]*href="/[^"]*lang={code}"|href="/[^"]*lang={code}"[^>]*hreflang="{code}"', text
        )


def test_the_map_page_says_in_words_what_it_shows(client):
    text = page(client, "/?layers=gas~industry&year=2025&place=KZ-61&lang=en")
    assert "85.5% of people in Turkistan Region had piped natural gas" in plain(text)
    boot = json.loads(re.search(r'id="boot">(.*?)</script>', text, re.DOTALL)[1])
    assert "Turkistan" in boot["title"]
    assert re.fullmatch(r"/editions/2/atlas\.json\?v=\w{10}", boot["data"]["atlas"])
    assert client.get(boot["data"]["atlas"]).json["edition"] == 2
    assert boot["frozen"] is False
    assert 'property="og:image" content="http://localhost/preview.png?' in text
    assert "<svg" in text


def test_the_table_stands_without_scripts(client):
    text = page(client, "/?layers=gas&year=2025&lang=en")
    table = re.search(r'<table class="figures">.*?</table>', text, re.DOTALL)[0]
    assert len(re.findall(r"<tr", table)) == 22  # head, country, 20 regions
    row = next(row for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL) if "Turkistan Region" in row)
    assert "85.5%" in row
    assert "88.9%" in row
    assert "#o01" in row


def test_a_frozen_link_keeps_its_edition_and_a_missing_one_is_named(client):
    frozen = json.loads(re.search(r'id="boot">(.*?)</script>', page(client, "/?edition=1"), re.DOTALL)[1])
    assert (frozen["edition"], frozen["current"], frozen["frozen"]) == (1, 2, True)
    missing = json.loads(re.search(r'id="boot">(.*?)</script>', page(client, "/?edition=77"), re.DOTALL)[1])
    assert (missing["edition"], missing["frozen"]) == (2, False)
    assert [(n["key"], n["value"]) for n in missing["notices"]] == [("edition", "77")]


def test_a_document_shows_every_figure_marked_in_its_text(client):
    text = page(client, "/documents/turkistan-2025?lang=ru")
    for key, number in (("o01", "85,5"), ("o02", "88,9"), ("o03", "95"), ("o04", "20"), ("o05", "365")):
        assert re.search(rf'<mark id="{key}" class="figure layer-\w+"[^>]*>{number}</mark>', text)
    assert "Изложено по" in text
    assert 'href="https://example.kz/turkistan"' in text
    assert "просмотрена часть" in text
    assert "жителей" in text
    assert client.get("/documents/none").status_code == 404


def test_an_inferred_date_is_marked(client):
    assert "tag-inferred" in page(client, "/documents/villages-2019")
    assert "tag-inferred" not in page(client, "/documents/turkistan-2025").split("</header>")[1]


def test_sources_list_every_document(client):
    text = page(client, "/sources?lang=en")
    for key in ("turkistan-2025", "turkistan-press", "villages-2019", "hostile"):
        assert f'href="/documents/{key}?lang=en"' in text


def test_coverage_says_what_is_known_and_what_is_missing(client):
    text = page(client, "/coverage?lang=en")
    row = next(row for row in re.findall(r"<tr[ >].*?</tr>", text, re.DOTALL) if ">Turkistan Region<" in row)
    assert "85.5%" in row
    assert "state-fresh" in row
    assert "state-inside" in row  # the broadband figure of three regions together is no figure of its own
    empty = next(row for row in re.findall(r"<tr[ >].*?</tr>", text, re.DOTALL) if ">Ulytau Region<" in row)
    assert empty.count("state-none") == 4


def test_editions_list_their_changes(client):
    text = page(client, "/editions?lang=en")
    assert "6 figures added" in text
    assert "0 figures removed" in text
    assert 'href="/?edition=1&amp;lang=en"' in text
    assert "the second" in text


def test_promises_can_be_filtered(client):
    assert "overdue, no report" in plain(page(client, "/promises?layer=internet&lang=en"))
    assert "No plan fits this choice" in page(client, "/promises?layer=water&lang=en")
    assert client.get("/promises?state=nonsense").status_code == 400
    assert client.get("/promises?utm_source=chat").status_code == 200


def test_search_without_scripts(client):
    text = page(client, "/search?q=Түркстан&lang=ru")
    assert "Туркестанская область" in text
    assert "Здесь ничего так не называется" in page(client, "/search?q=zzqxjwv&lang=ru")


def test_pages_of_one_language_are_not_given_to_another(client):
    kk = client.get("/about")
    client.set_cookie("qamtu_lang", "ru")
    ru = client.get("/about", headers={"If-None-Match": kk.headers["ETag"]})
    assert ru.status_code == 200
    assert {"Accept-Encoding", "Cookie"} <= {part.strip() for part in ru.headers["Vary"].split(",")}
    assert ru.headers["Cache-Control"].startswith("private")


def test_static_addresses_change_with_their_content(client):
    text = page(client, "/about")
    sheet = re.search(r'href="(/static/css/base\.css\?v=\w+)"', text)[1]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert "immutable" not in client.get(sheet.split("?")[0]).headers["Cache-Control"]
    assert client.get("/static/css/base.css?v=old").headers["Cache-Control"].startswith("public, max-age=0")
    imports = json.loads(re.search(r'type="importmap">(.*?)</script>', text)[1])["imports"]
    for address in imports.values():
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.mimetype == "text/javascript"


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="абв 12\n.,", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.integers(0, 8), st.integers(1, 4)), max_size=6),
)
def test_marked_paragraphs_lose_no_letter(text, spans):
    figures = []
    for number, (start, length, inner, width) in enumerate(spans):
        end = min(start + length, len(text))
        first = start + min(inner, length - 1)
        if start < end and first < end:
            figures.append(
                make_observation(
                    key=f"o{number}",
                    span=(start, end),
                    value_span=(first, min(first + width, end)),
                    quote=text[start:end],
                )
            )
    paragraphs = marked_paragraphs(make_document(text=text), figures)
    pieces = [piece for paragraph in paragraphs for passage in paragraph for piece in passage.pieces]
    assert re.sub(r"\n", "", "".join(p.text for p in pieces)) == re.sub(r"\n", "", text)
    shown = [key for piece in pieces for key in piece.ids]
    assert len(shown) == len(set(shown))
    assert set(shown) >= {figure.id for figure in figures if text[figure.value_span[0]] != "\n"}


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.booleans())
def test_any_link_gives_a_page(app, query, encoded):
    query = quote(query, safe="&=~/:,") if encoded else query.replace("#", "")
    answer = app.test_client().get("/", query_string=query)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_coverage_tells_the_years_of_each_field():
    from webapp.coverage import spans_of

    assert spans_of({2025, 2018, 2023, 2022, 2024}) == "2018, 2022–2025"
    assert spans_of(()) == ""


def test_what_has_no_known_coordinates_is_listed(real_folder):
    """Every zone that the gazetteer has no position for is on the list, none that it has one for."""
    import json

    from geo.gazetteer import load_gazetteer
    from webapp.coverage import unplaced_things

    atlas = json.loads((real_folder / "editions" / "1" / "atlas.json").read_text("utf-8"))
    listed = {thing["place"] for thing in unplaced_things(atlas, "ru")}
    zones = {f["place"] for f in atlas["features"] if f["place"].startswith("zone/")}
    points = {zone: load_gazetteer().get(zone).point for zone in zones}
    assert {zone for zone, point in points.items() if point is None} <= listed
    assert not {zone for zone, point in points.items() if point is not None} & listed
    assert "zone/khorgos" in zones - listed


def test_the_first_page_is_sent_smaller_than_others_of_its_length(client):
    def share_sent(address):
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        return len(answer.get_data()) / len(brotli.decompress(answer.get_data()))

    assert share_sent("/?lang=ru") < 0.95 * share_sent("/?layers=gas&lang=ru")
