"""Make a clinic's vault, open it, and look at what its key file shows without a key."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from aeapp.vault import primitives
from aeapp.vault.document import VaultDocument, derived_key
from aeapp.vault.errors import UserNameError, WeakPasswordError
from aeapp.vault.files import (
    Copy,
    locked,
    made_folder,
    read_copies,
    refuse_if_taken,
    write_first,
)
from aeapp.vault.layout import SALT_BYTES, time_text, with_mac
from aeapp.vault.names import clean_text, fold_user_name
from aeapp.vault.opened import OpenVault
from aeapp.vault.parameters import FLOOR, KdfParameters, acceptable, calibrated, program_floor
from aeapp.vault.passwords import weakness_of
from aeapp.vault.tries import NOBODY, Now, Tries, forget_tries, release, utc
from aeapp.vault.unlocking import (
    Person,
    Unlocked,
    attempt,
    make_slot,
    new_data_key,
    new_private_keys,
    store,
    write_tries,
)


def create_vault(
    folder: Path,
    *,
    user_name: str,
    display_name: str,
    password: str,
    clinic_name: str,
    now: Now,
    kdf: KdfParameters | None = None,
) -> OpenVault:
    """Make the key file of a new clinic with its first person, and return it open.

    The folder is made where it is missing. The cost of guessing a password is measured
    on this machine where ``kdf`` is not given.
    """
    clinic = clean_text(clinic_name)
    person = Person(
        user_id=f"u-{secrets.token_hex(8)}",
        user_name=fold_user_name(user_name),
        display_name=clean_text(display_name),
    )
    weakness = weakness_of(password, user_name=person.user_name, clinic_name=clinic)
    if weakness:
        raise WeakPasswordError(weakness)
    with made_folder(folder), locked(folder):
        refuse_if_taken(folder)
        unlocked = _first_state(clinic, person, password, now, kdf or _measured())
        write_first(folder, unlocked.copy.document)
    return OpenVault(folder, unlocked, now)


def open_vault(folder: Path, *, user_name: str, password: str, now: Now) -> OpenVault:
    """Open the vault with one person's password.

    A try is written down before the password is looked at, so a folder that cannot be
    written to cannot be opened.
    """
    name = _known_form(user_name)
    _need_clinic(folder)
    with locked(folder):
        unlocked = attempt(folder, name, password, utc(now))
        document = unlocked.copy.document
        # Tries under names nobody has are told to whoever opens next; the entry never grows.
        document = replace(document, tries=forget_tries(document.tries, name, NOBODY))
        store(folder, document, last=unlocked.copy.label)
    copy = replace(unlocked.copy, document=document)
    return OpenVault(folder, replace(unlocked, copy=copy), now)


def release_lockout(folder: Path, *, user_name: str) -> None:
    """Let a name that is locked after wrong tries be tried again.

    For the administrator. Needs no key: whoever may change the folder could take the
    counter out of the file by hand. The times of the tries are kept and shown at the
    next opening.
    """
    name = fold_user_name(user_name)
    _need_clinic(folder)
    with locked(folder):
        copies = read_copies(folder)
        write_tries(folder, copies, release(copies.newest.tries, name))


def _need_clinic(folder: Path) -> None:
    # Before the lock file is made: a folder that is no clinic is left as it was.
    read_copies(folder)


def _known_form(user_name: str) -> str:
    """Return the folded name; what cannot be a name is treated like an unknown one."""
    try:
        return fold_user_name(user_name)
    except UserNameError:
        return NOBODY


def _measured() -> KdfParameters:
    if program_floor() != FLOOR:
        return program_floor()
    return calibrated(lambda kdf: primitives.argon2id(b"", bytes(SALT_BYTES), kdf))


def _first_state(
    clinic: str, person: Person, password: str, now: Now, kdf: KdfParameters
) -> Unlocked:
    floor = program_floor()
    if not acceptable(kdf, floor):
        msg = "the cost of the password derivation is outside the permitted range"
        raise ValueError(msg)
    vault_id, at = secrets.token_hex(16), utc(now)
    data_key, keys = new_data_key(), new_private_keys()
    slot = make_slot(
        person, keys, password, kdf, vault_id=vault_id, data_key=data_key, at=at, generation=1
    )
    document = VaultDocument(
        vault_id=vault_id,
        generation=1,
        clinic_name=clinic,
        created_at=time_text(at),
        floor=floor,
        key_check=derived_key(data_key, vault_id, "key-check"),
        slots=(slot,),
        recovery=(),
        mac=b"",
        tries=Tries(),
    )
    return Unlocked(
        copy=Copy(label="a", document=with_mac(document, data_key)),
        slot=slot, keys=keys, data_key=data_key, display_name=person.display_name,
        notices=(), failed_at=(),
    )  # fmt: skip
