"""The five originals, brought through the editor, colour the regions as the bulletins that restate them do."""

from pathlib import Path

import pytest
from editing import TOKEN, Browser

from geo.backup import restore_backup, write_backup
from geo.catalogue import load_catalogue
from geo.documents import load_document
from geo.gazetteer import load_gazetteer
from geo.reading import read_document
from geo.series import region_series
from geo.store import Store
from webapp import create_app
from webapp.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
ORIGINALS = ROOT.parent / "shared" / "seeds"
RESTATED = {
    "000": "turkistan-infrastructure-2025-10",
    "001": "kazakhstan-rural-fibre-2019",
    "002": "aktobe-internet-2026-01",
    "003": "jambyl-internet-2024",
    "004": "jetisu-infrastructure-2022",
}
SAME_SHARE = 0.8  # of what the map can show of the bulletins

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here: ../shared/seeds")


def shown(observations, documents):
    """{(indicator, region, actual or plan): the values that hold one after another}: what the map can show."""
    series = region_series(observations, documents, load_catalogue())
    return {
        (code, region, which): [step.observation.value for step in steps]
        for code, regions in series.items()
        for region, kinds in regions.items()
        for which, steps in kinds.items()
    }


def test_the_originals_show_what_the_bulletins_show(atlas_folder, tmp_path):
    data = tmp_path / "data"
    write_backup(atlas_folder / "qamtu.sqlite3", atlas_folder, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", data / "qamtu.sqlite3", data)
    settings = load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=data, edition_poll_seconds=0.0)
    editor = Browser(create_app(settings))
    editor.sign_in()
    gazetteer = load_gazetteer()
    brought, restated, documents = [], [], {}
    with Store.open(settings.database_url) as store:
        for number, bulletin_id in RESTATED.items():
            (path,) = ORIGINALS.glob(f"{number}*.txt")
            before = {document.id for document in store.documents(with_text=False)}
            with path.open("rb") as file:
                answer = editor.post("/editor/documents", how="file", file=(file, path.name))
            editor.wait_for(answer.headers["Location"])
            (new,) = [document for document in store.documents() if document.id not in before]
            editor.get(f"/editor/documents/{new.id}")
            assert editor.post(f"/editor/documents/{new.id}/review", action="accept").status_code == 303
            reading = read_document(load_document(ROOT / "seeds" / "documents" / f"{bulletin_id}.txt"), gazetteer)
            documents |= {new.id: new, bulletin_id: reading.document}
            restated += reading.observations
            brought += [o for o in store.accepted() if o.document == new.id]
    ours, theirs = shown(brought, documents), shown(restated, documents)
    same = {key for key in theirs if ours.get(key) == theirs[key]}
    told = "\n".join(
        f"{key}: originals {ours.get(key)}, bulletins {theirs.get(key)}"
        for key in sorted({*ours, *theirs})
        if ours.get(key) != theirs.get(key)
    )
    assert len(same) >= SAME_SHARE * len(theirs), f"{len(same)} of {len(theirs)} are the same\n{told}"
    assert len(same) >= SAME_SHARE * len(ours), f"{len(same)} of {len(ours)} are the same\n{told}"
    for headline in ("gas.population_share", "internet.settlements"):
        agreed = {key for key in same if key[0] == headline}
        assert agreed == {key for key in theirs if key[0] == headline}, told
