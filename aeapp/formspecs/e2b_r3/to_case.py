"""A message as records: the inverse of ``of_case``. What no record holds is left and told.

Nothing is guessed: a flag that says nothing leaves seriousness unassessed, a code without words
keeps its code, and what contradicts itself is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from aeapp.domain.archive import Bundle
from aeapp.domain.codelists.clinic import PatientInvolvement, Relation
from aeapp.domain.codelists.safety import (
    Occupation,
    Race,
    ReportType,
    WeightUnit,
)
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import (
    Administration,
    Awareness,
    CaseFile,
    Event,
    Patient,
    Reporter,
    Study,
)
from aeapp.domain.records.case import Device, StatedValue
from aeapp.domain.records.study import Registration
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.taking import Left, Taking, fits, held, read_as, texts
from aeapp.formspecs.e2b_r3.to_beyond import beyond_of
from aeapp.formspecs.e2b_r3.to_death import causes_of
from aeapp.formspecs.e2b_r3.to_device import devices_of
from aeapp.formspecs.e2b_r3.to_history import conditions_of, past_of
from aeapp.formspecs.e2b_r3.to_parent import Parent, parent_of
from aeapp.formspecs.e2b_r3.to_products import Products, products_of
from aeapp.formspecs.e2b_r3.to_reactions import events_of
from aeapp.formspecs.e2b_r3.to_tests import tests_of

# What says of the case as much as silence does.
_SAY_NOTHING: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("C.1.6.1", ("false", NullFlavor.NI)), ("C.1.7", (NullFlavor.NI,)),
    ("C.1.9.1", ("false", NullFlavor.NI)), ("FDA.C.1.12", (NullFlavor.NI,)),
    ("D.7.3", ("false",)), ("D.9.3", (NullFlavor.NASK,)),
    ("D.2.3", (NullFlavor.NI,)), ("FDA.D.12", (NullFlavor.NI,)),
)  # fmt: skip
_WHY_STATED = "Told by an E2B(R3) message"
_PATIENT = (
    ("name", "D.1"), ("record_number", "D.1.1.2"), ("record_number", "D.1.1.3"),
    ("record_number", "D.1.1.1"), ("birth_date", "D.2.1"), ("age_group", "D.2.3"), ("sex", "D.5"),
    ("height", "D.4"),
    ("history", "D.7.2"),
    ("deceased_on", "D.9.1"), ("autopsy", "D.9.3"),
)  # fmt: skip
_REPORTER = (
    ("title", "C.2.r.1.1"), ("first_name", "C.2.r.1.2"), ("middle_name", "C.2.r.1.3"),
    ("last_name", "C.2.r.1.4"), ("organisation", "C.2.r.2.1"), ("department", "C.2.r.2.2"),
    ("address", "C.2.r.2.3"),
    ("city", "C.2.r.2.4"), ("state", "C.2.r.2.5"), ("postal_code", "C.2.r.2.6"),
    ("phone", "C.2.r.2.7"), ("email", "FDA.C.2.r.2.8"), ("country", "C.2.r.3"),
)  # fmt: skip
_QUALIFIED: dict[str, dict[str, Any]] = {
    "1": {"occupation": Occupation.PHYSICIAN, "health_professional": True},
    "2": {"occupation": Occupation.PHARMACIST, "health_professional": True},
    "3": {"health_professional": True},
    "4": {"relation": Relation.LAWYER},
    "5": {"occupation": Occupation.NON_PROFESSIONAL, "health_professional": False},
}
_REGISTRATION = (("number", "C.5.1.r.1"), ("country", "C.5.1.r.2"))
_ONLY_HERE = "patient"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One message as records.

    Attributes:
        number: C.1.1, by which its sender knows the case.
        worldwide: C.1.8.1, by which everybody does.
        sender: Who sends it, C.3.2 or the identifier of the message.
        nullified: C.1.11.1: "1" takes the case back, "2" amends it.
        bundle: The records; the case has no number of ours.
        left: What no record holds.
        parent: The mother of a child, whom no file of one case carries.
    """

    number: str
    worldwide: str
    sender: str
    nullified: str
    bundle: Bundle
    left: tuple[Left, ...] = field(default=())
    parent: Parent | None = None


