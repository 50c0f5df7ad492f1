"""What differs between two states of a report: by identity, in words, as a list and as places."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.archive import Bundle, case_from
from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.safety import DrugRole, Seriousness
from aeapp.domain.differences import Change, ChangeKind, differences, painted
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Observation,
    Patient,
    Product,
    Report,
)
from aeapp.domain.records.device import Device

CASE = CaseFile(id="c", narrative="He fainted.")
EVENTS = (Event(id="e1", verbatim="Syncope"), Event(id="e2", verbatim="Nausea"))


def painted_of(old: Bundle, new: Bundle) -> dict[str, str]:
    return painted(case_from(old), case_from(new))


def bundle(**parts: object) -> Bundle:
    return Bundle(**({"case": CASE, "events": EVENTS} | parts))  # type: ignore[arg-type]


def said(old: Bundle, new: Bundle) -> list[str]:
    return [change.sentence() for change in differences(old, new)]


def test_equal_states_differ_in_nothing() -> None:
    assert differences(bundle(), bundle()) == ()
    assert painted_of(bundle(), bundle()) == {}


def test_an_item_is_told_with_what_it_was_and_is() -> None:
    later = bundle(case=CaseFile(id="c", narrative="He fainted twice."))
    (change,) = differences(bundle(), later)
    assert (change.path, change.kind) == ("case.narrative", ChangeKind.CHANGED)
    assert change.sentence().startswith("Case, ")
    assert change.sentence().endswith("He fainted. → He fainted twice.")


def test_a_further_device_is_told_by_its_number() -> None:
    further = (Device(brand="Second pump"), Device(brand="Third pump"))
    later = bundle(case=CaseFile(id="c", narrative="He fainted.", further_devices=further))
    assert said(bundle(), later) == [
        "Case, Brand name, device 2: (nothing) → Second pump",
        "Case, Brand name, device 3: (nothing) → Third pump",
    ]


def test_a_record_added_before_others_changes_none_of_them() -> None:
    new = Event(id="e0", verbatim="Headache")
    (change,) = differences(bundle(), bundle(events=(new, *EVENTS)))
    assert (change.path, change.part, change.kind) == (
        "events[0].verbatim",
        "Event 1",
        ChangeKind.ADDED,
    )


def test_a_record_that_left_is_told_item_by_item() -> None:
    (change,) = differences(bundle(), bundle(events=EVENTS[:1]))
    assert (change.path, change.after, change.kind) == (
        "events[1].verbatim",
        "",
        ChangeKind.REMOVED,
    )
    assert "(nothing)" in change.sentence()


def test_a_patient_that_was_not_there_is_told() -> None:
    (change,) = differences(bundle(), bundle(patient=Patient(id="p", code="P-1")))
    assert (change.path, change.before, change.after) == ("patient.code", "", "P-1")


def test_unknown_unassessed_and_none_of_them_are_three_things() -> None:
    def with_answer(answer: object) -> Bundle:
        return bundle(events=(Event(id="e1", seriousness=answer),))  # type: ignore[arg-type]

    nothing: frozenset[Seriousness] = frozenset()
    states = [with_answer(None), with_answer(NullFlavor.UNK), with_answer(nothing)]
    (unknown,) = differences(states[0], states[1])
    (none,) = differences(states[1], states[2])
    assert (unknown.before, unknown.after) == ("", "Unknown")
    assert (none.before, none.after) == ("Unknown", "none of them")
    (some,) = differences(states[2], with_answer(frozenset({Seriousness.DEATH})))
    assert some.after != ""


def test_a_link_is_told_by_what_people_call_its_target() -> None:
    products = (Product(id="k", name="Ketamine"), Product(id="s"))
    old = bundle(products=products, administrations=(Administration(id="a", product_id="k"),))
    new = bundle(products=products, administrations=(Administration(id="a", product_id="s"),))
    none = bundle(products=products, administrations=(Administration(id="a"),))
    assert said(old, new) == ["Dose 1, belongs to: Ketamine → another record"]
    assert said(old, none) == ["Dose 1, belongs to: Ketamine → (nothing)"]


def test_where_a_report_stands_is_no_difference_of_its_content() -> None:
    old = bundle(reports=(Report(id="r", state=ReportState.DRAFT),))
    new = bundle(reports=(Report(id="r", state=ReportState.READY, owner="J. Kim"),))
    assert differences(old, new) == ()
    assert painted_of(old, new) == {}


def test_digits_are_kept_as_given() -> None:
    old, new = (
        bundle(observations=(Observation(id="o", value=Decimal(v)),)) for v in ("1.0", "1.00")
    )
    (change,) = differences(old, new)
    assert (change.before, change.after) == ("1.0", "1.00")


def test_records_without_an_id_are_compared_by_place() -> None:
    old, new = bundle(events=(Event(verbatim="a"),)), bundle(events=(Event(verbatim="b"),))
    assert [c.kind for c in differences(old, new)] == [ChangeKind.CHANGED]


def test_boxes_of_a_form_are_painted_through_their_views() -> None:
    old, new = bundle(events=EVENTS[:1]), bundle()
    late = (*EVENTS, Event(id="e3", verbatim="Late"))
    colours = painted(case_from(old), case_from(new))
    assert colours["events[1].verbatim"] == ""
    history = bundle(case=CaseFile(id="c", narrative="He fainted.", more_history="Asthma."))
    assert painted_of(old, bundle(events=late))["events[2].verbatim"] == ""
    colours = painted_of(bundle(), history)
    assert set(colours) == {"case.more_history", "happening.history"}


def test_a_further_row_of_a_view_is_painted() -> None:
    def with_doses(n: int) -> Bundle:
        products = tuple(Product(id=f"p{k}", name=f"Drug {k}") for k in range(n))
        doses = tuple(
            Administration(id=f"a{k}", product_id=f"p{k}", role=DrugRole.SUSPECT) for k in range(n)
        )
        return bundle(products=products, administrations=doses)

    colours = painted_of(with_doses(1), with_doses(2))
    assert colours["suspects[1].product.name"] == ""
    assert "suspects[0].product.name" not in colours


def test_a_change_hides_its_values() -> None:
    assert "secret" not in repr(Change("p", "x", "y", "secret", "secret"))
