"""Read the ZIP of a whole clinic: a closed list of names, bounds on every size, every hash proved.

No file of the archive is ever written to a disk, so no path in it leads anywhere; a name that is
not one of ours refuses the archive all the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aeapp.domain.clinic_lines import (
    CONTENTS_SHA256,
    FORMAT,
    FORMAT_NUMBER,
    MAX_LINE,
    MAX_MEMBERS,
    MAX_PACKED,
    hash_of_keys,
)
from aeapp.domain.records import BY_KIND
from aeapp.domain.rejection import NewerFormat, rejected
from aeapp.kernel.i18n import N_, _
from aeapp.readers.archives import checked
from aeapp.readers.guard import guarded

MANIFEST = "manifest.json"
MAX_UNPACKED = 100_000_000_000
MAX_MANIFEST = 50_000_000
# As large as any document that is written and kept.
MAX_CONTENT = 500 * 1024 * 1024
# Lines of JSON repeat their keys and pack well; ours reach 40.
MAX_RATIO = 250
_MAX_DIRECTORY = 60_000_000
_SMALL = 1_000_000
_PIECE = 65_536
_ENCRYPTED = 1
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TABLE = re.compile(r"tables/[a-z_]{1,60}(\.[a-z_]{1,60})?\.csv", re.ASCII)
_FORMAT = re.compile(r"aeapp-clinic/([1-9][0-9]{0,8})", re.ASCII)
_RECORDS, _CONTENTS = "records/", "files/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the manifest says of one file of the archive."""

    name: str
    size: int
    sha256: str
    rows: int


