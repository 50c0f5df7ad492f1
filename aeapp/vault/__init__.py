"""Keys of a clinic: the key file, passwords, the database key, signing.

No Qt and no SQL. What the database does with its key, and what a signature is put
under, is decided elsewhere. The layout of the key file is in ``docs/vault-format.md``.
Importing this package is cheap: cryptographic libraries are loaded at first use.
"""

from __future__ import annotations

from aeapp.vault.access import create_vault, open_vault, release_lockout
from aeapp.vault.errors import (
    NoMemoryForKeyError,
    UnwritableFolderError,
    UserNameError,
    VaultClosedError,
    VaultDamagedError,
    VaultDiskFullError,
    VaultExistsError,
    VaultLockedOutError,
    VaultMissingError,
    VaultNewerError,
    VaultTextError,
    VaultUnreadableError,
    Weakness,
    WeakPasswordError,
    WrongPasswordError,
)
from aeapp.vault.names import fold_user_name
from aeapp.vault.opened import OpenVault, verify_signature
from aeapp.vault.parameters import FLOOR, KdfParameters
from aeapp.vault.passwords import weakness_of
from aeapp.vault.unlocking import Notice

__all__ = [
    "FLOOR",
    "KdfParameters",
    "NoMemoryForKeyError",
    "Notice",
    "OpenVault",
    "UnwritableFolderError",
    "UserNameError",
    "VaultClosedError",
    "VaultDamagedError",
    "VaultDiskFullError",
    "VaultExistsError",
    "VaultLockedOutError",
    "VaultMissingError",
    "VaultNewerError",
    "VaultTextError",
    "VaultUnreadableError",
    "WeakPasswordError",
    "Weakness",
    "WrongPasswordError",
    "create_vault",
    "fold_user_name",
    "open_vault",
    "release_lockout",
    "verify_signature",
    "weakness_of",
]
