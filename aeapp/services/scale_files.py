"""Files of scales: the clinic's own scale or wording, and tables of what was filled elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from aeapp.domain.codelists.scales import ScoreMode
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Scale, ScaleWording, Score
from aeapp.domain.rejection import MAX_PROBLEMS, Problems
from aeapp.domain.scales.scale_file import ReadScaleFile, read_scale_file
from aeapp.domain.scales.score_table import ScoreRow, ScoreTable, Tally, read_scores, tally_of
from aeapp.domain.scales.scoring import scored, shape_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.tabular import place_of
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.scales import open_review, scales_in
from aeapp.services.sessions import of_kind

LIMIT = 25 * 1024 * 1024
LONGEST_SCALE = 500_000
# Never the file's name, which may hold a patient's.
REASON = "import of filled scales"
# An answer of last year asks nobody to act today; what is younger opens its safety strip.
RECENT_DAYS = 14
_CHUNK = 500
Told = str | tuple[frozenset[tuple[Any, Any]], Any]


class EditionTakenError(RefusedError):
    """A file defines an edition of a scale that is here and says otherwise."""

    code = "scale.edition-taken"

    def __init__(self) -> None:
        super().__init__(
            N_("This edition of the scale is here already with other items, points or scoring."),
            remedy=N_("Give the file another edition, so that older scores keep their meaning."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedScale:
    """What adding a file did, or would do."""

    code: str
    edition: str
    items: int
    defines: bool
    words: int
    licence: str
    applied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedScores:
    """What importing a table did, or would do.

    Attributes:
        taken: Scores that are new here.
        already_here: Scores of the same patient, scale and moment that stay as they are.
        empty: Rows without any answer.
        new_patients: Codes that were not known and got a patient.
        reviews: Safety strips that are opened, for answers of the last days.
        totals_not_taken: Totals stated beside answers of which some are missing.
    """

    scale: str
    edition: str
    rows: int
    taken: int
    already_here: int
    empty: int
    undated: int
    new_patients: int
    reviews: int
    left_out: tuple[str, ...]
    tally: Tally
    totals_not_taken: int = 0
    applied: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it for machines; the mean as text, because it is exact."""
        tally = asdict(self.tally) | {
            "mean": None if self.tally.mean is None else str(self.tally.mean)
        }
        return asdict(self) | {"tally": tally}


@dataclass(frozen=True, slots=True, repr=False)
class ScoresPlan:
    """A table that was read and is not stored."""

    scale: Scale
    table: ScoreTable
    new_patients: bool


class ScaleFileService:
    """Take in files of scales: planned first, then whole or not at all."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    # --- a scale or its wording

    def read(self, path: Path) -> tuple[ReadScaleFile, AddedScale]:
        """Read a clinic's file of a scale; nothing is changed.

        Raises:
            ImportRejected: It cannot be read; every problem has its line.
            EditionTakenError: It redefines an edition that is here.
        """
        content = read_whole(path, LONGEST_SCALE)
        with self._context.new_uow() as uow:
            known = scales_in(uow)
        found = read_scale_file(content, known)
        if found.scale is not None:
            _refuse_other(found.scale, known)
        wording = self._signed(found.wording, path, content)
        read = ReadScaleFile(found.scale, wording)
        return read, _added(read)

    def add(self, read: ReadScaleFile) -> AddedScale:
        """Store a scale and its wording, both or none."""
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            scale, wording = read.scale, read.wording
            if scale is not None:
                same = uow.records.find("scale", code=scale.code, edition=scale.edition)
                known = same[0] if same else scale
                uow.save(replace(scale, id=known.id, version=known.version), who=who)
            if wording is not None:
                uow.save(wording, who=who)
            uow.commit()
        return replace(_added(read), applied=True)

    def _signed(
        self, wording: ScaleWording | None, path: Path, content: bytes
    ) -> ScaleWording | None:
        if wording is None:
            return None
        return replace(
            wording,
            file_name=path.name,
            sha256=hashlib.sha256(content).hexdigest(),
            loaded_at=self._context.minute(),
            loaded_by=self._context.who.name,
        )

    # --- tables of filled scales

    def plan(self, path: Path, scale: Scale, *, new_patients: bool = False) -> ScoresPlan:
        """Read a table of one filled scale a row; nothing is changed.

        Args:
            path: The file.
            scale: What was filled in.
            new_patients: Make a patient of every code that is not known.

        Raises:
            ImportRejected: It cannot be read; every problem has its line.
        """
        return self.plan_text(read_whole(path, LIMIT), scale, new_patients=new_patients)

    def plan_text(
        self,
        text: str | bytes,
        scale: Scale,
        *,
        new_patients: bool = False,
        most: int = MAX_PROBLEMS,
    ) -> ScoresPlan:
        """Read the text of such a table; ``most`` is how many problems are told.

        Raises:
            ImportRejected: It cannot be read; every problem has its line.
        """
        return ScoresPlan(scale, read_scores(text, scale, most), new_patients)

    def apply(
        self, plan: ScoresPlan, *, apply: bool = True, most: int = MAX_PROBLEMS
    ) -> ImportedScores:
        """Store the scores of a plan, all or none; False says only what would happen.

        Raises:
            ImportRejected: A row names a patient who is not here.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            done = _Intake(uow, self._context, plan, most).store()
            if apply:
                uow.commit()
        return replace(done, applied=apply)


