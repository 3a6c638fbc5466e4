"""What `python run.py test` sees to before pytest runs: a browser, a database server, as many processes as fit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 2 * 1024**3  # bytes that one process of tests may need with its Chromium, its servers and its PostgreSQL
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")


def prepare() -> bool:
    """Install or find what the tests need and name the browser in QAMTU_CHROMIUM; False where they cannot start."""
    install_system_packages()
    browser = find_browser()
    if browser:
        os.environ["QAMTU_CHROMIUM"] = browser
        return True
    say(
        "No headless browser was found, so the tests in a browser are skipped. Install Chromium, Chrome or Edge, "
        "or name one: QAMTU_CHROMIUM=/path/to/chromium python run.py test",
    )
    return not os.environ.get("CI")


def install_system_packages() -> None:
    """Debian's Chromium, PostGIS and C compiler, where this is Debian or its like and packages may be installed."""
    if os.name == "nt" or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    missing = [] if find_browser() else ["chromium", "fonts-dejavu-core"]
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        missing += ["postgresql", "postgresql-postgis"]
    if not shutil.which("cc"):
        missing += ["gcc", "libc6-dev"]
    if not can_compile_for_python() and sys.base_prefix == "/usr":  # another Python brings its headers along
        missing += ["python3-dev"]
    if not missing:
        return
    say(f"Installing {', '.join(missing)} for the tests …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        if subprocess.run(["apt-get", "-q", *words], env=environment, stdout=sys.stderr, check=False).returncode:
            say(f"`apt-get {words[0]}` did not succeed; tests that need these packages are skipped.")
            return


def can_compile_for_python() -> bool:
    """Whether the headers of this Python are there."""
    return Path(sysconfig.get_path("include"), "Python.h").is_file()


def find_browser() -> str | None:
    """The path of a browser of the Chromium family: the one named in QAMTU_CHROMIUM, else one that is installed."""
    named = os.environ.get("QAMTU_CHROMIUM")
    usual = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        *(
            str(Path(os.environ[folder]) / "Google/Chrome/Application/chrome.exe")
            for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            if folder in os.environ
        ),
    ]
    for candidate in [named, *BROWSERS, *usual]:
        if candidate and (path := shutil.which(candidate)):
            return path
    return None


def spread(words: list[str]) -> list[str]:
    """``words`` for pytest, and the processes to share the tests out to, unless one suits better or was asked for.

    Whole files go to a process, in the order of their names, so that what a file builds for its tests is built once.
    """
    count = processes()
    if count < 2 or any(map(wants_to_decide, words)) or names_one_file(words):
        return words
    return ["-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder", *words]


def wants_to_decide(word: str) -> bool:
    """Whether an argument tells the processes itself, talks with a person, or asks for no test to be run."""
    numbers = r"-n.*|-d|--numprocesses.*|--dist.*|--maxprocesses.*|--tx.*|-p(no:)?xdist.*|no:xdist"
    talking = r"-[xvql]*s[xvql]*|--capture=no|--pdb|--trace|--setup-show|--live-.*|--log-cli.*"
    asking = r"-h|--help|-V|--version|--co|--collect-only|--fixtures.*|--markers|--setup-(plan|only)|--cache-show.*"
    return bool(re.fullmatch(f"{numbers}|{talking}|{asking}", word))


def names_one_file(words: list[str]) -> bool:
    """Whether all tests asked for stand in one file, which is shared out to nobody."""
    named = {path for word in words if (path := ROOT / word.partition("::")[0]).exists() and not word.startswith("-")}
    return len(named) == 1 and named.pop().is_file()


def processes() -> int:
    """One for each core that this process may use, as far as memory reaches."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, available_memory() // MEMORY))


def available_memory() -> int:
    """Bytes that programs may still take, after what Linux says; elsewhere enough for any."""
    if not (told := Path("/proc/meminfo")).is_file():
        return sys.maxsize
    return int(re.search(r"MemAvailable:\s+(\d+) kB", told.read_text("utf-8"))[1]) * 1024


def say(message: str) -> None:
    """Progress goes to standard error."""
    sys.stderr.write(message + "\n")
