"""A case as an E2B(R3) message: every value from a record, nothing invented.

A reason stands only where its element takes it. What no element holds, or holds in full, is told
at the end of the narrative (H.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aeapp.domain.case import Case
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import TimeLimit
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    Race,
    Seriousness,
    StudyType,
)
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.medicines import past_medicines
from aeapp.domain.records import Event, Study
from aeapp.domain.records.study import Registration
from aeapp.domain.values import PartialDate, zone_named
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Batch, Part, Value
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.of_beyond import beyond_of
from aeapp.formspecs.e2b_r3.of_devices import problem_codes_of, procode_of
from aeapp.formspecs.e2b_r3.of_patient import patient_of
from aeapp.formspecs.e2b_r3.of_products import (
    actions_of,
    ndc_of,
    products_of,
    strength_of,
)
from aeapp.formspecs.e2b_r3.of_reactions import reactions_of
from aeapp.formspecs.e2b_r3.of_tests import left_out, tests_of
from aeapp.formspecs.e2b_r3.putting import (
    NOTHING_AROUND,
    Around,
    Envelope,
    key_of,
    moment,
    number_of,
    put,
    put_offsets,
    qualification_of,
    words_for,
)

PRACTICE = "From a practice clinic: the people of this report are invented. Do not process it."
# FDA.C.1.7.1; the first that holds counts, the most urgent before the others.
_LIMITS = (
    (TimeLimit.FIVE_DAYS, "4", True), (TimeLimit.SEVEN_DAYS, "6", True),
    (TimeLimit.FIFTEEN_DAYS, "1", True), (TimeLimit.THIRTY_DAYS, "5", False),
    (TimeLimit.PERIODIC, "2", False),
)  # fmt: skip
# Texts of people, which may be longer than their element; the whole is told in H.1 then.
_CUT = frozenset({
    "C.1.6.1.r.1", "C.1.11.2", "C.2.r.1.2", "C.2.r.1.4", "C.2.r.2.3", "C.2.r.2.4", "C.2.r.2.5",
    "C.3.2", "C.3.3.5", "C.3.4.1", "C.3.4.2", "C.3.4.3", "C.4.r.1", "C.5.2", "D.7.1.r.5", "D.7.2",
    "D.9.2.r.2", "D.9.4.r.2", "D.10.7.2", "E.i.1.1a", "F.r.2.1", "F.r.3.4", "F.r.6",
    "FDA.G.k.12.r.4", "FDA.G.k.12.r.5", "FDA.G.k.12.r.7.1a", "FDA.G.k.12.r.9", "G.k.2.2",
    "G.k.3.3", "G.k.4.r.7", "G.k.4.r.8", "G.k.4.r.10.1", "G.k.4.r.11.1", "G.k.7.r.1",
})  # fmt: skip

# Numbers with more digits than their element has room for: H.1 tells them instead.
_COUNTED = frozenset({
    "D.2.2a", "D.3", "D.10.2.2a", "E.i.6a", "G.k.2.3.r.3a", "G.k.4.r.1a", "G.k.4.r.6a", "G.k.5a",
    "G.k.6a",
})  # fmt: skip
_ISO_LETTERS = 2


def batch_of(cases: Iterable[Case], envelope: Envelope, around: Around = NOTHING_AROUND) -> Batch:
    """Return a batch with a message a case."""
    values = header_of(envelope)
    return Batch(values, [message_of(case, envelope, around) for case in cases])


def header_of(envelope: Envelope) -> dict[str, Value]:
    """Return what a batch says before its messages."""
    at = f"{envelope.made_at:%Y%m%d%H%M%S%z}"
    return {
        "N.1.1": "1",
        "N.1.2": f"{envelope.sender}-{at[:14]}",
        "N.1.3": envelope.sender,
        "N.1.4": envelope.receiver,
        "N.1.5": at,
    }


def message_of(case: Case, envelope: Envelope, around: Around = NOTHING_AROUND) -> Part:
    """Return the message of a case."""
    message = Part()
    own = around.number or number_of(case)
    at = f"{envelope.made_at:%Y%m%d%H%M%S%z}"
    for number, value in (
        ("N.2.r.1", own), ("N.2.r.2", envelope.sender),
        ("N.2.r.3", envelope.message_receiver or envelope.receiver), ("N.2.r.4", at),
        ("C.1.1", own), ("C.1.2", at), ("C.1.3", "2" if case.studies else "1"),
        ("C.1.8.1", as_text(case.case.worldwide_number) or own), ("C.1.8.2", "2"),
    ):  # fmt: skip
        message.put(number, value)
    _received(message, case)
    _nature(message, case)
    _local(message, case)
    beyond_of(message, case, around)
    _sources(message, case)
    _sender(message, case)
    _study(message, case, envelope)
    patient_of(message, case, around)
    reactions_of(message, case, envelope)
    tests_of(message, case)
    products_of(message, case, envelope, around)
    put_offsets(message, zone_named(case.clinic.time_zone))
    told = as_text(case.case.narrative)
    # A case that came in by a message has it there already.
    more = (text for text in (*_beside(case, envelope), *_cut(message)) if text not in told)
    message.put("H.1", "\n\n".join(text for text in (told, *more) if text))
    return without_fda(message) if envelope.profile is Profile.ICH else message


def without_fda(part: Part) -> Part:
    """Return a part without the elements that only FDA knows."""
    groups = {
        name: [without_fda(member) for member in members]
        for name, members in part.groups.items()
        if not name.startswith("FDA.")
    }
    values = {n: value for n, value in part.values.items() if not n.startswith("FDA.")}
    return Part(values, groups, part.key)


def _beside(case: Case, envelope: Envelope) -> Iterator[str]:
    """Yield what no element of ours holds, each in a sentence."""
    if case.clinic.practice and PRACTICE not in as_text(case.case.narrative):
        # No element says so; pages bear it, too.
        yield PRACTICE
    yield from _of_products(case, envelope)
    if case.subject.weight is not None and case.subject.weight_unit is None:
        yield f"Weight without a unit: {case.subject.weight:f}."
    yield from _of_countries(case)
    for medicine in past_medicines(case):
        if medicine.dose:
            yield f"Taken in the past, {as_text(medicine.name) or 'not named'}: {medicine.dose}."
    yield from _of_events(case)
    yield from _beside_of_fda(case, envelope)
    if case.case.test_comments:
        yield f"Comments on tests: {case.case.test_comments}"
    yield left_out(case)


def _of_countries(case: Case) -> Iterator[str]:
    """Yield the places of the form's list of countries that have no code of ISO."""
    reporters = (reporter.country for reporter in case.reporters)
    studies = (study.registration_country for study in case.studies[:1])
    events = (event.country for event in case.events)
    for country in dict.fromkeys((case.clinic.country, *reporters, *studies, *events)):
        if not isinstance(country, Country) or country is Country.UNKNOWN:
            continue
        if len(country) > _ISO_LETTERS:
            yield f"Country without a code: {country.words}."


