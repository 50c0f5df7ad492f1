"""An attacker with an editor: any content, the checksum made right, but no key."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.vault import (
    Notice,
    OpenVault,
    VaultDamagedError,
    VaultLockedOutError,
    WrongPasswordError,
)
from aeapp.vault.layout import from_bytes
from tests.vault.support import (
    NAME,
    OTHER,
    PASSWORD,
    A,
    B,
    Clock,
    add_person,
    create,
    edit,
    edit_both,
    opened,
    rehashed,
    tree_of,
)

Step = str | int


def leaves(value: object, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to every value of a tree that holds no other."""
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list) and value:
        for number, part in enumerate(value):
            yield from leaves(part, (*path, number))
    else:
        yield path


def covered(tree: dict) -> list[tuple[Step, ...]]:
    """The ways to all that somebody without a key must not change."""
    # A higher format number is a newer program's: see test_copies.
    return [p for p in leaves(tree) if p[0] not in {"tries", "sha256", "format"}]


def replaced(tree: dict, path: tuple[Step, ...]) -> dict:
    """The tree with another value of the same kind at ``path``."""
    changed = copy.deepcopy(tree)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = other(node[path[-1]])
    return changed


def other(value: object) -> object:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [{}]
    assert isinstance(value, str)
    first = value[:1]
    return ("1" if first != "1" else "2") + value[1:]


@pytest.fixture
def clinic(vault: OpenVault, folder: Path, clock: Clock) -> dict:
    """A file with two people and some tries."""
    add_person(folder, vault, clock, "ana.lee", OTHER)
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, "wrong", "ana.lee")
    return tree_of(folder / A)


def test_no_value_can_be_changed_in_both_copies(
    vault: OpenVault, folder: Path, clock: Clock, clinic: dict
) -> None:
    key = vault.database_key()
    places = covered(clinic)
    assert len(places) > 40
    for place in places:
        content = rehashed(replaced(clinic, place))
        for name in (A, B):
            (folder / name).write_bytes(content)

        with pytest.raises((WrongPasswordError, VaultDamagedError)):
            opened(folder, clock)

    for name in (A, B):
        (folder / name).write_bytes(rehashed(clinic))
    assert opened(folder, clock).database_key() == key


@pytest.mark.parametrize("name", [A, B])
def test_a_value_changed_in_one_copy_leaves_the_other(
    vault: OpenVault, folder: Path, clock: Clock, clinic: dict, name: str
) -> None:
    for place in covered(clinic):
        for each in (A, B):
            (folder / each).write_bytes(rehashed(clinic))
        (folder / name).write_bytes(rehashed(replaced(clinic, place)))

        again = opened(folder, clock)

        assert again.database_key() == vault.database_key(), place
        assert again.notices in {(Notice.ALTERED_COPY,), (Notice.REPAIRED_COPY,)}, place
        assert (folder / A).read_bytes() == (folder / B).read_bytes()
        assert tree_of(folder / A)["slots"] == clinic["slots"]


