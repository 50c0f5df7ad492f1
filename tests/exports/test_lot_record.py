"""The paper of a lot, read back as a reader of PDF sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.lifecycle import CopyKind, Medium
from aeapp.domain.records import Event
from aeapp.services.app import App
from aeapp.services.copying import Wish
from aeapp.services.documents import Copy
from exports.pdf.archive_reading import NotAnArchiveError
from tests.exports.reading import page_texts, squeezed
from tests.helpers.clinic import practice_app
from tests.helpers.guards import SENTINEL
from tests.helpers.lots import a_lot, a_troubled_lot
from tests.helpers.pdf_rules import faults


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield app
    app.close()


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page_texts(pdf)))


def test_the_record_shows_events_by_code_holds_and_who_got_it(app: App) -> None:
    lot = a_troubled_lot(app)
    patient = app.patients.get(app.patients.ids("P-1")[0])
    app.lots.hold(lot.id, "three events")
    app.lots.release(lot.id, "the maker found nothing")
    app.lots.hold(lot.id, "one more")
    text = text_of(app.lot_papers.render(lot.id).content)
    for words in (
        "Lot KT6B0417",
        "P-2",
        "Rash",
        "not assessed",
        "three events",
        "the maker found nothing",
        "not released",
        "in 3 sessions to 2 patients",
        "rule of the clinic: 3 events of any term in 2 patients, 30 days",
        "says nothing of a cause",
    ):
        assert squeezed(words) in text, words
    assert SENTINEL not in text
    assert patient.code


def test_an_event_told_later_stands_with_what_is_not_known(app: App) -> None:
    lot = a_lot(app)
    report = app.lots.open_problem(lot.id)
    app.sessions.save(Event(case_id=report.case_id, verbatim="Rash"))
    text = text_of(app.lot_papers.render(lot.id).content)
    for words in ("no session", "no code", "not known", "Never on hold", "Nobody"):
        assert squeezed(words) in text, words


def test_the_same_lot_prints_the_same_bytes_and_another_state_another_version(
    app: App, tmp_path: Path
) -> None:
    lot = a_troubled_lot(app)
    first = app.lot_papers.export(lot.id, tmp_path / "a.pdf")
    again = app.lot_papers.export(lot.id, tmp_path / "b.pdf")
    assert first.sha256 == again.sha256
    app.lots.hold(lot.id, "three events")
    other = app.lot_papers.export(lot.id, tmp_path / "c.pdf")
    assert other.sha256 != first.sha256
    assert squeezed("version 2") in text_of((tmp_path / "c.pdf").read_bytes())
    kept = app.lot_papers.export(lot.id, tmp_path / "d.pdf", copy=Copy.ARCHIVE)
    content = kept.path.read_bytes()
    assert faults(content) == []
    assert squeezed("version 2") in text_of(content)
    with pytest.raises(NotAnArchiveError):
        app.importing.import_case(kept.path)


def test_a_deidentified_copy_counts_its_patients_and_a_makers_has_no_letterhead(
    app: App, tmp_path: Path
) -> None:
    lot = a_troubled_lot(app)
    app.lots.hold(lot.id, "particles seen on 3 November 2026")
    whole = text_of(app.lot_papers.render(lot.id).content)
    wish = Wish(copy=CopyKind.DEIDENTIFIED, texts_read=True)
    done = app.lot_papers.export(lot.id, tmp_path / "d.pdf", wish=wish)
    copy = text_of(done.path.read_bytes())
    told = ("P-1", "P-2", "S-2026", "Nov-2026", "Larkspur", "Dana", "3 November")
    assert [words for words in told if squeezed(words) not in whole] == []
    # Who read the texts stands on every page, and nowhere else.
    reader = squeezed("free texts read by Dana Reyes")
    assert reader in copy
    rest = copy.replace(reader, "")
    assert [words for words in told if squeezed(words) in rest] == []
    for words in ("KT6B0417", "Vomiting", "in 3 sessions to 2 patients", "particles seen on"):
        assert squeezed(words) in copy, words
    unread = app.lot_papers.render(lot.id, wish=Wish(copy=CopyKind.DEIDENTIFIED))
    assert squeezed("particles seen") not in text_of(unread.content)

    maker = text_of(app.lot_papers.render(lot.id, wish=Wish(copy=CopyKind.MAKER)).content)
    assert squeezed("P-2") in maker
    assert squeezed("Copy for the manufacturer, without letterhead") in maker
    assert squeezed("Larkspur") not in maker

    app.lot_papers.note_print(lot.id, unread, 1)
    printed, exported = app.register.lines()
    assert (printed.what, printed.copy, printed.medium) == (
        "lot", CopyKind.DEIDENTIFIED, Medium.PRINT,
    )  # fmt: skip
    assert (exported.medium, exported.number) == (Medium.FILE, "Lot KT6B0417")
