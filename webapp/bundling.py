"""The map page's modules and style sheets joined, so that the first view needs a handful of requests, not forty.

The files of static/ stay what is written and tested; nothing is made on disk. Understood are the forms that our own
modules use: ``import { a, b as c } from "./x.js";``, ``export`` before function, class or const, ``import("./x.js")``.
Texts in backticks stay on one line.
"""

from __future__ import annotations

import re
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


def first_modules(folder: Path, entry: str) -> list[str]:
    """``entry`` and what it imports, directly or not, each after what it needs."""
    return _in_order(folder, [entry], [])


def later_modules(folder: Path, entry: str) -> list[str]:
    """What the first modules import only when it is asked for, with its needs, without the first modules."""
    first = first_modules(folder, entry)
    asked = [name for module in first for name in LATER.findall(_text(folder, module))]
    return _in_order(folder, [name for name in asked if name not in first], first)[len(first) :]


def first_bundle(folder: Path, entry: str, later_url: str) -> str:
    """One module that runs ``entry``; it exports its parts as ``modules`` for the later ones.

    A page holds one of each part: where later modules of a newer version bring a newer first bundle, it runs nothing.
    """
    own = "const modules = (globalThis.qamtuModules ??= {});\n"
    head = f'{own}const $later = (name) => import("{later_url}").then((rest) => rest.modules[name]);\n'
    return COMPILE_AHEAD + head + _joined(folder, first_modules(folder, entry), "??=") + "export { modules };\n"


def later_bundle(folder: Path, entry: str, first_url: str) -> str:
    """One module with what is fetched later; it shares the parts of the first, loaded from ``first_url``."""
    head = f'import {{ modules as first }} from "{first_url}";\nconst modules = {{ ...first }};\n'
    return head + _joined(folder, later_modules(folder, entry)) + "export { modules };\n"


def joined_styles(folder: Path, names: tuple[str, ...]) -> str:
    """Style sheets one after the other, without comments and indents; what they name is addressed from the root."""
    return "".join(_style(folder, name) for name in names)


def bare(name: str, text: str) -> str:
    """A module without the comments that have lines of their own, and without indents: a sixth less to send."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count("`") % 2:  # inside a text over several lines, indents are part of it
            raise BundleError(f"{name}: line {number} begins or ends a text of several lines, which is not understood.")
    return MARGIN.sub("", COMMENT.sub("", text))


def _joined(folder: Path, names: list[str], sign: str = "=") -> str:
    return "".join(_as_part(name, bare(name, _text(folder, name)), sign) for name in names)


def _as_part(name: str, text: str, sign: str) -> str:
    """A module as a function of its own that gives what it exports."""
    exported = [found[2] for found in EXPORT.finditer(text)]
    body = EXPORT.sub(r"\1 \2", IMPORT.sub(_taken, text))
    body = LATER.sub(r'$later("\1")', body)  # a name that no module of ours has
    strange = LEFT_OVER.search(body)
    if strange:
        raise BundleError(f"{name}: {strange[0][:80]!r} is not understood; see webapp/bundling.py for what is.")
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
