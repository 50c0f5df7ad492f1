"""Tables of filled scales with a mapping, as workbooks, and with what is wrong beside each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from aeapp.domain.records import Scale
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.scales.score_table import is_known
from aeapp.domain.tables.record_map import PROBLEM, TableKind
from aeapp.domain.tables.rows import RecordTable, read_table, told_by, unread_table
from aeapp.domain.tables.scores import score_text
from aeapp.services.context import WorkContext
from aeapp.services.importing_tables import Mapped, RecordFiles, TableImportService, refuse_wrong
from aeapp.services.scale_files import ImportedScores, ScaleFileService, ScoresPlan

# Every row of the largest table.
_ALL = 1_000_000


@dataclass(slots=True, repr=False)
class ScoreTablePlan:
    """A table of scores that was read and is not stored.

    Attributes:
        done: What would happen; None while a row has a problem.
    """

    table: RecordTable
    plan: ScoresPlan | None = None
    done: ImportedScores | None = None


class ScoreTableService:
    """Tables of filled scales."""

    def __init__(
        self,
        context: WorkContext,
        files: RecordFiles,
        tables: TableImportService,
        scale_files: ScaleFileService,
    ) -> None:
        self._context, self._files = context, files
        self._tables, self._scale_files = tables, scale_files

    def plan(
        self, path: Path, scale: Scale, mapping: Mapped = None, *, new_patients: bool = False
    ) -> ScoreTablePlan:
        """Read a table and say what would become of each row; nothing is changed.

        Raises:
            ImportRejected: The table or the mapping cannot be read at all.
        """
        columns = self._tables.mapping(mapping, TableKind.SCORES)
        text = self._files.read(path, columns.separator if columns else ",")
        if columns is None:
            table = unread_table(text, TableKind.SCORES, lambda name: is_known(name, scale))
        else:
            zone, today = self._context.clinic.time_zone, self._context.today()
            table = read_table(text, TableKind.SCORES, columns, zone, today)
            text = score_text(table)
        planned = ScoreTablePlan(table)
        try:
            planned.plan = self._scale_files.plan_text(
                text, scale, new_patients=new_patients, most=_ALL
            )
            done = self._scale_files.apply(planned.plan, apply=False, most=_ALL)
        except ImportRejected as refusal:
            told_by(table, refusal)
            return planned
        if not table.bad:
            left_out = tuple(name for name in done.left_out if name != PROBLEM)
            planned.done = replace(done, left_out=(*table.left_out, *left_out))
        return planned

    def apply(self, planned: ScoreTablePlan) -> ImportedScores:
        """Store the scores of a plan, all or none.

        Raises:
            ImportRejected: A row has a problem.
        """
        refuse_wrong(planned.table)
        assert planned.plan is not None  # noqa: S101 - without a problem there is one
        assert planned.done is not None  # noqa: S101 - likewise
        stored = self._scale_files.apply(planned.plan)
        return replace(stored, left_out=planned.done.left_out)
