from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.bootstrap import AccountClosedError
from aeapp.domain.records import Clinic, Staff
from aeapp.kernel.errors import BadInputError
from aeapp.vault import WrongPasswordError
from tests.helpers.clinic import PASSWORD, USER, cheap_clinics, new_clinic, practice_app


def test_a_zone_that_does_not_exist_makes_no_clinic(tmp_path: Path) -> None:
    wrong = Clinic(name="Larkspur", time_zone="America/New_Yrok")

    with pytest.raises(BadInputError):
        cheap_clinics().create(new_clinic(tmp_path, clinic=wrong))

    assert not (tmp_path / "larkspur.aeclinic").exists()


def test_a_closed_account_does_not_log_in(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    with app.context.new_uow() as uow:
        (person,) = uow.records.find("staff", user_name=USER)
        assert isinstance(person, Staff)
        uow.save(replace(person, active=False), who=app.who)
        uow.commit()
    app.close()

    with pytest.raises(AccountClosedError):
        cheap_clinics().open(str(tmp_path / "larkspur.aeclinic"), USER, PASSWORD)


def test_a_login_tells_the_trail_of_wrong_tries_before_it(tmp_path: Path) -> None:
    practice_app(tmp_path).close()
    folder = str(tmp_path / "larkspur.aeclinic")
    with pytest.raises(WrongPasswordError):
        cheap_clinics().open(folder, USER, "four loud crows on the road")

    app = cheap_clinics().open(folder, USER, PASSWORD)
    with app.context.new_uow() as uow:
        (login,) = uow.trail.by_action("login")
    app.close()

    assert len(login.content["data"]["failed"]) == 1


def test_a_login_tells_the_trail_of_tries_under_names_nobody_has(tmp_path: Path) -> None:
    practice_app(tmp_path).close()
    folder = str(tmp_path / "larkspur.aeclinic")
    for name in ("dana.reyez", "admin"):
        with pytest.raises(WrongPasswordError):
            cheap_clinics().open(folder, name, PASSWORD)

    app = cheap_clinics().open(folder, USER, PASSWORD)
    with app.context.new_uow() as uow:
        (login,) = uow.trail.by_action("login")
    app.close()

    assert len(login.content["data"]["failed_unknown"]) == 2
    assert "failed" not in login.content["data"]
    assert (len(app.tries.own), len(app.tries.unknown)) == (0, 2)
