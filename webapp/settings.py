"""Settings of the web side, from the environment (``QAMTU_*``) or arguments; docs/settings.md tells each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from geo.errors import BadInput
from geo.model import LANGUAGES

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What the web side needs to know before it starts; no value changes while it runs."""

    data: Path  # folder of the database, the editions and the cache
    database_url: str  # SQLAlchemy address; SQLite in ``data`` unless told otherwise
    public_url: str = ""  # "https://…" without a trailing slash; empty: taken from each request
    default_language: str = "kk"
    editor_token: str = ""  # empty: the one whose hash is in secrets.json of the data folder
    trusted_proxies: int = 0  # reverse proxies in front whose X-Forwarded-* headers are believed
    max_upload_bytes: int = 10_000_000
    edition_poll_seconds: float = 1.0  # how long a worker may serve the former edition after a new one
    tile_origins: tuple[str, ...] = ()  # origins of raster tiles that a reader may turn on
    tile_credit: str = "© OpenStreetMap contributors"  # whose tiles they are, shown while they are on
    static: Path = PROJECT / "static"
    seeds: Path = PROJECT / "seeds"


def load_settings(environment: Mapping[str, str] = os.environ, **arguments: object) -> Settings:
    """Settings from ``QAMTU_<NAME>`` variables; ``arguments`` that are not None win.

    Raises BadInput naming the variable, what was received and what is allowed.
    """
    known = {f.name for f in fields(Settings)}
    unknown = sorted(set(arguments) - known)
    if unknown:
        raise BadInput(f"Unknown setting {unknown[0]!r}. Known are: {', '.join(sorted(known))}.", received=unknown)
    given: dict[str, object] = {
        name: PARSERS[name](f"QAMTU_{name.upper()}", environment[f"QAMTU_{name.upper()}"])
        for name in known & set(PARSERS)
        if environment.get(f"QAMTU_{name.upper()}", "").strip()
    }
    given.update({name: value for name, value in arguments.items() if value is not None})
    data = Path(str(given.get("data") or Path.cwd() / "instance")).expanduser().resolve()
    given["data"] = data
    given.setdefault("database_url", f"sqlite:///{data / 'qamtu.sqlite3'}")
    return Settings(**given)  # type: ignore[arg-type]


def parse_path(name: str, raw: str) -> Path:
    """A path; ``~`` is the home folder."""
    del name
    return Path(raw).expanduser().resolve()


def parse_text(name: str, raw: str) -> str:
    """Text without white space at its ends."""
    del name
    return raw.strip()


def parse_language(name: str, raw: str) -> str:
    """One of kk, ru, en."""
    if raw.strip() not in LANGUAGES:
        raise BadInput(f"{name}={raw!r} is no language here. Use one of {', '.join(LANGUAGES)}.", received=raw)
    return raw.strip()


def parse_count(name: str, raw: str) -> int:
    """A whole number, zero or more."""
    if not raw.strip().isascii() or not raw.strip().isdigit():
        raise BadInput(f"{name}={raw!r} must be a whole number, zero or more.", received=raw)
    return int(raw)


def parse_seconds(name: str, raw: str) -> float:
    """Seconds between 0 and 3600."""
    try:
        seconds = float(raw)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise BadInput(f"{name}={raw!r} must be seconds between 0 and 3600.", received=raw)
    return seconds


def parse_origin(name: str, raw: str) -> str:
    """``https://host[:port]`` without path or trailing slash (http is allowed too, for a server without TLS)."""
    parts = urlsplit(raw.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query or "@" in raw:
        raise BadInput(f"{name}={raw!r} must look like https://atlas.example, without a path.", received=raw)
    return f"{parts.scheme}://{parts.netloc}"


def parse_origins(name: str, raw: str) -> tuple[str, ...]:
    """Origins parted by white space; a leading ``*.`` in the host stands for any subdomain."""
    return tuple(parse_origin(name, part) for part in raw.split())


PARSERS = {
    "data": parse_path,
    "database_url": parse_text,
    "public_url": parse_origin,
    "default_language": parse_language,
    "editor_token": parse_text,
    "trusted_proxies": parse_count,
    "max_upload_bytes": parse_count,
    "edition_poll_seconds": parse_seconds,
    "tile_origins": parse_origins,
    "tile_credit": parse_text,
    "seeds": parse_path,
}
