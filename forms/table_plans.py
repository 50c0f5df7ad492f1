"""What taking a table in would do, whatever its rows are: made on a thread, told in lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aeapp.domain.records import Scale
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.tables.rows import RecordTable
from aeapp.domain.vitals.intake.tabular import place_of
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.importing_scores import ScoreTablePlan
from aeapp.services.importing_tables import TablePlan
from aeapp.services.scale_files import ImportedScores

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """What a person asked of a table.

    Attributes:
        mapping: What the columns are; empty where they are called like the items.
        lenient: Rows of what is known here otherwise are left alone; of scores, codes that are not
            known here get a patient.
    """

    path: Path
    kind: TableKind
    scale: Scale | None = None
    mapping: str = ""
    lenient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Planned:
    """A table that was read and is not stored.

    Attributes:
        mapping: By which it was read; empty for the names of its columns.
        told: What would happen, or what is wrong with which row.
        apply: Stores it whole; returns how many rows were taken in.
    """

    table: RecordTable
    mapping: str
    taken: int
    told: tuple[str, ...]
    apply: Callable[[], int]

    @property
    def rows(self) -> int:
        """Return how many rows it has."""
        return len(self.table.rows)

    @property
    def wrong(self) -> int:
        """Return how many rows have a problem."""
        return len(self.table.bad)


def with_kept(app: App, asked: Asked) -> Asked:
    """Return what was asked by the mapping said of such a table before, or kept for its header."""
    try:
        kept = app.table_mappings.look(asked.path, asked.kind, asked.scale, asked.mapping).kept
    except ImportRejected:
        # What cannot be looked at may still be read by the names of its columns.
        kept = ""
    return replace(asked, mapping=kept)


def planned(app: App, asked: Asked) -> Planned:
    """Read a table and say what would become of it.

    Raises:
        ImportRejected: The table or the mapping cannot be read at all.
    """
    mapping = asked.mapping or None
    if asked.scale is not None:
        scores = app.score_tables.plan(asked.path, asked.scale, mapping, new_patients=asked.lenient)
        return _of_scores(app, asked, scores)
    plan = app.tables.plan(asked.path, asked.kind, mapping, keep_known=asked.lenient)
    told = _wrong(plan.table) if plan.done.wrong else _told(plan)
    return Planned(
        table=plan.table,
        mapping=asked.mapping,
        taken=plan.done.taken,
        told=tuple(told),
        apply=lambda: app.tables.apply(plan).taken,
    )


def _of_scores(app: App, asked: Asked, plan: ScoreTablePlan) -> Planned:
    told = _wrong(plan.table) if plan.done is None else _scores_told(plan.done)
    return Planned(
        table=plan.table,
        mapping=asked.mapping,
        taken=plan.done.taken if plan.done else 0,
        told=tuple(told),
        apply=lambda: app.score_tables.apply(plan).taken,
    )


def _wrong(table: RecordTable) -> list[str]:
    bad = table.bad
    told = [f"{place_of(row.line)}: {' '.join(row.problems)}" for row in bad[:_MOST]]
    if len(bad) > _MOST:
        told.append(_("and {n} more").format(n=len(bad) - _MOST))
    return told


def _told(plan: TablePlan) -> list[str]:
    done = plan.done
    told = [_("{n} of {m} rows are new here.").format(n=done.taken, m=done.rows)]
    if done.known:
        told.append(_("{n} were here already and stay as they are.").format(n=done.known))
    told += done.notes
    told += _left_out(done.left_out)
    return [*told, "", *(f"{place}: {words}" for place, words in plan.preview())]


def _left_out(names: tuple[str, ...]) -> list[str]:
    return [_("Columns left out: {names}.").format(names=", ".join(names))] if names else []


def _scores_told(done: ImportedScores) -> list[str]:
    tally = done.tally
    told = [_("{n} scores from {m} rows are new here.").format(n=done.taken, m=done.rows)]
    told += [
        words.format(n=n)
        for n, words in (
            (done.already_here, _("{n} were here already and stay as they are.")),
            (done.empty, _("{n} rows have no answer and are left out.")),
            (done.undated, _("{n} rows have no date; nothing is compared with them.")),
            (done.new_patients, _("{n} codes are not known here and get a patient.")),
            (tally.filled, _("{n} totals have missing items filled with the mean of the others.")),
            (tally.stated, _("{n} rows have only a total.")),
            (tally.without, _("{n} rows have no total, because items are missing.")),
            (done.reviews, _("{n} answers of the last days open a safety strip.")),
        )
        if n
    ]
    if tally.mean is not None:
        words = _("{n} complete, mean {mean}.")
        told.append(words.format(n=tally.complete, mean=tally.mean))
    told += [f"{n} {_(band)}" for band, n in tally.bands.items()]
    told += [
        _("{n} answers of item {item} ask for safety.").format(n=n, item=item)
        for item, n in tally.alerts.items()
    ]
    return told + _left_out(done.left_out)
