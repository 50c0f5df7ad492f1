from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from aeapp.vault import (
    KdfParameters,
    OpenVault,
    UserNameError,
    VaultClosedError,
    VaultExistsError,
    VaultMissingError,
    VaultTextError,
    Weakness,
    WeakPasswordError,
    WrongPasswordError,
    create_vault,
    open_vault,
    verify_signature,
)
from aeapp.vault.files import read_copies
from tests.vault.support import (
    CLINIC,
    NAME,
    OTHER,
    PASSWORD,
    A,
    B,
    Clock,
    add_person,
    create,
    opened,
)

SCRIPTS = [
    "тихий океан осенью синий",
    "κυανή θάλασσα το φθινόπωρο",
    "البحر أزرق في الخريف دائما",
    "הים כחול מאוד בסתיו הזה",
    "पतझड़ में समुद्र नीला होता है",
    "শরতে সমুদ্র নীল হয়ে যায়",
    "இலையுதிர் காலத்தில் கடல்",
    "ทะเลเป็นสีฟ้าในฤดูใบไม้ร่วง",
    "秋の海はとても青くて静かです本当に",
    "秋天的大海蓝得让人想起从前的夏天",
    "가을바다는아주푸르고고요합니다",
    "შემოდგომაზე ზღვა ლურჯია",
    "Աշնանը ծովը կապույտ է",
    "በመኸር ወቅት ባሕሩ ሰማያዊ ነው",
    "สีฟ้า 🌊🐋⚓ แดง🍁 ร่วง🌾 ลม",
    "Đường về Đà Nẵng mùa thu ấy",
    "𠮷野家の𠮷と申します秋の海青い",
]


def test_a_new_vault_opens_with_its_password_and_gives_the_same_key(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    again = opened(folder, clock)

    assert again.database_key() == vault.database_key()
    assert len(bytes.fromhex(again.database_key())) == 48
    assert (again.vault_id, again.user_id) == (vault.vault_id, vault.user_id)
    assert (again.user_name, again.display_name) == (NAME, "Dana Reyes, RN")
    assert (again.clinic_name, again.generation) == (CLINIC, 1)
    assert (again.notices, again.failed_at) == ((), ())


def test_two_vaults_share_no_key_and_no_name(tmp_path: Path, clock: Clock) -> None:
    one, two = create(tmp_path / "1", clock), create(tmp_path / "2", clock)

    assert one.database_key() != two.database_key()
    assert one.public_key != two.public_key
    assert one.vault_id != two.vault_id
    assert one.user_id != two.user_id
    assert one.key_id != two.key_id


@pytest.mark.parametrize("typed", ["DANA.REYES", " dana.reyes ", "Dana.Reyes"])
def test_case_and_spaces_around_a_login_name_do_not_matter(
    vault: OpenVault, folder: Path, clock: Clock, typed: str
) -> None:
    assert opened(folder, clock, name=typed).user_name == NAME


@pytest.mark.parametrize(
    "password", ["", PASSWORD.upper(), f"{PASSWORD} ", "\ud800" * 20, "x" * 9999]
)
def test_any_other_password_is_wrong(
    vault: OpenVault, folder: Path, clock: Clock, password: str
) -> None:
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, password)


@pytest.mark.parametrize("name", ["nobody.here", "", "no such form", "?", "dana.reyes\0"])
def test_an_unknown_name_is_answered_like_a_wrong_password(
    vault: OpenVault, folder: Path, clock: Clock, name: str
) -> None:
    with pytest.raises(WrongPasswordError) as unknown:
        opened(folder, clock, name=name)
    with pytest.raises(WrongPasswordError) as wrong:
        opened(folder, clock, "not the password")

    assert str(unknown.value) == str(wrong.value)
    assert unknown.value.message == "The name or the password is wrong."


