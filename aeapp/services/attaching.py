"""Attach files to cases, events and sessions; show them, copy them out, strike them through."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from aeapp.domain.attaching import (
    ENDINGS,
    MOST_BYTES,
    AttachmentRefusedError,
    title_from,
    type_of,
)
from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.records import Attachment, CaseFile, Event, Session
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.locking import refuse_files
from aeapp.services.ports import UnitOfWork
from aeapp.services.register import RegisterLine, Subject
from aeapp.services.sessions import ReasonMissingError, of_kind
from aeapp.services.writing_out import write_out

Owner = CaseFile | Event | Session


class ContentChangedError(RefusedError):
    """The content of an attachment is not the one that was added."""

    code = "attachment.changed"

    def __init__(self) -> None:
        super().__init__(
            N_("The content of this attachment was changed outside the program."),
            remedy=N_("Run 'verify', and take the file from a backup or from where it came."),
        )


class ContentAbsentError(RefusedError):
    """The content of an attachment is not in this clinic."""

    code = "attachment.absent"

    def __init__(self) -> None:
        super().__init__(
            N_("The content of this attachment is not here: its case came as a file."),
            remedy=N_("Ask the clinic that wrote the case file, and add the content again."),
        )


class Copies(Protocol):
    """Makes copies for another program to open, and removes them."""

    def make(self, name: str, content: bytes) -> Path:
        """Write a copy that nobody can change; return where."""

    def wipe_all(self) -> None:
        """Remove every copy."""


class AttachingService:
    """What may be done with attached files; each step is in the trail by hash."""

    def __init__(self, context: WorkContext, copies: Copies) -> None:
        self._context, self._copies = context, copies

    def add_file(
        self, owner: Owner, path: Path, title: str = "", *, known: bool = False
    ) -> Attachment:
        """Attach the file at ``path``; ``known`` gives the one that is attached here already.

        Raises:
            AttachmentRefusedError: It may not be attached, or is attached here already.
            ReportLockedError: A report of the case is approved, or locked by a person.
            FileTroubleError: It cannot be read.
        """
        # One byte more than is taken, so that a longer one is refused in the words for it.
        content = read_whole(path, 2 * MOST_BYTES)
        return self.add(owner, path.name, content, title, known=known)

    def add(
        self, owner: Owner, name: str, content: bytes, title: str = "", *, known: bool = False
    ) -> Attachment:
        """Attach ``content``, whose file was called ``name``."""
        media = type_of(name, content)
        with self._context.new_uow() as uow:
            uow.lock()
            refuse_files(uow, owner.id if isinstance(owner, CaseFile) else _case_of(owner))
            key = uow.blobs.put(content)
            same = [a for a in _of(uow, _link(owner)) if a.sha256 == key and a.stands]
            if same and known:
                return same[0]
            if same:
                raise AttachmentRefusedError(
                    N_("This file is attached here already."), remedy=N_("Open it in the list.")
                )
            made = Attachment(
                patient_id=owner.patient_id,
                title=title.strip() or title_from(name),
                media=media,
                size=len(content),
                sha256=key,
                added=self._context.minute(),
                by=self._context.who.name,
                **_link(owner),
            )
            stored = uow.save(made, who=self._context.who)
            uow.commit()
        return stored

    def of(self, owner: Owner) -> list[Attachment]:
        """Return what is attached to an owner, the oldest first, struck ones too."""
        with self._context.new_uow() as uow:
            return _of(uow, _link(owner))

    def of_session(self, session_id: str) -> list[Attachment]:
        """Return what is attached to a session and to its events, the oldest first."""
        with self._context.new_uow() as uow:
            events = uow.records.find("event", session_id=session_id)
            links = ({"session_id": session_id}, *({"event_id": e.id} for e in events))
            found = {a.id: a for link in links for a in _of(uow, link)}
        return sorted(found.values(), key=lambda a: a.id)

    def of_case(self, case_id: str) -> list[Attachment]:
        """Return what is attached to a case, to its events and to its session."""
        with self._context.new_uow() as uow:
            return attachments_of(uow, case_id)

    def content(self, attachment: Attachment) -> bytes:
        """Return the content, if it is the one that was added.

        Raises:
            ContentAbsentError: It is not here.
            ContentChangedError: It was changed.
        """
        with self._context.new_uow() as uow:
            content = uow.blobs.get(attachment.sha256 or "")
        if content is None:
            raise ContentAbsentError
        if hashlib.sha256(content).hexdigest() != attachment.sha256:
            raise ContentChangedError
        return content

    def copy(self, attachment: Attachment) -> Path:
        """Return a copy for another program to open; it is wiped at lock and at the end.

        Its name says nothing of the patient.
        """
        content = self.content(attachment)
        path = self._copies.make(neutral_name(attachment), content)
        self._note(attachment, "attachment.open")
        return path

    def export(self, attachment: Attachment, path: Path, *, overwrite: bool = False) -> None:
        """Write the content to a file that the person named; enter it in the register."""
        content = self.content(attachment)
        of = (Attachment.KIND, attachment.id)
        subject = Subject(
            number="",
            what=Attachment.KIND,
            patient_id=attachment.patient_id,
            case_id=attachment.case_id,
            session_id=attachment.session_id,
        )
        write_out(
            self._context,
            content,
            path,
            of,
            {},
            overwrite=overwrite,
            action="attachment.export",
            line=RegisterLine(subject),
        )

    def wipe_copies(self) -> None:
        """Remove every copy that was made for another program."""
        self._copies.wipe_all()

    def strike(self, attachment: Attachment, reason: str) -> Attachment:
        """Strike an attachment through; its content stays.

        Raises:
            ReasonMissingError: No reason is given.
            ReportLockedError: A report of the case is approved, or locked by a person.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            case_id = attachment.case_id
            if attachment.event_id:
                (event,) = of_kind(Event, [uow.records.get("event", attachment.event_id)])
                case_id = event.case_id
            refuse_files(uow, case_id)
            struck = replace(attachment, struck_reason=reason.strip())
            stored = uow.save(struck, who=self._context.who, reason=reason.strip())
            uow.commit()
        return stored

    def _note(self, attachment: Attachment, action: str) -> None:
        with self._context.new_uow() as uow:
            uow.trail.note(
                action,
                who=self._context.who,
                entity=Attachment.KIND,
                entity_id=attachment.id,
                data={"sha256": attachment.sha256, "size": attachment.size},
            )
            uow.commit()


