"""A paper of differences tells nobody who the patient is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.archive import Bundle, case_from
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.copies import VERY_OLD, WITHHELD, known_of
from aeapp.domain.differences import Change, differences
from aeapp.domain.narrative.scan import left_in, met_in
from aeapp.domain.records import Attachment, CaseFile, Lot, Patient, Product, Reporter
from aeapp.domain.records.device import Device
from aeapp.domain.unnamed import HIDDEN, deidentified_changes, unnamed
from aeapp.domain.values import PartialDate
from tests.helpers.guards import SENTINEL

NAME = f"{SENTINEL} Larkwood"
OLD = Bundle(
    patient=Patient(id="p", name=NAME, birth_date=PartialDate(1980, 4, 12), history="None."),
    case=CaseFile(id="c", patient_id="p", narrative="He fell."),
    reporters=(Reporter(id="r", last_name="Kim", files=True), Reporter(id="s", last_name="Doe")),
)


def told(old: Bundle, new: Bundle) -> str:
    changes = differences(old, new)
    return "\n".join(c.sentence() for c in unnamed(changes, case_from(old), case_from(new)))


def test_who_the_patient_is_is_not_shown_before_nor_after() -> None:
    assert OLD.patient is not None
    patient = replace(OLD.patient, name="Tom Quill", birth_date=None, history="Asthma.")
    new = replace(
        OLD,
        patient=patient,
        case=replace(OLD.case, narrative=f"{SENTINEL} Larkwood, then Tom Quill, fell."),
        reporters=(
            replace(OLD.reporters[0], last_name="Lee"),
            replace(OLD.reporters[1], last_name="Roe"),
        ),
        attachments=(Attachment(id="a", case_id="c", title="Letter to Quill", sha256="ab"),),
    )

    words = told(OLD, new)

    for name in (SENTINEL, "Larkwood", "Quill", "1980", "Doe", "Roe"):
        assert name not in words
    assert f"{HIDDEN} → {HIDDEN}" in words
    assert f"→ {HIDDEN}, then {HIDDEN}, fell." in words
    for kept in ("None. → Asthma.", "Kim → Lee", "He fell.", "(nothing) → ab"):
        assert kept in words


def test_a_word_that_a_person_left_in_is_shown_where_it_was_left() -> None:
    new = replace(OLD, case=replace(OLD.case, narrative="He fell in Larkwood Park. Larkwood ran."))
    assert told(OLD, new).count(HIDDEN) == 2

    case = case_from(new)
    answers = left_in(met_in(case)[:1], "A park", "N. Kim")
    new = replace(new, case=replace(new.case, left_in=answers))

    assert "He fell in Larkwood Park." in told(OLD, new)
    assert told(OLD, new).count(HIDDEN) == 1


def test_a_link_to_the_patient_shows_no_name() -> None:
    new = replace(OLD, case=replace(OLD.case, patient_id=""))
    assert SENTINEL not in told(OLD, new)


def test_a_deidentified_paper_has_years_and_no_number_link_or_unread_text() -> None:
    old = replace(
        OLD,
        patient=Patient(id="p", name=NAME, age=Decimal(41), sex=Sex.FEMALE),
        products=(Product(id="d", name="Ketamine", strength="50"),),
        lots=(Lot(id="l", number="K1", product_id="d"),),
    )
    new = replace(
        old,
        patient=Patient(
            id="p", name=NAME, age=Decimal(91), sex=Sex.MALE, deceased_on=PartialDate(2026, 11, 2)
        ),
        case=replace(
            old.case, number="KC-1", narrative=f"{NAME} fell.", device=Device(serial="SN-1")
        ),
        products=(*old.products, Product(id="e", name="Esketamine")),
        lots=(Lot(id="l", number="K1", product_id="e"),),
    )
    changes = differences(old, new)
    cases = (case_from(old), case_from(new))
    known = [one for case in cases for one in known_of(case)]

    def of(path: str, *, read: bool = False) -> tuple[str, str]:
        made = deidentified_changes(changes, known, texts_read=read)
        assert [c.path for c in made] == [c.path for c in changes]
        (one,) = (c for c in made if c.path == path)
        return one.before, one.after

    assert of("patient.age") == ("41", VERY_OLD)
    assert of("patient.sex") == ("Female", "Male")
    assert of("patient.deceased_on") == ("", "2026")
    assert of("case.number") == of("case.device.serial") == ("", HIDDEN)
    assert of("lots[0].product_id") == (HIDDEN, HIDDEN)
    assert of("case.narrative") == (WITHHELD, WITHHELD)
    before, after = of("case.narrative", read=True)
    assert (before, NAME in after, "fell." in after) == ("He fell.", False, True)
    assert of("products[1].name") == ("", "Esketamine")


def test_a_place_that_no_case_file_has_is_not_shown() -> None:
    odd = Change("case.shoe.size", "Case", "Size", "44", "45")
    (made,) = deidentified_changes([odd], (), texts_read=True)
    assert (made.before, made.after) == (HIDDEN, HIDDEN)
    dated = Change("patient.deceased_on", "Patient", "Death", "not known", "2026")
    (made,) = deidentified_changes([dated], (), texts_read=True)
    assert (made.before, made.after) == ("not known", "2026")
