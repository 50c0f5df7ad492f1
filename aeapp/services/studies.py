"""Studies: their blinded drugs, and who opened the blind; what it showed is seen by few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aeapp.domain.access import Deed
from aeapp.domain.records import Administration, Product, Study, Unblinding
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.ports import CheckPassword, UnitOfWork
from aeapp.services.sessions import of_kind


class MayNotUnblindError(RefusedError):
    """Somebody without the role wanted to open the blind, or to see what it showed."""

    code = "study.role"

    def __init__(self) -> None:
        super().__init__(
            N_("Your account may not see what a blinded study drug was."),
            remedy=N_("Ask a prescriber or the compliance lead; each opening is in the trail."),
        )


class UnblindingIncompleteError(RefusedError):
    """The blind was to be opened without saying why, or what it showed."""

    code = "study.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("Opening the blind has a reason and says what the code showed."),
            remedy=N_("Type both, then your password."),
        )


class ProtocolTakenError(RefusedError):
    """A study was to be given the protocol number of another one."""

    code = "study.protocol-taken"

    def __init__(self) -> None:
        super().__init__(
            N_("A study with this protocol number is recorded already."),
            remedy=N_("Change that one in Clinic, Studies, or give this one its own number."),
            option=N_("'study list' shows the studies with their numbers."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """That the blind was opened, for everybody; what it showed is not in it."""

    id: str
    study: Study
    at: PartialDate | None
    by: str
    reason: str


class StudyService:
    """Keep studies and their blinds.

    Args:
        check_password: Raises unless the password is that of the person who is logged in.
    """

    def __init__(self, context: WorkContext, check_password: CheckPassword) -> None:
        self._context, self._check_password = context, check_password

    @property
    def may_unblind(self) -> bool:
        """Tell whether the person at the keyboard may see what a blinded drug was."""
        return self._context.may(Deed.UNBLIND)

    def studies(self) -> tuple[Study, ...]:
        """Return the studies, the oldest first."""
        with self._context.new_uow() as uow:
            return of_kind(Study, uow.records.query("study", order_by=["id"]))

    def save(self, study: Study, reason: str = "") -> Study:
        """Store a study; a blinded one gets its drug in the library, called what it is called.

        Raises:
            ProtocolTakenError: Another study has its protocol number.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            _refuse_taken(uow, study)
            saved = uow.save(study, who=self._context.who, reason=reason)
            if saved.blinded is True and not uow.records.find("product", study_id=saved.id):
                name = blinded_name(saved)
                uow.save(
                    Product(study_id=saved.id, name=name, maker=saved.sponsor),
                    who=self._context.who,
                )
            uow.commit()
        return saved

    def of_patient(self, patient_id: str) -> tuple[Study, ...]:
        """Return the studies whose drug a patient was given."""
        with self._context.new_uow() as uow:
            return _given_studies(uow, patient_id)

    # --- the blind

    def unblind(
        self,
        study: Study,
        patient_id: str,
        *,
        shown: str,
        reason: str,
        password: str,
        case_id: str = "",
    ) -> Opening:
        """Store that the blind was opened for a patient, why, and what it showed.

        The product stays the blinded study drug in every case, paper and list.

        Raises:
            MayNotUnblindError: The role does not allow it.
            UnblindingIncompleteError: Reason or what it showed are missing.
            WrongPasswordError: The password is not that of the person at the keyboard.
        """
        if not self.may_unblind:
            raise MayNotUnblindError
        if not shown.strip() or not reason.strip():
            raise UnblindingIncompleteError
        self._check_password(password)
        with self._context.new_uow() as uow:
            saved = uow.save(
                Unblinding(
                    study_id=study.id,
                    patient_id=patient_id,
                    case_id=case_id,
                    at=self._context.minute(),
                    by=self._context.who.name,
                    reason=reason.strip(),
                    shown=shown.strip(),
                ),
                who=self._context.who,
                reason=reason.strip(),
            )
            uow.commit()
        return _opening(saved, study)

    def openings(self, patient_id: str) -> tuple[Opening, ...]:
        """Return who opened the blind of a patient, when and why; not what it showed."""
        with self._context.new_uow() as uow:
            found = of_kind(Unblinding, uow.records.find("unblinding", patient_id=patient_id))
            ids = list(dict.fromkeys(u.study_id for u in found))
            studies = {s.id: s for s in of_kind(Study, uow.records.many("study", ids))}
        return tuple(_opening(u, studies[u.study_id]) for u in found)

    def shown(self, opening_id: str, password: str) -> str:
        """Return what the opened blind showed; that somebody looked is in the trail.

        Raises:
            MayNotUnblindError: The role does not allow it.
            WrongPasswordError: The password is not that of the person at the keyboard.
        """
        if not self.may_unblind:
            raise MayNotUnblindError
        self._check_password(password)
        with self._context.new_uow() as uow:
            (found,) = of_kind(Unblinding, [uow.records.get("unblinding", opening_id)])
            uow.trail.note("look", who=self._context.who, entity="unblinding", entity_id=opening_id)
            uow.commit()
        return found.shown or ""


def blinded_name(study: Study) -> str:
    """Return ``Study drug, blinded``, with the protocol that tells it from others."""
    number = study.protocol or study.title or ""
    words = _("Study drug {protocol}, blinded").format(protocol=number)
    return " ".join(words.split()).replace(" ,", ",")


def _refuse_taken(uow: UnitOfWork, study: Study) -> None:
    number = study.protocol
    ids = {found.id for found in uow.records.find("study", protocol=number)} if number else set()
    # One that shares its number with another since before may still be changed otherwise.
    if ids and study.id not in ids:
        raise ProtocolTakenError


def _given_studies(uow: UnitOfWork, patient_id: str) -> tuple[Study, ...]:
    given = of_kind(Administration, uow.records.find("administration", patient_id=patient_id))
    products = _named(uow, [g.product_id for g in given if g.stands])
    ids = list(dict.fromkeys(p.study_id for p in products if p.study_id))
    return of_kind(Study, uow.records.many("study", ids))


def _named(uow: UnitOfWork, ids: Sequence[str]) -> tuple[Product, ...]:
    wanted = [i for i in dict.fromkeys(ids) if i]
    return of_kind(Product, uow.records.many("product", wanted))


def _opening(record: Unblinding, study: Study) -> Opening:
    return Opening(record.id, study, record.at, record.by or "", record.reason or "")


__all__ = [
    "MayNotUnblindError",
    "Opening",
    "ProtocolTakenError",
    "StudyService",
    "UnblindingIncompleteError",
    "blinded_name",
]