def told_by(message: Part, country: str = "") -> Told:
    """Return what a message tells as records.

    Args:
        message: Its values.
        country: Of the clinic, which records do not repeat.
    """
    top = Taking(message)
    for number, values in _SAY_NOTHING:
        top.take_if(number, *values)  # type: ignore[arg-type]
    top.take("C.1.2", "C.1.8.2")
    own, worldwide = top.taken("C.1.1"), top.taken("C.1.8.1")
    reporters = _reporters(top)
    events = events_of(top, country, reporters)
    products = products_of(top, events)
    patient = _patient(top, products)
    parent, study = parent_of(top), _study(top)
    case = _case(top, products.events, study, (own, worldwide))
    bundle = Bundle(
        patient=patient, case=case, studies=study, products=products.products,
        lots=products.lots, administrations=products.givings, events=products.events,
        observations=tests_of(top), reporters=reporters,
        awareness=_awareness(top), assessments=products.opinions,
    )  # fmt: skip
    sender = top.text("C.3.2") or top.text("N.2.r.2")
    return Told(own, worldwide or own, sender, top.text("C.1.11.1"), bundle, top.left(), parent)


# --- the report


def _case(
    top: Taking, events: Sequence[Event], study: Sequence[Study], numbers: tuple[str, str]
) -> CaseFile:
    title = "; ".join(event.verbatim for event in events if event.verbatim)
    own, worldwide = numbers
    devices, failed = devices_of(top)
    types = {ReportType.ADVERSE_EVENT, *([ReportType.PRODUCT_PROBLEM] if failed else [])}
    return held(
        CaseFile, top, (("narrative", "H.1"), ("subject_number", "D.1.1.4")),
        id="case", patient_id=_ONLY_HERE, title=title[:250] or None,
        study_id=study[0].id if study else "",
        involvement=_involvement(top), types=frozenset(types),
        device=devices[0] if devices else Device(), further_devices=devices[1:],
        sender_number=fits(CaseFile, "sender_number", own),
        worldwide_number=fits(CaseFile, "worldwide_number", worldwide or own),
        stated=_stated(top), **beyond_of(top),
    )  # fmt: skip


def _involvement(top: Taking) -> PatientInvolvement:
    """Return whether anybody was hurt: FDA's NA stands where a product failed without a patient."""
    nobody = top.value("D.1") is NullFlavor.NA
    return PatientInvolvement.NONE if nobody else PatientInvolvement.PATIENT


def _stated(top: Taking) -> tuple[StatedValue, ...]:
    """Return the weight, which a message gives without the reading it is of."""
    weight = top.text("D.3")
    if read_as(spec_at(Administration, "dose"), weight)[0] is None:
        return ()
    top.take("D.3")
    reason = f"{_WHY_STATED} (D.3)."
    return (
        StatedValue(path="subject.weight", value=weight, reason=reason),
        StatedValue(path="subject.weight_unit", value=WeightUnit.KG.value, reason=reason),
    )


def _study(top: Taking) -> tuple[Study, ...]:
    rows = (("title", "C.5.2"), ("protocol", "C.5.3"), ("study_type", "C.5.4"),
            ("ind", "FDA.C.5.5a"), ("pre_anda", "FDA.C.5.5b"))  # fmt: skip
    study = held(Study, top, rows, cross_inds=_cross_inds(top))
    told = [o for o in top.members("C.5.1.r") if fits(Registration, "number", o.text("C.5.1.r.1"))]
    if numbers := [held(Registration, one, _REGISTRATION) for one in told]:
        first, *further = numbers
        study = replace(study, registration=first.number, registration_country=first.country,
                        further_registrations=tuple(further))  # fmt: skip
    if study == Study():
        top.take_if("C.1.3", "1")
        return ()
    top.take_if("C.1.3", "2")
    return (replace(study, id="study"),)


