"""A report can go, is complete, or says what is in the way: for each destination."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aeapp.domain import lens
from aeapp.domain.case import Case, settle
from aeapp.domain.checking import Checker
from aeapp.domain.codelists.clinic import ClinicDuty, FacilityType, PatientInvolvement
from aeapp.domain.destinations import (
    ALIASES,
    CIOMS,
    DESTINATIONS,
    DRUG,
    FACILITY,
    FDA3500,
    IND,
    MESSAGE,
    REMS,
)
from aeapp.domain.findings import Context, Finding, Severity
from aeapp.domain.readiness import Readiness, State, for_all, readiness
from aeapp.domain.records import Clinic
from aeapp.domain.rules import rule_set
from tests.factories import TODAY
from tests.helpers.ready_case import DEVICE, ready_case


def ready(case: Case, destination: str = FDA3500) -> Readiness:
    """Return the readiness for one of all destinations."""
    found = Checker().check(case, Context(today=TODAY))
    return next(r for r in for_all(case, found) if r.destination.key == destination)


def changed(destination: str = FDA3500, **changes: Any) -> Case:
    """Return the whole case of a destination with items changed; ``__`` is a dot."""
    case = ready_case(destination)
    for path, value in changes.items():
        case = lens.put(case, path.replace("__", "."), value)
    return settle(case)


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_whole_case_is_complete(destination: str) -> None:
    found = ready(ready_case(destination), destination)

    assert (found.state, found.words) == (State.COMPLETE, "complete")
    assert found.can_go
    assert found.complete
    assert found.share == 1.0
    assert 0 < found.minimum <= 1.0


@pytest.mark.parametrize(
    ("changes", "state", "words", "missing"),
    [
        ({"patient__sex": None}, State.CAN_GO, "can go, 1 open", ()),
        ({"patient__code": None}, State.BLOCKED, "1 blocks", ()),
        (
            {"patient__code": None, "patient__sex": None},
            State.BLOCKED,
            "1 blocks, 1 open",
            (),
        ),
        (
            {"patient__code": None, "report__reported_on": ready_case(FDA3500).events[0].onset},
            State.BLOCKED,
            "1 blocks",
            (),
        ),
        (
            {"case__narrative": None},
            State.MISSING,
            "not yet, 1 missing",
            ("the description",),
        ),
        (
            {"case__narrative": None, "case__types": None},
            State.MISSING,
            "not yet, 2 missing",
            ("the type of report", "the description"),
        ),
    ],
)
def test_it_says_what_is_in_the_way(
    changes: dict[str, Any], state: State, words: str, missing: tuple[str, ...]
) -> None:
    found = ready(changed(**changes))

    assert (found.state, found.words, found.missing) == (state, words, missing)
    assert found.can_go == (state is State.CAN_GO)
    assert not found.complete
    assert found.share < 1.0


def test_two_that_block_are_counted() -> None:
    blocks = Finding(path="patient.code", code="V5", severity=Severity.BLOCKS, text="x")

    found = readiness(DESTINATIONS[FDA3500], ready_case(FDA3500), (blocks, blocks))

    assert found.words == "2 block"


def test_a_note_is_not_open() -> None:
    assert ready(changed(reporters=())).words.startswith("not yet")
    case = ready_case(FDA3500)
    (filer,) = case.reporters
    case = settle(replace(case, reporters=(replace(filer, withhold_identity=None),)))

    assert ready(case).complete


@pytest.mark.parametrize(
    ("destination", "changes", "asked"),
    [
        (FDA3500, {}, True),
        (DRUG, {}, True),
        (DRUG, {"clinic__facility": FacilityType.PHYSICIAN_OFFICE}, False),
        (DRUG, {"clinic__facility": None}, None),
        (FACILITY, {}, True),
        (FACILITY, {"clinic__facility": FacilityType.UNSURE}, None),
        (FACILITY, {"clinic__facility": FacilityType.PHYSICIAN_OFFICE}, False),
        (IND, {}, True),
        (IND, {"clinic__duties": None}, None),
        (IND, {"clinic__duties": frozenset()}, False),
        (IND, {"clinic__duties": frozenset({ClinicDuty.IND_INVESTIGATOR})}, True),
        (CIOMS, {}, True),
        (CIOMS, {"clinic__duties": None}, None),
        (CIOMS, {"clinic__duties": frozenset()}, False),
        (CIOMS, {"clinic__duties": frozenset({ClinicDuty.IND_INVESTIGATOR})}, True),
        (REMS, {}, True),
        (REMS, {"sessions": ()}, False),
        (MESSAGE, {}, True),
        (MESSAGE, {"clinic__sender_id": None}, False),
        (
            MESSAGE,
            {
                "clinic__sender_id": None,
                "clinic__duties": frozenset({ClinicDuty.IND_INVESTIGATOR}),
            },
            True,
        ),
        (MESSAGE, {"clinic__sender_id": None, "clinic__duties": None}, None),
    ],
)
def test_a_destination_knows_whether_it_wants_the_report(
    destination: str, changes: dict[str, Any], asked: bool | None
) -> None:
    case = changed(destination, **changes)

    assert DESTINATIONS[destination].asked(case) is asked
    found = ready(case, destination)
    assert found.is_asked == (asked is not False)
    assert (found.words == "does not apply") == (asked is False)
    assert found.wanted is asked
    assert bool(found.why_not) == (asked is not True)


def test_readiness_names_the_rules_that_found_it() -> None:
    assert ready(changed(FDA3500)).rules == rule_set(FDA3500)


def test_without_a_device_a_user_facility_owes_nothing() -> None:
    assert ready(changed(FDA3500), FACILITY).state is State.NOT_ASKED


def test_each_destination_says_its_rules_its_source_and_why_it_may_not_ask() -> None:
    for key, destination in DESTINATIONS.items():
        assert destination.key == key
        assert destination.source
        assert destination.minimum
        assert destination.unless or key == FDA3500
    assert set(ALIASES.values()) <= DESTINATIONS.keys()


def test_more_is_asked_of_a_device_and_less_without_a_patient() -> None:
    plain = ready(changed()).asked

    assert ready(changed(case__device=DEVICE)).asked > plain
    assert ready(changed(case__involvement=PatientInvolvement.NONE)).asked < plain
    assert ready(changed(), CIOMS).asked < plain


def test_an_empty_case_lacks_the_minimum_everywhere() -> None:
    case = settle(Case(clinic=Clinic()))

    for key in DESTINATIONS:
        assert not ready(case, key).can_go