def _of_events(case: Case) -> Iterator[str]:
    apart = len(actions_of(case)) > 1
    for event in case.events:
        if apart and isinstance(event.action_taken, ActionTaken):
            yield f"Action taken for {_name(event)}: {event.action_taken.words}."
        if isinstance(event.dechallenge, Challenge):
            words = event.dechallenge.words
            yield f"{_name(event)} abated after stop or reduction: {words}."
        told = as_text(event.stated_causality)
        if told and told not in as_text(case.case.narrative):
            yield f"Causality of {_name(event)} as stated: {told}."


def _name(event: Event) -> str:
    """Return what a sentence calls a reaction."""
    coded = next(map(words_for, event.codings), "Reaction")
    return as_text(event.verbatim) or coded


def _of_products(case: Case, envelope: Envelope) -> Iterator[str]:
    products = {s.product.id or f"suspect-{n}": s.product for n, s in enumerate(case.suspects)}
    for product in products.values():
        unit = f" {product.strength_unit.symbol}" if product.strength_unit else ""
        text = "" if strength_of(product)[0] else as_text(product.strength)
        coded = envelope.profile is not Profile.ICH and ndc_of(product)
        facts = (
            ("strength", f"{text}{unit}" if text else ""),
            ("NDC", "" if coded else as_text(product.ndc)),
        )
        if told := "; ".join(f"{name} {fact}" for name, fact in facts if fact):
            yield f"{as_text(product.name) or 'Suspect product'}: {told}."
    for lot in dict.fromkeys(s.lot for s in case.suspects):
        if isinstance(lot.expires, PartialDate):
            yield f"Lot {as_text(lot.number) or '?'} expires {lot.expires.iso()}."


