"""The content of the key file as values, and the byte strings its parts are bound to.

Reading and writing JSON is in ``layout``, files on disk are in ``files``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from aeapp.vault import primitives
from aeapp.vault.parameters import KdfParameters
from aeapp.vault.primitives import Box, Seal
from aeapp.vault.tries import Tries

FORMAT = 1
DATA_KEY_BYTES = 48
_INFO = "aeapp.vault.1/"

JsonObject = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What one person needs, besides the password, to open the vault and to sign.

    Attributes:
        salt: Of the password derivation.
        generation: Of the file, when this slot was last written.
        changed_at: When the password was set.
        wrapped: Both private keys, under the password.
        sealed: The data key, for the X25519 key of this slot.
        profile: The printed name, under the data key: it is nobody's business before.
    """

    user_id: str
    user_name: str
    kdf: KdfParameters
    salt: bytes
    x25519_public: bytes
    ed25519_public: bytes
    generation: int
    changed_at: str
    wrapped: Box
    sealed: Seal
    profile: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultDocument:
    """One copy of the key file.

    Attributes:
        generation: Grows with every change that the MAC covers.
        floor: Least cost of a password derivation in this clinic.
        key_check: Tells the right data key from a wrong one.
        recovery: Recovery slots as stored; carried along unread.
        mac: Over everything but itself, the tries and the checksum.
    """

    vault_id: str
    generation: int
    clinic_name: str
    created_at: str
    floor: KdfParameters
    key_check: bytes
    slots: tuple[Slot, ...]
    recovery: tuple[JsonObject, ...]
    mac: bytes
    tries: Tries

    def slot_of(self, user_name: str) -> Slot | None:
        """Return the slot of a login name."""
        return next((s for s in self.slots if s.user_name == user_name), None)


def canonical(value: object) -> bytes:
    """Return the one JSON spelling of ``value``: sorted keys, no spaces, UTF-8."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def info(use: str) -> str:
    """Return the HKDF label of a use."""
    return _INFO + use


def derived_key(data_key: bytes | bytearray, vault_id: str, use: str) -> bytes:
    """Return the key for ``use`` that follows from the data key."""
    return primitives.hkdf(data_key, salt=bytes.fromhex(vault_id), info=info(use))


def sealed_context(vault_id: str, recipient_id: str, purpose: str) -> bytes:
    """Return the associated data of something meant for one recipient."""
    return canonical({"purpose": purpose, "recipient_id": recipient_id, "vault_id": vault_id})


def key_id_of(ed25519_public: bytes) -> str:
    """Return the short name of a signing key."""
    return "k-" + hashlib.sha256(ed25519_public).hexdigest()[:32]


def same(left: bytes, right: bytes) -> bool:
    """Compare without telling by the time how far the two agree."""
    return hmac.compare_digest(left, right)
