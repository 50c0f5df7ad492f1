"""Views are computed from the records, never typed: what a report shows of a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from aeapp.domain.case import Case, settle, source_of, write
from aeapp.domain.codelists.clinic import (
    DurationUnit,
    MedicineRole,
    ObservationKind,
    ObservationStatus,
    PatientInvolvement,
    ReadingUnit,
    SessionRoute,
)
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    AgeUnit,
    Challenge,
    DrugRole,
    Frequency,
    Seriousness,
    WeightUnit,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Clinic,
    Event,
    Lot,
    Observation,
    Patient,
    Product,
    Reporter,
    Session,
)
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.domain.views import age_on
from tests.factories import cases, day

DEATH, STAY = Seriousness.DEATH, Seriousness.HOSPITALIZATION


@given(cases())
def test_settling_twice_changes_nothing(case: Case) -> None:
    assert settle(case) == case


@given(cases())
def test_readings_that_stay_are_not_worked_through_again(case: Case) -> None:
    again = settle(replace(case, case=replace(case.case, narrative="typed")))

    assert again.digest is case.digest
    assert again.given is case.given


@given(cases())
def test_a_case_settled_from_nothing_equals_one_that_kept_its_digest(case: Case) -> None:
    fresh = settle(replace(case, digest=Case().digest, given=Case().given))

    assert fresh == case
    assert fresh.digest.rows == case.digest.rows


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("products[0].name", "Esketamine"),
        ("lots[0].number", "L-2"),
        ("sessions[0].route", SessionRoute.IM),
        ("administrations[0].dose", Decimal(7)),
        ("events[0].dechallenge", Challenge.YES),
        ("clinic.time_zone", "Asia/Tokyo"),
    ],
)
def test_suspects_are_made_anew_from_whatever_they_are_made_of(path: str, value: object) -> None:
    started = PartialDate(2026, 11, 16, 10, 0, offset=-300)
    case = case_of(
        clinic=Clinic(time_zone="America/New_York"),
        administrations=(giving(0, session_id="s", started=started),),
        products=(PRODUCT,),
        lots=(LOT,),
        sessions=(SESSION,),
        events=(Event(id="e"),),
    )

    changed = write(case, path, value)

    assert changed.suspects != case.suspects
    assert changed == settle(replace(changed, given=Case().given))


@pytest.mark.parametrize(
    ("birth", "on", "age", "unit"),
    [
        ("1986-11-17", "2026-11-16", 39, AgeUnit.YEAR),
        ("1986-11-16", "2026-11-16", 40, AgeUnit.YEAR),
        ("2023-11-16", "2026-11-16", 3, AgeUnit.YEAR),
        ("2023-11-17", "2026-11-16", 35, AgeUnit.MONTH),
        ("2026-10-16", "2026-11-16", 1, AgeUnit.MONTH),
        ("2026-10-17", "2026-11-16", 30, AgeUnit.DAY),
        ("2026-11-16", "2026-11-16", 0, AgeUnit.DAY),
        ("2026-11-17", "2026-11-16", None, None),
    ],
)
def test_age_is_counted_in_the_unit_that_fits(
    birth: str, on: str, age: int | None, unit: AgeUnit | None
) -> None:
    found = age_on(dt.date.fromisoformat(birth), dt.date.fromisoformat(on))

    assert found == (None if age is None else Decimal(age), unit)


def case_of(**parts: object) -> Case:
    return settle(Case(**parts))  # type: ignore[arg-type]


def test_the_age_is_that_at_the_event() -> None:
    case = case_of(
        patient=Patient(birth_date=day("1986-02-03")), events=(Event(onset=day("2026-11-16")),)
    )

    assert (case.subject.age, case.subject.age_unit) == (Decimal(40), AgeUnit.YEAR)
    assert case.subject.birth_date is None


@pytest.mark.parametrize(
    ("birth", "onset"),
    [("1986", "2026-11-16"), ("1986-02-03", "2026"), ("1986-02-03", None)],
)
def test_an_age_that_cannot_be_told_leaves_the_date_of_birth(birth: str, onset: str | None) -> None:
    event = Event(onset=day(onset) if onset else NullFlavor.UNK)
    case = case_of(patient=Patient(birth_date=day(birth)), events=(event,))

    assert (case.subject.age, case.subject.birth_date) == (None, day(birth))


def test_an_age_that_was_told_serves_where_there_is_no_date_of_birth() -> None:
    told = Patient(age=Decimal(61), age_unit=AgeUnit.YEAR)

    assert case_of(patient=told).subject.age == Decimal(61)
    refused = replace(told, birth_date=NullFlavor.MSK)
    assert case_of(patient=refused).subject.age == Decimal(61)
    assert case_of(patient=refused).subject.birth_date is None


def test_a_case_without_a_patient_says_none() -> None:
    near_miss = CaseFile(involvement=PatientInvolvement.NONE)

    assert case_of(case=near_miss, patient=Patient(code="P-1")).subject.identifier == "none"
    assert case_of(patient=Patient(code="P-1")).subject.identifier == "P-1"


def weight(kilo: int, at: str | None, **parts: object) -> Observation:
    return Observation(
        kind=ObservationKind.WEIGHT,
        value=Decimal(kilo),
        unit=ReadingUnit.KILOGRAM,
        at=day(at) if at else None,
        **parts,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("weights", "shown"),
    [
        ((), None),
        ((weight(70, "2026-11-01"), weight(71, "2026-11-10")), 71),
        ((weight(71, "2026-11-10"), weight(72, "2026-11-20")), 71),
        ((weight(71, "2026-11-16T09:00-06:00"), weight(70, "2026-11-01")), 71),
        ((weight(72, "2026-11-20"), weight(73, "2026-11-25")), 72),
        ((weight(69, None),), 69),
        ((weight(69, None), weight(72, "2026-11-20")), 69),
        ((weight(70, "2026-11-01"), weight(99, "2026-11-10", status="struck")), 70),
    ],
)
def test_the_weight_is_the_last_one_before_the_event(
    weights: tuple[Observation, ...], shown: int | None
) -> None:
    weights = tuple(replace(w, status=ObservationStatus.STRUCK) if w.status else w for w in weights)
    case = case_of(events=(Event(onset=day("2026-11-16T10:00-06:00")),), observations=weights)

    assert case.subject.weight == (None if shown is None else Decimal(shown))


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        (ReadingUnit.KILOGRAM, WeightUnit.KG),
        (ReadingUnit.POUND, WeightUnit.LB),
        (None, None),
        (ReadingUnit.PERCENT, None),
    ],
)
def test_the_weight_keeps_its_unit(unit: ReadingUnit | None, shown: WeightUnit | None) -> None:
    case = case_of(observations=(replace(weight(70, None), unit=unit),))

    assert case.subject.weight_unit is shown
    assert case.subject.weight == Decimal(70)


def test_a_weight_without_a_number_is_none() -> None:
    unknown = Observation(kind=ObservationKind.WEIGHT, value=NullFlavor.UNK)

    assert case_of(observations=(unknown,)).subject.weight is None


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ([], None),
        ([None], None),
        ([frozenset()], frozenset()),
        ([frozenset({STAY})], frozenset({STAY})),
        ([frozenset({STAY}), frozenset({DEATH})], frozenset({STAY, DEATH})),
        ([frozenset({STAY}), None], frozenset({STAY})),
        ([frozenset(), None], None),
        ([frozenset(), frozenset()], frozenset()),
        ([frozenset(), NullFlavor.NI], NullFlavor.NI),
        ([NullFlavor.NI, None], None),
    ],
)
def test_the_case_is_as_serious_as_its_events_and_unassessed_is_not_no(
    answers: list[object], shown: object
) -> None:
    events = tuple(Event(seriousness=a) for a in answers)  # type: ignore[arg-type]

    assert case_of(events=events).happening.seriousness == shown


def test_the_date_of_death_shows_only_where_the_event_was_fatal() -> None:
    patient = Patient(deceased_on=day("2026-11-20"))
    fatal = Event(seriousness=frozenset({DEATH}))

    assert case_of(patient=patient, events=(fatal,)).happening.died_on == day("2026-11-20")
    assert case_of(patient=patient, events=(Event(),)).happening.died_on is None


@pytest.mark.parametrize(
    ("onsets", "shown"),
    [
        ([], day("2026-11-01")),
        ([None], None),
        ([day("2026-11-16")], day("2026-11-16")),
        ([day("2026-11-16"), day("2026-11-15"), None], day("2026-11-15")),
        ([NullFlavor.UNK, None], NullFlavor.UNK),
    ],
)
def test_the_date_of_event_is_that_of_the_first_one(onsets: list[object], shown: object) -> None:
    events = tuple(Event(onset=o) for o in onsets)  # type: ignore[arg-type]
    case = case_of(case=CaseFile(occurred_on=day("2026-11-01")), events=events)

    assert case.happening.onset == shown


@pytest.mark.parametrize(
    ("history", "more", "allergies", "shown"),
    [
        (None, None, None, None),
        ("Asthma.", None, None, "Asthma."),
        ("Asthma.", "Fasted.", "latex", "Asthma.\nFasted.\nAllergies: latex"),
        (NullFlavor.UNK, None, NullFlavor.ASKU, None),
        (NullFlavor.UNK, "Fasted.", NullFlavor.NI, "Fasted."),
    ],
)
def test_history_is_put_together_and_a_reason_is_never_text(
    history: str | None, more: str | None, allergies: str | None, shown: str | None
) -> None:
    patient = Patient(history=history, allergies=allergies)
    case = case_of(patient=patient, case=CaseFile(more_history=more))

    assert case.happening.history == shown


# ------------------------------------------------------------------ suspects


def giving(n: int, **parts: object) -> Administration:
    return Administration(id=f"g{n}", product_id="p", lot_id="l", **parts)  # type: ignore[arg-type]


PRODUCT, LOT = Product(id="p", name="ketamine"), Lot(id="l", number="K1")
SESSION = Session(id="s", route=SessionRoute.IV_INFUSION, indication="depression")


def test_a_suspect_shows_its_product_lot_and_giving() -> None:
    case = case_of(
        products=(Product(id="x"), PRODUCT),
        lots=(LOT,),
        administrations=(giving(1, dose=Decimal(40), indication="pain"),),
        events=(Event(dechallenge=Challenge.YES, rechallenge=Challenge.NO),),
    )

    [suspect] = case.suspects
    assert (suspect.product, suspect.lot) == (PRODUCT, LOT)
    assert suspect.giving.dose == Decimal(40)
    assert suspect.indication == "pain"
    assert (suspect.abated, suspect.reappeared) == (Challenge.YES, Challenge.NO)


def test_a_suspect_whose_product_and_lot_are_not_known_is_one_all_the_same() -> None:
    [suspect] = case_of(administrations=(Administration(id="g"),)).suspects

    assert (suspect.product, suspect.lot) == (Product(), Lot())
    assert (suspect.abated, suspect.reappeared) == (None, None)


def test_what_was_taken_at_the_time_or_against_the_event_is_no_suspect() -> None:
    case = case_of(
        products=(PRODUCT, Product(id="q", name=NullFlavor.UNK)),
        administrations=(
            giving(1, role=DrugRole.TREATMENT),
            giving(2, role=DrugRole.CONCOMITANT, started=day("2026"), ended=day("2026-11")),
            Administration(id="g3", product_id="q", role=DrugRole.CONCOMITANT),
            Administration(id="g4", role=DrugRole.CONCOMITANT),
        ),
        patient=Patient(
            medicines=(
                Medicine(name="a"),
                Medicine(name="b", role=MedicineRole.PAST),
                Medicine(name="c", role=MedicineRole.EVENT_TREATMENT),
                Medicine(name="d", role=MedicineRole.CONCOMITANT),
            )
        ),
    )

    assert case.suspects == ()
    assert [m.name for m in case.concomitants] == ["a", "d", "ketamine", None, None]
    assert case.concomitants[2].started == day("2026")
    assert case.concomitants[2].ended == day("2026-11")


def merged(*givings: Administration, sessions: tuple[Session, ...] = ()) -> Administration:
    case = case_of(products=(PRODUCT,), lots=(LOT,), administrations=givings, sessions=sessions)
    [suspect] = case.suspects
    return suspect.giving


def test_several_givings_are_shown_as_one_with_the_sum_of_their_doses() -> None:
    shown = merged(
        *(
            giving(n, dose=Decimal(28), dose_unit=DoseUnit.MG, started=day(f"2026-11-16T10:{n}5Z"))
            for n in range(3)
        )
    )

    assert (shown.dose, shown.dose_unit, shown.dose_text) == (Decimal(84), DoseUnit.MG, None)
    assert shown.started == day("2026-11-16T10:05Z")
    assert shown.ended is None


def test_doses_that_cannot_be_added_are_named_one_by_one() -> None:
    mixed = merged(
        giving(1, dose=Decimal(28), dose_unit=DoseUnit.MG),
        giving(2, dose=Decimal(1)),
        giving(3, dose_text="half a device"),
        giving(4),
        giving(5, dose=NullFlavor.UNK),
    )

    assert (mixed.dose, mixed.dose_text) == (
        None,
        "28 mg; 1; half a device; not stated; unknown",
    )


def test_doses_of_several_sessions_are_not_added() -> None:
    shown = merged(
        giving(1, dose=Decimal(56), dose_unit=DoseUnit.MG, session_id="s"),
        giving(2, dose=Decimal(84), dose_unit=DoseUnit.MG, session_id="t"),
    )

    assert (shown.dose, shown.dose_text) == (None, "56 mg; 84 mg")


def test_a_reason_shared_by_all_doses_stays_a_reason() -> None:
    shown = merged(giving(1, dose=NullFlavor.UNK), giving(2, dose=NullFlavor.UNK))

    assert (shown.dose, shown.dose_text) == (NullFlavor.UNK, None)
    assert merged(giving(1), giving(2)).dose_text is None


def test_what_givings_do_not_share_is_left_open() -> None:
    shown = merged(
        giving(1, route=FormRoute.NASAL, ongoing=True, ended=day("2026-11-16")),
        giving(2, route=FormRoute.ORAL, ongoing=True, started=NullFlavor.UNK),
    )

    assert (shown.route, shown.ongoing) == (None, True)
    assert (shown.started, shown.ended) == (None, None)


def test_the_last_end_is_known_only_where_every_end_is() -> None:
    ends = giving(1, ended=day("2026-11-16")), giving(2, ended=day("2026-11-23"))

    assert merged(*ends).ended == day("2026-11-23")
    assert merged(*ends, giving(3, ended=NullFlavor.UNK)).ended is None
    assert merged(*(giving(n, ended=NullFlavor.UNK) for n in range(2))).ended is NullFlavor.UNK


def test_words_beside_a_dose_stay_beside_the_sum_and_beside_the_single_doses() -> None:
    failed = giving(1, dose=Decimal(28), dose_unit=DoseUnit.MG, dose_text="half lost")

    added = merged(failed, giving(2, dose=Decimal(28), dose_unit=DoseUnit.MG))
    listed = merged(failed, giving(2, dose=Decimal(1), dose_unit=DoseUnit.GM))

    assert (added.dose, added.dose_text) == (Decimal(56), "half lost")
    assert (listed.dose, listed.dose_text) == (None, "28 mg (half lost); 1 g")


def test_doses_of_several_days_without_a_session_are_not_added() -> None:
    shown = merged(
        giving(1, dose=Decimal(28), dose_unit=DoseUnit.MG, started=day("2026-11-01")),
        giving(2, dose=Decimal(28), dose_unit=DoseUnit.MG, started=day("2026-11-08")),
    )

    assert (shown.dose, shown.dose_text) == (None, "28 mg; 28 mg")


def test_a_shared_duration_and_reduction_stay_and_others_are_worded() -> None:
    long = giving(1, duration=Decimal(40), duration_unit=DurationUnit.MINUTE)
    shared = merged(long, replace(long, id="g2"))
    apart = merged(
        replace(long, reduced_on=day("2026-11-02")),
        giving(2, duration=Decimal(2), reduced_on=NullFlavor.UNK),
        giving(3, duration=NullFlavor.UNK),
    )

    assert (shared.duration, shared.duration_unit) == (Decimal(40), DurationUnit.MINUTE)
    assert (apart.duration, apart.reduced_on) == (None, None)
    assert apart.dose_text == "lasted 40 minute(s); lasted 2; reduced on 02-Nov-2026"


def test_the_dose_form_of_several_doses_is_kept_or_told() -> None:
    spray, again = giving(1, dose_form="spray"), giving(2, dose_form="spray")
    assert merged(spray, again).dose_form == "spray"
    other = merged(spray, giving(2, dose_form=NullFlavor.UNK), giving(3, dose_form="solution"))
    assert (other.dose_form, other.dose_text) == (None, "as spray; as solution")


def test_a_reason_and_the_text_that_spells_it_are_not_shared() -> None:
    shown = merged(giving(1, indication=NullFlavor.NI), giving(2, indication="NI"))

    assert shown.indication is None


def test_indications_that_differ_are_all_named_and_an_edit_is_stated() -> None:
    case = case_of(administrations=(giving(1, indication="depression"), giving(2)))
    case = settle(
        replace(case, administrations=(*case.administrations, giving(3, indication="pain")))
    )

    assert case.suspects[0].indication == "depression; pain"
    assert source_of(case, "suspects[0].indication") is None
    open_ = case_of(administrations=(giving(1), giving(2)))
    assert source_of(open_, "suspects[0].indication") == "administrations[0].indication"


def test_givings_of_products_that_nobody_named_are_suspects_apart() -> None:
    both = tuple(Administration(id=f"g{n}", dose=Decimal(n), dose_unit=DoseUnit.MG) for n in (5, 7))

    assert [s.giving.dose for s in case_of(administrations=both).suspects] == [5, 7]


def test_a_session_speaks_for_its_main_drug_only() -> None:
    before = Administration(
        id="o", product_id="q", session_id="s", started=day("2026-11-16T09:00Z")
    )
    main = giving(1, session_id="s", started=day("2026-11-16T08:00Z"))
    later = giving(2, session_id="s")
    case = case_of(
        products=(PRODUCT, Product(id="q", name="ondansetron tablet")),
        administrations=(before, main, later),
        sessions=(Session(id="empty"), SESSION),
    )

    other, ketamine = case.suspects
    assert (other.giving.route, other.giving.frequency, other.indication) == (None, None, None)
    assert ketamine.giving.route is FormRoute.INTRAVENOUS_DRIP
    assert ketamine.giving.frequency_text == "single session"
    assert ketamine.indication == "depression"
    assert source_of(case, "suspects[1].indication") == "sessions[1].indication"


def test_the_same_route_of_several_sessions_is_shown_and_no_single_session() -> None:
    shown = merged(
        giving(1, session_id="s"),
        giving(2, session_id="t"),
        sessions=(SESSION, replace(SESSION, id="t")),
    )

    assert (shown.route, shown.frequency) == (FormRoute.INTRAVENOUS_DRIP, None)


def test_a_frequency_that_a_person_typed_goes_before_single_session() -> None:
    shown = merged(giving(1, session_id="s", frequency_text="2 x/week"), sessions=(SESSION,))

    assert (shown.frequency, shown.frequency_text) == (Frequency.OTHER, "2 x/week")


TWO_SUSPECTS = (giving(1), Administration(id="q", product_id="q"))


def test_an_answer_on_one_event_is_stated_for_each_of_several_products() -> None:
    case = case_of(events=(Event(dechallenge=Challenge.YES),), administrations=TWO_SUSPECTS)

    written = write(case, "suspects[1].abated", Challenge.NOT_APPLICABLE)

    assert [s.abated for s in case.suspects] == [Challenge.YES, Challenge.YES]
    assert [s.abated for s in written.suspects] == [Challenge.YES, Challenge.NOT_APPLICABLE]
    assert written.events[0].dechallenge is Challenge.YES


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ((Challenge.YES, Challenge.YES), Challenge.YES),
        ((Challenge.YES, Challenge.NO), None),
        ((None, Challenge.YES), None),
    ],
)
def test_several_events_answer_together_only_where_they_agree(
    answers: tuple[Challenge | None, ...], shown: Challenge | None
) -> None:
    case = case_of(
        events=tuple(Event(dechallenge=a) for a in answers), administrations=(giving(1),)
    )

    assert case.suspects[0].abated is shown
    assert source_of(case, "suspects[0].abated") is None


# ------------------------------------------------------------------ the clinic's clock

NEW_YORK = Clinic(time_zone="America/New_York")
UTC_NIGHT = day("2026-11-23T00:30Z")


def test_every_time_on_paper_is_that_of_the_clinics_clock() -> None:
    case = case_of(
        clinic=NEW_YORK,
        patient=Patient(deceased_on=UTC_NIGHT),
        events=(Event(onset=UTC_NIGHT, seriousness=frozenset({DEATH})),),
        administrations=(giving(1, started=UTC_NIGHT, ended=UTC_NIGHT, reduced_on=UTC_NIGHT),),
        observations=(
            Observation(kind=ObservationKind.HEART_RATE, value=Decimal(80), at=UTC_NIGHT),
        ),
    )

    local = day("2026-11-22T19:30-05:00")
    shown = case.suspects[0].giving
    assert (case.happening.onset, case.happening.died_on) == (local, local)
    assert (shown.started, shown.ended, shown.reduced_on) == (local, local, local)
    assert (case.tests[0].at, case.tests[0].text) == (local, "19:30 HR 80")
    assert case.events[0].onset == UTC_NIGHT


def test_the_first_of_several_events_is_the_first_on_the_clinics_clock() -> None:
    wall, utc = day("2026-11-22T18:00"), day("2026-11-22T20:00Z")

    case = case_of(clinic=NEW_YORK, events=(Event(onset=wall), Event(onset=utc)))

    assert case.happening.onset == day("2026-11-22T15:00-05:00")


def test_an_age_can_be_corrected_where_the_birth_date_is_a_reason() -> None:
    case = case_of(patient=Patient(id="p", birth_date=NullFlavor.ASKU, age=Decimal(36)))

    written = write(case, "subject.age", Decimal(40))

    assert (written.patient.age, written.case.stated) == (Decimal(40), ())
    assert write(written, "subject.age", None).subject.age is None


def test_a_session_lends_its_route_its_indication_and_that_it_was_one() -> None:
    case = case_of(
        products=(PRODUCT,), administrations=(giving(1, session_id="s"),), sessions=(SESSION,)
    )

    [suspect] = case.suspects
    assert suspect.giving.route is FormRoute.INTRAVENOUS_DRIP
    assert (suspect.giving.frequency, suspect.giving.frequency_text) == (
        Frequency.OTHER,
        "single session",
    )
    assert suspect.indication == "depression"


def test_what_a_giving_says_itself_goes_before_its_session() -> None:
    own = giving(
        1,
        session_id="s",
        route=FormRoute.SUBLINGUAL,
        frequency=Frequency.DAILY,
        indication="pain",
    )

    shown = merged(own, sessions=(SESSION,))

    assert (shown.route, shown.frequency, shown.frequency_text) == (
        FormRoute.SUBLINGUAL,
        Frequency.DAILY,
        None,
    )
    assert case_of(administrations=(own,), sessions=(SESSION,)).suspects[0].indication == "pain"


def test_a_session_whose_route_is_not_known_lends_none() -> None:
    session = replace(SESSION, route=NullFlavor.UNK)

    assert merged(giving(1, session_id="s"), sessions=(session,)).route is None
    assert merged(giving(1, session_id="gone"), sessions=(session,)).frequency is None


@pytest.mark.parametrize("route", list(SessionRoute))
def test_every_route_of_a_session_has_a_word_of_the_form(route: SessionRoute) -> None:
    shown = merged(giving(1, session_id="s"), sessions=(replace(SESSION, route=route),))

    assert isinstance(shown.route, FormRoute)


def test_lots_of_one_product_are_suspects_apart() -> None:
    case = case_of(
        products=(PRODUCT,),
        lots=(LOT, Lot(id="m", number="K2")),
        administrations=(giving(1), replace(giving(2), lot_id="m"), giving(3)),
    )

    assert [s.lot.number for s in case.suspects] == ["K1", "K2"]


def test_the_one_who_files_stands_in_section_g() -> None:
    wife, nurse = Reporter(id="w", files=False), Reporter(id="n", files=True, last_name="N")

    assert case_of(reporters=(wife, nurse)).filer == nurse
    assert case_of(reporters=(wife,)).filer == Reporter()


def beside(*medicines: Medicine, **more: object) -> Case:
    first = giving(1, started=day("2026-11-16"), ended=day("2026-11-16"))
    return case_of(
        products=(PRODUCT,),
        administrations=(first,),
        patient=Patient(medicines=medicines),
        **more,
    )


def test_what_ended_before_the_first_dose_is_of_the_history_and_no_concomitant() -> None:
    case = beside(
        Medicine(name="old", dose="5 mg", started=day("2019"), ended=day("2024-03-05")),
        Medicine(name="until then", ended=day("2026-11-16")),
        Medicine(name="long ago but meant", role=MedicineRole.CONCOMITANT, ended=day("2020")),
        Medicine(name="said", role=MedicineRole.PAST),
        Medicine(role=MedicineRole.PAST),
    )

    assert [m.name for m in case.concomitants] == ["until then", "long ago but meant"]
    assert case.sources["concomitants[0]"] == "patient.medicines[1]"
    assert case.sources["concomitants[1]"] == "patient.medicines[2]"
    told = "Taken before: old 5 mg (since 2019, until 05-Mar-2024); said"
    assert case.happening.history == told


def test_a_medicine_that_ended_is_listed_while_nobody_said_when_the_first_dose_was() -> None:
    case = case_of(
        administrations=(giving(1, started=None),),
        patient=Patient(history="Asthma", medicines=(Medicine(name="a", ended=day("2020")),)),
    )

    assert [m.name for m in case.concomitants] == ["a"]
    assert case.happening.history == "Asthma"


@pytest.mark.parametrize(
    ("of_events", "shown"),
    [
        ((), "UNITED STATES"),
        ((None,), "UNITED STATES"),
        ((Country.CANADA,), "CANADA"),
        ((Country.CANADA, None, Country.CANADA), "CANADA; UNITED STATES"),
    ],
)
def test_the_country_is_that_of_the_event_else_that_of_the_clinic(
    of_events: tuple[Country | None, ...], shown: str
) -> None:
    events = tuple(Event(id=f"e{n}", country=one) for n, one in enumerate(of_events))

    case = case_of(clinic=Clinic(country=Country.UNITED_STATES), events=events)

    assert case.happening.country == shown


def test_without_any_country_none_is_told() -> None:
    assert case_of(events=(Event(id="e"),)).happening.country is None
