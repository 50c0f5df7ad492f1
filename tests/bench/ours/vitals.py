"""Take in a monitor's table as readings of a session, each row looked at, all in the trail."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from tests.bench.child import Act
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms

# A row every so many seconds: the longest recording still lies around the day of its session.
SECONDS = 4
IN_A_ROW = 5
HEAD = "Time,HR,ABPSys,ABPDias,ABPMean,PULSE,RESP,SpO2,NBPSys,NBPDias,NBPMean"
BEGIN = dt.datetime(2026, 10, 10, 0, 31, 25)  # noqa: DTZ001 - a monitor's clock has no zone
NO_SIGNAL_EVERY, CUFF_EVERY = 37, 30


def write_monitor(file: Path, readings: int) -> Path:
    """Write an invented table in the shape of a recorded one; zeros mean no signal.

    It holds a little more than ``readings``.
    """
    lines = [HEAD]
    for n in range(readings * NO_SIGNAL_EVERY // ((NO_SIGNAL_EVERY - 1) * IN_A_ROW) + 1):
        at = BEGIN + dt.timedelta(seconds=SECONDS * n)
        on = 0 if n % NO_SIGNAL_EVERY == 0 else 1
        signs = (60 + n % 30, (100 + n % 50) * on, (60 + n % 25) * on, (75 + n % 25) * on)
        more = (60 + n % 30, 10 + n % 12, (92 + n % 8) * on)
        figures = ",".join(f"{figure:.1f}" for figure in (*signs, *more))
        cuff = f"{110 + n % 40}.0,{65 + n % 20}.0,{80 + n % 25}.0" if n % CUFF_EVERY == 0 else ",,"
        lines.append(f"{at:%Y-%m-%d %H:%M:%S},{figures},{cuff}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def taken_in(app: App, file: Path) -> tuple[float, int]:
    """Import the table into a session of its own; return the time and the readings."""
    session = app.sessions.start(app.patients.ids()[0], started=PartialDate.of(BEGIN))
    done: list[int] = []

    def take() -> None:
        done.append(app.importing.import_vitals(file, session, apply=True).observations)

    return taken_ms(take), done[0]


def prepare(place: str, readings: str) -> Act:
    """Open the clinic and write the table."""
    app = open_stored(Path(place))
    file = write_monitor(Path(place) / "monitor.csv", int(readings))
    session = app.sessions.start(app.patients.ids()[0], started=PartialDate.of(BEGIN))
    found = len(app.importing.plan(file, session).parsed.observations)

    def run() -> float:
        ms, taken = taken_in(app, file)
        assert taken == found, "all of the file was taken in"
        return ms

    return Act(run=run, facts={"readings": found}, end=app.close)
