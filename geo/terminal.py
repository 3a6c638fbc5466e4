"""What a person at a terminal is told: messages and progress, on standard error. Standard library only."""

from __future__ import annotations

import sys


def warn(message: str) -> None:
    """Tell what a person should know; the output of a command stays clean of it."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def progress(done: int, total: int, what: str) -> None:
    """A counter that stays on one line of a terminal; elsewhere a line each quarter."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{done}/{total} {printable(what)[:60]}" + ("\n" if done == total else ""))
        sys.stderr.flush()
    elif done == total or done % max(1, -(-total // 4)) == 0:
        warn(f"{done}/{total} {printable(what)}")


def printable(text: str | None) -> str:
    """``text`` on one line without characters that steer a terminal or turn the direction of writing."""
    return "".join(letter if letter.isprintable() else " " for letter in text or "")
