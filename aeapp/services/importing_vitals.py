"""Take in a monitor's table of readings, all rows or none, and none twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.csv_numerics import Parsed, parse
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.sessions import of_kind

LIMIT = 25 * 1024 * 1024
# Never the file's name, which may hold the patient's.
REASON = "import of monitor readings"
# A session may run over midnight; readings further away are hardly this session's.
NEAR = dt.timedelta(days=1)
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


class OtherDayError(RefusedError):
    """The readings of a file lie on other days than the session."""

    code: ClassVar[str] = "import.other-day"

    def __init__(self) -> None:
        super().__init__(
            N_("The readings of the file lie on other days than the session; none was taken."),
            remedy=N_("Choose the right session, or add --other-day if they belong to this one."),
        )


def _far_away(session: Session, readings: Sequence[Observation]) -> bool:
    """Tell whether a reading lies more than a day from a session whose day is known."""
    if not isinstance(session.started, PartialDate) or not session.started.is_full_day:
        return False
    day = session.started.first_day()
    days = (o.at.first_day() for o in readings if isinstance(o.at, PartialDate))
    return any(abs(other - day) > NEAR for other in days)


def take_vitals(
    context: WorkContext, path: Path, session: Session, *, apply: bool, other_day: bool = False
) -> ImportedVitals:
    """Take in the readings of ``path``, or say what would happen.

    Raises:
        OtherDayError: They lie on other days than the session, and nobody said that this is right.
    """
    parsed = parse(
        read_whole(path, LIMIT),
        zone=context.zone,
        session_id=session.id,
        patient_id=session.patient_id,
        device=DEVICE,
    )
    far = _far_away(session, parsed.observations)
    if far and apply and not other_day:
        raise OtherDayError
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
    notes = (_OTHER_DAY, *parsed.notes) if far else tuple(parsed.notes)
    return _result(parsed, len(parsed.observations) - len(fresh), notes, applied=apply)


_OTHER_DAY = N_("The readings lie on other days than the session; --other-day takes them.")


def _result(
    parsed: Parsed, already: int, notes: tuple[str, ...], *, applied: bool
) -> ImportedVitals:
    return ImportedVitals(
        rows=parsed.rows,
        observations=len(parsed.observations),
        kept=parsed.kept,
        skipped=parsed.skipped,
        questioned=parsed.questioned,
        already_here=already,
        notes=notes,
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
