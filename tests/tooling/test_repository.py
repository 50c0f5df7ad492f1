"""The repository speaks of the product alone, and asks only for what it uses."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import REPOSITORY
from tests.helpers.tools import require_tool
from tools.check_licences import canonical

OURS = {"aeapp", "forms", "exports", "tools", "tests", "main", "dev"}

# Fonts, time zones and drivers are found by name, not imported.
FONTS = {
    "fontpkg-inter",
    "fontpkg-noto-sans-arabic",
    "fontpkg-noto-sans-devanagari",
    "fontpkg-noto-sans-thai",
    "manimgx-fonts",
    "rinoh-typeface-dejavusans",
    "rinoh-typeface-notosanscjk",
}
NOT_IMPORTED = {*FONTS, "qtawesome", "tzdata", "psycopg"}

# Built from pieces, so that this file does not hold what it looks for.
FORBIDDEN = [
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)" + r"/\w",
    r"[A-Z]:\\" + r"Users\\",
    "pypi" + r"\.org",
    "files.python" + "hosted",
    "/opt/" + "(?:pypi|wheels)",
]


def tracked() -> list[Path]:
    git = require_tool("git")
    done = subprocess.run(
        [git, "-c", f"safe.directory={REPOSITORY}", "ls-files", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this folder is not a git clone")
    return [REPOSITORY / name for name in done.stdout.split("\0") if name]


def mentions(text: str) -> list[str]:
    return [found[0] for pattern in FORBIDDEN for found in re.finditer(pattern, text)]


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = {}
    for path in tracked():
        if path.is_file() and path != Path(__file__):
            text = path.read_bytes().decode("utf-8", errors="ignore")
            if hits := mentions(text):
                found[str(path.relative_to(REPOSITORY))] = hits

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "see /work" + "/main/x",
        "/home/" + "ann/clinic",
        "https://pypi" + ".org/simple",
        "/root" + "/a",
    ],
)
def test_the_search_would_find_one(text: str) -> None:
    assert mentions(text)


@pytest.mark.parametrize("text", ["build/work/x", "forms/home/page", "the work/rest", "~/.config"])
def test_the_search_leaves_ordinary_paths_alone(text: str) -> None:
    assert mentions(text) == []


def imported(*folders: str) -> Iterator[str]:
    """Yield the distribution of every package imported there."""
    distribution_of = packages_distributions()
    for folder in folders:
        for path in (REPOSITORY / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for name in names_in(node):
                    top = name.split(".")[0]
                    if top not in sys.stdlib_module_names and top not in OURS:
                        yield canonical(distribution_of.get(top, [f"missing {top}"])[0])


def names_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def declared(*, developers: bool) -> set[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"]
    lines += project["project"]["optional-dependencies"]["postgres"]
    if developers:
        lines += project["dependency-groups"]["dev"]
    return {canonical(Requirement(line).name) for line in lines}


SAME = {"shiboken6": "pyside6-essentials", "pyside6": "pyside6-essentials"}


def test_the_program_imports_only_what_it_declares() -> None:
    used = {SAME.get(name, name) for name in imported("aeapp", "forms", "exports", "tools")}

    assert used - declared(developers=False) == set()


# Measured beside ours by a Python of their own: the group "bench", which is not locked.
PEERS = {"missing fpdf", "missing weasyprint", "fpdf2", "weasyprint"}


def test_the_tests_import_only_what_is_locked() -> None:
    used = {SAME.get(name, name) for name in imported("tests")}

    assert used - declared(developers=True) - {"packaging"} - PEERS == set()


def test_the_program_declares_nothing_that_it_does_not_use() -> None:
    used = {SAME.get(name, name) for name in imported("aeapp", "forms", "exports")}

    assert declared(developers=False) - used - NOT_IMPORTED == set()
