"""The text of a link, before it has a meaning: a query string, however bent on its way, into clean pairs and back.

Messengers and mail programs percent-encode twice, write ``&amp;``, glue the sentence's full stop or bracket to the
address and add parameters of their own. ``static/js/link-text.js`` does the same, step by step.
"""

from __future__ import annotations

import re

MAX_QUERY = 8000  # characters; the longest view prints to under 700

UNESCAPED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/:")
_PLAIN = re.compile(r"[A-Za-z0-9\-_.~/:]*")
_BLANK = "\t\n\v\f\r \u00a0\u200b\u200c\u200d\u2060\ufeff"
_OPENING = _BLANK + "([{<\"'«“‘„?&"
_CLOSING = _BLANK + ".,;:!?)]}>\"'»”’…*_~|\\&"
_UNSAFE_TO_SHOW = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def split_query(text: str) -> list[tuple[str, str]]:
    """Pairs of (key, value) as a person meant them: decoded, trimmed, keys in lower case; order kept.

    ``text`` may be a query with or without "?" or a whole address. Never raises.
    """
    text = _sound(text)[:MAX_QUERY]
    text = text.split("#", 1)[0]
    if "?" in text:
        text = text.split("?", 1)[1]
    if "=" not in text:  # the whole query was encoded as one word
        text = _decode(text, plus=False)
    text = re.sub(r"&(?:amp;)+", "&", text)
    pairs = []
    for part in text.split("&"):
        raw_key, equals, raw_value = part.partition("=")
        key = lower(_trim(decode(raw_key)))
        if key and equals:
            pairs.append((key, _trim(decode(raw_value))))
    return pairs


def print_query(pairs: list[tuple[str, str]]) -> str:
    """``key=value`` parted by "&", with the atlas's own escaping: the same bytes in Python and JavaScript."""
    return "&".join(f"{escape(key)}={escape(value)}" for key, value in pairs)


def escape(text: str) -> str:
    """Percent-encode the UTF-8 bytes outside ``A-Z a-z 0-9 - _ . ~ / :``, with upper-case hex."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(chr(byte) if byte in UNESCAPED else f"%{byte:02X}" for byte in _sound(text).encode())


def decode(text: str) -> str:
    """Undo percent-encoding, also where it was applied up to three times; "+" is a space."""
    text = _decode(text, plus=True)
    for _ in range(2):
        again = _decode(text, plus=False)
        if again == text:
            break
        text = again
    return text


def lower(text: str) -> str:
    """Lower-case A-Z only: the same in every language and in every runtime."""
    return text.translate(_ASCII_LOWER)


def showable(text: str, limit: int = 60) -> str:
    """``text`` fit to be named in a notice: no control or direction characters, at most ``limit`` characters."""
    text = _UNSAFE_TO_SHOW.sub("", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _decode(text: str, *, plus: bool) -> str:
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), text.encode()).decode("utf-8", "replace")


def _trim(text: str) -> str:
    return text.lstrip(_OPENING).rstrip(_CLOSING)


def _sound(text: str) -> str:
    """Lone surrogates, which no UTF-8 can carry, become U+FFFD, as TextEncoder does."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
