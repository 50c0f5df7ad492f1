"""Open the chart of a patient in the window, and wait until nothing is left to do."""

from __future__ import annotations

from pathlib import Path

from forms.errors import Errors
from forms.jobs import Runners
from forms.patients import PatientsPlace
from tests.bench.child import Act
from tests.bench.ours.window import SIZE, application, settle
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms
from tests.helpers.clinic import StillClock
from tests.helpers.desk import Bench


def prepare(place: str) -> Act:
    """Show the list of patients."""
    app = open_stored(Path(place))
    facts = facts_of(Path(place))
    qt = application()
    bench = Bench(app, StillClock(), Runners(), Errors(None))
    room = PatientsPlace(bench.desk())
    room.resize(*SIZE)
    room.show()

    def quiet() -> None:
        while bench.runners.busy:
            qt.processEvents()
        settle(qt)

    def act() -> None:
        room.open_patient(facts["patient"])
        quiet()
        assert room.card.editor.saved.id == facts["patient"]

    def run() -> float:
        room.new_patient()
        quiet()
        return taken_ms(act)

    quiet()

    def end() -> None:
        room.close()
        bench.close()

    return Act(run=run, facts=facts, end=end)
