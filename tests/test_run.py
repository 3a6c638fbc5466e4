"""The door: its arguments, the environment it makes, what it says when something is in the way, and serving."""

import contextlib
import json
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from geo.locks import take_lock

ROOT = Path(__file__).resolve().parent.parent
DOOR = ROOT / "run.py"


def door(*words: str, python: str = sys.executable, **more) -> subprocess.CompletedProcess:
    return subprocess.run(
        [python, str(DOOR), *words], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300, **more
    )


@pytest.fixture(scope="module")
def run():
    return runpy.run_path(str(DOOR))


# Arguments


@pytest.mark.parametrize("command", ["", "serve", "test", "bench", "read"])
def test_help_answers_with_nothing_installed(command):
    bare = [sys.executable, "-S", "-E", str(DOOR), *command.split(), "--help"]
    answer = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "usage: run.py" in answer.stdout


@pytest.mark.parametrize(
    "words", [["--port", "9001", "serve"], ["serve", "--port", "9001"], ["--port", "9001"], ["serve", "--port=9001"]]
)
def test_options_for_all_commands_stand_before_or_after(run, words):
    arguments = run["parse_arguments"](words)
    assert (arguments.command, arguments.port, arguments.host) == ("serve", 9001, "127.0.0.1")


def test_an_option_before_a_command_is_not_undone_after_it(run, tmp_path):
    arguments = run["parse_arguments"](["--data", str(tmp_path), "--no-browser", "read", "a.txt", "--port", "0"])
    assert (arguments.data, arguments.no_browser, arguments.port) == (tmp_path, True, 0)


@pytest.mark.parametrize(
    "line",
    [
        "--por 1",
        "serve --no-b",
        "read a --form csv",
        "--port 99999",
        "--port x",
        "--workers 0",
        "fetch",
        "read",
        "read a --date 28.10.2025",
        "read a --lang de",
    ],
)
def test_abbreviations_and_bad_values_are_refused(line):
    answer = door(*line.split())
    assert answer.returncode == 2
    assert "error:" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("words", "passed_on"),
    [
        (["test", "-k", "links", "-x"], ["-k", "links", "-x"]),
        (["--data", "test", "test", "tests/test_run.py"], ["tests/test_run.py"]),
        (["test"], []),
        (["read", "test"], []),
        (["test", "--host", "here"], ["--host", "here"]),
    ],
)
def test_everything_after_test_goes_to_pytest(run, words, passed_on):
    assert run["split_test_arguments"](words)[1] == passed_on


