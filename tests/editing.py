"""What tests of the editor share: an atlas that may change, a document that waits, and a browser that sends forms.

The browser keeps cookies and sends the forms of the pages it was shown.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from conftest import make_document, make_observation, with_sentences

from geo.backup import restore_backup, write_backup
from geo.store import Store
from webapp import create_app
from webapp.settings import load_settings

TOKEN = "a-token-of-the-tests-0123456789"


class Browser:
    """A test client that carries each page's form token."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page = self.token = ""

    def get(self, path, **more):
        """Opens a page; its text is in ``page``."""
        answer = self.client.get(path, **more)
        self.page = answer.get_data(as_text=True)
        if found := re.search(r'name="form_token" value="(\w+)"', self.page):
            self.token = found[1]
        return answer

    def post(self, path, *, json=False, **fields):
        """Sends a form with the token of the last form seen."""
        headers = {"Accept": "application/json"} if json else {}
        data = {"form_token": self.token, **fields}
        return self.client.post(path, data=data, headers=headers, content_type="multipart/form-data")

    def sign_in(self, token=TOKEN, name="Айгүл"):
        """As an editor."""
        self.get("/editor/sign-in")
        answer = self.post("/editor/sign-in", token=token, name=name)
        self.get("/editor")
        return answer

    def wait_for(self, address, seconds=120):
        """The last page of a job, its redirects followed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = self.get(address)
            if "Refresh" not in answer.headers:
                return answer
            time.sleep(0.2)
        raise AssertionError(f"{address} is not over after {seconds} seconds: {self.page[-500:]}")


@pytest.fixture(scope="session")
def atlas_backup(atlas_folder, tmp_path_factory):
    """The small atlas as a backup, to be restored where a test may change it."""
    path = tmp_path_factory.mktemp("backup") / "atlas.zip"
    write_backup(atlas_folder / "qamtu.sqlite3", atlas_folder, path)
    return path


@pytest.fixture
def own_atlas(atlas_backup, store_url, tmp_path):
    """(settings, open store) of a small atlas that the test may change, on both databases."""
    data = tmp_path / "data"
    restore_backup(atlas_backup, store_url, data)
    settings = load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=data, database_url=store_url, edition_poll_seconds=0.0)
    with Store.open(store_url) as store:
        yield settings, store


@pytest.fixture
def own_store(own_atlas):
    """The open store of that atlas."""
    return own_atlas[1]


@pytest.fixture
def guest(own_atlas):
    """A browser on that atlas that has not signed in."""
    made = create_app(own_atlas[0])
    made.testing = True
    return Browser(made)


@pytest.fixture
def editor(guest):
    """A browser on that atlas, signed in."""
    assert guest.sign_in().status_code == 303
    return guest


def held(store, key="held", **more):
    """A document whose figures wait: gas in Turkistan and water in Jambyl."""
    figures = [
        make_observation("gas.population_share", 91.5, "KZ-61", 2026, key=f"{key}-1"),
        make_observation("water.population_share", 70, "KZ-31", 2026, key=f"{key}-2"),
    ]
    document, placed = with_sentences(make_document(key, date="2026-02-01", **more), figures)
    document = replace(document, text=f"{document.text}({key})")
    store.add_document(document, placed, review="hold", who="editor: Айгүл")
    return document, placed
