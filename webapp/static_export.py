"""A view as a folder that needs no server: opens from disk or from any web space, and stays as interactive as the page.

Browsers fetch nothing from disk, so styles, scripts, figures, sentences and outlines all lie inside ``index.html``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from pathlib import Path

from geo.errors import BadInput
from geo.exporting import write_export
from geo.gazetteer import load_gazetteer
from webapp.drawing_svg import to_svg
from webapp.evidence import quote_parts
from webapp.links import default_view, print_view
from webapp.picture_text import words
from webapp.pictures import picture_scene
from webapp.raster import to_png
from webapp.reading_store import Reader
from webapp.settings import Settings
from webapp.sharing import citation_text
from webapp.view_figures import figures_of
from webapp.view_request import ViewRequest, backdrop_of, outlines_for, view_of
from webapp.view_words import view_sentence, view_title

# The view of a page that is opened without one; the query holds no character that a script or an element could end at.
OPEN_AT = '<script>if(!location.hash)location.replace("#{query}");</script>'


def export_static(link: str, folder: Path, settings: Settings) -> list[Path]:
    """Write the view of ``link`` into ``folder``, which must be new or empty, and return the files.

    ``index.html`` is the map, ``map.svg`` and ``preview.png`` the view as pictures, ``figures.csv`` and
    ``figures.geojson`` its figures with their evidence, ``README.txt`` how to cite it. The folder appears whole or
    not at all. Raises BadInput for a folder that cannot be used, or where no atlas was built.
    """
    check_folder(folder)
    if not (settings.data / "editions").is_dir():
        raise BadInput(f"{settings.data} holds no atlas yet. Build it first with `python run.py`, or give --data DIR.")
    source = Reader(settings)
    found = view_of(link, source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (fresh / "index.html").write_text(interactive_page(found, source), "utf-8")
        scene = picture_scene(found.atlas, outlines_for(found, source), found.state, backdrop_of(found, source))
        (fresh / "map.svg").write_text(to_svg(scene), "utf-8")
        (fresh / "preview.png").write_bytes(to_png(scene))
        (fresh / "README.txt").write_text(read_me(found), "utf-8")
        write_figures(found, source, fresh)
        fresh.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        os.rename(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sorted(folder.iterdir())


def check_folder(folder: Path) -> None:
    """Raises BadInput where ``folder`` is a file or holds something: nothing of a user's is overwritten."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file. Name a new folder.", received=str(folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(f"{folder} is not empty. Name a new folder, or empty it first.", received=str(folder))


def interactive_page(found: ViewRequest, source: Reader) -> str:
    """The map in one HTML file, opening at the view."""
    from webapp.maps import atlas_map

    number = found.atlas["edition"]
    regions = json.loads(source.artefact(number, "regions-500.topojson").read_text("utf-8"))
    evidence = {key: {"parts": quote_parts(figure)} for key, figure in source.all_observations(number).items()}
    around = source.folder(number) / "backdrop.topojson"
    backdrop = json.loads(around.read_text("utf-8")) if around.is_file() else None
    page = atlas_map(found.atlas, regions, evidence=evidence, backdrop=backdrop, lang=found.state.lang).page()
    query = print_view(found.state, default_view(found.atlas), share=True)
    return page.replace("<head>", "<head>\n" + OPEN_AT.format(query=query), 1)


def write_figures(found: ViewRequest, source: Reader, folder: Path) -> None:
    """The figures that the view shows, with sentence, source and licence."""
    number = found.atlas["edition"]
    known = source.all_observations(number)
    shown = [known[key] for key in figures_of(found.atlas, found.state) if key in known]
    if not shown:
        return
    documents = {document.id: document for document in source.store.documents(number)}
    gazetteer = load_gazetteer(source.settings.seeds / "places")
    for kind in ("csv", "geojson"):
        write_export(folder / f"figures.{kind}", kind, shown, documents, source.edition(number), gazetteer)


def read_me(found: ViewRequest) -> str:
    """What the folder is and how to cite it, in the language of the view."""
    atlas, lang = found.atlas, found.state.lang
    citation = citation_text(found, lang, f"index.html#{found.share}", dt.datetime.now(dt.UTC).date())
    lines = [view_title(found.state, atlas, lang), view_sentence(found.state, atlas, lang), "", citation, ""]
    return "\n".join([*lines, words("open_folder", lang), words("borders", lang), ""])
