"""One export, made in a process of its own: ``python -m webapp.export_job '{"database": …, "kind": "gpkg", …}'``."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from geo.exporting import write_export
from geo.gazetteer import load_gazetteer
from geo.store import Store


def main(raw: str) -> None:
    """Load the figures, write the file beside its place, move it there when it is whole."""
    job = json.loads(raw)
    path = Path(job["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(job["database"]) as store:
        edition = store.edition(job["edition"])
        observations = store.observations(edition.number, **job["filters"])
        documents = {d.id: d for d in store.documents(edition.number, with_text=False)}
    gazetteer = load_gazetteer(Path(job["seeds"]) / "places")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as folder:
        made = Path(folder) / path.name
        write_export(made, job["kind"], observations, documents, edition, gazetteer)
        made.replace(path)


if __name__ == "__main__":
    main(sys.argv[1])