def _cross_inds(top: Taking) -> str | None:
    members = top.members("FDA.C.5.6.r")
    for one in members:
        # There is none: as much as silence.
        one.take_if("FDA.C.5.6.r", NullFlavor.NA)
    told = list(texts(members, "FDA.C.5.6.r"))
    joined = fits(Study, "cross_inds", ", ".join(number for _one, number in told))
    for one, _number in told if joined else ():
        one.take("FDA.C.5.6.r")
    return joined


def _awareness(top: Taking) -> tuple[Awareness, ...]:
    who = fits(Awareness, "who", top.text("C.3.2"))
    if who:
        top.take("C.3.2")
    first = held(Awareness, top, (("at", "C.1.4"),), id="awareness-1", who=who)
    last = held(Awareness, top, (("at", "C.1.5"),), id="awareness-2", who=who)
    return tuple(a for a in (first, last) if a.at and (a is first or a.at != first.at))


def _reporters(top: Taking) -> tuple[Reporter, ...]:
    found = []
    for n, one in enumerate(top.members("C.2.r")):
        # The primary source is who files, as the writer has it.
        one.take_if("C.2.r.5", "1")
        files = True if one.text("C.2.r.5") == "1" else None
        found.append(
            held(Reporter, one, _REPORTER, id=f"reporter-{n}", files=files, **_qualified(one))
        )
    return tuple(found)


def _qualified(one: Taking) -> dict[str, Any]:
    what = one.value("C.2.r.4")
    if isinstance(what, NullFlavor):
        value, _whole = read_as(spec_at(Reporter, "occupation"), what)
        one.take_if("C.2.r.4", value)
        return {"occupation": value} if value else {}
    if what in _QUALIFIED:
        one.take("C.2.r.4")
    return _QUALIFIED.get(what or "", {})


# --- the patient


def _patient(top: Taking, products: Products) -> Patient:
    age = _age(top, products.events)
    return held(
        Patient, top, _PATIENT, id=_ONLY_HERE, race=_race(top),
        medicines=(*products.medicines, *past_of(top)), conditions=conditions_of(top),
        **age, **causes_of(top),
    )  # fmt: skip


def _age(top: Taking, events: Sequence[Event]) -> dict[str, Any]:
    number, _whole = read_as(spec_at(Patient, "age"), top.value("D.2.2a"))
    unit, _whole = read_as(spec_at(Patient, "age_unit"), top.value("D.2.2b"))
    if not isinstance(number, Decimal) or unit is None:
        return {}
    top.take("D.2.2a", "D.2.2b")
    known = [event.onset for event in events if isinstance(event.onset, PartialDate)]
    on = min(known, key=lambda at: at.sort_key(), default=None)
    return {"age": number, "age_unit": unit, "age_on": on and on.date_part()}


def _race(top: Taking) -> frozenset[Race] | NullFlavor | None:
    found, reason = set(), None
    for one in top.members("FDA.D.11.r"):
        value = one.value("FDA.D.11.r.1")
        if value in {race.value for race in Race}:
            found.add(Race(value))
            one.take("FDA.D.11.r.1")
        elif (answer := read_as(spec_at(Patient, "race"), value)[0]) is not None:
            reason = answer
            one.take("FDA.D.11.r.1")
    if top.text("FDA.D.12") == Race.HISPANIC.value:
        found.add(Race.HISPANIC)
        top.take("FDA.D.12")
    if reason is NullFlavor.UNK and top.value("FDA.D.12") is NullFlavor.NI:
        # Of the two only the ethnicity takes this reason.
        reason = NullFlavor.NI
    top.take_if("FDA.D.12", reason)
    return frozenset(found) if found else reason


__all__ = ["Told", "told_by"]
