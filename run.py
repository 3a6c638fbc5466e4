#!/usr/bin/env python3
"""The one door of Qamtu: `python run.py` opens the atlas, `python run.py test` tests it.

Only the standard library is used here. What the commands need is installed into `.venv` beside this file, unless the
interpreter that runs this already has it in the pinned versions.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.metadata
import os
import re
import runpy
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
OLDEST = (3, 11)
REQUIREMENTS = {
    "run": ["requirements.txt"],
    "compile": ["requirements.txt", "requirements-compile.txt"],
    "test": ["requirements.txt", "requirements-compile.txt", "requirements-dev.txt"],
    "bench": ["requirements.txt", "requirements-compile.txt", "requirements-dev.txt", "bench/requirements.txt"],
}
CONSTRAINTS = ROOT / "constraints.txt"
GLOBAL_OPTIONS = ("--host", "--port", "--data", "--workers")


def main(argv: list[str]) -> int:
    """Run the command in ``argv``; the exit code is 0 for success, 2 for input that cannot be used."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        say(f"Qamtu needs Python {wanted} or newer; {sys.executable} is {sys.version.split()[0]}.")
        return 2
    os.environ.setdefault("PYTHONUTF8", "1")
    sys.path.insert(0, str(ROOT))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    argv, passed_on = split_test_arguments(argv)
    arguments = parse_arguments(argv)
    if arguments.command in ("test", "bench"):
        arguments.passed_on = passed_on or getattr(arguments, "passed_on", [])
    try:
        python = find_environment(arguments.command if arguments.command in REQUIREMENTS else "run")
    except SetupError as error:
        say(str(error))
        return 1
    if python != Path(sys.executable):
        os.environ["QAMTU_HANDED_OVER"] = "1"
        return hand_over(python, ROOT / "run.py", *sys.argv[1:])
    return run_command(arguments)


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def say(message: str) -> None:
    """Progress goes to standard error: standard output is for what a command gives."""
    print(message, file=sys.stderr, flush=True)


# Arguments


def split_test_arguments(argv: list[str]) -> tuple[list[str], list[str]]:
    """``argv`` up to and with `test`, and what follows it, which is pytest's own."""
    skip = False
    for index, word in enumerate(argv):
        if skip or word.startswith("-"):
            skip = word in GLOBAL_OPTIONS and not skip
            continue
        if word == "test" and not {"-h", "--help"} & set(argv[index + 1 : index + 2]):
            return argv[: index + 1], argv[index + 1 :]
        break
    return argv, []


