"""The command line as a person uses it, on a real clinic with a cheap password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from aeapp.commands.line import run
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str


Line = Callable[..., Answer]


@pytest.fixture
def line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    """Run a command on the test clinic; the password comes from the environment."""
    clinics = cheap_clinics(StillClock())

    def call(*words: str, login: bool = True, password: str = PASSWORD) -> Answer:
        monkeypatch.setenv("AEAPP_PASSWORD", password)
        who = ["--clinic", str(tmp_path / "larkspur.aeclinic"), "--user", USER] if login else []
        code = run([*words, *who], clinics)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture
def clinic(line: Line, tmp_path: Path) -> Path:
    """Return the folder of an empty clinic, whose one person is a nurse."""
    return _made(line, tmp_path, "nurse")


@pytest.fixture
def prescribers_clinic(line: Line, tmp_path: Path) -> Path:
    """Return the folder of an empty clinic, whose one person prescribes."""
    return _made(line, tmp_path, "prescriber")


def _made(line: Line, folder: Path, role: str) -> Path:
    made = line(
        "new", "--name", "Larkspur Ketamine Clinic", "--person", "Dana Reyes",
        "--role", role, "--zone", "America/Chicago",
    )  # fmt: skip
    assert made.code == 0, made.err
    return folder / "larkspur.aeclinic"
