"""Fixtures of whole atlases: a small hand-made one, and that of the project's own bulletins; each is built once."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time

import pytest

from geo.locks import take_lock


@pytest.fixture(scope="session")
def atlas_folder(tmp_path_factory):
    """A data folder with two published editions of the small atlas; the second adds what the first lacks."""
    return build_once(tmp_path_factory, "atlas", build_small_atlas)


@pytest.fixture(scope="session")
def app(atlas_folder):
    """The web application on the small atlas."""
    from webapp import create_app
    from webapp.settings import load_settings

    made = create_app(load_settings({}, data=atlas_folder))
    made.testing = True
    return made


@pytest.fixture
def client(app):
    """A browser without memory: a new test client."""
    return app.test_client()


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory):
    """A data folder with the atlas of seeds/, its files made."""
    return build_once(tmp_path_factory, "real", build_real_atlas)


@pytest.fixture(scope="session")
def real_atlas(real_folder):
    """atlas.json of seeds/, as the map gets it."""
    return json.loads((real_folder / "editions" / "1" / "atlas.json").read_text("utf-8"))


def build_small_atlas(folder):
    from small_atlas import small_atlas_sources

    from geo.store import Store
    from webapp.publishing import publish_artefacts

    (first, *rest) = small_atlas_sources()
    with Store.open(folder / "qamtu.sqlite3") as opened:
        opened.add_document(*first)
        publish_artefacts(opened, opened.publish("the first"), folder)
        for document, figures in rest:
            opened.add_document(document, figures)
        publish_artefacts(opened, opened.publish("the second"), folder)


def build_real_atlas(folder):
    from geo.pipeline import SEEDS, build_atlas
    from geo.store import Store
    from webapp.publishing import publish_artefacts

    with Store.open(folder / "qamtu.sqlite3") as opened:
        publish_artefacts(opened, build_atlas(SEEDS, opened).edition, folder)


def build_once(tmp_path_factory, name, build):
    """A folder as ``build(folder)`` fills it: built by the first process of the tests that asks, copied by others."""
    own = tmp_path_factory.mktemp(name)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        build(own)
        return own
    common = tmp_path_factory.getbasetemp().parent / f"common-{name}"
    with one_at_a_time(common.with_suffix(".lock")):
        if not common.is_dir():
            build(own)
            shutil.copytree(own, common.with_suffix(".part"))
            common.with_suffix(".part").rename(common)
            return own
    shutil.copytree(common, own, dirs_exist_ok=True)
    return own


@contextlib.contextmanager
def one_at_a_time(path):
    """Hold the lock on the file ``path`` against the other processes of the tests."""
    with path.open("a") as lock:
        while not take_lock(lock):
            time.sleep(0.05)
        yield
