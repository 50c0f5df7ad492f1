"""Papers of a session: its record, the page for the ambulance, the content for the REMS."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from aeapp.domain.archive import dumps
from aeapp.domain.chair.doses import ESKETAMINE, substance_of
from aeapp.domain.chair.entries import CREATE, Written
from aeapp.domain.chair.rems import under_rems
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    Call,
    Check,
    Clinic,
    Consent,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    SafetyReview,
    Score,
    Session,
    Staff,
    StockMovement,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.copying import WHOLE, Wish, copied_file
from aeapp.services.documents import ARCHIVE_SUFFIX, Copy, Document, Export, PageStamp
from aeapp.services.exporting import bundle_of
from aeapp.services.paper_files import PaperOf, version_of, write_paper
from aeapp.services.ports import UnitOfWork
from aeapp.services.printing import note_print
from aeapp.services.register import NOT_TOLD, Given, Subject
from aeapp.services.sessions import of_kind
from aeapp.trail.chain import Head
from aeapp.trail.entry import TrailEntry

R = TypeVar("R", bound=Record)


class Paper(CodeList):
    """The papers that a session has."""

    SESSION = "session", N_("Session record")
    HANDOVER = "handover", N_("Handover")
    REMS = "rems", N_("Content for the REMS")


PAPERS = {paper.value: paper for paper in Paper}


class SessionRenderer(Protocol):
    """Draws a paper of a session."""

    def render(
        self, paper: Paper, file: SessionFile, stamp: PageStamp, progress: Progress
    ) -> Document:
        """Return the paper; the same file and stamp give the same bytes."""

    def archive(
        self,
        paper: Paper,
        file: SessionFile,
        stamp: PageStamp,
        case_files: Sequence[bytes],
        progress: Progress,
    ) -> Document:
        """Return the same pages as a copy for the archive, the session's cases inside."""


