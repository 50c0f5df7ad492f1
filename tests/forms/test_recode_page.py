"""Many events coded at once in the library: taken by keys, stored whole, put back, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.index import Coded, Offer, Rank
from aeapp.domain.coding.recoding import Proposed, Recoding
from aeapp.domain.records import Event, Terminology
from aeapp.kernel.progress import CancelledError
from aeapp.services.coding import CodingService
from forms.library.recode_lines import lines_of, taken_of
from forms.library.recode_page import RecodePage
from forms.library_place import LibraryPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, open_bench
from tests.helpers.terminologies import distribution

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    terms = made.app.terminologies
    terms.load(terms.plan(TerminologyName.MEDDRA, distribution(tmp_path / "m")))
    yield made
    made.close()


def events(bench: Bench, *words: str) -> list[str]:
    with bench.app.context.new_uow() as uow:
        stored = [uow.save(Event(verbatim=w), who=bench.app.who).id for w in words]
        uow.commit()
    return stored


def codes(bench: Bench, ids: list[str]) -> list[str]:
    with bench.app.context.new_uow() as uow:
        found = {e.id: e for e in uow.records.many("event", ids) if isinstance(e, Event)}
    return [" ".join(c.term or "" for c in found[one].codings) for one in ids]


def opened(qtbot: QtBot, bench: Bench) -> tuple[LibraryPlace, RecodePage]:
    place = LibraryPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    bench.settle(qtbot)
    keyboard = Keyboard()
    keyboard.press(place, (ALT, Qt.Key.Key_K))
    bench.settle(qtbot)
    keyboard.press(place, (ALT, Qt.Key.Key_R))
    bench.settle(qtbot)
    return place, place.recode_page


def rows(page: RecodePage) -> list[str]:
    model = page.model
    return [" | ".join(model.cell(row, n) for n in range(5)) for row in model.rows]


def test_events_are_looked_at_taken_by_keys_stored_and_put_back(qtbot: QtBot, bench: Bench) -> None:
    ids = events(
        bench, "Thunder fright", "hyperwoble", "felt like rain", "Hyperwobble", "old drizzle words"
    )
    place, page = opened(qtbot, bench)
    assert rows(page) == [
        "Thunder fright |  | Thunder fright (93000002) | Same words | ",
        "Hyperwobble |  | Hyperwobble (94000004) | Same words | ",
        "hyperwoble |  | Hyperwobble (94000004) | Slip of the fingers | ",
        "old drizzle words |  | Drizzle syndrome (93000001) | In use for it now | ",
        "felt like rain |  | none; stays in its words |  | ",
    ]
    assert "Same words 2, to look at 2, no proposal 1" in page.counts.text()
    assert page.table.hasFocus()
    assert not page.store.isEnabled()
    assert_accessible(page)

    keyboard = Keyboard()
    keyboard.press(place, (ALT, Qt.Key.Key_E))
    assert [line.taken for line in page.model.rows] == [True, True, False, False, False]
    keyboard.press(place, ENTER)  # lets the first one go again
    page.table.selectRow(2)
    keyboard.press(place, ENTER)
    assert page.table.currentIndex().row() == 3
    page.table.selectRow(1)
    keyboard.press(place, (Qt.KeyboardModifier.ShiftModifier, ENTER))  # alone with its words
    page.table.selectRow(4)
    keyboard.press(place, (Qt.KeyboardModifier.ShiftModifier, ENTER))  # nothing is proposed for it
    page.table.selectRow(3)
    keyboard.press(place, "2", "1")  # there is no second proposal
    assert [line.taken for line in page.model.rows] == [False, True, True, True, False]

    keyboard.press(place, (CTRL, ENTER))
    bench.settle(qtbot)
    assert codes(bench, ids) == ["", "Hyperwobble", "", "Hyperwobble", "Drizzle syndrome"]
    assert bench.toasts == ["3 events are coded with MedDRA 91.1."]
    assert [row.partition(" |")[0] for row in rows(page)] == ["Thunder fright", "felt like rain"]
    assert "coded already 3" in page.counts.text()

    keyboard.press(place, (CTRL, Qt.Key.Key_Z))
    bench.settle(qtbot)
    assert codes(bench, ids) == [""] * 5
    assert not page.put_back.isVisible()

    # Coded again and left, it is put back from the list of what was coded together.
    keyboard.press(place, (ALT, Qt.Key.Key_E), (CTRL, ENTER))
    bench.settle(qtbot)
    assert codes(bench, ids)[0] == "Thunder fright"
    keyboard.press(place, ESC)
    bench.settle(qtbot)
    past = place.terms_page.past
    assert [past.model.cell(row, 4) for row in past.model.rows] == ["", "undone"]
    past.table.setFocus()
    keyboard.press(place, "u")
    bench.settle(qtbot)
    assert codes(bench, ids) == [""] * 5
    assert bench.toasts[-1] == "2 events have again what they had before MedDRA 91.1."
    assert [past.model.cell(row, 4) for row in past.model.rows] == ["undone", "undone"]
    assert not past.undo.isEnabled()
    assert past.told.text().startswith("Undone 23-Nov-2026")
    assert_accessible(place.terms_page)


def test_another_term_than_those_proposed_is_found_by_typing(qtbot: QtBot, bench: Bench) -> None:
    (told,) = events(bench, "felt like rain")
    place, page = opened(qtbot, bench)
    keyboard = Keyboard()
    keyboard.press(place, "s")
    bench.settle(qtbot)
    assert page.finder.none.text().startswith("No term is like this")
    keyboard.press(place, (CTRL, Qt.Key.Key_A), "drizz")
    bench.settle(qtbot)
    keyboard.press(place, Qt.Key.Key_Down, ENTER)
    assert rows(page) == [
        "felt like rain |  | Drizzle syndrome (93000001) | Picked from the list | taken"
    ]
    # Read again, it is still taken.
    page.refresh()
    bench.settle(qtbot)
    assert rows(page) == [
        "felt like rain |  | Drizzle syndrome (93000001) | Picked from the list | taken"
    ]
    keyboard.press(place, "s", ESC)
    assert page.table.hasFocus()
    assert_accessible(page)
    keyboard.press(place, (CTRL, ENTER))
    bench.settle(qtbot)
    assert codes(bench, [told]) == ["Drizzle syndrome"]


def test_what_was_taken_is_the_same_term_when_the_proposals_are_others_by_then() -> None:
    meddra = TerminologyName.MEDDRA
    first, second, third = (
        Offer(Coded(meddra, "91.1", "91.1", code, f"Term {code}"), Rank.TYPO) for code in "123"
    )

    def found(*offers: Offer) -> Recoding:
        proposed = Proposed("event", 1, "words", offers)
        return Recoding(Terminology(), (), (proposed,), (), 0)

    (line,) = lines_of(found(first, second), {})
    line.at, line.taken = 1, True
    (again,) = lines_of(found(third, first, second), taken_of([line]))
    assert (again.offer, again.taken) == (second, True)
    (again,) = lines_of(found(first), taken_of([line]))
    assert (again.offer, again.taken) == (second, True)


def test_a_list_with_an_event_that_was_changed_since_is_read_again_and_keeps_what_was_taken(
    qtbot: QtBot, bench: Bench
) -> None:
    ids = events(bench, "Thunder fright", "Hyperwobble")
    place, page = opened(qtbot, bench)
    Keyboard().press(place, (ALT, Qt.Key.Key_E))
    shown: list[BaseException] = []
    bench.errors.show = lambda error, **_more: shown.append(error)  # type: ignore[method-assign] # seen
    with bench.app.context.new_uow() as uow:
        event = uow.records.get("event", ids[0])
    assert isinstance(event, Event)
    bench.app.events.add(event, treatment="tea")

    page.store.click()
    bench.settle(qtbot)

    assert len(shown) == 1
    assert codes(bench, ids) == ["", ""]
    assert [(row.proposed.verbatim, row.taken) for row in page.model.rows] == [
        ("Thunder fright", False),
        ("Hyperwobble", True),
    ]


def test_a_clinic_without_events_says_so_and_stopped_work_changes_nothing(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, page = opened(qtbot, bench)
    assert (page.empty.text(), page.table.isVisible()) == ("There is no event to code yet.", False)
    assert page.back.hasFocus()
    assert_accessible(page)

    def stopped(*_arguments: object) -> None:
        raise CancelledError

    monkeypatch.setattr(CodingService, "proposals", stopped)
    page.refresh()
    bench.settle(qtbot)
    assert page.counts.text() == "Stopped; nothing was changed."
    assert place.isVisible()
