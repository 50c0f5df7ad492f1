"""A whole clinic as a ZIP: every record as a line of JSON, every table as CSV, every content.

Made piece by piece: no more than some hundred records are held at a time. The list of the files
with their hashes comes last, because only then is it known.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from aeapp.domain.clinic_lines import CONTENTS_SHA256, hash_of_keys
from aeapp.domain.listings import Cell
from exports.tables.csv_file import inert

MANIFEST = "manifest.json"
_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
# Contents go in as they are: one that packs well would look like a bomb to who takes it in.
_CONTENTS = "files/"


class ClinicZip:
    """Writes one ZIP into an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._pack = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._files: list[dict[str, Any]] = []
        self._contents: list[str] = []

    def add(self, name: str, parts: Iterable[bytes], rows: int | None = None) -> None:
        """Write one file of the ZIP; ``rows`` is told of it where it has some."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, _DAY)
        plain = name.startswith(_CONTENTS)
        info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._pack.open(info, "w", force_zip64=True) as member:
            for part in parts:
                digest.update(part)
                size += len(part)
                member.write(part)
        if plain:
            # Its name is its hash: a line for each would make the list longer than all else.
            self._contents.append(name.removeprefix(_CONTENTS))
            return
        told: dict[str, Any] = {"name": name, "size": size, "sha256": digest.hexdigest()}
        self._files.append(told if rows is None else {**told, "rows": rows})

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
        """Yield a table as CSV in UTF-8, in which no text is a formula."""
        yield b"\xef\xbb\xbf"
        yield _line(head)
        for row in rows:
            yield _line(row)

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest with ``facts`` and the list of files."""
        tree = {**facts, CONTENTS_SHA256: hash_of_keys(self._contents), "files": self._files}
        text = json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
        info = zipfile.ZipInfo(MANIFEST, _DAY)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        self._pack.writestr(info, text.encode())

    def close(self) -> None:
        """End the ZIP, finished or given up, while its file is still open."""
        self._pack.close()


def _line(row: Sequence[Cell]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([inert(cell) for cell in row])
    return out.getvalue().encode()