class NotUnderRemsError(RefusedError):
    """The content for the REMS was asked of a session that the REMS does not ask about."""

    code = "session.not-under-rems"

    def __init__(self) -> None:
        super().__init__(
            N_("The REMS asks about nasal sessions in the clinic; this session is not one."),
            remedy=N_("Export the record of the session, or correct its route if it was nasal."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Gathered:
    """A session as stored, with the entry of the trail that wrote its newest part."""

    file: SessionFile
    head: Head
    version: int
    case_files: tuple[bytes, ...] = ()


class SessionDocumentService:
    """Make papers of sessions; nothing has to be answered before one is made."""

    def __init__(self, context: WorkContext, renderer: SessionRenderer) -> None:
        self._context = context
        self._renderer = renderer

    def render(
        self,
        session_id: str,
        paper: Paper,
        progress: Progress | None = None,
        *,
        wish: Wish = WHOLE,
    ) -> Document:
        """Return a paper of the session as stored; writes nothing."""
        with self._context.new_uow() as uow:
            found = _gather(uow, session_id, paper, self._context.minute())
        return self._drawn(found, paper, progress, wish)

    def export(
        self,
        session_id: str,
        paper: Paper,
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
        copy: Copy = Copy.REGULATOR,
        wish: Wish = WHOLE,
        given: Given = NOT_TOLD,
    ) -> Export:
        """Write a paper to ``out`` and enter it in the trail.

        The copy for the archive holds every case of the session as it stands.

        Raises:
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        archive = copy is Copy.ARCHIVE
        with self._context.new_uow() as uow:
            found = _gather(uow, session_id, paper, self._context.minute())
            if archive:
                found = replace(found, case_files=_cases(uow, found.file))
        document = self._drawn(found, paper, progress, wish, archive=archive)
        session = found.file.session
        subject = _subject(session, paper, wish.copy, ARCHIVE_SUFFIX if archive else "")
        of = PaperOf(subject.kind, "session", session_id, found.head, found.version, subject, given)
        return write_paper(self._context, document, of, out, overwrite=overwrite)

    def note_print(
        self,
        session_id: str,
        paper: Paper,
        document: Document,
        pages: int,
        given: Given = NOT_TOLD,
    ) -> None:
        """Note in trail and register that a paper goes to a printer; nothing has to be answered."""
        with self._context.new_uow() as uow:
            (session,) = of_kind(Session, [uow.records.get("session", session_id)])
        subject = _subject(session, paper, document.copy)
        note_print(self._context, subject, ("session", session_id), document, pages, given=given)

    def _drawn(
        self,
        found: Gathered,
        paper: Paper,
        progress: Progress | None,
        wish: Wish,
        *,
        archive: bool = False,
    ) -> Document:
        stamp = PageStamp(
            report_number=found.file.session.number or "",
            version=found.version,
            head=found.head,
            exported_on=self._context.minute(),
            time_zone=str(self._context.zone),
            practice=bool(found.file.clinic.practice),
            # Of the records alone: the hour of printing, who entered what and who has an account
            # here change nothing.
            record=fingerprint(replace(found.file, entries=(), staff=(), as_of=None)),
        )
        file, told = copied_file(found.file, stamp, wish, self._context.who.name)
        progress = progress or NoProgress()
        if archive:
            if len(found.case_files) == 1:
                # Whoever takes the case out can compare it with the foot of each page.
                told = replace(told, record=hashlib.sha256(found.case_files[0]).hexdigest())
            drawn = self._renderer.archive(paper, file, told, found.case_files, progress)
        else:
            drawn = self._renderer.render(paper, file, told, progress)
        return replace(drawn, stamp=stamp, copy=wish.copy)


def _subject(session: Session, paper: Paper, copy: CopyKind, suffix: str = "") -> Subject:
    return Subject(
        number=session.number or "",
        what=f"{paper.value}{suffix}",
        copy=copy,
        patient_id=session.patient_id,
        session_id=session.id,
    )


def file_name(session: Session, paper: Paper) -> str:
    """Return a name for the file that tells nothing of the patient."""
    return f"{(session.number or session.id).replace('/', '-')}-{paper.value}.pdf"


def _cases(uow: UnitOfWork, file: SessionFile) -> tuple[bytes, ...]:
    """Return every case of a session in the open case format, the oldest first."""
    found = {case.id for case in uow.records.find("case", session_id=file.session.id)}
    found |= {event.case_id for event in file.events if event.case_id}
    return tuple(dumps(bundle_of(uow, case_id)).encode() for case_id in sorted(found))


def _gather(uow: UnitOfWork, session_id: str, paper: Paper, as_of: PartialDate) -> Gathered:
    file = replace(session_file(uow, session_id), as_of=as_of)
    if paper is Paper.SESSION:
        file = replace(file, entries=_entries(uow, file))
    if paper is Paper.REMS and not under_rems(file.session):
        raise NotUnderRemsError
    head = uow.trail.head_of(_stored(file))
    return Gathered(file, head, version_of(uow, session_id, paper.value, head))


def session_file(uow: UnitOfWork, session_id: str) -> SessionFile:
    """Return everything on record about a session, read in one transaction."""
    (session,) = of_kind(Session, [uow.records.get("session", session_id)])

    def logged(kind: type[R]) -> tuple[R, ...]:
        return of_kind(kind, uow.records.find(kind.KIND, session_id=session_id))

    def named(kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
        return of_kind(kind, uow.records.many(kind.KIND, [i for i in dict.fromkeys(ids) if i]))

    givings, movements = logged(Administration), logged(StockMovement)
    lots = named(Lot, [*(g.lot_id for g in givings), *(m.lot_id for m in movements)])
    products = [*(g.product_id for g in givings), *(m.product_id for m in movements)]
    clinics = of_kind(Clinic, uow.records.query("clinic", limit=1))
    others = uow.records.find("session", patient_id=session.patient_id)
    return SessionFile(
        clinic=next(iter(clinics), Clinic()),
        patient=next(iter(named(Patient, [session.patient_id])), Patient()),
        session=session,
        administrations=givings,
        products=named(Product, [*products, *(lot.product_id for lot in lots)]),
        lots=lots,
        observations=logged(Observation),
        events=logged(Event),
        checks=logged(Check),
        notes=logged(Note),
        scores=logged(Score),
        reviews=logged(SafetyReview),
        proposals=logged(Proposal),
        movements=movements,
        calls=logged(Call),
        consents=of_kind(Consent, uow.records.find("consent", patient_id=session.patient_id)),
        staff=of_kind(Staff, uow.records.find("staff")),
        earlier=_earlier(uow, session, givings, of_kind(Session, others)),
    )


def _earlier(
    uow: UnitOfWork, session: Session, givings: Sequence[Administration], others: Sequence[Session]
) -> int:
    """Return how many nasal sessions with a dose of the same substance began before this one.

    Before the first dose it is the substance that the REMS is about.
    """

    def begun(one: Session) -> str:
        return one.started.sort_key() if isinstance(one.started, PartialDate) else ""

    found = uow.records.find("administration", patient_id=session.patient_id)
    every = [g for g in of_kind(Administration, found) if g.is_suspect]
    ids = [g.product_id for g in every if g.product_id]
    products = {p.id: p for p in of_kind(Product, uow.records.many("product", ids))}

    def substance(giving: Administration) -> str:
        product = products.get(giving.product_id) or Product(name=giving.package.name)
        return substance_of(product)

    ours = {substance(g) for g in givings if g.is_suspect} or {ESKETAMINE}
    nasal = {o.id for o in others if o.route is SessionRoute.NASAL}
    treated = {
        g.session_id
        for g in every
        if (g.session_id in nasal or g.route is FormRoute.NASAL) and substance(g) in ours
    }
    before = (o for o in others if (begun(o), o.id) < (begun(session), session.id))
    return sum(1 for o in before if o.id in treated)


# Records of the clinic and the patient's chart are not written by the session.
_OF_OTHERS = frozenset({"clinic", "patient", "product", "lot", "consent"})


_LEFT = frozenset({"export", "print"})


def _entries(uow: UnitOfWork, file: SessionFile) -> tuple[Written, ...]:
    """Return who entered what of the session and when; of items only the names."""
    ids = [record_id for kind, record_id in _stored(file) if kind not in _OF_OTHERS]
    found = uow.trail.of_many(ids)
    # That a paper left wrote nothing of the session: the same state has the same pages again.
    return tuple(_written(entry) for entry in found if entry.content["action"] not in _LEFT)


def _written(entry: TrailEntry) -> Written:
    content = entry.content
    first = content["action"] == CREATE
    return Written(
        seq=entry.seq,
        at=dt.datetime.fromisoformat(content["at"]),
        by=content["name"],
        role=content["role"],
        kind=content["entity"],
        record_id=content["entity_id"],
        action=content["action"],
        reason=content.get("reason", ""),
        items=() if first else tuple(sorted(content.get("after", {}))),
    )


def _stored(file: SessionFile) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of every stored record that a paper shows."""
    found: list[Record] = [file.clinic, file.patient, file.session]
    for part in (
        file.administrations,
        file.products,
        file.lots,
        file.observations,
        file.events,
        file.checks,
        file.notes,
        file.scores,
        file.reviews,
        file.proposals,
        file.movements,
        file.calls,
        file.consents,
    ):
        found += part
    return tuple((record.KIND, record.id) for record in found if record.version)
