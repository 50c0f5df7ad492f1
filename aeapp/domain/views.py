"""Compute the views of a case from its records: nothing here is typed by anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, cast

from aeapp.domain import lens
from aeapp.domain.case import Case, Given, Happening, Subject, Suspect
from aeapp.domain.codelists.clinic import PatientInvolvement, ReadingUnit, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    AgeUnit,
    Challenge,
    DrugRole,
    Frequency,
    Seriousness,
    WeightUnit,
)
from aeapp.domain.conditions import history_words
from aeapp.domain.items import NullFlavor, Record, as_text
from aeapp.domain.mandatory_views import companions, facility_part, maker_part, teller
from aeapp.domain.medicines import medicines_at_the_time, past_words
from aeapp.domain.merging import merged
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Reporter
from aeapp.domain.records.patient import Medicine
from aeapp.domain.stating import key_of
from aeapp.domain.values import PartialDate, in_zone, order_in_zone, zone_named
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
# So section D names a product whose role is that it was not given.
NOT_GIVEN = "not given"
NO_PATIENT = "none"
Moment = PartialDate | NullFlavor | None
Answer = Challenge | NullFlavor | None
_YEARS_FROM = 3


def computed(case: Case) -> Case:
    """Return ``case`` with every view made anew."""
    digest, given = digest_of(case), _given(case)
    if digest is not case.digest:
        case = replace(case, digest=digest)
    suspects, sources, keys = given.suspects, dict(given.sources), dict(given.keys)
    onset = _onset(case, sources)
    concomitants = tuple(_concomitants(case, sources, keys))
    filer, learnt = _filer(case, sources), _learnt(case)
    return replace(
        case,
        subject=_subject(case, onset, sources),
        happening=_happening(case, onset, sources),
        tests=case.digest.rows,
        suspects=suspects,
        concomitants=concomitants,
        filer=filer,
        teller=teller(case, filer, sources),
        companions=companions(case, concomitants, sources),
        facility=facility_part(case, learnt, sources),
        maker=maker_part(case, suspects, learnt, sources),
        sources=sources,
        keys=keys,
        given=given,
    )


def _given(case: Case) -> Given:
    """Return the suspects of ``case``: those it carries, where they were made of the same."""
    known = case.given
    if known.zone == case.clinic.time_zone and all(
        getattr(known, name) is getattr(case, name) for name in _MADE_OF
    ):
        return known
    sources: dict[str, str] = {}
    keys: dict[str, str] = {}
    return Given(
        **{name: getattr(case, name) for name in _MADE_OF},
        zone=case.clinic.time_zone,
        suspects=tuple(_suspects(case, sources, keys)),
        sources=sources,
        keys=keys,
    )


_MADE_OF = ("administrations", "sessions", "products", "lots", "events")


def on_clinic_clock(case: Case, at: Moment) -> Moment:
    """Return a date as paper shows it: on the clock of the clinic, where it names its zone."""
    return in_zone(at, zone_named(case.clinic.time_zone)) if isinstance(at, PartialDate) else at


def _order(case: Case, at: PartialDate) -> str:
    return order_in_zone(at, zone_named(case.clinic.time_zone))


def _onset(case: Case, sources: dict[str, str]) -> Moment:
    if not case.events:
        sources["happening.onset"] = "case.occurred_on"
        return on_clinic_clock(case, case.case.occurred_on)
    if len(case.events) == 1:
        sources["happening.onset"] = "events[0].onset"
        return on_clinic_clock(case, case.events[0].onset)
    known = [e.onset for e in case.events if isinstance(e.onset, PartialDate)]
    first = min(known, key=lambda at: _order(case, at)) if known else case.events[0].onset
    return on_clinic_clock(case, first)


def _learnt(case: Case) -> Moment:
    """Return the earliest moment at which the clinic learnt of it, or why none is known."""
    told = [fact.at for fact in case.awareness]
    known = [at for at in told if isinstance(at, PartialDate)]
    if not known:
        return next((at for at in told if at is not None), None)
    return on_clinic_clock(case, min(known, key=lambda at: _order(case, at)))


def _subject(case: Case, onset: Moment, sources: dict[str, str]) -> Subject:
    patient = case.patient
    on = onset if isinstance(onset, PartialDate) else None
    age, unit = _age(patient, on)
    if not isinstance(patient.birth_date, PartialDate):
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
    key = _order(case, onset) if onset else "9999"
    dated = [(o, _order(case, o.at)) for o in weighed if isinstance(o.at, PartialDate)]
    before = [o for o, at in dated if at <= key + "~"]
    return before[-1] if before else weighed[0]


def _weight_unit(weight: Observation | None) -> WeightUnit | None:
    if weight is None or weight.unit is None:
        return None
    units = {ReadingUnit.KILOGRAM: WeightUnit.KG, ReadingUnit.POUND: WeightUnit.LB}
    return units.get(weight.unit)


def _happening(case: Case, onset: Moment, sources: dict[str, str]) -> Happening:
    if len(case.events) == 1:
        sources["happening.seriousness"] = "events[0].seriousness"
    sources["happening.died_on"] = "patient.deceased_on"
    return Happening(
        seriousness=_seriousness(case),
        onset=onset,
        country=_country(case),
        history=_history(case),
    )


def _history(case: Case) -> str | None:
    told = (history_words(case, case.patient.conditions), past_words(case))
    return "\n".join(text for text in told if text) or None


def _country(case: Case) -> str | None:
    """Return where it happened: the clinic's country of each event that names none.

    Source:
        CIOMS I 1a; ICH E2B(R3) E.i.9.
    """
    named = [e.country or case.clinic.country for e in case.events] or [case.clinic.country]
    return "; ".join(dict.fromkeys(country.words for country in named if country)) or None


def with_date_of_death(case: Case) -> Case:
    """Return ``case`` with the date of death shown where an event was fatal, and nowhere else."""
    serious = case.happening.seriousness
    died = isinstance(serious, frozenset) and Seriousness.DEATH in serious
    died_on = on_clinic_clock(case, case.patient.deceased_on) if died else None
    if died_on == case.happening.died_on:
        return case
    return replace(case, happening=replace(case.happening, died_on=died_on))


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


def _suspects(case: Case, sources: dict[str, str], keys: dict[str, str]) -> Iterator[Suspect]:
    groups: dict[tuple[str, str], list[int]] = {}
    for n, giving in enumerate(case.administrations):
        if giving.is_reported:
            # Two givings of products that nobody named are not known to be of one product, and
            # what was not given is none of what was.
            apart = not giving.product_id or giving.role is DrugRole.NOT_GIVEN
            lot = f"{n}" if apart else giving.lot_id
            groups.setdefault((giving.product_id, lot), []).append(n)
    lent = _lending(case)
    for k, members in enumerate(groups.values()):
        first = case.administrations[members[0]]
        apart = not first.product_id or first.role is DrugRole.NOT_GIVEN
        ids = (first.id,) if apart else (first.product_id, first.lot_id)
        _name(keys, f"suspects[{k}]", *ids)
        challenges = _challenges(case, f"suspects[{k}]", sources, alone=len(groups) == 1)
        yield _suspect(case, f"suspects[{k}]", _Group(tuple(members), lent, challenges), sources)


def _name(keys: dict[str, str], place: str, *ids: str) -> None:
    # A place without a key is one of a record that has no id yet: nothing can be stated for it.
    if ids[0]:
        keys[place] = f"{place.partition('[')[0]}[{key_of(*ids)}]"


@dataclass(frozen=True, slots=True)
class _Group:
    """Givings of one product and lot, which a report shows as one suspect.

    Attributes:
        lent: Place of each giving that its session speaks for -> place of the session.
    """

    members: tuple[int, ...]
    lent: Mapping[int, int]
    challenges: tuple[Answer, Answer]


def _lending(case: Case) -> dict[int, int]:
    """Return which session speaks for which giving: it was planned for its main drug alone."""
    lent: dict[int, int] = {}
    for at, session in enumerate(case.sessions):
        inside = [
            (_order(case, g.started) if isinstance(g.started, PartialDate) else "~", n)
            for n, g in enumerate(case.administrations)
            if g.is_suspect and session.id and g.session_id == session.id
        ]
        if not inside:
            continue
        first = min(inside)[1]
        main = case.administrations[first].product_id
        for _started, n in inside:
            if n == first or (main and case.administrations[n].product_id == main):
                lent[n] = at
    return lent


def _challenges(
    case: Case, prefix: str, sources: dict[str, str], *, alone: bool
) -> tuple[Answer, Answer]:
    """Return the answers to D7 and D8, which belong to an event and a product together."""
    if len(case.events) == 1 and alone:
        sources[f"{prefix}.abated"] = "events[0].dechallenge"
        sources[f"{prefix}.reappeared"] = "events[0].rechallenge"
    return (
        _agreed([e.dechallenge for e in case.events]),
        _agreed([e.rechallenge for e in case.events]),
    )


def _agreed(answers: list[Answer]) -> Answer:
    return answers[0] if answers and all(a is answers[0] for a in answers) else None


def _suspect(case: Case, prefix: str, group: _Group, sources: dict[str, str]) -> Suspect:
    first = case.administrations[group.members[0]]
    at, lot_at = _place(case.products, first.product_id), _place(case.lots, first.lot_id)
    if at is not None:
        sources[f"{prefix}.product"] = f"products[{at}]"
    if lot_at is not None:
        sources[f"{prefix}.lot"] = f"lots[{lot_at}]"
    if len(group.members) == 1:
        sources[f"{prefix}.giving"] = f"administrations[{group.members[0]}]"
    abated, reappeared = group.challenges
    return Suspect(
        product=Product() if at is None else case.products[at],
        lot=Lot() if lot_at is None else case.lots[lot_at],
        giving=_giving(case, group),
        indication=_indication(case, prefix, group, sources),
        abated=abated,
        reappeared=reappeared,
    )


def _place(records: Sequence[Record], wanted: str) -> int | None:
    return next((n for n, record in enumerate(records) if wanted and record.id == wanted), None)


def _giving(case: Case, group: _Group) -> Administration:
    givings = [_as_shown(case, n, group) for n in group.members]
    giving = givings[0] if len(givings) == 1 else merged(givings, partial(_order, case))
    if giving.frequency is None and giving.session_id and group.members[0] in group.lent:
        words = giving.frequency_text or SINGLE_SESSION
        return replace(giving, frequency=Frequency.OTHER, frequency_text=words)
    return giving


def _as_shown(case: Case, n: int, group: _Group) -> Administration:
    giving = case.administrations[n]
    route = case.sessions[group.lent[n]].route if n in group.lent else None
    shown: dict[str, Any] = {
        name: at
        for name in ("started", "ended", "reduced_on")
        if (at := on_clinic_clock(case, getattr(giving, name))) is not getattr(giving, name)
    }
    if giving.role is DrugRole.NOT_GIVEN and giving.dose is None and not giving.dose_text:
        shown["dose_text"] = NOT_GIVEN
    if giving.route is None and isinstance(route, SessionRoute):
        shown["route"] = ROUTES[route]
    # A record of forty items is not made again where nothing is shown otherwise.
    return replace(giving, **shown) if shown else giving


def _indication(
    case: Case, prefix: str, group: _Group, sources: dict[str, str]
) -> str | NullFlavor | None:
    places = list(dict.fromkeys(_indication_place(case, n, group) for n in group.members))
    values = [lens.get(case, place) for place in places]
    known = list(dict.fromkeys(text for value in values if (text := as_text(value))))
    if len(places) == 1 or not known:
        sources[f"{prefix}.indication"] = places[0]
        return cast("str | NullFlavor | None", values[0])
    return "; ".join(known)


def _indication_place(case: Case, n: int, group: _Group) -> str:
    if case.administrations[n].indication is None and n in group.lent:
        return f"sessions[{group.lent[n]}].indication"
    return f"administrations[{n}].indication"


def _concomitants(case: Case, sources: dict[str, str], keys: dict[str, str]) -> Iterator[Medicine]:
    k = 0
    for n, medicine in medicines_at_the_time(case):
        sources[f"concomitants[{k}]"] = f"patient.medicines[{n}]"
        k += 1
        yield medicine
    for giving in case.administrations:
        if giving.role is DrugRole.CONCOMITANT:
            product = next((p for p in case.products if p.id == giving.product_id), Product())
            _name(keys, f"concomitants[{k}]", giving.id)
            k += 1
            yield Medicine(
                name=as_text(product.name) or None,
                started=on_clinic_clock(case, giving.started),
                ended=on_clinic_clock(case, giving.ended),
            )


def _filer(case: Case, sources: dict[str, str]) -> Reporter:
    for n, reporter in enumerate(case.reporters):
        if reporter.files:
            sources["filer"] = f"reporters[{n}]"
            return reporter
    # One past the end: the first entry in section G makes the reporter.
    sources["filer"] = f"reporters[{len(case.reporters)}]"
    return Reporter()
