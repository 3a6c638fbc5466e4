"""A lock between processes that the system itself lets go of when its holder ends, however it ends. Stdlib only."""

from __future__ import annotations

import os
from typing import IO


def take_lock(file: IO) -> bool:
    """Lock an open, writable file for this process until it is closed; False where another process holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
