"""The practice clinic: invented people to try everything on, made at the first visit."""

from __future__ import annotations

from pathlib import Path

from aeapp.domain.codelists.safety import ProductType, Sex
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Lot, Patient, Product
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.practice import FOLDER, PASSWORD, USER, practice_clinic

_PATIENTS = (
    ("P-1001", "Avery Sample", PartialDate(1980, 4, 12), Sex.FEMALE, "Sulfonamides: rash."),
    ("P-1002", "Blake Example", PartialDate(1991, 9, 3), Sex.MALE, "None known."),
    ("P-1003", "Casey Specimen", PartialDate(1968), Sex.FEMALE, "None known."),
)


def open_practice(clinics: Clinics, home: Path, zone: str) -> App:
    """Return the practice clinic below ``home``, made if it is not there yet."""
    folder = home / FOLDER
    if folder.is_dir():
        return clinics.open(str(folder), USER, PASSWORD)
    home.mkdir(parents=True, exist_ok=True)
    app = clinics.create(practice_clinic(folder, zone))
    _fill(app)
    return app


def password_hint(app: App) -> str:
    """Return the password as a sentence where the practice clinic asks for it; else ""."""
    if not app.context.clinic.practice or app.who.user_name != USER:
        return ""
    return _("This is the practice clinic; its password is: {password}").format(password=PASSWORD)


def _fill(app: App) -> None:
    for code, name, birth, sex, allergies in _PATIENTS:
        app.patients.save(
            Patient(
                code=code,
                name=name,
                birth_date=birth,
                sex=sex,
                allergies=allergies,
                history="Recurrent depression.",
                medicines=(Medicine(name="sertraline 100 mg", dose="once daily", ongoing=True),),
            )
        )
    product = app.sessions.save(
        Product(
            name="Ketamine hydrochloride injection",
            strength="50",
            strength_unit=DoseUnit.MG_ML,
            maker="Invented Pharma, Inc.",
            types=frozenset({ProductType.GENERIC}),
            controlled=True,
        )
    )
    app.sessions.save(Lot(product_id=product.id, number="PRAC-001", expires=PartialDate(2028, 6)))
