"""Write files whole or not at all, and explain why a disk said no."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_


class FileTroubleError(KnownError):
    """A file could not be read or written."""

    code: ClassVar[str] = "file.trouble"


class DiskFullError(FileTroubleError):
    """No room is left on the drive."""

    code = "disk.full"


class PlaceRefusedError(FileTroubleError):
    """The folder or file may not be used by this account."""

    code = "file.refused"


class FileMissingError(FileTroubleError):
    """There is no such file or folder."""

    code = "file.missing"


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_MISSING = (errno.ENOENT, errno.ENOTDIR)
_NO_FILE = (errno.EISDIR,)
_IN_THE_WAY = (errno.EEXIST,)


def trouble(error: OSError) -> FileTroubleError:
    """Return the error for people that ``error`` of the system means."""
    if error.errno in _FULL:
        return DiskFullError(
            N_("The disk is full; nothing was written."),
            remedy=N_("Free some space or choose another drive, then try again."),
        )
    if error.errno in _REFUSED:
        return PlaceRefusedError(
            N_("This place may not be written or read by your account."),
            remedy=N_("Choose another folder, or ask who owns it for access."),
        )
    if error.errno in _MISSING:
        return FileMissingError(
            N_("There is no such file or folder."),
            remedy=N_("Check the path and try again."),
        )
    if error.errno in _NO_FILE:
        return FileMissingError(
            N_("A folder was named where a file is needed."), remedy=N_("Name a file in it.")
        )
    if error.errno in _IN_THE_WAY:
        return PlaceRefusedError(
            N_("A file stands where a folder is needed."), remedy=N_("Name another folder.")
        )
    return FileTroubleError(
        N_("The drive did not answer as expected."),
        remedy=N_("Check that the drive is connected, then try again."),
    )


class PreparedFile:
    """A file written and synced under a temporary name, waiting for its own."""

    def __init__(self, waiting: Path, final: Path) -> None:
        self._waiting, self._final = waiting, final

    def finish(self) -> None:
        """Give the file its name; it stands there whole from now on.

        Raises:
            FileTroubleError: What stood under the name before is still there.
        """
        try:
            self._waiting.replace(self._final)
            _sync_folder(self._final.parent)
        except OSError as error:
            raise trouble(error) from None

    def discard(self) -> None:
        """Remove what was not finished."""
        with suppress(OSError):
            self._waiting.unlink(missing_ok=True)


@contextmanager
def prepared(path: Path, content: bytes) -> Iterator[PreparedFile]:
    """Write ``content`` under a temporary name; ``finish`` inside the block gives it ``path``.

    Raises:
        FileTroubleError: It cannot be written; nothing stands under ``path`` that was not there.
    """
    _refuse_place(path)
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    file = PreparedFile(waiting, path)
    try:
        try:
            _write_synced(waiting, content)
        except OSError as error:
            raise trouble(error) from None
        yield file
    finally:
        file.discard()


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` under a temporary name, sync it, and rename it to ``path``.

    Raises:
        FileTroubleError: Nothing stands under ``path`` that was not there before.
    """
    with prepared(path, content) as file:
        file.finish()


CLINIC_SUFFIX = ".aeclinic"


def _refuse_place(path: Path) -> None:
    if not path.name or path.is_dir():
        raise PlaceRefusedError(
            N_("A folder was named where a file is needed."),
            remedy=N_("Add a file name, then try again."),
        )
    if any(part.endswith(CLINIC_SUFFIX) for part in path.absolute().parts[:-1]):
        raise PlaceRefusedError(
            N_("Nothing may be written into the folder of a clinic."),
            remedy=N_("Choose another folder."),
        )


def _write_synced(path: Path, content: bytes) -> None:
    # An export holds patient data: for its owner only, until the owner decides otherwise.
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_whole(path: Path, limit: int) -> bytes:
    """Return the bytes of ``path``.

    Raises:
        FileTroubleError: It is missing, refused, or larger than ``limit`` bytes.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise trouble(error) from None
    if len(content) > limit:
        raise FileTroubleError(
            N_("The file is larger than this import takes."),
            remedy=N_("Split it into smaller files and import them one by one."),
        )
    return content
