"""The five originals, brought through the editor, give the map the figures of the bulletins that restate them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from editing import TOKEN, Browser

from geo.backup import restore_backup, write_backup
from geo.catalogue import load_catalogue
from geo.documents import load_document
from geo.gazetteer import load_gazetteer
from geo.reading import read_document
from geo.series import place_key, region_series
from geo.store import Store
from webapp import create_app
from webapp.editor_figures import fields_of
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
DATES = {"004": "2022"}  # the text tells none; the editor gives it with the upload, as the bulletin's card does
# Without a hand: series alike in values; in years, exactness and conflicts too; figures. These only move up.
SAME_VALUES, SAME_SERIES, SAME_FIGURES = 51, 46, 67

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here: ../shared/seeds")


@dataclass(frozen=True)
class Correction:
    """What an editor corrects, adds where nothing was read, or rejects (``fields`` None), found by its words."""

    original: str
    words: str
    why: str
    fields: Mapping[str, str] | None = field(default_factory=dict)


UNDATED = {"start": "", "end": ""}
PLANNED = {"status": "planned", **UNDATED}
CENTRE = "zone/central-asia-atakent"
PORTFOLIO = {"status": "planned", "place": "KZ-33", "start": "2026", "end": "2026"}
CORRECTIONS = [
    Correction("000", "30 гектарды", "the zone is named, not only its city", {"place": "zone/turkistan-airport"}),
    Correction("000", "180 гектар", "of the zone told of the sentence before", {"place": "zone/turkistan-sez"}),
    Correction("000", "115 млрд", "of the zone, as its area", {"place": "zone/turkistan-sez"}),
    Correction("000", "9 ірі жоба", "of the zone, as its area", {"place": "zone/turkistan-sez"}),
    Correction(
        "000",
        "7 әлеуетті инвестор",
        "of the centre; potential ones, they take no part yet",
        {"place": CENTRE, **PLANNED},
    ),
    Correction("000", "123 млрд", "of the centre", {"place": CENTRE}),
    Correction("000", "3 мыңнан аса", "of the centre", {"place": CENTRE}),
    Correction("001", "20 мыңнан астам", "of the whole project, which goes on", PLANNED),
    Correction(
        "001",
        "685 ауылда",
        "what comes is broadband; fibre is in the name of the project only",
        {"indicator": "internet.settlements_broadband"},
    ),
    Correction("002", "24-і OneWeb", "said again with its year", {"start": "2025", "end": "2025"}),
    Correction(
        "002",
        "17 ауылды интернетпен",
        "the headline says that they have none",
        {"status": "actual", "start": "2026", "end": "2026"},
    ),
    Correction("003", "68 ауылдық", "said again with its years", {"start": "2023", "end": "2024"}),
    Correction("003", "61 елді мекенінде", "said again with its years", {"start": "2023", "end": "2024"}),
    Correction("003", "61 елді мекеннің", "no total of the oblast: one company's plan, told before", None),
    Correction("003", "18 елді мекенде", "confirmed, as sure as the 31 beside it", {"start": "2024", "end": "2024"}),
    Correction("003", "31-інде", "the years are those of the plan", {"start": "2024", "end": "2024"}),
    Correction(
        "004",
        "162 жоба",
        "overlooked: the sentence before says of what",
        {"indicator": "industry.projects", "value": "162", **PORTFOLIO},
    ),
    Correction(
        "004",
        "7 мыңнан астам жұмыс",
        "overlooked: the sentence before says of what",
        {"indicator": "industry.jobs", "value": "7000", "qualifier": "more_than", **PORTFOLIO},
    ),
]


def test_the_originals_show_what_the_bulletins_show(atlas_folder, store_url, tmp_path):
    data = tmp_path / "data"
    write_backup(atlas_folder / "qamtu.sqlite3", atlas_folder, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", store_url, data)
    settings = load_settings({"QAMTU_EDITOR_TOKEN": TOKEN}, data=data, database_url=store_url, edition_poll_seconds=0.0)
    editor = Browser(create_app(settings))
    editor.sign_in()
    documents, restated = bulletins()
    with Store.open(store_url) as store:
        brought = {number: bring(editor, store, number) for number in RESTATED}
        documents |= {document.id: document for document in brought.values()}
        ids = {document.id for document in brought.values()}
        read = [o for o in store.accepted() if o.document in ids]
        for correction in CORRECTIONS:
            decide(editor, store, brought[correction.original], correction)
        editor.get("/editor/preview")
        editor.wait_for(editor.post("/editor/publish", note="the originals").headers["Location"])
        published = [o for o in store.observations() if o.document in ids]

    theirs, figures = shown(restated, documents), set(map(fact, restated))
    ours = shown(read, documents)
    alike = {
        "values": (sum(values(ours.get(key, [])) == values(steps) for key, steps in theirs.items()), SAME_VALUES),
        "series": (sum(ours.get(key) == steps for key, steps in theirs.items()), SAME_SERIES),
        "figures": (len(set(map(fact, read)) & figures), SAME_FIGURES),
    }
    for name, (count, floor) in alike.items():
        assert count >= floor, f"{count} {name}, fewer than {floor}\n{differences(ours, theirs)}"

    ours = shown(published, documents)
    assert ours == theirs, differences(ours, theirs)
    assert set(map(fact, published)) == figures
    assert len(published) == len(figures)


def bulletins():
    """({id: document}, the figures) of the bulletins that restate the originals, as the atlas reads them."""
    gazetteer, documents, figures = load_gazetteer(), {}, []
    for bulletin_id in RESTATED.values():
        reading = read_document(load_document(ROOT / "seeds" / "documents" / f"{bulletin_id}.txt"), gazetteer)
        documents[bulletin_id] = reading.document
        figures += reading.observations
    return documents, figures


def bring(editor, store, number):
    """Uploads an original and accepts what was read; the document that came of it."""
    (path,) = ORIGINALS.glob(f"{number}*.txt")
    before = {document.id for document in store.documents(with_text=False)}
    with path.open("rb") as file:
        fields = {"how": "file", "file": (file, path.name), "date": DATES.get(number, "")}
        answer = editor.post("/editor/documents", **fields)
    editor.wait_for(answer.headers["Location"])
    (new,) = [document for document in store.documents() if document.id not in before]
    editor.get(f"/editor/documents/{new.id}")
    assert editor.post(f"/editor/documents/{new.id}/review", action="accept").status_code == 303
    return new


def decide(editor, store, document, correction):
    """Sends the forms that an editor would: reject, correct, or add at the selected words."""
    start = document.text.index(correction.words)
    span = (start, start + len(correction.words))
    base = f"/editor/documents/{document.id}"
    found = [r.observation for r in store.readings(document.id) if span[0] <= r.observation.value_span[0] < span[1]]
    if found:
        (figure,) = found
        address = f"{base}/figures/{figure.id}"
        fields = {"action": "reject"}
        if correction.fields is not None:
            fields = {"action": "correct", **fields_of(figure), **correction.fields}
    else:
        address = f"{base}/new"
        fields = {"from": str(span[0]), "to": str(span[1]), "qualifier": "exact", **(correction.fields or {})}
    answer = editor.post(address, note=correction.why, **fields)
    assert answer.status_code == 303, (correction, answer.get_data(as_text=True)[-800:])


def fact(o):
    """What a figure says, apart from its words and source."""
    years = (o.period.start and o.period.start.year, o.period.end and o.period.end.year) if o.period else None
    where = (tuple(sorted(o.regions)), place_key(o))
    return (o.indicator, where, o.status, o.value, o.low, o.high, o.unit, o.currency, o.qualifier, years)


def shown(observations, documents):
    """{(indicator, region, actual or plan): what holds from year to year}: what the map can show of the regions."""
    series = region_series(observations, documents, load_catalogue())
    return {
        (code, region, which): [
            (step.start, step.end, step.year, fact(step.observation), sorted(map(fact, step.conflicts), key=str))
            for step in steps
        ]
        for code, regions in series.items()
        for region, kinds in regions.items()
        for which, steps in kinds.items()
    }


def values(steps):
    return [chosen[3] for *_, chosen, _ in steps]


def differences(ours, theirs):
    return "\n".join(
        f"{key}: originals {ours.get(key)}, bulletins {theirs.get(key)}"
        for key in sorted({*ours, *theirs})
        if ours.get(key) != theirs.get(key)
    )
