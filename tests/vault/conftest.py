from __future__ import annotations

from pathlib import Path

import pytest

from aeapp.vault import OpenVault
from tests.vault.support import Clock, create


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real derivation takes a second; tests that want one take this away."""
    monkeypatch.setenv("AEAPP_TEST_KDF", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "larkspur.aeclinic"


@pytest.fixture
def vault(folder: Path, clock: Clock) -> OpenVault:
    return create(folder, clock)
