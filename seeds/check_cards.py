"""Hold every source card against its file: ``python seeds/check_cards.py`` checks, ``--update`` writes new checksums.

A card ``<file>.card.toml`` stands beside each data file and tells producer, title, address, date, licence, what was
changed, and the sha256 of the file, so that an edit that nobody described is noticed.
"""

import hashlib
import re
import sys
import tomllib
from pathlib import Path

SEEDS = Path(__file__).resolve().parent
KEYS = ("file", "title", "producer", "url", "date", "licence", "changed", "sha256")


def main(update: bool) -> int:
    """Number of cards that are incomplete or do not fit their file."""
    wrong = 0
    for card in sorted(SEEDS.rglob("*.card.toml")):
        problem = check(card, update)
        if problem:
            print(f"{card.relative_to(SEEDS)}: {problem}")
            wrong += 1
    return wrong


def check(card: Path, update: bool = False) -> str:
    """What is wrong with one card, or ""."""
    fields = tomllib.loads(card.read_text("utf-8"))
    missing = [key for key in KEYS if key not in fields]
    if missing:
        return f"lacks {', '.join(missing)}"
    path = card.with_name(fields["file"])
    if card.name != f"{path.name}.card.toml" or not path.is_file():
        return f"speaks of {fields['file']!r}; it must stand beside that file as {path.name}.card.toml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest == fields["sha256"]:
        return ""
    if update:
        card.write_text(re.sub(r'(?m)^sha256 = ".*"$', f'sha256 = "{digest}"', card.read_text("utf-8")), "utf-8")
        return ""
    return f"sha256 is {digest}; describe the change, then run this script with --update"


if __name__ == "__main__":
    sys.exit(min(main("--update" in sys.argv[1:]), 1))
