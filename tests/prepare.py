"""What `python run.py test` makes available before pytest runs: a headless browser and a database server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
    """Debian's Chromium, PostgreSQL and PostGIS, where this is Debian or its like and packages may be installed."""
    if os.name == "nt" or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    missing = [] if find_browser() else ["chromium", "fonts-dejavu-core"]
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        missing += ["postgresql", "postgresql-postgis"]
    if not missing:
        return
    say(f"Installing {', '.join(missing)} for the tests …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        if subprocess.run(["apt-get", "-q", *words], env=environment, stdout=sys.stderr, check=False).returncode:
            say(f"`apt-get {words[0]}` did not succeed; tests that need these packages are skipped.")
            return


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


def say(message: str) -> None:
    """Progress goes to standard error."""
    sys.stderr.write(message + "\n")
