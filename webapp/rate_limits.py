"""How often one caller may do what costs or can be abused; counted for all serving processes together.

A bucket of tokens a caller and kind, refilled evenly, in ``<data>/cache/rates.sqlite3``. A caller is kept as a keyed
hash of the address (of its /64 network for IPv6), so that nothing personal is written.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import current_app, request

from geo.editor_token import cookie_key
from geo.errors import StoreError, TooMany

KEPT_SECONDS = 86_400  # of a bucket nobody used


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` at once, and as many again evenly over ``seconds``; ``everyone`` is that of all callers together."""

    burst: int
    seconds: float
    everyone: int
    what: str


LIMITS = {
    "sign-in": Limit(5, 60, 60, "attempts to sign in"),
    "upload": Limit(20, 60, 60, "documents brought"),
    "short link": Limit(30, 60, 600, "short links"),
    "report": Limit(5, 300, 120, "notes on figures"),
}


class RateLimits:
    """The buckets of one data folder; ``clock`` gives seconds."""

    def __init__(self, path: Path, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self.path, self.key, self.clock = path, key, clock

    def spend(self, kind: str, caller: str) -> None:
        """Take a token of the caller and one of everybody's. Raises TooMany, saying when to come again."""
        limit = LIMITS[kind]
        try:
            with closing(self._open()) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("DELETE FROM buckets WHERE at < ?", (self.clock() - KEPT_SECONDS,))
                waits = [
                    self._take(connection, self._name(kind, caller), limit.burst, limit.seconds),
                    self._take(connection, kind, limit.everyone, limit.seconds),
                ]
        except sqlite3.Error as error:
            raise StoreError(f"The count of requests in {self.path} cannot be kept: {error}") from error
        if wait := max(waits):
            raise TooMany(
                f"More than {limit.burst} {limit.what} in {limit.seconds:.0f} seconds. Try again in {wait:.0f} s.",
                reason="too_often",
                retry_after=round(wait),
            )

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        connection.execute("CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, tokens REAL, at REAL)")
        return connection

    def _take(self, connection: sqlite3.Connection, name: str, burst: int, seconds: float) -> float:
        """Seconds to wait, 0 where a token was taken."""
        now = self.clock()
        row = connection.execute("SELECT tokens, at FROM buckets WHERE name = ?", (name,)).fetchone()
        tokens, since = row or (float(burst), now)
        tokens = min(float(burst), tokens + max(0.0, now - since) * burst / seconds)
        taken = tokens >= 1
        connection.execute("REPLACE INTO buckets VALUES (?, ?, ?)", (name, tokens - taken, now))
        return 0.0 if taken else max(1.0, (1 - tokens) * seconds / burst)

    def _name(self, kind: str, caller: str) -> str:
        return f"{kind} {hmac.new(self.key, network_of(caller).encode(), hashlib.sha256).hexdigest()[:24]}"


def network_of(caller: str) -> str:
    """The address, or the /64 of an IPv6 one: a single customer has all of it."""
    try:
        address = ipaddress.ip_address(caller.partition("%")[0])
    except ValueError:
        return caller
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def spend(kind: str) -> None:
    """Take a token for the caller of the running request. Raises TooMany."""
    settings = current_app.config["QAMTU"]
    key = cookie_key(settings.data, settings.editor_token)
    limits = RateLimits(settings.data / "cache" / "rates.sqlite3", key)
    limits.spend(kind, request.remote_addr or "")