def _beside_of_fda(case: Case, envelope: Envelope) -> Iterator[str]:
    """Yield what only FDA asks and the element of this profile does not take."""
    race = case.patient.race
    if isinstance(race, frozenset) and Race.MIDDLE_EASTERN in race:
        yield f"Race: {Race.MIDDLE_EASTERN.words}."
    if envelope.profile is not Profile.FDA_POSTMARKET:
        for event in case.events:
            met = event.seriousness
            if isinstance(met, frozenset) and Seriousness.INTERVENTION in met:
                yield f"{Seriousness.INTERVENTION.words}: {_name(event)}."
    yield from _beside_of_devices(case, envelope)


def _beside_of_devices(case: Case, envelope: Envelope) -> Iterator[str]:
    """Yield the suspect devices without a place: only FDA has one, in a combination product."""
    combined = any(suspect.product.combination for suspect in case.suspects)
    placed = combined and envelope.profile is not Profile.ICH
    for device in case.case.devices.values():
        if placed:
            if other := problem_codes_of(device)[1]:
                yield f"Device problem as coded by the sender: {', '.join(other)}."
            if device.procode and not procode_of(device):
                yield f"Product code of the device: {as_text(device.procode)}."
            if model := as_text(device.model):
                yield f"Model of the device: {model}."
            continue
        facts = (
            ("", as_text(device.brand)), ("", as_text(device.common_name)),
            ("maker ", as_text(device.maker)), ("model ", as_text(device.model)),
            ("lot ", as_text(device.lot)), ("problem ", device.problem_code or ""),
        )  # fmt: skip
        told = "; ".join(f"{name}{fact}" for name, fact in facts if fact)
        yield f"Suspect device: {told or 'not named'}."


def _cut(part: Part) -> Iterator[str]:
    """Shorten texts that are longer than their element, leave such numbers; yield each in full."""
    for number, value in tuple(part.values.items()):
        element = elements()[number]
        if number in _CUT and len(value) > element.longest:
            part.values[number] = value[: element.longest - 1] + "…"
            yield f"{element.name} ({number}) in full: {value}"
        elif number in _COUNTED and len(value) > element.longest:
            yield from _without_number(part, number, value)
    for members in part.groups.values():
        for member in members:
            yield from _cut(member)


def _without_number(part: Part, number: str, value: str) -> Iterator[str]:
    """Leave out a number that is too long; without zeros that say nothing it may fit."""
    element = elements()[number]
    short = value.rstrip("0").rstrip(".") if "." in value else value
    if len(short) <= element.longest:
        part.values[number] = short
        return
    del part.values[number]
    unit = part.values.pop(f"{number[:-1]}b", "") or element.codes.removeprefix("unit ")
    yield f"{element.name} ({number}) in full: {value} {unit}"


def _received(message: Part, case: Case) -> None:
    known = sorted(
        moment(awareness.at.date_part())
        for awareness in case.awareness
        if isinstance(awareness.at, PartialDate) and awareness.at.is_full_day
    )
    if known:
        message.put("C.1.4", known[0])
        message.put("C.1.5", known[-1])


def _nature(message: Part, case: Case) -> None:
    """Say that a version takes back or changes what was sent; a follow-up says nothing."""
    code = {VersionNature.NULLIFICATION: "1", VersionNature.AMENDMENT: "2"}.get(case.report.nature)  # type: ignore[arg-type]
    if code:
        message.put("C.1.11.1", code)
        message.put("C.1.11.2", as_text(case.report.news))


def _local(message: Part, case: Case) -> None:
    """Say whether local rules make it urgent, by the kind of report that item G6 of 3500A has."""
    limits = case.report.time_limit or frozenset()
    found = next((line for line in _LIMITS if line[0] in limits), None)
    if found is None:
        message.put("C.1.7", NullFlavor.NI)
    else:
        put(message, "C.1.7", found[2])
        message.put("FDA.C.1.7.1", found[1])
    said = {s.product.combination for s in case.suspects}
    if True in said:
        message.put("FDA.C.1.12", "true")
    else:
        message.put("FDA.C.1.12", "false" if said == {False} else NullFlavor.NI)


