"""Write a whole clinic as one ZIP from one view of the database, some hundred records at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from aeapp import __version__
from aeapp.domain.archive import FORMAT as CASE_FORMAT
from aeapp.domain.clinic_lines import FORMAT, line_of, rows_of, tables_of
from aeapp.domain.items import Record
from aeapp.domain.records import ALL_RECORDS
from aeapp.kernel.clock import rfc3339
from aeapp.kernel.progress import Progress
from aeapp.services.clinic_archive import BATCH, Packer
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork

# English in every file, whatever the language of who gives it out.
_TRAIL = (
    "The audit trail, its anchors and the signatures of workstations prove what was done in the "
    "clinic that wrote this file: keep that clinic as long as its trail has to be kept."
)
_KEYS = (
    "Keys, passwords and recovery kits: people are in records/staff.jsonl by name and role, and "
    "each of them needs a new account."
)
_VERSIONS = (
    "Versions before the last one: a record says how many it had; where it is taken in, it begins "
    "at version 1, and the trail there begins with the import."
)
_NUMBERS = (
    "What numbers of entries mean in the register of exports: they are those of the trail that "
    "stayed behind."
)
NOT_TRAVELLING = (_TRAIL, _KEYS, _VERSIONS, _NUMBERS, "What somebody typed and had not saved.")
_README = """A whole clinic, given out by AEApp

records/KIND.jsonl   every record of a kind, one a line, as JSON; this is what is taken in again
tables/KIND.csv      the same as tables for a spreadsheet; [UNK] and the like are reasons for having
                     no value, and a cell that begins with an apostrophe would be a formula
files/SHA256         contents that records name by their hash: attachments, documents, proofs
manifest.json        format, counts, and size and SHA-256 of each file

This file HOLDS NAMES AND HEALTH DATA and is not encrypted. Keep it where nobody else can read it.

What is not in it

{missing}
"""


class Writing:
    """Writes one ZIP from one view of the database.

    Attributes:
        counts: Records by kind that were written.
        contents: How many contents were.
    """

    def __init__(
        self, context: WorkContext, packer: Callable[[BinaryIO], Packer], progress: Progress
    ) -> None:
        self._context, self._packer, self._progress = context, packer, progress
        self.counts: dict[str, int] = {}
        self.contents = 0
        self._done = self._total = 0

    def write(self, file: BinaryIO) -> None:
        """Write everything into ``file``."""
        pack = self._packer(file)
        try:
            self._everything(pack)
        finally:
            pack.close()

    def _everything(self, pack: Packer) -> None:
        with self._context.new_uow() as uow:
            counts = {cls.KIND: uow.records.count(cls.KIND) for cls in ALL_RECORDS}
            keys = uow.blobs.keys()
            passes = {cls.KIND: 1 + len(tables_of(cls)) for cls in ALL_RECORDS}
            self._total = sum(n * passes[kind] for kind, n in counts.items()) + len(keys)
            missing = "\n".join(f"- {sentence}" for sentence in NOT_TRAVELLING)
            pack.add("README.txt", [_README.format(missing=missing).encode()])
            for cls in ALL_RECORDS:
                if counts[cls.KIND]:
                    self._kind(uow, pack, cls, counts[cls.KIND])
            for key in keys:
                self._step(1, "files")
                pack.add(f"files/{key}", [uow.blobs.proven(key)])
        self.contents = len(keys)
        pack.finish({
            "format": FORMAT,
            "case_format": CASE_FORMAT,
            "program": f"aeapp {__version__}",
            "made_at": rfc3339(self._context.clock.now()),
            "practice": bool(self._context.clinic.practice),
            "records": self.counts,
            "contents": self.contents,
            "does_not_travel": list(NOT_TRAVELLING),
        })  # fmt: skip

    def _kind(self, uow: UnitOfWork, pack: Packer, cls: type[Record], count: int) -> None:
        lines = (f"{line_of(record)}\n".encode() for record in self._walk(uow, cls.KIND))
        pack.add(f"records/{cls.KIND}.jsonl", lines, rows=count)
        for table in tables_of(cls):
            rows = (row for one in self._walk(uow, cls.KIND) for row in rows_of(table, one))
            pack.add(f"tables/{table.name}.csv", pack.table(table.columns, rows))
        self.counts[cls.KIND] = count

    def _walk(self, uow: UnitOfWork, kind: str) -> Iterator[Record]:
        for page in uow.records.walk(kind, BATCH):
            self._step(len(page), kind)
            yield from page

    def _step(self, count: int, note: str) -> None:
        self._progress.step(min(self._done, self._total), max(self._total, 1), note)
        self._done += count
