"""The licence check passes what we weighed and refuses what we did not."""

from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tools.check_licences import accepts, locked, main, objections


def install(folder: Path, name: str, *lines: str) -> None:
    """Make the metadata of an installed package."""
    place = folder / f"{name}-1.0.dist-info"
    place.mkdir()
    head = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    (place / "METADATA").write_text("\n".join([*head, *lines]) + "\n")


def objections_to(folder: Path, *names: str) -> list[str]:
    return list(objections(names, distributions(path=[str(folder)])))


def test_every_locked_package_has_a_licence_we_weighed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(REPOSITORY / "requirements.lock") == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("AGPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND AGPL-3.0-only", False),
        ("(Apache-2.0 OR GPL-2.0-only) AND BSD-3-Clause", True),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_an_expression_needs_every_part_and_one_choice(expression: str, accepted: bool) -> None:
    assert accepts(expression) is accepted


def test_an_agpl_package_is_refused(tmp_path: Path) -> None:
    install(tmp_path, "typesetter", "License-Expression: AGPL-3.0-or-later")

    assert "AGPL-3.0-or-later" in objections_to(tmp_path, "typesetter")[0]


def test_a_package_that_states_nothing_is_refused(tmp_path: Path) -> None:
    install(tmp_path, "mute")

    assert "nothing" in objections_to(tmp_path, "mute")[0]


def test_a_package_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    assert objections_to(tmp_path, "absent")


def test_a_banned_package_is_refused_whatever_it_states(tmp_path: Path) -> None:
    install(tmp_path, "rinohtype", "License-Expression: MIT")

    assert "rinohtype" in objections_to(tmp_path, "rinohtype")[0]


def test_a_new_licence_of_a_package_read_by_hand_is_noticed(tmp_path: Path) -> None:
    install(tmp_path, "reportlab", "License-Expression: AGPL-3.0-only")

    assert objections_to(tmp_path, "reportlab")


def test_an_empty_lock_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("# nothing\n")

    assert main(lock) == 1
    assert list(locked(lock)) == []
    assert "nothing was checked" in capsys.readouterr().out
