"""Give a whole clinic out: many readings, as JSON Lines and as CSV, into one ZIP."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from decimal import Decimal
from pathlib import Path

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource, ReadingUnit, Role
from aeapp.domain.records import Observation, Patient
from aeapp.domain.values import PartialDate
from tests.bench.child import Act
from tests.bench.timing import taken_ms

_A_PATIENT = 500
_BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def prepare(count: str) -> Act:
    """Store the readings of some patients in a clinic of their own."""
    os.environ.setdefault("AEAPP_TEST_KDF", "1")
    from tests.helpers.clinic import practice_app  # noqa: PLC0415 - after the switch
    from tests.helpers.cohort import keep  # noqa: PLC0415 - as above

    folder = Path(tempfile.mkdtemp(prefix="aeapp-bench-"))
    app = practice_app(folder, role=Role.ADMIN)
    rows = int(count)
    people = keep(app, [Patient(code=f"P-{n}") for n in range(max(1, rows // _A_PATIENT))])
    for start in range(0, rows, 5000):
        keep(
            app,
            [
                _reading(n, people[n % len(people)].id)
                for n in range(start, min(start + 5000, rows))
            ],
        )
    out = folder / "whole.zip"

    def write() -> None:
        made = app.clinic_copy.export(out, overwrite=True)
        assert made.counts["observation"] == rows

    return Act(run=lambda: taken_ms(write), facts={"rows": rows}, end=app.close)


def _reading(n: int, patient_id: str) -> Observation:
    return Observation(
        patient_id=patient_id,
        kind=ObservationKind.HEART_RATE,
        value=Decimal(60 + n % 60),
        unit=ReadingUnit.PER_MINUTE,
        at=PartialDate.of(_BEGIN + dt.timedelta(seconds=7 * n)),
        source=ObservationSource.MONITOR,
    )
