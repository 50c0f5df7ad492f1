"""requirements.lock installs the same files everywhere and names no place to fetch them from."""

import re
import tomllib
from itertools import chain

import pytest
from packaging.requirements import Requirement

from tests.conftest import REPOSITORY
from tools.check_licences import BANNED, canonical, locked

LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
NAMES = list(locked(REPOSITORY / "requirements.lock"))


def entries() -> dict[str, tuple[Requirement, list[str]]]:
    """Return each locked requirement with its hashes, by name."""
    text = re.sub(r"^\s*#.*$", "", LOCK, flags=re.MULTILINE).replace("\\\n", " ")
    found = {}
    for line in filter(str.strip, text.splitlines()):
        requirement, *hashes = line.split("--hash=")
        pinned = Requirement(requirement.strip())
        found[canonical(pinned.name)] = (pinned, [one.strip() for one in hashes])
    return found


def declared() -> list[Requirement]:
    """Return every requirement of pyproject.toml: ours, the extras', the developers'.

    Without those of the group ``bench``: they are measured, not installed.
    """
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    lines = chain(*project["optional-dependencies"].values(), groups["dev"])
    return [Requirement(line) for line in chain(project["dependencies"], lines)]


def test_it_names_no_host_and_no_folder() -> None:
    assert not re.search(r"://|\bfile:|index-url|find-links|@ ", LOCK)


def test_every_line_pins_one_version_with_a_hash() -> None:
    for name, (requirement, hashes) in entries().items():
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), name
        assert hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), name


def test_reading_it_by_line_and_by_requirement_finds_the_same() -> None:
    assert sorted(NAMES) == sorted(entries())


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_what_the_project_asks_for_is_locked_at_a_version_it_accepts(
    requirement: Requirement,
) -> None:
    pinned, _ = entries()[canonical(requirement.name)]

    assert pinned.specifier is not None
    assert str(pinned.specifier).removeprefix("==") in requirement.specifier


def test_nothing_banned_is_locked() -> None:
    assert not BANNED & set(NAMES)
