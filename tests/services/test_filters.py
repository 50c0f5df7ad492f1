"""Filters of the worklist are kept per person in the clinic's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from aeapp.domain.codelists.worklist import NeedKind, Urgency
from aeapp.domain.records import SavedFilter
from aeapp.services.filters import EmptyFilterError, NamelessFilterError, NoSuchFilterError
from tests.helpers.clinic import PASSWORD, USER, cheap_clinics, practice_app

LATE = SavedFilter(urgency=frozenset({Urgency.OVERDUE}), words=" serious ")


def test_a_filter_is_kept_changed_dropped_and_there_after_a_restart(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    folder = app.folder
    app.filters.keep(" Late ones ", LATE)
    other = SavedFilter(name="Other", owner="somebody-else", words="x")
    app.sessions.save(other)
    app.close()

    app = cheap_clinics().open(str(folder), USER, PASSWORD)
    (kept,) = app.filters.kept()  # what others keep is theirs
    assert (kept.name, kept.words, kept.urgency) == ("Late ones", "serious", LATE.urgency)
    assert app.filters.by_name("late ONES") == kept
    app.filters.keep("late ones", SavedFilter(kinds=frozenset({NeedKind.CALL})))
    (kept,) = app.filters.kept()
    assert (kept.words, kept.urgency, kept.kinds) == (None, None, {NeedKind.CALL})
    app.filters.drop(kept)
    assert app.filters.kept() == ()
    with app.context.new_uow() as uow:
        assert [e.content["action"] for e in uow.trail.of("saved_filter", kept.id)] == [
            "create",
            "update",
            "update",
        ]
    with pytest.raises(NoSuchFilterError):
        app.filters.by_name("Late ones")
    with pytest.raises(NamelessFilterError):
        app.filters.keep("  ", LATE)
    with pytest.raises(EmptyFilterError):
        app.filters.keep("All", SavedFilter())
    app.close()
