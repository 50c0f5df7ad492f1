"""Assessment: the whole course of a patient beside an event, and the labels to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from aeapp.domain.assessment.challenges import Course
from aeapp.domain.case import Case
from aeapp.domain.items import Record
from aeapp.domain.records import Administration, Event, LabelList
from aeapp.domain.records.label_list import LabelTerm
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

R = TypeVar("R", bound=Record)


class EmptyLabelError(RefusedError):
    """A label was to be stored without a product, a name, or a single reaction."""

    code = "label.empty"

    def __init__(self) -> None:
        super().__init__(
            N_("The label has no product, no name or no reaction yet."),
            remedy=N_("Name the label and enter its reactions, one on a line."),
        )


@dataclass(frozen=True, slots=True)
class NewLabel:
    """A label as a person enters it.

    Attributes:
        reactions: One on a line; what follows a semicolon is what the label says of it.
    """

    product_id: str
    name: str
    reactions: str
    label_version: str = ""
    dated: PartialDate | None = None


class AssessingService:
    """What an assessment rests on, beyond the case itself."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def course(self, case: Case, product_id: str) -> Course:
        """Return every dose of the product and every event of the patient, of whatever session.

        What is being edited in ``case`` stands in place of what is stored.
        """
        patient = case.patient.id
        givings: Sequence[Administration] = ()
        events: Sequence[Event] = ()
        if patient:
            with self._context.new_uow() as uow:
                givings, events = _of_patient(uow, patient)
        return Course(
            tuple(g for g in _over(givings, case.administrations) if g.product_id == product_id),
            _over(events, case.events),
            self._context.zone,
        )

    def labels(self, product_id: str) -> tuple[LabelList, ...]:
        """Return the labels of a product, in the order in which they were entered."""
        with self._context.new_uow() as uow:
            found = of_kind(LabelList, uow.records.find("label_list", product_id=product_id))
        return tuple(sorted(found, key=lambda label: label.id))

    def enter_label(self, new: NewLabel) -> LabelList:
        """Store the reactions of one label, with who entered them; older versions stay.

        Raises:
            EmptyLabelError: Product, name or reactions are missing.
        """
        terms = _terms(new.reactions)
        if not (new.product_id and new.name.strip() and terms):
            raise EmptyLabelError
        label = LabelList(
            product_id=new.product_id,
            name=new.name.strip(),
            label_version=new.label_version.strip() or None,
            dated=new.dated,
            terms=terms,
            entered_by=self._context.who.name,
            entered_at=self._context.minute(),
        )
        with self._context.new_uow() as uow:
            stored = uow.save(label, who=self._context.who)
            uow.commit()
        return stored


def _of_patient(
    uow: UnitOfWork, patient: str
) -> tuple[tuple[Administration, ...], tuple[Event, ...]]:
    find = uow.records.find
    return (
        of_kind(Administration, find("administration", patient_id=patient)),
        of_kind(Event, find("event", patient_id=patient)),
    )


def _over(stored: Sequence[R], edited: Sequence[R]) -> tuple[R, ...]:
    by_id = {r.id: r for r in (*stored, *edited)}
    return tuple(by_id[i] for i in sorted(by_id))


def _terms(lines: str) -> tuple[LabelTerm, ...]:
    found = []
    for line in lines.splitlines():
        term, _semicolon, qualifier = (part.strip() for part in line.partition(";"))
        if term:
            found.append(LabelTerm(term=term, qualifier=qualifier or None))
    return tuple(found)
