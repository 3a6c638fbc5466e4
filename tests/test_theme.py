"""Light or dark paper: the reader's choice comes with the page, and only as one of two words."""

import pytest
from serving import READY

from webapp.ready import key_of


def html_tag(client, cookie=None):
    headers = {"Cookie": cookie} if cookie else {}
    text = client.get("/?lang=en", headers=headers).get_data(as_text=True)
    return text[text.index("<html") : text.index("<head>")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_comes_in_the_theme_that_was_chosen(app, theme):
    client = app.test_client(use_cookies=False)
    assert f'data-theme="{theme}"' in html_tag(client, f"qamtu_theme={theme}")
    assert "data-theme" not in html_tag(client), "the next reader has made no choice"


@pytest.mark.parametrize("wish", ["", "purple", '"><script>', "DARK", "dark light"])
def test_anything_else_is_no_choice(app, wish):
    assert "data-theme" not in html_tag(app.test_client(use_cookies=False), f"qamtu_theme={wish}")


def test_finished_answers_are_kept_for_each_theme():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    light, dark = (key_of({**environ, "HTTP_COOKIE": f"qamtu_lang=ru; qamtu_theme={t}"}) for t in ("light", "dark"))
    assert light is not None
    assert dark is not None
    assert light != dark


@pytest.mark.browser
def test_a_choice_outlives_the_page_and_asks_no_storage(browser, small_address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { window.asked = true; } })")
    page.goto(f"{small_address}/?lang=en")
    page.wait_for_selector(READY)
    assert page.get_attribute("html", "data-theme") == "dark"
    page.locator(".more-pages summary").click()
    page.click("#theme")
    page.reload()
    page.wait_for_selector(READY)
    assert page.get_attribute("html", "data-theme") == "light"
    page.goto(f"{small_address}/about?lang=en")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.evaluate("window.asked") is None
    context.close()
