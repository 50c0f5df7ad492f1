"""The clinic's own record: what it is to a regulator, and the targets it sets itself."""

from __future__ import annotations

from aeapp.domain.records import Clinic
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class ProfileService:
    """Read and change the profile; clocks go by it from the next reading on."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def clinic(self) -> Clinic:
        """Return the clinic as it is stored now."""
        with self._context.new_uow() as uow:
            return clinic_of(uow)

    def save(self, clinic: Clinic, reason: str = "") -> Clinic:
        """Store the changed profile; the trail keeps what stood before, and why."""
        with self._context.new_uow() as uow:
            saved = uow.save(clinic, who=self._context.who, reason=reason)
            uow.commit()
        return saved


def clinic_of(uow: UnitOfWork) -> Clinic:
    """Return the clinic as it is stored, not as it was at login."""
    return next(iter(of_kind(Clinic, uow.records.query("clinic", limit=1))), Clinic())
