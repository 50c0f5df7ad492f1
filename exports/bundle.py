"""Files of an inspection bundle: tables as CSV, all in one ZIP with a signed list of hashes.

Equal input gives equal bytes; nothing is held whole that comes line by line.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from aeapp.domain.listings import Cell
from exports.tables.csv_file import csv_lines

_DAY = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.json"


class BundleFiles:
    """Makes tables and packs files."""

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
        """Yield a table as CSV, line by line."""
        return csv_lines(head, rows)

    def packed(
        self, files: Mapping[str, Iterable[bytes]], seal: Callable[[Mapping[str, str]], str]
    ) -> bytes:
        """Return a ZIP of the files in order, and last what ``seal`` makes of their hashes."""
        buffer = io.BytesIO()
        hashes: dict[str, str] = {}
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, parts in files.items():
                hashes[name] = _enter(pack, name, parts)
            _enter(pack, MANIFEST, [seal(hashes).encode()])
        return buffer.getvalue()


def _enter(pack: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with pack.open(info, "w", force_zip64=True) as file:
        for part in parts:
            digest.update(part)
            file.write(part)
    return digest.hexdigest()


__all__ = ["MANIFEST", "BundleFiles"]
