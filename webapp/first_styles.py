"""The rules of a style sheet that the first frame of a page can need: they stand in the page, the whole sheet follows.

A rule can be needed if every class and id of one of its selectors stands in the page's templates. Rules keep their
order, and the whole sheet comes after them, so that the cascade ends as if there were only the one sheet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

NAME = re.compile(r"[.#]([A-Za-z][\w-]*)")
COMMA = re.compile(r",(?![^()]*\))")
NOT = re.compile(r":not\([^()]*\)")
# Only scripts or a printer can ask for these; who has no scripts gets the whole sheet at once.
LATER = re.compile(r"@media[^{]*\b(?:print|prefers-reduced-motion)\b|@page|@keyframes")
WRITTEN = re.compile(r"\b(?:class|id)=\"([^\"]*)\"")
FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
LITERAL = re.compile(r"\"([^\"]*)\"")
OPEN_END = "*"  # where a template fills in the rest of a name


def first_styles(sheet: str, names: Collection[str]) -> str:
    """The part of ``sheet`` (without comments) whose selectors are made of ``names`` and elements only."""
    kept = []
    for head, body in rules(sheet):
        if LATER.match(head):
            continue
        if head.startswith(("@media", "@supports")):
            inner = first_styles(body, names)
            kept += [f"{head} {{\n{inner}}}\n"] if inner else []
        elif head.startswith("@font-face") or any(is_known(part, names) for part in COMMA.split(head)):
            kept.append(f"{head} {{{body}}}\n")
    return "".join(kept)


def without_fonts(sheet: str) -> str:
    """``sheet`` without the fonts, which stand in the page: told twice, they would be fetched and measured twice."""
    return "".join(f"{head} {{{body}}}\n" for head, body in rules(sheet) if not head.startswith("@font-face"))


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Heads and bodies of the outermost blocks; no text of our sheets holds a brace."""
    at = 0
    while (start := sheet.find("{", at)) >= 0:
        depth, end = 1, start + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        yield sheet[at:start].strip(), sheet[start + 1 : end - 1]
        at = end


def is_known(selector: str, names: Collection[str]) -> bool:
    """Whether every class and id of the selector is among ``names``, or begins like one with an open end."""
    begun = tuple(name[:-1] for name in names if name.endswith(OPEN_END) and len(name) > 1)
    return all(name in names or name.startswith(begun) for name in NAME.findall(NOT.sub("", selector)))


def names_in(template: str) -> set[str]:
    """The classes and ids in a template's text; ``hue-{{ … }}`` is ``hue-*``."""
    plain = FILLED_IN.sub(lambda found: f"{OPEN_END} {' '.join(LITERAL.findall(found[0]))} ", TAG.sub(" ", template))
    return {name for found in WRITTEN.finditer(plain) for name in found[1].split()}
