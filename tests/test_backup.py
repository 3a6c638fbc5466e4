"""A backup is the atlas: restored into either database it is the same, and what is damaged or strange is refused."""

import json
import stat
import zipfile

import pytest
from conftest import make_document, make_observation, with_sentences
from test_run import door

from geo import backup
from geo.backup import restore_backup, write_backup
from geo.errors import BadInput
from geo.store import Store

FIGURES = [
    make_observation("gas.population_share", 85.5, "KZ-61", 2025),
    make_observation("water.settlements", 12, "KZ-33", None),
]


@pytest.fixture
def atlas(store_url, tmp_path):
    """(address of a store with two editions, decisions, a link and a report; a data folder with files)."""
    data = tmp_path / "data"
    with Store.open(store_url) as store:
        first, placed = with_sentences(make_document("doc-a"), FIGURES)
        store.add_document(first, placed)
        store.publish("one")
        store.add_document(*with_sentences(make_document("doc-b", date=None, card={"licence": "CC0"}), FIGURES[:1]))
        store.decide("doc-a", placed[0].id, "reject", who="editor")
        store.publish("two")
        store.save_link("layers=gas&year=2025")
        store.answer_report(store.report(placed[1].id, "Бұл сан дұрыс емес"), "түзетілді", who="editor")
    for number in (1, 2):
        folder = data / "editions" / str(number)
        folder.mkdir(parents=True)
        (folder / "atlas.json").write_text(json.dumps({"edition": number}), "utf-8")
    (data / "secrets.json").write_text("{}")
    return store_url, data


def everything(where):
    with Store.open(where) as store:
        return {
            "editions": store.editions(),
            "figures": {e.number: store.observations(e.number) for e in store.editions()},
            "documents": store.documents(),
            "readings": [store.readings(d.id) for d in store.documents()],
            "accepted": store.accepted(),
            "reports": store.reports(),
            "links": store.query_of_link(store.save_link("layers=gas&year=2025")),
        }


def test_what_is_restored_is_what_was_backed_up(atlas, tmp_path):
    where, data = atlas
    contents = write_backup(where, data, tmp_path / "b.zip")
    again = tmp_path / "again"
    assert restore_backup(tmp_path / "b.zip", again / "q.sqlite3", again) == contents
    assert everything(again / "q.sqlite3") == everything(where)
    assert (contents.editions, contents.files) == (2, 2)
    assert (again / "editions" / "2" / "atlas.json").read_bytes() == (data / "editions/2/atlas.json").read_bytes()
    assert not (again / "secrets.json").exists()


def test_a_backup_of_one_database_restores_into_the_other_and_goes_on_there(store_url, tmp_path):
    origin = tmp_path / "origin.sqlite3"
    with Store.open(origin) as store:
        store.add_document(*with_sentences(make_document("doc-a"), FIGURES))
        store.publish("one")
    write_backup(origin, tmp_path, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", store_url, tmp_path / "new")
    assert everything(store_url) == everything(origin)
    with Store.open(store_url) as store:  # keys go on after the restored ones
        store.add_document(*with_sentences(make_document("doc-b"), FIGURES[1:]))
        assert store.publish("two").number == 2


def test_a_full_database_is_left_as_it_is(atlas, tmp_path):
    where, data = atlas
    write_backup(where, data, tmp_path / "b.zip")
    before = everything(where)
    with pytest.raises(BadInput, match="holds an atlas already"):
        restore_backup(tmp_path / "b.zip", where, data)
    assert everything(where) == before


def rewritten(path, out, change):
    """The archive with ``change(name, content)`` for each of its files (None leaves one out)."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return out


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content.replace(b"85.5", b"95.5"),
        lambda name, content: None if name == "tables/figures.jsonl" else content,
        lambda name, content: content.rsplit(b"\n", 2)[0] + b"\n" if name == "tables/decisions.jsonl" else content,
        lambda name, content: content[:-20] if name == "tables/documents.jsonl" else content,
        lambda name, content: b"[]" if name == "manifest.json" else content,
        lambda name, content: content.replace(b'"schema": "0', b'"schema": "9'),
    ],
    ids=["a figure changed", "a table gone", "a row gone", "cut off", "no manifest", "of another version"],
)
def test_a_damaged_backup_restores_nothing(atlas, tmp_path, change):
    where, data = atlas
    write_backup(where, data, tmp_path / "b.zip")
    bad = rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    again = tmp_path / "again"
    with pytest.raises(BadInput):
        restore_backup(bad, again / "q.sqlite3", again)
    with Store.open(again / "q.sqlite3") as store:
        assert store.documents() == []
        assert store.editions() == []


@pytest.mark.parametrize("name", ["../outside.txt", "editions/../../outside.txt", "editions/1/../../x.txt", "/tmp/x"])
def test_a_name_in_the_archive_never_leads_outside(atlas, tmp_path, name):
    where, data = atlas
    write_backup(where, data, tmp_path / "b.zip")

    def change(inside, content):
        if inside != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["files"][name] = "0" * 64
        return json.dumps(manifest)

    bad = rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    with pytest.raises(BadInput, match="which no backup does"):
        restore_backup(bad, tmp_path / "again" / "q.sqlite3", tmp_path / "again")
    assert not list(tmp_path.glob("outside*"))


def test_a_backup_that_cannot_be_checked_does_not_replace_the_former(atlas, tmp_path, monkeypatch):
    where, data = atlas
    out = tmp_path / "b.zip"
    write_backup(where, data, out)
    former = out.read_bytes()
    whole = backup.write_tables

    def forgetful(engine, archive):
        return {**whole(engine, archive), "links": 7}

    monkeypatch.setattr(backup, "write_tables", forgetful)
    with pytest.raises(BadInput):
        write_backup(where, data, out)
    assert out.read_bytes() == former
    assert not list(tmp_path.glob(".b.zip*"))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 40])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BadInput, match="backup"):
        restore_backup(tmp_path / "x.zip", tmp_path / "again.sqlite3", tmp_path)


def test_the_commands_say_what_is_wrong(tmp_path):
    for words in (["backup", tmp_path / "b.zip"], ["restore", tmp_path / "none.zip"]):
        answer = door("--data", str(tmp_path / "empty"), *map(str, words))
        assert answer.returncode == 2
        assert "Traceback" not in answer.stderr
        assert answer.stderr.strip()


def test_a_new_token_is_shown_once_and_kept_as_a_hash(tmp_path):
    answer = door("--data", str(tmp_path), "token", "--new")
    token = answer.stdout.strip()
    kept = tmp_path / "secrets.json"
    assert len(token) >= 27
    assert token not in kept.read_text("utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    from geo.editor_token import cookie_key, ensure_secrets, is_token, new_token

    assert is_token(tmp_path, token)
    assert ensure_secrets(tmp_path) is None
    key = cookie_key(tmp_path)
    other = new_token(tmp_path)
    assert not is_token(tmp_path, token)
    assert is_token(tmp_path, other)
    assert cookie_key(tmp_path) != key
    assert door("--data", str(tmp_path), "token").returncode == 2
