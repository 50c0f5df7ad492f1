"""Open what a clinic loads terms from: a workbook, a CSV, a folder or an archive of MedDRA."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.ctcae import csv_sheet, ctcae_of
from aeapp.domain.coding.meddra import MAX_FILE, READ, meddra_of, refuse_missing
from aeapp.domain.coding.release import Release
from aeapp.domain.rejection import MAX_BYTES, rejected
from aeapp.kernel.files import read_head, read_whole, trouble
from aeapp.kernel.i18n import N_
from aeapp.readers.archives import BEGIN, member_of, names_in
from aeapp.readers.workbook import sheets_of

# Where the maintainer's distribution keeps the files.
_INNER = "MedAscii"


class TerminologyFiles:
    """Reads releases; fulfils the port of that name."""

    def read(self, name: TerminologyName, path: Path, edition: str = "") -> tuple[Release, str]:
        """Return the release that ``path`` holds, and the hash of what was read.

        Raises:
            ImportRejected: It cannot be read; every problem has its file and line.
            FileTroubleError: It cannot be opened.
        """
        if name is TerminologyName.MEDDRA:
            return _meddra(path)
        return _ctcae(path, edition)


def _ctcae(path: Path, edition: str) -> tuple[Release, str]:
    content = read_whole(path, MAX_BYTES)
    sheets = sheets_of(path) if content.startswith(BEGIN) else [csv_sheet(content)]
    return ctcae_of(sheets, edition), hashlib.sha256(content).hexdigest()


def _meddra(path: Path) -> tuple[Release, str]:
    files = _folder(path) if path.is_dir() else _archive(path)
    release = meddra_of(files.__getitem__)
    digest = hashlib.sha256()
    # The same for a folder and for an archive of it.
    for name in READ:
        digest.update(hashlib.sha256(files[name]).digest())
    return release, digest.hexdigest()


def _folder(path: Path) -> dict[str, bytes]:
    try:
        inner = next((p for p in path.iterdir() if p.name.lower() == _INNER.lower()), path)
        there = {p.name.lower(): p for p in inner.iterdir()}
    except OSError as error:
        raise trouble(error) from None
    refuse_missing(there)
    return {name: read_whole(there[name], MAX_FILE) for name in READ}


def _archive(path: Path) -> dict[str, bytes]:
    if read_head(path, len(BEGIN)) != BEGIN:
        raise rejected("MedDRA", N_("The file is neither a folder nor a zip archive."))
    there: dict[str, str] = {}
    for name in names_in(path):
        there.setdefault(name.lower(), name)
    refuse_missing(there)
    return {name: _whole(path, there[name]) for name in READ}


def _whole(path: Path, name: str) -> bytes:
    found: list[bytes] = []
    with member_of(path, name) as pieces:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > MAX_FILE:
                raise rejected(name.lower(), N_("The file is larger than 60 MB."))
            found.append(piece)
    return b"".join(found)
