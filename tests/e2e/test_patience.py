"""A command waits for another program that is writing, and says so."""

from __future__ import annotations

import argparse

import pytest

from aeapp.commands.opening import opened
from aeapp.persistence.errors import LockedError


class Opened:
    """What a clinic gives that could be opened."""

    def check_file(self) -> None: ...

    def close(self) -> None: ...


class BusyClinics:
    """Clinics whose file another program holds for so many tries."""

    def __init__(self, busy: int) -> None:
        self.busy = busy

    def open(self, *_login: object) -> Opened:
        self.busy -= 1
        if self.busy >= 0:
            raise LockedError
        return Opened()


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    monkeypatch.setenv("AEAPP_PASSWORD", "three quiet herons by the river")
    return argparse.Namespace(clinic="x.aeclinic", user="dana", password_file=None)


def test_it_waits_while_somebody_writes(
    login: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(login, BusyClinics(2), tries=3):  # type: ignore[arg-type] - only this is asked
        assert capsys.readouterr().err.count("Another program is writing; waiting for it.") == 2


@pytest.mark.parametrize(("busy", "tries"), [(3, 3), (1, 1)])
def test_it_gives_up_in_the_end(login: argparse.Namespace, busy: int, tries: int) -> None:
    with (
        pytest.raises(LockedError),
        opened(login, BusyClinics(busy), tries=tries),  # type: ignore[arg-type] - see above
    ):
        pass
