"""The export register: every document that was written or printed, to whom and what for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import CopyKind, Medium, Purpose
from aeapp.domain.records import Disclosure
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import NoSuchNumberError, of_kind


class NotInRegisterError(RefusedError):
    """An entry of the register was named that is not there."""

    code = "register.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("The register has no such entry."),
            remedy=N_("'report register' lists the entries with their numbers."),
        )


class PurposeMissingError(RefusedError):
    """An entry was to be completed without a purpose."""

    code = "register.purpose"

    def __init__(self) -> None:
        super().__init__(
            N_("The entry does not say what the document was given for."),
            remedy=N_("Choose a purpose; for the clinic itself is one."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """To whom a document goes and what for; all of it may be told later."""

    recipient: Destination | None = None
    person: str = ""
    address: str = ""
    purpose: Purpose | None = None


NOT_TOLD = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a document is of, for the register."""

    number: str
    what: str
    copy: CopyKind = CopyKind.FULL
    patient_id: str = ""
    case_id: str = ""
    report_id: str = ""
    session_id: str = ""

    @property
    def kind(self) -> str:
        """Return how the trail calls the document: what it is, and which copy."""
        return self.what if self.copy is CopyKind.FULL else f"{self.what}-{self.copy.value}"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What is written or printed, and to whom it goes as far as that is known."""

    subject: Subject
    given: Given = NOT_TOLD
    medium: Medium = Medium.FILE


@dataclass(frozen=True, slots=True)
class Wrote:
    """The file or print: the entry of the trail, the hash of what was drawn, its pages."""

    seq: int
    sha256: str
    pages: int


def enter(
    uow: UnitOfWork,
    context: WorkContext,
    line: RegisterLine,
    wrote: Wrote,
) -> Disclosure:
    """Add a line to the register inside the transaction that notes the document."""
    subject, given = line.subject, line.given
    return uow.save(
        Disclosure(
            patient_id=subject.patient_id,
            case_id=subject.case_id,
            report_id=subject.report_id,
            session_id=subject.session_id,
            seq=wrote.seq,
            number=subject.number or None,
            what=subject.what,
            copy=subject.copy,
            medium=line.medium,
            pages=wrote.pages or None,
            sha256=wrote.sha256,
            at=context.minute(),
            by=context.who.name,
            recipient=given.recipient,
            person=given.person or None,
            address=given.address or None,
            purpose=given.purpose,
        ),
        who=context.who,
    )


class RegisterService:
    """Read the register, and say later to whom something went."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def lines(self, patient_code: str = "", most: int | None = None) -> tuple[Disclosure, ...]:
        """Return the lines, the newest first; those of one patient where a code is given.

        Args:
            patient_code: By which reports know the patient.
            most: How many at most.

        Raises:
            NoSuchNumberError: No patient has that code.
        """
        with self._context.new_uow() as uow:
            links: dict[str, str] = {}
            if patient_code:
                patients = uow.records.find("patient", code=patient_code)
                if not patients:
                    raise NoSuchNumberError(patient_code)
                links = {"patient_id": patients[0].id}
            found = uow.records.query(
                "disclosure", where=links, order_by=("seq",), descending=True, limit=most
            )
        return of_kind(Disclosure, found)

    def keep(self, line: Disclosure, reason: str) -> Disclosure:
        """Store what was said of a line.

        Raises:
            PurposeMissingError: Nothing says what it was for.
        """
        if line.purpose is None:
            raise PurposeMissingError
        with self._context.new_uow() as uow:
            stored = uow.save(line, who=self._context.who, reason=reason)
            uow.commit()
        return stored

    def tell(self, seqs: Iterable[int], given: Given) -> tuple[Disclosure, ...]:
        """Say of entries to whom the documents went and what for.

        Raises:
            NotInRegisterError: One of them is not there.
            PurposeMissingError: Nothing says what it was for.
        """
        if given.purpose is None:
            raise PurposeMissingError
        wanted = set(seqs)
        with self._context.new_uow() as uow:
            found = of_kind(Disclosure, uow.records.find("disclosure"))
            lines = [line for line in found if line.seq in wanted]
            if len(lines) < len(wanted):
                raise NotInRegisterError
            told = tuple(
                uow.save(
                    replace(
                        line,
                        recipient=given.recipient or line.recipient,
                        person=given.person or line.person,
                        address=given.address or line.address,
                        purpose=given.purpose,
                    ),
                    who=self._context.who,
                )
                for line in lines
            )
            uow.commit()
        return told


__all__ = ["NOT_TOLD", "Given", "RegisterLine", "RegisterService", "Subject", "Wrote", "enter"]
