"""Store one reading of a running session, with its entry in the trail."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.records import Observation
from tests.bench.child import Act
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms

PULSE = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(72), unit=ReadingUnit.PER_MINUTE)


def prepare(place: str) -> Act:
    """Begin a session."""
    app = open_stored(Path(place))
    patient_id = app.patients.ids()[0]
    session = app.sessions.start(patient_id)
    return Act(
        run=lambda: taken_ms(lambda: app.sessions.log_readings(session, (PULSE,))), end=app.close
    )
