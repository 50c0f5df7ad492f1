"""Find the case in a copy for the archive: a file of a stranger until it is proven to be ours."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from typing import Any

import pikepdf

from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_

_CASE = re.compile(r"case(?:-[0-9]{1,4})?\.json")


class NotAnArchiveError(RefusedError):
    """A PDF holds no case of this program."""

    code = "import.no-archive"

    def __init__(self) -> None:
        super().__init__(
            N_("This PDF holds no case: it is no copy for the archive of this program."),
            remedy=N_("Choose a copy for the archive, or a case file (JSON)."),
            option=N_("--copy archive writes such a copy."),
        )


class ArchiveDamagedError(RefusedError):
    """The case inside a copy for the archive is not the one that was put in."""

    code = "import.archive-damaged"

    def __init__(self) -> None:
        super().__init__(
            N_("The case inside this PDF is damaged; nothing was taken in."),
            remedy=N_("Get the file again from where it came from, or use another copy."),
        )


def case_files(content: bytes, limit: int) -> tuple[bytes, ...]:
    """Return the case files inside a PDF, at most ``limit`` bytes of all of them.

    A report holds one; a paper of a session those of all its cases.

    Raises:
        NotAnArchiveError: There is none.
        ArchiveDamagedError: One is not what its own sum says.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            packed = [
                (stream.read_raw_bytes(), bytes(stream.Params.CheckSum))
                for stream in _attached(pdf)
            ]
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ):
        raise NotAnArchiveError from None
    found: list[bytes] = []
    for one, said in packed:
        # Never 0, which would mean without a limit.
        found.append(_unpacked(one, max(1, limit - sum(map(len, found)))))
        if hashlib.md5(found[-1], usedforsecurity=False).digest() != said:
            raise ArchiveDamagedError
    return tuple(found)


def _attached(pdf: pikepdf.Pdf) -> list[Any]:
    out = []
    for spec in pdf.Root.AF:
        stream = spec.EF.F
        ours = _CASE.fullmatch(str(spec.UF)) and spec.AFRelationship == pikepdf.Name.Source
        # Only as we pack it: no other way of packing is ever asked to unpack a stranger's file.
        if ours and stream.Filter == pikepdf.Name.FlateDecode:
            out.append(stream)
    if not out:
        raise NotAnArchiveError
    return out


def _unpacked(packed: bytes, limit: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, limit)
    except zlib.error:
        raise ArchiveDamagedError from None
    if not unpacking.eof:
        raise ArchiveDamagedError
    return found
