"""A power cut, a kill or a full disk at any moment: the acknowledged password opens."""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aeapp.vault import (
    OpenVault,
    UnwritableFolderError,
    VaultDamagedError,
    VaultDiskFullError,
    VaultMissingError,
    WrongPasswordError,
)
from aeapp.vault.files import read_copies
from aeapp.vault.tries import Tries
from tests.vault.powerlab import Disk, Event, Recorder, disk_of, images, put
from tests.vault.support import NAME, OTHER, PASSWORD, A, B, Clock, create, opened, save

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Lab:
    """A clinic on a disk that is watched, and a place for what a power cut leaves."""

    vault: OpenVault
    folder: Path
    clock: Clock
    recorder: Recorder
    after_cut: Path
    seen: int = 0

    def change(self) -> list[Event]:
        return self.recorder.watching(lambda: self.vault.change_password(PASSWORD, OTHER))

    def check_change(self, start: Disk, events: list[Event], seed: int = 4) -> None:
        """Open every image of a change: exactly one of the two passwords does it."""
        chance = random.Random(seed)
        for cut in range(len(events) + 1):
            for image in images(start, events, cut, chance):
                put(self.after_cut, image)
                old, new = (self.opens(self.after_cut, p) for p in (PASSWORD, OTHER))
                assert old != new, f"cut {cut}"
                assert new or cut < len(events), "an acknowledged change was lost"
                self.seen += 1

    def opens(self, folder: Path, password: str) -> bool:
        return opens(folder, self.clock, password, self.vault.database_key())


