"""The papers of a session, read back as a reader of PDF sees them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from types import ModuleType
from typing import Any

import pypdf
import pytest

from aeapp.domain.chair.rems_form import FORM
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import NoteKind, ProposalState
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import Section, attributes_of
from aeapp.domain.records import Administration, Event, Note, Observation, Proposal, Session
from aeapp.domain.records.administration import Snapshot
from aeapp.kernel.progress import CancelledError, NoProgress
from exports.pdf import bidi, fonts, handover, rems_content, session_record
from exports.pdf.continuation import Heading, Para
from exports.pdf.cover import FOOT_LINE
from exports.pdf.session_words import doses
from exports.pdf.sheets import Frame, Picture, Row, Table, render
from tests.exports.reading import page_texts, squeezed
from tests.exports.session_files import STAMP, at, full_file
from tests.factories import AWKWARD

PAGES = {"session": session_record, "handover": handover, "rems": rems_content}


def drawn(page: Any, file: SessionFile, stamp: Any = STAMP) -> bytes:
    return render(page.parts(file), Frame(page.TITLE, page.subtitle(file), stamp), NoProgress())[0]


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page_texts(pdf)))


def says(pdf: bytes, *words: str) -> bool:
    text = text_of(pdf)
    return all(squeezed(w) in text for w in words)


def texts_in(section: Section) -> Iterator[str]:
    """Yield every text that a person typed into a record."""
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.item is not None and isinstance(value, str) and not isinstance(value, StrEnum):
            yield value
        elif a.item is None and a.link is None:
            for member in value if isinstance(value, tuple) else (value,):
                yield from texts_in(member)


# --- all three


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_same_session_gives_the_same_bytes(page: ModuleType) -> None:
    assert drawn(page, full_file()) == drawn(page, full_file())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_page_says_number_version_page_and_head(page: ModuleType) -> None:
    texts = page_texts(drawn(page, full_file()))
    for n, text in enumerate(texts, start=1):
        assert f"Page {n} of {len(texts)}" in text
        assert "S-2026-000412, version 2" in text
        assert "trail entry 412, 9f2c71d0a4b85e36; printed 23-Nov-2026 16:10" in text
        assert FOOT_LINE in text


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_file_tells_nothing_of_the_patient_in_its_properties(page: ModuleType) -> None:
    info = pypdf.PdfReader(io.BytesIO(drawn(page, full_file()))).metadata
    assert info is not None
    assert info.title == "S-2026-000412"
    assert "Sample" not in str(info)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_empty_session_has_its_pages_and_says_what_is_missing(page: ModuleType) -> None:
    text = text_of(drawn(page, SessionFile())).casefold()
    assert "notrecorded" in text


def test_the_practice_clinic_is_named_across_every_page() -> None:
    pdf = drawn(session_record, full_file(), replace(STAMP, practice=True))
    assert all("PRACTICE" in text for text in page_texts(pdf))
    assert "PRACTICE" not in "".join(page_texts(drawn(session_record, full_file())))


def test_no_page_is_titled_as_the_form() -> None:
    text = " ".join(page_texts(drawn(rems_content, full_file())))
    assert "Session content for the REMS" in text
    assert "Patient Monitoring Form" not in text


# --- nothing lost


def test_every_text_of_every_record_is_in_the_session_record() -> None:
    file = full_file()
    text = text_of(drawn(session_record, file))
    parts = ("administrations", "observations", "events", "checks", "notes", "scores")
    parts = (*parts, "reviews", "proposals", "movements", "calls")
    records = [r for name in parts for r in getattr(file, name)]
    wanted = [t for r in (file.patient, file.session, *records) for t in texts_in(r)]
    coded = {c.code for c in file.checks if c.words}
    assert len(wanted) > 50
    assert [t for t in wanted if squeezed(t) not in text and t not in coded] == []


@pytest.mark.parametrize("awkward", AWKWARD)
def test_awkward_words_stand_as_they_were_typed(awkward: str) -> None:
    file = full_file()
    told = replace(
        file,
        patient=replace(file.patient, allergies=awkward),
        session=replace(file.session, note=awkward),
        events=(Event(verbatim=awkward, onset=at(3)),),
        notes=(Note(words=awkward, at=at(4)),),
    )
    shown = squeezed(fonts.visible(awkward))
    for page, times in ((session_record, 4), (handover, 4)):
        text = text_of(drawn(page, told))
        if bidi.base_level(awkward):
            # A reader of PDF gives letters from the right in another order.
            assert sum(text.count(c) for c in set(shown)) >= times * len(set(shown))
        else:
            assert text.count(shown) >= times


def test_a_text_longer_than_a_page_goes_on_over_the_page_under_the_same_head() -> None:
    words = [f"word{n}" for n in range(6000)]
    file = replace(full_file(), notes=(Note(words=" ".join(words), at=at(4), by="Dana"),))
    pdf = drawn(session_record, file)
    text = " ".join(page_texts(pdf)).split()
    assert [w for w in text if w.startswith("word")] == words
    assert sum("Kind" in page and "word" in page for page in page_texts(pdf)) > 1


def test_a_thousand_readings_stand_each_in_a_row_of_its_own() -> None:
    readings = tuple(
        Observation(id=str(n), kind=ObservationKind.HEART_RATE, value=Decimal(1000 + n), at=at(n))
        for n in range(1000)
    )
    text = " ".join(page_texts(drawn(session_record, SessionFile(observations=readings))))
    assert all(str(1000 + n) in text for n in range(1000))


# --- the session record


def test_struck_readings_and_artefacts_are_printed_with_their_reason() -> None:
    pdf = drawn(session_record, full_file())
    assert says(pdf, "HR 9: Status: Struck through; Reason of the status: typing slip")
    assert says(pdf, "71 (A)", "Status: Artefact; Reason of the status: probe came off")
    assert says(pdf, "Struck through because: undone", "struck through: undone")


def test_amendments_stand_apart_from_what_was_noted_in_time() -> None:
    text = text_of(drawn(session_record, full_file()))
    notes, amended = text.split(squeezed("Amendments after the end"))
    assert squeezed("Hospital called: no infarction.") in amended
    assert squeezed("Oxygen given, 2 L/min by nasal prongs") in notes


def test_a_dismissed_proposal_keeps_its_basis_and_reason() -> None:
    pdf = drawn(session_record, full_file())
    assert says(pdf, "two readings above 180/110, clinic default", "Cuff size or place")


# --- the handover


def test_the_handover_is_one_page_and_names_what_the_ambulance_needs() -> None:
    pdf = drawn(handover, full_file())
    assert "P-0412" in text_of(pdf)
    assert len(page_texts(pdf)) == 1
    assert says(pdf, "Avery Sample", "Sulfonamides: rash in 2014.", "sertraline 100 mg once daily")
    assert says(pdf, "T+0, 13:50", "28 mg", "T+52, 14:42", "Labetalol 5 mg/mL")
    assert says(pdf, "BP 150/92 (T+90, 15:20)", "Chest pain", "Oxygen given, 2 L/min")
    assert says(pdf, "+1 555 0100", "Dr I. Okafor", "called T+60, 14:50")


def test_product_and_lot_of_a_dose_are_named_once() -> None:
    package = Snapshot(name="Ketamine HCl 50 mg/mL", lot="KT6B0417", maker="Invented Inc.")
    giving = Administration(id="a", package=package, started=at(0), dose=Decimal(38))
    (row,) = doses(SessionFile(administrations=(giving,)), [giving]).rows
    words = " | ".join(row.cells)
    assert words.count("Ketamine HCl 50 mg/mL") == words.count("KT6B0417") == 1
    assert "Maker: Invented Inc." in words


def test_a_heading_stands_on_the_page_of_its_picture() -> None:
    filled = [Para(f"line {n}") for n in range(30)]
    high = Picture(150.0, lambda *_place: None, "")
    pages = page_texts(
        render([*filled, Heading("Chart"), high], Frame("Title", "", STAMP), NoProgress())[0]
    )
    assert ["Chart" in page for page in pages] == [False, True]


def test_the_handover_shows_no_struck_event_note_or_reading() -> None:
    pdf = drawn(handover, full_file())
    assert not says(pdf, "Headache")
    assert not says(pdf, "Wrong line")
    assert not says(pdf, "probe came off")


def test_the_handover_names_what_is_proposed_and_not_decided_on() -> None:
    file = full_file()
    assert not says(drawn(handover, file), "not decided on yet")
    one = Proposal(term="Oxygen saturation decreased", first=at(15), state=ProposalState.OPEN)
    pdf = drawn(handover, replace(file, proposals=(*file.proposals, one)))
    assert says(pdf, "Oxygen saturation decreased, from T+15, 14:05; not decided on yet")


def test_the_handover_says_what_is_not_known() -> None:
    pdf = drawn(handover, SessionFile(session=Session(number="S-2026-000001")))
    assert says(pdf, "No dose recorded.", "No reading recorded.", "none recorded")
    assert says(pdf, "times not recorded yet", "Nothing noted.")


@pytest.mark.parametrize("page", [handover, session_record])
def test_what_still_runs_is_printed_with_what_went_in_and_not_with_what_was_set(
    page: ModuleType,
) -> None:
    drip = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=at(0),
    )
    file = SessionFile(session=Session(started=at(0)), administrations=(drip,), as_of=at(10))
    assert says(drawn(page, file), "running, 9.5 of 38 mg")


def test_a_time_on_another_day_is_shown_with_its_day() -> None:
    late = replace(full_file(), notes=(Note(words="late", at=at(24 * 60)),))
    assert says(drawn(session_record, late), "T+1d 00:00, 24-Nov-2026 13:50")


# --- the pages themselves


def frame() -> Frame:
    return Frame("A title", "A subtitle", STAMP)


def test_a_picture_that_has_no_room_goes_on_the_next_page() -> None:
    seen: list[tuple[float, float]] = []
    filler = [Para("line")] * 50
    picture = Picture(80.0, lambda pen, x, y, w: seen.append((y, w)), "")
    _pdf, pages = render([*filler, picture], frame(), NoProgress())
    assert pages == 2
    assert seen == [(22.0, pytest.approx(190.5))]


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    parts = [*[Para("line")] * 52, Heading("Below"), Para("text")]
    pdf, _pages = render(parts, frame(), NoProgress())
    first, second = page_texts(pdf)
    assert "Below" not in first
    assert "Below" in second


def test_a_table_repeats_its_head_on_each_page() -> None:
    table = Table((("Left", 1.0), ("Right", 1.0)), tuple(Row((str(n), "x")) for n in range(120)))
    pdf, pages = render([table], frame(), NoProgress())
    assert pages > 1
    assert all("Left" in text for text in page_texts(pdf))


def test_making_pages_can_be_stopped() -> None:
    class Stopped(NoProgress):
        def step(self, done: int, total: int, note: str) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        render([Para("x")], frame(), Stopped())


def test_the_chart_stands_in_the_record_and_numbers_events_as_the_table() -> None:
    pdf = drawn(session_record, full_file())
    assert says(pdf, "T0 = 13:50, times in America/New_York", "own baseline 128/78")
    assert says(pdf, "1 Dissociation", "2 Chest pain")


def test_readings_without_any_time_have_a_table_and_no_chart() -> None:
    reading = Observation(id="r", kind=ObservationKind.PAIN, value=Decimal(3))
    pdf = drawn(session_record, SessionFile(observations=(reading,)))
    assert says(pdf, "Pain 3", "time not known")
    assert not says(pdf, "times in")


def test_an_order_by_weight_is_told_apart_from_what_was_given() -> None:
    def told_of(dose: str, weight: str | None = "76") -> str:
        giving = Administration(
            dose=Decimal(dose),
            dose_unit=DoseUnit.MG,
            per_kg=Decimal("0.5"),
            weight=Decimal(weight) if weight else None,
            started=at(0),
            ended=at(10),
        )
        return str(doses(SessionFile(administrations=(giving,)), [giving]).rows[0].cells[3])

    assert told_of("38") == "38 mg (0.5 mg/kg)"
    assert told_of("1.65") == "1.65 mg; ordered 0.5 mg/kg = 38 mg"
    assert told_of("1.65", None) == "1.65 mg; ordered 0.5 mg/kg"


def test_the_rems_page_has_every_item_with_its_boxes_and_says_what_is_left_empty() -> None:
    told = [part for part in rems_content.parts(full_file()) if isinstance(part, Para)]
    labels = {part.label.rstrip("*() 201nowy+").strip() for part in told}
    assert {asked.label.rstrip("*() 201nowy+").strip() for asked in FORM} <= labels
    boxes = {part.label: part.text for part in told}
    assert boxes["Dose *"] == "☒ 56 mg   ☐ 84 mg   ☐ Other"
    assert boxes["Opioids * (now)"] == "☐ Yes   ☐ No   not recorded"
    assert boxes["Sedation: onset, minutes from the first device *"].startswith("not asked")
    assert "Space for a label of the patient" in boxes


def test_what_was_added_or_changed_after_the_end_says_so_in_its_place() -> None:
    file = full_file()
    event, reading, giving = file.events[0], file.observations[0], file.administrations[0]
    marked = replace(
        file,
        events=(replace(event, id="e"), *file.events[1:]),
        observations=(replace(reading, id="o"), *file.observations[1:]),
        administrations=(replace(giving, id="g"), *file.administrations[1:]),
    )
    before = text_of(drawn(session_record, marked)).count("amended")
    lines = (
        Note(kind=NoteKind.AMENDMENT, event_id="e"),
        Note(kind=NoteKind.AMENDMENT, observation_id="o"),
        Note(kind=NoteKind.AMENDMENT, administration_id="g"),
    )
    told = replace(marked, notes=(*file.notes, *lines))
    assert text_of(drawn(session_record, told)).count("amended") == before + 3


def test_what_has_no_column_of_its_own_has_a_third_of_the_width() -> None:
    """Everything else that is known of an event or a score stands there, item after item."""
    tables = [part for part in session_record.parts(full_file()) if isinstance(part, Table)]
    rest = {"More", "Lot and more", "Others, remarks"}
    last = [table.columns for table in tables if table.columns[-1][0] in rest]
    heads = {columns[0][0] for columns in last}

    assert {"Event", "Instrument", "From", "Movement", "Finding", "Question"} <= heads
    for columns in last:
        total = sum(share for _head, share in columns)
        assert columns[-1][1] / total > 0.3, columns[0]
