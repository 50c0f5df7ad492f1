"""What of a case an E2B(R3) message keeps, in the form it has after a message.

The rows follow docs/messages-as-records.md. Asked of a case and of what came back of its message
they give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from aeapp.domain.assessment.opinions import is_suspected
from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import Challenge, Race, Seriousness
from aeapp.domain.coding.meddra_code import meddra_of
from aeapp.domain.conditions import history_words
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Assessment, Event, Reporter
from aeapp.domain.records.study import Registration
from aeapp.domain.stating import is_stated
from aeapp.domain.values import PartialDate, zone_named
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.of_products import ndc_of, strength_of
from aeapp.formspecs.e2b_r3.putting import moment, put_offsets, reason_for, words_for

Facts = dict[str, Any]
_AGE_DIGITS = 5
_MASKED_WHERE_TOLD = (
    ("last_name", "C.2.r.1.4"), ("first_name", "C.2.r.1.2"), ("city", "C.2.r.2.4"),
    ("address", "C.2.r.2.3"), ("state", "C.2.r.2.5"), ("postal_code", "C.2.r.2.6"),
)  # fmt: skip


def facts_of(case: Case, profile: Profile) -> Facts:
    """Return every fact that a message of this profile keeps of a case."""
    of_fda = profile is not Profile.ICH
    facts: Facts = {}
    for name, tell in _ALWAYS.items():
        facts[name] = tell(case)
    facts["events"] = [_event(case, event, profile) for event in case.events]
    facts["reporters"] = [
        _reporter(case, one) for one in sorted(case.reporters, key=lambda r: not r.files)
    ]
    facts["products"] = list(_products(case, of_fda=of_fda))
    facts["opinions"] = sorted(_opinions(case, profile))
    if of_fda:
        facts["race"] = _race(case)
    return facts


def _said(number: str, value: object, case: Case | None = None) -> object:
    """Return a value as its element has it: cut, a reason only where it takes one.

    Args:
        number: The element.
        value: Of a record.
        case: Whose clinic's clocks a time without an offset was read from.
    """
    if isinstance(value, NullFlavor):
        return reason_for(number, value)
    if isinstance(value, PartialDate):
        at = Part({number: moment(value)})
        put_offsets(at, zone_named(case.clinic.time_zone) if case else None)
        return at.values[number]
    longest = elements()[number].longest
    if isinstance(value, str) and longest and len(value) > longest:
        return f"{value[: longest - 1]}…"
    return value


def _patient(case: Case) -> object:
    patient = case.patient
    dead = "D.9.1" if patient.deceased_on is not None else ""
    died = _said("D.9.1", patient.deceased_on, case) if dead else None
    sex = patient.sex
    return (
        reason_for("D.5", sex) if isinstance(sex, NullFlavor) else sex,
        died,
        _autopsy(case) if died else None,
        _said("D.7.2", _history(case)),
    )


def _history(case: Case) -> str:
    # What was taken before has members of its own (D.8.r), which item B7 tells in words.
    if is_stated(case, "happening.history"):
        return as_text(case.happening.history)
    return history_words(case, case.patient.conditions) or ""


def _autopsy(case: Case) -> object:
    said = case.patient.autopsy
    # Beside a date nobody's answer is that nobody asked.
    return NullFlavor.NASK if said is None else _said("D.9.3", said) or NullFlavor.NASK


def _age(case: Case) -> object:
    age, unit = case.subject.age, case.subject.age_unit
    if age is None:
        # As told, where birth and reaction are not known well enough to reckon it.
        age, unit = case.patient.age, case.patient.age_unit
    if not isinstance(age, Decimal) or unit is None:
        return None
    digits = f"{age:f}"
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return (age, unit) if min(len(digits), len(short)) <= _AGE_DIGITS else None


def _study(case: Case) -> object:
    if not case.studies:
        return None
    study = case.studies[0]
    first = Registration(number=study.registration, country=study.registration_country)
    numbers = [
        (one.number, one.country if one.country and len(one.country) == 2 else None)
        for one in (first, *study.further_registrations) if one.number
    ]  # fmt: skip
    return _said("C.5.2", study.title), study.protocol, numbers


def _awareness(case: Case) -> object:
    days = sorted(
        moment(a.at.date_part())
        for a in case.awareness
        if isinstance(a.at, PartialDate) and a.at.is_full_day
    )
    return (days[0], days[-1]) if days else None


def _literature(case: Case) -> object:
    # A line each: what parts its words is one blank.
    told = (" ".join((one.reference or "").split()) for one in case.case.literature if one.is_told)
    return [text for text in told if text]


def _medicines(case: Case) -> object:
    # A reason at a date of theirs is one of the dose.
    return [
        (
            _said("G.k.2.2", as_text(one.name)), _said("G.k.4.r.8", as_text(one.dose)),
            _said("G.k.4.r.4", one.started, case), _said("G.k.4.r.5", one.ended, case),
        )
        for one in case.concomitants
    ]  # fmt: skip


_ALWAYS: dict[str, Callable[[Case], object]] = {
    "patient": _patient,
    "age": _age,
    "study": _study,
    "awareness": _awareness,
    "literature": _literature,
    "medicines": _medicines,
    "subject number": lambda case: as_text(case.case.subject_number) if case.studies else "",
}


def _event(case: Case, event: Event, profile: Profile) -> Facts:
    met = event.seriousness if isinstance(event.seriousness, frozenset) else frozenset()
    if profile is not Profile.FDA_POSTMARKET:
        met -= {Seriousness.INTERVENTION}
    coded = meddra_of(event)
    words = as_text(event.verbatim) or as_text(event.translation)
    outcome = event.outcome
    # Nothing that was not given can be given again.
    given = any(suspect.is_given for suspect in case.suspects)
    again = event.rechallenge
    return {
        "words": "" if words in map(words_for, event.codings) else words,
        "code": coded,
        "onset": _said("E.i.4", event.onset, case),
        "ended": _said("E.i.5", event.ended, case),
        "seriousness": met,
        "outcome": None if isinstance(outcome, NullFlavor) else outcome,
        "again": again if given and isinstance(again, Challenge) else None,
    }


def _reporter(case: Case, one: Reporter) -> Facts:
    facts: Facts = {}
    for name, number in _MASKED_WHERE_TOLD:
        value = getattr(one, name)
        told = value is not None and not isinstance(value, NullFlavor)
        masked = told and one.withhold_identity is not False
        facts[name] = _said(number, NullFlavor.MSK if masked else value)
    country = one.country
    if country is None:
        country = case.clinic.country
    if isinstance(country, Country) and len(country) > 2:
        country = NullFlavor.UNK
    facts["country"] = _said("C.2.r.3", country)
    return facts


def _products(case: Case, *, of_fda: bool) -> Iterator[Facts]:
    suspects = {(s.product.id, s.is_given): s.product for s in case.suspects}
    for product in suspects.values():
        yield {
            "name": _said("G.k.2.2", as_text(product.name)),
            "maker": _said("G.k.3.3", as_text(product.maker)),
            "application": product.application,
            "strength": strength_of(product),
            "NDC": ndc_of(product) if of_fda else "",
        }


def _opinions(case: Case, profile: Profile) -> Iterator[tuple[str, ...]]:
    # The same product that was given and that was not stands twice: what is thought of it is about
    # what was given.
    given = list(dict.fromkeys((s.product.id, s.is_given) for s in case.suspects))
    events = [event.id for event in case.events]
    judged = [None if not was and (key, True) in given else key for key, was in given]
    for n, product_id in enumerate(judged):
        for one in case.assessments:
            if one.category is None or one.product_id != product_id or one.event_id not in events:
                continue
            yield (
                str(n), str(events.index(one.event_id)), one.category.value,
                one.method.value if one.method else "",
            )  # fmt: skip
    if profile is Profile.FDA_PREMARKET:
        yield from _suspicions(case, judged)


def _suspicions(case: Case, judged: list[str | None]) -> Iterator[tuple[str, ...]]:
    for n, product in enumerate(judged):
        for event in case.events:
            some: list[Assessment] = [
                a for a in case.assessments
                if a.event_id == event.id and a.product_id == product and a.category is not None
            ]  # fmt: skip
            answer = is_suspected(some, (product,)) if product is not None else None
            yield (
                f"{n}",
                f"{case.events.index(event)}",
                "suspected",
                str(answer),
            )


def _race(case: Case) -> object:
    race = case.patient.race
    if case.case.involvement is PatientInvolvement.NONE:
        race = NullFlavor.NA
    if isinstance(race, NullFlavor):
        return reason_for("FDA.D.12", race)
    told = (race or frozenset()) - {Race.MIDDLE_EASTERN}
    # In words alone: no element has it.
    return NullFlavor.NI if race and not told else told
