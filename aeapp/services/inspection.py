"""The inspection pack: the events of a period with decision, clocks and proof of what went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from aeapp.domain.clock_facts import ClockFacts
from aeapp.domain.clocks import clocks_of
from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.inspection import Inspected, Period, SentReport, belongs
from aeapp.domain.items import Record
from aeapp.domain.lifecycle import Act
from aeapp.domain.records import (
    Approval,
    Awareness,
    Decision,
    Event,
    Patient,
    Report,
    Reporter,
    ReportVersion,
    Request,
    Sending,
    Session,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import Document, Export, PageStamp
from aeapp.services.inspection_copies import InspectionFile, copied_pack
from aeapp.services.paper_files import PaperOf, version_of, write_paper
from aeapp.services.ports import UnitOfWork
from aeapp.services.profile import clinic_of
from aeapp.services.register import NOT_TOLD, Given, Subject
from aeapp.services.sessions import of_kind
from aeapp.services.shelf import (
    Shelf,
    by_id,
    codes_of,
    entered,
    facts_without_case,
    grouped,
    ids_of,
    linked,
    of_cases,
    shelf_of,
)

KIND = "inspection"


class InspectionRenderer(Protocol):
    """Draws the pack."""

    def render(self, file: InspectionFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper; the same file and stamp give the same bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class _Told:
    """What is on record of all events, by event or case; read once, then narrowed."""

    learnt: dict[str, tuple[Awareness, ...]]
    of_cases: dict[str, tuple[Awareness, ...]]
    decisions: dict[str, tuple[Decision, ...]]
    sendings: dict[str, tuple[Sending, ...]]

    def of(self, event: Event) -> tuple[Awareness, ...]:
        """Return when the clinic learnt of an event: of itself, and of its case as a whole."""
        case = self.of_cases.get(event.case_id, ()) if event.case_id else ()
        own = self.learnt.get(event.id, ())
        whole = [a for a in case if not a.event_id and a not in own]
        return tuple(sorted([*own, *whole], key=_when_learnt))


class InspectionService:
    """Make inspection packs."""

    def __init__(self, context: WorkContext, renderer: InspectionRenderer) -> None:
        self._context, self._renderer = context, renderer

    def file(self, period: Period, progress: Progress | None = None) -> InspectionFile:
        """Return everything of a period as stored; patients by code.

        Raises:
            CancelledError: The person stopped it.
        """
        with self._context.new_uow() as uow:
            return self._file(uow, period, progress or NoProgress())

    def render(
        self, period: Period, progress: Progress | None = None, *, wish: Wish = WHOLE
    ) -> Document:
        """Return the pack of a period; writes nothing."""
        return self.drawn(period, progress, wish=wish)[1][0]

    def export(
        self,
        period: Period,
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
        wish: Wish = WHOLE,
        given: Given = NOT_TOLD,
    ) -> Export:
        """Write the pack to ``out`` and enter it in the trail and the register.

        Raises:
            CopyTellsError: A de-identified copy would still tell who a patient is.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        _file, (document, stamp) = self.drawn(period, progress, wish=wish)
        clinic, subject = (
            self._context.clinic.id,
            Subject(number="", what=_kind(period), copy=wish.copy),
        )
        paper = PaperOf(subject.kind, "clinic", clinic, stamp.head, stamp.version, subject, given)
        return write_paper(self._context, document, paper, out, overwrite=overwrite)

    def drawn(
        self, period: Period, progress: Progress | None = None, *, wish: Wish = WHOLE
    ) -> tuple[InspectionFile, tuple[Document, PageStamp]]:
        """Return everything of a period, and its pages with what they say of themselves.

        Of a copy it is what the copy leaves, and the stamp says what its pages would as a whole.

        Raises:
            CopyTellsError: A de-identified copy would still tell who a patient is.
        """
        progress = progress or NoProgress()
        with self._context.new_uow() as uow:
            file = self._file(uow, period, progress)
            head = uow.trail.head_of([(r.KIND, r.id) for r in _shown(file) if r.version])
            version = version_of(uow, file.clinic.id, _kind(period), head)
            patients = _patients(uow, file) if wish.copy is not CopyKind.FULL else {}
            around = _reporters(uow, file) if wish.texts_read else ()
        stamp = PageStamp(
            report_number=f"Inspection {period.first} to {period.last}",
            version=version,
            head=head,
            exported_on=self._context.minute(),
            time_zone=str(self._context.zone),
            practice=bool(file.clinic.practice),
            record=fingerprint(*_shown(file)),
        )
        made, told, left = copied_pack(
            file, patients, stamp, wish, self._context.who.name, around=around
        )
        document = self._renderer.render(made, told, progress)
        if found := ", ".join(left.lines()):
            words = _("Left out: {found}").format(found=found)
            document = replace(document, notes=(*document.notes, words))
        return made, (document, stamp)

    # --- reading

    def _file(self, uow: UnitOfWork, period: Period, progress: Progress) -> InspectionFile:
        told = _told(uow)
        events = of_kind(Event, uow.records.query("event"))
        # Nobody said when these were learnt: then they were learnt when they were entered.
        minutes = entered(uow, [e for e in events if not told.of(e)], self._context.zone)
        chosen = []
        for n, event in enumerate(events):
            progress.step(n, len(events), "events")
            if _is_of(period, event, told, minutes.get(event.id, ())):
                chosen.append(event)
        inspected = []
        for n, one in enumerate(self._inspected(uow, chosen, told, minutes)):
            progress.step(n, len(chosen), "events")
            inspected.append(one)
        found = tuple(sorted(inspected, key=lambda one: one.order))
        return InspectionFile(clinic_of(uow), period, found, self._context.minute())

    def _facts(
        self, uow: UnitOfWork, shelf: Shelf, events: Sequence[Event], told: _Told
    ) -> dict[str, ClockFacts]:
        """Return what the clocks of each event go by, each case and the rest read once."""
        zone = self._context.zone
        of_cases = (shelf.facts(case_id, zone) for case_id in shelf.files)
        found = {facts.event.id: facts for case in of_cases for facts in case}
        loose = [e for e in events if e.stands and e.case_id not in shelf.files]
        latest = {i: made[-1] for i, made in told.decisions.items()}
        return found | facts_without_case(uow, loose, latest, zone)

    def _inspected(
        self,
        uow: UnitOfWork,
        events: Sequence[Event],
        told: _Told,
        minutes: Mapping[str, tuple[PartialDate, ...]],
    ) -> Iterator[Inspected]:
        case_ids = ids_of(events, "case_id")
        shelf = shelf_of(uow, case_ids)
        sessions = by_id(
            of_kind(Session, uow.records.many("session", ids_of(events, "session_id")))
        )
        codes = codes_of(uow, ids_of(events, "patient_id"))
        reports = _reports(uow, case_ids)
        requests = grouped(of_cases(uow, Request, case_ids))
        facts_of = self._facts(uow, shelf, events, told)
        for event in events:
            facts = facts_of.get(event.id)
            yield Inspected(
                event=event,
                patient=codes.get(event.patient_id, ""),
                session=sessions.get(event.session_id),
                file=shelf.files.get(event.case_id),
                learnt=told.of(event),
                entered=next(iter(minutes.get(event.id, ())), None),
                decisions=told.decisions.get(event.id, ()),
                clocks=clocks_of(facts) if facts is not None else (),
                reports=reports.get(event.case_id, ()),
                requests=requests.get(event.case_id, ()),
            )


