"""The files of a schema set, from a folder or a ZIP, in memory: none is unpacked to a disk."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from aeapp.domain.rejection import rejected
from aeapp.kernel.files import read_whole, trouble
from aeapp.kernel.i18n import N_, _
from aeapp.readers.archives import checked
from aeapp.readers.guard import guarded

ENDING = ".xsd"
# ICH's set has 55 files of one megabyte.
MAX_FILES, MAX_BYTES = 2_000, 50_000_000
MAX_PACKED, MAX_RATIO, MAX_ENTRIES = 50_000_000, 100, 20_000
_SMALL = 1_000_000
_ENCRYPTED = 1
# What macOS puts beside each file of a ZIP.
_BESIDE = "._"

Stamp = tuple[tuple[str, int, int], ...]


def stamp_of(place: Path) -> Stamp:
    """Return name, size and time of each file of a set; what differs makes it another one.

    Raises:
        ImportRejected: The folder holds more than a set would.
        FileTroubleError: It is not there or cannot be looked at.
    """
    try:
        files = [place] if place.is_file() else _in_folder(place)
        stats = [(str(file), file.stat()) for file in files]
    except OSError as error:
        raise trouble(error) from None
    if sum(stat.st_size for _name, stat in stats) > MAX_BYTES:
        raise _far_too_much()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def files_of(place: Path) -> Mapping[str, bytes]:
    """Return the schema files of a folder or ZIP by their path in it, however deep they lie.

    Raises:
        ImportRejected: The ZIP is broken, asks for a password, names files outside of itself,
            or unpacks to more than a set would.
        FileTroubleError: It cannot be read.
    """
    if place.is_file():
        return _in_zip(place)
    out, left = {}, MAX_BYTES
    for file in _in_folder(place):
        content = read_whole(file, left)
        left -= len(content)
        out[file.relative_to(place).as_posix()] = content
    return out


def _in_folder(folder: Path) -> list[Path]:
    found, seen = [], 0
    for here, inner, names in os.walk(folder):
        seen += len(inner) + len(names)
        found += [Path(here, name) for name in names if _is_schema(name)]
        if seen > MAX_ENTRIES or len(found) > MAX_FILES:
            raise _far_too_much()
    return sorted(found)


def _far_too_much() -> Exception:
    sentence = N_("{path} holds far more than a schema set: name the one that holds it alone.")
    return rejected(_("The place"), sentence)


def _in_zip(path: Path) -> dict[str, bytes]:
    where = _("The file")
    with (
        checked(path, MAX_PACKED, members=MAX_ENTRIES) as file,
        guarded(where),
        zipfile.ZipFile(file) as archive,
    ):
        infos = _wanted(archive.infolist())
        # The library reads no further than the size stated, and checks the sum of the bytes.
        return {info.filename: archive.read(info) for info in infos}


def _wanted(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the schemas of an archive; one that is hostile in any part is refused whole."""
    where, names = _("The file"), [info.filename for info in infos]
    if len(set(names)) < len(names) or not all(map(_stays_inside, names)):
        raise rejected(where, N_("{path} names files outside of itself, or one of them twice."))
    wanted = [i for i in infos if _is_schema(PurePosixPath(i.filename).name)]
    if any(info.flag_bits & _ENCRYPTED for info in wanted):
        raise rejected(where, N_("{path} asks for a password."))
    large = any(i.file_size > max(i.compress_size * MAX_RATIO, _SMALL) for i in wanted)
    whole = sum(info.file_size for info in wanted)
    if large or whole > MAX_BYTES or len(wanted) > MAX_FILES:
        raise rejected(where, N_("{path} unpacks to more than this program takes."))
    return wanted


def _is_schema(name: str) -> bool:
    return name.lower().endswith(ENDING) and not name.startswith(_BESIDE)


def _stays_inside(name: str) -> bool:
    drive = name[1:2] == ":"
    return not (drive or name.startswith("/") or "\\" in name or ".." in name.split("/"))