def parse_arguments(argv: list[str]) -> argparse.Namespace:
    """The command and its options."""
    arguments = make_parser().parse_args(argv)
    arguments.command = arguments.command or "serve"
    folder = arguments.data or os.environ.get("QAMTU_DATA") or platform_data_folder()
    arguments.data = Path(folder).expanduser().resolve()
    return arguments


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands; options for all commands may stand before or after the command."""
    from geo.commands import add_commands

    parser = argparse.ArgumentParser(
        prog="run.py",
        allow_abbrev=False,
        description="Qamtu: an atlas of gas, water, internet and industrial zones in Kazakhstan's regions.",
        epilog="Without a command the atlas is built where needed, served and opened in a browser.",
        parents=[global_options(with_defaults=True)],
    )
    anywhere = global_options(with_defaults=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add_command(name: str, summary: str, **more: object) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=summary, description=summary, allow_abbrev=False, parents=[anywhere], **more
        )

    add_command("serve", "Build the atlas where needed and serve it (what happens without a command).")
    add_command(
        "test",
        "Set up what the tests need, a headless browser too, and run them.",
        usage="run.py test [PYTEST ARGUMENTS]",
        epilog="Everything after `test` goes to pytest, such as `-k links` or `tests/test_links.py -x`.",
    )
    bench = add_command("bench", "Run the benchmarks of bench/ and write their tables.")
    bench.add_argument("passed_on", nargs="*", metavar="NAME", help="only these, as `numbers` for bench/numbers.py")
    add_commands(add_command)
    return parser


def global_options(*, with_defaults: bool) -> argparse.ArgumentParser:
    """The options of all commands; after a command they have no defaults, which would undo what stands before it."""

    def default(value: object) -> object:
        return value if with_defaults else argparse.SUPPRESS

    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    group = options.add_argument_group("options for all commands")
    group.add_argument(
        "--host", default=default("127.0.0.1"), help="address to serve on (127.0.0.1: only this machine)"
    )
    group.add_argument("--port", type=parse_port, default=default(8000), help="port (8000; 0 takes any free one)")
    group.add_argument("--no-browser", action="store_true", default=default(False), help="do not open a browser")
    group.add_argument(
        "--data",
        metavar="DIR",
        default=default(None),
        help="folder of the database and what is built (else QAMTU_DATA, else the platform's folder for data)",
    )
    group.add_argument(
        "--workers", type=parse_workers, metavar="N", default=default(None), help="processes that serve (one a core)"
    )
    return options


def parse_port(raw: str) -> int:
    """A port number from 0 to 65535."""
    if not raw.isascii() or not raw.isdigit() or int(raw) > 65535:
        raise argparse.ArgumentTypeError(f"{raw!r} is no port; use a number from 1 to 65535, or 0 for any free one")
    return int(raw)


def parse_workers(raw: str) -> int:
    """A count of processes from 1 to 64."""
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 64:
        raise argparse.ArgumentTypeError(f"{raw!r} is no count of processes; use a number from 1 to 64")
    return int(raw)


def platform_data_folder() -> Path:
    """Where the platform keeps the data of programs."""
    if WINDOWS:
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Qamtu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Qamtu"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "qamtu"


# The environment


def find_environment(purpose: str) -> Path:
    """The interpreter that has what ``purpose`` needs: this one, or that of `.venv`, made or brought up to date."""
    files = [ROOT / name for name in REQUIREMENTS[purpose] if (ROOT / name).is_file()]
    stamp = VENV / f"qamtu-{purpose}.stamp"
    wanted = fingerprint([*files, CONSTRAINTS])
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if inside and is_stamped(stamp, wanted):
        return Path(sys.executable)
    if not inside and meets(pins_of(files)):
        return Path(sys.executable)
    if os.environ.get("QAMTU_HANDED_OVER") and inside:
        raise SetupError(f"The environment in {VENV} is not as it was left. Delete the folder and start again.")
    with one_at_a_time():
        if not is_stamped(stamp, wanted):
            install(files, stamp, wanted)
    return venv_python()


def fingerprint(files: list[Path]) -> str:
    """A hash of the Python version and of what ``files`` hold."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in files:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    """Whether `.venv` was finished with these requirements."""
    return stamp.is_file() and stamp.read_text("utf-8") == wanted and venv_python().exists()


def pins_of(files: list[Path]) -> dict[str, str]:
    """Package → version, of the lines `name==version` in requirements files."""
    lines = [line.partition("#")[0].strip() for file in files for line in file.read_text("utf-8").splitlines()]
    pins = [re.fullmatch(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+-]+)", line) for line in lines if line]
    return {pin[1]: pin[2] for pin in pins if pin}


def meets(pins: dict[str, str], folders: list[str] | None = None) -> bool:
    """Whether every pinned package is installed in its version, in ``folders`` or where this interpreter looks."""
    where = {"path": folders} if folders is not None else {}
    return all(
        any(found.version == version for found in importlib.metadata.distributions(name=name, **where))
        for name, version in pins.items()
    )


def venv_python() -> Path:
    """The interpreter of `.venv`, whether it is there or not."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


@contextlib.contextmanager
def one_at_a_time():
    """Hold a lock while `.venv` is made, so that two starts at once do not work on the same folder."""
    from geo.locks import take_lock

    name = hashlib.sha256(str(VENV).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"qamtu-setup-{name}.lock").open("a") as lock:
        told = False
        while not take_lock(lock):
            if not told:
                say("Another start is setting up .venv; waiting for it …")
                told = True
            time.sleep(0.5)
        yield


def install(files: list[Path], stamp: Path, wanted: str) -> None:
    """Bring `.venv` to what ``files`` ask for; the stamp is written last, so that a broken-off run is seen."""
    unfinished = VENV / "qamtu-unfinished"
    if unfinished.exists() or not is_whole():
        make_venv()
    folders = [str(path) for path in (*VENV.glob("lib/python*/site-packages"), VENV / "Lib" / "site-packages")]
    pins = pins_of(files)
    if stamp.is_file() or not meets(pins, folders):
        stamp.unlink(missing_ok=True)
        unfinished.touch()
        say(f"Installing {len(pins)} packages and what they need into {VENV}; this is done once.")
        try:
            pip("install", *(part for file in files for part in ("-r", str(file))))
        finally:  # pip that fails takes back what it did; only one that was killed leaves the mark
            unfinished.unlink()
    stamp.write_text(wanted, "utf-8")


