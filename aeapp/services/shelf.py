"""What the clocks of cases and events go by, read for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from aeapp.domain.assessment.opinions import is_listed, is_suspected
from aeapp.domain.clock_facts import ClockFacts, Sent
from aeapp.domain.codelists.clinic import Channel, SessionEnd
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    CaseFile,
    Clinic,
    Decision,
    Event,
    Patient,
    Product,
    Report,
    Sending,
    Session,
    Study,
)
from aeapp.domain.values import PartialDate
from aeapp.services.deciding import decisions_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.profile import clinic_of
from aeapp.services.rems import sent_of
from aeapp.services.sessions import of_kind
from aeapp.trail.entry import TrailEntry

R = TypeVar("R", bound=Record)

CHUNK = 500


@dataclass(frozen=True, slots=True, repr=False)
class Shelf:
    """What the cases of one reading share, by the id of the case or event."""

    files: Mapping[str, CaseFile]
    events: Mapping[str, tuple[Event, ...]]
    awareness: Mapping[str, tuple[Awareness, ...]]
    decisions: Mapping[str, Decision]
    sendings: Mapping[str, tuple[Sending, ...]]
    reports: Mapping[str, tuple[Report, ...]]
    sessions: Mapping[str, Session]
    rems_sent: Mapping[str, PartialDate]
    studies: Mapping[str, Study]
    patients: Mapping[str, str]
    opinions: Mapping[str, tuple[Assessment, ...]]
    suspects: Mapping[str, frozenset[str]]
    clinic: Clinic

    def facts(self, case_id: str, zone: dt.tzinfo) -> list[ClockFacts]:
        """Return what the clocks of each event of a case go by."""
        file = self.files[case_id]
        base = ClockFacts(
            clinic=self.clinic,
            event=Event(),
            protocol=self.studies.get(file.study_id),
            device=bool(file.devices),
            awareness=tuple(a.at for a in self.awareness.get(case_id, ())),
            sent=tuple(_sent(s) for s in self.sendings.get(case_id, ()) if s.at and s.destination),
            zone=zone,
        )
        return [replace(base, **self._of_event(event)) for event in self.events.get(case_id, ())]

    def _of_event(self, event: Event) -> dict[str, Any]:
        opinions = self.opinions.get(event.id, ())
        suspects = self.suspects.get(event.case_id, frozenset())
        session = self.sessions.get(event.session_id)
        return {
            "event": event,
            "listed": is_listed(opinions, suspects),
            "suspected": is_suspected(opinions, suspects),
            "decision": self.decisions.get(event.id),
            "rems_done": self._rems_done(event.session_id),
            "transferred": _transferred(session),
        }

    def _rems_done(self, session_id: str) -> PartialDate | None:
        """Return when the form went out; completed and not recorded as sent, it may be out too."""
        sent, session = self.rems_sent.get(session_id), self.sessions.get(session_id)
        if sent is not None:
            return sent
        done = session.rems_completed if session is not None else None
        return done if isinstance(done, PartialDate) else None


def shelf_of(uow: UnitOfWork, case_ids: Sequence[str]) -> Shelf:
    """Read what belongs to these cases; ids that are not there are left out."""
    files = by_id(of_kind(CaseFile, uow.records.many("case", list(case_ids))))
    ids = list(files)
    events = [e for e in of_cases(uow, Event, ids) if e.stands]
    session_ids = ids_of(events, "session_id")
    return Shelf(
        files=files,
        events=grouped(events),
        awareness=grouped(of_cases(uow, Awareness, ids)),
        decisions=decisions_of(uow, [e.id for e in events]),
        sendings=grouped(of_cases(uow, Sending, ids)),
        reports=grouped(of_cases(uow, Report, ids)),
        sessions=by_id(of_kind(Session, uow.records.many("session", session_ids))),
        rems_sent=sent_of(uow, session_ids),
        studies=by_id(
            of_kind(Study, uow.records.many("study", ids_of(files.values(), "study_id")))
        ),
        patients=codes_of(uow, [f.patient_id for f in files.values() if f.patient_id]),
        opinions=grouped(of_cases(uow, Assessment, ids), "event_id"),
        suspects=_suspects(uow, files, events),
        clinic=clinic_of(uow),
    )


def _suspects(
    uow: UnitOfWork, files: Mapping[str, CaseFile], events: Iterable[Event]
) -> dict[str, frozenset[str]]:
    """Return the products that each case suspects: given in its sessions, or told with it."""
    pairs = [(file.session_id, file.id) for file in files.values()]
    rooms: dict[str, set[str]] = {}
    for session_id, case_id in (*pairs, *((e.session_id, e.case_id) for e in events)):
        rooms.setdefault(session_id, set()).add(case_id)
    rooms.pop("", None)
    found: dict[str, set[str]] = {}
    for giving in linked(uow, Administration, "session_id", list(rooms)):
        for case_id in rooms[giving.session_id] if giving.is_suspect else ():
            found.setdefault(case_id, set()).add(giving.product_id)
    for giving in of_cases(uow, Administration, list(files)):
        if giving.is_suspect:
            found.setdefault(giving.case_id, set()).add(giving.product_id)
    return {case_id: frozenset(products) for case_id, products in found.items()}


def facts_without_case(
    uow: UnitOfWork,
    events: Sequence[Event],
    decisions: Mapping[str, Decision],
    zone: dt.tzinfo,
) -> dict[str, ClockFacts]:
    """Return what the clocks of events that have no case yet go by, by the id of the event.

    Each was learnt when a record says so, else when it was entered.
    """
    told = grouped(linked(uow, Awareness, "event_id", [e.id for e in events]), "event_id")
    at = entered(uow, [e for e in events if e.id not in told], zone)
    studies = _studies_of(uow, events)
    rooms = by_id(of_kind(Session, uow.records.many("session", ids_of(events, "session_id"))))
    clinic = clinic_of(uow)
    return {
        event.id: ClockFacts(
            clinic=clinic,
            event=event,
            awareness=tuple(fact.at for fact in told.get(event.id, ())) or at.get(event.id, ()),
            decision=decisions.get(event.id),
            protocol=studies.get(event.session_id),
            transferred=_transferred(rooms.get(event.session_id)),
            zone=zone,
        )
        for event in events
    }


def _studies_of(uow: UnitOfWork, events: Sequence[Event]) -> dict[str, Study]:
    """Return the study whose drug was given, by session."""
    given = linked(uow, Administration, "session_id", ids_of(events, "session_id"))
    suspects = [g for g in given if g.is_suspect and g.product_id]
    ids = list(dict.fromkeys(g.product_id for g in suspects))
    products = by_id(of_kind(Product, uow.records.many("product", ids)))
    found = by_id(of_kind(Study, uow.records.many("study", ids_of(products.values(), "study_id"))))
    out: dict[str, Study] = {}
    for giving in suspects:
        product = products.get(giving.product_id)
        study = found.get(product.study_id) if product is not None else None
        if study is not None:
            out.setdefault(giving.session_id, study)
    return out


def entered(
    uow: UnitOfWork, events: Sequence[Event], zone: dt.tzinfo
) -> dict[str, tuple[PartialDate, ...]]:
    """Return the minute at which each event was first entered, as the trail tells it."""
    first: dict[str, TrailEntry] = {}
    for entry in uow.trail.of_many([event.id for event in events]):
        first.setdefault(str(entry.content.get("entity_id")), entry)
    for event in events:
        # One that came with many others is named by their import alone, edited since or not.
        if _is_first(first.get(event.id)):
            continue
        if own := uow.trail.of("event", event.id):
            first[event.id] = own[0]
    return {event_id: (_minute(entry, zone),) for event_id, entry in first.items()}


def _is_first(entry: TrailEntry | None) -> bool:
    return entry is not None and entry.content.get("version") == 1


def _minute(entry: TrailEntry, zone: dt.tzinfo) -> PartialDate:
    at = dt.datetime.fromisoformat(entry.content["at"]).astimezone(zone)
    return PartialDate.of(at.replace(second=0, microsecond=0))


def _sent(line: Sending) -> Sent:
    assert line.at is not None  # noqa: S101 - asked by the caller
    assert line.destination is not None  # noqa: S101 - asked by the caller
    return Sent(to=line.destination, at=line.at, by_phone=line.channel is Channel.PHONE)


def _transferred(session: Session | None) -> bool:
    return session is not None and session.ending is SessionEnd.TRANSFERRED


# ------------------------------------------------------------------ many at once


def of_cases(uow: UnitOfWork, kind: type[R], ids: Sequence[str]) -> list[R]:
    """Return the records of a kind that link to these cases."""
    return linked(uow, kind, "case_id", ids)


def linked(uow: UnitOfWork, kind: type[R], link: str, ids: Sequence[str]) -> list[R]:
    """Return the records of a kind whose ``link`` is one of ``ids``."""
    found: list[R] = []
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        found += of_kind(kind, uow.records.find(kind.KIND, **{link: chunk}))
    return found


def grouped(records: Iterable[R], link: str = "case_id") -> dict[str, tuple[R, ...]]:
    """Return the records by what they link to."""
    found: dict[str, tuple[R, ...]] = {}
    for record in records:
        key: str = getattr(record, link)
        found[key] = (*found.get(key, ()), record)
    return found


def by_id(records: Iterable[R]) -> dict[str, R]:
    """Return the records by their id."""
    return {record.id: record for record in records}


def ids_of(records: Iterable[Record], link: str) -> list[str]:
    """Return what the records link to, each id once."""
    return [i for i in dict.fromkeys(str(getattr(r, link)) for r in records) if i]


def codes_of(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, str]:
    """Return the codes of patients."""
    people = of_kind(Patient, uow.records.many("patient", list(dict.fromkeys(ids))))
    return {p.id: p.code or "" for p in people}


__all__ = [
    "CHUNK",
    "Shelf",
    "by_id",
    "codes_of",
    "entered",
    "facts_without_case",
    "grouped",
    "ids_of",
    "linked",
    "of_cases",
    "shelf_of",
]
