"""The lists before the dose and before leaving."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.chair.gate import (
    Row,
    Sheet,
    State,
    applies_to,
    as_before,
    sheet_of,
    state_of,
)
from aeapp.domain.chair.gate_evidence import Facts, is_under, pressure_words
from aeapp.domain.chair.protocols import CONSENT, NASAL, PREGNANCY, PRESSURE, RIDE, protocol_for
from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    ObservationStatus,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer, AnswerSource, CheckKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Check, Consent, Observation, Patient, Protocol
from aeapp.domain.records.protocol import Question
from aeapp.domain.values import PartialDate

GIVEN, REFUSED = True, False
YES, NO, UNK, NA = Answer.YES, Answer.NO, NullFlavor.UNK, NullFlavor.NA
GATE, LEAVING = CheckKind.GATE, CheckKind.DISCHARGE
INFUSION = protocol_for((), SessionRoute.IV_INFUSION) or NASAL


def at(minute: int, hour: int = 13) -> PartialDate:
    return PartialDate(2026, 11, 23, hour, minute, None, -300)


def pressure(
    upper: int | None, lower: int | None, when: PartialDate | None = None, **more: Any
) -> Observation:
    return Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=None if upper is None else Decimal(upper),
        diastolic=None if lower is None else Decimal(lower),
        at=when,
        **more,
    )


def consent(given: object, on: PartialDate | NullFlavor | None, **more: Any) -> Consent:
    return Consent(kind=more.pop("kind", ConsentKind.TREATMENT), given=given, on=on, **more)  # type: ignore[arg-type]


def facts(**known: Any) -> Facts:
    return Facts(**({"patient": Patient()} | known))


def check(code: str, answer: Answer | NullFlavor | None, **more: Any) -> Check:
    return Check(list=more.pop("list", GATE), code=code, answer=answer, **more)


def row_of(code: str, known: Facts, *checks: Check, protocol: Protocol = INFUSION) -> Row:
    row = sheet_of(protocol, GATE, known, checks).row(code)
    assert row is not None
    return row


# --- which questions


@pytest.mark.parametrize(
    ("sex", "asked"), [(Sex.MALE, False), (Sex.FEMALE, True), (None, True), (NullFlavor.UNK, True)]
)
def test_pregnancy_is_asked_of_everybody_who_is_not_known_to_be_male(
    sex: Sex | NullFlavor | None,
    asked: bool,
) -> None:
    assert applies_to(PREGNANCY, Patient(sex=sex)) is asked
    assert applies_to(RIDE, Patient(sex=sex))


def test_an_empty_list_is_complete() -> None:
    assert sheet_of(Protocol(), GATE, facts()).complete


def test_an_answer_to_a_question_asked_no_more_keeps_its_own_words() -> None:
    old = check("moon", NO, words="No full moon", reason="cloudy")

    rows = sheet_of(INFUSION, GATE, facts(), [old]).rows

    assert (rows[-1].code, rows[-1].question.words, rows[-1].state) == (
        "moon",
        "No full moon",
        State.REASONED,
    )


def test_answers_of_the_other_list_are_not_taken() -> None:
    assert row_of("ride", facts(), check("ride", YES, list=LEAVING)).state is State.UNANSWERED


# --- what an answer demands


STATES: list[tuple[Question, Answer | NullFlavor | None, dict[str, str], State]] = [
    (RIDE, None, {}, State.UNANSWERED),
    (RIDE, YES, {}, State.YES),
    (RIDE, NO, {}, State.NEEDS_REASON),
    (RIDE, NO, {"reason": "  "}, State.NEEDS_REASON),
    (RIDE, NO, {"reason": "taxi called"}, State.REASONED),
    (RIDE, UNK, {}, State.NEEDS_REASON),
    (RIDE, UNK, {"reason": "asleep"}, State.REASONED),
    (CONSENT, NO, {}, State.NEEDS_REASON),
    (CONSENT, NO, {"reason": "signs tomorrow"}, State.STOPS),
    (CONSENT, UNK, {"reason": "file is away"}, State.STOPS),
    (CONSENT, NA, {"reason": "court order"}, State.REASONED),
    (CONSENT, NO, {"reason": "signs tomorrow", "overridden_by": " "}, State.STOPS),
    (CONSENT, NO, {"reason": "signs tomorrow", "overridden_by": "I. Okafor"}, State.OVERRIDDEN),
    (CONSENT, NO, {"overridden_by": "I. Okafor"}, State.NEEDS_REASON),
]


@pytest.mark.parametrize(("question", "answer", "more", "state"), STATES)
def test_any_answer_but_yes_has_a_reason_and_a_stop_has_a_name(
    question: Question, answer: Answer | NullFlavor | None, more: dict[str, str], state: State
) -> None:
    assert state_of(question, Check(answer=answer, **more)) is state


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        (State.UNANSWERED, True),
        (State.YES, False),
        (State.NEEDS_REASON, True),
        (State.REASONED, False),
        (State.STOPS, True),
        (State.OVERRIDDEN, False),
    ],
)
def test_a_question_is_open_until_nothing_is_left_to_do(
    state: State,
    is_open: bool,
) -> None:
    assert state.is_open is is_open


def test_what_a_reading_answers_is_not_asked_before_it_was_taken() -> None:
    sheet = sheet_of(INFUSION, GATE, facts(consents=[consent(GIVEN, None)]))

    assert [row.code for row in sheet.to_ask] == ["fasting", "ride", "pregnancy", "sedatives"]
    assert [row.code for row in sheet.open_rows if row.waits] == ["pressure"]


def test_the_sheet_counts_and_names_what_is_open() -> None:
    known = facts(patient=Patient(sex=Sex.MALE))
    checks = [
        check("fasting", YES),
        check("ride", NO),
        check("consent", NO, reason="later"),
        check("sedatives", None),
    ]

    sheet = sheet_of(INFUSION, GATE, known, checks)

    assert [row.code for row in sheet.unanswered] == ["sedatives", "pressure"]
    assert [row.code for row in sheet.rows if row.state is State.STOPS] == ["consent"]
    assert (sheet.answered, len(sheet.rows), sheet.complete) == (3, 5, False)
    assert sheet.row("moon") is None


# --- what the records answer


CONSENTS: list[tuple[str, list[Consent], Answer | None, str]] = [
    ("none", [], None, ""),
    (
        "given",
        [consent(GIVEN, PartialDate(2026, 10, 12), document="4")],
        YES,
        "12 Oct 2026, version 4",
    ),
    ("refused", [consent(REFUSED, PartialDate(2026, 10, 12))], NO, "12 Oct 2026"),
    (
        "withdrawn later",
        [consent(REFUSED, PartialDate(2026, 11)), consent(GIVEN, PartialDate(2026, 10, 12))],
        NO,
        "Nov 2026",
    ),
    ("day not known", [consent(GIVEN, NullFlavor.UNK)], YES, "day not known"),
    (
        "a day goes before no day",
        [consent(REFUSED, PartialDate(2020)), consent(GIVEN, None)],
        NO,
        "2020",
    ),
    (
        "withdrawn on a day that is not known",
        [consent(GIVEN, PartialDate(2026, 10, 12), document="4"), consent(REFUSED, NullFlavor.UNK)],
        None,
        "12 Oct 2026, version 4; withdrawn, day not known",
    ),
    (
        "withdrawn some time in the year",
        [consent(GIVEN, PartialDate(2026, 10, 12)), consent(REFUSED, PartialDate(2026))],
        None,
        "12 Oct 2026; withdrawn, 2026",
    ),
    (
        "withdrawn on the day of the consent",
        [consent(GIVEN, PartialDate(2026, 10, 12)), consent(REFUSED, PartialDate(2026, 10, 12))],
        None,
        "12 Oct 2026; withdrawn, 12 Oct 2026",
    ),
    (
        "neither day known",
        [consent(GIVEN, None), consent(REFUSED, None)],
        None,
        "day not known; withdrawn, day not known",
    ),
    (
        "withdrawn and given again",
        [consent(REFUSED, PartialDate(2026, 9)), consent(GIVEN, PartialDate(2026, 10, 12))],
        YES,
        "12 Oct 2026",
    ),
    ("answer not known", [consent(NullFlavor.UNK, PartialDate(2026))], None, ""),
    ("not answered", [consent(None, PartialDate(2026))], None, ""),
    ("of another kind", [consent(GIVEN, None, kind=ConsentKind.REMS)], None, ""),
]


@pytest.mark.parametrize(
    ("consents", "answer", "told"), [c[1:] for c in CONSENTS], ids=[c[0] for c in CONSENTS]
)
def test_the_newest_consent_answers_with_day_and_version(
    consents: list[Consent], answer: Answer | None, told: str
) -> None:
    row = row_of("consent", facts(consents=consents))

    assert (row.answer, row.told) == (answer, told)
    assert row.source is (AnswerSource.CHART if told else None)


def test_an_enrolment_answers_the_rems_and_a_refused_one_demands_a_reason() -> None:
    enrolled = consent(GIVEN, PartialDate(2026, 9, 1), kind=ConsentKind.REMS)

    assert row_of("rems", facts(consents=[enrolled]), protocol=NASAL).state is State.YES
    left = replace(enrolled, given=False)
    assert row_of("rems", facts(consents=[left]), protocol=NASAL).state is State.NEEDS_REASON


def test_the_prescriber_of_the_session_answers_that_one_is_on_site() -> None:
    row = row_of("prescriber", facts(prescriber="I. Okafor, MD"), protocol=NASAL)

    assert (row.answer, row.told, row.source) == (YES, "I. Okafor, MD", AnswerSource.CHART)
    assert row_of("prescriber", facts(), protocol=NASAL).answer is None


PRESSURES: list[tuple[str, list[Observation], Answer | None, str]] = [
    ("none", [], None, ""),
    ("under", [pressure(128, 78, at(45))], YES, "128/78 at 13:45"),
    ("at the upper ceiling", [pressure(140, 78, at(45))], NO, "140/78 at 13:45"),
    ("at the lower ceiling", [pressure(128, 90, at(45))], NO, "128/90 at 13:45"),
    (
        "the last one",
        [pressure(128, 78, at(45)), pressure(150, 80, at(40))],
        YES,
        "128/78 at 13:45",
    ),
    (
        "struck",
        [pressure(150, 80, at(40)), pressure(128, 78, at(45), status=ObservationStatus.STRUCK)],
        NO,
        "150/80 at 13:40",
    ),
    ("a number is missing", [pressure(128, None, at(45))], None, "128/? at 13:45"),
    ("no time", [pressure(128, 78)], None, ""),
    ("after the dose", [pressure(128, 78, at(5, 14))], None, ""),
    ("with the dose", [pressure(128, 78, at(0, 14))], YES, "128/78 at 14:00"),
    (
        "no pressure",
        [Observation(kind=ObservationKind.HEART_RATE, value=Decimal(70), at=at(45))],
        None,
        "",
    ),
    ("only a day", [pressure(128, 78, PartialDate(2026, 11, 23))], YES, "128/78 at 23-Nov-2026"),
]


@pytest.mark.parametrize(
    ("readings", "answer", "told"), [p[1:] for p in PRESSURES], ids=[p[0] for p in PRESSURES]
)
def test_the_last_pressure_before_the_dose_is_held_against_the_ceiling(
    readings: list[Observation], answer: Answer | None, told: str
) -> None:
    row = row_of("pressure", facts(readings=readings, zero=at(0, 14)))

    assert (row.answer, row.told) == (answer, told)
    assert row.state is {None: State.UNANSWERED, YES: State.YES, NO: State.NEEDS_REASON}[answer]


def test_one_ceiling_is_enough_and_none_answers_nothing() -> None:
    read = pressure(128, None, at(45))

    assert is_under(read, Decimal(140), None) is True
    assert is_under(read, Decimal(120), None) is False
    assert is_under(read, None, None) is None


def test_what_a_person_answered_stands_before_what_the_records_say() -> None:
    known = facts(readings=[pressure(150, 95, at(45))])

    row = row_of("pressure", known, check("pressure", NO, reason="usual for her", told="twice"))

    assert (row.state, row.told, row.by_reading) == (State.REASONED, "twice", True)


@pytest.mark.parametrize("answer", [YES, NO, UNK])
def test_an_answer_holds_for_its_reading_and_a_newer_one_over_the_ceiling_opens_it_again(
    answer: Answer | NullFlavor,
) -> None:
    first, second = pressure(150, 95, at(40), id="o1"), pressure(214, 128, at(50), id="o2")
    given = check("pressure", answer, reason="anxious", told="150/95", observation_id="o1")

    holds = row_of("pressure", facts(readings=[first]), given)
    row = row_of("pressure", facts(readings=[first, second]), given)

    assert (holds.state, holds.check, holds.reading) == (State.REASONED, given, "o1")
    assert holds.outdated == ""
    assert (row.state, row.answer, row.told) == (State.NEEDS_REASON, NO, "214/128 at 13:50")
    assert (row.check, row.reading, row.says) == (None, "o2", NO)
    assert row.outdated.endswith(
        "was answered to 150/95 at 13:40, before the newer reading 214/128 at 13:50"
    )


def test_a_newer_reading_under_the_ceiling_opens_what_was_answered_otherwise() -> None:
    first, under = pressure(150, 95, at(40), id="o1"), pressure(120, 70, at(50), id="o2")
    known = facts(readings=[first, under])
    no = check("pressure", NO, reason="anxious", observation_id="o1", source=AnswerSource.READING)
    unknown = replace(no, answer=UNK)

    rows = [row_of("pressure", known, given) for given in (no, unknown)]

    assert [(r.state, r.check, r.answer, r.told, r.says) for r in rows] == [
        (State.UNANSWERED, None, None, "120/70 at 13:50", YES)
    ] * 2
    assert [r.waits for r in rows] == [False, False]
    assert [r.outdated for r in rows] == [
        f"{answer} was answered to 150/95 at 13:40, before the newer reading 120/70 at 13:50"
        for answer in ("No", "Unknown")
    ]


def test_a_yes_that_the_records_say_too_follows_the_reading_until_the_dose_and_stays_then() -> None:
    read = [pressure(128, 78, at(40), id="o1"), pressure(120, 70, at(50), id="o2")]
    given = check(
        "pressure", YES, told="128/78 at 13:40", observation_id="o1", source=AnswerSource.READING
    )

    before = row_of("pressure", facts(readings=read), given)
    after = row_of("pressure", facts(readings=read, zero=at(0, 14)), given)

    assert (before.check, before.told, before.outdated) == (None, "120/70 at 13:50", "")
    assert (after.check, after.told, after.outdated) == (given, "128/78 at 13:40", "")


def test_an_answer_to_a_reading_that_was_struck_is_open_again() -> None:
    struck = pressure(131, 80, at(0, 16), id="o2", status=ObservationStatus.STRUCK)
    known = facts(readings=[pressure(150, 92, at(50, 14), id="o1"), struck], zero=at(0, 14))
    given = check("pressure", YES, list=LEAVING, observation_id="o2")

    row = sheet_of(INFUSION, LEAVING, known, [given]).row("pressure")

    assert row is not None
    assert (row.state, row.outdated) == (
        State.UNANSWERED,
        "Yes was answered to a reading that does not count any more; now 150/92 at T+50",
    )


def test_an_answer_given_before_any_reading_does_not_hold_for_one_over_the_ceiling() -> None:
    known = facts(readings=[pressure(214, 128, at(50), id="o2")])

    row = row_of("pressure", known, check("pressure", YES))
    assert row.state is State.NEEDS_REASON
    assert row.outdated == "Yes was answered before the newer reading 214/128 at 13:50"


def test_a_yes_beside_a_pressure_over_the_ceiling_needs_a_reason() -> None:
    known = facts(readings=[pressure(214, 128, at(50), id="o2")])
    bare = check("pressure", YES, observation_id="o2")

    assert row_of("pressure", known, bare).state is State.NEEDS_REASON
    assert row_of("pressure", known, replace(bare, reason="cuff off")).state is State.REASONED
    assert state_of(CONSENT, replace(bare, reason="cuff off"), over=True) is State.STOPS


def test_before_leaving_a_newer_pressure_over_the_ceiling_is_answered_anew() -> None:
    read = [pressure(150, 92, at(50, 14), id="o1"), pressure(190, 110, at(58, 15), id="o2")]
    answered = check("pressure", YES, list=LEAVING, observation_id="o1")

    first = sheet_of(INFUSION, LEAVING, facts(readings=read[:1], zero=at(0, 14)), [answered])
    again = sheet_of(INFUSION, LEAVING, facts(readings=read, zero=at(0, 14)), [answered])

    states = [sheet.row("pressure") for sheet in (first, again)]
    assert [(row.state, row.outdated) for row in states if row] == [
        (State.YES, ""),
        (
            State.UNANSWERED,
            "Yes was answered to 150/92 at T+50, before the newer reading 190/110 at T+118",
        ),
    ]


def test_words_alone_are_no_answer_and_stand_beside_the_question() -> None:
    words = check("fasting", None, told="toast at 8")
    row = row_of("fasting", facts(), words)
    assert (row.answer, row.state, row.told, row.check) == (None, State.UNANSWERED,
                                                           "toast at 8", words)  # fmt: skip

    known = facts(readings=[pressure(120, 70, at(45))])
    row = row_of("pressure", known, check("pressure", None, told="left arm"))
    assert (row.answer, row.told, row.is_told) == (YES, "120/70 at 13:45, left arm", True)


def test_a_stop_that_the_protocol_dropped_stops_as_it_did_when_it_was_answered() -> None:
    old = check("moon", NO, words="No full moon", reason="cloudy", stops=True)

    dropped = sheet_of(INFUSION, GATE, facts(), [old]).row("moon")
    softened = state_of(RIDE, check("ride", NO, reason="bus", stops=True))

    assert dropped is not None
    assert (dropped.state, softened) == (State.STOPS, State.STOPS)


def test_a_check_without_an_answer_leaves_it_to_the_records() -> None:
    empty = check("pressure", None)

    row = row_of("pressure", facts(readings=[pressure(120, 70, at(45))]), empty)

    assert (row.answer, row.check) == (YES, empty)


def test_only_what_the_records_answer_and_nobody_stored_is_still_to_be_kept() -> None:
    known = facts(readings=[pressure(120, 70, at(45))], consents=[consent(GIVEN, None)])

    sheet = sheet_of(INFUSION, GATE, known, [check("consent", YES), check("ride", YES)])

    assert [row.code for row in sheet.from_records()] == ["pressure"]


LAST: list[tuple[list[Observation], PartialDate | None, str]] = [
    ([], None, ""),
    ([pressure(128, 78, at(45))], at(0, 14), "128/78 at T−15"),
    (
        [pressure(128, 78, at(45)), pressure(124, None, at(58, 15))],
        at(0, 14),
        "124/? at T+118, before the dose 128/78",
    ),
    ([pressure(124, 76, at(58, 15))], at(0, 14), "124/76 at T+118"),
]


@pytest.mark.parametrize(("readings", "zero", "told"), LAST)
def test_before_leaving_the_last_pressure_is_shown_and_judged_by_a_person(
    readings: list[Observation], zero: PartialDate | None, told: str
) -> None:
    row = sheet_of(INFUSION, LEAVING, facts(readings=readings, zero=zero)).row("pressure")

    assert row is not None
    assert (row.answer, row.state, row.told) == (None, State.UNANSWERED, told)


def test_an_answer_keeps_the_pressure_it_was_given_beside() -> None:
    known = facts(readings=[pressure(124, 76, at(58, 15))], zero=at(0, 14))
    answered = check("pressure", YES, list=LEAVING)

    row = sheet_of(INFUSION, LEAVING, known, [answered]).row("pressure")

    assert row is not None
    assert (row.state, row.told) == (State.YES, "124/76 at T+118")


def test_a_pressure_without_a_time_is_only_its_figures() -> None:
    assert pressure_words(pressure(128, 78), None) == "128/78"


def test_a_ceiling_question_of_a_protocol_without_ceilings_is_asked() -> None:
    bare = Protocol(questions=(PRESSURE,))

    row = sheet_of(bare, GATE, facts(readings=[pressure(128, 78, at(45))])).rows[0]

    assert row.state is State.UNANSWERED


def test_a_sheet_shows_no_values_in_its_repr() -> None:
    shown = repr(sheet_of(INFUSION, GATE, facts(prescriber="SENTINEL")))

    assert "SENTINEL" not in shown
    assert isinstance(sheet_of(INFUSION, GATE, facts()), Sheet)


def test_a_sheet_counts_its_answers() -> None:
    told = (check(RIDE, YES), check(CONSENT, NO, reason="She left."))
    sheet = sheet_of(NASAL, GATE, facts(), told)
    assert sheet.answered == len(sheet.rows) - len(sheet.unanswered) == 2
    assert sheet.from_records() == tuple(row for row in sheet.rows if row.is_told)


def test_an_answer_is_taken_back_to_what_stood_before_it() -> None:
    first = check(RIDE, YES, at=at(1), told="A neighbour")
    second = replace(first, answer=NO, at=at(2), told=None, reason="The car broke down.")
    assert as_before(second, first) == first
    nobody = as_before(second, None)
    assert (nobody.answer, nobody.at, nobody.reason) == (None, None, None)
    assert (nobody.code, nobody.list) == (RIDE, GATE)
