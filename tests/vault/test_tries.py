from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aeapp.vault import (
    OpenVault,
    UserNameError,
    VaultLockedOutError,
    VaultMissingError,
    WrongPasswordError,
    release_lockout,
)
from aeapp.vault.tries import LONGEST_WAIT_S, wait_s
from tests.vault.support import NAME, OTHER, PASSWORD, A, B, Clock, add_person, opened, tree_of


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every password that reached the key derivation."""
    from argon2 import low_level  # noqa: PLC0415

    seen: list[bytes] = []
    real = low_level.hash_secret_raw

    def counted(secret: bytes, salt: bytes, **cost: object) -> bytes:
        seen.append(secret)
        return real(secret, salt, **cost)

    monkeypatch.setattr(low_level, "hash_secret_raw", counted)
    return seen


def fail(folder: Path, clock: Clock, times: int, name: str = NAME) -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "wrong", name)
        clock.forward(seconds=1)


def refused(folder: Path, clock: Clock, name: str = NAME) -> int | None:
    with pytest.raises(VaultLockedOutError) as error:
        opened(folder, clock, PASSWORD, name)
    return error.value.wait_s


def test_four_wrong_tries_cost_nothing(vault: OpenVault, folder: Path, clock: Clock) -> None:
    fail(folder, clock, 4)
    assert opened(folder, clock)


def test_after_five_even_the_right_password_waits_30_seconds(
    vault: OpenVault, folder: Path, clock: Clock, derivations: list[bytes]
) -> None:
    fail(folder, clock, 5)
    derivations.clear()

    assert refused(folder, clock) == 29
    clock.forward(seconds=28.5)
    assert refused(folder, clock) == 1
    assert derivations == []
    clock.forward(seconds=0.5)
    assert opened(folder, clock)


def test_the_wait_doubles_and_ends_at_a_quarter_of_an_hour() -> None:
    assert [wait_s(n) for n in range(5, 10)] == [30, 60, 120, 240, 480]
    assert wait_s(10) == wait_s(40) == LONGEST_WAIT_S == 900


def test_each_further_wrong_try_doubles_the_wait(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    fail(folder, clock, 5)
    for wait in (30, 60, 120, 240):
        clock.forward(seconds=wait - 2)
        assert refused(folder, clock) == 1
        clock.forward(seconds=1)
        fail(folder, clock, 1)
    assert refused(folder, clock) == 479


def test_of_a_thousand_wrong_tries_ten_are_looked_at(
    vault: OpenVault, folder: Path, clock: Clock, derivations: list[bytes]
) -> None:
    for _ in range(1000):
        with pytest.raises((WrongPasswordError, VaultLockedOutError)):
            opened(folder, clock, "wrong")
        clock.forward(minutes=20)

    assert len(derivations) == 10
    assert refused(folder, clock) is None
    clock.forward(days=3650)
    assert refused(folder, clock) is None


def test_guessing_a_name_nobody_has_is_slowed_down_the_same(
    vault: OpenVault, folder: Path, clock: Clock, derivations: list[bytes]
) -> None:
    for number in range(100):
        with pytest.raises((WrongPasswordError, VaultLockedOutError)):
            opened(folder, clock, "wrong", f"guess.{number}")
        clock.forward(minutes=20)

    assert len(derivations) == 10
    assert refused(folder, clock, "guess.1") is None
    assert opened(folder, clock).failed_at == ()


def test_whoever_opens_next_is_told_of_tries_under_names_nobody_has_once(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    start = clock()
    size = len((folder / "clinic.vault.a").read_bytes())
    for number in range(30):
        with pytest.raises((WrongPasswordError, VaultLockedOutError)):
            opened(folder, clock, "wrong", f"{'guess' * number}.{number}")
        clock.forward(minutes=20)
    # Ten are looked at; the entry holds times only, at most twenty.
    assert len((folder / "clinic.vault.a").read_bytes()) < size + 600
    fail(folder, clock, 1)

    first = opened(folder, clock)

    assert len(first.failed_at) == 1
    assert first.failed_unknown == tuple(start + dt.timedelta(minutes=20 * n) for n in range(10))
    assert opened(folder, clock).failed_unknown == ()


def test_one_person_is_not_locked_by_the_tries_at_another_name(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    add_person(folder, vault, clock, "ana.lee", OTHER)
    fail(folder, clock, 5)

    assert opened(folder, clock, OTHER, "ana.lee")
    assert refused(folder, clock) == 29


def test_opening_forgets_the_tries_and_shows_when_they_were(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    start = clock()
    fail(folder, clock, 3)

    assert opened(folder, clock).failed_at == tuple(
        start + dt.timedelta(seconds=n) for n in range(3)
    )
    assert opened(folder, clock).failed_at == ()
    fail(folder, clock, 4)
    assert opened(folder, clock)


def test_tries_at_an_open_vault_count_too(vault: OpenVault, folder: Path, clock: Clock) -> None:
    for _ in range(4):
        with pytest.raises(WrongPasswordError):
            vault.check_password("wrong")
    with pytest.raises(WrongPasswordError):
        vault.change_password("wrong", OTHER)
    with pytest.raises(VaultLockedOutError):
        vault.check_password(PASSWORD)

    assert refused(folder, clock) == 30
    clock.forward(seconds=30)
    vault.check_password(PASSWORD)
    assert opened(folder, clock).failed_at == ()


def test_a_try_that_is_broken_off_has_been_counted(
    vault: OpenVault, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argon2 import low_level  # noqa: PLC0415

    def killed(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(low_level, "hash_secret_raw", killed)
    with pytest.raises(KeyboardInterrupt):
        opened(folder, clock, "wrong")

    for name in (A, B):
        assert tree_of(folder / name)["tries"]["names"][NAME]["failures"] == 1


def test_a_clock_set_back_starts_the_wait_anew_and_no_longer_one(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    clock.forward(days=365)
    fail(folder, clock, 5)
    clock.forward(days=-365)

    assert refused(folder, clock) == 30
    clock.forward(seconds=29)
    assert refused(folder, clock) == 1
    clock.forward(seconds=1)
    assert opened(folder, clock)


def test_a_clock_set_back_is_no_way_around_the_lock(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    for _ in range(10):
        fail(folder, clock, 1)
        clock.forward(hours=1)
    clock.forward(days=-1)

    assert refused(folder, clock) is None


def test_the_administrator_can_release_a_locked_name(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    for _ in range(10):
        fail(folder, clock, 1)
        clock.forward(hours=1)

    release_lockout(folder, user_name="Dana.Reyes")
    release_lockout(folder, user_name="nobody.here")

    fail(folder, clock, 4)
    assert len(opened(folder, clock).failed_at) == 14
    with pytest.raises(UserNameError):
        release_lockout(folder, user_name="?")
    with pytest.raises(VaultMissingError):
        release_lockout(folder / "elsewhere", user_name=NAME)


def test_only_the_newest_twenty_times_are_kept(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    for _ in range(6):
        fail(folder, clock, 4)
        release_lockout(folder, user_name=NAME)
        last = clock()

    times = opened(folder, clock).failed_at
    assert len(times) == 20
    assert times[-1] == last - dt.timedelta(seconds=1)


def test_the_error_says_how_long_or_whom_to_ask() -> None:
    assert "Wait 29 seconds" in VaultLockedOutError(29).remedy
    assert "administrator" in VaultLockedOutError(None).remedy
    assert VaultLockedOutError(None).code == "vault.locked-out"
