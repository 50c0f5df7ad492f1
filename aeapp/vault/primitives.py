"""The few cryptographic operations the vault is made of, each a call into a library.

Libraries are imported inside the functions, because the package is imported long before
anybody logs in.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from aeapp.vault.errors import NoMemoryForKeyError
from aeapp.vault.parameters import KdfParameters

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class BoxBrokenError(Exception):
    """The key is not the one, or the bytes or their context were changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """AES-256-GCM output; the tag is the end of the ciphertext."""

    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A box that only the owner of an X25519 key can open."""

    ephemeral: bytes
    box: Box


def argon2id(password: bytes, salt: bytes, parameters: KdfParameters) -> bytes:
    """Return the 32 byte key a password stands for."""
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            password,
            salt,
            time_cost=parameters.passes,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
            version=19,
        )
    except HashingError:
        # With parameters in range the library fails for want of memory or threads only.
        raise NoMemoryForKeyError from None


def hkdf(secret: bytes | bytearray, *, salt: bytes, info: str) -> bytes:
    """Return 32 bytes derived from ``secret`` for the use named by ``info``."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode()).derive(secret)


def mac(key: bytes, message: bytes) -> bytes:
    """Return the HMAC-SHA256 of ``message``."""
    return hmac.digest(key, message, hashlib.sha256)


def encrypt(key: bytes, plaintext: bytes | bytearray, context: bytes) -> Box:
    """Encrypt under a fresh nonce, bound to ``context``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return Box(nonce=nonce, ciphertext=AESGCM(key).encrypt(nonce, plaintext, context))


def decrypt(key: bytes, box: Box, context: bytes) -> bytes:
    """Return the plaintext, or raise ``BoxBrokenError``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(box.nonce, box.ciphertext, context)
    except InvalidTag:
        raise BoxBrokenError from None


def x25519_public(private: bytes) -> bytes:
    """Return the public half of an X25519 key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(plaintext: bytes | bytearray, recipient: bytes, context: bytes, *, info: str) -> Seal:
    """Encrypt so that only the owner of the X25519 key ``recipient`` can read."""
    private = secrets.token_bytes(KEY_BYTES)
    ephemeral = x25519_public(private)
    key = _shared_key(private, recipient, salt=ephemeral + recipient, info=info)
    return Seal(ephemeral=ephemeral, box=encrypt(key, plaintext, context))


def unseal(sealed: Seal, private: bytes, context: bytes, *, info: str) -> bytes:
    """Return what was sealed to the owner of ``private``, or raise ``BoxBrokenError``."""
    salt = sealed.ephemeral + x25519_public(private)
    key = _shared_key(private, sealed.ephemeral, salt=salt, info=info)
    return decrypt(key, sealed.box, context)


def _shared_key(private: bytes, public: bytes, *, salt: bytes, info: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        peer = X25519PublicKey.from_public_bytes(public)
        shared = X25519PrivateKey.from_private_bytes(private).exchange(peer)
    except ValueError:
        # A point of low order: nobody honest makes one.
        raise BoxBrokenError from None
    return hkdf(shared, salt=salt, info=info)


def ed25519_public(private: bytes | bytearray) -> bytes:
    """Return the public half of an Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def ed25519_sign(private: bytes | bytearray, message: bytes) -> bytes:
    """Return the 64 byte signature of ``message``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether ``signature`` is that of ``message``; malformed input is just not it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
