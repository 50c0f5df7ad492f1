from __future__ import annotations

import ctypes
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.vault import (
    FLOOR,
    KdfParameters,
    NoMemoryForKeyError,
    OpenVault,
    VaultDamagedError,
    WrongPasswordError,
    create_vault,
)
from aeapp.vault.parameters import CEILING, calibrated
from aeapp.vault.primitives import argon2id
from tests.vault.support import CLINIC, NAME, PASSWORD, A, Clock, edit_both, opened, tree_of

CHEAP = KdfParameters.for_tests()


def create(folder: Path, clock: Clock, kdf: KdfParameters | None) -> OpenVault:
    return create_vault(
        folder, user_name=NAME, display_name="D", password=PASSWORD, clinic_name=CLINIC,
        now=clock, kdf=kdf,
    )  # fmt: skip


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AEAPP_TEST_KDF")


@pytest.mark.usefixtures("in_earnest")
def test_a_vault_made_in_earnest_has_at_least_the_floor_and_opens(
    folder: Path, clock: Clock
) -> None:
    made = create(folder, clock, None)

    stored = tree_of(folder / A)
    kdf = stored["slots"][0]["kdf"]
    assert kdf["memory_kib"] >= FLOOR.memory_kib
    assert (kdf["passes"], kdf["lanes"]) == (FLOOR.passes, FLOOR.lanes)
    assert stored["floor"] == {"lanes": 4, "memory_kib": 65536, "passes": 3}
    assert opened(folder, clock).database_key() == made.database_key()


@pytest.mark.usefixtures("in_earnest")
@pytest.mark.parametrize(
    "kdf",
    [CHEAP, replace(FLOOR, memory_kib=65535), replace(FLOOR, passes=2), replace(FLOOR, lanes=3),
     replace(CEILING, memory_kib=CEILING.memory_kib + 1)],
)  # fmt: skip
def test_costs_outside_the_range_are_a_mistake_of_the_caller(
    folder: Path, clock: Clock, kdf: KdfParameters
) -> None:
    with pytest.raises(ValueError, match="permitted range"):
        create(folder, clock, kdf)
    assert not (folder / A).exists()


@pytest.mark.parametrize("switch", [None, "0", "yes"])
def test_a_vault_of_a_test_suite_does_not_open_in_earnest(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, switch: str | None
) -> None:
    create(folder, clock, CHEAP)
    if switch is None:
        monkeypatch.delenv("AEAPP_TEST_KDF")
    else:
        monkeypatch.setenv("AEAPP_TEST_KDF", switch)

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


@pytest.mark.usefixtures("in_earnest")
@pytest.mark.parametrize(
    ("key", "value"), [("memory_kib", 65535), ("passes", 2), ("lanes", 3), ("memory_kib", 64)]
)
def test_a_file_with_parameters_under_the_floor_is_rejected_unread(
    folder: Path, clock: Clock, key: str, value: int
) -> None:
    create(folder, clock, FLOOR)
    edit_both(folder, lambda tree: tree["slots"][0]["kdf"].update({key: value}))

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


@pytest.mark.usefixtures("in_earnest")
def test_a_file_cannot_lower_the_floor_of_the_program(folder: Path, clock: Clock) -> None:
    create(folder, clock, FLOOR)

    def lower(tree: dict) -> None:
        tree["floor"]["passes"] = 1
        tree["slots"][0]["kdf"]["passes"] = 1

    edit_both(folder, lower)

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


@pytest.mark.parametrize(("key", "value"), [("memory_kib", 64), ("passes", 1), ("lanes", 1)])
def test_parameters_lowered_within_the_range_do_not_open(
    folder: Path, clock: Clock, key: str, value: int
) -> None:
    create(folder, clock, KdfParameters(memory_kib=128, passes=2, lanes=2))
    edit_both(folder, lambda tree: tree["slots"][0]["kdf"].update({key: value}))

    with pytest.raises(WrongPasswordError):
        opened(folder, clock)


def test_a_clinic_may_raise_its_floor_above_that_of_the_program(folder: Path, clock: Clock) -> None:
    create(folder, clock, CHEAP)
    edit_both(folder, lambda tree: tree["floor"].update(passes=2))

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_a_file_cannot_ask_for_all_the_memory(folder: Path, clock: Clock) -> None:
    create(folder, clock, CHEAP)
    edit_both(folder, lambda tree: tree["slots"][0]["kdf"].update(memory_kib=2**32 - 1))

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


@pytest.mark.parametrize(
    ("seconds", "memory_mib"),
    [(0.0001, 512), (0.125, 512), (0.126, 256), (0.25, 256), (0.251, 128), (0.5, 128),
     (0.501, 64), (9, 64)],
)  # fmt: skip
def test_the_cost_is_measured_and_stays_within_a_second(seconds: float, memory_mib: int) -> None:
    times = iter([100.0, 100.0 + seconds])
    runs: list[KdfParameters] = []

    chosen = calibrated(runs.append, timer=lambda: round(next(times), 6))

    assert runs == [FLOOR]
    assert chosen == replace(FLOOR, memory_kib=memory_mib * 1024)


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory the Linux way")
def test_want_of_memory_is_said_in_words() -> None:
    import resource  # noqa: PLC0415 - does not exist on Windows

    argon2id(b"warm", bytes(16), CHEAP)
    # What earlier tests freed, the allocator keeps and would hand out again inside any limit:
    # it is given back first, and the memory asked for is more than a kept rest could be.
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 2**25, hard))
    try:
        with pytest.raises(NoMemoryForKeyError):
            argon2id(b"x", bytes(16), CEILING)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