def attachments_of(uow: UnitOfWork, case_id: str) -> list[Attachment]:
    """Return what is attached to a case, to its events and to its session, the oldest first."""
    (case,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
    events = of_kind(Event, uow.records.find("event", case_id=case_id))
    owners: Sequence[dict[str, Any]] = [
        {"case_id": case_id},
        *({"event_id": event.id} for event in events),
        *({"session_id": i} for i in sorted({case.session_id} - {""})),
    ]
    found = {a.id: a for owner in owners for a in _of(uow, owner)}
    return sorted(found.values(), key=lambda a: a.id)


def _case_of(owner: Event | Session) -> str:
    return owner.case_id if isinstance(owner, Event) else ""


def _link(owner: Owner) -> dict[str, Any]:
    return {f"{owner.KIND}_id": owner.id}


def _of(uow: UnitOfWork, link: dict[str, Any]) -> list[Attachment]:
    return list(of_kind(Attachment, uow.records.find("attachment", **link)))


def neutral_name(attachment: Attachment) -> str:
    """Return a name for the file that says nothing of the patient."""
    endings = {**ENDINGS, ".xml": AttachmentType.MESSAGE, ".list.txt": AttachmentType.REST}
    fitting = (end for end, media in endings.items() if media is attachment.media)
    return f"{(attachment.sha256 or '')[:16]}{next(fitting, '')}"
