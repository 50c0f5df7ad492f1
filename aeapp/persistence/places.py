"""Look at the folder of a clinic before a database is opened in it.

SQLite's own words for these cases do not tell them apart.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from pathlib import Path

from aeapp.persistence.errors import (
    DamagedError,
    NoClinicError,
    NotAClinicError,
    UnsafePlaceError,
    WrongKeyError,
    translated,
)

_SYNCHRONISED = ("onedrive", "dropbox", "icloud", "mobile documents", "google drive", "nextcloud")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "afpfs", "webdav"}

PAGE = 4096
_MAC_SIZE, _SALT_SIZE = 64, 16
_PLAIN = b"SQLite format 3\x00"


def assert_safe(folder: Path) -> None:
    """Refuse places where write-ahead logging does not work or files change behind our back.

    Raises:
        UnsafePlaceError: A network drive or a synchronised folder.
    """
    parts = [part.casefold() for part in folder.absolute().parts]
    if any(part.startswith(_SYNCHRONISED) for part in parts):
        raise UnsafePlaceError
    if _file_system(folder.absolute()) in _NETWORK:
        raise UnsafePlaceError


def _file_system(folder: Path) -> str:
    """Return the type of the file system that holds ``folder``; "" where it cannot be told."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, found = "", ""
    for line in mounts.read_text("utf-8", errors="replace").splitlines():
        _device, place, kind, *_rest = line.split(" ")
        place = place.encode().decode("unicode_escape")
        inside = f"{folder}/".startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):
            best, found = place, kind
    return found


def assert_writable(folder: Path, file: Path) -> None:
    """Try to write beside and into the database.

    Raises:
        ReadOnlyError, DiskFullError, NoClinicError: What the system said to it.
    """
    with translated():
        handle, name = tempfile.mkstemp(prefix=".try-", dir=folder)
        os.close(handle)
        Path(name).unlink()
        if file.exists():
            with file.open("r+b"):
                pass


def assert_looks_encrypted(file: Path) -> None:
    """Refuse files that cannot be an encrypted database, whatever the key.

    Raises:
        NoClinicError, NotAClinicError, DamagedError: Missing, plain, or of a wrong size.
    """
    if not file.is_file():
        raise NoClinicError
    with file.open("rb") as handle:
        if handle.read(len(_PLAIN)) == _PLAIN:
            raise NotAClinicError
    size = file.stat().st_size
    if size == 0 or size % PAGE:
        raise DamagedError


def assert_salt(file: Path, key: str) -> None:
    """Compare the salt in the file, which SQLCipher does not look at, with that of the key.

    Raises:
        WrongKeyError, DamagedError: As the rest of the file says.
    """
    with file.open("rb") as handle:
        if handle.read(_SALT_SIZE) != bytes.fromhex(key[64:]):
            raise why_unreadable(file, key)


def why_unreadable(file: Path, key: str) -> WrongKeyError | DamagedError:
    """Tell a wrong key from a damaged file, which SQLCipher answers with the same words.

    Any page that authenticates under the key proves the key right and the file damaged.
    """
    raw, salt = bytes.fromhex(key[:64]), bytes.fromhex(key[64:])
    mac_key = hashlib.pbkdf2_hmac("sha512", raw, bytes(b ^ 0x3A for b in salt), 2, 32)
    with file.open("rb") as handle:
        for number in range(1, file.stat().st_size // PAGE + 1):
            page = handle.read(PAGE)
            start = _SALT_SIZE if number == 1 else 0
            counted = page[start:-_MAC_SIZE] + number.to_bytes(4, "little")
            if hmac.digest(mac_key, counted, "sha512") == page[-_MAC_SIZE:]:
                return DamagedError()
    return WrongKeyError()