def test_a_copy_with_a_forged_high_generation_does_not_win(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    edit(folder / A, lambda tree: tree.update(generation=99, clinic_name="Forged"))

    again = opened(folder, clock)

    assert (again.clinic_name, again.generation) == (vault.clinic_name, 1)
    assert again.notices == (Notice.ALTERED_COPY,)
    assert tree_of(folder / A)["generation"] == 1


def test_a_forged_copy_does_not_survive_the_wrong_tries_before_it_is_found(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    edit(folder / A, lambda tree: tree.update(generation=99))
    for _ in range(3):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "wrong")

    assert opened(folder, clock).notices == (Notice.ALTERED_COPY,)


def test_a_copy_that_lost_a_person_keeps_nobody_out(
    vault: OpenVault, folder: Path, clock: Clock, clinic: dict
) -> None:
    edit(folder / A, lambda tree: tree["slots"].pop(0))

    assert opened(folder, clock).notices == (Notice.ALTERED_COPY,)


def swap(tree: dict, *keys: str) -> None:
    one, two = tree["slots"]
    for key in keys:
        one[key], two[key] = two[key], one[key]


@pytest.mark.parametrize(
    "keys",
    [
        ("user_name",),
        ("user_name", "user_id"),
        ("wrapped",),
        ("sealed",),
        ("profile",),
        ("wrapped", "kdf"),
        ("wrapped", "kdf", "sealed"),
        ("wrapped", "kdf", "sealed", "x25519_public", "ed25519_public"),
        ("ed25519_public",),
        ("x25519_public",),
        ("changed_at", "generation"),
    ],
)
def test_parts_of_two_slots_cannot_be_swapped(
    vault: OpenVault, folder: Path, clock: Clock, clinic: dict, keys: tuple[str, ...]
) -> None:
    clock.forward(hours=1)
    vault.change_password(PASSWORD, PASSWORD)
    edit_both(folder, lambda tree: swap(tree, *keys))

    for name in (NAME, "ana.lee"):
        for password in (PASSWORD, OTHER):
            with pytest.raises((WrongPasswordError, VaultDamagedError)):
                opened(folder, clock, password, name)


def test_a_slot_of_another_clinic_does_not_open_this_one(
    vault: OpenVault, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    create(tmp_path / "theirs", clock, OTHER)
    theirs = tree_of(tmp_path / "theirs" / A)["slots"][0]
    edit_both(folder, lambda tree: tree.update(slots=[theirs]))

    with pytest.raises(WrongPasswordError):
        opened(folder, clock, OTHER)


def test_a_slot_brought_with_its_vault_id_is_an_altered_file(
    vault: OpenVault, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    create(tmp_path / "theirs", clock, OTHER)
    theirs = tree_of(tmp_path / "theirs" / A)
    edit_both(
        folder,
        lambda tree: tree.update(slots=theirs["slots"], vault_id=theirs["vault_id"]),
    )

    with pytest.raises(VaultDamagedError):
        opened(folder, clock, OTHER)


def test_an_old_slot_put_back_into_both_copies_is_found(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    old = tree_of(folder / A)["slots"]
    vault.change_password(PASSWORD, OTHER)
    edit_both(folder, lambda tree: tree.update(slots=old))

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_a_recovery_slot_cannot_be_slipped_in(vault: OpenVault, folder: Path, clock: Clock) -> None:
    edit_both(folder, lambda tree: tree["recovery"].append({"recovery_id": "mine"}))
    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_recovery_slots_of_a_later_program_are_carried_along(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from aeapp.vault.files import read_copies  # noqa: PLC0415
    from aeapp.vault.layout import with_mac  # noqa: PLC0415
    from tests.vault.support import save  # noqa: PLC0415

    slot = {"recovery_id": "r-1", "parts": ["é", 1, None, {"deep": True}]}
    document = replace(read_copies(folder).newest, recovery=(slot,))
    save(folder, with_mac(document, bytes.fromhex(vault.database_key())))

    vault.change_password(PASSWORD, OTHER)

    assert opened(folder, clock, OTHER)
    assert tree_of(folder / A)["recovery"] == [slot]


def test_the_low_order_point_is_no_key(vault: OpenVault, folder: Path, clock: Clock) -> None:
    edit_both(folder, lambda tree: tree["slots"][0]["sealed"].update(ephemeral="00" * 32))
    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_counters_can_be_reset_by_hand_and_by_hand_only(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "wrong")
    with pytest.raises(VaultLockedOutError):
        opened(folder, clock)

    # Said in docs/vault-format.md: the counters are not a defence against file access.
    edit_both(folder, lambda tree: tree["tries"]["names"].clear())
    assert opened(folder, clock)


BAD_SHAPES = {
    "unknown key": lambda t: t.update(extra=1),
    "missing key": lambda t: t.pop("recovery"),
    "no slots": lambda t: t.update(slots=[]),
    "two slots of one name": lambda t: t["slots"].append(t["slots"][0]),
    "slots no list": lambda t: t.update(slots={}),
    "slot no object": lambda t: t.update(slots=["x"]),
    "recovery no object": lambda t: t.update(recovery=["x"]),
    "name no text": lambda t: t.update(clinic_name=7),
    "text for number": lambda t: t.update(generation="1"),
    "truth for number": lambda t: t.update(generation=True),
    "negative number": lambda t: t.update(generation=-1),
    "number too large": lambda t: t.update(generation=2**53 + 1),
    "fraction": lambda t: t.update(generation=1.0),
    "upper case hex": lambda t: t.update(mac=t["mac"].replace(t["mac"][0], "F")),
    "half a byte": lambda t: t["slots"][0]["profile"].update(ciphertext="abc"),
    "short key": lambda t: t.update(key_check="00"),
    "short vault id": lambda t: t.update(vault_id="00"),
    "unknown factor": lambda t: t["slots"][0].update(factors=[{"kind": "card"}]),
    "unknown state": lambda t: t["slots"][0].update(state="one-time"),
    "unknown derivation": lambda t: t["slots"][0]["kdf"].update(algorithm="argon2i-19"),
    "extra key in slot": lambda t: t["slots"][0].update(extra=1),
    "extra key in cost": lambda t: t["floor"].update(extra=1),
    "extra key in box": lambda t: t["slots"][0]["wrapped"].update(extra=1),
    "tries no object": lambda t: t.update(tries=[]),
    "extra key in tries": lambda t: t["tries"].update(extra=1),
    "entry of tries": lambda t: t["tries"]["names"].update({"x": {}}),
    "time of tries": lambda t: t["tries"]["names"].update(
        {"x": {"at": ["yesterday"], "failures": 1, "since": "2026-01-01T00:00:00.000000Z"}}
    ),
    "repaired no text": lambda t: t["tries"].update(repaired=[1]),
}


@pytest.mark.parametrize("shape", BAD_SHAPES)
def test_whatever_is_not_exactly_the_layout_is_damage(
    vault: OpenVault, folder: Path, clock: Clock, shape: str
) -> None:
    edit_both(folder, BAD_SHAPES[shape])
    if shape == "upper case hex":
        assert "F" in tree_of(folder / A)["mac"]

    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


@pytest.mark.parametrize(
    "content",
    [b"[]", b"7", b"null", b"[" * 100_000, b'{"a":1,"a":1}', b"\xff\xfe", b'{"a":NaN}',
     b'{"a":"\\ud800"}', b"9" * 5000],
)  # fmt: skip
def test_hostile_json_is_damage(
    vault: OpenVault, folder: Path, clock: Clock, content: bytes
) -> None:
    for name in (A, B):
        (folder / name).write_bytes(content)
    with pytest.raises(VaultDamagedError):
        opened(folder, clock)


def test_a_doubled_key_does_not_hide_behind_the_checksum(vault: OpenVault, folder: Path) -> None:
    content = (folder / A).read_bytes()
    doubled = content.replace(
        b'"generation":1,"key_check"', b'"generation":9,"generation":1,"key_check"'
    )
    assert doubled != content
    (folder / A).write_bytes(doubled)

    from aeapp.vault.files import read_copies  # noqa: PLC0415

    assert read_copies(folder).bad == ("a",)
    assert from_bytes(content).generation == 1
