"""Everything on record about a session, and what the REMS asks of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.chair.rems import NOT_ANSWERED, rems_items, told
from aeapp.domain.chair.session_file import SessionFile, when
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import Answer, CheckKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Check, Consent, Event, Session
from aeapp.domain.records.administration import Snapshot
from aeapp.domain.values import PartialDate
from tests.exports.session_files import at, full_file, row


def items(file: SessionFile) -> dict[str, str]:
    return {f"{item.block}: {item.label}": item.value for item in rems_items(file)}


# --- the file


def test_minutes_count_from_the_first_treatment_dose_and_not_from_a_rescue_medicine() -> None:
    file = full_file()
    early = replace(file.administrations[2], started=at(-9))
    file = replace(file, administrations=(*file.administrations, early))
    assert file.zero == at(0)
    assert [g.id for g in file.doses] == ["g1", "g2"]
    assert [g.id for g in file.rescue] == ["g3", "g3"]
    assert file.minute(at(12)) == 12
    assert file.minute(NullFlavor.UNK) is None
    assert SessionFile().minute(at(12)) is None


def test_what_was_given_is_named_as_the_package_said_that_day() -> None:
    file = full_file()
    giving = file.administrations[0]
    assert (file.product_name(giving), file.lot_number(giving)) == ("SPRAVATO 28 mg", "KT6B0417")
    today = replace(giving, package=Snapshot(name="SPRAVATO old box", lot="OLD1"))
    assert (file.product_name(today), file.lot_number(today)) == ("SPRAVATO old box", "OLD1")
    nobody = Administration()
    assert (file.product_name(nobody), file.lot_number(nobody)) == ("", "")
    assert file.lot_number(file.administrations[2]) == ""


def test_readings_that_do_not_count_are_not_among_the_readings_of_a_quantity() -> None:
    file = full_file()
    rates = file.readings(ObservationKind.HEART_RATE)
    assert Decimal(9) not in [r.value for r in rates]
    assert [r.at for r in rates] == sorted((r.at for r in rates), key=when)
    assert when(NullFlavor.UNK) == ""


def test_times_are_shown_on_the_clinics_clocks() -> None:
    utc = PartialDate(2026, 11, 23, 18, 50, None, 0)
    assert full_file().on_clock(utc) == at(0)


# --- the REMS


def test_the_slot_of_forty_minutes_names_the_minute_of_the_nearest_reading() -> None:
    file = full_file()
    slot = "Pressure: 40 minutes after the first device; the nearest reading"
    assert items(file)[slot] == "182/106 mmHg at minute 45"
    nearer = replace(file, observations=(*file.observations, *row(35, 170, 100)))
    assert items(nearer)[slot] == "170/100 mmHg at minute 35"
    struck = [replace(o, status=ObservationStatus.STRUCK) for o in file.observations]
    assert items(replace(file, observations=tuple(struck)))[slot] == "not read"


def test_a_reading_far_from_the_slot_says_that_none_was_near() -> None:
    file = replace(full_file(), observations=(*row(56, 150, 90), *row(90, 140, 85)))
    slot = "Pressure: 40 minutes after the first device; the nearest reading"
    told = "150/90 mmHg at minute 56; none within 15 minutes of minute 40"
    assert items(file)[slot] == told
    near = replace(file, observations=row(55, 150, 90))
    assert items(near)[slot] == "150/90 mmHg at minute 55"


def test_of_two_readings_as_near_the_earlier_is_offered_and_without_a_dose_none() -> None:
    file = full_file()
    slot = "Pressure: 40 minutes after the first device; the nearest reading"
    near = replace(file, observations=(*row(45, 182, 106), *row(35, 170, 100)))
    assert items(near)[slot] == "170/100 mmHg at minute 35"
    nothing = items(replace(file, administrations=()))
    assert nothing[slot] == nothing["Pressure: Before the dose"] == "not read"


def test_what_is_missing_is_needed_and_not_on_record() -> None:
    file = full_file()
    assert [i.label for i in rems_items(file) if i.missing] == []
    bare = replace(file, patient=replace(file.patient, sex=None), observations=(), lots=())
    missing = [(i.block, i.label) for i in rems_items(bare) if i.missing]
    assert missing == [
        ("Patient", "Sex"),
        ("Session", "Lot"),
        ("Pressure", "Before the dose"),
        ("Pressure", "40 minutes after the first device; the nearest reading"),
        ("Pressure", "Before leaving; the last reading"),
    ]
    told_of = replace(file, patient=replace(file.patient, sex=NullFlavor.UNK))
    assert not any(i.missing for i in rems_items(told_of))


def test_a_struck_dose_is_on_record_and_counts_nowhere() -> None:
    file = full_file()
    first, *others = file.administrations
    slip = replace(first, struck_reason="undone")
    struck = replace(file, administrations=(slip, *others))
    assert [g.id for g in struck.struck_doses] == ["g1"]
    assert [g.id for g in struck.doses] == ["g2"]
    assert struck.zero == at(5)
    assert items(struck)["Session: Dose"] == "28 mg"


def test_pressures_before_and_at_the_end_say_their_minute() -> None:
    found = items(full_file())
    assert found["Pressure: Before the dose"] == "128/78 mmHg at minute −5"
    assert found["Pressure: Before leaving; the last reading"] == "150/92 mmHg at minute 90"
    assert found["Pressure: Acceptable before the dose"] == (
        "Yes; to which reading is not on record"
    )
    assert found["Pressure: Acceptable before leaving"] == NOT_ANSWERED


def test_a_session_of_less_than_two_hours_gives_its_real_minutes_and_why() -> None:
    file = full_file()
    found = items(file)
    assert found["Time: From the first device to the end of monitoring"] == "96 minutes"
    assert found["Time: Shorter than 120 minutes"] == "Transferred; Chest pain that did not settle"
    long = items(replace(file, session=replace(file.session, ended=at(121), ready_minute=None)))
    assert "Time: Shorter than 120 minutes" not in long
    assert long["Time: Without the rule of two hours, ready to leave after"] == NOT_ANSWERED


def test_the_dose_is_the_sum_of_the_devices_and_never_of_a_guess() -> None:
    file = full_file()
    assert items(file)["Session: Dose"] == "56 mg"
    assert items(file)["Session: Devices"] == "2"
    first, second, rescue = file.administrations
    unknown = replace(file, administrations=(first, replace(second, dose=None), rescue))
    assert items(unknown)["Session: Dose"] == NOT_ANSWERED
    whole = replace(first, dose=Decimal(84), device_number=None)
    assert items(replace(file, administrations=(whole,)))["Session: Devices"] == "3"
    other = replace(file, administrations=(first, replace(second, dose_unit=DoseUnit.ML)))
    assert items(other)["Session: Dose"] == "28 mg + 28 mL"
    nameless = replace(file, administrations=(first, replace(second, dose_unit=None)))
    assert items(nameless)["Session: Dose"] == "28 mg + 28 ?"


def test_an_event_that_is_not_on_record_is_not_recorded_which_is_not_no() -> None:
    found = items(full_file())
    assert found["Events: Sedation"] == "no such event recorded"
    assert found["Events: Dissociation"] == "Recorded: Dissociation from minute 12, to minute 55"
    assert found["Events: Other events"] == "Chest pain from minute 48, resolution not recorded"


def test_seriousness_is_told_as_assessed_and_as_open() -> None:
    file = full_file()
    label = "Events: Serious adverse event"
    assert items(file)[label] == "Chest pain: Hospitalization (Initial or prolonged)"
    dissociation, chest, struck = file.events
    assert items(replace(file, events=(dissociation, struck)))[label] == (
        "No criterion met, as assessed"
    )
    open_ = replace(file, events=(replace(chest, seriousness=None, onset=NullFlavor.UNK),))
    assert items(open_)[label] == "Chest pain: seriousness not recorded"
    assert items(open_)["Events: Other events"].startswith("Chest pain onset not known")


def test_a_struck_event_is_counted_nowhere() -> None:
    struck = Event(verbatim="Sedation", severity=Severity.MILD, onset=at(3), struck_reason="slip")
    found = items(replace(full_file(), events=(struck,)))
    assert found["Events: Sedation"] == "no such event recorded"
    assert found["Events: Serious adverse event"] == "no event recorded"


def test_who_monitored_is_who_completed_it_else_who_gave_the_drug() -> None:
    file = full_file()
    assert items(file)["Who monitored: Telephone"] == "+1 555 0101"
    given = replace(file, session=replace(file.session, rems_completed_by=None), staff=())
    assert items(given)["Who monitored: Name"] == "Dana Reyes, RN"
    assert items(given)["Who monitored: Telephone"] == NOT_ANSWERED


def test_medicines_are_listed_and_their_classes_left_to_a_person() -> None:
    found = items(full_file())
    assert found["Medicines taken at the time: On record"] == "sertraline 100 mg once daily"
    asked = "Free of sedatives and stimulants today, as answered before the dose"
    assert found[f"Medicines taken at the time: {asked}"] == (
        "No; lorazepam 1 mg at 22:00; Prescriber was asked and agreed"
    )


def test_an_answer_before_the_dose_and_one_before_leaving_are_two() -> None:
    leaving = Check(list=CheckKind.DISCHARGE, code="pressure", answer=Answer.NO, reason="told")
    file = full_file()
    found = items(replace(file, checks=(*file.checks, leaving)))
    assert found["Pressure: Acceptable before the dose"] == (
        "Yes; to which reading is not on record"
    )
    assert found["Pressure: Acceptable before leaving"] == (
        "No; told; to which reading is not on record"
    )


def test_enrolment_and_prescriber_are_read_from_the_list_where_no_record_says_them() -> None:
    checks = (
        Check(list=CheckKind.GATE, code="rems", answer=Answer.YES),
        Check(list=CheckKind.GATE, code="prescriber", answer=Answer.YES, told="Dr Lee"),
    )
    found = items(SessionFile(checks=checks))
    assert found["Patient: Enrolled in the REMS"] == "Yes"
    assert found["Who monitored: Prescriber on site"] == "Yes; Dr Lee"


def test_an_empty_session_says_that_nothing_is_recorded() -> None:
    found = items(SessionFile(session=Session(), consents=(Consent(),)))
    assert found["Patient: Name, as on record"] == NOT_ANSWERED
    assert found["Patient: First treatment session here"] == "Yes"
    assert found["Patient: Enrolled in the REMS"] == NOT_ANSWERED
    assert found["Session: Date"] == NOT_ANSWERED
    assert found["Session: Dose"] == NOT_ANSWERED
    assert found["Session: Devices"] == NOT_ANSWERED
    assert found["Time: From the first device to the end of monitoring"] == NOT_ANSWERED
    assert found["Pressure: Before the dose"] == "not read"


def test_a_reason_is_told_in_words() -> None:
    assert told(NullFlavor.ASKU) == "Asked but not told"
    assert told(None) == NOT_ANSWERED


def test_a_line_that_was_struck_does_not_stand() -> None:
    oxygen, wrong, _amendment = full_file().notes
    assert (oxygen.stands, wrong.stands) == (True, False)
