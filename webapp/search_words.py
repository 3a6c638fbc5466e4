"""One spelling for all scripts: Kazakh, Russian and Latin words become keys that can be compared."""

from __future__ import annotations

import re
import unicodedata

CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхцыіәғқңөұүһ", "abvgdeziiklmnoprstufhciiagknouuh", strict=True)),
        **{"ж": "j", "ч": "ch", "ш": "sh", "щ": "sh", "э": "e", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "ё": "e"},
    }
)
LATIN = [(re.compile(a), b) for a, b in (("zh|dj|dzh", "j"), ("kh", "h"), ("gh", "g"), ("ya", "ia"), ("yu", "iu"))]
LETTERS = str.maketrans({"q": "k", "y": "i", "w": "u", "x": "h", "ı": "i"})
DOUBLED = re.compile(r"([a-z])\1+")
WORD = re.compile(r"[a-z0-9]+")


def search_key(text: str) -> str:
    """«Түркістан облысы», «Turkistan oblysy» → the same plain Latin words, parted by one space."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(CYRILLIC)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    for pattern, letter in LATIN:
        plain = pattern.sub(letter, plain)
    plain = plain.translate(LETTERS)
    return " ".join(DOUBLED.sub(r"\1", word) for word in WORD.findall(plain))
