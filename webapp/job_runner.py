"""The process behind a job: ``python -m webapp.job_runner FOLDER``. It may import everything and dies with its work.

One job works at a time on a data folder; a reading that takes too long or too much memory is ended by the system.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from geo.errors import QamtuError
from geo.locks import take_lock
from geo.terminal import warn
from webapp.settings import Settings, load_settings

SECONDS = {"read": 180, "publish": 900}
READING_BYTES = 4 * 2**30  # address space; a document of 10 MB needs a tenth of it
CPU_SECONDS = 150


def main(arguments: list[str]) -> int:
    """Do the job of the folder named; its outcome is in ``state.json``, whatever happens."""
    folder = Path(arguments[0])
    with (folder / "alive.lock").open("a+") as alive, (folder.parent / "queue.lock").open("a+") as queue:
        while not take_lock(alive):  # someone looks whether we are alive
            time.sleep(0.01)
        request = json.loads((folder / "request.json").read_text("utf-8"))
        while not take_lock(queue):
            time.sleep(0.2)
        watchdog = threading.Timer(SECONDS[request["kind"]], give_up, [folder])
        watchdog.daemon = True
        watchdog.start()
        note(folder, "working")
        try:
            settings = load_settings()
            note(folder, "done", result=WORK[request["kind"]](request, folder, settings))
        except QamtuError as error:
            note(folder, "failed", message=error.message, error=error)
        except MemoryError:
            message = "The document needs more memory than one may take. Split it into parts."
            note(folder, "failed", message=message, error=QamtuError(message, reason="too_much_memory"))
        except Exception as error:
            message = "Something went wrong here, and it was noted. Nothing was changed."
            note(folder, "failed", message=message, error=QamtuError(message))
            warn(f"{type(error).__name__}: {error}")
            raise
        finally:
            shutil.rmtree(folder / "source", ignore_errors=True)
    return 0


def read(request: dict[str, Any], folder: Path, settings: Settings) -> dict[str, Any]:
    """Bring one document in, its figures held back until they are accepted."""
    limit_resources()
    from geo.gazetteer import load_gazetteer
    from geo.ingesting import ingest
    from geo.store import Store

    source = request.get("address") or str(next((folder / "source").iterdir()))
    date = load_day(request.get("date"))
    with Store.open(settings.database_url) as store:
        gazetteer = load_gazetteer(settings.seeds / "places")
        options = {"review": "hold", "who": request["who"], "date": date, "language": request.get("language") or None}
        (outcome,) = ingest([source], store, gazetteer, **options)
    if outcome.state == "refused":
        raise without_folder(outcome.error, f"{folder / 'source'}{os.sep}")
    similar = outcome.similar
    return {
        "document": outcome.document,
        "state": outcome.state,
        "figures": outcome.figures,
        "similar": {"id": similar.id, "percent": round(100 * similar.similarity)} if similar else None,
    }


def publish(request: dict[str, Any], folder: Path, settings: Settings) -> dict[str, Any]:
    """Publish what is accepted, and make the files of every edition that lacks them."""
    del folder
    from geo.store import Store
    from webapp.building import make_artefacts

    with Store.open(settings.database_url) as store:
        edition = store.publish(request.get("note", ""))
        make_artefacts(store, settings)
    return {"edition": edition.number, "figures": edition.observations}


WORK = {"read": read, "publish": publish}


def load_day(raw: str | None):
    """An ISO date, None for none."""
    import datetime as dt

    return dt.date.fromisoformat(raw) if raw else None


def limit_resources() -> None:
    """Bound what a hostile document can take, where the system can do that."""
    if os.name == "nt":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_AS, READING_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))


def without_folder(error: QamtuError, folder: str) -> QamtuError:
    """The same refusal, saying the file's name without where it lies here."""
    details = {
        key: value.replace(folder, "") if isinstance(value, str) else value for key, value in error.details.items()
    }
    return type(error)(error.message.replace(folder, ""), reason=error.reason, **details)


def note(
    folder: Path,
    state: str,
    *,
    result: dict[str, Any] | None = None,
    message: str = "",
    error: QamtuError | None = None,
) -> None:
    """Write the state whole; an error with its code, reason and details, to be said in the reader's language."""
    told = {"code": error.code, "reason": error.reason, "details": error.details} if error is not None else {}
    written = {"state": state, "result": result or {}, "message": message, "error": told}
    half = folder / "state.half"
    half.write_text(json.dumps(written, ensure_ascii=False, default=str), "utf-8")
    half.replace(folder / "state.json")


def give_up(folder: Path) -> None:
    """End this process and all it started: it took too long."""
    message = "The work took too long and was ended. Split the document into parts."
    note(folder, "failed", message=message, error=QamtuError(message, reason="too_slow"))
    os.kill(os.getpid(), signal.SIGKILL if os.name != "nt" else signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
