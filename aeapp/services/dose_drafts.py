"""Keep the dose that is filled in and waits for gate and baseline; give it back after a kill."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeVar

from aeapp.domain import lens
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.codelists.session import Amount
from aeapp.domain.items import Record, spec_at
from aeapp.domain.records import Administration, Lot, Product
from aeapp.kernel import log
from aeapp.kernel.errors import BadInputError
from aeapp.services.context import WorkContext
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.drafts import dose_scope
from aeapp.services.ports import UnitOfWork

R = TypeVar("R", bound=Record)
_DOSE = "dose"


class DoseDrafts:
    """The prepared doses of the person who is logged in; giving one forgets it by itself."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def keep(self, session_id: str, dose: NewDose | None) -> None:
        """Keep the dose in the place of the one before; None forgets it.

        It is on disk when this returns.
        """
        scope, user = dose_scope(session_id), self._context.who.user_id
        with self._context.new_uow() as uow:
            uow.drafts.clear(user, scope)
            if dose is not None:
                uow.drafts.append(user, scope, _DOSE, json.dumps(_written(dose)))
            uow.commit()

    def prepared(self, session_id: str) -> NewDose | None:
        """Return the dose that was filled in and not given; None where there is none."""
        with self._context.new_uow() as uow:
            kept = uow.drafts.read(self._context.who.user_id, dose_scope(session_id))
            try:
                return _read(uow, json.loads(kept[-1].payload)) if kept else None
            except (ArithmeticError, AttributeError, BadInputError, LookupError) as error:
                log.event("draft.dose-unreadable", kind=type(error).__name__)
            except (TypeError, ValueError) as error:
                log.event("draft.dose-unreadable", kind=type(error).__name__)
        return None


def _written(dose: NewDose) -> dict[str, Any]:
    drawn = dose.drawn
    return {
        "product": _record(dose.product),
        "lot": None if dose.lot is None else _record(dose.lot),
        "giving": _record(dose.giving),
        "drawn": None
        if drawn is None
        else {
            "amount": str(drawn.amount),
            "unit": drawn.unit.value,
            "wasted": None if drawn.wasted is None else str(drawn.wasted),
            "witness": drawn.witness,
            "vial": drawn.vial,
        },
    }


def _record(record: Record) -> dict[str, Any]:
    """Return a record of the library by its id, a new one by what was told of it."""
    if record.id:
        return {"id": record.id}
    told = {path: to_json(value) for path, value in lens.items(record) if value is not None}
    return {"items": told}


def _read(uow: UnitOfWork, raw: dict[str, Any]) -> NewDose:
    drawn = raw["drawn"]
    return NewDose(
        product=_found(uow, Product, raw["product"]),
        lot=None if raw["lot"] is None else _found(uow, Lot, raw["lot"]),
        giving=_found(uow, Administration, raw["giving"]),
        drawn=None
        if drawn is None
        else Drawn(
            amount=Decimal(drawn["amount"]),
            unit=Amount(drawn["unit"]),
            wasted=None if drawn["wasted"] is None else Decimal(drawn["wasted"]),
            witness=drawn["witness"],
            vial=drawn["vial"],
        ),
    )


def _found(uow: UnitOfWork, kind: type[R], raw: dict[str, Any]) -> R:
    """Return the record as it is stored now, or the new one as it was told.

    Raises:
        LookupError: The library has it no more.
    """
    if "id" in raw:
        (stored,) = uow.records.many(kind.KIND, [raw["id"]]) or (None,)
        if not isinstance(stored, kind):
            raise LookupError(kind.KIND)
        return stored
    record = kind()
    for path, value in raw["items"].items():
        record = lens.put(record, path, from_json(spec_at(kind, path), value))
    return record