def test_an_unknown_name_costs_the_same_derivation(
    vault: OpenVault, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argon2 import low_level  # noqa: PLC0415

    costs: list[tuple] = []
    real = low_level.hash_secret_raw

    def counted(secret: bytes, salt: bytes, **cost: object) -> bytes:
        costs.append(tuple(sorted((k, str(v)) for k, v in cost.items())))
        return real(secret, salt, **cost)

    monkeypatch.setattr(low_level, "hash_secret_raw", counted)
    for name in (NAME, "nobody.here"):
        with pytest.raises(WrongPasswordError):
            opened(folder, clock, "not the password", name)

    assert len(costs) == 2
    assert costs[0] == costs[1]


@pytest.mark.parametrize("password", SCRIPTS)
def test_passwords_of_every_script_open_in_both_typed_forms(
    folder: Path, clock: Clock, password: str
) -> None:
    key = create(folder, clock, unicodedata.normalize("NFD", password)).database_key()

    assert opened(folder, clock, unicodedata.normalize("NFC", password)).database_key() == key
    assert opened(folder, clock, unicodedata.normalize("NFD", password)).database_key() == key


def test_a_password_of_128_characters_counts_to_its_last_one(folder: Path, clock: Clock) -> None:
    long = "".join(chr(ord("!") + i * 37 % 90) for i in range(128))
    create(folder, clock, long)

    assert opened(folder, clock, long)
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, long[:-1] + "~")


