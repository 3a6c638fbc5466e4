"""Before the tests: which arguments of pytest let them be shared out to several processes."""

import prepare
import pytest

SHARED_OUT = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]


@pytest.fixture
def three(monkeypatch):
    """A machine with room for three processes."""
    monkeypatch.setattr(prepare, "processes", lambda: 3)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "-x -q",
        "-k links",
        "-rs",
        "--durations=20",
        "tests",
        "tests/test_links.py tests/test_words.py",
        "--junitxml pytest.xml",
    ],
)
def test_many_tests_are_shared_out(three, line):
    assert prepare.spread(line.split()) == [*SHARED_OUT, *line.split()]


@pytest.mark.parametrize(
    "line",
    [
        "-n 2",
        "-n2",
        "-n auto",
        "--numprocesses=4",
        "-p no:xdist",
        "--dist loadscope",
        "-s",
        "-xs",
        "--capture=no",
        "-x --pdb",
        "--trace",
        "--collect-only -q",
        "--help",
        "tests/test_links.py",
        "tests/test_links.py -k python",
        "tests/test_links.py::test_links_of_every_shape tests/test_links.py::test_defaults",
    ],
)
def test_one_process_or_what_was_asked_for(three, line):
    assert prepare.spread(line.split()) == line.split()


@pytest.mark.parametrize(("gigabytes", "count"), [(1, 1), (3, 1), (5, 2), (64, 4)])
def test_no_more_processes_than_memory_holds(monkeypatch, gigabytes, count):
    monkeypatch.setattr(prepare.os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(prepare, "available_memory", lambda: gigabytes * 1024**3)
    assert prepare.processes() == count


def test_one_process_is_told_no_number(monkeypatch):
    monkeypatch.setattr(prepare, "processes", lambda: 1)
    assert prepare.spread(["-q"]) == ["-q"]


def test_memory_is_found_on_this_machine():
    assert prepare.available_memory() > 0
