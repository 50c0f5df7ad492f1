"""Every item of the REMS's form is answered by the records, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.chair.rems import NOT_ANSWERED, RemsItem, rems_items
from aeapp.domain.chair.rems_form import CLASSES, FORM, SERIOUS, Edition, Kind
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.codelists.session import Answer, CheckKind, MedicineClass
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Check, Event, Observation, Session
from tests.exports.session_files import at, full_file


def found(file: SessionFile) -> dict[str, RemsItem]:
    return {item.asked.key: item for item in rems_items(file)}


def test_each_item_is_answered_and_each_answer_has_its_item() -> None:
    answered = found(full_file())
    assert list(answered) == [asked.key for asked in FORM]
    # What is ours to tell why is asked only where there is something to tell.
    assert set(found(SessionFile())) == {asked.key for asked in FORM} - {"shorter"}


def test_each_item_of_an_edition_says_how_it_is_taken() -> None:
    assert len({asked.key for asked in FORM}) == len(FORM)
    for asked in FORM:
        assert bool(asked.options) == (asked.kind in (Kind.CHOICE, Kind.CHECK)), asked
        assert not asked.follows or asked.follows in {one.key for one in FORM}
    for edition in Edition:
        assert len([asked for asked in FORM if edition in asked.editions]) > 25


def test_the_classes_are_those_that_a_session_can_name() -> None:
    assert [key for key, _label, _editions in CLASSES] == [member.value for member in MedicineClass]


@pytest.mark.parametrize(
    ("taken", "told", "ticked"),
    [
        (None, NOT_ANSWERED, set()),
        (NullFlavor.UNK, "Unknown", set()),
        (NullFlavor.NASK, "Not asked", set()),
        (frozenset(), "No", {"no"}),
        (frozenset({MedicineClass.OPIOID}), "Yes", {"yes"}),
    ],
)
def test_a_class_is_ticked_only_where_a_person_answered(
    taken: frozenset[MedicineClass] | NullFlavor | None, told: str, ticked: set[str]
) -> None:
    opioid = found(SessionFile(session=Session(medicine_classes=taken)))["opioid"]
    assert (opioid.value, set(opioid.codes)) == (told, ticked)


def test_what_nobody_answered_is_open_by_name_until_somebody_does() -> None:
    def classes(taken: frozenset[MedicineClass] | NullFlavor | None) -> list[str]:
        items = found(SessionFile(session=Session(medicine_classes=taken))).values()
        return [i.label for i in items if i.is_open and i.block == "Medicines taken at the time"]

    names = [label for _key, label, _editions in CLASSES]
    assert classes(None) == classes(NullFlavor.NASK) == names
    assert classes(frozenset()) == classes(NullFlavor.UNK) == []
    answered = found(full_file())
    # What the content is not complete without is told apart, and what is ours is not the form's.
    assert not any(i.is_open for i in answered.values() if i.missing or not i.asked.required)


@pytest.mark.parametrize(
    ("reading", "told", "ticked"),
    [
        ("o1", "Yes; 128/78 at 13:45; not answered to 131/80 mmHg at minute −2", set()),
        ("o2", "Yes; 128/78 at 13:45", {"yes"}),
        ("", "Yes; 128/78 at 13:45; to which reading is not on record", {"yes"}),
    ],
)
def test_an_answer_to_an_earlier_pressure_ticks_nothing_for_the_last(
    reading: str, told: str, ticked: set[str]
) -> None:
    read = [
        Observation(
            id=name, kind=ObservationKind.BLOOD_PRESSURE, unit=ReadingUnit.MMHG, at=at(minute),
            systolic=Decimal(upper), diastolic=Decimal(lower),
        )
        for name, minute, upper, lower in (("o1", -9, 128, 78), ("o2", -2, 131, 80))
    ]  # fmt: skip
    answer = Check(
        list=CheckKind.GATE, code="pressure", answer=Answer.YES, told="128/78 at 13:45",
        observation_id=reading,
    )  # fmt: skip
    given = Administration(started=at(0))
    file = SessionFile(administrations=(given,), observations=tuple(read), checks=(answer,))

    fit = found(file)["fit-before"]
    untaken = found(replace(file, observations=()))["fit-before"]

    assert (fit.value, set(fit.codes)) == (told, ticked)
    assert untaken.value == "Yes; 128/78 at 13:45"


def test_the_minutes_of_an_event_on_record_and_whether_it_ended_in_the_session() -> None:
    file = full_file()
    items = found(file)
    assert items["dissociation"].codes == {"yes"}
    assert (items["dissociation-onset"].value, items["dissociation-end"].value) == ("12", "55")
    assert items["dissociation-within"].codes == {"yes"}
    # Nothing on record is no No, and what hangs on it is not asked.
    assert (items["sedation"].codes, items["sedation-onset"].applies) == (frozenset(), False)

    late = Event(verbatim="Dissociation", onset=at(20), ended=at(400))
    items = found(replace(file, events=(*file.events, late)))
    assert (items["dissociation-onset"].value, items["dissociation-end"].value) == ("12", "400")
    assert items["dissociation-within"].codes == {"no"}

    open_ = Event(verbatim="Dissociation", onset=NullFlavor.UNK)
    items = found(replace(file, events=(*file.events, open_)))
    assert items["dissociation-onset"].value == items["dissociation-end"].value == NOT_ANSWERED
    assert items["dissociation-within"].codes == frozenset()


@pytest.mark.parametrize(
    ("criteria", "yes_or_no", "ticked"),
    [
        (frozenset({Seriousness.DEATH, Seriousness.INTERVENTION}), {"yes"}, {"death", "other"}),
        (frozenset(), {"no"}, set()),
        (None, set(), set()),
    ],
)
def test_seriousness_is_ticked_as_a_person_assessed_it(
    criteria: frozenset[Seriousness] | None, yes_or_no: set[str], ticked: set[str]
) -> None:
    items = found(SessionFile(events=(Event(verbatim="Apnoea", seriousness=criteria),)))
    assert set(items["serious"].codes) == yes_or_no
    assert set(items["criteria"].codes) == ticked <= {code for code, _words in SERIOUS}
    assert items["serious-words"].applies == (yes_or_no == {"yes"})


def test_an_answer_of_a_list_that_is_a_reason_ticks_nothing() -> None:
    file = full_file()
    one = replace(file.checks[1], answer=NullFlavor.NA)
    item = found(replace(file, checks=(one,)))["fit-before"]
    assert (item.value, item.codes) == ("Not applicable", frozenset())
