"""Two copies: what a damaged, missing, old or newer one does."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from aeapp.vault import (
    Notice,
    OpenVault,
    UnwritableFolderError,
    VaultDamagedError,
    VaultDiskFullError,
    VaultMissingError,
    VaultNewerError,
    VaultUnreadableError,
    WrongPasswordError,
)
from aeapp.vault.errors import write_error
from aeapp.vault.files import read_copies
from aeapp.vault.layout import MAX_BYTES, CopyRefusedError, from_bytes
from tests.vault.support import (
    CLINIC,
    NAME,
    OTHER,
    PASSWORD,
    A,
    B,
    Clock,
    add_person,
    edit,
    edit_both,
    opened,
    rehashed,
    tree_of,
)

FLIPS = 2000
THIRD = "amber lantern under quiet snow"


def restored(folder: Path) -> bool:
    """Whether both copies are whole and the same again."""
    from_bytes((folder / A).read_bytes())
    return (folder / A).read_bytes() == (folder / B).read_bytes()


def test_both_copies_are_the_same_after_every_operation(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    assert restored(folder)
    opened(folder, clock)
    assert restored(folder)
    vault.check_password(PASSWORD)
    assert restored(folder)
    vault.change_password(PASSWORD, OTHER)
    assert restored(folder)
    with pytest.raises(WrongPasswordError):
        opened(folder, clock)
    assert restored(folder)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[:1000]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"}"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "huge": lambda path: path.write_bytes(b" " * (MAX_BYTES + 1)),
    "foreign": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("name", [A, B])
@pytest.mark.parametrize("damage", [d for d in DAMAGE if d != "a folder"])
def test_one_bad_copy_is_replaced_from_the_other(
    vault: OpenVault, folder: Path, clock: Clock, name: str, damage: str
) -> None:
    DAMAGE[damage](folder / name)

    again = opened(folder, clock)

    assert again.database_key() == vault.database_key()
    assert again.notices == (Notice.REPAIRED_COPY,)
    assert restored(folder)
    assert opened(folder, clock).notices == ()


@pytest.mark.parametrize("damage", [d for d in DAMAGE if d not in {"missing", "a folder"}])
def test_two_bad_copies_are_damage_whatever_the_password(
    vault: OpenVault, folder: Path, clock: Clock, damage: str
) -> None:
    for name in (A, B):
        DAMAGE[damage](folder / name)
        before = (folder / name).read_bytes()
    for password in (PASSWORD, "wrong"):
        with pytest.raises(VaultDamagedError):
            opened(folder, clock, password)
    assert (folder / name).read_bytes() == before


def test_two_missing_copies_are_no_clinic(vault: OpenVault, folder: Path, clock: Clock) -> None:
    (folder / A).unlink()
    (folder / B).unlink()
    with pytest.raises(VaultMissingError):
        opened(folder, clock)


def test_one_missing_and_one_damaged_copy_are_damage(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    (folder / A).unlink()
    (folder / B).write_bytes(b"{}")
    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_a_copy_that_cannot_be_read_is_not_called_damaged(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    DAMAGE["a folder"](folder / A)
    (folder / B).unlink()
    with pytest.raises(VaultUnreadableError):
        opened(folder, clock)


def test_a_file_in_the_place_of_the_folder_is_no_clinic(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague")
    with pytest.raises(VaultMissingError):
        opened(tmp_path / "letter.txt", clock)


def test_a_repair_during_wrong_tries_is_reported_at_the_next_opening(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    (folder / B).unlink()
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, "wrong")

    assert restored(folder)
    assert opened(folder, clock).notices == (Notice.REPAIRED_COPY,)


# A change of password that was broken off.


def interrupted(folder: Path, vault: OpenVault, old_copy: str) -> None:
    """Change the password, then put one copy back as it was."""
    before = (folder / old_copy).read_bytes()
    vault.change_password(PASSWORD, OTHER)
    (folder / old_copy).write_bytes(before)


@pytest.mark.parametrize("old_copy", [A, B])
def test_after_one_copy_of_a_change_the_new_password_counts_and_the_program_says_so(
    vault: OpenVault, folder: Path, clock: Clock, old_copy: str
) -> None:
    interrupted(folder, vault, old_copy)

    again = opened(folder, clock, OTHER)

    assert again.database_key() == vault.database_key()
    assert again.notices == (Notice.INTERRUPTED_CHANGE,)
    assert restored(folder)


@pytest.mark.parametrize("old_copy", [A, B])
def test_beside_a_newer_genuine_copy_the_old_password_is_wrong(
    vault: OpenVault, folder: Path, clock: Clock, old_copy: str
) -> None:
    interrupted(folder, vault, old_copy)

    with pytest.raises(WrongPasswordError):
        opened(folder, clock)
    assert opened(folder, clock, OTHER).notices == (Notice.INTERRUPTED_CHANGE,)


@pytest.mark.parametrize("torn", [A, B])
def test_a_change_torn_in_its_first_copy_leaves_the_old_password(
    vault: OpenVault, folder: Path, clock: Clock, torn: str
) -> None:
    before = {name: (folder / name).read_bytes() for name in (A, B)}
    vault.change_password(PASSWORD, OTHER)
    after = (folder / torn).read_bytes()
    for name in (A, B):
        (folder / name).write_bytes(before[name])
    (folder / torn).write_bytes(after[:700] + before[torn][700:])

    assert opened(folder, clock).database_key() == vault.database_key()
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, OTHER)


def test_one_copy_rolled_back_is_noticed_and_its_password_stays_dead(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    old = (folder / A).read_bytes()
    vault.change_password(PASSWORD, OTHER)
    vault.change_password(OTHER, THIRD)
    (folder / A).write_bytes(old)

    with pytest.raises(WrongPasswordError):
        opened(folder, clock)
    again = opened(folder, clock, THIRD)
    assert again.notices == (Notice.ROLLED_BACK_COPY,)
    assert again.generation == 3
    assert restored(folder)


def test_both_copies_rolled_back_show_in_the_generation_only(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    old = (folder / A).read_bytes()
    vault.change_password(PASSWORD, OTHER)
    for name in (A, B):
        (folder / name).write_bytes(old)

    # The caller remembers the highest generation inside the database.
    assert opened(folder, clock).generation < vault.generation


def test_two_people_changing_their_passwords_at_once_both_succeed(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    add_person(folder, vault, clock, "ana.lee", OTHER)
    ana = opened(folder, clock, OTHER, "ana.lee")
    words = {n: f"{THIRD} {n}" for n in range(20)}

    def change(person: OpenVault, first: str, sign: str) -> None:
        for n in range(20):
            person.change_password(first if n == 0 else words[n - 1] + sign, words[n] + sign)

    threads = [
        threading.Thread(target=change, args=(vault, PASSWORD, "x")),
        threading.Thread(target=change, args=(ana, OTHER, "y")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened(folder, clock, words[19] + "x").generation == 42
    assert opened(folder, clock, words[19] + "y", "ana.lee").notices == ()


def test_a_change_made_in_another_window_is_seen(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    other_window = opened(folder, clock)
    other_window.change_password(PASSWORD, OTHER)

    with pytest.raises(WrongPasswordError):
        vault.change_password(PASSWORD, THIRD)
    vault.change_password(OTHER, THIRD)
    assert opened(folder, clock, THIRD).generation == 3


# A newer program.


@pytest.mark.parametrize("names", [(A,), (B,), (A, B)])
def test_a_newer_format_is_named_and_left_alone(
    vault: OpenVault, folder: Path, clock: Clock, names: tuple[str, ...]
) -> None:
    for name in names:
        (folder / name).write_bytes(rehashed({"format": 2, "new": "layout"}))
    before = [(folder / name).read_bytes() for name in (A, B)]

    for look in (
        lambda: opened(folder, clock),
        lambda: vault.change_password(PASSWORD, OTHER),
    ):
        with pytest.raises(VaultNewerError):
            look()
    assert [(folder / name).read_bytes() for name in (A, B)] == before


def test_an_older_format_than_the_first_is_damage(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    edit_both(folder, lambda tree: tree.update(format=0))
    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


# Bits that change by themselves.


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize(("name", "seed"), [(A, 1), (B, 2)])
def test_a_flipped_bit_makes_the_other_copy_be_used(
    vault: OpenVault, folder: Path, clock: Clock, name: str, seed: int
) -> None:
    key = vault.database_key()
    chance = random.Random(seed)
    for _ in range(FLIPS):
        content = (folder / name).read_bytes()
        bit = chance.randrange(8 * len(content))
        (folder / name).write_bytes(flipped(content, bit))

        again = opened(folder, clock)

        assert again.database_key() == key, f"bit {bit}"
        assert again.notices == (Notice.REPAIRED_COPY,), f"bit {bit}"
        assert restored(folder), f"bit {bit}"


def test_every_bit_of_a_copy_is_covered_by_its_checksum(vault: OpenVault, folder: Path) -> None:
    content = (folder / A).read_bytes()
    from_bytes(content)
    for bit in range(8 * len(content)):
        with pytest.raises(CopyRefusedError):
            from_bytes(flipped(content, bit))


def test_flips_in_both_copies_are_damage(vault: OpenVault, folder: Path, clock: Clock) -> None:
    chance = random.Random(3)
    content = (folder / A).read_bytes()
    for _ in range(200):
        for name in (A, B):
            (folder / name).write_bytes(flipped(content, chance.randrange(8 * len(content))))
        with pytest.raises(VaultDamagedError):
            opened(folder, clock)


# A disk that says no.


@pytest.mark.parametrize(
    ("number", "kind", "word"),
    [
        ("ENOSPC", VaultDiskFullError, "full"),
        ("EDQUOT", VaultDiskFullError, "full"),
        ("EFBIG", VaultDiskFullError, "full"),
        ("EROFS", UnwritableFolderError, "cannot be written"),
        ("EACCES", UnwritableFolderError, "cannot be written"),
        ("EPERM", UnwritableFolderError, "cannot be written"),
        ("EIO", UnwritableFolderError, "could not be written"),
    ],
)
def test_each_refusal_of_the_disk_has_a_remedy(number: str, kind: type, word: str) -> None:
    import errno  # noqa: PLC0415

    error = write_error(OSError(getattr(errno, number), "no"))
    assert type(error) is kind
    assert word in error.message
    assert error.remedy


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: Clock) -> None:
    from tests.vault.support import create  # noqa: PLC0415

    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnwritableFolderError):
        create(tmp_path / "file" / "clinic", clock)


def test_a_lock_file_that_cannot_be_made_is_named(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    (folder / "clinic.vault.lock").unlink()
    (folder / "clinic.vault.lock").mkdir()
    with pytest.raises(UnwritableFolderError):
        opened(folder, clock)


def test_looking_without_a_key_writes_nothing(vault: OpenVault, folder: Path) -> None:
    (folder / "clinic.vault.lock").unlink()
    edit(folder / B, lambda tree: tree.update(clinic_name="Somebody else's"))
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    newest = read_copies(folder).newest

    assert [slot.user_name for slot in newest.slots] == [NAME]
    assert newest.clinic_name in {CLINIC, "Somebody else's"}
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_tries_of_the_copy_written_last_count(vault: OpenVault, folder: Path, clock: Clock) -> None:
    before = (folder / A).read_bytes()
    for _ in range(3):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "wrong")
    (folder / A).write_bytes(before)

    with pytest.raises(WrongPasswordError):
        opened(folder, clock, "wrong")
    assert tree_of(folder / A)["tries"]["names"][NAME]["failures"] == 4
