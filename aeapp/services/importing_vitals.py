"""Take in a monitor's table of readings, all rows or none, and none twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aeapp.domain.records import Observation, Session
from aeapp.domain.vitals.csv_numerics import Parsed, parse
from aeapp.kernel.files import read_whole
from aeapp.services.context import WorkContext
from aeapp.services.sessions import of_kind

LIMIT = 25 * 1024 * 1024
# Never the file's name, which may hold the patient's.
REASON = "import of monitor readings"
DEVICE = "monitor numerics"


@dataclass(frozen=True, slots=True)
class ImportedVitals:
    """What an import of readings did, or would do."""

    rows: int
    observations: int
    kept: int
    skipped: int
    questioned: int
    already_here: int
    notes: tuple[str, ...]
    applied: bool


def take_vitals(
    context: WorkContext, path: Path, session: Session, *, apply: bool
) -> ImportedVitals:
    """Take in the readings of ``path``, or say what would happen."""
    parsed = parse(
        read_whole(path, LIMIT),
        zone=context.zone,
        session_id=session.id,
        patient_id=session.patient_id,
        device=DEVICE,
    )
    with context.new_uow() as uow:
        if apply:
            # What is known is read behind the lock: another import may be storing the same file.
            uow.lock()
        uow.records.get("session", session.id)
        ours = of_kind(Observation, uow.records.find("observation", session_id=session.id))
        known = {_reading_key(o) for o in ours}
        fresh = [o for o in parsed.observations if _reading_key(o) not in known]
        if apply and fresh:
            uow.save_bulk(fresh, who=context.who, reason=REASON)
            uow.commit()
    return _result(parsed, len(parsed.observations) - len(fresh), applied=apply)


def _result(parsed: Parsed, already: int, *, applied: bool) -> ImportedVitals:
    return ImportedVitals(
        rows=parsed.rows,
        observations=len(parsed.observations),
        kept=parsed.kept,
        skipped=parsed.skipped,
        questioned=parsed.questioned,
        already_here=already,
        notes=tuple(parsed.notes),
        applied=applied,
    )


def _reading_key(reading: Observation) -> tuple[Any, ...]:
    return (
        reading.kind,
        reading.source,
        reading.at,
        reading.value,
        reading.systolic,
        reading.diastolic,
    )
