"""Write files whole or not at all, and explain why a disk said no."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, ClassVar

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


class FileInUseError(FileTroubleError):
    """Another program holds the file."""

    code = "file.in-use"


class NameTooLongError(FileTroubleError):
    """The drive takes no name or path of this length."""

    code = "file.name-too-long"


class FileThereError(FileTroubleError):
    """A file of that name is there already, and nobody said to replace it."""

    code = "file.there"

    def __init__(self) -> None:
        super().__init__(
            N_("A file of that name is there already; nothing was written."),
            remedy=N_("Choose another name."),
            option=N_("--overwrite replaces the file."),
        )


class FileMissingError(FileTroubleError):
    """There is no such file or folder."""

    code = "file.missing"


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = (errno.EACCES, errno.EPERM)
_READ_ONLY = (errno.EROFS,)
_IN_USE = (errno.EBUSY, errno.ETXTBSY)
_TOO_LONG = (errno.ENAMETOOLONG,)
# What Windows says instead: shared or locked by another process; a path beyond its length.
_WINDOWS = {32: errno.EBUSY, 33: errno.EBUSY, 206: errno.ENAMETOOLONG}
_MISSING = (errno.ENOENT, errno.ENOTDIR)
_NO_FILE = (errno.EISDIR,)
_IN_THE_WAY = (errno.EEXIST,)


# Codes of the system, and what each means to people: what happened, what to do.
_TELLING: tuple[tuple[tuple[int, ...], type[FileTroubleError], str, str], ...] = (
    (
        _FULL,
        DiskFullError,
        N_("The disk is full; nothing was written."),
        N_("Free some space or choose another drive, then try again."),
    ),
    (
        _READ_ONLY,
        PlaceRefusedError,
        N_("This drive can only be read; nothing was written."),
        N_("Choose a folder on another drive."),
    ),
    (
        _REFUSED,
        PlaceRefusedError,
        N_("This place may not be written or read by your account."),
        N_("Choose another folder, or ask who owns it for access."),
    ),
    (
        _IN_USE,
        FileInUseError,
        N_("Another program has this file open."),
        N_("Close it there and try again, or choose another name."),
    ),
    (
        _TOO_LONG,
        NameTooLongError,
        N_("The name of the file, or the path to it, is too long for this drive."),
        N_("Choose a shorter name, or a folder with a shorter path."),
    ),
    (
        _MISSING,
        FileMissingError,
        N_("There is no such file or folder."),
        N_("Check the path and try again."),
    ),
    (
        _NO_FILE,
        FileMissingError,
        N_("A folder was named where a file is needed."),
        N_("Name a file in it."),
    ),
    (
        _IN_THE_WAY,
        PlaceRefusedError,
        N_("A file stands where a folder is needed."),
        N_("Name another folder."),
    ),
)


def trouble(error: OSError) -> FileTroubleError:
    """Return the error for people that ``error`` of the system means."""
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno)
    for codes, kind, message, remedy in _TELLING:
        if code in codes:
            return kind(message, remedy=remedy)
    return FileTroubleError(
        N_("The drive did not answer as expected."),
        remedy=N_("Check that the drive is connected, then try again."),
    )


class PreparedFile:
    """A file written and synced under a temporary name, waiting for its own."""

    def __init__(self, waiting: Path, final: Path, *, overwrite: bool) -> None:
        self._waiting, self._final, self._overwrite = waiting, final, overwrite

    def finish(self) -> None:
        """Give the file its name; it stands there whole from now on.

        Raises:
            FileTroubleError: What stood under the name before is still there.
        """
        _refuse_file(self._final, overwrite=self._overwrite)
        try:
            self._waiting.replace(self._final)
        except PermissionError:
            # Its folder took ours a moment ago, so it is the file that does not give way.
            raise FileInUseError(
                N_("The file that is there is open in another program, or protected."),
                remedy=N_("Close it there and try again, or choose another name."),
            ) from None
        except OSError as error:
            raise trouble(error) from None
        try:
            _sync_folder(self._final.parent)
        except OSError as error:
            raise trouble(error) from None

    def digest(self) -> str:
        """Return the SHA-256 of what was written, read piece by piece.

        Raises:
            FileTroubleError: It cannot be read.
        """
        try:
            with self._waiting.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise trouble(error) from None

    def size(self) -> int:
        """Return how many bytes were written."""
        return self._waiting.stat().st_size

    def discard(self) -> None:
        """Remove what was not finished."""
        with suppress(OSError):
            self._waiting.unlink(missing_ok=True)


Fill = Callable[[BinaryIO], object]


def prepared(
    path: Path, content: bytes | Iterable[bytes], *, overwrite: bool = False
) -> AbstractContextManager[PreparedFile]:
    """Write ``content`` under a temporary name; ``finish`` inside the block gives it ``path``.

    What comes in pieces is written piece by piece, and never whole in memory.

    Raises:
        FileThereError: A file has the name, and ``overwrite`` does not say to replace it.
        FileTroubleError: It cannot be written; nothing stands under ``path`` that was not there.
    """
    pieces = (content,) if isinstance(content, bytes) else content
    return filled(path, lambda file: file.writelines(pieces), overwrite=overwrite)


@contextmanager
def filled(path: Path, fill: Fill, *, overwrite: bool = False) -> Iterator[PreparedFile]:
    """Let ``fill`` write a file under a temporary name; the rest is as in ``prepared``.

    For files that are made piece by piece: none of it is held whole.
    """
    _refuse_place(path)
    _refuse_file(path, overwrite=overwrite)
    # As long as any: a name that the drive takes must not fail because of ours.
    waiting = path.with_name(f".aeapp-{secrets.token_hex(8)}.part")
    file = PreparedFile(waiting, path, overwrite=overwrite)
    try:
        try:
            _write_synced(waiting, fill)
        except OSError as error:
            raise trouble(error) from None
        yield file
    finally:
        file.discard()


def make_folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless it is there; for its owner only.

    Raises:
        FileTroubleError: It cannot be made, or a file stands there.
    """
    _refuse_clinic(path.absolute().parts)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error) from None


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` under a temporary name, sync it, and rename it to ``path``, replacing it.

    Raises:
        FileTroubleError: Nothing stands under ``path`` that was not there before.
    """
    with prepared(path, content, overwrite=True) as file:
        file.finish()


CLINIC_SUFFIX = ".aeclinic"


def is_there(path: Path) -> bool:
    """Tell whether a file can be seen under ``path``; a folder is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _refuse_file(path: Path, *, overwrite: bool) -> None:
    if not overwrite and is_there(path):
        raise FileThereError


def _refuse_place(path: Path) -> None:
    try:
        folder = not path.name or path.is_dir()
    except OSError as error:
        # To look at a name that is too long fails already.
        raise trouble(error) from None
    if folder:
        raise PlaceRefusedError(
            N_("A folder was named where a file is needed."),
            remedy=N_("Add a file name, then try again."),
        )
    _refuse_clinic(path.absolute().parts[:-1])


def _refuse_clinic(parts: Sequence[str]) -> None:
    if any(part.endswith(CLINIC_SUFFIX) for part in parts):
        raise PlaceRefusedError(
            N_("Nothing may be written into the folder of a clinic."),
            remedy=N_("Choose another folder."),
        )


def _write_synced(path: Path, fill: Fill) -> None:
    # An export holds patient data: for its owner only, until the owner decides otherwise.
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        fill(file)
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


def read_head(path: Path, size: int) -> bytes:
    """Return the first ``size`` bytes of ``path``, fewer where it is shorter.

    Raises:
        FileTroubleError: It is missing or refused.
    """
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise trouble(error) from None


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
