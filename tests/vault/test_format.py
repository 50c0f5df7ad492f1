"""docs/vault-format.md is enough to open a vault: by other lines, without the package."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aeapp.vault import OpenVault, WrongPasswordError
from tests.vault.support import (
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

PAGE = Path(__file__).resolve().parents[2] / "docs" / "vault-format.md"


def canonical(value: object) -> bytes:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def hkdf(ikm: bytes, salt: bytes, info: str) -> bytes:
    extracted = hmac.digest(salt, ikm, "sha256")
    return hmac.digest(extracted, info.encode() + b"\x01", "sha256")


def unbox(key: bytes, box: dict, context: object) -> bytes:
    nonce, ciphertext = bytes.fromhex(box["nonce"]), bytes.fromhex(box["ciphertext"])
    return AESGCM(key).decrypt(nonce, ciphertext, canonical(context))


def private_keys(document: dict, slot: dict, password: str) -> bytes:
    """Steps 2 to 5."""
    kdf = slot["kdf"]
    kek = hash_secret_raw(
        unicodedata.normalize("NFC", password).encode("utf-8"),
        bytes.fromhex(kdf["salt"]),
        time_cost=kdf["passes"],
        memory_cost=kdf["memory_kib"],
        parallelism=kdf["lanes"],
        hash_len=32,
        type=Type.ID,
        version=19,
    )
    public = {k: v for k, v in slot.items() if k not in {"wrapped", "sealed", "profile"}}
    return unbox(
        hkdf(kek, bytes.fromhex(document["vault_id"]), "aeapp.vault.1/wrap"),
        slot["wrapped"],
        {"purpose": "private-keys", "slot": public, "vault_id": document["vault_id"]},
    )


def data_key(document: dict, slot: dict, private: bytes) -> bytes:
    """Step 6."""
    sealed = slot["sealed"]
    ephemeral = bytes.fromhex(sealed["ephemeral"])
    shared = X25519PrivateKey.from_private_bytes(private).exchange(
        X25519PublicKey.from_public_bytes(ephemeral)
    )
    salt = ephemeral + bytes.fromhex(slot["x25519_public"])
    return unbox(
        hkdf(shared, salt, "aeapp.vault.1/seal"), sealed, context(document, slot, "database-key")
    )


def context(document: dict, slot: dict, purpose: str) -> dict:
    return {
        "purpose": purpose,
        "recipient_id": slot["user_id"],
        "vault_id": document["vault_id"],
    }


def test_a_stranger_opens_the_vault_by_the_page(folder: Path, clock: Clock) -> None:
    password = "zwölf Boxkämpfer jagen Viktor"
    vault = create(folder, clock, unicodedata.normalize("NFD", password))
    add_person(folder, vault, clock, "ana.lee", OTHER)
    vault.change_password(password, PASSWORD)
    content = (folder / A).read_bytes()
    document = json.loads(content)
    vid = bytes.fromhex(document["vault_id"])

    assert canonical(document) == content
    without = {k: v for k, v in document.items() if k != "sha256"}
    assert hashlib.sha256(canonical(without)).hexdigest() == document["sha256"]
    for slot, word in zip(document["slots"], (PASSWORD, OTHER), strict=True):
        both = private_keys(document, slot, word)
        key = data_key(document, slot, both[:32])

        assert key.hex() == vault.database_key()
        assert hkdf(key, vid, "aeapp.vault.1/key-check").hex() == document["key_check"]
        signed = {k: v for k, v in without.items() if k not in {"mac", "tries"}}
        mac = hmac.digest(hkdf(key, vid, "aeapp.vault.1/mac"), canonical(signed), "sha256")
        assert mac.hex() == document["mac"]
        public = Ed25519PrivateKey.from_private_bytes(both[32:]).public_key().public_bytes_raw()
        assert public.hex() == slot["ed25519_public"]

        name_key = hkdf(key, vid, "aeapp.vault.1/profile")
        printed = unbox(name_key, slot["profile"], context(document, slot, "profile")).decode()
        person = opened(folder, clock, word, slot["user_name"])
        assert (printed, slot["user_id"]) == (person.display_name, person.user_id)
        assert "k-" + hashlib.sha256(public).hexdigest()[:32] == person.key_id
        assert hkdf(key, vid, "aeapp.vault.1/derive/anchor") == person.derive_key("anchor")
        Ed25519PrivateKey.from_private_bytes(both[32:]).public_key().verify(
            person.sign(b"statement"), b"statement"
        )


def test_the_database_opens_with_the_raw_key_and_with_no_other(
    vault: OpenVault, folder: Path
) -> None:
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    path = folder / "clinic.db"
    key = vault.database_key()

    def rows(digits: str) -> list:
        connection = dbapi2.connect(path)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{digits}'\"")
            connection.execute("CREATE TABLE IF NOT EXISTS t (x TEXT) STRICT")
            connection.commit()
            return connection.execute("SELECT count(*) FROM t").fetchall()
        finally:
            connection.close()

    assert rows(key) == [(0,)]
    assert path.read_bytes()[:16].hex() == key[64:]
    with pytest.raises(dbapi2.DatabaseError):
        rows("0" * 64 + key[64:])


def test_the_page_names_every_key_of_the_file(vault: OpenVault, folder: Path, clock: Clock) -> None:
    with pytest.raises(WrongPasswordError):
        opened(folder, clock, "wrong")
    page = PAGE.read_text(encoding="utf-8")

    keys = keys_of(json.loads((folder / B).read_bytes())) - {NAME}
    assert len(keys) > 30
    assert [k for k in keys if f"`{k}`" not in page and f'"{k}"' not in page] == []


def keys_of(value: object) -> set[str]:
    """Every key in a tree."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    return set()
