"""Arguments and output of `backup`, `restore` and `token`.

As in `commands`, the parsers need only the standard library.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import BadInput
from geo.store_commands import database_of
from geo.terminal import warn

if TYPE_CHECKING:
    from geo.backup import Contents


def add_keeping(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The parsers of these commands."""
    backup = add("backup", "Write the whole atlas to one file and check it by restoring it.")
    backup.add_argument("file", type=Path, metavar="FILE", help="file to write, such as qamtu-backup.zip")
    backup.set_defaults(run=run_backup)
    restore = add("restore", "Bring a backup into an empty database and data folder.")
    restore.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")
    restore.set_defaults(run=run_restore)
    token = add("token", "Make a new editor's token; the old one and every session end.")
    token.add_argument("--new", action="store_true", required=True, help="make a new token and print it, once")
    token.set_defaults(run=run_token)


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a backup; the exit code is 0 once it was restored elsewhere and found to be the same."""
    from geo.backup import write_backup

    database = database_of(arguments.data)
    if isinstance(database, Path) and not database.is_file():
        raise BadInput(f"{arguments.data} holds no atlas yet. Build it first with `python run.py`, or give --data DIR.")
    contents = write_backup(database, arguments.data, arguments.file)
    warn(f"{told(contents)} written to {arguments.file} and checked by restoring them.")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Restore a backup, then make the files of editions that came without them."""
    from geo.backup import restore_backup

    arguments.data.mkdir(parents=True, exist_ok=True)
    contents = restore_backup(arguments.file, database_of(arguments.data), arguments.data)
    arguments.make_artefacts()
    warn(f"{told(contents)} restored to {arguments.data}.")
    return 0


def told(contents: Contents) -> str:
    """What a backup holds, in words."""
    rows = contents.rows
    return f"{rows['documents']} documents, {contents.editions} editions, {contents.files} files"


def run_token(arguments: argparse.Namespace) -> int:
    """Print a new token on standard output."""
    from geo.editor_token import new_token

    if os.environ.get("QAMTU_EDITOR_TOKEN", "").strip():
        raise BadInput("QAMTU_EDITOR_TOKEN is set and stands before any other token. Change that variable instead.")
    sys.stdout.write(f"{new_token(arguments.data)}\n")
    warn("This is the only time it is shown. Sign in with it at /editor/sign-in; editors signed in until now are out.")
    return 0
