"""Unpack an archive of strangers within bounds: so many files, bytes, and bytes for each packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from aeapp.domain.rejection import rejected
from aeapp.kernel.files import trouble
from aeapp.kernel.i18n import N_, _
from aeapp.readers.guard import guarded

BEGIN = b"PK\x03\x04"
MAX_PACKED = 200_000_000
MAX_UNPACKED = 200_000_000
MAX_RATIO, MAX_MEMBERS = 100, 10_000
_MAX_DIRECTORY = 4_000_000
_SMALL = 1_000_000
_PIECE = 65_536
_ENCRYPTED = 1
# The record at the end of an archive, and the longest remark behind it.
_END, _END_SIZE, _LONGEST_REMARK = b"PK\x05\x06", 22, 65_535
# Before it, in large archives, a longer record that counts instead, and what points at that.
_LONG_END, _LONG_SIZE, _POINTER, _POINTER_SIZE = b"PK\x06\x06", 56, b"PK\x06\x07", 20


@contextmanager
def checked(
    path: Path,
    largest: int | None = None,
    *,
    members: int | None = None,
    directory: int | None = None,
) -> Iterator[IO[bytes]]:
    """Yield an archive, opened, once its last record says that it is within bounds.

    Raises:
        ImportRejected: It is not, or there is no such record.
        FileTroubleError: It cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise trouble(error) from None
    with file:
        _check_end(file, largest, members=members, directory=directory)
        yield file


@contextmanager
def member_of(path: Path, name: str) -> Iterator[Iterator[bytes]]:
    """Yield the pieces of the one member of an archive whose file name is ``name``.

    Raises:
        ImportRejected: The archive is broken, has no such member, or is larger than this program
            takes.
        FileTroubleError: It cannot be opened.
    """
    where = _("The file")
    with checked(path) as file, guarded(where), zipfile.ZipFile(file) as archive:
        info = _chosen(archive, name)
        with archive.open(info) as member:
            yield _pieces(member)


def names_in(path: Path) -> list[str]:
    """Return the file names in an archive, without their folders.

    Raises:
        ImportRejected: The archive is broken.
        FileTroubleError: It cannot be opened.
    """
    with checked(path) as file, guarded(_("The file")), zipfile.ZipFile(file) as archive:
        return [info.filename.rpartition("/")[2] for info in archive.infolist()]


def _check_end(
    file: IO[bytes],
    largest: int | None = None,
    *,
    members: int | None = None,
    directory: int | None = None,
) -> None:
    """Refuse an archive by its last record, before its list of members is read.

    Args:
        file: The archive.
        largest: Most bytes of it.
        members: Most files in it.
        directory: Most bytes of its list of files.
    """
    largest = MAX_PACKED if largest is None else largest
    most = MAX_MEMBERS if members is None else members
    longest = _MAX_DIRECTORY if directory is None else directory
    size = file.seek(0, io.SEEK_END)
    if size > largest:
        text = _(N_("{path} is larger than {number} MB."))
        raise rejected(_("The file"), text.replace("{number}", str(largest // 1_000_000)))
    file.seek(max(0, size - _END_SIZE - _LONGEST_REMARK - _POINTER_SIZE - _LONG_SIZE))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise _no_archive(file)
    stated = int.from_bytes(tail[at + 10 : at + 12], "little")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    pointer = at - _POINTER_SIZE
    long_end = tail[pointer - _LONG_SIZE : pointer] if pointer >= _LONG_SIZE else b""
    if long_end.startswith(_LONG_END) and tail[pointer:at].startswith(_POINTER):
        stated = max(stated, int.from_bytes(long_end[32:40], "little"))
        size = max(size, int.from_bytes(long_end[40:48], "little"))
    if stated > most or size > longest:
        text = _(N_("{path} holds more than {number} files."))
        raise rejected(_("The file"), text.replace("{number}", f"{most:,}"))
    file.seek(0)


def _no_archive(file: IO[bytes]) -> Exception:
    """Return the refusal of what is no ZIP at all, or one that was cut off."""
    file.seek(0)
    if file.read(2) == b"PK":
        return rejected(_("The file"), N_("{path} is a broken archive."))
    remedy = N_("Choose the ZIP that was meant; nothing was taken from this file.")
    return rejected(_("The file"), N_("{path} is no ZIP archive."), remedy=remedy)


def _chosen(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    found = [info for info in archive.infolist() if info.filename.rpartition("/")[2] == name]
    if len(found) != 1:
        text = _(N_("{path} does not hold one file {name}.")).replace("{name}", name)
        raise rejected(_("The file"), text)
    info = found[0]
    if info.flag_bits & _ENCRYPTED:
        raise rejected(_("The file"), N_("{path} asks for a password."))
    if info.file_size > min(MAX_UNPACKED, max(info.compress_size * MAX_RATIO, _SMALL)):
        raise rejected(_("The file"), N_("{path} unpacks to more than this program takes."))
    return info


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    # The library reads no further than the size stated, and checks the sum of the bytes.
    while piece := member.read(_PIECE):
        yield piece