def _is_of(period: Period, event: Event, told: _Told, minutes: Sequence[PartialDate]) -> bool:
    sendings = told.sendings.get(event.case_id, ()) if event.case_id else ()
    decisions = told.decisions.get(event.id, ())
    holds = belongs(period, event, told.of(event), decisions, sendings)
    return bool(holds) or any(period.holds(at) for at in minutes)


def _told(uow: UnitOfWork) -> _Told:
    learnt = of_kind(Awareness, uow.records.query("awareness"))
    decisions = sorted(of_kind(Decision, uow.records.query("decision")), key=lambda d: d.id)
    return _Told(
        learnt=grouped([a for a in learnt if a.event_id], "event_id"),
        of_cases=grouped([a for a in learnt if a.case_id]),
        decisions=grouped(decisions, "event_id"),
        sendings=grouped(of_kind(Sending, uow.records.query("sending"))),
    )


def _reports(uow: UnitOfWork, case_ids: Sequence[str]) -> dict[str, tuple[SentReport, ...]]:
    reports = of_cases(uow, Report, case_ids)
    ids = [report.id for report in reports]
    versions = grouped(linked(uow, ReportVersion, "report_id", ids), "report_id")
    sendings = grouped(linked(uow, Sending, "report_id", ids), "report_id")
    approvals = grouped(linked(uow, Approval, "report_id", ids), "report_id")
    out: dict[str, tuple[SentReport, ...]] = {}
    for report in reports:
        sent = SentReport(
            report=report,
            versions=tuple(sorted(versions.get(report.id, ()), key=lambda v: v.number or 0)),
            sendings=sendings.get(report.id, ()),
            approvals=approvals.get(report.id, ()),
            closed_why=_closed_why(uow, report),
        )
        out[report.case_id] = (*out.get(report.case_id, ()), sent)
    return out


def _closed_why(uow: UnitOfWork, report: Report) -> str:
    if report.state is not ReportState.CLOSED:
        return ""
    steps = [e.content for e in uow.trail.of("report", report.id)]
    closed = [step for step in steps if step["action"] == Act.CLOSE.value]
    return str(closed[-1].get("reason") or "") if closed else ""


def _when_learnt(fact: Awareness) -> str:
    return fact.at.sort_key() if isinstance(fact.at, PartialDate) else "~"


def _reporters(uow: UnitOfWork, file: InspectionFile) -> tuple[Reporter, ...]:
    ids = ids_of([one.event for one in file.events], "case_id")
    return tuple(r for i in ids for r in of_kind(Reporter, uow.records.find("reporter", case_id=i)))


def _patients(uow: UnitOfWork, file: InspectionFile) -> dict[str, Patient]:
    ids = ids_of([one.event for one in file.events], "patient_id")
    return by_id(of_kind(Patient, uow.records.many("patient", ids)))


def _kind(period: Period) -> str:
    return f"{KIND} {period.first} {period.last}"


def _shown(file: InspectionFile) -> Iterator[Record]:
    """Yield every stored record that the pack shows."""
    yield file.clinic
    for one in file.events:
        yield one.event
        yield from (*one.learnt, *one.decisions, *one.requests)
        for sent in one.reports:
            yield from (sent.report, *sent.versions, *sent.sendings, *sent.approvals)


__all__ = ["KIND", "InspectionFile", "InspectionRenderer", "InspectionService"]
