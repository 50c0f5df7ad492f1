"""A consent the patient gave or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import ConsentKind
from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Consent(Record):
    """One consent, with its date."""

    KIND: ClassVar[str] = "consent"

    patient_id: Annotated[str, Link("patient")] = ""
    kind: Annotated[
        ConsentKind | None,
        Item(
            N_("Covers"),
            help=N_("What the consent covers."),
            source="Clinic rule: consents are dated records",
        ),
    ] = None
    given: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Given"),
            help=N_("Whether the patient agreed."),
            source="Clinic rule: consents are dated records",
            nulls=UNKNOWN,
        ),
    ] = None
    on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Date"),
            help=N_("Day of the answer."),
            source="Clinic rule: consents are dated records",
            nulls=UNKNOWN,
        ),
    ] = None
    document: Annotated[
        str | None,
        Item(
            N_("Document"),
            help=N_("Version of the form that was signed."),
            source="Clinic rule: consents are dated records",
        ),
    ] = None
