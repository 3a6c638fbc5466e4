"""The atlas of seeds/ in a folder of its own, and servers over it, for the benchmarks."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNNING: dict[int, int] = {}  # port → main process of the server on it


@lru_cache(maxsize=1)
def folder() -> Path:
    """A data folder with the atlas of seeds/, its files made; gone when the benchmarks end."""
    import atexit

    from geo.pipeline import SEEDS, build_atlas
    from geo.store import Store
    from webapp.building import make_artefacts
    from webapp.settings import load_settings

    made = Path(tempfile.mkdtemp(prefix="qamtu-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    with Store.open(made / "qamtu.sqlite3") as store:
        build_atlas(SEEDS, store)
        make_artefacts(store, load_settings({}, data=made))
    return made


@contextlib.contextmanager
def granian(target: str, *, workers: int = 1, factory: bool = True, **environment: str) -> Iterator[str]:
    """The address of a WSGI application, or of what the factory ``target`` (module:name) makes, served by granian."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers)]
    command += ["--blocking-threads", "4", *(["--factory"] if factory else [])]
    with server([*command, "--port", str(port), target], port, environment):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def server(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[None]:
    """A server process that listens on ``port`` of loopback while the block runs."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})}, **quiet) as process:
        RUNNING[port] = process.pid
        try:
            until = time.monotonic() + 60
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{command[0]} does not listen on {port}")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


def processor_seconds(address: str) -> float:
    """What the server at ``address`` has had of the processors so far, all its processes together (Linux)."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # one that has just ended
            fields = path.read_text("utf-8").rpartition(")")[2].split()
            stats[int(path.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    own = {RUNNING[urllib.parse.urlsplit(address).port or 0]}
    while more := {process for process, (parent, _) in stats.items() if parent in own} - own:
        own |= more
    return sum(stats[process][1] for process in own if process in stats) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address: str, **headers: str) -> bytes:
    """The body of one GET."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return answer.read()