class _Intake:
    """Stores the rows of a table in one unit of work."""

    def __init__(self, uow: UnitOfWork, context: WorkContext, plan: ScoresPlan, most: int) -> None:
        self._uow, self._context, self._plan = uow, context, plan
        self._problems = Problems(most)

    def store(self) -> ImportedScores:
        """Store what is new, and return what was done."""
        plan, rows = self._plan, self._plan.table.rows
        people, made = self._people(rows)
        self._problems.raise_if_any()
        new = {p.id for p in made}
        known = self._known([p.id for p in people.values() if p.id not in new])
        scores = [self._score(row, people[row.patient]) for row in rows]
        fresh = [s for s in scores if (s.patient_id, _told(s)) not in known]
        who = self._context.who
        stored = self._uow.save_bulk(fresh, who=who, reason=REASON)
        return ImportedScores(
            scale=plan.scale.code or "",
            edition=plan.scale.edition or "",
            rows=len(rows) + plan.table.empty,
            taken=len(fresh),
            already_here=len(scores) - len(fresh),
            empty=plan.table.empty,
            undated=sum(row.at is None for row in rows),
            new_patients=len(made),
            reviews=self._reviews(stored),
            left_out=plan.table.left_out,
            tally=tally_of(plan.scale, scores),
            totals_not_taken=sum(row.not_taken for row in rows),
        )

    def _people(self, rows: Sequence[ScoreRow]) -> tuple[dict[str, Patient], list[Patient]]:
        codes = list(dict.fromkeys(row.patient for row in rows))
        found: dict[str, list[Patient]] = {}
        for part in _chunks(codes):
            for patient in of_kind(Patient, self._uow.records.find("patient", code=part)):
                found.setdefault(patient.code or "", []).append(patient)
        made: list[Patient] = []
        if self._plan.new_patients:
            wanted = [Patient(code=code) for code in codes if code not in found]
            made = self._uow.save_bulk(wanted, who=self._context.who, reason=REASON)
        people = {code: several[0] for code, several in found.items()}
        people.update({p.code or "": p for p in made})
        for row in rows:
            if row.patient not in people:
                self._problems.add(
                    place_of(row.line), N_("No patient here has the code of this row.")
                )
            elif len(found.get(row.patient, ())) > 1:
                self._problems.add(
                    place_of(row.line), N_("Several patients here have the code of this row.")
                )
        return people, made

    def _known(self, ids: Sequence[str]) -> set[tuple[str, Told]]:
        found = set()
        for part in _chunks(list(ids)):
            for score in of_kind(Score, self._uow.records.find("score", patient_id=part)):
                if score.scale == self._plan.scale.code and score.stands:
                    found.add((score.patient_id, _told(score)))
        return found

    def _score(self, row: ScoreRow, patient: Patient) -> Score:
        return scored(
            self._plan.scale,
            Score(
                patient_id=patient.id,
                at=row.at or NullFlavor.UNK,
                mode=ScoreMode.IMPORTED,
                informant=self._plan.scale.informant,
                items=row.items,
                total=row.total,
                typed_by=self._context.who.name,
            ),
        )

    def _reviews(self, stored: Sequence[Score]) -> int:
        first = self._context.today() - dt.timedelta(days=RECENT_DAYS)
        recent = [s for s in stored if isinstance(s.at, PartialDate) and s.at.last_day() >= first]
        opened = (open_review(self._uow, self._context, self._plan.scale, s) for s in recent)
        return sum(review is not None for review in opened)


def _told(score: Score) -> Told:
    """Return what tells a score of a patient: its moment; without one, its answers and total."""
    if isinstance(score.at, PartialDate):
        return score.at.iso()
    return frozenset((item.number, item.points) for item in score.items), score.total


def _chunks(some: list[str]) -> list[list[str]]:
    return [some[start : start + _CHUNK] for start in range(0, len(some), _CHUNK)]


def _refuse_other(scale: Scale, known: Sequence[Scale]) -> None:
    """Refuse a definition of an edition that is here with other items, points or scoring.

    Its thresholds and rules may be others: they become the clinic's own.

    Raises:
        EditionTakenError: It is.
    """
    for other in known:
        if (other.code, other.edition) != (scale.code, scale.edition):
            continue
        if shape_of(other) != shape_of(scale):
            raise EditionTakenError


def _added(read: ReadScaleFile) -> AddedScale:
    about = read.scale or read.wording
    assert about is not None  # noqa: S101 - a file holds one of the two
    code = read.scale.code if read.scale else read.wording.scale if read.wording else ""
    return AddedScale(
        code=code or "",
        edition=about.edition or "",
        items=len(read.scale.items) if read.scale else 0,
        defines=read.scale is not None,
        words=len(read.wording.items) if read.wording else 0,
        licence=(read.wording.licence or "") if read.wording else "",
    )


__all__ = [
    "AddedScale",
    "EditionTakenError",
    "ImportedScores",
    "ScaleFileService",
    "ScoresPlan",
]
