"""The two copies of the key file on disk.

Two copies because overwriting a single one leaves a moment in which a power cut loses
the keys, and with them every record. Whichever copy is worth more is written last.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aeapp.vault.document import VaultDocument
from aeapp.vault.errors import (
    VaultDamagedError,
    VaultExistsError,
    VaultMissingError,
    VaultNewerError,
    VaultUnreadableError,
    write_error,
)
from aeapp.vault.layout import MAX_BYTES, CopyNewerError, CopyRefusedError, from_bytes, to_bytes

COPY_FILES = {"a": "clinic.vault.a", "b": "clinic.vault.b"}
DATABASE_FILE = "clinic.db"
_NEW_FILE = "clinic.vault.new"
_LOCK_FILE = "clinic.vault.lock"
# Windows would otherwise translate line ends, of which there are none, and stop at 0x1A.
_RAW = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A whole copy and which of the two it is."""

    label: str
    document: VaultDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What was found on disk.

    Attributes:
        good: Whole copies, newest first; at least one.
        bad: Labels of copies that are missing or damaged.
    """

    good: tuple[Copy, ...]
    bad: tuple[str, ...]

    @property
    def newest(self) -> VaultDocument:
        """The document that counts, as far as checksums can tell."""
        return self.good[0].document

    def worth_least_first(self) -> tuple[str, ...]:
        """Return the labels in the order in which they may be overwritten."""
        return (*self.bad, *(copy.label for copy in reversed(self.good)))


def read_copies(folder: Path) -> Copies:
    """Return the copies in ``folder``, or say why there is none to work with."""
    contents = {label: _content(folder / name) for label, name in COPY_FILES.items()}
    good, bad = _sorted_out(contents)
    if good:
        return Copies(good=good, bad=bad)
    if any(isinstance(c, OSError) for c in contents.values()):
        raise VaultUnreadableError
    if any(c is not None for c in contents.values()):
        raise VaultDamagedError
    raise VaultMissingError(has_database=(folder / DATABASE_FILE).exists())


def write_copies(folder: Path, documents: Sequence[tuple[str, VaultDocument]]) -> None:
    """Overwrite the copies in the given order, each on the disk before the next begins."""
    with _explained():
        for label, document in documents:
            _overwrite(folder / COPY_FILES[label], to_bytes(document))
        _sync_folder(folder)


def write_first(folder: Path, document: VaultDocument) -> None:
    """Write both copies where there are none; the first appears whole or not at all."""
    with _explained():
        _overwrite(folder / _NEW_FILE, to_bytes(document))
        (folder / _NEW_FILE).replace(folder / COPY_FILES["a"])
        _sync_folder(folder)
        _overwrite(folder / COPY_FILES["b"], to_bytes(document))
        _sync_folder(folder)


def refuse_if_taken(folder: Path) -> None:
    """Raise ``VaultExistsError`` where new keys would take the place of others."""
    if any((folder / name).exists() for name in (*COPY_FILES.values(), DATABASE_FILE)):
        raise VaultExistsError


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make ``folder`` where it is missing, readable by this account alone."""
    with _explained():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes from reading, changing and writing at the same time."""
    with _explained():
        handle = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT | _RAW, 0o600)
    try:
        with _explained():
            _lock(handle)
        yield
    finally:
        # Closing lets go of the lock too.
        os.close(handle)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise write_error(error) from error


def _content(path: Path) -> bytes | OSError | None:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        # A file where the folder should be is somebody else's, not a clinic with a sick disk.
        return None
    except OSError as error:
        return error


def _sorted_out(
    contents: Mapping[str, bytes | OSError | None],
) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    good: list[Copy] = []
    bad: list[str] = []
    for label, content in contents.items():
        try:
            good.append(Copy(label=label, document=_document(content)))
        except CopyRefusedError:
            bad.append(label)
        except CopyNewerError:
            raise VaultNewerError from None
    # Of two equal copies b comes first, so that a is the one written first.
    good.sort(key=lambda c: (c.document.generation, c.document.tries.serial, c.label), reverse=True)
    return tuple(good), tuple(bad)


def _document(content: bytes | OSError | None) -> VaultDocument:
    if not isinstance(content, bytes) or len(content) > MAX_BYTES:
        raise CopyRefusedError
    return from_bytes(content)


def _overwrite(path: Path, content: bytes) -> None:
    # In place, not by renaming: the other copy is the protection, and virus scanners on
    # Windows make renames fail. Shortened last, so that a full disk is met while writing.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _RAW, 0o600)
    try:
        written = 0
        while written < len(content):
            written += os.write(handle, content[written:])
        os.ftruncate(handle, len(content))
        _sync(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover - measured on Linux

    def _lock(handle: int) -> None:
        import msvcrt  # noqa: PLC0415 - exists there only

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _sync(handle: int) -> None:
        os.fsync(handle)

    def _sync_folder(folder: Path) -> None:
        """Do nothing: Windows keeps names by its own journal and opens no folders."""

else:

    def _lock(handle: int) -> None:
        import fcntl  # noqa: PLC0415 - does not exist on Windows

        fcntl.flock(handle, fcntl.LOCK_EX)

    if sys.platform == "darwin":  # pragma: no cover - measured on Linux

        def _sync(handle: int) -> None:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            # fsync there leaves the bytes in the drive's own memory.
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)

    else:

        def _sync(handle: int) -> None:
            os.fsync(handle)

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | _RAW)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
