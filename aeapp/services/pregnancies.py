"""Pregnancies followed to their outcome, and the reports of mother and child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aeapp.domain.chair.doses import ESKETAMINE, substance_of
from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import NullFlavor
from aeapp.domain.pregnancies import REGISTRY, asking, is_due, parent_words
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Patient,
    Pregnancy,
    Product,
    Report,
)
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class ChildNotAffectedError(RefusedError):
    """A report of a child was to be opened although nobody said that it had an event."""

    code = "pregnancy.no-child-event"

    def __init__(self) -> None:
        super().__init__(
            N_("A report of the child is opened only where the child has an event."),
            remedy=N_("Answer 'Child has an event' with yes first; a loss is the mother's report."),
        )


class ChildReportedError(RefusedError):
    """A second report of the same child was to be opened."""

    code = "pregnancy.child-reported"

    def __init__(self) -> None:
        super().__init__(
            N_("The child of this pregnancy has its report already."),
            remedy=N_("Open that report and add the event there."),
        )


class PregnancyService:
    """Keep pregnancies and ask for their outcome."""

    def __init__(self, context: WorkContext, cases: CaseService) -> None:
        self._context, self._cases = context, cases

    def of_patient(self, patient_id: str) -> tuple[Pregnancy, ...]:
        """Return the pregnancies of a patient, the newest first."""
        with self._context.new_uow() as uow:
            found = of_kind(Pregnancy, uow.records.find("pregnancy", patient_id=patient_id))
        return found[::-1]

    def registry_of(self, patient_id: str) -> str:
        """Return the registry that a label names for a product the patient was given; "" for none.

        Only the label of esketamine names one.
        """
        with self._context.new_uow() as uow:
            given = of_kind(
                Administration, uow.records.find("administration", patient_id=patient_id)
            )
            ids = list(dict.fromkeys(g.product_id for g in given if g.stands and g.product_id))
            products = of_kind(Product, uow.records.many("product", ids))
        named = any(substance_of(product) == ESKETAMINE for product in products)
        return REGISTRY if named else ""

    def save(self, pregnancy: Pregnancy, reason: str = "") -> Pregnancy:
        """Store a pregnancy; a new one says when the clinic learnt of it, now unless given."""
        if not pregnancy.version:
            pregnancy = replace(
                pregnancy,
                learnt=pregnancy.learnt or self._context.minute(),
                by=pregnancy.by or self._context.who.name,
            )
        with self._context.new_uow() as uow:
            saved = uow.save(pregnancy, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def needs(self) -> Iterable[Need]:
        """Yield a line for each pregnancy whose outcome is to be asked for."""
        today = self._context.today()
        waiting = [None, NullFlavor.NASK, NullFlavor.NI]
        with self._context.new_uow() as uow:
            found = [
                p
                for answer in waiting
                for p in of_kind(Pregnancy, uow.records.find("pregnancy", outcome=answer))
                if is_due(p, today)
            ]
            ids = list(dict.fromkeys(p.patient_id for p in found if p.patient_id))
            codes = {p.id: p.code or "" for p in of_kind(Patient, uow.records.many("patient", ids))}
        for pregnancy in found:
            when = asking(pregnancy)
            unknown = pregnancy.exposed in (None, NullFlavor.NASK, NullFlavor.NI)
            yield Need(
                kind=NeedKind.PREGNANCY,
                target=pregnancy.id,
                what=_("Pregnancy"),
                detail=_("exposure not answered") if unknown else _("exposure in pregnancy"),
                patient=codes.get(pregnancy.patient_id, ""),
                next_step=_("Ask for the outcome"),
                owner=pregnancy.by or "",
                due=when.day,
                authority=Authority.CLINIC,
                rule=when.why,
                opens=("patient", pregnancy.patient_id),
            )

    def open_child_report(self, pregnancy_id: str, event: str) -> Report:
        """Open the report of the child, beside that of the mother, with its own patient.

        The child's history names the mother by code. Whether the event is serious is left to a
        person, like that of everybody else.

        Raises:
            ChildNotAffectedError: Nobody said that the child has an event.
            ChildReportedError: It has its report.
        """
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            (pregnancy,) = of_kind(Pregnancy, [uow.records.get("pregnancy", pregnancy_id)])
            if pregnancy.child_affected is not Answer.YES or not event.strip():
                raise ChildNotAffectedError
            (mother,) = of_kind(Patient, [uow.records.get("patient", pregnancy.patient_id)])
            linked = of_kind(CaseFile, uow.records.find("case", pregnancy_id=pregnancy.id))
            if any(file.patient_id != mother.id for file in linked):
                raise ChildReportedError
            child = uow.save(Patient(code=_child_code(uow, mother)), who=who)
            stored = uow.save(
                Event(patient_id=child.id, verbatim=event.strip(), onset=NullFlavor.NASK), who=who
            )
            uow.commit()
        history = parent_words(pregnancy, mother.code or "")
        return self._cases.open_for_event(
            stored, about=CaseFile(pregnancy_id=pregnancy.id, more_history=history)
        )


def _child_code(uow: UnitOfWork, mother: Patient) -> str:
    base = f"{mother.code or mother.id[-6:]}-C"
    taken = len(uow.records.query("patient", contains={"code": base}))
    return f"{base}{taken + 1}"


__all__ = ["ChildNotAffectedError", "ChildReportedError", "PregnancyService"]
