"""The one exception tree. The message is written for the person who can mend it: received, allowed, what to do."""


class QamtuError(Exception):
    """Base of every error that Qamtu raises on purpose.

    ``code`` is stable and machine-readable; ``message`` says what was received, what is allowed and what to do.
    ``reason`` is a finer code, for what people meet in a browser: the page says it in their language, with
    ``details`` in the places that its text leaves open.
    """

    code = "error"

    def __init__(self, message: str, *, reason: str = "", **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.details = details


class BadInput(QamtuError):
    """Something a person gave cannot be used as it is."""

    code = "bad_input"


class BadDocument(BadInput):
    """A file or text that cannot be read: missing, empty, wrong encoding, unknown format, too large."""

    code = "bad_document"


class BadView(BadInput):
    """A value in a link or query that is not understood."""

    code = "bad_view"


class NotFound(QamtuError):
    """A region, document, edition or link that does not exist here."""

    code = "not_found"


class BadSeed(QamtuError):
    """A data file of the project (catalogue, vocabulary, gazetteer, boundaries) that breaks its own rules."""

    code = "bad_seed"


class UnmatchedNames(QamtuError):
    """Names that a join could not place; ``details["names"]`` lists them."""

    code = "unmatched_names"


class CrsMismatch(QamtuError):
    """Shapes in another coordinate reference system than the one asked for."""

    code = "crs_mismatch"


class StoreError(QamtuError):
    """The database cannot be reached or refuses what was asked."""

    code = "store"


class NotAllowed(QamtuError):
    """The caller lacks the right to do this."""

    code = "not_allowed"


class TooMany(QamtuError):
    """A rate or size limit was reached."""

    code = "too_many"
