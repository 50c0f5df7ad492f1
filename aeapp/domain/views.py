"""Compute the views of a case from its records: nothing here is typed by anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from aeapp.domain.case import Case, Happening, Subject, Suspect
from aeapp.domain.codelists.clinic import (
    MedicineRole,
    PatientInvolvement,
    ReadingUnit,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    AgeUnit,
    DrugRole,
    Frequency,
    Seriousness,
    WeightUnit,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, Record, as_text
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Reporter
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.digest import digest_of

ROUTES = {
    SessionRoute.IV_INFUSION: FormRoute.INTRAVENOUS_DRIP,
    SessionRoute.IV_PUSH: FormRoute.INTRAVENOUS_BOLUS,
    SessionRoute.IM: FormRoute.INTRAMUSCULAR,
    SessionRoute.NASAL: FormRoute.NASAL,
    SessionRoute.SUBLINGUAL: FormRoute.SUBLINGUAL,
    SessionRoute.ORAL: FormRoute.ORAL,
}
SINGLE_SESSION = "single session"
NO_PATIENT = "none"
_YEARS_FROM = 3
_MONTH = 30


def computed(case: Case) -> Case:
    """Return ``case`` with every view made anew."""
    sources: dict[str, str] = {}
    case = replace(case, digest=digest_of(case))
    onset = _onset(case, sources)
    suspects = tuple(_suspects(case, sources))
    return replace(
        case,
        subject=_subject(case, onset, sources),
        happening=_happening(case, onset, sources),
        tests=case.digest.rows,
        suspects=suspects,
        concomitants=tuple(_concomitants(case, sources)),
        filer=_filer(case, sources),
        sources=sources,
    )


def _onset(case: Case, sources: dict[str, str]) -> PartialDate | NullFlavor | None:
    if not case.events:
        sources["happening.onset"] = "case.occurred_on"
        return case.case.occurred_on
    if len(case.events) == 1:
        sources["happening.onset"] = "events[0].onset"
        return case.events[0].onset
    known = [e.onset for e in case.events if isinstance(e.onset, PartialDate)]
    return min(known) if known else case.events[0].onset


def _subject(
    case: Case, onset: PartialDate | NullFlavor | None, sources: dict[str, str]
) -> Subject:
    patient = case.patient
    on = onset if isinstance(onset, PartialDate) else None
    age, unit = _age(patient, on)
    if patient.birth_date is None:
        sources |= {"subject.age": "patient.age", "subject.age_unit": "patient.age_unit"}
    if age is None:
        sources["subject.birth_date"] = "patient.birth_date"
    birth = patient.birth_date if isinstance(patient.birth_date, PartialDate) else None
    weight = _weight(case, on)
    return Subject(
        identifier=_identifier(case, sources),
        age=age,
        age_unit=unit,
        birth_date=birth if age is None else None,
        weight=weight.value if weight and isinstance(weight.value, Decimal) else None,
        weight_unit=_weight_unit(weight),
    )


def _identifier(case: Case, sources: dict[str, str]) -> str | None:
    if case.case.involvement is PatientInvolvement.NONE:
        return NO_PATIENT
    sources["subject.identifier"] = "patient.code"
    return case.patient.code


def _age(
    patient: Patient, onset: PartialDate | None
) -> tuple[Decimal | NullFlavor | None, AgeUnit | None]:
    birth = patient.birth_date
    if not isinstance(birth, PartialDate):
        return patient.age, patient.age_unit
    if onset is None or not birth.is_full_day or not onset.is_full_day:
        return None, None
    return age_on(birth.first_day(), onset.first_day())


def age_on(birth: dt.date, day: dt.date) -> tuple[Decimal | None, AgeUnit | None]:
    """Return the age in years from 3 years, months below, days in the first month.

    Source:
        Instructions for Form FDA 3500, item A2.
    """
    if day < birth:
        return None, None
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    if months >= _YEARS_FROM * 12:
        return Decimal(months // 12), AgeUnit.YEAR
    if months >= 1:
        return Decimal(months), AgeUnit.MONTH
    return Decimal((day - birth).days), AgeUnit.DAY


def _weight(case: Case, onset: PartialDate | None) -> Observation | None:
    weighed = case.digest.weights
    if not weighed:
        return None
    key = onset.sort_key() if onset else "9999"
    before = [o for o in weighed if isinstance(o.at, PartialDate) and o.at.sort_key() <= key + "~"]
    return before[-1] if before else weighed[0]


def _weight_unit(weight: Observation | None) -> WeightUnit | None:
    if weight is None:
        return None
    return {ReadingUnit.KILOGRAM: WeightUnit.KG, ReadingUnit.POUND: WeightUnit.LB}.get(
        weight.unit or ReadingUnit.KILOGRAM
    )


def _happening(
    case: Case, onset: PartialDate | NullFlavor | None, sources: dict[str, str]
) -> Happening:
    if len(case.events) == 1:
        sources["happening.seriousness"] = "events[0].seriousness"
    seriousness = _seriousness(case)
    died = isinstance(seriousness, frozenset) and Seriousness.DEATH in seriousness
    sources["happening.died_on"] = "patient.deceased_on"
    return Happening(
        seriousness=seriousness,
        died_on=case.patient.deceased_on if died else None,
        onset=onset,
        history=_history(case),
    )


def _seriousness(case: Case) -> frozenset[Seriousness] | NullFlavor | None:
    """Return the union over the events; unassessed stays unassessed, never becomes No."""
    answers = [e.seriousness for e in case.events]
    met: frozenset[Seriousness] = frozenset().union(
        *(a for a in answers if isinstance(a, frozenset))
    )
    if met:
        return met
    if not answers or None in answers:
        return None
    reasons = [a for a in answers if isinstance(a, NullFlavor)]
    return reasons[0] if reasons else met


def _history(case: Case) -> str | None:
    parts = [case.patient.history, case.case.more_history]
    texts = [text for p in parts if (text := as_text(p))]
    if allergies := as_text(case.patient.allergies):
        texts.append("Allergies: " + allergies)
    return "\n".join(texts) or None


def _is_suspect(giving: Administration) -> bool:
    return giving.role in (None, DrugRole.SUSPECT)


def _suspects(case: Case, sources: dict[str, str]) -> Iterator[Suspect]:
    groups: dict[tuple[str, str], list[int]] = {}
    for n, giving in enumerate(case.administrations):
        if _is_suspect(giving):
            groups.setdefault((giving.product_id, giving.lot_id), []).append(n)
    for k, ((product_id, lot_id), members) in enumerate(groups.items()):
        yield _suspect(case, k, product_id, lot_id, members, sources)


def _suspect(  # noqa: PLR0917 - the parts of one group, used once
    case: Case,
    k: int,
    product_id: str,
    lot_id: str,
    members: list[int],
    sources: dict[str, str],
) -> Suspect:
    prefix = f"suspects[{k}]"
    at, lot_at = _place(case.products, product_id), _place(case.lots, lot_id)
    if at is not None:
        sources[f"{prefix}.product"] = f"products[{at}]"
    if lot_at is not None:
        sources[f"{prefix}.lot"] = f"lots[{lot_at}]"
    givings = [case.administrations[n] for n in members]
    if len(members) == 1:
        sources[f"{prefix}.giving"] = f"administrations[{members[0]}]"
    giving = _with_session(case, givings[0] if len(givings) == 1 else _merged(givings))
    abated = reappeared = None
    if case.events:
        sources[f"{prefix}.abated"] = "events[0].dechallenge"
        sources[f"{prefix}.reappeared"] = "events[0].rechallenge"
        abated, reappeared = case.events[0].dechallenge, case.events[0].rechallenge
    return Suspect(
        product=Product() if at is None else case.products[at],
        lot=Lot() if lot_at is None else case.lots[lot_at],
        giving=giving,
        indication=_indication(case, prefix, members, sources),
        abated=abated,
        reappeared=reappeared,
    )


def _place(records: Sequence[Record], wanted: str) -> int | None:
    return next((n for n, record in enumerate(records) if wanted and record.id == wanted), None)


def _merged(givings: list[Administration]) -> Administration:
    """Return several givings as one: what they share, the sum of the dose, first to last time."""
    first = givings[0]
    shared = {
        name: getattr(first, name)
        for name in (
            "patient_id",
            "session_id",
            "product_id",
            "lot_id",
            "route",
            "route_text",
            "frequency",
            "frequency_text",
            "ongoing",
            "indication",
        )
        if len({getattr(g, name) for g in givings}) == 1
    }
    starts = [g.started for g in givings if isinstance(g.started, PartialDate)]
    ends = [g.ended for g in givings if isinstance(g.ended, PartialDate)]
    total, unit = _total(givings)
    return Administration(
        **shared,
        dose=total,
        dose_unit=unit,
        dose_text=None if total is not None else _doses_in_words(givings) or None,
        started=min(starts) if starts else first.started,
        ended=max(ends) if ends else givings[-1].ended,
    )


def _total(
    givings: list[Administration],
) -> tuple[Decimal | NullFlavor | None, DoseUnit | None]:
    doses = [g.dose for g in givings]
    if isinstance(doses[0], NullFlavor) and all(d is doses[0] for d in doses):
        return doses[0], None
    units = {g.dose_unit for g in givings}
    sessions = {g.session_id for g in givings}
    if len(units) != 1 or len(sessions) != 1 or not all(isinstance(d, Decimal) for d in doses):
        return None, None
    return sum((d for d in doses if isinstance(d, Decimal)), Decimal(0)), units.pop()


def _doses_in_words(givings: list[Administration]) -> str:
    parts = []
    for g in givings:
        if isinstance(g.dose, Decimal):
            parts.append(f"{g.dose:f} {g.dose_unit.symbol if g.dose_unit else ''}".strip())
        elif g.dose_text:
            parts.append(g.dose_text)
    return "; ".join(parts)


def _with_session(case: Case, giving: Administration) -> Administration:
    session = next((s for s in case.sessions if s.id and s.id == giving.session_id), None)
    if session is None:
        return giving
    if giving.route is None and isinstance(session.route, SessionRoute):
        giving = replace(giving, route=ROUTES[session.route])
    if giving.frequency is None:
        giving = replace(giving, frequency=Frequency.OTHER, frequency_text=SINGLE_SESSION)
    return giving


def _indication(
    case: Case, prefix: str, members: list[int], sources: dict[str, str]
) -> str | NullFlavor | None:
    giving = case.administrations[members[0]]
    for n, session in enumerate(case.sessions):
        if giving.indication is None and session.id and session.id == giving.session_id:
            sources[f"{prefix}.indication"] = f"sessions[{n}].indication"
            return session.indication
    sources[f"{prefix}.indication"] = f"administrations[{members[0]}].indication"
    return giving.indication


def _concomitants(case: Case, sources: dict[str, str]) -> Iterator[Medicine]:
    k = 0
    for n, medicine in enumerate(case.patient.medicines):
        if medicine.role in (None, MedicineRole.CONCOMITANT):
            sources[f"concomitants[{k}]"] = f"patient.medicines[{n}]"
            k += 1
            yield medicine
    for giving in case.administrations:
        if giving.role is DrugRole.CONCOMITANT:
            product = next((p for p in case.products if p.id == giving.product_id), Product())
            yield Medicine(
                name=as_text(product.name) or None, started=giving.started, ended=giving.ended
            )


def _filer(case: Case, sources: dict[str, str]) -> Reporter:
    for n, reporter in enumerate(case.reporters):
        if reporter.files:
            sources["filer"] = f"reporters[{n}]"
            return reporter
    # One past the end: the first entry in section G makes the reporter.
    sources["filer"] = f"reporters[{len(case.reporters)}]"
    return Reporter()
