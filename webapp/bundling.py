"""The map page's modules and style sheets joined, so that the first view needs a handful of requests, not forty.

The files of static/ stay what is written and tested; nothing is made on disk. Understood are the forms that our own
modules use: ``import { a, b as c } from "./x.js";``, ``export`` before function, class or const, ``import("./x.js")``.
Texts in backticks stay on one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([\w-]+\.js)";', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) ([\w$]+)", re.MULTILINE)
LATER = re.compile(r'import\("\./([\w-]+\.js)"\)')
COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]*//[^\n]*\n", re.MULTILINE | re.DOTALL)
MARGIN = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*$|\bimport\(.*$", re.MULTILINE)

# Chromium compiles the whole file while it arrives, beside the page, instead of each function at its first call.
COMPILE_AHEAD = "//# allFunctionsCalledOnLoad\n"


class BundleError(ValueError):
    """A module has a form that is not understood here, or modules import one another in a circle."""


def module_groups(folder: Path, entry: str, live: str) -> tuple[list[str], list[str], list[str]]:
    """The modules that ``entry`` needs at once; those that ``live``, which it imports by ``import("./…")``, needs
    besides; and the rest of what any of them imports when it is asked for. Each stands after what it needs."""
    first = _in_order(folder, [entry], [])
    there = _in_order(folder, [live] if live in _asked_by(folder, first) else [], first)
    everything = _in_order(folder, _asked_by(folder, there), there)
    return first, there[len(first) :], everything[len(there) :]


def bundles(folder: Path, entry: str, live: str, addresses: tuple[str, str, str]) -> tuple[str, str, str]:
    """The three groups, a module each: the first runs ``entry``; they share their parts, and a page holds one of each
    part: where a later bundle of a newer version brings newer fellows, those run nothing."""
    groups = module_groups(folder, entry, live)
    homes = {name: address for names, address in zip(groups, addresses, strict=True) for name in names}

    def joined(names: list[str], sign: str) -> str:
        return "".join(_as_part(name, _text(folder, name), homes, sign) for name in names)

    first, alive, later = groups
    from_first = f'import {{ modules as first }} from "{addresses[0]}";\n'
    end = "export { modules };\n"
    return (
        f"{COMPILE_AHEAD}const modules = (globalThis.qamtuModules ??= {{}});\n{joined(first, '??=')}{end}",
        f"{COMPILE_AHEAD}{from_first}const modules = first;\n{joined(alive, '??=')}{end}",
        f'{from_first}import "{addresses[1]}";\nconst modules = {{ ...first }};\n{joined(later, "=")}{end}',
    )


def joined_styles(folder: Path, names: tuple[str, ...]) -> str:
    """Style sheets one after the other, without comments and indents; what they name is addressed from the root."""
    return "".join(_style(folder, name) for name in names)


def bare(name: str, text: str) -> str:
    """A module without the comments that have lines of their own, and without indents: a sixth less to send."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count("`") % 2:  # inside a text over several lines, indents are part of it
            raise BundleError(f"{name}: line {number} begins or ends a text of several lines, which is not understood.")
    return MARGIN.sub("", COMMENT.sub("", text))


def _asked_by(folder: Path, names: list[str]) -> list[str]:
    return [asked for name in names for asked in LATER.findall(_text(folder, name))]


def _as_part(name: str, text: str, homes: Mapping[str, str], sign: str) -> str:
    """A module as a function of its own that gives what it exports; ``homes`` are the bundles of all modules."""
    exported = [found[2] for found in EXPORT.finditer(text)]
    body = EXPORT.sub(r"\1 \2", IMPORT.sub(_taken, bare(name, text)))
    strange = LEFT_OVER.search(LATER.sub("", body))
    if strange:
        raise BundleError(f"{name}: {strange[0][:80]!r} is not understood; see webapp/bundling.py for what is.")
    body = LATER.sub(lambda found: f'import("{homes[found[1]]}").then((rest) => rest.modules["{found[1]}"])', body)
    return f'modules["{name}"] {sign} (() => {{\n{body}\nreturn {{ {", ".join(exported)} }};\n}})();\n'


def _taken(found: re.Match[str]) -> str:
    """``import { a, b as c } from "./x.js";`` as what it means within one file."""
    names = [part.strip().replace(" as ", ": ") for part in found[1].split(",") if part.strip()]
    return f'const {{ {", ".join(names)} }} = modules["{found[2]}"];'


def _in_order(folder: Path, wanted: list[str], there: list[str]) -> list[str]:
    """``there`` and then all that ``wanted`` needs, each module after those it imports."""
    ordered = list(there)
    waiting: list[str] = []

    def add(name: str) -> None:
        if name in ordered:
            return
        if name in waiting:
            raise BundleError(f"Modules import one another in a circle: {' → '.join([*waiting, name])}")
        waiting.append(name)
        for needed in (found[2] for found in IMPORT.finditer(_text(folder, name))):
            add(needed)
        waiting.pop()
        ordered.append(name)

    for name in wanted:
        add(name)
    return ordered


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def _style(folder: Path, name: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", (folder / name).read_text("utf-8"), flags=re.DOTALL)
    home = Path(name).parent

    def from_root(found: re.Match[str]) -> str:
        target = (folder / home / found[1]).resolve()
        return f'url("/static/{target.relative_to(folder.resolve()).as_posix()}")'

    text = re.sub(r"""url\(["']?(?!data:|/|#)([^)"']+)["']?\)""", from_root, text)
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"
