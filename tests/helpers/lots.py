"""A lot that was given to several patients who had events, entered through the services."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Patient, Product, Session
from aeapp.services.app import App
from aeapp.services.dosing import NewDose

MANY_DAYS = 40 * 24 * 60


def a_lot(app: App, number: str = "KT6B0417") -> Lot:
    """Store a product and a lot of it."""
    vial = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
    product = app.stock.save(vial)
    return app.stock.save(Lot(product_id=product.id, number=number))


def dose_of(app: App, lot: Lot) -> NewDose:
    """Return a dose out of a lot, not given yet."""
    giving = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG, started=app.context.minute())
    return NewDose(product=_product(app, lot), lot=lot, giving=giving)


def a_session_with(
    app: App, lot: Lot | None, code: str, event: str = "", *, end: bool = True
) -> Session:
    """Store a session of the patient of that code, with a dose of the lot and an event."""
    known = app.patients.ids(code)
    patient = app.patients.get(known[0]) if known else app.patients.save(Patient(code=code))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    if lot is not None:
        app.dosing.give(session, dose_of(app, lot))
    if event:
        app.sessions.catch_event(session, event, None)
    if end:
        app.sessions.end(session, SessionEnd.DISCHARGED)
    return session


def a_troubled_lot(app: App) -> Lot:
    """Store a lot with three events in two patients."""
    lot = a_lot(app)
    for code, event in (("P-1", "Vomiting"), ("P-2", "Rash"), ("P-1", "Vomiting")):
        a_session_with(app, lot, code, event)
    return lot


def _product(app: App, lot: Lot) -> Product:
    return next(s.product for s in app.stock.shelves() if s.product.id == lot.product_id)