def test_the_data_folder_is_named_by_option_then_environment_then_platform(run, monkeypatch, tmp_path):
    parse = run["parse_arguments"]
    monkeypatch.setenv("QAMTU_DATA", str(tmp_path / "e"))
    assert parse(["--data", str(tmp_path / "o")]).data == tmp_path / "o"
    assert parse([]).data == tmp_path / "e"
    monkeypatch.delenv("QAMTU_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "x"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "x"))
    monkeypatch.setenv("HOME", str(tmp_path / "x"))
    assert tmp_path in parse([]).data.parents


def test_an_old_python_is_told_so(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert run["main"]([]) == 2
    assert "3.11 or newer" in capsys.readouterr().err


def test_pins_are_read_and_compared(run, tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("# head\npytest==0.0.1  # why\nFlask-Babel[x]==4.0.0 # why\nloose>=1\n", "utf-8")
    assert run["pins_of"]([file]) == {"pytest": "0.0.1", "Flask-Babel": "4.0.0"}
    assert not run["meets"]({"pytest": "0.0.1"})
    assert run["meets"]({"pytest": pytest.__version__})


# The environment


def wheel(folder: Path, version: str) -> None:
    """A package of one module, built by hand."""
    info = f"qamtu_proof-{version}.dist-info"
    with zipfile.ZipFile(folder / f"qamtu_proof-{version}-py3-none-any.whl", "w") as made:
        made.writestr("qamtu_proof.py", f"VERSION = {version!r}\n")
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: qamtu-proof\nVersion: {version}\n")
        made.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr(f"{info}/RECORD", "")


@pytest.fixture(scope="module")
def small_house(tmp_path_factory):
    """A copy of the door whose requirements are one small package, and whose benchmark prints where it runs."""
    house = tmp_path_factory.mktemp("a house with spaces")
    shutil.copy(DOOR, house)
    shutil.copytree(ROOT / "geo", house / "geo", ignore=shutil.ignore_patterns("__pycache__"))
    (house / "bench").mkdir()
    (house / "bench" / "__main__.py").write_text(
        "import sys, qamtu_proof\nprint(sys.prefix, qamtu_proof.VERSION, *sys.argv[1:], sep='|')\n", "utf-8"
    )
    (house / "wheels").mkdir()
    wheel(house / "wheels", "1.0")
    wheel(house / "wheels", "2.0")
    (house / "requirements.txt").write_text("qamtu-proof==1.0  # proof\n", "utf-8")
    return house


def start(house: Path, *words: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "wheels"}
    for name in ("QAMTU_HANDED_OVER", "PIP_CONFIG_FILE"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "run.py", *words], cwd=house, env=environment, capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip


def test_the_environment_is_made_kept_and_mended(small_house):
    first = start(small_house, "bench", "a name")
    assert first.returncode == 0, first.stderr
    prefix, version, word = first.stdout.strip().split("|")
    assert (Path(prefix), version, word) == (small_house / ".venv", "1.0", "a name")
    assert "Installing" in first.stderr

    second = start(small_house, "bench")
    assert second.returncode == 0
    assert "Installing" not in second.stderr
    assert "Making" not in second.stderr

    (small_house / "requirements.txt").write_text("qamtu-proof==2.0  # proof\n", "utf-8")
    third = start(small_house, "bench")
    assert "|2.0" in third.stdout
    assert "Making" not in third.stderr

    (small_house / ".venv" / "pyvenv.cfg").unlink()
    for stamp in (small_house / ".venv").glob("*.stamp"):
        stamp.unlink()
    fourth = start(small_house, "bench")
    assert "Making" in fourth.stderr
    assert "|2.0" in fourth.stdout

    (small_house / ".venv" / "qamtu-unfinished").touch()
    for stamp in (small_house / ".venv").glob("*.stamp"):
        stamp.unlink()
    assert "Making" in start(small_house, "bench").stderr, "what pip was stopped in is not to be trusted"

    (small_house / "requirements.txt").write_text("qamtu-proof==3.0  # proof\n", "utf-8")
    fifth = start(small_house, "bench")
    assert fifth.returncode == 1
    assert "start again" in fifth.stderr
    assert "Traceback" not in fifth.stderr
    assert start(small_house, "bench").returncode == 1, "what did not succeed must not be stamped as done"


def test_a_folder_that_is_no_environment_is_left_alone(small_house, tmp_path):
    house = tmp_path / "house"
    shutil.copytree(small_house, house, ignore=shutil.ignore_patterns(".venv"))
    (house / ".venv").mkdir()
    (house / ".venv" / "letters.txt").write_text("dear", "utf-8")
    answer = start(house, "bench")
    assert answer.returncode == 1
    assert "Move it away" in answer.stderr
    assert (house / ".venv" / "letters.txt").read_text("utf-8") == "dear"


# What is in the way of serving


def taken_port() -> socket.socket:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return taken


def test_a_taken_port_is_told_with_one_that_is_free(tmp_path):
    with taken_port() as taken:
        port = taken.getsockname()[1]
        answer = door("--port", str(port), "--no-browser", "--data", str(tmp_path))
    assert answer.returncode == 2
    assert f"Port {port}" in answer.stderr
    suggestion = int(re.search(r"--port (\d+)", answer.stderr)[1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", suggestion))


def test_a_folder_that_is_served_already_is_told(tmp_path):
    (tmp_path / "serving.json").write_text(json.dumps({"address": "http://127.0.0.1:8123", "process": 77}), "utf-8")
    with (tmp_path / "serving.lock").open("a") as lock:
        assert take_lock(lock)
        answer = door("serve", "--no-browser", "--data", str(tmp_path))
    assert answer.returncode == 2
    assert "served already at http://127.0.0.1:8123 (process 77)" in answer.stderr


def test_a_folder_that_cannot_be_written_and_a_foreign_host(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    answer = door("--no-browser", "--data", str(tmp_path / "file" / "data"))
    assert answer.returncode == 2
    assert "cannot be written" in answer.stderr
    answer = door("--no-browser", "--host", "no.such.host.invalid", "--data", str(tmp_path))
    assert answer.returncode == 2
    assert "no address of this machine" in answer.stderr


# Serving


@contextlib.contextmanager
def serving(data: Path, *words: str):
    """The door open on a free port: the process and its address."""
    log = data.with_name(f"{data.name}-{time.monotonic_ns()}.log")
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(DOOR), "--no-browser", "--port", "0", "--data", str(data), *words],
            stdout=out,
            stderr=out,
        )
    try:
        for _ in range(3000):
            if address := re.search(r"Qamtu is at (\S+)", log.read_text("utf-8")):
                break
            assert process.poll() is None, log.read_text("utf-8")
            time.sleep(0.05)
        else:
            pytest.fail(log.read_text("utf-8"))
        yield process, address[1]
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def log_of(data: Path) -> str:
    """What the last start on this folder said."""
    return sorted(data.parent.glob(f"{data.name}-*.log"))[-1].read_text("utf-8")


def fetch(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=10) as answer:
        assert answer.status == 200
        return answer.read().decode()


def children_of(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_gone(address: str) -> bool:
    with contextlib.suppress(OSError):
        fetch(f"{address}/healthz")
        return False
    return True


def wait_until(condition, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("atlas") / "data"


def test_from_nothing_to_the_first_page_and_a_second_start(data):
    with serving(data) as (process, address):
        assert "editor's token, shown only now" in log_of(data)
        assert "<html" in fetch(f"{address}/")
        again = door("--no-browser", "--port", "0", "--data", str(data))
        assert again.returncode == 2
        assert f"served already at {address}" in again.stderr
        process.terminate()
        assert process.wait(30) == 0
        assert wait_until(lambda: is_gone(address))
    built = (data / "built.json").stat().st_mtime_ns
    with serving(data) as (_, address):
        assert "token" not in log_of(data)
        assert "<html" in fetch(f"{address}/")
    assert (data / "built.json").stat().st_mtime_ns == built, "an atlas that is up to date is not built again"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds worker processes in /proc, which Linux has")
def test_a_worker_that_dies_is_replaced_and_none_outlives_the_main_process(data):
    with serving(data, "--workers", "1") as (process, address):
        (worker,) = [child for child in children_of(process.pid) if b"tracker" not in command_of(child)]
        os.kill(worker, signal.SIGKILL)
        assert wait_until(lambda: not is_gone(address) and worker not in children_of(process.pid))
        process.kill()
        assert wait_until(lambda: is_gone(address))


def command_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()
