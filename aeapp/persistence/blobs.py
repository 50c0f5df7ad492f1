"""Files that belong to records, kept by their SHA-256 inside the encrypted file, each only once.

Attachments, what was sent and signed, proofs of sending, blank official forms: a record, and with
it the trail, holds the hash, so that a changed content shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import sqlalchemy as sa

from aeapp.persistence.schema import BLOB, RECORDS
from aeapp.persistence.store import Run
from aeapp.services.ports import FrozenAlteredError
from aeapp.trail.chain import sha256

_PARTS = next(t for t in RECORDS["report_version"].lines)
# Where a case comes in as a file, the contents of its attachments stay where it was written.
_MAY_BE_ELSEWHERE = (RECORDS["attachment"].table.c.sha256,)
_MUST_BE_HERE = (
    _PARTS.c.sha256,
    RECORDS["approval"].table.c.case_sha256,
    RECORDS["sending"].table.c.proof_sha256,
    RECORDS["sending"].table.c.document_sha256,
    RECORDS["official_form"].table.c.sha256,
)


class SqlBlobs:
    """The contents as one transaction sees them; they are added and read, never changed."""

    def __init__(self, run: Run, lock: Callable[[], None]) -> None:
        self._run, self._lock = run, lock

    def put(self, content: bytes) -> str:
        """Keep ``content`` unless it is kept already; return its hash as hex digits."""
        key = sha256(content).hex()
        self._lock()
        if not self.holds(key):
            self._run(sa.insert(BLOB), {"sha256": key, "content": content})
        return key

    def holds(self, key: str) -> bool:
        """Tell whether the content is here."""
        return self._run(sa.select(BLOB.c.sha256).where(BLOB.c.sha256 == key)).first() is not None

    def get(self, key: str) -> bytes | None:
        """Return a content as it is stored, or None; who asks compares it with its hash."""
        found = self._run(sa.select(BLOB.c.content).where(BLOB.c.sha256 == key)).scalar()
        return None if found is None else bytes(found)

    def keys(self) -> list[str]:
        """Return the hash of every content, in order."""
        return list(self._run(sa.select(BLOB.c.sha256).order_by(BLOB.c.sha256)).scalars())

    def proven(self, key: str) -> bytes:
        """Return the content of this hash.

        Raises:
            FrozenAlteredError: There is none, or it has another hash.
        """
        content = self.get(key)
        if content is None or sha256(content).hex() != key:
            raise FrozenAlteredError
        return content


def look_over_blobs(connection: sa.Connection) -> tuple[bool, str]:
    """Hash every content again, and hold it against what names it."""
    here = set(connection.execute(sa.select(BLOB.c.sha256)).scalars())
    elsewhere, needed = _named(connection, _MAY_BE_ELSEWHERE), _named(connection, _MUST_BE_HERE)
    faults = (
        *(f"the content {key[:16]} is not as it was kept" for key in _altered(connection, here)),
        *(
            f"the content {key[:16]} belongs to nothing"
            for key in sorted(here - elsewhere - needed)
        ),
        *(f"the content {key[:16]} is missing" for key in sorted(needed - here)),
    )
    if faults:
        return False, faults[0]
    absent = len(elsewhere - here)
    return True, f"{len(here)} contents as kept" + (f", {absent} not here" if absent else "")


def _altered(connection: sa.Connection, keys: Iterable[str]) -> Iterator[str]:
    # One at a time in memory: a document may have many megabytes.
    one = sa.select(BLOB.c.content).where(BLOB.c.sha256 == sa.bindparam("key"))
    for key in sorted(keys):
        if sha256(bytes(connection.execute(one, {"key": key}).scalar_one())).hex() != key:
            yield key


def _named(connection: sa.Connection, columns: Iterable[sa.Column[str]]) -> set[str]:
    found: set[str] = set()
    for column in columns:
        found |= {key for key in connection.execute(sa.select(column)).scalars() if key}
    return found
