"""The rules of the house: who may import whom, how long a module may be, what must lie beside a data file."""

import ast
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400
CODE = sorted(
    path
    for path in [ROOT / "run.py", *(p for folder in ("geo", "webapp", "seeds") for p in (ROOT / folder).rglob("*.py"))]
    if "versions" not in path.parts
)
TEXT_SUFFIXES = {".py", ".md", ".txt", ".toml", ".html", ".css", ".js", ".json", ".csv", ".po", ".yml", ""}
CARD_KEYS = {"title", "language", "source_title", "publisher", "date", "date_basis", "seen", "licence"}


def tracked(suffixes: set[str]) -> Iterator[Path]:
    """The files of the project with one of ``suffixes``, vendored libraries left out."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("this copy of the project is no git checkout, so its files cannot be told from others")
    for name in listing.stdout.splitlines():
        path = ROOT / name
        if path.suffix in suffixes and path.is_file() and "vendor" not in path.parts:
            yield path


def imports(path: Path, *, at_load: bool = False) -> set[str]:
    """The modules that ``path`` imports in full dotted form; ``at_load``: only those imported when it is loaded."""
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in walk(tree, into_functions=not at_load):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def walk(node: ast.AST, *, into_functions: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not into_functions:
            continue
        yield child
        yield from walk(child, into_functions=into_functions)


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def roots_of(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", [p for p in CODE if "geo" in p.relative_to(ROOT).parts], ids=module_name)
def test_geo_imports_nothing_of_the_web(path):
    assert not roots_of(path) & {"webapp", "flask", "flask_babel", "werkzeug", "folium", "branca"}


def test_only_the_map_module_imports_folium():
    importers = {module_name(path) for path in CODE if roots_of(path) & {"folium", "branca"}}
    assert importers <= {"webapp.maps"}


def test_no_import_circles_in_geo_and_webapp():
    known = {module_name(path): path for path in CODE}
    graph = {name: {other for other in imports(path, at_load=True) if other in known} for name, path in known.items()}
    assert circle_in(graph) == []


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """The first circle found, as the names along it."""
    done: set[str] = set()

    def visit(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph[name] - {name}):
            if circle := visit(other, [*way, name]):
                return circle
        done.add(name)
        return []

    return next((circle for name in sorted(graph) if (circle := visit(name, []))), [])


def test_the_search_for_circles_finds_one():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_the_door_needs_only_the_standard_library():
    for name in ("run.py", "geo/__init__.py", "geo/commands.py", "geo/explaining.py", "geo/errors.py", "geo/locks.py"):
        third_party = {
            module.partition(".")[0]
            for module in imports(ROOT / name, at_load=True)
            if module.partition(".")[0] not in sys.stdlib_module_names | {"geo"}
        }
        assert not third_party, name


def test_the_serving_process_carries_neither_geopandas_nor_folium():
    modules = [module_name(path) for path in CODE if path.parent == ROOT / "webapp"]
    heavy = {"webapp.maps", "webapp.publishing", "webapp.building"}
    code = f"import sys\nfor name in {sorted(set(modules) - heavy)}: __import__(name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not set(loaded.split()) & {"geopandas", "folium", "pandas", "branca", "scipy", "trafilatura", "dask"}


@pytest.mark.parametrize("path", CODE, ids=module_name)
def test_no_module_grows_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


# Data files


def data_files() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / "seeds").rglob("*"))
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and path.name != "README.md"
        and not path.name.endswith(".card.toml")
    ]


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.relative_to(ROOT / "seeds").as_posix())
def test_every_data_file_has_its_source_card(path):
    if path.parent.name == "documents":
        from geo.documents import load_document

        assert set(load_document(path).card) >= CARD_KEYS
    else:
        assert path.with_name(f"{path.name}.card.toml").is_file()


def test_the_cards_fit_their_files():
    check = runpy.run_path(str(ROOT / "seeds" / "check_cards.py"))["check"]
    wrong = {card.name: check(card) for card in sorted((ROOT / "seeds").rglob("*.card.toml"))}
    assert wrong
    assert not {name: problem for name, problem in wrong.items() if problem}


# What must not stand in the project

HERE = Path(__file__).name
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w|[A-Z]:\\Users\\",
    "the host of a package registry or a foreign CDN": r"pypi\.org|pythonhosted|npmjs\.(?:org|com)|unpkg\.com|jsdelivr|"
    r"cdnjs|deb\.debian\.org|fonts\.g(?:oogleapis|static)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_of_one_machine_and_no_foreign_host(what):
    hits = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked(TEXT_SUFFIXES)
        if path.name != HERE and (match := re.search(FORBIDDEN[what], path.read_text("utf-8", "replace")))
    ]
    assert not hits


def test_every_pin_has_its_reason():
    for name in ("requirements.txt", "requirements-compile.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                assert re.fullmatch(r"[\w.-]+==[\w.]+ +# \S.{10,}", line), f"{name}: {line}"


def test_every_pin_is_used():
    """A package of requirements.txt is imported somewhere in geo or webapp, or said to be needed by another one."""
    needed_by_others = {"pyogrio", "psycopg", "psycopg-binary", "tzdata", "numpy", "lxml-html-clean", "distributed"}
    imported = set().union(*(roots_of(path) for path in CODE))
    modules = {"python-docx": "docx", "pillow": "pil", "flask-babel": "flask_babel"}
    pins = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"))
    names = {pin.lower().replace("_", "-") for pin in pins}
    unused = {
        name
        for name in names - needed_by_others
        if modules.get(name, name.replace("-", "_")) not in {module.lower() for module in imported}
    }
    assert not unused


def test_versions_installed_are_those_pinned():
    """Of constraints.txt too, but what only the benchmarks need may be missing."""
    for name in ("requirements.txt", "requirements-compile.txt", "requirements-dev.txt", "constraints.txt"):
        for package, pinned in re.findall(r"(?m)^([\w.-]+)==([\w.]+)", (ROOT / name).read_text("utf-8")):
            found = {one.version for one in distributions(name=package)}
            assert found == {pinned} or (not found and name == "constraints.txt"), package
