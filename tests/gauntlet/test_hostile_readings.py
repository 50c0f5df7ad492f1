"""Two thousand damaged files of every layout, and a store that none of them changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aeapp.domain.records import Patient
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.values import PartialDate
from aeapp.services.importing import Wishes
from tests.helpers.clinic import practice_app
from tests.helpers.hostile import damaged
from tests.helpers.readings import BEGUN, Case, cases
from tests.readers.test_hostile_files import taken_or_refused

CASES = cases()
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
MANY = settings(
    max_examples=2000,
    deadline=dt.timedelta(seconds=5),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEWER = settings(MANY, max_examples=200, deadline=None)

pytestmark = pytest.mark.gauntlet


@EACH
@MANY
@given(st.data())
def test_two_thousand_damaged_files(case: Case, tmp_path: Path, data: st.DataObject) -> None:
    taken_or_refused(case, data.draw(damaged(case.sample)), tmp_path)


def test_no_damaged_file_changes_the_store(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    started = PartialDate(2026, 11, 23, 14, 30, None, -300)
    session = app.sessions.start(app.patients.save(Patient(code="P-1")).id, started=started)
    before = app.head()
    path = tmp_path / "file"
    refused = 0

    @FEWER
    @given(st.data())
    def damage(data: st.DataObject) -> None:
        nonlocal refused
        case = data.draw(st.sampled_from(CASES))
        path.write_bytes(data.draw(damaged(case.sample)))
        try:
            app.importing.plan(path, session, Wishes(start=BEGUN))
        except ImportRejected:
            refused += 1
        assert app.head() == before

    damage()
    assert refused > 0
    assert app.sessions.room(session.id).observations == ()
    app.close()
