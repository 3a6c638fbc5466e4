"""Work that the serving process hands to a process of its own: reading what an editor brought, publishing.

A job is a folder ``<data>/jobs/<id>/``: ``request.json``, what was uploaded, ``state.json``. The process behind it
holds a lock, so that one that was killed is told from one that still works.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import NotFound, TooMany
from geo.locks import take_lock
from webapp.settings import PROJECT, Settings

RUNNER = ("-m", "webapp.job_runner")
JOB_ID = re.compile(r"[0-9a-f]{16}")
MOST_WAITING = 10
KEPT_SECONDS = 7 * 86_400
OVER = ("done", "failed")
BROKEN_OFF = "The work was broken off. Nothing is half-done; start it again."
START_SECONDS = 20  # in which a job's process has begun, else it never will


@dataclass(frozen=True, slots=True)
class Job:
    """``state`` is waiting, working, done or failed; ``result`` what came of it; ``message`` why it failed.

    ``message`` is in English; ``error`` holds code, reason and details of the same.
    """

    id: str
    kind: str  # read | publish
    state: str
    result: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    error: dict[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def start_job(settings: Settings, kind: str, request: dict[str, Any], upload: tuple[str, bytes] | None = None) -> str:
    """Start a process for the job; its id. ``upload`` is (a safe file name, the bytes). Raises TooMany."""
    jobs = settings.data / "jobs"
    jobs.mkdir(mode=0o700, parents=True, exist_ok=True)
    forget_old(jobs)
    if sum(not load_job(settings, folder.name).is_over for folder in folders_in(jobs)) >= MOST_WAITING:
        raise TooMany(
            f"{MOST_WAITING} jobs wait already. Try again when they are done.", reason="jobs_wait", most=MOST_WAITING
        )
    job_id = secrets.token_hex(8)
    folder = jobs / job_id
    folder.mkdir(mode=0o700)
    if upload is not None:
        name, data = upload
        (folder / "source").mkdir()
        (folder / "source" / name).write_bytes(data)
    (folder / "request.json").write_text(json.dumps({"kind": kind, **request}, ensure_ascii=False), "utf-8")
    environment = {
        **os.environ,
        "QAMTU_DATA": str(settings.data),
        "QAMTU_DATABASE_URL": settings.database_url,
        "QAMTU_SEEDS": str(settings.seeds),
        "PYTHONUTF8": "1",
    }
    log = (folder / "log.txt").open("wb")
    with log:
        process = subprocess.Popen(
            [sys.executable, *RUNNER, str(folder)],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()  # lest it stay behind as a zombie
    return job_id


def load_job(settings: Settings, job_id: str) -> Job:
    """How a job stands. Raises NotFound."""
    folder = settings.data / "jobs" / job_id
    if not JOB_ID.fullmatch(job_id) or not folder.joinpath("request.json").is_file():
        raise NotFound(f"There is no job {job_id[:40]!r} here. It may be over for more than a week.", reason="no_job")
    kind = read_json(folder / "request.json").get("kind", "")
    state = read_json(folder / "state.json")
    if state.get("state") not in OVER and was_killed(folder):
        state = read_json(folder / "state.json")  # it may have ended between the two looks
        if state.get("state") not in OVER:
            return Job(job_id, kind, "failed", {}, BROKEN_OFF, {"reason": "broken_off"})
    return Job(
        job_id,
        kind,
        state.get("state", "waiting"),
        state.get("result", {}),
        state.get("message", ""),
        state.get("error", {}),
    )


def was_killed(folder: Path) -> bool:
    """Whether no process works on the job any more."""
    if time.time() - (folder / "request.json").stat().st_mtime < START_SECONDS and not (folder / "state.json").exists():
        return False  # its process may be about to begin
    try:
        lock = (folder / "alive.lock").open("r+")
    except OSError:
        return True
    with lock:
        return take_lock(lock)


def forget_old(jobs: Path) -> None:
    """Remove folders of jobs that began more than a week ago."""
    for folder in folders_in(jobs):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder)


def folders_in(jobs: Path) -> list[Path]:
    return [
        folder for folder in jobs.iterdir() if JOB_ID.fullmatch(folder.name) and (folder / "request.json").is_file()
    ]


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; empty where it is not there yet."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
