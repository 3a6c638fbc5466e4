"""`serve`: build the atlas where needed, then serve it with granian until it is told to stop.

The building runs in a process of its own, so that the serving processes never carry geopandas.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from geo.editor_token import ensure_secrets
from geo.errors import BadInput, QamtuError
from geo.locks import take_lock
from geo.terminal import warn
from webapp.building import BUILD_COMMAND, is_built
from webapp.settings import PROJECT, load_settings

MOST_WORKERS = 8
THREADS_A_WORKER = 4
READY_SECONDS = 60
STOP_SECONDS = 10


def serve(arguments: argparse.Namespace) -> int:
    """Serve the atlas of the folder ``arguments.data`` until SIGINT or SIGTERM; the exit code is 0 after those.

    Raises ``BadInput`` where the folder cannot be written, is served already, or the port is taken.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with served_by_us(arguments.data) as lock:
        port = free_port(arguments.host, arguments.port)
        address = f"http://{in_address(arguments.host)}:{port}"
        note_address(lock, address)
        build(arguments.data)
        show_token(arguments.data)
        threading.Thread(target=announce, args=(address, not arguments.no_browser), daemon=True).start()
        return run_server(arguments.host, port, arguments.workers or usual_workers())


# The folder


@contextlib.contextmanager
def served_by_us(data: Path) -> Iterator[object]:
    """Hold the folder for this process; a second server on it would write the same files."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "serving.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"The data folder {data} cannot be written ({error.strerror}). Name another one: --data DIR"
        ) from error
    with lock:
        if not take_lock(lock):
            raise BadInput(already_served(data))
        yield lock


def already_served(data: Path) -> str:
    """What to say where another process holds the folder."""
    note: dict[str, object] = {}
    with contextlib.suppress(OSError, ValueError):
        note = json.loads((data / "serving.json").read_text("utf-8"))
    where = f" at {note['address']} (process {note['process']})" if note else ""
    return (
        f"The data folder {data} is served already{where}. Open that address, or stop that one first, "
        "or name another folder: --data DIR"
    )


def note_address(lock: object, address: str) -> None:
    """Leave beside the lock where this process serves, for the message of a second one."""
    note = Path(lock.name).with_name("serving.json")
    note.write_text(json.dumps({"address": address, "process": os.getpid()}), "utf-8")


# The port


def free_port(host: str, port: int) -> int:
    """``port`` where it is free on ``host`` (0: any free one), else ``BadInput`` with a suggestion."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{host!r} is no address of this machine. Use 127.0.0.1, 0.0.0.0 or a name it has.") from error
    try:
        return try_port(family, place)
    except PermissionError as error:
        raise BadInput(f"Port {port} needs more rights than this user has. Use one above 1023: --port 8000") from error
    except OSError as error:
        for other in (*range(port + 1, min(port + 50, 65536)), 0):
            with contextlib.suppress(OSError):
                suggestion = try_port(family, (place[0], other, *place[2:]))
                break
        else:
            raise BadInput(f"{host} cannot be served on: {error.strerror}. Use --host 127.0.0.1") from error
        raise BadInput(
            f"Port {port} of {host} is in use by another program. A free one is {suggestion}: "
            f"python run.py --port {suggestion}",
        ) from error


def try_port(family: int, place: tuple) -> int:
    """The port that could be taken at ``place`` for a moment. Raises OSError where it is in use."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there the option means the opposite: sharing a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(place)
        return probe.getsockname()[1]


def in_address(host: str) -> str:
    """``host`` as it stands in an address that this machine can open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"[{host}]" if ":" in host else host


# Building


def build(data: Path) -> None:
    """Bring the atlas in ``data`` up to date with seeds/ and the code, where it is not."""
    if is_built(load_settings(data=data)):
        return
    process = subprocess.Popen([sys.executable, *BUILD_COMMAND], cwd=PROJECT)
    try:
        code = process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    if code and not any((data / "editions").glob("*/atlas.json")):
        raise QamtuError("The atlas was not built; the lines above say why.")
    if code:
        warn("The atlas was not built anew; the lines above say why. It is served as it was before.")


def show_token(data: Path) -> None:
    """Make the editor's token at the first start and show it, this once; a token from the environment needs none."""
    token = ensure_secrets(data)
    if token and not os.environ.get("QAMTU_EDITOR_TOKEN"):
        warn(f"The editor's token, shown only now: {token} (a new one: python run.py token --new)")


# Serving


def usual_workers() -> int:
    """One process a core that this process may use, up to eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def run_server(host: str, port: int, workers: int) -> int:
    """Serve until a signal; workers that die are replaced. The exit code is 1 where they die again and again."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["QAMTU_PARENT"] = str(os.getpid())
    server = Granian(
        "webapp.commands:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=THREADS_A_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    try:
        server.serve()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def application():
    """The WSGI application of one worker process."""
    from webapp import create_app

    threading.Thread(target=end_with_parent, args=(int(os.environ["QAMTU_PARENT"]),), daemon=True).start()
    return create_app()


def end_with_parent(parent: int) -> None:
    """End this worker soon after the main process is gone, however it went, so that the port becomes free."""
    while os.name == "nt" or os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def announce(address: str, open_browser: bool) -> None:
    """Say the address once the first page can be had, and open it in a browser where there is one to see."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{address}/healthz", timeout=5).close()
            break
        time.sleep(0.05)
    else:
        warn(f"The server did not answer within {READY_SECONDS} seconds; the lines above may say why.")
        return
    warn(f"Qamtu is at {address} (Ctrl+C stops it)")
    if open_browser and has_display():
        webbrowser.open(address)


def has_display() -> bool:
    """Whether a browser window could be seen by the one who started this."""
    if os.name == "nt" or sys.platform == "darwin":
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
