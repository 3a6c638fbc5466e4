"""What happened, as one JSON object a line on standard error: time, level, event, and nothing that names a person.

No addresses, no names, no texts and no query strings are written; a reader's path through the atlas leaves no trace.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback

LOGGER = "qamtu"
KEPT_FIELDS = ("edition", "job", "kind", "status")  # that an event may carry through ``extra``


class JsonLines(logging.Formatter):
    """A record as one line of JSON; an exception as its kind and the places it went through, without its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        line |= {name: getattr(record, name) for name in KEPT_FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["at"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(line, ensure_ascii=False)


def init_logs() -> None:
    """Send the application's log to standard error, once a process."""
    logger = logging.getLogger(LOGGER)
    if any(isinstance(handler.formatter, JsonLines) for handler in logger.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
