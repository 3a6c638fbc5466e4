"""One search box on a desktop and on a phone: places, measures and programmes, any script, slips, by keys alone."""

import pytest

pytestmark = pytest.mark.browser

# what is typed → what is found first, by the language of the page
FOUND = [
    ("kk", "түркістан облысы", "Түркістан облысы"),
    ("kk", "Түркстан облысы", "Түркістан облысы"),  # a letter left out
    ("kk", "turkistan oblysy", "Түркістан облысы"),
    ("ru", "туркестанская", "Туркестанская область"),
    ("ru", "Тукрестанская", "Туркестанская область"),  # two letters swapped
    ("ru", "сауранский район", "Сауранский район"),
    ("en", "Kyzylorda", "Kyzylorda Region"),
    ("en", "Qyzylorda", "Kyzylorda Region"),
    ("en", "сауран", "Sauran District"),
    ("en", "Kentau", "Kentau"),
    ("kk", "starlink", "Starlink"),
    ("ru", "старлик", "Starlink"),
    ("en", "people with gas", "People with gas"),
    ("ru", "население с газом", "Население с газом"),
    ("kk", "газбен қамтылған халық", "Газбен қамтылған халық"),
]


@pytest.fixture
def box(explore):
    """``box(lang)`` opens the map and puts the cursor into the search box."""

    def opened(lang, query="layers=gas&year=2025"):
        page = explore(f"{query}&lang={lang}")
        if page.phone:
            page.tap("#search-input")
        else:
            page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search-input"
        return page

    return opened


def answers(page, typed):
    """The names that the server's answer brought for what was typed."""
    with page.expect_response("**/api/v1/search?*"):
        page.keyboard.insert_text(typed)
    page.wait_for_selector("#search-results [role=option]:not(.empty)")
    page.wait_for_timeout(50)
    return page.locator("#search-results .result-name").all_inner_texts()


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_it_is_found_in_any_script_and_with_slips(box, lang):
    page = box(lang)
    for _, typed, wanted in (row for row in FOUND if row[0] == lang):
        page.fill("#search-input", "")
        page.focus("#search-input")
        assert any(wanted in name for name in answers(page, typed)[:2]), typed


def test_arrows_go_round_and_enter_opens(box):
    page = box("ru")
    assert len(answers(page, "алматы")) > 2
    options = page.locator("#search-results [role=option]")
    marked = (
        "[...document.querySelectorAll('#search-results [role=option]')]"
        ".findIndex((one) => one.getAttribute('aria-selected') === 'true')"
    )
    for key, at in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", options.count() - 1),
        ("ArrowDown", 0),
    ):
        page.keyboard.press(key)
        assert page.evaluate(marked) == at
        active = page.get_attribute("#search-input", "aria-activedescendant")
        assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    name = options.first.locator(".result-name").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert page.inner_text("#panel h2") == name
    assert page.get_attribute("#search-input", "aria-expanded") == "false"


def test_a_district_opens_where_it_lies(box):
    page = box("en")
    assert answers(page, "Sauran District")[0] == "Sauran District"
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-ready=yes] #panel h2")
    assert "Sauran" in page.inner_text("#panel") or "Turkistan" in page.inner_text("#panel h2")


def test_a_measure_goes_on_the_map(box):
    page = box("kk")
    answers(page, "интернеті бар мектептер")
    page.keyboard.press("Enter")
    page.wait_for_function("() => (new URLSearchParams(location.search).get('layers') ?? '').startsWith('internet')")
    assert page.locator("#deck [data-layer=internet] [aria-pressed=true]").count() == 1


def test_a_programme_opens_its_view(box):
    page = box("en")
    names = answers(page, "starlink")
    at = next(index for index, name in enumerate(names) if "Starlink" in name)
    for _ in range(at + 1):
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("html[data-ready=yes]")
    assert "internet" in page.url


def test_escape_closes_and_nothing_found_is_said(box):
    page = box("ru")
    page.keyboard.insert_text("ыыыщщщ")
    page.wait_for_selector("#search-results .empty")
    assert page.inner_text("#search-results .empty") == "Ничего не найдено"
    page.keyboard.press("Escape")
    assert page.locator("#search-results").is_hidden()
    page.keyboard.press("Escape")
    assert page.input_value("#search-input") == ""


def test_without_the_server_the_names_of_the_page_are_found(box):
    page = box("en")
    page.context.set_offline(True)
    page.keyboard.insert_text("turkis")
    page.wait_for_selector("#search-results [role=option]:not(.empty)")
    page.wait_for_timeout(400)
    assert "Turkistan Region" in page.locator("#search-results .result-name").all_inner_texts()
    page.context.set_offline(False)
