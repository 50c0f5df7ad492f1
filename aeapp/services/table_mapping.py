"""What the columns of a table of records are, said by a person: looked at, tried, kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aeapp.domain.records import ColumnMapping, Scale
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.draft import (
    RecordDraft,
    draft_of_records,
    meanings_of,
    proposed_records,
)
from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.tables.rows import RecordTable, unread_cells
from aeapp.domain.vitals.intake.table_look import TableLook, look_at
from aeapp.kernel.files import read_whole
from aeapp.services.column_mappings import keep_mapping, kept_mappings, look_of
from aeapp.services.context import WorkContext
from aeapp.services.importing_tables import LONGEST_MAP, RecordFiles

_COMMA = ","


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Looked:
    """A table as it was looked at.

    Attributes:
        draft: What a kept mapping says of its columns, or what their names say.
        kept: The text of the kept mapping; empty for none.
    """

    look: TableLook
    draft: RecordDraft
    kept: str = ""


class TableMappingService:
    """Mappings of the columns of tables of records."""

    def __init__(self, context: WorkContext, files: RecordFiles) -> None:
        self._context, self._files = context, files

    def look(
        self, path: Path, kind: TableKind, scale: Scale | None = None, said: str = ""
    ) -> Looked:
        """Return what a table looks like, by the mapping that is kept for its header if there is.

        Args:
            path: The table.
            kind: What its rows are.
            scale: What was filled in, of a table of scores.
            said: A mapping that was said of another file: it holds for one that has its columns,
                such as the same table with its rows mended.

        Raises:
            ImportRejected: It is no table.
        """
        text = self._files.read(path, _COMMA)
        if said and (found := _fitting(text, said, kind)) is not None:
            return found
        with self._context.new_uow() as uow:
            kept = kept_mappings(uow, kind)
        look, known = look_of(text.encode(), kept, kind)
        if known:
            draft = draft_of_records(known, kind).fitted(look)
            return Looked(look=look, draft=draft, kept=known)
        return Looked(look=look, draft=proposed_records(look, kind, scale))

    def look_again(
        self, path: Path, draft: RecordDraft, scale: Scale | None = None
    ) -> tuple[TableLook, RecordDraft]:
        """Return what a table looks like cut as a draft says, and what its names say then.

        Raises:
            ImportRejected: It is no table so.
        """
        look = look_at(self._files.read(path, _COMMA), draft.separator, draft.header_line)
        return look, proposed_records(look, draft.kind, scale)

    def of_file(self, mapping: Path, kind: TableKind) -> RecordDraft:
        """Return the draft of a file with a mapping.

        Raises:
            ImportRejected: It is none of such a table.
        """
        return draft_of_records(read_whole(mapping, LONGEST_MAP).decode("utf-8", "replace"), kind)

    def unread(self, table: RecordTable, draft: RecordDraft) -> Mapping[str, tuple[str, ...]]:
        """Return, by column of a choice, the cells that cannot be read and need a meaning."""
        today = self._context.today()
        return {
            name: unread_cells(table, name, today)
            for name, item in draft.items.items()
            if meanings_of(draft.kind, item)
        }

    def keep(self, look: TableLook, text: str, kind: TableKind) -> ColumnMapping:
        """Keep a mapping for every table with the header of ``look``."""
        return keep_mapping(self._context, look, text, kind)


def _fitting(text: str, said: str, kind: TableKind) -> Looked | None:
    draft = draft_of_records(said, kind)
    try:
        look = look_at(text, draft.separator, draft.header_line)
    except ImportRejected:
        return None
    taken = {name for name, item in draft.items.items() if item}
    if not taken <= {*look.usable}:
        return None
    return Looked(look=look, draft=draft.fitted(look), kept=said)