def is_whole() -> bool:
    """Whether `.venv` is there with this Python version and its interpreter starts; a half-made one does not count."""
    if not (VENV / "pyvenv.cfg").is_file() or not venv_python().exists():
        return False
    code = "import sys; print(sys.version_info[:2] == tuple(map(int, sys.argv[1:])))"
    numbers = [str(number) for number in sys.version_info[:2]]
    answer = subprocess.run([venv_python(), "-c", code, *numbers], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "True"


def make_venv() -> None:
    """Make `.venv` anew, with pip of its own where this Python can, else filled by the pip of this interpreter."""
    say(f"Making {VENV} with Python {sys.version.split()[0]} …")
    parts = {"pyvenv.cfg", "bin", "Scripts", "lib", "Lib", "include", "Include"}
    found = {path.name for path in VENV.iterdir()} if VENV.is_dir() else set()
    if (found and not found & parts) or VENV.is_file():
        raise SetupError(f"{VENV} is there but is no Python environment. Move it away and start again.")
    try:
        venv.EnvBuilder(clear=True, symlinks=not WINDOWS, with_pip=has_module("ensurepip")).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"The environment {VENV} cannot be made: {error}. Check that this folder may be written to and the disk "
            "is not full; on Debian and Ubuntu install python3-venv.",
        ) from error
    if not has_module("ensurepip") and not has_module("pip"):
        raise SetupError("This Python has neither ensurepip nor pip. On Debian and Ubuntu: apt install python3-venv.")


def has_module(name: str) -> bool:
    """Whether this interpreter can import ``name``."""
    from importlib.util import find_spec

    return find_spec(name) is not None


def pip(*words: str) -> None:
    """Call pip for `.venv`, its progress visible."""
    own = subprocess.run([venv_python(), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    command = [venv_python(), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", venv_python()]
    constraints = ["-c", str(CONSTRAINTS)] if CONSTRAINTS.is_file() else []
    command += [*words, *constraints, "--disable-pip-version-check", "--no-input"]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SetupError("Installing did not succeed; the lines above say why. Check the network and start again.")


def hand_over(*command: str | Path) -> int:
    """Become ``command``; on POSIX in the same process, so that signals reach it."""
    words = [str(word) for word in command]
    if not WINDOWS:
        os.execv(words[0], words)
    process = subprocess.Popen(words)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the console sends it to the child as well, which ends in its own time
            continue


# Commands


def run_command(arguments: argparse.Namespace) -> int:
    """Do what was asked in an environment that has everything."""
    os.environ.pop("QAMTU_HANDED_OVER", None)
    if arguments.command == "test":
        return run_tests(arguments.passed_on)
    if arguments.command == "bench":
        return run_benchmarks(arguments.passed_on)
    from geo.errors import QamtuError

    os.environ["QAMTU_DATA"] = str(arguments.data)
    try:
        if arguments.command == "serve":
            from webapp.commands import serve

            return serve(arguments)
        arguments.make_artefacts = make_artefacts
        arguments.export_static = export_static
        return arguments.run(arguments)
    except QamtuError as error:
        say(error.message)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def make_artefacts() -> None:
    """Make the files of the newest edition; handed to the commands of geo, which must not know the web side."""
    from webapp.building import publish_files

    publish_files()


def export_static(link: str, folder: Path) -> list[Path]:
    """Write a view as a folder that needs no server; handed to the commands of geo as well."""
    from webapp import static_export
    from webapp.settings import load_settings

    return static_export.export_static(link, folder, load_settings())


def run_tests(words: list[str]) -> int:
    """Make what the tests need available, then run pytest with ``words``."""
    tests = runpy.run_path(str(ROOT / "tests" / "prepare.py"))
    if not tests["prepare"]():
        return 1
    os.chdir(ROOT)
    return hand_over(sys.executable, "-m", "pytest", *tests["spread"](words))


def run_benchmarks(names: list[str]) -> int:
    """Run the benchmarks called ``names``, or all."""
    os.chdir(ROOT)
    return hand_over(sys.executable, "-m", "bench", *names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