def test_the_file_shows_login_names_and_the_clinic_and_no_printed_name(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    add_person(folder, vault, clock, "ana.lee", OTHER)

    newest = read_copies(folder).newest
    assert {slot.user_name for slot in newest.slots} == {"ana.lee", NAME}
    assert newest.clinic_name == CLINIC
    assert b"Dana" not in (folder / A).read_bytes()


def test_secrets_are_not_in_the_file_nor_in_the_representation(
    vault: OpenVault, folder: Path
) -> None:
    key = vault.database_key()
    content = (folder / A).read_text()

    assert key[:64] not in content
    assert key[64:] not in content
    assert repr(vault) == f"<OpenVault {vault.vault_id} {vault.user_id}>"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission bits")
def test_only_this_account_may_read_the_files(vault: OpenVault, folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert {(folder / n).stat().st_mode & 0o777 for n in (A, B)} == {0o600}


def test_twenty_people_open_the_same_key(vault: OpenVault, folder: Path, clock: Clock) -> None:
    for number in range(19):
        add_person(folder, vault, clock, f"nurse.{number}", f"{OTHER} {number}")

    keys = {
        opened(folder, clock, f"{OTHER} {n}", f"nurse.{n}").database_key() for n in range(19)
    } | {opened(folder, clock).database_key()}
    assert keys == {vault.database_key()}
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, f"{OTHER} 1", "nurse.2")


def test_a_signature_is_checked_with_the_public_key_alone(vault: OpenVault) -> None:
    signature = vault.sign(b"statement")

    assert verify_signature(vault.public_key, b"statement", signature)
    assert not verify_signature(vault.public_key, b"Statement", signature)
    assert not verify_signature(bytes(32), b"statement", signature)
    assert not verify_signature(b"short", b"statement", signature)
    assert not verify_signature(vault.public_key, b"statement", b"")


def test_derived_keys_are_shared_by_the_clinic_and_differ_by_purpose(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    add_person(folder, vault, clock, "ana.lee", OTHER)
    colleague = opened(folder, clock, OTHER, "ana.lee")

    assert colleague.derive_key("anchor") == vault.derive_key("anchor")
    assert vault.derive_key("anchor") != vault.derive_key("backup")
    assert colleague.public_key != vault.public_key
    assert set(colleague.public_keys) == {colleague.public_key.hex(), vault.public_key.hex()}


def test_after_wiping_nothing_works_that_needs_a_key(vault: OpenVault) -> None:
    vault.wipe()
    vault.wipe()

    assert vault.closed
    for use in (
        vault.database_key,
        lambda: vault.sign(b""),
        lambda: vault.derive_key("anchor"),
        lambda: vault.check_password(PASSWORD),
        lambda: vault.change_password(PASSWORD, OTHER),
    ):
        with pytest.raises(VaultClosedError):
            use()


def test_wiping_overwrites_the_keys_in_place(vault: OpenVault) -> None:
    held = [v for v in vars(vault).values() if isinstance(v, bytearray)]
    assert [len(v) for v in held if any(v)] == [48, 32]

    vault.wipe()

    assert [bytes(v) for v in held] == [bytes(48), bytes(32)]


def test_a_changed_password_replaces_the_old_one_and_no_key(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    key, public = vault.database_key(), vault.public_key

    vault.change_password(PASSWORD, OTHER)

    assert vault.generation == 2
    again = opened(folder, clock, OTHER)
    assert (again.database_key(), again.public_key, again.generation) == (key, public, 2)
    assert vault.sign(b"x") == again.sign(b"x")
    with pytest.raises(WrongPasswordError):
        opened(folder, clock)


def test_a_change_leaves_other_people_as_they_were(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    add_person(folder, vault, clock, "ana.lee", OTHER)

    vault.change_password(PASSWORD, "amber lantern under quiet snow")

    assert opened(folder, clock, OTHER, "ana.lee").database_key() == vault.database_key()


def test_a_second_change_follows_the_first(vault: OpenVault, folder: Path, clock: Clock) -> None:
    vault.change_password(PASSWORD, OTHER)
    vault.change_password(OTHER, "amber lantern under quiet snow")

    assert opened(folder, clock, "amber lantern under quiet snow").generation == 3


def test_a_change_needs_the_old_password_and_a_good_new_one(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    with pytest.raises(WrongPasswordError):
        vault.change_password("not the password", OTHER)
    with pytest.raises(WeakPasswordError) as weak:
        vault.change_password(PASSWORD, "short")

    assert weak.value.weakness is Weakness.TOO_SHORT
    assert opened(folder, clock).generation == 1


def test_the_password_of_an_open_vault_can_be_asked_again(vault: OpenVault) -> None:
    vault.check_password(PASSWORD)
    with pytest.raises(WrongPasswordError):
        vault.check_password(OTHER)


def test_a_folder_without_a_clinic_is_named_and_left_alone(tmp_path: Path, clock: Clock) -> None:
    for folder in (tmp_path, tmp_path / "not there"):
        with pytest.raises(VaultMissingError, match="no clinic"):
            opened(folder, clock)
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_its_key_file_is_not_called_empty(
    vault: OpenVault, folder: Path, clock: Clock
) -> None:
    (folder / "clinic.db").touch()
    (folder / A).unlink()
    (folder / B).unlink()

    with pytest.raises(VaultMissingError, match="key file of this clinic is missing"):
        opened(folder, clock)


@pytest.mark.parametrize("name", [A, B, "clinic.db"])
def test_a_new_clinic_never_takes_the_place_of_another(
    folder: Path, clock: Clock, name: str
) -> None:
    folder.mkdir()
    (folder / name).write_bytes(b"something")

    with pytest.raises(VaultExistsError):
        create(folder, clock)
    assert (folder / name).read_bytes() == b"something"


@pytest.mark.parametrize("text", ["", "  ", "two\nlines", "nul\0", "\ud800", "x" * 201])
def test_names_that_cannot_be_printed_are_refused(folder: Path, clock: Clock, text: str) -> None:
    names = {"display_name": "Dana Reyes", "clinic_name": CLINIC}
    for kind in names:
        with pytest.raises(VaultTextError):
            create_vault(
                folder, user_name=NAME, password=PASSWORD, now=clock, **(names | {kind: text})
            )
    assert not folder.exists()


def test_a_weak_password_or_bad_login_name_makes_no_clinic(folder: Path, clock: Clock) -> None:
    rest = {"display_name": "Dana", "clinic_name": CLINIC, "now": clock}
    with pytest.raises(WeakPasswordError):
        create_vault(folder, user_name=NAME, password="too short", **rest)
    with pytest.raises(UserNameError):
        create_vault(folder, user_name="d", password=PASSWORD, **rest)
    assert not folder.exists()


def test_names_of_every_script_come_back_composed(folder: Path, clock: Clock) -> None:
    printed = "Zoë 李小龙 Ḥāfiẓ O’Brien 🌊"
    create_vault(
        folder,
        user_name="zoe",
        display_name=unicodedata.normalize("NFD", printed),
        password=PASSWORD,
        clinic_name="Клиника «Ласточка»",
        now=clock,
    )

    again = open_vault(folder, user_name="zoe", password=PASSWORD, now=clock)
    assert (again.display_name, again.clinic_name) == (printed, "Клиника «Ласточка»")


def test_a_clock_without_a_zone_is_a_mistake_of_the_caller(folder: Path, clock: Clock) -> None:
    clock.at = clock.at.replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        create(folder, clock)


def test_importing_the_package_loads_no_cryptography() -> None:
    code = (
        "import sys, aeapp.vault; "
        "print([m for m in ('cryptography', 'argon2', 'zxcvbn', 'hypothesis') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_tests_may_leave_the_cost_to_the_program(folder: Path, clock: Clock) -> None:
    create_vault(
        folder, user_name=NAME, display_name="D", password=PASSWORD, clinic_name="C C", now=clock
    )
    assert f'"memory_kib":{KdfParameters.for_tests().memory_kib},' in (folder / A).read_text()