def _sources(message: Part, case: Case) -> None:
    # Who files is the primary source and stands first, or else who told first.
    for n, reporter in enumerate(sorted(case.reporters, key=lambda r: not r.files)):
        part = message.add("C.2.r")
        # Who was not asked is not named, as in every copy that leaves the clinic.
        withheld = reporter.withhold_identity is not False
        for number, value in (
            ("C.2.r.1.1", reporter.title), ("C.2.r.1.2", reporter.first_name),
            ("C.2.r.1.3", reporter.middle_name), ("C.2.r.1.4", reporter.last_name),
            ("C.2.r.2.1", reporter.organisation), ("C.2.r.2.2", reporter.department),
            ("C.2.r.2.3", reporter.address), ("C.2.r.2.4", reporter.city),
            ("C.2.r.2.5", reporter.state), ("C.2.r.2.6", reporter.postal_code),
            ("C.2.r.2.7", reporter.phone), ("FDA.C.2.r.2.8", reporter.email),
        ):  # fmt: skip
            told = value is not None and not isinstance(value, NullFlavor)
            put(part, number, NullFlavor.MSK if withheld and told else value)
        if "FDA.C.2.r.2.8" not in part.values:
            # FDA wants the address or why there is none; nobody has asked for it.
            part.put("FDA.C.2.r.2.8", NullFlavor.NASK)
        country = reporter.country
        put(part, "C.2.r.3", case.clinic.country if country is None else country)
        part.put("C.2.r.4", qualification_of(reporter))
        if n == 0:
            part.put("C.2.r.5", "1")


def _sender(message: Part, case: Case) -> None:
    clinic = case.clinic
    for number, value in (
        ("C.3.1", "3"), ("C.3.2", as_text(clinic.name)),
        ("C.3.3.1", as_text(clinic.department)), ("C.3.3.2", as_text(clinic.contact_title)),
        ("C.3.3.3", as_text(clinic.contact_first_name)),
        ("C.3.3.5", as_text(clinic.contact_last_name) or as_text(clinic.contact)),
        ("C.3.4.1", as_text(clinic.address)), ("C.3.4.2", as_text(clinic.city)),
        ("C.3.4.3", as_text(clinic.state)), ("C.3.4.4", as_text(clinic.postal_code)),
        ("C.3.4.5", clinic.country),
        ("C.3.4.6", as_text(clinic.phone)), ("C.3.4.7", as_text(clinic.fax)),
        ("C.3.4.8", as_text(clinic.email)),
    ):  # fmt: skip
        put(message, number, value)


def _study(message: Part, case: Case, envelope: Envelope) -> None:
    if not case.studies:
        return
    study = case.studies[0]
    message.put("C.5.2", as_text(study.title))
    message.put("C.5.3", as_text(study.protocol))
    put(message, "C.5.4", study.study_type or StudyType.TRIAL)
    first = Registration(number=study.registration, country=study.registration_country)
    for one in (first, *study.further_registrations):
        if one.number:
            part = message.add("C.5.1.r")
            part.put("C.5.1.r.1", one.number)
            put(part, "C.5.1.r.2", one.country)
    if envelope.profile is Profile.FDA_PREMARKET:
        _numbers_of_fda(message, study)


def _numbers_of_fda(message: Part, study: Study) -> None:
    """Put the numbers by which FDA knows a study; after approval none of them may stand."""
    message.put("FDA.C.5.5a", _digits(study.ind))
    message.put("FDA.C.5.5b", _digits(study.pre_anda))
    others = [_digits(number) for number in (study.cross_inds or "").split(",")]
    others = [number for number in others if number]
    for number in others:
        message.add("FDA.C.5.6.r").put("FDA.C.5.6.r", number)
    if _digits(study.ind) and not others:
        message.add("FDA.C.5.6.r").put("FDA.C.5.6.r", NullFlavor.NA)


def _digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isascii() and c.isdigit())


__all__ = [
    "Around",
    "Envelope",
    "batch_of",
    "header_of",
    "key_of",
    "message_of",
    "moment",
    "number_of",
    "without_fda",
]
