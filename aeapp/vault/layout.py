"""Turn one copy of the key file into bytes and back, refusing whatever is not exact.

The layout is described for strangers in ``docs/vault-format.md``; both change together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from aeapp.vault import primitives
from aeapp.vault.document import (
    DATA_KEY_BYTES,
    FORMAT,
    JsonObject,
    Slot,
    VaultDocument,
    canonical,
    derived_key,
    same,
)
from aeapp.vault.parameters import KdfParameters, acceptable, program_floor
from aeapp.vault.primitives import KEY_BYTES, NONCE_BYTES, TAG_BYTES, Box, Seal
from aeapp.vault.tries import NameTries, Tries

MAX_BYTES = 4 * 1024 * 1024
SALT_BYTES = 16
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_OUTSIDE_MAC = {"mac", "sha256", "tries"}
_UNBOUND = {"wrapped", "sealed", "profile"}
_MAX_COUNT = 2**53


class CopyRefusedError(Exception):
    """These bytes are not a whole, unaltered copy of a key file."""


class CopyNewerError(Exception):
    """A whole copy in a format of a later program."""


def time_text(moment: dt.datetime) -> str:
    """Return a UTC time as stored."""
    return moment.strftime(_TIME)


def to_bytes(document: VaultDocument) -> bytes:
    """Return the content of the file."""
    tree = _signed_json(document)
    tree |= {"mac": document.mac.hex(), "tries": _tries_json(document.tries)}
    tree["sha256"] = hashlib.sha256(canonical(tree)).hexdigest()
    return canonical(tree)


def with_mac(document: VaultDocument, data_key: bytes | bytearray) -> VaultDocument:
    """Return ``document`` with the MAC that its content asks for."""
    return replace(document, mac=_mac_of(document, data_key))


def genuine(document: VaultDocument, data_key: bytes | bytearray) -> bool:
    """Return whether ``document`` was written by somebody who had the data key."""
    return same(document.mac, _mac_of(document, data_key)) and same(
        document.key_check, derived_key(data_key, document.vault_id, "key-check")
    )


def slot_context(slot: Slot, vault_id: str) -> bytes:
    """Return the associated data of the wrapped private keys: all that is public in the slot."""
    public = {k: v for k, v in _slot_json(slot).items() if k not in _UNBOUND}
    return canonical({"purpose": "private-keys", "slot": public, "vault_id": vault_id})


def from_bytes(content: bytes) -> VaultDocument:
    """Return the document, or raise ``CopyRefusedError`` or ``CopyNewerError``.

    A right checksum says that the bytes are as somebody wrote them, not who that was.
    """
    try:
        tree = _object(json.loads(content.decode("utf-8")))
        _check_bytes(tree, content)
        _check_format(_count(tree, "format"))
        document = _document(tree)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CopyRefusedError from None
    if not _costs_enough(document):
        raise CopyRefusedError
    return document


def _mac_of(document: VaultDocument, data_key: bytes | bytearray) -> bytes:
    key = derived_key(data_key, document.vault_id, "mac")
    return primitives.mac(key, canonical(_signed_json(document)))


def _check_bytes(tree: dict[str, object], content: bytes) -> None:
    # Spelling it again finds doubled keys, spaces and escapes, which a parser hides.
    if canonical(tree) != content:
        raise ValueError
    rest = {k: v for k, v in tree.items() if k != "sha256"}
    if hashlib.sha256(canonical(rest)).hexdigest() != tree["sha256"]:
        raise ValueError


def _check_format(number: int) -> None:
    if number > FORMAT:
        raise CopyNewerError
    if number != FORMAT:
        raise ValueError


def _costs_enough(document: VaultDocument) -> bool:
    return acceptable(document.floor, program_floor()) and all(
        acceptable(slot.kdf, document.floor) for slot in document.slots
    )


# To JSON.


def _signed_json(document: VaultDocument) -> dict[str, object]:
    """Return everything the MAC covers."""
    return {
        "clinic_name": document.clinic_name,
        "created_at": document.created_at,
        "floor": _kdf_json(document.floor),
        "format": FORMAT,
        "generation": document.generation,
        "key_check": document.key_check.hex(),
        "recovery": list(document.recovery),
        "slots": [_slot_json(slot) for slot in document.slots],
        "vault_id": document.vault_id,
    }


def _slot_json(slot: Slot) -> dict[str, object]:
    return {
        "changed_at": slot.changed_at,
        "ed25519_public": slot.ed25519_public.hex(),
        # A second factor will add entries; a reader must refuse those it does not know.
        "factors": [],
        "generation": slot.generation,
        "kdf": _kdf_json(slot.kdf) | {"algorithm": "argon2id-19", "salt": slot.salt.hex()},
        "profile": _box_json(slot.profile),
        "sealed": _box_json(slot.sealed.box) | {"ephemeral": slot.sealed.ephemeral.hex()},
        "state": "active",
        "user_id": slot.user_id,
        "user_name": slot.user_name,
        "wrapped": _box_json(slot.wrapped),
        "x25519_public": slot.x25519_public.hex(),
    }


def _kdf_json(kdf: KdfParameters) -> dict[str, object]:
    return {"lanes": kdf.lanes, "memory_kib": kdf.memory_kib, "passes": kdf.passes}


def _box_json(box: Box) -> dict[str, object]:
    return {"ciphertext": box.ciphertext.hex(), "nonce": box.nonce.hex()}


def _tries_json(tries: Tries) -> dict[str, object]:
    names = {
        name: {
            "at": [time_text(moment) for moment in entry.at],
            "failures": entry.failures,
            "since": time_text(entry.since),
        }
        for name, entry in tries.names.items()
    }
    return {"names": names, "repaired": list(tries.repaired), "serial": tries.serial}


# From JSON. Anything unexpected raises ValueError, KeyError or TypeError.


def _document(tree: dict[str, object]) -> VaultDocument:
    _only(tree, _SIGNED_KEYS | _OUTSIDE_MAC)
    slots = tuple(_slot(_object(item)) for item in _list(tree, "slots"))
    if not slots or len({s.user_name for s in slots}) < len(slots):
        raise ValueError
    return VaultDocument(
        vault_id=_bytes(tree, "vault_id", 16).hex(),
        generation=_count(tree, "generation"),
        clinic_name=_text(tree, "clinic_name"),
        created_at=_text(tree, "created_at"),
        floor=_kdf(_object(tree["floor"]), set()),
        key_check=_bytes(tree, "key_check", KEY_BYTES),
        slots=slots,
        recovery=tuple(cast("JsonObject", _object(r)) for r in _list(tree, "recovery")),
        mac=_bytes(tree, "mac", KEY_BYTES),
        tries=_tries(_object(tree["tries"])),
    )


_SIGNED_KEYS = {
    "clinic_name", "created_at", "floor", "format", "generation", "key_check", "recovery",
    "slots", "vault_id",
}  # fmt: skip
_SLOT_KEYS = {
    "changed_at", "ed25519_public", "factors", "generation", "kdf", "profile", "sealed",
    "state", "user_id", "user_name", "wrapped", "x25519_public",
}  # fmt: skip


def _slot(tree: dict[str, object]) -> Slot:
    _only(tree, _SLOT_KEYS)
    kdf = _object(tree["kdf"])
    if (tree["factors"], tree["state"], kdf["algorithm"]) != ([], "active", "argon2id-19"):
        # Whoever adds one of these raises the format number too.
        raise ValueError
    sealed = _object(tree["sealed"])
    return Slot(
        user_id=_text(tree, "user_id"),
        user_name=_text(tree, "user_name"),
        kdf=_kdf(kdf, {"algorithm", "salt"}),
        salt=_bytes(kdf, "salt", SALT_BYTES),
        x25519_public=_bytes(tree, "x25519_public", KEY_BYTES),
        ed25519_public=_bytes(tree, "ed25519_public", KEY_BYTES),
        generation=_count(tree, "generation"),
        changed_at=_text(tree, "changed_at"),
        wrapped=_box(_object(tree["wrapped"]), set(), 2 * KEY_BYTES),
        sealed=Seal(
            ephemeral=_bytes(sealed, "ephemeral", KEY_BYTES),
            box=_box(sealed, {"ephemeral"}, DATA_KEY_BYTES),
        ),
        profile=_box(_object(tree["profile"]), set()),
    )


def _kdf(tree: dict[str, object], beside: set[str]) -> KdfParameters:
    _only(tree, {"lanes", "memory_kib", "passes"} | beside)
    return KdfParameters(
        memory_kib=_count(tree, "memory_kib"),
        passes=_count(tree, "passes"),
        lanes=_count(tree, "lanes"),
    )


def _box(tree: dict[str, object], beside: set[str], length: int | None = None) -> Box:
    _only(tree, {"ciphertext", "nonce"} | beside)
    whole = None if length is None else length + TAG_BYTES
    return Box(
        nonce=_bytes(tree, "nonce", NONCE_BYTES),
        ciphertext=_bytes(tree, "ciphertext", whole),
    )


def _tries(tree: dict[str, object]) -> Tries:
    _only(tree, {"names", "repaired", "serial"})
    return Tries(
        serial=_count(tree, "serial"),
        names={k: _name_tries(_object(v)) for k, v in _object(tree["names"]).items()},
        repaired=tuple(_string(label) for label in _list(tree, "repaired")),
    )


def _name_tries(tree: dict[str, object]) -> NameTries:
    _only(tree, {"at", "failures", "since"})
    return NameTries(
        failures=_count(tree, "failures"),
        since=_time(tree["since"]),
        at=tuple(_time(moment) for moment in _list(tree, "at")),
    )


def _only(tree: Mapping[str, object], keys: set[str]) -> None:
    if tree.keys() != keys:
        raise ValueError


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return cast("dict[str, object]", value)


def _list(tree: Mapping[str, object], key: str) -> list[object]:
    value = tree[key]
    if not isinstance(value, list):
        raise TypeError
    return cast("list[object]", value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text(tree: Mapping[str, object], key: str) -> str:
    return _string(tree[key])


def _count(tree: Mapping[str, object], key: str) -> int:
    value = tree[key]
    if type(value) is not int or not 0 <= value <= _MAX_COUNT:
        raise ValueError
    return value


def _bytes(tree: Mapping[str, object], key: str, length: int | None) -> bytes:
    text = _text(tree, key)
    if not _HEX.fullmatch(text) or (length is not None and len(text) != 2 * length):
        raise ValueError
    return bytes.fromhex(text)


def _time(value: object) -> dt.datetime:
    return dt.datetime.strptime(_string(value), _TIME).replace(tzinfo=dt.UTC)
