"""Make slots, open them with a password, and decide which copy of the key file counts."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from aeapp.vault import primitives
from aeapp.vault.document import (
    DATA_KEY_BYTES,
    Slot,
    VaultDocument,
    derived_key,
    info,
    sealed_context,
)
from aeapp.vault.errors import VaultDamagedError, WrongPasswordError
from aeapp.vault.files import Copies, Copy, read_copies, write_copies
from aeapp.vault.layout import SALT_BYTES, genuine, slot_context, time_text
from aeapp.vault.parameters import KdfParameters
from aeapp.vault.passwords import password_bytes
from aeapp.vault.primitives import KEY_BYTES, Box, BoxBrokenError
from aeapp.vault.tries import (
    NOBODY,
    Tries,
    clock_went_back,
    count_try,
    refuse_if_waiting,
    restart_wait,
)

DATA_KEY_PURPOSE = "database-key"
PROFILE_PURPOSE = "profile"

_Derivation = Callable[[bytes, KdfParameters], bytes]


class Notice(StrEnum):
    """Something about the key file that was put right, for the trail and the screen."""

    REPAIRED_COPY = "repaired-copy"
    ALTERED_COPY = "altered-copy"
    INTERRUPTED_CHANGE = "interrupted-change"
    ROLLED_BACK_COPY = "rolled-back-copy"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PrivateKeys:
    """The two private keys of a person."""

    x25519: bytes
    ed25519: bytes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Unlocked:
    """An opened copy.

    Attributes:
        copy: The copy that counts.
        slot: The slot that was opened.
        failed_at: Times of the wrong tries since the last opening.
        failed_unknown: Times of tries under names that nobody has, since anybody's last opening.
    """

    copy: Copy
    slot: Slot
    keys: PrivateKeys
    data_key: bytes
    display_name: str
    notices: tuple[Notice, ...]
    failed_at: tuple[dt.datetime, ...]
    failed_unknown: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a slot is for."""

    user_id: str
    user_name: str
    display_name: str


def new_private_keys() -> PrivateKeys:
    """Return fresh keys for a person."""
    return PrivateKeys(
        x25519=secrets.token_bytes(KEY_BYTES), ed25519=secrets.token_bytes(KEY_BYTES)
    )


def new_data_key() -> bytes:
    """Return a fresh database key followed by its salt."""
    return secrets.token_bytes(DATA_KEY_BYTES)


def make_slot(
    person: Person, keys: PrivateKeys, password: str, kdf: KdfParameters, *,
    vault_id: str, data_key: bytes, at: dt.datetime, generation: int,
) -> Slot:  # fmt: skip
    """Return a slot that ``password`` opens."""
    public = primitives.x25519_public(keys.x25519)
    profile_context = sealed_context(vault_id, person.user_id, PROFILE_PURPOSE)
    slot = Slot(
        user_id=person.user_id,
        user_name=person.user_name,
        kdf=kdf,
        salt=secrets.token_bytes(SALT_BYTES),
        x25519_public=public,
        ed25519_public=primitives.ed25519_public(keys.ed25519),
        generation=generation,
        changed_at=time_text(at),
        wrapped=_EMPTY,
        sealed=primitives.seal(
            data_key,
            public,
            sealed_context(vault_id, person.user_id, DATA_KEY_PURPOSE),
            info=info("seal"),
        ),
        profile=primitives.encrypt(
            derived_key(data_key, vault_id, "profile"),
            person.display_name.encode(),
            profile_context,
        ),
    )
    return rewrapped(slot, keys, password, vault_id=vault_id)


_EMPTY = Box(nonce=b"", ciphertext=b"")


def rewrapped(slot: Slot, keys: PrivateKeys, password: str, *, vault_id: str) -> Slot:
    """Return ``slot`` with the private keys under ``password``, bound to its public part."""
    kek = primitives.argon2id(password_bytes(password), slot.salt, slot.kdf)
    box = primitives.encrypt(
        derived_key(kek, vault_id, "wrap"),
        keys.x25519 + keys.ed25519,
        slot_context(slot, vault_id),
    )
    return replace(slot, wrapped=box)


def attempt(folder: Path, user_name: str, password: str, at: dt.datetime) -> Unlocked:
    """Open the vault with a password, counting the try first.

    The caller holds the lock and, having succeeded, writes the file with the count
    taken off.
    """
    copies = read_copies(folder)
    known = any(copy.document.slot_of(user_name) for copy in copies.good)
    counted = user_name if known else NOBODY
    before = copies.newest.tries
    copies = _admitted(folder, copies, counted, at)
    unlocked = _unlock(copies, user_name, password)
    return replace(
        unlocked,
        failed_at=_times(before, user_name),
        failed_unknown=_times(before, NOBODY),
    )


def _times(tries: Tries, name: str) -> tuple[dt.datetime, ...]:
    entry = tries.names.get(name)
    return entry.at if entry else ()


