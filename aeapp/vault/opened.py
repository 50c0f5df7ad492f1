"""An open vault: what the rest of the program may do with the keys of one person."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from pathlib import Path

from aeapp.vault import primitives
from aeapp.vault.document import Slot, VaultDocument, derived_key, key_id_of
from aeapp.vault.errors import VaultClosedError, WeakPasswordError
from aeapp.vault.files import locked
from aeapp.vault.layout import SALT_BYTES, time_text, with_mac
from aeapp.vault.passwords import weakness_of
from aeapp.vault.tries import Now, forget_tries, utc
from aeapp.vault.unlocking import Notice, Unlocked, attempt, rewrapped, store


class OpenVault:
    """The keys of one person in memory, until ``wipe``.

    Attributes:
        notices: What was put right in the key file at opening.
        failed_at: Times of the wrong tries since the last opening, to be shown and kept.
        failed_unknown: The same under names that nobody has, since anybody's last opening.
    """

    def __init__(self, folder: Path, unlocked: Unlocked, now: Now) -> None:
        self.notices: tuple[Notice, ...] = unlocked.notices
        self.failed_at: tuple[dt.datetime, ...] = unlocked.failed_at
        self.failed_unknown: tuple[dt.datetime, ...] = unlocked.failed_unknown
        self._folder = folder
        self._now = now
        self._document = unlocked.copy.document
        self._slot = unlocked.slot
        self._display_name = unlocked.display_name
        # bytearray, because it can be overwritten. Copies made inside the libraries
        # cannot; only ending the process removes those.
        self._data_key = bytearray(unlocked.data_key)
        self._signing_key = bytearray(unlocked.keys.ed25519)
        self._closed = False

    def __repr__(self) -> str:
        return f"<OpenVault {self.vault_id} {self.user_id}>"

    @property
    def vault_id(self) -> str:
        """Name of this vault: 32 hex digits, the same for its whole life."""
        return self._document.vault_id

    @property
    def generation(self) -> int:
        """Number of the file's state, to be remembered where a roll-back would show."""
        return self._document.generation

    @property
    def clinic_name(self) -> str:
        """Name of the clinic."""
        return self._document.clinic_name

    @property
    def user_id(self) -> str:
        """Name of the person's account, never used again for anybody else."""
        return self._slot.user_id

    @property
    def user_name(self) -> str:
        """Login name."""
        return self._slot.user_name

    @property
    def display_name(self) -> str:
        """Printed name."""
        return self._display_name

    @property
    def key_id(self) -> str:
        """Short name of the signing key."""
        return key_id_of(self._slot.ed25519_public)

    @property
    def public_key(self) -> bytes:
        """Ed25519 public key of the person, 32 bytes."""
        return self._slot.ed25519_public

    @property
    def public_keys(self) -> tuple[str, ...]:
        """Ed25519 public keys of everybody who has a slot, hexadecimal."""
        return tuple(slot.ed25519_public.hex() for slot in self._document.slots)

    @property
    def closed(self) -> bool:
        """Whether the keys were wiped."""
        return self._closed

    def database_key(self) -> str:
        """Return the 96 hex digits of the SQLCipher raw key and salt.

        The key was checked against the key file: a database that it does not open is
        damaged or belongs to another clinic.
        """
        return self._key().hex()

    def derive_key(self, purpose: str) -> bytes:
        """Return a 32 byte key that everybody in this clinic shares, for ``purpose``."""
        return derived_key(self._key(), self.vault_id, f"derive/{purpose}")

    def sign(self, message: bytes) -> bytes:
        """Return the person's Ed25519 signature of ``message``.

        Whoever lets a person sign calls ``check_password`` first.
        """
        self._key()
        return primitives.ed25519_sign(self._signing_key, message)

    def check_password(self, password: str) -> None:
        """Raise unless ``password`` is the person's; counts like a login."""
        self._key()
        with locked(self._folder):
            unlocked = self._attempt(password)
            self._keep(self._cleared(unlocked), unlocked)

    def change_password(self, old: str, new: str) -> None:
        """Replace the password. The database key and the signing key stay the same."""
        self._key()
        weakness = weakness_of(new, user_name=self.user_name, clinic_name=self.clinic_name)
        if weakness:
            raise WeakPasswordError(weakness)
        with locked(self._folder):
            unlocked = self._attempt(old)
            document = self._cleared(unlocked)
            slot = self._changed(unlocked, new, document.generation + 1)
            slots = tuple(slot if s == unlocked.slot else s for s in document.slots)
            document = replace(document, slots=slots, generation=slot.generation)
            self._keep(with_mac(document, unlocked.data_key), unlocked)
            self._slot = slot

    def wipe(self) -> None:
        """Overwrite the keys; nothing that needs them works afterwards."""
        for secret in (self._data_key, self._signing_key):
            secret[:] = bytes(len(secret))
        self._closed = True

    def _key(self) -> bytearray:
        if self.closed:
            raise VaultClosedError
        return self._data_key

    def _attempt(self, password: str) -> Unlocked:
        return attempt(self._folder, self.user_name, password, utc(self._now))

    def _cleared(self, unlocked: Unlocked) -> VaultDocument:
        document = unlocked.copy.document
        return replace(document, tries=forget_tries(document.tries, self.user_name))

    def _keep(self, document: VaultDocument, unlocked: Unlocked) -> None:
        store(self._folder, document, last=unlocked.copy.label)
        self._document = document

    def _changed(self, unlocked: Unlocked, password: str, generation: int) -> Slot:
        slot = replace(
            unlocked.slot,
            salt=secrets.token_bytes(SALT_BYTES),
            generation=generation,
            changed_at=time_text(utc(self._now)),
        )
        return rewrapped(slot, unlocked.keys, password, vault_id=self.vault_id)


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether ``signature`` is the one of ``message`` under ``public_key``."""
    return primitives.ed25519_verify(public_key, message, signature)