@dataclass(slots=True)
class ClinicArchive:
    """An open archive whose list was read and whose names are ours.

    Attributes:
        manifest: The manifest, as it stands.
        sha256: Hash of the manifest, which names the hash of everything else.
        files: What it says of each file, by name; contents are named by their hash.
    """

    pack: zipfile.ZipFile
    manifest: dict[str, Any]
    sha256: str
    files: dict[str, Stated] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind there are, in the order they are taken in."""
        return {
            kind: self.files[name].rows
            for kind in BY_KIND
            if (name := f"{_RECORDS}{kind}.jsonl") in self.files
        }

    def names(self) -> list[str]:
        """Return the names of the files but the manifest."""
        return [name for name in self.pack.NameToInfo if name != MANIFEST]

    def contents(self) -> list[str]:
        """Return the hashes of the contents."""
        names = (name for name in self.pack.NameToInfo if name.startswith(_CONTENTS))
        return [name.removeprefix(_CONTENTS) for name in names]

    def prove(self, name: str) -> None:
        """See that one file is what the manifest says, or its name.

        Raises:
            ImportRejected: It is not.
        """
        for _piece in self._pieces(name):
            pass

    def content(self, key: str) -> bytes:
        """Return one content, proved.

        Raises:
            ImportRejected: It is not what its name says, or larger than any content may be.
        """
        name = f"{_CONTENTS}{key}"
        if self.pack.getinfo(name).file_size > MAX_CONTENT:
            raise rejected(name, N_("{path} is larger than this program takes."))
        return b"".join(self._pieces(name))

    def lines(self, kind: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line of a kind; the hash is proved at the end.

        Raises:
            ImportRejected: A line is too long or no text, or the file is not what was stated.
        """
        name, rest, number = f"{_RECORDS}{kind}.jsonl", b"", 0
        for piece in self._pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > MAX_LINE:
                raise rejected(name, N_("A line of {path} is longer than this program takes."))
            for line in whole:
                number += 1
                yield number, _text(line, name)
        if rest or number != self.files[name].rows:
            raise rejected(name, N_("{path} does not have the lines that the manifest states."))

    def _pieces(self, name: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with guarded(name), self.pack.open(name) as member:
            while piece := member.read(_PIECE):
                digest.update(piece)
                yield piece
        found = digest.hexdigest()
        if name.startswith(_CONTENTS):
            if found != name.removeprefix(_CONTENTS):
                raise rejected(name, N_("{path} is not what its name says."))
        elif found != self.files[name].sha256:
            raise rejected(name, N_("{path} was changed: its hash is not the one stated."))


@contextmanager
def opened(path: Path) -> Iterator[ClinicArchive]:
    """Open the archive of a clinic; no content is read yet.

    Raises:
        ImportRejected: It is no such archive, is broken, or is larger than this program takes.
        FileTroubleError: It cannot be opened.
    """
    with checked(path, MAX_PACKED, members=MAX_MEMBERS, directory=_MAX_DIRECTORY) as file:
        with guarded(_("The file")):
            pack = zipfile.ZipFile(file)
        with pack:
            yield _archive(pack)


def _archive(pack: zipfile.ZipFile) -> ClinicArchive:
    infos = pack.infolist()
    _refuse_hostile(infos)
    raw = _manifest(pack)
    archive = ClinicArchive(pack, _tree(raw), hashlib.sha256(raw).hexdigest())
    _check_format(archive.manifest)
    archive.files = {one.name: one for one in _stated(archive.manifest)}
    if not _is_as_listed(infos, archive):
        raise rejected(MANIFEST, N_("The files of the archive are not those that {path} lists."))
    return archive


def _is_as_listed(infos: list[zipfile.ZipInfo], archive: ClinicArchive) -> bool:
    """Tell whether nothing is missing and nothing more is there than the manifest says.

    Contents may be listed one by one; else one hash stands for all their names, each of which is
    the hash of what it holds.
    """
    here, unlisted = {}, []
    for info in infos:
        if info.filename.startswith(_CONTENTS) and info.filename not in archive.files:
            unlisted.append(info.filename.removeprefix(_CONTENTS))
        elif info.filename != MANIFEST:
            here[info.filename] = info.file_size
    if here != {name: one.size for name, one in archive.files.items()}:
        return False
    stated = archive.manifest.get(CONTENTS_SHA256)
    return not unlisted if stated is None else stated == hash_of_keys(unlisted)


def _refuse_hostile(infos: list[zipfile.ZipInfo]) -> None:
    where, whole = _("The file"), 0
    names = [info.filename for info in infos]
    if len(set(names)) < len(names) or not all(_is_ours(name) for name in names):
        raise rejected(where, N_("{path} holds files that no clinic gives out."))
    for info in infos:
        whole += info.file_size
        if info.flag_bits & _ENCRYPTED:
            raise rejected(where, N_("{path} asks for a password."))
        if whole > MAX_UNPACKED or info.file_size > max(info.compress_size * MAX_RATIO, _SMALL):
            raise rejected(where, N_("{path} unpacks to more than this program takes."))


def _is_ours(name: str) -> bool:
    if name in (MANIFEST, "README.txt") or _TABLE.fullmatch(name):
        return True
    if name.startswith(_CONTENTS):
        return bool(_HEX.fullmatch(name.removeprefix(_CONTENTS)))
    return any(name == f"{_RECORDS}{kind}.jsonl" for kind in BY_KIND)


def _manifest(pack: zipfile.ZipFile) -> bytes:
    with guarded(MANIFEST):
        try:
            info = pack.getinfo(MANIFEST)
        except KeyError:
            raise rejected(
                _("The file"), N_("{path} has no manifest: it is no clinic that was given out.")
            ) from None
        if info.file_size > MAX_MANIFEST:
            raise rejected(MANIFEST, N_("{path} is larger than this program takes."))
        return pack.read(info)


def _tree(raw: bytes) -> dict[str, Any]:
    with guarded(MANIFEST):
        tree = json.loads(raw)
    if not isinstance(tree, dict):
        raise rejected(MANIFEST, N_("{path} holds no object."))
    return tree


def _check_format(manifest: dict[str, Any]) -> None:
    named = manifest.get("format")
    match = _FORMAT.fullmatch(named) if isinstance(named, str) else None
    if match is None:
        text = _(N_("{path} does not name the format {format}."))
        raise rejected(MANIFEST, text.replace("{format}", FORMAT))
    if int(match.group(1)) > FORMAT_NUMBER:
        raise NewerFormat(MANIFEST)


def _stated(manifest: dict[str, Any]) -> Iterator[Stated]:
    listed = manifest.get("files")
    for one in listed if isinstance(listed, list) else ():
        told = one if isinstance(one, dict) else {}
        name, sha256 = told.get("name"), told.get("sha256")
        size, rows = told.get("size"), told.get("rows", 0)
        plain = isinstance(name, str) and isinstance(sha256, str)
        if not plain or type(size) is not int or type(rows) is not int:
            raise rejected(MANIFEST, N_("{path} does not say of each file what it has to say."))
        yield Stated(name=str(name), size=size, sha256=str(sha256), rows=rows)


def _text(line: bytes, name: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise rejected(name, N_("{path} is not UTF-8.")) from None


__all__ = ["ClinicArchive", "opened"]