def store(folder: Path, document: VaultDocument, *, last: str) -> None:
    """Write ``document`` to both copies, the one labelled ``last`` after the other."""
    first = "b" if last == "a" else "a"
    write_copies(folder, [(first, document), (last, document)])


def write_tries(folder: Path, copies: Copies, tries: Tries) -> Copies:
    """Put ``tries`` into each copy, leaving the rest of each as it is.

    A damaged copy becomes a second one of the newest: nothing of it could be kept.
    """
    tries = replace(tries, repaired=tuple(sorted({*tries.repaired, *copies.bad})))
    own = {copy.label: copy.document for copy in copies.good}
    documents = [
        (label, replace(own.get(label, copies.newest), tries=tries))
        for label in copies.worth_least_first()
    ]
    write_copies(folder, documents)
    good = tuple(
        replace(copy, document=replace(copy.document, tries=tries)) for copy in copies.good
    )
    return Copies(good=good, bad=())


def _admitted(folder: Path, copies: Copies, name: str, at: dt.datetime) -> Copies:
    """Return the copies with the try counted, or raise where none is allowed now."""
    tries = copies.newest.tries
    if clock_went_back(tries, name, at):
        tries = restart_wait(tries, name, at)
        copies = write_tries(folder, copies, tries)
    refuse_if_waiting(tries, name, at)
    return write_tries(folder, copies, count_try(tries, name, at))


def _unlock(copies: Copies, user_name: str, password: str) -> Unlocked:
    """Return the newest genuine copy that the password opens.

    The data key proves which copies are genuine. An older copy that the password opens
    does not count beside a newer genuine one: that is the old password.
    """
    derive = _derivation(password_bytes(password))
    errors: list[WrongPasswordError | VaultDamagedError] = []
    for index, copy in enumerate(copies.good):
        try:
            unlocked = _open(copy, user_name, derive)
        except (WrongPasswordError, VaultDamagedError) as error:
            errors.append(error)
            continue
        if any(genuine(newer.document, unlocked.data_key) for newer in copies.good[:index]):
            raise WrongPasswordError
        return replace(unlocked, notices=_notices(copies, unlocked))
    raise next((e for e in errors if isinstance(e, VaultDamagedError)), errors[0])


def _derivation(secret: bytes) -> _Derivation:
    """Return the password derivation of one attempt; two equal slots cost one run."""

    @cache
    def derive(salt: bytes, kdf: KdfParameters) -> bytes:
        return primitives.argon2id(secret, salt, kdf)

    return derive


def _open(copy: Copy, user_name: str, derive: _Derivation) -> Unlocked:
    document = copy.document
    slot = document.slot_of(user_name)
    if slot is None:
        # The same work as for a name that exists, so that the time tells nothing.
        derive(document.slots[0].salt, document.slots[0].kdf)
        raise WrongPasswordError
    keys = _unwrapped(slot, document.vault_id, derive(slot.salt, slot.kdf))
    data_key, display_name = _unsealed(slot, document.vault_id, keys)
    if not genuine(document, data_key):
        raise VaultDamagedError
    return Unlocked(
        copy=copy, slot=slot, keys=keys, data_key=data_key, display_name=display_name,
        notices=(), failed_at=(),
    )  # fmt: skip


def _unwrapped(slot: Slot, vault_id: str, kek: bytes) -> PrivateKeys:
    key = derived_key(kek, vault_id, "wrap")
    try:
        both = primitives.decrypt(key, slot.wrapped, slot_context(slot, vault_id))
    except BoxBrokenError:
        raise WrongPasswordError from None
    return PrivateKeys(x25519=both[:KEY_BYTES], ed25519=both[KEY_BYTES:])


def _unsealed(slot: Slot, vault_id: str, keys: PrivateKeys) -> tuple[bytes, str]:
    """Return the data key and the printed name."""
    key_context = sealed_context(vault_id, slot.user_id, DATA_KEY_PURPOSE)
    name_context = sealed_context(vault_id, slot.user_id, PROFILE_PURPOSE)
    try:
        data_key = primitives.unseal(slot.sealed, keys.x25519, key_context, info=info("seal"))
        name_key = derived_key(data_key, vault_id, "profile")
        name = primitives.decrypt(name_key, slot.profile, name_context)
    except BoxBrokenError:
        # The password was right, so this is no typing mistake.
        raise VaultDamagedError from None
    return data_key, name.decode()


def _notices(copies: Copies, unlocked: Unlocked) -> tuple[Notice, ...]:
    found = [Notice.REPAIRED_COPY] if copies.newest.tries.repaired else []
    found += [
        _difference(copy.document, unlocked)
        for copy in copies.good
        if copy.document.generation != unlocked.copy.document.generation
        or not genuine(copy.document, unlocked.data_key)
    ]
    return tuple(found)


def _difference(other: VaultDocument, unlocked: Unlocked) -> Notice:
    if not genuine(other, unlocked.data_key):
        return Notice.ALTERED_COPY
    if unlocked.copy.document.generation - other.generation > 1:
        return Notice.ROLLED_BACK_COPY
    return Notice.INTERRUPTED_CHANGE
