"""One key in the whole place of reports: form, readiness, findings, draft."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from forms.errors import Errors
from forms.jobs import Runners
from forms.report_room import ReportRoom
from tests.bench.child import Act
from tests.bench.ours.keys_form import FIELD
from tests.bench.ours.window import SIZE, Typist, application, settle
from tests.bench.stored import facts_of, open_stored
from tests.helpers.clinic import StillClock
from tests.helpers.desk import Bench


def prepare(place: str) -> Act:
    """Open the report as a person does, the cursor in the name of the product."""
    app = open_stored(Path(place))
    qt = application()
    bench = Bench(app, StillClock(), Runners(), Errors(None))
    room = ReportRoom(bench.desk())
    room.resize(*SIZE)
    room.show()
    room.open_report(facts_of(Path(place))["report"])
    while room.page is None or bench.runners.busy:
        qt.processEvents()
    room.page.form.go_to(FIELD)
    settle(qt)
    line = next(w for w in room.findChildren(QLineEdit) if w.isVisible() and w.hasFocus())

    def end() -> None:
        room.close()
        while bench.runners.busy:
            qt.processEvents()
        bench.close()

    return Act(run=Typist(qt, line).press, end=end)