@pytest.fixture
def lab(
    vault: OpenVault, folder: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Lab:
    recorder = Recorder(folder, monkeypatch)
    return Lab(vault, folder, clock, recorder, tmp_path / "after the power cut")


def opens(folder: Path, clock: Clock, password: str, key: str) -> bool:
    """Whether ``password`` opens; with any other key than ``key`` nothing may open."""
    try:
        assert opened(folder, clock, password).database_key() == key
    except WrongPasswordError:
        return False
    return True


STARTS = {
    "both whole": lambda folder: None,
    "a missing": lambda folder: (folder / A).unlink(),
    "b missing": lambda folder: (folder / B).unlink(),
    "a torn": lambda folder: (folder / A).write_bytes((folder / A).read_bytes()[:900]),
    "b torn": lambda folder: (folder / B).write_bytes((folder / B).read_bytes()[:900]),
}


@pytest.mark.parametrize("start", STARTS)
def test_a_power_cut_while_changing_the_password_leaves_exactly_one_that_opens(
    lab: Lab, start: str
) -> None:
    STARTS[start](lab.folder)
    before = disk_of(lab.folder)

    events = lab.change()
    lab.check_change(before, events)

    assert sum(e.kind == "write" for e in events) == 4
    assert lab.seen == 5 * (len(events) + 1)


@pytest.mark.gauntlet
def test_five_thousand_power_cuts_while_changing_the_password(lab: Lab) -> None:
    whole = disk_of(lab.folder)
    for seed in itertools.count():
        for start in STARTS.values():
            put(lab.folder, whole)
            start(lab.folder)
            before = disk_of(lab.folder)
            lab.check_change(before, lab.change(), seed)
        if lab.seen >= 5000:
            break


@pytest.mark.parametrize("start", STARTS)
def test_a_power_cut_while_opening_or_failing_to_open_loses_nothing(lab: Lab, start: str) -> None:
    def both() -> None:
        with pytest.raises(WrongPasswordError):
            opened(lab.folder, lab.clock, "wrong")
        opened(lab.folder, lab.clock)

    STARTS[start](lab.folder)
    before = disk_of(lab.folder)
    events = lab.recorder.watching(both)
    chance = random.Random(5)
    for cut in range(len(events) + 1):
        for image in images(before, events, cut, chance):
            put(lab.after_cut, image)
            assert lab.opens(lab.after_cut, PASSWORD), f"cut {cut}"


def test_a_power_cut_while_making_a_clinic_leaves_a_whole_one_or_none(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[OpenVault] = []
    recorder = Recorder(folder, monkeypatch)
    events = recorder.watching(lambda: made.append(create(folder, clock)))
    assert [e.kind for e in events if e.name != B][-2:] == ["sync-folder", "sync-folder"]
    chance, after_cut = random.Random(6), tmp_path / "after the power cut"
    for cut in range(len(events) + 1):
        for image in images({}, events, cut, chance):
            put(after_cut, image)
            try:
                assert opened(after_cut, clock).database_key() == made[0].database_key()
            except VaultMissingError:
                assert cut < len(events)
                assert create(after_cut, clock)


def test_the_laboratory_sees_a_program_that_does_not_sync(lab: Lab) -> None:
    before = disk_of(lab.folder)
    careless = [e for e in lab.change() if e.kind != "sync"]

    with pytest.raises((AssertionError, VaultDamagedError)):
        lab.check_change(before, careless)


def test_the_laboratory_sees_a_program_that_writes_the_good_copy_first(lab: Lab) -> None:
    (lab.folder / A).unlink()
    before = disk_of(lab.folder)
    swapped = {A: B, B: A}
    wrong = [replace(e, name=swapped.get(e.name, e.name)) for e in lab.change()]

    with pytest.raises((AssertionError, VaultDamagedError)):
        lab.check_change(before, wrong)


def test_each_copy_is_on_the_disk_before_the_next_is_touched_and_the_folder_last(
    lab: Lab,
) -> None:
    one = [("write", A), ("cut", A), ("sync", A), ("write", B), ("cut", B), ("sync", B)]
    assert [(e.kind, e.name) for e in lab.change()] == 2 * [*one, ("sync-folder", ".")]


# The n-th call fails, once or from then on.

# How often a change of password makes each call.
CALLS = {"write": 4, "ftruncate": 4, "fsync": 6, "open": 7}


class FailingDisk:
    """Makes the n-th call of one kind fail."""

    def __init__(self, patch: pytest.MonkeyPatch, call: str, nth: int, *, lasting: bool) -> None:
        self.calls = 0
        real = getattr(os, call)

        def failing(*args: object) -> object:
            self.calls += 1
            if self.calls == nth or (lasting and self.calls > nth):
                if call == "write":
                    handle, content = args
                    real(handle, content[: len(content) // 2])
                raise OSError(errno.ENOSPC if call == "write" else errno.EIO, "no")
            return real(*args)

        patch.setattr(os, call, failing)


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("call", CALLS)
def test_a_disk_that_fails_at_any_call_ends_in_words_and_one_password(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, call: str, lasting: bool
) -> None:
    whole = disk_of(lab.folder)
    for nth in itertools.count(1):
        put(lab.folder, whole)
        with monkeypatch.context() as patch:
            disk = FailingDisk(patch, call, nth, lasting=lasting)
            if nth > CALLS[call]:
                lab.change()
                assert disk.calls == CALLS[call]
                return
            with pytest.raises(UnwritableFolderError):
                lab.change()
        assert lab.opens(lab.folder, PASSWORD) != lab.opens(lab.folder, OTHER), nth


def test_a_write_in_pieces_is_finished(
    vault: OpenVault, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, content: real(handle, content[:100]))
        vault.change_password(PASSWORD, OTHER)

    assert opened(folder, clock, OTHER).notices == ()


def test_a_longer_file_leaves_no_rest_behind(vault: OpenVault, folder: Path, clock: Clock) -> None:
    for number in range(4):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "wrong", f"nobody.{number}")
    long = (folder / A).stat().st_size

    save(folder, replace(read_copies(folder).newest, tries=Tries()))

    assert (folder / A).stat().st_size < long
    assert opened(folder, clock)


@pytest.mark.skipif(sys.platform == "win32", reason="limits file sizes the POSIX way")
def test_a_full_disk_is_named_and_work_goes_on_after_it_is_freed(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    import resource  # noqa: PLC0415 - does not exist on Windows

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        with pytest.raises(VaultDiskFullError):
            vault.change_password(PASSWORD, OTHER)
        with pytest.raises(VaultDiskFullError):
            opened(folder, clock)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    vault.change_password(PASSWORD, OTHER)
    assert opened(folder, clock, OTHER).database_key() == vault.database_key()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_named(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    for name in (A, B):
        (folder / name).chmod(0o400)
    with pytest.raises(UnwritableFolderError):
        opened(folder, clock)


# The process dies.

CHILD = """
import datetime as dt, sys
from pathlib import Path
from aeapp.vault import open_vault
now = lambda: dt.datetime.now(dt.UTC)
first, other = sys.argv[2:4]
vault = open_vault(Path(sys.argv[1]), user_name=sys.argv[4], password=first, now=now)
print("ready", flush=True)
while True:
    vault.change_password(first, other)
    print("new", flush=True)
    vault.change_password(other, first)
    print("old", flush=True)
"""


@pytest.mark.gauntlet
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_program_keeps_the_password_it_acknowledged(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    key = vault.database_key()
    chance = random.Random(7)
    password, acknowledged = PASSWORD, 0
    for _ in range(100):
        other = OTHER if password == PASSWORD else PASSWORD
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), password, other, NAME],
            cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(chance.randint(1, 40))]
        child.send_signal(signal.SIGKILL)
        lines += child.communicate()[0].splitlines(keepends=True)
        acknowledged += len(lines) - 1
        last = {"ready\n": password, "new\n": other, "old\n": password}[lines[-1]]
        turned = other if last == password else password
        # The change after the acknowledged one may or may not have happened.
        assert opens(folder, clock, last, key) != opens(folder, clock, turned, key)
        password = last if opens(folder, clock, last, key) else turned
    assert acknowledged > 500
