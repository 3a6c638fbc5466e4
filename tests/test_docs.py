"""The manual tells every setting, command and option, and none that does not exist."""

import argparse
import re
import runpy
from dataclasses import fields
from pathlib import Path

from webapp.settings import PARSERS, Settings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = runpy.run_path(str(ROOT / "run.py"))["make_parser"]()
    (choices,) = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {"": parser, **choices}


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")}


def section(command: str) -> str:
    """The part of the manual about ``command``; about all commands for ""."""
    heading = f"## {command}" if command else "## For all commands"
    assert f"\n{heading}\n" in COMMANDS, f"docs/commands.md has no section {heading!r}"
    return COMMANDS.split(f"\n{heading}\n")[1].split("\n## ")[0]


def test_every_command_and_option_is_told():
    common = options_of(commands()[""])
    for name, parser in commands().items():
        told = set(re.findall(r"`(--[a-z-]+)", section(name))) | ({"--help"} if name else set())
        own = options_of(parser) - (common if name else set())
        assert own <= told, f"{name}: {sorted(own - told)} not told"
        assert told <= options_of(parser), (
            f"{name}: {sorted(told - options_of(parser))} told, but there is no such option"
        )


def test_no_section_without_a_command():
    sections = set(re.findall(r"(?m)^## (.+)$", COMMANDS)) - {"For all commands"}
    assert sections == set(commands()) - {""}


def test_every_variable_that_the_code_reads_is_told_and_no_other():
    told = set(re.findall(r"`(QAMTU_[A-Z_]+)", SETTINGS))
    settable = {f"QAMTU_{field.name.upper()}" for field in fields(Settings) if field.name in PARSERS}
    code = [
        ROOT / "run.py",
        *(path for folder in ("geo", "webapp", "tests", "bench") for path in (ROOT / folder).rglob("*.py")),
    ]
    read = {
        name
        for path in code
        if path != Path(__file__)
        for name in re.findall(r"environ(?:\.\w+\(|\[)\s*\"(QAMTU_[A-Z_]+)\"", path.read_text("utf-8"))
    }
    assert told == settable | read


def test_links_between_the_pages_lead_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_every_module_has_its_room_and_no_room_is_empty():
    reading = ARCHITECTURE.split("### `geo/reading`")[1].split("\n### ")[0]
    named = {*re.findall(r"`((?:geo|webapp)/\w+\.py)`", ARCHITECTURE.split("## A bulletin")[0])}
    named |= {f"geo/reading/{name}" for name in re.findall(r"`(\w+\.py)`", reading)} | {"webapp/__init__.py"}
    folders = ("geo", "geo/reading", "webapp")
    modules = {f"{folder}/{path.name}" for folder in folders for path in (ROOT / folder).glob("*.py")}
    empty = {"geo/__init__.py", "geo/reading/__init__.py"}
    assert named - empty == modules - empty


def test_every_address_is_told(app):
    table = ARCHITECTURE.split("## Addresses")[1].split("\n## ")[0]
    told = re.findall(r"`(?:POST )?…?(/[^`]*)`", table)
    told += [f"/api/v1{address}" for address in told]
    for rule in app.url_map.iter_rules():
        fixed = rule.rule.split("<")[0]
        assert rule.rule.startswith("/editor/") or any(address.startswith(fixed) for address in told), rule.rule
