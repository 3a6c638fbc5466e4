"""Parsers of what several commands take. Standard library only."""

from __future__ import annotations

import argparse
import datetime as dt

LANGUAGE_CHOICES = ("auto", "kk", "ru")


def parse_day(raw: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        if len(raw) != 10:
            raise ValueError(raw)
        return dt.date.fromisoformat(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{raw!r} is no date; write it as 2025-10-28") from None


def language_of(choice: str) -> str | None:
    """The language that was chosen, None for auto."""
    return None if choice == "auto" else choice
