"""Doses as MedicationAdministrations, each with its package where the lot is on record.

Source:
    FHIR R4 (4.0.1) MedicationAdministration, invariant mad-1; Medication.batch.
"""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.copies import WITHHELD
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.values import PartialDate
from aeapp.formspecs.fhir_r4.codes import DOSE_UNITS, NDC
from aeapp.formspecs.fhir_r4.parts import (
    Making,
    Tree,
    absent,
    coding,
    listed,
    quantity,
    without_nothing,
    words,
)
from aeapp.kernel.i18n import _

_PACKAGE = "package"


def dose(making: Making, case: Case, giving: Administration, subject: Tree) -> Tree:
    """Return one giving of a product."""
    product = next((p for p in case.products if p.id == giving.product_id), Product())
    lot = next((one for one in case.lots if one.id == giving.lot_id), Lot())
    what = _what(giving, product)
    batch = _batch(making, giving, lot)
    held: Tree = {"medicationCodeableConcept": what}
    if batch:
        package = {"resourceType": "Medication", "id": _PACKAGE, "code": what, "batch": batch}
        held = {"contained": [package], "medicationReference": {"reference": f"#{_PACKAGE}"}}
    return without_nothing({
        "resourceType": "MedicationAdministration",
        "contained": held.pop("contained", []),
        "status": _status(giving),
        **held,
        "subject": subject,
        **_when(making, giving),
        "reasonCode": [reason] if (reason := words(giving.indication)) else [],
        "dosage": _dosage(giving),
    })  # fmt: skip


def _status(giving: Administration) -> str:
    """Return whether it is over; a dose at one moment is over once it is given."""
    if giving.struck_reason:
        return "entered-in-error"
    if giving.role is DrugRole.NOT_GIVEN:
        return "not-done"
    if giving.ongoing is True:
        return "in-progress"
    over = isinstance(giving.ended, PartialDate) or giving.ongoing is False
    at_once = giving.rate is None and giving.over_minutes is None
    at_once = at_once and isinstance(giving.started, PartialDate)
    return "completed" if over or at_once else "unknown"


def _what(giving: Administration, product: Product) -> Tree:
    name = giving.package.name or product.name
    number = giving.package.ndc or product.ndc
    codings = (coding(NDC, number),) if isinstance(number, str) and _is_value(number) else ()
    return words(name, *codings) or words(NullFlavor.UNK) or {}


def _is_value(value: object) -> bool:
    return bool(value) and not isinstance(value, NullFlavor) and value != WITHHELD


def _batch(making: Making, giving: Administration, lot: Lot) -> Tree:
    number = giving.package.lot or lot.number
    expires = giving.package.expires or lot.expires
    told: Tree = {"lotNumber": number} if _is_value(number) else {}
    if isinstance(expires, PartialDate):
        told["expirationDate"] = making.moment(expires)
    return told


def _when(making: Making, giving: Administration) -> Tree:
    """Return the time or period; R4 asks for one, so an unknown one says so."""
    start = making.timed("start", giving.started)
    end = making.timed("end", giving.ended)
    if end:
        return {"effectivePeriod": {**start, **end}}
    if isinstance(giving.started, PartialDate):
        return making.timed("effectiveDateTime", giving.started)
    # A choice of R4 with nothing but an absence stands as a period, an element of its own.
    return {"effectivePeriod": absent(giving.started or NullFlavor.UNK)}


def _dosage(giving: Administration) -> Tree:
    told: Tree = {**_text(giving), **_route(giving), **_dose(giving)}
    if isinstance(giving.rate, Decimal):
        unit = giving.rate_unit.value if giving.rate_unit else ""
        told["rateQuantity"] = quantity(giving.rate, unit)
    if told and not told.keys() & {"dose", "rateQuantity"}:
        # mad-1: a dosage has a dose or a rate.
        told["dose"] = absent(NullFlavor.UNK)
    return told


def _text(giving: Administration) -> Tree:
    return {"text": giving.dose_text} if _is_value(giving.dose_text) else {}


def _route(giving: Administration) -> Tree:
    if isinstance(giving.route, NullFlavor):
        return {"route": absent(giving.route)}
    if giving.route:
        return {"route": listed(giving.route)}
    told = words(giving.route_text)
    return {"route": told} if told else {}


def _dose(giving: Administration) -> Tree:
    if isinstance(giving.dose, NullFlavor):
        return {"dose": absent(giving.dose)}
    if giving.dose is None:
        return {}
    ucum = DOSE_UNITS.get(giving.dose_unit, "") if giving.dose_unit else ""
    return {"dose": quantity(giving.dose, ucum, _symbol(giving))}


def _symbol(giving: Administration) -> str:
    if not giving.dose_unit:
        return ""
    return DOSE_UNITS.get(giving.dose_unit) or _(label(giving.dose_unit))
