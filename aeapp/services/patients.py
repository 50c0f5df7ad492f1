"""Patients: enter, find, open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from aeapp.domain.chair.exposure import Exposure, exposure
from aeapp.domain.codecs import show
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Patient, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext


class NoSuchPatientError(RefusedError):
    """A patient was named by a code that nobody has, or that several have."""

    code: ClassVar[str] = "patient.no-such-code"

    def __init__(self, found: int) -> None:
        several = N_("Several patients have this code.")
        super().__init__(
            several if found else N_("No patient has this code."),
            remedy=N_("Look the code up in Patients; each patient has one of their own."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class PatientLine:
    """One patient in a list."""

    id: str
    code: str
    name: str
    birth: str
    sessions: int
    last_session: str


class PatientService:
    """What a clinic does with the list of its patients."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def save(self, patient: Patient, *, reason: str = "") -> Patient:
        """Store a new or changed patient and return the stored record."""
        with self._context.new_uow() as uow:
            stored = uow.save(patient, who=self._context.who, reason=reason)
            uow.commit()
        return stored

    def get(self, patient_id: str) -> Patient:
        """Return one patient."""
        with self._context.new_uow() as uow:
            patient = uow.records.get("patient", patient_id)
        assert isinstance(patient, Patient)  # noqa: S101 - the kind says so
        return patient

    def by_code(self, code: str) -> Patient:
        """Return the patient with exactly this code for reports.

        Raises:
            NoSuchPatientError: None has it, or several have.
        """
        with self._context.new_uow() as uow:
            found = [p for p in uow.records.find("patient", code=code) if isinstance(p, Patient)]
        if len(found) != 1:
            raise NoSuchPatientError(len(found))
        return found[0]

    def exposure(self, patient_id: str) -> tuple[Exposure, ...]:
        """Return what the patient has had so far, by substance."""
        with self._context.new_uow() as uow:
            found = uow.records.find("administration", patient_id=patient_id)
            givings = [g for g in found if isinstance(g, Administration)]
            ids = [i for i in dict.fromkeys(g.product_id for g in givings) if i]
            products = uow.records.many("product", ids)
        return exposure(givings, {p.id: p for p in products if isinstance(p, Product)})

    def ids(
        self, search: str = "", *, order_by: str = "code", descending: bool = False
    ) -> list[str]:
        """Return the ids of the patients whose code or name holds ``search``."""
        with self._context.new_uow() as uow:
            if not search:
                return uow.records.ids("patient", order_by=[order_by], descending=descending)
            by_code = uow.records.ids(
                "patient", contains={"code": search}, order_by=[order_by], descending=descending
            )
            by_name = uow.records.ids(
                "patient", contains={"name": search}, order_by=[order_by], descending=descending
            )
        return list(dict.fromkeys(by_code + by_name))

    def lines(self, ids: Sequence[str]) -> list[PatientLine]:
        """Return the lines of a page of patients, in the order of ``ids``."""
        with self._context.new_uow() as uow:
            patients = uow.records.many("patient", ids)
            sessions = uow.records.tally("session", "patient_id", ids, "started")
        return [
            _line(p, *sessions.get(p.id, (0, None))) for p in patients if isinstance(p, Patient)
        ]


def _line(patient: Patient, sessions: int, latest: PartialDate | None) -> PatientLine:
    return PatientLine(
        id=patient.id,
        code=patient.code or "",
        name="" if isinstance(patient.name, NullFlavor) else patient.name or "",
        birth=show(patient.birth_date),
        sessions=sessions,
        last_session=show(latest),
    )
